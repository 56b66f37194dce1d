/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crm-fold.h"

#include <string.h>

/* The first line of the input is the query, the rest the text. */
int LLVMFuzzerTestOneInput (const guint8 *data, size_t size);

static void
check_fold (const char *text)
{
  g_autofree char *once = crm_fold (text);
  g_autofree char *twice = crm_fold (once);
  g_autofree char *name = crm_fold_name (text);
  g_autofree char *key = crm_phone_key (text);
  g_autoptr (GString) digits = g_string_new (NULL);

  g_assert_true (g_utf8_validate (once, -1, NULL));
  g_assert_cmpstr (once, ==, twice);
  g_assert_true (g_str_has_prefix (once, name));
  g_assert_true ((*name == '\0') == (*once == '\0'));
  g_assert_true (strlen (key) <= 10);
  crm_fold_digits_append (digits, text);
  g_assert_true (strspn (digits->str, "0123456789") == digits->len);
}

static void
check_spans (const char *text,
             const char *query)
{
  g_autofree char *folded = crm_fold (query);
  g_auto (GStrv) words = g_strsplit (folded, " ", -1);
  g_autoptr (GArray) spans = crm_fold_find_spans (text, (const char * const *) words);
  guint before = 0;

  for (guint i = 0; i < spans->len; i++)
    {
      CrmSpan *span = &g_array_index (spans, CrmSpan, i);

      g_assert_true (span->start >= before && span->start < span->end && span->end <= strlen (text));
      g_assert_true (g_utf8_validate (text + span->start, span->end - span->start, NULL));
      before = span->end;
    }
}

int
LLVMFuzzerTestOneInput (const guint8 *data,
                        size_t        size)
{
  g_autofree char *input = g_strndup ((const char *) data, size);
  g_autofree char *valid = NULL;
  char *text = strchr (input, '\n');

  if (text == NULL)
    text = input;
  else
    *text++ = '\0';

  check_fold (text);
  valid = g_utf8_make_valid (text, -1);
  check_spans (valid, input);

  return 0;
}
