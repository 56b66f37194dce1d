/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crm-config.h"

#include "crm-client.h"
#include "crm-contact-point.h"
#include "crm-error.h"
#include "crm-people.h"
#include "crm-person.h"
#include "crm-position.h"
#include "crm-test-store.h"

/* The name follows its parts and they follow it, until somebody wants them to differ. */
static void
test_names (CrmTest       *test,
            gconstpointer  data)
{
  g_autoptr (CrmStore) store = crm_test_open_store (test);
  gint64 id = crm_test_save (store, &crm_person, 0, "name", "Ayşe Nur Yılmaz", NULL);

  crm_test_assert_row (test, &crm_person, id, "given, family", "Ayşe Nur|Yılmaz");
  crm_test_save (store, &crm_person, id, "family", "Kaya", NULL);
  crm_test_assert_row (test, &crm_person, id, "name, given, family", "Ayşe Nur Kaya|Ayşe Nur|Kaya");
  crm_test_save (store, &crm_person, id, "given", "", NULL);
  crm_test_assert_row (test, &crm_person, id, "name, given, family", "Kaya|NULL|Kaya");
  crm_test_save (store, &crm_person, id, "name", "Ayşe Hanım", "given", "Ayşe", "family", "Kaya", NULL);
  crm_test_save (store, &crm_person, id, "family", "Yılmaz", NULL);
  crm_test_assert_row (test, &crm_person, id, "name, given, family", "Ayşe Hanım|Ayşe|Yılmaz");
  crm_test_save (store, &crm_person, id, "name", "Ayşe Yılmaz", NULL);
  crm_test_save (store, &crm_person, id, "name", "Ayşe Demir", NULL);
  crm_test_assert_row (test, &crm_person, id, "name, given, family", "Ayşe Demir|Ayşe|Demir");
}

static void
test_firm (CrmTest       *test,
           gconstpointer  data)
{
  g_autoptr (CrmStore) store = crm_test_open_store (test);
  gint64 client = crm_test_save (store, &crm_client, 0, "name", "Ağaoğlu Gıda", NULL);
  gint64 person = crm_test_save (store, &crm_person, 0, "name", "Ali Demir", "firm", "AĞAOĞLU GIDA", "role", "Müdür", "mobile",
                                 "0532 555 01 42", NULL);

  crm_test_assert_row (test, &crm_person, person, "firm, role, phone", "Ağaoğlu Gıda|Müdür|0532 555 01 42");
  crm_test_assert_row (test, &crm_person, person, "(SELECT text FROM search WHERE id = person.id)", "ali demir agaoglu gida mudur 05325550142");
  crm_test_save (store, &crm_client, client, "name", "Ağaoğlu A.Ş.", NULL);
  crm_test_assert_row (test, &crm_person, person, "firm", "Ağaoğlu A.Ş.");
  crm_test_save (store, &crm_person, person, "firm", "", "role", "", NULL);
  crm_test_assert_row (test, &crm_person, person, "firm, role, (SELECT count (*) FROM position)", "NULL|NULL|0");
  crm_test_undo (store, FALSE);
  crm_test_assert_row (test, &crm_person, person, "firm, role", "Ağaoğlu A.Ş.|Müdür");
  crm_test_assert_search (store);
}

/* Who leaves stays known there; what shows is where one works now. */
static void
test_leaving (CrmTest       *test,
              gconstpointer  data)
{
  g_autoptr (CrmStore) store = crm_test_open_store (test);
  gint64 person = 0, position;
  g_autofree char *number = NULL;
  g_autofree char *rows = NULL;

  crm_test_save (store, &crm_client, 0, "name", "Eski Firma", NULL);
  crm_test_save (store, &crm_client, 0, "name", "Yeni Firma", NULL);
  person = crm_test_save (store, &crm_person, 0, "name", "Ali Demir", NULL);
  number = g_strdup_printf ("%" G_GINT64_FORMAT, person);
  position = crm_test_save (store, &crm_position, 0, "person", number, "client", "Eski Firma", "role", "Müdür", "since", "1.3.2019", NULL);
  crm_test_assert_row (test, &crm_person, person, "firm", "Eski Firma");
  crm_test_save (store, &crm_position, position, "until", "1.9.2026", NULL);
  crm_test_assert_row (test, &crm_person, person, "firm, role", "NULL|NULL");
  crm_test_save (store, &crm_person, person, "firm", "Yeni Firma", NULL);
  crm_test_assert_row (test, &crm_person, person, "firm, role", "Yeni Firma|NULL");
  rows = g_strchomp (crm_test_query (test->database,
                                     "SELECT c.name, p.kind, since, until FROM position p JOIN client c ON c.id = p.client ORDER BY p.id"));
  g_assert_cmpstr (rows, ==, "Eski Firma|left|2019-03-01|2026-09-01\nYeni Firma|current|NULL|NULL");
  crm_test_assert_search (store);
}

#define assert_contacts(test, expected) \
  G_STMT_START { \
    g_autofree char *crm_names = g_strchomp (crm_test_query (test->database, \
      "SELECT coalesce (group_concat (name), 'nobody') FROM position JOIN person ON person.id = person WHERE contact AND deleted IS NULL")); \
    g_assert_cmpstr (crm_names, ==, expected); \
  } G_STMT_END

static gint64
save_position (CrmStore   *store,
               gint64      person,
               const char *contact)
{
  g_autofree char *number = g_strdup_printf ("%" G_GINT64_FORMAT, person);

  return crm_test_save (store, &crm_position, 0, "person", number, "client", "Kuzey Nakliyat", "contact", contact, NULL);
}

static gboolean
restore_person (CrmWriter     *writer,
                gpointer       data,
                GCancellable  *cancellable,
                GError       **error)
{
  return crm_writer_restore (writer, &crm_person, *(gint64 *) data, error);
}

static gboolean
delete_person (CrmWriter     *writer,
               gpointer       data,
               GCancellable  *cancellable,
               GError       **error)
{
  return crm_writer_delete (writer, &crm_person, *(gint64 *) data, error);
}

/* A client is talked to through one: who is made that takes the mark from who was it, in the same step. */
static void
test_main_contact (CrmTest       *test,
                   gconstpointer  data)
{
  g_autoptr (CrmStore) store = crm_test_open_store (test);
  g_autoptr (GError) error = NULL;
  gint64 client = crm_test_save (store, &crm_client, 0, "name", "Kuzey Nakliyat", NULL);
  gint64 selin = crm_test_save (store, &crm_person, 0, "name", "Selin Akın", NULL);
  gint64 ali = crm_test_save (store, &crm_person, 0, "name", "Ali Demir", NULL);
  gint64 first = save_position (store, selin, "yes");
  gint64 second = save_position (store, ali, "yes");
  g_autoptr (CrmValues) refused = crm_values_new (&crm_position, second);

  g_assert_cmpint (client, !=, 0);
  assert_contacts (test, "Ali Demir");
  crm_test_undo (store, FALSE);
  assert_contacts (test, "Selin Akın");
  crm_test_undo (store, TRUE);
  crm_test_save (store, &crm_position, first, "contact", "yes", NULL);
  assert_contacts (test, "Selin Akın");
  /* Who has left is nobody's contact, and does not become it. */
  crm_test_save (store, &crm_position, first, "until", "2026-01-01", NULL);
  assert_contacts (test, "nobody");
  crm_test_save (store, &crm_position, second, "contact", "yes", NULL);
  crm_test_save (store, &crm_position, first, "kind", "current", NULL);
  assert_contacts (test, "Ali Demir");
  /* One in the trash has no mark that counts, and finds its place taken later. */
  g_assert_true (crm_store_step (store, "Delete", delete_person, &ali, NULL, &error));
  crm_test_save (store, &crm_position, first, "contact", "yes", NULL);
  g_assert_true (crm_store_step (store, "Restore", restore_person, &ali, NULL, &error));
  assert_contacts (test, "Selin Akın");
  crm_test_save (store, &crm_position, second, "kind", "left", NULL);
  crm_values_set_integer (refused, CRM_POSITION_CONTACT, TRUE);
  g_assert_cmpint (crm_store_save (store, refused, &error), ==, 0);
  g_assert_error (error, CRM_ERROR, CRM_ERROR_INVALID);
  g_clear_error (&error);
}

static void
test_refused (CrmTest       *test,
              gconstpointer  data)
{
  g_autoptr (CrmStore) store = crm_test_open_store (test);
  gint64 person = crm_test_save (store, &crm_person, 0, "name", "Ali Demir", NULL);
  g_autofree char *number = g_strdup_printf ("%" G_GINT64_FORMAT, person);
  gint64 position;

  crm_test_save (store, &crm_client, 0, "name", "Firma", NULL);
  position = crm_test_save (store, &crm_position, 0, "person", number, "client", "Firma", "since", "1.3.2019", NULL);
  crm_test_assert_refused (store, &crm_person, 0, "firm", "Nobody Knows A.Ş.");
  crm_test_assert_refused (store, &crm_person, 0, "role", "Müdür");
  crm_test_assert_refused (store, &crm_person, 0, "birthday", "31.02");
  crm_test_assert_refused (store, &crm_person, 0, "email", "nobody");
  crm_test_assert_refused (store, &crm_position, position, "until", "1.3.2018");
  crm_test_assert_row (test, &crm_person, person, "(SELECT count (*) FROM person)", "1");
}

static void
test_birthday (CrmTest       *test,
               gconstpointer  data)
{
  g_autoptr (CrmStore) store = crm_test_open_store (test);
  gint64 id = crm_test_save (store, &crm_person, 0, "name", "Ali", "birthday", "29.02", NULL);

  crm_test_assert_row (test, &crm_person, id, "birthday", "--02-29");
  crm_test_save (store, &crm_person, id, "birthday", "--0412", NULL);
  crm_test_assert_row (test, &crm_person, id, "birthday", "--04-12");
  crm_test_save (store, &crm_person, id, "birthday", "12.4.1980", NULL);
  crm_test_assert_row (test, &crm_person, id, "birthday", "1980-04-12");
}

static gpointer
read_people (CrmDb         *db,
             gpointer       client,
             GCancellable  *cancellable,
             GError       **error)
{
  return crm_people_read (db, *(gint64 *) client, error);
}

static char *
list_people (CrmStore *store,
             gint64    client)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) people = crm_store_read (store, read_people, &client, &error);
  GString *list = g_string_new (NULL);

  g_assert_no_error (error);
  for (guint i = 0; i < people->len; i++)
    {
      const CrmColleague *colleague = people->pdata[i];

      const char *words[] = { colleague->role, colleague->buying_role, colleague->has_left ? "left" : NULL, colleague->until };

      g_string_append (list, colleague->name);
      for (guint w = 0; w < G_N_ELEMENTS (words); w++)
        if (words[w] != NULL)
          g_string_append_printf (list, " %s", words[w]);
      g_string_append_c (list, ';');
    }
  return g_string_free (list, FALSE);
}

#define assert_people(store, client, expected) \
  G_STMT_START { \
    g_autofree char *crm_list = list_people (store, client); \
    g_assert_cmpstr (crm_list, ==, expected); \
  } G_STMT_END

static gint64
add_position (CrmStore   *store,
              gint64      person,
              const char *field,
              const char *value)
{
  g_autofree char *number = g_strdup_printf ("%" G_GINT64_FORMAT, person);

  return crm_test_save (store, &crm_position, 0, "person", number, "client", "Firma", field, value, NULL);
}

/* At a client: the main contact first, then by name, those who left last. */
static void
test_people (CrmTest       *test,
             gconstpointer  data)
{
  g_autoptr (CrmStore) store = crm_test_open_store (test);
  gint64 client = crm_test_save (store, &crm_client, 0, "name", "Firma", NULL);
  gint64 other = crm_test_save (store, &crm_client, 0, "name", "Başka", NULL);
  gint64 ali = crm_test_save (store, &crm_person, 0, "name", "Ali", NULL);
  gint64 banu = crm_test_save (store, &crm_person, 0, "name", "Banu", NULL);
  gint64 cem = crm_test_save (store, &crm_person, 0, "name", "Cem", NULL);
  gint64 position;

  add_position (store, ali, "until", "1.9.2026");
  position = add_position (store, cem, "role", "Müdür");
  add_position (store, banu, "buying_role", "decision_maker");
  assert_people (store, client, "Banu decision_maker;Cem Müdür;Ali left 2026-09-01;");
  crm_test_save (store, &crm_position, position, "contact", "1", NULL);
  assert_people (store, client, "Cem Müdür;Banu decision_maker;Ali left 2026-09-01;");
  assert_people (store, other, "");
}

static gboolean
purge_client (CrmWriter     *writer,
              gpointer       id,
              GCancellable  *cancellable,
              GError       **error)
{
  return crm_writer_purge (writer, &crm_client, *(gint64 *) id, error);
}

/* A firm that goes for good takes the positions there along, and an undo brings both back. */
static void
test_purge (CrmTest       *test,
            gconstpointer  data)
{
  g_autoptr (CrmStore) store = crm_test_open_store (test);
  gint64 client = crm_test_save (store, &crm_client, 0, "name", "Firma", NULL);
  gint64 person = crm_test_save (store, &crm_person, 0, "name", "Ali", "firm", "Firma", "email", "ali@firma.example", NULL);
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  static const char * const log_tables[] = { "step", "history", NULL };
  g_autoptr (GError) error = NULL;

  before = crm_test_dump (test->database, log_tables);
  g_assert_true (crm_store_step (store, "Purge", purge_client, &client, NULL, &error));
  crm_test_assert_row (test, &crm_person, person, "firm, (SELECT count (*) FROM position)", "NULL|0");
  crm_test_assert_search (store);
  crm_test_undo (store, FALSE);
  after = crm_test_dump (test->database, log_tables);
  g_assert_cmpstr (before, ==, after);
  crm_test_assert_search (store);
}

/* A conversation is found by whoever took part in it, under the name of today. */
static void
test_renamed (CrmTest       *test,
              gconstpointer  data)
{
  g_autoptr (CrmStore) store = crm_test_open_store (test);
  gint64 person = crm_test_save (store, &crm_person, 0, "name", "Ali Demir", NULL);
  g_autofree char *talk = g_strdup_printf ("%" G_GINT64_FORMAT, crm_test_save (store, &crm_interaction, 0, "text", "Fiyat soruldu", NULL));

  crm_test_save (store, &crm_participant, 0, "interaction", talk, "person", "Ali Demir", NULL);
  crm_test_save (store, &crm_person, person, "name", "Ali Kaya", NULL);
  crm_test_assert_search (store);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  crm_test_add ("/person/names", test_names);
  crm_test_add ("/person/firm", test_firm);
  crm_test_add ("/person/leaving", test_leaving);
  crm_test_add ("/person/refused", test_refused);
  crm_test_add ("/person/birthday", test_birthday);
  crm_test_add ("/person/people", test_people);
  crm_test_add ("/person/purge", test_purge);
  crm_test_add ("/person/renamed", test_renamed);
  crm_test_add ("/person/main-contact", test_main_contact);
  return g_test_run ();
}
