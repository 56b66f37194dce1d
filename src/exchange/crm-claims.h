/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "crm-current.h"
#include "crm-decision.h"
#include "crm-row-keys.h"

G_BEGIN_DECLS

/*
 * What the file has said of each client so far, as crm_known_claim() keeps it: what its first row said counts, and later rows are compared with
 * it. Of a plain field it is kept under the field's index. Within exchange.
 */

/** crm_claims_have_value: did it say just that of the field? */
gboolean crm_claims_have_value          (const CrmKnown *known, guint32 client, const CrmValues *values, guint field);
/** crm_claims_have_tag: @folded: the tag, folded */
gboolean crm_claims_have_tag            (const CrmKnown *known, guint32 client, const char *folded);
/** crm_claims_have_point: @key: see CrmImportPoint */
gboolean crm_claims_have_point          (const CrmKnown *known, guint32 client, guint64 key);
/** crm_claims_have_kind: did it give any number or address of that kind? */
gboolean crm_claims_have_kind           (const CrmKnown *known, guint32 client, CrmPointKind kind);
/** crm_claims_have_replaced_point: was the number or address the main one, until a row put another in its place? */
gboolean crm_claims_have_replaced_point (const CrmKnown *known, guint32 client, guint64 key);
/** crm_claims_have_note_line: @line: without spaces at its ends */
gboolean crm_claims_have_note_line      (const CrmKnown *known, guint32 client, const char *line);
/** crm_claims_have_replaced_notes: did a row put its notes in the place of those there were? */
gboolean crm_claims_have_replaced_notes (const CrmKnown *known, guint32 client);
/** crm_claims_are_noted: has a row of this file said anything for the notes? Then what they were before counts no more. */
gboolean crm_claims_are_noted           (const CrmKnown *known, guint32 client);
/**
 * crm_claims_are_elsewhere: branches of one firm share its name and central phone: did the file speak of one in another city?
 * @place: of the row: see CrmRowKeys
 */
gboolean crm_claims_are_elsewhere       (const CrmKnown *known, guint32 client, guint32 place);

/* Lines of cards, see CrmCardExtra: */

/** crm_claims_have_kept: did it say just that line? */
gboolean crm_claims_have_kept           (const CrmKnown *known, guint32 client, const char *line);
/** crm_claims_have_kept_property: did it say any line of its property? */
gboolean crm_claims_have_kept_property  (const CrmKnown *known, guint32 client, const char *line);
/** crm_claims_have_replaced_kept: did a row put its lines in the place of those there were of the property? */
gboolean crm_claims_have_replaced_kept  (const CrmKnown *known, guint32 client, const char *line);

/** crm_claims_have_other_uid: did a card of the same file speak of it under another UID than @row? Those are two. */
gboolean crm_claims_have_other_uid      (const CrmKnown *known, guint32 client, const CrmImportRow *row);

/** crm_claims_have_picture: did it give the picture of @row? */
gboolean crm_claims_have_picture        (const CrmKnown *known, guint32 client, const CrmImportRow *row);
/** crm_claims_have_firm: did it say that the person works there? */
gboolean crm_claims_have_firm           (const CrmKnown *known, guint32 client, const CrmFirmName *firm);
/** crm_claims_have_role: and as that? */
gboolean crm_claims_have_role           (const CrmKnown *known, guint32 client, const CrmFirmName *firm, const char *role);
/** crm_claims_have_address: did it give that address, however it is written? */
gboolean crm_claims_have_address        (const CrmKnown *known, guint32 client, const CrmValues *address);
/** crm_claims_hash_address: the same for an address however it is written. */
guint32  crm_claims_hash_address        (const CrmValues *address);

/** crm_claims_add: what @row says is said of @client. @decision, @current: made for that row */
void     crm_claims_add                 (CrmKnown *known, const CrmRowKeys *keys, const CrmCurrent *current, const CrmDecision *decision,
                                         const CrmImportRow *row, guint32 client);
/** crm_claims_take_keys: the client is found by what @row says of it. To be called before crm_claims_add(), which adds phones and e-mails. */
void     crm_claims_take_keys           (CrmKnown *known, const CrmRowKeys *keys, const CrmCurrent *current, const CrmDecision *decision,
                                         const CrmImportRow *row, guint32 client);

G_END_DECLS
