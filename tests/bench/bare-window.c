/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <adwaita.h>
#include <stdlib.h>

#include "bare-model.h"

#define N_LABELS 10000
#define LABELS_A_DAY 24
/* As much of the window as the timeline has */
#define LABELS_WIDTH 706
#define LABELS_HEIGHT 540
/* Above and below each, so that a label of three lines is as high as a row of the timeline */
#define LABEL_MARGIN 7

/*
 * What the program's window is measured against: windows of the toolkit's own widgets with nothing around them.
 *   bare-window empty             AdwApplicationWindow with a header bar
 *   bare-window table DATABASE    and a table of the clients, all texts in memory
 *   bare-window labels            and a list of 10,000 labels, as large as the timeline of the same window, each with the lines that one row
 *                                 there shows: the day if it is the first of one, subject and time, channel and outcome, text. So rows are as
 *                                 high, and as many are to be seen; no icons, one font, and nothing is ever read
 *   bare-window search DATABASE   and a table of the clients with an entry above, which searches as one types
 */

static const struct {
  const char *title;
  int         width;
} columns[BARE_N_COLUMNS] = {
  { "Name", 280 }, { "Kind", 120 }, { "Segment", 160 }, { "Grade", 120 }, { "Phone", 160 }, { "E-mail", 220 }, { "City", 140 },
};

typedef struct {
  const char *mode;
  const char *database;
} Arguments;

static void
on_setup (GtkSignalListItemFactory *factory,
          GtkListItem              *item)
{
  GtkWidget *cell = gtk_inscription_new (NULL);

  gtk_inscription_set_text_overflow (GTK_INSCRIPTION (cell), GTK_INSCRIPTION_OVERFLOW_ELLIPSIZE_END);
  gtk_inscription_set_min_chars (GTK_INSCRIPTION (cell), 0);
  gtk_list_item_set_child (item, cell);
}

static void
on_bind (GtkSignalListItemFactory *factory,
         GtkListItem              *item,
         gpointer                  column)
{
  bare_row_set_cell (gtk_list_item_get_item (item), GPOINTER_TO_UINT (column), GTK_INSCRIPTION (gtk_list_item_get_child (item)));
}

static void
on_unbind (GtkSignalListItemFactory *factory,
           GtkListItem              *item,
           gpointer                  column)
{
  bare_row_set_cell (gtk_list_item_get_item (item), GPOINTER_TO_UINT (column), NULL);
}

static GtkWidget *
create_table (BareModel *model)
{
  GtkWidget *view = gtk_column_view_new (GTK_SELECTION_MODEL (gtk_single_selection_new (G_LIST_MODEL (model))));
  GtkWidget *scroller = gtk_scrolled_window_new ();

  for (guint i = 0; i < BARE_N_COLUMNS; i++)
    {
      GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
      g_autoptr (GtkColumnViewColumn) column = NULL;

      g_signal_connect (factory, "setup", G_CALLBACK (on_setup), NULL);
      g_signal_connect (factory, "bind", G_CALLBACK (on_bind), GUINT_TO_POINTER (i));
      g_signal_connect (factory, "unbind", G_CALLBACK (on_unbind), GUINT_TO_POINTER (i));
      column = gtk_column_view_column_new (columns[i].title, factory);
      gtk_column_view_column_set_fixed_width (column, columns[i].width);
      gtk_column_view_column_set_resizable (column, TRUE);
      gtk_column_view_column_set_expand (column, i == 0);
      gtk_column_view_append_column (GTK_COLUMN_VIEW (view), column);
    }
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), view);
  gtk_widget_set_vexpand (scroller, TRUE);
  return scroller;
}

static void
on_label_setup (GtkSignalListItemFactory *factory,
                GtkListItem              *item)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_widget_set_margin_top (label, LABEL_MARGIN);
  gtk_widget_set_margin_bottom (label, LABEL_MARGIN);
  gtk_list_item_set_child (item, label);
}

static void
on_label_bind (GtkSignalListItemFactory *factory,
               GtkListItem              *item)
{
  gtk_label_set_text (GTK_LABEL (gtk_list_item_get_child (item)), gtk_string_object_get_string (gtk_list_item_get_item (item)));
}

static GtkWidget *
create_labels (void)
{
  GtkStringList *texts = gtk_string_list_new (NULL);
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  GtkWidget *scroller = gtk_scrolled_window_new ();

  for (guint i = 0; i < N_LABELS; i++)
    gtk_string_list_take (texts, g_strdup_printf ("%sConversation %u  %02u:13\n%s · Reached · 5 min\n"
                                                  "They want an offer for the whole year, with the prices of last spring.",
                                                  i % LABELS_A_DAY == 0 ? "Saturday, 4 January 2025\n" : "", N_LABELS - i,
                                                  LABELS_A_DAY - 1 - i % LABELS_A_DAY, i % 3 == 0 ? "E-mail" : "Phone call"));
  g_signal_connect (factory, "setup", G_CALLBACK (on_label_setup), NULL);
  g_signal_connect (factory, "bind", G_CALLBACK (on_label_bind), NULL);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller),
                                 gtk_list_view_new (GTK_SELECTION_MODEL (gtk_no_selection_new (G_LIST_MODEL (texts))), factory));
  gtk_widget_set_size_request (scroller, LABELS_WIDTH, LABELS_HEIGHT);
  gtk_widget_set_halign (scroller, GTK_ALIGN_END);
  gtk_widget_set_valign (scroller, GTK_ALIGN_END);
  gtk_widget_set_vexpand (scroller, TRUE);
  return scroller;
}

static void
on_text_changed (GtkEditable *entry,
                 BareModel   *model)
{
  bare_model_search (model, gtk_editable_get_text (entry));
}

static void
on_activate (GtkApplication *application,
             Arguments      *arguments)
{
  GtkWidget *window = adw_application_window_new (application);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *entry = NULL;

  gtk_window_set_default_size (GTK_WINDOW (window), 1400, 900);
  gtk_window_set_title (GTK_WINDOW (window), "Bare window");
  gtk_box_append (GTK_BOX (box), adw_header_bar_new ());
  if (arguments->database != NULL)
    {
      gboolean search = g_str_equal (arguments->mode, "search");
      BareModel *model = bare_model_new (arguments->database, !search);

      if (search)
        {
          entry = gtk_entry_new ();
          g_signal_connect (entry, "changed", G_CALLBACK (on_text_changed), model);
          gtk_box_append (GTK_BOX (box), entry);
        }
      gtk_box_append (GTK_BOX (box), create_table (model));
    }
  if (g_str_equal (arguments->mode, "labels"))
    gtk_box_append (GTK_BOX (box), create_labels ());
  adw_application_window_set_content (ADW_APPLICATION_WINDOW (window), box);
  if (entry != NULL)
    gtk_widget_grab_focus (entry);
  gtk_window_present (GTK_WINDOW (window));
}

int
main (int   argc,
      char *argv[])
{
  g_autoptr (AdwApplication) application = adw_application_new ("com.example.CrmBareWindow", G_APPLICATION_DEFAULT_FLAGS);
  Arguments arguments = { NULL };

  if (argc == 2 && (g_str_equal (argv[1], "empty") || g_str_equal (argv[1], "labels")))
    arguments.mode = argv[1];
  else if (argc == 3 && (g_str_equal (argv[1], "table") || g_str_equal (argv[1], "search")))
    arguments = (Arguments) { argv[1], argv[2] };
  else
    {
      g_printerr ("usage: bare-window empty | labels | table DATABASE | search DATABASE\n");
      return 2;
    }
  g_signal_connect (application, "activate", G_CALLBACK (on_activate), &arguments);
  return g_application_run (G_APPLICATION (application), 1, argv);
}
