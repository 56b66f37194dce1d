/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Every page, dialog and popover: all that can be operated is come to by the Tab key, or by the arrows in a list that the Tab key comes to. */
#include "crm-config.h"

#include <adwaita.h>
#include <glib/gstdio.h>
#include <locale.h>
#include <signal.h>
#include <sys/prctl.h>

#include "crm-address.h"
#include "crm-application.h"
#include "crm-client.h"
#include "crm-contact-point.h"
#include "crm-person.h"
#include "crm-progress.h"
#include "crm-saved-view.h"
#include "crm-tab-walk.h"
#include "crm-test-store.h"
#include "crm-window.h"

#define LIST \
  "Name;City;Phone;E-mail\n" \
  "Ege Zeytin;İzmir;0232 555 01 10;bilgi@ege.example\n" \
  "Kuzey Nakliyat;Bursa;0224 555 01 42;depo@kuzey.example\n" \
  ";Ankara;;\n"

typedef void (*Scene) (GtkWidget *window);

static CrmTest *current;
static Scene    scene;
static gint64   first_client, first_person;

/* Windows */

static guint
count_windows (void)
{
  GListModel *windows = gtk_window_get_toplevels ();
  guint n = 0;
  guint i;

  for (i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWidget) window = g_list_model_get_item (windows, i);

      n += gtk_widget_get_mapped (window);
    }
  return n;
}

/* Not the main window, but what stands before it; without that the main window, or the one for recovery */
static GtkWidget *
get_front (void)
{
  GListModel *windows = gtk_window_get_toplevels ();
  GtkWidget *front = NULL;
  guint i;

  for (i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWidget) window = g_list_model_get_item (windows, i);

      if (gtk_widget_get_mapped (window) && (front == NULL || CRM_IS_WINDOW (front)))
        front = window;
    }
  return front;
}

static gboolean
has_windows (gpointer n)
{
  return count_windows () == GPOINTER_TO_UINT (n);
}

typedef struct {
  GtkWidget  *top;
  const char *type;
} Sign;

static gboolean
has_sign (gpointer data)
{
  const Sign *sign = data;

  return crm_tab_find (sign->top, sign->type, NULL) != NULL;
}

static GtkWidget *
await_sign (GtkWidget  *top,
            const char *type)
{
  crm_tab_await (has_sign, &(Sign) { top, type }, type);
  return crm_tab_find (top, type, NULL);
}

static void
close_dialog (GtkWidget *dialog)
{
  guint n = count_windows ();

  gtk_window_close (GTK_WINDOW (dialog));
  crm_tab_await (has_windows, GUINT_TO_POINTER (n - 1), "a dialog to close");
}

static GtkWidget *
open_dialog (GtkWidget  *window,
             const char *command,
             const char *sign)
{
  GtkWidget *dialog = NULL;

  crm_window_run_command (CRM_WINDOW (window), command);
  crm_tab_await (has_windows, GUINT_TO_POINTER (2), command);
  dialog = get_front ();
  await_sign (dialog, sign);
  return dialog;
}

static void
check_dialog (GtkWidget  *window,
              const char *command,
              const char *sign)
{
  GtkWidget *dialog = open_dialog (window, command, sign);

  crm_tab_check (dialog, command);
  crm_tab_check_popovers (dialog, command);
  close_dialog (dialog);
}

/* Places */

static void
click (GtkWidget *button)
{
  g_signal_emit_by_name (button, "clicked");
}

static GtkWidget *
open_filters (GtkWidget *window)
{
  click (crm_tab_find_called (window, "Add a filter"));
  return crm_tab_await_popover (window, "filters");
}

static void
activate_row (GtkWidget *popover,
              guint      n)
{
  g_signal_emit_by_name (crm_tab_find_nth (popover, "GtkListBoxRow", n), "activate");
}

/* All fields, and the values of each. The last rows are filters themselves, which leave when they are in force. */
static void
check_filters (GtkWidget *window)
{
  GtkWidget *popover = open_filters (window);
  guint i;

  crm_tab_check (popover, "filters");
  for (i = 0; crm_tab_find_nth (popover, "GtkListBoxRow", i) != NULL; i++)
    {
      g_autofree char *place = g_strdup_printf ("values of filter %u", i);

      activate_row (popover, i);
      crm_tab_await_frames (window, 2);
      if (gtk_widget_get_mapped (popover))
        crm_tab_check_popover (window, place);
      popover = open_filters (window);
    }
  g_assert_cmpuint (i, >, 5);
  activate_row (popover, 0);
  crm_tab_await (has_sign, &(Sign) { popover, "GtkCheckButton" }, "the values of a filter");
  activate_row (popover, 0);
  crm_tab_close_popover (popover, "filters");
  crm_tab_check (window, "list with filters");
}

static void
show_empty (GtkWidget *window)
{
  await_sign (window, "CrmEmptyPage");
  crm_tab_check (window, "empty base");
  crm_tab_check_popovers (window, "empty base");
  check_dialog (window, "win.sample-data", "GtkSpinButton");
  check_dialog (window, "win.new-client", "CrmTextRow");
  check_dialog (window, "win.new-person", "CrmTextRow");
  check_dialog (window, "win.palette", "CrmPaletteRow");
  check_dialog (window, "app.about", "GtkLabel");
}

static void
show_preferences (GtkWidget *window)
{
  GtkWidget *dialog = open_dialog (window, "win.preferences", "AdwComboRow");
  GtkWidget *page = NULL;

  crm_tab_check (dialog, "preferences");
  page = gtk_widget_get_parent (crm_tab_find (dialog, "AdwPreferencesPage", NULL));
  for (page = gtk_widget_get_first_child (page); page != NULL; page = gtk_widget_get_next_sibling (page))
    {
      adw_preferences_window_set_visible_page (ADW_PREFERENCES_WINDOW (dialog), ADW_PREFERENCES_PAGE (page));
      crm_tab_check (dialog, adw_preferences_page_get_title (ADW_PREFERENCES_PAGE (page)));
    }
  close_dialog (dialog);
}

static void
show_list (GtkWidget *window)
{
  await_sign (window, "CrmListRow");
  crm_tab_check (window, "list");
  g_assert_cmpuint (crm_tab_check_popovers (window, "list"), >=, 3);
  crm_window_run_command (CRM_WINDOW (window), "list.select-all");
  await_sign (window, "CrmBulkBar");
  gtk_widget_grab_focus (gtk_widget_get_parent (crm_tab_find (window, "CrmListRow", NULL)));
  crm_window_run_command (CRM_WINDOW (window), "list.context-menu");
  crm_tab_check_popover (window, "menu of the records");
  crm_tab_check (window, "all selected");
  check_dialog (window, "list.bulk-edit", "CrmBulkEditDialog");
  check_dialog (window, "list.bulk-tag", "GtkEntry");
  check_filters (window);
  check_dialog (window, "list.save-view", "GtkEntry");
}

/* A client of that name is there. */
static void
show_new_client (GtkWidget *window)
{
  GtkWidget *dialog = NULL;

  await_sign (window, "CrmListRow");
  dialog = open_dialog (window, "win.new-client", "CrmTextRow");
  gtk_editable_set_text (GTK_EDITABLE (crm_tab_find (dialog, "CrmTextRow", NULL)), "Akın Makine");
  await_sign (dialog, "AdwActionRow");
  crm_tab_check (dialog, "new client like another");
  close_dialog (dialog);
}

static void
show_progress (GtkWidget *window)
{
  CrmProgress *progress = crm_progress_new (window, "Counting", 0);

  crm_tab_await (has_windows, GUINT_TO_POINTER (2), "the progress");
  crm_tab_check (get_front (), "progress");
  crm_progress_free (progress);
}

static gboolean
is_writing (gpointer window)
{
  return GTK_IS_TEXT (gtk_root_get_focus (GTK_ROOT (window)));
}

/* What stays empty goes when the keyboard leaves it. */
static void
write_into_new (GtkWidget  *window,
                const char *command,
                const char *text)
{
  gtk_root_set_focus (GTK_ROOT (window), crm_tab_find (window, "GtkButton", NULL));
  crm_window_run_command (CRM_WINDOW (window), command);
  crm_tab_await (is_writing, window, command);
  gtk_editable_set_text (GTK_EDITABLE (gtk_root_get_focus (GTK_ROOT (window))), text);
  crm_tab_check (window, command);
  g_assert_false (crm_tab_has_popover (window));
}

static void
show_card (GtkWidget *window)
{
  crm_window_open (CRM_WINDOW (window), &crm_client, first_client);
  await_sign (window, "CrmAddressRow");
  crm_tab_check (window, "card");
  g_assert_cmpuint (crm_tab_check_popovers (window, "card"), >=, 8);
  write_into_new (window, "record.add-tag", "bayi");
  write_into_new (window, "record.add-address", "Sanayi Cad. 8");
  write_into_new (window, "record.add-email", "depo@agaoglu.example");
  write_into_new (window, "record.add-person", "Al");
  crm_window_run_command (CRM_WINDOW (window), "record.history");
  await_sign (window, "CrmHistoryView");
  crm_tab_check (window, "history of a client");
}

static void
show_person (GtkWidget *window)
{
  crm_window_run_command (CRM_WINDOW (window), "win.page::people");
  crm_window_open (CRM_WINDOW (window), &crm_person, first_person);
  await_sign (window, "CrmPositionRow");
  crm_tab_check (window, "person");
  g_assert_cmpuint (crm_tab_check_popovers (window, "person"), >=, 6);
  write_into_new (window, "record.add-position", "Ak");
  check_dialog (window, "list.save-view", "GtkEntry");
}

static void
show_nothing_found (GtkWidget *window)
{
  await_sign (window, "CrmListRow");
  gtk_widget_grab_focus (gtk_widget_get_parent (crm_tab_find (window, "CrmListRow", NULL)));
  gtk_editable_set_text (GTK_EDITABLE (crm_tab_find (window, "GtkSearchEntry", NULL)), "xyzzy");
  await_sign (crm_tab_find (window, "CrmListPane", NULL), "AdwStatusPage");
  crm_tab_check (window, "nothing found");
}

static void
show_table (GtkWidget *window)
{
  await_sign (window, "CrmListRow");
  click (crm_tab_find_called (window, "Show as Table"));
  await_sign (window, "GtkColumnView");
  crm_tab_check (window, "table");
  crm_tab_check_popovers (window, "table");
}

static void
show_duplicates (GtkWidget *window)
{
  await_sign (window, "CrmListRow");
  check_dialog (window, "win.duplicates", "CrmDuplicateRow");
  crm_window_run_command (CRM_WINDOW (window), "list.select-all");
  await_sign (window, "CrmBulkBar");
  check_dialog (window, "list.merge", "CrmMergeRow");
}

static void
show_trash (GtkWidget *window)
{
  await_sign (window, "CrmListRow");
  crm_window_run_command (CRM_WINDOW (window), "list.select-all");
  crm_window_run_command (CRM_WINDOW (window), "list.bulk-delete");
  await_sign (window, "AdwToastWidget");
  crm_tab_check (window, "toast");
  crm_window_run_command (CRM_WINDOW (window), "win.page::trash");
  await_sign (window, "CrmListRow");
  crm_window_run_command (CRM_WINDOW (window), "list.select-all");
  await_sign (window, "CrmBulkBar");
  check_dialog (window, "list.purge", "GtkButton");
  crm_window_open (CRM_WINDOW (window), &crm_client, first_client);
  await_sign (window, "CrmAddressRow");
  crm_tab_check (window, "trash");
  crm_tab_check_popovers (window, "trash");
  check_dialog (window, "win.history", "GtkListBoxRow");
}

static gboolean
is_narrow (gpointer window)
{
  return gtk_widget_get_width (window) <= 370;
}

static void
show_narrow (GtkWidget *window)
{
  await_sign (window, "CrmListRow");
  gtk_window_set_default_size (GTK_WINDOW (window), 360, 640);
  crm_tab_await (is_narrow, window, "a narrow window");
  crm_tab_check (window, "narrow list");
  crm_window_run_command (CRM_WINDOW (window), "win.menu");
  crm_tab_check_popover (window, "main menu");
  crm_tab_check (window, "sidebar over the list");
  crm_window_run_command (CRM_WINDOW (window), "win.back");
  crm_window_open (CRM_WINDOW (window), &crm_client, first_client);
  await_sign (window, "CrmAddressRow");
  crm_tab_check (window, "narrow card");
}

static void
show_import (GtkWidget *window)
{
  g_autofree char *path = crm_test_get_path (current, "list.csv");
  g_autoptr (GPtrArray) files = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  GtkWidget *dialog = NULL;

  crm_test_write (path, LIST, -1);
  g_ptr_array_add (files, g_steal_pointer (&file));
  crm_window_import (CRM_WINDOW (window), files);
  crm_tab_await (has_windows, GUINT_TO_POINTER (2), "the import");
  dialog = get_front ();
  await_sign (dialog, "CrmImportColumnRow");
  crm_tab_check (dialog, "columns of an import");
  adw_expander_row_set_expanded (ADW_EXPANDER_ROW (await_sign (dialog, "AdwExpanderRow")), TRUE);
  crm_tab_check (dialog, "format of an import");
  click (crm_tab_find (crm_tab_find (dialog, "CrmImportColumnRow", NULL), "GtkButton", NULL));
  crm_tab_check_popover (dialog, "fields of a column");
  adw_view_stack_set_visible_child_name (ADW_VIEW_STACK (await_sign (dialog, "AdwViewStack")), "result");
  await_sign (dialog, "CrmImportResultRow");
  crm_tab_check (dialog, "what an import would do");
  close_dialog (dialog);
}

static void
show_recovery (GtkWidget *window)
{
  g_assert_cmpstr (G_OBJECT_TYPE_NAME (window), ==, "CrmRecoveryWindow");
  await_sign (window, "GtkButton");
  crm_tab_check (window, "recovery");
  g_assert_nonnull (crm_tab_find_nth (window, "GtkButton", 2));
}

/* This test itself: a button that the key does not come to, one in a row, and a text that keeps the key */
static void
show_missed (GtkWidget *window)
{
  GtkWidget *dialog = gtk_window_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *list = gtk_list_box_new ();
  GtkWidget *view = gtk_text_view_new ();
  GtkWidget *buttons[] = { gtk_button_new (), gtk_button_new (), gtk_button_new () };
  g_autoptr (GPtrArray) missed = NULL;
  guint i;

  gtk_window_set_child (GTK_WINDOW (dialog), box);
  gtk_box_append (GTK_BOX (box), buttons[0]);
  gtk_box_append (GTK_BOX (box), buttons[1]);
  gtk_box_append (GTK_BOX (box), list);
  gtk_list_box_append (GTK_LIST_BOX (list), buttons[2]);
  gtk_box_append (GTK_BOX (box), view);
  gtk_window_present (GTK_WINDOW (dialog));
  crm_tab_await_frames (dialog, 2);
  gtk_text_view_set_accepts_tab (GTK_TEXT_VIEW (view), FALSE);
  for (i = 0; i <= G_N_ELEMENTS (buttons); i++)
    {
      gtk_window_set_focus (GTK_WINDOW (dialog), NULL);
      g_clear_pointer (&missed, g_ptr_array_unref);
      missed = crm_tab_find_missed (dialog, GTK_DIR_TAB_FORWARD);
      g_assert_cmpuint (missed->len, ==, i);
      if (i < G_N_ELEMENTS (buttons))
        gtk_widget_set_focusable (buttons[i], FALSE);
    }
  gtk_text_view_set_accepts_tab (GTK_TEXT_VIEW (view), TRUE);
  g_clear_pointer (&missed, g_ptr_array_unref);
  missed = crm_tab_find_missed (dialog, GTK_DIR_TAB_FORWARD);
  g_assert_cmpuint (missed->len, ==, i);
  gtk_window_destroy (GTK_WINDOW (dialog));
}

/* Running */

static gboolean
has_front (gpointer data)
{
  return get_front () != NULL;
}

static gboolean
run_scene (gpointer data)
{
  crm_tab_await (has_front, NULL, "a window");
  scene (get_front ());
  g_application_quit (g_application_get_default ());
  return G_SOURCE_REMOVE;
}

static void
run (CrmTest *test,
     Scene    what)
{
  current = test;
  scene = what;
  g_idle_add (run_scene, NULL);
  g_assert_cmpint (crm_application_run_window (test->database, 1, (char *[]) { (char *) "crm", NULL }), ==, 0);
}

static void
add_clients (CrmTest *test)
{
  g_autoptr (CrmStore) store = crm_test_open_store (test);
  g_autofree char *id = NULL;

  first_client = crm_test_save (store, &crm_client, 0, "name", "Ağaoğlu Gıda A.Ş.", "kind", "key_client", "city", "İstanbul", "phone", "+90 212 555 01 42",
                                "email", "bilgi@agaoglu.example", "tags", "fuar", NULL);
  id = g_strdup_printf ("%" G_GINT64_FORMAT, first_client);
  crm_test_save (store, &crm_contact_point, 0, "client", id, "kind", "mobile", "value", "+90 532 555 01 42", NULL);
  crm_test_save (store, &crm_address, 0, "client", id, "kind", "delivery", "street", "Liman Cad. 4", "city", "Bursa", NULL);
  first_person = crm_test_save (store, &crm_person, 0, "name", "Ali Demir", "firm", "Ağaoğlu Gıda A.Ş.", "role", "Buyer", "phone", "0212 555 01 42", NULL);
  crm_test_save (store, &crm_person, 0, "name", "Banu Kaya", "firm", "Ağaoğlu Gıda A.Ş.", NULL);
  crm_test_save (store, &crm_client, 0, "name", "Akın Makine", "city", "İzmir", "email", "satis@akin.example", NULL);
  crm_test_save (store, &crm_client, 0, "name", "Çınar Tekstil", "kind", "prospect", "city", "Bursa", NULL);
  crm_test_save (store, &crm_saved_view, 0, "name", "Bursa", "entity", "client", "query", "{\"text\":\"bursa\"}", NULL);
  crm_store_close (store);
}

static void
test_empty (CrmTest       *test,
            gconstpointer  data)
{
  run (test, show_empty);
}

static void
test_missed (CrmTest       *test,
             gconstpointer  data)
{
  run (test, show_missed);
}

static void
test_preferences (CrmTest       *test,
                  gconstpointer  data)
{
  run (test, show_preferences);
}

static void
test_list (CrmTest       *test,
          gconstpointer  data)
{
  add_clients (test);
  run (test, show_list);
}

static void
test_table (CrmTest       *test,
           gconstpointer  data)
{
  add_clients (test);
  run (test, show_table);
}

static void
test_nothing_found (CrmTest       *test,
                    gconstpointer  data)
{
  add_clients (test);
  run (test, show_nothing_found);
}

static void
test_card (CrmTest       *test,
          gconstpointer  data)
{
  add_clients (test);
  run (test, show_card);
}

static void
test_person (CrmTest       *test,
            gconstpointer  data)
{
  add_clients (test);
  run (test, show_person);
}

static void
test_duplicates (CrmTest       *test,
                 gconstpointer  data)
{
  g_autoptr (CrmStore) store = crm_test_open_store (test);

  crm_test_save (store, &crm_client, 0, "name", "Kuzey Nakliyat", "city", "Bursa", "notes", "Bir", NULL);
  crm_test_save (store, &crm_client, 0, "name", "Kuzey Nakliyat A.Ş.", "city", "Mersin", "notes", "İki", NULL);
  crm_store_close (store);
  run (test, show_duplicates);
}

static void
test_trash (CrmTest       *test,
           gconstpointer  data)
{
  add_clients (test);
  run (test, show_trash);
}

static void
test_narrow (CrmTest       *test,
            gconstpointer  data)
{
  add_clients (test);
  run (test, show_narrow);
}

static void
test_import (CrmTest       *test,
            gconstpointer  data)
{
  add_clients (test);
  run (test, show_import);
}

static void
test_new_client (CrmTest       *test,
                gconstpointer  data)
{
  add_clients (test);
  run (test, show_new_client);
}

static void
test_progress (CrmTest       *test,
              gconstpointer  data)
{
  add_clients (test);
  run (test, show_progress);
}

static void
test_recovery (CrmTest       *test,
               gconstpointer  data)
{
  g_autofree char *folder = crm_test_get_path (test, "backups");
  CrmTest backup = { folder, g_build_filename (folder, "crm.db-20260102T030405Z-daily.db", NULL) };

  g_assert_cmpint (g_mkdir (folder, 0700), ==, 0);
  add_clients (&backup);
  crm_test_write (test->database, "SQLite format 3, and nothing of a database behind it", -1);
  run (test, show_recovery);
  g_free (backup.database);
}

/* A screen */

static void
end_with_parent (gpointer data)
{
  prctl (PR_SET_PDEATHSIG, SIGKILL);
}

/* Returns: (nullable): %NULL: there is none. It ends with this program. */
static char *
start_screen (void)
{
  const char *command[] = { "Xvfb", "-displayfd", "1", "-screen", "0", "1600x1000x24", "-nolisten", "tcp", NULL };
  g_autoptr (GIOChannel) channel = NULL;
  g_autofree char *number = NULL;
  gsize end;
  int output;

  if (!g_spawn_async_with_pipes (NULL, (char **) command, NULL, G_SPAWN_SEARCH_PATH | G_SPAWN_DO_NOT_REAP_CHILD | G_SPAWN_STDERR_TO_DEV_NULL, end_with_parent, NULL, NULL, NULL,
                                 &output, NULL, NULL))
    return NULL;
  channel = g_io_channel_unix_new (output);
  if (g_io_channel_read_line (channel, &number, NULL, &end, NULL) != G_IO_STATUS_NORMAL)
    return NULL;
  return g_strdup_printf (":%.*s", (int) end, number);
}

/* Without animations a page has scrolled when the next key comes. */
static void
write_settings (CrmTest *home)
{
  g_autofree char *folder = crm_test_get_path (home, "gtk-4.0");
  g_autofree char *path = g_build_filename (folder, "settings.ini", NULL);

  g_assert_cmpint (g_mkdir (folder, 0700), ==, 0);
  crm_test_write (path, "[Settings]\ngtk-enable-animations=false\n", -1);
  g_setenv ("XDG_CONFIG_HOME", home->folder, TRUE);
}

int
main (int    argc,
      char **argv)
{
  CrmTest home = { NULL };
  int status;

  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);
  if (!g_test_subprocess ())
    {
      g_autofree char *screen = start_screen ();

      if (screen == NULL)
        {
          g_print ("1..0 # SKIP no window without Xvfb\n");
          return 0;
        }
      g_setenv ("DISPLAY", screen, TRUE);
      g_setenv ("GDK_BACKEND", "x11", TRUE);
      g_setenv ("GTK_A11Y", "none", TRUE);
      g_setenv ("GSK_RENDERER", "cairo", TRUE);
      g_setenv ("DBUS_SESSION_BUS_ADDRESS", "disabled:", TRUE);
      g_setenv ("LC_ALL", "C.UTF-8", TRUE);
      crm_test_set_up (&home, NULL);
      write_settings (&home);
    }
  crm_test_add_apart ("/tabs/missed", test_missed);
  crm_test_add_apart ("/tabs/empty", test_empty);
  crm_test_add_apart ("/tabs/preferences", test_preferences);
  crm_test_add_apart ("/tabs/list", test_list);
  crm_test_add_apart ("/tabs/nothing-found", test_nothing_found);
  crm_test_add_apart ("/tabs/table", test_table);
  crm_test_add_apart ("/tabs/card", test_card);
  crm_test_add_apart ("/tabs/person", test_person);
  crm_test_add_apart ("/tabs/duplicates", test_duplicates);
  crm_test_add_apart ("/tabs/trash", test_trash);
  crm_test_add_apart ("/tabs/narrow", test_narrow);
  crm_test_add_apart ("/tabs/import", test_import);
  crm_test_add_apart ("/tabs/new-client", test_new_client);
  crm_test_add_apart ("/tabs/progress", test_progress);
  crm_test_add_apart ("/tabs/recovery", test_recovery);
  status = g_test_run ();
  if (home.folder != NULL)
    crm_test_tear_down (&home, NULL);
  return status;
}
