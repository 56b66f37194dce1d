/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/** CrmFieldNotice: a line below the row of a field: why its value is not saved, and what can be done. Signals "activated": its button; "discarded". */
#define CRM_TYPE_FIELD_NOTICE (crm_field_notice_get_type ())
G_DECLARE_FINAL_TYPE (CrmFieldNotice, crm_field_notice, CRM, FIELD_NOTICE, GtkListBoxRow)

GtkWidget *crm_field_notice_new (void);
/** @text: plain; @css_class: "error" or "warning"; @button: label with mnemonic, or NULL: none. */
void       crm_field_notice_set (CrmFieldNotice *self, const char *text, const char *css_class, const char *button, gboolean can_discard);

G_END_DECLS
