/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crm-config.h"

#include "crm-reference.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "crm-error.h"

typedef struct {
  gboolean  exists;
  gboolean  trashed;
  char     *title;
} Target;

static void
target_clear (Target *self)
{
  g_free (self->title);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Target, target_clear)

static gboolean
read_target (CrmDb            *db,
             const CrmEntity  *entity,
             gint64            id,
             Target           *target,
             GError          **error)
{
  guint title = crm_entity_get_title_field (entity);
  const char *deleted = crm_entity_find_field (entity, "deleted") < 0 ? "NULL" : "deleted";
  g_autofree char *sql = g_strdup_printf ("SELECT %s IS NOT NULL, %s FROM %s WHERE id = ?", deleted, entity->fields[title].name, entity->name);
  g_autoptr (CrmStmt) stmt = crm_db_prepare (db, sql, error);

  *target = (Target) { 0 };
  if (stmt == NULL)
    return FALSE;
  crm_stmt_bind_integer (stmt, 1, id);
  if (!crm_db_step (db, stmt, &target->exists, error))
    return FALSE;
  if (target->exists)
    {
      target->trashed = sqlite3_column_int (stmt, 0) != 0;
      target->title = g_strdup ((const char *) sqlite3_column_text (stmt, 1));
    }
  return TRUE;
}

/* UNION ends circles that are there already. */
gboolean
crm_reference_leads_to (CrmDb            *db,
                        const CrmEntity  *entity,
                        guint             field,
                        gint64            from,
                        gint64            to,
                        gboolean         *leads,
                        GError          **error)
{
  const char *name = entity->fields[field].name;
  g_autofree char *sql = g_strdup_printf ("WITH RECURSIVE up (id) AS (SELECT ?1 UNION SELECT r.%s FROM up JOIN %s r ON r.id = up.id"
                                          " WHERE r.%s IS NOT NULL) SELECT 1 FROM up WHERE id = ?2", name, entity->name, name);
  g_autoptr (CrmStmt) stmt = crm_db_prepare (db, sql, error);

  if (stmt == NULL)
    return FALSE;
  crm_stmt_bind_integer (stmt, 1, from);
  crm_stmt_bind_integer (stmt, 2, to);
  return crm_db_step (db, stmt, leads, error);
}

char *
crm_reference_describe_circle (const CrmField *field,
                               const char     *name,
                               const char     *target)
{
  if (target == NULL)
    /* Translators: the name of a field and the name of a record: "Belongs to: “Ak Holding” cannot be chosen for itself." */
    return g_strdup_printf (_("%s: “%s” cannot be chosen for itself."), crm_field_get_label (field), name);
  /* Translators: the name of a field, of the record chosen for it and twice of the record whose field it is */
  return g_strdup_printf (_("%1$s: “%2$s” cannot be chosen for “%3$s”, because it leads back to “%3$s” itself."),
                          crm_field_get_label (field), target, name);
}

static gboolean
check_circle (CrmDb            *db,
              const CrmEntity  *entity,
              guint             field,
              gint64            id,
              const char       *name,
              gint64            target,
              const char       *target_name,
              GError          **error)
{
  g_auto (Target) own = { 0 };
  g_autofree char *message = NULL;
  gboolean leads;

  if (id == 0 || strcmp (entity->fields[field].refers, entity->name) != 0)
    return TRUE;
  if (!crm_reference_leads_to (db, entity, field, target, id, &leads, error))
    return FALSE;
  if (!leads)
    return TRUE;
  if (!read_target (db, entity, id, &own, error))
    return FALSE;
  message = crm_reference_describe_circle (&entity->fields[field], name == NULL ? own.title : name, target == id ? NULL : target_name);
  g_set_error_literal (error, CRM_ERROR, CRM_ERROR_INVALID, message);
  return FALSE;
}

gboolean
crm_reference_check (CrmDb            *db,
                     const CrmEntity  *entity,
                     guint             field,
                     gint64            id,
                     const char       *name,
                     gint64            target,
                     GError          **error)
{
  const CrmField *f = &entity->fields[field];
  g_auto (Target) found = { 0 };
  g_autofree char *number = NULL;
  g_autofree char *missing = NULL;

  g_return_val_if_fail (f->kind == CRM_KIND_REFERENCE, FALSE);

  if (!read_target (db, crm_entity_find (f->refers), target, &found, error))
    return FALSE;
  if (found.exists && !found.trashed)
    return check_circle (db, entity, field, id, name, target, found.title, error);
  if (found.trashed)
    {
      g_set_error (error, CRM_ERROR, CRM_ERROR_INVALID,
                   /* Translators: the name of a field and the name of a record */
                   _("%s: “%s” is in the trash."), crm_field_get_label (f), found.title);
      return FALSE;
    }
  number = g_strdup_printf ("%" G_GINT64_FORMAT, target);
  missing = g_strdup_printf (_("There is no record with the id %s."), number);
  g_set_error (error, CRM_ERROR, CRM_ERROR_INVALID, _("%s: %s"), crm_field_get_label (f), missing);
  return FALSE;
}
