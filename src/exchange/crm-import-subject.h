/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "crm-entity.h"

G_BEGIN_DECLS

/* Within exchange. */

/** In the order of the kinds of contact points. */
typedef enum {
  CRM_POINT_PHONE,
  CRM_POINT_MOBILE,
  CRM_POINT_FAX,
  CRM_POINT_EMAIL,
  CRM_POINT_CHAT,
  CRM_N_POINT_KINDS
} CrmPointKind;

/**
 * CrmImportSubject: what a row of a file can be about, and which of its fields play which part.
 * @points: its phones and e-mails
 * @place: what parts two of one name: a client's city, a person's firm
 * @given: a person's given name; -1: it has none
 * @number: by which it is known elsewhere; -1: none
 * @tags: -1: none
 * @picture: the hash of its photo or logo
 * @through: by kind of contact point, the field that shows the main one; -1: none
 * @all_sql: id, name, place, number, given of all that are not in the trash, by id
 * @places_sql: id, name, place where it has several; %NULL: it has one
 * @points_sql: owner, kind, value; @uids_sql: id, UID of a card, as in the card
 */
typedef struct {
  const CrmEntity *entity;
  const CrmEntity *points;
  guint            name;
  guint            notes;
  guint            extra;
  guint            place;
  int              given;
  int              number;
  int              tags;
  guint            picture;
  int              through[CRM_N_POINT_KINDS];
  const char      *all_sql;
  const char      *places_sql;
  const char      *points_sql;
  const char      *uids_sql;
} CrmImportSubject;

extern const CrmImportSubject crm_import_client, crm_import_person;

/** crm_point_kind_get_name: as contact points have it: "phone". */
const char   *crm_point_kind_get_name  (CrmPointKind kind);
/** crm_point_kind_get_label: for people. */
const char   *crm_point_kind_get_label (CrmPointKind kind);
/** crm_point_kind_find: by name; %CRM_N_POINT_KINDS: there is none. */
CrmPointKind  crm_point_kind_find      (const char *name);

G_END_DECLS
