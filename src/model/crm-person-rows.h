/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "crm-db.h"
#include "crm-entity.h"
#include "crm-needles.h"

G_BEGIN_DECLS

/*
 * What the base holds on a person, found by the tables of fields: an entity that gets a reference to people is found by itself.
 */

/** Why a row is there, which is also what an erasure makes of it. */
typedef enum {
  CRM_PERSON_ROW_OWN,    /* the person, what belongs to them and goes with them */
  CRM_PERSON_ROW_ABOUT,  /* tells of them and of nobody else: stays without what it tells */
  CRM_PERSON_ROW_SHARED, /* others took part: only the name goes */
} CrmPersonRowKind;

typedef struct {
  CrmPersonRowKind kind;
  CrmValues       *values;
} CrmPersonRow;

void             crm_person_row_free    (CrmPersonRow *row);

/**
 * crm_person_rows_read: (transfer full) (element-type CrmPersonRow): the person first, then by entity, each row once, trash included. Any connection.
 * Errors: %CRM_ERROR_NOT_FOUND
 */
GPtrArray       *crm_person_rows_read   (CrmDb *db, gint64 person, GError **error);
/** Is the row among them? NULL: no. */
const CrmPersonRow *crm_person_rows_find (GPtrArray *rows, const CrmEntity *entity, gint64 id);

/** crm_person_row_is_reference: is it a reference to people? */
gboolean         crm_person_row_is_reference (const CrmField *field);
/** crm_person_row_tells: is it a field that an erasure empties in a row that stays? */
gboolean         crm_person_row_tells   (const CrmField *field);

/** crm_person_rows_add_names: what the person is called, now. */
void             crm_person_rows_add_names (GPtrArray *rows, CrmNeedles *names);

/** A place in a text of another record where the person occurs. */
typedef struct {
  const CrmEntity *entity;
  gint64           id;
  guint            field;
  char            *title;    /* of the record */
  char            *text;
  gboolean         is_sure;  /* more than a single word of the name, and not the name of another person */
} CrmMention;

void             crm_mention_free       (CrmMention *mention);
/** (transfer full): what names a text in sets of them */
char            *crm_mention_make_key   (const CrmEntity *entity, gint64 id, guint field);
/** crm_mentions_read: (transfer full) (element-type CrmMention): in records that are not among @rows, and the shared ones of these. Reads all texts: seconds for a large base. */
GPtrArray       *crm_mentions_read      (CrmDb *db, GPtrArray *rows, const CrmNeedles *names, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CrmPersonRow, crm_person_row_free)

G_END_DECLS
