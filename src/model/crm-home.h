/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "crm-db.h"
#include "crm-entity.h"

G_BEGIN_DECLS

/** CrmHome: where a record is shown: itself, or the record whose card it stands on: a conversation with a client, a document of a person. */
typedef struct {
  const CrmEntity *entity;
  gint64           id;
  const CrmEntity *guest; /* what is shown there */
} CrmHome;

/** crm_home_find: where the record @id is shown. Thread of @db. Errors: CRM_ERROR_NOT_FOUND if there is none, of the database. */
gboolean crm_home_find (CrmDb *db, gint64 id, CrmHome *home, GError **error);

G_END_DECLS
