/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crm-config.h"

#include "crm-duplicates-window.h"

#include <glib/gi18n-lib.h>

#include "crm-duplicate-finder.h"
#include "crm-duplicate-row.h"
#include "crm-merge-dialog.h"
#include "crm-number.h"
#include "crm-toaster.h"

#define N_FINDERS 2

/* What is searched for twice */
typedef struct {
  CrmDuplicateFinder *finder;
  CrmListLook        *look;
  GtkSelectionModel  *rows;
  gboolean            is_begun;
} Search;

struct _CrmDuplicatesWindow
{
  AdwWindow        parent_instance;

  AdwToastOverlay *toasts;
  GtkWidget       *search_button;
  GtkStack        *stack;
  GtkProgressBar  *progress;
  AdwStatusPage   *stopped_page;
  AdwStatusPage   *none_page;
  GtkListView     *list;
  GtkLabel        *foot;

  CrmStore        *store;
  Search           searches[N_FINDERS];
  Search          *shown;
};

G_DEFINE_FINAL_TYPE (CrmDuplicatesWindow, crm_duplicates_window, ADW_TYPE_WINDOW)

enum { OPEN, N_SIGNALS };
static guint signals[N_SIGNALS];

GResource *crm_ui_duplicates_get_resource (void);

static gboolean
shows_people (CrmDuplicatesWindow *self)
{
  return crm_duplicate_finder_get_entity (self->shown->finder) == &crm_person;
}

/* What there is */

static void
update_foot (CrmDuplicatesWindow *self,
             guint                n)
{
  guint64 n_more = crm_duplicate_finder_get_n_more (self->shown->finder);
  g_autofree char *pairs = crm_number_fill (ngettext ("%s pair that may be the same", "%s pairs that may be the same", n), n);
  g_autofree char *more = n_more == 0 ? NULL : crm_number_fill (_("less certain ones not listed: %s"), (gint64) n_more);
  g_autofree char *text = g_strjoin (" · ", pairs, more, NULL);

  gtk_label_set_text (self->foot, text);
}

static void
update_stopped (CrmDuplicatesWindow *self)
{
  const GError *error = crm_duplicate_finder_get_error (self->shown->finder);
  g_autofree char *reason = error == NULL ? NULL : g_markup_escape_text (error->message, -1);

  adw_status_page_set_title (self->stopped_page, error == NULL ? _("Stopped") : _("The Search Failed"));
  adw_status_page_set_description (self->stopped_page, reason);
}

static const char *
choose_page (CrmDuplicatesWindow *self,
             guint                n)
{
  switch (crm_duplicate_finder_get_state (self->shown->finder))
    {
    case CRM_FINDER_SEARCHING:
      return "searching";
    case CRM_FINDER_FOUND:
      return n > 0 ? "pairs" : "none";
    default:
      return "stopped";
    }
}

static void
update (CrmDuplicatesWindow *self)
{
  CrmFinderState state = crm_duplicate_finder_get_state (self->shown->finder);
  guint n = g_list_model_get_n_items (crm_duplicate_finder_get_pairs (self->shown->finder));
  const char *page = choose_page (self, n);

  gtk_progress_bar_set_fraction (self->progress, crm_duplicate_finder_get_fraction (self->shown->finder));
  update_foot (self, n);
  update_stopped (self);
  adw_status_page_set_description (self->none_page, shows_people (self)
                                                      ? _("No two people look like the same one. Well kept!")
                                                      : _("No two clients look like the same one. Well kept!"));
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "duplicates.search", state != CRM_FINDER_SEARCHING);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "duplicates.stop", state == CRM_FINDER_SEARCHING);
  if (g_strcmp0 (gtk_stack_get_visible_child_name (self->stack), page) == 0)
    return;
  gtk_stack_set_visible_child_name (self->stack, page);
  if (g_str_equal (page, "pairs"))
    gtk_widget_grab_focus (GTK_WIDGET (self->list));
}

static void
on_finder_changed (CrmDuplicatesWindow *self,
                   CrmDuplicateFinder  *finder)
{
  if (self->shown != NULL && finder == self->shown->finder)
    update (self);
}

/* What is done about it */

static void
on_merged (CrmDuplicatesWindow *self,
           gint64               id,
           const char          *text)
{
  crm_toast_undo (GTK_WIDGET (self->toasts), text);
  /* The row that had the keyboard goes, and no key would be heard */
  gtk_widget_grab_focus (self->search_button);
}

static void
merge (CrmDuplicatesWindow *self,
       CrmDuplicateItem    *item)
{
  const CrmDuplicate *pair = crm_duplicate_item_get_pair (item);
  GtkWidget *dialog = crm_merge_dialog_new (self->store, crm_duplicate_finder_get_entity (self->shown->finder), pair->a, pair->b, GTK_WINDOW (self));

  g_signal_connect_object (dialog, "merged", G_CALLBACK (on_merged), self, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
on_activate (CrmDuplicatesWindow *self,
             guint                position)
{
  g_autoptr (CrmDuplicateItem) item = g_list_model_get_item (crm_duplicate_finder_get_pairs (self->shown->finder), position);

  if (item != NULL)
    merge (self, item);
}

static void
on_merge (CrmDuplicatesWindow *self,
          CrmDuplicateRow     *row)
{
  if (crm_duplicate_row_get_item (row) != NULL)
    merge (self, crm_duplicate_row_get_item (row));
}

typedef struct {
  CrmDuplicatesWindow *window;
  char                *text;
} Telling;

static void
on_told_apart (GObject      *source,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autofree Telling *telling = user_data;
  g_autoptr (CrmDuplicatesWindow) self = telling->window;
  g_autofree char *text = telling->text;
  g_autoptr (GError) error = NULL;
  gboolean done = crm_store_step_finish (CRM_STORE (source), result, &error);

  if (self->store == NULL)
    return;
  if (done)
    crm_toast_undo (GTK_WIDGET (self->toasts), text);
  else
    crm_toast_error (GTK_WIDGET (self->toasts), error);
}

static void
on_tell_apart (CrmDuplicatesWindow *self,
               CrmDuplicateRow     *row)
{
  CrmDuplicateItem *item = crm_duplicate_row_get_item (row);
  Telling *telling;

  if (item == NULL)
    return;
  telling = g_new (Telling, 1);
  telling->window = g_object_ref (self);
  telling->text = g_strdup_printf (_("%1$s and %2$s are not the same"), crm_duplicate_row_get_title (row, 0), crm_duplicate_row_get_title (row, 1));
  crm_duplicate_finder_tell_apart_async (self->shown->finder, crm_duplicate_item_get_pair (item), telling->text, on_told_apart, telling);
}

static void
on_open (CrmDuplicatesWindow *self,
         gint64               id)
{
  g_signal_emit (self, signals[OPEN], 0, id);
}

/* Rows */

static void
setup_row (CrmDuplicatesWindow *self,
           GtkListItem         *item)
{
  GtkWidget *row = crm_duplicate_row_new (self->store);

  g_signal_connect_object (row, "merge", G_CALLBACK (on_merge), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (row, "tell-apart", G_CALLBACK (on_tell_apart), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (row, "open", G_CALLBACK (on_open), self, G_CONNECT_SWAPPED);
  gtk_list_item_set_child (item, row);
}

static void
bind_row (CrmDuplicatesWindow *self,
          GtkListItem         *item)
{
  CrmDuplicateRow *row = CRM_DUPLICATE_ROW (gtk_list_item_get_child (item));

  crm_duplicate_row_set_item (row, gtk_list_item_get_item (item), self->shown->look);
}

static void
unbind_row (CrmDuplicatesWindow *self,
            GtkListItem         *item)
{
  if (self->shown != NULL)
    crm_duplicate_row_set_item (CRM_DUPLICATE_ROW (gtk_list_item_get_child (item)), NULL, self->shown->look);
}

/* Actions */

static void
search (GtkWidget  *widget,
        const char *action,
        GVariant   *parameter)
{
  crm_duplicate_finder_start (CRM_DUPLICATES_WINDOW (widget)->shown->finder);
}

static void
stop (GtkWidget  *widget,
      const char *action,
      GVariant   *parameter)
{
  crm_duplicate_finder_stop (CRM_DUPLICATES_WINDOW (widget)->shown->finder);
}

static void
crm_duplicates_window_dispose (GObject *object)
{
  CrmDuplicatesWindow *self = CRM_DUPLICATES_WINDOW (object);

  self->shown = NULL;
  for (guint i = 0; i < N_FINDERS; i++)
    {
      if (self->searches[i].finder != NULL)
        crm_duplicate_finder_stop (self->searches[i].finder);
      g_clear_object (&self->searches[i].finder);
      g_clear_object (&self->searches[i].look);
      g_clear_object (&self->searches[i].rows);
    }
  g_clear_object (&self->store);

  G_OBJECT_CLASS (crm_duplicates_window_parent_class)->dispose (object);
}

enum { PROP_OF = 1, N_PROPERTIES };
static GParamSpec *properties[N_PROPERTIES];

static void
crm_duplicates_window_set_property (GObject      *object,
                                    guint         id,
                                    const GValue *value,
                                    GParamSpec   *pspec)
{
  CrmDuplicatesWindow *self = CRM_DUPLICATES_WINDOW (object);

  crm_duplicates_window_show (self, g_strcmp0 (g_value_get_string (value), "person") == 0 ? &crm_person : &crm_client);
}

static void
crm_duplicates_window_get_property (GObject    *object,
                                    guint       id,
                                    GValue     *value,
                                    GParamSpec *pspec)
{
  CrmDuplicatesWindow *self = CRM_DUPLICATES_WINDOW (object);

  g_value_set_string (value, self->shown == NULL ? "client" : crm_duplicate_finder_get_entity (self->shown->finder)->name);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  g_resources_register (crm_ui_duplicates_get_resource ());
  gtk_widget_class_set_template_from_resource (widget_class, "/com/example/Crm/ui/crm-duplicates-window.ui");
  gtk_widget_class_bind_template_child (widget_class, CrmDuplicatesWindow, toasts);
  gtk_widget_class_bind_template_child (widget_class, CrmDuplicatesWindow, search_button);
  gtk_widget_class_bind_template_child (widget_class, CrmDuplicatesWindow, stack);
  gtk_widget_class_bind_template_child (widget_class, CrmDuplicatesWindow, progress);
  gtk_widget_class_bind_template_child (widget_class, CrmDuplicatesWindow, stopped_page);
  gtk_widget_class_bind_template_child (widget_class, CrmDuplicatesWindow, none_page);
  gtk_widget_class_bind_template_child (widget_class, CrmDuplicatesWindow, list);
  gtk_widget_class_bind_template_child (widget_class, CrmDuplicatesWindow, foot);
  gtk_widget_class_bind_template_callback (widget_class, on_activate);
  gtk_widget_class_bind_template_callback (widget_class, setup_row);
  gtk_widget_class_bind_template_callback (widget_class, bind_row);
  gtk_widget_class_bind_template_callback (widget_class, unbind_row);
}

static void
crm_duplicates_window_class_init (CrmDuplicatesWindowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = crm_duplicates_window_dispose;
  object_class->set_property = crm_duplicates_window_set_property;
  object_class->get_property = crm_duplicates_window_get_property;

  signals[OPEN] = g_signal_new ("open", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_INT64);
  properties[PROP_OF] = g_param_spec_string ("of", NULL, NULL, "client", G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);
  gtk_widget_class_install_action (widget_class, "duplicates.search", NULL, search);
  gtk_widget_class_install_action (widget_class, "duplicates.stop", NULL, stop);
  gtk_widget_class_install_property_action (widget_class, "duplicates.of", "of");
  bind_template (widget_class);
}

static void
crm_duplicates_window_init (CrmDuplicatesWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
crm_duplicates_window_new (CrmStore  *store,
                           GtkWindow *parent)
{
  static const CrmEntity * const entities[N_FINDERS] = { &crm_client, &crm_person };
  CrmDuplicatesWindow *self;

  g_return_val_if_fail (CRM_IS_STORE (store), NULL);
  g_return_val_if_fail (GTK_IS_WINDOW (parent) && G_IS_ACTION_GROUP (parent), NULL);

  self = g_object_new (CRM_TYPE_DUPLICATES_WINDOW, "transient-for", parent, NULL);
  self->store = g_object_ref (store);
  gtk_widget_insert_action_group (GTK_WIDGET (self), "win", G_ACTION_GROUP (parent));
  for (guint i = 0; i < N_FINDERS; i++)
    {
      Search *one = &self->searches[i];

      one->finder = crm_duplicate_finder_new (store, entities[i]);
      one->look = crm_list_look_new (entities[i]);
      one->rows = GTK_SELECTION_MODEL (gtk_no_selection_new (g_object_ref (crm_duplicate_finder_get_pairs (one->finder))));
      g_signal_connect_object (one->finder, "changed", G_CALLBACK (on_finder_changed), self, G_CONNECT_SWAPPED);
    }
  return GTK_WIDGET (self);
}

void
crm_duplicates_window_show (CrmDuplicatesWindow *self,
                            const CrmEntity     *entity)
{
  Search *shown;

  g_return_if_fail (CRM_IS_DUPLICATES_WINDOW (self));
  g_return_if_fail (entity == &crm_client || entity == &crm_person);

  shown = &self->searches[entity == &crm_person];
  if (shown == self->shown)
    return;
  self->shown = shown;
  gtk_list_view_set_model (self->list, shown->rows);
  if (!shown->is_begun)
    crm_duplicate_finder_start (shown->finder);
  shown->is_begun = TRUE;
  update (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_OF]);
}
