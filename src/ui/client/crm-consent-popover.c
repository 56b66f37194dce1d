/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crm-config.h"

#include "crm-consent-popover.h"

#include <adwaita.h>

#include "crm-consent.h"
#include "crm-display.h"
#include "crm-fold.h"
#include "crm-time.h"
#include "crm-wrap-layout.h"

#include <glib/gi18n-lib.h>

#define MAX_WAYS 6
#define WORDING_HEIGHT 64
#define WIDTH 290

struct _CrmConsentPopover {
  GtkPopover        parent_instance;

  CrmStore         *store;
  const CrmChoice  *channel;
  const CrmChoice  *purpose;
  GPtrArray        *ways;    /* of char *: how consents were given, the usual ones first */
  GCancellable     *cancellable;

  GtkLabel         *title;
  GPtrArray        *states;  /* of GtkCheckButton, not owned, as the choices */
  GtkEntry         *when;
  GtkEntry         *how;
  GtkWidget        *way_box;
  GtkTextView      *wording;
  GtkLabel         *failure;
  GtkWidget        *save;
};

G_DEFINE_FINAL_TYPE (CrmConsentPopover, crm_consent_popover, GTK_TYPE_POPOVER)

enum {
  SAVED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static const char * const usual_ways[] = { N_("Phone"), N_("Form"), N_("Fair"), N_("E-mail"), N_("Visit"), N_("Contract") };

/* How: what was written before is offered */

static void
on_way_clicked (GtkWidget *button)
{
  CrmConsentPopover *self = CRM_CONSENT_POPOVER (gtk_widget_get_ancestor (button, CRM_TYPE_CONSENT_POPOVER));
  g_autofree char *way = g_strdup (g_object_get_data (G_OBJECT (button), "crm-way"));

  gtk_editable_set_text (GTK_EDITABLE (self->how), way);
  gtk_widget_grab_focus (GTK_WIDGET (self->how));
  gtk_editable_set_position (GTK_EDITABLE (self->how), -1);
}

static void
add_way (CrmConsentPopover *self,
         const char        *way)
{
  g_autofree char *shown = crm_display_line (way);
  GtkWidget *button = gtk_button_new ();
  GtkWidget *label = gtk_label_new (shown);

  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_label_set_max_width_chars (GTK_LABEL (label), 18);
  gtk_button_set_child (GTK_BUTTON (button), label);
  gtk_widget_add_css_class (button, "chip");
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, shown, -1);
  g_object_set_data_full (G_OBJECT (button), "crm-way", g_strdup (way), g_free);
  g_signal_connect (button, "clicked", G_CALLBACK (on_way_clicked), NULL);
  gtk_box_append (GTK_BOX (self->way_box), button);
}

static gboolean
begins_as (const char *way,
           const char *folded)
{
  g_autofree char *other = crm_fold (way);

  return g_str_has_prefix (other, folded) && strcmp (other, folded) != 0;
}

static void
update_ways (CrmConsentPopover *self)
{
  g_autofree char *folded = crm_fold (gtk_editable_get_text (GTK_EDITABLE (self->how)));
  GtkWidget *child;
  guint n = 0;

  while ((child = gtk_widget_get_first_child (self->way_box)) != NULL)
    gtk_box_remove (GTK_BOX (self->way_box), child);
  for (guint i = 0; i < self->ways->len && n < MAX_WAYS; i++)
    if (begins_as (self->ways->pdata[i], folded))
      {
        add_way (self, self->ways->pdata[i]);
        n++;
      }
  gtk_widget_set_visible (self->way_box, n > 0);
}

/* On the reader's thread. */
static gpointer
read_ways (CrmDb         *db,
           gpointer       data,
           GCancellable  *cancellable,
           GError       **error)
{
  g_autoptr (GPtrArray) ways = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (CrmStmt) stmt =
    crm_db_prepare (db, "SELECT how FROM consent WHERE how IS NOT NULL GROUP BY how ORDER BY count (*) DESC, how LIMIT 50", error);
  gboolean row;

  if (stmt == NULL)
    return NULL;
  while (crm_db_step (db, stmt, &row, error))
    {
      if (!row)
        return g_steal_pointer (&ways);
      g_ptr_array_add (ways, g_strdup ((const char *) sqlite3_column_text (stmt, 0)));
    }
  return NULL;
}

static void
add_usual_ways (GPtrArray *ways)
{
  for (gsize i = 0; i < G_N_ELEMENTS (usual_ways); i++)
    if (!g_ptr_array_find_with_equal_func (ways, _(usual_ways[i]), g_str_equal, NULL))
      g_ptr_array_add (ways, g_strdup (_(usual_ways[i])));
}

static void
on_ways_read (GObject      *source,
              GAsyncResult *result,
              gpointer      data)
{
  g_autoptr (CrmConsentPopover) self = data;
  g_autoptr (GError) error = NULL;
  GPtrArray *ways = crm_store_read_finish (CRM_STORE (source), result, &error);

  if (ways == NULL || self->store == NULL)
    return;
  g_ptr_array_unref (self->ways);
  self->ways = ways;
  add_usual_ways (self->ways);
  update_ways (self);
}

/* What was filled in */

static gboolean
is_today (const char *iso)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_autofree char *today = g_date_time_format (now, "%Y-%m-%d");

  return strcmp (iso, today) == 0;
}

/* Nothing and today are now; of another day nobody knows the hour. */
static gboolean
read_when (CrmConsentPopover  *self,
           gint64             *when,
           GError            **error)
{
  g_autofree char *text = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->when))));
  g_autofree char *iso = *text != '\0' ? crm_date_parse (text, error) : NULL;
  g_autoptr (GTimeZone) zone = g_time_zone_new_local ();
  g_autoptr (GDateTime) day = NULL;
  int year, month, date;

  *when = crm_time_now ();
  if (iso == NULL)
    return *text == '\0';
  if (is_today (iso) || sscanf (iso, "%d-%d-%d", &year, &month, &date) != 3)
    return TRUE;
  day = g_date_time_new (zone, year, month, date, 12, 0, 0);
  if (day != NULL && g_date_time_to_unix (day) * G_USEC_PER_SEC <= *when)
    {
      *when = g_date_time_to_unix (day) * G_USEC_PER_SEC;
      return TRUE;
    }
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT, _("That day is yet to come."));
  return FALSE;
}

static const char *
get_state (CrmConsentPopover *self)
{
  for (guint i = 0; i < self->states->len; i++)
    if (gtk_check_button_get_active (self->states->pdata[i]))
      return crm_consent.fields[CRM_CONSENT_STATE].choices[i].name;
  return NULL;
}

static void
take_text (CrmValues *consent,
           guint      field,
           char      *text)
{
  crm_values_take_text (consent, field, g_strstrip (text));
}

static void
show_failure (CrmConsentPopover *self,
              const GError      *error)
{
  gtk_label_set_text (self->failure, error != NULL ? error->message : "");
  gtk_widget_set_visible (GTK_WIDGET (self->failure), error != NULL);
}

static void
on_save (CrmConsentPopover *self)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (self->wording);
  g_autoptr (CrmValues) consent = crm_values_new (&crm_consent, 0);
  g_autoptr (GError) error = NULL;
  GtkTextIter start, end;
  gint64 when;

  if (get_state (self) == NULL)
    return;
  if (!read_when (self, &when, &error))
    {
      show_failure (self, error);
      gtk_widget_grab_focus (GTK_WIDGET (self->when));
      return;
    }
  gtk_text_buffer_get_bounds (buffer, &start, &end);
  crm_values_set_text (consent, CRM_CONSENT_CHANNEL, self->channel->name);
  crm_values_set_text (consent, CRM_CONSENT_PURPOSE, self->purpose->name);
  crm_values_set_text (consent, CRM_CONSENT_STATE, get_state (self));
  crm_values_set_integer (consent, CRM_CONSENT_AT, when);
  take_text (consent, CRM_CONSENT_HOW, g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->how))));
  take_text (consent, CRM_CONSENT_WORDING, gtk_text_buffer_get_text (buffer, &start, &end, FALSE));
  crm_consent_popover_clear (self);
  gtk_popover_popdown (GTK_POPOVER (self));
  g_signal_emit (self, signals[SAVED], 0, consent);
}

static void
update_save (CrmConsentPopover *self)
{
  gtk_widget_set_sensitive (self->save, get_state (self) != NULL);
}

void
crm_consent_popover_clear (CrmConsentPopover *self)
{
  g_return_if_fail (CRM_IS_CONSENT_POPOVER (self));

  self->channel = self->purpose = NULL;
}

static void
empty (CrmConsentPopover *self)
{
  for (guint i = 0; i < self->states->len; i++)
    gtk_check_button_set_active (self->states->pdata[i], FALSE);
  gtk_editable_set_text (GTK_EDITABLE (self->when), "");
  gtk_editable_set_text (GTK_EDITABLE (self->how), "");
  gtk_text_buffer_set_text (gtk_text_view_get_buffer (self->wording), "", -1);
  show_failure (self, NULL);
}

void
crm_consent_popover_ask (CrmConsentPopover *self,
                         const CrmChoice   *channel,
                         const CrmChoice   *purpose,
                         const char        *state)
{
  const CrmChoice *states = crm_consent.fields[CRM_CONSENT_STATE].choices;
  g_autofree char *title = g_strdup_printf ("%s · %s", _(channel->label), _(purpose->label));

  g_return_if_fail (CRM_IS_CONSENT_POPOVER (self));

  if (self->channel != channel || self->purpose != purpose)
    empty (self);
  self->channel = channel;
  self->purpose = purpose;
  gtk_label_set_text (self->title, title);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
  /* Only what was given can be withdrawn */
  for (guint i = 0; i < self->states->len; i++)
    gtk_widget_set_sensitive (self->states->pdata[i], strcmp (states[i].name, "withdrawn") != 0 || g_strcmp0 (state, "given") == 0);
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  crm_store_read_async (self->store, read_ways, NULL, NULL, (GDestroyNotify) g_ptr_array_unref, self->cancellable, on_ways_read,
                        g_object_ref (self));
}

/* The class */

static void
crm_consent_popover_dispose (GObject *object)
{
  CrmConsentPopover *self = CRM_CONSENT_POPOVER (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->store);
  G_OBJECT_CLASS (crm_consent_popover_parent_class)->dispose (object);
}

static void
crm_consent_popover_finalize (GObject *object)
{
  CrmConsentPopover *self = CRM_CONSENT_POPOVER (object);

  g_ptr_array_unref (self->ways);
  g_ptr_array_unref (self->states);
  G_OBJECT_CLASS (crm_consent_popover_parent_class)->finalize (object);
}

static void
crm_consent_popover_class_init (CrmConsentPopoverClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = crm_consent_popover_dispose;
  object_class->finalize = crm_consent_popover_finalize;
  signals[SAVED] = g_signal_new ("saved", CRM_TYPE_CONSENT_POPOVER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                 G_TYPE_NONE, 1, CRM_TYPE_VALUES);
  gtk_widget_class_set_accessible_role (GTK_WIDGET_CLASS (klass), GTK_ACCESSIBLE_ROLE_DIALOG);
}

static void
add_labelled (GtkBox    *box,
              guint      field,
              GtkWidget *widget)
{
  GtkWidget *label = gtk_label_new (crm_field_get_label (&crm_consent.fields[field]));

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (label, "caption-heading");
  gtk_widget_set_margin_top (label, 6);
  gtk_box_append (box, label);
  gtk_box_append (box, widget);
}

static GtkWidget *
create_states (CrmConsentPopover *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  const CrmChoice *states = crm_consent.fields[CRM_CONSENT_STATE].choices;

  for (; states->name != NULL; states++)
    {
      GtkWidget *check = gtk_check_button_new_with_label (_(states->label));

      if (self->states->len > 0)
        gtk_check_button_set_group (GTK_CHECK_BUTTON (check), self->states->pdata[0]);
      g_signal_connect_swapped (check, "toggled", G_CALLBACK (update_save), self);
      g_ptr_array_add (self->states, check);
      gtk_box_append (GTK_BOX (box), check);
    }
  gtk_widget_set_layout_manager (box, crm_wrap_layout_new (6));
  return box;
}

static GtkWidget *
create_wording (CrmConsentPopover *self)
{
  GtkWidget *scroller = gtk_scrolled_window_new ();

  self->wording = GTK_TEXT_VIEW (gtk_text_view_new ());
  gtk_text_view_set_wrap_mode (self->wording, GTK_WRAP_WORD_CHAR);
  gtk_text_view_set_accepts_tab (self->wording, FALSE);
  gtk_text_view_set_left_margin (self->wording, 8);
  gtk_text_view_set_right_margin (self->wording, 8);
  gtk_text_view_set_top_margin (self->wording, 6);
  gtk_text_view_set_bottom_margin (self->wording, 6);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->wording), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  crm_field_get_label (&crm_consent.fields[CRM_CONSENT_WORDING]), -1);
  gtk_scrolled_window_set_min_content_height (GTK_SCROLLED_WINDOW (scroller), WORDING_HEIGHT);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), GTK_WIDGET (self->wording));
  gtk_widget_add_css_class (scroller, "frame");
  return scroller;
}

static GtkEntry *
create_entry (CrmConsentPopover *self,
              guint              field)
{
  GtkWidget *entry = gtk_entry_new ();

  gtk_accessible_update_property (GTK_ACCESSIBLE (entry), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  crm_field_get_label (&crm_consent.fields[field]), -1);
  g_signal_connect_swapped (entry, "activate", G_CALLBACK (on_save), self);
  return GTK_ENTRY (entry);
}

static void
build (CrmConsentPopover *self,
       GtkBox            *box)
{
  self->title = GTK_LABEL (gtk_label_new (NULL));
  gtk_label_set_xalign (self->title, 0);
  gtk_widget_add_css_class (GTK_WIDGET (self->title), "heading");
  gtk_box_append (box, GTK_WIDGET (self->title));
  gtk_box_append (box, create_states (self));
  self->when = create_entry (self, CRM_CONSENT_AT);
  gtk_entry_set_placeholder_text (self->when, _("Now, or a day"));
  add_labelled (box, CRM_CONSENT_AT, GTK_WIDGET (self->when));
  self->how = create_entry (self, CRM_CONSENT_HOW);
  add_labelled (box, CRM_CONSENT_HOW, GTK_WIDGET (self->how));
  self->way_box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 4);
  gtk_widget_set_layout_manager (self->way_box, crm_wrap_layout_new (4));
  gtk_box_append (box, self->way_box);
  g_signal_connect_swapped (self->how, "changed", G_CALLBACK (update_ways), self);
  add_labelled (box, CRM_CONSENT_WORDING, create_wording (self));
  self->failure = GTK_LABEL (gtk_label_new (NULL));
  gtk_label_set_wrap (self->failure, TRUE);
  gtk_label_set_xalign (self->failure, 0);
  gtk_widget_add_css_class (GTK_WIDGET (self->failure), "error");
  gtk_widget_set_visible (GTK_WIDGET (self->failure), FALSE);
  gtk_box_append (box, GTK_WIDGET (self->failure));
  self->save = gtk_button_new_with_mnemonic (_("_Save"));
  gtk_widget_add_css_class (self->save, "suggested-action");
  gtk_widget_set_margin_top (self->save, 6);
  g_signal_connect_swapped (self->save, "clicked", G_CALLBACK (on_save), self);
  gtk_box_append (box, self->save);
}

static void
crm_consent_popover_init (CrmConsentPopover *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 4), *clamp = adw_clamp_new ();

  self->states = g_ptr_array_new ();
  self->ways = g_ptr_array_new_with_free_func (g_free);
  add_usual_ways (self->ways);
  gtk_widget_set_size_request (box, WIDTH - 12, -1);
  gtk_widget_set_margin_top (box, 6);
  gtk_widget_set_margin_bottom (box, 6);
  gtk_widget_set_margin_start (box, 6);
  gtk_widget_set_margin_end (box, 6);
  build (self, GTK_BOX (box));
  /* A popover is as high as it would be at its natural width, which must not be that of all chips in a row. */
  adw_clamp_set_maximum_size (ADW_CLAMP (clamp), WIDTH);
  adw_clamp_set_tightening_threshold (ADW_CLAMP (clamp), WIDTH);
  adw_clamp_set_child (ADW_CLAMP (clamp), box);
  gtk_popover_set_child (GTK_POPOVER (self), clamp);
  update_ways (self);
  update_save (self);
}

GtkWidget *
crm_consent_popover_new (CrmStore *store)
{
  CrmConsentPopover *self;

  g_return_val_if_fail (CRM_IS_STORE (store), NULL);

  self = g_object_new (CRM_TYPE_CONSENT_POPOVER, NULL);
  self->store = g_object_ref (store);
  return GTK_WIDGET (self);
}
