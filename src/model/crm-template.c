/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crm-config.h"

#include "crm-template.h"

#include <glib/gi18n-lib.h>
#include <stdlib.h>

#include "crm-activity-template.h"
#include "crm-error.h"
#include "crm-sql.h"
#include "crm-task.h"

static int
compare_steps (gconstpointer a,
               gconstpointer b)
{
  const CrmValues *first = *(const CrmValues **) a;
  const CrmValues *second = *(const CrmValues **) b;
  gint64 days = crm_values_get_integer (first, CRM_TEMPLATE_STEP_DAYS) - crm_values_get_integer (second, CRM_TEMPLATE_STEP_DAYS);

  if (days == 0)
    days = crm_values_get_id (first) - crm_values_get_id (second);
  return days < 0 ? -1 : days > 0;
}

void
crm_template_order (GPtrArray *steps)
{
  g_return_if_fail (steps != NULL);

  g_ptr_array_sort (steps, compare_steps);
}

char *
crm_template_find_day (const char *start,
                       gint64      days)
{
  GDate date;

  g_return_val_if_fail (start != NULL && strlen (start) == 10 && days >= 0, NULL);

  g_date_clear (&date, 1);
  g_date_set_dmy (&date, (GDateDay) atoi (start + 8), (GDateMonth) atoi (start + 5), (GDateYear) atoi (start));
  g_date_add_days (&date, (guint) days);
  return g_strdup_printf ("%04u-%02u-%02u", (guint) g_date_get_year (&date), (guint) g_date_get_month (&date), (guint) g_date_get_day (&date));
}

static gboolean
has_next_step (CrmWriter *writer,
               gint64     client,
               gboolean  *has,
               GError   **error)
{
  CrmDb *db = crm_writer_get_db (writer);
  g_autoptr (CrmStmt) stmt = crm_db_prepare (db,
                                             "SELECT EXISTS (SELECT 1 FROM task WHERE client = ? AND next AND done IS NULL AND deleted IS NULL)", error);
  gboolean row;

  if (stmt == NULL)
    return FALSE;
  crm_stmt_bind_integer (stmt, 1, client);
  if (!crm_db_step (db, stmt, &row, error))
    return FALSE;
  *has = sqlite3_column_int (stmt, 0) != 0;
  return TRUE;
}

static gboolean
put_on_client (CrmWriter  *writer,
               GPtrArray  *steps,
               gint64      client,
               const char *start,
               GError    **error)
{
  gboolean has = FALSE;

  if (!has_next_step (writer, client, &has, error))
    return FALSE;
  for (guint i = 0; i < steps->len; i++)
    {
      const CrmValues *step = steps->pdata[i];
      g_autoptr (CrmValues) task = crm_values_new (&crm_task, 0);

      crm_values_set_text (task, CRM_TASK_NAME, crm_values_get_text (step, CRM_TEMPLATE_STEP_NAME));
      crm_values_set_reference (task, CRM_TASK_CLIENT, client, NULL);
      crm_values_take_text (task, CRM_TASK_DUE, crm_template_find_day (start, crm_values_get_integer (step, CRM_TEMPLATE_STEP_DAYS)));
      crm_values_set_text (task, CRM_TASK_PRIORITY, crm_values_get_text (step, CRM_TEMPLATE_STEP_PRIORITY));
      crm_values_set_text (task, CRM_TASK_DEPARTMENT, crm_values_get_text (step, CRM_TEMPLATE_STEP_DEPARTMENT));
      crm_values_set_integer (task, CRM_TASK_NEXT, i == 0 && !has);
      if (crm_writer_insert (writer, task, error) == 0)
        return FALSE;
    }
  return TRUE;
}

gboolean
crm_template_put (CrmWriter     *writer,
                  gint64         template,
                  GArray        *clients,
                  const char    *start,
                  GCancellable  *cancellable,
                  GError       **error)
{
  g_autoptr (GPtrArray) steps = NULL;

  g_return_val_if_fail (writer != NULL && clients != NULL, FALSE);
  g_return_val_if_fail (start != NULL && strlen (start) == 10, FALSE);

  steps = crm_sql_read_children (crm_writer_get_db (writer), &crm_template_step, template, error);
  if (steps == NULL)
    return FALSE;
  if (steps->len == 0)
    {
      g_set_error_literal (error, CRM_ERROR, CRM_ERROR_INVALID, _("This template has no steps yet."));
      return FALSE;
    }
  crm_template_order (steps);
  crm_writer_expect (writer, clients->len * (steps->len + 1));
  for (guint i = 0; i < clients->len; i++)
    if (g_cancellable_set_error_if_cancelled (cancellable, error) ||
        !put_on_client (writer, steps, g_array_index (clients, gint64, i), start, error))
      return FALSE;
  return TRUE;
}

const char *
crm_template_get_sample_name (void)
{
  return _("After the fair");
}

gint64
crm_template_add_sample (CrmWriter  *writer,
                         GError    **error)
{
  static const struct {
    const char *name;
    int         days;
    const char *priority;
  } steps[] = {
    { N_("Thank for the visit to our stand, by e-mail"), 1, "high" },
    { N_("Send catalogue and price list"), 3, "normal" },
    { N_("Call: what did they think of it?"), 7, "high" },
    { N_("Agree on a visit or a sample"), 14, "normal" },
    { N_("Send an offer"), 21, "normal" },
    { N_("Ask about the offer"), 35, "normal" },
  };
  g_autoptr (CrmValues) template = crm_values_new (&crm_activity_template, 0);
  gint64 id;

  g_return_val_if_fail (writer != NULL, 0);

  crm_values_set_text (template, CRM_ACTIVITY_TEMPLATE_NAME, crm_template_get_sample_name ());
  id = crm_writer_insert (writer, template, error);
  for (guint i = 0; id != 0 && i < G_N_ELEMENTS (steps); i++)
    {
      g_autoptr (CrmValues) step = crm_values_new (&crm_template_step, 0);

      crm_values_set_reference (step, CRM_TEMPLATE_STEP_TEMPLATE, id, NULL);
      crm_values_set_text (step, CRM_TEMPLATE_STEP_NAME, _(steps[i].name));
      crm_values_set_integer (step, CRM_TEMPLATE_STEP_DAYS, steps[i].days);
      crm_values_set_text (step, CRM_TEMPLATE_STEP_PRIORITY, steps[i].priority);
      if (crm_writer_insert (writer, step, error) == 0)
        return 0;
    }
  return id;
}
