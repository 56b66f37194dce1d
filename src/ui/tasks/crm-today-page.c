/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crm-config.h"

#include "crm-today-page.h"

#include <glib/gi18n-lib.h>

#include "crm-client.h"
#include "crm-display.h"
#include "crm-interaction.h"
#include "crm-number.h"
#include "crm-time.h"
#include "crm-step-entry.h"
#include "crm-task-steps.h"
#include "crm-task.h"
#include "crm-toaster.h"
#include "crm-today-item.h"
#include "crm-today.h"

#define FIRST_ROWS 10
#define MORE_ROWS 50
/* Seconds; how exactly the hour is known at which something becomes late */
#define TICK 30

struct _CrmTodayPage {
  AdwBin        parent_instance;

  CrmStore     *store;
  GSettings    *settings;
  GCancellable *cancellable;
  guint         limits[CRM_TODAY_N_PARTS];
  int           rhythms[CRM_TODAY_N_GRADES];
  char         *date;       /* that shows */
  guint         tick;       /* source */
  gint64        asked;      /* client whose next step is asked for; 0: none */

  GtkStack     *stack;
  GtkLabel     *day;
  GtkLabel     *summary;
  GtkWidget    *asking;     /* group */
  CrmStepEntry *entry;
  GtkWidget    *groups[CRM_TODAY_N_PARTS];
  GtkListBox   *lists[CRM_TODAY_N_PARTS];
  GtkWidget    *more[CRM_TODAY_N_PARTS];  /* rows */
};

G_DEFINE_FINAL_TYPE (CrmTodayPage, crm_today_page, ADW_TYPE_BIN)

static guint counted_signal;

static const char * const titles[CRM_TODAY_N_PARTS] = {
  [CRM_TODAY_LATE] = N_("Late"), [CRM_TODAY_NOW] = N_("Today"), [CRM_TODAY_COMING] = N_("Coming"), [CRM_TODAY_NO_STEP] = N_("Without a Next Step"),
  [CRM_TODAY_SILENT] = N_("Gone Quiet"), [CRM_TODAY_BIRTHDAYS] = N_("Birthdays"),
};

static void reload (CrmTodayPage *self);

/* Asking for the next step */

static void
ask (CrmTodayPage      *self,
     const CrmTodayRow *row,
     gboolean           is_done)
{
  g_autofree char *who = crm_display_line (row->who);
  g_autofree char *title = NULL;

  self->asked = row->client;
  /* Translators: %s is a client */
  title = g_markup_printf_escaped (is_done ? _("Done. What Comes Next at %s?") : _("Next Step at %s"), who);
  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (self->asking), title);
  crm_step_entry_open (self->entry, &crm_client, row->client);
  gtk_widget_set_visible (self->asking, TRUE);
  gtk_stack_set_visible_child_name (self->stack, "page");
  gtk_widget_grab_focus (GTK_WIDGET (self->entry));
}

/* Where the keyboard goes on when what had it is gone. */
static void
focus_first (CrmTodayPage *self)
{
  gtk_widget_child_focus (GTK_WIDGET (self), GTK_DIR_TAB_FORWARD);
}

static void
end_asking (CrmTodayPage *self)
{
  self->asked = 0;
  gtk_widget_set_visible (self->asking, FALSE);
  focus_first (self);
  reload (self);
}

static void
on_step_typed (CrmTodayPage *self,
               CrmValues    *typed)
{
  CrmValues *changes = crm_values_copy (typed);
  g_autofree char *name = crm_display_line (crm_values_get_text (typed, CRM_TASK_NAME));
  g_autofree char *label = g_strdup_printf (_("Next step: %s"), name);

  crm_values_set_reference (changes, CRM_TASK_CLIENT, self->asked, NULL);
  crm_values_set_integer (changes, CRM_TASK_NEXT, TRUE);
  crm_task_save (GTK_WIDGET (self), self->store, changes, label, label);
  crm_step_entry_clear (self->entry);
  end_asking (self);
}

/* Acting on a row */

static void
on_done (CrmTodayPage *self,
         CrmTodayItem *item)
{
  const CrmTodayRow *row = crm_today_item_get_row (item);
  g_autofree char *name = crm_display_line (row->what);

  crm_task_finish (GTK_WIDGET (self), self->store, row->task, name);
  if (row->is_next)
    ask (self, row, TRUE);
}

static void
on_plan (CrmTodayPage *self,
         CrmTodayItem *item)
{
  ask (self, crm_today_item_get_row (item), FALSE);
}

/* A client that has no task to wait gets one. */
static void
on_snooze (CrmTodayPage *self,
           const char   *date,
           CrmTodayItem *item)
{
  const CrmTodayRow *row = crm_today_item_get_row (item);
  g_autofree char *name = crm_display_line (row->task != 0 ? row->what : _("Get in touch"));
  g_autofree char *label = NULL;
  CrmValues *changes = NULL;

  if (row->task != 0)
    {
      crm_task_snooze (GTK_WIDGET (self), self->store, row->task, name, date);
      return;
    }
  changes = crm_values_new (&crm_task, 0);
  crm_values_set_text (changes, CRM_TASK_NAME, name);
  crm_values_set_reference (changes, CRM_TASK_CLIENT, row->client, NULL);
  crm_values_set_integer (changes, CRM_TASK_NEXT, TRUE);
  crm_values_set_text (changes, CRM_TASK_DUE, date);
  label = g_strdup_printf (_("Next step: %s"), name);
  crm_task_save (GTK_WIDGET (self), self->store, changes, label, label);
}

static void
on_more (CrmTodayPage *self,
         GtkWidget    *row)
{
  guint part = GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (row), "crm-part"));

  if (part == CRM_TODAY_NO_STEP)
    {
      gtk_widget_activate_action (GTK_WIDGET (self), "win.show-without-step", NULL);
      return;
    }
  self->limits[part] += MORE_ROWS;
  reload (self);
}

/* Showing */

static int
find_rhythm (CrmTodayPage      *self,
             const CrmTodayRow *row)
{
  int grade = row->detail != NULL ? row->detail[0] - 'A' : -1;

  return grade >= 0 && grade < CRM_TODAY_N_GRADES ? self->rhythms[grade] : 0;
}

static GtkWidget *
create_item (CrmTodayPage      *self,
             CrmTodayPart       part,
             const CrmTodayRow *row)
{
  GtkWidget *item = crm_today_item_new (part, row, find_rhythm (self, row));

  g_signal_connect_swapped (item, "done", G_CALLBACK (on_done), self);
  g_signal_connect_swapped (item, "plan", G_CALLBACK (on_plan), self);
  g_signal_connect_object (item, "snooze", G_CALLBACK (on_snooze), self, G_CONNECT_SWAPPED);
  return item;
}

/* The items of one part that are there already: sign → widget, not owned */
static GHashTable *
collect_items (CrmTodayPage *self,
               CrmTodayPart  part)
{
  GHashTable *items = g_hash_table_new (g_str_hash, g_str_equal);
  GtkListBoxRow *row;

  for (int i = 0; (row = gtk_list_box_get_row_at_index (self->lists[part], i)) != NULL; i++)
    if (CRM_IS_TODAY_ITEM (row))
      g_hash_table_insert (items, (char *) crm_today_item_get_sign (CRM_TODAY_ITEM (row)), row);
  return items;
}

/* What is there and the same stays, with the focus and what is open in it. */
static void
show_rows (CrmTodayPage *self,
           CrmTodayPart  part,
           GPtrArray    *rows)
{
  g_autoptr (GHashTable) items = collect_items (self, part);
  GtkWidget *focus = gtk_widget_get_focus_child (GTK_WIDGET (self->lists[part]));
  int focused = focus != NULL ? gtk_list_box_row_get_index (GTK_LIST_BOX_ROW (focus)) : -1;
  gboolean is_focus_gone = FALSE;
  GHashTableIter iter;
  gpointer item;

  for (guint i = 0; i < rows->len; i++)
    {
      g_autofree char *sign = crm_today_item_make_sign (part, rows->pdata[i], find_rhythm (self, rows->pdata[i]));

      item = g_hash_table_lookup (items, sign);
      g_hash_table_remove (items, sign);
      if (item == NULL)
        gtk_list_box_insert (self->lists[part], create_item (self, part, rows->pdata[i]), (int) i);
      else if (gtk_list_box_row_get_index (item) != (int) i)
        {
          g_object_ref (item);
          gtk_list_box_remove (self->lists[part], item);
          gtk_list_box_insert (self->lists[part], item, (int) i);
          g_object_unref (item);
        }
    }
  g_hash_table_iter_init (&iter, items);
  while (g_hash_table_iter_next (&iter, NULL, &item))
    {
      is_focus_gone |= item == focus;
      gtk_list_box_remove (self->lists[part], item);
    }
  if (is_focus_gone && !gtk_widget_get_visible (self->asking))
    {
      GtkListBoxRow *next = gtk_list_box_get_row_at_index (self->lists[part], MIN (focused, MAX ((int) rows->len - 1, 0)));

      if (next != NULL && rows->len > 0)
        gtk_widget_grab_focus (GTK_WIDGET (next));
    }
}

static void
show_part (CrmTodayPage *self,
           CrmToday     *today,
           CrmTodayPart  part)
{
  guint count = today->counts[part];
  g_autofree char *number = crm_number_format (count);
  g_autofree char *title = count > today->rows[part]->len ? g_strdup_printf ("%s · %s", _(titles[part]), number) : g_strdup (_(titles[part]));
  g_autofree char *all = crm_number_fill (_("Show All %s"), count);

  show_rows (self, part, today->rows[part]);
  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (self->groups[part]), title);
  gtk_widget_set_visible (self->groups[part], count > 0);
  gtk_widget_set_visible (self->more[part], count > today->rows[part]->len);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->more[part]), part == CRM_TODAY_NO_STEP ? all : _("Show More"));
}

static void
show_heading (CrmTodayPage *self,
              CrmToday     *today)
{
  static const struct {
    CrmTodayPart part;
    const char  *words;
  } words[] = {
    { CRM_TODAY_LATE, N_("%s late") },
    { CRM_TODAY_NOW, N_("%s today") },
    { CRM_TODAY_COMING, N_("%s coming") },
    { CRM_TODAY_SILENT, N_("%s quiet") },
  };
  g_autofree char *day = crm_time_format_near_day (crm_time_now ());
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    {
      guint count = today->counts[words[i].part];
      g_autofree char *word = crm_number_fill (_(words[i].words), count);

      if (count > 0)
        g_string_append_printf (text, "%s%s", text->len > 0 ? " · " : "", word);
    }
  gtk_label_set_text (self->day, day);
  gtk_label_set_text (self->summary, text->len > 0 ? text->str : _("Nothing is late, and nothing is due today."));
}

static void
show (CrmTodayPage *self,
      CrmToday     *today)
{
  guint all = 0;

  for (CrmTodayPart part = 0; part < CRM_TODAY_N_PARTS; part++)
    {
      show_part (self, today, part);
      all += today->counts[part];
    }
  show_heading (self, today);
  gtk_stack_set_visible_child_name (self->stack, all > 0 || self->asked != 0 ? "page" : "empty");
  g_signal_emit (self, counted_signal, 0, today->counts[CRM_TODAY_LATE], today->counts[CRM_TODAY_NOW]);
}

/* Reading */

/* On the reader's thread. */
static gpointer
read_today (CrmDb         *db,
            gpointer       request,
            GCancellable  *cancellable,
            GError       **error)
{
  return crm_today_read (db, request, error);
}

static void
on_read (GObject      *source,
         GAsyncResult *result,
         gpointer      data)
{
  g_autoptr (CrmTodayPage) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (CrmToday) today = crm_store_read_finish (CRM_STORE (source), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || self->store == NULL)
    return;
  if (today != NULL)
    show (self, today);
  else if (gtk_widget_get_root (GTK_WIDGET (self)) != NULL)
    crm_toast_error (GTK_WIDGET (self), error);
}

static void
cancel (CrmTodayPage *self)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
}

static void
reload (CrmTodayPage *self)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_autoptr (GVariant) rhythms = g_settings_get_value (self->settings, "rhythms");
  CrmTodayRequest *request = g_new (CrmTodayRequest, 1);

  crm_today_request_init (request, now, FIRST_ROWS);
  g_variant_get (rhythms, "(iiii)", &self->rhythms[0], &self->rhythms[1], &self->rhythms[2], &self->rhythms[3]);
  memcpy (request->rhythms, self->rhythms, sizeof self->rhythms);
  memcpy (request->limits, self->limits, sizeof self->limits);
  g_free (self->date);
  self->date = g_strdup (request->date);
  cancel (self);
  self->cancellable = g_cancellable_new ();
  crm_store_read_async (self->store, read_today, request, g_free, (GDestroyNotify) crm_today_free, self->cancellable, on_read, g_object_ref (self));
}

static void
on_store_changed (CrmTodayPage *self,
                  CrmChangeSet *changes)
{
  static const CrmEntity * const entities[] = { &crm_task, &crm_client, &crm_person, &crm_interaction };

  for (guint i = 0; i < G_N_ELEMENTS (entities); i++)
    if (crm_change_set_touches_entity (changes, entities[i]))
      {
        reload (self);
        return;
      }
}

static gboolean
on_tick (gpointer data)
{
  CrmTodayPage *self = data;
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_autofree char *date = g_date_time_format (now, "%Y-%m-%d");
  GtkListBoxRow *row;

  if (g_strcmp0 (date, self->date) != 0)
    {
      reload (self);
      return G_SOURCE_CONTINUE;
    }
  for (int i = 0; (row = gtk_list_box_get_row_at_index (self->lists[CRM_TODAY_NOW], i)) != NULL; i++)
    if (CRM_IS_TODAY_ITEM (row))
      crm_today_item_refresh (CRM_TODAY_ITEM (row));
  return G_SOURCE_CONTINUE;
}

/* The class */

static void
crm_today_page_dispose (GObject *object)
{
  CrmTodayPage *self = CRM_TODAY_PAGE (object);

  cancel (self);
  g_clear_handle_id (&self->tick, g_source_remove);
  g_clear_object (&self->store);
  g_clear_object (&self->settings);
  G_OBJECT_CLASS (crm_today_page_parent_class)->dispose (object);
}

static void
crm_today_page_finalize (GObject *object)
{
  g_free (CRM_TODAY_PAGE (object)->date);
  G_OBJECT_CLASS (crm_today_page_parent_class)->finalize (object);
}

static void
crm_today_page_class_init (CrmTodayPageClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = crm_today_page_dispose;
  G_OBJECT_CLASS (klass)->finalize = crm_today_page_finalize;
  counted_signal = g_signal_new ("counted", CRM_TYPE_TODAY_PAGE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 2, G_TYPE_UINT, G_TYPE_UINT);
}

static GtkWidget *
create_empty (void)
{
  GtkWidget *page = adw_status_page_new ();

  adw_status_page_set_icon_name (ADW_STATUS_PAGE (page), "emblem-ok-symbolic");
  adw_status_page_set_title (ADW_STATUS_PAGE (page), _("Well Done"));
  adw_status_page_set_description (ADW_STATUS_PAGE (page),
                                   _("Nothing is late, every client has a next step, and nobody has gone quiet. Enjoy your day."));
  return page;
}

static GtkWidget *
create_heading (CrmTodayPage *self)
{
  GtkWidget *heading = gtk_box_new (GTK_ORIENTATION_VERTICAL, 4);

  self->day = GTK_LABEL (gtk_label_new (NULL));
  self->summary = GTK_LABEL (gtk_label_new (NULL));
  gtk_label_set_xalign (self->day, 0);
  gtk_label_set_xalign (self->summary, 0);
  gtk_label_set_wrap (self->day, TRUE);
  gtk_label_set_wrap (self->summary, TRUE);
  gtk_widget_add_css_class (GTK_WIDGET (self->day), "title-2");
  gtk_widget_add_css_class (GTK_WIDGET (self->summary), "dim-label");
  gtk_box_append (GTK_BOX (heading), GTK_WIDGET (self->day));
  gtk_box_append (GTK_BOX (heading), GTK_WIDGET (self->summary));
  return heading;
}

static GtkWidget *
create_asking (CrmTodayPage *self)
{
  self->asking = adw_preferences_group_new ();
  self->entry = CRM_STEP_ENTRY (crm_step_entry_new (self->store, _("What is to be done"), "next-step"));
  crm_step_entry_set_can_cancel (self->entry, TRUE);
  gtk_widget_add_css_class (GTK_WIDGET (self->entry), "next-step");
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self->asking), GTK_WIDGET (self->entry));
  gtk_widget_set_visible (self->asking, FALSE);
  g_signal_connect_swapped (self->entry, "save", G_CALLBACK (on_step_typed), self);
  g_signal_connect_swapped (self->entry, "cancel", G_CALLBACK (end_asking), self);
  return self->asking;
}

static GtkWidget *
create_part (CrmTodayPage *self,
             CrmTodayPart  part)
{
  self->groups[part] = adw_preferences_group_new ();
  self->lists[part] = GTK_LIST_BOX (gtk_list_box_new ());
  self->more[part] = adw_action_row_new ();
  gtk_list_box_set_selection_mode (self->lists[part], GTK_SELECTION_NONE);
  gtk_widget_add_css_class (GTK_WIDGET (self->lists[part]), "boxed-list");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->lists[part]), GTK_ACCESSIBLE_PROPERTY_LABEL, _(titles[part]), -1);
  g_object_set_data (G_OBJECT (self->more[part]), "crm-part", GUINT_TO_POINTER (part));
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (self->more[part]), TRUE);
  gtk_widget_add_css_class (self->more[part], "add-row");
  g_signal_connect_swapped (self->more[part], "activated", G_CALLBACK (on_more), self);
  gtk_list_box_append (self->lists[part], self->more[part]);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self->groups[part]), GTK_WIDGET (self->lists[part]));
  return self->groups[part];
}

static GtkWidget *
create_page (CrmTodayPage *self)
{
  GtkWidget *scroller = gtk_scrolled_window_new ();
  GtkWidget *clamp = adw_clamp_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 24);

  gtk_box_append (GTK_BOX (box), create_heading (self));
  gtk_box_append (GTK_BOX (box), create_asking (self));
  for (CrmTodayPart part = 0; part < CRM_TODAY_N_PARTS; part++)
    gtk_box_append (GTK_BOX (box), create_part (self, part));
  gtk_widget_add_css_class (box, "today");
  adw_clamp_set_maximum_size (ADW_CLAMP (clamp), 760);
  adw_clamp_set_child (ADW_CLAMP (clamp), box);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), clamp);
  return scroller;
}

static void
crm_today_page_init (CrmTodayPage *self)
{
  self->stack = GTK_STACK (gtk_stack_new ());
  gtk_stack_add_named (self->stack, adw_bin_new (), "reading");
  gtk_stack_add_named (self->stack, create_empty (), "empty");
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (self->stack));
  for (guint i = 0; i < CRM_TODAY_N_PARTS; i++)
    self->limits[i] = FIRST_ROWS;
}

GtkWidget *
crm_today_page_new (CrmStore  *store,
                    GSettings *settings)
{
  CrmTodayPage *self = NULL;

  g_return_val_if_fail (CRM_IS_STORE (store), NULL);
  g_return_val_if_fail (G_IS_SETTINGS (settings), NULL);

  self = g_object_new (CRM_TYPE_TODAY_PAGE, NULL);
  self->store = g_object_ref (store);
  self->settings = g_object_ref (settings);
  gtk_stack_add_named (self->stack, create_page (self), "page");
  g_signal_connect_object (store, "changed", G_CALLBACK (on_store_changed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (settings, "changed::rhythms", G_CALLBACK (reload), self, G_CONNECT_SWAPPED);
  self->tick = g_timeout_add_seconds (TICK, on_tick, self);
  reload (self);
  return GTK_WIDGET (self);
}
