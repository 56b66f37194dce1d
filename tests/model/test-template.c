/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crm-config.h"

#include "crm-error.h"
#include "crm-template.h"
#include "crm-test-store.h"

typedef struct {
  gint64  template;
  GArray *clients;
} Put;

static gboolean
put (CrmWriter     *writer,
     gpointer       data,
     GCancellable  *cancellable,
     GError       **error)
{
  const Put *job = data;

  return crm_template_put (writer, job->template, job->clients, "2026-11-23", cancellable, error);
}

static gboolean
add_sample (CrmWriter     *writer,
            gpointer       data,
            GCancellable  *cancellable,
            GError       **error)
{
  return (*(gint64 *) data = crm_template_add_sample (writer, error)) != 0;
}

/* One step for all clients; its first is the next step of those that have none. */
static void
test_put (CrmTest       *test,
          gconstpointer  data)
{
  g_autoptr (CrmStore) store = crm_test_open_store (test);
  g_autoptr (GArray) clients = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (GError) error = NULL;
  gint64 template = crm_test_save (store, &crm_activity_template, 0, "name", "Fuardan sonra", NULL);
  g_autofree char *parent = g_strdup_printf ("%" G_GINT64_FORMAT, template);
  gint64 ids[] = { crm_test_save (store, &crm_client, 0, "name", "Akın", NULL), crm_test_save (store, &crm_client, 0, "name", "Bereket", NULL) };
  Put job = { template, clients };

  g_array_append_vals (clients, ids, 2);
  g_assert_false (crm_store_step (store, "Put", put, &job, NULL, &error));
  g_assert_error (error, CRM_ERROR, CRM_ERROR_INVALID);
  g_clear_error (&error);

  crm_test_save (store, &crm_template_step, 0, "template", parent, "name", "Call", "days", "7", "priority", "high", NULL);
  crm_test_save (store, &crm_template_step, 0, "template", parent, "name", "Thank", "days", "1", "department", "sales", NULL);
  crm_test_save (store, &crm_task, 0, "name", "Own", "client", "Bereket", "next", "yes", NULL);
  g_assert_true (crm_store_step (store, "Put", put, &job, NULL, &error));
  g_assert_no_error (error);
  crm_test_assert_sql (test, "SELECT group_concat (name || ' ' || next_step, ', ') FROM (SELECT * FROM client ORDER BY name)", "Akın Thank, Bereket Own");
  crm_test_assert_sql (test,
                       "SELECT group_concat (name || '/' || due || '/' || next || '/' || priority || '/' || coalesce (department, '-'), ' ')"
                       " FROM (SELECT * FROM task WHERE client = (SELECT id FROM client WHERE name = 'Akın') ORDER BY due)",
                       "Thank/2026-11-24/1/normal/sales Call/2026-11-30/0/high/-");
  crm_test_undo (store, FALSE);
  crm_test_assert_sql (test, "SELECT group_concat (name) FROM task", "Own");
}

static void
test_sample (CrmTest       *test,
             gconstpointer  data)
{
  g_autoptr (CrmStore) store = crm_test_open_store (test);
  g_autoptr (GError) error = NULL;
  gint64 id = 0;

  g_assert_true (crm_store_step (store, "Add", add_sample, &id, NULL, &error));
  g_assert_no_error (error);
  crm_test_assert_sql (test, "SELECT t.name, count (*), min (days), max (days) FROM activity_template t JOIN template_step ON template = t.id",
                       "After the fair|6|1|35");
  crm_test_undo (store, FALSE);
  crm_test_assert_sql (test, "SELECT count (*) FROM template_step", "0");
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  crm_test_add ("/template/put", test_put);
  crm_test_add ("/template/sample", test_sample);
  return g_test_run ();
}
