/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crm-config.h"

#include "crm-through-private.h"

#include <string.h>

#include "crm-search-text.h"
#include "crm-sql.h"
#include "crm-writer-private.h"

static inline guint64
bit (guint field)
{
  return G_GUINT64_CONSTANT (1) << field;
}

static gboolean
same_child (const CrmThrough *a,
            const CrmThrough *b)
{
  gsize length;

  if (a == b)
    return TRUE;
  if (strcmp (a->entity, b->entity) != 0)
    return FALSE;
  if (a->kind == NULL || b->kind == NULL)
    return a->kind == b->kind;
  length = strcspn (a->kind, ";");
  return length == strcspn (b->kind, ";") && strncmp (a->kind, b->kind, length) == 0;
}

/* The fields present in @values from @first on that one child holds, as that child's values. */
static CrmValues *
collect_child (const CrmValues *values,
               guint            first,
               guint64         *taken)
{
  const CrmEntity *entity = crm_values_get_entity (values);
  const CrmThrough *through = entity->fields[first].through;
  const CrmEntity *child = crm_entity_find (through->entity);
  CrmValues *collected = crm_values_new (child, 0);
  g_autofree char *kind = crm_through_get_kind (through);

  for (guint i = first; i < entity->n_fields; i++)
    {
      const CrmThrough *other = entity->fields[i].through;
      guint field;

      if (other == NULL || !crm_values_has (values, i) || !same_child (through, other))
        continue;
      *taken |= bit (i);
      field = (guint) crm_entity_find_field (child, other->field);
      if (child->fields[field].kind == CRM_KIND_REFERENCE && !crm_values_is_null (values, i))
        crm_values_set_reference (collected, field, 0, crm_values_get_text (values, i));
      else
        crm_values_set_text (collected, field, crm_values_get_text (values, i));
    }
  if (kind != NULL)
    crm_values_set_text (collected, (guint) crm_entity_find_field (child, "kind"), kind);
  return collected;
}

static gboolean
says_nothing (const CrmValues *child)
{
  const CrmEntity *entity = crm_values_get_entity (child);

  for (guint i = 0; i < entity->n_fields; i++)
    if ((entity->fields[i].flags & CRM_FIELD_SEARCH) && !crm_values_is_null (child, i))
      return FALSE;
  return TRUE;
}

static void
make_main (CrmValues *child,
           gint64     parent)
{
  const CrmEntity *entity = crm_values_get_entity (child);

  crm_values_set_reference (child, crm_entity_get_parent_field (entity), parent, NULL);
  crm_values_set_integer (child, (guint) crm_entity_find_field (entity, "main"), TRUE);
  entity->rules->before_save (child, NULL);
}

/* New records */

/* A child of the second kind of those a field is seen through stands in for the first. */
static void
stand_in (CrmValues *values,
          guint      field)
{
  const CrmEntity *entity = crm_values_get_entity (values);
  const CrmThrough *through = entity->fields[field].through;
  const char *others = through->kind == NULL ? NULL : strchr (through->kind, ';');

  for (guint i = 0; others != NULL && i < entity->n_fields; i++)
    {
      const CrmThrough *other = entity->fields[i].through;

      if (i != field && other != NULL && g_strcmp0 (other->kind, others + 1) == 0 && !crm_values_is_null (values, i))
        crm_values_set_text (values, field, crm_values_get_text (values, i));
    }
}

/* What a field will show of the children given, if one of them stands for it by @enough. */
static void
show_child (CrmValues *values,
            guint      field,
            GPtrArray *children,
            int        enough)
{
  const CrmThrough *through = crm_values_get_entity (values)->fields[field].through;

  for (guint i = 0; children != NULL && i < children->len; i++)
    {
      const CrmValues *child = g_ptr_array_index (children, i);
      const CrmEntity *entity = crm_values_get_entity (child);
      int kind = crm_entity_find_field (entity, "kind");
      int main = crm_entity_find_field (entity, "main");
      int rated;

      if (strcmp (entity->name, through->entity) != 0 || kind < 0 || main < 0)
        continue;
      rated = crm_through_rate (through, crm_values_get_text (child, (guint) kind), crm_values_get_integer (child, (guint) main) != 0);
      if (rated < enough)
        continue;
      crm_values_set_text (values, field, crm_values_get_text (child, (guint) crm_entity_find_field (entity, through->field)));
      enough = rated + 1;
    }
}

gboolean
crm_through_prepare (CrmWriter  *writer,
                     CrmValues  *values,
                     GPtrArray  *children,
                     guint64    *own,
                     GError    **error)
{
  const CrmEntity *entity = crm_values_get_entity (values);

  *own = 0;
  for (guint i = 0; i < entity->n_fields; i++)
    {
      if (entity->fields[i].through == NULL)
        continue;
      if (crm_values_is_null (values, i))
        {
          show_child (values, i, children, CRM_THROUGH_MAIN_RATE);
          if (crm_values_is_null (values, i))
            stand_in (values, i);
          if (crm_values_is_null (values, i))
            show_child (values, i, children, 1);
          continue;
        }
      *own |= bit (i);
      if (entity->fields[i].kind == CRM_KIND_TAGS && !crm_writer_canonise_tags (writer, values, i, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
refers_elsewhere (const CrmEntity *child)
{
  for (guint i = 0; i < child->n_fields; i++)
    if (child->fields[i].kind == CRM_KIND_REFERENCE && i != crm_entity_get_parent_field (child))
      return TRUE;
  return FALSE;
}

static gboolean
insert_child (CrmWriter        *writer,
              const CrmValues  *values,
              guint             field,
              guint64          *taken,
              GString          *text,
              GError          **error)
{
  g_autoptr (CrmValues) child = NULL;

  if (crm_values_get_entity (values)->fields[field].kind == CRM_KIND_TAGS)
    return crm_writer_insert_tags (writer, crm_values_get_id (values), crm_values_get_text (values, field), text, error);
  child = collect_child (values, field, taken);
  make_main (child, crm_values_get_id (values));
  /* What it refers to is looked up by name, and may not be there. */
  if (refers_elsewhere (crm_values_get_entity (child)))
    return crm_writer_insert (writer, child, error) != 0;
  if (!crm_writer_insert_row (writer, child, error))
    return FALSE;
  crm_search_text_add (child, text);
  return TRUE;
}

static gboolean
insert_given (CrmWriter        *writer,
              const CrmValues  *values,
              CrmValues        *child,
              GString          *text,
              GError          **error)
{
  guint parent = crm_entity_get_parent_field (crm_values_get_entity (child));

  crm_values_set_reference (child, parent, crm_values_get_id (values), NULL);
  if (!crm_writer_check_child (writer, child, error) || !crm_writer_insert_row (writer, child, error) ||
      !crm_writer_settle_new (writer, child, error))
    return FALSE;
  crm_search_text_add (child, text);
  return TRUE;
}

gboolean
crm_through_insert (CrmWriter        *writer,
                    const CrmValues  *values,
                    GPtrArray        *children,
                    guint64           own,
                    GString          *text,
                    GError          **error)
{
  const CrmEntity *entity = crm_values_get_entity (values);
  guint64 taken = 0;

  /* In the order in which crm_search_text_build() comes upon them. */
  for (guint c = 0; entity->children != NULL && entity->children[c] != NULL; c++)
    {
      for (guint i = 0; i < entity->n_fields; i++)
        if ((own & bit (i)) != 0 && (taken & bit (i)) == 0 && strcmp (entity->fields[i].through->entity, entity->children[c]) == 0 &&
            !insert_child (writer, values, i, &taken, text, error))
          return FALSE;
      for (guint i = 0; children != NULL && i < children->len; i++)
        if (strcmp (crm_values_get_entity (g_ptr_array_index (children, i))->name, entity->children[c]) == 0 &&
            !insert_given (writer, values, g_ptr_array_index (children, i), text, error))
          return FALSE;
    }
  return TRUE;
}

/* Changed records */

static CrmValues *
find_main (CrmWriter       *writer,
           const CrmEntity *child,
           const char      *kind,
           gint64           parent,
           GError         **error)
{
  g_autoptr (GPtrArray) children = crm_sql_read_children (crm_writer_get_db (writer), child, parent, error);
  int kind_field = crm_entity_find_field (child, "kind");

  for (guint i = 0; children != NULL && i < children->len; i++)
    {
      CrmValues *values = g_ptr_array_index (children, i);

      if (kind == NULL || g_strcmp0 (kind, crm_values_get_text (values, (guint) kind_field)) == 0)
        return crm_values_ref (values);
    }
  return NULL;
}

static gboolean
save_child (CrmWriter   *writer,
            gint64       parent,
            CrmValues   *child,
            const char  *kind,
            GError     **error)
{
  const CrmEntity *entity = crm_values_get_entity (child);
  g_autoptr (GError) failure = NULL;
  g_autoptr (CrmValues) existing = find_main (writer, entity, kind, parent, &failure);

  if (failure != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return FALSE;
    }
  if (existing == NULL)
    {
      if (says_nothing (child))
        return TRUE;
      make_main (child, parent);
      return crm_writer_insert (writer, child, error) != 0;
    }
  crm_values_set_id (child, crm_values_get_id (existing));
  crm_values_merge (existing, child);
  if (says_nothing (existing))
    return crm_writer_delete (writer, entity, crm_values_get_id (existing), error);
  return crm_writer_update (writer, child, error);
}

gboolean
crm_through_update (CrmWriter  *writer,
                    CrmValues  *changes,
                    GError    **error)
{
  const CrmEntity *entity = crm_values_get_entity (changes);
  gint64 id = crm_values_get_id (changes);
  guint64 taken = 0;

  for (guint i = 0; i < entity->n_fields; i++)
    {
      const CrmField *field = &entity->fields[i];
      g_autofree char *kind = NULL;
      g_autoptr (CrmValues) child = NULL;

      if (field->through == NULL || !crm_values_has (changes, i) || (taken & bit (i)))
        continue;
      taken |= bit (i);
      if (field->kind == CRM_KIND_TAGS)
        {
          if (!crm_writer_set_tags (writer, id, crm_values_get_text (changes, i), error))
            return FALSE;
          continue;
        }
      kind = crm_through_get_kind (field->through);
      child = collect_child (changes, i, &taken);
      if (!save_child (writer, id, child, kind, error))
        return FALSE;
    }
  for (guint i = 0; i < entity->n_fields; i++)
    if (taken & bit (i))
      crm_values_unset (changes, i);
  return TRUE;
}
