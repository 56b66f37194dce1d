/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crm-config.h"

#include "crm-cli-table.h"

#define ROWS_HELD 200
/* What is longer pushes the rest of its row aside; nothing is ever cut. */
#define MAX_WIDTH 40
#define GAP 2

struct _CrmCliTable {
  CrmCli    *cli;
  guint      n_columns;
  guint     *widths;
  GPtrArray *cells; /* held back; from the row in work on once the widths are known */
  gboolean   is_measured;
};

CrmCliTable *
crm_cli_table_new (CrmCli *cli,
                   guint   n_columns)
{
  CrmCliTable *self = g_new0 (CrmCliTable, 1);

  self->cli = cli;
  self->n_columns = n_columns;
  self->widths = g_new0 (guint, n_columns);
  self->cells = g_ptr_array_new_with_free_func (g_free);
  return self;
}

static guint
measure (const char *text)
{
  guint width = 0;

  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (!g_unichar_iszerowidth (c))
        width += g_unichar_iswide (c) ? 2 : 1;
    }
  return width;
}

static void
print_row (CrmCliTable  *self,
           char        **cells)
{
  g_autoptr (GString) line = g_string_new (NULL);
  guint n = self->n_columns;

  while (n > 1 && *cells[n - 1] == '\0')
    n--;
  for (guint i = 0; i < n; i++)
    {
      guint width = measure (cells[i]);
      guint spaces = GAP + (width < self->widths[i] ? self->widths[i] - width : 0);

      g_string_append (line, cells[i]);
      for (guint s = 0; i + 1 < n && s < spaces; s++)
        g_string_append_c (line, ' ');
    }
  g_string_append_c (line, '\n');
  crm_cli_print (self->cli, line->str);
}

static void
print_held (CrmCliTable *self)
{
  for (guint i = 0; i < self->cells->len && !self->is_measured; i++)
    {
      guint *width = &self->widths[i % self->n_columns];

      *width = MAX (*width, MIN (measure (g_ptr_array_index (self->cells, i)), MAX_WIDTH));
    }
  self->is_measured = TRUE;
  for (guint i = 0; i + self->n_columns <= self->cells->len; i += self->n_columns)
    print_row (self, (char **) &g_ptr_array_index (self->cells, i));
  g_ptr_array_set_size (self->cells, 0);
}

void
crm_cli_table_take (CrmCliTable *self,
                    char        *cell)
{
  g_ptr_array_add (self->cells, crm_cli_clean (cell == NULL ? "" : cell, FALSE));
  g_free (cell);
  if (self->cells->len % self->n_columns == 0 && (self->is_measured || self->cells->len >= ROWS_HELD * self->n_columns))
    print_held (self);
}

void
crm_cli_table_free (CrmCliTable *self)
{
  print_held (self);
  g_ptr_array_unref (self->cells);
  g_free (self->widths);
  g_free (self);
}
