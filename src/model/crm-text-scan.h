/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "crm-terms.h"

G_BEGIN_DECLS

/** Bytes behind a text that crm_text_find() may read (and does not heed). */
#define CRM_TEXT_SLACK 64

/**
 * crm_text_find: the first place of @needle in @text … @end, or %NULL. As fast as memory is read; 64 bytes behind @end must be readable.
 * @length: bytes of @needle, at least 1
 */
const char  *crm_text_find (const char *text, const char *end, const char *needle, gsize length);

/**
 * CrmTextScan: folded texts of many records, numbered from 0, kept together in memory to be looked through for hits inside words:
 * their bytes and 5 more each. They lie in blocks of some 256 KiB, so that one record can change without moving all others.
 */
typedef struct _CrmTextScan CrmTextScan;

CrmTextScan *crm_text_scan_new      (void);
void         crm_text_scan_free     (CrmTextScan *self);
/** How many texts there are. */
guint        crm_text_scan_get_n_records (const CrmTextScan *self);
/** Bytes a search has to look at. */
gsize        crm_text_scan_get_size (const CrmTextScan *self);
/** (transfer none): not terminated, but followed by %CRM_TEXT_SLACK readable bytes; until the next change. */
const char  *crm_text_scan_get      (const CrmTextScan *self, guint record, gsize *length);

/** crm_text_scan_insert: @record takes this number, those from there on the next. The text must not hold line breaks. */
void         crm_text_scan_insert   (CrmTextScan *self, guint record, const char *text, gsize length);
/** The numbers of those behind it become one less. */
void         crm_text_scan_remove   (CrmTextScan *self, guint record);

/**
 * crm_text_scan_find_inside: sets in @inside, a bit per record, what crm_terms_match_inside(); @terms must have a crm_terms_get_rarest().
 * @prefix: (nullable): takes those of them that crm_terms_match_prefix(), which then are not in @inside
 *
 * Returns: %FALSE if cancelled
 */
gboolean     crm_text_scan_find_inside (const CrmTextScan *self, const CrmTerms *terms, guint64 *inside, guint64 *prefix, GCancellable *cancellable);
/** crm_text_scan_find_prefix: sets what crm_terms_match_prefix() alone. Quick if a word is among the terms; of numbers alone each record is looked at. */
gboolean     crm_text_scan_find_prefix (const CrmTextScan *self, const CrmTerms *terms, guint64 *prefix, GCancellable *cancellable);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CrmTextScan, crm_text_scan_free)

G_END_DECLS
