/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * writer DATABASE SEED LIST.csv FOLDER: writes to a database until it is killed. Behind each commit, when it is acknowledged and not before,
 * it prints "step ID LABEL"; behind each backup in FOLDER "backup FILE".
 */
#include <stdio.h>

#include "crm-backup.h"
#include "crm-client.h"
#include "crm-import.h"
#include "crm-store.h"

typedef struct {
  CrmStore   *store;
  GRand      *random;
  GArray     *clients; /* of gint64: made by this process */
  const char *list;
  const char *folder;
  guint       n_backups;
} Writer;

static gpointer
read_step (CrmDb         *db,
           gpointer       data,
           GCancellable  *cancellable,
           GError       **error)
{
  g_autoptr (CrmStmt) stmt = crm_db_prepare (db, "SELECT id, label FROM step ORDER BY id DESC LIMIT 1", error);
  gboolean row;

  if (stmt == NULL || !crm_db_step (db, stmt, &row, error) || !row)
    return NULL;
  return g_strdup_printf ("step %s %s\n", (const char *) sqlite3_column_text (stmt, 0), (const char *) sqlite3_column_text (stmt, 1));
}

static void
acknowledge (Writer *writer)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *line = crm_store_maintain (writer->store, read_step, NULL, NULL, &error);

  g_assert_no_error (error);
  fputs (line, stdout);
  fflush (stdout);
}

static void
make_client (Writer *writer)
{
  g_autoptr (CrmValues) values = crm_values_new (&crm_client, 0);
  g_autoptr (GError) error = NULL;
  gint64 id;

  crm_values_take_text (values, CRM_CLIENT_NAME, g_strdup_printf ("Firma %u", g_rand_int (writer->random)));
  crm_values_set_text (values, CRM_CLIENT_PHONE, "+90 212 555 01 42");
  crm_values_set_text (values, CRM_CLIENT_TAGS, "fault, test");
  id = crm_store_save (writer->store, values, &error);
  g_assert_no_error (error);
  g_array_append_val (writer->clients, id);
  acknowledge (writer);
}

static void
edit_client (Writer *writer)
{
  guint n = writer->clients->len;
  g_autoptr (CrmValues) values = NULL;
  g_autoptr (GError) error = NULL;

  if (n == 0)
    return;
  values = crm_values_new (&crm_client, g_array_index (writer->clients, gint64, g_rand_int_range (writer->random, 0, (gint32) n)));
  crm_values_take_text (values, CRM_CLIENT_CITY, g_strdup_printf ("Şehir %u", g_rand_int (writer->random)));
  /* An undo may have taken it away. */
  if (crm_store_save (writer->store, values, &error) != 0)
    acknowledge (writer);
}

static void
import_list (Writer *writer)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (CrmImportOptions) options = crm_import_options_new (writer->list, &error);
  CrmImportRun run = { .options = options };

  g_assert_no_error (error);
  options->match = CRM_MATCH_NONE;
  crm_store_step (writer->store, "", crm_import_run, &run, NULL, &error);
  g_assert_no_error (error);
  crm_import_result_free (run.result);
  acknowledge (writer);
}

static void
take_back (Writer   *writer,
           gboolean  redo)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *label = crm_store_undo (writer->store, redo, &error);

  if (label != NULL)
    acknowledge (writer);
}

static gpointer
write_backup (CrmDb         *db,
              gpointer       data,
              GCancellable  *cancellable,
              GError       **error)
{
  return crm_backup_write (db, data, error) ? data : NULL;
}

static void
back_up (Writer *writer)
{
  g_autofree char *path = g_strdup_printf ("%s/%u.db", writer->folder, writer->n_backups++ % 3);
  g_autoptr (GError) error = NULL;

  crm_store_maintain (writer->store, write_backup, path, NULL, &error);
  g_assert_no_error (error);
  printf ("backup %s\n", path);
  fflush (stdout);
}

static void
write_something (Writer *writer)
{
  int dice = g_rand_int_range (writer->random, 0, 100);

  if (dice < 30)
    make_client (writer);
  else if (dice < 70)
    edit_client (writer);
  else if (dice < 78)
    import_list (writer);
  else if (dice < 88)
    take_back (writer, FALSE);
  else if (dice < 94)
    take_back (writer, TRUE);
  else
    back_up (writer);
}

int
main (int    argc,
      char **argv)
{
  Writer writer = { 0 };
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (argc, ==, 5);
  writer.store = crm_store_open (argv[1], TRUE, &error);
  g_assert_no_error (error);
  writer.random = g_rand_new_with_seed ((guint32) g_ascii_strtoull (argv[2], NULL, 10));
  writer.clients = g_array_new (FALSE, FALSE, sizeof (gint64));
  writer.list = argv[3];
  writer.folder = argv[4];
  for (;;)
    write_something (&writer);
}
