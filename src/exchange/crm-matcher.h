/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "crm-import.h"
#include "crm-import-row.h"

G_BEGIN_DECLS

/* Of several clients that may be meant so many are looked at. */
#define CRM_MAX_CANDIDATES 64

/**
 * CrmCandidates: clients that a row may mean.
 * @clients: the likely ones first
 * @n_likely: those that have most of the row's other keys, too
 * @kind: of the key by which they were found
 * @is_surest: is it the surest of the kinds that the row has?
 */
typedef struct {
  guint32    clients[CRM_MAX_CANDIDATES];
  guint      n;
  guint      n_likely;
  CrmKeyKind kind;
  gboolean   is_surest;
} CrmCandidates;

/** CrmMatcher: finds the clients that a row may mean, by the keys that the file's columns offer. Within exchange. One thread. */
typedef struct _CrmMatcher CrmMatcher;

/** crm_matcher_new: reads the clients or people there are. @options stay in use. Errors: of the database. */
CrmMatcher       *crm_matcher_new         (CrmDb *db, const CrmImportOptions *options, const CrmImportSubject *subject, GError **error);
void              crm_matcher_free        (CrmMatcher *self);
/** crm_matcher_get_known: (transfer none) */
CrmKnown         *crm_matcher_get_known   (CrmMatcher *self);
/** crm_matcher_get_keys: (transfer none): of the row that was searched for last. */
const CrmRowKeys *crm_matcher_get_keys    (CrmMatcher *self);
/** crm_matcher_find: @candidates: (out caller-allocates): none at all, or those found by the surest key that anybody has */
void              crm_matcher_find        (CrmMatcher *self, const CrmImportRow *row, CrmCandidates *candidates);
/** crm_matcher_is_decisive: a tax number, or a key that the user named, decides alone, whatever else the row says. */
gboolean          crm_matcher_is_decisive (const CrmMatcher *self, CrmKeyKind kind);
/** crm_matcher_find_named: the client of that name, other than @client; %FALSE if there is none. */
gboolean          crm_matcher_find_named  (const CrmMatcher *self, const char *name, guint32 client, guint32 *found);
/**
 * crm_matcher_describe_choice: (transfer full): that several clients other than @client have the name that a field gives, and the oldest of them is taken;
 * %NULL: they do not. @label: of the field, translated
 */
char             *crm_matcher_describe_choice (const CrmMatcher *self, const char *label, const char *name, guint32 client);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CrmMatcher, crm_matcher_free)

G_END_DECLS
