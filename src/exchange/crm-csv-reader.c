/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crm-config.h"

#include "crm-csv-reader.h"

#include <csv.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <string.h>

#include "crm-csv-private.h"
#include "crm-error.h"

/* Bytes read at a time. */
#define CHUNK (64 * 1024)

/*
 * How much may be read twice because of quotation marks that are never closed, before such a row gives up after a few lines. Without
 * this a file of nothing but open quotation marks would be read a thousand times.
 */
#define RESCAN_ALLOWANCE (16 * 1024 * 1024)
#define SHORT_ROW_LINES  16

typedef enum {
  LINE_WHOLE,
  LINE_TOO_LONG,
  LINE_NONE,
  LINE_FAILED,
} LineStatus;

struct _CrmCsvReader {
  GInputStream     *stream;
  CrmCsvFormat      format;
  gint64            position;
  gint64            size;
  gboolean          at_end;

  /* Bytes not yet decoded (not used for UTF-8). */
  guint8           *raw;
  gsize             n_raw;

  /*
   * Decoded text. It goes to the grammar line by line, so that lines can be counted, and stays here from the beginning of the row on, so that
   * the lines that an open quotation mark has swallowed can be given back.
   */
  guint8           *text;
  gsize             capacity;
  gsize             start;   /* of the row */
  gsize             next;    /* the line that the grammar gets next */
  gsize             end;
  gsize             cr;      /* no carriage return between next and here; likewise lf */
  gsize             lf;
  guint64           line;    /* number of the line at next */

  struct csv_parser parser;

  /* The row. */
  guint64           start_line;
  guint             n_lines;
  gsize             resume;       /* offset from start: behind the line in which the open cell begins */
  guint             resume_lines;
  gboolean          row_ended;
  gboolean          cell_open;    /* a line ended inside the cell being read */
  gboolean          stray_quote;  /* there was a single quotation mark inside the quoted cell being read */
  gboolean          broken;       /* both: the cell hardly ends where the grammar thinks */
  gboolean          too_many_cells;
  gboolean          invalid;
  GString          *cell_text;
  GArray           *cell_starts;
  GPtrArray        *cells;
  char             *problem;

  guint64           n_records;
  guint64           rescanned;
};

GInputStream *
crm_csv_open (const char  *path,
              gint64      *size,
              GError     **error)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autofree char *name = g_filename_display_basename (path);
  g_autoptr (GError) local_error = NULL;
  GFileInputStream *stream;
  GStatBuf info = { 0 };

  /* Opening a pipe would wait for somebody to write into it. */
  if (g_stat (path, &info) == 0 && !S_ISREG (info.st_mode))
    {
      g_set_error (error, CRM_ERROR, CRM_ERROR_UNREADABLE, _("“%s” is not a file."), name);
      return NULL;
    }
  stream = g_file_read (file, NULL, &local_error);
  if (stream == NULL)
    {
      g_set_error (error, CRM_ERROR, CRM_ERROR_UNREADABLE, _("“%s” cannot be opened: %s"), name, local_error->message);
      return NULL;
    }
  if (size != NULL)
    *size = info.st_size;
  return G_INPUT_STREAM (stream);
}

/* For files of tabs; the grammar's own idea of a space is one that includes the tab. */
static int
is_space (unsigned char byte)
{
  return byte == ' ';
}

static CrmCsvReader *
reader_new (GInputStream       *stream,
            gint64              size,
            const CrmCsvFormat *format)
{
  CrmCsvReader *self = g_new0 (CrmCsvReader, 1);

  self->stream = stream;
  self->size = size;
  self->format = *format;
  if (format->encoding != CRM_CSV_UTF_8)
    self->raw = g_malloc (CHUNK);
  self->line = 1;
  self->cell_text = g_string_new (NULL);
  self->cell_starts = g_array_new (FALSE, FALSE, sizeof (gsize));
  self->cells = g_ptr_array_new ();

  csv_init (&self->parser, CSV_APPEND_NULL | CSV_STRICT);
  csv_set_delim (&self->parser, format->delimiter);
  if (format->delimiter == '\t')
    csv_set_space_func (&self->parser, is_space);
  csv_set_realloc_func (&self->parser, g_realloc);
  csv_set_free_func (&self->parser, g_free);
  csv_set_blk_size (&self->parser, CHUNK);
  return self;
}

CrmCsvReader *
crm_csv_reader_new (const char          *path,
                    const CrmCsvFormat  *format,
                    GError             **error)
{
  GInputStream *stream;
  gint64 size;

  g_return_val_if_fail (path != NULL && format != NULL, NULL);

  stream = crm_csv_open (path, &size, error);
  return stream != NULL ? reader_new (stream, size, format) : NULL;
}

CrmCsvReader *
crm_csv_reader_new_for_bytes (GBytes             *bytes,
                              const CrmCsvFormat *format)
{
  g_return_val_if_fail (bytes != NULL && format != NULL, NULL);

  return reader_new (g_memory_input_stream_new_from_bytes (bytes), g_bytes_get_size (bytes), format);
}

void
crm_csv_reader_free (CrmCsvReader *self)
{
  if (self == NULL)
    return;
  csv_free (&self->parser);
  g_object_unref (self->stream);
  g_free (self->raw);
  g_free (self->text);
  g_string_free (self->cell_text, TRUE);
  g_array_unref (self->cell_starts);
  g_ptr_array_unref (self->cells);
  g_free (self->problem);
  g_free (self);
}

gint64
crm_csv_reader_get_position (CrmCsvReader *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->position;
}

gint64
crm_csv_reader_get_size (CrmCsvReader *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->size;
}

/* Moves the row to the beginning of the text and makes room for what a chunk may become. */
static void
make_room (CrmCsvReader *self)
{
  gsize room = self->format.encoding == CRM_CSV_UTF_8 ? CHUNK : 3 * CHUNK;

  if (self->capacity - self->end < room && self->start > 0)
    {
      memmove (self->text, self->text + self->start, self->end - self->start);
      self->next -= self->start;
      self->end -= self->start;
      self->cr -= MIN (self->cr, self->start);
      self->lf -= MIN (self->lf, self->start);
      self->start = 0;
    }
  if (self->capacity - self->end < room)
    {
      self->capacity = self->end + 2 * room;
      self->text = g_realloc (self->text, self->capacity);
    }
}

static void
skip_bom (CrmCsvReader *self)
{
  if (self->end - self->next >= 3 && memcmp (self->text + self->next, "\xEF\xBB\xBF", 3) == 0)
    self->start = self->next = self->next + 3;
}

/* Reads on: there is more text then, or at_end is set. */
static gboolean
fill (CrmCsvReader  *self,
      GError       **error)
{
  gboolean direct = self->format.encoding == CRM_CSV_UTF_8;
  g_autoptr (GError) local_error = NULL;
  gsize n_read, taken, written;
  gboolean is_first = self->position == 0;

  make_room (self);
  /* All of a chunk, so that a mark at the beginning is not cut. */
  if (!g_input_stream_read_all (self->stream, direct ? self->text + self->end : self->raw + self->n_raw,
                                CHUNK - self->n_raw, &n_read, NULL, &local_error))
    {
      g_set_error (error, CRM_ERROR, CRM_ERROR_IO, _("The file cannot be read on: %s"), local_error->message);
      return FALSE;
    }
  self->position += n_read;
  self->at_end = n_read < CHUNK - self->n_raw;
  if (direct)
    self->end += n_read;
  else
    {
      self->n_raw += n_read;
      taken = crm_csv_decode (self->format.encoding, self->raw, self->n_raw, self->at_end, self->text + self->end, &written);
      self->end += written;
      self->n_raw -= taken;
      memmove (self->raw, self->raw + taken, self->n_raw);
    }
  if (is_first)
    skip_bom (self);
  return TRUE;
}

/* Remembers in @mark how far it looked, so that a file without one of the two line ends is searched for it only once. */
static gsize
find_byte (CrmCsvReader *self,
           gsize        *mark,
           guint8        byte)
{
  *mark = MAX (*mark, self->next);
  if (*mark < self->end && self->text[*mark] != byte)
    {
      const guint8 *found = memchr (self->text + *mark, byte, self->end - *mark);

      *mark = found != NULL ? (gsize) (found - self->text) : self->end;
    }
  return *mark;
}

/* Is the end of the line at next in the text? */
static gboolean
find_line_end (CrmCsvReader *self,
               gsize        *line_end)
{
  gsize cr = find_byte (self, &self->cr, '\r');
  gsize lf = find_byte (self, &self->lf, '\n');

  if (lf <= cr)
    {
      *line_end = MIN (lf + 1, self->end);
      return lf < self->end || (self->at_end && self->next < self->end);
    }
  /* It takes the next byte to know whether it belongs to this line. */
  if (cr + 1 == self->end && !self->at_end)
    return FALSE;
  *line_end = cr + 1 < self->end && self->text[cr + 1] == '\n' ? cr + 2 : cr + 1;
  return TRUE;
}

/* The line at next, as far as it fits into the row. */
static LineStatus
find_line (CrmCsvReader  *self,
           gsize         *line_end,
           GError       **error)
{
  while (!find_line_end (self, line_end))
    {
      if (self->end - self->start > CRM_CSV_MAX_ROW_BYTES)
        return LINE_TOO_LONG;
      if (self->at_end)
        return LINE_NONE;
      if (!fill (self, error))
        return LINE_FAILED;
    }
  return *line_end - self->start > CRM_CSV_MAX_ROW_BYTES ? LINE_TOO_LONG : LINE_WHOLE;
}

/* Passes over the rest of a line without keeping it. */
static gboolean
skip_line (CrmCsvReader  *self,
           GError       **error)
{
  gsize line_end;

  while (!find_line_end (self, &line_end))
    {
      /* A carriage return at the end waits for its line feed. */
      gboolean keep = self->end > self->next && self->text[self->end - 1] == '\r';

      self->start = self->next = self->end - (keep ? 1 : 0);
      if (self->at_end)
        return TRUE;
      if (!fill (self, error))
        return FALSE;
    }
  self->start = self->next = line_end;
  self->line++;
  return TRUE;
}

static void
on_cell (void   *text,
         size_t  length,
         void   *data)
{
  CrmCsvReader *self = data;
  gsize start = self->cell_text->len;

  self->broken |= self->cell_open && self->stray_quote;
  self->cell_open = FALSE;
  self->stray_quote = FALSE;
  if (self->cell_starts->len == CRM_CSV_MAX_CELLS)
    {
      self->too_many_cells = TRUE;
      return;
    }
  g_array_append_val (self->cell_starts, start);
  g_string_append_len (self->cell_text, text, length + 1);
}

static void
on_row (int   terminator,
        void *data)
{
  CrmCsvReader *self = data;

  self->row_ended = TRUE;
}

/*
 * The strict grammar stops at a quotation mark that stands alone inside a cell. That is noted, then the cell goes on with the mark in it: 3/4" pipe,
 * "ABC "Import" Ltd.".
 */
static void
parse_tolerantly (CrmCsvReader *self,
                  const char   *text,
                  gsize         length)
{
  gsize pos = csv_parse (&self->parser, text, length, on_cell, on_row, self);

  while (pos < length)
    {
      self->stray_quote |= self->parser.quoted;
      csv_set_opts (&self->parser, CSV_APPEND_NULL);
      pos += csv_parse (&self->parser, text + pos, 1, on_cell, on_row, self);
      csv_set_opts (&self->parser, CSV_APPEND_NULL | CSV_STRICT);
      pos += csv_parse (&self->parser, text + pos, length - pos, on_cell, on_row, self);
    }
}

static void
parse (CrmCsvReader *self,
       const guint8 *text,
       gsize         length)
{
  g_autofree char *repaired = NULL;

  if (!g_utf8_validate_len ((const char *) text, length, NULL))
    {
      self->invalid = TRUE;
      repaired = g_utf8_make_valid ((const char *) text, length);
      parse_tolerantly (self, repaired, strlen (repaired));
    }
  else
    parse_tolerantly (self, (const char *) text, length);
}

static void
clear_cells (CrmCsvReader *self)
{
  g_string_truncate (self->cell_text, 0);
  g_array_set_size (self->cell_starts, 0);
  self->row_ended = FALSE;
  self->cell_open = FALSE;
  self->stray_quote = FALSE;
  self->broken = FALSE;
  self->too_many_cells = FALSE;
  self->invalid = FALSE;
}

static void
begin_row (CrmCsvReader *self)
{
  clear_cells (self);
  g_clear_pointer (&self->problem, g_free);
  self->start = self->next;
  self->start_line = self->line;
  self->n_lines = 0;
}

static gboolean
is_line_end (guint8 byte)
{
  return byte == '\n' || byte == '\r';
}

static void
parse_line (CrmCsvReader *self,
            gsize         line_end)
{
  guint n_cells = self->cell_starts->len;

  parse (self, self->text + self->next, line_end - self->next);
  if (!is_line_end (self->text[line_end - 1]))
    parse (self, (const guint8 *) "\n", 1);
  self->next = line_end;
  self->line++;
  self->n_lines++;
  if (self->row_ended || self->broken)
    return;
  if (self->n_lines == 1 || self->cell_starts->len > n_cells)
    {
      self->resume = line_end - self->start;
      self->resume_lines = self->n_lines;
    }
  self->cell_open = TRUE;
}

/* The row ends here, whatever the grammar is waiting for. */
static void
end_row (CrmCsvReader *self)
{
  csv_fini (&self->parser, on_cell, on_row, self);
  self->row_ended = TRUE;
}

/* A quotation mark is open that nobody closes: the row ends with the line in which it stands, the lines behind are read again. */
static void
give_back_lines (CrmCsvReader *self)
{
  gsize length = self->resume;

  self->rescanned += self->next - self->start;
  self->next = self->cr = self->lf = self->start + self->resume;
  self->line = self->start_line + self->resume_lines;
  self->problem = g_strdup_printf (_("The quotation mark opened in line %lu is not closed properly."), (gulong) self->line - 1);

  csv_fini (&self->parser, NULL, NULL, NULL);
  clear_cells (self);
  while (length > 0 && is_line_end (self->text[self->start + length - 1]))
    length--;
  parse (self, self->text + self->start, length);
  end_row (self);
}

static gboolean
cut_line (CrmCsvReader  *self,
          GError       **error)
{
  gsize length = CRM_CSV_MAX_ROW_BYTES;

  while (length > 0 && (self->text[self->start + length] & 0xC0) == 0x80)
    length--;
  parse (self, self->text + self->start, length);
  end_row (self);
  self->problem = g_strdup_printf (_("The row is longer than %d bytes."), CRM_CSV_MAX_ROW_BYTES);
  self->next = self->start + length;
  return skip_line (self, error);
}

static guint
max_lines (CrmCsvReader *self)
{
  return self->rescanned < RESCAN_ALLOWANCE + 4 * (guint64) self->position ? CRM_CSV_MAX_ROW_LINES : SHORT_ROW_LINES;
}

/* Of such a line the grammar says nothing at all. */
static gboolean
is_blank_line (CrmCsvReader *self,
               gsize         line_end)
{
  gsize pos = self->next;

  if (self->n_lines > 0)
    return FALSE;
  while (pos < line_end && (self->text[pos] == ' ' || (self->text[pos] == '\t' && self->format.delimiter != '\t')))
    pos++;
  return pos == line_end || is_line_end (self->text[pos]);
}

static gboolean
read_row (CrmCsvReader  *self,
          GError       **error)
{
  begin_row (self);
  while (!self->row_ended)
    {
      gsize line_end;
      LineStatus status = find_line (self, &line_end, error);

      if (status == LINE_FAILED || (status == LINE_NONE && self->n_lines == 0))
        return FALSE;
      if (status == LINE_TOO_LONG && self->n_lines == 0)
        return cut_line (self, error);
      if (status != LINE_WHOLE || self->n_lines == max_lines (self))
        give_back_lines (self);
      else if (is_blank_line (self, line_end))
        {
          self->start = self->next = line_end;
          self->start_line = ++self->line;
        }
      else
        parse_line (self, line_end);
      if (self->broken)
        give_back_lines (self);
    }
  return TRUE;
}

static gboolean
is_empty_row (CrmCsvReader *self)
{
  const char *text = self->cell_text->str;

  if (self->problem != NULL)
    return FALSE;
  for (gsize i = 0; i < self->cell_text->len; i++)
    if (text[i] != '\0' && !g_ascii_isspace (text[i]))
      return FALSE;
  return TRUE;
}

static void
find_problem (CrmCsvReader *self)
{
  if (self->problem != NULL)
    return;
  if (self->too_many_cells)
    self->problem = g_strdup_printf (_("The row has more than %d cells."), CRM_CSV_MAX_CELLS);
  else if (self->invalid)
    self->problem = g_strdup_printf (_("The row holds bytes that are no text in the encoding “%s”."),
                                     crm_csv_encoding_get_label (self->format.encoding));
}

static void
give_row (CrmCsvReader *self,
          CrmCsvRow    *row)
{
  g_ptr_array_set_size (self->cells, 0);
  for (guint i = 0; i < self->cell_starts->len; i++)
    g_ptr_array_add (self->cells, self->cell_text->str + g_array_index (self->cell_starts, gsize, i));
  g_ptr_array_add (self->cells, NULL);

  self->n_records++;
  row->cells = (const char * const *) self->cells->pdata;
  row->n_cells = self->cell_starts->len;
  row->line = self->start_line;
  row->record = self->n_records;
  row->is_header = self->format.has_header && self->n_records == 1;
  row->problem = self->problem;
}

gboolean
crm_csv_reader_next (CrmCsvReader  *self,
                     CrmCsvRow     *row,
                     GError       **error)
{
  g_return_val_if_fail (self != NULL && row != NULL, FALSE);

  while (self->line < self->format.header_row && !(self->at_end && self->next == self->end))
    if (!skip_line (self, error))
      return FALSE;
  do
    {
      if (!read_row (self, error))
        return FALSE;
      find_problem (self);
    }
  while (is_empty_row (self));
  give_row (self, row);
  return TRUE;
}
