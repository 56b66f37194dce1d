/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crm-config.h"

#include "crm-tasks-section.h"

#include <glib/gi18n-lib.h>

#include "crm-add-row.h"
#include "crm-child-row.h"
#include "crm-display.h"
#include "crm-person.h"
#include "crm-step-entry.h"
#include "crm-task-row.h"
#include "crm-task-steps.h"
#include "crm-task.h"
#include "crm-tasks.h"
#include "crm-toaster.h"

struct _CrmTasksSection {
  AdwPreferencesGroup parent_instance;

  CrmStore           *store;
  guint               owner;
  gint64              record;   /* 0: none */
  GtkListBox         *list;
  GHashTable         *rows;     /* id → CrmTaskRow, not owned */
  CrmStepEntry       *entry;
  GtkWidget          *entry_row;
  GtkWidget          *add_row;
  GCancellable       *cancellable;
};

G_DEFINE_FINAL_TYPE (CrmTasksSection, crm_tasks_section, ADW_TYPE_PREFERENCES_GROUP)

/* Rows */

static void
remove_row (CrmTasksSection *self,
            GtkWidget       *row)
{
  /* GtkListBox leaves the focus nowhere */
  if (gtk_widget_get_focus_child (GTK_WIDGET (self->list)) == row)
    gtk_widget_grab_focus (self->add_row);
  crm_child_row_clear (CRM_CHILD_ROW (row));
  gtk_list_box_remove (self->list, row);
}

static void
on_deleted (GObject      *source,
            GAsyncResult *result,
            gpointer      data)
{
  g_autoptr (CrmTasksSection) self = data;
  g_autoptr (GError) error = NULL;
  gboolean is_done = crm_store_step_finish (CRM_STORE (source), result, &error);

  if (gtk_widget_get_root (GTK_WIDGET (self)) == NULL)
    return;
  if (is_done)
    crm_toast_undo (GTK_WIDGET (self), _("Task removed"));
  else
    crm_toast_error (GTK_WIDGET (self), error);
}

static void
on_removed (CrmTasksSection *self,
            CrmTaskRow      *row)
{
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  gint64 id = crm_values_get_id (crm_fields_row_get_values (CRM_FIELDS_ROW (row)));

  g_array_append_val (ids, id);
  crm_store_delete_async (self->store, &crm_task, ids, NULL, on_deleted, g_object_ref (self));
}

static GtkWidget *
ensure_row (CrmTasksSection *self,
            const CrmValues *task)
{
  gint64 id = crm_values_get_id (task);
  GtkWidget *row = g_hash_table_lookup (self->rows, &id);

  if (row == NULL)
    {
      row = crm_task_row_new (self->store);
      g_signal_connect_swapped (row, "removed", G_CALLBACK (on_removed), self);
      crm_child_row_set_values (CRM_CHILD_ROW (row), task);
      gtk_list_box_insert (self->list, row, (int) g_hash_table_size (self->rows));
      g_hash_table_insert (self->rows, g_memdup2 (&id, sizeof id), row);
    }
  else
    crm_child_row_set_values (CRM_CHILD_ROW (row), task);
  return row;
}

static void
place_row (CrmTasksSection *self,
           GtkWidget       *row,
           int              position)
{
  if (gtk_list_box_row_get_index (GTK_LIST_BOX_ROW (row)) == position || gtk_widget_get_focus_child (row) != NULL)
    return;
  g_object_ref (row);
  gtk_list_box_remove (self->list, row);
  gtk_list_box_insert (self->list, row, position);
  g_object_unref (row);
}

static void
remove_missing (CrmTasksSection *self,
                GPtrArray       *tasks)
{
  GHashTableIter iter;
  gpointer key, row;

  g_hash_table_iter_init (&iter, self->rows);
  while (g_hash_table_iter_next (&iter, &key, &row))
    {
      gboolean is_there = FALSE;

      for (guint i = 0; i < tasks->len && !is_there; i++)
        is_there = crm_values_get_id (tasks->pdata[i]) == *(gint64 *) key;
      if (!is_there)
        {
          g_hash_table_iter_steal (&iter);
          g_free (key);
          remove_row (self, row);
        }
    }
}

/* The bar above has the next step of a client */
static gboolean
belongs_here (CrmTasksSection *self,
              const CrmValues *task)
{
  return task != NULL && (self->owner == CRM_TASK_PERSON || crm_values_get_integer (task, CRM_TASK_NEXT) == 0);
}

static void
show_tasks (CrmTasksSection *self,
            GPtrArray       *all)
{
  g_autoptr (GPtrArray) tasks = g_ptr_array_new ();

  for (guint i = 0; i < all->len; i++)
    if (belongs_here (self, all->pdata[i]))
      g_ptr_array_add (tasks, all->pdata[i]);
  remove_missing (self, tasks);
  for (guint i = 0; i < tasks->len; i++)
    place_row (self, ensure_row (self, tasks->pdata[i]), (int) i);
}

/* Reading */

typedef struct {
  guint  owner;
  gint64 record;
} Request;

/* On the reader's thread. */
static gpointer
read_tasks (CrmDb         *db,
            gpointer       data,
            GCancellable  *cancellable,
            GError       **error)
{
  const Request *request = data;

  return crm_tasks_read_open (db, request->owner, request->record, error);
}

static void
on_tasks_read (GObject      *source,
               GAsyncResult *result,
               gpointer      data)
{
  g_autoptr (CrmTasksSection) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) tasks = crm_store_read_finish (CRM_STORE (source), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || self->store == NULL)
    return;
  if (tasks != NULL)
    show_tasks (self, tasks);
  else if (gtk_widget_get_root (GTK_WIDGET (self)) != NULL)
    crm_toast_error (GTK_WIDGET (self), error);
}

static void
cancel (CrmTasksSection *self)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
}

static void
reload (CrmTasksSection *self)
{
  Request *request = g_new (Request, 1);

  *request = (Request) { self->owner, self->record };
  cancel (self);
  self->cancellable = g_cancellable_new ();
  crm_store_read_async (self->store, read_tasks, request, g_free, (GDestroyNotify) g_ptr_array_unref, self->cancellable, on_tasks_read,
                        g_object_ref (self));
}

static void
on_store_changed (CrmTasksSection *self,
                  CrmChangeSet    *changes)
{
  if (self->record != 0 && crm_change_set_touches_entity (changes, &crm_task))
    reload (self);
}

/* Adding */

static void
show_entry (CrmTasksSection *self,
            gboolean         shown)
{
  gtk_widget_set_visible (self->entry_row, shown);
  gtk_widget_set_visible (self->add_row, !shown);
}

static void
on_cancelled (CrmTasksSection *self)
{
  show_entry (self, FALSE);
  gtk_widget_grab_focus (self->add_row);
}

static void
on_save (CrmTasksSection *self,
         CrmValues       *typed)
{
  CrmValues *changes = crm_values_copy (typed);
  g_autofree char *name = crm_display_line (crm_values_get_text (typed, CRM_TASK_NAME));
  g_autofree char *label = g_strdup_printf (_("New %s"), name);

  crm_values_set_reference (changes, self->owner, self->record, NULL);
  crm_task_save (GTK_WIDGET (self), self->store, changes, label, NULL);
  crm_step_entry_clear (self->entry);
  on_cancelled (self);
}

static void
build_rows (CrmTasksSection *self)
{
  self->entry_row = adw_preferences_row_new ();
  gtk_widget_set_focusable (self->entry_row, FALSE);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (self->entry_row), FALSE);
  gtk_widget_add_css_class (self->entry_row, "step-entry");
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (self->entry_row), GTK_WIDGET (self->entry));
  gtk_list_box_append (self->list, self->entry_row);
  self->add_row = crm_add_row_new (_("Add a Task"), NULL);
  g_signal_connect_swapped (self->add_row, "activated", G_CALLBACK (crm_tasks_section_add), self);
  gtk_list_box_append (self->list, self->add_row);
  show_entry (self, FALSE);
}

/* The class */

static void
crm_tasks_section_dispose (GObject *object)
{
  CrmTasksSection *self = CRM_TASKS_SECTION (object);

  cancel (self);
  g_clear_object (&self->store);
  G_OBJECT_CLASS (crm_tasks_section_parent_class)->dispose (object);
}

static void
crm_tasks_section_finalize (GObject *object)
{
  g_hash_table_unref (CRM_TASKS_SECTION (object)->rows);
  G_OBJECT_CLASS (crm_tasks_section_parent_class)->finalize (object);
}

static void
crm_tasks_section_class_init (CrmTasksSectionClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = crm_tasks_section_dispose;
  G_OBJECT_CLASS (klass)->finalize = crm_tasks_section_finalize;
}

static void
crm_tasks_section_init (CrmTasksSection *self)
{
  self->rows = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  self->list = GTK_LIST_BOX (gtk_list_box_new ());
  gtk_list_box_set_selection_mode (self->list, GTK_SELECTION_NONE);
  gtk_widget_add_css_class (GTK_WIDGET (self->list), "boxed-list");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->list), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Tasks"), -1);
  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (self), _("Tasks"));
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self), GTK_WIDGET (self->list));
}

GtkWidget *
crm_tasks_section_new (CrmStore *store,
                       guint     owner)
{
  CrmTasksSection *self = NULL;

  g_return_val_if_fail (CRM_IS_STORE (store), NULL);
  g_return_val_if_fail (owner == CRM_TASK_CLIENT || owner == CRM_TASK_PERSON, NULL);

  self = g_object_new (CRM_TYPE_TASKS_SECTION, NULL);
  self->store = g_object_ref (store);
  self->owner = owner;
  self->entry = CRM_STEP_ENTRY (crm_step_entry_new (store, _("What is to be done"), "task"));
  crm_step_entry_set_can_cancel (self->entry, TRUE);
  build_rows (self);
  g_signal_connect_swapped (self->entry, "save", G_CALLBACK (on_save), self);
  g_signal_connect_swapped (self->entry, "cancel", G_CALLBACK (on_cancelled), self);
  g_signal_connect_object (store, "changed", G_CALLBACK (on_store_changed), self, G_CONNECT_SWAPPED);
  return GTK_WIDGET (self);
}

void
crm_tasks_section_open (CrmTasksSection *self,
                        gint64           record)
{
  g_autoptr (GPtrArray) none = g_ptr_array_new ();

  g_return_if_fail (CRM_IS_TASKS_SECTION (self));

  crm_tasks_section_flush (self);
  cancel (self);
  self->record = record;
  show_tasks (self, none);
  crm_step_entry_open (self->entry, self->owner == CRM_TASK_PERSON ? &crm_person : crm_entity_find ("client"), record);
  show_entry (self, FALSE);
  if (record != 0)
    reload (self);
}

void
crm_tasks_section_put_drafts_back (CrmTasksSection *self,
                                   GHashTable      *drafts)
{
  g_return_if_fail (CRM_IS_TASKS_SECTION (self));

  if (crm_step_entry_put_drafts_back (self->entry, drafts))
    show_entry (self, TRUE);
}

void
crm_tasks_section_flush (CrmTasksSection *self)
{
  GHashTableIter iter;
  gpointer row;

  g_return_if_fail (CRM_IS_TASKS_SECTION (self));

  g_hash_table_iter_init (&iter, self->rows);
  while (g_hash_table_iter_next (&iter, NULL, &row))
    crm_child_row_flush (CRM_CHILD_ROW (row));
  crm_step_entry_flush (self->entry);
}

void
crm_tasks_section_add (CrmTasksSection *self)
{
  g_return_if_fail (CRM_IS_TASKS_SECTION (self));

  show_entry (self, TRUE);
  gtk_widget_grab_focus (GTK_WIDGET (self->entry));
}
