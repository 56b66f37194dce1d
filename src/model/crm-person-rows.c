/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crm-config.h"

#include "crm-person-rows.h"

#include <glib/gi18n-lib.h>

#include "crm-contact-point.h"
#include "crm-error.h"
#include "crm-fold.h"
#include "crm-interaction.h"
#include "crm-person.h"
#include "crm-sql.h"
#include "crm-through.h"

typedef struct {
  CrmDb     *db;
  gint64     person;
  GPtrArray *rows;
} Reading;

void
crm_person_row_free (CrmPersonRow *row)
{
  crm_values_unref (row->values);
  g_free (row);
}

static void
free_row (gpointer row)
{
  crm_person_row_free (row);
}

const CrmPersonRow *
crm_person_rows_find (GPtrArray       *rows,
                      const CrmEntity *entity,
                      gint64           id)
{
  for (guint i = 0; i < rows->len; i++)
    {
      const CrmPersonRow *row = rows->pdata[i];

      if (crm_values_get_id (row->values) == id && crm_values_get_entity (row->values) == entity)
        return row;
    }
  return NULL;
}

gboolean
crm_person_row_is_reference (const CrmField *field)
{
  return field->kind == CRM_KIND_REFERENCE && strcmp (field->refers, crm_person.name) == 0;
}

gboolean
crm_person_row_tells (const CrmField *field)
{
  if (field->kind == CRM_KIND_REFERENCE || field->through != NULL || field->derived != NULL)
    return FALSE;
  return (field->flags & CRM_FIELD_PERSONAL) || strcmp (field->name, "extra") == 0 || strcmp (field->name, "message") == 0;
}

static gboolean
take (Reading           *reading,
      const CrmEntity   *entity,
      gint64             id,
      CrmPersonRowKind   kind,
      GError           **error)
{
  GError *failure = NULL;
  CrmValues *values;
  CrmPersonRow *row;

  if (crm_person_rows_find (reading->rows, entity, id) != NULL)
    return TRUE;
  values = crm_sql_read (reading->db, entity, id, &failure);
  if (values == NULL)
    {
      if (failure != NULL)
        g_propagate_error (error, failure);
      return failure == NULL;
    }
  row = g_new (CrmPersonRow, 1);
  *row = (CrmPersonRow) { kind, values };
  g_ptr_array_add (reading->rows, row);
  return TRUE;
}

static gboolean
take_all (Reading           *reading,
          const CrmEntity   *entity,
          guint              field,
          gint64             id,
          CrmPersonRowKind   kind,
          GError           **error)
{
  g_autoptr (GArray) ids = crm_sql_find_referring (reading->db, entity, field, id, error);

  for (guint i = 0; ids != NULL && i < ids->len; i++)
    if (!take (reading, entity, g_array_index (ids, gint64, i), kind, error))
      return FALSE;
  return ids != NULL;
}

/* What refers to the person */
static gboolean
take_referring (Reading  *reading,
                GError  **error)
{
  const CrmEntity * const *all = crm_entity_get_all ();

  for (guint e = 0; all[e] != NULL; e++)
    for (guint f = 0; f < all[e]->n_fields; f++)
      {
        const CrmField *field = &all[e]->fields[f];
        gboolean goes = (field->flags & (CRM_FIELD_OWNER | CRM_FIELD_REQUIRED)) != 0;

        if (crm_person_row_is_reference (field) &&
            !take_all (reading, all[e], f, reading->person, goes ? CRM_PERSON_ROW_OWN : CRM_PERSON_ROW_ABOUT, error))
          return FALSE;
      }
  return TRUE;
}

/* Somebody who took part in an e-mail may be known by the address alone. */
static gboolean
take_by_address (Reading     *reading,
                 const char  *address,
                 GError     **error)
{
  g_autoptr (CrmStmt) stmt = crm_db_prepare (reading->db, "SELECT id FROM participant WHERE person IS NULL AND folds_to (address, ?)", error);
  g_autoptr (GArray) ids = NULL;
  g_autofree char *folded = crm_fold (address);

  if (stmt == NULL)
    return FALSE;
  crm_stmt_bind_text (stmt, 1, folded);
  ids = crm_db_get_integers (reading->db, stmt, error);
  for (guint i = 0; ids != NULL && i < ids->len; i++)
    if (!take (reading, &crm_participant, g_array_index (ids, gint64, i), CRM_PERSON_ROW_ABOUT, error))
      return FALSE;
  return ids != NULL;
}

static gboolean
is_email (const CrmPersonRow *row)
{
  return crm_values_get_entity (row->values) == &crm_person_point &&
         g_strcmp0 (crm_values_get_text (row->values, CRM_CONTACT_POINT_KIND), "email") == 0;
}

static gboolean
take_addressed (Reading  *reading,
                GError  **error)
{
  guint n = reading->rows->len;

  for (guint i = 0; i < n; i++)
    if (is_email (reading->rows->pdata[i]) &&
        !take_by_address (reading, crm_values_get_text (((CrmPersonRow *) reading->rows->pdata[i])->values, CRM_CONTACT_POINT_VALUE), error))
      return FALSE;
  return TRUE;
}

/* Is another person in one of the children of @parent? -1: it cannot be told. */
static int
has_others (Reading          *reading,
            const CrmEntity  *child,
            gint64            parent,
            GError          **error)
{
  g_autoptr (GPtrArray) children = crm_sql_read_children (reading->db, child, parent, error);

  if (children == NULL)
    return -1;
  for (guint i = 0; i < children->len; i++)
    for (guint f = 0; f < child->n_fields; f++)
      {
        gint64 id = crm_values_get_integer (children->pdata[i], f);

        if (crm_person_row_is_reference (&child->fields[f]) && id != 0 && id != reading->person)
          return TRUE;
      }
  return FALSE;
}

/* A child that tells of the person is there with what it belongs to: a conversation that they took part in. */
static gboolean
take_parent (Reading          *reading,
             const CrmValues  *child,
             GError          **error)
{
  const CrmEntity *entity = crm_values_get_entity (child);
  guint field = crm_entity_get_parent_field (entity);
  gint64 parent = crm_values_get_integer (child, field);
  int others = has_others (reading, entity, parent, error);

  return others >= 0 && take (reading, crm_entity_find (entity->fields[field].refers), parent,
                              others ? CRM_PERSON_ROW_SHARED : CRM_PERSON_ROW_ABOUT, error);
}

static gboolean
take_parents (Reading  *reading,
              GError  **error)
{
  guint n = reading->rows->len;

  for (guint i = 0; i < n; i++)
    {
      const CrmPersonRow *row = reading->rows->pdata[i];

      if (row->kind == CRM_PERSON_ROW_ABOUT && !crm_entity_is_root (crm_values_get_entity (row->values)) &&
          !take_parent (reading, row->values, error))
        return FALSE;
    }
  return TRUE;
}

/* What goes with a record that tells of nobody else: what was attached to a conversation. */
static gboolean
take_attached (Reading  *reading,
               GError  **error)
{
  const CrmEntity * const *all = crm_entity_get_all ();
  guint n = reading->rows->len;

  for (guint i = 0; i < n; i++)
    {
      const CrmPersonRow *row = reading->rows->pdata[i];
      const CrmEntity *entity = crm_values_get_entity (row->values);

      if (row->kind != CRM_PERSON_ROW_ABOUT || !crm_entity_is_root (entity))
        continue;
      for (guint e = 0; all[e] != NULL; e++)
        for (guint f = 0; f < all[e]->n_fields; f++)
          if ((all[e]->fields[f].flags & CRM_FIELD_OWNER) && strcmp (all[e]->fields[f].refers, entity->name) == 0 &&
              !take_all (reading, all[e], f, crm_values_get_id (row->values), CRM_PERSON_ROW_OWN, error))
            return FALSE;
    }
  return TRUE;
}

static int
get_number (const CrmPersonRow *row)
{
  const CrmEntity * const *all = crm_entity_get_all ();
  int i = 0;

  if (crm_values_get_entity (row->values) == &crm_person)
    return -1;
  while (all[i] != crm_values_get_entity (row->values))
    i++;
  return i;
}

static int
compare_rows (gconstpointer a,
              gconstpointer b)
{
  const CrmPersonRow *x = *(CrmPersonRow * const *) a, *y = *(CrmPersonRow * const *) b;
  gint64 id_x = crm_values_get_id (x->values), id_y = crm_values_get_id (y->values);

  if (get_number (x) != get_number (y))
    return get_number (x) - get_number (y);
  return (id_x > id_y) - (id_x < id_y);
}

GPtrArray *
crm_person_rows_read (CrmDb   *db,
                      gint64   person,
                      GError **error)
{
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func (free_row);
  Reading reading = { db, person, rows };

  g_return_val_if_fail (db != NULL, NULL);

  if (!take (&reading, &crm_person, person, CRM_PERSON_ROW_OWN, error))
    return NULL;
  if (rows->len == 0)
    {
      g_autofree char *number = g_strdup_printf ("%" G_GINT64_FORMAT, person);

      g_set_error (error, CRM_ERROR, CRM_ERROR_NOT_FOUND, _("There is no person with the id %s."), number);
      return NULL;
    }
  if (!crm_through_load (db, ((CrmPersonRow *) rows->pdata[0])->values, error) || !take_referring (&reading, error) ||
      !take_addressed (&reading, error) || !take_parents (&reading, error) || !take_attached (&reading, error))
    return NULL;
  g_ptr_array_sort (rows, compare_rows);
  return g_steal_pointer (&rows);
}

void
crm_person_rows_add_names (GPtrArray  *rows,
                           CrmNeedles *names)
{
  const CrmValues *person = ((CrmPersonRow *) rows->pdata[0])->values;
  const char *given = crm_values_get_text (person, CRM_PERSON_GIVEN), *family = crm_values_get_text (person, CRM_PERSON_FAMILY);

  crm_needles_add (names, crm_values_get_text (person, CRM_PERSON_NAME));
  if (given != NULL && family != NULL)
    {
      g_autofree char *joined = g_strconcat (given, " ", family, NULL);
      g_autofree char *turned = g_strconcat (family, " ", given, NULL);

      crm_needles_add (names, joined);
      crm_needles_add (names, turned);
    }
  for (guint i = 0; i < rows->len; i++)
    if (is_email (rows->pdata[i]))
      crm_needles_add (names, crm_values_get_text (((CrmPersonRow *) rows->pdata[i])->values, CRM_CONTACT_POINT_VALUE));
}

/* Mentions */

void
crm_mention_free (CrmMention *mention)
{
  g_free (mention->title);
  g_free (mention->text);
  g_free (mention);
}

char *
crm_mention_make_key (const CrmEntity *entity,
                      gint64           id,
                      guint            field)
{
  return g_strdup_printf ("%s:%" G_GINT64_FORMAT ":%s", entity->name, id, entity->fields[field].name);
}

static void
free_mention (gpointer mention)
{
  crm_mention_free (mention);
}

static gboolean
is_text (const CrmField *field)
{
  if (field->through != NULL || field->derived != NULL || (field->flags & CRM_FIELD_VIRTUAL))
    return FALSE;
  return field->kind == CRM_KIND_TEXT || field->kind == CRM_KIND_NOTE || field->kind == CRM_KIND_EMAIL || field->kind == CRM_KIND_URL ||
         field->kind == CRM_KIND_PHONE;
}

/* NULL: the entity has no texts */
static char *
make_query (const CrmEntity  *entity,
            const CrmNeedles *names)
{
  g_autoptr (GString) sql = g_string_new (NULL);
  gboolean any = FALSE;

  g_string_append_printf (sql, "SELECT id FROM %s WHERE", entity->name);
  for (guint f = 0; f < entity->n_fields; f++)
    if (is_text (&entity->fields[f]))
      {
        g_string_append_printf (sql, "%s (%s IS NOT NULL AND (0", any ? " OR" : "", entity->fields[f].name);
        for (guint i = 0; i < crm_needles_get (names)->len; i++)
          g_string_append_printf (sql, " OR instr (fold (%s), ?%u)", entity->fields[f].name, i + 1);
        g_string_append (sql, "))");
        any = TRUE;
      }
  return any ? g_string_free (g_steal_pointer (&sql), FALSE) : NULL;
}

/* (transfer full) (element-type gint64) */
static GArray *
find_ids (CrmDb             *db,
          const CrmEntity   *entity,
          const CrmNeedles  *names,
          GError           **error)
{
  g_autofree char *sql = make_query (entity, names);
  g_autoptr (CrmStmt) stmt = NULL;

  if (sql == NULL)
    return g_array_new (FALSE, FALSE, sizeof (gint64));
  stmt = crm_db_prepare (db, sql, error);
  if (stmt == NULL)
    return NULL;
  for (guint i = 0; i < crm_needles_get (names)->len; i++)
    crm_stmt_bind_text (stmt, (int) i + 1, crm_needles_get (names)->pdata[i]);
  return crm_db_get_integers (db, stmt, error);
}

/* (transfer full): of the record, or of what it belongs to */
static char *
get_title (const CrmValues *values)
{
  const CrmEntity *entity = crm_values_get_entity (values);
  guint field = crm_entity_is_root (entity) ? crm_entity_get_title_field (entity) : crm_entity_get_parent_field (entity);
  const char *title = crm_values_get_text (values, field);

  return g_strdup (title != NULL ? title : _(entity->label));
}

/* Another person of that name is somebody else, as long as nobody says otherwise. */
static gboolean
is_namesake (const CrmEntity *entity,
             guint            field)
{
  return entity == &crm_person && field == CRM_PERSON_NAME;
}

static void
add_mentions (const CrmValues  *values,
              const CrmNeedles *names,
              GPtrArray        *mentions)
{
  const CrmEntity *entity = crm_values_get_entity (values);

  for (guint f = 0; f < entity->n_fields; f++)
    {
      const char *text = is_text (&entity->fields[f]) ? crm_values_get_text (values, f) : NULL;
      CrmMention *mention;

      if (text == NULL || !crm_needles_occur (names, text))
        continue;
      mention = g_new (CrmMention, 1);
      *mention = (CrmMention) { entity, crm_values_get_id (values), f, get_title (values), g_strdup (text),
                                !is_namesake (entity, f) && crm_needles_is_sure (names, text) };
      g_ptr_array_add (mentions, mention);
    }
}

static gboolean
read_mentions (CrmDb             *db,
               const CrmEntity   *entity,
               GPtrArray         *rows,
               const CrmNeedles  *names,
               GPtrArray         *mentions,
               GError           **error)
{
  g_autoptr (GArray) ids = find_ids (db, entity, names, error);

  if (ids == NULL)
    return FALSE;
  for (guint i = 0; i < ids->len; i++)
    {
      gint64 id = g_array_index (ids, gint64, i);
      const CrmPersonRow *row = crm_person_rows_find (rows, entity, id);
      g_autoptr (CrmValues) values = NULL;

      if (row != NULL && row->kind != CRM_PERSON_ROW_SHARED)
        continue;
      values = crm_sql_read (db, entity, id, error);
      if (values == NULL)
        return FALSE;
      add_mentions (values, names, mentions);
    }
  return TRUE;
}

GPtrArray *
crm_mentions_read (CrmDb             *db,
                   GPtrArray         *rows,
                   const CrmNeedles  *names,
                   GError           **error)
{
  const CrmEntity * const *all = crm_entity_get_all ();
  g_autoptr (GPtrArray) mentions = g_ptr_array_new_with_free_func (free_mention);

  for (guint e = 0; all[e] != NULL && crm_needles_get (names)->len > 0; e++)
    if (!read_mentions (db, all[e], rows, names, mentions, error))
      return NULL;
  return g_steal_pointer (&mentions);
}
