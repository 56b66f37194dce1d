/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * CrmChip: a choice that is on or off, in a row of such. Chosen by a key it is on at once: GTK lets its own buttons look pressed for a quarter of a second first,
 * in which who types fast has already saved without it.
 */
#define CRM_TYPE_CHIP (crm_chip_get_type ())
G_DECLARE_FINAL_TYPE (CrmChip, crm_chip, CRM, CHIP, GtkToggleButton)

GtkWidget *crm_chip_new (void);

G_END_DECLS
