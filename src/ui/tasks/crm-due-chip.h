/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* When something is due, in a word: what is late is red, bold and has a mark, so that it is seen without colours, too. */

/** crm_due_chip_new: empty until crm_due_chip_set(). */
GtkWidget *crm_due_chip_new (void);
/** @date, @time: as of crm_due_format(); without a date nothing shows. */
void       crm_due_chip_set (GtkWidget *chip, const char *date, const char *time);

G_END_DECLS
