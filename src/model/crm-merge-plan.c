/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crm-config.h"

#include "crm-merge-plan.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "crm-error.h"
#include "crm-merge-children.h"
#include "crm-only-one.h"
#include "crm-reference.h"
#include "crm-sql.h"
#include "crm-through.h"

gboolean
crm_merge_refers (const CrmEntity *from,
                  guint            field,
                  const CrmEntity *entity)
{
  return from->fields[field].kind == CRM_KIND_REFERENCE && g_strcmp0 (from->fields[field].refers, entity->name) == 0 &&
         g_strcmp0 (from->fields[field].name, from->parent) != 0;
}

/* Values */

static gboolean
group_has_value (const CrmValues *values,
                 guint            field,
                 gboolean         money)
{
  const CrmEntity *entity = crm_values_get_entity (values);

  for (guint i = 0; i < entity->n_fields; i++)
    if (crm_merge_goes_with (entity, i, field) && !crm_values_is_null (values, i) && (!money || entity->fields[i].kind == CRM_KIND_MONEY))
      return TRUE;
  return FALSE;
}

static CrmMergeSide
get_default_side (const CrmValues *kept,
                  const CrmValues *other,
                  guint            field)
{
  const CrmEntity *entity = crm_values_get_entity (kept);
  gboolean money = crm_merge_is_of_money (entity, field) && (group_has_value (kept, field, TRUE) || group_has_value (other, field, TRUE));
  gboolean has_kept = group_has_value (kept, field, money), has_other = group_has_value (other, field, money);

  if (entity->fields[field].kind == CRM_KIND_TAGS || (entity->fields[field].kind == CRM_KIND_NOTE && has_kept && has_other))
    return CRM_MERGE_BOTH;
  return has_kept || !has_other ? CRM_MERGE_KEPT : CRM_MERGE_OTHER;
}

/* What one of the two refers to is nothing if it is the other one. */
static void
loosen_values (CrmMergePlan *self,
               CrmValues    *values)
{
  const CrmEntity *entity = crm_values_get_entity (values);

  for (guint i = 0; i < entity->n_fields; i++)
    if (crm_merge_refers (entity, i, entity) && (crm_values_get_integer (values, i) == crm_values_get_id (self->kept) ||
                                                 crm_values_get_integer (values, i) == crm_values_get_id (self->other)))
      crm_values_set_null (values, i);
}

static gboolean
is_trashed (CrmDb            *db,
            const CrmEntity  *entity,
            gint64            id,
            gboolean         *trashed,
            GError          **error)
{
  GError *failure = NULL;
  g_autoptr (CrmValues) target = crm_sql_read (db, entity, id, &failure);

  *trashed = target != NULL && crm_merge_get_integer (target, "deleted") != 0;
  if (failure != NULL)
    g_propagate_error (error, failure);
  return failure == NULL;
}

/* Nothing new may refer to the trash. */
static gboolean
drop_trashed (CrmMergePlan  *self,
              CrmValues     *others,
              CrmDb         *db,
              GError       **error)
{
  const CrmEntity *entity = crm_values_get_entity (others);

  for (guint i = 0; i < entity->n_fields; i++)
    {
      gboolean trashed;

      if (entity->fields[i].kind != CRM_KIND_REFERENCE || crm_values_is_null (others, i))
        continue;
      if (!is_trashed (db, crm_entity_find (entity->fields[i].refers), crm_values_get_integer (others, i), &trashed, error))
        return FALSE;
      if (trashed)
        crm_values_set_null (others, i);
    }
  return TRUE;
}

static char *
join_notes (const char *kept,
            const char *other)
{
  if (kept == NULL || other == NULL)
    return g_strdup (kept != NULL ? kept : other);
  if (strstr (kept, other) != NULL)
    return g_strdup (kept);
  return strstr (other, kept) != NULL ? g_strdup (other) : g_strconcat (kept, "\n\n", other, NULL);
}

static void
unite_system (CrmMergePlan *self)
{
  int created = crm_entity_find_field (crm_values_get_entity (self->kept), "created");

  crm_merge_absorb_extra (self->result, self->other);
  if (created >= 0)
    crm_values_set_integer (self->result, (guint) created, MIN (crm_values_get_integer (self->kept, (guint) created),
                                                                crm_values_get_integer (self->other, (guint) created)));
}

static void
choose_values (CrmMergePlan    *self,
               const CrmValues *kept,
               const CrmValues *other)
{
  const CrmEntity *entity = crm_values_get_entity (kept);

  for (guint i = 0; i < entity->n_fields; i++)
    {
      const CrmField *field = &entity->fields[i];

      if (field->through != NULL || (field->flags & CRM_FIELD_SYSTEM))
        continue;
      if (self->sides[i] == CRM_MERGE_BOTH)
        crm_values_take_text (self->result, i, join_notes (crm_values_get_text (kept, i), crm_values_get_text (other, i)));
      else
        crm_values_copy_field (self->result, self->sides[i] == CRM_MERGE_OTHER ? other : kept, i);
    }
  unite_system (self);
}

/* Checks */

static CrmValues *
read_record (CrmDb            *db,
             const CrmEntity  *entity,
             gint64            id,
             GError          **error)
{
  GError *failure = NULL;
  g_autoptr (CrmValues) values = crm_sql_read (db, entity, id, &failure);
  g_autofree char *number = g_strdup_printf ("%" G_GINT64_FORMAT, id);

  if (failure != NULL)
    g_propagate_error (error, failure);
  else if (values == NULL)
    g_set_error (error, CRM_ERROR, CRM_ERROR_NOT_FOUND, _("There is no record with the id %s."), number);
  else if (crm_merge_get_integer (values, "deleted") != 0)
    g_set_error (error, CRM_ERROR, CRM_ERROR_INVALID, _("“%s” is in the trash."),
                 crm_values_get_text (values, crm_entity_get_title_field (entity)));
  else if (crm_through_load (db, values, error))
    return g_steal_pointer (&values);
  return NULL;
}

static gboolean
check_circle (CrmMergePlan  *self,
              CrmDb         *db,
              guint          field,
              GError       **error)
{
  const CrmEntity *entity = crm_values_get_entity (self->kept);
  const CrmValues * const two[] = { self->kept, self->other };
  gint64 target = crm_values_get_integer (self->result, field);
  g_autofree char *message = NULL;
  gboolean leads = FALSE;

  for (guint i = 0; target != 0 && !leads && i < G_N_ELEMENTS (two); i++)
    if (!crm_reference_leads_to (db, entity, field, target, crm_values_get_id (two[i]), &leads, error))
      return FALSE;
  if (!leads)
    return TRUE;
  message = crm_reference_describe_circle (&entity->fields[field], crm_values_get_text (self->result, crm_entity_get_title_field (entity)),
                                           crm_values_get_text (self->result, field));
  g_set_error_literal (error, CRM_ERROR, CRM_ERROR_INVALID, message);
  return FALSE;
}

static gboolean
check_circles (CrmMergePlan  *self,
               CrmDb         *db,
               GError       **error)
{
  const CrmEntity *entity = crm_values_get_entity (self->kept);

  for (guint i = 0; i < entity->n_fields; i++)
    if (crm_merge_refers (entity, i, entity) && !check_circle (self, db, i, error))
      return FALSE;
  return TRUE;
}

/* Counts */

/* @known: ids of what is counted already */
static gboolean
count_referring (CrmMergePlan     *self,
                 CrmDb            *db,
                 const CrmEntity  *from,
                 guint             field,
                 GHashTable       *known,
                 CrmMergeMove     *move,
                 GError          **error)
{
  g_autoptr (GArray) ids = crm_sql_find_referring (db, from, field, crm_values_get_id (self->other), error);

  for (guint i = 0; ids != NULL && i < ids->len; i++)
    move->n += g_hash_table_add (known, g_memdup2 (&g_array_index (ids, gint64, i), sizeof (gint64)));
  self->n_references += ids == NULL ? 0 : ids->len;
  return ids != NULL;
}

static void
count_children (CrmMergePlan  *self,
                GHashTable    *known,
                CrmMergeMove  *move)
{
  for (guint i = 0; i < self->children->len; i++)
    {
      const CrmMergeChild *child = g_ptr_array_index (self->children, i);
      gint64 id = crm_values_get_id (child->before);

      if (crm_merge_child_get_entity (child) != move->entity)
        continue;
      move->n += child->is_others && !child->is_dropped;
      g_hash_table_add (known, g_memdup2 (&id, sizeof id));
    }
  self->n_moved += move->n;
}

static gboolean
count (CrmMergePlan  *self,
       CrmDb         *db,
       GError       **error)
{
  const CrmEntity * const *all = crm_entity_get_all ();
  const gint64 kept = crm_values_get_id (self->kept);

  for (guint e = 0; all[e] != NULL; e++)
    {
      CrmMergeMove move = { all[e], 0 };
      g_autoptr (GHashTable) known = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);

      g_hash_table_add (known, g_memdup2 (&kept, sizeof kept));
      count_children (self, known, &move);
      for (guint f = 0; f < all[e]->n_fields; f++)
        if (crm_merge_refers (all[e], f, crm_values_get_entity (self->kept)) && !count_referring (self, db, all[e], f, known, &move, error))
          return FALSE;
      if (move.n > 0)
        g_array_append_val (self->moves, move);
    }
  return TRUE;
}

/* Marks that only one may have */

static void
clear_mark (CrmMergeMark *mark)
{
  g_free (mark->kept);
  g_free (mark->other);
}

/* (transfer full): of a child what it belongs to: a position is the person's */
static char *
dup_title (const CrmValues *values)
{
  const CrmEntity *entity = crm_values_get_entity (values);

  return g_strdup (crm_values_get_text (values, crm_entity_is_root (entity) ? crm_entity_get_title_field (entity)
                                                                            : crm_entity_get_parent_field (entity)));
}

/* @title: (out): %NULL: there is none */
static gboolean
read_marked (CrmDb            *db,
             const CrmEntity  *entity,
             gint64            owner,
             char            **title,
             GError          **error)
{
  g_autoptr (CrmValues) values = NULL;
  gint64 id;

  *title = NULL;
  if (!crm_only_one_find (db, entity, owner, &id, error))
    return FALSE;
  if (id == 0)
    return TRUE;
  values = crm_sql_read (db, entity, id, error);
  if (values != NULL)
    *title = dup_title (values);
  return values != NULL;
}

static gboolean
read_marks (CrmMergePlan  *self,
            CrmDb         *db,
            GError       **error)
{
  const CrmEntity * const *all = crm_entity_get_all ();

  for (guint e = 0; all[e] != NULL; e++)
    {
      CrmMergeMark mark = { all[e], NULL, NULL };

      if (all[e]->only_one == NULL ||
          !crm_merge_refers (all[e], (guint) crm_entity_find_field (all[e], all[e]->only_one->owner), crm_values_get_entity (self->kept)))
        continue;
      if (!read_marked (db, all[e], crm_values_get_id (self->other), &mark.other, error) ||
          (mark.other != NULL && !read_marked (db, all[e], crm_values_get_id (self->kept), &mark.kept, error)))
        {
          clear_mark (&mark);
          return FALSE;
        }
      if (mark.other != NULL)
        g_array_append_val (self->marks, mark);
    }
  return TRUE;
}

char *
crm_merge_plan_describe_marks (const CrmMergePlan *self)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < self->marks->len; i++)
    {
      const CrmMergeMark *mark = &g_array_index (self->marks, CrmMergeMark, i);
      g_autofree char *sentence = mark->entity->only_one->describe_merge (mark->kept, mark->other);

      g_string_append_printf (text, "%s%s", i > 0 ? "\n" : "", sentence);
    }
  return text->len == 0 ? NULL : g_string_free (g_steal_pointer (&text), FALSE);
}

static gboolean
decide (CrmMergePlan           *self,
        CrmDb                  *db,
        const CrmMergeRequest  *request,
        GError                **error)
{
  g_autoptr (CrmValues) kept = crm_values_copy (self->kept);
  g_autoptr (CrmValues) other = crm_values_copy (self->other);

  loosen_values (self, kept);
  loosen_values (self, other);
  if (!drop_trashed (self, other, db, error) || !crm_merge_children_read (self, db, error))
    return FALSE;
  for (guint i = 0; i < request->entity->n_fields; i++)
    self->sides[i] = request->sides[i] != CRM_MERGE_DEFAULT ? request->sides[i] : get_default_side (kept, other, i);
  choose_values (self, kept, other);
  crm_merge_children_settle (self);
  crm_merge_children_show (self);
  return check_circles (self, db, error) && count (self, db, error) && read_marks (self, db, error);
}

void
crm_merge_plan_free (CrmMergePlan *self)
{
  g_clear_pointer (&self->kept, crm_values_unref);
  g_clear_pointer (&self->other, crm_values_unref);
  g_clear_pointer (&self->result, crm_values_unref);
  g_ptr_array_unref (self->children);
  g_array_unref (self->moves);
  g_array_unref (self->marks);
  g_free (self);
}

CrmMergePlan *
crm_merge_plan_make (CrmDb                  *db,
                     const CrmMergeRequest  *request,
                     GError                **error)
{
  g_autoptr (CrmMergePlan) self = g_new0 (CrmMergePlan, 1);

  self->children = g_ptr_array_new_with_free_func (crm_merge_child_free);
  self->moves = g_array_new (FALSE, FALSE, sizeof (CrmMergeMove));
  self->marks = g_array_new (FALSE, FALSE, sizeof (CrmMergeMark));
  g_array_set_clear_func (self->marks, (GDestroyNotify) clear_mark);
  g_return_val_if_fail (db != NULL && crm_entity_is_root (request->entity), NULL);

  if (request->kept == request->other)
    {
      g_set_error_literal (error, CRM_ERROR, CRM_ERROR_INVALID, _("A record is the same as itself."));
      return NULL;
    }
  self->kept = read_record (db, request->entity, request->kept, error);
  self->other = self->kept == NULL ? NULL : read_record (db, request->entity, request->other, error);
  if (self->other == NULL)
    return NULL;
  self->result = crm_values_copy (self->kept);
  return decide (self, db, request, error) ? g_steal_pointer (&self) : NULL;
}
