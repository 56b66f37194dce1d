/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crm-config.h"

#include "crm-timeline-row.h"

#include "crm-display.h"
#include "crm-interaction.h"
#include "crm-time.h"
#include "crm-timeline-documents.h"
#include "crm-timeline-words.h"
#include "crm-wrap-layout.h"

#include <glib/gi18n-lib.h>

/* So many letters of a text are likely to be more than a line */
#define LONG_PREVIEW 70

struct _CrmTimelineRow {
  GtkWidget        parent_instance;

  CrmStore        *store;
  CrmTimelineItem *item;
  gulong           changed_handler;
  gboolean         is_open;
  GCancellable    *cancellable; /* while the whole text is read */

  GtkInscription  *day;
  GtkImage        *icon;
  GtkImage        *arrow;
  GtkInscription  *title;
  GtkInscription  *clock;
  GtkInscription  *meta;
  GtkInscription  *preview;
  GtkInscription  *next;
  GtkBox          *column;      /* all but icon and day */
  GtkWidget       *detail;      /* while it is open */
  GtkLabel        *text;
};

G_DEFINE_FINAL_TYPE (CrmTimelineRow, crm_timeline_row, GTK_TYPE_WIDGET)

static void
show_text (GtkInscription *inscription,
           const char     *text)
{
  gboolean shown = text != NULL && *text != '\0';

  if (g_strcmp0 (gtk_inscription_get_text (inscription), text) != 0)
    gtk_inscription_set_text (inscription, text);
  if (gtk_widget_get_visible (GTK_WIDGET (inscription)) != shown)
    gtk_widget_set_visible (GTK_WIDGET (inscription), shown);
}

/* Opened */

static void
on_record_read (GObject      *source,
                GAsyncResult *result,
                gpointer      data)
{
  g_autoptr (CrmTimelineRow) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (CrmRecord) record = crm_store_get_record_finish (CRM_STORE (source), result, &error);
  g_autofree char *shown = NULL;

  if (record == NULL || self->text == NULL)
    return;
  shown = crm_display_lines (crm_values_get_text (crm_record_get_values (record), CRM_INTERACTION_TEXT));
  gtk_label_set_text (self->text, shown);
}

static void
create_text (CrmTimelineRow         *self,
             const CrmTimelineEntry *entry)
{
  g_autofree char *shown = crm_display_lines (crm_timeline_words_get_rest (entry));

  self->text = GTK_LABEL (gtk_label_new (shown));
  gtk_label_set_wrap (self->text, TRUE);
  gtk_label_set_wrap_mode (self->text, PANGO_WRAP_WORD_CHAR);
  gtk_label_set_xalign (self->text, 0);
  gtk_label_set_selectable (self->text, TRUE);
  gtk_widget_set_visible (GTK_WIDGET (self->text), shown[0] != '\0');
  gtk_box_append (GTK_BOX (self->detail), GTK_WIDGET (self->text));
  if (!entry->is_cut)
    return;
  self->cancellable = g_cancellable_new ();
  crm_store_get_record_async (self->store, &crm_interaction, entry->id, self->cancellable, on_record_read, g_object_ref (self));
}

static void
add_button (GtkWidget  *buttons,
            const char *label,
            const char *icon,
            const char *action,
            gint64      id)
{
  GtkWidget *button = gtk_button_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *words = gtk_label_new (label);

  gtk_label_set_ellipsize (GTK_LABEL (words), PANGO_ELLIPSIZE_END);
  gtk_box_append (GTK_BOX (box), gtk_image_new_from_icon_name (icon));
  gtk_box_append (GTK_BOX (box), words);
  gtk_button_set_child (GTK_BUTTON (button), box);
  gtk_widget_add_css_class (button, "chip");
  gtk_actionable_set_action_target_value (GTK_ACTIONABLE (button), g_variant_new_int64 (id));
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  gtk_widget_set_parent (button, buttons);
}

static GtkWidget *
create_buttons (const CrmTimelineEntry *entry)
{
  GtkWidget *buttons = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);

  gtk_widget_set_layout_manager (buttons, crm_wrap_layout_new (6));
  for (guint i = 0; entry->people != NULL && i < entry->people->len; i++)
    {
      const CrmTimelinePerson *person = entry->people->pdata[i];
      g_autofree char *name = crm_display_line (person->name);

      if (person->id != 0)
        add_button (buttons, name, "crm-person-symbolic", "win.open-record", person->id);
    }
  if (entry->kind == CRM_TIMELINE_INTERACTION)
    {
      add_button (buttons, _("Edit"), "document-edit-symbolic", "win.edit-conversation", entry->id);
      add_button (buttons, _("Delete"), "user-trash-symbolic", "timeline.delete", entry->id);
    }
  return buttons;
}

static void
close_detail (CrmTimelineRow *self)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->text = NULL;
  if (self->detail != NULL)
    gtk_box_remove (self->column, self->detail);
  self->detail = NULL;
}

static void
show_detail (CrmTimelineRow         *self,
             const CrmTimelineEntry *entry)
{
  close_detail (self);
  if (!self->is_open)
    return;
  self->detail = gtk_box_new (GTK_ORIENTATION_VERTICAL, 8);
  gtk_widget_add_css_class (self->detail, "timeline-detail");
  create_text (self, entry);
  if (entry->n_documents > 0)
    gtk_box_append (GTK_BOX (self->detail), crm_timeline_documents_new (self->store, entry->id));
  gtk_box_append (GTK_BOX (self->detail), create_buttons (entry));
  gtk_box_append (self->column, self->detail);
}

/* What it says */

/* The row of the list is what a screen reader stops at */
static void
update_name (CrmTimelineRow *self)
{
  GtkWidget *parent = gtk_widget_get_parent (GTK_WIDGET (self));
  g_autoptr (GString) name = g_string_new (NULL);
  GtkInscription *parts[] = { self->day, self->title, self->clock, self->meta, self->preview, self->next };

  if (parent == NULL)
    return;
  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    {
      const char *text = gtk_inscription_get_text (parts[i]);

      if (text != NULL && *text != '\0')
        g_string_append_printf (name, "%s%s", name->len > 0 ? ", " : "", text);
    }
  gtk_accessible_update_property (GTK_ACCESSIBLE (parent), GTK_ACCESSIBLE_PROPERTY_LABEL, name->str, -1);
  gtk_accessible_update_state (GTK_ACCESSIBLE (parent), GTK_ACCESSIBLE_STATE_EXPANDED, self->is_open, -1);
}

static void
update_icons (CrmTimelineRow         *self,
              const CrmTimelineEntry *entry)
{
  gboolean has_direction = entry->kind == CRM_TIMELINE_INTERACTION;

  gtk_image_set_from_icon_name (self->icon, crm_timeline_words_get_icon (entry));
  gtk_widget_set_visible (GTK_WIDGET (self->arrow), has_direction);
  if (has_direction)
    gtk_image_set_from_icon_name (self->arrow, g_strcmp0 (entry->direction, "in") == 0 ? "go-previous-symbolic" : "go-next-symbolic");
}

static void
update (CrmTimelineRow *self)
{
  const CrmTimelineEntry *entry = crm_timeline_item_get (self->item);
  g_autofree char *day = crm_timeline_item_begins_day (self->item) ? crm_time_format_day (entry->at) : NULL;
  g_autofree char *title = crm_timeline_words_dup_title (entry);
  g_autofree char *clock = crm_time_format_clock (entry->at);
  g_autofree char *meta = crm_timeline_words_dup_meta (entry);
  g_autofree char *preview = crm_timeline_words_dup_preview (entry);
  g_autofree char *next = crm_timeline_words_dup_next (entry);
  guint lines = g_utf8_strlen (preview, -1) > LONG_PREVIEW ? 2 : 1;

  show_text (self->day, day);
  update_icons (self, entry);
  show_text (self->title, title);
  show_text (self->clock, clock);
  show_text (self->meta, meta);
  gtk_inscription_set_min_lines (self->preview, lines);
  gtk_inscription_set_nat_lines (self->preview, lines);
  show_text (self->preview, self->is_open ? NULL : preview);
  show_text (self->next, next);
  show_detail (self, entry);
  update_name (self);
}

/* The class */

static void
crm_timeline_row_dispose (GObject *object)
{
  CrmTimelineRow *self = CRM_TIMELINE_ROW (object);
  GtkWidget *child;

  crm_timeline_row_set_item (self, NULL, FALSE);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
  g_clear_object (&self->store);
  G_OBJECT_CLASS (crm_timeline_row_parent_class)->dispose (object);
}

static void
crm_timeline_row_class_init (CrmTimelineRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = crm_timeline_row_dispose;
  gtk_widget_class_set_css_name (widget_class, "timelinerow");
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
}

static GtkInscription *
create_line (const char *css_class)
{
  GtkWidget *line = gtk_inscription_new (NULL);

  gtk_inscription_set_text_overflow (GTK_INSCRIPTION (line), GTK_INSCRIPTION_OVERFLOW_ELLIPSIZE_END);
  gtk_inscription_set_min_chars (GTK_INSCRIPTION (line), 0);
  gtk_inscription_set_nat_chars (GTK_INSCRIPTION (line), 0);
  gtk_widget_set_hexpand (line, TRUE);
  gtk_widget_add_css_class (line, css_class);
  return GTK_INSCRIPTION (line);
}

static GtkWidget *
create_icons (CrmTimelineRow *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);

  self->icon = GTK_IMAGE (gtk_image_new ());
  self->arrow = GTK_IMAGE (gtk_image_new ());
  gtk_widget_add_css_class (GTK_WIDGET (self->arrow), "timeline-arrow");
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->icon));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->arrow));
  gtk_widget_add_css_class (box, "timeline-icons");
  return box;
}

static void
crm_timeline_row_init (CrmTimelineRow *self)
{
  GtkWidget *entry = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *first = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);

  gtk_orientable_set_orientation (GTK_ORIENTABLE (gtk_widget_get_layout_manager (GTK_WIDGET (self))), GTK_ORIENTATION_VERTICAL);
  self->day = create_line ("timeline-day");
  self->title = create_line ("timeline-title");
  self->clock = create_line ("two-line-subtitle");
  self->meta = create_line ("two-line-subtitle");
  self->preview = create_line ("timeline-preview");
  self->next = create_line ("timeline-next");
  gtk_inscription_set_wrap_mode (self->preview, PANGO_WRAP_WORD_CHAR);
  gtk_widget_set_hexpand (GTK_WIDGET (self->clock), FALSE);
  gtk_inscription_set_min_chars (self->clock, 6);
  gtk_inscription_set_nat_chars (self->clock, 6);
  gtk_inscription_set_xalign (self->clock, 1);
  self->column = GTK_BOX (gtk_box_new (GTK_ORIENTATION_VERTICAL, 2));
  gtk_box_append (GTK_BOX (first), GTK_WIDGET (self->title));
  gtk_box_append (GTK_BOX (first), GTK_WIDGET (self->clock));
  gtk_box_append (self->column, first);
  gtk_box_append (self->column, GTK_WIDGET (self->meta));
  gtk_box_append (self->column, GTK_WIDGET (self->preview));
  gtk_box_append (self->column, GTK_WIDGET (self->next));
  gtk_box_append (GTK_BOX (entry), create_icons (self));
  gtk_box_append (GTK_BOX (entry), GTK_WIDGET (self->column));
  gtk_widget_set_parent (GTK_WIDGET (self->day), GTK_WIDGET (self));
  gtk_widget_set_parent (entry, GTK_WIDGET (self));
}

GtkWidget *
crm_timeline_row_new (CrmStore *store)
{
  CrmTimelineRow *self;

  g_return_val_if_fail (CRM_IS_STORE (store), NULL);

  self = g_object_new (CRM_TYPE_TIMELINE_ROW, NULL);
  self->store = g_object_ref (store);
  return GTK_WIDGET (self);
}

void
crm_timeline_row_set_item (CrmTimelineRow  *self,
                           CrmTimelineItem *item,
                           gboolean         is_open)
{
  g_return_if_fail (CRM_IS_TIMELINE_ROW (self));
  g_return_if_fail (item == NULL || CRM_IS_TIMELINE_ITEM (item));

  if (self->item != NULL)
    g_clear_signal_handler (&self->changed_handler, self->item);
  g_set_object (&self->item, item);
  self->is_open = is_open;
  if (item == NULL)
    {
      close_detail (self);
      return;
    }
  self->changed_handler = g_signal_connect_swapped (item, "changed", G_CALLBACK (update), self);
  update (self);
}

CrmTimelineItem *
crm_timeline_row_get_item (CrmTimelineRow *self)
{
  g_return_val_if_fail (CRM_IS_TIMELINE_ROW (self), NULL);

  return self->item;
}

void
crm_timeline_row_set_open (CrmTimelineRow *self,
                           gboolean        is_open)
{
  g_return_if_fail (CRM_IS_TIMELINE_ROW (self));

  if (self->is_open == is_open || self->item == NULL)
    return;
  self->is_open = is_open;
  update (self);
}
