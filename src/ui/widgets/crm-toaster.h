/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* Short messages over the content, in the AdwToastOverlay nearest above a widget. */

/** crm_toast: @text is plain text. */
void crm_toast       (GtkWidget *near, const char *text);
/** crm_toast_undo: after a change that can be taken back: with the button Undo (action "win.undo"). */
void crm_toast_undo  (GtkWidget *near, const char *text);
/** crm_toast_error: a failure, until it is closed; nothing for a cancelled operation. */
void crm_toast_error (GtkWidget *near, const GError *error);

G_END_DECLS
