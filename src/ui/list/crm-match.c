/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crm-match.h"

#include <string.h>

#include "crm-entity.h"
#include "crm-fold.h"

/* Characters of a long text shown before and in all */
#define EXCERPT_BEFORE 24
#define EXCERPT_LENGTH 90

PangoAttrList *
crm_match_bold (const char         *text,
                const char * const *words)
{
  g_autoptr (GArray) spans = NULL;
  PangoAttrList *attributes;

  if (text == NULL || words == NULL || words[0] == NULL)
    return NULL;
  spans = crm_fold_find_spans (text, words);
  if (spans->len == 0)
    return NULL;

  attributes = pango_attr_list_new ();
  for (guint i = 0; i < spans->len; i++)
    {
      const CrmSpan *span = &g_array_index (spans, CrmSpan, i);
      PangoAttribute *bold = pango_attr_weight_new (PANGO_WEIGHT_BOLD);

      bold->start_index = span->start;
      bold->end_index = span->end;
      pango_attr_list_insert (attributes, bold);
    }
  return attributes;
}

static gboolean
has_word (const char *text,
          const char *word)
{
  const char *words[] = { word, NULL };
  g_autoptr (GArray) spans = NULL;

  if (text == NULL)
    return FALSE;
  spans = crm_fold_find_spans (text, words);
  return spans->len > 0;
}

/* One line of the text, with the match in it */
static char *
excerpt (const char *text,
         const char *word)
{
  const char *words[] = { word, NULL };
  g_autoptr (GArray) spans = crm_fold_find_spans (text, words);
  const char *match = text + g_array_index (spans, CrmSpan, 0).start;
  const char *start = text;
  g_autofree char *cut = NULL;
  char *line;

  if (g_utf8_pointer_to_offset (text, match) > EXCERPT_BEFORE)
    {
      start = g_utf8_offset_to_pointer (match, -EXCERPT_BEFORE);
      while (start < match && *start != ' ' && *start != '\n')
        start = g_utf8_next_char (start);
    }
  cut = g_utf8_substring (start, 0, MIN (EXCERPT_LENGTH, g_utf8_strlen (start, -1)));
  line = g_strconcat (start > text ? "…" : "", g_strstrip (cut), NULL);
  return g_strdelimit (line, "\n\r\t", ' ');
}

static char *
find_word (const CrmValues *values,
           const char      *word)
{
  const CrmEntity *entity = crm_values_get_entity (values);

  for (guint i = 0; i < entity->n_fields; i++)
    {
      const char *text;

      if (!(entity->fields[i].flags & CRM_FIELD_SEARCH))
        continue;
      text = crm_values_get_text (values, i);
      if (has_word (text, word))
        return excerpt (text, word);
    }
  return NULL;
}

char *
crm_match_find_elsewhere (const CrmValues    *values,
                          const char * const *words,
                          const char * const *shown,
                          guint               n_shown)
{
  g_return_val_if_fail (values != NULL, NULL);

  for (guint i = 0; words != NULL && words[i] != NULL; i++)
    {
      gboolean shows = FALSE;
      char *found;

      for (guint j = 0; j < n_shown && !shows; j++)
        shows = has_word (shown[j], words[i]);
      if (shows)
        continue;
      found = find_word (values, words[i]);
      if (found != NULL)
        return found;
    }
  return NULL;
}
