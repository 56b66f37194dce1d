/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crm-config.h"

#include "crm-duplicate-row.h"

#include <glib/gi18n-lib.h>

#include "crm-columns-layout.h"
#include "crm-display.h"

#define N_SIDES 2
#define SIDE_WIDTH 170
#define GAP 12
#define LINE_GAP 4
/* From this width on, with text of the usual size, there is room for the buttons at the end */
#define WIDE 620
/* From this score on it is as good as sure */
#define SURE 90

struct _CrmDuplicateRow
{
  GtkWidget         parent_instance;

  CrmStore         *store;
  CrmListLook      *look;
  CrmDuplicateItem *item;
  CrmRecord        *records[N_SIDES]; /* NULL until they are read */
  GCancellable     *cancellable;

  GtkWidget        *score;
  GtkWidget        *body;
  GtkWidget        *names[N_SIDES];
  GtkWidget        *details[N_SIDES];
  GtkWidget        *openers[N_SIDES];
  GtkWidget        *reasons;
  GtkWidget        *buttons;
  GtkWidget        *merge;
  GtkWidget        *tell_apart;
};

G_DEFINE_FINAL_TYPE (CrmDuplicateRow, crm_duplicate_row, GTK_TYPE_WIDGET)

enum { MERGE, TELL_APART, OPEN, N_SIGNALS };
static guint signals[N_SIGNALS];

/* Places */

static int
get_width (GtkWidget *widget)
{
  int width;

  gtk_widget_measure (widget, GTK_ORIENTATION_HORIZONTAL, -1, NULL, &width, NULL, NULL);
  return width;
}

static int
get_minimum_width (GtkWidget *widget)
{
  int width;

  gtk_widget_measure (widget, GTK_ORIENTATION_HORIZONTAL, -1, &width, NULL, NULL, NULL);
  return width;
}

static int
get_height (GtkWidget *widget,
            int        width)
{
  int height;

  gtk_widget_measure (widget, GTK_ORIENTATION_VERTICAL, width, NULL, &height, NULL, NULL);
  return height;
}

static gboolean
is_wide (CrmDuplicateRow *self,
         int              width)
{
  return width >= WIDE * crm_display_get_text_scale (GTK_WIDGET (self));
}

static int
get_body_width (CrmDuplicateRow *self,
                int              width)
{
  int rest = width - get_width (self->score) - GAP;

  return is_wide (self, width) ? rest - get_width (self->buttons) - GAP : rest;
}

static GtkSizeRequestMode
crm_duplicate_row_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
crm_duplicate_row_measure (GtkWidget      *widget,
                           GtkOrientation  orientation,
                           int             for_size,
                           int            *minimum,
                           int            *natural,
                           int            *minimum_baseline,
                           int            *natural_baseline)
{
  CrmDuplicateRow *self = CRM_DUPLICATE_ROW (widget);
  int narrowest = get_width (self->score) + GAP + MAX (get_minimum_width (self->body), get_minimum_width (self->buttons));
  int width = for_size < 0 ? WIDE : MAX (for_size, narrowest);

  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      *minimum = narrowest;
      *natural = MAX (WIDE, narrowest);
      return;
    }
  *minimum = get_height (self->body, get_body_width (self, width));
  if (is_wide (self, width))
    *minimum = MAX (*minimum, get_height (self->buttons, -1));
  else
    *minimum += LINE_GAP + get_height (self->buttons, -1);
  *natural = *minimum;
}

static void
allocate (GtkWidget *widget,
          GtkWidget *child,
          int        x,
          int        y,
          int        width,
          int        height)
{
  if (gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL)
    x = gtk_widget_get_width (widget) - x - width;
  gtk_widget_size_allocate (child, &(GtkAllocation) { x, y, width, height }, -1);
}

static void
crm_duplicate_row_size_allocate (GtkWidget *widget,
                                 int        width,
                                 int        height,
                                 int        baseline)
{
  CrmDuplicateRow *self = CRM_DUPLICATE_ROW (widget);
  int score_width = get_width (self->score), body_width = get_body_width (self, width);
  int body_height = get_height (self->body, body_width), score_height = get_height (self->score, -1);
  int buttons_width = MIN (get_width (self->buttons), width - score_width - GAP), buttons_height = get_height (self->buttons, -1);

  allocate (widget, self->score, 0, LINE_GAP, score_width, score_height);
  allocate (widget, self->body, score_width + GAP, 0, body_width, body_height);
  if (is_wide (self, width))
    allocate (widget, self->buttons, width - buttons_width, (height - buttons_height) / 2, buttons_width, buttons_height);
  else
    allocate (widget, self->buttons, score_width + GAP, body_height + LINE_GAP, buttons_width, buttons_height);
}

/* What it shows */

const char *
crm_duplicate_row_get_title (CrmDuplicateRow *self,
                             guint            side)
{
  g_return_val_if_fail (CRM_IS_DUPLICATE_ROW (self), "");
  g_return_val_if_fail (side < N_SIDES, "");

  return self->records[side] == NULL ? "" : crm_record_get_title (self->records[side]);
}

static void
set_name (GtkWidget  *widget,
          const char *name)
{
  gtk_accessible_update_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}

/* The row of the list is what a screen reader stops at */
static void
update_names (CrmDuplicateRow *self)
{
  GtkWidget *parent = gtk_widget_get_parent (GTK_WIDGET (self));
  const char *a = crm_duplicate_row_get_title (self, 0), *b = crm_duplicate_row_get_title (self, 1);
  g_autofree char *name = g_strdup_printf ("%s, %s, %s, %s", a, b, gtk_label_get_text (GTK_LABEL (self->score)),
                                           gtk_label_get_text (GTK_LABEL (self->reasons)));
  /* Translators: the names of two records that are to become one */
  g_autofree char *merge = g_strdup_printf (_("Merge %1$s and %2$s"), a, b);
  /* Translators: the names of two records */
  g_autofree char *tell_apart = g_strdup_printf (_("%1$s and %2$s are not the same"), a, b);

  set_name (self->merge, merge);
  set_name (self->tell_apart, tell_apart);
  for (guint i = 0; i < N_SIDES; i++)
    {
      /* Translators: the name of a record */
      g_autofree char *open = g_strdup_printf (_("Open %s"), i == 0 ? a : b);

      set_name (self->openers[i], open);
    }
  if (parent != NULL)
    set_name (parent, name);
}

static void
update (CrmDuplicateRow *self)
{
  for (guint i = 0; i < N_SIDES; i++)
    {
      g_autofree char *title = crm_display_line (crm_duplicate_row_get_title (self, i));
      g_autofree char *found = self->records[i] == NULL ? NULL : crm_list_look_dup_detail (self->look, crm_record_get_values (self->records[i]), NULL);
      g_autofree char *detail = crm_display_line (found);

      gtk_label_set_text (GTK_LABEL (self->names[i]), title);
      /* An empty line keeps its height, so that no row moves when its text comes. */
      gtk_label_set_text (GTK_LABEL (self->details[i]), *detail != '\0' ? detail : " ");
    }
  update_names (self);
}

typedef struct {
  CrmDuplicateRow *row;
  guint            side;
} Reading;

static void
on_record (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autofree Reading *reading = user_data;
  g_autoptr (CrmDuplicateRow) self = reading->row;
  g_autoptr (GError) error = NULL;
  g_autoptr (CrmRecord) record = crm_store_get_record_finish (CRM_STORE (source), result, &error);
  const CrmDuplicate *pair = self->item == NULL ? NULL : crm_duplicate_item_get_pair (self->item);

  /* The row may be another pair's by now; what is gone leaves the list. */
  if (record == NULL || pair == NULL || crm_record_get_id (record) != (reading->side == 0 ? pair->a : pair->b) || self->records[reading->side] != NULL)
    return;
  self->records[reading->side] = g_object_ref (record);
  g_signal_connect_object (record, "notify", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  update (self);
}

static void
forget_records (CrmDuplicateRow *self)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  for (guint i = 0; i < N_SIDES; i++)
    {
      if (self->records[i] != NULL)
        g_signal_handlers_disconnect_by_func (self->records[i], update, self);
      g_clear_object (&self->records[i]);
    }
}

static void
read_records (CrmDuplicateRow    *self,
              const CrmDuplicate *pair)
{
  const CrmEntity *entity = crm_list_look_get_entity (self->look);

  self->cancellable = g_cancellable_new ();
  for (guint i = 0; i < N_SIDES; i++)
    {
      Reading *reading = g_new (Reading, 1);

      *reading = (Reading) { g_object_ref (self), i };
      crm_store_get_record_async (self->store, entity, i == 0 ? pair->a : pair->b, self->cancellable, on_record, reading);
    }
}

void
crm_duplicate_row_set_item (CrmDuplicateRow  *self,
                            CrmDuplicateItem *item,
                            CrmListLook      *look)
{
  const CrmDuplicate *pair;
  g_autofree char *score = NULL;
  g_autofree char *reasons = NULL;

  g_return_if_fail (CRM_IS_DUPLICATE_ROW (self));
  g_return_if_fail (CRM_IS_LIST_LOOK (look));

  forget_records (self);
  g_set_object (&self->item, item);
  g_set_object (&self->look, look);
  if (item == NULL)
    return;
  pair = crm_duplicate_item_get_pair (item);
  /* Translators: how sure it is that two records are the same: 50 … 100 */
  score = g_strdup_printf (_("%u %%"), pair->score);
  reasons = crm_duplicates_describe (pair->reasons);
  gtk_label_set_text (GTK_LABEL (self->score), score);
  if (pair->score >= SURE)
    gtk_widget_add_css_class (self->score, "accent");
  else
    gtk_widget_remove_css_class (self->score, "accent");
  gtk_label_set_text (GTK_LABEL (self->reasons), reasons);
  update (self);
  read_records (self, pair);
}

CrmDuplicateItem *
crm_duplicate_row_get_item (CrmDuplicateRow *self)
{
  g_return_val_if_fail (CRM_IS_DUPLICATE_ROW (self), NULL);

  return self->item;
}

/* Making it */

static void
emit_merge (CrmDuplicateRow *self)
{
  g_signal_emit (self, signals[MERGE], 0);
}

static void
emit_tell_apart (CrmDuplicateRow *self)
{
  g_signal_emit (self, signals[TELL_APART], 0);
}

static void
emit_open (CrmDuplicateRow *self,
           GtkWidget       *button)
{
  const CrmDuplicate *pair = self->item == NULL ? NULL : crm_duplicate_item_get_pair (self->item);

  if (pair != NULL)
    g_signal_emit (self, signals[OPEN], 0, button == self->openers[0] ? pair->a : pair->b);
}

static GtkWidget *
create_label (const char *css_class)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  if (css_class != NULL)
    gtk_widget_add_css_class (label, css_class);
  return label;
}

static GtkWidget *
create_opener (CrmDuplicateRow *self,
               guint            side)
{
  GtkWidget *button = gtk_button_new ();
  GtkWidget *lines = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  self->names[side] = create_label (NULL);
  self->details[side] = create_label ("two-line-subtitle");
  gtk_box_append (GTK_BOX (lines), self->names[side]);
  gtk_box_append (GTK_BOX (lines), self->details[side]);
  gtk_button_set_child (GTK_BUTTON (button), lines);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_add_css_class (button, "record-link");
  gtk_widget_set_tooltip_text (button, _("Open This Record"));
  g_signal_connect_object (button, "clicked", G_CALLBACK (emit_open), self, G_CONNECT_SWAPPED);
  return button;
}

static GtkWidget *
create_body (CrmDuplicateRow *self)
{
  GtkWidget *body = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  GtkWidget *sides = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);

  gtk_widget_set_layout_manager (sides, crm_columns_layout_new (SIDE_WIDTH, 6));
  for (guint i = 0; i < N_SIDES; i++)
    {
      self->openers[i] = create_opener (self, i);
      gtk_box_append (GTK_BOX (sides), self->openers[i]);
    }
  self->reasons = create_label ("reasons");
  gtk_label_set_wrap (GTK_LABEL (self->reasons), TRUE);
  gtk_label_set_lines (GTK_LABEL (self->reasons), 2);
  gtk_box_append (GTK_BOX (body), sides);
  gtk_box_append (GTK_BOX (body), self->reasons);
  return body;
}

static GtkWidget *
create_button (CrmDuplicateRow *self,
               const char      *label,
               GCallback        callback)
{
  GtkWidget *button = gtk_button_new_with_mnemonic (label);

  g_signal_connect_object (button, "clicked", callback, self, G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (self->buttons), button);
  return button;
}

static void
crm_duplicate_row_dispose (GObject *object)
{
  CrmDuplicateRow *self = CRM_DUPLICATE_ROW (object);

  forget_records (self);
  g_clear_object (&self->item);
  g_clear_pointer (&self->score, gtk_widget_unparent);
  g_clear_pointer (&self->body, gtk_widget_unparent);
  g_clear_pointer (&self->buttons, gtk_widget_unparent);
  g_clear_object (&self->store);
  g_clear_object (&self->look);

  G_OBJECT_CLASS (crm_duplicate_row_parent_class)->dispose (object);
}

static void
crm_duplicate_row_class_init (CrmDuplicateRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = crm_duplicate_row_dispose;
  widget_class->get_request_mode = crm_duplicate_row_get_request_mode;
  widget_class->measure = crm_duplicate_row_measure;
  widget_class->size_allocate = crm_duplicate_row_size_allocate;
  gtk_widget_class_set_css_name (widget_class, "duplicaterow");

  signals[MERGE] = g_signal_new ("merge", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[TELL_APART] = g_signal_new ("tell-apart", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[OPEN] = g_signal_new ("open", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_INT64);
}

static void
crm_duplicate_row_init (CrmDuplicateRow *self)
{
  self->score = gtk_label_new (NULL);
  gtk_label_set_width_chars (GTK_LABEL (self->score), 6);
  gtk_widget_add_css_class (self->score, "badge");
  gtk_widget_set_tooltip_text (self->score, _("How sure it is that they are the same"));
  self->body = create_body (self);
  self->buttons = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  self->tell_apart = create_button (self, _("_Not the Same"), G_CALLBACK (emit_tell_apart));
  self->merge = create_button (self, _("_Merge…"), G_CALLBACK (emit_merge));
  gtk_widget_add_css_class (self->tell_apart, "flat");
  gtk_widget_set_parent (self->score, GTK_WIDGET (self));
  gtk_widget_set_parent (self->body, GTK_WIDGET (self));
  gtk_widget_set_parent (self->buttons, GTK_WIDGET (self));
}

GtkWidget *
crm_duplicate_row_new (CrmStore *store)
{
  CrmDuplicateRow *self;

  g_return_val_if_fail (CRM_IS_STORE (store), NULL);

  self = g_object_new (CRM_TYPE_DUPLICATE_ROW, NULL);
  self->store = g_object_ref (store);
  return GTK_WIDGET (self);
}
