/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crm-config.h"

#include "crm-csv-format.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "crm-csv-private.h"
#include "crm-csv-reader.h"
#include "crm-error.h"
#include "crm-fold.h"

/* How much of a file is looked at, in bytes and in rows. */
#define SAMPLE_SIZE (256 * 1024)
#define SAMPLE_ROWS 50

/* The first rows of a file; see read_sample(). */
typedef struct {
  GPtrArray *rows;   /* (element-type SampleRow) */
  guint      width;  /* the most frequent number of cells, of those above one if there are any */
  guint      n_same; /* rows of that many cells */
  guint      filled; /* the median of the filled cells */
} Sample;

typedef struct {
  GStrv    cells;
  guint    n_cells;
  guint    n_filled;
  guint64  line;
  gboolean has_problem;
} SampleRow;

typedef enum {
  CELL_EMPTY,
  CELL_TEXT,
  CELL_NUMBER, /* date, time and phone number too */
  CELL_EMAIL,
  CELL_URL,
  CELL_BOOLEAN,
  N_CELL_TYPES,
} CellType;

const char *
crm_csv_delimiter_get_label (char delimiter)
{
  switch (delimiter)
    {
    case ',':  return _("Comma");
    case ';':  return _("Semicolon");
    case '\t': return _("Tab");
    case '|':  return _("Vertical bar");
    default:   g_return_val_if_reached (NULL);
    }
}

static void
sample_row_free (gpointer data)
{
  SampleRow *row = data;

  g_strfreev (row->cells);
  g_free (row);
}

static SampleRow *
sample_row_new (const CrmCsvRow *row)
{
  SampleRow *self = g_new0 (SampleRow, 1);

  self->cells = g_strdupv ((GStrv) row->cells);
  self->n_cells = row->n_cells;
  self->line = row->line;
  self->has_problem = row->problem != NULL;
  for (guint i = 0; i < row->n_cells; i++)
    {
      g_strstrip (self->cells[i]);
      self->n_filled += self->cells[i][0] != '\0';
    }
  return self;
}

static void
sample_free (Sample *self)
{
  g_ptr_array_unref (self->rows);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Sample, sample_free)

/* "# exported by …": a remark, unless it has as many cells as its neighbours: "#;Name;City" is a header. */
static gboolean
is_comment (const SampleRow *row,
            guint            width)
{
  return row->n_cells > 0 && row->cells[0][0] == '#' && (row->n_cells < width || row->n_cells == 1);
}

static int
compare_guint (gconstpointer a,
               gconstpointer b)
{
  guint left = *(const guint *) a, right = *(const guint *) b;

  return (left > right) - (left < right);
}

static void
measure_sample (Sample *self)
{
  g_autoptr (GArray) filled = g_array_new (FALSE, FALSE, sizeof (guint));

  for (guint i = 0; i < self->rows->len; i++)
    {
      const SampleRow *row = self->rows->pdata[i];
      guint n_same = 0;

      g_array_append_val (filled, row->n_filled);
      for (guint j = 0; j < self->rows->len; j++)
        n_same += ((SampleRow *) self->rows->pdata[j])->n_cells == row->n_cells;
      if ((row->n_cells > 1 && self->width <= 1) ||
          ((row->n_cells > 1 || self->width <= 1) &&
           (n_same > self->n_same || (n_same == self->n_same && row->n_cells > self->width))))
        {
          self->width = row->n_cells;
          self->n_same = n_same;
        }
    }
  g_array_sort (filled, compare_guint);
  if (filled->len > 0)
    self->filled = g_array_index (filled, guint, filled->len / 2);
}

static Sample *
read_sample (GBytes             *head,
             gboolean            is_whole,
             const CrmCsvFormat *format)
{
  CrmCsvFormat all = { format->encoding, format->bom, format->delimiter, FALSE, 0 };
  g_autoptr (CrmCsvReader) reader = crm_csv_reader_new_for_bytes (head, &all);
  Sample *self = g_new0 (Sample, 1);
  CrmCsvRow row;

  self->rows = g_ptr_array_new_with_free_func (sample_row_free);
  while (self->rows->len < SAMPLE_ROWS && crm_csv_reader_next (reader, &row, NULL))
    g_ptr_array_add (self->rows, sample_row_new (&row));
  /* The last row is cut where the sample ends. */
  if (self->rows->len > 1 && self->rows->len < SAMPLE_ROWS && !is_whole)
    g_ptr_array_set_size (self->rows, self->rows->len - 1);
  measure_sample (self);
  return self;
}

/*
 * How well a delimiter cuts: the share of the rows that have the usual number of cells, the more the more cells that are. Where all rows are alike
 * it is beyond doubt (2 and up): the decimal commas of a semicolon file are missing at least in its header.
 */
static double
rate_sample (Sample *sample)
{
  guint n = 0, n_same = 0;
  double share;

  if (sample->width < 2)
    return 0;
  for (guint i = 0; i < sample->rows->len; i++)
    {
      const SampleRow *row = sample->rows->pdata[i];

      if (is_comment (row, sample->width))
        continue;
      n++;
      n_same += row->n_cells == sample->width && !row->has_problem;
    }
  if (n == 0)
    return 0;
  share = (double) n_same / n;
  return share * (sample->width - 1) / sample->width + (n > 1 && n_same == n ? 2 : 0);
}

static char
find_delimiter (GBytes             *head,
                gboolean            is_whole,
                const CrmCsvFormat *format)
{
  /* Between equals the one that is the rarest in texts. */
  const char *candidates = "\t;|,";
  CrmCsvFormat trial = *format;
  char best = ',';
  double best_rate = 0;

  for (const char *c = candidates; *c != '\0'; c++)
    {
      g_autoptr (Sample) sample = NULL;
      double rate;

      trial.delimiter = *c;
      sample = read_sample (head, is_whole, &trial);
      rate = rate_sample (sample);
      if (rate > best_rate)
        {
          best = *c;
          best_rate = rate;
        }
    }
  return best;
}

static gboolean
is_boolean (const char *cell)
{
  static const char * const words[] = { "true", "false", "yes", "no", "evet", "hayır", NULL };

  for (guint i = 0; words[i] != NULL; i++)
    if (g_ascii_strcasecmp (cell, words[i]) == 0)
      return TRUE;
  return FALSE;
}

/* A cell of a row below the header, or of the header? Names have letters, values rather digits and signs. */
static CellType
classify (const char *cell)
{
  guint digits = 0, letters = 0;
  const char *at = strchr (cell, '@');

  if (*cell == '\0')
    return CELL_EMPTY;
  if (is_boolean (cell))
    return CELL_BOOLEAN;
  if (at != NULL && at > cell && at[1] != '\0' && strpbrk (cell, " \n") == NULL)
    return CELL_EMAIL;
  if (g_str_has_prefix (cell, "http://") || g_str_has_prefix (cell, "https://") || g_str_has_prefix (cell, "www."))
    return CELL_URL;
  for (const char *p = cell; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar character = g_utf8_get_char (p);

      digits += g_unichar_isdigit (character);
      letters += g_unichar_isalpha (character);
    }
  /* "2020-01-05T10:00:00Z", "12 Mar 2020", "A3001", but not "Address 1". */
  if (digits > 0 && (letters == 0 || (digits >= 4 && letters * 3 <= digits * 2)))
    return CELL_NUMBER;
  return CELL_TEXT;
}

/* What most of the filled cells of a column below @first are; CELL_EMPTY if there is no majority. */
static CellType
classify_column (Sample *sample,
                 guint   first,
                 guint   column)
{
  guint counts[N_CELL_TYPES] = { 0 };
  guint n = 0;

  for (guint i = first; i < sample->rows->len; i++)
    {
      const SampleRow *row = sample->rows->pdata[i];
      CellType type;

      if (column >= row->n_cells || is_comment (row, sample->width))
        continue;
      type = classify (row->cells[column]);
      if (type == CELL_EMPTY)
        continue;
      counts[type]++;
      n++;
    }
  for (CellType type = CELL_TEXT; type < N_CELL_TYPES; type++)
    if (counts[type] * 5 > n * 3)
      return type;
  return CELL_EMPTY;
}

static gboolean
reappears (Sample     *sample,
           guint       first,
           guint       column,
           const char *cell)
{
  for (guint i = first; i < sample->rows->len; i++)
    {
      const SampleRow *row = sample->rows->pdata[i];

      if (column < row->n_cells && strcmp (row->cells[column], cell) == 0)
        return TRUE;
    }
  return FALSE;
}

static guint
count_known (const SampleRow *row,
             CrmCsvIsKnown    is_known)
{
  guint n = 0;

  for (guint i = 0; is_known != NULL && i < row->n_cells; i++)
    {
      g_autofree char *folded = crm_fold (row->cells[i]);

      n += folded[0] != '\0' && is_known (folded);
    }
  return n;
}

static gboolean
has_known_names (const SampleRow *row,
                 CrmCsvIsKnown    is_known)
{
  guint n = count_known (row, is_known);

  return n >= 2 || (n > 0 && n == row->n_filled);
}

static gboolean
has_doubles (const SampleRow *row)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < row->n_cells; i++)
    if (row->cells[i][0] != '\0' && !g_hash_table_add (seen, row->cells[i]))
      return TRUE;
  return FALSE;
}

/* Without names that are known, the row is held against the rows below it, column by column. */
static gboolean
looks_like_header (Sample *sample,
                   guint   index)
{
  const SampleRow *row = sample->rows->pdata[index];
  guint n_data = 0, n_for = 0, n_against = 0;
  gboolean is_first = TRUE;

  for (guint i = 0; i < row->n_cells; i++)
    {
      CellType type = classify (row->cells[i]);
      CellType below;

      if (type == CELL_EMPTY)
        continue;
      if (is_first && type != CELL_TEXT)
        return FALSE;
      is_first = FALSE;
      below = classify_column (sample, index + 1, i);
      n_data += type != CELL_TEXT;
      if (type == CELL_TEXT)
        {
          n_for += below != CELL_TEXT && below != CELL_EMPTY;
          n_against += below == CELL_TEXT && reappears (sample, index + 1, i, row->cells[i]);
        }
      else
        n_against += below == type;
    }
  if (row->n_filled == 0 || n_data * 2 > row->n_filled || n_for < n_against)
    return FALSE;
  return n_for > 0 || (n_data == 0 && !has_doubles (row));
}

static gboolean
is_narrow (const SampleRow *row,
           Sample          *sample)
{
  return is_comment (row, sample->width) || row->n_cells * 2 < sample->width;
}

/*
 * The header is the first row that is neither a remark nor a title above the table, if it is none of the data. Without header reading begins with the
 * first row as wide as the table: a row with few cells filled may be a title above a header, but it may be data as well.
 */
static void
find_header (Sample        *sample,
             CrmCsvIsKnown  is_known,
             CrmCsvFormat  *format)
{
  guint first = G_MAXUINT;

  format->has_header = FALSE;
  format->header_row = 1;
  for (guint i = 0; i < sample->rows->len; i++)
    {
      const SampleRow *row = sample->rows->pdata[i];

      if (is_narrow (row, sample))
        continue;
      first = MIN (first, i);
      if (!has_known_names (row, is_known))
        {
          if (row->n_filled * 2 < sample->filled)
            continue;
          if (!looks_like_header (sample, i))
            break;
        }
      format->has_header = TRUE;
      format->header_row = row->line;
      return;
    }
  if (first != G_MAXUINT)
    format->header_row = ((SampleRow *) sample->rows->pdata[first])->line;
}

static gboolean
refuse (GError     **error,
        const char  *reason)
{
  g_set_error_literal (error, CRM_ERROR, CRM_ERROR_INVALID, reason);
  return FALSE;
}

static gboolean
refuse_empty (GError **error)
{
  return refuse (error, _("The file is empty."));
}

/* The two kinds of file that are most often taken for CSV get a sentence of their own. */
static gboolean
check_magic (GBytes  *head,
             GError **error)
{
  gsize size;
  const guint8 *data = g_bytes_get_data (head, &size);

  if (size >= 4 && (memcmp (data, "PK\3\4", 4) == 0 || memcmp (data, "\xD0\xCF\x11\xE0", 4) == 0))
    return refuse (error, _("The file is a spreadsheet document, not CSV. Open it in its program, save it as CSV and try again."));
  return TRUE;
}

/* Is it text, when read in this encoding, and is there more than what stands between cells? */
static gboolean
check_text (GBytes        *head,
            gboolean       is_whole,
            CrmCsvEncoding encoding,
            GError       **error)
{
  gsize size, length, controls = 0, filled = 0;
  const guint8 *data = g_bytes_get_data (head, &size);
  g_autofree guint8 *text = g_malloc (3 * size + 1);

  crm_csv_decode (encoding, data, size, is_whole, text, &length);
  for (gsize i = length >= 3 && memcmp (text, "\xEF\xBB\xBF", 3) == 0 ? 3 : 0; i < length; i++)
    {
      if (text[i] == '\0')
        {
          controls = G_MAXSIZE / 10;
          break;
        }
      controls += (text[i] < ' ' && !g_ascii_isspace (text[i])) || text[i] == 0x7F;
      filled += !g_ascii_isspace (text[i]) && strchr (CRM_CSV_DELIMITERS "\"", text[i]) == NULL;
    }
  if (controls * 10 > length)
    return refuse (error, _("The file is not text: it is not a CSV file."));
  return filled == 0 && is_whole ? refuse_empty (error) : TRUE;
}

static gboolean
read_head (GInputStream  *stream,
           GBytes       **head,
           gboolean      *is_whole,
           GError       **error)
{
  g_autofree char *data = g_malloc (SAMPLE_SIZE);
  g_autoptr (GError) local_error = NULL;
  gsize size;

  if (!g_input_stream_read_all (stream, data, SAMPLE_SIZE, &size, NULL, &local_error))
    {
      g_set_error (error, CRM_ERROR, CRM_ERROR_IO, _("The file cannot be read: %s"), local_error->message);
      return FALSE;
    }
  *is_whole = size < SAMPLE_SIZE;
  *head = g_bytes_new_take (g_steal_pointer (&data), size);
  return TRUE;
}

static gboolean
is_ascii (GBytes *bytes)
{
  gsize size;
  const guint8 *data = g_bytes_get_data (bytes, &size);
  guint8 all = 0;

  for (gsize i = 0; i < size; i++)
    all |= data[i];
  return all < 0x80;
}

/* The encoding, from the first piece of the file that has other bytes than ASCII. */
static gboolean
find_encoding (GInputStream    *stream,
               GBytes          *head,
               gboolean         is_whole,
               CrmCsvEncoding  *encoding,
               gboolean        *is_ours,
               GError         **error)
{
  g_autoptr (GBytes) piece = g_bytes_ref (head);

  while (!is_whole && is_ascii (piece) && !memchr (g_bytes_get_data (piece, NULL), 0, g_bytes_get_size (piece)))
    {
      g_clear_pointer (&piece, g_bytes_unref);
      if (!read_head (stream, &piece, &is_whole, error))
        return FALSE;
    }
  *is_ours = crm_csv_guess_encoding (g_bytes_get_data (piece, NULL), g_bytes_get_size (piece), is_whole, encoding);
  return TRUE;
}

static gboolean
detect_encoding (GInputStream    *stream,
                 GBytes          *head,
                 gboolean         is_whole,
                 CrmCsvEncoding  *encoding,
                 GError         **error)
{
  gboolean is_ours;

  if (!check_magic (head, error) ||
      !find_encoding (stream, head, is_whole, encoding, &is_ours, error) ||
      !check_text (head, is_whole, *encoding, error))
    return FALSE;
  return is_ours || refuse (error, _("The file is in a character encoding that cannot be read here. Save it as UTF-8 and try again."));
}

static gboolean
detect (CrmCsvFormat  *self,
        CrmCsvDetect   what,
        GInputStream  *stream,
        CrmCsvIsKnown  is_known,
        GError       **error)
{
  g_autoptr (GBytes) head = NULL;
  g_autoptr (Sample) sample = NULL;
  CrmCsvFormat found = *self;
  CrmCsvEncoding of_bom;
  gboolean is_whole;

  if (!read_head (stream, &head, &is_whole, error))
    return FALSE;
  if (g_bytes_get_size (head) == 0)
    return refuse_empty (error);
  if (what == CRM_CSV_DETECT_ALL && !detect_encoding (stream, head, is_whole, &found.encoding, error))
    return FALSE;
  found.bom = crm_csv_find_bom (g_bytes_get_data (head, NULL), g_bytes_get_size (head), &of_bom) > 0;
  if (what <= CRM_CSV_DETECT_DELIMITER)
    found.delimiter = find_delimiter (head, is_whole, &found);
  sample = read_sample (head, is_whole, &found);
  if (sample->rows->len == 0 && is_whole)
    return refuse_empty (error);
  find_header (sample, is_known, &found);
  *self = found;
  return TRUE;
}

gboolean
crm_csv_format_detect (CrmCsvFormat  *self,
                       CrmCsvDetect   what,
                       const char    *path,
                       CrmCsvIsKnown  is_known,
                       GError       **error)
{
  g_autoptr (GInputStream) stream = NULL;

  g_return_val_if_fail (self != NULL && path != NULL, FALSE);

  stream = crm_csv_open (path, NULL, error);
  return stream != NULL && detect (self, what, stream, is_known, error);
}

gboolean
crm_csv_format_detect_bytes (CrmCsvFormat  *self,
                             CrmCsvDetect   what,
                             GBytes        *bytes,
                             CrmCsvIsKnown  is_known,
                             GError       **error)
{
  g_autoptr (GInputStream) stream = NULL;

  g_return_val_if_fail (self != NULL && bytes != NULL, FALSE);

  stream = g_memory_input_stream_new_from_bytes (bytes);
  return detect (self, what, stream, is_known, error);
}
