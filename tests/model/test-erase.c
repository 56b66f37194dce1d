/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crm-config.h"

#include <glib/gstdio.h>
#include <string.h>
#include <sys/resource.h>

#include "crm-backup.h"
#include "crm-client.h"
#include "crm-consent.h"
#include "crm-contact-point.h"
#include "crm-document-store.h"
#include "crm-erase.h"
#include "crm-fold.h"
#include "crm-interaction.h"
#include "crm-merge.h"
#include "crm-person-data.h"
#include "crm-person.h"
#include "crm-search-text.h"
#include "crm-segment.h"
#include "crm-tag.h"
#include "crm-task.h"
#include "crm-test-store.h"

/* What must be nowhere afterwards: of every field and every place where something of a person can be. */
static const char * const markers[] = {
  "Zibelgon Karamurtzade", "zibelgon.karamurt@qelvin.example", "05329987613", "Wexumal", "Yaqorin", "Hunzelwip", "Jopravex", "Kwıştalom",
  "Lumbrexo", "Mizzarund", "Nuvolexip", "Ophistrelk", "Pruxevann", "Quandolir", "Ruxomelt", "Sivantrup", "Tolvequist", "Urbexolan", "Vixtamorl",
  "Xanduperil", "Zibelgone Oldmanov", "Brastquinel", "cromwexal@qelvin.example", "Dulfinexo", "Efrobaxul", "Gwinterpold",
};

/* A record that refers to another, with pairs of field and text. */
static gint64 G_GNUC_NULL_TERMINATED
add (CrmStore        *store,
     const CrmEntity *entity,
     const char      *reference,
     gint64           id,
     ...)
{
  g_autoptr (CrmValues) values = crm_values_new (entity, 0);
  g_autoptr (GError) error = NULL;
  const char *field;
  va_list arguments;
  gint64 saved;

  crm_values_set_reference (values, (guint) crm_entity_find_field (entity, reference), id, NULL);
  va_start (arguments, id);
  while ((field = va_arg (arguments, const char *)) != NULL)
    {
      crm_values_parse_named (values, field, va_arg (arguments, const char *), &error);
      g_assert_no_error (error);
    }
  va_end (arguments);
  saved = crm_store_save (store, values, &error);
  g_assert_no_error (error);
  return saved;
}

static void
set_reference (CrmStore        *store,
               const CrmEntity *entity,
               gint64           id,
               const char      *field,
               gint64           target)
{
  g_autoptr (CrmValues) values = crm_values_new (entity, id);
  g_autoptr (GError) error = NULL;

  crm_values_set_reference (values, (guint) crm_entity_find_field (entity, field), target, NULL);
  crm_store_save (store, values, &error);
  g_assert_no_error (error);
}

static gint64
add_conversation (CrmStore   *store,
                  gint64      client,
                  gint64      person,
                  const char *text)
{
  gint64 id = add (store, &crm_interaction, "client", client, "text", text, NULL);
  gint64 participant = add (store, &crm_participant, "interaction", id, "role", "present", NULL);

  set_reference (store, &crm_participant, participant, "person", person);
  return id;
}

static void
add_document (CrmTest         *test,
              CrmStore        *store,
              const CrmEntity *owner,
              gint64           id,
              const char      *name,
              const char      *content)
{
  g_autofree char *path = crm_test_get_path (test, name);
  g_autoptr (GPtrArray) files = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (CrmDocumentResult) result = NULL;
  g_autoptr (GError) error = NULL;

  crm_test_write (path, content, -1);
  g_ptr_array_add (files, g_file_new_for_path (path));
  result = crm_document_add_files (store, owner, id, "file", files, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (result->ids->len, ==, 1);
  g_unlink (path);
}

static void
merge (CrmStore *store,
       gint64    kept,
       gint64    other)
{
  g_autofree CrmMergeRequest *request = crm_merge_request_new (&crm_person, kept, other);
  g_autoptr (GError) error = NULL;

  g_assert_true (crm_store_step (store, "", crm_merge_run, request, NULL, &error));
  g_assert_no_error (error);
}

static gboolean
delete_task (CrmWriter     *writer,
             gpointer       id,
             GCancellable  *cancellable,
             GError       **error)
{
  return crm_writer_delete (writer, &crm_task, *(gint64 *) id, error);
}

typedef struct {
  gint64 client;
  gint64 person;
  gint64 shared; /* a conversation in which somebody else took part */
  gint64 colleague;
} Scene;

/* Somebody with something in every place */
static Scene
make_scene (CrmTest  *test,
            CrmStore *store)
{
  Scene scene;
  gint64 other, conversation, task;

  scene.client = crm_test_save (store, &crm_client, 0, "name", "Kuzey Nakliyat", NULL);
  scene.colleague = crm_test_save (store, &crm_person, 0, "name", "Ali Demir", "firm", "Kuzey Nakliyat", NULL);
  scene.person = crm_test_save (store, &crm_person, 0, "name", "Zibelgone Oldmanov", "firm", "Kuzey Nakliyat", "role", "Wexumal", NULL);
  crm_test_save (store, &crm_person, scene.person, "name", "Zibelgon Karamurtzade", "title", "Yaqorin", "salutation", "Hunzelwip",
                 "courtesies", "Jopravex", "notes", "Kwıştalom", "email", "zibelgon.karamurt@qelvin.example", "phone", "05329987613", NULL);
  crm_test_save (store, &crm_person, scene.person, "notes", "", NULL);
  add (store, &crm_consent, "person", scene.person, "channel", "email", "state", "given", "how", "Lumbrexo", "wording", "Mizzarund", NULL);

  conversation = add_conversation (store, scene.client, scene.person, "Nuvolexip\nand more");
  crm_test_save (store, &crm_interaction, conversation, "text", "Ophistrelk", "length", "12", "outcome", "reached", NULL);
  scene.shared = add_conversation (store, scene.client, scene.person, "Zibelgon Karamurtzade'ye selam");
  set_reference (store, &crm_participant, add (store, &crm_participant, "interaction", scene.shared, "role", "present", NULL), "person", scene.colleague);
  task = add (store, &crm_task, "client", scene.client, "name", "Pruxevann", NULL);
  set_reference (store, &crm_task, task, "person", scene.person);
  crm_test_save (store, &crm_task, task, "next", "true", "notes", "Quandolir", NULL);
  crm_test_save (store, &crm_task, task, "name", "Gwinterpold", NULL);
  task = add (store, &crm_task, "person", scene.person, "name", "Brastquinel", NULL);
  g_assert_true (crm_store_step (store, "Delete Brastquinel", delete_task, &task, NULL, NULL));

  add_document (test, store, &crm_person, scene.person, "Ruxomelt.txt", "Sivantrup");
  add_document (test, store, &crm_interaction, conversation, "Tolvequist.txt", "Urbexolan");
  other = crm_test_save (store, &crm_person, 0, "name", "Vixtamorl Dulfinexo", "notes", "Xanduperil", NULL);
  add (store, &crm_person_point, "person", other, "kind", "email", "value", "cromwexal@qelvin.example", NULL);
  merge (store, scene.person, other);
  crm_store_set_draft (store, &crm_person, scene.person, "title", "Efrobaxul");
  crm_test_save (store, &crm_client, scene.client, "notes", "Ask Zibelgon Karamurtzade first", NULL);
  return scene;
}

/* Scanning */

static gboolean
holds (const char *path,
       const char *marker)
{
  g_autoptr (GBytes) bytes = crm_test_read (path);
  gsize size, length = strlen (marker);
  const char *data = g_bytes_get_data (bytes, &size);

  for (gsize i = 0; i + length <= size; i++)
    if (data[i] == *marker && memcmp (data + i, marker, length) == 0)
      return TRUE;
  return FALSE;
}

/* As JSON may have it: "Kw\\u0131\\u015ftalom" */
static char *
escape (const char *word)
{
  GString *escaped = g_string_new (NULL);

  for (const char *p = word; *p != '\0'; p = g_utf8_next_char (p))
    if ((guchar) *p < 0x80)
      g_string_append_c (escaped, *p);
    else
      g_string_append_printf (escaped, "\\u%04x", g_utf8_get_char (p));
  return g_string_free (escaped, FALSE);
}

/* Everywhere below the folder, as written, folded for search, escaped, and one word alone */
static guint
count_found (const char *folder,
             gboolean    tell)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;
  guint n = 0;

  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      if (g_file_test (path, G_FILE_TEST_IS_DIR))
        {
          n += count_found (path, tell);
          continue;
        }
      for (guint i = 0; i < G_N_ELEMENTS (markers); i++)
        {
          g_auto (GStrv) words = g_strsplit (markers[i], " ", -1);
          g_autofree char *folded = crm_fold (words[0]);
          g_autofree char *escaped = escape (words[0]);
          gboolean found = strstr (name, words[0]) != NULL || holds (path, words[0]) || holds (path, folded) || holds (path, escaped);

          if (found && tell)
            g_test_message ("%s is in %s", markers[i], name);
          n += found;
        }
    }
  return n;
}

static void
assert_whole (CrmTest  *test,
              CrmStore *store)
{
  g_autofree char *check = g_strchomp (crm_test_query (test->database, "PRAGMA integrity_check"));
  g_autofree char *keys = crm_test_query (test->database, "PRAGMA foreign_key_check");

  g_assert_cmpstr (check, ==, "ok");
  g_assert_cmpstr (keys, ==, "");
  crm_test_assert_search (store);
}

static void
erase (CrmStore *store,
       gint64    person)
{
  g_autoptr (CrmEraseRequest) request = crm_erase_request_new (person);
  g_autoptr (GError) error = NULL;

  g_assert_true (crm_erase (store, request, &error));
  g_assert_no_error (error);
  g_assert_false (request->is_open);
}

#define assert_query(test, sql, expected) \
  G_STMT_START { \
    g_autofree char *crm_rows = g_strchomp (crm_test_query (test->database, sql)); \
    g_assert_cmpstr (crm_rows, ==, expected); \
  } G_STMT_END

/* Tests */

static void
test_markers (CrmTest       *test,
              gconstpointer  data)
{
  g_autoptr (CrmStore) store = crm_test_open_store (test);
  Scene scene = make_scene (test, store);

  g_assert_cmpuint (count_found (test->folder, FALSE), >=, G_N_ELEMENTS (markers));
  erase (store, scene.person);
  g_assert_cmpuint (count_found (test->folder, TRUE), ==, 0);
  assert_whole (test, store);
  assert_query (test, "SELECT name FROM person", "Ali Demir");
  assert_query (test, "SELECT count (*) FROM document", "0");
  /* What counts */
  assert_query (test, "SELECT channel, length, outcome, text FROM interaction ORDER BY id LIMIT 1", "call|12|reached|NULL");
  assert_query (test, "SELECT count (*), count (person) FROM participant", "3|1");
  assert_query (test, "SELECT count (*), sum (name = '…') FROM task", "2|2");
  assert_query (test, "SELECT next_step, notes FROM client", "…|Ask … first");
}

static gpointer
plan (CrmDb         *db,
      gpointer       person,
      GCancellable  *cancellable,
      GError       **error)
{
  return crm_erase_plan_make (db, *(gint64 *) person, error);
}

static gpointer
forget_to_overwrite (CrmDb         *db,
                     gpointer       data,
                     GCancellable  *cancellable,
                     GError       **error)
{
  return crm_db_execute (db, "PRAGMA secure_delete = OFF", error) ? db : NULL;
}

/* Debian's SQLite overwrites what is deleted; others leave it in pages until these are used again. */
static void
test_pages (CrmTest       *test,
            gconstpointer  data)
{
  g_autoptr (CrmStore) store = crm_test_open_store (test);
  g_autoptr (GError) error = NULL;
  Scene scene;

  g_assert_nonnull (crm_store_maintain (store, forget_to_overwrite, NULL, NULL, &error));
  scene = make_scene (test, store);
  erase (store, scene.person);
  g_assert_cmpuint (count_found (test->folder, TRUE), ==, 0);
  assert_whole (test, store);
}

#if !defined (__SANITIZE_ADDRESS__)
static gint64
get_peak (void)
{
  struct rusage usage;

  getrusage (RUSAGE_SELF, &usage);
  return (gint64) usage.ru_maxrss * 1024;
}

/* A base may be larger than the memory, which must not be found out by each start of the program. */
static void
test_memory (CrmTest       *test,
             gconstpointer  data)
{
  g_autoptr (CrmStore) store = crm_test_open_store (test);
  Scene scene = make_scene (test, store);
  gint64 before;

  crm_test_run_sql (test->database, "WITH RECURSIVE n (i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n WHERE i < 600)"
                                    " INSERT INTO setting (name, value) SELECT 'fill ' || i, hex (randomblob (50000)) FROM n");
  before = get_peak ();
  erase (store, scene.person);
  g_assert_cmpint (get_peak () - before, <, 30 * 1000 * 1000);
}
#endif

/* Where a text without the name cannot stand: in an e-mail address, in names that are there once, in what is never changed otherwise. */
static void
test_refused_texts (CrmTest       *test,
                    gconstpointer  data)
{
  static const char * const names[] = { "Zibelgon Karamurtzade", "…" };
  g_autoptr (CrmStore) store = crm_test_open_store (test);
  Scene scene = make_scene (test, store);
  gint64 namesake = crm_test_save (store, &crm_person, 0, "name", "Ece Kaya", NULL);

  add (store, &crm_contact_point, "client", scene.client, "kind", "email", "value", "a@zibelgon-karamurtzade.example", "label", "Zibelgon Karamurtzade", NULL);
  add (store, &crm_contact_point, "client", scene.client, "kind", "chat", "value", "zibelgon karamurtzade", NULL);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      crm_test_save (store, &crm_tag, 0, "name", names[i], NULL);
      crm_test_save (store, &crm_segment, 0, "name", names[i], "notes", names[i], NULL);
    }
  add (store, &crm_consent, "person", namesake, "channel", "email", "state", "given", "how", "Zibelgon Karamurtzade", NULL);
  erase (store, scene.person);
  g_assert_cmpuint (count_found (test->folder, TRUE), ==, 0);
  assert_whole (test, store);
  assert_query (test, "SELECT kind, value FROM contact_point", "chat|…");
  assert_query (test, "SELECT count (*), count (DISTINCT name), sum (name LIKE '…%') FROM tag", "2|2|2");
  assert_query (test, "SELECT count (*), count (DISTINCT name), sum (name LIKE '…%') FROM segment", "2|2|2");
  assert_query (test, "SELECT channel, state, how FROM consent", "email|given|…");
}

static gboolean
is_sure (const CrmErasePlan *made,
         gint64              record)
{
  for (guint i = 0; i < made->mentions->len; i++)
    if (((CrmMention *) made->mentions->pdata[i])->id == record)
      return ((CrmMention *) made->mentions->pdata[i])->is_sure;
  g_assert_not_reached ();
}

/* Somebody else of the same name keeps it, unless it is said otherwise. */
static void
test_namesake (CrmTest       *test,
               gconstpointer  data)
{
  g_autoptr (CrmStore) store = crm_test_open_store (test);
  Scene scene = make_scene (test, store);
  gint64 namesake = crm_test_save (store, &crm_person, 0, "name", "Zibelgon Karamurtzade", NULL);
  g_autoptr (CrmErasePlan) made = NULL;
  g_autoptr (GError) error = NULL;

  made = crm_store_read (store, plan, &scene.person, &error);
  g_assert_no_error (error);
  g_assert_false (is_sure (made, namesake));
  g_assert_true (is_sure (made, scene.client));
}

static void
on_finished (GObject      *source,
             GAsyncResult *result,
             gpointer      kept)
{
  *(GAsyncResult **) kept = g_object_ref (result);
}

/* Before it is done it can be taken back; backups stay as well. */
static void
test_cancelled (CrmTest       *test,
                gconstpointer  data)
{
  g_autoptr (CrmStore) store = crm_test_open_store (test);
  Scene scene = make_scene (test, store);
  g_autofree char *before = crm_test_dump (test->database, NULL);
  g_autofree char *after = NULL;
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (CrmEraseRequest) request = crm_erase_request_new (scene.person);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *backup = crm_test_get_path (test, "backup.db");

  crm_test_write (backup, "anything", -1);
  g_ptr_array_add (request->backups, g_strdup (backup));
  g_cancellable_cancel (cancellable);
  crm_erase_async (store, request, cancellable, on_finished, &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);
  g_assert_false (crm_erase_finish (store, result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpint (crm_erase_request_get_phase (request), !=, CRM_ERASE_FILES);
  after = crm_test_dump (test->database, NULL);
  g_assert_cmpstr (after, ==, before);
  g_assert_true (g_file_test (backup, G_FILE_TEST_EXISTS));

  g_assert_true (crm_erase (store, request, NULL));
  g_assert_cmpint (crm_erase_request_get_phase (request), ==, CRM_ERASE_FILES);
  g_assert_false (g_file_test (backup, G_FILE_TEST_EXISTS));
  g_assert_cmpuint (count_found (test->folder, TRUE), ==, 0);
}

static gpointer
find_erased (CrmDb         *db,
             gpointer       people,
             GCancellable  *cancellable,
             GError       **error)
{
  return crm_erase_find_erased (db, people, error);
}

/* Who is erased is told from who was merged, is in the trash, or was deleted from it. */
static void
test_erased (CrmTest       *test,
             gconstpointer  data)
{
  g_autoptr (CrmStore) store = crm_test_open_store (test);
  Scene scene = make_scene (test, store);
  gint64 kept = crm_test_save (store, &crm_person, 0, "name", "Ece Kaya", NULL);
  gint64 other = crm_test_save (store, &crm_person, 0, "name", "E. Kaya", NULL);
  gint64 asked[] = { kept, other, scene.person, scene.colleague };
  g_autoptr (GArray) people = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (GArray) erased = NULL;
  g_autoptr (GError) error = NULL;

  g_array_append_vals (people, asked, G_N_ELEMENTS (asked));
  merge (store, kept, other);
  erase (store, scene.person);
  erased = crm_store_read (store, find_erased, people, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (erased->len, ==, 1);
  g_assert_cmpint (g_array_index (erased, gint64, 0), ==, scene.person);
}

/* What a window still has when the person is gone, and what was being written of them, is kept nowhere. */
static void
test_drafts (CrmTest       *test,
             gconstpointer  data)
{
  g_autoptr (CrmStore) store = crm_test_open_store (test);
  Scene scene = make_scene (test, store);
  g_autoptr (CrmStore) second = crm_test_open_store (test);
  g_autofree char *note = g_strdup_printf ("(int64 0, [int64 %" G_GINT64_FORMAT "], 'Wexumal')", scene.person);
  g_autofree char *other = g_strdup_printf ("(int64 0, [int64 %" G_GINT64_FORMAT "], 'Merhaba')", scene.colleague);
  g_autofree char *expected = g_strdup_printf ("Merhaba|0\n%s|%" G_GINT64_FORMAT, other, scene.shared);

  crm_store_set_draft (store, &crm_interaction, 0, "log", note);
  crm_store_set_draft (store, &crm_interaction, scene.shared, "log", other);
  crm_store_set_draft (store, &crm_person, 0, "name", "Zibelgon Karamurtzade");
  crm_store_set_draft (store, &crm_person, 0, "notes", "Yaqorin");
  crm_store_set_draft (store, &crm_client, 0, "city", "Merhaba");
  erase (store, scene.person);
  crm_store_set_draft (store, &crm_person, scene.person, "title", "Efrobaxul");
  crm_store_set_draft (second, &crm_person, scene.person, "notes", "Kwıştalom");
  crm_store_close (store);
  crm_store_close (second);
  assert_query (test, "SELECT value, record FROM draft ORDER BY record", expected);
  g_assert_cmpuint (count_found (test->folder, TRUE), ==, 0);
}

/* A conversation of others, too, keeps what was said. */
static void
test_shared (CrmTest       *test,
             gconstpointer  data)
{
  g_autoptr (CrmStore) store = crm_test_open_store (test);
  Scene scene = make_scene (test, store);
  g_autofree char *sql = g_strdup_printf ("SELECT text FROM interaction WHERE id = %" G_GINT64_FORMAT, scene.shared);

  erase (store, scene.person);
  assert_query (test, sql, "… selam");
}

/* Every step before and after can be taken back and done again; nothing of the person comes with it. */
static void
test_undo (CrmTest       *test,
           gconstpointer  data)
{
  g_autoptr (CrmStore) store = crm_test_open_store (test);
  Scene scene = make_scene (test, store);
  guint undone = 0;
  g_autofree char *label = NULL;

  crm_test_save (store, &crm_client, scene.client, "name", "Güney Nakliyat", NULL);
  erase (store, scene.person);
  crm_test_save (store, &crm_client, scene.client, "city", "Bursa", NULL);
  crm_test_undo (store, FALSE);
  assert_query (test, "SELECT name, city FROM client", "Güney Nakliyat|NULL");
  crm_test_undo (store, FALSE);
  assert_query (test, "SELECT name, notes FROM client", "Kuzey Nakliyat|Ask … first");
  assert_query (test, "SELECT count (*) FROM person", "1");
  crm_test_undo (store, TRUE);
  assert_query (test, "SELECT name FROM client", "Güney Nakliyat");
  while ((label = crm_store_undo (store, FALSE, NULL)) != NULL)
    {
      g_clear_pointer (&label, g_free);
      undone++;
      assert_whole (test, store);
    }
  g_assert_cmpuint (undone, >=, 5);
  assert_query (test, "SELECT (SELECT count (*) FROM client), (SELECT count (*) FROM person)", "0|0");
  while ((label = crm_store_undo (store, TRUE, NULL)) != NULL)
    g_clear_pointer (&label, g_free);
  assert_whole (test, store);
  assert_query (test, "SELECT name FROM client", "Güney Nakliyat");
  g_clear_object (&store);
  g_assert_cmpuint (count_found (test->folder, TRUE), ==, 0);
}

/* The text stays where somebody said so, with what history has of it. */
static void
test_kept (CrmTest       *test,
           gconstpointer  data)
{
  g_autoptr (CrmStore) store = crm_test_open_store (test);
  Scene scene = make_scene (test, store);
  g_autoptr (CrmEraseRequest) request = crm_erase_request_new (scene.person);
  g_autoptr (GError) error = NULL;

  g_hash_table_add (request->kept, crm_mention_make_key (&crm_client, scene.client, CRM_CLIENT_NOTES));
  g_assert_true (crm_erase (store, request, &error));
  assert_query (test, "SELECT notes FROM client", "Ask Zibelgon Karamurtzade first");
}

/* Another store that has the base open learns that the person is gone, and goes on. */
static void
test_second (CrmTest       *test,
             gconstpointer  data)
{
  g_autoptr (CrmStore) store = crm_test_open_store (test);
  Scene scene = make_scene (test, store);
  g_autoptr (CrmStore) second = crm_test_open_store (test);

  crm_test_assert_search (second);
  erase (store, scene.person);
  crm_test_assert_search (second);
  crm_test_save (second, &crm_client, scene.client, "name", "Güney Nakliyat", NULL);
  crm_test_undo (second, FALSE);
  crm_test_save (store, &crm_client, scene.client, "city", "Bursa", NULL);
  assert_query (test, "SELECT name, city FROM client", "Kuzey Nakliyat|Bursa");
  g_assert_cmpuint (count_found (test->folder, TRUE), ==, 0);
}

static gpointer
scrub (CrmDb         *db,
       gpointer       is_open,
       GCancellable  *cancellable,
       GError       **error)
{
  return crm_erase_scrub (db, is_open, error) ? db : NULL;
}

/* While somebody reads the log stays, and is emptied when there is time. */
static void
test_reader (CrmTest       *test,
             gconstpointer  data)
{
  g_autoptr (CrmStore) store = crm_test_open_store (test);
  Scene scene = make_scene (test, store);
  g_autoptr (CrmEraseRequest) request = crm_erase_request_new (scene.person);
  g_autoptr (GError) error = NULL;
  g_autoptr (CrmDb) reader = crm_db_open (test->database, CRM_DB_READ, &error);
  gint64 n;
  gboolean is_open;

  g_assert_no_error (error);
  g_assert_true (crm_db_execute (reader, "BEGIN", NULL));
  g_assert_true (crm_db_get_integer (reader, "SELECT count (*) FROM person", 0, &n, NULL));
  g_assert_true (crm_erase (store, request, &error));
  g_assert_no_error (error);
  g_assert_true (request->is_open);
  g_assert_cmpuint (count_found (test->folder, FALSE), >, 0);

  g_assert_true (crm_db_execute (reader, "ROLLBACK", NULL));
  g_assert_nonnull (crm_store_maintain (store, scrub, &is_open, NULL, &error));
  g_assert_false (is_open);
  g_assert_cmpuint (count_found (test->folder, TRUE), ==, 0);
}

/*
 * A backup that holds the person is named, and deleted with the documents beside it; one of before is not. One that was made since then is named in the end.
 */
static void
test_backups (CrmTest       *test,
              gconstpointer  data)
{
  g_autoptr (CrmStore) store = crm_test_open_store (test);
  g_autofree char *folder = crm_test_get_path (test, "backups");
  g_autofree char *before = g_build_filename (folder, "before.db", NULL);
  g_autofree char *after = g_build_filename (folder, "after.db", NULL);
  g_autofree char *meanwhile = g_build_filename (folder, "meanwhile.db", NULL);
  g_autofree char *documents = g_strconcat (after, ".documents", NULL);
  g_autofree char *content = g_build_filename (documents, "content", NULL);
  g_autoptr (CrmErasePlan) made = NULL;
  g_autoptr (CrmEraseRequest) request = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (CrmDb) db = crm_db_open (test->database, CRM_DB_READ, &error);
  Scene scene;

  g_assert_no_error (error);
  g_assert_cmpint (g_mkdir_with_parents (documents, 0700), ==, 0);
  g_assert_true (crm_backup_write (db, before, &error));
  scene = make_scene (test, store);
  g_assert_true (crm_backup_write (db, after, &error));
  crm_test_write (content, "Sivantrup", -1);
  made = crm_store_read (store, plan, &scene.person, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (made->backups->len, ==, 1);
  g_assert_cmpstr (made->backups->pdata[0], ==, after);
  g_assert_true (crm_backup_write (db, meanwhile, &error));
  request = crm_erase_request_new (scene.person);
  g_ptr_array_add (request->backups, g_strdup (after));
  g_assert_true (crm_erase (store, request, &error));
  g_assert_cmpuint (request->left->len, ==, 1);
  g_assert_cmpstr (request->left->pdata[0], ==, meanwhile);
  g_assert_true (crm_erase_delete_backup (meanwhile, &error));
  g_assert_false (g_file_test (after, G_FILE_TEST_EXISTS) || g_file_test (documents, G_FILE_TEST_EXISTS));
  g_assert_cmpuint (count_found (test->folder, TRUE), ==, 0);
}

static gpointer
read_data (CrmDb         *db,
           gpointer       person,
           GCancellable  *cancellable,
           GError       **error)
{
  return crm_person_data_read (db, *(gint64 *) person, error);
}

/* Everything that is held is handed out: in JSON, and on a page that is no markup. */
static void
test_data (CrmTest       *test,
           gconstpointer  data)
{
  g_autoptr (CrmStore) store = crm_test_open_store (test);
  Scene scene = make_scene (test, store);
  g_autoptr (CrmPersonData) held = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *json = NULL;
  g_autofree char *html = NULL;
  g_autofree char *text = NULL;

  crm_test_save (store, &crm_person, scene.person, "courtesies", "Jopravex <script>", NULL);
  held = crm_store_read (store, read_data, &scene.person, &error);
  g_assert_no_error (error);
  json = crm_person_data_format (held, CRM_PERSON_DATA_JSON);
  html = crm_person_data_format (held, CRM_PERSON_DATA_HTML);
  text = crm_person_data_format (held, CRM_PERSON_DATA_TEXT);
  for (guint i = 0; i < G_N_ELEMENTS (markers); i++)
    {
      /* What is in a file, in a draft and under another number is not of the rows. */
      static const char * const elsewhere[] = { "Sivantrup", "Urbexolan", "Efrobaxul", "Vixtamorl", "Xanduperil", "Dulfinexo", NULL };

      if (g_strv_contains (elsewhere, markers[i]))
        continue;
      crm_test_assert_contains (json, markers[i]);
      crm_test_assert_contains (html, markers[i]);
      crm_test_assert_contains (text, markers[i]);
    }
  crm_test_assert_contains (html, "Jopravex &lt;script&gt;");
  g_assert_null (strstr (html, "<script>"));
  crm_test_assert_contains (json, "Ask Zibelgon Karamurtzade first");
}

static void
test_names (void)
{
  g_autoptr (CrmNeedles) names = crm_needles_new ();
  g_autofree char *replaced = NULL;

  crm_needles_add (names, "Ayşe Yılmaz");
  crm_needles_add (names, "ayse@kuzey.example");
  replaced = crm_needles_replace (names, "AYSE YILMAZ'ı ara, ayse@kuzey.example; Hayşe Yılmaz değil");
  g_assert_cmpstr (replaced, ==, "… ara, …; Hayşe Yılmaz değil");
  g_assert_null (crm_needles_replace (names, "Ayşe Kaya"));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/erase/names", test_names);
  crm_test_add ("/erase/markers", test_markers);
  crm_test_add ("/erase/pages", test_pages);
#if !defined (__SANITIZE_ADDRESS__)
  crm_test_add ("/erase/memory", test_memory);
#endif
  crm_test_add ("/erase/refused-texts", test_refused_texts);
  crm_test_add ("/erase/namesake", test_namesake);
  crm_test_add ("/erase/drafts", test_drafts);
  crm_test_add ("/erase/erased", test_erased);
  crm_test_add ("/erase/cancelled", test_cancelled);
  crm_test_add ("/erase/shared", test_shared);
  crm_test_add ("/erase/undo", test_undo);
  crm_test_add ("/erase/kept", test_kept);
  crm_test_add ("/erase/second", test_second);
  crm_test_add ("/erase/backups", test_backups);
  crm_test_add ("/erase/reader", test_reader);
  crm_test_add ("/erase/data", test_data);
  return g_test_run ();
}
