/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crm-config.h"

#include "crm-merge-dialog.h"

#include <glib/gi18n-lib.h>

#include "crm-display.h"
#include "crm-list-look.h"
#include "crm-merge-row.h"
#include "crm-merge-words.h"
#include "crm-merge.h"
#include "crm-progress.h"
#include "crm-toaster.h"

enum { LEFT, RIGHT };

struct _CrmMergeDialog
{
  AdwWindow            parent_instance;

  AdwToastOverlay     *toasts;
  GtkWidget           *content;
  GtkBox              *head;
  GtkWidget           *differences;
  GtkListBox          *different;
  GtkWidget           *equalities;
  GtkListBox          *equal;
  GtkRevealer         *failed;
  GtkLabel            *failure;

  CrmStore            *store;
  const CrmEntity     *entity;
  gint64               ids[2];
  CrmMergeSide         sides[CRM_MAX_FIELDS]; /* as chosen: %CRM_MERGE_KEPT: that of the left one */
  gboolean             kept_at_right;

  CrmListLook         *look;
  GtkWidget           *keep[2];
  GtkWidget           *titles[2];
  GtkWidget           *details[2];
  GtkWidget           *moves;       /* what comes along */
  GtkWidget           *marks;       /* which next step and main contact stay */
  GPtrArray           *rows;        /* of CrmMergeRow */
  GCancellable        *cancellable; /* of the plan that is being made */
  CrmProgress         *progress;    /* while it is being done */
  gboolean             is_known;    /* which is kept */
  gboolean             is_updating;
};

G_DEFINE_FINAL_TYPE (CrmMergeDialog, crm_merge_dialog, ADW_TYPE_WINDOW)

enum { MERGED, N_SIGNALS };
static guint signals[N_SIGNALS];

GResource *crm_ui_duplicates_get_resource (void);

static void make_plan (CrmMergeDialog *self);

/* What is asked for */

static CrmMergeSide
turn (CrmMergeDialog *self,
      CrmMergeSide    side)
{
  if (!self->kept_at_right || (side != CRM_MERGE_KEPT && side != CRM_MERGE_OTHER))
    return side;
  return side == CRM_MERGE_KEPT ? CRM_MERGE_OTHER : CRM_MERGE_KEPT;
}

static CrmMergeRequest *
create_request (CrmMergeDialog *self)
{
  CrmMergeRequest *request = crm_merge_request_new (self->entity, self->ids[self->kept_at_right ? RIGHT : LEFT],
                                                    self->ids[self->kept_at_right ? LEFT : RIGHT]);

  for (guint i = 0; i < self->entity->n_fields; i++)
    if (self->sides[i] != CRM_MERGE_DEFAULT)
      crm_merge_request_choose (request, i, turn (self, self->sides[i]), NULL);
  return request;
}

static void
on_chosen (CrmMergeDialog *self,
           int             side,
           CrmMergeRow    *row)
{
  self->sides[crm_merge_row_get_field (row)] = (CrmMergeSide) side;
  make_plan (self);
}

static void
on_keep_toggled (CrmMergeDialog *self,
                 GtkCheckButton *button)
{
  if (self->is_updating || !gtk_check_button_get_active (button))
    return;
  self->kept_at_right = GTK_WIDGET (button) == self->keep[RIGHT];
  make_plan (self);
}

/* The two */

static GtkWidget *
create_keep (CrmMergeDialog *self,
             guint           side)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 1);
  GtkWidget *button = crm_merge_row_make_choice (self->keep[LEFT], box);

  self->titles[side] = gtk_label_new (NULL);
  self->details[side] = gtk_label_new (NULL);
  gtk_widget_add_css_class (self->titles[side], "heading");
  gtk_widget_add_css_class (self->details[side], "two-line-subtitle");
  for (guint i = 0; i < 2; i++)
    {
      GtkWidget *label = i == 0 ? self->titles[side] : self->details[side];

      gtk_label_set_xalign (GTK_LABEL (label), 0);
      gtk_label_set_wrap (GTK_LABEL (label), TRUE);
      gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
      gtk_label_set_lines (GTK_LABEL (label), 3);
      gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
      gtk_label_set_width_chars (GTK_LABEL (label), 4);
      gtk_box_append (GTK_BOX (box), label);
    }
  g_signal_connect_object (button, "toggled", G_CALLBACK (on_keep_toggled), self, G_CONNECT_SWAPPED);
  return button;
}

static GtkWidget *
create_caption (const char *text,
                const char *css_class)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_widget_set_valign (label, GTK_ALIGN_START);
  gtk_widget_add_css_class (label, css_class);
  return label;
}

static void
build_head (CrmMergeDialog *self)
{
  GtkWidget *columns = crm_merge_row_make_columns ();

  for (guint i = LEFT; i <= RIGHT; i++)
    {
      self->keep[i] = create_keep (self, i);
      gtk_box_append (GTK_BOX (columns), self->keep[i]);
    }
  gtk_box_append (GTK_BOX (columns), crm_merge_row_make_result (create_caption (_("Result"), "heading")));
  gtk_box_append (self->head, create_caption (_("Keep this record; the other one becomes part of it:"), "dim-label"));
  gtk_box_append (self->head, columns);
  self->moves = create_caption (NULL, "dim-label");
  gtk_box_append (self->head, self->moves);
  self->marks = create_caption (NULL, "dim-label");
  gtk_box_append (self->head, self->marks);
}

static void
show_record (CrmMergeDialog  *self,
             guint            side,
             const CrmValues *values)
{
  g_autofree char *title = crm_display_line (crm_list_look_get_title (self->look, values));
  g_autofree char *found = crm_list_look_dup_detail (self->look, values, NULL);
  g_autofree char *detail = crm_display_line (found);
  /* Translators: of two records one is kept: %s is its name */
  g_autofree char *name = g_strdup_printf (_("Keep %s"), title);

  gtk_label_set_text (GTK_LABEL (self->titles[side]), title);
  gtk_label_set_text (GTK_LABEL (self->details[side]), detail);
  gtk_widget_set_visible (self->details[side], *detail != '\0');
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->keep[side]), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}

/* The fields */

static void
clear_list (GtkListBox *list)
{
  GtkListBoxRow *row;

  while ((row = gtk_list_box_get_row_at_index (list, 0)) != NULL)
    gtk_list_box_remove (list, GTK_WIDGET (row));
}

static void
add_different (CrmMergeDialog *self,
               guint           field)
{
  GtkWidget *row = crm_merge_row_new (self->entity, field);

  g_signal_connect_object (row, "chosen", G_CALLBACK (on_chosen), self, G_CONNECT_SWAPPED);
  gtk_list_box_append (self->different, row);
  g_ptr_array_add (self->rows, row);
}

static void
add_equal (CrmMergeDialog *self,
           guint           field,
           const char     *text)
{
  GtkWidget *row = adw_action_row_new ();
  g_autofree char *label = crm_merge_words_dup_label (self->entity, field);
  g_autofree char *shown = crm_display_lines (text);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), label);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), shown);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 2);
  gtk_list_box_append (self->equal, row);
}

/* Is there anything to be seen of the field, and only once? */
static gboolean
is_shown (const CrmEntity *entity,
          guint            field)
{
  return !(entity->fields[field].flags & CRM_FIELD_SYSTEM) &&
         (!crm_merge_can_choose (entity, field) || crm_merge_get_group (entity, field) == field);
}

/* Where both have something, there is more to decide than where one has nothing. */
static void
add_fields (CrmMergeDialog     *self,
            const CrmMergePlan *plan,
            gboolean            of_both)
{
  for (guint i = 0; i < self->entity->n_fields; i++)
    {
      g_autofree char *kept = NULL;
      g_autofree char *other = NULL;

      if (!is_shown (self->entity, i))
        continue;
      kept = crm_merge_words_show (plan->kept, i);
      other = crm_merge_words_show (plan->other, i);
      if ((kept != NULL && other != NULL) != of_both || (kept == NULL && other == NULL))
        continue;
      if (g_strcmp0 (kept, other) == 0)
        add_equal (self, i, kept);
      else
        add_different (self, i);
    }
}

static void
show_fields (CrmMergeDialog     *self,
             const CrmMergePlan *plan)
{
  g_ptr_array_set_size (self->rows, 0);
  clear_list (self->different);
  clear_list (self->equal);
  add_fields (self, plan, TRUE);
  add_fields (self, plan, FALSE);
  gtk_widget_set_visible (self->differences, self->rows->len > 0);
  gtk_widget_set_visible (self->equalities, gtk_list_box_get_row_at_index (self->equal, 0) != NULL);
}

/* The plan */

static void
show_failure (CrmMergeDialog *self,
              const GError   *error)
{
  if (error != NULL)
    gtk_label_set_text (self->failure, error->message);
  gtk_revealer_set_reveal_child (self->failed, error != NULL);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "merge.run", error == NULL);
}

static void
show_plan (CrmMergeDialog     *self,
           const CrmMergePlan *plan)
{
  g_autofree char *found = crm_merge_words_describe_moves (plan);
  /* Translators: what belongs to a record that becomes part of another: "3 phones and e-mails, 14 conversations" */
  g_autofree char *moves = g_strdup_printf (_("Comes along: %s"), found != NULL ? found : "");

  g_autofree char *described = crm_merge_plan_describe_marks (plan);
  g_autofree char *marks = described == NULL ? NULL : crm_display_lines (described);

  show_record (self, self->kept_at_right ? RIGHT : LEFT, plan->kept);
  show_record (self, self->kept_at_right ? LEFT : RIGHT, plan->other);
  self->is_updating = TRUE;
  gtk_check_button_set_active (GTK_CHECK_BUTTON (self->keep[self->kept_at_right ? RIGHT : LEFT]), TRUE);
  self->is_updating = FALSE;
  if (!gtk_widget_get_visible (self->content))
    show_fields (self, plan);
  for (guint i = 0; i < self->rows->len; i++)
    crm_merge_row_set_plan (g_ptr_array_index (self->rows, i), plan, self->kept_at_right);
  gtk_label_set_text (GTK_LABEL (self->moves), moves);
  gtk_widget_set_visible (self->moves, found != NULL);
  gtk_label_set_text (GTK_LABEL (self->marks), marks != NULL ? marks : "");
  gtk_widget_set_visible (self->marks, marks != NULL);
  gtk_widget_set_visible (self->content, TRUE);
}

static gpointer
run_plan (CrmDb         *db,
          gpointer       request,
          GCancellable  *cancellable,
          GError       **error)
{
  return crm_merge_plan_make (db, request, error);
}

/* Until the user decides, the record that was there first stays. */
static gboolean
keep_older (CrmMergeDialog     *self,
            const CrmMergePlan *plan)
{
  if (self->is_known || crm_merge_get_integer (plan->kept, "created") <= crm_merge_get_integer (plan->other, "created"))
    return FALSE;
  self->is_known = TRUE;
  self->kept_at_right = TRUE;
  make_plan (self);
  return TRUE;
}

static void
on_planned (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (CrmMergeDialog) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (CrmMergePlan) plan = crm_store_read_finish (CRM_STORE (source), result, &error);

  if (self->store == NULL || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  show_failure (self, error);
  if (plan == NULL || keep_older (self, plan))
    return;
  self->is_known = TRUE;
  show_plan (self, plan);
}

static void
make_plan (CrmMergeDialog *self)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  crm_store_read_async (self->store, run_plan, create_request (self), g_free, (GDestroyNotify) crm_merge_plan_free, self->cancellable, on_planned,
                        g_object_ref (self));
}

/* What stands there may have changed behind the dialog. */
static void
on_store_changed (CrmMergeDialog *self,
                  CrmChangeSet   *changes)
{
  if (self->store == NULL || self->progress != NULL ||
      (!crm_change_set_touches (changes, self->entity, self->ids[LEFT]) && !crm_change_set_touches (changes, self->entity, self->ids[RIGHT])))
    return;
  gtk_widget_set_visible (self->content, FALSE);
  make_plan (self);
}

/* Doing it */

static void
on_merged (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (CrmMergeDialog) self = user_data;
  g_autoptr (GError) error = NULL;
  gboolean done = crm_store_step_finish (CRM_STORE (source), result, &error);
  guint kept = self->kept_at_right ? RIGHT : LEFT;
  g_autofree char *text = NULL;

  g_clear_pointer (&self->progress, crm_progress_free);
  if (self->store == NULL)
    return;
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "merge.run", TRUE);
  if (!done)
    {
      crm_toast_error (GTK_WIDGET (self->toasts), error);
      return;
    }
  /* Translators: %s is the name of the record that two became */
  text = g_strdup_printf (_("Merged: %s"), gtk_label_get_text (GTK_LABEL (self->titles[kept])));
  g_signal_emit (self, signals[MERGED], 0, self->ids[kept], text);
  gtk_window_close (GTK_WINDOW (self));
}

static void
merge (GtkWidget  *widget,
       const char *action,
       GVariant   *parameter)
{
  CrmMergeDialog *self = CRM_MERGE_DIALOG (widget);

  if (self->progress != NULL || !gtk_widget_get_visible (self->content))
    return;
  gtk_widget_action_set_enabled (widget, "merge.run", FALSE);
  self->progress = crm_progress_new (widget, _("Merging"), 0);
  crm_store_step_async (self->store, "", crm_merge_run, create_request (self), g_free, crm_progress_get_cancellable (self->progress), on_merged,
                        g_object_ref (self));
}

static void
crm_merge_dialog_dispose (GObject *object)
{
  CrmMergeDialog *self = CRM_MERGE_DIALOG (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->store);
  g_clear_object (&self->look);

  G_OBJECT_CLASS (crm_merge_dialog_parent_class)->dispose (object);
}

static void
crm_merge_dialog_finalize (GObject *object)
{
  g_ptr_array_unref (CRM_MERGE_DIALOG (object)->rows);

  G_OBJECT_CLASS (crm_merge_dialog_parent_class)->finalize (object);
}

static void
crm_merge_dialog_class_init (CrmMergeDialogClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = crm_merge_dialog_dispose;
  object_class->finalize = crm_merge_dialog_finalize;

  signals[MERGED] = g_signal_new ("merged", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 2,
                                  G_TYPE_INT64, G_TYPE_STRING);
  gtk_widget_class_install_action (widget_class, "merge.run", NULL, merge);

  g_resources_register (crm_ui_duplicates_get_resource ());
  gtk_widget_class_set_template_from_resource (widget_class, "/com/example/Crm/ui/crm-merge-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, CrmMergeDialog, toasts);
  gtk_widget_class_bind_template_child (widget_class, CrmMergeDialog, content);
  gtk_widget_class_bind_template_child (widget_class, CrmMergeDialog, head);
  gtk_widget_class_bind_template_child (widget_class, CrmMergeDialog, differences);
  gtk_widget_class_bind_template_child (widget_class, CrmMergeDialog, different);
  gtk_widget_class_bind_template_child (widget_class, CrmMergeDialog, equalities);
  gtk_widget_class_bind_template_child (widget_class, CrmMergeDialog, equal);
  gtk_widget_class_bind_template_child (widget_class, CrmMergeDialog, failed);
  gtk_widget_class_bind_template_child (widget_class, CrmMergeDialog, failure);
}

static void
crm_merge_dialog_init (CrmMergeDialog *self)
{
  self->rows = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "merge.run", FALSE);
  build_head (self);
}

GtkWidget *
crm_merge_dialog_new (CrmStore        *store,
                      const CrmEntity *entity,
                      gint64           left,
                      gint64           right,
                      GtkWindow       *parent)
{
  CrmMergeDialog *self;

  g_return_val_if_fail (CRM_IS_STORE (store), NULL);
  g_return_val_if_fail (entity == &crm_client || entity == &crm_person, NULL);
  g_return_val_if_fail (GTK_IS_WINDOW (parent), NULL);

  self = g_object_new (CRM_TYPE_MERGE_DIALOG, "transient-for", parent, NULL);
  gtk_window_set_title (GTK_WINDOW (self), entity == &crm_person ? _("Merge People") : _("Merge Clients"));
  self->store = g_object_ref (store);
  self->entity = entity;
  self->ids[LEFT] = left;
  self->ids[RIGHT] = right;
  self->look = crm_list_look_new (entity);
  g_signal_connect_object (store, "changed", G_CALLBACK (on_store_changed), self, G_CONNECT_SWAPPED);
  make_plan (self);
  return GTK_WIDGET (self);
}
