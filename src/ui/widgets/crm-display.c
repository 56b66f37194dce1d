/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crm-display.h"

/* Pango lays out all of a text before it is cut to the width of its label */
#define LONGEST_TEXT 500

static gboolean
is_bidi_control (gunichar letter)
{
  return (letter >= 0x202a && letter <= 0x202e) || (letter >= 0x2066 && letter <= 0x2069);
}

static char *
display (const char *text,
         gboolean    keeps_lines)
{
  g_autofree char *valid = NULL;
  GString *shown = g_string_new (NULL);
  gboolean is_isolated = FALSE;
  const char *p;
  int n = 0;

  if (text == NULL)
    return g_string_free (shown, FALSE);
  valid = g_utf8_make_valid (text, (gssize) strnlen (text, LONGEST_TEXT * 6));
  for (p = valid; *p != '\0' && n < LONGEST_TEXT; p = g_utf8_next_char (p), n++)
    {
      gunichar letter = g_utf8_get_char (p);

      is_isolated |= is_bidi_control (letter);
      g_string_append_unichar (shown, g_unichar_iscntrl (letter) && !(keeps_lines && letter == '\n') ? ' ' : letter);
    }
  if (*p != '\0')
    g_string_append (shown, "…");
  if (is_isolated)
    {
      /* First strong isolate … pop directional isolate: what stands beside the text keeps its direction */
      g_string_prepend (shown, "\u2068");
      g_string_append (shown, "\u2069");
    }
  return g_string_free (shown, FALSE);
}

char *
crm_display_line (const char *text)
{
  return display (text, FALSE);
}

char *
crm_display_lines (const char *text)
{
  return display (text, TRUE);
}

void
crm_display_set_tooltip (GtkWidget  *widget,
                         const char *text)
{
  g_return_if_fail (GTK_IS_WIDGET (widget));

  if (g_strcmp0 (gtk_widget_get_tooltip_text (widget), text) != 0)
    gtk_widget_set_tooltip_text (widget, text);
}

void
crm_display_name_control (GtkWidget  *control,
                          const char *name)
{
  g_return_if_fail (GTK_IS_WIDGET (control));
  g_return_if_fail (name != NULL);

  crm_display_set_tooltip (control, name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (control), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}

double
crm_display_get_text_scale (GtkWidget *widget)
{
  int dpi = 0;

  g_object_get (gtk_widget_get_settings (widget), "gtk-xft-dpi", &dpi, NULL);
  return dpi > 0 ? MAX (1.0, dpi / 1024.0 / 96.0) : 1.0;
}
