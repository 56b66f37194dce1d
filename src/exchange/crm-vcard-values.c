/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crm-config.h"

#include "crm-vcard-values.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "crm-csv-private.h"
#include "crm-picture-head.h"
#include "crm-vcard-problems.h"

/* Shorter ones are hardly a picture. */
#define MIN_BARE_PICTURE 64

/* A value in bytes of a set that is known only when all of the card was read. */
typedef struct {
  CrmVcard         *card;
  CrmVcardProperty *property;
  CrmVcardForm      form;
  GString          *bytes;
} Undecoded;

static void
undecoded_clear (gpointer data)
{
  g_string_free (((Undecoded *) data)->bytes, TRUE);
}

void
crm_vcard_values_init (CrmVcardValues  *self,
                       GPtrArray      **problems)
{
  *self = (CrmVcardValues) { .problems = problems, .value = g_string_new (NULL), .normal = g_string_new (NULL) };
  self->undecoded = g_array_new (FALSE, FALSE, sizeof (Undecoded));
  g_array_set_clear_func (self->undecoded, undecoded_clear);
}

void
crm_vcard_values_clear (CrmVcardValues *self)
{
  g_string_free (self->value, TRUE);
  g_string_free (self->normal, TRUE);
  g_array_unref (self->undecoded);
  g_free (self->charset);
}

/* @text: (transfer full) */
static void
report (CrmVcardValues *self,
        guint64         line,
        char           *text)
{
  crm_vcard_problems_add (self->problems, line, text);
}

/* Text */

static gboolean
is_text_form (CrmVcardForm form)
{
  return form == CRM_VCARD_TEXT || form == CRM_VCARD_PARTS || form == CRM_VCARD_UNITS || form == CRM_VCARD_LIST;
}

static void
set_text (CrmVcardValues   *self,
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
set_bytes_as_text (CrmVcardValues   *self,
                   CrmVcard         *card,
                   CrmVcardProperty *property,
                   CrmVcardForm      form)
{
  const char *charset = self->source->head.charset;
  gboolean is_utf_8 = charset == NULL || g_ascii_strcasecmp (charset, "utf-8") == 0 || g_ascii_strcasecmp (charset, "utf8") == 0;

  if (!is_utf_8 && crm_vcard_is_charset (charset))
    {
      if (!crm_vcard_decode_charset (self->value, charset))
        report (self, self->source->line, g_strdup_printf (_("%s holds characters that do not exist in %s."), property->name, charset));
      g_free (self->charset);
      self->charset = g_strdup (charset);
    }
  else if (!is_utf_8)
    report (self, self->source->line, g_strdup_printf (_("%s is in a character set that is not known here."), property->name));

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
guess_charset (CrmVcardValues *self,
               const CrmVcard *card,
               gboolean        is_unicode)
{
  g_autoptr (GString) all = g_string_new (NULL);
  CrmCsvEncoding encoding;

  if (is_unicode)
    return "UTF-8";
  if (self->charset != NULL)
    return self->charset;
  for (guint i = 0; i < self->undecoded->len; i++)
    {
      GString *bytes = g_array_index (self->undecoded, Undecoded, i).bytes;

      g_string_append_len (all, bytes->str, (gssize) bytes->len);
    }
  if (!crm_csv_guess_encoding ((const guint8 *) all->str, all->len, TRUE, &encoding))
    report (self, crm_vcard_get_line (card), g_strdup (_("The card's letters are in a character set that it does not name.")));
  return encoding == CRM_CSV_UTF_8 || encoding == CRM_CSV_WINDOWS_1254 ? crm_csv_encoding_get_charset (encoding) : "windows-1252";
}

void
crm_vcard_values_finish (CrmVcardValues *self,
                         const CrmVcard *card,
                         gboolean        is_unicode)
{
  const char *charset;

  if (self->undecoded->len == 0)
    return;
  charset = guess_charset (self, card, is_unicode);
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

/* Pictures, sounds and keys */

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
set_binary (CrmVcardValues   *self,
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
    report (self, self->source->line, g_strdup_printf (_("%s is damaged."), property->name));
  if (said == NULL || !is_media_type (said))
    said = written != NULL && is_media_type (written) ? written : NULL;
  if (g_bytes_get_size (bytes) > 0)
    crm_vcard_set_bytes (card, property, bytes, seen != NULL ? seen : said);
}

/* data:image/jpeg;base64,…; in version 3.0 the punctuation may be escaped */
static gboolean
set_data_uri (CrmVcardValues   *self,
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
is_bare_picture (CrmVcardValues *self)
{
  gboolean whole;
  g_autoptr (GBytes) begin = NULL;

  if (self->value->len < MIN_BARE_PICTURE || !crm_vcard_is_base64 (self->value->str, self->value->len))
    return FALSE;
  begin = crm_vcard_decode_base64 (self->value->str, MIN_BARE_PICTURE, &whole);
  return crm_picture_head_find_type (g_bytes_get_data (begin, NULL), g_bytes_get_size (begin)) != NULL;
}

/* All */

/* Half a picture is none, half a text is better than none. */
static gboolean
cut_value (CrmVcardValues *self,
           CrmVcardForm    form)
{
  gboolean is_binary = self->source->head.encoding == CRM_VCARD_BASE64 || form == CRM_VCARD_BINARY;
  int megabytes = CRM_VCARD_MAX_VALUE_BYTES / (1024 * 1024);
  const char *end;

  if (is_binary)
    {
      report (self, self->source->line, g_strdup_printf (_("%s is larger than %d MiB and was left out."), self->source->head.name, megabytes));
      return FALSE;
    }
  report (self, self->source->line, g_strdup_printf (_("%s is longer than %d MiB and was cut."), self->source->head.name, megabytes));
  if (!g_utf8_validate (self->value->str, (gssize) self->value->len, &end) && self->value->str + self->value->len - end < 4)
    g_string_truncate (self->value, (gsize) (end - self->value->str));
  return TRUE;
}

gboolean
crm_vcard_values_take (CrmVcardValues         *self,
                       const CrmVcardUnfolder *source,
                       CrmVcardForm            form)
{
  gsize start = source->head.length + 1;

  self->source = source;
  g_string_truncate (self->value, 0);
  g_string_append_len (self->value, source->text->str + start, (gssize) (source->text->len - start));
  return !source->is_cut || cut_value (self, form);
}

void
crm_vcard_values_set (CrmVcardValues   *self,
                      CrmVcard         *card,
                      CrmVcardProperty *property,
                      CrmVcardForm      form)
{
  CrmVcardEncoding encoding = self->source->head.encoding;

  if (encoding == CRM_VCARD_QUOTED_PRINTABLE)
    crm_vcard_decode_qp (self->value);
  if (crm_vcard_replace_nuls (self->value))
    report (self, self->source->line, g_strdup_printf (_("%s holds bytes that are no text."), property->name));
  if (!is_text_form (form) && set_data_uri (self, card, property))
    return;
  if (encoding == CRM_VCARD_BASE64 && is_text_form (form))
    {
      gboolean whole;
      g_autoptr (GBytes) bytes = crm_vcard_decode_base64 (self->value->str, self->value->len, &whole);

      if (!whole)
        report (self, self->source->line, g_strdup_printf (_("%s is damaged."), property->name));
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

gsize
crm_vcard_values_get_size (const CrmVcardValues *self)
{
  gsize size = 0;

  for (guint i = 0; i < self->undecoded->len; i++)
    size += g_array_index (self->undecoded, Undecoded, i).bytes->len;
  return size;
}

gboolean
crm_vcard_values_is_last_undecoded (const CrmVcardValues   *self,
                                    const CrmVcardProperty *property)
{
  return self->undecoded->len > 0 && g_array_index (self->undecoded, Undecoded, self->undecoded->len - 1).property == property;
}
