/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "crm-db.h"
#include "crm-entity.h"

G_BEGIN_DECLS

/* By what records are found to be alike. */
typedef enum {
  CRM_ALIKE_TAX_NUMBER,
  CRM_ALIKE_EMAIL,
  CRM_ALIKE_PHONE,
  CRM_ALIKE_NAME,   /* its words in any order, without legal form */
  CRM_ALIKE_DOMAIN, /* of an e-mail or web address */
  CRM_N_ALIKE
} CrmAlike;

typedef struct {
  guint64 hash;        /* of kind and key */
  guint32 record;      /* its number in the set */
  guint32 kind : 4;
  guint32 shared : 28; /* so many records have it */
} CrmAlikeKey;

typedef struct {
  gint64      id;
  gint64      parent;      /* it belongs to; 0: none */
  guint64     place;       /* hash of the city of a client, the firm of a person; 0: none */
  const char *name;        /* folded */
  guint32     name_length; /* in bytes, without legal form */
  guint32     first_key;
  guint32     n_keys;
  guint16     birthday;    /* month × 100 + day; 0: not known */
  guint16     birth_year;  /* 0: not known */
} CrmAlikeRecord;

/**
 * CrmDuplicateSet: the records of an entity that are not in the trash, with their keys: about 300 bytes a record. Immutable once read, any thread.
 */
typedef struct {
  const CrmEntity *entity;
  gboolean         of_people;
  GArray          *records;  /* of CrmAlikeRecord, by id */
  GArray          *keys;     /* of CrmAlikeKey, those of a record together, by hash */
  GArray          *by_key;   /* the same, those of a hash together */
  GHashTable      *distinct; /* of gint64[2]: ids of pairs that are told from each other, the lower first */
  GStringChunk    *texts;
} CrmDuplicateSet;

/** crm_duplicate_set_can_read: are there rules for finding records of the entity twice? */
gboolean         crm_duplicate_set_can_read (const CrmEntity *entity);
/** crm_duplicate_set_read: reads them all; the connection's cancellable stops it. */
CrmDuplicateSet *crm_duplicate_set_read     (CrmDb *db, const CrmEntity *entity, GError **error);
void             crm_duplicate_set_free     (CrmDuplicateSet *self);
/** crm_duplicate_set_is_distinct: did the user say that they are not the same? */
gboolean         crm_duplicate_set_is_distinct (const CrmDuplicateSet *self, gint64 a, gint64 b);

/**
 * crm_duplicate_set_find_standing: of pairs of ids, the lower first, which could still be one record: both are there, neither belongs to the other,
 * and nobody told them from each other. Any connection.
 * @ids: (element-type gint64): a pair after the other
 * Returns: (transfer full): a byte a pair, 1: it stands; %NULL on error
 */
GByteArray      *crm_duplicate_set_find_standing (CrmDb *db, const CrmEntity *entity, const GArray *ids, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CrmDuplicateSet, crm_duplicate_set_free)

G_END_DECLS
