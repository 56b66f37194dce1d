/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crm-config.h"

#include "crm-child-list.h"

#include "crm-child-row.h"
#include "crm-display.h"
#include "crm-error.h"
#include "crm-position.h"
#include "crm-toaster.h"

#include <glib/gi18n-lib.h>

/* Rows that are kept for the children of the next parent: to make one takes as long as all else of a card */
#define MOST_SPARE 8

struct _CrmChildList {
  AdwPreferencesGroup parent_instance;

  CrmStore           *store;
  const CrmEntity    *child;
  const CrmEntity    *parent_entity;
  GType               row_type;
  GtkListBox         *list;
  GHashTable         *rows;    /* id (gint64) → CrmChildRow; not those without an id */
  gint64              parent;
  GPtrArray          *values;  /* of CrmValues; NULL: not read yet */
  GCancellable       *cancellable;
};

G_DEFINE_FINAL_TYPE (CrmChildList, crm_child_list, ADW_TYPE_PREFERENCES_GROUP)

enum {
  CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static void reload (CrmChildList *self);

/* Rows */

static gint64
get_row_id (GtkWidget *row)
{
  const gint64 *id = g_object_get_data (G_OBJECT (row), "crm-child-id");

  return id != NULL ? *id : 0;
}

static void
set_row_id (GtkWidget *row,
            gint64     id)
{
  g_object_set_data_full (G_OBJECT (row), "crm-child-id", g_memdup2 (&id, sizeof id), g_free);
}

static gboolean
is_appended (GtkListBoxRow *row)
{
  return g_object_get_data (G_OBJECT (row), "crm-appended") != NULL;
}

/* A spare row is nobody's: it waits, unseen, between the children and what is appended */
static gboolean
is_spare (GtkListBoxRow *row)
{
  return CRM_IS_CHILD_ROW (row) && g_object_get_data (G_OBJECT (row), "crm-spare") != NULL;
}

static void
set_spare (GtkListBoxRow *row,
           gboolean       spare)
{
  g_object_set_data (G_OBJECT (row), "crm-spare", spare ? row : NULL);
  gtk_widget_set_visible (GTK_WIDGET (row), !spare);
}

static void
take_row_out (CrmChildList *self,
              GtkWidget    *row)
{
  gint64 id = get_row_id (row);

  if (gtk_widget_get_focus_child (GTK_WIDGET (self->list)) == row)
    gtk_widget_child_focus (GTK_WIDGET (self), GTK_DIR_TAB_BACKWARD);
  if (id != 0)
    g_hash_table_remove (self->rows, &id);
  gtk_list_box_remove (self->list, row);
}

static void
on_deleted (GObject      *source,
            GAsyncResult *result,
            gpointer      data)
{
  g_autoptr (CrmChildList) self = data;
  g_autoptr (GError) error = NULL;

  if (gtk_widget_get_root (GTK_WIDGET (self)) == NULL)
    return;
  if (!crm_store_step_finish (CRM_STORE (source), result, &error))
    crm_toast_error (GTK_WIDGET (self), error);
  else
    crm_toast_undo (GTK_WIDGET (self), self->child == &crm_address    ? _("Address removed")
                                       : self->child == &crm_position ? _("Firm removed")
                                                                      : _("Contact removed"));
}

static void
on_removed (CrmChildRow  *row,
            CrmChildList *self)
{
  gint64 id = get_row_id (GTK_WIDGET (row));
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));

  if (is_spare (GTK_LIST_BOX_ROW (row)))
    return;
  if (id == 0)
    {
      take_row_out (self, GTK_WIDGET (row));
      return;
    }
  g_array_append_val (ids, id);
  crm_store_delete_async (self->store, self->child, ids, NULL, on_deleted, g_object_ref (self));
}

typedef struct {
  const CrmEntity *child;
  gint64           id;
  GArray          *others;
} MakeMain;

static void
make_main_free (MakeMain *make_main)
{
  g_array_unref (make_main->others);
  g_free (make_main);
}

static gboolean
set_main (CrmWriter       *writer,
          const CrmEntity *child,
          gint64           id,
          gboolean         is_main,
          GError         **error)
{
  g_autoptr (CrmValues) changes = crm_values_new (child, id);

  crm_values_set_integer (changes, (guint) crm_entity_find_field (child, "main"), is_main);
  return crm_writer_update (writer, changes, error);
}

/* On the writer's thread. */
static gboolean
make_main (CrmWriter     *writer,
           gpointer       data,
           GCancellable  *cancellable,
           GError       **error)
{
  MakeMain *job = data;
  guint i;

  for (i = 0; i < job->others->len; i++)
    if (!set_main (writer, job->child, g_array_index (job->others, gint64, i), FALSE, error))
      return FALSE;
  return set_main (writer, job->child, job->id, TRUE, error);
}

static void
on_step_done (GObject      *source,
              GAsyncResult *result,
              gpointer      data)
{
  g_autoptr (CrmChildList) self = data;
  g_autoptr (GError) error = NULL;

  if (!crm_store_step_finish (CRM_STORE (source), result, &error) && gtk_widget_get_root (GTK_WIDGET (self)) != NULL)
    crm_toast_error (GTK_WIDGET (self), error);
}

static void
on_made_main (CrmChildRow  *row,
              CrmChildList *self)
{
  guint main_field = (guint) crm_entity_find_field (self->child, "main");
  MakeMain *job = g_new0 (MakeMain, 1);
  guint i;

  job->child = self->child;
  job->id = get_row_id (GTK_WIDGET (row));
  job->others = g_array_new (FALSE, FALSE, sizeof (gint64));
  for (i = 0; i < self->values->len; i++)
    {
      gint64 id = crm_values_get_id (self->values->pdata[i]);

      if (id != job->id && crm_values_get_integer (self->values->pdata[i], main_field) != 0)
        g_array_append_val (job->others, id);
    }
  crm_store_step_async (self->store,
                        self->child == &crm_address    ? _("Make an address the main one")
                        : self->child == &crm_position ? _("Make a firm the main one")
                                                       : _("Make a contact the main one"),
                        make_main, job, (GDestroyNotify) make_main_free, NULL, on_step_done, g_object_ref (self));
}

static void
on_row_saved (CrmChildRow  *row,
              gint64        id,
              CrmChildList *self)
{
  GtkWidget *other = g_hash_table_lookup (self->rows, &id);

  /* Nothing new, or the row is another child's by now */
  if (get_row_id (GTK_WIDGET (row)) != 0)
    return;
  /* The commit may be known already, and a row have been made for it */
  if (other != NULL)
    take_row_out (self, other);
  set_row_id (GTK_WIDGET (row), id);
  g_hash_table_insert (self->rows, g_memdup2 (&id, sizeof id), row);
  reload (self);
}

static GtkWidget *
create_row (CrmChildList    *self,
            const CrmValues *values)
{
  GtkWidget *row = g_object_new (self->row_type, NULL);

  crm_child_row_set_up (CRM_CHILD_ROW (row), self->store, self->child);
  crm_child_row_set_values (CRM_CHILD_ROW (row), values);
  g_signal_connect (row, "removed", G_CALLBACK (on_removed), self);
  g_signal_connect (row, "made-main", G_CALLBACK (on_made_main), self);
  g_signal_connect (row, "saved", G_CALLBACK (on_row_saved), self);
  return row;
}

/* Where the first row stands that is no child's: children are above it. */
static int
find_end (CrmChildList *self)
{
  GtkListBoxRow *row;
  int i;

  for (i = 0; (row = gtk_list_box_get_row_at_index (self->list, i)) != NULL; i++)
    if (is_appended (row) || is_spare (row))
      break;
  return i;
}

/* A row with these values at the end of the children: one that is spare, or else a new one. */
static GtkWidget *
add_row (CrmChildList    *self,
         const CrmValues *values)
{
  int end = find_end (self);
  GtkListBoxRow *spare = gtk_list_box_get_row_at_index (self->list, end);
  GtkWidget *row;

  if (spare != NULL && is_spare (spare))
    {
      crm_child_row_set_values (CRM_CHILD_ROW (spare), values);
      set_spare (spare, FALSE);
      return GTK_WIDGET (spare);
    }
  row = create_row (self, values);
  gtk_list_box_insert (self->list, row, end);
  return row;
}

/* Drafts */

typedef struct {
  CrmChildList *self;
  gint64        parent;
  gint64        id;     /* of the child */
} DraftRequest;

static void
put_drafts_back (GtkWidget  *row,
                 GHashTable *drafts)
{
  GHashTableIter iter;
  gpointer field, text;

  g_hash_table_iter_init (&iter, drafts);
  while (g_hash_table_iter_next (&iter, &field, &text))
    crm_child_row_set_draft (CRM_CHILD_ROW (row), field, text);
}

static void
on_drafts_loaded (GObject      *source,
                  GAsyncResult *result,
                  gpointer      data)
{
  g_autofree DraftRequest *request = data;
  g_autoptr (CrmChildList) self = request->self;
  g_autoptr (GError) error = NULL;
  g_autoptr (GHashTable) drafts = crm_store_load_drafts_finish (CRM_STORE (source), result, &error);
  GtkWidget *row;

  if (drafts == NULL)
    g_message ("No drafts: %s", error->message);
  else if (request->parent == self->parent && (row = g_hash_table_lookup (self->rows, &request->id)) != NULL)
    put_drafts_back (row, drafts);
}

static void
load_drafts (CrmChildList *self,
             gint64        id)
{
  DraftRequest *request = g_new (DraftRequest, 1);

  *request = (DraftRequest) { g_object_ref (self), self->parent, id };
  crm_store_load_drafts_async (self->store, self->child, id, on_drafts_loaded, request);
}

/* Children */

static void
remove_missing (CrmChildList *self)
{
  g_autoptr (GHashTable) wanted = g_hash_table_new (g_int64_hash, g_int64_equal);
  g_autoptr (GList) rows = g_hash_table_get_values (self->rows);
  g_autofree gint64 *ids = g_new (gint64, self->values->len);
  GList *l;
  guint i;

  for (i = 0; i < self->values->len; i++)
    {
      ids[i] = crm_values_get_id (self->values->pdata[i]);
      g_hash_table_add (wanted, &ids[i]);
    }
  for (l = rows; l != NULL; l = l->next)
    {
      gint64 id = get_row_id (l->data);

      if (!g_hash_table_contains (wanted, &id))
        take_row_out (self, l->data);
    }
}

/* Rows move only while nothing is said below one of them. */
static void
place_row (CrmChildList *self,
           GtkWidget    *row,
           int           position)
{
  if (gtk_list_box_row_get_index (GTK_LIST_BOX_ROW (row)) == position || find_end (self) != (int) g_hash_table_size (self->rows))
    return;
  g_object_ref (row);
  gtk_list_box_remove (self->list, row);
  gtk_list_box_insert (self->list, row, position);
  g_object_unref (row);
}

static void
show_values (CrmChildList *self)
{
  guint i;

  remove_missing (self);
  for (i = 0; i < self->values->len; i++)
    {
      gint64 id = crm_values_get_id (self->values->pdata[i]);
      GtkWidget *row = g_hash_table_lookup (self->rows, &id);

      if (row != NULL)
        {
          crm_child_row_set_values (CRM_CHILD_ROW (row), self->values->pdata[i]);
          place_row (self, row, (int) i);
        }
      else
        {
          row = add_row (self, self->values->pdata[i]);
          set_row_id (row, id);
          g_hash_table_insert (self->rows, g_memdup2 (&id, sizeof id), row);
          place_row (self, row, (int) i);
          load_drafts (self, id);
        }
    }
}

/* Where somebody works stands before where somebody worked. */
static void
put_left_last (GPtrArray *positions)
{
  g_autoptr (GPtrArray) left = g_ptr_array_new_with_free_func ((GDestroyNotify) crm_values_unref);
  guint i = 0;

  while (i < positions->len)
    if (g_strcmp0 (crm_values_get_text (positions->pdata[i], CRM_POSITION_KIND), "left") == 0)
      g_ptr_array_add (left, g_ptr_array_steal_index (positions, i));
    else
      i++;
  g_ptr_array_extend_and_steal (positions, g_steal_pointer (&left));
}

static void
on_children_read (GObject      *source,
                  GAsyncResult *result,
                  gpointer      data)
{
  g_autoptr (CrmChildList) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) values = crm_store_get_children_finish (CRM_STORE (source), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || self->store == NULL)
    return;
  if (values == NULL)
    {
      if (gtk_widget_get_root (GTK_WIDGET (self)) != NULL)
        crm_toast_error (GTK_WIDGET (self), error);
      return;
    }
  g_clear_pointer (&self->values, g_ptr_array_unref);
  self->values = g_steal_pointer (&values);
  if (self->child == &crm_position)
    put_left_last (self->values);
  show_values (self);
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
cancel (CrmChildList *self)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
}

static void
reload (CrmChildList *self)
{
  cancel (self);
  self->cancellable = g_cancellable_new ();
  crm_store_get_children_async (self->store, self->child, self->parent, self->cancellable, on_children_read, g_object_ref (self));
}

static void
on_store_changed (CrmChildList *self,
                  CrmChangeSet *changes)
{
  if (self->parent != 0 && crm_change_set_touches (changes, self->parent_entity, self->parent))
    reload (self);
}

static void
crm_child_list_dispose (GObject *object)
{
  CrmChildList *self = CRM_CHILD_LIST (object);

  cancel (self);
  g_clear_object (&self->store);
  G_OBJECT_CLASS (crm_child_list_parent_class)->dispose (object);
}

static void
crm_child_list_finalize (GObject *object)
{
  CrmChildList *self = CRM_CHILD_LIST (object);

  g_clear_pointer (&self->values, g_ptr_array_unref);
  g_hash_table_unref (self->rows);
  G_OBJECT_CLASS (crm_child_list_parent_class)->finalize (object);
}

static void
crm_child_list_class_init (CrmChildListClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = crm_child_list_dispose;
  object_class->finalize = crm_child_list_finalize;
  signals[CHANGED] = g_signal_new ("changed", CRM_TYPE_CHILD_LIST, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
crm_child_list_init (CrmChildList *self)
{
  self->rows = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  self->list = GTK_LIST_BOX (gtk_list_box_new ());
  gtk_list_box_set_selection_mode (self->list, GTK_SELECTION_NONE);
  gtk_widget_add_css_class (GTK_WIDGET (self->list), "boxed-list");
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self), GTK_WIDGET (self->list));
}

GtkWidget *
crm_child_list_new (CrmStore        *store,
                    const CrmEntity *child,
                    GType            row_type)
{
  g_autofree char *title = NULL;
  CrmChildList *self;

  g_return_val_if_fail (CRM_IS_STORE (store), NULL);
  g_return_val_if_fail (child != NULL && child->parent != NULL, NULL);
  g_return_val_if_fail (g_type_is_a (row_type, CRM_TYPE_CHILD_ROW), NULL);

  title = g_markup_escape_text (_(child->plural), -1);
  self = g_object_new (CRM_TYPE_CHILD_LIST, "title", title, NULL);
  self->store = g_object_ref (store);
  self->child = child;
  self->parent_entity = crm_entity_find (crm_entity_get_field (child, child->parent)->refers);
  self->row_type = row_type;
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->list), GTK_ACCESSIBLE_PROPERTY_LABEL, _(child->plural), -1);
  g_signal_connect_object (store, "changed", G_CALLBACK (on_store_changed), self, G_CONNECT_SWAPPED);
  return GTK_WIDGET (self);
}

/* The rows of children become spare, in their places; all else that stands among them goes. */
static void
leave_children (CrmChildList *self)
{
  g_autoptr (GList) rows = g_hash_table_get_values (self->rows);
  GtkListBoxRow *row;
  GList *l;
  int i = 0;

  for (l = rows; l != NULL; l = l->next)
    crm_child_row_clear (l->data);
  g_hash_table_remove_all (self->rows);
  while ((row = gtk_list_box_get_row_at_index (self->list, i)) != NULL && !is_appended (row))
    {
      if (!CRM_IS_CHILD_ROW (row) || get_row_id (GTK_WIDGET (row)) == 0 || i >= MOST_SPARE)
        {
          gtk_list_box_remove (self->list, GTK_WIDGET (row));
          continue;
        }
      set_spare (row, TRUE);
      i++;
    }
}

void
crm_child_list_open (CrmChildList *self,
                     gint64        parent)
{
  g_return_if_fail (CRM_IS_CHILD_LIST (self));

  if (parent == self->parent)
    return;
  crm_child_list_flush (self);
  cancel (self);
  leave_children (self);
  g_clear_pointer (&self->values, g_ptr_array_unref);
  self->parent = parent;
  if (parent != 0)
    reload (self);
}

void
crm_child_list_flush (CrmChildList *self)
{
  GtkListBoxRow *row;
  int i;

  g_return_if_fail (CRM_IS_CHILD_LIST (self));

  for (i = 0; (row = gtk_list_box_get_row_at_index (self->list, i)) != NULL; i++)
    if (CRM_IS_CHILD_ROW (row))
      crm_child_row_flush (CRM_CHILD_ROW (row));
}

/* The menu that it was asked for in gives the focus back as it closes. */
static gboolean
edit_row (gpointer row)
{
  if (gtk_widget_get_root (row) != NULL)
    crm_child_row_edit (row);
  return G_SOURCE_REMOVE;
}

void
crm_child_list_add (CrmChildList    *self,
                    const CrmValues *values,
                    const char      *place,
                    GHashTable      *drafts)
{
  GtkWidget *row = NULL;

  g_return_if_fail (CRM_IS_CHILD_LIST (self));
  g_return_if_fail (values != NULL && crm_values_get_id (values) == 0);
  g_return_if_fail (place != NULL);

  row = create_row (self, values);
  crm_child_row_set_place (CRM_CHILD_ROW (row), self->parent_entity, self->parent, place);
  gtk_list_box_insert (self->list, row, find_end (self));
  if (drafts != NULL)
    put_drafts_back (row, drafts);
  else
    g_idle_add_full (G_PRIORITY_DEFAULT_IDLE, edit_row, g_object_ref (row), g_object_unref);
}

void
crm_child_list_append (CrmChildList *self,
                       GtkWidget    *row)
{
  g_return_if_fail (CRM_IS_CHILD_LIST (self));
  g_return_if_fail (GTK_IS_LIST_BOX_ROW (row));

  g_object_set_data (G_OBJECT (row), "crm-appended", self);
  gtk_list_box_append (self->list, row);
}

GPtrArray *
crm_child_list_get_values (CrmChildList *self)
{
  g_return_val_if_fail (CRM_IS_CHILD_LIST (self), NULL);

  return self->values;
}

CrmValues *
crm_child_list_create_values (CrmChildList *self)
{
  CrmValues *values = NULL;

  g_return_val_if_fail (CRM_IS_CHILD_LIST (self), NULL);

  values = crm_values_new (self->child, 0);
  crm_values_set_reference (values, (guint) crm_entity_find_field (self->child, self->child->parent), self->parent, NULL);
  return values;
}
