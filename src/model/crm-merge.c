/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crm-config.h"

#include "crm-merge.h"

#include <glib/gi18n-lib.h>

#include "crm-merge-views.h"
#include "crm-sql.h"
#include "crm-store-private.h"
#include "crm-time.h"
#include "crm-writer-private.h"

typedef struct {
  CrmWriter       *writer;
  const CrmEntity *entity;
  gint64           kept;
  gint64           other;
} Merge;

/* The record */

/* All fields, not only those that change: so no rule finds anything to fill in that the plan does not have. The kept one always changes,
 * be it only by the time: so undo, and who looks at it, know that children came or went. */
static gboolean
update_kept (Merge               *self,
             const CrmMergePlan  *plan,
             GError             **error)
{
  g_autoptr (CrmValues) changes = crm_values_new (self->entity, self->kept);

  for (guint i = 0; i < self->entity->n_fields; i++)
    if (self->entity->fields[i].through == NULL && self->entity->fields[i].derived == NULL)
      crm_values_copy_field (changes, plan->result, i);
  /* Free only once the other one is gone */
  if (self->entity->unique)
    crm_values_unset (changes, crm_entity_get_title_field (self->entity));
  crm_values_set_integer (changes, (guint) crm_entity_find_field (self->entity, "modified"), crm_time_now ());
  return crm_writer_update (self->writer, changes, error);
}

static gboolean
update_title (Merge               *self,
              const CrmMergePlan  *plan,
              GError             **error)
{
  g_autoptr (CrmValues) changes = crm_values_new (self->entity, self->kept);

  if (!self->entity->unique)
    return TRUE;
  crm_values_copy_field (changes, plan->result, crm_entity_get_title_field (self->entity));
  return crm_writer_update (self->writer, changes, error);
}

/* References */

static gboolean
redirect_one (Merge            *self,
              const CrmEntity  *entity,
              guint             field,
              gint64            id,
              gint64            target,
              GError          **error)
{
  g_autoptr (CrmValues) changes = crm_values_new (entity, id);

  crm_values_set_reference (changes, field, target, NULL);
  return crm_writer_update (self->writer, changes, error);
}

static gboolean
replace_child (Merge            *self,
               const CrmValues  *dropped,
               CrmValues        *survivor,
               GError          **error)
{
  const CrmEntity *entity = crm_values_get_entity (dropped);

  crm_merge_absorb (survivor, dropped);
  crm_merge_take_marks (survivor, dropped);
  return crm_writer_delete (self->writer, entity, crm_values_get_id (dropped), error) && crm_writer_update (self->writer, survivor, error);
}

/* A child of a third record may say now what another child of it says already. */
static gboolean
drop_if_said (Merge            *self,
              const CrmEntity  *child,
              gint64            id,
              GError          **error)
{
  CrmDb *db = crm_writer_get_db (self->writer);
  g_autoptr (CrmValues) own = crm_writer_read (self->writer, child, id, error);
  g_autoptr (GPtrArray) siblings =
    own == NULL ? NULL : crm_sql_read_children (db, child, crm_values_get_integer (own, crm_entity_get_parent_field (child)), error);

  for (guint i = 0; siblings != NULL && i < siblings->len; i++)
    {
      CrmValues *sibling = g_ptr_array_index (siblings, i);

      if (crm_values_get_id (sibling) == id)
        continue;
      if (crm_merge_says_no_more (own, sibling))
        return replace_child (self, own, sibling, error);
      if (crm_merge_says_no_more (sibling, own))
        return replace_child (self, sibling, own, error);
    }
  return siblings != NULL;
}

static gboolean
redirect_field (Merge            *self,
                const CrmEntity  *entity,
                guint             field,
                gint64            from,
                gint64            to,
                GError          **error)
{
  g_autoptr (GArray) ids = crm_writer_find_referring (self->writer, entity, field, from, error);

  for (guint i = 0; ids != NULL && i < ids->len; i++)
    {
      gint64 id = g_array_index (ids, gint64, i);

      if (!redirect_one (self, entity, field, id, to, error) ||
          (!crm_entity_is_root (entity) && !drop_if_said (self, entity, id, error)))
        return FALSE;
    }
  return ids != NULL;
}

static gboolean
redirect_all (Merge            *self,
              const CrmEntity  *entity,
              gint64            from,
              gint64            to,
              GError          **error)
{
  const CrmEntity * const *all = crm_entity_get_all ();

  for (guint e = 0; all[e] != NULL; e++)
    for (guint f = 0; f < all[e]->n_fields; f++)
      if (crm_merge_refers (all[e], f, entity) && !redirect_field (self, all[e], f, from, to, error))
        return FALSE;
  return TRUE;
}

/* Children */

static gboolean
drop_child (Merge                *self,
            const CrmMergeChild  *child,
            GError              **error)
{
  const CrmEntity *entity = crm_values_get_entity (child->before);
  gint64 id = crm_values_get_id (child->before);
  const CrmMergeChild *survivor = crm_merge_child_get_survivor (child->survivor);

  return (survivor == NULL || redirect_all (self, entity, id, crm_values_get_id (survivor->before), error)) &&
         crm_writer_delete (self->writer, entity, id, error);
}

static gboolean
save_child (Merge                *self,
            const CrmMergeChild  *child,
            GError              **error)
{
  const CrmEntity *entity = crm_values_get_entity (child->before);
  g_autoptr (CrmValues) changes = crm_values_new (entity, crm_values_get_id (child->before));
  gboolean any = FALSE;

  for (guint i = 0; i < entity->n_fields; i++)
    {
      any = any || !crm_values_equal_field (child->after, child->before, i);
      crm_values_copy_field (changes, child->after, i);
    }
  return !any || crm_writer_update (self->writer, changes, error);
}

static gboolean
settle_children (Merge               *self,
                 const CrmMergePlan  *plan,
                 GCancellable        *cancellable,
                 GError             **error)
{
  for (guint i = 0; i < plan->children->len; i++)
    {
      const CrmMergeChild *child = g_ptr_array_index (plan->children, i);

      if (g_cancellable_set_error_if_cancelled (cancellable, error) ||
          !(child->is_dropped ? drop_child (self, child, error) : save_child (self, child, error)))
        return FALSE;
    }
  crm_writer_touch (self->writer, self->entity, self->kept, TRUE);
  return TRUE;
}

static void
set_label (Merge *self)
{
  g_autofree char *kept = crm_store_get_title (self->writer, self->entity, self->kept);
  g_autofree char *other = crm_store_get_title (self->writer, self->entity, self->other);
  /* Translators: names of two records that become one: the one that goes and the one that stays */
  g_autofree char *label = g_strdup_printf (_("Merge %1$s into %2$s"), other, kept);

  crm_writer_set_label (self->writer, label);
}

gboolean
crm_merge_run (CrmWriter     *writer,
               gpointer       data,
               GCancellable  *cancellable,
               GError       **error)
{
  const CrmMergeRequest *request = data;
  g_autoptr (CrmMergePlan) plan = crm_merge_plan_make (crm_writer_get_db (writer), request, error);
  Merge self = { writer, request->entity, request->kept, request->other };

  if (plan == NULL)
    return FALSE;
  set_label (&self);
  /* What the kept one refers to first: on the way there, too, nothing may belong to itself. */
  return update_kept (&self, plan, error) && settle_children (&self, plan, cancellable, error) &&
         redirect_all (&self, self.entity, self.other, self.kept, error) && crm_merge_views (writer, plan, error) &&
         crm_writer_purge (writer, self.entity, self.other, error) && update_title (&self, plan, error);
}
