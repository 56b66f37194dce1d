/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crm-hinted-text.h"

/* As Adwaita dims the placeholder of an entry */
#define DIM 0.55f

struct _CrmHintedText {
  GtkTextView  parent_instance;

  char        *hint;
  gboolean     is_composing; /* letters are being put together, which are not in the buffer yet */
};

G_DEFINE_FINAL_TYPE (CrmHintedText, crm_hinted_text, GTK_TYPE_TEXT_VIEW)

enum {
  PROP_HINT = 1,
  N_PROPERTIES,
};

static GParamSpec *properties[N_PROPERTIES];

static void
on_preedit_changed (CrmHintedText *self,
                    const char    *preedit)
{
  self->is_composing = preedit[0] != '\0';
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
crm_hinted_text_snapshot (GtkWidget   *widget,
                          GtkSnapshot *snapshot)
{
  CrmHintedText *self = CRM_HINTED_TEXT (widget);
  GtkTextView *view = GTK_TEXT_VIEW (widget);
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (view);
  g_autoptr (PangoLayout) layout = NULL;
  GtkTextIter start;
  GdkRectangle place;
  GdkRGBA color;
  int x, y;

  GTK_WIDGET_CLASS (crm_hinted_text_parent_class)->snapshot (widget, snapshot);
  if (self->hint == NULL || self->is_composing || gtk_text_buffer_get_char_count (buffer) > 0)
    return;
  gtk_text_buffer_get_start_iter (buffer, &start);
  gtk_text_view_get_iter_location (view, &start, &place);
  gtk_text_view_buffer_to_window_coords (view, GTK_TEXT_WINDOW_WIDGET, place.x, place.y, &x, &y);
  gtk_style_context_get_color (gtk_widget_get_style_context (widget), &color);
  color.alpha *= DIM;
  layout = gtk_widget_create_pango_layout (widget, self->hint);
  pango_layout_set_width (layout, MAX (gtk_widget_get_width (widget) - 2 * x, 0) * PANGO_SCALE);
  pango_layout_set_ellipsize (layout, PANGO_ELLIPSIZE_END);
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT ((float) x, (float) y));
  gtk_snapshot_append_layout (snapshot, layout, &color);
  gtk_snapshot_restore (snapshot);
}

static void
crm_hinted_text_get_property (GObject    *object,
                              guint       id,
                              GValue     *value,
                              GParamSpec *pspec)
{
  g_assert (id == PROP_HINT);
  g_value_set_string (value, CRM_HINTED_TEXT (object)->hint);
}

static void
crm_hinted_text_set_property (GObject      *object,
                              guint         id,
                              const GValue *value,
                              GParamSpec   *pspec)
{
  CrmHintedText *self = CRM_HINTED_TEXT (object);

  g_assert (id == PROP_HINT);
  g_free (self->hint);
  self->hint = g_value_dup_string (value);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_PLACEHOLDER, self->hint != NULL ? self->hint : "", -1);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
crm_hinted_text_finalize (GObject *object)
{
  g_free (CRM_HINTED_TEXT (object)->hint);
  G_OBJECT_CLASS (crm_hinted_text_parent_class)->finalize (object);
}

static void
crm_hinted_text_class_init (CrmHintedTextClass *klass)
{
  G_OBJECT_CLASS (klass)->get_property = crm_hinted_text_get_property;
  G_OBJECT_CLASS (klass)->set_property = crm_hinted_text_set_property;
  G_OBJECT_CLASS (klass)->finalize = crm_hinted_text_finalize;
  GTK_WIDGET_CLASS (klass)->snapshot = crm_hinted_text_snapshot;
  properties[PROP_HINT] = g_param_spec_string ("hint", NULL, NULL, NULL, G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (G_OBJECT_CLASS (klass), N_PROPERTIES, properties);
}

static void
crm_hinted_text_init (CrmHintedText *self)
{
  g_signal_connect (self, "preedit-changed", G_CALLBACK (on_preedit_changed), NULL);
}
