/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crm-config.h"

#include "crm-consent-section.h"

#include "crm-consent-popover.h"
#include "crm-consent.h"
#include "crm-display.h"
#include "crm-toaster.h"

#include <glib/gi18n-lib.h>

/* More of what was said nobody reads here. */
#define MAX_HISTORY 200

struct _CrmConsentSection {
  AdwPreferencesGroup parent_instance;

  CrmStore           *store;
  GtkWidget          *call;     /* not owned, as the next */
  GtkWidget          *mail;
  GtkGrid            *grid;
  CrmConsentPopover  *popover;
  GPtrArray          *cells;    /* of GtkButton, not owned: channel by channel */
  GtkWidget          *history_list;
  AdwExpanderRow     *history;
  GPtrArray          *rows;     /* of the history; not owned */
  GPtrArray          *consents; /* of CrmValues, the newest first; NULL: none read */
  gint64              person;   /* 0: none */
  GCancellable       *cancellable;
};

G_DEFINE_FINAL_TYPE (CrmConsentSection, crm_consent_section, ADW_TYPE_PREFERENCES_GROUP)

static const struct {
  const char *state; /* NULL: unknown */
  const char *icon;
  const char *style;
} looks[] = {
  { "given", "emblem-ok-symbolic", "success" },
  { "refused", "action-unavailable-symbolic", "error" },
  { "withdrawn", "edit-undo-symbolic", "error" },
  { NULL, "crm-unknown-symbolic", "dim-label" },
};

static const CrmChoice *
get_choices (guint field)
{
  return crm_consent.fields[field].choices;
}

/* What is in force */

static const char *
find_state (CrmConsentSection *self,
            const char        *channel,
            const char        *purpose)
{
  for (guint i = 0; self->consents != NULL && i < self->consents->len; i++)
    {
      const CrmValues *consent = self->consents->pdata[i];

      if (g_strcmp0 (crm_values_get_text (consent, CRM_CONSENT_CHANNEL), channel) == 0 &&
          g_strcmp0 (crm_values_get_text (consent, CRM_CONSENT_PURPOSE), purpose) == 0)
        return crm_values_get_text (consent, CRM_CONSENT_STATE);
    }
  return NULL;
}

static guint
find_look (const char *state)
{
  guint i = 0;

  while (looks[i].state != NULL && g_strcmp0 (looks[i].state, state) != 0)
    i++;
  return i;
}

static const char *
get_state_label (const char *state)
{
  return state != NULL ? crm_field_get_choice_label (&crm_consent.fields[CRM_CONSENT_STATE], state) : _("Unknown");
}

static void
update_cell (CrmConsentSection *self,
             GtkWidget         *cell)
{
  const CrmChoice *channel = g_object_get_data (G_OBJECT (cell), "crm-channel");
  const CrmChoice *purpose = g_object_get_data (G_OBJECT (cell), "crm-purpose");
  const char *state = find_state (self, channel->name, purpose->name);
  const char *label = get_state_label (state);
  /* Translators: channel, purpose, what was said: "Call, Marketing: Given" */
  g_autofree char *name = g_strdup_printf (_("%s, %s: %s"), _(channel->label), _(purpose->label), label);
  GtkWidget *icon = gtk_widget_get_first_child (gtk_button_get_child (GTK_BUTTON (cell)));

  gtk_image_set_from_icon_name (GTK_IMAGE (icon), looks[find_look (state)].icon);
  gtk_label_set_text (GTK_LABEL (gtk_widget_get_next_sibling (icon)), label);
  for (guint i = 0; i < G_N_ELEMENTS (looks); i++)
    gtk_widget_remove_css_class (gtk_button_get_child (GTK_BUTTON (cell)), looks[i].style);
  gtk_widget_add_css_class (gtk_button_get_child (GTK_BUTTON (cell)), looks[find_look (state)].style);
  crm_display_name_control (cell, name);
}

/* What was ever said */

static char *
describe (const CrmValues *consent)
{
  g_autofree char *when = crm_values_format (consent, CRM_CONSENT_AT);
  const char *how = crm_values_get_text (consent, CRM_CONSENT_HOW);
  const char *wording = crm_values_get_text (consent, CRM_CONSENT_WORDING);
  g_autoptr (GString) text = g_string_new (when);

  if (how != NULL)
    g_string_append_printf (text, " · %s", how);
  if (wording != NULL)
    g_string_append_printf (text, " · “%s”", wording);
  return crm_display_line (text->str);
}

static GtkWidget *
create_row (const CrmValues *consent)
{
  g_autofree char *channel = crm_values_format (consent, CRM_CONSENT_CHANNEL);
  g_autofree char *purpose = crm_values_format (consent, CRM_CONSENT_PURPOSE);
  const char *state = crm_values_get_text (consent, CRM_CONSENT_STATE);
  g_autofree char *title = g_strdup_printf (_("%s, %s: %s"), channel, purpose, get_state_label (state));
  g_autofree char *words = describe (consent);
  GtkWidget *row = adw_action_row_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), words);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 4);
  return row;
}

static void
clear_history (CrmConsentSection *self)
{
  for (guint i = 0; i < self->rows->len; i++)
    adw_expander_row_remove (self->history, self->rows->pdata[i]);
  g_ptr_array_set_size (self->rows, 0);
}

/* The rows are made when they are asked for. */
static void
update_history (CrmConsentSection *self)
{
  guint n = self->consents != NULL ? self->consents->len : 0;

  clear_history (self);
  gtk_widget_set_visible (self->history_list, n > 0);
  for (guint i = 0; adw_expander_row_get_expanded (self->history) && i < MIN (n, MAX_HISTORY); i++)
    {
      GtkWidget *row = create_row (self->consents->pdata[i]);

      adw_expander_row_add_row (self->history, row);
      g_ptr_array_add (self->rows, row);
    }
}

/* Whoever is about to call or write is told that it must not be for marketing. */
static void
update_hint (CrmConsentSection *self,
             GtkWidget         *button,
             const char        *channel,
             const char        *label,
             const char        *refused)
{
  const char *state = find_state (self, channel, "marketing");
  gboolean is_refused = state != NULL && strcmp (state, "given") != 0;

  crm_display_set_tooltip (button, is_refused ? refused : label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, is_refused ? refused : "", -1);
  if (is_refused)
    gtk_widget_add_css_class (button, "refused");
  else
    gtk_widget_remove_css_class (button, "refused");
}

static void
update (CrmConsentSection *self)
{
  for (guint i = 0; i < self->cells->len; i++)
    update_cell (self, self->cells->pdata[i]);
  update_history (self);
  update_hint (self, self->call, "call", _("Call"), _("Call: not for marketing, this person does not want it"));
  update_hint (self, self->mail, "email", _("Write an e-mail"), _("Write an e-mail: not for marketing, this person does not want it"));
}

/* Reading */

static int
compare_newest (gconstpointer a,
                gconstpointer b)
{
  const CrmValues *x = *(CrmValues * const *) a, *y = *(CrmValues * const *) b;
  gint64 at_x = crm_values_get_integer (x, CRM_CONSENT_AT), at_y = crm_values_get_integer (y, CRM_CONSENT_AT);

  if (at_x != at_y)
    return at_x > at_y ? -1 : 1;
  return crm_values_get_id (x) > crm_values_get_id (y) ? -1 : 1;
}

static void
on_consents_read (GObject      *source,
                  GAsyncResult *result,
                  gpointer      data)
{
  g_autoptr (CrmConsentSection) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) consents = crm_store_get_children_finish (CRM_STORE (source), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || self->store == NULL)
    return;
  if (consents == NULL)
    {
      if (gtk_widget_get_root (GTK_WIDGET (self)) != NULL)
        crm_toast_error (GTK_WIDGET (self), error);
      return;
    }
  g_ptr_array_sort (consents, compare_newest);
  g_clear_pointer (&self->consents, g_ptr_array_unref);
  self->consents = g_steal_pointer (&consents);
  update (self);
}

static void
cancel (CrmConsentSection *self)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
}

static void
reload (CrmConsentSection *self)
{
  cancel (self);
  self->cancellable = g_cancellable_new ();
  crm_store_get_children_async (self->store, &crm_consent, self->person, self->cancellable, on_consents_read, g_object_ref (self));
}

static void
on_store_changed (CrmConsentSection *self,
                  CrmChangeSet      *changes)
{
  if (self->person != 0 && crm_change_set_touches (changes, &crm_person, self->person))
    reload (self);
}

/* Saying something new */

static void
on_written (GObject      *source,
            GAsyncResult *result,
            gpointer      data)
{
  g_autoptr (CrmConsentSection) self = data;
  g_autoptr (GError) error = NULL;
  gint64 id = crm_store_save_finish (CRM_STORE (source), result, &error);

  if (gtk_widget_get_root (GTK_WIDGET (self)) == NULL)
    return;
  if (id != 0)
    crm_toast_undo (GTK_WIDGET (self), _("Consent saved"));
  else
    crm_toast_error (GTK_WIDGET (self), error);
}

static void
on_saved (CrmConsentSection *self,
          CrmValues         *consent)
{
  crm_values_set_reference (consent, CRM_CONSENT_PERSON, self->person, NULL);
  crm_store_save_async (self->store, consent, NULL, on_written, g_object_ref (self));
}

static void
on_cell_clicked (CrmConsentSection *self,
                 GtkWidget         *cell)
{
  const CrmChoice *channel = g_object_get_data (G_OBJECT (cell), "crm-channel");
  const CrmChoice *purpose = g_object_get_data (G_OBJECT (cell), "crm-purpose");
  graphene_rect_t bounds;

  if (self->person == 0 || !gtk_widget_compute_bounds (cell, GTK_WIDGET (self->grid), &bounds))
    return;
  crm_consent_popover_ask (self->popover, channel, purpose, find_state (self, channel->name, purpose->name));
  gtk_popover_set_pointing_to (GTK_POPOVER (self->popover),
                               &(GdkRectangle) { (int) bounds.origin.x, (int) bounds.origin.y,
                                                 (int) bounds.size.width, (int) bounds.size.height });
  gtk_popover_popup (GTK_POPOVER (self->popover));
}

/* Building */

static GtkWidget *
create_heading (const char *text,
                gboolean    is_column)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), is_column ? 0.5f : 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_justify (GTK_LABEL (label), is_column ? GTK_JUSTIFY_CENTER : GTK_JUSTIFY_LEFT);
  gtk_label_set_max_width_chars (GTK_LABEL (label), 12);
  if (is_column)
    {
      gtk_widget_add_css_class (label, "caption");
      gtk_widget_add_css_class (label, "dim-label");
    }
  return label;
}

static GtkWidget *
create_cell (CrmConsentSection *self,
             const CrmChoice   *channel,
             const CrmChoice   *purpose)
{
  GtkWidget *button = gtk_button_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (label, "caption");
  gtk_box_append (GTK_BOX (box), gtk_image_new ());
  gtk_box_append (GTK_BOX (box), label);
  gtk_button_set_child (GTK_BUTTON (button), box);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_hexpand (button, TRUE);
  g_object_set_data (G_OBJECT (button), "crm-channel", (gpointer) channel);
  g_object_set_data (G_OBJECT (button), "crm-purpose", (gpointer) purpose);
  g_signal_connect_object (button, "clicked", G_CALLBACK (on_cell_clicked), self, G_CONNECT_SWAPPED);
  g_ptr_array_add (self->cells, button);
  return button;
}

static GtkWidget *
create_matrix (CrmConsentSection *self)
{
  const CrmChoice *channels = get_choices (CRM_CONSENT_CHANNEL), *purposes = get_choices (CRM_CONSENT_PURPOSE);

  self->grid = GTK_GRID (gtk_grid_new ());
  gtk_grid_set_column_spacing (self->grid, 4);
  gtk_widget_add_css_class (GTK_WIDGET (self->grid), "card");
  gtk_widget_add_css_class (GTK_WIDGET (self->grid), "consents");
  for (int p = 0; purposes[p].name != NULL; p++)
    gtk_grid_attach (self->grid, create_heading (_(purposes[p].label), TRUE), p + 1, 0, 1, 1);
  for (int c = 0; channels[c].name != NULL; c++)
    {
      gtk_grid_attach (self->grid, create_heading (_(channels[c].label), FALSE), 0, c + 1, 1, 1);
      for (int p = 0; purposes[p].name != NULL; p++)
        gtk_grid_attach (self->grid, create_cell (self, &channels[c], &purposes[p]), p + 1, c + 1, 1, 1);
    }
  return GTK_WIDGET (self->grid);
}

static GtkWidget *
create_history (CrmConsentSection *self)
{
  self->history = ADW_EXPANDER_ROW (adw_expander_row_new ());
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->history), _("What Was Said So Far"));
  g_signal_connect_object (self->history, "notify::expanded", G_CALLBACK (update_history), self, G_CONNECT_SWAPPED);
  self->history_list = gtk_list_box_new ();
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (self->history_list), GTK_SELECTION_NONE);
  gtk_list_box_append (GTK_LIST_BOX (self->history_list), GTK_WIDGET (self->history));
  gtk_widget_add_css_class (self->history_list, "boxed-list");
  gtk_widget_set_margin_top (self->history_list, 12);
  return self->history_list;
}

/* The class */

static void
crm_consent_section_dispose (GObject *object)
{
  CrmConsentSection *self = CRM_CONSENT_SECTION (object);

  cancel (self);
  if (self->popover != NULL)
    gtk_widget_unparent (GTK_WIDGET (self->popover));
  self->popover = NULL;
  g_clear_object (&self->store);
  G_OBJECT_CLASS (crm_consent_section_parent_class)->dispose (object);
}

static void
crm_consent_section_finalize (GObject *object)
{
  CrmConsentSection *self = CRM_CONSENT_SECTION (object);

  g_clear_pointer (&self->consents, g_ptr_array_unref);
  g_ptr_array_unref (self->cells);
  g_ptr_array_unref (self->rows);
  G_OBJECT_CLASS (crm_consent_section_parent_class)->finalize (object);
}

static void
crm_consent_section_class_init (CrmConsentSectionClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = crm_consent_section_dispose;
  object_class->finalize = crm_consent_section_finalize;
}

static void
crm_consent_section_init (CrmConsentSection *self)
{
  AdwPreferencesGroup *group = ADW_PREFERENCES_GROUP (self);

  /* A description makes the heading less high than those of other groups. */
  gtk_widget_set_margin_top (GTK_WIDGET (self), 8);
  self->cells = g_ptr_array_new ();
  self->rows = g_ptr_array_new ();
  adw_preferences_group_set_title (group, crm_field_get_label (&crm_consent.fields[CRM_CONSENT_STATE]));
  adw_preferences_group_set_description (group, _("For marketing, unknown counts as no."));
  adw_preferences_group_add (group, create_matrix (self));
  adw_preferences_group_add (group, create_history (self));
}

GtkWidget *
crm_consent_section_new (CrmStore  *store,
                         GtkWidget *call,
                         GtkWidget *mail)
{
  CrmConsentSection *self;

  g_return_val_if_fail (CRM_IS_STORE (store), NULL);

  self = g_object_new (CRM_TYPE_CONSENT_SECTION, NULL);
  self->store = g_object_ref (store);
  self->call = call;
  self->mail = mail;
  self->popover = CRM_CONSENT_POPOVER (crm_consent_popover_new (store));
  gtk_widget_set_parent (GTK_WIDGET (self->popover), GTK_WIDGET (self->grid));
  g_signal_connect_object (self->popover, "saved", G_CALLBACK (on_saved), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (store, "changed", G_CALLBACK (on_store_changed), self, G_CONNECT_SWAPPED);
  update (self);
  return GTK_WIDGET (self);
}

void
crm_consent_section_open (CrmConsentSection *self,
                          gint64             person)
{
  g_return_if_fail (CRM_IS_CONSENT_SECTION (self));

  cancel (self);
  gtk_popover_popdown (GTK_POPOVER (self->popover));
  crm_consent_popover_clear (self->popover);
  self->person = person;
  g_clear_pointer (&self->consents, g_ptr_array_unref);
  adw_expander_row_set_expanded (self->history, FALSE);
  update (self);
  if (person != 0)
    reload (self);
}
