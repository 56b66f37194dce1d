/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crm-config.h"

#include "crm-vcard-lines.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "crm-csv-private.h"
#include "crm-error.h"
#include "crm-vcard.h"

/* Bytes read at a time. */
#define CHUNK (64 * 1024)

/* How the first line ends; a carriage return in a file of the other kind is part of a text. */
typedef enum {
  END_UNKNOWN,
  END_LF, /* perhaps with carriage returns in front */
  END_CR,
} LineEnd;

struct _CrmVcardLines {
  GInputStream   *stream;
  gint64          size;
  gint64          position;
  gboolean        at_end;
  CrmCsvEncoding  encoding;
  gboolean        is_unicode;

  /* Bytes not yet decoded; for UTF-16 only. */
  guint8         *raw;
  gsize           n_raw;

  char           *text;
  gsize           capacity;
  gsize           next;     /* the line that comes next */
  gsize           end;
  gsize           cr;       /* no carriage return between next and here; likewise lf */
  gsize           lf;
  LineEnd         kind;
  guint64         number;   /* of the line at next */

  gboolean        is_found; /* the next line was looked at: */
  gsize           line_end;
  gsize           behind;   /* its end */
  gboolean        is_cut;
};

CrmVcardLines *
crm_vcard_lines_new (GInputStream *stream,
                     gint64        size)
{
  CrmVcardLines *self = g_new0 (CrmVcardLines, 1);

  self->stream = stream;
  self->size = size;
  self->number = 1;
  return self;
}

void
crm_vcard_lines_free (CrmVcardLines *self)
{
  if (self == NULL)
    return;
  g_object_unref (self->stream);
  g_free (self->raw);
  g_free (self->text);
  g_free (self);
}

gboolean
crm_vcard_lines_is_unicode (CrmVcardLines *self)
{
  return self->is_unicode;
}

gint64
crm_vcard_lines_get_position (CrmVcardLines *self)
{
  return self->position;
}

gint64
crm_vcard_lines_get_size (CrmVcardLines *self)
{
  return self->size;
}

/* Moves what is left to the beginning and makes room for what a chunk may become. */
static void
make_room (CrmVcardLines *self)
{
  gsize room = 3 * CHUNK;

  if (self->next > 0 && self->capacity - self->end < room)
    {
      memmove (self->text, self->text + self->next, self->end - self->next);
      self->end -= self->next;
      self->cr -= MIN (self->cr, self->next);
      self->lf -= MIN (self->lf, self->next);
      self->next = 0;
    }
  if (self->capacity - self->end < room)
    {
      self->capacity = self->end + MAX (self->end, 2 * room);
      self->text = g_realloc (self->text, self->capacity);
    }
}

/* Of the sets whose characters are bytes each property may have its own. */
static void
find_encoding (CrmVcardLines *self,
               const guint8  *bytes,
               gsize          length)
{
  CrmCsvEncoding encoding;

  self->is_unicode = crm_csv_find_bom (bytes, length, &encoding) > 0;
  if (!self->is_unicode)
    crm_csv_guess_encoding (bytes, length, self->at_end, &encoding);
  self->encoding = encoding == CRM_CSV_UTF_16LE || encoding == CRM_CSV_UTF_16BE ? encoding : CRM_CSV_UTF_8;
  self->is_unicode |= self->encoding != CRM_CSV_UTF_8;
}

static void
decode (CrmVcardLines *self)
{
  gsize written;
  gsize taken = crm_csv_decode (self->encoding, self->raw, self->n_raw, self->at_end, (guint8 *) self->text + self->end, &written);

  self->end += written;
  self->n_raw -= taken;
  memmove (self->raw, self->raw + taken, self->n_raw);
}

/* Reads on: there is more text then, or at_end is set. */
static gboolean
fill (CrmVcardLines  *self,
      GError        **error)
{
  g_autoptr (GError) local_error = NULL;
  gboolean is_first = self->raw == NULL;
  gsize n_read;

  make_room (self);
  if (is_first)
    self->raw = g_malloc (CHUNK);
  if (!g_input_stream_read_all (self->stream, self->raw + self->n_raw, CHUNK - self->n_raw, &n_read, NULL, &local_error))
    {
      g_set_error (error, CRM_ERROR, CRM_ERROR_IO, _("The file cannot be read on: %s"), local_error->message);
      return FALSE;
    }
  self->position += n_read;
  self->at_end = n_read < CHUNK - self->n_raw;
  self->n_raw += n_read;
  if (is_first)
    find_encoding (self, self->raw, self->n_raw);
  decode (self);
  return TRUE;
}

/* Remembers in @mark how far it looked, so that a file without one of the two line ends is searched for it only once. */
static gsize
find_byte (CrmVcardLines *self,
           gsize         *mark,
           char           byte)
{
  *mark = MAX (*mark, self->next);
  if (*mark < self->end && self->text[*mark] != byte)
    {
      const char *found = memchr (self->text + *mark, byte, self->end - *mark);

      *mark = found != NULL ? (gsize) (found - self->text) : self->end;
    }
  return *mark;
}

static void
find_kind (CrmVcardLines *self,
           gsize          cr,
           gsize          lf)
{
  if (lf < cr || (lf < self->end && (lf == cr + 1 || (lf == cr + 2 && self->text[cr + 1] == '\r'))))
    self->kind = END_LF;
  else if (cr < self->end && (cr + 2 < self->end || self->at_end))
    self->kind = END_CR;
}

/* Is the end of the line at next in the text? */
static gboolean
find_line_end (CrmVcardLines *self)
{
  gsize cr = self->kind != END_LF ? find_byte (self, &self->cr, '\r') : self->end;
  gsize lf = find_byte (self, &self->lf, '\n');
  gboolean is_missing;

  if (self->kind == END_UNKNOWN)
    find_kind (self, cr, lf);
  self->line_end = self->kind == END_LF ? lf : MIN (cr, lf);
  self->behind = MIN (self->line_end + 1, self->end);
  is_missing = self->line_end == self->end;
  while (self->kind == END_LF && self->line_end > self->next && self->text[self->line_end - 1] == '\r')
    self->line_end--;
  if (is_missing)
    return self->at_end && self->next < self->end;
  if (self->kind == END_UNKNOWN || (self->kind == END_CR && cr + 1 == self->end && !self->at_end))
    return FALSE;
  if (self->kind == END_CR && lf == cr + 1 && lf < self->end)
    self->behind = cr + 2;
  return TRUE;
}

/* Passes over the rest of a line of which the beginning was given. */
static gboolean
skip_rest (CrmVcardLines  *self,
           GError        **error)
{
  while (!find_line_end (self))
    {
      /* Carriage returns at the end wait for their line feed. */
      self->next = MAX (self->next, MIN (self->line_end, self->end));
      if (self->at_end)
        return TRUE;
      if (!fill (self, error))
        return FALSE;
    }
  self->next = self->behind;
  self->number++;
  self->is_cut = FALSE;
  return TRUE;
}

static void
skip_bom (CrmVcardLines *self)
{
  if (self->end - self->next >= 3 && memcmp (self->text + self->next, "\xEF\xBB\xBF", 3) == 0)
    self->next += 3;
}

static gboolean
find_line (CrmVcardLines  *self,
           GError        **error)
{
  if (self->is_cut && !skip_rest (self, error))
    return FALSE;
  self->is_cut = FALSE;
  while (!find_line_end (self))
    {
      if (self->end - self->next > CRM_VCARD_MAX_VALUE_BYTES)
        {
          self->line_end = self->behind = self->next + CRM_VCARD_MAX_VALUE_BYTES;
          self->is_cut = TRUE;
          return TRUE;
        }
      if (self->at_end || !fill (self, error))
        return FALSE;
    }
  /* A file that was made of others may have a mark at every one. */
  skip_bom (self);
  return TRUE;
}

gboolean
crm_vcard_lines_peek (CrmVcardLines  *self,
                      CrmVcardLine   *line,
                      GError        **error)
{
  if (!self->is_found && !find_line (self, error))
    return FALSE;
  self->is_found = TRUE;
  line->text = self->text + self->next;
  line->length = self->line_end - self->next;
  line->number = self->number;
  line->is_cut = self->is_cut;
  return TRUE;
}

void
crm_vcard_lines_take (CrmVcardLines *self)
{
  g_assert (self->is_found);

  self->next = self->behind;
  self->is_found = FALSE;
  if (!self->is_cut)
    self->number++;
}
