/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crm-config.h"

#include "crm-mail-book.h"

#include <string.h>

#include "crm-fold.h"
#include "crm-key.h"

/* Each an array of ids by key; an empty one stands for what is asked for and not found. */
struct _CrmMailBook {
  GHashTable *people;
  GHashTable *clients;
  GHashTable *domains;
  GHashTable *own;     /* a set of keys */
};

static GHashTable *
make_table (void)
{
  return g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_array_unref);
}

CrmMailBook *
crm_mail_book_new (void)
{
  CrmMailBook *self = g_new0 (CrmMailBook, 1);

  self->people = make_table ();
  self->clients = make_table ();
  self->domains = make_table ();
  self->own = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  return self;
}

void
crm_mail_book_free (CrmMailBook *self)
{
  g_hash_table_unref (self->people);
  g_hash_table_unref (self->clients);
  g_hash_table_unref (self->domains);
  g_hash_table_unref (self->own);
  g_free (self);
}

/* @key: (transfer full) */
static void
want (GHashTable *table,
      char       *key)
{
  if (*key == '\0' || g_hash_table_contains (table, key))
    g_free (key);
  else
    g_hash_table_insert (table, key, g_array_new (FALSE, FALSE, sizeof (gint64)));
}

void
crm_mail_book_want_address (CrmMailBook *self,
                            const char  *address)
{
  want (self->people, crm_key_email (address));
  want (self->clients, crm_key_email (address));
  want (self->domains, crm_key_domain (address));
}

static void
want_all (CrmMailBook *self,
          GPtrArray   *addresses)
{
  for (guint i = 0; i < addresses->len; i++)
    crm_mail_book_want_address (self, ((CrmMailAddress *) addresses->pdata[i])->address);
}

void
crm_mail_book_want (CrmMailBook   *self,
                    const CrmMail *mail)
{
  want_all (self, mail->from);
  want_all (self, mail->to);
  want_all (self, mail->cc);
}

/* @key: (transfer full) */
static void
note (GHashTable *table,
      char       *key,
      gint64      id)
{
  GArray *ids = g_hash_table_lookup (table, key);

  for (guint i = 0; ids != NULL && i < ids->len; i++)
    if (g_array_index (ids, gint64, i) == id)
      ids = NULL;
  if (ids != NULL)
    g_array_append_val (ids, id);
  g_free (key);
}

/* @sql: gives ids and addresses; @keyed, @domains: (nullable): what they are noted in */
static gboolean
read_addresses (CrmDb       *db,
                const char  *sql,
                GHashTable  *keyed,
                GHashTable  *domains,
                GError     **error)
{
  g_autoptr (CrmStmt) stmt = crm_db_prepare (db, sql, error);
  gboolean row;

  if (stmt == NULL)
    return FALSE;
  while (crm_db_step (db, stmt, &row, error))
    {
      const char *text = row ? (const char *) sqlite3_column_text (stmt, 1) : NULL;
      gint64 id = row ? sqlite3_column_int64 (stmt, 0) : 0;

      if (!row)
        return TRUE;
      if (text != NULL && keyed != NULL)
        note (keyed, crm_key_email (text), id);
      if (text != NULL && domains != NULL && g_hash_table_size (domains) > 0)
        note (domains, crm_key_domain (text), id);
    }
  return FALSE;
}

static gboolean
read_own (CrmMailBook  *self,
          CrmDb        *db,
          GError      **error)
{
  g_autoptr (CrmStmt) stmt = crm_db_prepare (db, "SELECT DISTINCT p.address FROM interaction i JOIN participant p ON p.interaction = i.id"
                                             " WHERE i.message IS NOT NULL AND i.deleted IS NULL AND i.direction = 'out'"
                                             " AND p.role = 'sender' AND p.person IS NULL AND p.address IS NOT NULL", error);
  gboolean row;

  if (stmt == NULL)
    return FALSE;
  while (crm_db_step (db, stmt, &row, error))
    {
      if (!row)
        return TRUE;
      g_hash_table_add (self->own, crm_key_email ((const char *) sqlite3_column_text (stmt, 0)));
    }
  return FALSE;
}

gboolean
crm_mail_book_read (CrmMailBook  *self,
                    CrmDb        *db,
                    GError      **error)
{
  return read_addresses (db, "SELECT o.id, p.value FROM person_point p JOIN person o ON o.id = p.person"
                         " WHERE p.kind = 'email' AND o.deleted IS NULL ORDER BY o.id", self->people, NULL, error) &&
         read_addresses (db, "SELECT o.id, p.value FROM contact_point p JOIN client o ON o.id = p.client"
                         " WHERE p.kind = 'email' AND o.deleted IS NULL ORDER BY o.id", self->clients, self->domains, error) &&
         read_addresses (db, "SELECT id, web FROM client WHERE web IS NOT NULL AND deleted IS NULL", NULL, self->domains, error) &&
         read_own (self, db, error);
}

gboolean
crm_mail_find_firm (CrmDb   *db,
                    gint64   person,
                    gint64  *client,
                    GError **error)
{
  g_autoptr (CrmStmt) stmt = crm_db_prepare (db, "SELECT c.id FROM position p JOIN client c ON c.id = p.client WHERE p.person = ?"
                                             " AND p.kind = 'current' AND c.deleted IS NULL ORDER BY p.main DESC, p.id LIMIT 1", error);
  gboolean row;

  if (stmt == NULL)
    return FALSE;
  crm_stmt_bind_integer (stmt, 1, person);
  if (!crm_db_step (db, stmt, &row, error))
    return FALSE;
  *client = row ? sqlite3_column_int64 (stmt, 0) : 0;
  return TRUE;
}

static gboolean
is_named (CrmDb       *db,
          gint64       person,
          const char  *name,
          gboolean    *is,
          GError     **error)
{
  g_autoptr (CrmStmt) stmt = crm_db_prepare (db, "SELECT name FROM person WHERE id = ?", error);
  g_autofree char *wanted = crm_fold (name);
  gboolean row;

  if (stmt == NULL)
    return FALSE;
  crm_stmt_bind_integer (stmt, 1, person);
  if (!crm_db_step (db, stmt, &row, error))
    return FALSE;
  if (row)
    {
      g_autofree char *folded = crm_fold ((const char *) sqlite3_column_text (stmt, 0));

      *is = *wanted != '\0' && strcmp (folded, wanted) == 0;
    }
  return TRUE;
}

/* Of several who share an address, as those of one office do. */
static gboolean
choose_person (CrmDb                *db,
               GArray               *ids,
               const CrmMailAddress *address,
               gint64                client,
               gint64               *person,
               GError              **error)
{
  if (ids == NULL || ids->len == 0)
    return TRUE;
  if (ids->len == 1)
    {
      *person = g_array_index (ids, gint64, 0);
      return TRUE;
    }
  for (guint i = 0; i < ids->len && *person == 0; i++)
    {
      gint64 firm = 0, id = g_array_index (ids, gint64, i);
      gboolean is = FALSE;

      if (!is_named (db, id, address->name, &is, error) || (client != 0 && !crm_mail_find_firm (db, id, &firm, error)))
        return FALSE;
      if (is || (client != 0 && firm == client && address->name == NULL))
        *person = id;
    }
  return TRUE;
}

gboolean
crm_mail_book_find (CrmMailBook           *self,
                    CrmDb                 *db,
                    const CrmMailAddress  *address,
                    gint64                 client,
                    CrmMailMatch          *match,
                    GError               **error)
{
  g_autofree char *key = crm_key_email (address->address);
  g_autofree char *domain = crm_key_domain (address->address);
  GArray *clients = g_hash_table_lookup (self->clients, key);
  GArray *neighbours = g_hash_table_lookup (self->domains, domain);

  *match = (CrmMailMatch) { 0 };
  match->is_own = g_hash_table_contains (self->own, key);
  if (!choose_person (db, g_hash_table_lookup (self->people, key), address, client, &match->person, error) ||
      (match->person != 0 && !crm_mail_find_firm (db, match->person, &match->firm, error)))
    return FALSE;
  for (guint i = 0; clients != NULL && i < clients->len; i++)
    if (match->client == 0 || g_array_index (clients, gint64, i) == client)
      match->client = g_array_index (clients, gint64, i);
  if (neighbours != NULL && neighbours->len == 1)
    match->neighbour = g_array_index (neighbours, gint64, 0);
  return TRUE;
}
