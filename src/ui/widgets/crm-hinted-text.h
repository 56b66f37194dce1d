/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/** CrmHintedText: a GtkTextView that says what belongs into it while it is empty, as a GtkEntry does. Property "hint" (string). */
#define CRM_TYPE_HINTED_TEXT (crm_hinted_text_get_type ())
G_DECLARE_FINAL_TYPE (CrmHintedText, crm_hinted_text, CRM, HINTED_TEXT, GtkTextView)

G_END_DECLS
