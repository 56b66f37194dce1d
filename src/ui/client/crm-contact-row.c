/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crm-config.h"

#include "crm-contact-row.h"

#include "crm-child-row.h"
#include "crm-contact-point.h"
#include "crm-display.h"
#include "crm-field-binding.h"
#include "crm-link.h"
#include "crm-toaster.h"

#include <glib/gi18n-lib.h>

struct _CrmContactRow {
  CrmTextRow       parent_instance;

  CrmStore        *store;
  const CrmEntity *entity;   /* of which contact points: those of clients and those of people have the same fields */
  CrmValues       *values;   /* committed */
  GtkImage        *icon;
  GtkButton       *open;     /* dials or mails */
  GtkMenuButton   *menu;
  GtkWidget       *main_mark;
  GtkWidget       *more;     /* "…" where the text is cut */
  GtkEventControllerFocus *focus; /* of the text */
  GtkButton       *make_main;
  CrmFieldBinding *bindings[CRM_CONTACT_POINT_MAIN + 1]; /* of value, kind and label */
  guint            removal;  /* source */
};

static void crm_contact_row_child_row_init (CrmChildRowInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (CrmContactRow, crm_contact_row, CRM_TYPE_TEXT_ROW,
                               G_IMPLEMENT_INTERFACE (CRM_TYPE_CHILD_ROW, crm_contact_row_child_row_init))

char *
crm_contact_point_get_link (const CrmValues *values)
{
  const char *kind = NULL;
  const char *value = NULL;

  g_return_val_if_fail (values != NULL, NULL);

  kind = crm_values_get_text (values, CRM_CONTACT_POINT_KIND);
  value = crm_values_get_text (values, CRM_CONTACT_POINT_VALUE);
  if (value == NULL || g_strcmp0 (kind, "fax") == 0)
    return NULL;
  if (crm_contact_point_is_number (values))
    return crm_link_for_phone (value);
  return g_strcmp0 (kind, "email") == 0 ? crm_link_for_email (value) : NULL;
}

static const char *
get_icon_name (const char *kind)
{
  static const char * const icons[][2] = {
    { "email", "crm-mail-symbolic" },
    { "mobile", "phone-symbolic" },
    { "fax", "printer-symbolic" },
    { "chat", "user-available-symbolic" },
  };
  guint i;

  for (i = 0; i < G_N_ELEMENTS (icons); i++)
    if (g_strcmp0 (kind, icons[i][0]) == 0)
      return icons[i][1];
  return "crm-phone-symbolic";
}

/* Head office · Phone */
static char *
create_title (CrmContactRow *self)
{
  const CrmField *field = &crm_contact_point.fields[CRM_CONTACT_POINT_KIND];
  const char *kind = crm_field_get_choice_label (field, crm_values_get_text (self->values, CRM_CONTACT_POINT_KIND));
  const char *label = crm_values_get_text (self->values, CRM_CONTACT_POINT_LABEL);
  g_autofree char *shown = crm_display_line (label);

  return label != NULL ? g_strdup_printf ("%s · %s", shown, kind) : g_strdup (kind);
}

static void
name_button (GtkWidget  *button,
             const char *text,
             const char *value)
{
  g_autofree char *name = g_strdup_printf ("%s %s", text, value);

  crm_display_set_tooltip (button, text);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}

static void
update (CrmContactRow *self)
{
  g_autofree char *title = create_title (self);
  g_autofree char *link = crm_contact_point_get_link (self->values);
  g_autofree char *value = crm_display_line (crm_values_get_text (self->values, CRM_CONTACT_POINT_VALUE));
  gboolean is_saved = crm_values_get_id (self->values) != 0;
  gboolean is_main = crm_values_get_integer (self->values, CRM_CONTACT_POINT_MAIN) != 0;
  gboolean is_number = crm_contact_point_is_number (self->values);

  crm_text_row_set_title (CRM_TEXT_ROW (self), title);
  gtk_image_set_from_icon_name (self->icon, get_icon_name (crm_values_get_text (self->values, CRM_CONTACT_POINT_KIND)));
  gtk_widget_set_visible (GTK_WIDGET (self->open), is_saved && link != NULL);
  gtk_button_set_icon_name (self->open, is_number ? "crm-phone-symbolic" : "crm-mail-symbolic");
  name_button (GTK_WIDGET (self->open), is_number ? _("Call") : _("Write an e-mail"), value);
  name_button (GTK_WIDGET (self->menu), _("More"), value);
  gtk_widget_set_sensitive (GTK_WIDGET (self->menu), is_saved);
  gtk_widget_set_visible (self->main_mark, is_main);
  if (self->make_main != NULL)
    gtk_widget_set_sensitive (GTK_WIDGET (self->make_main), !is_main);
}

/* GtkText has no ellipsis. This one always has its place, so that nothing has to be laid out again when it shows. */
static void
update_more (CrmContactRow *self)
{
  GtkWidget *text = GTK_WIDGET (gtk_editable_get_delegate (GTK_EDITABLE (self)));
  const char *value = gtk_editable_get_text (GTK_EDITABLE (self));
  g_autoptr (PangoLayout) layout = gtk_widget_create_pango_layout (text, value);
  gboolean is_cut;
  int width;

  pango_layout_get_pixel_size (layout, &width, NULL);
  is_cut = width > gtk_widget_get_width (text);
  gtk_widget_set_opacity (self->more, is_cut && !gtk_event_controller_focus_contains_focus (self->focus) ? 1 : 0);
  if (is_cut)
    crm_display_set_tooltip (text, value);
  else
    gtk_widget_set_tooltip_text (text, NULL);
}

static void
on_focus (CrmContactRow *self)
{
  /* Left, it shows its beginning, not where it was written in last */
  if (!gtk_event_controller_focus_contains_focus (self->focus))
    gtk_editable_set_position (GTK_EDITABLE (self), 0);
  update_more (self);
}

/* Buttons */

static void
on_open (CrmContactRow *self)
{
  g_autofree char *link = crm_contact_point_get_link (self->values);

  if (link != NULL)
    crm_link_open (GTK_WIDGET (self), link);
}

static void
on_copy (CrmContactRow *self)
{
  const char *value = crm_values_get_text (self->values, CRM_CONTACT_POINT_VALUE);

  gtk_menu_button_popdown (self->menu);
  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)), value != NULL ? value : "");
  crm_toast (GTK_WIDGET (self), _("Copied"));
}

static void
on_make_main (CrmContactRow *self)
{
  gtk_menu_button_popdown (self->menu);
  crm_child_row_ask_main (CRM_CHILD_ROW (self));
}

static void
on_remove (CrmContactRow *self)
{
  gtk_menu_button_popdown (self->menu);
  crm_child_row_ask_removal (CRM_CHILD_ROW (self));
}

static gboolean
remove_if_empty (gpointer data)
{
  CrmContactRow *self = data;
  g_autofree char *text = crm_field_row_get_text (CRM_FIELD_ROW (self));

  self->removal = 0;
  if (text[0] == '\0' && crm_values_get_id (self->values) == 0)
    crm_child_row_ask_removal (CRM_CHILD_ROW (self));
  return G_SOURCE_REMOVE;
}

/* A new one that nothing was typed into goes when it is left; not while GTK moves the focus. */
static void
on_commit (CrmContactRow *self)
{
  if (self->values != NULL && crm_values_get_id (self->values) == 0 && self->removal == 0)
    self->removal = g_idle_add (remove_if_empty, self);
}

/* Before the binding, that takes back the text only. */
static gboolean
on_revert (CrmContactRow *self)
{
  if (self->values == NULL || crm_values_get_id (self->values) != 0)
    return FALSE;
  crm_field_binding_revert (self->bindings[CRM_CONTACT_POINT_VALUE]);
  on_commit (self);
  return TRUE;
}

static void
on_saved (CrmContactRow *self,
          gint64         id)
{
  crm_child_row_tell_saved (CRM_CHILD_ROW (self), id);
}

/* Building */

static GtkWidget *
create_popover (CrmContactRow *self)
{
  GtkWidget *popover = gtk_popover_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *list = gtk_list_box_new ();
  GtkWidget *buttons = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *copy = crm_child_row_new_button (_("_Copy"), G_CALLBACK (on_copy), self);
  GtkWidget *remove = crm_child_row_new_button (_("_Remove"), G_CALLBACK (on_remove), self);
  const guint fields[] = { CRM_CONTACT_POINT_KIND, CRM_CONTACT_POINT_LABEL };
  guint i;

  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (list, "boxed-list");
  for (i = 0; i < G_N_ELEMENTS (fields); i++)
    {
      GtkWidget *row = crm_field_row_new (self->store, self->entity, fields[i]);

      self->bindings[fields[i]] = crm_field_binding_new (self->store, self->entity, fields[i], row);
      gtk_list_box_append (GTK_LIST_BOX (list), row);
    }
  self->make_main = GTK_BUTTON (crm_child_row_new_button (_("Make _Main"), G_CALLBACK (on_make_main), self));
  gtk_widget_add_css_class (remove, "error");
  gtk_widget_set_hexpand (remove, TRUE);
  gtk_widget_set_halign (remove, GTK_ALIGN_END);
  gtk_box_append (GTK_BOX (buttons), copy);
  gtk_box_append (GTK_BOX (buttons), GTK_WIDGET (self->make_main));
  gtk_box_append (GTK_BOX (buttons), remove);
  gtk_box_append (GTK_BOX (box), list);
  gtk_box_append (GTK_BOX (box), buttons);
  gtk_widget_set_size_request (box, 300, -1);
  gtk_widget_add_css_class (popover, "contact-popover");
  gtk_popover_set_child (GTK_POPOVER (popover), box);
  return popover;
}

/* Most are never opened, and a card has many. */
static void
ensure_popover (CrmContactRow *self)
{
  if (gtk_menu_button_get_popover (self->menu) != NULL)
    return;
  gtk_menu_button_set_popover (self->menu, create_popover (self));
  crm_field_binding_set_values (self->bindings[CRM_CONTACT_POINT_KIND], self->values);
  crm_field_binding_set_values (self->bindings[CRM_CONTACT_POINT_LABEL], self->values);
  update (self);
}

static void
on_menu_opened (GtkMenuButton *button,
                gpointer       data)
{
  ensure_popover (CRM_CONTACT_ROW (data));
}

static GtkWidget *
create_icon_button (const char *icon,
                    GCallback   callback,
                    gpointer    data)
{
  GtkWidget *button = gtk_button_new_from_icon_name (icon);

  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  g_signal_connect_swapped (button, "clicked", callback, data);
  return button;
}

/* CrmChildRow */

static void
set_values (CrmChildRow     *row,
            const CrmValues *values)
{
  CrmContactRow *self = CRM_CONTACT_ROW (row);

  g_clear_pointer (&self->values, crm_values_unref);
  self->values = crm_values_copy (values);
  crm_field_binding_set_values_all (self->bindings, G_N_ELEMENTS (self->bindings), values);
  adw_entry_row_set_input_purpose (ADW_ENTRY_ROW (self), crm_contact_point_is_number (values) ? GTK_INPUT_PURPOSE_PHONE
                                                                                                : GTK_INPUT_PURPOSE_EMAIL);
  update (self);
}

static void
clear (CrmChildRow *row)
{
  CrmContactRow *self = CRM_CONTACT_ROW (row);

  g_clear_handle_id (&self->removal, g_source_remove);
  gtk_menu_button_popdown (self->menu);
  crm_field_binding_set_values_all (self->bindings, G_N_ELEMENTS (self->bindings), NULL);
}

static void
set_draft (CrmChildRow *row,
           const char  *field,
           const char  *text)
{
  CrmContactRow *self = CRM_CONTACT_ROW (row);
  int index = crm_entity_find_field (self->entity, field);

  if (index != CRM_CONTACT_POINT_VALUE)
    ensure_popover (self);
  if (index >= 0 && index < (int) G_N_ELEMENTS (self->bindings) && self->bindings[index] != NULL)
    crm_field_binding_set_draft (self->bindings[index], text);
}

static void
set_place (CrmChildRow     *row,
           const CrmEntity *entity,
           gint64           record,
           const char      *field)
{
  crm_field_binding_set_place (CRM_CONTACT_ROW (row)->bindings[CRM_CONTACT_POINT_VALUE], entity, record, field);
}

static void
edit (CrmChildRow *row)
{
  gtk_widget_grab_focus (crm_field_row_get_target (CRM_FIELD_ROW (row)));
}

static void
flush (CrmChildRow *row)
{
  CrmContactRow *self = CRM_CONTACT_ROW (row);

  crm_field_binding_flush_all (self->bindings, G_N_ELEMENTS (self->bindings));
}

static void
set_up (CrmChildRow     *row,
        CrmStore        *store,
        const CrmEntity *entity)
{
  CrmContactRow *self = CRM_CONTACT_ROW (row);

  self->store = g_object_ref (store);
  self->entity = entity;
  g_signal_connect (self, "revert", G_CALLBACK (on_revert), NULL);
  crm_text_row_set_field (CRM_TEXT_ROW (self), &crm_contact_point.fields[CRM_CONTACT_POINT_VALUE]);
  self->bindings[CRM_CONTACT_POINT_VALUE] = crm_field_binding_new (store, entity, CRM_CONTACT_POINT_VALUE, GTK_WIDGET (self));
  g_signal_connect_object (self->bindings[CRM_CONTACT_POINT_VALUE], "saved", G_CALLBACK (on_saved), self, G_CONNECT_SWAPPED);
  g_signal_connect_after (self, "commit", G_CALLBACK (on_commit), NULL);
  gtk_menu_button_set_create_popup_func (self->menu, on_menu_opened, self, NULL);
}

static void
crm_contact_row_child_row_init (CrmChildRowInterface *iface)
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
crm_contact_row_dispose (GObject *object)
{
  CrmContactRow *self = CRM_CONTACT_ROW (object);

  g_clear_handle_id (&self->removal, g_source_remove);
  g_clear_object (&self->store);
  G_OBJECT_CLASS (crm_contact_row_parent_class)->dispose (object);
}

static void
crm_contact_row_finalize (GObject *object)
{
  g_clear_pointer (&CRM_CONTACT_ROW (object)->values, crm_values_unref);
  G_OBJECT_CLASS (crm_contact_row_parent_class)->finalize (object);
}

/* As rows are laid out; without a layout manager, which would not tell when that is done */

static GtkSizeRequestMode
crm_contact_row_get_request_mode (GtkWidget *widget)
{
  return gtk_widget_get_request_mode (gtk_list_box_row_get_child (GTK_LIST_BOX_ROW (widget)));
}

static void
crm_contact_row_measure (GtkWidget      *widget,
                         GtkOrientation  orientation,
                         int             for_size,
                         int            *minimum,
                         int            *natural,
                         int            *minimum_baseline,
                         int            *natural_baseline)
{
  gtk_widget_measure (gtk_list_box_row_get_child (GTK_LIST_BOX_ROW (widget)), orientation, for_size, minimum, natural, minimum_baseline,
                      natural_baseline);
}

static void
crm_contact_row_size_allocate (GtkWidget *widget,
                               int        width,
                               int        height,
                               int        baseline)
{
  gtk_widget_size_allocate (gtk_list_box_row_get_child (GTK_LIST_BOX_ROW (widget)), &(GtkAllocation) { 0, 0, width, height }, baseline);
  update_more (CRM_CONTACT_ROW (widget));
}

static void
crm_contact_row_class_init (CrmContactRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  widget_class->get_request_mode = crm_contact_row_get_request_mode;
  widget_class->measure = crm_contact_row_measure;
  widget_class->size_allocate = crm_contact_row_size_allocate;
  object_class->dispose = crm_contact_row_dispose;
  object_class->finalize = crm_contact_row_finalize;
}

static void
follow_text (CrmContactRow *self)
{
  GtkWidget *text = GTK_WIDGET (gtk_editable_get_delegate (GTK_EDITABLE (self)));

  self->focus = GTK_EVENT_CONTROLLER_FOCUS (gtk_event_controller_focus_new ());
  g_signal_connect_object (self->focus, "notify::contains-focus", G_CALLBACK (on_focus), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (text, GTK_EVENT_CONTROLLER (self->focus));
  g_signal_connect_swapped (self, "changed", G_CALLBACK (update_more), self);
}

static void
crm_contact_row_init (CrmContactRow *self)
{
  gtk_widget_add_css_class (GTK_WIDGET (self), "contact");
  gtk_widget_set_layout_manager (GTK_WIDGET (self), NULL);
  self->more = gtk_label_new ("…");
  gtk_widget_add_css_class (self->more, "more");
  gtk_accessible_update_state (GTK_ACCESSIBLE (self->more), GTK_ACCESSIBLE_STATE_HIDDEN, TRUE, -1);
  self->icon = GTK_IMAGE (gtk_image_new ());
  gtk_widget_add_css_class (GTK_WIDGET (self->icon), "dim-label");
  adw_entry_row_add_prefix (ADW_ENTRY_ROW (self), GTK_WIDGET (self->icon));

  self->main_mark = gtk_image_new_from_icon_name ("starred-symbolic");
  gtk_widget_set_tooltip_text (self->main_mark, _("Main one"));
  gtk_widget_add_css_class (self->main_mark, "dim-label");
  self->open = GTK_BUTTON (create_icon_button ("crm-phone-symbolic", G_CALLBACK (on_open), self));
  self->menu = GTK_MENU_BUTTON (gtk_menu_button_new ());
  gtk_menu_button_set_icon_name (self->menu, "view-more-symbolic");
  gtk_widget_set_valign (GTK_WIDGET (self->menu), GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (GTK_WIDGET (self->menu), "flat");
  adw_entry_row_add_suffix (ADW_ENTRY_ROW (self), self->more);
  adw_entry_row_add_suffix (ADW_ENTRY_ROW (self), self->main_mark);
  adw_entry_row_add_suffix (ADW_ENTRY_ROW (self), GTK_WIDGET (self->open));
  adw_entry_row_add_suffix (ADW_ENTRY_ROW (self), GTK_WIDGET (self->menu));
  follow_text (self);
}
