/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * CrmVcardLine: a line of a file, without its end.
 * @text: (array length=length): borrowed until the next line is looked at; UTF-8 or bytes of another set, NULs among them
 * @number: from 1
 * @is_cut: it is longer than %CRM_VCARD_MAX_VALUE_BYTES, this is its beginning
 */
typedef struct {
  const char *text;
  gsize       length;
  guint64     number;
  gboolean    is_cut;
} CrmVcardLine;

/**
 * CrmVcardLines: the lines of a vCard file, in bounded memory whatever is in it. UTF-16 is made UTF-8; byte order marks are passed over. Lines end
 * with a line feed, with carriage returns in front or not, or with carriage returns alone, as the first one does.
 */
typedef struct _CrmVcardLines CrmVcardLines;

/** crm_vcard_lines_new: (transfer full): @stream: (transfer full); @size: of the file, for crm_vcard_lines_get_size() */
CrmVcardLines *crm_vcard_lines_new          (GInputStream   *stream,
                                             gint64          size);
void           crm_vcard_lines_free         (CrmVcardLines  *self);

/** crm_vcard_lines_peek: the line that comes next; it stays the next until it is taken. %FALSE at the end, or with %CRM_ERROR_IO. */
gboolean       crm_vcard_lines_peek         (CrmVcardLines  *self,
                                             CrmVcardLine   *line,
                                             GError        **error);
/** crm_vcard_lines_take: passes over the line that was looked at. */
void           crm_vcard_lines_take         (CrmVcardLines  *self);

/** crm_vcard_lines_is_unicode: did the beginning of the file say that all of it is Unicode? */
gboolean       crm_vcard_lines_is_unicode   (CrmVcardLines  *self);
gint64         crm_vcard_lines_get_position (CrmVcardLines  *self);
gint64         crm_vcard_lines_get_size     (CrmVcardLines  *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CrmVcardLines, crm_vcard_lines_free)

G_END_DECLS
