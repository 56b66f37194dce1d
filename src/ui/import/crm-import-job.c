/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crm-config.h"

#include "crm-import-job.h"

#include <glib/gi18n-lib.h>

#define SAMPLE_ROWS 5
#define THOUSAND 1000

/* The meter */

struct _CrmImportMeter
{
  int thousandths; /* atomic */
};

CrmImportMeter *
crm_import_meter_new (void)
{
  return g_atomic_rc_box_new0 (CrmImportMeter);
}

void
crm_import_meter_unref (CrmImportMeter *self)
{
  g_atomic_rc_box_release (self);
}

double
crm_import_meter_get_fraction (CrmImportMeter *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return g_atomic_int_get (&self->thousandths) / (double) THOUSAND;
}

static void
set_meter (gint64   bytes,
           gint64   size,
           gpointer data)
{
  CrmImportMeter *meter = data;

  g_atomic_int_set (&meter->thousandths, size > 0 ? (int) (MIN (bytes, size) * THOUSAND / size) : 0);
}

/* Reading */

typedef struct
{
  GStrv             paths;
  CrmImportOptions *known;
  CrmImportRead     what;
} Read;

static void
read_free (gpointer data)
{
  Read *self = data;

  g_strfreev (self->paths);
  g_clear_pointer (&self->known, crm_import_options_free);
  g_free (self);
}

void
crm_import_file_free (CrmImportFile *self)
{
  g_clear_pointer (&self->options, crm_import_options_free);
  g_clear_pointer (&self->rows, g_ptr_array_unref);
  g_free (self);
}

static gboolean
are_cards (char **paths)
{
  for (guint i = 0; paths[i] != NULL; i++)
    if (!crm_import_is_card_file (paths[i]))
      return FALSE;
  return TRUE;
}

static CrmImportOptions *
find_options (Read    *self,
              GError **error)
{
  gboolean found;

  switch (self->what)
    {
    case CRM_IMPORT_READ_DELIMITER:
      found = crm_import_options_detect (self->known, CRM_CSV_DETECT_DELIMITER, error);
      break;
    case CRM_IMPORT_READ_HEADER:
      found = crm_import_options_detect (self->known, CRM_CSV_DETECT_HEADER, error);
      break;
    case CRM_IMPORT_READ_MAPPING:
      found = crm_import_options_guess (self->known, error);
      break;
    default:
      return are_cards (self->paths) ? crm_import_options_new_for_cards ((const char * const *) self->paths)
                                     : crm_import_options_new (self->paths[0], error);
    }
  return found ? g_steal_pointer (&self->known) : NULL;
}

static void
run_read (GTask        *task,
          gpointer      source,
          gpointer      data,
          GCancellable *cancellable)
{
  g_autoptr (CrmImportFile) file = g_new0 (CrmImportFile, 1);
  GError *error = NULL;

  file->options = find_options (data, &error);
  if (file->options != NULL && file->options->cards == NULL)
    file->rows = crm_import_options_read_rows (file->options, SAMPLE_ROWS, &error);
  if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, g_steal_pointer (&file), (GDestroyNotify) crm_import_file_free);
}

void
crm_import_job_read_async (const char * const     *paths,
                           const CrmImportOptions *known,
                           CrmImportRead           what,
                           GCancellable           *cancellable,
                           GAsyncReadyCallback     callback,
                           gpointer                user_data)
{
  g_autoptr (GTask) task = NULL;
  Read *data = NULL;

  g_return_if_fail (paths != NULL && paths[0] != NULL);
  g_return_if_fail (known != NULL || what == CRM_IMPORT_READ_ALL);

  data = g_new0 (Read, 1);
  data->paths = g_strdupv ((GStrv) paths);
  data->known = known != NULL ? crm_import_options_copy (known) : NULL;
  data->what = what;
  task = g_task_new (NULL, cancellable, callback, user_data);
  g_task_set_source_tag (task, crm_import_job_read_async);
  g_task_set_task_data (task, data, read_free);
  g_task_run_in_thread (task, run_read);
}

CrmImportFile *
crm_import_job_read_finish (GAsyncResult  *result,
                            GError       **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, crm_import_job_read_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/* The dry run */

typedef struct
{
  char             *database;
  CrmImportOptions *options;
  CrmImportMeter   *meter;
} Plan;

static void
plan_free (gpointer data)
{
  Plan *self = data;

  g_free (self->database);
  crm_import_options_free (self->options);
  crm_import_meter_unref (self->meter);
  g_free (self);
}

static void
run_plan (GTask        *task,
          gpointer      source,
          gpointer      data,
          GCancellable *cancellable)
{
  Plan *self = data;
  g_autoptr (CrmDb) db = NULL;
  CrmImportResult *result = NULL;
  GError *error = NULL;

  if (g_task_return_error_if_cancelled (task))
    return;

  db = crm_db_open (self->database, CRM_DB_READ, &error);
  if (db != NULL)
    {
      crm_db_set_cancellable (db, cancellable);
      result = crm_import_plan (db, self->options, set_meter, self->meter, cancellable, &error);
    }
  if (result == NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, result, (GDestroyNotify) crm_import_result_free);
}

void
crm_import_job_plan_async (const char             *database,
                           const CrmImportOptions *options,
                           CrmImportMeter         *meter,
                           GCancellable           *cancellable,
                           GAsyncReadyCallback     callback,
                           gpointer                user_data)
{
  g_autoptr (GTask) task = NULL;
  Plan *data = NULL;

  g_return_if_fail (database != NULL);
  g_return_if_fail (options != NULL);
  g_return_if_fail (meter != NULL);

  data = g_new0 (Plan, 1);
  data->database = g_strdup (database);
  data->options = crm_import_options_copy (options);
  data->meter = g_atomic_rc_box_acquire (meter);
  task = g_task_new (NULL, cancellable, callback, user_data);
  g_task_set_source_tag (task, crm_import_job_plan_async);
  g_task_set_task_data (task, data, plan_free);
  g_task_run_in_thread (task, run_plan);
}

CrmImportResult *
crm_import_job_plan_finish (GAsyncResult  *result,
                            GError       **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, crm_import_job_plan_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/* The import */

/* Shared with the writer's thread */
typedef struct
{
  CrmImportRun      run;
  CrmImportOptions *options;
  CrmImportMeter   *meter;
} Run;

static void
run_clear (gpointer data)
{
  Run *self = data;

  crm_import_options_free (self->options);
  crm_import_meter_unref (self->meter);
  g_clear_pointer (&self->run.result, crm_import_result_free);
}

static void
run_unref (gpointer data)
{
  g_atomic_rc_box_release_full (data, run_clear);
}

static void
on_run (GObject      *source,
        GAsyncResult *result,
        gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  Run *data = g_task_get_task_data (task);
  GError *error = NULL;

  if (!crm_store_step_finish (CRM_STORE (source), result, &error))
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, g_steal_pointer (&data->run.result), (GDestroyNotify) crm_import_result_free);
}

void
crm_import_job_run_async (CrmStore               *store,
                          const CrmImportOptions *options,
                          guint                   expected,
                          CrmImportMeter         *meter,
                          GCancellable           *cancellable,
                          GAsyncReadyCallback     callback,
                          gpointer                user_data)
{
  GTask *task = NULL;
  Run *data = NULL;

  g_return_if_fail (CRM_IS_STORE (store));
  g_return_if_fail (options != NULL);
  g_return_if_fail (meter != NULL);

  data = g_atomic_rc_box_new0 (Run);
  data->options = crm_import_options_copy (options);
  data->meter = g_atomic_rc_box_acquire (meter);
  data->run = (CrmImportRun) { .options = data->options, .expected = expected, .progress = set_meter, .data = data->meter };

  /* What was committed before it was cancelled counts as done: the step says which it was */
  task = g_task_new (NULL, NULL, callback, user_data);
  g_task_set_source_tag (task, crm_import_job_run_async);
  g_task_set_task_data (task, data, run_unref);
  crm_store_step_async (store, _("Import"), crm_import_run, g_atomic_rc_box_acquire (data), run_unref, cancellable, on_run, task);
}

CrmImportResult *
crm_import_job_run_finish (GAsyncResult  *result,
                           GError       **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, crm_import_job_run_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
