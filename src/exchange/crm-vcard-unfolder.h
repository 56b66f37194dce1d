/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "crm-vcard-head.h"
#include "crm-vcard-lines.h"

G_BEGIN_DECLS

/**
 * CrmVcardUnfolder: lines to properties: those that one was broken into are put together, as the versions and the programs that do not keep to
 * them break them.
 * @text: the property, its head included
 * @line: of the file, in which it begins
 * @is_cut: it is longer than %CRM_VCARD_MAX_VALUE_BYTES, this is its beginning
 * @head: of it; crm_vcard_head_finish() is still to be called
 *
 * A value inside the reader.
 */
typedef struct {
  GString         *text;
  guint64          line;
  gboolean         is_cut;
  CrmVcardHead     head;

  /*< private >*/
  CrmVcardLines   *lines;
  CrmVcardVersion  version;
} CrmVcardUnfolder;

/** crm_vcard_unfolder_init: @lines: (transfer full) */
void     crm_vcard_unfolder_init  (CrmVcardUnfolder *self, CrmVcardLines *lines);
/** Frees what it holds, @lines included. */
void     crm_vcard_unfolder_clear (CrmVcardUnfolder *self);
/** crm_vcard_unfolder_next: reads the next property. @version: of its card. %FALSE at the end of the file, or with %CRM_ERROR_IO. */
gboolean crm_vcard_unfolder_next  (CrmVcardUnfolder *self, CrmVcardVersion version, GError **error);

G_END_DECLS
