/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crm-config.h"

#include <string.h>

#include "crm-mail-private.h"

/* Those that mail programs write; others are found by their number or stay as they are. */
static const struct {
  const char *name;
  gunichar    letter;
} entities[] = {
  { "amp", '&' }, { "lt", '<' }, { "gt", '>' }, { "quot", '"' }, { "apos", '\'' }, { "nbsp", ' ' }, { "shy", 0 }, { "zwnj", 0 }, { "zwj", 0 },
  { "iexcl", 0xA1 }, { "cent", 0xA2 }, { "pound", 0xA3 }, { "yen", 0xA5 }, { "sect", 0xA7 }, { "uml", 0xA8 }, { "copy", 0xA9 }, { "laquo", 0xAB },
  { "reg", 0xAE }, { "deg", 0xB0 }, { "plusmn", 0xB1 }, { "sup2", 0xB2 }, { "sup3", 0xB3 }, { "acute", 0xB4 }, { "micro", 0xB5 }, { "para", 0xB6 },
  { "middot", 0xB7 }, { "raquo", 0xBB }, { "frac14", 0xBC }, { "frac12", 0xBD }, { "frac34", 0xBE }, { "iquest", 0xBF },
  { "Agrave", 0xC0 }, { "Aacute", 0xC1 }, { "Acirc", 0xC2 }, { "Atilde", 0xC3 }, { "Auml", 0xC4 }, { "Aring", 0xC5 }, { "AElig", 0xC6 },
  { "Ccedil", 0xC7 }, { "Egrave", 0xC8 }, { "Eacute", 0xC9 }, { "Ecirc", 0xCA }, { "Euml", 0xCB }, { "Icirc", 0xCE }, { "Ntilde", 0xD1 },
  { "Oacute", 0xD3 }, { "Ocirc", 0xD4 }, { "Ouml", 0xD6 }, { "times", 0xD7 }, { "Oslash", 0xD8 }, { "Ucirc", 0xDB }, { "Uuml", 0xDC },
  { "szlig", 0xDF }, { "agrave", 0xE0 }, { "aacute", 0xE1 }, { "acirc", 0xE2 }, { "atilde", 0xE3 }, { "auml", 0xE4 }, { "aring", 0xE5 },
  { "aelig", 0xE6 }, { "ccedil", 0xE7 }, { "egrave", 0xE8 }, { "eacute", 0xE9 }, { "ecirc", 0xEA }, { "euml", 0xEB }, { "iacute", 0xED },
  { "icirc", 0xEE }, { "iuml", 0xEF }, { "ntilde", 0xF1 }, { "oacute", 0xF3 }, { "ocirc", 0xF4 }, { "otilde", 0xF5 }, { "ouml", 0xF6 },
  { "divide", 0xF7 }, { "oslash", 0xF8 }, { "uacute", 0xFA }, { "ucirc", 0xFB }, { "uuml", 0xFC },
  { "Gbreve", 0x11E }, { "gbreve", 0x11F }, { "Idot", 0x130 }, { "imath", 0x131 }, { "inodot", 0x131 }, { "Scedil", 0x15E }, { "scedil", 0x15F },
  { "ensp", ' ' }, { "emsp", ' ' }, { "thinsp", ' ' }, { "ndash", 0x2013 }, { "mdash", 0x2014 }, { "lsquo", 0x2018 }, { "rsquo", 0x2019 },
  { "sbquo", 0x201A }, { "ldquo", 0x201C }, { "rdquo", 0x201D }, { "bdquo", 0x201E }, { "bull", 0x2022 }, { "hellip", 0x2026 },
  { "lsaquo", 0x2039 }, { "rsaquo", 0x203A }, { "euro", 0x20AC }, { "trade", 0x2122 }, { "rarr", 0x2192 },
};

/* What is in these is not for reading. */
static const char * const unseen[] = { "script", "style", "head", "title", NULL };
static const char * const lines[] = {
  "address", "article", "blockquote", "br", "center", "dd", "div", "dl", "dt", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr",
  "li", "ol", "p", "pre", "section", "table", "tr", "ul", NULL
};
static const char * const paragraphs[] = { "blockquote", "h1", "h2", "h3", "h4", "h5", "h6", "p", "table", NULL };

typedef struct {
  GString *text;
  guint    breaks;  /* lines to begin before the next letter */
  gboolean space;   /* a space to put before it */
  gboolean cell;
} Page;

static void
put_letter (Page     *self,
            gunichar  letter)
{
  if (letter == 0)
    return;
  if (g_unichar_isspace (letter) || letter < ' ')
    {
      self->space = TRUE;
      return;
    }
  if (self->text->len > 0)
    for (guint i = 0; i < self->breaks; i++)
      g_string_append_c (self->text, '\n');
  if (self->text->len > 0 && self->breaks == 0 && (self->space || self->cell))
    g_string_append_c (self->text, self->cell ? '\t' : ' ');
  self->breaks = 0;
  self->space = self->cell = FALSE;
  g_string_append_unichar (self->text, letter);
}

static gboolean
is_letter (guint64 number)
{
  return number > 0 && number < 0x110000 && g_unichar_validate ((gunichar) number) && (number < 0x7F || number > 0x9F);
}

/* @at: behind "&". Returns what follows the entity; @at if it is none. */
static const char *
read_entity (const char *at,
             gunichar   *letter)
{
  gsize length = strcspn (at, ";& <\n\"");

  if (length == 0 || length > 10)
    return at;
  if (at[0] == '#')
    {
      gboolean is_hex = at[1] == 'x' || at[1] == 'X';
      char *end;
      guint64 number = g_ascii_strtoull (at + (is_hex ? 2 : 1), &end, is_hex ? 16 : 10);

      if (end != at + length || !is_letter (number))
        return at;
      *letter = number == 0xA0 ? ' ' : (gunichar) number;
      return end + (*end == ';' ? 1 : 0);
    }
  for (guint i = 0; i < G_N_ELEMENTS (entities); i++)
    if (strlen (entities[i].name) == length && strncmp (entities[i].name, at, length) == 0)
      {
        *letter = entities[i].letter;
        return at + length + (at[length] == ';' ? 1 : 0);
      }
  return at;
}

/* @at: at "<". Returns what follows the tag; its end may be missing. */
static const char *
skip_tag (const char *at)
{
  char quote = '\0';

  for (at++; *at != '\0'; at++)
    if (quote != '\0')
      quote = *at == quote ? '\0' : quote;
    else if (*at == '>')
      return at + 1;
    else if ((*at == '"' || *at == '\'') && at[-1] == '=')
      quote = *at;
  return at;
}

/* What follows the end of the element @name; all of it is left out if it has none. */
static const char *
skip_element (const char *at,
              const char *name)
{
  gsize length = strlen (name);

  while ((at = strstr (at, "</")) != NULL)
    {
      at += 2;
      if (g_ascii_strncasecmp (at, name, length) == 0 && !g_ascii_isalnum (at[length]))
        return skip_tag (at - 2);
    }
  return "";
}

static void
put_tag (Page       *self,
         const char *name)
{
  if (g_strv_contains (paragraphs, name))
    self->breaks = 2;
  else if (strcmp (name, "br") == 0)
    self->breaks = MIN (self->breaks + 1, 2);
  else if (g_strv_contains (lines, name))
    self->breaks = MAX (self->breaks, 1);
  else if (strcmp (name, "td") == 0 || strcmp (name, "th") == 0)
    self->cell = TRUE;
  if (strcmp (name, "li") == 0)
    {
      put_letter (self, 0x2022);
      self->space = TRUE;
    }
}

/* @at: at "<". Returns what follows. */
static const char *
read_tag (Page       *self,
          const char *at)
{
  gboolean closes = at[1] == '/';
  const char *begin = at + (closes ? 2 : 1);
  gsize length = 0;
  g_autofree char *name = NULL;

  if (g_str_has_prefix (at, "<!--"))
    {
      const char *end = strstr (at + 4, "-->");

      return end == NULL ? "" : end + 3;
    }
  if (!g_ascii_isalpha (*begin) && *begin != '!' && *begin != '?')
    {
      put_letter (self, '<');
      return at + 1;
    }
  while (g_ascii_isalnum (begin[length]) && length < 20)
    length++;
  name = g_ascii_strdown (begin, (gssize) length);
  if (!closes && g_strv_contains (unseen, name))
    return skip_element (skip_tag (at), name);
  if (!closes || strcmp (name, "li") != 0)
    put_tag (self, name);
  return skip_tag (at);
}

char *
crm_mail_strip_html (const char *html)
{
  Page self = { g_string_new (NULL) };

  while (*html != '\0')
    if (*html == '<')
      html = read_tag (&self, html);
    else if (*html == '&')
      {
        gunichar letter = '&';

        html = read_entity (html + 1, &letter);
        put_letter (&self, letter);
      }
    else
      {
        put_letter (&self, g_utf8_get_char (html));
        html = g_utf8_next_char (html);
      }
  return g_string_free (self.text, FALSE);
}
