/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crm-config.h"

#include "crm-toaster.h"

#include <glib/gi18n-lib.h>

/* A toast is one line: whatever stands beyond it can only slow the window down */
#define LONGEST_TEXT 300

static AdwToast *
create_toast (const char *text)
{
  g_autofree char *valid = g_utf8_make_valid (text, -1);
  g_autofree char *shortened = NULL;
  g_autofree char *markup = NULL;

  shortened = g_utf8_substring (valid, 0, MIN (g_utf8_strlen (valid, -1), LONGEST_TEXT));
  /* The title of a toast is markup */
  markup = g_markup_escape_text (g_strdelimit (shortened, "\n\r\t", ' '), -1);
  return adw_toast_new (markup);
}

static void
show_toast (GtkWidget *near,
            AdwToast  *toast)
{
  GtkWidget *overlay = gtk_widget_get_ancestor (near, ADW_TYPE_TOAST_OVERLAY);

  g_return_if_fail (overlay != NULL);

  adw_toast_overlay_add_toast (ADW_TOAST_OVERLAY (overlay), toast);
}

void
crm_toast (GtkWidget  *near,
           const char *text)
{
  g_return_if_fail (GTK_IS_WIDGET (near));
  g_return_if_fail (text != NULL);

  show_toast (near, create_toast (text));
}

void
crm_toast_undo (GtkWidget  *near,
                const char *text)
{
  AdwToast *toast = NULL;

  g_return_if_fail (GTK_IS_WIDGET (near));
  g_return_if_fail (text != NULL);

  toast = create_toast (text);
  adw_toast_set_button_label (toast, _("_Undo"));
  adw_toast_set_action_name (toast, "win.undo");
  show_toast (near, toast);
}

void
crm_toast_error (GtkWidget    *near,
                 const GError *error)
{
  AdwToast *toast = NULL;

  g_return_if_fail (GTK_IS_WIDGET (near));
  g_return_if_fail (error != NULL);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  toast = create_toast (error->message);
  adw_toast_set_timeout (toast, 0);
  adw_toast_set_priority (toast, ADW_TOAST_PRIORITY_HIGH);
  show_toast (near, toast);
}
