/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crm-config.h"

#include "crm-history-view.h"

#include "crm-display.h"
#include "crm-history-list.h"
#include "crm-time.h"

#include <glib/gi18n-lib.h>

#define PAGE 50

struct _CrmHistoryView {
  GtkWidget        parent_instance;

  CrmStore        *store;
  const CrmEntity *entity;
  gint64           id;

  GtkListBox      *list;
  GtkLabel        *state;       /* instead of a list */
  guint            limit;       /* how many changes are wanted */
  gboolean         has_more;
  gboolean         is_outdated; /* not what the store has: read when seen */
  GCancellable    *cancellable; /* while reading */
};

G_DEFINE_FINAL_TYPE (CrmHistoryView, crm_history_view, GTK_TYPE_WIDGET)

typedef struct {
  gint64 id;
  guint  limit;
} Request;

/* On the reader's thread. */
static gpointer
read_history (CrmDb         *db,
              gpointer       data,
              GCancellable  *cancellable,
              GError       **error)
{
  Request *request = data;

  return crm_history_read_record (db, request->id, request->limit, error);
}

static GtkWidget *
create_label (const char *text)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  return label;
}

/* Of a record that came or went: "Address added: Rami 14". */
static GtkWidget *
create_record_line (const CrmHistoryEntry *entry)
{
  const char *label = _(entry->entity->label);
  g_autofree char *name = crm_display_line (entry->after != NULL ? entry->after : entry->before);
  gboolean is_added = entry->op == CRM_CHANGE_INSERTED;
  g_autofree char *text = NULL;

  if (name[0] != '\0')
    /* Translators: what kind of record it is, its name */
    text = g_strdup_printf (is_added ? _("%s added: %s") : _("%s removed: %s"), label, name);
  else
    text = g_strdup_printf (is_added ? _("%s added") : _("%s removed"), label);
  return create_label (text);
}

/* Of a field: "City: Bursa → İzmir", the label in bold. */
static GtkWidget *
create_field_line (CrmHistoryView        *self,
                   const CrmHistoryEntry *entry)
{
  const char *field = crm_field_get_label (&entry->entity->fields[entry->field]);
  g_autofree char *of_child = entry->entity != self->entity ? g_strdup_printf ("%s, %s", _(entry->entity->label), field) : NULL;
  const char *title = of_child != NULL ? of_child : field;
  g_autofree char *before = crm_display_line (entry->before);
  g_autofree char *after = crm_display_line (entry->after);
  g_autofree char *text = g_strdup_printf ("%s: %s → %s", title, before[0] != '\0' ? before : "—", after[0] != '\0' ? after : "—");
  g_autoptr (PangoAttrList) attributes = pango_attr_list_new ();
  PangoAttribute *bold = pango_attr_weight_new (PANGO_WEIGHT_SEMIBOLD);
  GtkWidget *line = create_label (text);

  bold->end_index = (guint) strlen (title) + 1;
  pango_attr_list_insert (attributes, bold);
  gtk_label_set_attributes (GTK_LABEL (line), attributes);
  return line;
}

/* A step: when, who and its label; what it changed is put above. */
static GtkWidget *
create_row (const CrmHistoryEntry *entry)
{
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);
  g_autofree char *label = crm_display_line (entry->label);
  g_autofree char *who = crm_display_line (entry->who);
  g_autofree char *when = crm_time_format (entry->at);
  g_autofree char *text = g_strdup_printf ("%s · %s · %s", when, who, label);
  GtkWidget *caption = create_label (text);

  gtk_widget_add_css_class (caption, "two-line-subtitle");
  gtk_box_append (GTK_BOX (box), caption);
  gtk_widget_add_css_class (row, "history");
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);
  return row;
}

static void
show_entries (CrmHistoryView *self,
              GPtrArray      *entries)
{
  GtkWidget *row = NULL;
  gint64 step = 0;
  guint i;

  while ((row = GTK_WIDGET (gtk_list_box_get_row_at_index (self->list, 0))) != NULL)
    gtk_list_box_remove (self->list, row);
  for (i = 0; i < entries->len; i++)
    {
      const CrmHistoryEntry *entry = entries->pdata[i];
      GtkWidget *line = entry->field < 0 ? create_record_line (entry) : create_field_line (self, entry);
      GtkWidget *box;

      if (row == NULL || entry->step != step)
        {
          row = create_row (entry);
          gtk_list_box_append (self->list, row);
        }
      step = entry->step;
      box = gtk_list_box_row_get_child (GTK_LIST_BOX_ROW (row));
      gtk_box_insert_child_after (GTK_BOX (box), line, gtk_widget_get_prev_sibling (gtk_widget_get_last_child (box)));
    }
}

static void
show_state (CrmHistoryView *self,
            const char     *text)
{
  gtk_label_set_text (self->state, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (self->state), text != NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->list), text == NULL);
}

static void
on_read (GObject      *source,
         GAsyncResult *result,
         gpointer      data)
{
  g_autoptr (CrmHistoryView) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) entries = crm_store_read_finish (CRM_STORE (source), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || self->store == NULL)
    return;
  g_clear_object (&self->cancellable);
  if (entries == NULL)
    {
      show_state (self, error->message);
      return;
    }
  self->has_more = entries->len >= self->limit;
  show_entries (self, entries);
  show_state (self, entries->len == 0 ? _("Nothing has changed yet.") : NULL);
}

static void
cancel (CrmHistoryView *self)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
}

static void
read_if_seen (CrmHistoryView *self)
{
  Request *request;

  if (self->id == 0 || !self->is_outdated || !gtk_widget_get_mapped (GTK_WIDGET (self)))
    return;
  cancel (self);
  self->is_outdated = FALSE;
  self->cancellable = g_cancellable_new ();
  request = g_new (Request, 1);
  *request = (Request) { self->id, self->limit };
  crm_store_read_async (self->store, read_history, request, g_free, (GDestroyNotify) g_ptr_array_unref, self->cancellable, on_read,
                        g_object_ref (self));
}

static void
on_store_changed (CrmHistoryView *self,
                  CrmChangeSet   *changes)
{
  if (self->id == 0 || !crm_change_set_touches (changes, self->entity, self->id))
    return;
  self->is_outdated = TRUE;
  read_if_seen (self);
}

static void
crm_history_view_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (crm_history_view_parent_class)->map (widget);
  read_if_seen (CRM_HISTORY_VIEW (widget));
}

static void
crm_history_view_dispose (GObject *object)
{
  CrmHistoryView *self = CRM_HISTORY_VIEW (object);
  GtkWidget *child;

  cancel (self);
  g_clear_object (&self->store);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
  G_OBJECT_CLASS (crm_history_view_parent_class)->dispose (object);
}

static void
crm_history_view_class_init (CrmHistoryViewClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = crm_history_view_dispose;
  widget_class->map = crm_history_view_map;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
}

static void
crm_history_view_init (CrmHistoryView *self)
{
  self->list = GTK_LIST_BOX (gtk_list_box_new ());
  gtk_list_box_set_selection_mode (self->list, GTK_SELECTION_NONE);
  gtk_widget_add_css_class (GTK_WIDGET (self->list), "boxed-list");
  gtk_widget_set_valign (GTK_WIDGET (self->list), GTK_ALIGN_START);
  gtk_widget_set_hexpand (GTK_WIDGET (self->list), TRUE);
  gtk_widget_set_visible (GTK_WIDGET (self->list), FALSE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->list), GTK_ACCESSIBLE_PROPERTY_LABEL, _("History"), -1);
  self->state = GTK_LABEL (gtk_label_new (NULL));
  gtk_label_set_wrap (self->state, TRUE);
  gtk_widget_set_hexpand (GTK_WIDGET (self->state), TRUE);
  gtk_widget_add_css_class (GTK_WIDGET (self->state), "dim-label");
  gtk_widget_set_parent (GTK_WIDGET (self->list), GTK_WIDGET (self));
  gtk_widget_set_parent (GTK_WIDGET (self->state), GTK_WIDGET (self));
}

GtkWidget *
crm_history_view_new (CrmStore        *store,
                      const CrmEntity *entity)
{
  CrmHistoryView *self;

  g_return_val_if_fail (CRM_IS_STORE (store), NULL);
  g_return_val_if_fail (entity != NULL, NULL);

  self = g_object_new (CRM_TYPE_HISTORY_VIEW, NULL);
  self->entity = entity;
  self->store = g_object_ref (store);
  g_signal_connect_object (store, "changed", G_CALLBACK (on_store_changed), self, G_CONNECT_SWAPPED);
  return GTK_WIDGET (self);
}

void
crm_history_view_open (CrmHistoryView *self,
                       gint64          id)
{
  g_return_if_fail (CRM_IS_HISTORY_VIEW (self));

  cancel (self);
  self->id = id;
  self->limit = PAGE;
  self->has_more = FALSE;
  self->is_outdated = TRUE;
  show_state (self, "");
  read_if_seen (self);
}

void
crm_history_view_read_more (CrmHistoryView *self)
{
  g_return_if_fail (CRM_IS_HISTORY_VIEW (self));

  if (!self->has_more || self->cancellable != NULL)
    return;
  self->limit += PAGE;
  self->is_outdated = TRUE;
  read_if_seen (self);
}
