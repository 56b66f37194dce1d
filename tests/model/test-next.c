/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crm-config.h"

#include "crm-error.h"
#include "crm-interaction.h"
#include "crm-task.h"
#include "crm-test-store.h"

/* A client shows its one next step; a second one takes the place of the first. */
static void
test_one_next_step (CrmTest       *test,
                    gconstpointer  data)
{
  g_autoptr (CrmStore) store = crm_test_open_store (test);
  const char *client = "Ağaoğlu Gıda";
  gint64 first;
  gint64 second;

  crm_test_save (store, &crm_client, 0, "name", client, NULL);
  first = crm_test_save (store, &crm_task, 0, "name", "Teklifi sor", "client", client, "next", "true", "due", "2026-12-01", NULL);
  crm_test_assert_sql (test, "SELECT next_step || '/' || next_due FROM client", "Teklifi sor/2026-12-01");
  second = crm_test_save (store, &crm_task, 0, "name", "Numune gönder", "client", client, "next", "true", "due", "2026-12-05", NULL);
  crm_test_assert_sql (test, "SELECT next_step || '/' || next_due FROM client", "Numune gönder/2026-12-05");
  crm_test_assert_sql (test, "SELECT group_concat (name) FROM task WHERE next", "Numune gönder");
  crm_test_save (store, &crm_task, first, "next", "true", NULL);
  crm_test_assert_sql (test, "SELECT group_concat (name) FROM task WHERE next", "Teklifi sor");
  crm_test_save (store, &crm_task, first, "done", "2026-12-01T10:00:00Z", NULL);
  crm_test_assert_sql (test, "SELECT coalesce (next_step, 'none') FROM client", "none");
  crm_test_save (store, &crm_task, second, "next", "true", NULL);
  crm_test_assert_sql (test, "SELECT next_step FROM client", "Numune gönder");
}

static gboolean
delete_record (CrmWriter     *writer,
               gpointer       data,
               GCancellable  *cancellable,
               GError       **error)
{
  const CrmValues *record = data;

  return crm_writer_delete (writer, crm_values_get_entity (record), crm_values_get_id (record), error);
}

static gboolean
restore_record (CrmWriter     *writer,
                gpointer       data,
                GCancellable  *cancellable,
                GError       **error)
{
  const CrmValues *record = data;

  return crm_writer_restore (writer, crm_values_get_entity (record), crm_values_get_id (record), error);
}

static void
delete (CrmStore        *store,
        const CrmEntity *entity,
        gint64           id)
{
  g_autoptr (CrmValues) record = crm_values_new (entity, id);
  g_autoptr (GError) error = NULL;

  g_assert_true (crm_store_step (store, "Delete", delete_record, record, NULL, &error));
}

static void
restore (CrmStore        *store,
         const CrmEntity *entity,
         gint64           id)
{
  g_autoptr (CrmValues) record = crm_values_new (entity, id);
  g_autoptr (GError) error = NULL;

  g_assert_true (crm_store_step (store, "Restore", restore_record, record, NULL, &error));
}

/* Who comes along with the mark finds its place taken: out of the trash, not done after all, from another client. */
static void
test_place_is_taken (CrmTest       *test,
                     gconstpointer  data)
{
  g_autoptr (CrmStore) store = crm_test_open_store (test);
  const char *client = "Akın Makine", *other = "Çınar Tekstil";
  gint64 trashed, done, moved;

  crm_test_save (store, &crm_client, 0, "name", client, NULL);
  crm_test_save (store, &crm_client, 0, "name", other, NULL);
  trashed = crm_test_save (store, &crm_task, 0, "name", "Silinen", "client", client, "next", "true", NULL);
  delete (store, &crm_task, trashed);
  restore (store, &crm_task, trashed);
  crm_test_assert_sql (test, "SELECT next_step FROM client WHERE next_step IS NOT NULL", "Silinen");
  delete (store, &crm_task, trashed);
  done = crm_test_save (store, &crm_task, 0, "name", "Biten", "client", client, "next", "true", NULL);
  crm_test_save (store, &crm_task, done, "done", "2026-12-01T10:00:00Z", NULL);
  moved = crm_test_save (store, &crm_task, 0, "name", "Taşınan", "client", other, "next", "true", NULL);
  crm_test_save (store, &crm_task, 0, "name", "Şimdiki", "client", client, "next", "true", NULL);
  restore (store, &crm_task, trashed);
  crm_test_save (store, &crm_task, done, "done", "", NULL);
  crm_test_save (store, &crm_task, moved, "client", client, NULL);
  crm_test_assert_sql (test, "SELECT group_concat (name) FROM task WHERE next", "Şimdiki");
  crm_test_assert_sql (test, "SELECT next_step FROM client WHERE next_step IS NOT NULL", "Şimdiki");
  crm_test_undo (store, FALSE);
  crm_test_undo (store, FALSE);
  crm_test_undo (store, FALSE);
  crm_test_assert_sql (test, "SELECT count (*) FROM task WHERE next", "4");
  crm_test_save (store, &crm_task, done, "done", "", "next", "true", NULL);
  crm_test_assert_sql (test, "SELECT next FROM task WHERE name = 'Şimdiki'", "0");
}

/* It follows what becomes of the task: the trash, another client, undo. */
static void
test_client_follows (CrmTest       *test,
                     gconstpointer  data)
{
  g_autoptr (CrmStore) store = crm_test_open_store (test);
  const char *one = "Akın Makine";
  const char *other = "Çınar Tekstil";
  gint64 task;

  crm_test_save (store, &crm_client, 0, "name", one, NULL);
  crm_test_save (store, &crm_client, 0, "name", other, NULL);
  task = crm_test_save (store, &crm_task, 0, "name", "Ara", "client", one, "next", "true", NULL);
  crm_test_save (store, &crm_task, task, "client", other, NULL);
  crm_test_assert_sql (test, "SELECT group_concat (name) FROM client WHERE next_step = 'Ara'", "Çınar Tekstil");
  delete (store, &crm_task, task);
  crm_test_assert_sql (test, "SELECT count (*) FROM client WHERE next_step IS NOT NULL", "0");
  crm_test_undo (store, FALSE);
  crm_test_assert_sql (test, "SELECT group_concat (name) FROM client WHERE next_step = 'Ara'", "Çınar Tekstil");
  crm_test_undo (store, FALSE);
  crm_test_assert_sql (test, "SELECT group_concat (name) FROM client WHERE next_step = 'Ara'", "Akın Makine");
  for (guint i = 0; i < 3; i++) /* a task, two clients */
    crm_test_undo (store, FALSE);
  crm_test_assert_sql (test, "SELECT (SELECT count (*) FROM client) + (SELECT count (*) FROM task)", "0");
}

/* The last contact is when somebody was reached, not when it was tried. */
static void
test_last_contact (CrmTest       *test,
                   gconstpointer  data)
{
  g_autoptr (CrmStore) store = crm_test_open_store (test);
  const char *client = "Akın Makine";
  gint64 call;

  crm_test_save (store, &crm_client, 0, "name", client, NULL);
  crm_test_save (store, &crm_interaction, 0, "client", client, "at", "2026-11-02T10:00:00Z", "outcome", "reached", "text", "Fiyat sordu.\nArayacak.", NULL);
  crm_test_save (store, &crm_interaction, 0, "client", client, "at", "2026-11-03T10:00:00Z", "outcome", "no_answer", NULL);
  crm_test_assert_sql (test, "SELECT datetime (last_contact / 1000000, 'unixepoch') FROM client", "2026-11-02 10:00:00");
  call = crm_test_save (store, &crm_interaction, 0, "client", client, "at", "2026-11-04T10:00:00Z", "channel", "email", NULL);
  crm_test_assert_sql (test, "SELECT datetime (last_contact / 1000000, 'unixepoch') FROM client", "2026-11-04 10:00:00");
  delete (store, &crm_interaction, call);
  crm_test_assert_sql (test, "SELECT datetime (last_contact / 1000000, 'unixepoch') FROM client", "2026-11-02 10:00:00");
  crm_test_assert_sql (test, "SELECT subject FROM interaction WHERE text IS NOT NULL", "Fiyat sordu.");
}

/* What may be done follows the newest word on each channel, and no word is taken back. */
static void
test_consent (CrmTest       *test,
              gconstpointer  data)
{
  g_autoptr (CrmStore) store = crm_test_open_store (test);
  gint64 id = crm_test_save (store, &crm_person, 0, "name", "Ayşe Yılmaz", NULL);
  g_autofree char *person = g_strdup_printf ("%" G_GINT64_FORMAT, id);
  gint64 given = crm_test_save (store, &crm_consent, 0, "person", person, "channel", "email", "state", "given", "at", "2026-01-05T10:00:00Z", NULL);
  g_autoptr (CrmValues) changes = crm_values_new (&crm_consent, given);
  g_autoptr (GError) error = NULL;

  crm_test_save (store, &crm_consent, 0, "person", person, "channel", "call", "state", "given", "at", "2026-01-05T10:00:00Z", NULL);
  crm_test_assert_sql (test, "SELECT may_contact FROM person", "call, email");
  crm_test_save (store, &crm_consent, 0, "person", person, "channel", "email", "state", "withdrawn", "at", "2026-02-05T10:00:00Z", NULL);
  crm_test_assert_sql (test, "SELECT may_contact FROM person", "call");
  crm_values_set_text (changes, (guint) crm_entity_find_field (&crm_consent, "state"), "refused");
  g_assert_cmpint (crm_store_save (store, changes, &error), ==, 0);
  g_assert_error (error, CRM_ERROR, CRM_ERROR_INVALID);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  crm_test_add ("/next/one-next-step", test_one_next_step);
  crm_test_add ("/next/place-is-taken", test_place_is_taken);
  crm_test_add ("/next/client-follows", test_client_follows);
  crm_test_add ("/next/last-contact", test_last_contact);
  crm_test_add ("/next/consent", test_consent);
  return g_test_run ();
}
