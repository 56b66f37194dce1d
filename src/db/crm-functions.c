/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crm-functions.h"

#include <glib.h>
#include <string.h>

#include "crm-fold.h"

/* Where texts are folded: filters ask it of every row of a table. */
static const char *
fold_in_place (sqlite3_context *context,
               const char      *text,
               gsize            length)
{
  GString *scratch = sqlite3_user_data (context);

  g_string_truncate (scratch, 0);
  crm_fold_append (scratch, text, (gssize) length);
  return scratch->str;
}

static void
fold (sqlite3_context  *context,
      int               n_values,
      sqlite3_value   **values)
{
  const char *text = (const char *) sqlite3_value_text (values[0]);

  if (text != NULL)
    sqlite3_result_text (context, fold_in_place (context, text, (gsize) sqlite3_value_bytes (values[0])), -1,
                         SQLITE_TRANSIENT);
}

/* A plain letter folds to itself in lower case, so most rows are told apart by their first. */
static gboolean
begins_differently (const char *text,
                    const char *folded)
{
  return g_ascii_isalpha (text[0]) && g_ascii_tolower (text[0]) != folded[0];
}

static gboolean
is_folded (sqlite3_context *context,
           const char      *text,
           gsize            length,
           const char      *folded)
{
  return !begins_differently (text, folded) && strcmp (fold_in_place (context, text, length), folded) == 0;
}

static void
folds_to (sqlite3_context  *context,
          int               n_values,
          sqlite3_value   **values)
{
  const char *text = (const char *) sqlite3_value_text (values[0]);
  const char *folded = (const char *) sqlite3_value_text (values[1]);

  sqlite3_result_int (context, text != NULL && folded != NULL &&
                      is_folded (context, text, (gsize) sqlite3_value_bytes (values[0]), folded));
}

static void
has_part (sqlite3_context  *context,
          int               n_values,
          sqlite3_value   **values)
{
  const char *list = (const char *) sqlite3_value_text (values[0]);
  const char *folded = (const char *) sqlite3_value_text (values[1]);
  gboolean found = FALSE;

  while (list != NULL && folded != NULL && !found)
    {
      const char *end = strstr (list, ", ");

      found = is_folded (context, list, end != NULL ? (gsize) (end - list) : strlen (list), folded);
      list = end != NULL ? end + strlen (", ") : NULL;
    }
  sqlite3_result_int (context, found);
}

static void
free_scratch (gpointer scratch)
{
  g_string_free (scratch, TRUE);
}

int
crm_functions_install (sqlite3 *handle)
{
  static const struct {
    const char *name;
    int         n_values;
    void      (*call) (sqlite3_context *context, int n_values, sqlite3_value **values);
  } functions[] = {
    { "fold", 1, fold },
    { "folds_to", 2, folds_to },
    { "has_part", 2, has_part },
  };
  int code = SQLITE_OK;

  for (gsize i = 0; code == SQLITE_OK && i < G_N_ELEMENTS (functions); i++)
    code = sqlite3_create_function_v2 (handle, functions[i].name, functions[i].n_values,
                                       SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_DIRECTONLY, g_string_new (NULL),
                                       functions[i].call, NULL, NULL, free_scratch);
  return code;
}
