/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Every page, dialog and popover: all that can be operated is come to by the Tab key, or by the arrows in a list that the Tab key comes to. */
#include "crm-config.h"

#include <adwaita.h>
#include <glib/gstdio.h>

#include "crm-address.h"
#include "crm-client.h"
#include "crm-contact-point.h"
#include "crm-interaction.h"
#include "crm-person.h"
#include "crm-progress.h"
#include "crm-saved-view.h"
#include "crm-tab-walk.h"
#include "crm-task.h"
#include "crm-test-store.h"
#include "crm-window.h"

#define LIST \
  "Name;City;Phone;E-mail\n" \
  "Ege Zeytin;İzmir;0232 555 01 10;bilgi@ege.example\n" \
  "Kuzey Nakliyat;Bursa;0224 555 01 42;depo@kuzey.example\n" \
  ";Ankara;;\n"

static gint64 first_client, first_person;

static GtkWidget *
open_dialog (GtkWidget  *window,
             const char *command,
             const char *sign)
{
  GtkWidget *dialog = NULL;

  crm_window_run_command (CRM_WINDOW (window), command);
  dialog = crm_inside_await_dialog (command);
  crm_inside_await_sign (dialog, sign);
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
  crm_inside_close_dialog (dialog);
}

/* Places */

static GtkWidget *
open_filters (GtkWidget *window)
{
  crm_inside_click (crm_inside_find_called (window, "Add a filter"));
  return crm_inside_await_popover (window, "filters");
}

static void
activate_row (GtkWidget *popover,
              guint      n)
{
  g_signal_emit_by_name (crm_inside_find_nth (popover, "GtkListBoxRow", n), "activate");
}

/* All fields, and the values of each. The last rows are filters themselves, which leave when they are in force. */
static void
check_filters (GtkWidget *window)
{
  GtkWidget *popover = open_filters (window);
  guint i;

  crm_tab_check (popover, "filters");
  for (i = 0; crm_inside_find_nth (popover, "GtkListBoxRow", i) != NULL; i++)
    {
      g_autofree char *place = g_strdup_printf ("values of filter %u", i);

      activate_row (popover, i);
      crm_inside_await_frames (window, 2);
      if (gtk_widget_get_mapped (popover))
        crm_tab_check_popover (window, place);
      popover = open_filters (window);
    }
  g_assert_cmpuint (i, >, 5);
  activate_row (popover, 0);
  crm_inside_await_sign (popover, "GtkCheckButton");
  activate_row (popover, 0);
  crm_inside_close_popover (popover, "filters");
  crm_tab_check (window, "list with filters");
}

static void
show_empty (GtkWidget *window,
            CrmTest   *test)
{
  crm_inside_await_sign (window, "CrmEmptyPage");
  crm_tab_check (window, "empty base");
  crm_tab_check_popovers (window, "empty base");
  check_dialog (window, "win.sample-data", "GtkSpinButton");
  check_dialog (window, "win.new-client", "CrmTextRow");
  check_dialog (window, "win.new-person", "CrmTextRow");
  check_dialog (window, "win.palette", "CrmPaletteRow");
  check_dialog (window, "app.about", "GtkLabel");
}

static void
show_preferences (GtkWidget *window,
                  CrmTest   *test)
{
  GtkWidget *dialog = open_dialog (window, "win.preferences", "AdwComboRow");
  GtkWidget *page = NULL;

  crm_tab_check (dialog, "preferences");
  page = gtk_widget_get_parent (crm_inside_find (dialog, "AdwPreferencesPage", NULL));
  for (page = gtk_widget_get_first_child (page); page != NULL; page = gtk_widget_get_next_sibling (page))
    {
      adw_preferences_window_set_visible_page (ADW_PREFERENCES_WINDOW (dialog), ADW_PREFERENCES_PAGE (page));
      crm_tab_check (dialog, adw_preferences_page_get_title (ADW_PREFERENCES_PAGE (page)));
    }
  crm_inside_close_dialog (dialog);
}

static void
show_list (GtkWidget *window,
           CrmTest   *test)
{
  crm_inside_await_sign (window, "CrmListRow");
  crm_tab_check (window, "list");
  g_assert_cmpuint (crm_tab_check_popovers (window, "list"), >=, 3);
  crm_window_run_command (CRM_WINDOW (window), "list.select-all");
  crm_inside_await_sign (window, "CrmBulkBar");
  gtk_widget_grab_focus (gtk_widget_get_parent (crm_inside_find (window, "CrmListRow", NULL)));
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
show_new_client (GtkWidget *window,
                 CrmTest   *test)
{
  GtkWidget *dialog = NULL;

  crm_inside_await_sign (window, "CrmListRow");
  dialog = open_dialog (window, "win.new-client", "CrmTextRow");
  gtk_editable_set_text (GTK_EDITABLE (crm_inside_find (dialog, "CrmTextRow", NULL)), "Akın Makine");
  crm_inside_await_sign (dialog, "AdwActionRow");
  crm_tab_check (dialog, "new client like another");
  crm_inside_close_dialog (dialog);
}

static void
show_progress (GtkWidget *window,
               CrmTest   *test)
{
  CrmProgress *progress = crm_progress_new (window, "Counting", 0);

  crm_tab_check (crm_inside_await_dialog ("the progress"), "progress");
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
  gtk_root_set_focus (GTK_ROOT (window), crm_inside_find (window, "GtkButton", NULL));
  crm_window_run_command (CRM_WINDOW (window), command);
  crm_inside_await (is_writing, window, command);
  /* Nobody writes before it has been scrolled to */
  crm_inside_await_frames (window, 3);
  gtk_editable_set_text (GTK_EDITABLE (gtk_root_get_focus (GTK_ROOT (window))), text);
  crm_tab_check (window, command);
  g_assert_false (crm_inside_has_popover (window));
}

static void
show_card (GtkWidget *window,
           CrmTest   *test)
{
  crm_window_open (CRM_WINDOW (window), &crm_client, first_client);
  crm_inside_await_sign (window, "CrmAddressRow");
  crm_tab_check (window, "card");
  g_assert_cmpuint (crm_tab_check_popovers (window, "card"), >=, 8);
  write_into_new (window, "record.add-tag", "bayi");
  write_into_new (window, "record.add-address", "Sanayi Cad. 8");
  write_into_new (window, "record.add-email", "depo@agaoglu.example");
  write_into_new (window, "record.add-person", "Al");
  crm_window_run_command (CRM_WINDOW (window), "record.history");
  crm_inside_await_sign (window, "CrmHistoryView");
  crm_tab_check (window, "history of a client");
}

/* Tasks, conversations, documents */
static void
show_work (GtkWidget *window,
           CrmTest   *test)
{
  GtkWidget *stack = NULL;
  GtkWidget *page = NULL;

  crm_window_open (CRM_WINDOW (window), &crm_client, first_client);
  crm_inside_await_sign (window, "CrmTaskRow");
  crm_tab_check (window, "card with tasks");
  adw_expander_row_set_expanded (ADW_EXPANDER_ROW (crm_inside_find (window, "CrmTaskRow", NULL)), TRUE);
  crm_tab_check (window, "task");
  crm_tab_check_popovers (window, "task");
  check_dialog (window, "win.log", "GtkTextView");
  stack = gtk_widget_get_ancestor (crm_inside_find (window, "CrmTaskRow", NULL), GTK_TYPE_STACK);
  for (page = gtk_widget_get_first_child (stack); page != NULL; page = gtk_widget_get_next_sibling (page))
    {
      g_autofree char *place = g_strdup_printf ("tab %s of a card", gtk_stack_page_get_name (gtk_stack_get_page (GTK_STACK (stack), page)));

      gtk_stack_set_visible_child (GTK_STACK (stack), page);
      crm_inside_await_frames (window, 3);
      crm_tab_check (window, place);
    }
}

static void
show_person (GtkWidget *window,
             CrmTest   *test)
{
  GtkWidget *consent = NULL;

  crm_window_run_command (CRM_WINDOW (window), "win.page::people");
  crm_window_open (CRM_WINDOW (window), &crm_person, first_person);
  crm_inside_await_sign (window, "CrmPositionRow");
  crm_tab_check (window, "person");
  g_assert_cmpuint (crm_tab_check_popovers (window, "person"), >=, 6);
  consent = crm_inside_find (crm_inside_await_sign (window, "CrmConsentSection"), "GtkButton", NULL);
  gtk_widget_grab_focus (consent);
  crm_inside_await_frames (window, 3);
  crm_inside_click (consent);
  crm_tab_check_popover (window, "consent");
  check_dialog (window, "record.data-of", "GtkButton");
  check_dialog (window, "record.erase", "GtkButton");
  write_into_new (window, "record.add-position", "Ak");
  check_dialog (window, "list.save-view", "GtkEntry");
}

static void
show_nothing_found (GtkWidget *window,
                    CrmTest   *test)
{
  crm_inside_await_sign (window, "CrmListRow");
  gtk_widget_grab_focus (gtk_widget_get_parent (crm_inside_find (window, "CrmListRow", NULL)));
  gtk_editable_set_text (GTK_EDITABLE (crm_inside_find (window, "GtkSearchEntry", NULL)), "xyzzy");
  crm_inside_await_sign (crm_inside_find (window, "CrmListPane", NULL), "AdwStatusPage");
  crm_tab_check (window, "nothing found");
}

static void
show_table (GtkWidget *window,
            CrmTest   *test)
{
  crm_inside_await_sign (window, "CrmListRow");
  crm_inside_click (crm_inside_find_called (window, "Show as Table"));
  crm_inside_await_sign (window, "GtkColumnView");
  crm_tab_check (window, "table");
  crm_tab_check_popovers (window, "table");
}

static void
show_duplicates (GtkWidget *window,
                 CrmTest   *test)
{
  crm_inside_await_sign (window, "CrmListRow");
  check_dialog (window, "win.duplicates", "CrmDuplicateRow");
  crm_window_run_command (CRM_WINDOW (window), "list.select-all");
  crm_inside_await_sign (window, "CrmBulkBar");
  check_dialog (window, "list.merge", "CrmMergeRow");
}

static void
show_trash (GtkWidget *window,
            CrmTest   *test)
{
  crm_inside_await_sign (window, "CrmListRow");
  crm_window_run_command (CRM_WINDOW (window), "list.select-all");
  crm_window_run_command (CRM_WINDOW (window), "list.bulk-delete");
  crm_inside_await_sign (window, "AdwToastWidget");
  crm_tab_check (window, "toast");
  crm_window_run_command (CRM_WINDOW (window), "win.page::trash");
  crm_inside_await_sign (window, "CrmListRow");
  crm_window_run_command (CRM_WINDOW (window), "list.select-all");
  crm_inside_await_sign (window, "CrmBulkBar");
  check_dialog (window, "list.purge", "GtkButton");
  crm_window_open (CRM_WINDOW (window), &crm_client, first_client);
  crm_inside_await_sign (window, "CrmAddressRow");
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
show_narrow (GtkWidget *window,
             CrmTest   *test)
{
  crm_inside_await_sign (window, "CrmListRow");
  gtk_window_set_default_size (GTK_WINDOW (window), 360, 640);
  crm_inside_await (is_narrow, window, "a narrow window");
  crm_tab_check (window, "narrow list");
  crm_window_run_command (CRM_WINDOW (window), "win.menu");
  crm_tab_check_popover (window, "main menu");
  crm_tab_check (window, "sidebar over the list");
  crm_window_run_command (CRM_WINDOW (window), "win.back");
  crm_window_open (CRM_WINDOW (window), &crm_client, first_client);
  crm_inside_await_sign (window, "CrmAddressRow");
  crm_tab_check (window, "narrow card");
}

static void
show_import (GtkWidget *window,
             CrmTest   *test)
{
  g_autofree char *path = crm_test_get_path (test, "list.csv");
  g_autoptr (GPtrArray) files = g_ptr_array_new_with_free_func (g_object_unref);
  GtkWidget *dialog = NULL;

  crm_test_write (path, LIST, -1);
  g_ptr_array_add (files, g_file_new_for_path (path));
  crm_window_import (CRM_WINDOW (window), files);
  dialog = crm_inside_await_dialog ("the import");
  crm_inside_await_sign (dialog, "CrmImportColumnRow");
  crm_tab_check (dialog, "columns of an import");
  adw_expander_row_set_expanded (ADW_EXPANDER_ROW (crm_inside_await_sign (dialog, "AdwExpanderRow")), TRUE);
  crm_tab_check (dialog, "format of an import");
  crm_inside_click (crm_inside_find (crm_inside_find (dialog, "CrmImportColumnRow", NULL), "GtkButton", NULL));
  crm_tab_check_popover (dialog, "fields of a column");
  adw_view_stack_set_visible_child_name (ADW_VIEW_STACK (crm_inside_await_sign (dialog, "AdwViewStack")), "result");
  crm_inside_await_sign (dialog, "CrmImportResultRow");
  crm_tab_check (dialog, "what an import would do");
  crm_inside_close_dialog (dialog);
}

static void
show_recovery (GtkWidget *window,
               CrmTest   *test)
{
  g_assert_cmpstr (G_OBJECT_TYPE_NAME (window), ==, "CrmRecoveryWindow");
  crm_inside_await_sign (window, "GtkButton");
  crm_tab_check (window, "recovery");
  g_assert_nonnull (crm_inside_find_nth (window, "GtkButton", 2));
}

/* This test itself: a button that the key does not come to, one in a row, and a text that keeps the key */
static void
show_missed (GtkWidget *window,
             CrmTest   *test)
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
  crm_inside_await_frames (dialog, 2);
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
  crm_test_save (store, &crm_task, 0, "name", "Send the price list", "client", "Ağaoğlu Gıda A.Ş.", "due", "2026-12-01", NULL);
  crm_test_save (store, &crm_task, 0, "name", "Ask for a date", "client", "Ağaoğlu Gıda A.Ş.", "next", "yes", NULL);
  crm_test_save (store, &crm_interaction, 0, "subject", "Samples", "client", "Ağaoğlu Gıda A.Ş.", "channel", "call", "at", "2026-11-20T10:00:00Z", NULL);
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
  crm_inside_run (test, show_empty);
}

static void
test_missed (CrmTest       *test,
             gconstpointer  data)
{
  crm_inside_run (test, show_missed);
}

static void
test_preferences (CrmTest       *test,
                  gconstpointer  data)
{
  crm_inside_run (test, show_preferences);
}

static void
test_list (CrmTest       *test,
           gconstpointer  data)
{
  add_clients (test);
  crm_inside_run (test, show_list);
}

static void
test_table (CrmTest       *test,
            gconstpointer  data)
{
  add_clients (test);
  crm_inside_run (test, show_table);
}

static void
test_nothing_found (CrmTest       *test,
                    gconstpointer  data)
{
  add_clients (test);
  crm_inside_run (test, show_nothing_found);
}

static void
test_card (CrmTest       *test,
           gconstpointer  data)
{
  add_clients (test);
  crm_inside_run (test, show_card);
}

static void
test_work (CrmTest       *test,
           gconstpointer  data)
{
  add_clients (test);
  crm_inside_run (test, show_work);
}

static void
test_person (CrmTest       *test,
             gconstpointer  data)
{
  add_clients (test);
  crm_inside_run (test, show_person);
}

static void
test_duplicates (CrmTest       *test,
                 gconstpointer  data)
{
  g_autoptr (CrmStore) store = crm_test_open_store (test);

  crm_test_save (store, &crm_client, 0, "name", "Kuzey Nakliyat", "city", "Bursa", "notes", "Bir", NULL);
  crm_test_save (store, &crm_client, 0, "name", "Kuzey Nakliyat A.Ş.", "city", "Mersin", "notes", "İki", NULL);
  crm_store_close (store);
  crm_inside_run (test, show_duplicates);
}

static void
test_trash (CrmTest       *test,
            gconstpointer  data)
{
  add_clients (test);
  crm_inside_run (test, show_trash);
}

static void
test_narrow (CrmTest       *test,
             gconstpointer  data)
{
  add_clients (test);
  crm_inside_run (test, show_narrow);
}

static void
test_import (CrmTest       *test,
             gconstpointer  data)
{
  add_clients (test);
  crm_inside_run (test, show_import);
}

static void
test_new_client (CrmTest       *test,
                 gconstpointer  data)
{
  add_clients (test);
  crm_inside_run (test, show_new_client);
}

static void
test_progress (CrmTest       *test,
               gconstpointer  data)
{
  add_clients (test);
  crm_inside_run (test, show_progress);
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
  crm_inside_run (test, show_recovery);
  g_free (backup.database);
}

static void
add_tests (void)
{
  crm_test_add_apart ("/tabs/missed", test_missed);
  crm_test_add_apart ("/tabs/empty", test_empty);
  crm_test_add_apart ("/tabs/preferences", test_preferences);
  crm_test_add_apart ("/tabs/list", test_list);
  crm_test_add_apart ("/tabs/nothing-found", test_nothing_found);
  crm_test_add_apart ("/tabs/table", test_table);
  crm_test_add_apart ("/tabs/card", test_card);
  crm_test_add_apart ("/tabs/work", test_work);
  crm_test_add_apart ("/tabs/person", test_person);
  crm_test_add_apart ("/tabs/duplicates", test_duplicates);
  crm_test_add_apart ("/tabs/trash", test_trash);
  crm_test_add_apart ("/tabs/narrow", test_narrow);
  crm_test_add_apart ("/tabs/import", test_import);
  crm_test_add_apart ("/tabs/new-client", test_new_client);
  crm_test_add_apart ("/tabs/progress", test_progress);
  crm_test_add_apart ("/tabs/recovery", test_recovery);
}

int
main (int    argc,
      char **argv)
{
  return crm_inside_main (argc, argv, add_tests);
}
