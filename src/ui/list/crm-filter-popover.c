/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crm-config.h"

#include "crm-filter-popover.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "crm-fold.h"
#include "crm-number.h"
#include "crm-list-words.h"
#include "crm-query-label.h"
#include "crm-value-counts.h"

/* More rows than anyone reads; the search narrows them */
#define MAX_ROWS 100
/* From how many values on it is quicker to type than to look */
#define SEARCH_FROM 9

GResource *crm_ui_list_get_resource (void);

struct _CrmFilterPopover
{
  GtkPopover    parent_instance;

  CrmStore     *store;
  CrmQuery     *query;
  guint         field;   /* whose values show */
  GPtrArray    *counts;  /* of CrmValueCount, of that field */
  GCancellable *cancellable;

  GtkStack     *stack;
  GtkListBox   *field_list;
  GtkListBox   *value_list;
  GtkWidget    *value_scroller;
  GtkWidget    *back_button;
  GtkLabel     *title;
  GtkWidget    *search_entry;
  GtkLabel     *message;
};

enum {
  SIGNAL_CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (CrmFilterPopover, crm_filter_popover, GTK_TYPE_POPOVER)

static void
clear_list (GtkListBox *list)
{
  GtkWidget *row;

  while ((row = gtk_widget_get_first_child (GTK_WIDGET (list))) != NULL)
    gtk_list_box_remove (list, row);
}

static void
emit_changed (CrmFilterPopover   *self,
              guint               field,
              CrmFilterOp         op,
              const char * const *values)
{
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0, field, (int) op, values);
}

/* Fields */

static GtkWidget *
add_row (GtkListBox *list,
         GtkWidget  *child,
         guint       index,
         const char *name)
{
  GtkWidget *row = gtk_list_box_row_new ();

  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), child);
  g_object_set_data (G_OBJECT (row), "crm-index", GUINT_TO_POINTER (index));
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  gtk_list_box_append (list, row);
  return row;
}

static GtkWidget *
new_label (const char *text)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_widget_set_hexpand (label, TRUE);
  return label;
}

static void
add_field_row (CrmFilterPopover *self,
               guint             field)
{
  const char *label = crm_field_get_label (&self->query->entity->fields[field]);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

  gtk_box_append (GTK_BOX (box), new_label (label));
  gtk_box_append (GTK_BOX (box), gtk_image_new_from_icon_name ("go-next-symbolic"));
  add_row (self->field_list, box, field, label);
}

static void
add_none_row (CrmFilterPopover *self,
              guint             field)
{
  const char *label = crm_field_get_none_label (&self->query->entity->fields[field]);
  GtkWidget *row = add_row (self->field_list, new_label (label), field, label);

  g_object_set_data (G_OBJECT (row), "crm-none", GINT_TO_POINTER (TRUE));
}

static void
add_late_row (CrmFilterPopover *self,
              guint             field)
{
  const char *label = crm_field_get_late_label (&self->query->entity->fields[field]);
  GtkWidget *row = add_row (self->field_list, new_label (label), field, label);

  g_object_set_data (G_OBJECT (row), "crm-none", GINT_TO_POINTER (TRUE));
  g_object_set_data (G_OBJECT (row), "crm-late", GINT_TO_POINTER (TRUE));
}

static void
update_header (GtkListBoxRow *row,
               GtkListBoxRow *before,
               gpointer       user_data)
{
  gboolean none = g_object_get_data (G_OBJECT (row), "crm-none") != NULL;
  gboolean none_before = before != NULL && g_object_get_data (G_OBJECT (before), "crm-none") != NULL;

  gtk_list_box_row_set_header (row, none && !none_before && before != NULL ? gtk_separator_new (GTK_ORIENTATION_HORIZONTAL) : NULL);
}

static void
on_field_activated (CrmFilterPopover *self,
                    GtkListBoxRow    *row)
{
  guint field = GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (row), "crm-index"));
  const char * const nothing[] = { NULL };
  const char * const late[] = { CRM_LATE, NULL };

  if (g_object_get_data (G_OBJECT (row), "crm-none") == NULL)
    {
      crm_filter_popover_show_values (self, field);
      return;
    }
  gtk_popover_popdown (GTK_POPOVER (self));
  if (g_object_get_data (G_OBJECT (row), "crm-late") != NULL)
    emit_changed (self, field, CRM_FILTER_AT_MOST, late);
  else
    emit_changed (self, field, CRM_FILTER_EMPTY, nothing);
}

void
crm_filter_popover_show_fields (CrmFilterPopover *self)
{
  const CrmEntity *entity;

  g_return_if_fail (CRM_IS_FILTER_POPOVER (self));
  g_return_if_fail (self->query != NULL);

  entity = self->query->entity;
  clear_list (self->field_list);
  for (guint i = 0; i < entity->n_fields; i++)
    {
      if (crm_field_has_value_filter (&entity->fields[i]))
        add_field_row (self, i);
    }
  for (guint i = 0; i < entity->n_fields; i++)
    {
      if (crm_field_get_none_label (&entity->fields[i]) != NULL && crm_query_get_filter (self->query, i, CRM_FILTER_EMPTY) == NULL)
        add_none_row (self, i);
      if (crm_field_get_late_label (&entity->fields[i]) != NULL && crm_query_get_filter (self->query, i, CRM_FILTER_AT_MOST) == NULL)
        add_late_row (self, i);
    }
  gtk_list_box_invalidate_headers (self->field_list);
  gtk_stack_set_visible_child_name (self->stack, "fields");
  gtk_widget_child_focus (GTK_WIDGET (self->field_list), GTK_DIR_TAB_FORWARD);
}

/* Values */

static gboolean
is_chosen (CrmFilterPopover *self,
           const char       *value)
{
  const CrmFilter *filter = crm_query_get_filter (self->query, self->field, CRM_FILTER_IS);
  g_autofree char *folded = crm_fold (value);

  for (guint i = 0; filter != NULL && filter->values != NULL && filter->values[i] != NULL; i++)
    {
      g_autofree char *other = crm_fold (filter->values[i]);

      if (g_str_equal (folded, other))
        return TRUE;
    }
  return FALSE;
}

static void
on_check_toggled (CrmFilterPopover *self,
                  GtkCheckButton   *check)
{
  const CrmValueCount *count = g_object_get_data (G_OBJECT (check), "crm-count");
  const CrmFilter *filter = crm_query_get_filter (self->query, self->field, CRM_FILTER_IS);
  g_autoptr (GPtrArray) values = g_ptr_array_new ();
  g_autofree char *toggled = crm_fold (count->value);

  for (guint i = 0; filter != NULL && filter->values != NULL && filter->values[i] != NULL; i++)
    {
      g_autofree char *folded = crm_fold (filter->values[i]);

      if (!g_str_equal (folded, toggled))
        g_ptr_array_add (values, filter->values[i]);
    }
  if (gtk_check_button_get_active (check))
    g_ptr_array_add (values, count->value);
  g_ptr_array_add (values, NULL);
  emit_changed (self, self->field, CRM_FILTER_IS, values->len > 1 ? (const char * const *) values->pdata : NULL);
}

static void
add_value_row (CrmFilterPopover    *self,
               const CrmValueCount *count)
{
  const CrmField *field = &self->query->entity->fields[self->field];
  g_autofree char *text = crm_filter_describe_value (field, count->value);
  g_autofree char *number = crm_number_format (count->count);
  GtkWidget *check = gtk_check_button_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  GtkWidget *number_label = gtk_label_new (number);
  GtkWidget *row;

  gtk_check_button_set_active (GTK_CHECK_BUTTON (check), is_chosen (self, count->value));
  /* Not merely unfocusable: GTK would believe that it took the focus, and the Tab key would stay in its row */
  gtk_widget_set_can_focus (check, FALSE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (check), GTK_ACCESSIBLE_PROPERTY_LABEL, text, -1);
  g_object_set_data (G_OBJECT (check), "crm-count", (gpointer) count);
  g_signal_connect_swapped (check, "toggled", G_CALLBACK (on_check_toggled), self);
  gtk_widget_add_css_class (number_label, "dim-label");
  gtk_widget_add_css_class (number_label, "numeric");
  gtk_box_append (GTK_BOX (box), check);
  gtk_box_append (GTK_BOX (box), new_label (text));
  gtk_box_append (GTK_BOX (box), number_label);
  row = add_row (self->value_list, box, 0, text);
  g_object_set_data (G_OBJECT (row), "crm-check", check);
}

static void
on_value_activated (CrmFilterPopover *self,
                    GtkListBoxRow    *row)
{
  GtkCheckButton *check = g_object_get_data (G_OBJECT (row), "crm-check");

  gtk_check_button_set_active (check, !gtk_check_button_get_active (check));
}

/* Values of which a word begins as what is typed */
static gboolean
value_matches (CrmFilterPopover *self,
               const char       *value,
               const char       *folded)
{
  const CrmField *field = &self->query->entity->fields[self->field];
  g_autofree char *text = NULL;
  g_autofree char *folded_text = NULL;
  const char *found;

  if (*folded == '\0')
    return TRUE;
  text = crm_filter_describe_value (field, value);
  folded_text = crm_fold (text);
  found = strstr (folded_text, folded);
  while (found != NULL && found != folded_text && found[-1] != ' ')
    found = strstr (found + 1, folded);
  return found != NULL;
}

static void
update_values (CrmFilterPopover *self)
{
  g_autofree char *folded = crm_fold (gtk_editable_get_text (GTK_EDITABLE (self->search_entry)));
  guint n_rows = 0;

  clear_list (self->value_list);
  for (guint i = 0; self->counts != NULL && i < self->counts->len && n_rows < MAX_ROWS; i++)
    {
      const CrmValueCount *count = self->counts->pdata[i];

      if (!value_matches (self, count->value, folded))
        continue;
      add_value_row (self, count);
      n_rows++;
    }
  if (self->counts != NULL)
    gtk_label_set_text (self->message, self->counts->len == 0 ? _(crm_list_words_get (self->query->entity)->none_has_value) : _("None begins like this."));
  gtk_widget_set_visible (GTK_WIDGET (self->message), self->counts != NULL && n_rows == 0);
  gtk_widget_set_visible (self->value_scroller, n_rows > 0);
}

static void
on_search_activate (CrmFilterPopover *self)
{
  GtkListBoxRow *first = gtk_list_box_get_row_at_index (self->value_list, 0);

  if (first != NULL)
    on_value_activated (self, first);
}

static void
on_stop_search (CrmFilterPopover *self)
{
  if (*gtk_editable_get_text (GTK_EDITABLE (self->search_entry)) != '\0')
    gtk_editable_set_text (GTK_EDITABLE (self->search_entry), "");
  else
    gtk_popover_popdown (GTK_POPOVER (self));
}

/* A value filtered by that no record has (any more) can be unchecked only if it is there */
static void
add_missing_values (CrmFilterPopover *self)
{
  const CrmFilter *filter = crm_query_get_filter (self->query, self->field, CRM_FILTER_IS);

  for (guint i = 0; filter != NULL && filter->values != NULL && filter->values[i] != NULL; i++)
    {
      g_autofree char *folded = crm_fold (filter->values[i]);
      gboolean there = FALSE;

      for (guint j = 0; j < self->counts->len && !there; j++)
        {
          g_autofree char *other = crm_fold (((CrmValueCount *) self->counts->pdata[j])->value);

          there = g_str_equal (folded, other);
        }
      if (!there)
        {
          CrmValueCount *count = g_new0 (CrmValueCount, 1);

          count->value = g_strdup (filter->values[i]);
          g_ptr_array_insert (self->counts, 0, count);
        }
    }
}

static void
on_counted (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (CrmFilterPopover) self = user_data;
  g_autoptr (GError) error = NULL;
  GPtrArray *counts = crm_value_counts_finish (CRM_STORE (source), result, &error);

  if (counts == NULL)
    {
      if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        {
          gtk_label_set_text (self->message, error->message);
          gtk_widget_set_visible (GTK_WIDGET (self->message), TRUE);
        }
      return;
    }
  clear_list (self->value_list);
  g_clear_pointer (&self->counts, g_ptr_array_unref);
  self->counts = counts;
  add_missing_values (self);
  gtk_widget_set_visible (self->search_entry, self->counts->len >= SEARCH_FROM);
  update_values (self);
  if (!gtk_widget_get_mapped (GTK_WIDGET (self)))
    return;
  if (gtk_widget_get_visible (self->search_entry))
    gtk_widget_grab_focus (self->search_entry);
  else if (!gtk_widget_child_focus (GTK_WIDGET (self->value_list), GTK_DIR_TAB_FORWARD))
    gtk_widget_grab_focus (self->back_button);
}

void
crm_filter_popover_show_values (CrmFilterPopover *self,
                                guint             field)
{
  g_return_if_fail (CRM_IS_FILTER_POPOVER (self));
  g_return_if_fail (self->query != NULL && field < self->query->entity->n_fields);

  self->field = field;
  gtk_label_set_text (self->title, crm_field_get_label (&self->query->entity->fields[field]));
  clear_list (self->value_list);
  g_clear_pointer (&self->counts, g_ptr_array_unref);
  gtk_widget_set_visible (GTK_WIDGET (self->message), FALSE);
  gtk_widget_set_visible (self->search_entry, FALSE);
  gtk_editable_set_text (GTK_EDITABLE (self->search_entry), "");
  gtk_stack_set_visible_child_name (self->stack, "values");

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  crm_value_counts_async (self->store, self->query, field, self->cancellable, on_counted, g_object_ref (self));
}

void
crm_filter_popover_set_query (CrmFilterPopover *self,
                              const CrmQuery   *query)
{
  CrmQuery *old;

  g_return_if_fail (CRM_IS_FILTER_POPOVER (self));
  g_return_if_fail (query != NULL);

  old = self->query;
  self->query = crm_query_copy (query);
  crm_query_free (old);
}

/* Object */

static void
crm_filter_popover_dispose (GObject *object)
{
  CrmFilterPopover *self = CRM_FILTER_POPOVER (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  if (self->value_list != NULL)
    clear_list (self->value_list);
  gtk_widget_dispose_template (GTK_WIDGET (self), CRM_TYPE_FILTER_POPOVER);
  g_clear_object (&self->store);

  G_OBJECT_CLASS (crm_filter_popover_parent_class)->dispose (object);
}

static void
crm_filter_popover_finalize (GObject *object)
{
  CrmFilterPopover *self = CRM_FILTER_POPOVER (object);

  g_clear_pointer (&self->counts, g_ptr_array_unref);
  g_clear_pointer (&self->query, crm_query_free);

  G_OBJECT_CLASS (crm_filter_popover_parent_class)->finalize (object);
}

static void
crm_filter_popover_class_init (CrmFilterPopoverClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = crm_filter_popover_dispose;
  object_class->finalize = crm_filter_popover_finalize;

  signals[SIGNAL_CHANGED] =
    g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                  G_TYPE_NONE, 3, G_TYPE_UINT, G_TYPE_INT, G_TYPE_STRV);

  g_resources_register (crm_ui_list_get_resource ());
  gtk_widget_class_set_template_from_resource (widget_class, "/com/example/Crm/ui/crm-filter-popover.ui");
  gtk_widget_class_bind_template_child (widget_class, CrmFilterPopover, stack);
  gtk_widget_class_bind_template_child (widget_class, CrmFilterPopover, field_list);
  gtk_widget_class_bind_template_child (widget_class, CrmFilterPopover, value_list);
  gtk_widget_class_bind_template_child (widget_class, CrmFilterPopover, value_scroller);
  gtk_widget_class_bind_template_child (widget_class, CrmFilterPopover, back_button);
  gtk_widget_class_bind_template_child (widget_class, CrmFilterPopover, title);
  gtk_widget_class_bind_template_child (widget_class, CrmFilterPopover, search_entry);
  gtk_widget_class_bind_template_child (widget_class, CrmFilterPopover, message);
  gtk_widget_class_bind_template_callback (widget_class, on_field_activated);
  gtk_widget_class_bind_template_callback (widget_class, on_value_activated);
  gtk_widget_class_bind_template_callback (widget_class, on_search_activate);
  gtk_widget_class_bind_template_callback (widget_class, on_stop_search);
  gtk_widget_class_bind_template_callback (widget_class, update_values);
  gtk_widget_class_bind_template_callback (widget_class, crm_filter_popover_show_fields);
}

static void
crm_filter_popover_init (CrmFilterPopover *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_list_box_set_header_func (self->field_list, update_header, NULL, NULL);
}

GtkWidget *
crm_filter_popover_new (CrmStore *store)
{
  CrmFilterPopover *self = g_object_new (CRM_TYPE_FILTER_POPOVER, NULL);

  self->store = g_object_ref (store);
  return GTK_WIDGET (self);
}
