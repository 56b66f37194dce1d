/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crm-config.h"

#include "crm-import-cells.h"

#include <glib/gi18n-lib.h>
#include <string.h>

static gboolean
is_border (unsigned char byte)
{
  return byte <= ' ' || byte >= 0x80;
}

/* Without spaces of any script at both ends. */
const char *
crm_import_row_trim (CrmImportRow *self,
                     const char   *text)
{
  gsize length = strlen (text);
  const char *end = text + length;

  if (length == 0 || (!is_border ((unsigned char) text[0]) && !is_border ((unsigned char) text[length - 1])))
    return text;
  while (*text != '\0' && g_unichar_isspace (g_utf8_get_char (text)))
    text = g_utf8_next_char (text);
  while (end > text && g_unichar_isspace (g_utf8_get_char (g_utf8_prev_char (end))))
    end = g_utf8_prev_char (end);
  return *end == '\0' ? text : g_string_chunk_insert_len (self->chunk, text, end - text);
}

/* On one line: what stood on several is parted by commas. */
static const char *
flatten (CrmImportRow *self,
         const char   *text)
{
  g_auto (GStrv) lines = NULL;
  g_autoptr (GString) flat = NULL;

  if (strpbrk (text, "\r\n\t\v\f") == NULL)
    return text;
  lines = g_strsplit_set (text, "\r\n\v\f", -1);
  flat = g_string_new (NULL);
  for (guint i = 0; lines[i] != NULL; i++)
    {
      const char *line = g_strstrip (lines[i]);

      if (*line != '\0' && flat->len > 0)
        g_string_append (flat, g_str_has_suffix (flat->str, ",") ? " " : ", ");
      g_string_append (flat, line);
    }
  g_strdelimit (flat->str, "\t", ' ');
  return g_string_chunk_insert (self->chunk, flat->str);
}

/* "" if the row has no such cell. */
const char *
crm_import_row_get_cell (CrmImportRow    *self,
                         const CrmCsvRow *row,
                         guint            column)
{
  return column < row->n_cells ? crm_import_row_trim (self, crm_csv_unescape_formula (row->cells[column])) : "";
}

const char *
crm_import_row_get_line (CrmImportRow    *self,
                         const CrmCsvRow *row,
                         guint            column)
{
  return flatten (self, crm_import_row_get_cell (self, row, column));
}

/* The first filled cell of the columns that go to @target; "" if none is. @column: (out) (optional): where it stands. */
const char *
crm_import_row_get_first (CrmImportRow    *self,
                          const CrmCsvRow *row,
                          int              target,
                          guint           *column)
{
  guint n;
  const guint *columns = crm_mapping_get_columns (self->mapping, target, &n);

  for (guint i = 0; i < n; i++)
    {
      const char *text = crm_import_row_get_line (self, row, columns[i]);

      if (*text != '\0')
        {
          if (column != NULL)
            *column = columns[i];
          return text;
        }
    }
  return "";
}

/* What its field does not take is not lost. */
void
crm_import_row_keep_in_notes (CrmImportRow *self,
                              guint         column,
                              const char   *text,
                              const char   *why)
{
  const char *name = crm_mapping_get_column_name (self->mapping, column);

  g_ptr_array_add (self->remarks, g_strdup_printf ("%s: %s", name, text));
  /* Translators: a column of a file, what stands in it, why it is not taken */
  g_ptr_array_add (self->warnings, g_strdup_printf (_("%s “%s” goes to the notes. %s"), name, text, why));
}
