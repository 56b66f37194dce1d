/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crm-config.h"

#include "crm-list-row.h"

#include <glib/gi18n-lib.h>

#include "crm-match.h"
#include "crm-picture.h"

#define LINE_GAP 1
#define NOTE_GAP 12
#define STAR_GAP 6
#define STAR_SIZE 16
#define PICTURE_GAP 10
#define PICTURE_SIZE 32
/* The word at the end never takes more than this part of a row */
#define NOTE_SHARE 0.45

struct _CrmListRow
{
  GtkWidget    parent_instance;

  CrmListLook *look;
  CrmRow      *row;
  gulong       changed_handler;

  GtkWidget   *title;
  GtkWidget   *detail;
  char        *note;
  gboolean     starred;
  char        *hash;         /* of the picture; NULL: none */
  GdkTexture  *picture;      /* NULL: none, or not read yet */
  GCancellable *cancellable; /* while it is read */
  gboolean     late;     /* what the note says */
};

G_DEFINE_FINAL_TYPE (CrmListRow, crm_list_row, GTK_TYPE_WIDGET)

/* The picture is at the very end, in a place that is kept for it while it is read. */
static int
get_picture_width (CrmListRow *self)
{
  return self->hash == NULL ? 0 : PICTURE_SIZE + PICTURE_GAP;
}

/* What stands at the end before the picture, without the gap before it */
static int
get_end_width (CrmListRow *self)
{
  int width = 0;

  if (self->note != NULL)
    pango_layout_get_pixel_size (crm_list_look_get_layout (self->look, GTK_WIDGET (self), self->note), &width, NULL);
  if (self->starred)
    width += STAR_SIZE + (self->note != NULL ? STAR_GAP : 0);
  return width;
}

static void
crm_list_row_measure (GtkWidget      *widget,
                      GtkOrientation  orientation,
                      int             for_size,
                      int            *minimum,
                      int            *natural,
                      int            *minimum_baseline,
                      int            *natural_baseline)
{
  CrmListRow *self = CRM_LIST_ROW (widget);
  int title_minimum, title_natural, detail_minimum, detail_natural;

  gtk_widget_measure (self->title, orientation, -1, &title_minimum, &title_natural, NULL, NULL);
  gtk_widget_measure (self->detail, orientation, -1, &detail_minimum, &detail_natural, NULL, NULL);
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      *minimum = MAX (title_minimum, detail_minimum);
      *natural = MAX (title_natural, detail_natural);
    }
  else
    {
      *minimum = title_minimum + LINE_GAP + detail_minimum;
      *natural = title_natural + LINE_GAP + detail_natural;
    }
}

static void
crm_list_row_size_allocate (GtkWidget *widget,
                            int        width,
                            int        height,
                            int        baseline)
{
  CrmListRow *self = CRM_LIST_ROW (widget);
  int end_width = MIN (get_end_width (self), (int) (width * NOTE_SHARE));
  int text_width = MAX (width - (end_width > 0 ? end_width + NOTE_GAP : 0) - get_picture_width (self), 0);
  int x = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL ? width - text_width : 0;
  int title_height, detail_height;

  gtk_widget_measure (self->title, GTK_ORIENTATION_VERTICAL, -1, NULL, &title_height, NULL, NULL);
  gtk_widget_measure (self->detail, GTK_ORIENTATION_VERTICAL, -1, NULL, &detail_height, NULL, NULL);
  gtk_widget_size_allocate (self->title, &(GtkAllocation) { x, 0, text_width, title_height }, -1);
  gtk_widget_size_allocate (self->detail, &(GtkAllocation) { x, title_height + LINE_GAP, text_width, detail_height }, -1);
}

static void
snapshot_end (CrmListRow  *self,
              GtkSnapshot *snapshot)
{
  GtkWidget *widget = GTK_WIDGET (self);
  gboolean rtl = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  int width = gtk_widget_get_width (widget);
  int height = gtk_widget_get_height (widget);
  int end_width = MIN (get_end_width (self), (int) (width * NOTE_SHARE));
  int x = rtl ? get_picture_width (self) : width - end_width - get_picture_width (self);
  GdkRGBA color;

  gtk_style_context_get_color (gtk_widget_get_style_context (self->detail), &color);
  gtk_snapshot_push_clip (snapshot, &GRAPHENE_RECT_INIT (x, 0, end_width, height));
  if (self->starred)
    {
      int star_x = rtl ? x + end_width - STAR_SIZE : x;

      gtk_snapshot_save (snapshot);
      gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT (star_x, (height - STAR_SIZE) / 2));
      gtk_symbolic_paintable_snapshot_symbolic (GTK_SYMBOLIC_PAINTABLE (crm_list_look_get_star (self->look, widget)),
                                                snapshot, STAR_SIZE, STAR_SIZE, &color, 1);
      gtk_snapshot_restore (snapshot);
    }
  if (self->note != NULL)
    {
      PangoLayout *layout = crm_list_look_get_layout (self->look, widget, self->note);
      int note_height;
      int note_x = self->starred && !rtl ? x + STAR_SIZE + STAR_GAP : x;

      if (self->late)
        gtk_style_context_lookup_color (gtk_widget_get_style_context (widget), "error_color", &color);
      pango_layout_get_pixel_size (layout, NULL, &note_height);
      gtk_snapshot_save (snapshot);
      gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT (note_x, (height - note_height) / 2));
      gtk_snapshot_append_layout (snapshot, layout, &color);
      gtk_snapshot_restore (snapshot);
    }
  gtk_snapshot_pop (snapshot);
}

static void
snapshot_picture (CrmListRow  *self,
                  GtkSnapshot *snapshot)
{
  GtkWidget *widget = GTK_WIDGET (self);
  gboolean rtl = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  int x = rtl ? 0 : gtk_widget_get_width (widget) - PICTURE_SIZE;
  graphene_rect_t place = GRAPHENE_RECT_INIT (x, (gtk_widget_get_height (widget) - PICTURE_SIZE) / 2, PICTURE_SIZE, PICTURE_SIZE);
  GskRoundedRect circle;

  gsk_rounded_rect_init_from_rect (&circle, &place, PICTURE_SIZE / 2);
  gtk_snapshot_push_rounded_clip (snapshot, &circle);
  gtk_snapshot_append_texture (snapshot, self->picture, &place);
  gtk_snapshot_pop (snapshot);
}

static void
crm_list_row_snapshot (GtkWidget   *widget,
                       GtkSnapshot *snapshot)
{
  CrmListRow *self = CRM_LIST_ROW (widget);

  gtk_widget_snapshot_child (widget, self->title, snapshot);
  gtk_widget_snapshot_child (widget, self->detail, snapshot);
  if (self->note != NULL || self->starred)
    snapshot_end (self, snapshot);
  if (self->picture != NULL)
    snapshot_picture (self, snapshot);
}

static void
crm_list_row_system_setting_changed (GtkWidget        *widget,
                                     GtkSystemSetting  setting)
{
  CrmListRow *self = CRM_LIST_ROW (widget);

  crm_list_look_forget (self->look);
  gtk_widget_queue_resize (widget);

  GTK_WIDGET_CLASS (crm_list_row_parent_class)->system_setting_changed (widget, setting);
}

static void
set_text (GtkWidget          *inscription,
          const char         *text,
          const char * const *words)
{
  g_autoptr (PangoAttrList) bold = crm_match_bold (text, words);

  gtk_inscription_set_text (GTK_INSCRIPTION (inscription), text);
  if (bold != NULL || gtk_inscription_get_attributes (GTK_INSCRIPTION (inscription)) != NULL)
    gtk_inscription_set_attributes (GTK_INSCRIPTION (inscription), bold);
}

/* The row of the list is what a screen reader stops at */
static void
update_name (CrmListRow *self)
{
  GtkWidget *parent = gtk_widget_get_parent (GTK_WIDGET (self));
  g_autoptr (GString) name = g_string_new (gtk_inscription_get_text (GTK_INSCRIPTION (self->title)));
  const char *detail = gtk_inscription_get_text (GTK_INSCRIPTION (self->detail));

  if (parent == NULL)
    return;
  if (detail != NULL && *detail != '\0')
    g_string_append_printf (name, ", %s", detail);
  if (self->starred)
    g_string_append_printf (name, ", %s", _("Key client"));
  if (self->note != NULL)
    g_string_append_printf (name, ", %s", self->note);
  gtk_accessible_update_property (GTK_ACCESSIBLE (parent), GTK_ACCESSIBLE_PROPERTY_LABEL, name->str, -1);
}

static void
on_picture_loaded (GObject      *source,
                   GAsyncResult *result,
                   gpointer      data)
{
  g_autoptr (CrmListRow) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GdkTexture) picture = crm_picture_load_finish (result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  g_clear_object (&self->cancellable);
  g_set_object (&self->picture, picture);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
show_picture (CrmListRow *self,
              const char *hash)
{
  if (g_strcmp0 (hash, self->hash) == 0)
    return;
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_free (self->hash);
  self->hash = g_strdup (hash);
  g_clear_object (&self->picture);
  if (hash != NULL)
    g_set_object (&self->picture, crm_picture_find (hash));
  gtk_widget_queue_allocate (GTK_WIDGET (self));
  gtk_widget_queue_draw (GTK_WIDGET (self));
  if (hash == NULL || self->picture != NULL)
    return;
  self->cancellable = g_cancellable_new ();
  crm_picture_load_async (crm_list_look_get_database (self->look), hash, self->cancellable, on_picture_loaded, g_object_ref (self));
}

static void
update (CrmListRow *self)
{
  const CrmValues *values = self->row != NULL ? crm_row_get_values (self->row) : NULL;
  g_autofree char *detail = NULL;
  g_autofree char *note = NULL;
  gboolean starred = FALSE;
  gboolean late = FALSE;
  const char *title = "";
  const char * const *words = NULL;

  if (values != NULL)
    {
      words = crm_row_get_words (self->row);
      title = crm_list_look_get_title (self->look, values);
      detail = crm_list_look_dup_detail (self->look, values, words);
      note = crm_list_look_dup_note (self->look, values);
      starred = crm_list_look_is_starred (self->look, values);
      late = crm_list_look_is_late (self->look, values);
    }
  set_text (self->title, title, words);
  set_text (self->detail, detail != NULL ? detail : "", words);
  if (starred != self->starred || late != self->late || g_strcmp0 (note, self->note) != 0)
    {
      g_free (self->note);
      self->note = g_steal_pointer (&note);
      self->starred = starred;
      self->late = late;
      gtk_widget_queue_allocate (GTK_WIDGET (self));
      gtk_widget_queue_draw (GTK_WIDGET (self));
    }
  show_picture (self, values == NULL ? NULL : crm_list_look_get_picture (self->look, values));
  update_name (self);
}

static void
crm_list_row_dispose (GObject *object)
{
  CrmListRow *self = CRM_LIST_ROW (object);

  if (self->row != NULL)
    g_clear_signal_handler (&self->changed_handler, self->row);
  g_clear_object (&self->row);
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->picture);
  g_clear_pointer (&self->hash, g_free);
  g_clear_pointer (&self->title, gtk_widget_unparent);
  g_clear_pointer (&self->detail, gtk_widget_unparent);
  g_clear_object (&self->look);
  g_clear_pointer (&self->note, g_free);

  G_OBJECT_CLASS (crm_list_row_parent_class)->dispose (object);
}

static void
crm_list_row_class_init (CrmListRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = crm_list_row_dispose;
  widget_class->measure = crm_list_row_measure;
  widget_class->size_allocate = crm_list_row_size_allocate;
  widget_class->snapshot = crm_list_row_snapshot;
  widget_class->system_setting_changed = crm_list_row_system_setting_changed;

  gtk_widget_class_set_css_name (widget_class, "listrow");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_PRESENTATION);
}

static GtkWidget *
add_line (CrmListRow *self)
{
  GtkWidget *line = gtk_inscription_new (NULL);

  gtk_inscription_set_text_overflow (GTK_INSCRIPTION (line), GTK_INSCRIPTION_OVERFLOW_ELLIPSIZE_END);
  gtk_inscription_set_min_chars (GTK_INSCRIPTION (line), 0);
  gtk_widget_set_parent (line, GTK_WIDGET (self));
  return line;
}

static void
crm_list_row_init (CrmListRow *self)
{
  gtk_widget_add_css_class (GTK_WIDGET (self), "two-line");
  self->title = add_line (self);
  self->detail = add_line (self);
  gtk_widget_add_css_class (self->detail, "subtitle");
}

GtkWidget *
crm_list_row_new (CrmListLook *look)
{
  CrmListRow *self;

  g_return_val_if_fail (CRM_IS_LIST_LOOK (look), NULL);

  self = g_object_new (CRM_TYPE_LIST_ROW, NULL);
  self->look = g_object_ref (look);
  return GTK_WIDGET (self);
}

void
crm_list_row_set_row (CrmListRow *self,
                      CrmRow     *row)
{
  g_return_if_fail (CRM_IS_LIST_ROW (self));
  g_return_if_fail (row == NULL || CRM_IS_ROW (row));

  if (self->row != NULL)
    g_clear_signal_handler (&self->changed_handler, self->row);
  g_set_object (&self->row, row);
  if (row == NULL)
    return;
  self->changed_handler = g_signal_connect_swapped (row, "changed", G_CALLBACK (update), self);
  update (self);
}
