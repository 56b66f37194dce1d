/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crm-terms.h"

#include <string.h>

#include "crm-fold.h"
#include "crm-text-scan.h"

#define MIN_NUMBER_DIGITS 4
#define MIN_AREA_CODE 3
#define INTERNATIONAL_DIGITS 12
#define COUNTRY_CODE "90"

static void
term_set_word (CrmTerm    *term,
               const char *word)
{
  term->needle = g_strdup (word);
  term->length = strlen (word);
  term->only_begins = *g_utf8_next_char (word) == '\0';
}

/* The digits without what says how to dial: "00902125550142", "+90 212…" and "0212…" are all "212…". */
static const char *
skip_dialling_prefix (const char *digits,
                      gboolean    international)
{
  const char *bare = digits + strspn (digits, "0");

  international = international || g_str_has_prefix (digits, "00");
  if (g_str_has_prefix (bare, COUNTRY_CODE) && (international || strlen (bare) == INTERNATIONAL_DIGITS) &&
      strlen (bare) >= strlen (COUNTRY_CODE) + MIN_NUMBER_DIGITS)
    {
      bare += strlen (COUNTRY_CODE);
      bare += strspn (bare, "0");
    }
  return bare;
}

static char **
get_spellings (const char *digits,
               const char *bare)
{
  static const char * const prefixes[] = { "", "0", COUNTRY_CODE, "00", ("00" COUNTRY_CODE) };
  g_autoptr (GStrvBuilder) spellings = g_strv_builder_new ();

  g_strv_builder_add (spellings, digits);
  for (gsize i = 0; strlen (bare) >= MIN_AREA_CODE && i < G_N_ELEMENTS (prefixes); i++)
    {
      g_autofree char *spelling = g_strconcat (prefixes[i], bare, NULL);

      if (strcmp (spelling, digits) != 0)
        g_strv_builder_add (spellings, spelling);
    }
  return g_strv_builder_end (spellings);
}

static void
term_set_number (CrmTerm    *term,
                 char      **words,
                 guint       n_words,
                 gboolean    international)
{
  g_autoptr (GStrvBuilder) parts = g_strv_builder_new ();
  g_autoptr (GString) digits = g_string_new (NULL);
  const char *bare;

  for (guint i = 0; i < n_words; i++)
    {
      g_string_append (digits, words[i]);
      g_strv_builder_add (parts, words[i]);
    }
  bare = skip_dialling_prefix (digits->str, international);
  term->spellings = get_spellings (digits->str, bare);
  if (n_words > 1)
    term->parts = g_strv_builder_end (parts);
  term->needle = g_strdup (strlen (bare) >= MIN_NUMBER_DIGITS ? bare : digits->str);
  term->length = strlen (term->needle);
}

static gboolean
is_digits (const char *word)
{
  return word[strspn (word, "0123456789")] == '\0';
}

/* How many of the words from @words on are one number; 0 if they are none. */
static guint
count_number_words (char **words)
{
  gsize digits = 0;
  guint n = 0;

  for (; words[n] != NULL && is_digits (words[n]); n++)
    digits += strlen (words[n]);
  return digits >= MIN_NUMBER_DIGITS ? n : 0;
}

CrmTerms *
crm_terms_parse (const char *text)
{
  CrmTerms *self = g_new0 (CrmTerms, 1);
  g_auto (GStrv) words = NULL;
  gboolean international = text != NULL && strchr (text, '+') != NULL;
  guint n_words;

  self->folded = crm_fold (text);
  words = g_strsplit (self->folded, " ", CRM_TERMS_MAX_WORDS + 1);
  n_words = g_strv_length (words);
  if (n_words > CRM_TERMS_MAX_WORDS)
    g_clear_pointer (&words[--n_words], g_free);
  self->terms = g_new0 (CrmTerm, n_words);
  self->words = g_new0 (char *, n_words + 1);

  for (guint i = 0; i < n_words;)
    {
      CrmTerm *term = &self->terms[self->n_terms];
      guint n_number = count_number_words (&words[i]);

      if (n_number > 0)
        term_set_number (term, &words[i], n_number, international);
      else
        term_set_word (term, words[i]);
      i += MAX (n_number, 1);
      self->words[self->n_terms++] = g_strdup (term->needle);
    }
  return self;
}

void
crm_terms_free (CrmTerms *self)
{
  if (self == NULL)
    return;
  for (guint i = 0; i < self->n_terms; i++)
    {
      g_free (self->terms[i].needle);
      g_strfreev (self->terms[i].spellings);
      g_strfreev (self->terms[i].parts);
    }
  g_free (self->terms);
  g_free (self->folded);
  g_strfreev (self->words);
  g_free (self);
}

/* Folded words hold no quotes, so nothing in them can be taken for the expression's own. */
static void
append_words (GString    *expression,
              char      **words,
              const char *operator)
{
  for (guint i = 0; words[i] != NULL; i++)
    g_string_append_printf (expression, "%s\"%s\"*", i > 0 ? operator : "", words[i]);
}

char *
crm_terms_to_fts (const CrmTerms *self)
{
  GString *expression = g_string_new (NULL);

  for (guint i = 0; i < self->n_terms; i++)
    {
      const CrmTerm *term = &self->terms[i];

      g_string_append (expression, i > 0 ? " AND (" : "(");
      append_words (expression, term->spellings != NULL ? term->spellings : (char *[]) { term->needle, NULL }, " OR ");
      if (term->parts != NULL)
        {
          g_string_append (expression, " OR (");
          append_words (expression, term->parts, " AND ");
          g_string_append_c (expression, ')');
        }
      g_string_append_c (expression, ')');
    }
  return g_string_free (expression, FALSE);
}

gboolean
crm_terms_are_words (const CrmTerms *self)
{
  for (guint i = 0; i < self->n_terms; i++)
    if (self->terms[i].spellings != NULL)
      return FALSE;
  return TRUE;
}

const CrmTerm *
crm_terms_get_rarest (const CrmTerms *self)
{
  const CrmTerm *rarest = NULL;

  for (guint i = 0; i < self->n_terms; i++)
    if (!self->terms[i].only_begins && (rarest == NULL || self->terms[i].length > rarest->length))
      rarest = &self->terms[i];
  return rarest;
}

static gboolean
has_word_beginning (const char *text,
                    gsize       length,
                    const char *word)
{
  gsize size = strlen (word);
  const char *end = text + length;

  for (const char *at = text; (at = crm_text_find (at, end, word, size)) != NULL; at++)
    if (at == text || at[-1] == ' ')
      return TRUE;
  return FALSE;
}

static gboolean
has_all_beginnings (const char  *text,
                    gsize        length,
                    char       **words)
{
  for (; *words != NULL; words++)
    if (!has_word_beginning (text, length, *words))
      return FALSE;
  return TRUE;
}

static gboolean
term_begins_word (const CrmTerm *self,
                  const char    *text,
                  gsize          length)
{
  if (self->spellings == NULL)
    return has_word_beginning (text, length, self->needle);
  for (char **spelling = self->spellings; *spelling != NULL; spelling++)
    if (has_word_beginning (text, length, *spelling))
      return TRUE;
  return self->parts != NULL && has_all_beginnings (text, length, self->parts);
}

gboolean
crm_terms_match_inside (const CrmTerms *self,
                        const CrmTerm  *known,
                        const char     *text,
                        gsize           length)
{
  for (guint i = 0; i < self->n_terms; i++)
    {
      const CrmTerm *term = &self->terms[i];

      if (term == known)
        continue;
      if (term->only_begins ? !has_word_beginning (text, length, term->needle)
                            : crm_text_find (text, text + length, term->needle, term->length) == NULL)
        return FALSE;
    }
  return TRUE;
}

gboolean
crm_terms_match_prefix (const CrmTerms *self,
                        const char     *text,
                        gsize           length)
{
  for (guint i = 0; i < self->n_terms; i++)
    if (!term_begins_word (&self->terms[i], text, length))
      return FALSE;
  return TRUE;
}
