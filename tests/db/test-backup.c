/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crm-config.h"

#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>
#include <utime.h>

#include "crm-backup.h"
#include "crm-db.h"
#include "crm-error.h"
#include "crm-schema.h"
#include "crm-test.h"

#define FILL \
  "INSERT INTO tag (name, extra, created, modified)" \
  " WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT %u) SELECT 'tag ' || i, hex (randomblob (500)), i, i FROM n"
#define SPY "CREATE TRIGGER spy AFTER INSERT ON client BEGIN DELETE FROM client; END"

static CrmDb *
open_new (const char *path,
          guint       n_rows)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *fill = g_strdup_printf (FILL, n_rows);
  CrmDb *db;

  crm_schema_create (path, &error);
  g_assert_no_error (error);
  db = crm_db_open (path, CRM_DB_WRITE, &error);
  g_assert_no_error (error);
  if (n_rows > 0)
    crm_db_execute (db, fill, &error);
  g_assert_no_error (error);
  return db;
}

static void
run (CrmDb      *db,
     const char *sql)
{
  g_autoptr (GError) error = NULL;

  crm_db_execute (db, sql, &error);
  g_assert_no_error (error);
}

static void
write_backup (CrmDb      *db,
              const char *path)
{
  g_autoptr (GError) error = NULL;

  crm_backup_write (db, path, &error);
  g_assert_no_error (error);
}

static void
restore (const char  *backup,
         const char  *database,
         char       **aside)
{
  g_autoptr (GError) error = NULL;

  crm_backup_restore (backup, database, aside, &error);
  g_assert_no_error (error);
}

static void
assert_names (const char *folder,
              const char *expected)
{
  g_autofree char *names = crm_test_list (folder);

  g_assert_cmpstr (names, ==, expected);
}

static void
assert_same_content (const char *a,
                     const char *b)
{
  g_autofree char *dump_a = crm_test_dump (a, NULL);
  g_autofree char *dump_b = crm_test_dump (b, NULL);

  g_assert_cmpstr (dump_a, ==, dump_b);
}

static void
assert_bytes (const char *path,
              GBytes     *expected)
{
  g_autoptr (GBytes) found = crm_test_read (path);

  g_assert_true (g_bytes_equal (found, expected));
}

/* Writing */

static void
test_write (CrmTest       *test,
            gconstpointer  data)
{
  g_autofree char *folder = crm_test_get_path (test, "kept");
  g_autofree char *path = g_build_filename (folder, "copy.db", NULL);
  g_autoptr (CrmDb) db = open_new (test->database, 1000);
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GError) error = NULL;
  const char *header;

  g_mkdir (folder, 0700);
  crm_test_write (path, "an older backup", -1);
  write_backup (db, path);
  assert_names (folder, "copy.db\n");
  g_assert_cmpuint (crm_test_get_mode (path), ==, 0600);
  bytes = crm_test_read (path);
  header = g_bytes_get_data (bytes, NULL);
  g_assert_cmpint (header[18], ==, 1); /* no log is expected beside it */
  g_assert_cmpint (header[19], ==, 1);
  assert_same_content (test->database, path);
  g_assert_true (crm_backup_verify (path, &error));
  g_assert_no_error (error);
  assert_bytes (path, bytes);
  assert_names (folder, "copy.db\n");
  run (db, "INSERT INTO setting VALUES ('it', 'works on')");
}

static void
test_reader (CrmTest       *test,
             gconstpointer  data)
{
  g_autofree char *path = crm_test_get_path (test, "copy.db");
  g_autoptr (CrmDb) writer = open_new (test->database, 10);
  g_autoptr (CrmDb) reader = NULL;
  g_autoptr (GError) error = NULL;

  reader = crm_db_open (test->database, CRM_DB_READ, &error);
  g_assert_no_error (error);
  write_backup (reader, path);
  assert_same_content (test->database, path);
}

typedef struct {
  const char *path;
  int         stop;
  guint       n_steps;
} Writer;

/* Two tables grow in step. */
static gpointer
write_on (gpointer data)
{
  Writer *self = data;
  g_autoptr (CrmDb) db = crm_db_open (self->path, CRM_DB_WRITE, NULL);

  while (!g_atomic_int_get (&self->stop))
    {
      run (db,
           "BEGIN IMMEDIATE;"
           "INSERT INTO segment (name, notes, created, modified) VALUES ('a', hex (randomblob (2000)), 0, 0);"
           "INSERT INTO saved_view (name, entity, query, created, modified) VALUES ('a', 'b', hex (randomblob (2000)), 0, 0);"
           "COMMIT");
      self->n_steps++;
    }
  return NULL;
}

static void
test_live (CrmTest       *test,
           gconstpointer  data)
{
  g_autofree char *path = crm_test_get_path (test, "copy.db");
  g_autoptr (CrmDb) db = open_new (test->database, 5000);
  Writer writer = { .path = test->database };
  GThread *thread = g_thread_new ("writer", write_on, &writer);

  for (guint i = 0; i < 5; i++)
    {
      g_autofree char *odd = NULL;

      write_backup (db, path);
      odd = crm_test_query (path, "SELECT (SELECT count(*) FROM segment) - (SELECT count(*) FROM saved_view)");
      g_assert_cmpstr (odd, ==, "0\n");
    }
  g_atomic_int_set (&writer.stop, TRUE);
  g_thread_join (thread);
  g_test_message ("%u transactions meanwhile", writer.n_steps);
  g_assert_cmpuint (writer.n_steps, >, 0);
}

static void
assert_target_refused (CrmDb      *db,
                       const char *path,
                       int         code)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (crm_backup_write (db, path, &error));
  g_assert_error (error, CRM_ERROR, code);
  crm_test_assert_contains (error->message, path);
}

static void
test_targets (CrmTest       *test,
              gconstpointer  data)
{
  g_autofree char *alias = crm_test_get_path (test, "alias.db");
  g_autofree char *twin = crm_test_get_path (test, "twin.db");
  g_autofree char *at_work = crm_test_get_path (test, "at-work.db");
  g_autofree char *nowhere = crm_test_get_path (test, "nowhere/copy.db");
  g_autofree char *folder = crm_test_get_path (test, "folder");
  g_autoptr (CrmDb) db = open_new (test->database, 0);
  g_autoptr (CrmDb) other = open_new (at_work, 1);

  g_assert_cmpint (symlink ("crm.db", alias), ==, 0);
  g_assert_cmpint (link (test->database, twin), ==, 0);
  g_mkdir (folder, 0700);
  assert_target_refused (db, test->database, CRM_ERROR_IN_USE);
  assert_target_refused (db, alias, CRM_ERROR_IN_USE);
  assert_target_refused (db, twin, CRM_ERROR_IN_USE);
  assert_target_refused (db, at_work, CRM_ERROR_IN_USE);
  assert_target_refused (db, nowhere, CRM_ERROR_UNREADABLE);
  assert_target_refused (db, folder, CRM_ERROR_UNREADABLE);
  assert_names (test->folder, "alias.db\nat-work.db\nat-work.db-shm\nat-work.db-wal\ncrm.db\ncrm.db-shm\ncrm.db-wal\nfolder\ntwin.db\n");
}

static void
test_full (CrmTest       *test,
           gconstpointer  data)
{
  g_autofree char *folder = crm_test_get_path (test, "kept");
  g_autofree char *path = g_build_filename (folder, "copy.db", NULL);
  g_autoptr (CrmDb) db = open_new (test->database, 2000);
  g_autoptr (GBytes) older = g_bytes_new_static ("an older backup", 15);

  g_mkdir (folder, 0700);
  crm_test_write (path, "an older backup", -1);
  for (gint64 limit = 0; limit < 1500000; limit += 149999)
    {
      crm_test_limit_files (limit);
      assert_target_refused (db, path, CRM_ERROR_FULL);
      crm_test_limit_files (-1);
      assert_names (folder, "copy.db\n");
      assert_bytes (path, older);
    }
  write_backup (db, path);
}

static gboolean
has_unfinished (const char *folder)
{
  g_autofree char *names = crm_test_list (folder);

  return strstr (names, ".part") != NULL;
}

typedef struct {
  const char   *folder;
  GCancellable *cancellable;
  int           done;
} Canceller;

static gpointer
cancel_midway (gpointer data)
{
  Canceller *self = data;

  while (!has_unfinished (self->folder) && !g_atomic_int_get (&self->done))
    g_usleep (50);
  g_cancellable_cancel (self->cancellable);
  return NULL;
}

static void
test_cancel (CrmTest       *test,
             gconstpointer  data)
{
  g_autofree char *folder = crm_test_get_path (test, "kept");
  g_autofree char *path = g_build_filename (folder, "copy.db", NULL);
  g_autoptr (CrmDb) db = open_new (test->database, 20000);
  gboolean cancelled = FALSE;

  g_mkdir (folder, 0700);
  for (guint i = 0; i < 20 && !cancelled; i++)
    {
      g_autoptr (GCancellable) cancellable = g_cancellable_new ();
      g_autoptr (GError) error = NULL;
      Canceller canceller = { folder, cancellable, FALSE };
      GThread *thread = g_thread_new ("cancel", cancel_midway, &canceller);

      crm_db_set_cancellable (db, cancellable);
      cancelled = !crm_backup_write (db, path, &error);
      g_atomic_int_set (&canceller.done, TRUE);
      g_thread_join (thread);
      if (cancelled)
        g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
    }
  g_assert_true (cancelled);
  crm_db_set_cancellable (db, NULL);
  g_unlink (path);
  assert_names (folder, "");
  write_backup (db, path);
}

/* FALSE if the child was too quick to be killed in the midst of it. */
static gboolean
kill_midway (const char *database,
             const char *folder)
{
  pid_t child = fork ();
  gboolean ended = FALSE;

  if (child == 0)
    {
      CrmDb *db = crm_db_open (database, CRM_DB_WRITE, NULL);
      crm_backup_automatic (db, "daily", NULL, NULL);
      _exit (0);
    }
  while (!ended && !has_unfinished (folder))
    ended = waitpid (child, NULL, WNOHANG) == child;
  if (ended)
    return FALSE;
  kill (child, SIGKILL);
  g_assert_cmpint (waitpid (child, NULL, 0), ==, child);
  return has_unfinished (folder);
}

static void
age_all (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  struct utimbuf long_ago = { 0 };
  const char *name;

  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);
      g_assert_cmpint (g_utime (path, &long_ago), ==, 0);
    }
}

static void
remove_backups (const char *database)
{
  g_autofree char *path = NULL;

  while ((path = crm_backup_find_newest (database)) != NULL)
    {
      g_unlink (path);
      g_clear_pointer (&path, g_free);
    }
}

/* What a killed process leaves is no backup, and goes when it is old. */
static void
test_killed (CrmTest       *test,
             gconstpointer  data)
{
  g_autofree char *folder = crm_test_get_path (test, "backups");
  g_autofree char *newest = NULL;
  g_autoptr (CrmDb) db = NULL;
  g_autofree char *names = NULL;

  g_mkdir (folder, 0700);
  crm_db_close (open_new (test->database, 20000));
  while (!kill_midway (test->database, folder))
    remove_backups (test->database);
  newest = crm_backup_find_newest (test->database);
  g_assert_null (newest);
  age_all (folder);
  db = crm_db_open (test->database, CRM_DB_WRITE, NULL);
  g_assert_true (crm_backup_automatic (db, "daily", NULL, NULL));
  names = crm_test_list (folder);
  g_assert_true (g_str_has_prefix (names, "crm.db-20") && strchr (names, '\n')[1] == '\0');
}

/* Refusing */

static void
assert_not_whole (const char *path,
                  int         code)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (crm_backup_verify (path, &error));
  g_assert_error (error, CRM_ERROR, code);
  crm_test_assert_contains (error->message, path);
}

static void
test_verify (CrmTest       *test,
             gconstpointer  data)
{
  g_autofree char *path = crm_test_get_path (test, "copy.db");
  g_autoptr (CrmDb) db = open_new (test->database, 2000);
  g_autoptr (GBytes) whole = NULL;
  const char *bytes;
  gsize size;

  assert_not_whole (path, CRM_ERROR_NOT_FOUND);
  write_backup (db, path);
  whole = crm_test_read (path);
  bytes = g_bytes_get_data (whole, &size);
  crm_test_write (path, bytes, size / 2);
  assert_not_whole (path, CRM_ERROR_DAMAGED);
  crm_test_write (path, bytes, 0);
  assert_not_whole (path, CRM_ERROR_DAMAGED);
  crm_test_write (path, "letter", -1);
  assert_not_whole (path, CRM_ERROR_FOREIGN);
  crm_test_write (path, bytes, size);
  g_assert_true (crm_backup_verify (path, NULL));
  crm_test_run_sql (path, "PRAGMA user_version=1000");
  assert_not_whole (path, CRM_ERROR_NEWER);
}

static void
test_foreign_trigger (CrmTest       *test,
                      gconstpointer  data)
{
  static const char * const foreign[] = { SPY, "CREATE VIEW looking AS SELECT * FROM client" };

  for (guint i = 0; i < G_N_ELEMENTS (foreign); i++)
    {
      g_autofree char *folder = g_strdup_printf ("%s/%u", test->folder, i);
      g_autofree char *database = g_build_filename (folder, "crm.db", NULL);
      g_autofree char *path = g_build_filename (folder, "copy.db", NULL);
      g_autoptr (CrmDb) db = open_new (database, 10);
      g_autoptr (GError) error = NULL;
      g_autofree char *dump = NULL;
      g_autofree char *after = NULL;

      write_backup (db, path);
      g_clear_pointer (&db, crm_db_close);
      dump = crm_test_dump (database, NULL);
      crm_test_run_sql (path, foreign[i]);
      assert_not_whole (path, CRM_ERROR_FOREIGN);
      g_assert_false (crm_backup_restore (path, database, NULL, &error));
      g_assert_error (error, CRM_ERROR, CRM_ERROR_FOREIGN);
      crm_test_assert_contains (error->message, path);
      assert_names (folder, "copy.db\ncrm.db\n");
      after = crm_test_dump (database, NULL);
      g_assert_cmpstr (dump, ==, after);

      /* Nor is one made of such a database. */
      g_unlink (path);
      crm_test_run_sql (database, foreign[i]);
      db = crm_db_open (database, CRM_DB_WRITE, NULL);
      assert_target_refused (db, path, CRM_ERROR_FOREIGN);
      g_clear_pointer (&db, crm_db_close);
      assert_names (folder, "crm.db\n");
    }
}

/* Generations */

static char *
write_automatic (CrmDb      *db,
                 const char *reason)
{
  g_autoptr (GError) error = NULL;
  char *path;

  crm_backup_automatic (db, reason, &path, &error);
  g_assert_no_error (error);
  return path;
}

static void
rename_backup (const char *path,
               const char *stamp)
{
  g_autofree char *folder = g_path_get_dirname (path);
  g_autofree char *name = g_strdup_printf ("crm.db-%s-daily.db", stamp);
  g_autofree char *older = g_build_filename (folder, name, NULL);

  g_assert_cmpint (g_rename (path, older), ==, 0);
}

static void
test_automatic (CrmTest       *test,
                gconstpointer  data)
{
  g_autofree char *folder = crm_test_get_path (test, "backups");
  g_autofree char *other = crm_test_get_path (test, "backups/crm.db-2-20200101T000000Z-daily.db");
  g_autoptr (CrmDb) db = open_new (test->database, 10);
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;
  g_autofree char *newest = NULL;
  g_autofree char *older = NULL;

  g_mkdir (folder, 0777);
  g_chmod (folder, 0777);
  crm_test_write (other, "of another database", -1);
  g_assert_true (crm_backup_is_due (test->database));
  first = write_automatic (db, "daily");
  g_assert_cmpuint (crm_test_get_mode (folder), ==, 0700);
  g_assert_false (crm_backup_is_due (test->database));
  rename_backup (first, "20260101T000000Z");
  g_assert_true (crm_backup_is_due (test->database));
  second = write_automatic (db, "import");
  g_assert_true (g_str_has_suffix (second, "-import.db"));
  newest = crm_backup_find_newest (test->database);
  g_assert_cmpstr (newest, ==, second);

  crm_test_write (second, "no more whole", -1);
  older = crm_backup_find_newest (test->database);
  crm_test_assert_contains (older, "20260101T000000Z");
  g_assert_true (g_file_test (other, G_FILE_TEST_EXISTS));
}

static void
test_same_second (CrmTest       *test,
                  gconstpointer  data)
{
  g_autoptr (CrmDb) db = open_new (test->database, 0);
  g_autofree char *first = write_automatic (db, "import");
  g_autofree char *second = write_automatic (db, "import");

  g_assert_cmpstr (first, <, second);
  g_assert_false (g_file_test (first, G_FILE_TEST_EXISTS)); /* not the last of its day */
  g_assert_true (g_file_test (second, G_FILE_TEST_EXISTS));
}

static void
test_shrunk (CrmTest       *test,
             gconstpointer  data)
{
  g_autofree char *folder = crm_test_get_path (test, "backups");
  g_autoptr (CrmDb) db = open_new (test->database, 2000);
  g_autofree char *large = write_automatic (db, "daily");
  g_autofree char *small = NULL;

  g_clear_pointer (&db, crm_db_close);
  crm_test_run_sql (test->database, "DELETE FROM tag; VACUUM");
  db = crm_db_open (test->database, CRM_DB_WRITE, NULL);
  small = write_automatic (db, "daily");
  g_assert_true (g_file_test (large, G_FILE_TEST_EXISTS));
  g_assert_true (g_file_test (small, G_FILE_TEST_EXISTS));
}

static void
test_wrong_clock (CrmTest       *test,
                  gconstpointer  data)
{
  g_autoptr (CrmDb) db = open_new (test->database, 0);
  g_autofree char *path = write_automatic (db, "daily");

  rename_backup (path, "20990101T000000Z");
  g_assert_true (crm_backup_is_due (test->database));
}

/* Restoring */

/* Leaves -wal and -shm as a killed process does. */
static void
write_and_die (const char *database)
{
  pid_t child = fork ();

  if (child == 0)
    {
      CrmDb *db = crm_db_open (database, CRM_DB_WRITE, NULL);
      crm_db_execute (db, "INSERT INTO setting VALUES ('last', 'words')", NULL);
      kill (getpid (), SIGKILL);
    }
  g_assert_cmpint (waitpid (child, NULL, 0), ==, child);
}

static void
test_restore_beside_log (CrmTest       *test,
                         gconstpointer  data)
{
  g_autofree char *backup = crm_test_get_path (test, "copy.db");
  g_autofree char *log = g_strconcat (test->database, "-wal", NULL);
  g_autofree char *aside = NULL;
  g_autofree char *aside_log = NULL;
  g_autofree char *aside_index = NULL;
  g_autofree char *name = NULL;
  g_autofree char *names = NULL;
  g_autofree char *words = NULL;
  g_autofree char *again = NULL;
  g_autoptr (CrmDb) db = open_new (test->database, 100);
  g_autoptr (GBytes) old = NULL;
  g_autoptr (GBytes) old_log = NULL;

  write_backup (db, backup);
  run (db, "DELETE FROM tag WHERE id % 2");
  g_clear_pointer (&db, crm_db_close);
  write_and_die (test->database);
  old = crm_test_read (test->database);
  old_log = crm_test_read (log);
  restore (backup, test->database, &aside);

  name = g_path_get_basename (aside);
  names = g_strdup_printf ("copy.db\ncrm.db\n%s\n%s-shm\n%s-wal\n", name, name, name);
  assert_names (test->folder, names);
  crm_test_assert_contains (name, "crm.db.replaced-20");
  g_assert_cmpuint (strlen (name), ==, strlen ("crm.db.replaced-YYYYmmdd-HHMMSS"));
  assert_same_content (backup, test->database);
  g_assert_cmpuint (crm_test_get_mode (test->database), ==, 0600);
  assert_bytes (aside, old);
  aside_log = g_strconcat (aside, "-wal", NULL);
  assert_bytes (aside_log, old_log);
  /* And back: what was put aside is a whole database with its log, which a restore reads, too, also without its index. */
  aside_index = g_strconcat (aside, "-shm", NULL);
  g_unlink (aside_index);
  restore (aside, test->database, &again);
  g_assert_cmpstr (again, !=, aside);
  words = crm_test_query (test->database, "SELECT value FROM setting");
  g_assert_cmpstr (words, ==, "words\n");
}

/* A log that belongs to another state of the file would spoil it. */
static void
test_restore_many_states (CrmTest       *test,
                          gconstpointer  data)
{
  g_autofree char *backup = crm_test_get_path (test, "copy.db");

  for (guint i = 0; i < 20; i++)
    {
      g_autoptr (CrmDb) db = open_new (test->database, 1 + i * 7);

      write_backup (db, backup);
      run (db, "UPDATE tag SET extra = hex (randomblob (abs (random () % 3000))) WHERE id % 3 = 1");
      g_clear_pointer (&db, crm_db_close);
      write_and_die (test->database);
      restore (backup, test->database, NULL);
      assert_same_content (backup, test->database);
      db = crm_db_open (test->database, CRM_DB_WRITE, NULL);
      g_assert_true (crm_db_quick_check (db, NULL));
    }
}

static void
test_restore_damaged (CrmTest       *test,
                      gconstpointer  data)
{
  g_autofree char *backup = crm_test_get_path (test, "copy.db");
  g_autofree char *log = g_strconcat (test->database, "-wal", NULL);
  g_autofree char *aside = NULL;
  g_autoptr (CrmDb) db = open_new (test->database, 100);
  g_autoptr (GBytes) noise = g_bytes_new_static ("no database", 11);

  write_backup (db, backup);
  g_clear_pointer (&db, crm_db_close);
  crm_test_write (test->database, "no database", -1);
  crm_test_write (log, "no log", -1);
  restore (backup, test->database, &aside);
  assert_bytes (aside, noise);
  assert_same_content (backup, test->database);
}

static void
test_restore_missing (CrmTest       *test,
                      gconstpointer  data)
{
  g_autofree char *backup = crm_test_get_path (test, "copy.db");
  g_autofree char *log = g_strconcat (test->database, "-wal", NULL);
  g_autofree char *aside = g_strdup ("unset");
  g_autoptr (CrmDb) db = open_new (test->database, 100);

  write_backup (db, backup);
  g_clear_pointer (&db, crm_db_close);
  g_unlink (test->database);
  crm_test_write (log, "of the one that is gone", -1);
  g_clear_pointer (&aside, g_free);
  restore (backup, test->database, &aside);
  g_assert_null (aside);
  g_assert_false (g_file_test (log, G_FILE_TEST_EXISTS));
  assert_same_content (backup, test->database);
}

static void
test_restore_through_link (CrmTest       *test,
                           gconstpointer  data)
{
  g_autofree char *backup = crm_test_get_path (test, "copy.db");
  g_autofree char *alias = crm_test_get_path (test, "alias.db");
  g_autoptr (CrmDb) db = open_new (test->database, 100);

  write_backup (db, backup);
  g_clear_pointer (&db, crm_db_close);
  write_and_die (test->database);
  g_assert_cmpint (symlink ("crm.db", alias), ==, 0);
  restore (backup, alias, NULL);
  g_assert_true (g_file_test (alias, G_FILE_TEST_IS_SYMLINK));
  assert_same_content (backup, test->database);
}

static void
assert_not_restored (const char *backup,
                     const char *database,
                     int         code)
{
  g_autofree char *folder = g_path_get_dirname (database);
  g_autofree char *before = crm_test_list (folder);
  g_autofree char *aside = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_false (crm_backup_restore (backup, database, &aside, &error));
  g_assert_error (error, CRM_ERROR, code);
  g_assert_null (aside);
  assert_names (folder, before);
}

static void
test_restore_refused (CrmTest       *test,
                      gconstpointer  data)
{
  g_autofree char *backup = crm_test_get_path (test, "copy.db");
  g_autofree char *folder = crm_test_get_path (test, "folder");
  g_autoptr (CrmDb) db = open_new (test->database, 100);

  write_backup (db, backup);
  g_clear_pointer (&db, crm_db_close);
  g_mkdir (folder, 0700);
  assert_not_restored (backup, folder, CRM_ERROR_UNREADABLE);
  assert_not_restored (test->database, test->database, CRM_ERROR_INVALID);
  assert_not_restored (folder, test->database, CRM_ERROR_UNREADABLE);
}

static void
test_restore_full (CrmTest       *test,
                   gconstpointer  data)
{
  g_autofree char *backup = crm_test_get_path (test, "copy.db");
  g_autoptr (CrmDb) db = open_new (test->database, 1000);

  write_backup (db, backup);
  g_clear_pointer (&db, crm_db_close);
  write_and_die (test->database);
  crm_test_limit_files (400000);
  assert_not_restored (backup, test->database, CRM_ERROR_FULL);
  crm_test_limit_files (-1);
  restore (backup, test->database, NULL);
}

/* The name is so long that the last companion's new one is too long: two have been moved by then. */
static void
test_restore_fails_midway (CrmTest       *test,
                           gconstpointer  data)
{
  g_autofree char *backup = crm_test_get_path (test, "copy.db");
  g_autofree char *name = g_strnfill (225, 'n');
  g_autofree char *database = crm_test_get_path (test, name);
  g_autofree char *journal = g_strconcat (database, "-journal", NULL);
  g_autofree char *words = NULL;
  g_autoptr (CrmDb) db = open_new (database, 10);

  write_backup (db, backup);
  g_clear_pointer (&db, crm_db_close);
  write_and_die (database);
  crm_test_write (journal, "", 0);
  assert_not_restored (backup, database, CRM_ERROR_UNREADABLE);
  g_unlink (journal);
  words = crm_test_query (database, "SELECT value FROM setting");
  g_assert_cmpstr (words, ==, "words\n");
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  crm_test_add ("/db/backup/write", test_write);
  crm_test_add ("/db/backup/reader", test_reader);
  crm_test_add ("/db/backup/live", test_live);
  crm_test_add ("/db/backup/targets", test_targets);
  crm_test_add_apart ("/db/backup/full", test_full);
  crm_test_add ("/db/backup/cancel", test_cancel);
  crm_test_add_apart ("/db/backup/killed", test_killed);
  crm_test_add ("/db/backup/verify", test_verify);
  crm_test_add ("/db/backup/foreign-trigger", test_foreign_trigger);
  crm_test_add ("/db/backup/automatic", test_automatic);
  crm_test_add ("/db/backup/same-second", test_same_second);
  crm_test_add ("/db/backup/shrunk", test_shrunk);
  crm_test_add ("/db/backup/wrong-clock", test_wrong_clock);
  crm_test_add ("/db/backup/restore-beside-log", test_restore_beside_log);
  crm_test_add ("/db/backup/restore-many-states", test_restore_many_states);
  crm_test_add ("/db/backup/restore-damaged", test_restore_damaged);
  crm_test_add ("/db/backup/restore-missing", test_restore_missing);
  crm_test_add ("/db/backup/restore-through-link", test_restore_through_link);
  crm_test_add ("/db/backup/restore-refused", test_restore_refused);
  crm_test_add_apart ("/db/backup/restore-full", test_restore_full);
  crm_test_add ("/db/backup/restore-fails-midway", test_restore_fails_midway);
  return g_test_run ();
}
