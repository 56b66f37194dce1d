/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crm-config.h"

#include "crm-import-result-page.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

#include "crm-import-result-item.h"
#include "crm-import-result-row.h"
#include "crm-number.h"

struct _CrmImportResultPage
{
  GtkBox       parent_instance;

  GtkStack    *stack;
  GtkListView *list;

  GListStore  *items;
};

G_DEFINE_FINAL_TYPE (CrmImportResultPage, crm_import_result_page, GTK_TYPE_BOX)

GResource *crm_ui_import_get_resource (void);

/* @text: (transfer full) */
static void
add_heading (GPtrArray *items,
             char      *text)
{
  g_autofree char *heading = text;

  g_ptr_array_add (items, crm_import_result_item_new (0, heading, NULL));
}

static void
add_rest (GPtrArray *items,
          guint64    n_all,
          guint      n_shown)
{
  g_autofree char *text = NULL;

  if (n_all <= n_shown)
    return;
  text = crm_number_fill (_("… and %s more"), (gint64) (n_all - n_shown));
  g_ptr_array_add (items, crm_import_result_item_new (G_MAXUINT64, text, NULL));
}

/* (transfer full): of several files, in which one it stands */
static char *
name_file (const CrmImportResult *result,
           guint                  file,
           const char            *text)
{
  return g_strv_length (result->files) < 2 ? g_strdup (text) : g_strdup_printf ("%s: %s", result->files[file], text);
}

static void
add_messages (GPtrArray             *items,
              const CrmImportResult *result,
              const GArray          *messages,
              guint64                n_all)
{
  for (guint i = 0; i < messages->len; i++)
    {
      const CrmImportMessage *message = &g_array_index (messages, CrmImportMessage, i);

      g_autofree char *text = name_file (result, message->file, message->text);

      g_ptr_array_add (items, crm_import_result_item_new (message->line, text, NULL));
    }
  add_rest (items, n_all, messages->len);
}

static char *
describe_differences (const GArray *differences)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < differences->len; i++)
    {
      const CrmImportDifference *difference = &g_array_index (differences, CrmImportDifference, i);

      /* Translators: a field, what it holds and what it will hold */
      g_string_append_printf (text, _("%s: %s → %s"), difference->label, difference->before != NULL ? difference->before : "–",
                              difference->after != NULL ? difference->after : "–");
      if (i + 1 < differences->len)
        g_string_append_c (text, '\n');
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
add_changes (GPtrArray             *items,
             const CrmImportResult *result)
{
  for (guint i = 0; i < result->changed->len; i++)
    {
      const CrmImportChange *change = &g_array_index (result->changed, CrmImportChange, i);
      g_autofree char *differences = describe_differences (change->differences);
      g_autofree char *name = name_file (result, change->file, change->name);

      g_ptr_array_add (items, crm_import_result_item_new (change->line, name, differences));
    }
  add_rest (items, result->n_changed, result->changed->len);
}

static void
list_rejected (GPtrArray             *items,
               const CrmImportResult *result)
{
  gulong n = (gulong) result->n_rejected;

  if (n == 0)
    return;
  add_heading (items, result->is_cards
                 ? crm_number_fill (g_dngettext (GETTEXT_PACKAGE, "%s card is rejected", "%s cards are rejected", n), n)
                 : crm_number_fill (g_dngettext (GETTEXT_PACKAGE, "%s row is rejected", "%s rows are rejected", n), n));
  add_messages (items, result, result->rejected, result->n_rejected);
}

static void
list_warnings (GPtrArray             *items,
               const CrmImportResult *result)
{
  gulong n = (gulong) result->n_warnings;

  if (n == 0)
    return;
  add_heading (items, result->is_cards
                 ? crm_number_fill (g_dngettext (GETTEXT_PACKAGE, "%s remark on cards that are taken",
                                                 "%s remarks on cards that are taken", n), n)
                 : crm_number_fill (g_dngettext (GETTEXT_PACKAGE, "%s remark on rows that are taken",
                                                 "%s remarks on rows that are taken", n), n));
  add_messages (items, result, result->warnings, result->n_warnings);
}

static void
list_changed (GPtrArray             *items,
              const CrmImportResult *result)
{
  gulong n = (gulong) result->n_changed;

  if (n == 0)
    return;
  add_heading (items, result->is_cards
                 ? crm_number_fill (g_dngettext (GETTEXT_PACKAGE, "%s card changes something", "%s cards change something", n), n)
                 : crm_number_fill (g_dngettext (GETTEXT_PACKAGE, "%s client changes", "%s clients change", n), n));
  add_changes (items, result);
}

static void
list_new (GPtrArray             *items,
          const CrmImportResult *result)
{
  gulong n = (gulong) result->n_new;

  if (n == 0)
    return;
  add_heading (items, result->is_cards
                 ? crm_number_fill (g_dngettext (GETTEXT_PACKAGE, "%s card is new", "%s cards are new", n), n)
                 : crm_number_fill (g_dngettext (GETTEXT_PACKAGE, "%s client is new", "%s clients are new", n), n));
  add_messages (items, result, result->added, result->n_new);
}

static void
list_firms (GPtrArray             *items,
            const CrmImportResult *result)
{
  gulong n = (gulong) result->n_firms;

  if (n == 0)
    return;
  add_heading (items, crm_number_fill (g_dngettext (GETTEXT_PACKAGE, "%s firm of these people is new", "%s firms of these people are new", n), n));
  add_messages (items, result, result->firms, result->n_firms);
}

static void
setup_row (CrmImportResultPage *self,
           GtkListItem         *item)
{
  gtk_list_item_set_activatable (item, FALSE);
  gtk_list_item_set_child (item, crm_import_result_row_new ());
}

static void
bind_row (CrmImportResultPage *self,
          GtkListItem         *item)
{
  crm_import_result_row_set_item (CRM_IMPORT_RESULT_ROW (gtk_list_item_get_child (item)), gtk_list_item_get_item (item));
}

static void
crm_import_result_page_dispose (GObject *object)
{
  g_clear_object (&CRM_IMPORT_RESULT_PAGE (object)->items);

  G_OBJECT_CLASS (crm_import_result_page_parent_class)->dispose (object);
}

static void
crm_import_result_page_class_init (CrmImportResultPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = crm_import_result_page_dispose;

  g_resources_register (crm_ui_import_get_resource ());
  gtk_widget_class_set_template_from_resource (widget_class, "/com/example/Crm/ui/crm-import-result-page.ui");
  gtk_widget_class_bind_template_child (widget_class, CrmImportResultPage, stack);
  gtk_widget_class_bind_template_child (widget_class, CrmImportResultPage, list);
  gtk_widget_class_bind_template_callback (widget_class, setup_row);
  gtk_widget_class_bind_template_callback (widget_class, bind_row);
}

static void
crm_import_result_page_init (CrmImportResultPage *self)
{
  g_autoptr (GtkNoSelection) rows = NULL;

  gtk_widget_init_template (GTK_WIDGET (self));
  self->items = g_list_store_new (CRM_TYPE_IMPORT_RESULT_ITEM);
  rows = gtk_no_selection_new (g_object_ref (G_LIST_MODEL (self->items)));
  gtk_list_view_set_model (self->list, GTK_SELECTION_MODEL (rows));
}

void
crm_import_result_page_set_result (CrmImportResultPage   *self,
                                   const CrmImportResult *result)
{
  g_autoptr (GPtrArray) items = NULL;

  g_return_if_fail (CRM_IS_IMPORT_RESULT_PAGE (self));

  items = g_ptr_array_new_with_free_func (g_object_unref);
  if (result != NULL)
    {
      list_rejected (items, result);
      list_warnings (items, result);
      list_changed (items, result);
      list_new (items, result);
      list_firms (items, result);
    }
  g_list_store_splice (self->items, 0, g_list_model_get_n_items (G_LIST_MODEL (self->items)), items->pdata, items->len);
  gtk_stack_set_visible_child_name (self->stack, items->len > 0 ? "rows" : "empty");
}
