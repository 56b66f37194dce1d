/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crm-config.h"

#include "crm-interaction.h"
#include "crm-task.h"
#include "crm-test-store.h"
#include "crm-today.h"

/* Monday, 23 November 2026, 14:05 */
static void
init_request (CrmTodayRequest *request,
              guint            limit)
{
  static const int rhythms[CRM_TODAY_N_GRADES] = { 14, 30, 60, 0 };
  g_autoptr (GDateTime) now = g_date_time_new_utc (2026, 11, 23, 14, 5, 0);

  crm_today_request_init (request, now, limit);
  memcpy (request->rhythms, rhythms, sizeof rhythms);
}

static gpointer
read_today (CrmDb         *db,
            gpointer       data,
            GCancellable  *cancellable,
            GError       **error)
{
  return crm_today_read (db, data, error);
}

/* (transfer full): of a part how many there are, and of each row what, who and when */
static char *
tell (CrmStore     *store,
      CrmTodayPart  part,
      guint         limit)
{
  CrmTodayRequest request;
  g_autoptr (GError) error = NULL;
  g_autoptr (CrmToday) today = NULL;
  GString *text = g_string_new (NULL);

  init_request (&request, limit);
  today = crm_store_read (store, read_today, &request, &error);
  g_assert_no_error (error);
  g_string_append_printf (text, "%u:", today->counts[part]);
  for (guint i = 0; i < today->rows[part]->len; i++)
    {
      const CrmTodayRow *row = today->rows[part]->pdata[i];
      const char *words[] = { row->what, row->who, row->with, row->date, row->time, row->detail, row->phone };

      g_string_append (text, " (");
      for (guint j = 0; j < G_N_ELEMENTS (words); j++)
        if (words[j] != NULL)
          g_string_append_printf (text, "%s/", words[j]);
      g_string_append_printf (text, "%d)", row->days);
    }
  return g_string_free (text, FALSE);
}

#define assert_part(store, part, limit, expected) \
  G_STMT_START { \
    g_autofree char *crm_told = tell (store, part, limit); \
    g_assert_cmpstr (crm_told, ==, expected); \
  } G_STMT_END

static void
test_tasks (CrmTest       *test,
            gconstpointer  data)
{
  g_autoptr (CrmStore) store = crm_test_open_store (test);
  const char *client = "Ağaoğlu Gıda";
  gint64 id;

  crm_test_save (store, &crm_client, 0, "name", client, "phone", "0212 555 01 42", NULL);
  crm_test_save (store, &crm_person, 0, "name", "Sevgi Ağaoğlu", "phone", "0532 555 01 42", NULL);
  crm_test_save (store, &crm_task, 0, "name", "Late", "client", client, "next", "yes", "due", "2026-11-21", "department", "sales", NULL);
  crm_test_save (store, &crm_task, 0, "name", "Later", "client", client, "due", "2026-11-22", NULL);
  crm_test_save (store, &crm_task, 0, "name", "Afternoon", "person", "Sevgi Ağaoğlu", "due", "2026-11-23", "time", "15:00", NULL);
  id = crm_test_save (store, &crm_task, 0, "name", "Morning", "client", client, "person", "Sevgi Ağaoğlu", "due", "2026-11-23", "time", "09:00", NULL);
  crm_test_save (store, &crm_task, 0, "name", "Any time", "due", "2026-11-23", NULL);
  crm_test_save (store, &crm_task, 0, "name", "Last of the week", "due", "2026-11-30", NULL);
  crm_test_save (store, &crm_task, 0, "name", "Too far", "due", "2026-12-01", NULL);
  crm_test_save (store, &crm_task, 0, "name", "Without a day", NULL);
  crm_test_save (store, &crm_task, 0, "name", "Done", "due", "2026-11-20", "done", "2026-11-20T10:00:00Z", NULL);
  crm_test_save (store, &crm_task, 0, "name", "Snoozed", "due", "2026-11-20", "snooze", "2026-11-24", NULL);
  crm_test_save (store, &crm_task, 0, "name", "Awake", "due", "2026-11-20", "snooze", "2026-11-23", NULL);
  crm_test_save (store, &crm_task, 0, "name", "Awake without a day", "snooze", "2026-11-23", NULL);

  assert_part (store, CRM_TODAY_LATE, 10, "3: (Awake/2026-11-20/0) (Late/Ağaoğlu Gıda/2026-11-21/sales/0212 555 01 42/0)"
               " (Later/Ağaoğlu Gıda/2026-11-22/0212 555 01 42/0)");
  assert_part (store, CRM_TODAY_LATE, 1, "3: (Awake/2026-11-20/0)");
  assert_part (store, CRM_TODAY_NOW, 10, "4: (Awake without a day/0) (Morning/Ağaoğlu Gıda/Sevgi Ağaoğlu/2026-11-23/09:00/0532 555 01 42/0)"
               " (Afternoon/Sevgi Ağaoğlu/2026-11-23/15:00/0532 555 01 42/0) (Any time/2026-11-23/0)");
  assert_part (store, CRM_TODAY_COMING, 10, "1: (Last of the week/2026-11-30/0)");
  crm_test_save (store, &crm_task, id, "done", "2026-11-23T10:00:00Z", NULL);
  assert_part (store, CRM_TODAY_NOW, 0, "3:");
  crm_test_undo (store, FALSE);
  assert_part (store, CRM_TODAY_NOW, 0, "4:");
}

/* Nothing is to be done at a client that is in the trash. */
static void
test_trash (CrmTest       *test,
            gconstpointer  data)
{
  g_autoptr (CrmStore) store = crm_test_open_store (test);
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (GError) error = NULL;
  gint64 id = crm_test_save (store, &crm_client, 0, "name", "Akın Makine", NULL);

  crm_test_save (store, &crm_task, 0, "name", "Late", "client", "Akın Makine", "due", "2026-11-21", NULL);
  assert_part (store, CRM_TODAY_LATE, 0, "1:");
  assert_part (store, CRM_TODAY_NO_STEP, 10, "1: (Akın Makine/0)");
  crm_test_save (store, &crm_client, id, "kind", "former", NULL);
  assert_part (store, CRM_TODAY_NO_STEP, 0, "0:");
  crm_test_run_sql (test->database, "UPDATE client SET deleted = 1");
  assert_part (store, CRM_TODAY_LATE, 0, "0:");
}

static void
test_no_step (CrmTest       *test,
              gconstpointer  data)
{
  g_autoptr (CrmStore) store = crm_test_open_store (test);

  crm_test_save (store, &crm_client, 0, "name", "Zeytin", "grade", "A", NULL);
  crm_test_save (store, &crm_client, 0, "name", "Çınar", NULL);
  crm_test_save (store, &crm_client, 0, "name", "Bereket", "grade", "B", NULL);
  crm_test_save (store, &crm_client, 0, "name", "Akın", NULL);
  assert_part (store, CRM_TODAY_NO_STEP, 10, "4: (Zeytin/A/0) (Bereket/B/0) (Akın/0) (Çınar/0)");
  crm_test_save (store, &crm_task, 0, "name", "Call", "client", "Zeytin", "next", "yes", NULL);
  assert_part (store, CRM_TODAY_NO_STEP, 1, "3: (Bereket/B/0)");
}

static void
add_silent (CrmStore   *store,
            const char *name,
            const char *kind,
            const char *grade,
            const char *contact)
{
  crm_test_save (store, &crm_client, 0, "name", name, "kind", kind, "grade", grade, NULL);
  crm_test_save (store, &crm_interaction, 0, "client", name, "at", contact, "outcome", "reached", NULL);
}

static void
test_silent (CrmTest       *test,
             gconstpointer  data)
{
  g_autoptr (CrmStore) store = crm_test_open_store (test);

  add_silent (store, "Bereket", "client", "B", "2026-10-01T10:00:00Z");
  add_silent (store, "Çınar", "key_client", "A", "2026-10-13T10:00:00Z");
  add_silent (store, "Just in time", "key_client", "A", "2026-11-09T10:00:00Z");
  add_silent (store, "Prospect", "prospect", "A", "2026-10-13T10:00:00Z");
  add_silent (store, "No matter", "client", "D", "2020-10-13T10:00:00Z");
  assert_part (store, CRM_TODAY_SILENT, 10, "2: (Çınar/A/41) (Bereket/B/53)");
  assert_part (store, CRM_TODAY_SILENT, 1, "2: (Çınar/A/41)");
  crm_test_save (store, &crm_interaction, 0, "client", "Çınar", "at", "2026-11-20T10:00:00Z", "outcome", "no_answer", NULL);
  assert_part (store, CRM_TODAY_SILENT, 0, "2:");
  crm_test_save (store, &crm_interaction, 0, "client", "Çınar", "at", "2026-11-20T10:00:00Z", "outcome", "reached", NULL);
  assert_part (store, CRM_TODAY_SILENT, 10, "1: (Bereket/B/53)");
  /* It shows among what is coming already */
  crm_test_save (store, &crm_task, 0, "name", "Call", "client", "Bereket", "next", "yes", "due", "2026-11-25", NULL);
  assert_part (store, CRM_TODAY_SILENT, 0, "0:");
}

static void
test_birthdays (CrmTest       *test,
                gconstpointer  data)
{
  g_autoptr (CrmStore) store = crm_test_open_store (test);
  g_autoptr (GDateTime) february = g_date_time_new_utc (2027, 2, 27, 8, 0, 0);
  g_autoptr (GError) error = NULL;
  g_autoptr (CrmToday) today = NULL;
  CrmTodayRequest request;

  crm_test_save (store, &crm_person, 0, "name", "Ayşe", "birthday", "1980-11-30", NULL);
  crm_test_save (store, &crm_person, 0, "name", "Mehmet", "birthday", "--11-23", NULL);
  crm_test_save (store, &crm_person, 0, "name", "Too far", "birthday", "1980-12-01", NULL);
  crm_test_save (store, &crm_person, 0, "name", "Over", "birthday", "1980-11-22", NULL);
  crm_test_save (store, &crm_person, 0, "name", "Leap", "birthday", "2000-02-29", NULL);
  assert_part (store, CRM_TODAY_BIRTHDAYS, 10, "2: (Mehmet/2026-11-23/0) (Ayşe/2026-11-30/1980/0)");
  crm_today_request_init (&request, february, 10);
  today = crm_store_read (store, read_today, &request, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (today->counts[CRM_TODAY_BIRTHDAYS], ==, 1);
  g_assert_cmpstr (((CrmTodayRow *) today->rows[CRM_TODAY_BIRTHDAYS]->pdata[0])->date, ==, "2027-02-28");
}

/* Nothing of it goes through whole tables. */
static void
test_indexes (CrmTest       *test,
              gconstpointer  data)
{
  g_autoptr (CrmStore) store = crm_test_open_store (test);
  g_autofree char *step = crm_test_query (test->database,
                                          "EXPLAIN QUERY PLAN SELECT id, name FROM client WHERE next_step IS NULL AND deleted IS NULL AND kind <> 'former'"
                                          " ORDER BY grade NULLS LAST, name_key, id LIMIT 10");
  g_autofree char *silent = crm_test_query (test->database,
                                            "EXPLAIN QUERY PLAN SELECT id FROM client WHERE grade = 'A' AND coalesce (last_contact, created) < 5"
                                            " AND kind IN ('client', 'key_client') AND grade IS NOT NULL AND deleted IS NULL"
                                            " ORDER BY coalesce (last_contact, created)");

  crm_test_assert_contains (step, "client_no_step");
  g_assert_null (strstr (step, "TEMP B-TREE"));
  crm_test_assert_contains (silent, "client_contact");
  g_assert_null (strstr (silent, "TEMP B-TREE"));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  crm_test_add ("/today/tasks", test_tasks);
  crm_test_add ("/today/trash", test_trash);
  crm_test_add ("/today/no-step", test_no_step);
  crm_test_add ("/today/silent", test_silent);
  crm_test_add ("/today/birthdays", test_birthdays);
  crm_test_add ("/today/indexes", test_indexes);
  return g_test_run ();
}
