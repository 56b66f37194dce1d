/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crm-config.h"

#include "crm-erase-window.h"

#include "crm-display.h"
#include "crm-document-copy.h"
#include "crm-erase.h"
#include "crm-fold.h"
#include "crm-own-read.h"

#include <glib/gi18n-lib.h>

#define PHASE_INTERVAL_MS 100

/* More of a kind nobody decides upon one by one: the rest is as it is proposed. */
#define MAX_ROWS 300

struct _CrmEraseWindow {
  AdwWindow        parent_instance;

  CrmStore        *store;
  CrmErasePlan    *plan;        /* NULL: being read */
  CrmEraseRequest *request;     /* while it runs */
  GCancellable    *cancellable;
  GHashTable      *kept;        /* keys of texts that stay as they are */
  GHashTable      *backups;     /* paths of backups that are to be deleted */

  GtkStack        *pages;
  AdwPreferencesPage *preview;
  GtkLabel        *phase;
  guint            phase_source;
  GtkLabel        *question;
  GtkEditable     *name;
  AdwStatusPage   *end;
  GtkWidget       *cancel;
  GtkWidget       *next;
};

G_DEFINE_FINAL_TYPE (CrmEraseWindow, crm_erase_window, ADW_TYPE_WINDOW)

enum {
  ERASED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

/* What goes and what stays */

static AdwPreferencesGroup *
add_group (CrmEraseWindow *self,
           const char     *title,
           const char     *description)
{
  AdwPreferencesGroup *group = ADW_PREFERENCES_GROUP (adw_preferences_group_new ());

  adw_preferences_group_set_title (group, title);
  adw_preferences_group_set_description (group, description);
  adw_preferences_page_add (self->preview, group);
  return group;
}

static GtkWidget *
create_row (const char *title,
            const char *subtitle)
{
  GtkWidget *row = adw_action_row_new ();
  g_autofree char *shown = crm_display_line (title);
  g_autofree char *below = crm_display_line (subtitle);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), shown);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), below);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 3);
  return row;
}

static void
add_kind (CrmEraseWindow   *self,
          CrmPersonRowKind  kind,
          const char       *title,
          const char       *description)
{
  g_autoptr (GPtrArray) sentences = crm_erase_plan_describe (self->plan, kind);
  AdwPreferencesGroup *group = sentences->len > 0 ? add_group (self, title, description) : NULL;

  for (guint i = 0; i < sentences->len; i++)
    adw_preferences_group_add (group, create_row (sentences->pdata[i], NULL));
}

static void
on_switched (GtkSwitch  *switcher,
             GParamSpec *pspec,
             GHashTable *set)
{
  const char *key = g_object_get_data (G_OBJECT (switcher), "crm-key");
  gboolean when_on = g_object_get_data (G_OBJECT (switcher), "crm-when-on") != NULL;

  if (gtk_switch_get_active (switcher) == when_on)
    g_hash_table_add (set, g_strdup (key));
  else
    g_hash_table_remove (set, key);
}

/* A row whose switch keeps @key in @set while it is on, or with !@when_on while it is off. */
static void
add_switch (AdwPreferencesGroup *group,
            GtkWidget           *row,
            GHashTable          *set,
            const char          *key,
            gboolean             when_on,
            gboolean             is_on)
{
  GtkWidget *switcher = gtk_switch_new ();

  gtk_switch_set_active (GTK_SWITCH (switcher), is_on);
  gtk_widget_set_valign (switcher, GTK_ALIGN_CENTER);
  gtk_accessible_update_property (GTK_ACCESSIBLE (switcher), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  adw_preferences_row_get_title (ADW_PREFERENCES_ROW (row)), -1);
  g_object_set_data_full (G_OBJECT (switcher), "crm-key", g_strdup (key), g_free);
  g_object_set_data (G_OBJECT (switcher), "crm-when-on", GINT_TO_POINTER (when_on));
  g_signal_connect_data (switcher, "notify::active", G_CALLBACK (on_switched), g_hash_table_ref (set),
                         (GClosureNotify) (void (*) (void)) g_hash_table_unref, 0);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), switcher);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), switcher);
  adw_preferences_group_add (group, row);
}

static void
add_mentions (CrmEraseWindow *self)
{
  AdwPreferencesGroup *group = NULL;

  for (guint i = 0; i < self->plan->mentions->len; i++)
    {
      const CrmMention *mention = self->plan->mentions->pdata[i];
      g_autofree char *key = crm_mention_make_key (mention->entity, mention->id, mention->field);
      g_autofree char *place = g_strdup_printf ("%s %s, %s", _(mention->entity->label), mention->title,
                                                crm_field_get_label (&mention->entity->fields[mention->field]));

      if (!mention->is_sure)
        g_hash_table_add (self->kept, g_strdup (key));
      if (group == NULL)
        group = add_group (self, _("Texts of Other Records That Name the Person"),
                           _("“…” stands instead of the name where it is switched on. Somebody else of that name may be meant."));
      if (i < MAX_ROWS)
        add_switch (group, create_row (place, mention->text), self->kept, key, FALSE, mention->is_sure);
    }
}

static void
add_backups (CrmEraseWindow *self)
{
  AdwPreferencesGroup *group = NULL;

  for (guint i = 0; i < self->plan->backups->len; i++)
    {
      const char *path = self->plan->backups->pdata[i];
      g_autofree char *name = g_filename_display_basename (path);

      if (group == NULL)
        group = add_group (self, _("Backups That Still Hold the Person"),
                           _("Automatic ones go by themselves within a year. Those that are switched on are deleted now. Copies elsewhere cannot be reached from here."));
      add_switch (group, create_row (name, NULL), self->backups, path, TRUE, FALSE);
    }
}

static void
update_next (CrmEraseWindow *self)
{
  const char *page = gtk_stack_get_visible_child_name (self->pages);
  g_autofree char *typed = crm_fold (gtk_editable_get_text (self->name));
  g_autofree char *name = crm_fold (self->plan != NULL ? self->plan->name : NULL);
  gboolean confirms = g_strcmp0 (page, "confirm") == 0;

  gtk_button_set_label (GTK_BUTTON (self->next), confirms ? _("_Erase") : _("_Continue"));
  if (confirms)
    gtk_widget_add_css_class (self->next, "destructive-action");
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "erase.next",
                                 g_strcmp0 (page, "preview") == 0 || (confirms && strcmp (typed, name) == 0));
}

static void
show_page (CrmEraseWindow *self,
           const char     *page)
{
  gtk_stack_set_visible_child_name (self->pages, page);
  gtk_widget_set_visible (self->next, strcmp (page, "preview") == 0 || strcmp (page, "confirm") == 0);
  /* What was hidden is the default no more. */
  if (gtk_widget_get_visible (self->next))
    gtk_window_set_default_widget (GTK_WINDOW (self), self->next);
  update_next (self);
}

static void
show_end (CrmEraseWindow *self,
          const char     *icon,
          const char     *title,
          const char     *text)
{
  g_autofree char *escaped = g_markup_escape_text (text, -1);

  adw_status_page_set_icon_name (self->end, icon);
  adw_status_page_set_title (self->end, title);
  adw_status_page_set_description (self->end, escaped);
  gtk_button_set_label (GTK_BUTTON (self->cancel), _("_Close"));
  show_page (self, "end");
  gtk_widget_grab_focus (self->cancel);
}

static void
show_plan (CrmEraseWindow *self)
{
  g_autofree char *name = crm_display_line (self->plan->name);
  g_autofree char *question = g_strdup_printf (_("This cannot be taken back. To erase this person, type the name: %s"), name);

  add_kind (self, CRM_PERSON_ROW_OWN, _("Goes for Good"), _("Out of records, search, history, trash, drafts and files"));
  add_kind (self, CRM_PERSON_ROW_ABOUT, _("Is Counted On"), _("Without what it tells of the person"));
  add_kind (self, CRM_PERSON_ROW_SHARED, _("Others Took Part"), _("The text stays, without the name"));
  add_mentions (self);
  add_backups (self);
  gtk_label_set_text (self->question, question);
  show_page (self, "preview");
  gtk_widget_grab_focus (self->next);
}

/* Reading */

static gpointer
read_plan (CrmDb         *db,
           gpointer       person,
           GCancellable  *cancellable,
           GError       **error)
{
  return crm_erase_plan_make (db, *(gint64 *) person, error);
}

static void
free_plan (gpointer plan)
{
  crm_erase_plan_free (plan);
}

static void
on_planned (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (CrmEraseWindow) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (CrmErasePlan) plan = crm_own_read_finish (CRM_STORE (source), result, &error);

  if (self->store == NULL)
    return;
  if (plan == NULL)
    {
      show_end (self, "dialog-error-symbolic", _("This Person Cannot Be Shown"), error->message);
      return;
    }
  self->plan = g_steal_pointer (&plan);
  show_plan (self);
}

/* Erasing */

static const char *
get_phase_words (CrmErasePhase phase)
{
  switch (phase)
    {
    case CRM_ERASE_SEARCH:
      return _("Collecting the words for search anew…");
    case CRM_ERASE_FILES:
      return _("Erased. Writing the base anew without any trace of it…");
    case CRM_ERASE_RECORDS:
    default:
      return _("Erasing…");
    }
}

static gboolean
show_phase (gpointer data)
{
  CrmEraseWindow *self = data;
  CrmErasePhase phase = crm_erase_request_get_phase (self->request);

  gtk_label_set_text (self->phase, get_phase_words (phase));
  gtk_widget_set_sensitive (self->cancel, phase != CRM_ERASE_FILES);
  return G_SOURCE_CONTINUE;
}

static void
end_phases (CrmEraseWindow *self)
{
  g_clear_handle_id (&self->phase_source, g_source_remove);
  gtk_widget_set_sensitive (self->cancel, TRUE);
}

/* The window must not say more than is so: (transfer full) */
static char *
describe_rest (const CrmEraseRequest *request)
{
  GString *text = g_string_new (NULL);

  if (request->is_open)
    g_string_append (text, _("Somebody is reading the base, so its log is emptied when a window is opened next."));
  if (request->left->len > 0)
    g_string_append_printf (text, "%s%s", text->len > 0 ? "\n" : "", _("Backups that still hold the person:"));
  for (guint i = 0; i < request->left->len; i++)
    {
      g_autofree char *name = g_filename_display_basename (request->left->pdata[i]);

      g_string_append_printf (text, "\n%s", name);
    }
  return g_string_free (text, FALSE);
}

static void
on_erased (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (CrmEraseWindow) self = user_data;
  g_autoptr (CrmEraseRequest) request = g_steal_pointer (&self->request);
  g_autoptr (GError) error = NULL;
  gboolean is_erased = crm_erase_finish (CRM_STORE (source), result, &error);

  if (crm_erase_request_get_phase (request) == CRM_ERASE_FILES)
    {
      /* What was opened by other programs may be of the person. */
      crm_document_copy_clean_up ();
      g_signal_emit (self, signals[ERASED], 0);
    }
  if (self->store == NULL)
    return;
  end_phases (self);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    gtk_window_destroy (GTK_WINDOW (self));
  else if (!is_erased)
    show_end (self, "dialog-error-symbolic", _("Not Everything Could Be Erased"), error->message);
  else
    {
      g_autofree char *rest = describe_rest (request);

      show_end (self, "emblem-ok-symbolic", _("The Person Is Erased"), rest);
    }
}

static void
erase (CrmEraseWindow *self)
{
  GHashTableIter iter;
  gpointer key;

  self->request = crm_erase_request_new (self->plan->person);
  g_hash_table_iter_init (&iter, self->kept);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    g_hash_table_add (self->request->kept, g_strdup (key));
  g_hash_table_iter_init (&iter, self->backups);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    g_ptr_array_add (self->request->backups, g_strdup (key));
  show_page (self, "progress");
  gtk_widget_grab_focus (self->cancel);
  crm_erase_async (self->store, self->request, self->cancellable, on_erased, g_object_ref (self));
  self->phase_source = g_timeout_add (PHASE_INTERVAL_MS, show_phase, self);
}

static void
next_action (GtkWidget  *widget,
             const char *action,
             GVariant   *parameter)
{
  CrmEraseWindow *self = CRM_ERASE_WINDOW (widget);

  if (g_strcmp0 (gtk_stack_get_visible_child_name (self->pages), "confirm") == 0)
    {
      erase (self);
      return;
    }
  show_page (self, "confirm");
  gtk_widget_grab_focus (GTK_WIDGET (self->name));
}

/* Once it runs, it is the answer that closes the window. */
static gboolean
crm_erase_window_close_request (GtkWindow *window)
{
  CrmEraseWindow *self = CRM_ERASE_WINDOW (window);

  g_cancellable_cancel (self->cancellable);
  return self->request != NULL || GTK_WINDOW_CLASS (crm_erase_window_parent_class)->close_request (window);
}

/* The class */

static void
crm_erase_window_dispose (GObject *object)
{
  CrmEraseWindow *self = CRM_ERASE_WINDOW (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_handle_id (&self->phase_source, g_source_remove);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->store);
  G_OBJECT_CLASS (crm_erase_window_parent_class)->dispose (object);
}

static void
crm_erase_window_finalize (GObject *object)
{
  CrmEraseWindow *self = CRM_ERASE_WINDOW (object);

  g_clear_pointer (&self->plan, crm_erase_plan_free);
  g_clear_pointer (&self->request, crm_erase_request_free);
  g_hash_table_unref (self->kept);
  g_hash_table_unref (self->backups);
  G_OBJECT_CLASS (crm_erase_window_parent_class)->finalize (object);
}

static void
crm_erase_window_class_init (CrmEraseWindowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = crm_erase_window_dispose;
  object_class->finalize = crm_erase_window_finalize;
  GTK_WINDOW_CLASS (klass)->close_request = crm_erase_window_close_request;
  signals[ERASED] = g_signal_new ("erased", CRM_TYPE_ERASE_WINDOW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_install_action (widget_class, "erase.next", NULL, next_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

/* @label: (out) (optional) (transfer none) */
static GtkWidget *
create_waiting (const char  *text,
                GtkLabel   **label)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12), *spinner = gtk_spinner_new (), *words = gtk_label_new (text);

  gtk_spinner_start (GTK_SPINNER (spinner));
  gtk_widget_set_size_request (spinner, 32, 32);
  gtk_widget_set_valign (box, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (box), spinner);
  gtk_label_set_wrap (GTK_LABEL (words), TRUE);
  gtk_label_set_justify (GTK_LABEL (words), GTK_JUSTIFY_CENTER);
  gtk_box_append (GTK_BOX (box), words);
  if (label != NULL)
    *label = GTK_LABEL (words);
  return box;
}

static GtkWidget *
create_confirmation (CrmEraseWindow *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  GtkWidget *entry = gtk_entry_new ();

  self->question = GTK_LABEL (gtk_label_new (NULL));
  self->name = GTK_EDITABLE (entry);
  gtk_label_set_wrap (self->question, TRUE);
  gtk_label_set_wrap_mode (self->question, PANGO_WRAP_WORD_CHAR);
  gtk_label_set_xalign (self->question, 0);
  gtk_accessible_update_property (GTK_ACCESSIBLE (entry), GTK_ACCESSIBLE_PROPERTY_LABEL, _("The name of the person"), -1);
  g_signal_connect_swapped (entry, "changed", G_CALLBACK (update_next), self);
  gtk_entry_set_activates_default (GTK_ENTRY (entry), TRUE);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->question));
  gtk_box_append (GTK_BOX (box), entry);
  gtk_widget_set_margin_top (box, 24);
  gtk_widget_set_margin_start (box, 18);
  gtk_widget_set_margin_end (box, 18);
  return box;
}

static GtkWidget *
create_header (CrmEraseWindow *self)
{
  AdwHeaderBar *header = ADW_HEADER_BAR (adw_header_bar_new ());

  self->cancel = gtk_button_new_with_mnemonic (_("_Cancel"));
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->cancel), "window.close");
  self->next = gtk_button_new_with_mnemonic (_("_Continue"));
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->next), "erase.next");
  adw_header_bar_set_show_start_title_buttons (header, FALSE);
  adw_header_bar_set_show_end_title_buttons (header, FALSE);
  adw_header_bar_pack_start (header, self->cancel);
  adw_header_bar_pack_end (header, self->next);
  return GTK_WIDGET (header);
}

static void
crm_erase_window_init (CrmEraseWindow *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  self->kept = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->backups = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->pages = GTK_STACK (gtk_stack_new ());
  self->preview = ADW_PREFERENCES_PAGE (adw_preferences_page_new ());
  self->end = ADW_STATUS_PAGE (adw_status_page_new ());
  gtk_widget_set_vexpand (GTK_WIDGET (self->pages), TRUE);
  gtk_stack_add_named (self->pages, create_waiting (_("Looking for all that is held…"), NULL), "reading");
  gtk_stack_add_named (self->pages, GTK_WIDGET (self->preview), "preview");
  gtk_stack_add_named (self->pages, create_confirmation (self), "confirm");
  gtk_stack_add_named (self->pages, create_waiting (_("Erasing…"), &self->phase), "progress");
  gtk_stack_add_named (self->pages, GTK_WIDGET (self->end), "end");
  gtk_box_append (GTK_BOX (box), create_header (self));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->pages));
  adw_window_set_content (ADW_WINDOW (self), box);
  gtk_window_set_title (GTK_WINDOW (self), _("Erase a Person"));
  gtk_window_set_default_size (GTK_WINDOW (self), 560, 640);
  show_page (self, "reading");
}

GtkWidget *
crm_erase_window_new (CrmStore  *store,
                      GtkWindow *parent,
                      gint64     person)
{
  CrmEraseWindow *self;

  g_return_val_if_fail (CRM_IS_STORE (store), NULL);

  self = g_object_new (CRM_TYPE_ERASE_WINDOW, "transient-for", parent, "modal", TRUE, "destroy-with-parent", TRUE, NULL);
  self->store = g_object_ref (store);
  self->cancellable = g_cancellable_new ();
  crm_own_read_async (store, read_plan, g_memdup2 (&person, sizeof person), g_free, free_plan, self->cancellable, on_planned, g_object_ref (self));
  return GTK_WIDGET (self);
}
