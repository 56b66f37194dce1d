/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crm-config.h"

#include "crm-content.h"

#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <unistd.h>

#include "crm-error.h"
#include "crm-test.h"

/* sha256sum of "hello\n" */
#define HELLO "5891b5b522d5df086d0ff0b110fbd9d21bb4fc7163af34d08286a2e846f6be03"

static void
put (CrmTest    *test,
     const char *name,
     const char *bytes,
     CrmContent *content)
{
  g_autoptr (GError) error = NULL;

  crm_content_put (test->database, name, bytes, strlen (bytes), content, &error);
  g_assert_no_error (error);
}

static void
assert_state (CrmTest         *test,
              const char      *hash,
              CrmContentState  expected)
{
  g_autoptr (GError) error = NULL;
  CrmContentState state;

  crm_content_check (test->database, hash, NULL, &state, &error);
  g_assert_no_error (error);
  g_assert_cmpint (state, ==, expected);
}

static void
assert_list (CrmTest    *test,
             const char *inner,
             const char *expected)
{
  g_autofree char *folder = g_build_filename (test->folder, "documents", inner, NULL);
  g_autofree char *names = crm_test_list (folder);

  g_assert_cmpstr (names, ==, expected);
}

static void
test_put (CrmTest       *test,
          gconstpointer  data)
{
  g_auto (CrmContent) content = { NULL }, again = { NULL }, empty = { NULL };
  g_autofree char *path = NULL, *folder = NULL, *inner = NULL;
  g_autoptr (GBytes) bytes = NULL;

  umask (0);
  put (test, "a.txt", "hello\n", &content);
  g_assert_cmpstr (content.hash, ==, HELLO);
  g_assert_cmpint (content.size, ==, 6);
  g_assert_cmpstr (content.media_type, ==, "text/plain");
  path = crm_content_get_path (test->database, HELLO);
  crm_test_assert_contains (path, "/documents/58/" HELLO);
  bytes = crm_test_read (path);
  g_assert_cmpmem (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), "hello\n", 6);
  g_assert_cmpuint (crm_test_get_mode (path), ==, 0600);
  inner = g_path_get_dirname (path);
  g_assert_cmpuint (crm_test_get_mode (inner), ==, 0700);
  folder = crm_content_get_folder (test->database);
  g_assert_cmpuint (crm_test_get_mode (folder), ==, 0700);

  put (test, "../other name", "hello\n", &again);
  g_assert_cmpstr (again.hash, ==, HELLO);
  put (test, NULL, "", &empty);
  g_assert_cmpint (empty.size, ==, 0);
  assert_list (test, NULL, "58\ne3\n");
  assert_list (test, "58", HELLO "\n");
  assert_state (test, HELLO, CRM_CONTENT_WHOLE);
}

/* A mask that takes everything away is none of the store's affair, either. */
static void
test_closed_mask (CrmTest       *test,
                  gconstpointer  data)
{
  g_auto (CrmContent) content = { NULL };
  g_autofree char *path = NULL;

  crm_test_become_nobody (test);
  umask (0777);
  put (test, NULL, "hello\n", &content);
  path = crm_content_get_path (test->database, HELLO);
  g_assert_cmpuint (crm_test_get_mode (path), ==, 0600);
  umask (0022);
}

static void
test_hash (CrmTest       *test,
           gconstpointer  data)
{
  static const char * const wrong[] = { "", "../../x", "5891", HELLO "0", "5891B5B522d5df086d0ff0b110fbd9d21bb4fc7163af34d08286a2e846f6be03" };

  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_assert_null (crm_content_get_path (test->database, wrong[i]));
      assert_state (test, wrong[i], CRM_CONTENT_MISSING);
    }
  g_assert_null (crm_content_get_path (test->database, NULL));
}

static void
test_altered (CrmTest       *test,
              gconstpointer  data)
{
  g_auto (CrmContent) content = { NULL }, again = { NULL };
  g_autofree char *path = crm_content_get_path (test->database, HELLO);
  g_autofree char *copy = crm_test_get_path (test, "copy");
  g_autoptr (GFile) target = g_file_new_for_path (copy);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = NULL;

  assert_state (test, HELLO, CRM_CONTENT_MISSING);
  put (test, NULL, "hello\n", &content);
  crm_test_write (path, "hallo\n", -1);
  g_chmod (path, 0644);
  assert_state (test, HELLO, CRM_CONTENT_ALTERED);

  crm_test_write (copy, "was there", -1);
  g_assert_false (crm_content_save (test->database, HELLO, target, NULL, &error));
  g_assert_error (error, CRM_ERROR, CRM_ERROR_DAMAGED);
  crm_test_assert_contains (error->message, path);
  bytes = crm_test_read (copy);
  g_assert_cmpmem (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), "was there", 9);

  /* Whoever has the original mends it. */
  put (test, NULL, "hello\n", &again);
  assert_state (test, HELLO, CRM_CONTENT_WHOLE);
  g_assert_cmpuint (crm_test_get_mode (path), ==, 0600);
  assert_list (test, "58", HELLO "\n");

  g_unlink (path);
  g_clear_error (&error);
  g_assert_false (crm_content_save (test->database, HELLO, target, NULL, &error));
  g_assert_error (error, CRM_ERROR, CRM_ERROR_NOT_FOUND);
  g_mkdir (path, 0700);
  g_clear_error (&error);
  g_assert_false (crm_content_save (test->database, HELLO, target, NULL, &error));
  g_assert_error (error, CRM_ERROR, CRM_ERROR_DAMAGED);
}

static void
test_save (CrmTest       *test,
           gconstpointer  data)
{
  g_auto (CrmContent) content = { NULL };
  g_autofree char *copy = crm_test_get_path (test, "copy");
  g_autoptr (GFile) target = g_file_new_for_path (copy);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = NULL, head = NULL;

  put (test, NULL, "hello\n", &content);
  crm_content_save (test->database, HELLO, target, NULL, &error);
  g_assert_no_error (error);
  bytes = crm_test_read (copy);
  g_assert_cmpmem (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), "hello\n", 6);
  g_assert_cmpuint (crm_test_get_mode (copy), ==, 0600);
  head = crm_content_read_head (test->database, HELLO, 4, &error);
  g_assert_cmpmem (g_bytes_get_data (head, NULL), g_bytes_get_size (head), "hell", 4);
}

/* Files */

static void
fail_to_put (CrmTest    *test,
             const char *path,
             int         code,
             const char *words)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GError) error = NULL;
  g_auto (CrmContent) content = { NULL };

  g_assert_false (crm_content_put_file (test->database, file, NULL, NULL, NULL, &content, &error));
  g_assert_error (error, CRM_ERROR, code);
  crm_test_assert_contains (error->message, path);
  crm_test_assert_contains (error->message, words);
  g_assert_null (content.hash);
}

static void
test_refused (CrmTest       *test,
              gconstpointer  data)
{
  g_autofree char *pipe_path = crm_test_get_path (test, "pipe");
  g_autofree char *large = crm_test_get_path (test, "large");
  g_autofree char *secret = crm_test_get_path (test, "secret");
  g_autofree char *none = crm_test_get_path (test, "none");

  crm_test_become_nobody (test);
  fail_to_put (test, test->folder, CRM_ERROR_INVALID, "is a folder");
  g_assert_cmpint (mkfifo (pipe_path, 0600), ==, 0);
  fail_to_put (test, pipe_path, CRM_ERROR_INVALID, "is not a file");
  crm_test_write (large, "", 0);
  g_assert_cmpint (truncate (large, CRM_CONTENT_LARGEST + 1), ==, 0);
  fail_to_put (test, large, CRM_ERROR_INVALID, "too large");
  crm_test_write (secret, "x", 1);
  g_chmod (secret, 0);
  fail_to_put (test, secret, CRM_ERROR_UNREADABLE, "cannot be read");
  fail_to_put (test, none, CRM_ERROR_UNREADABLE, "cannot be read");
}

static void
count (gint64   bytes,
       gpointer data)
{
  gint64 *told = data;

  g_assert_cmpint (bytes, >, *told);
  *told = bytes;
}

static void
test_file (CrmTest       *test,
           gconstpointer  data)
{
  g_autofree char *path = crm_test_get_path (test, "scan.pdf");
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autofree char *bytes = g_strnfill (1000000, 'x');
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  g_auto (CrmContent) content = { NULL }, cancelled = { NULL };
  gint64 told = 0;

  memcpy (bytes, "%PDF-1.4\n", 9);
  crm_test_write (path, bytes, 1000000);
  crm_content_put_file (test->database, file, count, &told, NULL, &content, &error);
  g_assert_no_error (error);
  g_assert_cmpint (told, ==, 1000000);
  g_assert_cmpint (content.size, ==, 1000000);
  g_assert_cmpstr (content.media_type, ==, "application/pdf");
  assert_state (test, content.hash, CRM_CONTENT_WHOLE);

  g_cancellable_cancel (cancellable);
  g_assert_false (crm_content_put_file (test->database, file, NULL, NULL, cancellable, &cancelled, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static void
test_full (CrmTest       *test,
           gconstpointer  data)
{
  g_autofree char *bytes = g_strnfill (200000, 'x');
  g_autofree char *folder = crm_content_get_folder (test->database);
  g_autoptr (GError) error = NULL;
  g_auto (CrmContent) content = { NULL };

  crm_test_limit_files (150000);
  g_assert_false (crm_content_put (test->database, "a", bytes, 200000, &content, &error));
  g_assert_error (error, CRM_ERROR, CRM_ERROR_FULL);
  crm_test_assert_contains (error->message, folder);
  crm_test_limit_files (-1);
  assert_list (test, NULL, "");
}

/* Killed at any moment, there is the whole content or none. */
static void
test_killed (CrmTest       *test,
             gconstpointer  data)
{
  g_autofree char *bytes = g_strnfill (4000000, 'x');
  guint kept = 0;

  for (guint i = 0; i < 20; i++)
    {
      pid_t child = fork ();
      g_autoptr (GHashTable) hashes = NULL;
      GHashTableIter iter;
      gpointer hash;

      if (child == 0)
        {
          g_auto (CrmContent) content = { NULL };

          bytes[0] = (char) i;
          _exit (crm_content_put (test->database, NULL, bytes, 4000000, &content, NULL) ? 0 : 1);
        }
      g_usleep (i * 1500);
      kill (child, SIGKILL);
      waitpid (child, NULL, 0);
      hashes = crm_content_list (test->database, NULL);
      kept = g_hash_table_size (hashes);
      g_hash_table_iter_init (&iter, hashes);
      while (g_hash_table_iter_next (&iter, &hash, NULL))
        assert_state (test, hash, CRM_CONTENT_WHOLE);
    }
  g_test_message ("%u of 20 were kept", kept);
}

/* What was left unfinished long ago goes; what another process writes just now stays. */
static void
test_unfinished (CrmTest       *test,
                 gconstpointer  data)
{
  g_autofree char *folder = crm_content_get_folder (test->database);
  g_autofree char *old = g_build_filename (folder, ".crm-old.part", NULL);
  g_autofree char *new = g_build_filename (folder, ".crm-new.part", NULL);
  g_auto (CrmContent) content = { NULL };
  const struct timeval long_ago[2] = { { 1000000000, 0 }, { 1000000000, 0 } };

  g_mkdir (folder, 0755);
  crm_test_write (old, "half", -1);
  crm_test_write (new, "half", -1);
  g_assert_cmpint (utimes (old, long_ago), ==, 0);
  put (test, NULL, "hello\n", &content);
  assert_list (test, NULL, ".crm-new.part\n58\n");
  g_assert_cmpuint (crm_test_get_mode (folder), ==, 0700);
}

/* All of them */

static void
test_copy_all (CrmTest       *test,
               gconstpointer  data)
{
  g_autofree char *from = crm_content_get_folder (test->database);
  g_autofree char *to = crm_test_get_path (test, "copy.documents");
  g_autofree char *path = crm_content_get_path (test->database, HELLO);
  g_autofree char *copy = g_build_filename (to, "58", HELLO, NULL);
  g_autoptr (GPtrArray) faults = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GError) error = NULL;
  g_auto (CrmContent) a = { NULL }, b = { NULL };
  guint n = 99;

  g_assert_true (crm_content_copy_all (from, to, FALSE, faults, &n, NULL, &error));
  g_assert_cmpuint (n, ==, 0);
  put (test, NULL, "hello\n", &a);
  put (test, NULL, "other", &b);
  crm_test_write (path, "hallo\n", -1);
  g_assert_true (crm_content_copy_all (from, to, FALSE, faults, &n, NULL, &error));
  g_assert_cmpuint (n, ==, 1);
  g_assert_cmpuint (faults->len, ==, 1);
  crm_test_assert_contains (faults->pdata[0], HELLO);
  g_assert_false (g_file_test (copy, G_FILE_TEST_EXISTS));

  crm_test_write (path, "hello\n", -1);
  g_ptr_array_set_size (faults, 0);
  g_assert_true (crm_content_copy_all (from, to, FALSE, faults, &n, NULL, &error));
  g_assert_cmpuint (n, ==, 2);
  g_assert_cmpuint (crm_test_get_mode (copy), ==, 0600);
  g_assert_cmpuint (crm_test_get_mode (to), ==, 0700);

  /* The way back mends what is there. */
  crm_test_write (path, "hallo\n", -1);
  g_assert_true (crm_content_copy_all (to, from, TRUE, faults, &n, NULL, &error));
  g_assert_cmpuint (faults->len, ==, 0);
  assert_state (test, HELLO, CRM_CONTENT_WHOLE);
}

static void
test_remove (CrmTest       *test,
             gconstpointer  data)
{
  g_autoptr (GError) error = NULL;
  g_auto (CrmContent) content = { NULL };

  put (test, NULL, "hello\n", &content);
  g_assert_true (crm_content_remove (test->database, HELLO, &error));
  assert_state (test, HELLO, CRM_CONTENT_MISSING);
  g_assert_true (crm_content_remove (test->database, HELLO, &error));
  g_assert_true (crm_content_remove (test->database, "../../x", &error));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  crm_test_add_apart ("/content/put", test_put);
  crm_test_add_apart ("/content/closed-mask", test_closed_mask);
  crm_test_add ("/content/hash", test_hash);
  crm_test_add ("/content/altered", test_altered);
  crm_test_add ("/content/save", test_save);
  crm_test_add_apart ("/content/refused", test_refused);
  crm_test_add ("/content/file", test_file);
  crm_test_add_apart ("/content/full", test_full);
  crm_test_add ("/content/killed", test_killed);
  crm_test_add ("/content/unfinished", test_unfinished);
  crm_test_add ("/content/copy-all", test_copy_all);
  crm_test_add ("/content/remove", test_remove);
  return g_test_run ();
}
