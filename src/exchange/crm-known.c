/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crm-config.h"

#include "crm-known.h"

#include <string.h>

#include "crm-fold.h"
#include "crm-key.h"

#define FIRST_SLOTS 1024
#define NOWHERE G_MAXUINT32
#define OWN_UID "crm-"

/* Claims are gone through one by one. */
#define MAX_CLAIMS 2000

typedef struct {
  gint64  id;
  guint64 line;
  guint32 claims; /* index of the newest one; NOWHERE: none */
  guint32 keys;   /* the same */
  guint16 n_claims;
  guint8  is_new;
  guint8  kinds;  /* of keys that it has */
} Client;

typedef struct {
  guint32 next;   /* as Client.claims */
  guint32 value;
  guint16 topic;
} Claim;

typedef struct {
  guint64 key;
  guint32 client;  /* NOWHERE: removed */
  guint32 older;   /* of the same key; NOWHERE: none */
  guint32 another; /* of the same client */
} Key;

struct _CrmKnown {
  const CrmImportSubject *subject;
  guint    kinds;
  GArray  *clients; /* of Client; those of the base first, by id */
  guint    n_loaded;
  GArray  *claims;  /* of Claim */
  GArray  *keys;    /* of Key */

  /* With open addressing: the newest Key of each key */
  guint32 *slots;   /* NOWHERE: free */
  guint32  n_slots; /* a power of two */
  guint32  n_used;
};

/* Keys */

guint32
crm_known_hash (const char *text)
{
  guint32 h = (guint32) crm_key_hash (CRM_N_KEYS, text, -1);

  return h == 0 ? 1 : h;
}

guint64
crm_known_key (CrmKeyKind  kind,
               const char *text)
{
  g_autofree char *normal = NULL;

  if (text == NULL || *text == '\0')
    return 0;
  switch (kind)
    {
    case CRM_KEY_UID:
      normal = g_strdup (text);
      break;
    case CRM_KEY_TAX_NUMBER:
      normal = crm_key_tax_number (text);
      break;
    case CRM_KEY_EMAIL:
      normal = crm_key_email (text);
      break;
    default:
      normal = crm_phone_key (text);
      break;
    }
  return *normal == '\0' ? 0 : crm_key_hash (kind, normal, -1);
}

/* A person has no legal form, though the last word of the name may look like one. */
static gsize
get_plain_length (const CrmImportSubject *subject,
                  const char             *folded)
{
  return subject == &crm_import_client ? crm_fold_name_length (folded) : strlen (folded);
}

void
crm_known_name_keys (const CrmImportSubject *subject,
                     const char             *name,
                     const char             *place,
                     guint64                *keys)
{
  g_autofree char *folded_name = crm_fold (name);
  /* A name of nothing but marks is compared as it is. */
  const char *normal = *folded_name == '\0' && name != NULL ? name : folded_name;
  g_autofree char *both = NULL;

  keys[CRM_KEY_NAME_CITY] = keys[CRM_KEY_NAME] = keys[CRM_KEY_FIRM] = 0;
  if (*normal == '\0')
    return;
  keys[CRM_KEY_NAME] = crm_key_hash (CRM_KEY_NAME, normal, -1);
  keys[CRM_KEY_FIRM] = crm_key_hash (CRM_KEY_FIRM, normal, (gssize) get_plain_length (subject, normal));
  if (place != NULL)
    {
      g_autofree char *folded = crm_fold (place);

      /* Where somebody works is said without legal form. */
      if (subject != &crm_import_client)
        folded[crm_fold_name_length (folded)] = '\0';
      both = g_strconcat (normal, "\n", folded, NULL);
      keys[CRM_KEY_NAME_CITY] = *folded == '\0' ? 0 : crm_key_hash (CRM_KEY_NAME_CITY, both, -1);
    }
}

char *
crm_known_make_uid (gint64 id)
{
  return g_strdup_printf (OWN_UID "%" G_GINT64_FORMAT, id);
}

gboolean
crm_known_is_uid_of (const char *uid,
                     gint64      id)
{
  return g_str_has_prefix (uid, OWN_UID) && g_ascii_strtoll (uid + strlen (OWN_UID), NULL, 10) == id;
}

guint64
crm_known_plain_key (const CrmImportSubject *subject,
                     const char             *name)
{
  g_autofree char *folded = crm_fold (name);

  return *folded == '\0' ? 0 : crm_key_hash (CRM_KEY_NAME, folded, (gssize) get_plain_length (subject, folded));
}

guint64
crm_known_given_key (const char *given)
{
  g_autofree char *folded = given == NULL ? NULL : crm_fold (given);

  return folded == NULL || *folded == '\0' ? 0 : crm_key_hash (CRM_KEY_GIVEN, folded, (gssize) strcspn (folded, " "));
}

guint64
crm_known_firm_key (const char *name)
{
  guint64 keys[CRM_N_KEYS];

  crm_known_name_keys (&crm_import_client, name, NULL, keys);
  return keys[CRM_KEY_FIRM];
}

/* The table */

static guint32 *
make_slots (guint32 n)
{
  guint32 *slots = g_new (guint32, n);

  memset (slots, 0xFF, n * sizeof *slots);
  return slots;
}

CrmKnown *
crm_known_new (const CrmImportSubject *subject,
               guint                   kinds)
{
  CrmKnown *self = g_new0 (CrmKnown, 1);

  self->subject = subject;
  self->kinds = kinds;
  self->clients = g_array_new (FALSE, FALSE, sizeof (Client));
  self->claims = g_array_new (FALSE, FALSE, sizeof (Claim));
  self->keys = g_array_new (FALSE, FALSE, sizeof (Key));
  self->n_slots = FIRST_SLOTS;
  self->slots = make_slots (self->n_slots);
  return self;
}

void
crm_known_free (CrmKnown *self)
{
  g_array_unref (self->clients);
  g_array_unref (self->claims);
  g_array_unref (self->keys);
  g_free (self->slots);
  g_free (self);
}

const CrmImportSubject *
crm_known_get_subject (const CrmKnown *self)
{
  return self->subject;
}

gboolean
crm_known_needs (const CrmKnown *self,
                 CrmKeyKind      kind)
{
  return (self->kinds & CRM_KEY_BIT (kind)) != 0;
}

static inline Key *
get_key (const CrmKnown *self,
         guint32         index)
{
  return &g_array_index (self->keys, Key, index);
}

static inline Client *
get_client (const CrmKnown *self,
            guint32         client)
{
  return &g_array_index (self->clients, Client, client);
}

/* The slot of a key: free, or with a Key of it. */
static guint32 *
find_slot (const CrmKnown *self,
           guint64         key)
{
  guint32 mask = self->n_slots - 1;
  guint32 at = (guint32) key & mask;

  while (self->slots[at] != NOWHERE && get_key (self, self->slots[at])->key != key)
    at = (at + 1) & mask;
  return &self->slots[at];
}

static void
grow (CrmKnown *self)
{
  g_autofree guint32 *old = self->slots;
  guint32 n_old = self->n_slots;

  self->n_slots *= 2;
  self->slots = make_slots (self->n_slots);
  for (guint32 i = 0; i < n_old; i++)
    if (old[i] != NOWHERE)
      *find_slot (self, get_key (self, old[i])->key) = old[i];
}

static guint32
find_key_of (const CrmKnown *self,
             guint32         client,
             guint64         key)
{
  guint32 i = get_client (self, client)->keys;

  while (i != NOWHERE && (get_key (self, i)->key != key || get_key (self, i)->client == NOWHERE))
    i = get_key (self, i)->another;
  return i;
}

void
crm_known_add_key (CrmKnown   *self,
                   CrmKeyKind  kind,
                   guint64     key,
                   guint32     client)
{
  Key new = { key, client, NOWHERE, NOWHERE };
  guint32 *slot;

  if (key == 0 || !crm_known_needs (self, kind) || find_key_of (self, client, key) != NOWHERE)
    return;
  if (self->n_used >= self->n_slots / 4 * 3)
    grow (self);
  slot = find_slot (self, key);
  self->n_used += *slot == NOWHERE;
  new.older = *slot;
  new.another = get_client (self, client)->keys;
  *slot = get_client (self, client)->keys = self->keys->len;
  get_client (self, client)->kinds |= (guint8) CRM_KEY_BIT (kind);
  g_array_append_val (self->keys, new);
}

void
crm_known_remove_key (CrmKnown *self,
                      guint64   key,
                      guint32   client)
{
  guint32 i = find_key_of (self, client, key);

  if (i != NOWHERE)
    get_key (self, i)->client = NOWHERE;
}

gboolean
crm_known_has (const CrmKnown *self,
               guint32         client,
               guint64         key)
{
  return find_key_of (self, client, key) != NOWHERE;
}

guint
crm_known_find (const CrmKnown *self,
                guint64         key,
                guint32        *clients,
                guint           max)
{
  guint n = 0;

  if (key == 0)
    return 0;
  for (guint32 i = *find_slot (self, key); i != NOWHERE && n < max; i = get_key (self, i)->older)
    if (get_key (self, i)->client != NOWHERE)
      clients[n++] = get_key (self, i)->client;
  return n;
}

/* The base */

static void
load_client (CrmKnown *self,
             CrmStmt  *stmt)
{
  const char *name = (const char *) sqlite3_column_text (stmt, 1);
  const char *place = (const char *) sqlite3_column_text (stmt, 2);
  guint32 number = crm_known_add (self);
  guint64 keys[CRM_N_KEYS] = { 0 };
  g_autofree char *uid = crm_known_needs (self, CRM_KEY_UID) ? crm_known_make_uid (sqlite3_column_int64 (stmt, 0)) : NULL;

  g_array_index (self->clients, Client, number).is_new = FALSE;
  crm_known_set_id (self, number, sqlite3_column_int64 (stmt, 0));
  crm_known_name_keys (self->subject, name, crm_known_needs (self, CRM_KEY_NAME_CITY) ? place : NULL, keys);
  keys[CRM_KEY_UID] = crm_known_key (CRM_KEY_UID, uid);
  keys[CRM_KEY_TAX_NUMBER] = crm_known_key (CRM_KEY_TAX_NUMBER, (const char *) sqlite3_column_text (stmt, 3));
  keys[CRM_KEY_GIVEN] = crm_known_given_key ((const char *) sqlite3_column_text (stmt, 4));
  for (CrmKeyKind kind = 0; kind < CRM_N_KEYS; kind++)
    crm_known_add_key (self, kind, keys[kind], number);
  /* That it is not known by the UID of a card parts it from none. */
  get_client (self, number)->kinds &= (guint8) ~CRM_KEY_BIT (CRM_KEY_UID);
}

static guint32
find_id (const CrmKnown *self,
         gint64          id)
{
  guint32 low = 0, high = self->n_loaded;

  while (low < high)
    {
      guint32 middle = low + (high - low) / 2;

      if (crm_known_get_id (self, middle) < id)
        low = middle + 1;
      else
        high = middle;
    }
  return low < self->n_loaded && crm_known_get_id (self, low) == id ? low : NOWHERE;
}

static void
load_contact_point (CrmKnown *self,
                    CrmStmt  *stmt)
{
  guint32 client = find_id (self, sqlite3_column_int64 (stmt, 0));
  CrmKeyKind kind = strcmp ((const char *) sqlite3_column_text (stmt, 1), "email") == 0 ? CRM_KEY_EMAIL : CRM_KEY_PHONE;

  if (client != NOWHERE && crm_known_needs (self, kind))
    crm_known_add_key (self, kind, crm_known_key (kind, (const char *) sqlite3_column_text (stmt, 2)), client);
}

static void
load_place (CrmKnown *self,
            CrmStmt  *stmt)
{
  guint32 client = find_id (self, sqlite3_column_int64 (stmt, 0));
  guint64 keys[CRM_N_KEYS] = { 0 };

  if (client == NOWHERE)
    return;
  crm_known_name_keys (self->subject, (const char *) sqlite3_column_text (stmt, 1), (const char *) sqlite3_column_text (stmt, 2), keys);
  crm_known_add_key (self, CRM_KEY_NAME_CITY, keys[CRM_KEY_NAME_CITY], client);
}

static void
load_uid (CrmKnown *self,
          CrmStmt  *stmt)
{
  guint32 client = find_id (self, sqlite3_column_int64 (stmt, 0));

  if (client != NOWHERE)
    crm_known_add_key (self, CRM_KEY_UID, crm_known_key (CRM_KEY_UID, (const char *) sqlite3_column_text (stmt, 1)), client);
}

static gboolean
load_rows (CrmKnown    *self,
           CrmDb       *db,
           const char  *sql,
           void       (*load) (CrmKnown *, CrmStmt *),
           GError     **error)
{
  g_autoptr (CrmStmt) stmt = crm_db_prepare (db, sql, error);
  gboolean row;

  if (stmt == NULL)
    return FALSE;
  while (crm_db_step (db, stmt, &row, error))
    {
      if (!row)
        return TRUE;
      load (self, stmt);
    }
  return FALSE;
}

gboolean
crm_known_load (CrmKnown *self,
                CrmDb    *db,
                GError  **error)
{
  if (!load_rows (self, db, self->subject->all_sql, load_client, error))
    return FALSE;
  self->n_loaded = self->clients->len;
  if (crm_known_needs (self, CRM_KEY_UID) && !load_rows (self, db, self->subject->uids_sql, load_uid, error))
    return FALSE;
  if (self->subject->places_sql != NULL && !load_rows (self, db, self->subject->places_sql, load_place, error))
    return FALSE;
  if (!crm_known_needs (self, CRM_KEY_EMAIL) && !crm_known_needs (self, CRM_KEY_PHONE))
    return TRUE;
  return load_rows (self, db, self->subject->points_sql, load_contact_point, error);
}

/* Clients */

guint32
crm_known_add (CrmKnown *self)
{
  Client client = { .claims = NOWHERE, .keys = NOWHERE, .is_new = TRUE };

  g_array_append_val (self->clients, client);
  return self->clients->len - 1;
}

gint64
crm_known_get_id (const CrmKnown *self,
                  guint32         client)
{
  return get_client (self, client)->id;
}

void
crm_known_set_id (CrmKnown *self,
                  guint32   client,
                  gint64    id)
{
  get_client (self, client)->id = id;
}

gboolean
crm_known_has_key (const CrmKnown *self,
                   guint32         client,
                   guint           kinds)
{
  return (get_client (self, client)->kinds & kinds) != 0;
}

gboolean
crm_known_is_new (const CrmKnown *self,
                  guint32         client)
{
  return get_client (self, client)->is_new != 0;
}

guint64
crm_known_get_line (const CrmKnown *self,
                    guint32         client)
{
  return get_client (self, client)->line;
}

void
crm_known_set_line (CrmKnown *self,
                    guint32   client,
                    guint64   line)
{
  get_client (self, client)->line = line;
}

/* Claims */

void
crm_known_claim (CrmKnown *self,
                 guint32   client,
                 guint16   topic,
                 guint32   value)
{
  Claim claim = { get_client (self, client)->claims, value, topic };

  if (crm_known_has_claim (self, client, topic, value))
    return;
  get_client (self, client)->claims = self->claims->len;
  get_client (self, client)->n_claims++;
  g_array_append_val (self->claims, claim);
}

gboolean
crm_known_is_full (const CrmKnown *self,
                   guint32         client)
{
  return get_client (self, client)->n_claims > MAX_CLAIMS;
}

gboolean
crm_known_is_claimed (const CrmKnown *self,
                      guint32         client,
                      guint16         topic)
{
  for (guint32 i = get_client (self, client)->claims; i != NOWHERE; i = g_array_index (self->claims, Claim, i).next)
    if (g_array_index (self->claims, Claim, i).topic == topic)
      return TRUE;
  return FALSE;
}

gboolean
crm_known_has_claim (const CrmKnown *self,
                     guint32         client,
                     guint16         topic,
                     guint32         value)
{
  for (guint32 i = get_client (self, client)->claims; i != NOWHERE; i = g_array_index (self->claims, Claim, i).next)
    {
      const Claim *claim = &g_array_index (self->claims, Claim, i);

      if (claim->topic == topic && claim->value == value)
        return TRUE;
    }
  return FALSE;
}
