/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crm-config.h"

#include "crm-csv-writer.h"

#include <string.h>

#include "crm-csv-private.h"
#include "crm-output.h"

struct _CrmCsvWriter {
  CrmOutput         *output;
  char               delimiter;
  CrmCsvWriterFlags  flags;
};

CrmCsvWriter *
crm_csv_writer_new (const char         *path,
                    char                delimiter,
                    CrmCsvWriterFlags   flags,
                    GError            **error)
{
  CrmCsvWriter *self;
  CrmOutput *output;

  g_return_val_if_fail (path != NULL, NULL);
  g_return_val_if_fail (delimiter != '\0' && strchr (CRM_CSV_DELIMITERS, delimiter) != NULL, NULL);

  output = crm_output_new (path, error);
  if (output == NULL)
    return NULL;
  self = g_new0 (CrmCsvWriter, 1);
  self->output = output;
  self->delimiter = delimiter;
  self->flags = flags;
  if (flags & CRM_CSV_WRITER_BOM)
    g_string_append (crm_output_get_text (output), "\xEF\xBB\xBF");
  return self;
}

void
crm_csv_writer_free (CrmCsvWriter *self)
{
  if (self == NULL)
    return;
  crm_output_free (self->output);
  g_free (self);
}

/* Readers, ours too, take spaces around bare cells for decoration, and a row of one bare empty cell for an empty line. */
static gboolean
needs_quotes (const char *cell,
              char        delimiter,
              gboolean    is_only)
{
  const char special[] = { delimiter, '"', '\r', '\n', '\0' };
  gsize length = strlen (cell);

  if (length == 0)
    return is_only;
  return g_ascii_isspace (cell[0]) || g_ascii_isspace (cell[length - 1]) || cell[strcspn (cell, special)] != '\0';
}

static void
append_cell (GString           *into,
             const char        *cell,
             char               delimiter,
             CrmCsvWriterFlags  flags,
             gboolean           is_only)
{
  gboolean quoted = needs_quotes (cell, delimiter, is_only);

  if (quoted)
    g_string_append_c (into, '"');
  if (!(flags & CRM_CSV_WRITER_EXACT) && crm_csv_is_formula (cell))
    g_string_append_c (into, '\'');
  while (quoted && *cell != '\0')
    {
      gsize plain = strcspn (cell, "\"");

      g_string_append_len (into, cell, plain);
      cell += plain;
      if (*cell == '"')
        {
          g_string_append (into, "\"\"");
          cell++;
        }
    }
  g_string_append (into, cell);
  if (quoted)
    g_string_append_c (into, '"');
}

void
crm_csv_append_row (GString            *into,
                    const char * const *cells,
                    guint               n_cells,
                    char                delimiter,
                    CrmCsvWriterFlags   flags)
{
  g_return_if_fail (cells != NULL || n_cells == 0);

  for (guint i = 0; i < n_cells; i++)
    {
      if (i > 0)
        g_string_append_c (into, delimiter);
      append_cell (into, cells[i] != NULL ? cells[i] : "", delimiter, flags, n_cells == 1);
    }
  g_string_append (into, "\r\n");
}

gboolean
crm_csv_writer_add_row (CrmCsvWriter        *self,
                        const char * const  *cells,
                        guint                n_cells,
                        GError             **error)
{
  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (cells != NULL || n_cells == 0, FALSE);

  crm_csv_append_row (crm_output_get_text (self->output), cells, n_cells, self->delimiter, self->flags);
  return crm_output_flush_some (self->output, error);
}

gboolean
crm_csv_writer_finish (CrmCsvWriter  *self,
                       GError       **error)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return crm_output_finish (self->output, error);
}
