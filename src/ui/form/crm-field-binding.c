/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crm-config.h"

#include "crm-field-binding.h"

#include "crm-error.h"
#include "crm-field-notice.h"
#include "crm-needles.h"
#include "crm-toaster.h"

#include <glib/gi18n-lib.h>

/* The store has a draft on disk 2 s after it got it at the latest; typing on must not put it off forever */
#define DRAFT_DELAY 400

typedef enum {
  PROBLEM_NONE,
  PROBLEM_DRAFT,   /* found when the record was opened */
  PROBLEM_REFUSED,
  PROBLEM_FAILED,
} Problem;

struct _CrmFieldBinding {
  GObject          parent_instance;

  CrmStore        *store;
  const CrmEntity *entity;
  guint            field;
  CrmFieldRow     *row;       /* it holds us; NULL once it is gone */
  GtkWidget       *notice;    /* below the row, or NULL */

  CrmValues       *committed; /* NULL: nothing is bound */
  char            *baseline;  /* the text that stands for it */
  Problem          problem;

  const CrmEntity *draft_entity;
  gint64           draft_record;
  const char      *draft_field;
  guint            draft_source;
  gboolean         has_draft; /* the store may keep one */

  char            *saving;    /* the text on its way to the disk, or NULL */
  gboolean         is_left;   /* while saving, the row said commit again */
};

G_DEFINE_FINAL_TYPE (CrmFieldBinding, crm_field_binding, G_TYPE_OBJECT)

enum {
  SAVED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

/* A save on its way: what it is of, as the row may show another record when it ends */
typedef struct {
  CrmFieldBinding *binding;
  CrmValues       *changes;
  gint64           id;
  char            *text;
  const CrmEntity *draft_entity;
  gint64           draft_record;
  const char      *draft_field;
} Save;

static void
save_free (Save *save)
{
  g_object_unref (save->binding);
  crm_values_unref (save->changes);
  g_free (save->text);
  g_free (save);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Save, save_free)

/* Problems */

static void
remove_notice (CrmFieldBinding *self)
{
  GtkWidget *parent = self->notice != NULL ? gtk_widget_get_parent (self->notice) : NULL;

  /* Its button was used */
  if (parent != NULL && self->row != NULL && gtk_widget_get_focus_child (parent) == self->notice)
    gtk_widget_grab_focus (crm_field_row_get_target (self->row));
  if (parent != NULL)
    gtk_list_box_remove (GTK_LIST_BOX (parent), self->notice);
  g_clear_object (&self->notice);
}

static void
show_notice (CrmFieldBinding *self,
             const char      *message,
             const char      *css_class,
             const char      *button)
{
  GtkWidget *parent = gtk_widget_get_parent (GTK_WIDGET (self->row));

  if (self->notice == NULL && GTK_IS_LIST_BOX (parent))
    {
      self->notice = g_object_ref_sink (crm_field_notice_new ());
      g_signal_connect_object (self->notice, "activated", G_CALLBACK (crm_field_binding_flush), self, G_CONNECT_SWAPPED);
      g_signal_connect_object (self->notice, "discarded", G_CALLBACK (crm_field_row_revert), self->row, G_CONNECT_SWAPPED);
      gtk_list_box_insert (GTK_LIST_BOX (parent), self->notice, gtk_list_box_row_get_index (GTK_LIST_BOX_ROW (self->row)) + 1);
    }
  if (self->notice != NULL)
    crm_field_notice_set (CRM_FIELD_NOTICE (self->notice), message, css_class, button, self->committed != NULL);
}

static void
set_problem (CrmFieldBinding *self,
             Problem          problem,
             const char      *message)
{
  GtkAccessible *target;
  gboolean is_wrong = problem == PROBLEM_REFUSED || problem == PROBLEM_FAILED;

  if (self->row == NULL || (problem == PROBLEM_NONE && self->problem == PROBLEM_NONE))
    return;
  self->problem = problem;
  gtk_widget_remove_css_class (GTK_WIDGET (self->row), is_wrong ? "warning" : "error");
  if (problem == PROBLEM_NONE)
    gtk_widget_remove_css_class (GTK_WIDGET (self->row), "warning");
  else
    gtk_widget_add_css_class (GTK_WIDGET (self->row), is_wrong ? "error" : "warning");

  target = GTK_ACCESSIBLE (crm_field_row_get_target (self->row));
  if (problem == PROBLEM_NONE)
    {
      gtk_accessible_reset_property (target, GTK_ACCESSIBLE_PROPERTY_DESCRIPTION);
      remove_notice (self);
    }
  else
    {
      gtk_accessible_update_property (target, GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, message, -1);
      show_notice (self, message, is_wrong ? "error" : "warning",
                   problem == PROBLEM_FAILED ? _("_Try Again") : problem == PROBLEM_DRAFT ? _("_Save") : NULL);
    }
  gtk_accessible_update_state (target, GTK_ACCESSIBLE_STATE_INVALID, is_wrong ? GTK_ACCESSIBLE_INVALID_TRUE : GTK_ACCESSIBLE_INVALID_FALSE, -1);
}

/* Drafts */

static void
keep_draft (CrmFieldBinding *self,
            const char      *text)
{
  g_clear_handle_id (&self->draft_source, g_source_remove);
  if (text == NULL && !self->has_draft)
    return;
  self->has_draft = text != NULL;
  crm_store_set_draft (self->store, self->draft_entity, self->draft_record, self->draft_field, text);
}

static void
keep_typed (CrmFieldBinding *self)
{
  g_autofree char *text = crm_field_row_get_text (self->row);

  keep_draft (self, strcmp (text, self->baseline) != 0 ? text : NULL);
}

static gboolean
on_draft_due (gpointer data)
{
  CrmFieldBinding *self = data;

  self->draft_source = 0;
  keep_typed (self);
  return G_SOURCE_REMOVE;
}

static void
on_edited (CrmFieldBinding *self)
{
  if (self->baseline == NULL)
    return;
  set_problem (self, PROBLEM_NONE, NULL);
  if (self->draft_source == 0)
    self->draft_source = g_timeout_add (DRAFT_DELAY, on_draft_due, self);
}

/* Committed values */

static void
show_committed (CrmFieldBinding *self)
{
  g_autofree char *text = crm_field_row_dup_shown (self->row, self->committed, self->field);

  crm_field_row_set_text (self->row, text);
  g_free (self->baseline);
  /* Not @text: a choice of a newer version has none that we could show */
  self->baseline = crm_field_row_get_text (self->row);
}

static gboolean
on_revert (CrmFieldBinding *self)
{
  if (self->committed == NULL || (!crm_field_binding_is_dirty (self) && self->problem == PROBLEM_NONE))
    return FALSE;
  crm_field_binding_revert (self);
  return TRUE;
}

/* Saving */

static void commit (CrmFieldBinding *self);

static void
save_succeeded (CrmFieldBinding *self,
                Save            *save,
                gint64           id)
{
  g_autofree char *text = crm_field_row_get_text (self->row);
  g_autoptr (CrmValues) committed = crm_values_copy (self->committed);

  crm_values_merge (committed, save->changes);
  crm_values_set_id (committed, id);
  crm_values_unref (self->committed);
  self->committed = g_steal_pointer (&committed);
  if (strcmp (text, save->text) == 0)
    {
      show_committed (self);
      keep_draft (self, NULL);
      set_problem (self, PROBLEM_NONE, NULL);
    }
  else
    {
      g_free (self->baseline);
      self->baseline = g_strdup (save->text);
    }
}

static void
save_failed (CrmFieldBinding *self,
             const GError    *error)
{
  keep_typed (self);
  set_problem (self, g_error_matches (error, CRM_ERROR, CRM_ERROR_INVALID) ? PROBLEM_REFUSED : PROBLEM_FAILED, error->message);
}

/* The row shows another record by now, or is gone. */
static void
save_ended_elsewhere (CrmFieldBinding *self,
                      Save            *save,
                      const GError    *error)
{
  crm_store_set_draft (self->store, save->draft_entity, save->draft_record, save->draft_field, error != NULL ? save->text : NULL);
  if (error == NULL)
    return;
  if (self->row != NULL && gtk_widget_get_ancestor (GTK_WIDGET (self->row), ADW_TYPE_TOAST_OVERLAY) != NULL)
    crm_toast_error (GTK_WIDGET (self->row), error);
  else
    g_message ("Not saved: %s", error->message);
}

static void
on_saved (GObject      *source,
          GAsyncResult *result,
          gpointer      data)
{
  g_autoptr (Save) save = data;
  CrmFieldBinding *self = save->binding;
  g_autoptr (GError) error = NULL;
  gint64 id = crm_store_save_finish (CRM_STORE (source), result, &error);
  gboolean is_current = self->row != NULL && self->committed != NULL && self->draft_record == save->draft_record &&
                        crm_values_get_id (self->committed) == save->id;

  if (!is_current)
    save_ended_elsewhere (self, save, error);
  else
    {
      g_clear_pointer (&self->saving, g_free);
      if (error != NULL)
        save_failed (self, error);
      else
        save_succeeded (self, save, id);
    }
  if (error == NULL)
    g_signal_emit (self, signals[SAVED], 0, id);
  if (is_current && error == NULL && self->is_left)
    commit (self);
}

static void
start_save (CrmFieldBinding *self,
            CrmValues       *changes,
            const char      *text)
{
  Save *save = g_new0 (Save, 1);

  save->binding = g_object_ref (self);
  save->changes = crm_values_ref (changes);
  save->id = crm_values_get_id (changes);
  save->text = g_strdup (text);
  save->draft_entity = self->draft_entity;
  save->draft_record = self->draft_record;
  save->draft_field = self->draft_field;
  g_free (self->saving);
  self->saving = g_strdup (text);
  crm_store_save_async (self->store, changes, NULL, on_saved, save);
}

/* What is to be saved: of a new record all that it begins with. */
static CrmValues *
create_changes (CrmFieldBinding *self)
{
  gint64 id = crm_values_get_id (self->committed);

  return id == 0 ? crm_values_copy (self->committed) : crm_values_new (self->entity, id);
}

/* What was typed may have set a field besides: a day with a time. */
static gboolean
changes_nothing (CrmFieldBinding *self,
                 const CrmValues *changes)
{
  for (guint i = 0; i < self->entity->n_fields; i++)
    if (crm_values_has (changes, i) && !crm_values_equal_field (changes, self->committed, i))
      return FALSE;
  return TRUE;
}

/* What is in the row becomes a value and goes to the disk, if it is another than is committed. */
static void
save_typed (CrmFieldBinding *self,
            const char      *text)
{
  g_autoptr (CrmValues) changes = create_changes (self);
  g_autoptr (GError) error = NULL;

  if (!crm_field_row_collect (self->row, changes, self->field, &error))
    {
      keep_typed (self);
      set_problem (self, PROBLEM_REFUSED, error->message);
    }
  else if (self->saving == NULL && crm_values_get_id (self->committed) != 0 && changes_nothing (self, changes))
    crm_field_binding_revert (self);
  else
    start_save (self, changes, text);
}

static void
commit (CrmFieldBinding *self)
{
  g_autofree char *text = NULL;

  self->is_left = FALSE;
  if (self->committed == NULL)
    return;
  text = crm_field_row_get_text (self->row);
  if (self->saving != NULL)
    self->is_left = strcmp (text, self->saving) != 0;
  else if (strcmp (text, self->baseline) != 0)
    save_typed (self, text);
  else
    {
      keep_draft (self, NULL);
      set_problem (self, PROBLEM_NONE, NULL);
    }
}

static void
crm_field_binding_dispose (GObject *object)
{
  CrmFieldBinding *self = CRM_FIELD_BINDING (object);

  g_clear_handle_id (&self->draft_source, g_source_remove);
  g_clear_object (&self->notice);
  g_clear_pointer (&self->committed, crm_values_unref);
  g_clear_object (&self->store);
  G_OBJECT_CLASS (crm_field_binding_parent_class)->dispose (object);
}

static void
crm_field_binding_finalize (GObject *object)
{
  CrmFieldBinding *self = CRM_FIELD_BINDING (object);

  g_free (self->baseline);
  g_free (self->saving);
  G_OBJECT_CLASS (crm_field_binding_parent_class)->finalize (object);
}

static void
crm_field_binding_class_init (CrmFieldBindingClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = crm_field_binding_dispose;
  object_class->finalize = crm_field_binding_finalize;
  signals[SAVED] = g_signal_new ("saved", CRM_TYPE_FIELD_BINDING, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_INT64);
}

static void
crm_field_binding_init (CrmFieldBinding *self)
{
}

/* The row goes, a save on its way may still hold us. */
static void
let_go (gpointer data)
{
  CrmFieldBinding *self = data;

  g_clear_handle_id (&self->draft_source, g_source_remove);
  self->row = NULL;
  g_object_unref (self);
}

/* GtkText and GtkTextView take the keys of undo even where nothing was typed; then they mean the last step. */
static gboolean
undo (GtkWidget *row,
      GVariant  *arguments,
      gpointer   data)
{
  CrmFieldBinding *self = g_object_get_data (G_OBJECT (row), "crm-field-binding");

  return !crm_field_binding_is_dirty (self) && gtk_widget_activate_action (row, "win.undo", NULL);
}

static gboolean
redo (GtkWidget *row,
      GVariant  *arguments,
      gpointer   data)
{
  CrmFieldBinding *self = g_object_get_data (G_OBJECT (row), "crm-field-binding");

  return !crm_field_binding_is_dirty (self) && gtk_widget_activate_action (row, "win.redo", NULL);
}

static void
watch_undo (GtkWidget *row)
{
  GtkEventController *shortcuts = gtk_shortcut_controller_new ();

  gtk_event_controller_set_propagation_phase (shortcuts, GTK_PHASE_CAPTURE);
  gtk_shortcut_controller_add_shortcut (GTK_SHORTCUT_CONTROLLER (shortcuts),
                                        gtk_shortcut_new (gtk_keyval_trigger_new (GDK_KEY_z, GDK_CONTROL_MASK),
                                                          gtk_callback_action_new (undo, NULL, NULL)));
  gtk_shortcut_controller_add_shortcut (GTK_SHORTCUT_CONTROLLER (shortcuts),
                                        gtk_shortcut_new (gtk_keyval_trigger_new (GDK_KEY_z, GDK_CONTROL_MASK | GDK_SHIFT_MASK),
                                                          gtk_callback_action_new (redo, NULL, NULL)));
  gtk_widget_add_controller (row, shortcuts);
}

CrmFieldBinding *
crm_field_binding_new (CrmStore        *store,
                       const CrmEntity *entity,
                       guint            field,
                       GtkWidget       *row)
{
  CrmFieldBinding *self;

  g_return_val_if_fail (CRM_IS_STORE (store), NULL);
  g_return_val_if_fail (entity != NULL && field < entity->n_fields, NULL);
  g_return_val_if_fail (CRM_IS_FIELD_ROW (row), NULL);

  self = g_object_new (CRM_TYPE_FIELD_BINDING, NULL);
  self->store = g_object_ref (store);
  self->entity = self->draft_entity = entity;
  self->draft_field = entity->fields[field].name;
  self->field = field;
  self->row = CRM_FIELD_ROW (row);
  g_signal_connect_object (row, "edited", G_CALLBACK (on_edited), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (row, "commit", G_CALLBACK (commit), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (row, "revert", G_CALLBACK (on_revert), self, G_CONNECT_SWAPPED);
  g_object_set_data_full (G_OBJECT (row), "crm-field-binding", self, let_go);
  watch_undo (row);
  return self;
}

static void
leave_record (CrmFieldBinding *self)
{
  if (self->baseline == NULL)
    return;
  commit (self);
  if (self->is_left)
    {
      g_autofree char *text = crm_field_row_get_text (self->row);

      save_typed (self, text);
    }
  self->is_left = FALSE;
  g_clear_handle_id (&self->draft_source, g_source_remove);
  g_clear_pointer (&self->saving, g_free);
  set_problem (self, PROBLEM_NONE, NULL);
  self->has_draft = FALSE;
}

/* What tells of somebody who was erased has no title any more; what is typed there must not bring anything back. */
static gboolean
is_erased (const CrmValues *values)
{
  guint title = crm_entity_get_title_field (crm_values_get_entity (values));

  return g_strcmp0 (crm_values_get_text (values, title), CRM_ERASED) == 0;
}

void
crm_field_binding_set_values (CrmFieldBinding *self,
                              const CrmValues *values)
{
  gboolean is_same;

  g_return_if_fail (CRM_IS_FIELD_BINDING (self));

  /* One that was new gets its id */
  is_same = values != NULL && self->committed != NULL &&
            (crm_values_get_id (self->committed) == 0 || crm_values_get_id (values) == crm_values_get_id (self->committed));
  if (!is_same)
    leave_record (self);
  else if (crm_field_binding_is_dirty (self) && !is_erased (values))
    {
      g_clear_pointer (&self->committed, crm_values_unref);
      self->committed = crm_values_copy (values);
      g_free (self->baseline);
      self->baseline = crm_field_row_dup_shown (self->row, self->committed, self->field);
      if (!crm_field_binding_is_dirty (self))
        {
          keep_draft (self, NULL);
          set_problem (self, PROBLEM_NONE, NULL);
        }
      return;
    }
  g_clear_pointer (&self->committed, crm_values_unref);
  if (values != NULL)
    {
      self->committed = crm_values_copy (values);
      if (crm_values_get_id (values) != 0)
        {
          self->draft_entity = self->entity;
          self->draft_record = crm_values_get_id (values);
          self->draft_field = self->entity->fields[self->field].name;
        }
    }
  if (is_same && is_erased (values))
    crm_field_binding_revert (self);
  else
    show_committed (self);
}

void
crm_field_binding_set_place (CrmFieldBinding *self,
                             const CrmEntity *entity,
                             gint64           record,
                             const char      *field)
{
  g_return_if_fail (CRM_IS_FIELD_BINDING (self));
  g_return_if_fail (entity != NULL && field != NULL);

  self->draft_entity = entity;
  self->draft_record = record;
  self->draft_field = field;
}

void
crm_field_binding_set_draft (CrmFieldBinding *self,
                             const char      *text)
{
  g_return_if_fail (CRM_IS_FIELD_BINDING (self));
  g_return_if_fail (text != NULL);

  if (self->baseline == NULL || crm_field_binding_is_dirty (self))
    return;
  self->has_draft = TRUE;
  crm_field_row_set_text (self->row, text);
  if (crm_field_binding_is_dirty (self) && self->committed != NULL)
    set_problem (self, PROBLEM_DRAFT, _("Typed before, not saved yet"));
  else if (!crm_field_binding_is_dirty (self))
    keep_draft (self, NULL);
}

void
crm_field_binding_flush (CrmFieldBinding *self)
{
  g_return_if_fail (CRM_IS_FIELD_BINDING (self));

  commit (self);
  if (self->draft_source != 0)
    keep_typed (self);
}

void
crm_field_binding_flush_all (CrmFieldBinding * const *bindings,
                             guint                    n_bindings)
{
  for (guint i = 0; i < n_bindings; i++)
    if (bindings[i] != NULL)
      crm_field_binding_flush (bindings[i]);
}

void
crm_field_binding_set_values_all (CrmFieldBinding * const *bindings,
                                  guint                    n_bindings,
                                  const CrmValues         *values)
{
  for (guint i = 0; i < n_bindings; i++)
    if (bindings[i] != NULL)
      crm_field_binding_set_values (bindings[i], values);
}

void
crm_field_binding_revert (CrmFieldBinding *self)
{
  g_return_if_fail (CRM_IS_FIELD_BINDING (self));
  g_return_if_fail (self->row != NULL);

  show_committed (self);
  keep_draft (self, NULL);
  set_problem (self, PROBLEM_NONE, NULL);
}

void
crm_field_binding_refuse (CrmFieldBinding *self,
                          const char      *message)
{
  g_return_if_fail (CRM_IS_FIELD_BINDING (self));

  set_problem (self, message != NULL ? PROBLEM_REFUSED : PROBLEM_NONE, message);
}

gboolean
crm_field_binding_is_dirty (CrmFieldBinding *self)
{
  g_autofree char *text = NULL;

  g_return_val_if_fail (CRM_IS_FIELD_BINDING (self), FALSE);

  if (self->row == NULL || self->baseline == NULL)
    return FALSE;
  text = crm_field_row_get_text (self->row);
  return strcmp (text, self->baseline) != 0;
}
