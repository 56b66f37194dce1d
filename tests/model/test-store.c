/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crm-config.h"

#include "crm-address.h"
#include "crm-client.h"
#include "crm-contact-point.h"
#include "crm-error.h"
#include "crm-history-list.h"
#include "crm-sql.h"
#include "crm-tag.h"
#include "crm-test-store.h"
#include "crm-undo.h"

/* Everything but the line of steps itself, and the times that only tell when */
static const char * const log_tables[] = { "step", "history", "setting", NULL };

static void
test_save (CrmTest       *test,
           gconstpointer  data)
{
  g_autoptr (CrmStore) store = crm_test_open_store (test);
  gint64 id = crm_test_save (store, &crm_client, 0, "name", "Ağaoğlu Gıda A.Ş.", "city", "İstanbul", "phone", "0212 555 01 42", "email",
                             "siparis@agaoglu.example", "tags", "Fuar, VIP", "segment", "Perakende", "grade", "a", NULL);

  crm_test_assert_row (test, &crm_client, id, "name", "Ağaoğlu Gıda A.Ş.");
  crm_test_assert_row (test, &crm_client, id, "city", "İstanbul");
  crm_test_assert_row (test, &crm_client, id, "phone", "0212 555 01 42");
  crm_test_assert_row (test, &crm_client, id, "tags", "Fuar, VIP");
  crm_test_assert_row (test, &crm_client, id, "kind", "prospect");
  crm_test_assert_row (test, &crm_client, id, "grade", "A");
  crm_test_assert_row (test, &crm_client, id, "(SELECT name FROM segment s WHERE s.id = client.segment)", "Perakende");
  crm_test_assert_row (test, &crm_client, id, "(SELECT text FROM search WHERE id = client.id)",
                       "agaoglu gida as 02125550142 siparis agaoglu example istanbul fuar vip");

  crm_test_save (store, &crm_client, id, "phone", "0216 444 10 10", "tags", "VIP", NULL);
  crm_test_assert_row (test, &crm_client, id, "phone", "0216 444 10 10");
  crm_test_assert_row (test, &crm_client, id, "tags", "VIP");
  crm_test_assert_row (test, &crm_client, id, "(SELECT count (*) FROM contact_point WHERE kind = 'phone')", "1");
  crm_test_save (store, &crm_client, id, "phone", "", NULL);
  crm_test_assert_row (test, &crm_client, id, "phone", "NULL");
  crm_test_assert_row (test, &crm_client, id, "(SELECT count (*) FROM contact_point WHERE kind = 'phone')", "0");
  crm_test_assert_search (store);
}

static void
test_through (CrmTest       *test,
              gconstpointer  data)
{
  g_autoptr (CrmStore) store = crm_test_open_store (test);
  gint64 id = crm_test_save (store, &crm_client, 0, "name", "Çınar Tekstil", "mobile", "0532 555 00 11", NULL);
  g_autofree char *client = g_strdup_printf ("%" G_GINT64_FORMAT, id);
  gint64 phone;

  /* Where there is no other number, the mobile is the phone. */
  crm_test_assert_row (test, &crm_client, id, "phone", "0532 555 00 11");
  phone = crm_test_save (store, &crm_contact_point, 0, "client", client, "kind", "phone", "value", "0224 555 12 12", "main", "true", NULL);
  crm_test_assert_row (test, &crm_client, id, "phone", "0224 555 12 12");
  crm_test_save (store, &crm_contact_point, phone, "value", "0224 555 99 99", NULL);
  crm_test_assert_row (test, &crm_client, id, "phone", "0224 555 99 99");
  crm_test_save (store, &crm_client, id, "street", "Atatürk Cd. 5", "city", "Bursa", NULL);
  crm_test_assert_row (test, &crm_client, id, "city", "Bursa");
  crm_test_assert_row (test, &crm_client, id, "(SELECT count (*) FROM address)", "1");
  crm_test_save (store, &crm_client, id, "street", "", "city", "", NULL);
  crm_test_assert_row (test, &crm_client, id, "city", "NULL");
  crm_test_assert_row (test, &crm_client, id, "(SELECT count (*) FROM address)", "0");
  crm_test_assert_search (store);
}

static void
test_refused (CrmTest       *test,
              gconstpointer  data)
{
  g_autoptr (CrmStore) store = crm_test_open_store (test);
  g_autofree char *before = crm_test_dump (test->database, log_tables);
  g_autofree char *after = NULL;

  crm_test_assert_refused (store, &crm_client, 0, "name", "  ");
  crm_test_assert_refused (store, &crm_client, 0, "email", "nobody");
  crm_test_assert_refused (store, &crm_client, 0, "phone", "a");
  crm_test_assert_refused (store, &crm_client, 0, "tax_number", "1234567891");
  crm_test_assert_refused (store, &crm_client, 0, "kind", "friend");
  crm_test_assert_refused (store, &crm_client, 0, "payment_days", "-3");
  crm_test_assert_refused (store, &crm_client, 0, "currency", "lira");
  crm_test_assert_refused (store, &crm_client, 0, "parent", "Nobody Knows A.Ş.");
  after = crm_test_dump (test->database, log_tables);
  g_assert_cmpstr (before, ==, after);
}

static void
assert_missing (CrmStore        *store,
                const CrmEntity *entity,
                guint            field,
                gint64           refers)
{
  g_autoptr (CrmValues) values = crm_values_new (entity, 0);
  g_autoptr (GError) error = NULL;

  crm_values_set_text (values, crm_entity_get_title_field (entity), "0212 555 01 42");
  crm_values_set_reference (values, field, refers, NULL);
  g_assert_cmpint (crm_store_save (store, values, &error), ==, 0);
  g_assert_error (error, CRM_ERROR, CRM_ERROR_INVALID);
  crm_test_assert_contains (error->message, crm_field_get_label (&entity->fields[field]));
  crm_test_assert_contains (error->message, "4711");
}

static void
test_missing (CrmTest       *test,
              gconstpointer  data)
{
  g_autoptr (CrmStore) store = crm_test_open_store (test);
  g_autofree char *before = crm_test_dump (test->database, log_tables);
  g_autofree char *after = NULL;

  assert_missing (store, &crm_contact_point, CRM_CONTACT_POINT_OWNER, 4711);
  assert_missing (store, &crm_address, CRM_ADDRESS_CLIENT, 4711);
  assert_missing (store, &crm_client, CRM_CLIENT_SEGMENT, 4711);
  assert_missing (store, &crm_client, CRM_CLIENT_REFERRER, 4711);
  after = crm_test_dump (test->database, log_tables);
  g_assert_cmpstr (before, ==, after);
}

static void
assert_reference_refused (CrmStore   *store,
                          gint64      id,
                          guint       field,
                          gint64      refers,
                          const char *name,
                          const char *message)
{
  g_autoptr (CrmValues) values = crm_values_new (&crm_client, id);
  g_autoptr (GError) error = NULL;

  crm_values_set_reference (values, field, refers, name);
  g_assert_cmpint (crm_store_save (store, values, &error), ==, 0);
  g_assert_error (error, CRM_ERROR, CRM_ERROR_INVALID);
  g_assert_cmpstr (error->message, ==, message);
}

static void
refer (CrmStore *store,
       gint64    id,
       guint     field,
       gint64    refers)
{
  g_autoptr (CrmValues) values = crm_values_new (&crm_client, id);
  g_autoptr (GError) error = NULL;

  crm_values_set_reference (values, field, refers, NULL);
  crm_store_save (store, values, &error);
  g_assert_no_error (error);
}

static void
test_circles (CrmTest       *test,
              gconstpointer  data)
{
  g_autoptr (CrmStore) store = crm_test_open_store (test);
  gint64 holding = crm_test_save (store, &crm_client, 0, "name", "Ak Holding", NULL);
  gint64 firm = crm_test_save (store, &crm_client, 0, "name", "Ak Un", NULL);
  gint64 branch = crm_test_save (store, &crm_client, 0, "name", "Ak Un Şube", NULL);

  assert_reference_refused (store, firm, CRM_CLIENT_PARENT, firm, NULL, "Belongs to: “Ak Un” cannot be chosen for itself.");
  assert_reference_refused (store, firm, CRM_CLIENT_REFERRER, firm, NULL, "Referred by: “Ak Un” cannot be chosen for itself.");
  assert_reference_refused (store, firm, CRM_CLIENT_PARENT, 0, "ak un", "Belongs to: “Ak Un” cannot be chosen for itself.");
  refer (store, firm, CRM_CLIENT_PARENT, holding);
  refer (store, branch, CRM_CLIENT_PARENT, firm);
  assert_reference_refused (store, holding, CRM_CLIENT_PARENT, branch, NULL,
                            "Belongs to: “Ak Un Şube” cannot be chosen for “Ak Holding”, because it leads back to “Ak Holding” itself.");
  /* Each field for itself */
  refer (store, holding, CRM_CLIENT_REFERRER, branch);
  assert_reference_refused (store, branch, CRM_CLIENT_REFERRER, holding, NULL,
                            "Referred by: “Ak Holding” cannot be chosen for “Ak Un Şube”, because it leads back to “Ak Un Şube” itself.");
}

/* One that older versions let in harms nobody and can be mended. */
static void
test_circle_there (CrmTest       *test,
                   gconstpointer  data)
{
  g_autoptr (CrmStore) store = crm_test_open_store (test);
  gint64 a = crm_test_save (store, &crm_client, 0, "name", "Ak Un", NULL);
  gint64 b = crm_test_save (store, &crm_client, 0, "name", "Ak Su", NULL);
  gint64 c = crm_test_save (store, &crm_client, 0, "name", "Ak Süt", NULL);
  g_autofree char *sql = g_strdup_printf ("UPDATE client SET parent = %" G_GINT64_FORMAT " WHERE id = %" G_GINT64_FORMAT, b, a);

  refer (store, b, CRM_CLIENT_PARENT, a);
  g_clear_object (&store);
  crm_test_run_sql (test->database, sql);
  store = crm_test_open_store (test);
  refer (store, c, CRM_CLIENT_PARENT, a);
  refer (store, a, CRM_CLIENT_PARENT, b);
  crm_test_save (store, &crm_client, a, "parent", "", NULL);
}

static void
test_reference_to_trash (CrmTest       *test,
                         gconstpointer  data)
{
  g_autoptr (CrmStore) store = crm_test_open_store (test);
  gint64 holding = crm_test_save (store, &crm_client, 0, "name", "Ak Holding", NULL);
  gint64 firm = crm_test_save (store, &crm_client, 0, "name", "Ak Un", NULL);
  gint64 other = crm_test_save (store, &crm_client, 0, "name", "Ak Su", NULL);
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));

  refer (store, firm, CRM_CLIENT_PARENT, holding);
  g_array_append_val (ids, holding);
  crm_store_delete_async (store, &crm_client, ids, NULL, NULL, NULL);
  assert_reference_refused (store, other, CRM_CLIENT_PARENT, holding, NULL, "Belongs to: “Ak Holding” is in the trash.");
  /* What stands already is not asked again. */
  refer (store, firm, CRM_CLIENT_PARENT, holding);
  crm_test_undo (store, FALSE);
  refer (store, other, CRM_CLIENT_PARENT, holding);
}

static void
test_undo (CrmTest       *test,
           gconstpointer  data)
{
  g_autoptr (CrmStore) store = crm_test_open_store (test);
  gint64 id = crm_test_save (store, &crm_client, 0, "name", "Akın Makine", "city", "İzmir", NULL);
  g_autofree char *new = crm_test_dump (test->database, log_tables);
  g_autofree char *edited = NULL, *now = NULL, *again = NULL;

  crm_test_save (store, &crm_client, id, "city", "Aydın", "tags", "Fuar", "segment", "Sanayi", NULL);
  edited = crm_test_dump (test->database, log_tables);
  crm_test_undo (store, FALSE);
  now = crm_test_dump (test->database, log_tables);
  g_assert_cmpstr (now, ==, new);
  crm_test_assert_search (store);

  /* The line of steps outlives the process. */
  g_clear_object (&store);
  store = crm_test_open_store (test);
  crm_test_undo (store, TRUE);
  again = crm_test_dump (test->database, log_tables);
  g_assert_cmpstr (again, ==, edited);
  crm_test_undo (store, FALSE);
  crm_test_undo (store, FALSE);
  g_assert_null (crm_store_undo (store, FALSE, NULL));
  crm_test_undo (store, TRUE);

  /* Something new: what was undone cannot be done again. */
  crm_test_save (store, &crm_client, id, "notes", "Aradı.", NULL);
  g_assert_null (crm_store_undo (store, TRUE, NULL));
  crm_test_assert_search (store);
}

static void
test_trash (CrmTest       *test,
            gconstpointer  data)
{
  g_autoptr (CrmStore) store = crm_test_open_store (test);
  gint64 id = crm_test_save (store, &crm_client, 0, "name", "Işıl Aydınlatma", "tags", "Fuar", NULL);
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autofree char *before = crm_test_dump (test->database, log_tables);
  g_autofree char *after = NULL;
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);

  g_array_append_val (ids, id);
  crm_store_delete_async (store, &crm_client, ids, NULL, NULL, NULL);
  crm_test_undo (store, FALSE);
  after = crm_test_dump (test->database, log_tables);
  g_assert_cmpstr (after, ==, before);
  crm_test_undo (store, TRUE);
  crm_test_assert_row (test, &crm_client, id, "deleted IS NOT NULL", "1");
  crm_test_assert_row (test, &crm_client, id, "(SELECT count (*) FROM search WHERE entity = 1)", "0");
  crm_test_assert_search (store);
}

static gpointer
read_history (CrmDb         *db,
              gpointer       data,
              GCancellable  *cancellable,
              GError       **error)
{
  return crm_history_read_record (db, *(gint64 *) data, 0, error);
}

static void
test_history (CrmTest       *test,
              gconstpointer  data)
{
  g_autoptr (CrmStore) store = crm_test_open_store (test);
  gint64 id = crm_test_save (store, &crm_client, 0, "name", "Gürsoy Fındık", "city", "Giresun", NULL);
  g_autoptr (GPtrArray) entries = NULL;
  g_autoptr (GError) error = NULL;
  CrmHistoryEntry *newest, *oldest;

  crm_test_save (store, &crm_client, id, "grade", "B", NULL);
  crm_test_save (store, &crm_client, id, "grade", "A", NULL);
  entries = crm_store_read (store, read_history, &id, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (entries->len, >=, 3);
  newest = g_ptr_array_index (entries, 0);
  g_assert_cmpint (newest->field, ==, CRM_CLIENT_GRADE);
  g_assert_cmpstr (newest->before, ==, "B");
  g_assert_cmpstr (newest->after, ==, "A");
  newest = g_ptr_array_index (entries, 1);
  g_assert_cmpstr (newest->before, ==, NULL);
  g_assert_cmpstr (newest->after, ==, "B");
  oldest = g_ptr_array_index (entries, entries->len - 1);
  g_assert_cmpint (oldest->op, ==, CRM_CHANGE_INSERTED);
  g_assert_cmpstr (oldest->after, ==, "Gürsoy Fındık");
}

static void
on_notify (GObject    *object,
           GParamSpec *pspec,
           gpointer    user_data)
{
  g_string_append_printf (user_data, "%s ", pspec->name);
}

static void
keep_record (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (GError) error = NULL;

  *(CrmRecord **) user_data = crm_store_get_record_finish (CRM_STORE (source), result, &error);
  g_assert_no_error (error);
}

static void
on_changed (CrmStore     *store,
            CrmChangeSet *changes,
            gpointer      user_data)
{
  ++*(guint *) user_data;
}

/* Another process is another store on the same file. */
static void
test_follow (CrmTest       *test,
             gconstpointer  data)
{
  g_autoptr (CrmStore) window = crm_test_open_store (test);
  g_autoptr (CrmStore) other = crm_test_open_store (test);
  g_autoptr (GString) notified = g_string_new (NULL);
  g_autoptr (CrmRecord) record = NULL;
  g_autoptr (CrmRecord) same = NULL;
  gint64 id = crm_test_save (other, &crm_client, 0, "name", "Fjord Møbler AS", NULL);
  g_autofree char *city = NULL;
  guint n_changed = 0;

  crm_store_watch (window);
  crm_store_get_record_async (window, &crm_client, id, NULL, keep_record, &record);
  while (record == NULL || crm_store_get_undo_label (window) == NULL)
    g_main_context_iteration (NULL, TRUE);
  crm_store_get_record_async (window, &crm_client, id, NULL, keep_record, &same);
  while (same == NULL)
    g_main_context_iteration (NULL, TRUE);
  g_assert_true (record == same);
  g_assert_cmpstr (crm_store_get_undo_label (window), ==, "New Fjord Møbler AS");
  g_signal_connect (window, "changed", G_CALLBACK (on_changed), &n_changed);
  g_signal_connect (record, "notify", G_CALLBACK (on_notify), notified);
  crm_test_save (other, &crm_client, id, "city", "Bergen", NULL);
  while (n_changed == 0)
    g_main_context_iteration (NULL, TRUE);
  g_object_get (record, "city", &city, NULL);
  g_assert_cmpstr (city, ==, "Bergen");
  g_assert_nonnull (strstr (notified->str, "city"));
  g_assert_null (strstr (notified->str, "name"));
}

static void
test_schema_agrees (CrmTest       *test,
                    gconstpointer  data)
{
  g_autoptr (CrmStore) store = crm_test_open_store (test);
  const CrmEntity * const *all = crm_entity_get_all ();

  for (guint e = 0; all[e] != NULL; e++)
    {
      g_autoptr (GString) expected = g_string_new ("id\n");
      g_autofree char *sql = g_strdup_printf ("SELECT name FROM pragma_table_info ('%s') ORDER BY name", all[e]->name);
      g_autofree char *columns = crm_test_query (test->database, sql);
      g_auto (GStrv) found = g_strsplit (g_strchomp (columns), "\n", -1);
      guint n = 1;

      for (guint f = 0; f < all[e]->n_fields; f++)
        {
          const CrmField *field = &all[e]->fields[f];
          g_autofree char *key = g_strconcat (field->name, "_key", NULL);

          g_assert_cmpint (g_strv_contains ((const char * const *) found, field->name), ==, !(field->flags & CRM_FIELD_VIRTUAL));
          g_assert_cmpint (g_strv_contains ((const char * const *) found, key), ==, !!(field->flags & CRM_FIELD_SORTED));
          n += !(field->flags & CRM_FIELD_VIRTUAL) + !!(field->flags & CRM_FIELD_SORTED);
          if (field->kind == CRM_KIND_REFERENCE)
            g_assert_nonnull (crm_entity_find (field->refers));
          if (field->kind == CRM_KIND_CHOICE)
            g_assert_nonnull (field->choices);
        }
      g_assert_cmpuint (g_strv_length (found), ==, n);
      for (guint o = 0; o < e; o++)
        g_assert_cmpint (all[o]->number, !=, all[e]->number);
    }
}

int
main (int    argc,
      char **argv)
{
  g_setenv ("LC_ALL", "tr_TR.UTF-8", TRUE);
  g_test_init (&argc, &argv, NULL);
  crm_test_add ("/model/store/schema-agrees", test_schema_agrees);
  crm_test_add ("/model/store/save", test_save);
  crm_test_add ("/model/store/through", test_through);
  crm_test_add ("/model/store/refused", test_refused);
  crm_test_add ("/model/store/missing", test_missing);
  crm_test_add ("/model/store/undo", test_undo);
  crm_test_add ("/model/store/circles", test_circles);
  crm_test_add ("/model/store/circle-there", test_circle_there);
  crm_test_add ("/model/store/reference-to-trash", test_reference_to_trash);
  crm_test_add ("/model/store/trash", test_trash);
  crm_test_add ("/model/store/history", test_history);
  crm_test_add ("/model/store/follow", test_follow);
  return g_test_run ();
}
