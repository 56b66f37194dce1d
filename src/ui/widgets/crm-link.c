/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crm-config.h"

#include "crm-link.h"

#include "crm-toaster.h"

/* Where the number ends and the extension begins, as people write it. */
static const char *
find_extension (const char *number)
{
  static const char * const marks[] = { "dahili", "ext", "x", "/", NULL };
  g_autofree char *lower = g_ascii_strdown (number, -1);
  const char *first = NULL;
  guint i;

  for (i = 0; marks[i] != NULL; i++)
    {
      const char *found = strstr (lower, marks[i]);

      if (found != NULL && found > lower && (first == NULL || found < first))
        first = found;
    }
  return first != NULL ? number + (first - lower) : NULL;
}

/* The digit of a key with that letter: "0800 FLOWERS". */
static char
get_digit (char letter)
{
  static const char keys[] = "22233344455566677778889999";

  if (g_ascii_isdigit (letter))
    return letter;
  return g_ascii_isalpha (letter) ? keys[g_ascii_toupper (letter) - 'A'] : '\0';
}

char *
crm_link_for_phone (const char *number)
{
  const char *end = NULL;
  const char *p;
  GString *uri;

  g_return_val_if_fail (number != NULL, NULL);

  uri = g_string_new ("tel:");
  end = find_extension (number);
  for (p = number; *p != '\0' && p != end; p++)
    if (*p == '+' && uri->len == strlen ("tel:"))
      g_string_append_c (uri, '+');
    else if (get_digit (*p) != '\0')
      g_string_append_c (uri, get_digit (*p));
  if (uri->len < strlen ("tel:") + 3)
    return g_string_free (uri, TRUE);
  if (end != NULL && strpbrk (end, "0123456789") != NULL)
    {
      g_string_append (uri, ";ext=");
      for (p = end; *p != '\0'; p++)
        if (g_ascii_isdigit (*p))
          g_string_append_c (uri, *p);
    }
  return g_string_free (uri, FALSE);
}

char *
crm_link_for_email (const char *address)
{
  g_autofree char *escaped = NULL;

  g_return_val_if_fail (address != NULL, NULL);

  if (strchr (address, '@') == NULL || !g_utf8_validate (address, -1, NULL))
    return NULL;
  /* No "?": what follows it would fill in subject, copies and attachments */
  escaped = g_uri_escape_string (address, "@+", TRUE);
  return g_strconcat ("mailto:", escaped, NULL);
}

char *
crm_link_for_web (const char *address)
{
  g_autofree char *scheme = NULL;
  g_autofree char *uri = NULL;

  g_return_val_if_fail (address != NULL, NULL);

  scheme = strstr (address, "://") != NULL ? g_uri_parse_scheme (address) : NULL;
  if (address[0] == '\0' || (scheme == NULL && strstr (address, "://") != NULL))
    return NULL;
  if (scheme != NULL && g_ascii_strcasecmp (scheme, "http") != 0 && g_ascii_strcasecmp (scheme, "https") != 0)
    return NULL;
  uri = scheme != NULL ? g_strdup (address) : g_strconcat ("https://", address, NULL);
  return g_uri_is_valid (uri, G_URI_FLAGS_PARSE_RELAXED, NULL) ? g_steal_pointer (&uri) : NULL;
}

static void
on_opened (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  g_autoptr (GtkWidget) widget = data;
  g_autoptr (GError) error = NULL;

  if (!gtk_show_uri_full_finish (GTK_WINDOW (source), result, &error) && gtk_widget_get_root (widget) != NULL)
    crm_toast_error (widget, error);
}

void
crm_link_open (GtkWidget  *widget,
               const char *uri)
{
  static const char * const schemes[] = { "tel", "mailto", "http", "https", NULL };
  g_autofree char *scheme = NULL;
  GtkRoot *window = NULL;

  g_return_if_fail (GTK_IS_WIDGET (widget));
  g_return_if_fail (uri != NULL);

  scheme = g_uri_parse_scheme (uri);
  window = gtk_widget_get_root (widget);
  g_return_if_fail (scheme != NULL && g_strv_contains (schemes, scheme));
  g_return_if_fail (GTK_IS_WINDOW (window));

  gtk_show_uri_full (GTK_WINDOW (window), uri, GDK_CURRENT_TIME, NULL, on_opened, g_object_ref (widget));
}
