/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crm-config.h"

#include "crm-merge-plan.h"

#include <glib/gi18n-lib.h>
#include <json-glib/json-glib.h>
#include <string.h>

#include "crm-contact-point.h"
#include "crm-error.h"
#include "crm-fold.h"
#include "crm-key.h"
#include "crm-reference.h"
#include "crm-sql.h"
#include "crm-through.h"

/* What can be chosen */

/* Seen through one child, of which the parent has a main one */
static gboolean
is_through (const CrmField *field)
{
  return field->through != NULL && field->kind != CRM_KIND_TAGS;
}

static gboolean
same_kind (const CrmThrough *a,
           const CrmThrough *b)
{
  return strcmp (a->entity, b->entity) == 0 && g_strcmp0 (a->kind, b->kind) == 0;
}

static gboolean
is_of_money (const CrmEntity *entity,
             guint            field)
{
  return crm_entity_find_field (entity, "currency") >= 0 &&
         (entity->fields[field].kind == CRM_KIND_MONEY || strcmp (entity->fields[field].name, "currency") == 0);
}

static gboolean
goes_with (const CrmEntity *entity,
           guint            a,
           guint            b)
{
  const CrmField *x = &entity->fields[a], *y = &entity->fields[b];

  if (is_through (x) && is_through (y))
    return same_kind (x->through, y->through);
  return a == b || (is_of_money (entity, a) && is_of_money (entity, b));
}

guint
crm_merge_get_group (const CrmEntity *entity,
                     guint            field)
{
  for (guint i = 0; i < field; i++)
    if (goes_with (entity, i, field))
      return i;
  return field;
}

gboolean
crm_merge_can_choose (const CrmEntity *entity,
                      guint            field)
{
  return !(entity->fields[field].flags & CRM_FIELD_SYSTEM) && entity->fields[field].kind != CRM_KIND_TAGS;
}

CrmMergeRequest *
crm_merge_request_new (const CrmEntity *entity,
                       gint64           kept,
                       gint64           other)
{
  CrmMergeRequest *self = g_new0 (CrmMergeRequest, 1);

  self->entity = entity;
  self->kept = kept;
  self->other = other;
  return self;
}

gboolean
crm_merge_request_choose (CrmMergeRequest  *self,
                          guint             field,
                          CrmMergeSide      side,
                          GError          **error)
{
  const CrmField *f = &self->entity->fields[field];

  if (!crm_merge_can_choose (self->entity, field) || (side == CRM_MERGE_BOTH && f->kind != CRM_KIND_NOTE))
    {
      g_set_error (error, CRM_ERROR, CRM_ERROR_INVALID,
                   side == CRM_MERGE_BOTH ? _("%s: only one of both can be kept.") : _("%s: there is no choice."), crm_field_get_label (f));
      return FALSE;
    }
  for (guint i = 0; i < self->entity->n_fields; i++)
    if (goes_with (self->entity, i, field))
      self->sides[i] = side;
  return TRUE;
}

/* Children */

static void
child_free (gpointer data)
{
  CrmMergeChild *child = data;

  crm_values_unref (child->before);
  crm_values_unref (child->after);
  g_free (child);
}

static const CrmEntity *
get_entity (const CrmMergeChild *child)
{
  return crm_values_get_entity (child->before);
}

static gint64
get_named_integer (const CrmValues *values,
                   const char      *name)
{
  int field = crm_entity_find_field (crm_values_get_entity (values), name);

  return field < 0 ? 0 : crm_values_get_integer (values, (guint) field);
}

static const char *
get_named_text (const CrmValues *values,
                const char      *name)
{
  int field = crm_entity_find_field (crm_values_get_entity (values), name);

  return field < 0 ? NULL : crm_values_get_text (values, (guint) field);
}

static gboolean
is_main (const CrmMergeChild *child)
{
  return get_named_integer (child->after, "main") != 0;
}

static void
set_main (CrmMergeChild *child,
          gboolean       main)
{
  crm_values_set_integer (child->after, (guint) crm_entity_find_field (get_entity (child), "main"), main);
}

/* A phone number, an address, a tag: what is said by its words, and not that it happened. */
static gboolean
is_once (const CrmEntity *entity)
{
  if (crm_entity_find_field (entity, "main") >= 0)
    return TRUE;
  for (guint i = 0; i < entity->n_fields; i++)
    if (!(entity->fields[i].flags & CRM_FIELD_SYSTEM) && entity->fields[i].kind != CRM_KIND_REFERENCE)
      return FALSE;
  return TRUE;
}

static gboolean
equal_folded (const char *a,
              const char *b)
{
  g_autofree char *x = crm_fold (a);
  g_autofree char *y = crm_fold (b);

  return *x == '\0' ? g_strcmp0 (a, b) == 0 : strcmp (x, y) == 0;
}

static gboolean
same_contact (const CrmValues *a,
              const CrmValues *b)
{
  const char *kind = get_named_text (a, "kind");
  const char *x = get_named_text (a, "value"), *y = get_named_text (b, "value");
  gboolean is_email = g_strcmp0 (kind, "email") == 0;
  g_autofree char *key = is_email ? crm_key_email (x) : crm_phone_key (x);
  g_autofree char *other = is_email ? crm_key_email (y) : crm_phone_key (y);

  if (g_strcmp0 (kind, get_named_text (b, "kind")) != 0)
    return FALSE;
  if (!is_email && (!crm_contact_point_is_number (a) || *key == '\0'))
    return equal_folded (x, y);
  return strcmp (key, other) == 0;
}

static gboolean
says_no_more_of (const CrmValues *a,
                 const CrmValues *b,
                 guint            field)
{
  const CrmField *f = &crm_values_get_entity (a)->fields[field];

  if ((f->flags & CRM_FIELD_SYSTEM) || strcmp (f->name, "main") == 0 || crm_values_is_null (a, field))
    return TRUE;
  if (crm_values_is_null (b, field))
    return FALSE;
  return crm_field_is_integer (f) ? crm_values_get_integer (a, field) == crm_values_get_integer (b, field)
                                  : equal_folded (crm_values_get_text (a, field), crm_values_get_text (b, field));
}

gboolean
crm_merge_says_no_more (const CrmValues *a,
                        const CrmValues *b)
{
  const CrmEntity *entity = crm_values_get_entity (a);

  if (!is_once (entity))
    return FALSE;
  if (crm_entity_find_field (entity, "value") >= 0)
    return same_contact (a, b);
  for (guint i = 0; i < entity->n_fields; i++)
    if (!says_no_more_of (a, b, i))
      return FALSE;
  return TRUE;
}

static void
unite_members (JsonObject *into,
               const char *text)
{
  g_autoptr (JsonNode) node = json_from_string (text, NULL);
  g_autoptr (GList) names = NULL;

  if (node == NULL || !JSON_NODE_HOLDS_OBJECT (node))
    return;
  names = json_object_get_members (json_node_get_object (node));
  for (GList *l = names; l != NULL; l = l->next)
    if (!json_object_has_member (into, l->data))
      json_object_set_member (into, l->data, json_node_copy (json_object_get_member (json_node_get_object (node), l->data)));
}

/* What a newer version wrote of either is kept. */
static char *
unite_extra (const char *kept,
             const char *other)
{
  g_autoptr (JsonNode) node = kept == NULL ? NULL : json_from_string (kept, NULL);

  if (kept == NULL || other == NULL || node == NULL || !JSON_NODE_HOLDS_OBJECT (node))
    return g_strdup (kept != NULL ? kept : other);
  unite_members (json_node_get_object (node), other);
  return json_to_string (node, FALSE);
}

void
crm_merge_absorb (CrmValues       *into,
                  const CrmValues *from)
{
  const CrmEntity *entity = crm_values_get_entity (into);
  int extra = crm_entity_find_field (entity, "extra");

  for (guint i = 0; i < entity->n_fields; i++)
    {
      const CrmField *f = &entity->fields[i];

      if (!crm_values_is_null (into, i) || crm_values_is_null (from, i) || (f->flags & CRM_FIELD_SYSTEM))
        continue;
      if (f->kind == CRM_KIND_REFERENCE)
        crm_values_set_reference (into, i, crm_values_get_integer (from, i), crm_values_get_text (from, i));
      else if (crm_field_is_integer (f))
        crm_values_set_integer (into, i, crm_values_get_integer (from, i));
      else
        crm_values_set_text (into, i, crm_values_get_text (from, i));
    }
  if (extra >= 0)
    crm_values_take_text (into, (guint) extra, unite_extra (crm_values_get_text (into, (guint) extra),
                                                            crm_values_get_text (from, (guint) extra)));
}

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
    {
      CrmMergeChild *child = g_new0 (CrmMergeChild, 1);

      child->before = crm_values_ref (g_ptr_array_index (children, i));
      child->after = crm_values_copy (child->before);
      child->is_others = is_others;
      crm_values_set_reference (child->after, crm_entity_get_parent_field (entity), kept, NULL);
      g_ptr_array_add (self->children, child);
    }
  return children != NULL;
}

gboolean
crm_merge_refers (const CrmEntity *from,
                  guint            field,
                  const CrmEntity *entity)
{
  return from->fields[field].kind == CRM_KIND_REFERENCE && g_strcmp0 (from->fields[field].refers, entity->name) == 0 &&
         g_strcmp0 (from->fields[field].name, from->parent) != 0;
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
  const CrmEntity *entity = crm_values_get_entity (self->kept), *own = get_entity (child);
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

static gboolean
read_children (CrmMergePlan  *self,
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
  const char *kind = get_named_text (child->after, "kind");
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

  if (is_main (a) != is_main (b))
    return is_main (b) - is_main (a);
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

      if (child->is_dropped || strcmp (get_entity (child)->name, through->entity) != 0 || !has_kind (child, through->kind) ||
          (owner != OF_BOTH && child->is_others != (owner == OF_OTHER)))
        continue;
      if (best == NULL || compare_shown (child, best, through->kind) < 0)
        best = child;
    }
  return best;
}

/* Values */

static gboolean
group_has_value (const CrmValues *values,
                 guint            field,
                 gboolean         money)
{
  const CrmEntity *entity = crm_values_get_entity (values);

  for (guint i = 0; i < entity->n_fields; i++)
    if (goes_with (entity, i, field) && !crm_values_is_null (values, i) && (!money || entity->fields[i].kind == CRM_KIND_MONEY))
      return TRUE;
  return FALSE;
}

static CrmMergeSide
get_default_side (const CrmValues *kept,
                  const CrmValues *other,
                  guint            field)
{
  const CrmEntity *entity = crm_values_get_entity (kept);
  gboolean money = is_of_money (entity, field) && (group_has_value (kept, field, TRUE) || group_has_value (other, field, TRUE));
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

  *trashed = target != NULL && get_named_integer (target, "deleted") != 0;
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

static void
copy_value (CrmValues       *into,
            const CrmValues *from,
            guint            field)
{
  const CrmField *f = &crm_values_get_entity (into)->fields[field];

  if (crm_values_is_null (from, field))
    crm_values_set_null (into, field);
  else if (f->kind == CRM_KIND_REFERENCE)
    crm_values_set_reference (into, field, crm_values_get_integer (from, field), crm_values_get_text (from, field));
  else if (crm_field_is_integer (f))
    crm_values_set_integer (into, field, crm_values_get_integer (from, field));
  else
    crm_values_set_text (into, field, crm_values_get_text (from, field));
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
  const CrmEntity *entity = crm_values_get_entity (self->kept);
  int extra = crm_entity_find_field (entity, "extra"), created = crm_entity_find_field (entity, "created");

  if (extra >= 0)
    crm_values_take_text (self->result, (guint) extra, unite_extra (crm_values_get_text (self->kept, (guint) extra),
                                                                    crm_values_get_text (self->other, (guint) extra)));
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
        copy_value (self->result, self->sides[i] == CRM_MERGE_OTHER ? other : kept, i);
    }
  unite_system (self);
}

/* Main ones */

static gboolean
is_main_of_same (const CrmMergeChild *a,
                 const CrmMergeChild *b,
                 gboolean             by_kind)
{
  return a != b && !a->is_dropped && is_main (a) && get_entity (a) == get_entity (b) &&
         (!by_kind || g_strcmp0 (get_named_text (a->after, "kind"), get_named_text (b->after, "kind")) == 0);
}

static gboolean
is_main_by_kind (const CrmEntity *entity,
                 const CrmEntity *child)
{
  for (guint i = 0; i < entity->n_fields; i++)
    if (is_through (&entity->fields[i]) && strcmp (entity->fields[i].through->entity, child->name) == 0 &&
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
    if (!is_main (child))
      set_main (child, TRUE);
    else
      set_main (shown, FALSE);
  for (guint i = 0; is_main (child) && i < self->children->len; i++)
    if (is_main_of_same (g_ptr_array_index (self->children, i), child, is_main_by_kind (crm_values_get_entity (self->kept), get_entity (child))))
      set_main (g_ptr_array_index (self->children, i), FALSE);
}

/* One of a kind is the main one; @child: not while there is another. */
static void
yield_main (CrmMergePlan  *self,
            CrmMergeChild *child)
{
  gboolean by_kind = is_main_by_kind (crm_values_get_entity (self->kept), get_entity (child));

  for (guint i = 0; i < self->children->len; i++)
    if (is_main_of_same (g_ptr_array_index (self->children, i), child, by_kind))
      {
        set_main (child, FALSE);
        return;
      }
}

/* Children that say the same, or one of them less: the chosen one stays, else the kept one's, and gets what it lacks. */

static void
drop (CrmMergeChild *child,
      CrmMergeChild *survivor)
{
  child->is_dropped = TRUE;
  child->survivor = survivor;
  crm_merge_absorb (survivor->after, child->after);
  if (is_main (child))
    set_main (survivor, TRUE);
}

static void
drop_same (CrmMergeChild *kept,
           CrmMergeChild *other,
           GPtrArray     *chosen)
{
  if (!crm_merge_says_no_more (other->after, kept->after) && !crm_merge_says_no_more (kept->after, other->after))
    return;
  if (g_ptr_array_find (chosen, other, NULL))
    drop (kept, other);
  else
    drop (other, kept);
}

static void
drop_all_same (CrmMergePlan *self,
               GPtrArray    *chosen)
{
  for (guint i = 0; i < self->children->len; i++)
    {
      CrmMergeChild *kept = g_ptr_array_index (self->children, i);

      for (guint j = 0; !kept->is_others && is_once (get_entity (kept)) && j < self->children->len; j++)
        {
          CrmMergeChild *other = g_ptr_array_index (self->children, j);

          if (get_entity (kept) == get_entity (other) && other->is_others && !kept->is_dropped && !other->is_dropped)
            drop_same (kept, other, chosen);
        }
    }
}

static CrmMergeChild *
get_survivor (CrmMergeChild *child)
{
  while (child != NULL && child->is_dropped)
    child = child->survivor;
  return child;
}

/* What each field is to show is found before anything is dropped or demoted. */
static void
settle_children (CrmMergePlan *self)
{
  const CrmEntity *entity = crm_values_get_entity (self->kept);
  g_autoptr (GPtrArray) chosen = g_ptr_array_new ();

  for (guint i = 0; i < entity->n_fields; i++)
    g_ptr_array_add (chosen, is_through (&entity->fields[i]) && crm_merge_get_group (entity, i) == i
                               ? find_shown (self, entity->fields[i].through, self->sides[i] == CRM_MERGE_OTHER ? OF_OTHER : OF_KEPT)
                               : NULL);
  drop_all_same (self, chosen);
  for (guint i = 0; i < self->children->len; i++)
    {
      CrmMergeChild *child = g_ptr_array_index (self->children, i);

      if (child->is_others && !child->is_dropped && is_main (child))
        yield_main (self, child);
    }
  for (guint i = 0; i < entity->n_fields; i++)
    {
      CrmMergeChild *child = get_survivor (g_ptr_array_index (chosen, i));

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

      if (!child->is_dropped && strcmp (get_entity (child)->name, through->entity) == 0)
        g_ptr_array_add (taggings, child);
    }
  g_ptr_array_sort (taggings, compare_child_ids);
  for (guint i = 0; i < taggings->len; i++)
    g_string_append_printf (names, "%s%s", i > 0 ? ", " : "",
                            get_named_text (((CrmMergeChild *) g_ptr_array_index (taggings, i))->after, through->field));
  return g_string_free (g_steal_pointer (&names), FALSE);
}

static void
show_children (CrmMergePlan *self)
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
      crm_values_set_text (self->result, i, shown == NULL ? NULL : get_named_text (shown->after, through->field));
    }
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
  else if (get_named_integer (values, "deleted") != 0)
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

static gboolean
count_references (CrmMergePlan  *self,
                  CrmDb         *db,
                  GError       **error)
{
  const CrmEntity * const *all = crm_entity_get_all ();
  const CrmEntity *entity = crm_values_get_entity (self->kept);

  for (guint e = 0; all[e] != NULL; e++)
    for (guint f = 0; f < all[e]->n_fields; f++)
      {
        g_autoptr (GArray) ids = NULL;

        if (!crm_merge_refers (all[e], f, entity))
          continue;
        ids = crm_sql_find_referring (db, all[e], f, crm_values_get_id (self->other), error);
        if (ids == NULL)
          return FALSE;
        self->n_references += ids->len;
      }
  for (guint i = 0; i < self->children->len; i++)
    {
      const CrmMergeChild *child = g_ptr_array_index (self->children, i);

      self->n_moved += child->is_others && !child->is_dropped;
    }
  return TRUE;
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
  if (!drop_trashed (self, other, db, error) || !read_children (self, db, error))
    return FALSE;
  for (guint i = 0; i < request->entity->n_fields; i++)
    self->sides[i] = request->sides[i] != CRM_MERGE_DEFAULT ? request->sides[i] : get_default_side (kept, other, i);
  choose_values (self, kept, other);
  settle_children (self);
  show_children (self);
  return check_circles (self, db, error) && count_references (self, db, error);
}

void
crm_merge_plan_free (CrmMergePlan *self)
{
  g_clear_pointer (&self->kept, crm_values_unref);
  g_clear_pointer (&self->other, crm_values_unref);
  g_clear_pointer (&self->result, crm_values_unref);
  g_ptr_array_unref (self->children);
  g_free (self);
}

CrmMergePlan *
crm_merge_plan_make (CrmDb                  *db,
                     const CrmMergeRequest  *request,
                     GError                **error)
{
  g_autoptr (CrmMergePlan) self = g_new0 (CrmMergePlan, 1);

  self->children = g_ptr_array_new_with_free_func (child_free);
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
