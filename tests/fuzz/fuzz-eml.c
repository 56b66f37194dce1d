/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "crm-mail.h"

/* The input is a file. */
int LLVMFuzzerTestOneInput (const guint8 *data, size_t size);

static void
check_line (const char *text)
{
  if (text == NULL)
    return;
  g_assert_true (*text != '\0' && g_utf8_validate (text, -1, NULL));
  for (const char *c = text; *c != '\0'; c++)
    g_assert_true ((guchar) *c >= ' ' && *c != 0x7F);
}

static void
check_addresses (GPtrArray *addresses)
{
  g_assert_true (addresses->len <= CRM_MAIL_MAX_ADDRESSES);
  for (guint i = 0; i < addresses->len; i++)
    {
      const CrmMailAddress *address = addresses->pdata[i];

      check_line (address->name);
      g_assert_true (*address->address != '\0' || address->name != NULL);
      check_line (*address->address == '\0' ? NULL : address->address);
    }
}

static void
check_attachments (GPtrArray *attachments)
{
  for (guint i = 0; i < attachments->len; i++)
    {
      const CrmMailAttachment *attachment = attachments->pdata[i];

      check_line (attachment->name);
      check_line (attachment->media_type);
      g_assert_true (strpbrk (attachment->name, "/\\") == NULL && strcmp (attachment->name, "..") != 0);
    }
}

static void
check_text (const char *text)
{
  if (text == NULL)
    return;
  g_assert_true (g_utf8_validate (text, -1, NULL) && strlen (text) <= CRM_MAIL_MAX_TEXT_BYTES);
  for (const char *c = text; *c != '\0'; c++)
    g_assert_true ((guchar) *c >= ' ' || *c == '\n' || *c == '\t');
}

int
LLVMFuzzerTestOneInput (const guint8 *data,
                        size_t        size)
{
  g_autoptr (GBytes) bytes = g_bytes_new (data, size);
  g_autoptr (GError) error = NULL;
  g_autoptr (CrmMail) mail = crm_mail_read_bytes (bytes, "fuzz.eml", &error);

  g_assert_true ((mail == NULL) == (error != NULL));
  if (mail == NULL)
    return 0;
  check_addresses (mail->from);
  check_addresses (mail->to);
  check_addresses (mail->cc);
  check_line (mail->subject);
  g_assert_nonnull (mail->message_id);
  check_line (mail->message_id);
  check_line (mail->in_reply_to);
  check_text (mail->text);
  check_attachments (mail->attachments);
  return 0;
}
