/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crm-config.h"

#include "crm-firms.h"

#include "crm-client.h"

/* Of firms that differ in their legal form at most. */
#define MAX_NAMESAKES 16

struct _CrmFirms {
  CrmKnown  *clients;
  CrmWriter *writer;
};

CrmFirms *
crm_firms_new (CrmKnown  *clients,
               CrmWriter *writer)
{
  CrmFirms *self = g_new0 (CrmFirms, 1);

  self->clients = clients;
  self->writer = writer;
  return self;
}

void
crm_firms_free (CrmFirms *self)
{
  g_free (self);
}

/* The oldest of those called just so, else of all: the same when the file is imported again. */
guint
crm_firms_find (const CrmFirms    *self,
                const CrmFirmName *firm,
                guint32           *found)
{
  guint32 clients[MAX_NAMESAKES];
  guint n_keys = crm_known_find (self->clients, firm->name_key, clients, MAX_NAMESAKES), n = 0;

  if (n_keys == 0)
    n_keys = crm_known_find (self->clients, firm->key, clients, MAX_NAMESAKES);
  *found = G_MAXUINT32;
  for (guint i = 0; i < n_keys; i++)
    {
      n += clients[i] != *found;
      *found = MIN (*found, clients[i]);
    }
  return n;
}

gboolean
crm_firms_make (CrmFirms           *self,
                const CrmFirmName  *firm,
                guint32            *made,
                GError            **error)
{
  *made = crm_known_add (self->clients);
  crm_known_add_key (self->clients, CRM_KEY_NAME, firm->name_key, *made);
  crm_known_add_key (self->clients, CRM_KEY_FIRM, firm->key, *made);
  if (self->writer != NULL)
    {
      g_autoptr (CrmValues) values = crm_values_new (&crm_client, 0);
      gint64 id;

      crm_values_set_text (values, CRM_CLIENT_NAME, firm->name);
      id = crm_writer_insert (self->writer, values, error);
      if (id == 0)
        return FALSE;
      crm_known_set_id (self->clients, *made, id);
    }
  return TRUE;
}

gboolean
crm_firms_read (const CrmFirms  *self,
                guint32          firm,
                gint64          *id,
                char           **name,
                GError         **error)
{
  CrmDb *db = crm_writer_get_db (self->writer);
  g_autoptr (CrmStmt) stmt = NULL;
  gboolean row;

  *name = NULL;
  stmt = crm_db_prepare (db, "SELECT name FROM client WHERE id = ?", error);
  if (stmt == NULL)
    return FALSE;
  *id = crm_known_get_id (self->clients, firm);
  crm_stmt_bind_integer (stmt, 1, *id);
  if (!crm_db_step (db, stmt, &row, error))
    return FALSE;
  *name = row ? g_strdup ((const char *) sqlite3_column_text (stmt, 0)) : NULL;
  return TRUE;
}
