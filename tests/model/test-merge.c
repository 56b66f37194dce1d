/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crm-config.h"

#include "crm-client.h"
#include "crm-consent.h"
#include "crm-distinct.h"
#include "crm-error.h"
#include "crm-interaction.h"
#include "crm-merge.h"
#include "crm-position.h"
#include "crm-saved-view.h"
#include "crm-tag.h"
#include "crm-task.h"
#include "merge-checks.h"

/* Two records become one as the preview says, and an undo makes them two as they were, whatever belonged or referred to them. */

static void
assert_text_of (CrmStore        *store,
                const CrmEntity *entity,
                gint64           id,
                const char      *field,
                const char      *expected)
{
  g_autoptr (CrmValues) values = merge_read (store, entity, id);
  g_autofree char *text = crm_values_to_plain (values, (guint) crm_entity_find_field (entity, field));

  g_assert_cmpstr (text, ==, expected);
}

static void
assert_text (CrmStore   *store,
             gint64      id,
             const char *field,
             const char *expected)
{
  assert_text_of (store, &crm_client, id, field, expected);
}

static void
choose (CrmMergeRequest *request,
        const char      *field,
        CrmMergeSide     side)
{
  g_autoptr (GError) error = NULL;

  crm_merge_request_choose (request, (guint) crm_entity_find_field (request->entity, field), side, &error);
  g_assert_no_error (error);
}

static void
assert_moves (CrmStore        *store,
              CrmMergeRequest *request,
              const char      *expected)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (CrmMergePlan) plan = merge_plan (store, request, &error);
  g_autoptr (GString) found = g_string_new (NULL);

  g_assert_no_error (error);
  for (guint i = 0; i < plan->moves->len; i++)
    {
      const CrmMergeMove *move = &g_array_index (plan->moves, CrmMergeMove, i);

      g_string_append_printf (found, "%s%s %u", i > 0 ? ", " : "", move->entity->name, move->n);
    }
  g_assert_cmpstr (found->str, ==, expected);
}

static void
save_task (CrmStore   *store,
           gint64      client,
           const char *name)
{
  g_autoptr (CrmValues) task = crm_values_new (&crm_task, 0);
  g_autoptr (GError) error = NULL;

  crm_values_set_text (task, CRM_TASK_NAME, name);
  crm_values_set_reference (task, CRM_TASK_CLIENT, client, NULL);
  crm_values_set_integer (task, CRM_TASK_NEXT, TRUE);
  crm_store_save (store, task, &error);
  g_assert_no_error (error);
}

static void
save_contact (CrmStore *store,
              gint64    client,
              gint64    person)
{
  g_autoptr (CrmValues) position = crm_values_new (&crm_position, 0);
  g_autoptr (GError) error = NULL;

  crm_values_set_reference (position, CRM_POSITION_CLIENT, client, NULL);
  crm_values_set_reference (position, CRM_POSITION_PERSON, person, NULL);
  crm_values_set_integer (position, CRM_POSITION_CONTACT, TRUE);
  crm_store_save (store, position, &error);
  g_assert_no_error (error);
}

/* By hand */

static void
test_values (CrmTest       *test,
             gconstpointer  data)
{
  g_autoptr (CrmStore) store = crm_test_open_store (test);
  gint64 a = crm_test_save (store, &crm_client, 0, "name", "Kuzey Nakliyat A.Ş.", "phone", "0212 555 01 42", "city", "Bursa", "tags", "VIP, Fuar",
                            "notes", "Eski", "segment", "Toptan", "sector", "Nakliye", NULL);
  gint64 b = crm_test_save (store, &crm_client, 0, "name", "Kuzey Nakliyat", "phone", "+90 212 5550142", "mobile", "0532 555 00 11",
                            "email", "bilgi@kuzey.example", "street", "Liman Cad. 5", "city", "BURSA", "tags", "vip, Yeni", "notes", "Yeni",
                            "credit_limit", "100", "currency", "EUR", "sector", "Lojistik", NULL);
  g_autofree CrmMergeRequest *request = crm_merge_request_new (&crm_client, a, b);
  g_autofree char *points = NULL;
  g_autofree char *addresses = NULL;
  g_autofree char *gone = NULL;

  choose (request, "sector", CRM_MERGE_OTHER);
  g_assert_true (merge_run (test, store, request));
  assert_text (store, a, "name", "Kuzey Nakliyat A.Ş.");
  assert_text (store, a, "phone", "0212 555 01 42");
  assert_text (store, a, "mobile", "0532 555 00 11");
  assert_text (store, a, "email", "bilgi@kuzey.example");
  assert_text (store, a, "street", "Liman Cad. 5");
  assert_text (store, a, "city", "Bursa");
  assert_text (store, a, "tags", "VIP, Fuar, Yeni");
  assert_text (store, a, "notes", "Eski\n\nYeni");
  assert_text (store, a, "segment", "Toptan");
  assert_text (store, a, "sector", "Lojistik");
  assert_text (store, a, "credit_limit", "100.00");
  assert_text (store, a, "currency", "EUR");
  points = merge_query (test, "SELECT count (*) FROM contact_point");
  addresses = merge_query (test, "SELECT count (*) FROM address");
  gone = merge_query (test, "SELECT count (*) FROM client WHERE id = %" G_GINT64_FORMAT, b);
  g_assert_cmpstr (points, ==, "3");
  g_assert_cmpstr (addresses, ==, "1");
  g_assert_cmpstr (gone, ==, "0");
  crm_test_assert_search (store);
  crm_test_undo (store, FALSE);
  crm_test_assert_search (store);
  assert_text (store, b, "phone", "+90 212 5550142");
}

/* What is chosen of phones and addresses becomes the main one; the others stay beside it. */
static void
test_chosen_children (CrmTest       *test,
                      gconstpointer  data)
{
  g_autoptr (CrmStore) store = crm_test_open_store (test);
  gint64 a = crm_test_save (store, &crm_client, 0, "name", "Lale", "phone", "0212 555 01 42", "street", "Gül Sok. 1", "city", "İzmir", NULL);
  gint64 b = crm_test_save (store, &crm_client, 0, "name", "Lale", "mobile", "0532 555 00 11", "street", "Lale Sok. 2", "city", "Ankara", NULL);
  g_autofree CrmMergeRequest *request = crm_merge_request_new (&crm_client, a, b);
  g_autofree char *main = NULL;

  choose (request, "phone", CRM_MERGE_OTHER);
  choose (request, "city", CRM_MERGE_OTHER);
  g_assert_true (merge_run (test, store, request));
  assert_text (store, a, "phone", "0532 555 00 11");
  assert_text (store, a, "street", "Lale Sok. 2");
  assert_text (store, a, "city", "Ankara");
  main = merge_query (test, "SELECT count (*), sum (main) FROM address");
  g_assert_cmpstr (main, ==, "2|1");
}

static void
assert_refused (CrmStore   *store,
                gint64      kept,
                gint64      other,
                int         code,
                const char *part)
{
  g_autofree CrmMergeRequest *request = crm_merge_request_new (&crm_client, kept, other);
  g_autoptr (GError) error = NULL;

  g_assert_false (crm_store_step (store, "", crm_merge_run, request, NULL, &error));
  g_assert_error (error, CRM_ERROR, code);
  crm_test_assert_contains (error->message, part);
}

static gboolean
delete (CrmWriter     *writer,
        gpointer       data,
        GCancellable  *cancellable,
        GError       **error)
{
  return crm_writer_delete (writer, &crm_client, *(const gint64 *) data, error);
}

static void
test_refused (CrmTest       *test,
              gconstpointer  data)
{
  g_autoptr (CrmStore) store = crm_test_open_store (test);
  gint64 top = crm_test_save (store, &crm_client, 0, "name", "Ak Holding", NULL);
  gint64 middle = crm_test_save (store, &crm_client, 0, "name", "Ak Un", "parent", "Ak Holding", NULL);
  gint64 low = crm_test_save (store, &crm_client, 0, "name", "Ak Fırın", "parent", "Ak Un", NULL);
  gint64 trashed = crm_test_save (store, &crm_client, 0, "name", "Çöp", NULL);
  g_autofree CrmMergeRequest *tags = crm_merge_request_new (&crm_client, top, low);
  g_autoptr (GError) error = NULL;
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;

  crm_store_step (store, "Delete", delete, &trashed, NULL, &error);
  g_assert_no_error (error);
  before = crm_test_dump (test->database, merge_log_tables);
  /* It would lie above the middle one and below it. */
  assert_refused (store, top, low, CRM_ERROR_INVALID, "Ak Un");
  assert_refused (store, low, top, CRM_ERROR_INVALID, "Ak Un");
  assert_refused (store, top, top, CRM_ERROR_INVALID, "itself");
  assert_refused (store, top, trashed, CRM_ERROR_INVALID, "Çöp");
  assert_refused (store, top, 4711, CRM_ERROR_NOT_FOUND, "4711");
  g_assert_false (crm_merge_request_choose (tags, CRM_CLIENT_TAGS, CRM_MERGE_OTHER, &error));
  g_assert_error (error, CRM_ERROR, CRM_ERROR_INVALID);
  g_clear_error (&error);
  g_assert_false (crm_merge_request_choose (tags, CRM_CLIENT_NAME, CRM_MERGE_BOTH, &error));
  g_assert_error (error, CRM_ERROR, CRM_ERROR_INVALID);
  after = crm_test_dump (test->database, merge_log_tables);
  g_assert_cmpstr (before, ==, after);
  g_assert_cmpint (middle, !=, 0);
}

static void
tell_apart (CrmStore *store,
            gint64    client,
            gint64    other)
{
  g_autoptr (CrmValues) values = crm_values_new (&crm_distinct_client, 0);
  g_autoptr (GError) error = NULL;

  crm_values_set_reference (values, CRM_DISTINCT_ONE, client, NULL);
  crm_values_set_reference (values, CRM_DISTINCT_OTHER, other, NULL);
  crm_store_save (store, values, &error);
  g_assert_no_error (error);
}

/* Of two of which one belongs to the other nobody belongs to itself. */
static void
test_references (CrmTest       *test,
                 gconstpointer  data)
{
  g_autoptr (CrmStore) store = crm_test_open_store (test);
  gint64 top = crm_test_save (store, &crm_client, 0, "name", "Ak Holding", NULL);
  gint64 b = crm_test_save (store, &crm_client, 0, "name", "Ak Su", "parent", "Ak Holding", NULL);
  gint64 a = crm_test_save (store, &crm_client, 0, "name", "Ak Un", "parent", "Ak Su", NULL);
  gint64 branch = crm_test_save (store, &crm_client, 0, "name", "Ak Fırın", "parent", "Ak Su", "referrer", "Ak Su", NULL);
  g_autofree char *a_name = merge_name_id (a);
  g_autofree char *branch_name = merge_name_id (branch);
  g_autofree CrmMergeRequest *request = crm_merge_request_new (&crm_client, a, b);
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  g_autofree char *distinct = NULL;

  tell_apart (store, a, b);
  tell_apart (store, branch, a);
  tell_apart (store, branch, b);
  tell_apart (store, top, branch);
  before = crm_test_dump (test->database, merge_log_tables);
  assert_moves (store, request, "client 1, distinct_client 1");
  g_assert_true (merge_run (test, store, request));
  assert_text (store, a, "parent", "Ak Holding");
  assert_text (store, branch, "parent", "Ak Un");
  assert_text (store, branch, "referrer", "Ak Un");
  distinct = merge_query (test, "SELECT client, other FROM distinct_client WHERE other <> %s", branch_name);
  g_assert_true (g_str_has_prefix (distinct, branch_name) && g_str_has_suffix (distinct, a_name) && strchr (distinct, '\n') == NULL);
  crm_test_undo (store, FALSE);
  after = crm_test_dump (test->database, merge_log_tables);
  g_assert_cmpstr (before, ==, after);
}

static void
assert_query (CrmTest    *test,
              const char *sql,
              const char *expected)
{
  g_autofree char *found = merge_query (test, "%s", sql);

  g_assert_cmpstr (found, ==, expected);
}

/* Saves what refers to a record, or is its child, with a text more. */
static gint64
save_about (CrmStore        *store,
            const CrmEntity *entity,
            const char      *reference,
            gint64           id,
            const char      *field,
            const char      *text)
{
  g_autoptr (CrmValues) values = crm_values_new (entity, 0);
  g_autoptr (GError) error = NULL;
  gint64 saved;

  crm_values_set_reference (values, (guint) crm_entity_find_field (entity, reference), id, NULL);
  crm_values_set_text (values, (guint) crm_entity_find_field (entity, field), text);
  if (entity == &crm_consent)
    crm_values_set_text (values, CRM_CONSENT_STATE, "given");
  saved = crm_store_save (store, values, &error);
  g_assert_no_error (error);
  return saved;
}

/* @role: (nullable) */
static void
take_part (CrmStore   *store,
           gint64      interaction,
           gint64      person,
           const char *role)
{
  g_autoptr (CrmValues) values = crm_values_new (&crm_participant, 0);
  g_autoptr (GError) error = NULL;

  crm_values_set_reference (values, CRM_PARTICIPANT_INTERACTION, interaction, NULL);
  crm_values_set_reference (values, CRM_PARTICIPANT_PERSON, person, NULL);
  crm_values_set_text (values, CRM_PARTICIPANT_ROLE, role);
  crm_store_save (store, values, &error);
  g_assert_no_error (error);
}

/* With firms, numbers, consents, and what was said with them */
static void
test_people (CrmTest       *test,
             gconstpointer  data)
{
  g_autoptr (CrmStore) store = crm_test_open_store (test);
  gint64 firm = crm_test_save (store, &crm_client, 0, "name", "Ak Un", NULL);
  gint64 a = crm_test_save (store, &crm_person, 0, "name", "Selin Akın", "firm", "Ak Un", "mobile", "0532 555 00 11", "notes", "Bir", NULL);
  gint64 b = crm_test_save (store, &crm_person, 0, "name", "Dr. Selin Akın Öz", "given", "Selin Ada", "family", "Akın Öz", "firm", "Ak Un", "role", "Müdür",
                            "mobile", "+90 532 5550011", "phone", "0212 555 01 42", "birthday", "1980-04-12", "notes", "İki", NULL);
  gint64 talk = save_about (store, &crm_interaction, "client", firm, "text", "Fiyat soruldu");
  g_autofree CrmMergeRequest *request = crm_merge_request_new (&crm_person, a, b);
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;

  take_part (store, talk, a, NULL);
  take_part (store, talk, b, NULL);
  take_part (store, talk, b, "sender");
  save_about (store, &crm_consent, "person", a, "channel", "email");
  save_about (store, &crm_consent, "person", b, "channel", "call");
  save_about (store, &crm_task, "person", b, "name", "Aramak");
  before = crm_test_dump (test->database, merge_log_tables);
  choose (request, "family", CRM_MERGE_OTHER);
  assert_moves (store, request, "person_point 1, consent 1, task 1, participant 2");
  g_assert_true (merge_run (test, store, request));
  /* The name and its parts are one choice. */
  assert_text_of (store, &crm_person, a, "name", "Dr. Selin Akın Öz");
  assert_text_of (store, &crm_person, a, "given", "Selin Ada");
  assert_text_of (store, &crm_person, a, "family", "Akın Öz");
  assert_text_of (store, &crm_person, a, "role", "Müdür");
  assert_text_of (store, &crm_person, a, "birthday", "1980-04-12");
  assert_text_of (store, &crm_person, a, "notes", "Bir\n\nİki");
  assert_text_of (store, &crm_person, a, "mobile", "0532 555 00 11");
  assert_query (test, "SELECT count (*) FROM person", "1");
  assert_query (test, "SELECT count (*) FROM position", "1");
  assert_query (test, "SELECT count (*) FROM person_point", "2");
  assert_query (test, "SELECT count (*) FROM consent WHERE person = (SELECT id FROM person)", "2");
  assert_query (test, "SELECT count (*) FROM participant WHERE person = (SELECT id FROM person)", "2");
  assert_query (test, "SELECT count (*) FROM task WHERE person = (SELECT id FROM person)", "1");
  crm_test_assert_search (store);
  crm_test_undo (store, FALSE);
  after = crm_test_dump (test->database, merge_log_tables);
  g_assert_cmpstr (before, ==, after);
  crm_test_assert_search (store);
}

static void
test_views (CrmTest       *test,
            gconstpointer  data)
{
  g_autoptr (CrmStore) store = crm_test_open_store (test);
  gint64 a = crm_test_save (store, &crm_client, 0, "name", "Ak Holding", "tags", "VIP", NULL);
  gint64 b = crm_test_save (store, &crm_client, 0, "name", "Ak Grup", "tags", "Önemli", NULL);
  g_autofree char *a_name = merge_name_id (a);
  g_autofree char *b_name = merge_name_id (b);
  g_autofree char *query_text = merge_make_view ((const char * const[]) { b_name, "ak grup", "Başka", NULL }, (const char * const[]) { "önemli", "VIP", NULL });
  g_autofree char *expected = merge_make_view ((const char * const[]) { a_name, "Ak Holding", "Başka", NULL }, (const char * const[]) { "VIP", NULL });
  gint64 view = crm_test_save (store, &crm_saved_view, 0, "name", "Görünüm", "query", query_text, NULL);
  g_autofree char *vip = merge_query (test, "SELECT id FROM tag WHERE name = 'VIP'");
  g_autofree char *important = merge_query (test, "SELECT id FROM tag WHERE name <> 'VIP'");
  g_autofree CrmMergeRequest *clients = crm_merge_request_new (&crm_client, a, b);
  g_autofree CrmMergeRequest *tags =
    crm_merge_request_new (&crm_tag, g_ascii_strtoll (vip, NULL, 10), g_ascii_strtoll (important, NULL, 10));
  g_autoptr (CrmValues) found = NULL;

  g_assert_true (merge_run (test, store, clients));
  g_assert_true (merge_run (test, store, tags));
  assert_text (store, a, "tags", "VIP");
  found = merge_read (store, &crm_saved_view, view);
  g_assert_cmpstr (crm_values_get_text (found, CRM_SAVED_VIEW_QUERY), ==, expected);
}

/* A name that only one may have */
static void
test_unique (CrmTest       *test,
             gconstpointer  data)
{
  g_autoptr (CrmStore) store = crm_test_open_store (test);
  gint64 a = crm_test_save (store, &crm_segment, 0, "name", "Toptan", NULL);
  gint64 b = crm_test_save (store, &crm_segment, 0, "name", "Toptancı", "notes", "Büyük", NULL);
  gint64 client = crm_test_save (store, &crm_client, 0, "name", "Ak Un", "segment", "Toptancı", NULL);
  g_autofree CrmMergeRequest *request = crm_merge_request_new (&crm_segment, a, b);
  g_autofree char *segments = NULL;

  choose (request, "name", CRM_MERGE_OTHER);
  g_assert_true (merge_run (test, store, request));
  segments = merge_query (test, "SELECT id, name, notes FROM segment");
  crm_test_assert_contains (segments, "|Toptancı|Büyük");
  assert_text (store, client, "segment", "Toptancı");
}

/* Two clients that are one have one next step and one main contact: the kept one's stay, the others are a task and a colleague like others. */
static void
test_marks (CrmTest       *test,
            gconstpointer  data)
{
  g_autoptr (CrmStore) store = crm_test_open_store (test);
  gint64 a = crm_test_save (store, &crm_client, 0, "name", "Kuzey Nakliyat", NULL);
  gint64 b = crm_test_save (store, &crm_client, 0, "name", "Kuzey Lojistik", NULL);
  gint64 selin = crm_test_save (store, &crm_person, 0, "name", "Selin Akın", NULL);
  gint64 ali = crm_test_save (store, &crm_person, 0, "name", "Ali Demir", NULL);
  g_autofree CrmMergeRequest *request = crm_merge_request_new (&crm_client, a, b);
  g_autofree CrmMergeRequest *reverse = crm_merge_request_new (&crm_client, b, a);
  g_autoptr (CrmMergePlan) plan = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;

  save_task (store, a, "Teklifi sor");
  save_task (store, b, "Numune gönder");
  save_contact (store, a, selin);
  save_contact (store, b, ali);
  before = crm_test_dump (test->database, merge_log_tables);
  plan = merge_plan (store, request, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (plan->marks->len, ==, 2);
  for (guint i = 0; i < 2; i++)
    {
      const CrmMergeMark *mark = &g_array_index (plan->marks, CrmMergeMark, i);

      g_assert_cmpstr (mark->kept, ==, mark->entity == &crm_task ? "Teklifi sor" : "Selin Akın");
      g_assert_cmpstr (mark->other, ==, mark->entity == &crm_task ? "Numune gönder" : "Ali Demir");
    }
  g_assert_true (merge_run (test, store, request));
  assert_query (test, "SELECT next_step FROM client", "Teklifi sor");
  assert_query (test, "SELECT name, next FROM task ORDER BY name", "Numune gönder|0\nTeklifi sor|1");
  assert_query (test, "SELECT name, contact FROM position JOIN person ON person.id = person ORDER BY name", "Ali Demir|0\nSelin Akın|1");
  crm_test_undo (store, FALSE);
  after = crm_test_dump (test->database, merge_log_tables);
  g_assert_cmpstr (before, ==, after);
  g_assert_true (merge_run (test, store, reverse));
  assert_query (test, "SELECT next_step FROM client", "Numune gönder");
  assert_query (test, "SELECT name FROM position JOIN person ON person.id = person WHERE contact", "Ali Demir");
}

/* Nobody has two positions at a firm because one was the main contact: the mark goes with who is the same. */
static void
test_contact_twice (CrmTest       *test,
                    gconstpointer  data)
{
  g_autoptr (CrmStore) store = crm_test_open_store (test);
  gint64 client = crm_test_save (store, &crm_client, 0, "name", "Kuzey Nakliyat", NULL);
  gint64 a = crm_test_save (store, &crm_person, 0, "name", "Selin Akın", "firm", "Kuzey Nakliyat", NULL);
  gint64 b = crm_test_save (store, &crm_person, 0, "name", "Selin Akin", NULL);
  g_autofree CrmMergeRequest *request = crm_merge_request_new (&crm_person, a, b);

  save_contact (store, client, b);
  g_assert_true (merge_run (test, store, request));
  assert_query (test, "SELECT count (*), sum (contact) FROM position", "1|1");
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  crm_test_add ("/merge/values", test_values);
  crm_test_add ("/merge/chosen-children", test_chosen_children);
  crm_test_add ("/merge/refused", test_refused);
  crm_test_add ("/merge/references", test_references);
  crm_test_add ("/merge/people", test_people);
  crm_test_add ("/merge/views", test_views);
  crm_test_add ("/merge/unique", test_unique);
  crm_test_add ("/merge/marks", test_marks);
  crm_test_add ("/merge/contact-twice", test_contact_twice);
  return g_test_run ();
}
