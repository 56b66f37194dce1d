/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crm-config.h"

#include "crm-address-row.h"

#include "crm-address.h"
#include "crm-child-row.h"
#include "crm-display.h"
#include "crm-field-binding.h"
#include "crm-toaster.h"

#include <glib/gi18n-lib.h>

struct _CrmAddressRow {
  AdwExpanderRow   parent_instance;

  CrmStore        *store;
  CrmValues       *values;    /* committed */
  GtkWidget       *main_mark;
  GtkWidget       *copy;
  GtkWidget       *make_main;
  GtkWidget       *first;     /* row of the street; NULL: there are no rows yet */
  CrmFieldBinding *bindings[CRM_ADDRESS_MAIN]; /* NULL: no row */
  GtkWidget       *fields[CRM_ADDRESS_MAIN];

  /* Of one that is new */
  const CrmEntity *draft_entity;
  gint64           draft_record;
  gboolean         is_inserting;
  guint            leaving;     /* source */
};

/* Under these names the client keeps what is typed of a new one; by the names of the fields it has other drafts */
static const char * const draft_names[CRM_ADDRESS_MAIN] = {
  [CRM_ADDRESS_KIND] = CRM_ADDRESS_DRAFT "kind",
  [CRM_ADDRESS_STREET] = CRM_ADDRESS_DRAFT "street",
  [CRM_ADDRESS_DISTRICT] = CRM_ADDRESS_DRAFT "district",
  [CRM_ADDRESS_CITY] = CRM_ADDRESS_DRAFT "city",
  [CRM_ADDRESS_REGION] = CRM_ADDRESS_DRAFT "region",
  [CRM_ADDRESS_POSTCODE] = CRM_ADDRESS_DRAFT "postcode",
  [CRM_ADDRESS_COUNTRY] = CRM_ADDRESS_DRAFT "country",
};

static void crm_address_row_child_row_init (CrmChildRowInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (CrmAddressRow, crm_address_row, ADW_TYPE_EXPANDER_ROW,
                               G_IMPLEMENT_INTERFACE (CRM_TYPE_CHILD_ROW, crm_address_row_child_row_init))

static void
append (GString         *lines,
        const char      *separator,
        const CrmValues *values,
        guint            field)
{
  g_autofree char *text = crm_display_line (crm_values_get_text (values, field));

  if (text[0] == '\0')
    return;
  if (lines->len > 0)
    g_string_append (lines, separator);
  g_string_append (lines, text);
}

/* In up to four lines, as on an envelope; "" if all its fields are empty. */
static char *
format_address (const CrmValues *values)
{
  GString *lines = g_string_new (NULL);

  append (lines, "\n", values, CRM_ADDRESS_STREET);
  append (lines, ", ", values, CRM_ADDRESS_DISTRICT);
  append (lines, "\n", values, CRM_ADDRESS_POSTCODE);
  append (lines, crm_values_is_null (values, CRM_ADDRESS_POSTCODE) ? "\n" : " ", values, CRM_ADDRESS_CITY);
  append (lines, ", ", values, CRM_ADDRESS_REGION);
  append (lines, "\n", values, CRM_ADDRESS_COUNTRY);
  return g_string_free (lines, FALSE);
}

static void
update (CrmAddressRow *self)
{
  const CrmField *field = &crm_address.fields[CRM_ADDRESS_KIND];
  g_autofree char *lines = format_address (self->values);
  g_autofree char *title = g_markup_escape_text (lines[0] != '\0' ? lines : _("New address"), -1);
  g_autofree char *subtitle = g_markup_escape_text (crm_field_get_choice_label (field, crm_values_get_text (self->values, CRM_ADDRESS_KIND)), -1);
  gboolean is_main = crm_values_get_integer (self->values, CRM_ADDRESS_MAIN) != 0;
  gboolean is_saved = crm_values_get_id (self->values) != 0;

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self), title);
  adw_expander_row_set_subtitle (ADW_EXPANDER_ROW (self), subtitle);
  gtk_widget_set_visible (self->main_mark, is_main);
  if (self->make_main != NULL)
    gtk_widget_set_sensitive (self->make_main, is_saved && !is_main);
  gtk_widget_set_visible (self->copy, lines[0] != '\0');
}

/* Buttons */

static void
on_copy (CrmAddressRow *self)
{
  g_autofree char *lines = format_address (self->values);

  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)), lines);
  crm_toast (GTK_WIDGET (self), _("Copied"));
}

static GtkWidget *
create_button (const char *label,
               GCallback   callback,
               gpointer    data)
{
  GtkWidget *button = gtk_button_new_with_mnemonic (label);

  gtk_widget_add_css_class (button, "flat");
  g_signal_connect_swapped (button, "clicked", callback, data);
  return button;
}

static GtkWidget *
create_buttons (CrmAddressRow *self)
{
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *remove = create_button (_("_Remove"), G_CALLBACK (crm_child_row_ask_removal), self);

  self->make_main = create_button (_("Make _Main"), G_CALLBACK (crm_child_row_ask_main), self);
  gtk_widget_add_css_class (remove, "error");
  gtk_widget_set_hexpand (remove, TRUE);
  gtk_widget_set_halign (remove, GTK_ALIGN_END);
  gtk_box_append (GTK_BOX (box), self->make_main);
  gtk_box_append (GTK_BOX (box), remove);
  gtk_widget_add_css_class (row, "buttons");
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);
  gtk_widget_set_focusable (row, FALSE);
  return row;
}

/* A new one: nothing is saved before something is filled in, and then all of it at once */

static gboolean
is_new (CrmAddressRow *self)
{
  return crm_values_get_id (self->values) == 0;
}

/* Its kind stands there from the beginning. */
static gboolean
is_empty (CrmAddressRow *self)
{
  guint i;

  for (i = 0; i < G_N_ELEMENTS (self->fields); i++)
    if (self->fields[i] != NULL && i != CRM_ADDRESS_KIND)
      {
        g_autofree char *text = crm_field_row_get_text (CRM_FIELD_ROW (self->fields[i]));

        if (text[strspn (text, " ")] != '\0')
          return FALSE;
      }
  return TRUE;
}

static void
begin_new (CrmAddressRow *self)
{
  guint i;

  for (i = 0; i < G_N_ELEMENTS (self->bindings); i++)
    if (self->bindings[i] != NULL)
      {
        crm_field_binding_set_place (self->bindings[i], self->draft_entity, self->draft_record, draft_names[i]);
        /* It keeps the draft only: the first to be left does not know the others */
        crm_field_binding_set_values (self->bindings[i], NULL);
      }
  crm_field_row_set_text (CRM_FIELD_ROW (self->fields[CRM_ADDRESS_KIND]), crm_values_get_text (self->values, CRM_ADDRESS_KIND));
}

static void
forget_drafts (CrmStore        *store,
               const CrmEntity *entity,
               gint64           record)
{
  guint i;

  for (i = 0; i < G_N_ELEMENTS (draft_names); i++)
    if (draft_names[i] != NULL)
      crm_store_set_draft (store, entity, record, draft_names[i], NULL);
}

/* What was typed since it was sent stays, and is saved if the cursor is elsewhere by now. */
static void
show_inserted (CrmAddressRow   *self,
               const CrmValues *inserted)
{
  char *texts[G_N_ELEMENTS (self->fields)] = { NULL };
  guint i;

  for (i = 0; i < G_N_ELEMENTS (self->fields); i++)
    if (self->fields[i] != NULL)
      {
        texts[i] = crm_field_row_get_text (CRM_FIELD_ROW (self->fields[i]));
        crm_field_binding_revert (self->bindings[i]);
      }
  crm_child_row_set_values (CRM_CHILD_ROW (self), inserted);
  for (i = 0; i < G_N_ELEMENTS (self->fields); i++)
    {
      const char *sent = crm_values_get_text (inserted, i);

      if (texts[i] != NULL && strcmp (texts[i], sent != NULL ? sent : "") != 0)
        {
          crm_field_row_set_text (CRM_FIELD_ROW (self->fields[i]), texts[i]);
          crm_field_row_edited (CRM_FIELD_ROW (self->fields[i]));
          if (gtk_widget_get_focus_child (GTK_WIDGET (self->fields[i])) == NULL)
            crm_field_row_commit (CRM_FIELD_ROW (self->fields[i]));
        }
      g_free (texts[i]);
    }
}

typedef struct {
  CrmAddressRow   *row;
  CrmValues       *values;
  const CrmEntity *draft_entity;
  gint64           draft_record;
} Insertion;

static void
insertion_free (Insertion *insertion)
{
  g_object_unref (insertion->row);
  crm_values_unref (insertion->values);
  g_free (insertion);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Insertion, insertion_free)

static void
on_inserted (GObject      *source,
             GAsyncResult *result,
             gpointer      data)
{
  g_autoptr (Insertion) insertion = data;
  CrmAddressRow *self = insertion->row;
  g_autoptr (GError) error = NULL;
  gint64 id = crm_store_save_finish (CRM_STORE (source), result, &error);
  gboolean is_here = gtk_widget_get_root (GTK_WIDGET (self)) != NULL;

  self->is_inserting = FALSE;
  if (id == 0)
    {
      /* Its drafts are kept, and leaving a field or Enter tries again */
      if (is_here)
        crm_field_binding_refuse (self->bindings[CRM_ADDRESS_STREET], error->message);
      else
        g_message ("Not saved: %s", error->message);
      return;
    }
  forget_drafts (CRM_STORE (source), insertion->draft_entity, insertion->draft_record);
  if (!is_here)
    return;
  crm_values_set_id (insertion->values, id);
  show_inserted (self, insertion->values);
  crm_child_row_tell_saved (CRM_CHILD_ROW (self), id);
}

static gboolean
collect (CrmAddressRow *self,
         CrmValues     *values)
{
  guint i;

  for (i = 0; i < G_N_ELEMENTS (self->fields); i++)
    {
      g_autoptr (GError) error = NULL;

      if (self->fields[i] != NULL && !crm_field_row_collect (CRM_FIELD_ROW (self->fields[i]), values, i, &error))
        {
          crm_field_binding_refuse (self->bindings[i], error->message);
          return FALSE;
        }
    }
  return TRUE;
}

static void
insert (CrmAddressRow *self)
{
  g_autoptr (CrmValues) values = NULL;
  Insertion *insertion;

  if (self->is_inserting || self->fields[CRM_ADDRESS_KIND] == NULL || is_empty (self))
    return;
  values = crm_values_copy (self->values);
  if (!collect (self, values))
    return;
  insertion = g_new (Insertion, 1);
  *insertion = (Insertion) { g_object_ref (self), crm_values_ref (values), self->draft_entity, self->draft_record };
  self->is_inserting = TRUE;
  crm_store_save_async (self->store, values, NULL, on_inserted, insertion);
}

static void
on_field_commit (CrmAddressRow *self)
{
  if (is_new (self))
    insert (self);
}

static gboolean
is_window_active (CrmAddressRow *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  return GTK_IS_WINDOW (root) && gtk_window_is_active (GTK_WINDOW (root));
}

static gboolean
remove_if_empty (gpointer data)
{
  CrmAddressRow *self = data;

  self->leaving = 0;
  /* Whoever looks something up in another program comes back to it */
  if (is_new (self) && !self->is_inserting && is_empty (self) && is_window_active (self) &&
      gtk_widget_get_focus_child (GTK_WIDGET (self)) == NULL)
    crm_child_row_ask_removal (CRM_CHILD_ROW (self));
  return G_SOURCE_REMOVE;
}

/* Not while GTK moves the focus. */
static void
on_left (CrmAddressRow *self)
{
  if (is_new (self) && self->leaving == 0)
    self->leaving = g_idle_add (remove_if_empty, self);
}

/* Esc: first what was typed in the field goes, then the row with nothing in it. */
static gboolean
on_field_revert (GtkWidget     *field,
                 CrmAddressRow *self)
{
  guint i;

  if (!is_new (self))
    return FALSE;
  for (i = 0; i < G_N_ELEMENTS (self->fields); i++)
    if (self->fields[i] == field && i != CRM_ADDRESS_KIND)
      crm_field_binding_revert (self->bindings[i]);
  if (is_empty (self) && !self->is_inserting)
    {
      forget_drafts (self->store, self->draft_entity, self->draft_record);
      crm_child_row_ask_removal (CRM_CHILD_ROW (self));
    }
  return TRUE;
}

/* Most are never opened. */
static void
ensure_fields (CrmAddressRow *self)
{
  static const guint fields[] = {
    CRM_ADDRESS_STREET, CRM_ADDRESS_DISTRICT, CRM_ADDRESS_POSTCODE, CRM_ADDRESS_CITY, CRM_ADDRESS_REGION, CRM_ADDRESS_COUNTRY, CRM_ADDRESS_KIND,
  };
  guint i;

  if (self->first != NULL)
    return;
  for (i = 0; i < G_N_ELEMENTS (fields); i++)
    {
      GtkWidget *field = crm_field_row_new (self->store, &crm_address, fields[i]);

      g_signal_connect_object (field, "revert", G_CALLBACK (on_field_revert), self, 0);
      self->bindings[fields[i]] = crm_field_binding_new (self->store, &crm_address, fields[i], field);
      self->fields[fields[i]] = field;
      if (!is_new (self))
        crm_field_binding_set_values (self->bindings[fields[i]], self->values);
      g_signal_connect_object (field, "commit", G_CALLBACK (on_field_commit), self, G_CONNECT_AFTER | G_CONNECT_SWAPPED);
      adw_expander_row_add_row (ADW_EXPANDER_ROW (self), field);
      if (i == 0)
        self->first = field;
    }
  adw_expander_row_add_row (ADW_EXPANDER_ROW (self), create_buttons (self));
  if (is_new (self))
    begin_new (self);
  update (self);
}

/* CrmChildRow */

static void
set_values (CrmChildRow     *row,
            const CrmValues *values)
{
  CrmAddressRow *self = CRM_ADDRESS_ROW (row);
  guint i;

  g_clear_pointer (&self->values, crm_values_unref);
  self->values = crm_values_copy (values);
  for (i = 0; i < G_N_ELEMENTS (self->bindings); i++)
    if (self->bindings[i] != NULL)
      crm_field_binding_set_values (self->bindings[i], values);
  update (self);
}

static void
clear (CrmChildRow *row)
{
  CrmAddressRow *self = CRM_ADDRESS_ROW (row);
  guint i;

  adw_expander_row_set_expanded (ADW_EXPANDER_ROW (self), FALSE);
  for (i = 0; i < G_N_ELEMENTS (self->bindings); i++)
    if (self->bindings[i] != NULL)
      crm_field_binding_set_values (self->bindings[i], NULL);
}

static void
set_draft (CrmChildRow *row,
           const char  *field,
           const char  *text)
{
  CrmAddressRow *self = CRM_ADDRESS_ROW (row);
  int index = crm_entity_find_field (&crm_address, field);

  ensure_fields (self);
  if (index < 0 || index >= (int) G_N_ELEMENTS (self->bindings) || self->bindings[index] == NULL)
    return;
  if (is_new (self))
    {
      crm_field_row_set_text (CRM_FIELD_ROW (self->fields[index]), text);
      crm_field_row_edited (CRM_FIELD_ROW (self->fields[index]));
      adw_expander_row_set_expanded (ADW_EXPANDER_ROW (self), TRUE);
      return;
    }
  crm_field_binding_set_draft (self->bindings[index], text);
  if (crm_field_binding_is_dirty (self->bindings[index]))
    adw_expander_row_set_expanded (ADW_EXPANDER_ROW (self), TRUE);
}

static void
set_place (CrmChildRow     *row,
           const CrmEntity *entity,
           gint64           record,
           const char      *field)
{
  CrmAddressRow *self = CRM_ADDRESS_ROW (row);

  self->draft_entity = entity;
  self->draft_record = record;
}

static void
edit (CrmChildRow *row)
{
  CrmAddressRow *self = CRM_ADDRESS_ROW (row);

  adw_expander_row_set_expanded (ADW_EXPANDER_ROW (self), TRUE);
  gtk_widget_grab_focus (crm_field_row_get_target (CRM_FIELD_ROW (self->first)));
}

static void
flush (CrmChildRow *row)
{
  CrmAddressRow *self = CRM_ADDRESS_ROW (row);

  crm_field_binding_flush_all (self->bindings, G_N_ELEMENTS (self->bindings));
  on_field_commit (self);
}

static void
set_up (CrmChildRow *row,
        CrmStore    *store)
{
  CrmAddressRow *self = CRM_ADDRESS_ROW (row);
  GtkEventController *focus = gtk_event_controller_focus_new ();

  self->store = g_object_ref (store);
  g_signal_connect_swapped (focus, "leave", G_CALLBACK (on_left), self);
  gtk_widget_add_controller (GTK_WIDGET (self), focus);
  g_signal_connect (self, "notify::expanded", G_CALLBACK (ensure_fields), NULL);
}

static void
crm_address_row_child_row_init (CrmChildRowInterface *iface)
{
  iface->set_up = set_up;
  iface->set_values = set_values;
  iface->clear = clear;
  iface->set_draft = set_draft;
  iface->set_place = set_place;
  iface->edit = edit;
  iface->flush = flush;
}

static void
crm_address_row_dispose (GObject *object)
{
  CrmAddressRow *self = CRM_ADDRESS_ROW (object);

  g_clear_handle_id (&self->leaving, g_source_remove);
  g_clear_object (&self->store);
  G_OBJECT_CLASS (crm_address_row_parent_class)->dispose (object);
}

static void
crm_address_row_finalize (GObject *object)
{
  g_clear_pointer (&CRM_ADDRESS_ROW (object)->values, crm_values_unref);
  G_OBJECT_CLASS (crm_address_row_parent_class)->finalize (object);
}

static void
crm_address_row_class_init (CrmAddressRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = crm_address_row_dispose;
  object_class->finalize = crm_address_row_finalize;
}

static void
crm_address_row_init (CrmAddressRow *self)
{
  GtkWidget *icon = gtk_image_new_from_icon_name ("crm-address-symbolic");

  gtk_widget_add_css_class (icon, "dim-label");
  adw_expander_row_add_prefix (ADW_EXPANDER_ROW (self), icon);
  self->main_mark = gtk_image_new_from_icon_name ("starred-symbolic");
  gtk_widget_set_tooltip_text (self->main_mark, _("Main address"));
  gtk_widget_add_css_class (self->main_mark, "dim-label");
  self->copy = gtk_button_new_from_icon_name ("edit-copy-symbolic");
  gtk_widget_set_valign (self->copy, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (self->copy, "flat");
  gtk_widget_set_tooltip_text (self->copy, _("Copy the address"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->copy), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Copy the address"), -1);
  g_signal_connect_swapped (self->copy, "clicked", G_CALLBACK (on_copy), self);
  adw_expander_row_add_action (ADW_EXPANDER_ROW (self), self->main_mark);
  adw_expander_row_add_action (ADW_EXPANDER_ROW (self), self->copy);
}
