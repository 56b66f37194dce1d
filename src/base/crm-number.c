/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crm-config.h"

#include "crm-number.h"

#include "crm-locale-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>
#include <unicode/unum.h>

#define MAX_FORMATTED 64
#define PLACE "%s"

/* How one locale writes whole numbers; opening it costs as much as formatting hundreds. */
typedef struct {
  char           locale[CRM_LOCALE_SIZE];
  UNumberFormat *format; /* NULL if ICU cannot */
} Style;

static void
style_free (gpointer data)
{
  Style *self = data;

  if (self->format != NULL)
    unum_close (self->format);
  g_free (self);
}

/* Formatters of ICU belong to one thread at a time. */
static GPrivate style_of_thread = G_PRIVATE_INIT (style_free);

/* Of the translation at work, by its header; texts that are not translated are English. */
static void
find_language_of_texts (char language[CRM_LOCALE_SIZE])
{
  static const char key[] = "\nLanguage: ";
  const char *header = g_dgettext (GETTEXT_PACKAGE, "");
  const char *line = strstr (header, key);
  gsize length;

  g_strlcpy (language, "en_001", CRM_LOCALE_SIZE);
  if (line == NULL)
    return;
  line += strlen (key);
  length = strcspn (line, "\n");
  if (length > 0 && length < CRM_LOCALE_SIZE)
    g_strlcpy (language, line, length + 1);
}

static UNumberFormat *
find_format (void)
{
  Style *style = g_private_get (&style_of_thread);
  char language[CRM_LOCALE_SIZE];
  char locale[CRM_LOCALE_SIZE];
  UErrorCode status = U_ZERO_ERROR;

  find_language_of_texts (language);
  crm_locale_resolve (NULL, "LC_NUMERIC", language, locale);
  if (style != NULL && g_str_equal (style->locale, locale))
    return style->format;

  style = g_new0 (Style, 1);
  g_strlcpy (style->locale, locale, sizeof style->locale);
  style->format = unum_open (UNUM_DECIMAL, NULL, 0, locale, NULL, &status);
  if (U_FAILURE (status))
    style->format = NULL;
  g_private_replace (&style_of_thread, style);

  return style->format;
}

char *
crm_number_format (gint64 number)
{
  const UNumberFormat *format = find_format ();
  UErrorCode status = U_ZERO_ERROR;
  UChar formatted[MAX_FORMATTED];
  int32_t length;

  if (format != NULL)
    {
      length = unum_formatInt64 (format, number, formatted, MAX_FORMATTED, NULL, &status);
      if (U_SUCCESS (status) && length <= MAX_FORMATTED)
        return g_utf16_to_utf8 (formatted, length, NULL, NULL, NULL);
    }

  return g_strdup_printf ("%" G_GINT64_FORMAT, number);
}

char *
crm_number_fill (const char *text,
                 gint64      number)
{
  g_autofree char *formatted = crm_number_format (number);
  const char *place;

  g_return_val_if_fail (text != NULL, NULL);

  place = strstr (text, PLACE);
  if (place == NULL)
    return g_strdup (text);

  return g_strdup_printf ("%.*s%s%s", (int) (place - text), text, formatted, place + strlen (PLACE));
}
