/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crm-config.h"

#include "crm-timeline-row.h"

#include "crm-display.h"
#include "crm-interaction.h"
#include "crm-time.h"
#include "crm-timeline-documents.h"
#include "crm-timeline-words.h"
#include "crm-wrap-layout.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

/* So many letters of a text are likely to be more than a line */
#define LONG_PREVIEW 70

#define ICON_SIZE 16
#define ICON_GAP 12
#define CLOCK_GAP 12
#define LINE_GAP 2
#define DAY_GAP 6
#define DETAIL_GAP 4
#define SMALL 0.85
#define DIM 0.7f
#define DIM_IN_HIGH_CONTRAST 0.9f

/* What it is made of; drawn by the row itself, as a list that scrolls has no time for a widget each. */
typedef enum {
  LINE_DAY,
  LINE_TITLE,
  LINE_CLOCK,
  LINE_META,
  LINE_PREVIEW,
  LINE_NEXT,
  LINE_ARROW,
  N_LINES,
} Line;

struct _CrmTimelineRow {
  GtkWidget        parent_instance;

  CrmStore        *store;
  CrmTimelineItem *item;
  gulong           changed_handler;
  gboolean         is_open;
  GCancellable    *cancellable; /* while the whole text is read */

  char            *texts[N_LINES];   /* NULL: no such line */
  PangoLayout     *layouts[N_LINES]; /* of rows that have been seen */
  const char      *icon;
  guint            shape;            /* rows of the same are of the same height */
  GtkWidget       *detail;           /* while it is open */
  GtkLabel        *text;
};

G_DEFINE_FINAL_TYPE (CrmTimelineRow, crm_timeline_row, GTK_TYPE_WIDGET)

/* Lines */

static gboolean
is_small (Line line)
{
  return line != LINE_TITLE && line != LINE_PREVIEW;
}

static PangoAttrList *
create_attributes (Line line)
{
  PangoAttrList *attributes = pango_attr_list_new ();

  if (line == LINE_TITLE || line == LINE_DAY)
    pango_attr_list_insert (attributes, pango_attr_weight_new (PANGO_WEIGHT_SEMIBOLD));
  if (is_small (line))
    pango_attr_list_insert (attributes, pango_attr_scale_new (SMALL));
  return attributes;
}

static PangoLayout *
get_layout (CrmTimelineRow *self,
            Line            line)
{
  g_autoptr (PangoAttrList) attributes = NULL;
  PangoLayout *layout = self->layouts[line];

  if (layout != NULL || self->texts[line] == NULL)
    return layout;
  self->layouts[line] = layout = gtk_widget_create_pango_layout (GTK_WIDGET (self), self->texts[line]);
  attributes = create_attributes (line);
  pango_layout_set_attributes (layout, attributes);
  if (line != LINE_CLOCK && line != LINE_ARROW)
    pango_layout_set_ellipsize (layout, PANGO_ELLIPSIZE_END);
  if (line == LINE_PREVIEW)
    pango_layout_set_wrap (layout, PANGO_WRAP_WORD_CHAR);
  return layout;
}

/* What is written is shaped only once it is to be seen: far more rows are bound than ever are. */
static void
take_line (CrmTimelineRow *self,
           Line            line,
           char           *text)
{
  if (text != NULL && *text == '\0')
    g_clear_pointer (&text, g_free);
  if (g_strcmp0 (text, self->texts[line]) == 0)
    {
      g_free (text);
      return;
    }
  g_free (self->texts[line]);
  self->texts[line] = text;
  if (text == NULL)
    g_clear_object (&self->layouts[line]);
  else if (self->layouts[line] != NULL)
    pango_layout_set_text (self->layouts[line], text, -1);
}

static guint
count_preview_lines (CrmTimelineRow *self)
{
  const char *text = self->texts[LINE_PREVIEW];

  return strnlen (text, LONG_PREVIEW + 1) > LONG_PREVIEW && g_utf8_strlen (text, -1) > LONG_PREVIEW ? 2 : 1;
}

static guint
find_shape (CrmTimelineRow *self)
{
  guint shape = 0;

  for (guint i = 0; i < N_LINES; i++)
    if (self->texts[i] != NULL)
      shape |= (i == LINE_PREVIEW ? count_preview_lines (self) : 1) << (2 * i);
  return shape;
}

static int
measure_line (CrmTimelineRow *self,
              Line            line)
{
  g_autoptr (PangoLayout) layout = gtk_widget_create_pango_layout (GTK_WIDGET (self), "X");
  g_autoptr (PangoAttrList) attributes = create_attributes (line);
  int height;

  pango_layout_set_attributes (layout, attributes);
  pango_layout_get_pixel_size (layout, NULL, &height);
  return height;
}

/* Whatever letters are in it, as the others of its font: hence measured once for all rows. */
static int
get_line_height (CrmTimelineRow *self,
                 Line            line)
{
  static PangoFontDescription *measured;
  static int heights[2];
  PangoFontDescription *font = pango_context_get_font_description (gtk_widget_get_pango_context (GTK_WIDGET (self)));

  if (measured == NULL || !pango_font_description_equal (font, measured))
    {
      g_clear_pointer (&measured, pango_font_description_free);
      measured = pango_font_description_copy (font);
      heights[FALSE] = measure_line (self, LINE_TITLE);
      heights[TRUE] = measure_line (self, LINE_META);
    }
  return heights[is_small (line)];
}

static int
get_height (CrmTimelineRow *self,
            Line            line)
{
  if (self->texts[line] == NULL)
    return 0;
  switch (line)
    {
    case LINE_DAY:
      return get_line_height (self, line) + 2 * DAY_GAP;
    case LINE_TITLE:
      return get_line_height (self, line);
    case LINE_PREVIEW:
      return (int) count_preview_lines (self) * get_line_height (self, line) + LINE_GAP;
    default:
      return get_line_height (self, line) + LINE_GAP;
    }
}

/* Of all lines, without what is open below them. */
static int
get_lines_height (CrmTimelineRow *self)
{
  return get_height (self, LINE_DAY) + get_height (self, LINE_TITLE) + get_height (self, LINE_META) + get_height (self, LINE_PREVIEW) +
         get_height (self, LINE_NEXT);
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
  g_clear_pointer (&self->detail, gtk_widget_unparent);
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
  gtk_widget_set_parent (self->detail, GTK_WIDGET (self));
}

/* What it says */

/* The row of the list is what a screen reader stops at */
static void
update_name (CrmTimelineRow *self)
{
  GtkWidget *parent = gtk_widget_get_parent (GTK_WIDGET (self));
  g_autoptr (GString) name = g_string_new (NULL);

  if (parent == NULL)
    return;
  for (guint i = 0; i <= LINE_NEXT; i++)
    if (self->texts[i] != NULL)
      g_string_append_printf (name, "%s%s", name->len > 0 ? ", " : "", self->texts[i]);
  gtk_accessible_update_property (GTK_ACCESSIBLE (parent), GTK_ACCESSIBLE_PROPERTY_LABEL, name->str, -1);
  gtk_accessible_update_state (GTK_ACCESSIBLE (parent), GTK_ACCESSIBLE_STATE_EXPANDED, self->is_open, -1);
}

static void
update (CrmTimelineRow *self)
{
  const CrmTimelineEntry *entry = crm_timeline_item_get (self->item);
  const char *arrow = g_strcmp0 (entry->direction, "in") == 0 ? "←" : "→";
  guint shape;

  take_line (self, LINE_DAY, crm_timeline_item_begins_day (self->item) ? crm_time_format_day (entry->at) : NULL);
  take_line (self, LINE_TITLE, crm_timeline_words_dup_title (entry));
  take_line (self, LINE_CLOCK, crm_time_format_clock (entry->at));
  take_line (self, LINE_META, crm_timeline_words_dup_meta (entry));
  take_line (self, LINE_PREVIEW, self->is_open ? NULL : crm_timeline_words_dup_preview (entry));
  take_line (self, LINE_NEXT, crm_timeline_words_dup_next (entry));
  take_line (self, LINE_ARROW, entry->kind == CRM_TIMELINE_INTERACTION ? g_strdup (arrow) : NULL);
  self->icon = crm_timeline_words_get_icon (entry);
  show_detail (self, entry);
  update_name (self);
  /* A new size is a matter of the whole window: most rows that come by while a list scrolls are as high as those that left */
  shape = find_shape (self);
  if (shape != self->shape)
    gtk_widget_queue_resize (GTK_WIDGET (self));
  else
    gtk_widget_queue_draw (GTK_WIDGET (self));
  self->shape = shape;
}

/* Drawing */

static GtkSizeRequestMode
crm_timeline_row_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
crm_timeline_row_measure (GtkWidget      *widget,
                          GtkOrientation  orientation,
                          int             for_size,
                          int            *minimum,
                          int            *natural,
                          int            *minimum_baseline,
                          int            *natural_baseline)
{
  CrmTimelineRow *self = CRM_TIMELINE_ROW (widget);
  gboolean is_vertical = orientation == GTK_ORIENTATION_VERTICAL;
  int detail_minimum = 0, detail_natural = 0;

  if (self->detail != NULL)
    gtk_widget_measure (self->detail, orientation, is_vertical && for_size >= 0 ? MAX (for_size - ICON_SIZE - ICON_GAP, 0) : -1,
                        &detail_minimum, &detail_natural, NULL, NULL);
  if (!is_vertical)
    {
      *minimum = ICON_SIZE + ICON_GAP + detail_minimum;
      *natural = ICON_SIZE + ICON_GAP + detail_natural;
      return;
    }
  *minimum = *natural = get_lines_height (self) + (self->detail != NULL ? DETAIL_GAP + detail_natural : 0);
}

static void
crm_timeline_row_size_allocate (GtkWidget *widget,
                                int        width,
                                int        height,
                                int        baseline)
{
  CrmTimelineRow *self = CRM_TIMELINE_ROW (widget);
  int y = get_lines_height (self) + DETAIL_GAP;
  int text_width = MAX (width - ICON_SIZE - ICON_GAP, 0);
  int x = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL ? 0 : ICON_SIZE + ICON_GAP;

  if (self->detail != NULL)
    gtk_widget_size_allocate (self->detail, &(GtkAllocation) { x, y, text_width, MAX (height - y, 0) }, -1);
}

/* @x: from where a line begins */
static void
snapshot_line (CrmTimelineRow *self,
               GtkSnapshot    *snapshot,
               Line            line,
               int             x,
               int             y,
               int             width,
               const GdkRGBA  *color)
{
  PangoLayout *layout = get_layout (self, line);
  gboolean rtl = gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL;

  if (layout == NULL)
    return;
  pango_layout_set_width (layout, MAX (width, 0) * PANGO_SCALE);
  if (line == LINE_PREVIEW)
    pango_layout_set_height (layout, -(int) count_preview_lines (self));
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT (rtl ? gtk_widget_get_width (GTK_WIDGET (self)) - x - width : x, y));
  gtk_snapshot_append_layout (snapshot, layout, color);
  gtk_snapshot_restore (snapshot);
}

static void
snapshot_icon (CrmTimelineRow *self,
               GtkSnapshot    *snapshot,
               int             y,
               const GdkRGBA  *color)
{
  GtkWidget *widget = GTK_WIDGET (self);
  gboolean rtl = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  GtkIconTheme *theme = gtk_icon_theme_get_for_display (gtk_widget_get_display (widget));
  /* The theme keeps those that are in use */
  g_autoptr (GtkIconPaintable) icon = gtk_icon_theme_lookup_icon (theme, self->icon, NULL, ICON_SIZE, gtk_widget_get_scale_factor (widget),
                                                                  gtk_widget_get_direction (widget), GTK_ICON_LOOKUP_FORCE_SYMBOLIC);

  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT (rtl ? gtk_widget_get_width (widget) - ICON_SIZE : 0, y));
  gtk_symbolic_paintable_snapshot_symbolic (GTK_SYMBOLIC_PAINTABLE (icon), snapshot, ICON_SIZE, ICON_SIZE, color, 1);
  gtk_snapshot_restore (snapshot);
}

static void
crm_timeline_row_snapshot (GtkWidget   *widget,
                           GtkSnapshot *snapshot)
{
  CrmTimelineRow *self = CRM_TIMELINE_ROW (widget);
  GtkStyleContext *style = gtk_widget_get_style_context (widget);
  int width = gtk_widget_get_width (widget), x = ICON_SIZE + ICON_GAP, clock = 0, y = 0;
  GdkRGBA color, dim, accent;

  if (self->item == NULL)
    return;
  if (self->texts[LINE_CLOCK] != NULL)
    pango_layout_get_pixel_size (get_layout (self, LINE_CLOCK), &clock, NULL);
  gtk_style_context_get_color (style, &color);
  dim = accent = color;
  dim.alpha *= adw_style_manager_get_high_contrast (adw_style_manager_get_default ()) ? DIM_IN_HIGH_CONTRAST : DIM;
  gtk_style_context_lookup_color (style, "accent_color", &accent);
  snapshot_line (self, snapshot, LINE_DAY, 0, DAY_GAP, width, &dim);
  y += get_height (self, LINE_DAY);
  snapshot_icon (self, snapshot, y + 1, &dim);
  snapshot_line (self, snapshot, LINE_TITLE, x, y, width - x - clock - CLOCK_GAP, &color);
  snapshot_line (self, snapshot, LINE_CLOCK, width - clock, y + LINE_GAP, clock, &dim);
  y += get_height (self, LINE_TITLE);
  snapshot_line (self, snapshot, LINE_ARROW, 2, y + LINE_GAP, ICON_SIZE, &dim);
  snapshot_line (self, snapshot, LINE_META, x, y + LINE_GAP, width - x, &dim);
  y += get_height (self, LINE_META);
  snapshot_line (self, snapshot, LINE_PREVIEW, x, y + LINE_GAP, width - x, &color);
  y += get_height (self, LINE_PREVIEW);
  snapshot_line (self, snapshot, LINE_NEXT, x, y + LINE_GAP, width - x, &accent);
  if (self->detail != NULL)
    gtk_widget_snapshot_child (widget, self->detail, snapshot);
}

/* The class */

static void
crm_timeline_row_dispose (GObject *object)
{
  CrmTimelineRow *self = CRM_TIMELINE_ROW (object);

  crm_timeline_row_set_item (self, NULL, FALSE);
  for (guint i = 0; i < N_LINES; i++)
    g_clear_object (&self->layouts[i]);
  g_clear_object (&self->store);
  G_OBJECT_CLASS (crm_timeline_row_parent_class)->dispose (object);
}

static void
crm_timeline_row_finalize (GObject *object)
{
  for (guint i = 0; i < N_LINES; i++)
    g_free (CRM_TIMELINE_ROW (object)->texts[i]);
  G_OBJECT_CLASS (crm_timeline_row_parent_class)->finalize (object);
}

static void
crm_timeline_row_class_init (CrmTimelineRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = crm_timeline_row_dispose;
  G_OBJECT_CLASS (klass)->finalize = crm_timeline_row_finalize;
  widget_class->get_request_mode = crm_timeline_row_get_request_mode;
  widget_class->measure = crm_timeline_row_measure;
  widget_class->size_allocate = crm_timeline_row_size_allocate;
  widget_class->snapshot = crm_timeline_row_snapshot;
  gtk_widget_class_set_css_name (widget_class, "timelinerow");
}

static void
crm_timeline_row_init (CrmTimelineRow *self)
{
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
