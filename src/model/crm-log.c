/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crm-config.h"

#include "crm-log.h"

#include <glib/gi18n-lib.h>

#include "crm-error.h"
#include "crm-interaction.h"
#include "crm-people.h"
#include "crm-person.h"
#include "crm-position.h"
#include "crm-sql.h"
#include "crm-task.h"

CrmLog *
crm_log_new (CrmValues *interaction)
{
  CrmLog *self;

  g_return_val_if_fail (interaction != NULL, NULL);

  self = g_new0 (CrmLog, 1);
  self->interaction = interaction;
  return self;
}

void
crm_log_free (CrmLog *self)
{
  crm_values_unref (self->interaction);
  g_clear_pointer (&self->people, g_array_unref);
  g_free (self->next_name);
  g_free (self);
}

/* Writing */

static gboolean
write_task (CrmWriter  *writer,
            CrmLog     *log,
            GError    **error)
{
  g_autoptr (CrmValues) task = crm_values_new (&crm_task, 0);
  gint64 client = crm_values_get_integer (log->interaction, CRM_INTERACTION_CLIENT);
  gint64 id;

  crm_values_set_text (task, CRM_TASK_NAME, log->next_name);
  if (client != 0)
    crm_values_set_reference (task, CRM_TASK_CLIENT, client, NULL);
  if (log->people != NULL && log->people->len > 0)
    crm_values_set_reference (task, CRM_TASK_PERSON, g_array_index (log->people, gint64, 0), NULL);
  crm_values_set_integer (task, CRM_TASK_NEXT, client != 0);
  crm_values_set_text (task, CRM_TASK_DUE, log->next_due.date);
  crm_values_set_text (task, CRM_TASK_TIME, log->next_due.time);
  id = crm_writer_insert (writer, task, error);
  if (id != 0)
    crm_values_set_reference (log->interaction, CRM_INTERACTION_NEXT_STEP, id, NULL);
  return id != 0;
}

static gboolean
remove_id (GArray *ids,
           gint64  id)
{
  for (guint i = 0; i < ids->len; i++)
    if (g_array_index (ids, gint64, i) == id)
      {
        g_array_remove_index (ids, i);
        return TRUE;
      }
  return FALSE;
}

/* Who does not take part any more goes; those are left in @people who are not written down yet. Who is known by name only stays. */
static gboolean
keep_people (CrmWriter  *writer,
             gint64      interaction,
             GArray     *people,
             GError    **error)
{
  g_autoptr (GArray) rows = crm_writer_find_referring (writer, &crm_participant, CRM_PARTICIPANT_INTERACTION, interaction, error);

  for (guint i = 0; rows != NULL && i < rows->len; i++)
    {
      gint64 row = g_array_index (rows, gint64, i);
      g_autoptr (CrmValues) participant = crm_writer_read (writer, &crm_participant, row, error);

      if (participant == NULL)
        return FALSE;
      if (crm_values_is_null (participant, CRM_PARTICIPANT_PERSON) ||
          remove_id (people, crm_values_get_integer (participant, CRM_PARTICIPANT_PERSON)))
        continue;
      if (!crm_writer_delete (writer, &crm_participant, row, error))
        return FALSE;
    }
  return rows != NULL;
}

static gboolean
write_people (CrmWriter  *writer,
              gint64      interaction,
              GArray     *wanted,
              GError    **error)
{
  g_autoptr (GArray) people = g_array_copy (wanted);

  if (!keep_people (writer, interaction, people, error))
    return FALSE;
  for (guint i = 0; i < people->len; i++)
    {
      g_autoptr (CrmValues) participant = crm_values_new (&crm_participant, 0);

      crm_values_set_reference (participant, CRM_PARTICIPANT_INTERACTION, interaction, NULL);
      crm_values_set_reference (participant, CRM_PARTICIPANT_PERSON, g_array_index (people, gint64, i), NULL);
      if (crm_writer_insert (writer, participant, error) == 0)
        return FALSE;
    }
  return TRUE;
}

gboolean
crm_log_write (CrmWriter     *writer,
               gpointer       data,
               GCancellable  *cancellable,
               GError       **error)
{
  CrmLog *log = data;
  gint64 id = crm_values_get_id (log->interaction);

  if (log->next_name != NULL && !write_task (writer, log, error))
    return FALSE;
  if (id != 0)
    {
      if (!crm_writer_update (writer, log->interaction, error))
        return FALSE;
    }
  else
    {
      id = crm_writer_insert (writer, log->interaction, error);
      if (id == 0)
        return FALSE;
      crm_values_set_id (log->interaction, id);
    }
  return log->people == NULL || write_people (writer, id, log->people, error);
}

/* What there is */

CrmLogContext *
crm_log_context_new (gint64 interaction,
                     gint64 client,
                     gint64 person)
{
  CrmLogContext *self = g_new0 (CrmLogContext, 1);

  self->interaction = interaction;
  self->client = client;
  self->person = person;
  self->people = g_ptr_array_new_with_free_func ((GDestroyNotify) crm_colleague_free);
  self->present = g_array_new (FALSE, FALSE, sizeof (gint64));
  return self;
}

void
crm_log_context_free (CrmLogContext *self)
{
  g_free (self->client_name);
  g_ptr_array_unref (self->people);
  g_array_unref (self->present);
  g_clear_pointer (&self->values, crm_values_unref);
  g_free (self);
}

static gboolean
read_interaction (CrmDb          *db,
                  CrmLogContext  *self,
                  GError        **error)
{
  g_autoptr (GPtrArray) participants = crm_sql_read_children (db, &crm_participant, self->interaction, error);
  GError *failure = NULL;

  if (participants == NULL)
    return FALSE;
  self->values = crm_sql_read (db, &crm_interaction, self->interaction, &failure);
  if (self->values == NULL)
    {
      if (failure == NULL)
        g_set_error_literal (&failure, CRM_ERROR, CRM_ERROR_NOT_FOUND, _("This record is gone."));
      g_propagate_error (error, failure);
      return FALSE;
    }
  self->client = crm_values_get_integer (self->values, CRM_INTERACTION_CLIENT);
  for (guint i = 0; i < participants->len; i++)
    {
      gint64 person = crm_values_get_integer (participants->pdata[i], CRM_PARTICIPANT_PERSON);

      if (person != 0)
        g_array_append_val (self->present, person);
    }
  return TRUE;
}

/* Where a person works, who is asked for alone. */
static gboolean
find_firm (CrmDb          *db,
           CrmLogContext  *self,
           GError        **error)
{
  g_autoptr (CrmStmt) stmt = crm_db_prepare (db,
                                             "SELECT client.id FROM position JOIN client ON client.id = position.client"
                                             " WHERE position.person = ? AND position.kind <> 'left' AND client.deleted IS NULL"
                                             " ORDER BY position.contact DESC, position.id LIMIT 1",
                                             error);
  gboolean row;

  if (stmt == NULL)
    return FALSE;
  crm_stmt_bind_integer (stmt, 1, self->person);
  if (!crm_db_step (db, stmt, &row, error))
    return FALSE;
  if (row)
    self->client = sqlite3_column_int64 (stmt, 0);
  return TRUE;
}

static gboolean
read_client (CrmDb          *db,
             CrmLogContext  *self,
             GError        **error)
{
  GError *failure = NULL;
  g_autoptr (CrmValues) client = crm_sql_read (db, &crm_client, self->client, &failure);

  if (failure != NULL)
    {
      g_propagate_error (error, failure);
      return FALSE;
    }
  if (client == NULL)
    {
      self->client = 0;
      return TRUE;
    }
  self->client_name = g_strdup (crm_values_get_text (client, crm_entity_get_title_field (&crm_client)));
  g_ptr_array_unref (self->people);
  self->people = crm_people_read (db, self->client, error);
  if (self->people != NULL)
    return TRUE;
  self->people = g_ptr_array_new ();
  return FALSE;
}

static gboolean
knows (CrmLogContext *self,
       gint64         person)
{
  for (guint i = 0; i < self->people->len; i++)
    if (((CrmColleague *) self->people->pdata[i])->person == person)
      return TRUE;
  return FALSE;
}

/* Who takes part comes first though from elsewhere. */
static gboolean
add_others (CrmDb          *db,
            CrmLogContext  *self,
            GError        **error)
{
  for (guint i = 0; i < self->present->len; i++)
    {
      gint64 id = g_array_index (self->present, gint64, i);
      g_autoptr (GError) failure = NULL;
      g_autoptr (CrmValues) person = knows (self, id) ? NULL : crm_sql_read (db, &crm_person, id, &failure);
      CrmColleague *colleague;

      if (failure != NULL)
        {
          g_propagate_error (error, g_steal_pointer (&failure));
          return FALSE;
        }
      if (person == NULL)
        continue;
      colleague = g_new0 (CrmColleague, 1);
      colleague->person = id;
      colleague->name = g_strdup (crm_values_get_text (person, CRM_PERSON_NAME));
      g_ptr_array_insert (self->people, 0, colleague);
    }
  return TRUE;
}

gpointer
crm_log_context_read (CrmDb         *db,
                      gpointer       data,
                      GCancellable  *cancellable,
                      GError       **error)
{
  const CrmLogContext *asked = data;
  g_autoptr (CrmLogContext) self = crm_log_context_new (asked->interaction, asked->client, asked->person);

  if (self->interaction != 0 && !read_interaction (db, self, error))
    return NULL;
  if (self->person != 0)
    g_array_append_val (self->present, self->person);
  for (guint i = 0; i < asked->present->len; i++)
    g_array_append_val (self->present, g_array_index (asked->present, gint64, i));
  if (self->client == 0 && self->person != 0 && !find_firm (db, self, error))
    return NULL;
  if (self->client != 0 && !read_client (db, self, error))
    return NULL;
  if (!add_others (db, self, error))
    return NULL;
  return g_steal_pointer (&self);
}
