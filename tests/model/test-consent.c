/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crm-config.h"

#include "crm-consent.h"
#include "crm-error.h"
#include "crm-person.h"
#include "crm-test-store.h"

static gint64
say (CrmStore   *store,
     gint64      person,
     const char *channel,
     const char *purpose,
     const char *state,
     gint64      at)
{
  g_autoptr (CrmValues) consent = crm_values_new (&crm_consent, 0);
  g_autoptr (GError) error = NULL;
  gint64 id;

  crm_values_set_reference (consent, CRM_CONSENT_PERSON, person, NULL);
  crm_values_set_text (consent, CRM_CONSENT_CHANNEL, channel);
  crm_values_set_text (consent, CRM_CONSENT_PURPOSE, purpose);
  crm_values_set_text (consent, CRM_CONSENT_STATE, state);
  crm_values_set_integer (consent, CRM_CONSENT_AT, at);
  id = crm_store_save (store, consent, &error);
  g_assert_no_error (error);
  return id;
}

/* The newest by its own time is in force; only what was given for marketing counts. */
static void
test_in_force (CrmTest       *test,
               gconstpointer  data)
{
  g_autoptr (CrmStore) store = crm_test_open_store (test);
  gint64 person = crm_test_save (store, &crm_person, 0, "name", "Ali Demir", NULL);

  crm_test_assert_row (test, &crm_person, person, "may_contact", "NULL");
  say (store, person, "call", "survey", "given", 100);
  say (store, person, "post", "marketing", "refused", 100);
  crm_test_assert_row (test, &crm_person, person, "may_contact", "NULL");
  say (store, person, "sms", "marketing", "given", 100);
  say (store, person, "email", "marketing", "given", 200);
  crm_test_assert_row (test, &crm_person, person, "may_contact", "email, sms");
  say (store, person, "email", "marketing", "refused", 150);
  crm_test_assert_row (test, &crm_person, person, "may_contact", "email, sms");
  say (store, person, "email", "marketing", "withdrawn", 250);
  crm_test_assert_row (test, &crm_person, person, "may_contact", "sms");
  crm_test_undo (store, FALSE);
  crm_test_assert_row (test, &crm_person, person, "may_contact", "email, sms");
  crm_test_undo (store, TRUE);
  crm_test_assert_row (test, &crm_person, person, "may_contact", "sms");
}

static gpointer
list_names (CrmDb         *db,
            gpointer       query,
            GCancellable  *cancellable,
            GError       **error)
{
  g_autoptr (CrmStmt) stmt = crm_query_prepare (query, db, "name", "ORDER BY name", error);
  GString *names = g_string_new (NULL);
  gboolean row;

  while (crm_db_step (db, stmt, &row, error) && row)
    g_string_append_printf (names, "%s%s", names->len > 0 ? ", " : "", (const char *) sqlite3_column_text (stmt, 0));
  return g_string_free (names, FALSE);
}

/* As a saved view keeps it */
static char *
find_names (CrmStore    *store,
            CrmFilterOp  op,
            const char  *channel)
{
  g_autoptr (CrmQuery) query = crm_query_new (&crm_person);
  const char * const values[] = { channel, NULL };
  g_autofree char *json = NULL;
  char *names;
  g_autoptr (CrmQuery) saved = NULL;
  g_autoptr (GError) error = NULL;

  crm_query_add_filter (query, CRM_PERSON_MAY_CONTACT, op, values);
  json = crm_query_to_json (query);
  saved = crm_query_from_json (&crm_person, json, &error);
  g_assert_no_error (error);
  g_assert_true (crm_query_equal (query, saved));
  names = crm_store_read (store, list_names, saved, &error);
  g_assert_no_error (error);
  return names;
}

#define assert_found(store, op, channel, expected) \
  G_STMT_START { \
    g_autofree char *crm_names = find_names (store, op, channel); \
    g_assert_cmpstr (crm_names, ==, expected); \
  } G_STMT_END

/* A channel is a word among others, and who said nothing may not be contacted. */
static void
test_filter (CrmTest       *test,
             gconstpointer  data)
{
  g_autoptr (CrmStore) store = crm_test_open_store (test);
  gint64 ali = crm_test_save (store, &crm_person, 0, "name", "Ali Demir", NULL);
  gint64 berk = crm_test_save (store, &crm_person, 0, "name", "Berk Kaya", NULL);

  crm_test_save (store, &crm_person, 0, "name", "Cem Yalın", NULL);
  say (store, ali, "email", "marketing", "given", 100);
  say (store, ali, "sms", "marketing", "given", 100);
  say (store, berk, "sms", "marketing", "given", 100);
  assert_found (store, CRM_FILTER_IS, "sms", "Ali Demir, Berk Kaya");
  assert_found (store, CRM_FILTER_IS, "email", "Ali Demir");
  assert_found (store, CRM_FILTER_IS, "mail", "");
  assert_found (store, CRM_FILTER_IS_NOT, "email", "Berk Kaya, Cem Yalın");
}

/* What was said stays said. */
static void
test_append_only (CrmTest       *test,
                  gconstpointer  data)
{
  g_autoptr (CrmStore) store = crm_test_open_store (test);
  gint64 person = crm_test_save (store, &crm_person, 0, "name", "Ali Demir", NULL);
  gint64 id = say (store, person, "call", "marketing", "given", 100);
  g_autoptr (CrmValues) changes = crm_values_new (&crm_consent, id);
  g_autoptr (GError) error = NULL;

  crm_values_set_text (changes, CRM_CONSENT_STATE, "refused");
  g_assert_cmpint (crm_store_save (store, changes, &error), ==, 0);
  g_assert_error (error, CRM_ERROR, CRM_ERROR_INVALID);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  crm_test_add ("/consent/in-force", test_in_force);
  crm_test_add ("/consent/filter", test_filter);
  crm_test_add ("/consent/append-only", test_append_only);
  return g_test_run ();
}
