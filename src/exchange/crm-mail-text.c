/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crm-config.h"

#include <string.h>

#include "crm-mail-private.h"
#include "crm-vcard-private.h"

/* Characters that are not seen, but for those that join and part the letters of some scripts */
static gboolean
is_hidden (gunichar c)
{
  GUnicodeType type = g_unichar_type (c);

  return type == G_UNICODE_CONTROL || type == G_UNICODE_LINE_SEPARATOR || type == G_UNICODE_PARAGRAPH_SEPARATOR ||
         (type == G_UNICODE_FORMAT && c != 0x200C && c != 0x200D);
}

char *
crm_mail_clean (const char *text,
                gsize       max_letters)
{
  g_autofree char *valid = text == NULL ? NULL : g_utf8_make_valid (text, -1);
  g_autoptr (GString) clean = g_string_new (NULL);
  gboolean space = FALSE;

  for (const char *c = valid; c != NULL && *c != '\0' && max_letters > 0; c = g_utf8_next_char (c))
    {
      gunichar letter = g_utf8_get_char (c);

      if (g_unichar_isspace (letter))
        space = TRUE;
      else if (!is_hidden (letter))
        {
          if (space && clean->len > 0)
            g_string_append_c (clean, ' ');
          g_string_append_unichar (clean, letter);
          space = FALSE;
          max_letters--;
        }
    }
  return clean->len == 0 ? NULL : g_string_free (g_steal_pointer (&clean), FALSE);
}

/* Lines end with "\n", nothing is hidden among the letters. */
static char *
clean_lines (const char *text)
{
  g_autoptr (GString) clean = g_string_sized_new (strlen (text));

  for (const char *c = text; *c != '\0'; c = g_utf8_next_char (c))
    {
      gunichar letter = g_utf8_get_char (c);

      if (letter == '\r')
        {
          if (c[1] != '\n')
            g_string_append_c (clean, '\n');
        }
      else if (letter == '\n' || letter == '\t' || !is_hidden (letter))
        g_string_append_unichar (clean, letter);
    }
  return g_string_free (g_steal_pointer (&clean), FALSE);
}

char *
crm_mail_decode_text (GByteArray *content,
                      const char *charset)
{
  g_autoptr (GString) text = g_string_new_len ((const char *) content->data, (gssize) content->len);

  crm_vcard_replace_nuls (text);
  /* Who declares ASCII or nothing writes what his computer uses */
  if (charset == NULL || !crm_vcard_is_charset (charset) || g_ascii_strcasecmp (charset, "us-ascii") == 0 || g_ascii_strcasecmp (charset, "ascii") == 0)
    charset = g_utf8_validate (text->str, (gssize) text->len, NULL) ? "utf-8" : "windows-1254";
  crm_vcard_decode_charset (text, charset);
  return clean_lines (text->str);
}

/* How deeply a line is quoted; @line goes behind the marks. */
static guint
skip_quotes (const char **line)
{
  guint depth = 0;

  for (; **line == '>'; (*line)++)
    depth++;
  if (**line == ' ')
    (*line)++;
  return depth;
}

static void
append_quotes (GString *into,
               guint    depth)
{
  for (guint i = 0; i < depth; i++)
    g_string_append_c (into, '>');
  if (depth > 0)
    g_string_append_c (into, ' ');
}

char *
crm_mail_unflow (const char *text,
                 gboolean    delete_space)
{
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  g_autoptr (GString) joined = g_string_sized_new (strlen (text));
  gboolean open = FALSE;
  guint depth_before = 0;

  for (guint i = 0; lines[i] != NULL; i++)
    {
      const char *line = lines[i];
      guint depth = skip_quotes (&line);
      gboolean is_signature = strcmp (line, "-- ") == 0;
      gboolean flows = g_str_has_suffix (line, " ") && !is_signature;

      if (!open || depth != depth_before || is_signature)
        {
          if (i > 0)
            g_string_append_c (joined, '\n');
          append_quotes (joined, depth);
        }
      g_string_append (joined, line);
      if (flows && delete_space)
        g_string_truncate (joined, joined->len - 1);
      open = flows;
      depth_before = depth;
    }
  return g_string_free (g_steal_pointer (&joined), FALSE);
}
