/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crm-config.h"

#include "crm-attempts.h"
#include "crm-client.h"
#include "crm-interaction.h"
#include "crm-person.h"
#include "crm-task.h"
#include "crm-test-store.h"
#include "crm-time.h"
#include "crm-timeline.h"

#define N_MANY 10000

static void
on_loaded (CrmTimeline  *timeline,
           const GError *error,
           gboolean     *is_loaded)
{
  g_assert_no_error (error);
  *is_loaded = TRUE;
}

static void
await (CrmTimeline *timeline)
{
  gboolean is_loaded = FALSE;
  gulong handler = g_signal_connect (timeline, "loaded", G_CALLBACK (on_loaded), &is_loaded);
  gint64 deadline = g_get_monotonic_time () + 20 * G_USEC_PER_SEC;

  while (!is_loaded && g_get_monotonic_time () < deadline)
    g_main_context_iteration (NULL, FALSE);
  g_assert_true (is_loaded);
  g_signal_handler_disconnect (timeline, handler);
}

/* Titles from the newest on, parted by "|"; "#" before what begins a day. */
static char *
tell (CrmTimeline *timeline)
{
  GString *told = g_string_new (NULL);

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (timeline)); i++)
    {
      g_autoptr (CrmTimelineItem) item = g_list_model_get_item (G_LIST_MODEL (timeline), i);

      g_string_append_printf (told, "%s%s%s", i > 0 ? "|" : "", crm_timeline_item_begins_day (item) ? "#" : "",
                              crm_timeline_item_get (item)->title);
    }
  return g_string_free (told, FALSE);
}

#define assert_told(timeline, expected) \
  G_STMT_START { \
    g_autofree char *crm_told = tell (timeline); \
    g_assert_cmpstr (crm_told, ==, expected); \
  } G_STMT_END

static gint64
add (CrmStore   *store,
     gint64      client,
     const char *channel,
     const char *at,
     const char *outcome,
     const char *text)
{
  g_autoptr (CrmValues) values = crm_values_new (&crm_interaction, 0);
  g_autoptr (GError) error = NULL;
  gint64 when, id;

  g_assert_true (crm_time_from_iso (at, &when));
  crm_values_set_reference (values, CRM_INTERACTION_CLIENT, client, NULL);
  crm_values_set_text (values, CRM_INTERACTION_CHANNEL, channel);
  crm_values_set_integer (values, CRM_INTERACTION_AT, when);
  crm_values_set_text (values, CRM_INTERACTION_OUTCOME, outcome);
  crm_values_set_text (values, CRM_INTERACTION_TEXT, text);
  id = crm_store_save (store, values, &error);
  g_assert_no_error (error);
  return id;
}

static void
take_part (CrmStore *store,
           gint64    interaction,
           gint64    person)
{
  g_autoptr (CrmValues) values = crm_values_new (&crm_participant, 0);
  g_autoptr (GError) error = NULL;

  crm_values_set_reference (values, CRM_PARTICIPANT_INTERACTION, interaction, NULL);
  crm_values_set_reference (values, CRM_PARTICIPANT_PERSON, person, NULL);
  crm_store_save (store, values, &error);
  g_assert_no_error (error);
}

static CrmTimeline *
open_timeline (CrmStore        *store,
               const CrmEntity *entity,
               gint64           id)
{
  CrmTimeline *timeline = crm_timeline_new (store, entity);

  crm_timeline_set_active (timeline, TRUE);
  crm_timeline_open (timeline, id);
  await (timeline);
  return timeline;
}

static void
test_order (CrmTest       *test,
            gconstpointer  data)
{
  g_autoptr (CrmStore) store = crm_test_open_store (test);
  gint64 client = crm_test_save (store, &crm_client, 0, "name", "Kuzey Nakliyat", NULL);
  gint64 other = crm_test_save (store, &crm_client, 0, "name", "Sahil Otel", NULL);
  gint64 person = crm_test_save (store, &crm_person, 0, "name", "Sevgi Kaya", NULL);
  g_autoptr (CrmTimeline) timeline = NULL;
  g_autoptr (CrmTimeline) of_person = NULL;
  g_autoptr (CrmTimelineItem) first = NULL;
  const CrmTimelineEntry *entry;
  gint64 id;

  add (store, client, "call", "2026-03-02T10:00:00Z", "no_answer", "İlk arama");
  add (store, client, "visit", "2026-03-02T12:00:00Z", NULL, "Depo gezildi");
  id = add (store, client, "email", "2026-05-01T12:00:00Z", NULL, "Teklif\nAyrıntılar ektedir");
  add (store, other, "call", "2026-04-02T12:00:00Z", NULL, "Başka firma");
  take_part (store, id, person);

  timeline = open_timeline (store, &crm_client, client);
  assert_told (timeline, "#Teklif|#Depo gezildi|İlk arama");
  first = g_list_model_get_item (G_LIST_MODEL (timeline), 0);
  entry = crm_timeline_item_get (first);
  g_assert_cmpstr (entry->text, ==, "Teklif\nAyrıntılar ektedir");
  g_assert_cmpuint (entry->people->len, ==, 1);
  g_assert_cmpstr (((CrmTimelinePerson *) entry->people->pdata[0])->name, ==, "Sevgi Kaya");
  of_person = open_timeline (store, &crm_person, person);
  assert_told (of_person, "#Teklif");
}

static void
test_filter (CrmTest       *test,
             gconstpointer  data)
{
  g_autoptr (CrmStore) store = crm_test_open_store (test);
  gint64 client = crm_test_save (store, &crm_client, 0, "name", "Kuzey Nakliyat", NULL);
  gint64 person = crm_test_save (store, &crm_person, 0, "name", "Şükrü Işık", NULL);
  g_autoptr (CrmTimeline) timeline = NULL;

  add (store, client, "call", "2026-03-02T10:00:00Z", NULL, "ÇAĞRI: fiyat soruldu");
  take_part (store, add (store, client, "visit", "2026-03-03T10:00:00Z", NULL, "Depo gezildi"), person);
  timeline = open_timeline (store, &crm_client, client);
  crm_timeline_set_text (timeline, "cagrı");
  await (timeline);
  assert_told (timeline, "#ÇAĞRI: fiyat soruldu");
  crm_timeline_set_text (timeline, "iyat");
  await (timeline);
  assert_told (timeline, "#ÇAĞRI: fiyat soruldu");
  crm_timeline_set_text (timeline, "sukru isik");
  await (timeline);
  assert_told (timeline, "#Depo gezildi");
  crm_timeline_set_channel (timeline, "call");
  await (timeline);
  assert_told (timeline, "");
  crm_timeline_set_text (timeline, NULL);
  await (timeline);
  assert_told (timeline, "#ÇAĞRI: fiyat soruldu");
}

/* Changes, imports and tasks that are done stand among what was said only when asked for. */
static void
test_woven (CrmTest       *test,
            gconstpointer  data)
{
  g_autoptr (CrmStore) store = crm_test_open_store (test);
  gint64 client = crm_test_save (store, &crm_client, 0, "name", "Kuzey Nakliyat", "sector", "Depo", NULL);
  g_autoptr (CrmTimeline) timeline = NULL;
  g_autoptr (CrmTimelineItem) step = NULL;

  crm_test_save (store, &crm_client, client, "sector", "Kargo", NULL);
  crm_test_save (store, &crm_task, 0, "name", "Numune gönder", "client", "Kuzey Nakliyat", "done", "2026-03-02T10:00:00Z", NULL);
  crm_test_save (store, &crm_task, 0, "name", "Açık görev", "client", "Kuzey Nakliyat", NULL);
  add (store, client, "call", "2026-03-01T10:00:00Z", NULL, "İlk arama");
  timeline = open_timeline (store, &crm_client, client);
  assert_told (timeline, "#İlk arama");
  crm_timeline_set_woven (timeline, TRUE);
  await (timeline);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (timeline)), ==, 4);
  step = g_list_model_get_item (G_LIST_MODEL (timeline), 0);
  g_assert_cmpint (crm_timeline_item_get (step)->kind, ==, CRM_TIMELINE_STEP);
  g_assert_cmpstr (crm_timeline_item_get (step)->text, ==, "Sector: Depo → Kargo");
  crm_timeline_set_text (timeline, "numune");
  await (timeline);
  assert_told (timeline, "#Numune gönder");
}

static void
add_many (CrmTest *test,
          gint64   client)
{
  g_autofree char *sql = g_strdup_printf (
    "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < %d)"
    " INSERT INTO interaction (id, client, channel, direction, at, subject, text, created, modified)"
    /* Four at the same time: the pages must not lose what stands at their edges */
    " SELECT 100 + i, %" G_GINT64_FORMAT ", 'call', 'out', 1750000000000000 + (i / 4) * 3600000000, 'n' || i, 'Görüşme ' || i, 0, 0 FROM n",
    N_MANY, client);

  crm_test_run_sql (test->database, sql);
}

static void
test_endless (CrmTest       *test,
              gconstpointer  data)
{
  g_autoptr (CrmStore) store = crm_test_open_store (test);
  gint64 client = crm_test_save (store, &crm_client, 0, "name", "Kuzey Nakliyat", NULL);
  g_autoptr (CrmTimeline) timeline = NULL;
  guint n;

  add_many (test, client);
  timeline = open_timeline (store, &crm_client, client);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (timeline)), ==, 50);
  do
    {
      n = g_list_model_get_n_items (G_LIST_MODEL (timeline));
      crm_timeline_read_more (timeline);
      if (n < N_MANY)
        await (timeline);
    }
  while (g_list_model_get_n_items (G_LIST_MODEL (timeline)) > n);
  g_assert_cmpuint (n, ==, N_MANY);
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (CrmTimelineItem) item = g_list_model_get_item (G_LIST_MODEL (timeline), i);

      g_assert_cmpint (crm_timeline_item_get (item)->id, ==, 100 + N_MANY - (gint64) i);
    }
}

/* Earlier commits may be told of first. */
static void
await_told (CrmTimeline *timeline,
            const char  *expected)
{
  gint64 deadline = g_get_monotonic_time () + 20 * G_USEC_PER_SEC;
  gboolean is_told = FALSE;

  while (!is_told && g_get_monotonic_time () < deadline)
    {
      g_autofree char *told = tell (timeline);

      is_told = g_str_equal (told, expected);
      g_main_context_iteration (NULL, FALSE);
    }
  assert_told (timeline, expected);
}

typedef struct {
  guint n;
  guint position;
  guint removed;
  guint added;
} Reported;

static void
on_items_changed (GListModel *model,
                  guint       position,
                  guint       removed,
                  guint       added,
                  Reported   *reported)
{
  *reported = (Reported) { reported->n + 1, position, removed, added };
}

/* A list that shows the timeline stays where it is: it hears of what differs, and of nothing else. */
static void
test_follows (CrmTest       *test,
              gconstpointer  data)
{
  g_autoptr (CrmStore) store = crm_test_open_store (test);
  gint64 client = crm_test_save (store, &crm_client, 0, "name", "Kuzey Nakliyat", NULL);
  g_autoptr (CrmTimeline) timeline = NULL;
  g_autoptr (CrmTimelineItem) item = NULL;
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  Reported reported = { 0 };
  gint64 old, id;

  crm_store_watch (store);
  old = add (store, client, "call", "2026-03-01T10:00:00Z", NULL, "Eski");
  add (store, client, "call", "2026-03-02T10:00:00Z", NULL, "Orta");
  timeline = open_timeline (store, &crm_client, client);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_signal_connect (timeline, "items-changed", G_CALLBACK (on_items_changed), &reported);
  item = g_list_model_get_item (G_LIST_MODEL (timeline), 1);

  id = add (store, client, "call", "2026-03-03T10:00:00Z", NULL, "Yeni");
  await_told (timeline, "#Yeni|#Orta|#Eski");
  g_assert_cmpuint (reported.n, ==, 1);
  g_assert_cmpuint (reported.position + reported.removed, ==, 0);
  g_assert_cmpuint (reported.added, ==, 1);

  crm_test_save (store, &crm_interaction, old, "text", "Eskisi", NULL);
  await_told (timeline, "#Yeni|#Orta|#Eskisi");
  g_assert_cmpuint (reported.n, ==, 1);
  g_assert_cmpstr (crm_timeline_item_get (item)->title, ==, "Eskisi");

  g_array_append_val (ids, id);
  crm_store_delete_async (store, &crm_interaction, ids, NULL, NULL, NULL);
  await_told (timeline, "#Orta|#Eskisi");
  crm_test_undo (store, FALSE);
  await_told (timeline, "#Yeni|#Orta|#Eskisi");
}

static gpointer
read_attempts (CrmDb         *db,
               gpointer       client,
               GCancellable  *cancellable,
               GError       **error)
{
  CrmAttempts *attempts = g_new (CrmAttempts, 1);

  if (crm_attempts_read (db, &crm_client, *(gint64 *) client, attempts, error))
    return attempts;
  g_free (attempts);
  return NULL;
}

static void
assert_attempts (CrmStore   *store,
                 gint64      client,
                 guint       n,
                 const char *last)
{
  g_autoptr (GError) error = NULL;
  g_autofree CrmAttempts *attempts = crm_store_read (store, read_attempts, &client, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (attempts->n, ==, n);
  g_assert_cmpstr (attempts->last, ==, last);
  crm_attempts_clear (attempts);
}

static void
test_attempts (CrmTest       *test,
               gconstpointer  data)
{
  g_autoptr (CrmStore) store = crm_test_open_store (test);
  gint64 client = crm_test_save (store, &crm_client, 0, "name", "Kuzey Nakliyat", NULL);

  assert_attempts (store, client, 0, NULL);
  add (store, client, "call", "2026-03-01T10:00:00Z", "busy", NULL);
  add (store, client, "call", "2026-03-02T10:00:00Z", "reached", NULL);
  add (store, client, "call", "2026-03-03T10:00:00Z", "no_answer", NULL);
  add (store, client, "email", "2026-03-03T11:00:00Z", NULL, "Arayamadık");
  add (store, client, "call", "2026-03-04T10:00:00Z", "meeting", NULL);
  assert_attempts (store, client, 2, "meeting");
  add (store, client, "call", "2026-03-05T10:00:00Z", "reached", NULL);
  assert_attempts (store, client, 0, NULL);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  crm_test_add ("/timeline/order", test_order);
  crm_test_add ("/timeline/filter", test_filter);
  crm_test_add ("/timeline/woven", test_woven);
  crm_test_add ("/timeline/endless", test_endless);
  crm_test_add ("/timeline/follows", test_follows);
  crm_test_add ("/timeline/attempts", test_attempts);
  return g_test_run ();
}
