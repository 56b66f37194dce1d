/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crm-config.h"

#include "crm-palette.h"

#include <glib/gi18n-lib.h>

#include "crm-fold.h"
#include "crm-log-search.h"
#include "crm-palette-row.h"
#include "crm-sql.h"

#define MOST_RECORDS 40
#define MOST_COMMANDS 6
#define PAGE_ROWS 8

struct _CrmPalette
{
  AdwWindow          parent_instance;

  GtkSearchEntry    *entry;
  GtkStack          *stack;
  GtkScrolledWindow *scroller;
  GtkListBox        *list;

  CrmWindow         *window;
  GCancellable      *cancellable;
};

G_DEFINE_FINAL_TYPE (CrmPalette, crm_palette, ADW_TYPE_WINDOW)

static char **
fold_words (CrmPalette *self)
{
  g_autofree char *folded = crm_fold (gtk_editable_get_text (GTK_EDITABLE (self->entry)));

  return folded[0] == '\0' ? g_new0 (char *, 1) : g_strsplit (folded, " ", -1);
}

/* Finding */

typedef struct
{
  CrmIndex *index;
  char     *text;
} Search;

static void
search_free (gpointer data)
{
  Search *search = data;

  g_free (search->text);
  g_free (search);
}

static void
values_free (gpointer values)
{
  if (values != NULL)
    crm_values_unref (values);
}

/* (transfer full) (element-type CrmValues) */
static GPtrArray *
read_records (CrmDb   *db,
              GArray  *ids,
              GError **error)
{
  g_autoptr (GPtrArray) records = g_ptr_array_new_with_free_func (values_free);

  for (guint i = 0; i < ids->len; i++)
    {
      gint64 id = g_array_index (ids, gint64, i);
      g_autoptr (GError) failure = NULL;
      const CrmEntity *entity = crm_sql_find_entity (db, id, &failure);
      CrmValues *values = entity == NULL ? NULL : crm_sql_read (db, entity, id, &failure);

      if (failure != NULL)
        {
          g_propagate_error (error, g_steal_pointer (&failure));
          return NULL;
        }
      if (values != NULL)
        g_ptr_array_add (records, values);
    }

  return g_steal_pointer (&records);
}

static gpointer
find_records (CrmDb         *db,
              gpointer       data,
              GCancellable  *cancellable,
              GError       **error)
{
  const Search *search = data;
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));

  return crm_index_search_all (search->index, db, search->text, MOST_RECORDS, ids, error) ? read_records (db, ids, error) : NULL;
}

/* What takes longer where there are very many conversations. */
static gpointer
find_in_conversations (CrmDb         *db,
                       gpointer       data,
                       GCancellable  *cancellable,
                       GError       **error)
{
  const Search *search = data;
  g_autoptr (CrmTerms) terms = crm_terms_parse (search->text);
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));

  return crm_log_search (db, terms, MOST_RECORDS, TRUE, ids, error) ? read_records (db, ids, error) : NULL;
}

static void
select_first (CrmPalette *self)
{
  GtkListBoxRow *row = gtk_list_box_get_row_at_index (self->list, 0);

  gtk_stack_set_visible_child_name (self->stack, row == NULL ? "nothing" : "hits");
  if (row != NULL)
    gtk_list_box_select_row (self->list, row);
}

static void
clear_list (CrmPalette *self)
{
  GtkListBoxRow *row = NULL;

  while ((row = gtk_list_box_get_row_at_index (self->list, 0)) != NULL)
    gtk_list_box_remove (self->list, GTK_WIDGET (row));
  gtk_adjustment_set_value (gtk_scrolled_window_get_vadjustment (self->scroller), 0);
}

static gboolean
matches_all (const char         *title,
             const char * const *words)
{
  for (; *words != NULL; words++)
    {
      g_autoptr (GArray) spans = crm_fold_find_spans (title, (const char *[]){ *words, NULL });

      if (spans->len == 0)
        return FALSE;
    }

  return TRUE;
}

static void
add_commands (CrmPalette         *self,
              const char * const *words,
              guint               most)
{
  guint n_commands = 0;
  guint added = 0;
  const CrmCommand *commands = crm_command_get_all (&n_commands);

  for (guint i = 0; i < n_commands && added < most; i++)
    {
      if (commands[i].flags & CRM_COMMAND_HIDDEN
          || !crm_window_can_run (self->window, &commands[i])
          || !matches_all (_(commands[i].title), words))
        continue;

      gtk_list_box_append (self->list, crm_palette_row_new_command (&commands[i], words));
      added++;
    }
}

static gboolean
has_record (CrmPalette *self,
            gint64      id)
{
  CrmPaletteRow *row = NULL;

  for (int i = 0; (row = CRM_PALETTE_ROW (gtk_list_box_get_row_at_index (self->list, i))) != NULL; i++)
    if (crm_palette_row_get_id (row) == id)
      return TRUE;
  return FALSE;
}

static void
add_records (CrmPalette         *self,
             GPtrArray          *records,
             const char * const *words)
{
  for (guint i = 0; i < records->len; i++)
    {
      const CrmValues *values = g_ptr_array_index (records, i);

      if (!has_record (self, crm_values_get_id (values)))
        gtk_list_box_append (self->list, crm_palette_row_new_record (values, words));
    }
}

/* (transfer full) (nullable): what was found; %NULL as well if nobody waits for it any more. */
static GPtrArray *
finish_search (CrmPalette   *self,
               GObject      *source,
               GAsyncResult *result)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) records = crm_store_read_finish (CRM_STORE (source), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || self->window == NULL)
    return NULL;
  if (records == NULL)
    crm_window_toast_error (self->window, error);
  return g_steal_pointer (&records);
}

static void
search (CrmPalette          *self,
        CrmJobFunc           func,
        GAsyncReadyCallback  callback)
{
  CrmStore *store = crm_window_get_store (self->window);
  Search *search = g_new (Search, 1);

  search->index = crm_store_get_index (store);
  search->text = g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->entry)));
  crm_store_read_async (store, func, search, search_free, (GDestroyNotify) g_ptr_array_unref, self->cancellable, callback,
                        g_object_ref (self));
}

static void
on_conversations_found (GObject      *source,
                        GAsyncResult *result,
                        gpointer      user_data)
{
  g_autoptr (CrmPalette) self = user_data;
  g_autoptr (GPtrArray) records = finish_search (self, source, result);
  g_auto (GStrv) words = fold_words (self);

  if (records == NULL || records->len == 0)
    return;
  add_records (self, records, (const char * const *) words);
  if (gtk_list_box_get_selected_row (self->list) == NULL)
    select_first (self);
}

static void
on_records_found (GObject      *source,
                  GAsyncResult *result,
                  gpointer      user_data)
{
  g_autoptr (CrmPalette) self = user_data;
  g_autoptr (GPtrArray) records = finish_search (self, source, result);
  g_auto (GStrv) words = fold_words (self);

  if (records == NULL)
    return;
  clear_list (self);
  add_commands (self, (const char * const *) words, MOST_COMMANDS);
  add_records (self, records, (const char * const *) words);
  select_first (self);
  if (records->len < MOST_RECORDS)
    search (self, find_in_conversations, on_conversations_found);
}

static void
on_search_changed (CrmPalette *self)
{
  g_auto (GStrv) words = fold_words (self);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  if (self->window == NULL)
    return;

  if (words[0] == NULL)
    {
      clear_list (self);
      add_commands (self, (const char * const *) words, G_MAXUINT);
      select_first (self);
      return;
    }

  self->cancellable = g_cancellable_new ();
  search (self, find_records, on_records_found);
}

/* Choosing */

static void
on_row_activated (CrmPalette    *self,
                  CrmPaletteRow *row)
{
  g_autoptr (CrmWindow) window = g_object_ref (self->window);
  const CrmCommand *command = crm_palette_row_get_command (row);
  const CrmEntity *entity = crm_palette_row_get_entity (row);
  gint64 id = crm_palette_row_get_id (row);

  /* First, so that what the command opens stands over the window itself */
  gtk_window_close (GTK_WINDOW (self));
  if (command != NULL)
    crm_window_run_command (window, command->action);
  else
    crm_window_open (window, entity, id);
}

static void
on_entry_activate (CrmPalette *self)
{
  GtkListBoxRow *row = gtk_list_box_get_selected_row (self->list);

  if (row != NULL)
    on_row_activated (self, CRM_PALETTE_ROW (row));
}

static void
scroll_to (CrmPalette    *self,
           GtkListBoxRow *row)
{
  graphene_rect_t bounds;

  if (gtk_widget_compute_bounds (GTK_WIDGET (row), GTK_WIDGET (self->list), &bounds))
    gtk_adjustment_clamp_page (gtk_scrolled_window_get_vadjustment (self->scroller), (double) bounds.origin.y,
                               (double) (bounds.origin.y + bounds.size.height));
}

static void
move_selection (CrmPalette *self,
                int         by)
{
  GtkListBoxRow *selected = gtk_list_box_get_selected_row (self->list);
  GtkListBoxRow *row = NULL;
  int position = selected == NULL ? 0 : gtk_list_box_row_get_index (selected) + by;

  /* The last there is, if the step leads beyond it */
  position = MAX (position, 0);
  while (position > 0 && gtk_list_box_get_row_at_index (self->list, position) == NULL)
    position--;
  row = gtk_list_box_get_row_at_index (self->list, position);
  if (row == NULL)
    return;

  gtk_list_box_select_row (self->list, row);
  scroll_to (self, row);
  gtk_accessible_update_relation (GTK_ACCESSIBLE (self->entry), GTK_ACCESSIBLE_RELATION_ACTIVE_DESCENDANT, row, -1);
}

static gboolean
on_key_pressed (CrmPalette      *self,
                guint            key,
                guint            code,
                GdkModifierType  modifiers)
{
  switch (key)
    {
    case GDK_KEY_Down:
    case GDK_KEY_KP_Down:
      move_selection (self, 1);
      return GDK_EVENT_STOP;
    case GDK_KEY_Up:
    case GDK_KEY_KP_Up:
      move_selection (self, -1);
      return GDK_EVENT_STOP;
    case GDK_KEY_Page_Down:
    case GDK_KEY_KP_Page_Down:
      move_selection (self, PAGE_ROWS);
      return GDK_EVENT_STOP;
    case GDK_KEY_Page_Up:
    case GDK_KEY_KP_Page_Up:
      move_selection (self, -PAGE_ROWS);
      return GDK_EVENT_STOP;
    default:
      return GDK_EVENT_PROPAGATE;
    }
}

static void
crm_palette_dispose (GObject *object)
{
  CrmPalette *self = CRM_PALETTE (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->window);

  G_OBJECT_CLASS (crm_palette_parent_class)->dispose (object);
}

static void
crm_palette_class_init (CrmPaletteClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = crm_palette_dispose;

  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
  gtk_widget_class_set_template_from_resource (widget_class, "/com/example/Crm/ui/crm-palette.ui");
  gtk_widget_class_bind_template_child (widget_class, CrmPalette, entry);
  gtk_widget_class_bind_template_child (widget_class, CrmPalette, stack);
  gtk_widget_class_bind_template_child (widget_class, CrmPalette, scroller);
  gtk_widget_class_bind_template_child (widget_class, CrmPalette, list);
  gtk_widget_class_bind_template_callback (widget_class, on_search_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_entry_activate);
  gtk_widget_class_bind_template_callback (widget_class, on_row_activated);
  gtk_widget_class_bind_template_callback (widget_class, on_key_pressed);
}

static void
crm_palette_init (CrmPalette *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
crm_palette_new (CrmWindow *window)
{
  CrmPalette *self = NULL;

  g_return_val_if_fail (CRM_IS_WINDOW (window), NULL);

  self = g_object_new (CRM_TYPE_PALETTE, "transient-for", window, NULL);
  self->window = g_object_ref (window);
  on_search_changed (self);
  gtk_widget_grab_focus (GTK_WIDGET (self->entry));
  return GTK_WIDGET (self);
}
