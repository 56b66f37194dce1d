/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crm-config.h"

#include "crm-fold.h"
#include "crm-search-text.h"
#include "crm-sql.h"
#include "crm-tag.h"
#include "crm-writer-private.h"

/* A client has a tag by a row of client_tag; by name its tags are one text: "vip, north". */

static gint64
find_tagging (CrmWriter *writer,
              gint64     client,
              gint64     tag,
              GError   **error)
{
  CrmDb *db = crm_writer_get_db (writer);
  g_autoptr (CrmStmt) stmt = crm_db_prepare (db, "SELECT id FROM client_tag WHERE client = ? AND +tag = ?", error);
  gboolean row;

  if (stmt == NULL)
    return -1;
  crm_stmt_bind_integer (stmt, 1, client);
  crm_stmt_bind_integer (stmt, 2, tag);
  if (!crm_db_step (db, stmt, &row, error))
    return -1;
  return row ? sqlite3_column_int64 (stmt, 0) : 0;
}

gboolean
crm_writer_add_tag (CrmWriter   *self,
                    gint64       client,
                    const char  *name,
                    GError     **error)
{
  gint64 tag = crm_writer_find_named (self, &crm_tag, name, TRUE, error);
  gint64 tagging = tag == 0 ? -1 : find_tagging (self, client, tag, error);
  g_autoptr (CrmValues) values = NULL;

  if (tagging != 0)
    return tagging > 0;
  values = crm_values_new (&crm_client_tag, 0);
  crm_values_set_reference (values, CRM_CLIENT_TAG_CLIENT, client, NULL);
  crm_values_set_reference (values, CRM_CLIENT_TAG_TAG, tag, NULL);
  return crm_writer_insert (self, values, error) != 0;
}

gboolean
crm_writer_remove_tag (CrmWriter   *self,
                       gint64       client,
                       const char  *name,
                       GError     **error)
{
  GError *failure = NULL;
  gint64 tag = crm_writer_find_named (self, &crm_tag, name, FALSE, &failure);
  gint64 tagging;

  if (failure != NULL)
    {
      g_propagate_error (error, failure);
      return FALSE;
    }
  if (tag == 0)
    return TRUE;
  tagging = find_tagging (self, client, tag, error);
  return tagging == 0 || (tagging > 0 && crm_writer_delete (self, &crm_client_tag, tagging, error));
}

gboolean
crm_writer_set_tags (CrmWriter   *self,
                     gint64       client,
                     const char  *names,
                     GError     **error)
{
  g_auto (GStrv) wanted = g_strsplit (names == NULL ? "" : names, ", ", -1);
  g_autoptr (GPtrArray) taggings = crm_sql_read_children (crm_writer_get_db (self), &crm_client_tag, client, error);
  g_autoptr (GHashTable) folded = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  if (taggings == NULL)
    return FALSE;
  for (guint i = 0; wanted[i] != NULL; i++)
    g_hash_table_add (folded, crm_fold (wanted[i]));
  for (guint i = 0; i < taggings->len; i++)
    {
      CrmValues *tagging = g_ptr_array_index (taggings, i);
      g_autofree char *name = crm_fold (crm_values_get_text (tagging, CRM_CLIENT_TAG_TAG));

      if (!g_hash_table_contains (folded, name) &&
          !crm_writer_delete (self, &crm_client_tag, crm_values_get_id (tagging), error))
        return FALSE;
    }
  for (guint i = 0; wanted[i] != NULL; i++)
    if (!crm_writer_add_tag (self, client, wanted[i], error))
      return FALSE;
  return TRUE;
}

gboolean
crm_writer_canonise_tags (CrmWriter  *self,
                          CrmValues  *values,
                          guint       field,
                          GError    **error)
{
  g_auto (GStrv) names = g_strsplit (crm_values_get_text (values, field), ", ", -1);
  g_autoptr (GString) joined = g_string_new (NULL);

  for (guint i = 0; names[i] != NULL; i++)
    {
      const char *title = NULL;

      if (crm_writer_resolve_named (self, &crm_tag, names[i], TRUE, &title, error) == 0)
        return FALSE;
      g_string_append_printf (joined, "%s%s", i > 0 ? ", " : "", title);
    }
  crm_values_set_text (values, field, joined->str);
  return TRUE;
}

gboolean
crm_writer_insert_tags (CrmWriter   *self,
                        gint64       client,
                        const char  *names,
                        GString     *text,
                        GError     **error)
{
  g_auto (GStrv) tags = g_strsplit (names, ", ", -1);

  for (guint i = 0; tags[i] != NULL; i++)
    {
      g_autoptr (CrmValues) tagging = crm_values_new (&crm_client_tag, 0);
      const char *title = NULL;
      gint64 tag = crm_writer_resolve_named (self, &crm_tag, tags[i], TRUE, &title, error);

      if (tag == 0)
        return FALSE;
      crm_values_set_reference (tagging, CRM_CLIENT_TAG_CLIENT, client, NULL);
      crm_values_set_reference (tagging, CRM_CLIENT_TAG_TAG, tag, title);
      if (!crm_writer_insert_row (self, tagging, error))
        return FALSE;
      crm_search_text_add (tagging, text);
    }
  return TRUE;
}
