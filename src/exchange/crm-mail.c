/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crm-config.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>
#include <string.h>

#include "crm-error.h"
#include "crm-mail-private.h"

#define MAX_PROBLEMS 20
#define MAX_NAME_LETTERS 200
#define MAX_SUBJECT_LETTERS 1000

static void
mail_address_free (gpointer data)
{
  CrmMailAddress *self = data;

  g_free (self->name);
  g_free (self->address);
  g_free (self);
}

static void
mail_attachment_free (gpointer data)
{
  CrmMailAttachment *self = data;

  g_free (self->name);
  g_free (self->media_type);
  g_bytes_unref (self->bytes);
  g_free (self);
}

static CrmMail *
mail_new (void)
{
  CrmMail *self = g_new0 (CrmMail, 1);

  self->from = g_ptr_array_new_with_free_func (mail_address_free);
  self->to = g_ptr_array_new_with_free_func (mail_address_free);
  self->cc = g_ptr_array_new_with_free_func (mail_address_free);
  self->attachments = g_ptr_array_new_with_free_func (mail_attachment_free);
  self->problems = g_ptr_array_new_with_free_func (g_free);
  return self;
}

void
crm_mail_free (CrmMail *self)
{
  g_ptr_array_unref (self->from);
  g_ptr_array_unref (self->to);
  g_ptr_array_unref (self->cc);
  g_ptr_array_unref (self->attachments);
  g_ptr_array_unref (self->problems);
  g_free (self->subject);
  g_free (self->message_id);
  g_free (self->in_reply_to);
  g_free (self->text);
  g_free (self);
}

void
crm_mail_add_problem (GPtrArray  *problems,
                      guint64     line,
                      const char *format,
                      ...)
{
  g_autofree char *text = NULL;
  va_list arguments;

  va_start (arguments, format);
  text = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  if (line > 0)
    {
      g_autofree char *sentence = g_steal_pointer (&text);

      text = g_strdup_printf (_("Line %" PRIu64 ": %s."), line, sentence);
    }
  if (problems->len < MAX_PROBLEMS && !g_ptr_array_find_with_equal_func (problems, text, g_str_equal, NULL))
    g_ptr_array_add (problems, g_steal_pointer (&text));
}

/* Head */

static void add_addresses (CrmMail *self, GPtrArray *into, InternetAddressList *list);

static void
add_address (CrmMail         *self,
             GPtrArray       *into,
             InternetAddress *address)
{
  CrmMailAddress *added;
  g_autofree char *name = NULL;
  g_autofree char *text = NULL;

  if (INTERNET_ADDRESS_IS_GROUP (address))
    {
      InternetAddressList *members = internet_address_group_get_members (INTERNET_ADDRESS_GROUP (address));

      if (members != NULL)
        add_addresses (self, into, members);
      return;
    }
  name = crm_mail_clean (internet_address_get_name (address), MAX_NAME_LETTERS);
  text = crm_mail_clean (internet_address_mailbox_get_addr (INTERNET_ADDRESS_MAILBOX (address)), MAX_NAME_LETTERS);
  if (name == NULL && text == NULL)
    return;
  added = g_new0 (CrmMailAddress, 1);
  added->address = text == NULL ? g_strdup ("") : g_steal_pointer (&text);
  /* Some programs give the address as the name, too */
  if (name != NULL && g_ascii_strcasecmp (name, added->address) != 0)
    added->name = g_steal_pointer (&name);
  g_ptr_array_add (into, added);
}

static void
add_addresses (CrmMail             *self,
               GPtrArray           *into,
               InternetAddressList *list)
{
  for (int i = 0; list != NULL && i < internet_address_list_length (list); i++)
    {
      if (into->len >= CRM_MAIL_MAX_ADDRESSES)
        {
          crm_mail_add_problem (self->problems, 0, _("There are too many addresses; the rest was left out."));
          return;
        }
      add_address (self, into, internet_address_list_get_address (list, i));
    }
}

/* The time at which the last of the computers on its way got it, for want of another */
static GDateTime *
find_received (GMimeMessage *message)
{
  const char *received = g_mime_object_get_header (GMIME_OBJECT (message), "Received");
  const char *date = received == NULL ? NULL : strrchr (received, ';');

  return date == NULL ? NULL : g_mime_utils_header_decode_date (date + 1);
}

static gint64
read_date (CrmMail      *self,
           GMimeMessage *message)
{
  GDateTime *given = g_mime_message_get_date (message);
  g_autoptr (GDateTime) date = given != NULL ? g_date_time_ref (given) : find_received (message);

  if (given == NULL)
    crm_mail_add_problem (self->problems, 0, _("The date is missing or cannot be read."));
  return date == NULL ? 0 : g_date_time_to_unix (date) * G_USEC_PER_SEC;
}

/* The first of the numbers in "<a@b> <c@d>" */
static char *
read_reference (GMimeMessage *message,
                const char   *field)
{
  g_autofree char *text = crm_mail_clean (g_mime_object_get_header (GMIME_OBJECT (message), field), MAX_SUBJECT_LETTERS);
  const char *begin = text == NULL ? NULL : strchr (text, '<');
  const char *end = begin == NULL ? NULL : strchr (begin, '>');

  return end == NULL || end == begin + 1 ? NULL : g_strndup (begin + 1, (gsize) (end - begin) - 1);
}

static void
read_head (CrmMail      *self,
           GMimeMessage *message)
{
  add_addresses (self, self->from, g_mime_message_get_from (message));
  if (self->from->len == 0)
    add_addresses (self, self->from, g_mime_message_get_sender (message));
  add_addresses (self, self->to, g_mime_message_get_to (message));
  add_addresses (self, self->cc, g_mime_message_get_cc (message));
  add_addresses (self, self->cc, g_mime_message_get_bcc (message));
  self->date = read_date (self, message);
  self->subject = crm_mail_clean (g_mime_message_get_subject (message), MAX_SUBJECT_LETTERS);
  self->message_id = crm_mail_clean (g_mime_message_get_message_id (message), MAX_SUBJECT_LETTERS);
  self->in_reply_to = read_reference (message, "In-Reply-To");
}

static gboolean
is_mail (GMimeMessage *message)
{
  static const char * const fields[] = { "From", "To", "Date", "Subject", "Message-ID", "Received", "Sender" };

  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    if (g_mime_object_get_header (GMIME_OBJECT (message), fields[i]) != NULL)
      return TRUE;
  return FALSE;
}

/* GMime */

typedef struct {
  const GByteArray *file;
  GPtrArray        *problems;
  gboolean          is_cut;
  gint64            at;    /* a place */
  guint64           line;  /* and its line */
} Warnings;

static guint64
find_line (Warnings *self,
           gint64    at)
{
  if (at < self->at)
    {
      self->at = 0;
      self->line = 1;
    }
  for (; self->at < at && self->at < self->file->len; self->at++)
    self->line += self->file->data[self->at] == '\n';
  return self->line;
}

static void
on_warning (gint64             offset,
            GMimeParserWarning code,
            const char        *item,
            gpointer           user_data)
{
  Warnings *self = user_data;

  if (self->problems->len >= MAX_PROBLEMS)
    return;
  switch (code)
    {
    case GMIME_WARN_MALFORMED_MULTIPART:
    case GMIME_CRIT_MULTIPART_WITHOUT_BOUNDARY:
      crm_mail_add_problem (self->problems, find_line (self, offset), _("the parts of the e-mail are not marked as they should be"));
      break;
    case GMIME_WARN_TRUNCATED_MESSAGE:
      if (!self->is_cut)
        crm_mail_add_problem (self->problems, find_line (self, self->file->len), _("the e-mail ends in the middle of a part"));
      break;
    case GMIME_CRIT_NESTING_OVERFLOW:
      crm_mail_add_problem (self->problems, find_line (self, offset), _("what lies deeper within other parts was not looked into"));
      break;
    default:
      break;
    }
}

static GMimeParserOptions *
make_options (Warnings *warnings)
{
  const char *charsets[] = { "utf-8", "windows-1254", "iso-8859-9", NULL };
  GMimeParserOptions *options = g_mime_parser_options_new ();

  g_mime_parser_options_set_fallback_charsets (options, charsets);
  g_mime_parser_options_set_allow_addresses_without_domain (options, TRUE);
#if GMIME_CHECK_VERSION (3, 2, 14)
  g_mime_parser_options_set_warning_callback (options, on_warning, warnings, NULL);
#else
  g_mime_parser_options_set_warning_callback (options, on_warning, warnings);
#endif
  return options;
}

static GMimeMessage *
parse (GByteArray         *file,
       gsize               start,
       gsize               end,
       GMimeParserOptions *options)
{
  GMimeStream *whole = g_mime_stream_mem_new_with_byte_array (file);
  GMimeStream *stream;
  GMimeParser *parser;
  GMimeMessage *message;

  g_mime_stream_mem_set_owner (GMIME_STREAM_MEM (whole), FALSE);
  stream = g_mime_stream_substream (whole, (gint64) start, (gint64) end);
  parser = g_mime_parser_new_with_stream (stream);
  message = g_mime_parser_construct_message (parser, options);
  g_object_unref (parser);
  g_object_unref (stream);
  g_object_unref (whole);
  return message;
}

static void
init_library (void)
{
  static gsize done;

  if (g_once_init_enter (&done))
    {
      g_mime_init ();
      g_once_init_leave (&done, 1);
    }
}

static gboolean
refuse (const char  *name,
        GBytes      *bytes,
        GError     **error)
{
  gsize size;
  const guint8 *data = g_bytes_get_data (bytes, &size);

  if (size > CRM_MAIL_MAX_BYTES)
    g_set_error (error, CRM_ERROR, CRM_ERROR_INVALID, _("“%s” is too large for an e-mail: at most %d MB are read."), name,
                 CRM_MAIL_MAX_BYTES / (1024 * 1024));
  else if (size >= 8 && memcmp (data, "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", 8) == 0)
    g_set_error (error, CRM_ERROR, CRM_ERROR_INVALID, _("“%s” is an e-mail in Outlook's own form (.msg). Save it as .eml, please."), name);
  else
    return FALSE;
  return TRUE;
}

static char *
make_message_id (GBytes *bytes)
{
  g_autofree char *hash = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, bytes);

  return g_strconcat ("sha256:", hash, NULL);
}

CrmMail *
crm_mail_read_bytes (GBytes      *bytes,
                     const char  *name,
                     GError     **error)
{
  g_autoptr (CrmMail) self = NULL;
  g_autoptr (GByteArray) file = NULL;
  Warnings warnings = { NULL };
  GMimeParserOptions *options;
  GMimeMessage *message;
  gboolean is_one;
  gsize start, end;

  g_return_val_if_fail (bytes != NULL && name != NULL, NULL);

  if (refuse (name, bytes, error))
    return NULL;
  init_library ();
  self = mail_new ();
  file = g_byte_array_sized_new ((guint) g_bytes_get_size (bytes));
  g_byte_array_append (file, g_bytes_get_data (bytes, NULL), (guint) g_bytes_get_size (bytes));
  crm_mail_guard (file, &start, &end, self->problems);
  warnings = (Warnings) { file, self->problems, end < file->len, 0, 1 };
  options = make_options (&warnings);
  message = parse (file, start, end, options);
  is_one = message != NULL && is_mail (message);
  if (is_one)
    {
      read_head (self, message);
      crm_mail_walk (self, message, file);
    }
  else
    g_set_error (error, CRM_ERROR, CRM_ERROR_INVALID, _("“%s” is not an e-mail."), name);
  if (self->message_id == NULL)
    self->message_id = make_message_id (bytes);
  g_clear_object (&message);
  g_mime_parser_options_free (options);
  return is_one ? g_steal_pointer (&self) : NULL;
}

/* Files */

static gboolean
is_regular (GFile         *file,
            const char    *name,
            GCancellable  *cancellable,
            GError       **error)
{
  /* Opening a pipe would wait for somebody to write into it. */
  GFileType type = g_file_query_file_type (file, G_FILE_QUERY_INFO_NONE, cancellable);

  if (type == G_FILE_TYPE_REGULAR || type == G_FILE_TYPE_UNKNOWN)
    return TRUE;
  g_set_error (error, CRM_ERROR, CRM_ERROR_UNREADABLE, _("“%s” is not a file."), name);
  return FALSE;
}

static GBytes *
load (GFile         *file,
      const char    *name,
      GCancellable  *cancellable,
      GError       **error)
{
  g_autoptr (GFileInputStream) stream = NULL;
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  g_autofree guint8 *buffer = g_malloc (64 * 1024);
  GError *failure = NULL;
  gssize n = 0;

  if (!is_regular (file, name, cancellable, error))
    return NULL;
  stream = g_file_read (file, cancellable, &failure);
  while (stream != NULL && bytes->len <= CRM_MAIL_MAX_BYTES &&
         (n = g_input_stream_read (G_INPUT_STREAM (stream), buffer, 64 * 1024, cancellable, &failure)) > 0)
    g_byte_array_append (bytes, buffer, (guint) n);
  if (failure == NULL)
    return g_byte_array_free_to_bytes (g_steal_pointer (&bytes));
  if (g_error_matches (failure, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_propagate_error (error, failure);
  else
    {
      g_set_error (error, CRM_ERROR, CRM_ERROR_UNREADABLE, _("“%s” cannot be opened: %s"), name, failure->message);
      g_error_free (failure);
    }
  return NULL;
}

CrmMail *
crm_mail_read (GFile         *file,
               GCancellable  *cancellable,
               GError       **error)
{
  g_autofree char *base = NULL;
  g_autofree char *name = NULL;
  g_autoptr (GBytes) bytes = NULL;

  g_return_val_if_fail (G_IS_FILE (file), NULL);

  base = g_file_get_basename (file);
  name = g_filename_display_name (base == NULL ? "" : base);
  bytes = load (file, name, cancellable, error);
  return bytes == NULL ? NULL : crm_mail_read_bytes (bytes, name, error);
}
