/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crm-config.h"

#include "crm-merge-row.h"

#include <glib/gi18n-lib.h>

#include "crm-columns-layout.h"
#include "crm-display.h"
#include "crm-merge-words.h"

#define COLUMN_WIDTH 190
#define COLUMN_SPACING 12
#define MOST_LINES 6

typedef enum { LEFT, RIGHT, BOTH, N_CHOICES } Choice;

struct _CrmMergeRow
{
  GtkListBoxRow    parent_instance;

  const CrmEntity *entity;
  guint            field;
  char            *label;

  GtkWidget       *choices[N_CHOICES]; /* BOTH: NULL where there is no such choice */
  GtkWidget       *texts[2];
  GtkWidget       *result;
  gboolean         is_updating;
};

G_DEFINE_FINAL_TYPE (CrmMergeRow, crm_merge_row, GTK_TYPE_LIST_BOX_ROW)

enum { CHOSEN, N_SIGNALS };
static guint signals[N_SIGNALS];

static void
on_toggled (CrmMergeRow    *self,
            GtkCheckButton *button)
{
  static const CrmMergeSide sides[N_CHOICES] = { CRM_MERGE_KEPT, CRM_MERGE_OTHER, CRM_MERGE_BOTH };

  if (self->is_updating || !gtk_check_button_get_active (button))
    return;
  for (guint i = 0; i < N_CHOICES; i++)
    if (self->choices[i] == GTK_WIDGET (button))
      g_signal_emit (self, signals[CHOSEN], 0, (int) sides[i]);
}

static GtkWidget *
create_text (void)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_lines (GTK_LABEL (label), MOST_LINES);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_width_chars (GTK_LABEL (label), 4);
  return label;
}

GtkWidget *
crm_merge_row_make_choice (GtkWidget *other,
                           GtkWidget *child)
{
  /* Of itself it becomes a radio button only to the eye */
  GtkWidget *button = g_object_new (GTK_TYPE_CHECK_BUTTON, "accessible-role", GTK_ACCESSIBLE_ROLE_RADIO, NULL);

  gtk_check_button_set_child (GTK_CHECK_BUTTON (button), child);
  gtk_widget_set_valign (button, GTK_ALIGN_START);
  if (other != NULL)
    gtk_check_button_set_group (GTK_CHECK_BUTTON (button), GTK_CHECK_BUTTON (other));
  return button;
}

static GtkWidget *
create_choice (CrmMergeRow *self,
               GtkWidget   *text)
{
  GtkWidget *button = crm_merge_row_make_choice (self->choices[LEFT], text);

  g_signal_connect_object (button, "toggled", G_CALLBACK (on_toggled), self, G_CONNECT_SWAPPED);
  return button;
}

GtkWidget *
crm_merge_row_make_result (GtkWidget *label)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  GtkWidget *arrow = gtk_image_new_from_icon_name ("go-next-symbolic");

  gtk_widget_set_hexpand (label, TRUE);
  gtk_widget_set_valign (label, GTK_ALIGN_START);
  gtk_widget_set_valign (arrow, GTK_ALIGN_START);
  gtk_widget_add_css_class (arrow, "dim-label");
  gtk_widget_add_css_class (box, "merge-result");
  gtk_box_append (GTK_BOX (box), arrow);
  gtk_box_append (GTK_BOX (box), label);
  return box;
}

GtkWidget *
crm_merge_row_make_columns (void)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);

  gtk_widget_set_layout_manager (box, crm_columns_layout_new (COLUMN_WIDTH, COLUMN_SPACING));
  return box;
}

static void
build (CrmMergeRow *self)
{
  gboolean can_choose = crm_merge_can_choose (self->entity, self->field);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);
  GtkWidget *title = gtk_label_new (self->label);
  GtkWidget *columns = crm_merge_row_make_columns ();

  gtk_label_set_xalign (GTK_LABEL (title), 0);
  gtk_widget_add_css_class (title, "caption-heading");
  gtk_widget_add_css_class (title, "dim-label");
  gtk_box_append (GTK_BOX (box), title);
  gtk_box_append (GTK_BOX (box), columns);
  for (Choice i = LEFT; i <= RIGHT; i++)
    {
      self->texts[i] = create_text ();
      if (can_choose)
        self->choices[i] = create_choice (self, self->texts[i]);
      else
        gtk_widget_add_css_class (self->texts[i], "merge-text");
      gtk_box_append (GTK_BOX (columns), can_choose ? self->choices[i] : self->texts[i]);
    }
  self->result = create_text ();
  gtk_box_append (GTK_BOX (columns), crm_merge_row_make_result (self->result));
  if (crm_merge_can_unite (self->entity, self->field))
    {
      self->choices[BOTH] = create_choice (self, gtk_label_new (_("Both, one below the other")));
      gtk_box_append (GTK_BOX (box), self->choices[BOTH]);
    }
  gtk_widget_add_css_class (box, "merge-row");
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (self), box);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (self), FALSE);
  gtk_widget_set_focusable (GTK_WIDGET (self), FALSE);
}

static void
crm_merge_row_finalize (GObject *object)
{
  g_free (CRM_MERGE_ROW (object)->label);

  G_OBJECT_CLASS (crm_merge_row_parent_class)->finalize (object);
}

static void
crm_merge_row_class_init (CrmMergeRowClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = crm_merge_row_finalize;

  signals[CHOSEN] = g_signal_new ("chosen", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_INT);
}

static void
crm_merge_row_init (CrmMergeRow *self)
{
}

GtkWidget *
crm_merge_row_new (const CrmEntity *entity,
                   guint            field)
{
  CrmMergeRow *self;

  g_return_val_if_fail (entity != NULL && field < entity->n_fields, NULL);

  self = g_object_new (CRM_TYPE_MERGE_ROW, NULL);
  self->entity = entity;
  self->field = field;
  self->label = crm_merge_words_dup_label (entity, field);
  build (self);
  return GTK_WIDGET (self);
}

guint
crm_merge_row_get_field (CrmMergeRow *self)
{
  g_return_val_if_fail (CRM_IS_MERGE_ROW (self), 0);

  return self->field;
}

/* @text: (nullable) */
static void
set_text (GtkWidget  *label,
          const char *text)
{
  g_autofree char *shown = crm_display_lines (text != NULL ? text : "–");

  gtk_label_set_text (GTK_LABEL (label), shown);
  if (text == NULL)
    gtk_widget_add_css_class (label, "dim-label");
  else
    gtk_widget_remove_css_class (label, "dim-label");
}

/* Does the record have anything? A screen reader comes from one button to the next, and does not read what stands above them. */
static gboolean
set_side (CrmMergeRow     *self,
          Choice           side,
          const CrmValues *values)
{
  g_autofree char *text = crm_merge_words_show (values, self->field);
  /* Translators: a field and what it holds */
  g_autofree char *name = g_strdup_printf (_("%s: %s"), self->label, text != NULL ? text : "–");

  set_text (self->texts[side], text);
  if (self->choices[side] == NULL)
    return text != NULL;
  /* What is not there cannot take the place of a phone number: that stays beside it. */
  gtk_widget_set_sensitive (self->choices[side], text != NULL || !crm_merge_is_through (&self->entity->fields[self->field]));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->choices[side]), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  return text != NULL;
}

static Choice
get_choice (CrmMergeSide side,
            gboolean     kept_at_right)
{
  if (side == CRM_MERGE_BOTH)
    return BOTH;
  return (side == CRM_MERGE_OTHER) == kept_at_right ? LEFT : RIGHT;
}

void
crm_merge_row_set_plan (CrmMergeRow        *self,
                        const CrmMergePlan *plan,
                        gboolean            kept_at_right)
{
  g_autofree char *result = NULL;
  gboolean has_left, has_right;
  Choice choice;

  g_return_if_fail (CRM_IS_MERGE_ROW (self));
  g_return_if_fail (plan != NULL);

  has_left = set_side (self, LEFT, kept_at_right ? plan->other : plan->kept);
  has_right = set_side (self, RIGHT, kept_at_right ? plan->kept : plan->other);
  if (self->choices[BOTH] != NULL)
    gtk_widget_set_visible (self->choices[BOTH], has_left && has_right);
  result = crm_merge_words_show (plan->result, self->field);
  set_text (self->result, result);
  choice = get_choice (plan->sides[self->field], kept_at_right);
  self->is_updating = TRUE;
  if (self->choices[choice] != NULL)
    gtk_check_button_set_active (GTK_CHECK_BUTTON (self->choices[choice]), TRUE);
  self->is_updating = FALSE;
}
