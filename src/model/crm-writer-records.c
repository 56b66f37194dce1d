/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crm-config.h"

#include "crm-writer.h"

#include <glib/gi18n-lib.h>

#include "crm-error.h"
#include "crm-id.h"
#include "crm-only-one.h"
#include "crm-search-text.h"
#include "crm-sql.h"
#include "crm-through.h"
#include "crm-time.h"
#include "crm-writer-private.h"

/* Finding */

static void
set_missing (GError **error,
             gint64   id)
{
  g_autofree char *number = g_strdup_printf ("%" G_GINT64_FORMAT, id);

  g_set_error (error, CRM_ERROR, CRM_ERROR_NOT_FOUND, _("There is no record with the id %s."), number);
}

gint64
crm_writer_resolve_named (CrmWriter        *self,
                          const CrmEntity  *entity,
                          const char       *name,
                          gboolean          create,
                          const char      **title,
                          GError          **error)
{
  CrmNames *names = crm_writer_get_names (self);
  gint64 id;

  if (!crm_names_find (names, entity, name, &id, title, error))
    return 0;
  if (id == 0 && create)
    {
      g_autoptr (CrmValues) values = crm_values_new (entity, 0);

      crm_values_set_text (values, crm_entity_get_title_field (entity), name);
      if (crm_writer_insert (self, values, error) == 0 || !crm_names_find (names, entity, name, &id, title, error))
        return 0;
    }
  return id;
}

gint64
crm_writer_find_named (CrmWriter        *self,
                       const CrmEntity  *entity,
                       const char       *name,
                       gboolean          create,
                       GError          **error)
{
  return crm_writer_resolve_named (self, entity, name, create, NULL, error);
}

/* Writing */

static void
stamp (CrmValues *values,
       gboolean   is_new)
{
  const CrmEntity *entity = crm_values_get_entity (values);
  int created = crm_entity_find_field (entity, "created");
  int modified = crm_entity_find_field (entity, "modified");

  if (modified < 0)
    return;
  crm_values_set_integer (values, (guint) modified, crm_time_now ());
  if (is_new)
    crm_values_set_integer (values, (guint) created, crm_values_get_integer (values, (guint) modified));
}

/* What the record refers to shows something of it. */
static void
touch_followed (CrmWriter       *self,
                const CrmValues *values)
{
  const CrmEntity *entity = crm_values_get_entity (values);

  for (guint i = 0; i < entity->n_fields; i++)
    if ((entity->fields[i].flags & CRM_FIELD_FOLLOWED) && crm_values_get_integer (values, i) != 0)
      crm_writer_touch (self, crm_entity_find (entity->fields[i].refers), crm_values_get_integer (values, i), TRUE);
}

static void
touch_root (CrmWriter       *self,
            const CrmValues *values)
{
  const CrmEntity *entity = crm_values_get_entity (values);
  const CrmEntity *root = entity;
  gint64 id = crm_values_get_id (values);

  if (!crm_entity_is_root (entity))
    {
      guint parent = crm_entity_get_parent_field (entity);

      root = crm_entity_find (entity->fields[parent].refers);
      id = crm_values_get_integer (values, parent);
    }
  crm_writer_touch (self, root, id, root != entity);
  touch_followed (self, values);
}

/* A base drawn at random may, once in a very long while, meet ids that exist. */
gboolean
crm_writer_insert_row (CrmWriter *self,
                       CrmValues *values,
                       GError   **error)
{
  g_autoptr (GError) failure = NULL;
  gboolean drawn = crm_values_get_id (values) == 0;

  if (drawn)
    crm_values_set_id (values, crm_id_new ());
  if (crm_sql_insert (crm_writer_get_db (self), crm_writer_get_collator (self), values, &failure))
    return TRUE;
  if (drawn && sqlite3_extended_errcode (crm_db_get_handle (crm_writer_get_db (self))) == SQLITE_CONSTRAINT_PRIMARYKEY)
    {
      crm_id_redraw ();
      crm_values_set_id (values, crm_id_new ());
      return crm_sql_insert (crm_writer_get_db (self), crm_writer_get_collator (self), values, error);
    }
  g_propagate_error (error, g_steal_pointer (&failure));
  return FALSE;
}

/* A record of its own comes with its children and its text, so that nothing of it has to be read again. */
static gboolean
insert_root (CrmWriter *self,
             CrmValues *values,
             GPtrArray *children,
             GError   **error)
{
  const CrmEntity *entity = crm_values_get_entity (values);
  g_autoptr (GString) text = g_string_sized_new (128);
  guint64 own;

  if (!crm_through_prepare (self, values, children, &own, error) || !crm_writer_insert_row (self, values, error))
    return FALSE;
  crm_search_text_add (values, text);
  if (!crm_through_insert (self, values, children, own, text, error) ||
      !crm_search_text_insert (crm_writer_get_db (self), entity, crm_values_get_id (values), text->str, error))
    return FALSE;
  crm_writer_touch_new (self, entity, crm_values_get_id (values));
  touch_followed (self, values);
  crm_names_add (crm_writer_get_names (self), values);
  return TRUE;
}

static gboolean
has_mark (const CrmValues *values)
{
  const CrmEntity *entity = crm_values_get_entity (values);

  return entity->only_one != NULL && crm_values_get_integer (values, (guint) crm_entity_find_field (entity, entity->only_one->mark)) != 0;
}

static gboolean
insert_child (CrmWriter *self,
              CrmValues *values,
              GError   **error)
{
  if (!crm_writer_insert_row (self, values, error))
    return FALSE;
  touch_root (self, values);
  return TRUE;
}

gboolean
crm_writer_settle_new (CrmWriter        *self,
                       const CrmValues  *values,
                       GError          **error)
{
  const CrmEntity *entity = crm_values_get_entity (values);

  return !has_mark (values) || crm_only_one_keep (self, entity, crm_values_get_id (values), TRUE, error);
}

gint64
crm_writer_insert_with (CrmWriter        *self,
                        const CrmValues  *given,
                        GPtrArray        *children,
                        GError          **error)
{
  const CrmEntity *entity = crm_values_get_entity (given);
  g_autoptr (CrmValues) values = crm_values_copy (given);

  g_return_val_if_fail (children == NULL || crm_entity_is_root (entity), 0);

  if (!crm_writer_check (self, values, NULL, error))
    return 0;
  stamp (values, TRUE);
  if (!(crm_entity_is_root (entity) ? insert_root (self, values, children, error) : insert_child (self, values, error)) ||
      !crm_writer_settle_new (self, values, error))
    return 0;
  if (entity->rules != NULL && entity->rules->after_insert != NULL &&
      !entity->rules->after_insert (self, crm_values_get_id (values), error))
    return 0;
  return crm_values_get_id (values);
}

gint64
crm_writer_insert (CrmWriter        *self,
                   const CrmValues  *values,
                   GError          **error)
{
  return crm_writer_insert_with (self, values, NULL, error);
}

/* Titles may have changed. */
static void
forget_names (CrmWriter       *self,
              const CrmValues *changes)
{
  const CrmEntity *entity = crm_values_get_entity (changes);

  if (crm_entity_is_root (entity) && crm_values_has (changes, crm_entity_get_title_field (entity)))
    crm_names_forget (crm_writer_get_names (self), entity);
}

static gboolean
drop_unchanged (CrmValues       *changes,
                const CrmValues *current)
{
  const CrmEntity *entity = crm_values_get_entity (changes);
  gboolean any = FALSE;

  for (guint i = 0; i < entity->n_fields; i++)
    {
      if (!crm_values_has (changes, i))
        continue;
      if (crm_values_equal_field (changes, current, i))
        crm_values_unset (changes, i);
      else
        any = TRUE;
    }
  return any;
}

static CrmValues *
read_existing (CrmWriter        *self,
               const CrmEntity  *entity,
               gint64            id,
               GError          **error)
{
  g_autoptr (GError) failure = NULL;
  CrmValues *values = crm_sql_read (crm_writer_get_db (self), entity, id, &failure);

  if (values == NULL && failure == NULL)
    set_missing (error, id);
  else if (values == NULL)
    g_propagate_error (error, g_steal_pointer (&failure));
  return values;
}

CrmValues *
crm_writer_read (CrmWriter        *self,
                 const CrmEntity  *entity,
                 gint64            id,
                 GError          **error)
{
  return read_existing (self, entity, id, error);
}

static gboolean
touch_parents (CrmWriter        *self,
               const CrmEntity  *child,
               guint             field,
               gint64            id,
               GError          **error)
{
  guint parent = crm_entity_get_parent_field (child);
  g_autoptr (GArray) ids = crm_sql_find_referring (crm_writer_get_db (self), child, field, id, error);

  for (guint i = 0; ids != NULL && i < ids->len; i++)
    {
      g_autoptr (CrmValues) values = read_existing (self, child, g_array_index (ids, gint64, i), error);

      if (values == NULL)
        return FALSE;
      crm_writer_touch (self, crm_entity_find (child->fields[parent].refers), crm_values_get_integer (values, parent), TRUE);
    }
  return ids != NULL;
}

gboolean
crm_writer_touch_naming (CrmWriter        *self,
                         const CrmValues  *changes,
                         GError          **error)
{
  const CrmEntity *entity = crm_values_get_entity (changes);
  const CrmEntity * const *all = crm_entity_get_all ();

  if (!crm_entity_is_root (entity) || !crm_values_has (changes, crm_entity_get_title_field (entity)))
    return TRUE;
  for (guint e = 0; all[e] != NULL; e++)
    for (guint f = 0; !crm_entity_is_root (all[e]) && f < all[e]->n_fields; f++)
      if (all[e]->fields[f].kind == CRM_KIND_REFERENCE && (all[e]->fields[f].flags & CRM_FIELD_SEARCH) &&
          strcmp (all[e]->fields[f].refers, entity->name) == 0 && !touch_parents (self, all[e], f, crm_values_get_id (changes), error))
        return FALSE;
  return TRUE;
}

gboolean
crm_writer_update (CrmWriter        *self,
                   const CrmValues  *given,
                   GError          **error)
{
  const CrmEntity *entity = crm_values_get_entity (given);
  g_autoptr (CrmValues) changes = crm_values_copy (given);
  g_autoptr (CrmValues) current = read_existing (self, entity, crm_values_get_id (given), error);

  if (current == NULL || !crm_writer_check (self, changes, current, error))
    return FALSE;
  if (!crm_through_update (self, changes, error))
    return FALSE;
  if (!drop_unchanged (changes, current))
    return TRUE;
  /* A proof, too, may name somebody who is erased. */
  if (crm_writer_get_kind (self) != CRM_STEP_FINAL && !crm_writer_check_append_only (changes, error))
    return FALSE;
  stamp (changes, FALSE);
  if (!crm_sql_update (crm_writer_get_db (self), crm_writer_get_collator (self), changes, error))
    return FALSE;
  touch_root (self, current);
  touch_followed (self, changes);
  forget_names (self, changes);
  if (!crm_writer_touch_naming (self, changes, error) ||
      !crm_only_one_keep (self, entity, crm_values_get_id (given), has_mark (given), error))
    return FALSE;
  return entity->rules == NULL || entity->rules->after_update == NULL ||
         entity->rules->after_update (self, crm_values_get_id (changes), error);
}

static gboolean
set_deleted (CrmWriter       *self,
             const CrmValues *current,
             gint64           when,
             GError         **error)
{
  const CrmEntity *entity = crm_values_get_entity (current);
  guint deleted = (guint) crm_entity_find_field (entity, "deleted");
  g_autoptr (CrmValues) changes = crm_values_new (entity, crm_values_get_id (current));

  if (crm_values_is_null (current, deleted) == (when == 0))
    return TRUE;
  if (when == 0)
    crm_values_set_null (changes, deleted);
  else
    crm_values_set_integer (changes, deleted, when);
  crm_names_forget (crm_writer_get_names (self), entity);
  touch_root (self, current);
  return crm_sql_update (crm_writer_get_db (self), crm_writer_get_collator (self), changes, error);
}

gboolean
crm_writer_delete (CrmWriter        *self,
                   const CrmEntity  *entity,
                   gint64            id,
                   GError          **error)
{
  g_autoptr (CrmValues) current = read_existing (self, entity, id, error);

  if (current == NULL || !crm_writer_check_append_only (current, error))
    return FALSE;
  if (entity->rules != NULL && entity->rules->before_delete != NULL && !entity->rules->before_delete (self, id, error))
    return FALSE;
  if (crm_entity_is_root (entity))
    return set_deleted (self, current, crm_time_now (), error);
  touch_root (self, current);
  return crm_sql_delete (crm_writer_get_db (self), entity, id, error);
}

gboolean
crm_writer_restore (CrmWriter        *self,
                    const CrmEntity  *entity,
                    gint64            id,
                    GError          **error)
{
  g_autoptr (CrmValues) current = read_existing (self, entity, id, error);

  g_return_val_if_fail (crm_entity_is_root (entity), FALSE);

  return current != NULL && crm_writer_check_unique (self, current, error) && set_deleted (self, current, 0, error) &&
         crm_only_one_restore (self, entity, id, error);
}

/* What refers to a record that is about to go for good goes along if it cannot be without, and else refers to nothing. */
static gboolean
loosen_reference (CrmWriter       *self,
                  const CrmEntity *entity,
                  guint            field,
                  gint64           referring,
                  GError         **error)
{
  g_autoptr (CrmValues) changes = NULL;

  if (entity->fields[field].flags & CRM_FIELD_OWNER)
    return crm_writer_purge (self, entity, referring, error);
  if (entity->fields[field].flags & CRM_FIELD_REQUIRED)
    return crm_writer_delete (self, entity, referring, error);
  changes = crm_values_new (entity, referring);
  crm_values_set_null (changes, field);
  return crm_sql_update (crm_writer_get_db (self), crm_writer_get_collator (self), changes, error);
}

static gboolean
refers_to (const CrmEntity *entity,
           guint            field,
           const CrmEntity *referred)
{
  const CrmField *f = &entity->fields[field];
  gboolean is_parent = entity->parent != NULL && field == crm_entity_get_parent_field (entity);

  return f->kind == CRM_KIND_REFERENCE && g_strcmp0 (f->refers, referred->name) == 0 && !is_parent;
}

static gboolean
loosen_references (CrmWriter       *self,
                   const CrmEntity *entity,
                   gint64           id,
                   GError         **error)
{
  const CrmEntity * const *all = crm_entity_get_all ();

  for (guint e = 0; all[e] != NULL; e++)
    for (guint f = 0; f < all[e]->n_fields; f++)
      {
        g_autoptr (GArray) ids = NULL;

        if (!refers_to (all[e], f, entity))
          continue;
        ids = crm_sql_find_referring (crm_writer_get_db (self), all[e], f, id, error);
        for (guint i = 0; ids != NULL && i < ids->len; i++)
          if (!loosen_reference (self, all[e], f, g_array_index (ids, gint64, i), error))
            return FALSE;
        if (ids == NULL)
          return FALSE;
      }
  return TRUE;
}

gboolean
crm_writer_purge (CrmWriter        *self,
                  const CrmEntity  *entity,
                  gint64            id,
                  GError          **error)
{
  g_autoptr (CrmValues) current = read_existing (self, entity, id, error);

  if (current == NULL || !loosen_references (self, entity, id, error))
    return FALSE;
  for (guint i = 0; entity->children != NULL && entity->children[i] != NULL; i++)
    {
      const CrmEntity *child = crm_entity_find (entity->children[i]);
      g_autoptr (GArray) ids = crm_sql_find_referring (crm_writer_get_db (self), child, crm_entity_get_parent_field (child), id, error);

      for (guint c = 0; ids != NULL && c < ids->len; c++)
        if (!crm_sql_delete (crm_writer_get_db (self), child, g_array_index (ids, gint64, c), error))
          return FALSE;
      if (ids == NULL)
        return FALSE;
    }
  crm_names_forget (crm_writer_get_names (self), entity);
  touch_root (self, current);
  return crm_sql_delete (crm_writer_get_db (self), entity, id, error);
}

GArray *
crm_writer_find_referring (CrmWriter        *self,
                           const CrmEntity  *entity,
                           guint             field,
                           gint64            id,
                           GError          **error)
{
  return crm_sql_find_referring (crm_writer_get_db (self), entity, field, id, error);
}
