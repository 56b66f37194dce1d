/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crm-config.h"

#include <string.h>

#include "crm-address.h"
#include "crm-client.h"
#include "crm-consent.h"
#include "crm-contact-point.h"
#include "crm-distinct.h"
#include "crm-error.h"
#include "crm-interaction.h"
#include "crm-merge.h"
#include "crm-query.h"
#include "crm-saved-view.h"
#include "crm-segment.h"
#include "crm-sql.h"
#include "crm-tag.h"
#include "crm-test-store.h"
#include "crm-through.h"

/* Two records become one as the preview says, and an undo makes them two as they were, whatever belonged or referred to them. */

#define N_MERGES 1000
#define FEW_CLIENTS 25

static const char * const log_tables[] = { "step", "history", "setting", NULL };

/* Reading */

static gpointer
run_plan (CrmDb         *db,
          gpointer       request,
          GCancellable  *cancellable,
          GError       **error)
{
  return crm_merge_plan_make (db, request, error);
}

static CrmMergePlan *
make_plan (CrmStore         *store,
           CrmMergeRequest  *request,
           GError          **error)
{
  return crm_store_read (store, run_plan, request, error);
}

typedef struct {
  const CrmEntity *entity;
  gint64           id;
  gboolean         children; /* of this entity, of the record */
} Read;

static gpointer
run_read (CrmDb         *db,
          gpointer       data,
          GCancellable  *cancellable,
          GError       **error)
{
  const Read *read = data;
  g_autoptr (CrmValues) values = NULL;

  if (read->children)
    return crm_sql_read_children (db, read->entity, read->id, error);
  values = crm_sql_read (db, read->entity, read->id, error);
  return values != NULL && crm_through_load (db, values, error) ? g_steal_pointer (&values) : NULL;
}

static CrmValues *
read_record (CrmStore        *store,
             const CrmEntity *entity,
             gint64           id)
{
  Read read = { entity, id, FALSE };
  g_autoptr (GError) error = NULL;
  CrmValues *values = crm_store_read (store, run_read, &read, &error);

  g_assert_no_error (error);
  return values;
}

static GPtrArray *
read_children (CrmStore        *store,
               const CrmEntity *child,
               gint64           id)
{
  Read read = { child, id, TRUE };
  g_autoptr (GError) error = NULL;
  GPtrArray *children = crm_store_read (store, run_read, &read, &error);

  g_assert_no_error (error);
  return children;
}

static void
assert_text_of (CrmStore        *store,
                const CrmEntity *entity,
                gint64           id,
                const char      *field,
                const char      *expected)
{
  g_autoptr (CrmValues) values = read_record (store, entity, id);
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

static char *
query (CrmTest    *test,
       const char *format,
       ...)
{
  va_list values;
  g_autofree char *sql = NULL;
  char *text;

  va_start (values, format);
  sql = g_strdup_vprintf (format, values);
  va_end (values);
  text = crm_test_query (test->database, sql);
  return g_strchomp (text);
}

/* What the preview said is what there is. */

static void
assert_same_values (const CrmValues *expected,
                    const CrmValues *found)
{
  const CrmEntity *entity = crm_values_get_entity (expected);

  for (guint i = 0; i < entity->n_fields; i++)
    if (strcmp (entity->fields[i].name, "modified") != 0 && entity->fields[i].derived == NULL && !crm_values_equal_field (expected, found, i))
      {
        g_autofree char *x = crm_values_to_plain (expected, i);
        g_autofree char *y = crm_values_to_plain (found, i);

        g_error ("%s.%s: %s instead of %s", entity->name, entity->fields[i].name, y, x);
      }
}

static void
assert_children (CrmStore           *store,
                 const CrmMergePlan *plan,
                 const CrmEntity    *child)
{
  g_autoptr (GPtrArray) found = read_children (store, child, crm_values_get_id (plan->kept));
  guint n = 0;

  for (guint i = 0; i < plan->children->len; i++)
    {
      const CrmMergeChild *planned = g_ptr_array_index (plan->children, i);
      guint at = 0;

      if (planned->is_dropped || crm_values_get_entity (planned->after) != child)
        continue;
      n++;
      while (at < found->len && crm_values_get_id (g_ptr_array_index (found, at)) != crm_values_get_id (planned->after))
        at++;
      g_assert_cmpuint (at, <, found->len);
      for (guint f = 0; f < child->n_fields; f++)
        if (child->fields[f].kind != CRM_KIND_REFERENCE)
          g_assert_true (crm_values_equal_field (planned->after, g_ptr_array_index (found, at), f));
    }
  g_assert_cmpuint (n, ==, found->len);
}

static void
assert_as_planned (CrmTest            *test,
                   CrmStore           *store,
                   const CrmMergePlan *plan)
{
  const CrmEntity * const *all = crm_entity_get_all ();
  const CrmEntity *entity = crm_values_get_entity (plan->kept);
  g_autoptr (CrmValues) found = read_record (store, entity, crm_values_get_id (plan->kept));
  g_autofree char *dangling = query (test, "PRAGMA foreign_key_check");

  assert_same_values (plan->result, found);
  for (guint i = 0; all[i] != NULL; i++)
    if (all[i]->parent != NULL && strcmp (all[i]->fields[crm_entity_get_parent_field (all[i])].refers, entity->name) == 0)
      assert_children (store, plan, all[i]);
  g_assert_cmpstr (dangling, ==, "");
}

/* Runs it; %FALSE: it was refused, as its preview was. */
static gboolean
merge (CrmTest         *test,
       CrmStore        *store,
       CrmMergeRequest *request)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) refusal = NULL;
  g_autoptr (CrmMergePlan) plan = make_plan (store, request, &refusal);
  gboolean ok = crm_store_step (store, "", crm_merge_run, request, NULL, &error);

  g_assert_true (ok == (plan != NULL));
  if (ok)
    assert_as_planned (test, store, plan);
  else
    {
      g_assert_error (error, CRM_ERROR, CRM_ERROR_INVALID);
      g_assert_cmpstr (error->message, ==, refusal->message);
    }
  return ok;
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
  g_autoptr (CrmMergePlan) plan = make_plan (store, request, &error);
  g_autoptr (GString) found = g_string_new (NULL);

  g_assert_no_error (error);
  for (guint i = 0; i < plan->moves->len; i++)
    {
      const CrmMergeMove *move = &g_array_index (plan->moves, CrmMergeMove, i);

      g_string_append_printf (found, "%s%s %u", i > 0 ? ", " : "", move->entity->name, move->n);
    }
  g_assert_cmpstr (found->str, ==, expected);
}

static char *
name_id (gint64 id)
{
  return g_strdup_printf ("%" G_GINT64_FORMAT, id);
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
  g_assert_true (merge (test, store, request));
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
  points = query (test, "SELECT count (*) FROM contact_point");
  addresses = query (test, "SELECT count (*) FROM address");
  gone = query (test, "SELECT count (*) FROM client WHERE id = %" G_GINT64_FORMAT, b);
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
  g_assert_true (merge (test, store, request));
  assert_text (store, a, "phone", "0532 555 00 11");
  assert_text (store, a, "street", "Lale Sok. 2");
  assert_text (store, a, "city", "Ankara");
  main = query (test, "SELECT count (*), sum (main) FROM address");
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
  before = crm_test_dump (test->database, log_tables);
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
  after = crm_test_dump (test->database, log_tables);
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
  g_autofree char *a_name = name_id (a);
  g_autofree char *branch_name = name_id (branch);
  g_autofree CrmMergeRequest *request = crm_merge_request_new (&crm_client, a, b);
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  g_autofree char *distinct = NULL;

  tell_apart (store, a, b);
  tell_apart (store, branch, a);
  tell_apart (store, branch, b);
  tell_apart (store, top, branch);
  before = crm_test_dump (test->database, log_tables);
  assert_moves (store, request, "client 1, distinct_client 1");
  g_assert_true (merge (test, store, request));
  assert_text (store, a, "parent", "Ak Holding");
  assert_text (store, branch, "parent", "Ak Un");
  assert_text (store, branch, "referrer", "Ak Un");
  distinct = query (test, "SELECT client, other FROM distinct_client WHERE other <> %s", branch_name);
  g_assert_true (g_str_has_prefix (distinct, branch_name) && g_str_has_suffix (distinct, a_name) && strchr (distinct, '\n') == NULL);
  crm_test_undo (store, FALSE);
  after = crm_test_dump (test->database, log_tables);
  g_assert_cmpstr (before, ==, after);
}

static void
assert_query (CrmTest    *test,
              const char *sql,
              const char *expected)
{
  g_autofree char *found = query (test, "%s", sql);

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
  g_autoptr (CrmValues) participant = crm_values_new (&crm_participant, save_about (store, &crm_participant, "interaction", talk, "name", "Selin"));
  g_autoptr (GError) error = NULL;
  g_autofree CrmMergeRequest *request = crm_merge_request_new (&crm_person, a, b);
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;

  crm_values_set_reference (participant, CRM_PARTICIPANT_PERSON, b, NULL);
  crm_store_save (store, participant, &error);
  g_assert_no_error (error);
  save_about (store, &crm_consent, "person", a, "channel", "email");
  save_about (store, &crm_consent, "person", b, "channel", "call");
  save_about (store, &crm_task, "person", b, "name", "Aramak");
  before = crm_test_dump (test->database, log_tables);
  choose (request, "family", CRM_MERGE_OTHER);
  assert_moves (store, request, "person_point 1, consent 1, task 1, participant 1");
  g_assert_true (merge (test, store, request));
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
  assert_query (test, "SELECT count (*) FROM participant WHERE person = (SELECT id FROM person)", "1");
  assert_query (test, "SELECT count (*) FROM task WHERE person = (SELECT id FROM person)", "1");
  crm_test_assert_search (store);
  crm_test_undo (store, FALSE);
  after = crm_test_dump (test->database, log_tables);
  g_assert_cmpstr (before, ==, after);
  crm_test_assert_search (store);
}

static char *
make_view (const char * const *parents,
           const char * const *tags)
{
  g_autoptr (CrmQuery) view = crm_query_new (&crm_client);

  crm_query_add_filter (view, CRM_CLIENT_PARENT, CRM_FILTER_IS, parents);
  crm_query_add_filter (view, CRM_CLIENT_TAGS, CRM_FILTER_IS, tags);
  return crm_query_to_json (view);
}

static void
test_views (CrmTest       *test,
            gconstpointer  data)
{
  g_autoptr (CrmStore) store = crm_test_open_store (test);
  gint64 a = crm_test_save (store, &crm_client, 0, "name", "Ak Holding", "tags", "VIP", NULL);
  gint64 b = crm_test_save (store, &crm_client, 0, "name", "Ak Grup", "tags", "Önemli", NULL);
  g_autofree char *a_name = name_id (a);
  g_autofree char *b_name = name_id (b);
  g_autofree char *query_text = make_view ((const char * const[]) { b_name, "ak grup", "Başka", NULL }, (const char * const[]) { "önemli", "VIP", NULL });
  g_autofree char *expected = make_view ((const char * const[]) { a_name, "Ak Holding", "Başka", NULL }, (const char * const[]) { "VIP", NULL });
  gint64 view = crm_test_save (store, &crm_saved_view, 0, "name", "Görünüm", "query", query_text, NULL);
  g_autofree char *vip = query (test, "SELECT id FROM tag WHERE name = 'VIP'");
  g_autofree char *important = query (test, "SELECT id FROM tag WHERE name <> 'VIP'");
  g_autofree CrmMergeRequest *clients = crm_merge_request_new (&crm_client, a, b);
  g_autofree CrmMergeRequest *tags =
    crm_merge_request_new (&crm_tag, g_ascii_strtoll (vip, NULL, 10), g_ascii_strtoll (important, NULL, 10));
  g_autoptr (CrmValues) found = NULL;

  g_assert_true (merge (test, store, clients));
  g_assert_true (merge (test, store, tags));
  assert_text (store, a, "tags", "VIP");
  found = read_record (store, &crm_saved_view, view);
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
  g_assert_true (merge (test, store, request));
  segments = query (test, "SELECT id, name, notes FROM segment");
  crm_test_assert_contains (segments, "|Toptancı|Büyük");
  assert_text (store, client, "segment", "Toptancı");
}

/* At random */

typedef struct {
  CrmTest   *test;
  CrmStore  *store;
  GRand     *rand;
  GPtrArray *states; /* checksums of what the base held, behind each step */
  guint      n_refused;
} World;

static guint
draw (World *world,
      guint  n)
{
  return (guint) g_rand_int_range (world->rand, 0, (gint32) n);
}

#define PICK(world, list) ((list)[draw ((world), G_N_ELEMENTS (list))])

static char *
take_state (World *world)
{
  g_autofree char *dump = crm_test_dump (world->test->database, log_tables);

  return g_compute_checksum_for_string (G_CHECKSUM_SHA256, dump, -1);
}

/* The id of any record that @sql selects, or 0. */
static gint64
pick (World      *world,
      const char *sql)
{
  g_autofree char *text = crm_test_query (world->test->database, sql);
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  guint n = g_strv_length (lines);

  return n <= 1 ? 0 : g_ascii_strtoll (lines[draw (world, n - 1)], NULL, 10);
}

static gint64
pick_client (World *world)
{
  return pick (world, "SELECT id FROM client");
}

static gint64
insert (CrmWriter *writer,
        CrmValues *values)
{
  g_autoptr (GError) error = NULL;
  gint64 id = crm_writer_insert (writer, values, &error);

  g_assert_no_error (error);
  return id;
}

static void
add_point (World     *world,
           CrmWriter *writer,
           gint64     client)
{
  static const char * const points[][2] = {
    { "phone", "0212 555 01 42" }, { "phone", "+90 212 5550142" }, { "mobile", "0532 555 00 11" }, { "mobile", "+90 (532) 5550011" },
    { "phone", "0532 555 00 11" }, { "fax", "0212 555 01 42" }, { "email", "A@ornek.example" }, { "email", "a@ornek.example" },
    { "email", "b@ornek.example" }, { "chat", "@ornek" }, { "chat", "@Ornek" },
  };
  const char * const *point = PICK (world, points);
  g_autoptr (CrmValues) values = crm_values_new (&crm_contact_point, 0);

  crm_values_set_reference (values, crm_entity_get_parent_field (&crm_contact_point), client, NULL);
  crm_values_set_text (values, CRM_CONTACT_POINT_KIND, point[0]);
  crm_values_set_text (values, CRM_CONTACT_POINT_VALUE, point[1]);
  crm_values_set_text (values, CRM_CONTACT_POINT_LABEL, draw (world, 3) == 0 ? "Santral" : NULL);
  crm_values_set_integer (values, CRM_CONTACT_POINT_MAIN, draw (world, 2));
  insert (writer, values);
}

static void
add_address (World     *world,
             CrmWriter *writer,
             gint64     client)
{
  static const char * const streets[] = { NULL, "Liman Cad. 5", "LİMAN CAD. 5", "Gül Sok. 1" };
  static const char * const cities[] = { "İzmir", "izmir", "Bursa" };
  static const char * const kinds[] = { "office", "office", "delivery" };
  g_autoptr (CrmValues) values = crm_values_new (&crm_address, 0);

  crm_values_set_reference (values, CRM_ADDRESS_CLIENT, client, NULL);
  crm_values_set_text (values, CRM_ADDRESS_KIND, PICK (world, kinds));
  crm_values_set_text (values, CRM_ADDRESS_STREET, PICK (world, streets));
  crm_values_set_text (values, CRM_ADDRESS_CITY, PICK (world, cities));
  crm_values_set_text (values, CRM_ADDRESS_EXTRA, draw (world, 4) == 0 ? "{\"floor\":3}" : NULL);
  crm_values_set_integer (values, CRM_ADDRESS_MAIN, draw (world, 2));
  insert (writer, values);
}

static void
add_distinct (World     *world,
              CrmWriter *writer,
              gint64     client,
              gint64     other)
{
  g_autoptr (CrmValues) values = crm_values_new (&crm_distinct_client, 0);

  if (client == 0 || other == 0 || other == client)
    return;
  crm_values_set_reference (values, CRM_DISTINCT_ONE, client, NULL);
  crm_values_set_reference (values, CRM_DISTINCT_OTHER, other, NULL);
  insert (writer, values);
}

static void
set_any_fields (World     *world,
                CrmValues *values)
{
  static const char * const names[] = { "Ak Un A.Ş.", "Ak Un", "Işık Matbaa", "Öz-İpek", "Weiß & Söhne GmbH" };
  static const char * const notes[] = { NULL, "Bir", "İki\nsatır", "Bir" };
  static const char * const segments[] = { NULL, "Toptan", "Perakende" };
  static const char * const tags[] = { NULL, "VIP", "VIP, Fuar", "Yeni", "Fuar, Yeni, Önemli" };
  static const char * const extras[] = { NULL, NULL, "{\"a\":1}", "{\"b\":[2]}", "none" };
  static const char * const sectors[] = { NULL, "Gıda", "Tekstil" };

  crm_values_set_text (values, CRM_CLIENT_NAME, PICK (world, names));
  crm_values_set_text (values, CRM_CLIENT_NOTES, PICK (world, notes));
  crm_values_set_text (values, CRM_CLIENT_TAGS, PICK (world, tags));
  crm_values_set_text (values, CRM_CLIENT_EXTRA, PICK (world, extras));
  crm_values_set_text (values, CRM_CLIENT_SECTOR, PICK (world, sectors));
  if (draw (world, 2) == 0)
    crm_values_set_reference (values, CRM_CLIENT_SEGMENT, 0, segments[1 + draw (world, 2)]);
  if (draw (world, 3) == 0)
    crm_values_set_integer (values, CRM_CLIENT_CREDIT_LIMIT, draw (world, 100000));
  if (draw (world, 3) == 0)
    crm_values_set_text (values, CRM_CLIENT_CURRENCY, draw (world, 2) == 0 ? "EUR" : "USD");
}

static gboolean
run_add (CrmWriter     *writer,
         gpointer       data,
         GCancellable  *cancellable,
         GError       **error)
{
  World *world = data;
  gint64 known[6];

  for (guint i = 0; i < G_N_ELEMENTS (known); i++)
    known[i] = pick_client (world);
  for (guint i = 0; i < 12; i++)
    {
      g_autoptr (CrmValues) values = crm_values_new (&crm_client, 0);
      gint64 id;

      set_any_fields (world, values);
      if (PICK (world, known) != 0 && draw (world, 2) == 0)
        crm_values_set_reference (values, CRM_CLIENT_PARENT, known[0], NULL);
      if (known[1] != 0 && draw (world, 3) == 0)
        crm_values_set_reference (values, CRM_CLIENT_REFERRER, known[1], NULL);
      if (known[0] == 0)
        crm_values_unset (values, CRM_CLIENT_PARENT);
      id = insert (writer, values);
      for (guint n = draw (world, 5); n > 0; n--)
        add_point (world, writer, id);
      for (guint n = draw (world, 3); n > 0; n--)
        add_address (world, writer, id);
      for (guint n = draw (world, 3); n > 0; n--)
        add_distinct (world, writer, draw (world, 2) == 0 ? id : known[3], draw (world, 2) == 0 ? id : known[2]);
      known[draw (world, G_N_ELEMENTS (known))] = id;
    }
  return TRUE;
}

/* Clients, and a view of one of them */
static void
add_many (World *world)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *id = NULL;
  g_autofree char *view = NULL;

  crm_store_step (world->store, "Add", run_add, world, NULL, &error);
  g_assert_no_error (error);
  g_ptr_array_add (world->states, take_state (world));
  id = name_id (pick_client (world));
  view = make_view ((const char * const[]) { id, "Ak Un", NULL }, (const char * const[]) { "VIP", "Yeni", NULL });
  crm_test_save (world->store, &crm_saved_view, 0, "name", "Görünüm", "query", view, NULL);
  g_ptr_array_add (world->states, take_state (world));
}

static CrmMergeRequest *
draw_request (World *world)
{
  static const struct {
    const CrmEntity *entity;
    const char      *sql;
  } kinds[] = {
    { &crm_tag, "SELECT id FROM tag" }, { &crm_segment, "SELECT id FROM segment" }, { &crm_client, "SELECT id FROM client" },
  };
  guint kind = draw (world, 40);
  guint at = MIN (kind, G_N_ELEMENTS (kinds) - 1);
  gint64 kept = pick (world, kinds[at].sql), other = pick (world, kinds[at].sql);
  CrmMergeRequest *request;

  /* As people do: of two with the same parent, or one of them the other's */
  if (kind > 30)
    {
      g_autofree char *sql = g_strdup_printf ("SELECT id FROM client WHERE parent = %" G_GINT64_FORMAT, kept);
      gint64 child = pick (world, sql);

      other = child != 0 ? child : other;
    }
  if (kept == other)
    return NULL;
  request = crm_merge_request_new (kinds[at].entity, kept, other);
  for (guint i = draw (world, 5); i > 0; i--)
    {
      guint field = draw (world, request->entity->n_fields);

      if (crm_merge_can_choose (request->entity, field))
        crm_merge_request_choose (request, field, draw (world, 2) == 0 ? CRM_MERGE_OTHER : CRM_MERGE_KEPT, NULL);
    }
  return request;
}

static gboolean
merge_any (World *world)
{
  g_autofree CrmMergeRequest *request = draw_request (world);
  g_autofree char *state = NULL;

  if (request == NULL)
    return FALSE;
  if (merge (world->test, world->store, request))
    {
      g_ptr_array_add (world->states, take_state (world));
      return TRUE;
    }
  state = take_state (world);
  g_assert_cmpstr (state, ==, g_ptr_array_index (world->states, world->states->len - 1));
  world->n_refused++;
  return FALSE;
}

static void
go_all (World    *world,
        gboolean  redo)
{
  guint n = world->states->len;

  for (guint i = 1; i < n; i++)
    {
      guint at = redo ? i : n - 1 - i;
      g_autofree char *state = NULL;

      crm_test_undo (world->store, redo);
      state = take_state (world);
      if (strcmp (state, g_ptr_array_index (world->states, at)) != 0)
        g_error ("%s: something else is there than was before step %u", redo ? "redo" : "undo", at + 1);
    }
  crm_test_assert_search (world->store);
}

static void
test_random (CrmTest       *test,
             gconstpointer  data)
{
  const char *given = g_getenv ("CRM_TEST_SEED");
  guint32 seed = given != NULL ? (guint32) g_ascii_strtoull (given, NULL, 10) : (guint32) g_test_rand_int ();
  World world = { test, crm_test_open_store (test), g_rand_new_with_seed (seed), g_ptr_array_new_with_free_func (g_free), 0 };

  g_test_message ("seed %u", seed);
  g_ptr_array_add (world.states, take_state (&world));
  for (guint done = 0; done < N_MERGES;)
    {
      g_autofree char *n = query (test, "SELECT count (*) FROM client");

      if (g_ascii_strtoll (n, NULL, 10) < FEW_CLIENTS)
        add_many (&world);
      done += merge_any (&world);
    }
  g_test_message ("%u steps, %u refused", world.states->len - 1, world.n_refused);
  g_assert_cmpuint (world.n_refused, >, 0);
  crm_test_assert_search (world.store);
  /* Another day */
  crm_store_close (world.store);
  g_object_unref (world.store);
  world.store = crm_test_open_store (test);
  go_all (&world, FALSE);
  go_all (&world, TRUE);
  g_object_unref (world.store);
  g_rand_free (world.rand);
  g_ptr_array_unref (world.states);
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
  crm_test_add ("/merge/random", test_random);
  return g_test_run ();
}
