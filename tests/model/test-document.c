/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crm-config.h"

#include "crm-document-store.h"

#include "crm-error.h"
#include "crm-test-store.h"

/* sha256sum of "hello\n" */
#define HELLO "5891b5b522d5df086d0ff0b110fbd9d21bb4fc7163af34d08286a2e846f6be03"

static void
assert_sql (CrmTest    *test,
            const char *sql,
            const char *expected)
{
  g_autofree char *found = crm_test_query (test->database, sql);

  g_strchomp (found);
  g_assert_cmpstr (found, ==, expected);
}

static GPtrArray *
make_files (CrmTest    *test,
            const char *name,
            ...)
{
  GPtrArray *files = g_ptr_array_new_with_free_func (g_object_unref);
  va_list names;

  va_start (names, name);
  for (; name != NULL; name = va_arg (names, const char *))
    {
      g_autofree char *path = crm_test_get_path (test, name);

      g_ptr_array_add (files, g_file_new_for_path (path));
    }
  va_end (names);
  return files;
}

static void
write_file (CrmTest    *test,
            const char *name,
            const char *bytes)
{
  g_autofree char *path = crm_test_get_path (test, name);

  crm_test_write (path, bytes, -1);
}

static CrmDocumentResult *
add (CrmStore   *store,
     gint64      client,
     const char *kind,
     GPtrArray  *files)
{
  g_autoptr (GError) error = NULL;
  CrmDocumentResult *result = crm_document_add_files (store, &crm_client, client, kind, files, &error);

  g_assert_no_error (error);
  return result;
}

static void
assert_kept (CrmTest         *test,
             CrmContentState  expected)
{
  g_autoptr (GError) error = NULL;
  CrmContentState state;

  crm_content_check (test->database, HELLO, NULL, &state, &error);
  g_assert_no_error (error);
  g_assert_cmpint (state, ==, expected);
}

/* Files that can be taken are, the others get a sentence. */
static void
test_files (CrmTest       *test,
            gconstpointer  data)
{
  g_autoptr (CrmStore) store = crm_test_open_store (test);
  gint64 client = crm_test_save (store, &crm_client, 0, "name", "Kaya Makine", NULL);
  g_autoptr (GPtrArray) files = make_files (test, "teklif.txt", "none.pdf", ".", "same.txt", NULL);
  g_autoptr (CrmDocumentResult) result = NULL, again = NULL;

  write_file (test, "teklif.txt", "hello\n");
  write_file (test, "same.txt", "hello\n");
  result = add (store, client, "file", files);
  g_assert_cmpuint (result->ids->len, ==, 2);
  g_assert_cmpuint (result->refused->len, ==, 2);
  crm_test_assert_contains (result->refused->pdata[0], "none.pdf");
  crm_test_assert_contains (result->refused->pdata[1], "is a folder");
  assert_sql (test, "SELECT d.name, d.kind, d.size, media_type, c.name FROM document d JOIN client c ON c.id = client WHERE hash = '" HELLO "' ORDER BY 1",
              "same.txt|file|6|text/plain|Kaya Makine\nteklif.txt|file|6|text/plain|Kaya Makine");
  assert_sql (test, "SELECT label FROM step ORDER BY id DESC LIMIT 1", "Kaya Makine: add 2 documents");
  assert_kept (test, CRM_CONTENT_WHOLE);

  again = add (store, client, "file", files);
  g_assert_cmpuint (again->ids->len, ==, 0);
  g_assert_cmpuint (again->known->len, ==, 2);
  g_assert_cmpstr (again->known->pdata[0], ==, "teklif.txt");
  assert_sql (test, "SELECT count (*) FROM step WHERE label LIKE '%document%'", "1");
}

static void
on_added (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  CrmDocumentResult **added = user_data;
  g_autoptr (GError) error = NULL;

  *added = crm_document_add_files_finish (CRM_STORE (source), result, &error);
  g_assert_no_error (error);
}

static void
test_async (CrmTest       *test,
            gconstpointer  data)
{
  g_autoptr (CrmStore) store = crm_test_open_store (test);
  gint64 client = crm_test_save (store, &crm_client, 0, "name", "Kaya Makine", NULL);
  g_autofree char *bytes = g_strnfill (2000000, 'x');
  g_autoptr (GPtrArray) files = make_files (test, "scan.pdf", NULL);
  g_autoptr (CrmDocumentMeter) meter = crm_document_meter_new ();
  g_autoptr (CrmDocumentResult) result = NULL;

  write_file (test, "scan.pdf", bytes);
  crm_document_add_files_async (store, &crm_client, client, "file", files, meter, NULL, on_added, &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpuint (result->ids->len, ==, 1);
  g_assert_cmpint ((int) (crm_document_meter_get_fraction (meter) * 1000), ==, 1000);
  assert_sql (test, "SELECT label FROM step ORDER BY id DESC LIMIT 1", "Kaya Makine: add scan.pdf");
}

static void
take_result (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  GAsyncResult **taken = user_data;

  *taken = g_object_ref (result);
}

static void
test_cancelled (CrmTest       *test,
                gconstpointer  data)
{
  g_autoptr (CrmStore) store = crm_test_open_store (test);
  g_autoptr (GPtrArray) files = make_files (test, "a.txt", NULL);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GTask) done = NULL;
  g_autoptr (GError) error = NULL;
  gint64 client = crm_test_save (store, &crm_client, 0, "name", "Kaya Makine", NULL);
  GAsyncResult *result = NULL;

  write_file (test, "a.txt", "hello\n");
  g_cancellable_cancel (cancellable);
  crm_document_add_files_async (store, &crm_client, client, "file", files, NULL, cancellable, take_result, &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);
  done = G_TASK (result);
  g_assert_null (crm_document_add_files_finish (store, result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  assert_sql (test, "SELECT count (*) FROM document", "0");
}

/* Bytes within a step: what is called badly is called well, and a step that is taken back leaves the content for its redo. */

typedef struct {
  const char *name;
  gint64      client;
  gboolean    fail;
} Bytes;

static gboolean
insert_bytes (CrmWriter     *writer,
              gpointer       data,
              GCancellable  *cancellable,
              GError       **error)
{
  const Bytes *bytes = data;
  g_autoptr (CrmValues) document = crm_values_new (&crm_document, 0);

  crm_values_set_text (document, CRM_DOCUMENT_NAME, bytes->name);
  crm_values_set_text (document, CRM_DOCUMENT_KIND, "attachment");
  crm_values_set_reference (document, CRM_DOCUMENT_CLIENT, bytes->client, NULL);
  if (crm_document_insert_bytes (writer, document, "hello\n", 6, error) == 0)
    return FALSE;
  if (bytes->fail)
    g_set_error_literal (error, CRM_ERROR, CRM_ERROR_FAILED, "later");
  return !bytes->fail;
}

static void
test_bytes (CrmTest       *test,
            gconstpointer  data)
{
  g_autoptr (CrmStore) store = crm_test_open_store (test);
  Bytes bytes = { "../../\u202egpj.exe", crm_test_save (store, &crm_client, 0, "name", "Kaya Makine", NULL), FALSE };
  g_autoptr (GError) error = NULL;

  crm_store_step (store, "Bytes", insert_bytes, &bytes, NULL, &error);
  g_assert_no_error (error);
  assert_sql (test, "SELECT name, kind, size FROM document", "gpj.exe|attachment|6");
  for (guint i = 0; i < 2; i++)
    {
      crm_test_undo (store, FALSE);
      assert_sql (test, "SELECT count (*) FROM document", "0");
      assert_kept (test, CRM_CONTENT_WHOLE);
      crm_test_undo (store, TRUE);
      assert_sql (test, "SELECT name, hash FROM document", "gpj.exe|" HELLO);
      assert_kept (test, CRM_CONTENT_WHOLE);
    }
}

static void
test_rolled_back (CrmTest       *test,
                  gconstpointer  data)
{
  g_autoptr (CrmStore) store = crm_test_open_store (test);
  Bytes bytes = { "a.txt", crm_test_save (store, &crm_client, 0, "name", "Kaya Makine", NULL), TRUE };
  g_autoptr (GError) error = NULL;

  g_assert_false (crm_store_step (store, "Bytes", insert_bytes, &bytes, NULL, &error));
  assert_sql (test, "SELECT count (*) FROM document", "0");
}

/* A row of a base from elsewhere cannot name a file outside of the folder. */
static void
test_hash (CrmTest       *test,
           gconstpointer  data)
{
  g_autoptr (CrmStore) store = crm_test_open_store (test);
  g_autoptr (CrmValues) document = crm_values_new (&crm_document, 0);
  g_autoptr (GError) error = NULL;

  crm_values_set_text (document, CRM_DOCUMENT_NAME, "a");
  crm_values_set_text (document, CRM_DOCUMENT_HASH, "../../../etc/passwd");
  crm_values_set_integer (document, CRM_DOCUMENT_SIZE, 1);
  g_assert_cmpint (crm_store_save (store, document, &error), ==, 0);
  g_assert_error (error, CRM_ERROR, CRM_ERROR_INVALID);
}

static void
test_full (CrmTest       *test,
           gconstpointer  data)
{
  g_autoptr (CrmStore) store = crm_test_open_store (test);
  gint64 client = crm_test_save (store, &crm_client, 0, "name", "Kaya Makine", NULL);
  g_autoptr (GPtrArray) files = make_files (test, "small.txt", "large.txt", NULL);
  g_autofree char *bytes = g_strnfill (4000000, 'x');
  g_autoptr (GError) error = NULL;

  write_file (test, "small.txt", "hello\n");
  write_file (test, "large.txt", bytes);
  crm_test_limit_files (3000000);
  g_assert_null (crm_document_add_files (store, &crm_client, client, "file", files, &error));
  g_assert_error (error, CRM_ERROR, CRM_ERROR_FULL);
  crm_test_limit_files (-1);
  assert_sql (test, "SELECT count (*) FROM document", "0");
}

static void
add_picture (CrmTest         *test,
             CrmStore        *store,
             const CrmEntity *owner,
             gint64           id,
             const char      *kind,
             const char      *bytes)
{
  g_autoptr (GPtrArray) files = make_files (test, "picture.png", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (CrmDocumentResult) result = NULL;

  write_file (test, "picture.png", bytes);
  result = crm_document_add_files (store, owner, id, kind, files, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (result->ids->len, ==, 1);
}

/* The newest picture is the record's; those before go, and come back by undo. */
static void
test_pictures (CrmTest       *test,
               gconstpointer  data)
{
  g_autoptr (CrmStore) store = crm_test_open_store (test);
  gint64 client = crm_test_save (store, &crm_client, 0, "name", "Kaya Makine", NULL);
  gint64 person = crm_test_save (store, &crm_person, 0, "name", "Ayşe Yılmaz", NULL);

  add_picture (test, store, &crm_client, client, "logo", "hello\n");
  assert_sql (test, "SELECT logo FROM client", HELLO);
  add_picture (test, store, &crm_person, person, "photo", "hello\n");
  assert_sql (test, "SELECT photo FROM person", HELLO);
  add_picture (test, store, &crm_person, person, "photo", "other");
  add_picture (test, store, &crm_person, person, "file", "a paper");
  assert_sql (test, "SELECT photo = (SELECT max (hash) FROM document WHERE kind = 'photo' AND deleted IS NULL), photo <> '" HELLO "' FROM person", "1|1");
  assert_sql (test, "SELECT count (*) FROM document WHERE kind = 'photo' AND deleted IS NOT NULL", "1");
  crm_test_undo (store, FALSE);
  crm_test_undo (store, FALSE);
  assert_sql (test, "SELECT photo FROM person", HELLO);
  crm_test_undo (store, FALSE);
  assert_sql (test, "SELECT photo FROM person", "NULL");
  assert_sql (test, "SELECT logo FROM client", HELLO);
}

static gboolean
remove_picture (CrmWriter     *writer,
                gpointer       data,
                GCancellable  *cancellable,
                GError       **error)
{
  return crm_document_remove_picture (writer, &crm_client, *(gint64 *) data, error);
}

static void
test_remove_picture (CrmTest       *test,
                     gconstpointer  data)
{
  g_autoptr (CrmStore) store = crm_test_open_store (test);
  gint64 client = crm_test_save (store, &crm_client, 0, "name", "Kaya Makine", NULL);
  g_autoptr (GError) error = NULL;

  add_picture (test, store, &crm_client, client, "logo", "hello\n");
  for (guint i = 0; i < 2; i++)
    {
      crm_store_step (store, "Remove", remove_picture, &client, NULL, &error);
      g_assert_no_error (error);
      assert_sql (test, "SELECT coalesce (logo, 'none') FROM client", "none");
    }
  crm_test_undo (store, FALSE);
  assert_sql (test, "SELECT logo FROM client", HELLO);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  crm_test_add ("/document/files", test_files);
  crm_test_add ("/document/async", test_async);
  crm_test_add ("/document/cancelled", test_cancelled);
  crm_test_add ("/document/bytes", test_bytes);
  crm_test_add ("/document/rolled-back", test_rolled_back);
  crm_test_add ("/document/hash", test_hash);
  crm_test_add ("/document/pictures", test_pictures);
  crm_test_add ("/document/remove-picture", test_remove_picture);
  crm_test_add_apart ("/document/full", test_full);
  return g_test_run ();
}
