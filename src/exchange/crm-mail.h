/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/** The largest file that is read, in bytes. */
#define CRM_MAIL_MAX_BYTES       (64 * 1024 * 1024)
/** The largest field of a head, in bytes; what is behind is left out. */
#define CRM_MAIL_MAX_FIELD_BYTES (256 * 1024)
/** The largest field that describes a part, in bytes. */
#define CRM_MAIL_MAX_PART_FIELD_BYTES (16 * 1024)
/** The most fields in all heads together; further ones are left out. */
#define CRM_MAIL_MAX_FIELDS      50000
/** The most parts; further ones are left out. */
#define CRM_MAIL_MAX_PARTS       2000
/** The most lines that may part one from another; what is behind is left out. */
#define CRM_MAIL_MAX_MARKS       200000
/** The most parts that are made of parts; those behind are left out. */
#define CRM_MAIL_MAX_MULTIPARTS  200
/** How deep parts may lie within parts; what is deeper is left out. */
#define CRM_MAIL_MAX_DEPTH       30
/** The most addresses of a field. */
#define CRM_MAIL_MAX_ADDRESSES   1000
/** The longest text, in bytes; the rest is left out. */
#define CRM_MAIL_MAX_TEXT_BYTES  (1024 * 1024)

typedef struct {
  char *name;     /* (nullable) */
  char *address;  /* "" if only a name is given */
} CrmMailAddress;

typedef struct {
  char     *name;       /* fit to be shown and to name a file */
  char     *media_type; /* (nullable): as the e-mail says */
  GBytes   *bytes;
  gboolean  is_inline;  /* a picture within the text */
} CrmMailAttachment;

/** CrmMail: an e-mail as it is read. Texts are valid UTF-8 without control characters (but tabs and line breaks in @text). */
typedef struct {
  GPtrArray *from;        /* (element-type CrmMailAddress) */
  GPtrArray *to;
  GPtrArray *cc;          /* and those who got it unseen */
  gint64     date;        /* 0: unknown */
  char      *subject;     /* (nullable) */
  char      *message_id;  /* of an e-mail without one: made from all that is in it */
  char      *in_reply_to; /* (nullable) */
  char      *text;        /* (nullable) */
  GPtrArray *attachments; /* (element-type CrmMailAttachment) */
  GPtrArray *problems;    /* (element-type utf8): what was damaged, cut or left out, with its line */
} CrmMail;

/**
 * crm_mail_read: reads an .eml file (RFC 5322 and MIME). Of a damaged one it gives what is readable. Any thread; blocks.
 * Errors: %CRM_ERROR_UNREADABLE; %CRM_ERROR_INVALID: too large or no e-mail; %G_IO_ERROR_CANCELLED. Messages name the file.
 */
CrmMail *crm_mail_read       (GFile *file, GCancellable *cancellable, GError **error);
/** crm_mail_read_bytes: @name: what messages call it */
CrmMail *crm_mail_read_bytes (GBytes *bytes, const char *name, GError **error);
void     crm_mail_free       (CrmMail *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CrmMail, crm_mail_free)

G_END_DECLS
