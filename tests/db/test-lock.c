/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crm-config.h"

#include <glib/gstdio.h>
#include <signal.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "crm-error.h"
#include "crm-lock.h"
#include "crm-test.h"

static CrmLock *
take (const char  *database,
      CrmLockKind  kind)
{
  g_autoptr (GError) error = NULL;
  CrmLock *lock = crm_lock_take (database, kind, &error);

  g_assert_no_error (error);
  return lock;
}

/* (transfer full): the message */
static char *
assert_refused (const char  *database,
                CrmLockKind  kind,
                int          code)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (crm_lock_take (database, kind, &error));
  g_assert_error (error, CRM_ERROR, code);
  crm_test_assert_contains (error->message, database);
  return g_strdup (error->message);
}

static void
assert_free (const char *database)
{
  crm_lock_release (take (database, CRM_LOCK_RESTORE));
}

static void
test_window (CrmTest       *test,
             gconstpointer  data)
{
  g_autoptr (CrmLock) window = take (test->database, CRM_LOCK_WINDOW);
  g_autofree char *message = assert_refused (test->database, CRM_LOCK_WINDOW, CRM_ERROR_IN_USE);
  g_autofree char *refused = assert_refused (test->database, CRM_LOCK_RESTORE, CRM_ERROR_IN_USE);
  g_autoptr (CrmLock) first = take (test->database, CRM_LOCK_COMMAND);
  g_autoptr (CrmLock) second = take (test->database, CRM_LOCK_COMMAND);

  g_test_message ("%s", message);
  crm_test_assert_contains (message, "in a window of");
  crm_test_assert_contains (message, g_get_user_name ());
  crm_test_assert_contains (message, g_get_host_name ());
  crm_test_assert_contains (refused, "in a window of");
  g_clear_pointer (&window, crm_lock_release);
  window = take (test->database, CRM_LOCK_WINDOW);
  g_clear_pointer (&window, crm_lock_release);
  g_clear_pointer (&first, crm_lock_release);
  g_free (assert_refused (test->database, CRM_LOCK_RESTORE, CRM_ERROR_IN_USE));
  g_clear_pointer (&second, crm_lock_release);
  assert_free (test->database);
}

static void
test_command (CrmTest       *test,
              gconstpointer  data)
{
  g_autoptr (CrmLock) command = take (test->database, CRM_LOCK_COMMAND);
  g_autofree char *message = assert_refused (test->database, CRM_LOCK_RESTORE, CRM_ERROR_IN_USE);
  g_autoptr (CrmLock) window = take (test->database, CRM_LOCK_WINDOW);

  g_test_message ("%s", message);
  crm_test_assert_contains (message, "A command is at work");
  g_assert_nonnull (window);
}

static void
test_restore (CrmTest       *test,
              gconstpointer  data)
{
  static const CrmLockKind kinds[] = { CRM_LOCK_WINDOW, CRM_LOCK_COMMAND, CRM_LOCK_RESTORE };
  g_autoptr (CrmLock) restore = take (test->database, CRM_LOCK_RESTORE);

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      g_autofree char *message = assert_refused (test->database, kinds[i], CRM_ERROR_IN_USE);
      crm_test_assert_contains (message, "being restored by");
    }
  g_clear_pointer (&restore, crm_lock_release);
  assert_free (test->database);
}

static void
test_killed (CrmTest       *test,
             gconstpointer  data)
{
  int ready[2];
  pid_t child;
  char byte;

  g_assert_cmpint (pipe (ready), ==, 0);
  child = fork ();
  if (child == 0)
    {
      CrmLock *lock = crm_lock_take (test->database, CRM_LOCK_WINDOW, NULL);
      if (lock != NULL && write (ready[1], "x", 1) == 1)
        pause ();
      _exit (1);
    }
  g_assert_cmpint (read (ready[0], &byte, 1), ==, 1);
  g_free (assert_refused (test->database, CRM_LOCK_WINDOW, CRM_ERROR_IN_USE));
  kill (child, SIGKILL);
  g_assert_cmpint (waitpid (child, NULL, 0), ==, child);
  assert_free (test->database);
  close (ready[0]);
  close (ready[1]);
}

static void
test_names (CrmTest       *test,
            gconstpointer  data)
{
  g_autofree char *other = crm_test_get_path (test, "other.db");
  g_autofree char *alias = crm_test_get_path (test, "alias.db");
  g_autoptr (CrmLock) window = NULL;
  g_autoptr (CrmLock) elsewhere = NULL;

  crm_test_write (test->database, "x", 1);
  g_assert_cmpint (symlink ("crm.db", alias), ==, 0);
  window = take (alias, CRM_LOCK_WINDOW);
  g_free (assert_refused (test->database, CRM_LOCK_WINDOW, CRM_ERROR_IN_USE));
  elsewhere = take (other, CRM_LOCK_WINDOW);
  g_assert_nonnull (elsewhere);
}

static void
test_holder_unknown (CrmTest       *test,
                     gconstpointer  data)
{
  static const char * const contents[] = { "", "x", "a@b", "a@b 1", "a@b 1 yesterday", "\xff\xfe@\xff 1 \xff\n", "a b c d e f" };
  g_autofree char *path = g_strconcat (test->database, ".lock", NULL);
  g_autoptr (CrmLock) window = take (test->database, CRM_LOCK_WINDOW);

  for (guint i = 0; i < G_N_ELEMENTS (contents); i++)
    {
      g_autofree char *message = NULL;
      FILE *file = g_fopen (path, "w");

      g_assert_nonnull (file);
      fputs (contents[i], file);
      fclose (file);
      message = assert_refused (test->database, CRM_LOCK_WINDOW, CRM_ERROR_IN_USE);
      crm_test_assert_contains (message, "another window");
      g_assert_true (g_utf8_validate (message, -1, NULL));
    }
}

static void
test_content (CrmTest       *test,
              gconstpointer  data)
{
  g_autofree char *path = g_strconcat (test->database, ".lock", NULL);
  g_autofree char *beginning = g_strdup_printf ("%s@%s %d 2", g_get_user_name (), g_get_host_name (), (int) getpid ());
  g_autoptr (CrmLock) window = NULL;
  g_autoptr (GBytes) content = NULL;

  crm_test_write (path, "a much longer line of some holder who was here before and has left long ago, but not his line", -1);
  window = take (test->database, CRM_LOCK_WINDOW);
  content = crm_test_read (path);
  g_assert_true (g_str_has_prefix (g_bytes_get_data (content, NULL), beginning));
  g_assert_cmpuint (g_bytes_get_size (content), <, strlen (beginning) + 30);
}

static void
test_modes (CrmTest       *test,
            gconstpointer  data)
{
  g_autofree char *path = g_strconcat (test->database, ".lock", NULL);

  umask (0);
  assert_free (test->database);
  g_assert_cmpuint (crm_test_get_mode (path), ==, 0600);
  g_unlink (path);
  crm_test_write (test->database, "x", 1);
  g_assert_cmpint (g_chmod (test->database, 0664), ==, 0);
  assert_free (test->database);
  g_assert_cmpuint (crm_test_get_mode (path), ==, 0660);
}

static void
test_unreadable (CrmTest       *test,
                 gconstpointer  data)
{
  g_autofree char *nowhere = crm_test_get_path (test, "nowhere/crm.db");
  g_autofree char *path = g_strconcat (test->database, ".lock", NULL);
  g_autofree char *victim = crm_test_get_path (test, "victim");

  g_free (assert_refused (nowhere, CRM_LOCK_WINDOW, CRM_ERROR_UNREADABLE));
  g_assert_cmpint (symlink ("victim", path), ==, 0);
  g_free (assert_refused (test->database, CRM_LOCK_WINDOW, CRM_ERROR_UNREADABLE));
  g_assert_false (g_file_test (victim, G_FILE_TEST_EXISTS));
  g_unlink (path);
  g_mkdir (path, 0700);
  g_free (assert_refused (test->database, CRM_LOCK_WINDOW, CRM_ERROR_UNREADABLE));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  crm_test_add ("/db/lock/window", test_window);
  crm_test_add ("/db/lock/command", test_command);
  crm_test_add ("/db/lock/restore", test_restore);
  crm_test_add ("/db/lock/killed", test_killed);
  crm_test_add ("/db/lock/names", test_names);
  crm_test_add ("/db/lock/holder-unknown", test_holder_unknown);
  crm_test_add ("/db/lock/content", test_content);
  crm_test_add_apart ("/db/lock/modes", test_modes);
  crm_test_add ("/db/lock/unreadable", test_unreadable);
  return g_test_run ();
}
