/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crm-config.h"

#include "crm-export.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "crm-card-record.h"
#include "crm-csv-writer.h"
#include "crm-error.h"
#include "crm-people.h"
#include "crm-rows.h"
#include "crm-sql.h"
#include "crm-vcard-writer.h"

typedef struct {
  const CrmExport *export;
  CrmDb           *db;
  CrmCsvWriter    *table;
  CrmVcardWriter  *cards;
  GCancellable    *cancellable;
  guint            n;
} Writing;

gboolean
crm_export_is_card_file (const char *path)
{
  gsize length = strlen (path);

  return length >= 4 && g_ascii_strcasecmp (path + length - 4, ".vcf") == 0;
}

gboolean
crm_export_check (const CrmEntity  *entity,
                  const char       *path,
                  GError          **error)
{
  if (!crm_export_is_card_file (path) || entity == &crm_client || entity == &crm_person)
    return TRUE;
  /* Translators: %s is the plural of what was to be written: "Tasks" */
  g_set_error (error, CRM_ERROR, CRM_ERROR_INVALID, _("%s cannot be written as vCards, only clients and people can."), _(entity->plural));
  return FALSE;
}

/* Tables */

/* What the store keeps for itself is of no use elsewhere, but a child without its parent is nobody's. */
static gboolean
is_exported (const CrmEntity *entity,
             guint            field)
{
  return !(entity->fields[field].flags & CRM_FIELD_SYSTEM) || g_strcmp0 (entity->parent, entity->fields[field].name) == 0;
}

static gboolean
write_header (Writing  *self,
              GError  **error)
{
  const CrmEntity *entity = self->export->entity;
  g_autoptr (GPtrArray) cells = g_ptr_array_new ();

  for (guint i = 0; i < entity->n_fields; i++)
    if (is_exported (entity, i))
      g_ptr_array_add (cells, (gpointer) entity->fields[i].name);
  return crm_csv_writer_add_row (self->table, (const char * const *) cells->pdata, cells->len, error);
}

static gboolean
write_row (Writing          *self,
           const CrmValues  *values,
           GError          **error)
{
  const CrmEntity *entity = self->export->entity;
  g_autoptr (GPtrArray) cells = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < entity->n_fields; i++)
    if (is_exported (entity, i))
      g_ptr_array_add (cells, crm_values_to_plain (values, i));
  return crm_csv_writer_add_row (self->table, (const char * const *) cells->pdata, cells->len, error);
}

/* Cards */

static gboolean
write_card (Writing   *self,
            CrmVcard  *card,
            GError   **error)
{
  gboolean ok = card != NULL && crm_vcard_writer_add (self->cards, card, error);

  crm_vcard_free (card);
  return ok;
}

static gboolean
write_colleague (Writing             *self,
                 const CrmValues     *client,
                 const CrmColleague  *colleague,
                 GError             **error)
{
  const CrmCardPosition position = { crm_values_get_text (client, crm_entity_get_title_field (&crm_client)), colleague->role };
  g_autoptr (GError) failure = NULL;
  g_autoptr (CrmValues) person = crm_sql_read (self->db, &crm_person, colleague->person, &failure);

  if (failure != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return FALSE;
    }
  return person == NULL ||
         write_card (self, crm_card_record_read_person (self->db, person, &position, self->export->version, error), error);
}

/* Who has left is no longer to be found there. */
static gboolean
write_people (Writing          *self,
              const CrmValues  *client,
              GError          **error)
{
  g_autoptr (GPtrArray) people = crm_people_read (self->db, crm_values_get_id (client), error);

  for (guint i = 0; people != NULL && i < people->len; i++)
    {
      const CrmColleague *colleague = g_ptr_array_index (people, i);

      if (!colleague->has_left && !write_colleague (self, client, colleague, error))
        return FALSE;
    }
  return people != NULL;
}

static gboolean
write_cards (Writing          *self,
             const CrmValues  *values,
             GError          **error)
{
  CrmVcardVersion version = self->export->version;

  if (self->export->entity == &crm_person)
    return write_card (self, crm_card_record_read_person (self->db, values, NULL, version, error), error);
  return write_card (self, crm_card_record_read_client (self->db, values, version, error), error) && write_people (self, values, error);
}

/* All */

static gboolean
write_record (const CrmValues  *values,
              gpointer          data,
              GError          **error)
{
  Writing *self = data;

  if (g_cancellable_set_error_if_cancelled (self->cancellable, error))
    return FALSE;
  self->n++;
  if (self->export->progress != NULL)
    self->export->progress (self->export->data);
  return self->cards != NULL ? write_cards (self, values, error) : write_row (self, values, error);
}

static gboolean
open_file (Writing  *self,
           GError  **error)
{
  const CrmExport *export = self->export;

  if (!crm_export_check (export->entity, export->path, error))
    return FALSE;
  if (crm_export_is_card_file (export->path))
    {
      self->cards = crm_vcard_writer_new (export->path, export->version, error);
      return self->cards != NULL;
    }
  self->table = crm_csv_writer_new (export->path, ',', CRM_CSV_WRITER_BOM, error);
  return self->table != NULL && write_header (self, error);
}

gboolean
crm_export_run (const CrmExport  *export,
                CrmDb            *db,
                guint            *n_written,
                GCancellable     *cancellable,
                GError          **error)
{
  Writing self = { .export = export, .db = db, .cancellable = cancellable };
  gboolean ok = open_file (&self, error) &&
                crm_rows_read (db, export->entity, export->ids, crm_id_list_get_length (export->ids), TRUE, write_record, &self, error) &&
                (self.cards != NULL ? crm_vcard_writer_finish (self.cards, error) : crm_csv_writer_finish (self.table, error));

  crm_vcard_writer_free (self.cards);
  g_clear_pointer (&self.table, crm_csv_writer_free);
  *n_written = self.n;
  return ok;
}
