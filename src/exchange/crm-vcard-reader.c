/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crm-config.h"

#include "crm-vcard-reader.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "crm-csv-private.h"
#include "crm-picture-head.h"
#include "crm-vcard-head.h"
#include "crm-vcard-lines.h"
#include "crm-vcard-private.h"
#include "crm-vcard-writer.h"

/* Characters of a line shown in a message. */
#define SHOWN 40
/* Shorter ones are hardly a picture. */
#define MIN_BARE_PICTURE 64

/* A value in bytes of a set that is known only when all of the card was read. */
typedef struct {
  CrmVcard         *card;
  CrmVcardProperty *property;
  CrmVcardForm      form;
  GString          *bytes;
} Undecoded;

struct _CrmVcardReader {
  CrmVcardLines *lines;
  GPtrArray     *problems;

  /* A card and, from its AGENT on, the cards within. */
  CrmVcard      *cards[CRM_VCARD_MAX_DEPTH];
  guint          depth;
  guint          skipped_depth;  /* of cards still deeper */
  gboolean       has_begun;      /* the next card's BEGIN was met where the end of the one before was missing; in line: */
  guint64        begin_line;
  gboolean       has_stray;
  gboolean       too_many;
  gboolean       too_large;

  /* The property being read. */
  GString       *text;
  guint64        line;
  gboolean       is_cut;
  CrmVcardHead   head;
  GString       *value;
  GString       *normal;

  GArray        *undecoded;      /* (element-type Undecoded) */
  char          *charset;        /* named last in the file, other than UTF-8 */
};

/* @text: (transfer full) */
static void
report (CrmVcardReader *self,
        guint64         line,
        char           *text)
{
  crm_vcard_problems_add (&self->problems, line, text);
}

static void
undecoded_clear (gpointer data)
{
  g_string_free (((Undecoded *) data)->bytes, TRUE);
}

static CrmVcardReader *
reader_new (GInputStream *stream,
            gint64        size)
{
  CrmVcardReader *self = g_new0 (CrmVcardReader, 1);

  self->lines = crm_vcard_lines_new (stream, size);
  self->text = g_string_new (NULL);
  self->value = g_string_new (NULL);
  self->normal = g_string_new (NULL);
  self->undecoded = g_array_new (FALSE, FALSE, sizeof (Undecoded));
  g_array_set_clear_func (self->undecoded, undecoded_clear);
  crm_vcard_head_init (&self->head);
  return self;
}

CrmVcardReader *
crm_vcard_reader_new (const char  *path,
                      GError     **error)
{
  GInputStream *stream;
  gint64 size;

  g_return_val_if_fail (path != NULL, NULL);

  stream = crm_csv_open (path, &size, error);
  return stream != NULL ? reader_new (stream, size) : NULL;
}

CrmVcardReader *
crm_vcard_reader_new_for_bytes (GBytes *bytes)
{
  g_return_val_if_fail (bytes != NULL, NULL);

  return reader_new (g_memory_input_stream_new_from_bytes (bytes), (gint64) g_bytes_get_size (bytes));
}

void
crm_vcard_reader_free (CrmVcardReader *self)
{
  if (self == NULL)
    return;
  for (guint i = 0; i < self->depth; i++)
    crm_vcard_free (self->cards[i]);
  crm_vcard_lines_free (self->lines);
  crm_vcard_head_clear (&self->head);
  g_clear_pointer (&self->problems, g_ptr_array_unref);
  g_string_free (self->text, TRUE);
  g_string_free (self->value, TRUE);
  g_string_free (self->normal, TRUE);
  g_array_unref (self->undecoded);
  g_free (self->charset);
  g_free (self);
}

gint64
crm_vcard_reader_get_position (CrmVcardReader *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return crm_vcard_lines_get_position (self->lines);
}

gint64
crm_vcard_reader_get_size (CrmVcardReader *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return crm_vcard_lines_get_size (self->lines);
}

GPtrArray *
crm_vcard_reader_steal_problems (CrmVcardReader *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return g_steal_pointer (&self->problems);
}

/* Lines to properties */

static gboolean
is_blank (const CrmVcardLine *line)
{
  for (gsize i = 0; i < line->length; i++)
    if (!g_ascii_isspace (line->text[i]))
      return FALSE;
  return TRUE;
}

static gboolean
is_fold (const CrmVcardLine *line)
{
  return line->length > 0 && (line->text[0] == ' ' || line->text[0] == '\t');
}

static gboolean
is_base64 (const char *text,
           gsize       length)
{
  for (gsize i = 0; i < length; i++)
    if (!g_ascii_isalnum (text[i]) && strchr ("+/= \t", text[i]) == NULL)
      return FALSE;
  return length > 0;
}

/* BEGIN:VCARD, END:VCARD */
static gboolean
is_mark (const CrmVcardLine *line,
         const char         *mark)
{
  gsize length = strlen (mark);

  return line->length >= length && g_ascii_strncasecmp (line->text, mark, length) == 0;
}

static CrmVcardVersion
get_version (CrmVcardReader *self)
{
  return self->depth > 0 ? crm_vcard_get_version (self->cards[self->depth - 1]) : CRM_VCARD_UNKNOWN;
}

static void
append_line (CrmVcardReader     *self,
             const CrmVcardLine *line,
             gsize               from)
{
  gsize room = CRM_VCARD_MAX_VALUE_BYTES - MIN (self->text->len, CRM_VCARD_MAX_VALUE_BYTES);

  self->is_cut |= line->is_cut || line->length - from > room;
  g_string_append_len (self->text, line->text + from, (gssize) MIN (line->length - from, room));
}

/* Does a soft line break of quoted-printable end the text? It is taken off then. */
static gboolean
take_soft_break (CrmVcardReader *self)
{
  gsize length = self->text->len;

  while (length > 0 && g_ascii_isspace (self->text->str[length - 1]))
    length--;
  if (length == 0 || self->text->str[length - 1] != '=')
    return FALSE;
  g_string_truncate (self->text, length - 1);
  return TRUE;
}

/* In version 2.1 a line is broken in front of a space that is part of the text, later one is put in. */
static gsize
get_fold_length (CrmVcardReader *self)
{
  return self->head.is_complete && get_version (self) == CRM_VCARD_2_1 ? 0 : 1;
}

/*
 * Appends the next line if it belongs to the property.
 * @after_blank: (inout): were there empty lines in between?
 * @soft: (inout): did the last line end with a soft line break?
 */
static gboolean
continue_property (CrmVcardReader     *self,
                   const CrmVcardLine *line,
                   gboolean           *after_blank,
                   gboolean           *soft)
{
  CrmVcardHead *head = &self->head;

  if (*soft && !is_mark (line, "END:VCARD") && !is_mark (line, "BEGIN:VCARD") &&
      (!*after_blank || !crm_vcard_head_is_likely (line->text, line->length)))
    append_line (self, line, 0);
  else if (is_fold (line))
    append_line (self, line, get_fold_length (self));
  else if (head->encoding == CRM_VCARD_BASE64 && !*after_blank && is_base64 (line->text, line->length))
    append_line (self, line, 0);
  else
    return FALSE;
  *after_blank = FALSE;
  return TRUE;
}

/* The lines behind the first that belong to the property. */
static gboolean
read_rest (CrmVcardReader  *self,
           GError         **error)
{
  g_autoptr (GError) local_error = NULL;
  gboolean after_blank = FALSE, soft = FALSE;
  CrmVcardLine line;

  while (TRUE)
    {
      crm_vcard_head_scan (&self->head, self->text->str, self->text->len);
      soft |= self->head.encoding == CRM_VCARD_QUOTED_PRINTABLE && !after_blank && take_soft_break (self);
      if (!crm_vcard_lines_peek (self->lines, &line, &local_error))
        break;
      if (line.length == 0 || (after_blank && is_blank (&line)))
        after_blank = TRUE;
      else if (continue_property (self, &line, &after_blank, &soft))
        soft = FALSE;
      else
        return TRUE;
      crm_vcard_lines_take (self->lines);
    }
  if (local_error == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local_error));
  return FALSE;
}

/* Returns: %FALSE at the end of the file or with an error */
static gboolean
read_property (CrmVcardReader  *self,
               GError         **error)
{
  CrmVcardLine line;
  gsize start = 0;

  while (TRUE)
    {
      if (!crm_vcard_lines_peek (self->lines, &line, error))
        return FALSE;
      if (!is_blank (&line))
        break;
      crm_vcard_lines_take (self->lines);
    }
  while (g_ascii_isspace (line.text[start]))
    start++;
  self->line = line.number;
  self->is_cut = FALSE;
  g_string_truncate (self->text, 0);
  append_line (self, &line, start);
  crm_vcard_lines_take (self->lines);
  crm_vcard_head_reset (&self->head);
  return read_rest (self, error);
}

/* Values */

static gboolean
is_text_form (CrmVcardForm form)
{
  return form == CRM_VCARD_TEXT || form == CRM_VCARD_PARTS || form == CRM_VCARD_UNITS || form == CRM_VCARD_LIST;
}

static void
set_text (CrmVcardReader   *self,
          CrmVcard         *card,
          CrmVcardProperty *property,
          CrmVcardForm      form,
          const char       *text)
{
  g_string_truncate (self->normal, 0);
  crm_vcard_append_normal (self->normal, form, crm_vcard_get_version (card), text);
  crm_vcard_set_value (card, property, self->normal->str, (gssize) self->normal->len);
}

/* Takes the bytes for text: in the set that is named, in UTF-8, or in one that is found at the end of the card. */
static void
set_bytes_as_text (CrmVcardReader   *self,
                   CrmVcard         *card,
                   CrmVcardProperty *property,
                   CrmVcardForm      form)
{
  const char *charset = self->head.charset;
  gboolean is_unicode = charset == NULL || g_ascii_strcasecmp (charset, "utf-8") == 0 || g_ascii_strcasecmp (charset, "utf8") == 0;

  if (!is_unicode && crm_vcard_is_charset (charset))
    {
      if (!crm_vcard_decode_charset (self->value, charset))
        report (self, self->line, g_strdup_printf (_("%s holds characters that do not exist in %s."), property->name, charset));
      g_free (self->charset);
      self->charset = g_strdup (charset);
    }
  else if (!is_unicode)
    report (self, self->line, g_strdup_printf (_("%s is in a character set that is not known here."), property->name));

  if (g_utf8_validate_len (self->value->str, self->value->len, NULL))
    set_text (self, card, property, form, self->value->str);
  else
    {
      Undecoded undecoded = { card, property, form, g_string_new_len (self->value->str, (gssize) self->value->len) };

      g_array_append_val (self->undecoded, undecoded);
    }
}

/* What all the card's bytes look like together. */
static const char *
guess_charset (CrmVcardReader *self)
{
  g_autoptr (GString) all = g_string_new (NULL);
  CrmCsvEncoding encoding;

  if (crm_vcard_lines_is_unicode (self->lines))
    return "UTF-8";
  if (self->charset != NULL)
    return self->charset;
  for (guint i = 0; i < self->undecoded->len; i++)
    {
      GString *bytes = g_array_index (self->undecoded, Undecoded, i).bytes;

      g_string_append_len (all, bytes->str, (gssize) bytes->len);
    }
  if (!crm_csv_guess_encoding ((const guint8 *) all->str, all->len, TRUE, &encoding))
    report (self, crm_vcard_get_line (self->cards[0]), g_strdup (_("The card's letters are in a character set that it does not name.")));
  return encoding == CRM_CSV_UTF_8 || encoding == CRM_CSV_WINDOWS_1254 ? crm_csv_encoding_get_charset (encoding) : "windows-1252";
}

/* Of @card and of those within. */
static void
decode_rest (CrmVcardReader *self)
{
  const char *charset;

  if (self->undecoded->len == 0)
    return;
  charset = guess_charset (self);
  for (guint i = 0; i < self->undecoded->len; i++)
    {
      Undecoded *undecoded = &g_array_index (self->undecoded, Undecoded, i);

      if (!crm_vcard_decode_charset (undecoded->bytes, charset))
        report (self, undecoded->property->line,
                g_strdup_printf (_("%s holds bytes that are no text."), undecoded->property->name));
      set_text (self, undecoded->card, undecoded->property, undecoded->form, undecoded->bytes->str);
    }
  g_array_set_size (self->undecoded, 0);
}

/* "jpeg", "JPG", "image/jpeg"; %NULL for TYPEs that say something else */
static char *
make_media_type (const CrmVcardProperty *property,
                 const char             *type)
{
  static const char * const images[] = { "jpeg", "png", "gif", "webp", "bmp", "tiff", "heic", "svg+xml", NULL };
  static const char * const sounds[] = { "basic", "wave", "mpeg", "ogg", "aac", "pcm", NULL };

  if (strchr (type, '/') != NULL)
    return g_strdup (type);
  if (strcmp (type, "jpg") == 0)
    return g_strdup ("image/jpeg");
  if (g_strv_contains (images, type) && !crm_vcard_property_is (property, "SOUND"))
    return g_strconcat ("image/", type, NULL);
  if (g_strv_contains (sounds, type) && crm_vcard_property_is (property, "SOUND"))
    return g_strconcat ("audio/", type, NULL);
  return NULL;
}

/* The parameters that tell what bytes are say no more than the media type. */
static char *
take_media_type (CrmVcardProperty *property)
{
  char *found = NULL;

  for (guint i = 0; i < property->n_params;)
    {
      const char *name = property->params[i].name, *value = property->params[i].value;
      g_autofree char *media_type = NULL;

      if (strcmp (name, "TYPE") == 0)
        media_type = make_media_type (property, value);
      else if (strcmp (name, "MEDIATYPE") == 0)
        media_type = g_strdup (value);
      if (media_type == NULL && strcmp (name, "VALUE") != 0)
        {
          i++;
          continue;
        }
      if (found == NULL)
        found = g_steal_pointer (&media_type);
      crm_vcard_remove_param (property, i);
    }
  return found;
}

static gboolean
is_media_type (const char *text)
{
  for (gsize i = 0; text[i] != '\0'; i++)
    if (!g_ascii_isalnum (text[i]) && strchr ("/+-._", text[i]) == NULL)
      return FALSE;
  return *text != '\0' && g_ascii_strcasecmp (text, "application/octet-stream") != 0;
}

/* @said: (nullable): the media type that the value itself names */
static void
set_binary (CrmVcardReader   *self,
            CrmVcard         *card,
            CrmVcardProperty *property,
            const char       *base64,
            gsize             length,
            const char       *said)
{
  gboolean whole;
  g_autoptr (GBytes) bytes = crm_vcard_decode_base64 (base64, length, &whole);
  g_autofree char *written = take_media_type (property);
  const char *seen = crm_picture_head_find_type (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));

  if (!whole)
    report (self, self->line, g_strdup_printf (_("%s is damaged."), property->name));
  if (said == NULL || !is_media_type (said))
    said = written != NULL && is_media_type (written) ? written : NULL;
  if (g_bytes_get_size (bytes) > 0)
    crm_vcard_set_bytes (card, property, bytes, seen != NULL ? seen : said);
}

/* data:image/jpeg;base64,…; in version 3.0 the punctuation may be escaped */
static gboolean
set_data_uri (CrmVcardReader   *self,
              CrmVcard         *card,
              CrmVcardProperty *property)
{
  const char *comma = memchr (self->value->str, ',', MIN (self->value->len, 200));
  g_autoptr (GString) head = NULL;

  if (comma == NULL || g_ascii_strncasecmp (self->value->str, "data:", 5) != 0)
    return FALSE;
  head = g_string_new_len (self->value->str + 5, comma - self->value->str - 5);
  g_string_replace (head, "\\", "", 0);
  if (!g_str_has_suffix (head->str, ";base64") || !g_str_is_ascii (head->str))
    return FALSE;
  head->str[strcspn (head->str, ";")] = '\0';
  set_binary (self, card, property, comma + 1, self->value->len - (gsize) (comma + 1 - self->value->str), head->str);
  return TRUE;
}

/* Some write a picture without saying how. */
static gboolean
is_bare_picture (CrmVcardReader *self)
{
  gboolean whole;
  g_autoptr (GBytes) begin = NULL;

  if (self->value->len < MIN_BARE_PICTURE || !is_base64 (self->value->str, self->value->len))
    return FALSE;
  begin = crm_vcard_decode_base64 (self->value->str, MIN_BARE_PICTURE, &whole);
  return crm_picture_head_find_type (g_bytes_get_data (begin, NULL), g_bytes_get_size (begin)) != NULL;
}

static void
set_value (CrmVcardReader   *self,
           CrmVcard         *card,
           CrmVcardProperty *property,
           CrmVcardForm      form)
{
  CrmVcardEncoding encoding = self->head.encoding;

  if (encoding == CRM_VCARD_QUOTED_PRINTABLE)
    crm_vcard_decode_qp (self->value);
  if (crm_vcard_replace_nuls (self->value))
    report (self, self->line, g_strdup_printf (_("%s holds bytes that are no text."), property->name));
  if (!is_text_form (form) && set_data_uri (self, card, property))
    return;
  if (encoding == CRM_VCARD_BASE64 && is_text_form (form))
    {
      gboolean whole;
      g_autoptr (GBytes) bytes = crm_vcard_decode_base64 (self->value->str, self->value->len, &whole);

      if (!whole)
        report (self, self->line, g_strdup_printf (_("%s is damaged."), property->name));
      g_string_truncate (self->value, 0);
      g_string_append_len (self->value, g_bytes_get_data (bytes, NULL), (gssize) g_bytes_get_size (bytes));
      crm_vcard_replace_nuls (self->value);
    }
  else if (encoding == CRM_VCARD_BASE64 || (form == CRM_VCARD_BINARY && is_bare_picture (self)))
    {
      set_binary (self, card, property, self->value->str, self->value->len, NULL);
      return;
    }
  set_bytes_as_text (self, card, property, form);
}

/* Properties to cards */

static void
report_line (CrmVcardReader *self)
{
  g_autofree char *valid = g_utf8_make_valid (self->text->str, (gssize) MIN (self->text->len, 4 * SHOWN));
  g_autofree char *shown = g_utf8_substring (valid, 0, MIN (g_utf8_strlen (valid, -1), SHOWN));

  report (self, self->line, g_strdup_printf (_("“%s” is no part of a card."), shown));
}

/* Of each card once: a file of another kind would be nothing but such lines. */
static gboolean
has_room (CrmVcardReader *self)
{
  CrmVcard *card = self->cards[self->depth - 1];
  gboolean too_many = crm_vcard_get_n_properties (card) == CRM_VCARD_MAX_PROPERTIES;
  gsize size = self->text->len;

  for (guint i = 0; i < self->depth; i++)
    size += crm_vcard_get_size (self->cards[i]);
  for (guint i = 0; i < self->undecoded->len; i++)
    size += g_array_index (self->undecoded, Undecoded, i).bytes->len;
  if (too_many && !self->too_many)
    report (self, self->line, g_strdup_printf (_("The card has more than %d properties; further ones were left out."),
                                               CRM_VCARD_MAX_PROPERTIES));
  self->too_many |= too_many;
  if (size > CRM_VCARD_MAX_CARD_BYTES && !self->too_large)
    report (self, self->line, g_strdup_printf (_("The card is larger than %d MiB; what did not fit was left out."),
                                               CRM_VCARD_MAX_CARD_BYTES / (1024 * 1024)));
  self->too_large |= size > CRM_VCARD_MAX_CARD_BYTES;
  return !too_many && size <= CRM_VCARD_MAX_CARD_BYTES;
}

/* Half a picture is none, half a text is better than none. */
static gboolean
cut_value (CrmVcardReader *self,
           CrmVcardForm    form)
{
  gboolean is_binary = self->head.encoding == CRM_VCARD_BASE64 || form == CRM_VCARD_BINARY;
  int megabytes = CRM_VCARD_MAX_VALUE_BYTES / (1024 * 1024);
  const char *end;

  if (is_binary)
    {
      report (self, self->line, g_strdup_printf (_("%s is larger than %d MiB and was left out."), self->head.name, megabytes));
      return FALSE;
    }
  report (self, self->line, g_strdup_printf (_("%s is longer than %d MiB and was cut."), self->head.name, megabytes));
  if (!g_utf8_validate (self->value->str, (gssize) self->value->len, &end) && self->value->str + self->value->len - end < 4)
    g_string_truncate (self->value, (gsize) (end - self->value->str));
  return TRUE;
}

static void
add_property (CrmVcardReader *self)
{
  CrmVcard *card = self->cards[self->depth - 1];
  CrmVcardHead *head = &self->head;
  const char *canonical;
  CrmVcardForm form = crm_vcard_lookup (head->name, &canonical);
  CrmVcardProperty *property;

  if (!has_room (self))
    return;
  g_string_truncate (self->value, 0);
  g_string_append_len (self->value, self->text->str + head->length + 1, (gssize) (self->text->len - head->length - 1));
  if (self->is_cut && !cut_value (self, form))
    return;
  property = crm_vcard_add (card, head->group, head->name, "");
  property->line = self->line;
  for (guint i = 0; i < head->params->len; i++)
    {
      const CrmVcardParam *param = &g_array_index (head->params, CrmVcardParam, i);

      crm_vcard_add_param (card, property, param->name, param->value);
    }
  set_value (self, card, property, form);
}

/* A line without a colon is most often one of a text that was not folded. */
static void
add_to_last (CrmVcardReader *self)
{
  CrmVcard *card = self->cards[self->depth - 1];
  guint n = crm_vcard_get_n_properties (card);
  CrmVcardProperty *last = n > 0 ? crm_vcard_get_property (card, n - 1) : NULL;
  const char *canonical;
  g_autofree char *valid = NULL;

  report_line (self);
  if (last == NULL || crm_vcard_lookup (last->name, &canonical) != CRM_VCARD_TEXT || !has_room (self) ||
      crm_vcard_get_size (card) + strlen (last->value) > CRM_VCARD_MAX_CARD_BYTES ||
      (self->undecoded->len > 0 && g_array_index (self->undecoded, Undecoded, self->undecoded->len - 1).property == last))
    return;
  valid = g_utf8_make_valid (self->text->str, (gssize) self->text->len);
  g_string_assign (self->normal, last->value);
  g_string_append (self->normal, "\\n");
  crm_vcard_append_normal (self->normal, CRM_VCARD_TEXT, crm_vcard_get_version (card), valid);
  crm_vcard_set_value (card, last, self->normal->str, (gssize) self->normal->len);
}

static void
push_card (CrmVcardReader *self,
           guint64         line)
{
  CrmVcard *card = crm_vcard_new (CRM_VCARD_UNKNOWN);

  crm_vcard_set_line (card, line);
  self->cards[self->depth++] = card;
  self->has_stray = FALSE;
}

/* A card within becomes the value of its AGENT. */
static void
pop_inner (CrmVcardReader *self)
{
  g_autoptr (CrmVcard) inner = NULL;
  CrmVcard *outer = self->cards[self->depth - 2];
  CrmVcardProperty *agent = crm_vcard_get_property (outer, crm_vcard_get_n_properties (outer) - 1);
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (GString) escaped = g_string_new (NULL);

  decode_rest (self);
  inner = self->cards[--self->depth];
  crm_vcard_append_card (text, inner, CRM_VCARD_3_0);
  crm_vcard_append_escaped (escaped, text->str, (gssize) text->len);
  if (escaped->len > CRM_VCARD_MAX_VALUE_BYTES)
    report (self, agent->line, g_strdup_printf (_("%s is larger than %d MiB and was left out."), agent->name,
                                                CRM_VCARD_MAX_VALUE_BYTES / (1024 * 1024)));
  else
    crm_vcard_set_value (outer, agent, escaped->str, (gssize) escaped->len);
}

static CrmVcard *
pop_card (CrmVcardReader *self)
{
  while (self->depth > 1)
    pop_inner (self);
  decode_rest (self);
  self->depth = 0;
  self->skipped_depth = 0;
  self->too_many = FALSE;
  self->too_large = FALSE;
  return self->cards[0];
}

static CrmVcard *
pop_unclosed (CrmVcardReader *self)
{
  report (self, crm_vcard_get_line (self->cards[0]), g_strdup (_("The card has no end: END:VCARD is missing.")));
  return pop_card (self);
}

static gboolean
is_at_agent (CrmVcardReader *self)
{
  CrmVcard *card = self->cards[self->depth - 1];
  guint n = crm_vcard_get_n_properties (card);
  CrmVcardProperty *last = n > 0 ? crm_vcard_get_property (card, n - 1) : NULL;

  return last != NULL && crm_vcard_property_is (last, "AGENT") && *last->value == '\0' && last->bytes == NULL;
}

/* Returns: (transfer full) (nullable): the card before, if it has no end */
static CrmVcard *
begin_card (CrmVcardReader *self)
{
  if (self->depth == 0)
    push_card (self, self->line);
  else if (self->skipped_depth > 0 || (is_at_agent (self) && self->depth == CRM_VCARD_MAX_DEPTH))
    {
      if (self->skipped_depth++ == 0)
        report (self, self->line, g_strdup_printf (_("The card holds cards in cards more than %d deep; these were left out."),
                                                   CRM_VCARD_MAX_DEPTH));
    }
  else if (is_at_agent (self))
    push_card (self, self->line);
  else
    {
      self->has_begun = TRUE;
      self->begin_line = self->line;
      return pop_unclosed (self);
    }
  return NULL;
}

/* Returns: (transfer full) (nullable): the card if this was its end */
static CrmVcard *
end_card (CrmVcardReader *self)
{
  if (self->skipped_depth > 0)
    self->skipped_depth--;
  else if (self->depth == 1)
    return pop_card (self);
  else
    pop_inner (self);
  return NULL;
}

static CrmVcardVersion
parse_version (const char *text)
{
  if (g_str_has_prefix (text, "2.1"))
    return CRM_VCARD_2_1;
  if (g_str_has_prefix (text, "3.0"))
    return CRM_VCARD_3_0;
  return text[0] == '4' && (text[1] == '\0' || text[1] == '.') ? CRM_VCARD_4_0 : CRM_VCARD_UNKNOWN;
}

static gboolean
is_named (CrmVcardReader *self,
          const char     *name)
{
  return self->head.is_valid && g_ascii_strcasecmp (self->head.name, name) == 0;
}

/* Whatever stands where no card has begun; a version begins one. @value: (nullable): of a property that makes a card */
static void
handle_outside (CrmVcardReader *self,
                const char     *value)
{
  CrmVcardVersion version = CRM_VCARD_UNKNOWN;

  if (is_named (self, "VERSION"))
    version = parse_version (value);
  if (version != CRM_VCARD_UNKNOWN)
    {
      report (self, self->line, g_strdup (_("The card has no beginning: BEGIN:VCARD is missing.")));
      push_card (self, self->line);
      crm_vcard_set_version (self->cards[0], version);
    }
  else if (!self->has_stray)
    {
      report_line (self);
      self->has_stray = TRUE;
    }
}

static void
handle_inside (CrmVcardReader *self,
               const char     *value)
{
  if (self->skipped_depth > 0)
    return;
  if (!self->head.is_valid)
    add_to_last (self);
  else if (is_named (self, "VERSION"))
    crm_vcard_set_version (self->cards[self->depth - 1], parse_version (value));
  else if (value != NULL)
    report_line (self);
  else
    add_property (self);
}

/* Returns: (transfer full) (nullable): a card that has ended */
static CrmVcard *
handle_property (CrmVcardReader *self)
{
  g_autofree char *value = NULL;

  crm_vcard_head_finish (&self->head, self->text->str, self->text->len, get_version (self));
  if (is_named (self, "BEGIN") || is_named (self, "END") || is_named (self, "VERSION"))
    {
      gsize start = self->head.length + 1;

      value = g_strstrip (g_strndup (self->text->str + start, MIN (self->text->len - start, 100)));
    }
  if (value != NULL && g_ascii_strcasecmp (value, "VCARD") == 0 && is_named (self, "BEGIN"))
    return begin_card (self);
  if (value != NULL && g_ascii_strcasecmp (value, "VCARD") == 0 && is_named (self, "END") && self->depth > 0)
    return end_card (self);
  if (self->depth == 0)
    handle_outside (self, value);
  else
    handle_inside (self, value);
  return NULL;
}

CrmVcard *
crm_vcard_reader_next (CrmVcardReader  *self,
                       GError         **error)
{
  g_autoptr (GError) local_error = NULL;

  g_return_val_if_fail (self != NULL, NULL);

  g_clear_pointer (&self->problems, g_ptr_array_unref);
  if (self->has_begun)
    push_card (self, self->begin_line);
  self->has_begun = FALSE;
  while (read_property (self, &local_error))
    {
      CrmVcard *card = handle_property (self);

      if (card != NULL)
        return card;
    }
  if (local_error != NULL)
    g_propagate_error (error, g_steal_pointer (&local_error));
  else if (self->depth > 0)
    return pop_unclosed (self);
  return NULL;
}
