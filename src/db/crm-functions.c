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

/* The images of rows that history keeps: triggers make one of every row that is changed or deleted, so it is done in one go. */

/* Room for as many bytes and a NUL behind what there is. */
static char *
make_room (GString *json,
           gsize    length)
{
  gsize used = json->len;

  if (json->allocated_len - used <= length)
    {
      g_string_set_size (json, used + length);
      json->len = used;
    }
  return json->str + used;
}

static void
append_bytes (GString    *json,
              const char *bytes,
              gsize       length)
{
  char *end = make_room (json, length);

  memcpy (end, bytes, length);
  end[length] = '\0';
  json->len += length;
}

static void
append_string (GString    *json,
               const char *text,
               gsize       length)
{
  const char *end = text + length;

  append_bytes (json, "\"", 1);
  while (text < end)
    {
      const char *plain = text;

      while (text < end && (guchar) *text >= ' ' && *text != '"' && *text != '\\')
        text++;
      append_bytes (json, plain, (gsize) (text - plain));
      if (text == end)
        break;
      if (*text == '"' || *text == '\\')
        {
          g_string_append_c (json, '\\');
          g_string_append_c (json, *text);
        }
      else
        g_string_append_printf (json, "\\u%04x", (guchar) *text);
      text++;
    }
  append_bytes (json, "\"", 1);
}

static void
append_integer (GString       *json,
                sqlite3_int64  value)
{
  guint64 rest = value < 0 ? -(guint64) value : (guint64) value;
  char digits[20];
  char *first = digits + sizeof digits;

  do
    *--first = (char) ('0' + rest % 10);
  while ((rest /= 10) > 0);
  if (value < 0)
    *--first = '-';
  append_bytes (json, first, (gsize) (digits + sizeof digits - first));
}

/* @names: parted by commas */
static gsize
get_name_length (const char *names)
{
  const char *end = names;

  while (*end != ',' && *end != '\0')
    end++;
  return (gsize) (end - names);
}

/* Returns the names behind the first. */
static const char *
append_member (GString       *json,
               const char    *names,
               sqlite3_value *value)
{
  gsize length = get_name_length (names);
  const char *text;

  append_bytes (json, json->len == 0 ? "{\"" : ",\"", 2);
  append_bytes (json, names, length);
  append_bytes (json, "\":", 2);
  switch (sqlite3_value_type (value))
    {
    case SQLITE_NULL:
      append_bytes (json, "null", 4);
      break;
    case SQLITE_INTEGER:
      append_integer (json, sqlite3_value_int64 (value));
      break;
    case SQLITE_TEXT:
      text = (const char *) sqlite3_value_text (value);
      append_string (json, text, (gsize) sqlite3_value_bytes (value));
      break;
    default:
      g_string_append (json, (const char *) sqlite3_value_text (value));
    }
  return names + length + 1;
}

static const char *
skip_name (const char *names)
{
  return names + get_name_length (names) + 1;
}

static void
return_image (sqlite3_context *context,
              GString         *json)
{
  g_string_append (json, json->len == 0 ? "{}" : "}");
  sqlite3_result_text64 (context, json->str, json->len, SQLITE_TRANSIENT, SQLITE_UTF8);
}

/* image ('name,…', value, …): the values that are not NULL */
static void
image (sqlite3_context  *context,
       int               n_values,
       sqlite3_value   **values)
{
  GString *json = sqlite3_user_data (context);
  const char *names = (const char *) sqlite3_value_text (values[0]);

  g_string_truncate (json, 0);
  for (int i = 1; i < n_values; i++)
    names = sqlite3_value_type (values[i]) == SQLITE_NULL ? skip_name (names) : append_member (json, names, values[i]);
  return_image (context, json);
}

static gboolean
is_same (sqlite3_value *a,
         sqlite3_value *b)
{
  int type = sqlite3_value_type (a);
  gconstpointer bytes;

  if (type != sqlite3_value_type (b))
    return FALSE;
  if (type == SQLITE_NULL)
    return TRUE;
  if (type == SQLITE_INTEGER)
    return sqlite3_value_int64 (a) == sqlite3_value_int64 (b);
  bytes = sqlite3_value_text (a);
  return memcmp (sqlite3_value_text (b), bytes, (gsize) MIN (sqlite3_value_bytes (a), sqlite3_value_bytes (b))) == 0 &&
         sqlite3_value_bytes (a) == sqlite3_value_bytes (b);
}

/* image_changed ('name,…', old value, …, new value, …): the old values of those that differ; NULL if none does */
static void
image_changed (sqlite3_context  *context,
               int               n_values,
               sqlite3_value   **values)
{
  GString *json = sqlite3_user_data (context);
  const char *names = (const char *) sqlite3_value_text (values[0]);
  int n = (n_values - 1) / 2;

  g_string_truncate (json, 0);
  for (int i = 1; i <= n; i++)
    names = is_same (values[i], values[i + n]) ? skip_name (names) : append_member (json, names, values[i]);
  if (json->len > 0)
    return_image (context, json);
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
    { "image", -1, image },
    { "image_changed", -1, image_changed },
  };
  int code = SQLITE_OK;

  for (gsize i = 0; code == SQLITE_OK && i < G_N_ELEMENTS (functions); i++)
    code = sqlite3_create_function_v2 (handle, functions[i].name, functions[i].n_values,
                                       SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_DIRECTONLY, g_string_new (NULL),
                                       functions[i].call, NULL, NULL, free_scratch);
  return code;
}
