/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crm-config.h"

#include "crm-document-row.h"

#include "crm-display.h"
#include "crm-document-copy.h"
#include "crm-file-name.h"
#include "crm-heading.h"
#include "crm-time.h"
#include "crm-toaster.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

struct _CrmDocumentRow {
  GtkListBoxRow  parent_instance;

  CrmStore      *store;
  CrmValues     *document;

  GtkImage      *icon;
  GtkStack      *stack;   /* "texts" or "entry" */
  GtkLabel      *name;
  GtkLabel      *details;
  GtkEntry      *entry;
  GtkMenuButton *menu;
};

G_DEFINE_FINAL_TYPE (CrmDocumentRow, crm_document_row, GTK_TYPE_LIST_BOX_ROW)

/* What it shows */

/* (transfer full): "PDF document · 1.2 MB · 23 Nov 2026", and what it is besides a file */
static char *
describe (const CrmValues *document)
{
  const char *media_type = crm_values_get_text (document, CRM_DOCUMENT_MEDIA_TYPE);
  g_autofree char *type = media_type == NULL ? NULL : g_content_type_from_mime_type (media_type);
  g_autofree char *description = type == NULL ? NULL : g_content_type_get_description (type);
  g_autofree char *size = g_format_size ((guint64) crm_values_get_integer (document, CRM_DOCUMENT_SIZE));
  g_autofree char *when = crm_time_format (crm_values_get_integer (document, CRM_DOCUMENT_CREATED));
  g_autofree char *kind = crm_values_format (document, CRM_DOCUMENT_KIND);
  gboolean is_file = g_strcmp0 (crm_values_get_text (document, CRM_DOCUMENT_KIND), "file") == 0;
  const char *words[] = { is_file ? NULL : kind, description, size, when };
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    if (words[i] != NULL)
      g_string_append_printf (text, "%s%s", text->len > 0 ? " · " : "", words[i]);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

/* Themes have few of the symbolic icons; one in colours would be among them what falls in its place. */
static void
show_icon (CrmDocumentRow *self)
{
  const char *media_type = crm_values_get_text (self->document, CRM_DOCUMENT_MEDIA_TYPE);
  g_autofree char *type = media_type == NULL ? NULL : g_content_type_from_mime_type (media_type);
  g_autoptr (GIcon) named = g_content_type_get_symbolic_icon (type == NULL ? "application/octet-stream" : type);
  const char * const *names = G_IS_THEMED_ICON (named) ? g_themed_icon_get_names (G_THEMED_ICON (named)) : NULL;
  GtkIconTheme *theme = gtk_icon_theme_get_for_display (gtk_widget_get_display (GTK_WIDGET (self)));

  for (; names != NULL && *names != NULL; names++)
    if (g_str_has_suffix (*names, "-symbolic") && gtk_icon_theme_has_icon (theme, *names))
      {
        gtk_image_set_from_icon_name (self->icon, *names);
        return;
      }
  gtk_image_set_from_icon_name (self->icon, "crm-document-symbolic");
}

static void
update (CrmDocumentRow *self)
{
  g_autofree char *name = crm_display_line (crm_values_get_text (self->document, CRM_DOCUMENT_NAME));
  g_autofree char *details = describe (self->document);
  g_autofree char *spoken = g_strdup_printf ("%s, %s", name, details);
  g_autofree char *more = g_strdup_printf (_("More for “%s”"), name);

  show_icon (self);
  gtk_label_set_text (self->name, name);
  crm_display_set_tooltip (GTK_WIDGET (self->name), name);
  gtk_label_set_text (self->details, details);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken, -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->menu), GTK_ACCESSIBLE_PROPERTY_LABEL, more, -1);
}

static void
toast_failure (CrmDocumentRow *self,
               const GError   *error)
{
  if (gtk_widget_get_root (GTK_WIDGET (self)) != NULL)
    crm_toast_error (GTK_WIDGET (self), error);
}

/* Opening */

static void
on_opened (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  g_autoptr (CrmDocumentRow) self = data;
  g_autoptr (GError) error = NULL;

  if (!g_app_info_launch_default_for_uri_finish (result, &error))
    toast_failure (self, error);
}

static void
launch (CrmDocumentRow *self,
        GFile          *copy)
{
  g_autofree char *uri = g_file_get_uri (copy);
  g_autoptr (GdkAppLaunchContext) context = gdk_display_get_app_launch_context (gtk_widget_get_display (GTK_WIDGET (self)));

  g_app_info_launch_default_for_uri_async (uri, G_APP_LAUNCH_CONTEXT (context), NULL, on_opened, g_object_ref (self));
}

static void
on_risk_taken (CrmDocumentRow *self,
               const char     *response,
               GtkWidget      *dialog)
{
  if (g_str_equal (response, "open"))
    launch (self, g_object_get_data (G_OBJECT (dialog), "crm-copy"));
}

static void
ask_about_risk (CrmDocumentRow *self,
                GFile          *copy)
{
  g_autofree char *heading = g_strdup_printf (_("Open “%s”?"), gtk_label_get_text (self->name));
  GtkWidget *dialog = adw_message_dialog_new (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))), heading,
                                              _("Files of this kind can run programs or macros. Open it only if you know who it is from and expected it."));

  crm_heading_wrap (dialog);
  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "cancel", _("_Cancel"), "open", _("_Open Anyway"), NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "open", ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  g_object_set_data_full (G_OBJECT (dialog), "crm-copy", g_object_ref (copy), g_object_unref);
  g_signal_connect_object (dialog, "response", G_CALLBACK (on_risk_taken), self, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
on_copied (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  g_autoptr (CrmDocumentRow) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GFile) copy = crm_document_copy_finish (result, &error);

  if (copy == NULL)
    toast_failure (self, error);
  else if (gtk_widget_get_root (GTK_WIDGET (self)) == NULL)
    return;
  else if (crm_document_copy_is_risky (result))
    ask_about_risk (self, copy);
  else
    launch (self, copy);
}

void
crm_document_row_open (CrmDocumentRow *self)
{
  g_return_if_fail (CRM_IS_DOCUMENT_ROW (self));

  crm_document_copy_async (self->store, self->document, NULL, on_copied, g_object_ref (self));
}

static void
open_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  crm_document_row_open (CRM_DOCUMENT_ROW (widget));
}

/* Saving a copy */

typedef struct {
  char  *database;
  char  *hash;
  GFile *target;
} Saving;

static void
saving_free (Saving *saving)
{
  g_free (saving->database);
  g_free (saving->hash);
  g_object_unref (saving->target);
  g_free (saving);
}

static void
run_save (GTask        *task,
          gpointer      source,
          gpointer      data,
          GCancellable *cancellable)
{
  const Saving *saving = data;
  GError *error = NULL;

  if (crm_content_save (saving->database, saving->hash, saving->target, cancellable, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
on_saved (GObject      *source,
          GAsyncResult *result,
          gpointer      data)
{
  CrmDocumentRow *self = CRM_DOCUMENT_ROW (source);
  g_autoptr (GError) error = NULL;

  if (!g_task_propagate_boolean (G_TASK (result), &error))
    toast_failure (self, error);
  else if (gtk_widget_get_root (GTK_WIDGET (self)) != NULL)
    crm_toast (GTK_WIDGET (self), _("Copy saved"));
}

static void
on_save_response (GtkNativeDialog *dialog,
                  int              response,
                  CrmDocumentRow  *self)
{
  g_autoptr (GFile) target = response == GTK_RESPONSE_ACCEPT ? gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog)) : NULL;

  if (target != NULL && self->store != NULL)
    {
      g_autoptr (GTask) task = g_task_new (self, NULL, on_saved, NULL);
      Saving *saving = g_new (Saving, 1);

      *saving = (Saving) { g_strdup (crm_store_get_path (self->store)), g_strdup (crm_values_get_text (self->document, CRM_DOCUMENT_HASH)),
                           g_steal_pointer (&target) };
      g_task_set_task_data (task, saving, (GDestroyNotify) saving_free);
      g_task_run_in_thread (task, run_save);
    }
  gtk_native_dialog_destroy (dialog);
  g_object_unref (dialog);
}

static void
save_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  CrmDocumentRow *self = CRM_DOCUMENT_ROW (widget);
  g_autofree char *file_name = crm_file_name_clean (crm_values_get_text (self->document, CRM_DOCUMENT_NAME));
  GtkFileChooserNative *dialog = gtk_file_chooser_native_new (_("Save a Copy"), GTK_WINDOW (gtk_widget_get_root (widget)), GTK_FILE_CHOOSER_ACTION_SAVE,
                                                              _("_Save"), _("_Cancel"));

  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (dialog), TRUE);
  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (dialog), file_name);
  g_signal_connect_data (dialog, "response", G_CALLBACK (on_save_response), g_object_ref (self), (GClosureNotify) (void (*) (void)) g_object_unref, 0);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (dialog));
}

/* Renaming */

static void
on_renamed (GObject      *source,
            GAsyncResult *result,
            gpointer      data)
{
  g_autoptr (CrmDocumentRow) self = data;
  g_autoptr (GError) error = NULL;

  if (crm_store_save_finish (CRM_STORE (source), result, &error) == 0)
    toast_failure (self, error);
}

static gboolean
is_renaming (CrmDocumentRow *self)
{
  return g_strcmp0 (gtk_stack_get_visible_child_name (self->stack), "entry") == 0;
}

static void
end_renaming (CrmDocumentRow *self,
              gboolean        take)
{
  g_autofree char *name = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->entry))));
  gboolean had_focus = gtk_widget_get_focus_child (GTK_WIDGET (self->stack)) != NULL;

  if (!is_renaming (self))
    return;
  gtk_stack_set_visible_child_name (self->stack, "texts");
  if (had_focus)
    gtk_widget_grab_focus (GTK_WIDGET (self));
  if (take && name[0] != '\0' && g_strcmp0 (name, crm_values_get_text (self->document, CRM_DOCUMENT_NAME)) != 0)
    {
      g_autoptr (CrmValues) changes = crm_values_new (&crm_document, crm_values_get_id (self->document));

      crm_values_set_text (changes, CRM_DOCUMENT_NAME, name);
      crm_store_save_async (self->store, changes, NULL, on_renamed, g_object_ref (self));
    }
}

static void
on_entry_activate (CrmDocumentRow *self)
{
  end_renaming (self, TRUE);
}

static void
on_entry_left (CrmDocumentRow *self)
{
  end_renaming (self, TRUE);
}

static gboolean
on_entry_key (CrmDocumentRow  *self,
              guint            key,
              guint            code,
              GdkModifierType  state)
{
  if (key != GDK_KEY_Escape)
    return FALSE;
  end_renaming (self, FALSE);
  return TRUE;
}

/* The extension is what one rarely means. */
static void
rename_action (GtkWidget  *widget,
               const char *action,
               GVariant   *parameter)
{
  CrmDocumentRow *self = CRM_DOCUMENT_ROW (widget);
  const char *name = crm_values_get_text (self->document, CRM_DOCUMENT_NAME);
  const char *dot = strrchr (name, '.');
  int end = dot == NULL || dot == name ? -1 : (int) g_utf8_strlen (name, dot - name);

  gtk_editable_set_text (GTK_EDITABLE (self->entry), name);
  gtk_stack_set_visible_child_name (self->stack, "entry");
  gtk_widget_grab_focus (GTK_WIDGET (self->entry));
  gtk_editable_select_region (GTK_EDITABLE (self->entry), 0, end);
}

/* To the trash */

static void
on_deleted (GObject      *source,
            GAsyncResult *result,
            gpointer      data)
{
  g_autoptr (GtkWidget) near = data;
  g_autoptr (GError) error = NULL;
  gboolean is_done = crm_store_step_finish (CRM_STORE (source), result, &error);

  if (gtk_widget_get_root (near) == NULL)
    return;
  if (is_done)
    crm_toast_undo (near, _("Document moved to the trash"));
  else
    crm_toast_error (near, error);
}

static void
delete_action (GtkWidget  *widget,
               const char *name,
               GVariant   *parameter)
{
  CrmDocumentRow *self = CRM_DOCUMENT_ROW (widget);
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  gint64 id = crm_values_get_id (self->document);

  g_array_append_val (ids, id);
  /* The row itself is going to be gone. */
  crm_store_delete_async (self->store, &crm_document, ids, NULL, on_deleted, g_object_ref (gtk_widget_get_parent (widget)));
}

/* Dragging it out */

static GdkContentProvider *
on_drag_prepare (CrmDocumentRow *self)
{
  return is_renaming (self) ? NULL : crm_document_copy_create_provider (self->store, self->document);
}

static void
on_drag_begin (CrmDocumentRow *self,
               GdkDrag        *drag,
               GtkDragSource  *source)
{
  g_autoptr (GdkPaintable) picture = gtk_widget_paintable_new (GTK_WIDGET (self->icon));

  gtk_drag_source_set_icon (source, picture, 0, 0);
}

/* The menu */

static void
menu_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  gtk_menu_button_popup (CRM_DOCUMENT_ROW (widget)->menu);
}

static GMenuModel *
create_menu (void)
{
  GMenu *menu = g_menu_new ();
  g_autoptr (GMenu) first = g_menu_new ();
  g_autoptr (GMenu) last = g_menu_new ();

  g_menu_append (first, _("_Open"), "document.open");
  g_menu_append (first, _("_Rename"), "document.rename");
  g_menu_append (first, _("_Save a Copy…"), "document.save");
  g_menu_append (last, _("Move to T_rash"), "document.delete");
  g_menu_append_section (menu, NULL, G_MENU_MODEL (first));
  g_menu_append_section (menu, NULL, G_MENU_MODEL (last));
  return G_MENU_MODEL (menu);
}

static void
on_secondary_click (CrmDocumentRow *self)
{
  gtk_menu_button_popup (self->menu);
}

/* The class */

static void
crm_document_row_dispose (GObject *object)
{
  CrmDocumentRow *self = CRM_DOCUMENT_ROW (object);

  g_clear_object (&self->store);
  G_OBJECT_CLASS (crm_document_row_parent_class)->dispose (object);
}

static void
crm_document_row_finalize (GObject *object)
{
  crm_values_unref (CRM_DOCUMENT_ROW (object)->document);
  G_OBJECT_CLASS (crm_document_row_parent_class)->finalize (object);
}

static void
crm_document_row_class_init (CrmDocumentRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = crm_document_row_dispose;
  object_class->finalize = crm_document_row_finalize;
  gtk_widget_class_install_action (widget_class, "document.open", NULL, open_action);
  gtk_widget_class_install_action (widget_class, "document.rename", NULL, rename_action);
  gtk_widget_class_install_action (widget_class, "document.save", NULL, save_action);
  gtk_widget_class_install_action (widget_class, "document.delete", NULL, delete_action);
  gtk_widget_class_install_action (widget_class, "document.menu", NULL, menu_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_F2, 0, "document.rename", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_s, GDK_CONTROL_MASK, "document.save", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Delete, 0, "document.delete", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Menu, 0, "document.menu", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_F10, GDK_SHIFT_MASK, "document.menu", NULL);
}

static GtkLabel *
create_label (const char *css_class)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_MIDDLE);
  gtk_label_set_single_line_mode (GTK_LABEL (label), TRUE);
  gtk_widget_add_css_class (label, css_class);
  return GTK_LABEL (label);
}

static void
create_entry (CrmDocumentRow *self)
{
  GtkEventController *focus = gtk_event_controller_focus_new ();
  GtkEventController *keys = gtk_event_controller_key_new ();

  self->entry = GTK_ENTRY (gtk_entry_new ());
  gtk_widget_set_valign (GTK_WIDGET (self->entry), GTK_ALIGN_CENTER);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->entry), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Name of the document"), -1);
  g_signal_connect_swapped (self->entry, "activate", G_CALLBACK (on_entry_activate), self);
  g_signal_connect_swapped (focus, "leave", G_CALLBACK (on_entry_left), self);
  g_signal_connect_swapped (keys, "key-pressed", G_CALLBACK (on_entry_key), self);
  gtk_widget_add_controller (GTK_WIDGET (self->entry), focus);
  gtk_widget_add_controller (GTK_WIDGET (self->entry), keys);
}

static void
add_pointer (CrmDocumentRow *self)
{
  GtkDragSource *drag = gtk_drag_source_new ();
  GtkGesture *click = gtk_gesture_click_new ();

  gtk_drag_source_set_actions (drag, GDK_ACTION_COPY);
  g_signal_connect_swapped (drag, "prepare", G_CALLBACK (on_drag_prepare), self);
  g_signal_connect_object (drag, "drag-begin", G_CALLBACK (on_drag_begin), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (drag));
  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (click), GDK_BUTTON_SECONDARY);
  g_signal_connect_swapped (click, "pressed", G_CALLBACK (on_secondary_click), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (click));
}

static void
crm_document_row_init (CrmDocumentRow *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *texts = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  g_autoptr (GMenuModel) menu = create_menu ();

  self->icon = GTK_IMAGE (gtk_image_new ());
  gtk_widget_add_css_class (GTK_WIDGET (self->icon), "dim-label");
  self->name = create_label ("title");
  self->details = create_label ("subtitle");
  gtk_label_set_ellipsize (self->details, PANGO_ELLIPSIZE_END);
  gtk_widget_set_valign (texts, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (texts), GTK_WIDGET (self->name));
  gtk_box_append (GTK_BOX (texts), GTK_WIDGET (self->details));
  create_entry (self);
  self->stack = GTK_STACK (gtk_stack_new ());
  gtk_stack_add_named (self->stack, texts, "texts");
  gtk_stack_add_named (self->stack, GTK_WIDGET (self->entry), "entry");
  gtk_widget_set_hexpand (GTK_WIDGET (self->stack), TRUE);
  self->menu = GTK_MENU_BUTTON (gtk_menu_button_new ());
  gtk_menu_button_set_icon_name (self->menu, "view-more-symbolic");
  gtk_menu_button_set_menu_model (self->menu, menu);
  gtk_widget_set_valign (GTK_WIDGET (self->menu), GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->menu), _("More"));
  gtk_widget_add_css_class (GTK_WIDGET (self->menu), "flat");
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->icon));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->stack));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->menu));
  gtk_widget_add_css_class (box, "header");
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (self), box);
  gtk_widget_add_css_class (GTK_WIDGET (self), "document");
  add_pointer (self);
}

GtkWidget *
crm_document_row_new (CrmStore  *store,
                      CrmValues *document)
{
  CrmDocumentRow *self;

  g_return_val_if_fail (CRM_IS_STORE (store) && document != NULL, NULL);

  self = g_object_new (CRM_TYPE_DOCUMENT_ROW, NULL);
  self->store = g_object_ref (store);
  self->document = crm_values_ref (document);
  update (self);
  return GTK_WIDGET (self);
}

gint64
crm_document_row_get_id (CrmDocumentRow *self)
{
  g_return_val_if_fail (CRM_IS_DOCUMENT_ROW (self), 0);

  return crm_values_get_id (self->document);
}

void
crm_document_row_set (CrmDocumentRow *self,
                      CrmValues      *document)
{
  g_return_if_fail (CRM_IS_DOCUMENT_ROW (self) && document != NULL);

  crm_values_ref (document);
  crm_values_unref (self->document);
  self->document = document;
  update (self);
}
