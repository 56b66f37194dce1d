/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crm-config.h"

#include "crm-vcard-head.h"

#include <string.h>

#include "crm-vcard-private.h"

void
crm_vcard_head_init (CrmVcardHead *self)
{
  memset (self, 0, sizeof *self);
  self->params = g_array_new (FALSE, FALSE, sizeof (CrmVcardParam));
  self->copy = g_string_new (NULL);
}

void
crm_vcard_head_clear (CrmVcardHead *self)
{
  g_array_unref (self->params);
  g_string_free (self->copy, TRUE);
}

void
crm_vcard_head_reset (CrmVcardHead *self)
{
  GArray *params = self->params;
  GString *copy = self->copy;

  memset (self, 0, sizeof *self);
  self->params = params;
  self->copy = copy;
  g_array_set_size (params, 0);
}

static gboolean
is_name_letter (char letter)
{
  return g_ascii_isalnum (letter) || letter == '-' || letter == '_';
}

static gboolean
is_name (const char *text)
{
  if (*text == '\0')
    return FALSE;
  for (; *text != '\0'; text++)
    if (!is_name_letter (*text))
      return FALSE;
  return TRUE;
}

gboolean
crm_vcard_head_is_likely (const char *text,
                          gsize       length)
{
  gsize i = 0;

  while (i < length && (is_name_letter (text[i]) || text[i] == '.'))
    i++;
  return i > 0 && i < length && (text[i] == ':' || text[i] == ';');
}

/* Version 2.1 writes words without saying what they are. */
static const char *
get_name_of_bare_word (const char *word)
{
  static const char * const encodings[] = { "QUOTED-PRINTABLE", "BASE64", "8BIT", "7BIT", "B" };
  static const char * const values[] = { "INLINE", "URL", "CONTENT-ID", "CID" };

  for (guint i = 0; i < G_N_ELEMENTS (encodings); i++)
    if (g_ascii_strcasecmp (word, encodings[i]) == 0)
      return "ENCODING";
  for (guint i = 0; i < G_N_ELEMENTS (values); i++)
    if (g_ascii_strcasecmp (word, values[i]) == 0)
      return "VALUE";
  return crm_vcard_is_charset (word) ? "CHARSET" : "TYPE";
}

static gboolean
take_encoding (CrmVcardHead *self,
               const char   *value)
{
  if (g_ascii_strcasecmp (value, "QUOTED-PRINTABLE") == 0 || g_ascii_strcasecmp (value, "Q") == 0)
    self->encoding = CRM_VCARD_QUOTED_PRINTABLE;
  else if (g_ascii_strcasecmp (value, "BASE64") == 0 || g_ascii_strcasecmp (value, "B") == 0)
    self->encoding = CRM_VCARD_BASE64;
  else
    return g_ascii_strcasecmp (value, "8BIT") == 0 || g_ascii_strcasecmp (value, "7BIT") == 0;
  return TRUE;
}

/* Texts in a list inside the copy, where they may be changed. */
static void
add_param (CrmVcardHead *self,
           const char   *name,
           char         *value)
{
  CrmVcardParam param = { name, value };

  if (strcmp (name, "ENCODING") == 0 && take_encoding (self, value))
    return;
  if (strcmp (name, "CHARSET") == 0)
    {
      self->charset = value;
      return;
    }
  if (strcmp (name, "TYPE") == 0)
    {
      /* Types are words: nothing is lost with a quotation mark. */
      for (char *letter = value; *letter != '\0'; letter++)
        *letter = *letter == '"' ? '\'' : g_ascii_tolower (*letter);
      if (strcmp (value, "pref") == 0)
        self->is_preferred = TRUE;
      if (*value == '\0' || strcmp (value, "pref") == 0)
        return;
    }
  self->has_pref |= strcmp (name, "PREF") == 0;
  if (self->params->len < CRM_VCARD_MAX_PARAMS - 1)
    g_array_append_val (self->params, param);
}

/* The value at @text, ended in place: "…" or up to one of @ends. Returns: behind it; @end: (out): what was there */
static char *
take_value (char        *text,
            const char  *ends,
            char       **value,
            char        *end)
{
  if (*text == '"')
    {
      *value = ++text;
      text += strcspn (text, "\"");
      if (*text != '\0')
        *text++ = '\0';
      text += strcspn (text, ends);
    }
  else
    {
      *value = text;
      text += strcspn (text, ends);
    }
  *end = *text;
  if (*text != '\0')
    *text++ = '\0';
  g_strstrip (*value);
  return text;
}

/* A list in quotation marks is a list all the same: TYPE="work,cell". */
static void
add_types (CrmVcardHead *self,
           char         *value)
{
  char *comma;

  do
    {
      comma = strchr (value, ',');
      if (comma != NULL)
        *comma = '\0';
      add_param (self, "TYPE", g_strstrip (value));
      if (comma != NULL)
        value = comma + 1;
    }
  while (comma != NULL);
}

/* The parameter at @text. Returns: behind it */
static char *
parse_param (CrmVcardHead *self,
             char         *text)
{
  gsize length = strcspn (text, "=;");
  char end = text[length], *name = text, *next = text + length + (end != '\0'), *value;

  text[length] = '\0';
  g_strstrip (name);
  if (end != '=')
    {
      const char *meant = get_name_of_bare_word (name);

      if (strcmp (meant, "TYPE") == 0)
        add_types (self, name);
      else
        add_param (self, meant, name);
      return next;
    }
  for (char *letter = name; *letter != '\0'; letter++)
    *letter = g_ascii_toupper (*letter);
  do
    {
      next = take_value (next, ",;", &value, &end);
      if (strcmp (name, "TYPE") == 0)
        add_types (self, value);
      else if (is_name (name))
        add_param (self, name, value);
    }
  while (end == ',');
  return next;
}

/* Texts of a set that is none of Unicode lose their letters here: a parameter's own set is named nowhere. */
static void
clean (GString *text)
{
  const char *from = text->str;

  for (gsize i = 0; i < text->len; i++)
    if (g_ascii_iscntrl (text->str[i]))
      text->str[i] = ' ';
  while (!g_utf8_validate (from, text->str + text->len - from, &from))
    text->str[from - text->str] = '?';
}

/* Group and name are checked in crm_vcard_head_finish(), once per property. */
static void
parse (CrmVcardHead *self,
       const char   *text)
{
  char *params;

  g_string_truncate (self->copy, 0);
  g_string_append_len (self->copy, text, (gssize) self->length);
  clean (self->copy);
  params = self->copy->str + strcspn (self->copy->str, ";");
  if (*params != '\0')
    *params++ = '\0';
  while (*params != '\0')
    params = parse_param (self, params);
  if (self->is_preferred && !self->has_pref)
    {
      CrmVcardParam param = { "PREF", "1" };

      g_array_append_val (self->params, param);
    }
}

void
crm_vcard_head_scan (CrmVcardHead *self,
                     const char   *text,
                     gsize         length)
{
  gsize end = MIN (length, CRM_VCARD_MAX_HEAD_BYTES);

  for (; self->scanned < end && !self->is_complete; self->scanned++)
    {
      if (text[self->scanned] == '"')
        self->in_quotes = !self->in_quotes;
      else if (text[self->scanned] == ':' && !self->in_quotes)
        {
          self->is_complete = TRUE;
          self->length = self->scanned;
          parse (self, text);
        }
    }
}

/* RFC 6868: what could not stand in quotation marks */
static void
decode_caret (char *text)
{
  char *to = text;

  for (; *text != '\0'; text++)
    {
      char letter = *text == '^' ? text[1] : '\0';

      if (letter == 'n' || letter == '^' || letter == '\'')
        text++;
      *to++ = letter == 'n' ? '\n' : letter == '\'' ? '"' : *text;
    }
  *to = '\0';
}

void
crm_vcard_head_finish (CrmVcardHead    *self,
                       const char      *text,
                       gsize            length,
                       CrmVcardVersion  version)
{
  char *dot;

  /* A quotation mark that was never closed */
  if (!self->is_complete)
    {
      const char *colon = memchr (text, ':', MIN (length, CRM_VCARD_MAX_HEAD_BYTES));

      if (colon == NULL)
        return;
      self->is_complete = TRUE;
      self->length = (gsize) (colon - text);
      parse (self, text);
    }
  self->name = g_strstrip (self->copy->str);
  dot = strrchr (self->copy->str, '.');
  if (dot != NULL)
    {
      *dot = '\0';
      self->group = self->name;
      self->name = dot + 1;
    }
  self->is_valid = is_name (self->name) && (self->group == NULL || is_name (self->group));
  if (version == CRM_VCARD_4_0)
    for (guint i = 0; i < self->params->len; i++)
      {
        CrmVcardParam *param = &g_array_index (self->params, CrmVcardParam, i);

        if (strcmp (param->name, "TYPE") != 0 && strchr (param->value, '^') != NULL)
          decode_caret ((char *) param->value);
      }
}
