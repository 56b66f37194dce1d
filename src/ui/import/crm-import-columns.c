/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crm-config.h"

#include "crm-import-columns.h"

#include <glib/gi18n-lib.h>

#include "crm-client.h"
#include "crm-fold.h"
#include "crm-import-column-row.h"
#include "crm-number.h"

/* From here on columns are searched for rather than looked through */
#define SEARCH_FROM 12

struct _CrmImportColumns
{
  GtkBox           parent_instance;

  GtkLabel        *count_label;
  GtkWidget       *search_entry;
  GtkWidget       *notice;
  GtkLabel        *notice_label;
  GtkListView     *list;

  GtkOrientable   *shape;  /* weak: whose orientation the rows have */
  GListStore      *columns;
  GtkCustomFilter *filter;
  char            *folded; /* what is searched for */
};

enum
{
  SIGNAL_CHOSEN,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (CrmImportColumns, crm_import_columns, GTK_TYPE_BOX)

GResource *crm_ui_import_get_resource (void);

static void
update_count (CrmImportColumns *self)
{
  GListModel *columns = G_LIST_MODEL (self->columns);
  guint n_columns = g_list_model_get_n_items (columns);
  guint n_imported = 0;
  g_autofree char *imported = NULL;
  g_autofree char *all = NULL;
  g_autofree char *text = NULL;

  for (guint i = 0; i < n_columns; i++)
    {
      g_autoptr (CrmImportColumn) column = g_list_model_get_item (columns, i);

      n_imported += crm_import_column_get_target (column) != CRM_MAPPING_NONE;
    }
  imported = crm_number_format (n_imported);
  all = crm_number_format (n_columns);
  /* Translators: how many, and of how many */
  text = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%s of %s column is imported", "%s of %s columns are imported", n_columns),
                          imported, all);
  gtk_label_set_text (self->count_label, text);
}

static gboolean
is_found (gpointer item,
          gpointer user_data)
{
  CrmImportColumns *self = user_data;

  return self->folded == NULL || *self->folded == '\0' || crm_import_column_matches (item, self->folded);
}

static void
on_search_changed (CrmImportColumns *self)
{
  g_free (self->folded);
  self->folded = crm_fold (gtk_editable_get_text (GTK_EDITABLE (self->search_entry)));
  gtk_filter_changed (GTK_FILTER (self->filter), GTK_FILTER_CHANGE_DIFFERENT);
}

static void
on_stop_search (CrmImportColumns *self)
{
  if (*gtk_editable_get_text (GTK_EDITABLE (self->search_entry)) != '\0')
    gtk_editable_set_text (GTK_EDITABLE (self->search_entry), "");
  else
    gtk_widget_activate_action (GTK_WIDGET (self), "import.cancel", NULL);
}

/* The list's own signal names a position, but what is pressed is the row that has the focus */
static void
on_activate (CrmImportColumns *self)
{
  GtkWidget *focus = gtk_root_get_focus (gtk_widget_get_root (GTK_WIDGET (self)));
  GtkWidget *row = focus != NULL ? gtk_widget_get_first_child (focus) : NULL;

  if (CRM_IS_IMPORT_COLUMN_ROW (row))
    crm_import_column_row_choose (CRM_IMPORT_COLUMN_ROW (row));
}

static void
on_chosen (CrmImportColumns *self,
           CrmImportColumn  *column,
           int               target)
{
  if (crm_import_column_get_target (column) == target)
    return;
  crm_import_column_set_target (column, target);
  update_count (self);
  g_signal_emit (self, signals[SIGNAL_CHOSEN], 0, crm_import_column_get_number (column), target);
}

static void
setup_row (CrmImportColumns *self,
           GtkListItem      *item)
{
  GtkWidget *row = crm_import_column_row_new (&crm_client);

  if (self->shape != NULL)
    g_object_bind_property (self->shape, "orientation", row, "orientation", G_BINDING_SYNC_CREATE);
  g_signal_connect_object (row, "chosen", G_CALLBACK (on_chosen), self, G_CONNECT_SWAPPED);
  gtk_list_item_set_child (item, row);
}

static void
bind_row (CrmImportColumns *self,
          GtkListItem      *item)
{
  crm_import_column_row_set_column (CRM_IMPORT_COLUMN_ROW (gtk_list_item_get_child (item)), gtk_list_item_get_item (item));
}

static void
unbind_row (CrmImportColumns *self,
            GtkListItem      *item)
{
  crm_import_column_row_set_column (CRM_IMPORT_COLUMN_ROW (gtk_list_item_get_child (item)), NULL);
}

static void
crm_import_columns_dispose (GObject *object)
{
  CrmImportColumns *self = CRM_IMPORT_COLUMNS (object);

  if (self->filter != NULL)
    gtk_custom_filter_set_filter_func (self->filter, NULL, NULL, NULL);
  g_clear_weak_pointer (&self->shape);
  g_clear_object (&self->filter);
  g_clear_object (&self->columns);

  G_OBJECT_CLASS (crm_import_columns_parent_class)->dispose (object);
}

static void
crm_import_columns_finalize (GObject *object)
{
  g_free (CRM_IMPORT_COLUMNS (object)->folded);

  G_OBJECT_CLASS (crm_import_columns_parent_class)->finalize (object);
}

static void
crm_import_columns_class_init (CrmImportColumnsClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = crm_import_columns_dispose;
  object_class->finalize = crm_import_columns_finalize;

  signals[SIGNAL_CHOSEN] = g_signal_new ("chosen", CRM_TYPE_IMPORT_COLUMNS, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                         G_TYPE_NONE, 2, G_TYPE_UINT, G_TYPE_INT);

  g_resources_register (crm_ui_import_get_resource ());
  gtk_widget_class_set_template_from_resource (widget_class, "/com/example/Crm/ui/crm-import-columns.ui");
  gtk_widget_class_bind_template_child (widget_class, CrmImportColumns, count_label);
  gtk_widget_class_bind_template_child (widget_class, CrmImportColumns, search_entry);
  gtk_widget_class_bind_template_child (widget_class, CrmImportColumns, notice);
  gtk_widget_class_bind_template_child (widget_class, CrmImportColumns, notice_label);
  gtk_widget_class_bind_template_child (widget_class, CrmImportColumns, list);
  gtk_widget_class_bind_template_callback (widget_class, on_search_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_stop_search);
  gtk_widget_class_bind_template_callback (widget_class, on_activate);
  gtk_widget_class_bind_template_callback (widget_class, setup_row);
  gtk_widget_class_bind_template_callback (widget_class, bind_row);
  gtk_widget_class_bind_template_callback (widget_class, unbind_row);
}

static void
crm_import_columns_init (CrmImportColumns *self)
{
  GtkFilterListModel *found = NULL;
  g_autoptr (GtkNoSelection) rows = NULL;

  gtk_widget_init_template (GTK_WIDGET (self));
  self->columns = g_list_store_new (CRM_TYPE_IMPORT_COLUMN);
  self->filter = gtk_custom_filter_new (is_found, self, NULL);
  found = gtk_filter_list_model_new (g_object_ref (G_LIST_MODEL (self->columns)), g_object_ref (GTK_FILTER (self->filter)));
  rows = gtk_no_selection_new (G_LIST_MODEL (found));
  gtk_list_view_set_model (self->list, GTK_SELECTION_MODEL (rows));
}

void
crm_import_columns_set (CrmImportColumns *self,
                        const CrmMapping *mapping,
                        GPtrArray        *rows)
{
  g_autoptr (GPtrArray) columns = NULL;
  guint n_columns = 0;

  g_return_if_fail (CRM_IS_IMPORT_COLUMNS (self));
  g_return_if_fail (mapping != NULL);
  g_return_if_fail (rows != NULL);

  n_columns = crm_mapping_get_n_columns (mapping);
  columns = g_ptr_array_new_full (n_columns, g_object_unref);
  for (guint i = 0; i < n_columns; i++)
    g_ptr_array_add (columns, crm_import_column_new (i, crm_mapping_get_column_name (mapping, i), crm_mapping_get_target (mapping, i), rows));
  gtk_editable_set_text (GTK_EDITABLE (self->search_entry), "");
  gtk_widget_set_visible (self->search_entry, n_columns >= SEARCH_FROM);
  g_list_store_splice (self->columns, 0, g_list_model_get_n_items (G_LIST_MODEL (self->columns)), columns->pdata, n_columns);
  update_count (self);
}

void
crm_import_columns_set_shape (CrmImportColumns *self,
                              GtkOrientable    *shape)
{
  g_return_if_fail (CRM_IS_IMPORT_COLUMNS (self));
  g_return_if_fail (GTK_IS_ORIENTABLE (shape));

  g_set_weak_pointer (&self->shape, shape);
}

void
crm_import_columns_set_notice (CrmImportColumns *self,
                               const char       *text)
{
  g_return_if_fail (CRM_IS_IMPORT_COLUMNS (self));

  gtk_widget_set_visible (self->notice, text != NULL);
  gtk_label_set_text (self->notice_label, text != NULL ? text : "");
}
