/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gmime/gmime.h>

#include "crm-mail.h"

G_BEGIN_DECLS

/* What the sources of e-mails share among each other. */

/** crm_mail_add_problem: @format: a sentence without its place. @line: from 1; 0: nowhere in particular. */
void      crm_mail_add_problem (GPtrArray *problems, guint64 line, const char *format, ...) G_GNUC_PRINTF (3, 4);

/**
 * crm_mail_guard: makes a file harmless that is meant to keep its reader busy: overwrites what is beyond the limits, in place.
 * @start, @end: (out): the e-mail without what stands before and what was left out behind
 */
void      crm_mail_guard       (GByteArray *file, gsize *start, gsize *end, GPtrArray *problems);

/** crm_mail_clean: (transfer full): one line, valid, without characters that are not seen and superfluous spaces; %NULL if nothing is left. */
char     *crm_mail_clean       (const char *text, gsize max_letters);

/**
 * crm_mail_decode_text: (transfer full): text as it is in UTF-8, with "\n" at the end of lines.
 * @charset: (nullable): that it is said to be in
 */
char     *crm_mail_decode_text (GByteArray *content, const char *charset);
/** crm_mail_unflow: (transfer full): joins the lines of format=flowed (RFC 3676). @delete_space: DelSp=yes */
char     *crm_mail_unflow      (const char *text, gboolean delete_space);
/** crm_mail_strip_html: (transfer full): what a page says, without tags. */
char     *crm_mail_strip_html  (const char *html);

/** crm_mail_walk: fills the text and the attachments from the parts of the message. @file: that it was read from */
void      crm_mail_walk        (CrmMail *self, GMimeMessage *message, const GByteArray *file);

G_END_DECLS
