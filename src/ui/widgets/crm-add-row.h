/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * crm_add_row_new: (transfer floating): the row at the end of a list that adds to it: a plus and what it adds.
 * @label: may have a mnemonic
 * @action: (nullable): the action it activates; without one "activated" tells of it
 */
GtkWidget *crm_add_row_new (const char *label, const char *action);

G_END_DECLS
