/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* What a click on a phone number, an e-mail or a web address opens. */

/** (transfer full): "tel:+902125550142" of a number as a person writes it; NULL if there is nothing to dial. */
char *crm_link_for_phone (const char *number);
/** (transfer full): "mailto:…"; NULL if there is no "@". */
char *crm_link_for_email (const char *address);
/** (transfer full): the address with "https://" if it names no scheme; NULL if it is another than http and https, or empty. */
char *crm_link_for_web   (const char *address);

/** crm_link_open: opens a URI of the schemes tel, mailto, http and https in the program for it; a failure shows as a toast near @widget. */
void  crm_link_open      (GtkWidget *widget, const char *uri);

G_END_DECLS
