/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crm-config.h"

#include "crm-note-row.h"

#include <glib/gi18n-lib.h>

/* GtkTextView lays a paragraph out as a whole, and takes a while over very many of them */
#define LONGEST_PARAGRAPH 20000
#define LONGEST_NOTE 200000
#define SHOWN_OF_LONG 4000

struct _CrmNoteRow {
  AdwPreferencesRow parent_instance;

  GtkLabel         *title;
  GtkLabel         *cut;   /* says that not all is shown */
  GtkTextView      *view;
  GtkTextBuffer    *buffer;
  char             *whole; /* a text too long to be shown */
  gboolean          is_set; /* by the program, not by the user */
};

static void crm_note_row_field_row_init (CrmFieldRowInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (CrmNoteRow, crm_note_row, ADW_TYPE_PREFERENCES_ROW,
                               G_IMPLEMENT_INTERFACE (CRM_TYPE_FIELD_ROW, crm_note_row_field_row_init))

static char *
get_text (CrmFieldRow *row)
{
  CrmNoteRow *self = CRM_NOTE_ROW (row);
  GtkTextIter start, end;

  if (self->whole != NULL)
    return g_strdup (self->whole);
  gtk_text_buffer_get_bounds (self->buffer, &start, &end);
  return gtk_text_buffer_get_text (self->buffer, &start, &end, TRUE);
}

static gboolean
is_too_long (const char *text)
{
  const char *end;

  if (strlen (text) > LONGEST_NOTE)
    return TRUE;
  for (; *text != '\0'; text = *end != '\0' ? end + 1 : end)
    {
      end = strchr (text, '\n');
      if (end == NULL)
        end = text + strlen (text);
      if (end - text > LONGEST_PARAGRAPH)
        return TRUE;
    }
  return FALSE;
}

/* What is shown of @text is a part of it; editing that would lose the rest. */
static char *
cut (CrmNoteRow *self,
     const char *text)
{
  const char *end = g_utf8_find_prev_char (text, text + SHOWN_OF_LONG);
  g_autofree char *size = g_format_size (strlen (text));
  g_autofree char *words = NULL;

  /* Translators: below a note of %s, e.g. "1.2 MB", of which only the beginning is shown */
  words = g_strdup_printf (_("This is the beginning of a text of %s, too long to be edited here."), size);
  gtk_label_set_text (self->cut, words);
  return g_strdup_printf ("%.*s…", (int) (end - text), text);
}

static void
set_text (CrmFieldRow *row,
          const char  *text)
{
  CrmNoteRow *self = CRM_NOTE_ROW (row);
  g_autofree char *old = get_text (row);
  gboolean is_long = is_too_long (text);
  g_autofree char *shown = is_long ? cut (self, text) : g_strdup (text);

  if (strcmp (old, text) == 0)
    return;
  g_free (self->whole);
  self->whole = is_long ? g_strdup (text) : NULL;
  gtk_widget_set_visible (GTK_WIDGET (self->cut), is_long);
  gtk_text_view_set_editable (self->view, !is_long);
  self->is_set = TRUE;
  gtk_text_buffer_begin_irreversible_action (self->buffer);
  gtk_text_buffer_set_text (self->buffer, shown, -1);
  gtk_text_buffer_end_irreversible_action (self->buffer);
  self->is_set = FALSE;
}

static GtkWidget *
get_target (CrmFieldRow *row)
{
  return GTK_WIDGET (CRM_NOTE_ROW (row)->view);
}

static void
on_changed (CrmNoteRow *self)
{
  if (!self->is_set)
    crm_field_row_edited (CRM_FIELD_ROW (self));
}

static gboolean
save (GtkWidget *widget,
      GVariant  *arguments,
      gpointer   data)
{
  crm_field_row_commit (CRM_FIELD_ROW (widget));
  return TRUE;
}

static void
crm_note_row_finalize (GObject *object)
{
  g_free (CRM_NOTE_ROW (object)->whole);
  G_OBJECT_CLASS (crm_note_row_parent_class)->finalize (object);
}

static void
crm_note_row_field_row_init (CrmFieldRowInterface *iface)
{
  iface->get_text = get_text;
  iface->set_text = set_text;
  iface->get_target = get_target;
}

static void
crm_note_row_class_init (CrmNoteRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->finalize = crm_note_row_finalize;
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Return, GDK_CONTROL_MASK, save, NULL);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_KP_Enter, GDK_CONTROL_MASK, save, NULL);
}

static GtkSizeRequestMode
get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

/* A list box gives its rows no more than their minimum: here it is what the text wants. */
static void
measure (GtkWidget      *widget,
         GtkOrientation  orientation,
         int             for_size,
         int            *minimum,
         int            *natural,
         int            *minimum_baseline,
         int            *natural_baseline)
{
  gtk_widget_measure (gtk_widget_get_first_child (widget), orientation, for_size, minimum, natural, NULL, NULL);
  if (orientation == GTK_ORIENTATION_VERTICAL)
    *minimum = *natural;
}

static void
allocate (GtkWidget *widget,
          int        width,
          int        height,
          int        baseline)
{
  gtk_widget_allocate (gtk_widget_get_first_child (widget), width, height, baseline, NULL);
}

static GtkWidget *
create_view (CrmNoteRow *self)
{
  GtkWidget *bin = g_object_new (ADW_TYPE_BIN, "layout-manager", gtk_custom_layout_new (get_request_mode, measure, allocate), NULL);
  GtkWidget *scroller = gtk_scrolled_window_new ();

  self->view = GTK_TEXT_VIEW (gtk_text_view_new ());
  self->buffer = gtk_text_view_get_buffer (self->view);
  gtk_text_view_set_wrap_mode (self->view, GTK_WRAP_WORD_CHAR);
  gtk_text_view_set_accepts_tab (self->view, FALSE);
  gtk_widget_add_css_class (GTK_WIDGET (self->view), "inline");
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), GTK_WIDGET (self->view));
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (scroller), TRUE);
  gtk_scrolled_window_set_min_content_height (GTK_SCROLLED_WINDOW (scroller), 66);
  gtk_scrolled_window_set_max_content_height (GTK_SCROLLED_WINDOW (scroller), 360);
  g_signal_connect_swapped (self->buffer, "changed", G_CALLBACK (on_changed), self);
  adw_bin_set_child (ADW_BIN (bin), scroller);
  return bin;
}

static void
crm_note_row_init (CrmNoteRow *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);

  self->title = GTK_LABEL (gtk_label_new (NULL));
  gtk_label_set_xalign (self->title, 0);
  gtk_widget_add_css_class (GTK_WIDGET (self->title), "subtitle");
  self->cut = GTK_LABEL (gtk_label_new (NULL));
  gtk_label_set_xalign (self->cut, 0);
  gtk_label_set_wrap (self->cut, TRUE);
  gtk_widget_set_visible (GTK_WIDGET (self->cut), FALSE);
  gtk_widget_add_css_class (GTK_WIDGET (self->cut), "dim-label");
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->title));
  gtk_box_append (GTK_BOX (box), create_view (self));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->cut));
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (self), box);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (self), FALSE);
  gtk_widget_set_focusable (GTK_WIDGET (self), FALSE);
  gtk_widget_add_css_class (GTK_WIDGET (self), "note");
  crm_field_row_watch (CRM_FIELD_ROW (self));
}

GtkWidget *
crm_note_row_new (const CrmField *field)
{
  const char *title = NULL;
  CrmNoteRow *self;

  g_return_val_if_fail (field != NULL, NULL);

  title = crm_field_get_label (field);
  self = g_object_new (CRM_TYPE_NOTE_ROW, "use-markup", FALSE, "title", title, NULL);
  gtk_label_set_text (self->title, title);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->view), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
  return GTK_WIDGET (self);
}

void
crm_note_row_hide_title (CrmNoteRow *self)
{
  g_return_if_fail (CRM_IS_NOTE_ROW (self));

  gtk_widget_set_visible (GTK_WIDGET (self->title), FALSE);
}
