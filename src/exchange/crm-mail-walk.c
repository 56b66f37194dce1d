/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crm-config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "crm-file-name.h"
#include "crm-mail-private.h"

/* A page has much that is no text. */
#define MAX_HTML_BYTES (8 * CRM_MAIL_MAX_TEXT_BYTES)

typedef struct {
  CrmMail  *mail;
  const GByteArray *file;
  GString  *text;
  gboolean  skips_html;   /* within what says the same in several ways */
  gboolean  skips_plain;
  gboolean  is_related;   /* beside a text that shows it */
  guint     n_unnamed;
  gboolean  is_cut;
} Walk;

static void walk_part (Walk *self, GMimeObject *part, guint depth);

/* The bytes of a part, its encoding taken off */
static GByteArray *
decode_part (GMimePart *part)
{
  GByteArray *bytes = g_byte_array_new ();
  GMimeDataWrapper *content = g_mime_part_get_content (part);
  GMimeStream *stream = g_mime_stream_mem_new_with_byte_array (bytes);

  g_mime_stream_mem_set_owner (GMIME_STREAM_MEM (stream), FALSE);
  if (content != NULL)
    g_mime_data_wrapper_write_to_stream (content, stream);
  g_object_unref (stream);
  return bytes;
}

static GByteArray *
write_object (GMimeObject *object)
{
  GByteArray *bytes = g_byte_array_new ();
  GMimeStream *stream = g_mime_stream_mem_new_with_byte_array (bytes);

  g_mime_stream_mem_set_owner (GMIME_STREAM_MEM (stream), FALSE);
  g_mime_object_write_to_stream (object, NULL, stream);
  g_object_unref (stream);
  return bytes;
}

static gboolean
is_type (GMimeObject *part,
         const char  *type,
         const char  *subtype)
{
  GMimeContentType *content_type = g_mime_object_get_content_type (part);

  return content_type != NULL && g_mime_content_type_is_type (content_type, type, subtype);
}

static gboolean
is_attached (GMimeObject *part)
{
  const char *disposition = g_mime_object_get_disposition (part);

  return disposition != NULL && g_ascii_strcasecmp (disposition, "attachment") == 0;
}

static const char *
get_file_name (GMimeObject *part)
{
  const char *name = g_mime_object_get_content_disposition_parameter (part, "filename");

  return name != NULL ? name : g_mime_object_get_content_type_parameter (part, "name");
}

static gboolean
is_text (GMimeObject *part)
{
  return GMIME_IS_PART (part) && !is_attached (part) && get_file_name (part) == NULL &&
         (is_type (part, "text", "plain") || is_type (part, "text", "html"));
}

/* Text */

static void
append_text (Walk       *self,
             const char *text)
{
  g_autofree char *piece = g_strdup (text);

  g_strchomp (piece);
  if (*piece == '\0')
    return;
  if (self->text->len > 0)
    g_string_append (self->text, "\n\n");
  g_string_append (self->text, piece);
}

static char *
read_plain (GMimeObject *part,
            GByteArray  *bytes)
{
  const char *charset = g_mime_object_get_content_type_parameter (part, "charset");
  const char *format = g_mime_object_get_content_type_parameter (part, "format");
  const char *delsp = g_mime_object_get_content_type_parameter (part, "delsp");
  g_autofree char *text = crm_mail_decode_text (bytes, charset);

  if (format != NULL && g_ascii_strcasecmp (format, "flowed") == 0)
    return crm_mail_unflow (text, delsp != NULL && g_ascii_strcasecmp (delsp, "yes") == 0);
  return g_steal_pointer (&text);
}

static char *
read_text (GMimeObject *part)
{
  gboolean is_html = is_type (part, "text", "html");
  g_autoptr (GByteArray) bytes = decode_part (GMIME_PART (part));
  g_autofree char *text = NULL;

  g_byte_array_set_size (bytes, MIN (bytes->len, is_html ? MAX_HTML_BYTES : 2 * CRM_MAIL_MAX_TEXT_BYTES));
  if (!is_html)
    return read_plain (part, bytes);
  text = crm_mail_decode_text (bytes, g_mime_object_get_content_type_parameter (part, "charset"));
  return crm_mail_strip_html (text);
}

static void
walk_text (Walk        *self,
           GMimeObject *part)
{
  g_autofree char *text = NULL;

  if (is_type (part, "text", "html") ? self->skips_html : self->skips_plain)
    return;
  text = read_text (part);
  append_text (self, text);
}

/* Attachments */

static const char *
get_extension (GMimeObject *part)
{
  static const struct {
    const char *type;
    const char *subtype;
    const char *extension;
  } extensions[] = {
    { "text", "calendar", ".ics" }, { "text", "vcard", ".vcf" }, { "text", "x-vcard", ".vcf" }, { "text", "html", ".html" }, { "text", "*", ".txt" },
    { "image", "png", ".png" }, { "image", "jpeg", ".jpg" }, { "image", "gif", ".gif" }, { "application", "pdf", ".pdf" }, { "message", "rfc822", ".eml" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (extensions); i++)
    if (is_type (part, extensions[i].type, extensions[i].subtype))
      return extensions[i].extension;
  return "";
}

static char *
make_name (Walk        *self,
           GMimeObject *part,
           const char  *fallback)
{
  const char *name = get_file_name (part);
  g_autofree char *clean = crm_mail_clean (name, 1000);
  g_autofree char *made = NULL;

  if (clean != NULL)
    return crm_file_name_clean (clean);
  if (fallback != NULL)
    {
      g_autofree char *flat = g_strdelimit (g_strdup (fallback), "/\\", '-');

      made = g_strconcat (flat, get_extension (part), NULL);
      return crm_file_name_clean (made);
    }
  made = g_strdup_printf (_("Attachment %u"), ++self->n_unnamed);
  return g_strconcat (made, get_extension (part), NULL);
}

/* @bytes: (transfer full) */
static void
add_attachment (Walk        *self,
                GMimeObject *part,
                GByteArray  *bytes,
                const char  *fallback)
{
  CrmMailAttachment *attachment = g_new0 (CrmMailAttachment, 1);
  GMimeContentType *content_type = g_mime_object_get_content_type (part);
  g_autofree char *media_type = content_type == NULL ? NULL : g_mime_content_type_get_mime_type (content_type);

  attachment->name = make_name (self, part, fallback);
  attachment->media_type = crm_mail_clean (media_type, 200);
  attachment->bytes = g_byte_array_free_to_bytes (bytes);
  attachment->is_inline = self->is_related && !is_attached (part) && is_type (part, "image", "*");
  g_ptr_array_add (self->mail->attachments, attachment);
}

static void
walk_file (Walk        *self,
           GMimeObject *part)
{
  /* Who could check a signature needs the e-mail as it was. */
  if (is_type (part, "application", "pgp-signature") || is_type (part, "application", "pkcs7-signature") ||
      is_type (part, "application", "x-pkcs7-signature") || is_type (part, "text", "x-amp-html"))
    return;
  add_attachment (self, part, decode_part (GMIME_PART (part)), NULL);
}

static void
walk_message (Walk        *self,
              GMimeObject *part)
{
  GMimeMessage *message = g_mime_message_part_get_message (GMIME_MESSAGE_PART (part));
  g_autofree char *subject = NULL;

  if (message == NULL)
    return;
  subject = crm_mail_clean (g_mime_message_get_subject (message), 100);
  add_attachment (self, part, write_object (GMIME_OBJECT (message)), subject);
}

/* Parts of parts */

static gboolean
has_plain_text (GMimeMultipart *parts)
{
  for (int i = 0; i < g_mime_multipart_get_count (parts); i++)
    {
      GMimeObject *part = g_mime_multipart_get_part (parts, i);
      g_autofree char *text = is_text (part) && is_type (part, "text", "plain") ? read_text (part) : NULL;

      if (text != NULL && *g_strstrip (text) != '\0')
        return TRUE;
    }
  return FALSE;
}

/* Of its first field: it has one that says that it is made of parts. */
static guint64
find_line (const Walk     *self,
           GMimeMultipart *parts)
{
  GMimeHeader *first = g_mime_header_list_get_header_at (g_mime_object_get_header_list (GMIME_OBJECT (parts)), 0);
  gint64 offset = first == NULL ? 0 : g_mime_header_get_offset (first);
  guint64 line = 1;

  for (gint64 at = 0; at < offset && at < self->file->len; at++)
    line += self->file->data[at] == '\n';
  return line;
}

static void
leave_out (Walk           *self,
           GMimeMultipart *parts)
{
  if (!self->is_cut)
    crm_mail_add_problem (self->mail->problems, find_line (self, parts), _("parts that lie too deep within others were left out"));
  self->is_cut = TRUE;
}

static void
walk_parts (Walk           *self,
            GMimeMultipart *parts,
            guint           depth)
{
  gboolean is_alternative = is_type (GMIME_OBJECT (parts), "multipart", "alternative");
  Walk before = *self;

  if (depth == CRM_MAIL_MAX_DEPTH)
    {
      leave_out (self, parts);
      return;
    }
  if (is_alternative && !self->skips_html && !self->skips_plain)
    {
      self->skips_html = has_plain_text (parts);
      self->skips_plain = !self->skips_html;
    }
  self->is_related |= is_type (GMIME_OBJECT (parts), "multipart", "related");
  for (int i = 0; i < g_mime_multipart_get_count (parts); i++)
    walk_part (self, g_mime_multipart_get_part (parts, i), depth + 1);
  self->skips_html = before.skips_html;
  self->skips_plain = before.skips_plain;
  self->is_related = before.is_related;
}

static void
walk_part (Walk        *self,
           GMimeObject *part,
           guint        depth)
{
  if (GMIME_IS_MULTIPART (part))
    walk_parts (self, GMIME_MULTIPART (part), depth);
  else if (GMIME_IS_MESSAGE_PART (part))
    walk_message (self, part);
  else if (is_text (part))
    walk_text (self, part);
  else if (GMIME_IS_PART (part))
    walk_file (self, part);
}

static void
cut_text (Walk *self)
{
  gsize length = CRM_MAIL_MAX_TEXT_BYTES;

  if (self->text->len <= length)
    return;
  while (((guchar) self->text->str[length] & 0xC0) == 0x80)
    length--;
  g_string_truncate (self->text, length);
  crm_mail_add_problem (self->mail->problems, 0, _("The text is too long; its end was left out."));
}

void
crm_mail_walk (CrmMail          *mail,
               GMimeMessage     *message,
               const GByteArray *file)
{
  Walk self = { .mail = mail, .file = file, .text = g_string_new (NULL) };
  GMimeObject *part = g_mime_message_get_mime_part (message);

  if (part != NULL)
    walk_part (&self, part, 0);
  cut_text (&self);
  mail->text = g_string_free (self.text, self.text->len == 0);
}
