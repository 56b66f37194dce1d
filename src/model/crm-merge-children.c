/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crm-config.h"

#include "crm-merge-children.h"

#include <string.h>

#include "crm-sql.h"

/* Reading */

static gboolean
read_children_of (CrmMergePlan     *self,
                  CrmDb            *db,
                  const CrmEntity  *entity,
                  gboolean          is_others,
                  GError          **error)
{
  gint64 kept = crm_values_get_id (self->kept);
  g_autoptr (GPtrArray) children =
    crm_sql_read_children (db, entity, is_others ? crm_values_get_id (self->other) : kept, error);

  for (guint i = 0; children != NULL && i < children->len; i++)
    g_ptr_array_add (self->children, crm_merge_child_new (g_ptr_array_index (children, i), kept, is_others));
  return children != NULL;
}

static gboolean
is_child_of (const CrmEntity *child,
             const CrmEntity *entity)
{
  return child->parent != NULL && strcmp (child->fields[crm_entity_get_parent_field (child)].refers, entity->name) == 0;
}

/* What ties one of the two to the other says nothing of one. */
static void
loosen_child (CrmMergePlan  *self,
              CrmMergeChild *child)
{
  const CrmEntity *entity = crm_values_get_entity (self->kept), *own = crm_merge_child_get_entity (child);
  gint64 kept = crm_values_get_id (self->kept), other = crm_values_get_id (self->other);

  for (guint i = 0; i < own->n_fields; i++)
    {
      gint64 target = crm_values_get_integer (child->after, i);

      if (!crm_merge_refers (own, i, entity) || (target != kept && target != other))
        continue;
      if (own->fields[i].flags & CRM_FIELD_REQUIRED)
        child->is_dropped = TRUE;
      else
        crm_values_set_null (child->after, i);
    }
}

gboolean
crm_merge_children_read (CrmMergePlan  *self,
                         CrmDb         *db,
                         GError       **error)
{
  const CrmEntity * const *all = crm_entity_get_all ();

  for (guint i = 0; all[i] != NULL; i++)
    if (is_child_of (all[i], crm_values_get_entity (self->kept)) &&
        (!read_children_of (self, db, all[i], FALSE, error) || !read_children_of (self, db, all[i], TRUE, error)))
      return FALSE;
  for (guint i = 0; i < self->children->len; i++)
    loosen_child (self, g_ptr_array_index (self->children, i));
  return TRUE;
}

/* Which child a field shows */

static gboolean
has_kind (const CrmMergeChild *child,
          const char          *kinds)
{
  const char *kind = crm_merge_get_text (child->after, "kind");
  g_auto (GStrv) all = g_strsplit (kinds == NULL ? "" : kinds, ";", -1);

  return kinds == NULL || (kind != NULL && g_strv_contains ((const char * const *) all, kind));
}

/* The order that crm_through_make_query() gives them */
static int
compare_shown (const CrmMergeChild *a,
               const CrmMergeChild *b,
               const char          *kinds)
{
  gsize length = kinds == NULL ? 0 : strcspn (kinds, ";");
  g_autofree char *first = g_strndup (kinds == NULL ? "" : kinds, length);
  gboolean x = kinds != NULL && has_kind (a, first), y = kinds != NULL && has_kind (b, first);

  if (crm_merge_child_is_main (a) != crm_merge_child_is_main (b))
    return crm_merge_child_is_main (b) - crm_merge_child_is_main (a);
  if (x != y)
    return y - x;
  return crm_values_get_id (a->before) < crm_values_get_id (b->before) ? -1 : 1;
}

typedef enum { OF_BOTH, OF_KEPT, OF_OTHER } Owner;

static CrmMergeChild *
find_shown (CrmMergePlan     *self,
            const CrmThrough *through,
            Owner             owner)
{
  CrmMergeChild *best = NULL;

  for (guint i = 0; i < self->children->len; i++)
    {
      CrmMergeChild *child = g_ptr_array_index (self->children, i);

      if (child->is_dropped || strcmp (crm_merge_child_get_entity (child)->name, through->entity) != 0 || !has_kind (child, through->kind) ||
          (owner != OF_BOTH && child->is_others != (owner == OF_OTHER)))
        continue;
      if (best == NULL || compare_shown (child, best, through->kind) < 0)
        best = child;
    }
  return best;
}
/* Main ones */

static gboolean
is_main_of_same (const CrmMergeChild *a,
                 const CrmMergeChild *b,
                 gboolean             by_kind)
{
  return a != b && !a->is_dropped && crm_merge_child_is_main (a) && crm_merge_child_get_entity (a) == crm_merge_child_get_entity (b) &&
         (!by_kind || g_strcmp0 (crm_merge_get_text (a->after, "kind"), crm_merge_get_text (b->after, "kind")) == 0);
}

static gboolean
is_main_by_kind (const CrmEntity *entity,
                 const CrmEntity *child)
{
  for (guint i = 0; i < entity->n_fields; i++)
    if (crm_merge_is_through (&entity->fields[i]) && strcmp (entity->fields[i].through->entity, child->name) == 0 &&
        entity->fields[i].through->kind == NULL)
      return FALSE;
  return TRUE;
}

/* Lets a child show in a field, whatever else is there. */
static void
promote (CrmMergePlan     *self,
         const CrmThrough *through,
         CrmMergeChild    *child)
{
  CrmMergeChild *shown;

  while ((shown = find_shown (self, through, OF_BOTH)) != child)
    if (!crm_merge_child_is_main (child))
      crm_merge_child_set_main (child, TRUE);
    else
      crm_merge_child_set_main (shown, FALSE);
  for (guint i = 0; crm_merge_child_is_main (child) && i < self->children->len; i++)
    if (is_main_of_same (g_ptr_array_index (self->children, i), child, is_main_by_kind (crm_values_get_entity (self->kept), crm_merge_child_get_entity (child))))
      crm_merge_child_set_main (g_ptr_array_index (self->children, i), FALSE);
}

/* One of a kind is the main one; @child: not while there is another. */
static void
yield_main (CrmMergePlan  *self,
            CrmMergeChild *child)
{
  gboolean by_kind = is_main_by_kind (crm_values_get_entity (self->kept), crm_merge_child_get_entity (child));

  for (guint i = 0; i < self->children->len; i++)
    if (is_main_of_same (g_ptr_array_index (self->children, i), child, by_kind))
      {
        crm_merge_child_set_main (child, FALSE);
        return;
      }
}
/* Children that say the same, or one of them less: the chosen one stays, else the kept one's, and gets what it lacks. */

static void
drop_same (CrmMergeChild *kept,
           CrmMergeChild *other,
           GPtrArray     *chosen)
{
  if (!crm_merge_says_no_more (other->after, kept->after) && !crm_merge_says_no_more (kept->after, other->after))
    return;
  if (g_ptr_array_find (chosen, other, NULL))
    crm_merge_child_drop (kept, other);
  else
    crm_merge_child_drop (other, kept);
}

static void
drop_all_same (CrmMergePlan *self,
               GPtrArray    *chosen)
{
  for (guint i = 0; i < self->children->len; i++)
    {
      CrmMergeChild *kept = g_ptr_array_index (self->children, i);

      for (guint j = 0; !kept->is_others && crm_merge_is_once (crm_merge_child_get_entity (kept)) && j < self->children->len; j++)
        {
          CrmMergeChild *other = g_ptr_array_index (self->children, j);

          if (crm_merge_child_get_entity (kept) == crm_merge_child_get_entity (other) && other->is_others && !kept->is_dropped && !other->is_dropped)
            drop_same (kept, other, chosen);
        }
    }
}

/* What each field is to show is found before anything is dropped or demoted. */
void
crm_merge_children_settle (CrmMergePlan *self)
{
  const CrmEntity *entity = crm_values_get_entity (self->kept);
  g_autoptr (GPtrArray) chosen = g_ptr_array_new ();

  for (guint i = 0; i < entity->n_fields; i++)
    g_ptr_array_add (chosen, crm_merge_is_through (&entity->fields[i]) && crm_merge_get_group (entity, i) == i
                               ? find_shown (self, entity->fields[i].through, self->sides[i] == CRM_MERGE_OTHER ? OF_OTHER : OF_KEPT)
                               : NULL);
  drop_all_same (self, chosen);
  for (guint i = 0; i < self->children->len; i++)
    {
      CrmMergeChild *child = g_ptr_array_index (self->children, i);

      if (child->is_others && !child->is_dropped && crm_merge_child_is_main (child))
        yield_main (self, child);
    }
  for (guint i = 0; i < entity->n_fields; i++)
    {
      CrmMergeChild *child = crm_merge_child_get_survivor (g_ptr_array_index (chosen, i));

      if (child != NULL)
        promote (self, entity->fields[i].through, child);
    }
}

/* What the result shows of its children */

static int
compare_child_ids (gconstpointer a,
                   gconstpointer b)
{
  gint64 x = crm_values_get_id ((*(CrmMergeChild * const *) a)->before), y = crm_values_get_id ((*(CrmMergeChild * const *) b)->before);

  return (x > y) - (x < y);
}

static char *
join_tags (CrmMergePlan     *self,
           const CrmThrough *through)
{
  g_autoptr (GPtrArray) taggings = g_ptr_array_new ();
  g_autoptr (GString) names = g_string_new (NULL);

  for (guint i = 0; i < self->children->len; i++)
    {
      CrmMergeChild *child = g_ptr_array_index (self->children, i);

      if (!child->is_dropped && strcmp (crm_merge_child_get_entity (child)->name, through->entity) == 0)
        g_ptr_array_add (taggings, child);
    }
  g_ptr_array_sort (taggings, compare_child_ids);
  for (guint i = 0; i < taggings->len; i++)
    g_string_append_printf (names, "%s%s", i > 0 ? ", " : "",
                            crm_merge_get_text (((CrmMergeChild *) g_ptr_array_index (taggings, i))->after, through->field));
  return g_string_free (g_steal_pointer (&names), FALSE);
}

void
crm_merge_children_show (CrmMergePlan *self)
{
  const CrmEntity *entity = crm_values_get_entity (self->kept);

  for (guint i = 0; i < entity->n_fields; i++)
    {
      const CrmThrough *through = entity->fields[i].through;
      const CrmMergeChild *shown;

      if (through == NULL)
        continue;
      if (entity->fields[i].kind == CRM_KIND_TAGS)
        {
          crm_values_take_text (self->result, i, join_tags (self, through));
          continue;
        }
      shown = find_shown (self, through, OF_BOTH);
      crm_values_set_text (self->result, i, shown == NULL ? NULL : crm_merge_get_text (shown->after, through->field));
    }
}
