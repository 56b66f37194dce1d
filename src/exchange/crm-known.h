/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "crm-db.h"
#include "crm-import-subject.h"

G_BEGIN_DECLS

/* What a client or a person is found by, the surest first. "Client" stands for either below. */
typedef enum {
  CRM_KEY_UID,        /* of a card */
  CRM_KEY_TAX_NUMBER,
  CRM_KEY_EMAIL,
  CRM_KEY_PHONE,
  CRM_KEY_NAME_CITY,  /* of a person: name and firm */
  CRM_KEY_NAME,
  CRM_KEY_FIRM,       /* its name without legal form; of a person the name */
  CRM_KEY_GIVEN,      /* the first word of a person's given name; nobody is found by it alone */
  CRM_N_KEYS
} CrmKeyKind;

#define CRM_KEY_BIT(kind) (1u << (kind))

/**
 * CrmKnown: the clients an import knows: those of the base and those that the rows read so far made. It finds them by their keys and keeps in
 * mind what the file has said of each. Keys are kept as hashes of 64 bits: about 200 bytes a client, whatever stands in them. One thread.
 */
typedef struct _CrmKnown CrmKnown;

/** crm_known_key: hash of a tax number, e-mail address or phone number as typed; 0: nothing to find it by. */
guint64   crm_known_key         (CrmKeyKind kind, const char *text);
/**
 * crm_known_name_keys: those of kind %CRM_KEY_NAME_CITY, %CRM_KEY_NAME and %CRM_KEY_FIRM of a name, into @keys by kind.
 * @place: (nullable): the client's city, or the person's firm
 */
void      crm_known_name_keys   (const CrmImportSubject *subject, const char *name, const char *place, guint64 *keys);
/** crm_known_make_uid: (transfer full): the UID that a card gets from us. */
char     *crm_known_make_uid    (gint64 id);
/** crm_known_is_uid_of: is it that? */
gboolean  crm_known_is_uid_of   (const char *uid, gint64 id);
/** crm_known_plain_key: of kind %CRM_KEY_NAME, of the name without legal form; 0: none. */
guint64   crm_known_plain_key   (const CrmImportSubject *subject, const char *name);
/** crm_known_given_key: of a given name; 0: none. */
guint64   crm_known_given_key   (const char *given);
/** crm_known_firm_key: of the name of a firm, as clients have it as %CRM_KEY_FIRM. */
guint64   crm_known_firm_key    (const char *name);
/** crm_known_hash: of any text; never 0. */
guint32   crm_known_hash        (const char *text);

/** crm_known_new: @kinds: bits of the kinds that will be asked for. */
CrmKnown *crm_known_new         (const CrmImportSubject *subject, guint kinds);
void      crm_known_free        (CrmKnown *self);
/** (transfer none): what they are: clients or people. */
const CrmImportSubject *crm_known_get_subject (const CrmKnown *self);
/** crm_known_load: reads the clients that are not in the trash. */
gboolean  crm_known_load        (CrmKnown *self, CrmDb *db, GError **error);

/** crm_known_find: clients with that key, at most @max, the newest first. Returns how many. */
guint     crm_known_find        (const CrmKnown *self, guint64 key, guint32 *clients, guint max);
/** crm_known_has: does the client have that key? */
gboolean  crm_known_has         (const CrmKnown *self, guint32 client, guint64 key);
/** crm_known_add: a client that a row makes. Returns its number here. */
guint32   crm_known_add         (CrmKnown *self);
/** crm_known_add_key: the client can be found by @key from now on. Passed over: 0, and kinds that nobody will ask for. */
void      crm_known_add_key     (CrmKnown *self, CrmKeyKind kind, guint64 key, guint32 client);
/** crm_known_remove_key: the client can be found by it no more. */
void      crm_known_remove_key  (CrmKnown *self, guint64 key, guint32 client);
/** crm_known_has_key: did it ever have a key of one of these kinds (bits)? */
gboolean  crm_known_has_key     (const CrmKnown *self, guint32 client, guint kinds);
/** crm_known_needs: will keys of that kind be asked for? */
gboolean  crm_known_needs       (const CrmKnown *self, CrmKeyKind kind);

/** Id in the base; 0: a new one that is not written. */
gint64    crm_known_get_id      (const CrmKnown *self, guint32 client);
/** It was written, under this id. */
void      crm_known_set_id      (CrmKnown *self, guint32 client, gint64 id);
/** Did a row of this file make it? */
gboolean  crm_known_is_new      (const CrmKnown *self, guint32 client);
/** The line of the file that spoke of it first; 0: none yet. */
guint64   crm_known_get_line    (const CrmKnown *self, guint32 client);
/** A row of the file speaks of it, for the first time. */
void      crm_known_set_line    (CrmKnown *self, guint32 client, guint64 line);

/** crm_known_claim: the file said @value of a @topic (any number) of the client. Said twice it is kept once. */
void      crm_known_claim       (CrmKnown *self, guint32 client, guint16 topic, guint32 value);
/** crm_known_is_claimed: did it say anything of the topic? */
gboolean  crm_known_is_claimed  (const CrmKnown *self, guint32 client, guint16 topic);
/** crm_known_has_claim: did it say this? */
gboolean  crm_known_has_claim   (const CrmKnown *self, guint32 client, guint16 topic, guint32 value);
/** crm_known_is_full: did the file say more of one client than rows about one client can be meant to? */
gboolean  crm_known_is_full     (const CrmKnown *self, guint32 client);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CrmKnown, crm_known_free)

G_END_DECLS
