/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crm-config.h"

#include "crm-record-header.h"

#include "crm-client.h"
#include "crm-completion.h"
#include "crm-display.h"
#include "crm-person.h"
#include "crm-picture.h"
#include "crm-toaster.h"
#include "crm-wrap-layout.h"

#include <glib/gi18n-lib.h>

#define MOST_FACTS 4

/* Fields that are chips below the name */
static const guint client_facts[] = { CRM_CLIENT_KIND, CRM_CLIENT_SEGMENT, CRM_CLIENT_GRADE, CRM_CLIENT_CITY };
static const guint person_facts[] = { CRM_PERSON_ROLE, CRM_PERSON_FIRM };
G_STATIC_ASSERT (G_N_ELEMENTS (client_facts) <= MOST_FACTS && G_N_ELEMENTS (person_facts) <= MOST_FACTS);

struct _CrmRecordHeader {
  GtkWidget      parent_instance;

  CrmStore      *store;
  const CrmEntity *entity;
  int            tags_field; /* -1: it has no tags */
  CrmRecord     *record;
  gulong         notify_handler;

  AdwAvatar     *avatar;
  GtkLabel      *name;
  GtkWidget     *chips;      /* all of them, wrapped */
  GtkWidget     *facts[MOST_FACTS];
  GPtrArray     *tags;       /* chips of tags; not owned */
  char          *shown_tags; /* the text they were made of */
  GtkButton     *add;
  GtkEntry      *entry;
  GtkWidget     *entry_box;
  CrmCompletion *completion;
};

G_DEFINE_FINAL_TYPE (CrmRecordHeader, crm_record_header, GTK_TYPE_WIDGET)

/* Tags */

typedef struct {
  gint64   client;
  char    *tag;
  gboolean adds;
} TagStep;

static void
tag_step_free (TagStep *step)
{
  g_free (step->tag);
  g_free (step);
}

/* On the writer's thread. */
static gboolean
run_tag_step (CrmWriter     *writer,
              gpointer       data,
              GCancellable  *cancellable,
              GError       **error)
{
  TagStep *step = data;

  return step->adds ? crm_writer_add_tag (writer, step->client, step->tag, error)
                    : crm_writer_remove_tag (writer, step->client, step->tag, error);
}

static void
on_tag_step_done (GObject      *source,
                  GAsyncResult *result,
                  gpointer      data)
{
  g_autoptr (CrmRecordHeader) self = data;
  g_autoptr (GError) error = NULL;

  if (!crm_store_step_finish (CRM_STORE (source), result, &error) && gtk_widget_get_root (GTK_WIDGET (self)) != NULL)
    crm_toast_error (GTK_WIDGET (self), error);
}

static void
change_tag (CrmRecordHeader *self,
            const char      *tag,
            gboolean         adds)
{
  TagStep *step = g_new (TagStep, 1);
  g_autofree char *label = NULL;

  *step = (TagStep) { crm_record_get_id (self->record), g_strdup (tag), adds };
  /* Translators: a step that can be undone; a tag, then a client */
  label = g_strdup_printf (adds ? _("Tag “%s” on %s") : _("Remove tag “%s” from %s"), tag, crm_record_get_title (self->record));
  crm_store_step_async (self->store, label, run_tag_step, step, (GDestroyNotify) tag_step_free, NULL, on_tag_step_done, g_object_ref (self));
}

static void
on_remove_clicked (GtkWidget *button,
                   gpointer   data)
{
  CrmRecordHeader *self = CRM_RECORD_HEADER (data);
  const char *tag = g_object_get_data (G_OBJECT (button), "crm-tag");

  if (self->record != NULL)
    change_tag (self, tag, FALSE);
}

static void
close_entry (CrmRecordHeader *self)
{
  gboolean had_focus = gtk_widget_get_focus_child (self->entry_box) != NULL;

  crm_completion_close (self->completion);
  gtk_editable_set_text (GTK_EDITABLE (self->entry), "");
  gtk_widget_set_visible (self->entry_box, FALSE);
  gtk_widget_set_visible (GTK_WIDGET (self->add), self->tags_field >= 0);
  if (had_focus)
    gtk_widget_grab_focus (GTK_WIDGET (self->add));
}

static void
take_entry (CrmRecordHeader *self)
{
  g_autofree char *tag = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->entry))));

  if (self->record != NULL && tag[0] != '\0')
    change_tag (self, tag, TRUE);
}

/* Another tag may follow. */
static void
on_entry_activated (CrmRecordHeader *self)
{
  if (gtk_editable_get_text (GTK_EDITABLE (self->entry))[0] == '\0')
    {
      close_entry (self);
      return;
    }
  take_entry (self);
  gtk_editable_set_text (GTK_EDITABLE (self->entry), "");
}

static void
on_entry_left (CrmRecordHeader *self)
{
  if (!gtk_widget_get_visible (self->entry_box))
    return;
  take_entry (self);
  close_entry (self);
}

static void
on_tag_chosen (CrmRecordHeader *self,
               gint64           id,
               const char      *name)
{
  gtk_editable_set_text (GTK_EDITABLE (self->entry), name);
  on_entry_activated (self);
}

static gboolean
on_entry_key (CrmRecordHeader *self,
              guint            key,
              guint            code,
              GdkModifierType  state)
{
  if (key != GDK_KEY_Escape)
    return FALSE;
  close_entry (self);
  return TRUE;
}

static GtkWidget *
create_tag_chip (CrmRecordHeader *self,
                 const char      *tag)
{
  GtkWidget *chip = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 2);
  g_autofree char *shown = crm_display_line (tag);
  g_autofree char *name = g_strdup_printf (_("Remove tag “%s”"), shown);
  GtkWidget *label = gtk_label_new (shown);
  GtkWidget *button = gtk_button_new_from_icon_name ("window-close-symbolic");

  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_label_set_max_width_chars (GTK_LABEL (label), 24);
  crm_display_name_control (button, name);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_add_css_class (button, "circular");
  g_object_set_data_full (G_OBJECT (button), "crm-tag", g_strdup (tag), g_free);
  g_signal_connect (button, "clicked", G_CALLBACK (on_remove_clicked), self);
  gtk_box_append (GTK_BOX (chip), label);
  gtk_box_append (GTK_BOX (chip), button);
  gtk_widget_add_css_class (chip, "chip");
  gtk_widget_add_css_class (chip, "tag");
  return chip;
}

static void
show_tags (CrmRecordHeader *self,
           const char      *tags)
{
  g_auto (GStrv) names = NULL;
  gboolean had_focus = gtk_widget_get_focus_child (self->chips) != NULL;
  guint i;

  if (g_strcmp0 (self->shown_tags, tags) == 0)
    return;
  g_free (self->shown_tags);
  self->shown_tags = g_strdup (tags);
  names = g_strsplit (tags != NULL ? tags : "", ", ", -1);
  for (i = 0; i < self->tags->len; i++)
    gtk_widget_unparent (self->tags->pdata[i]);
  g_ptr_array_set_size (self->tags, 0);
  for (i = 0; names[i] != NULL; i++)
    if (names[i][0] != '\0')
      {
        GtkWidget *chip = create_tag_chip (self, names[i]);

        gtk_widget_insert_before (chip, self->chips, GTK_WIDGET (self->add));
        g_ptr_array_add (self->tags, chip);
      }
  if (had_focus && !gtk_widget_get_visible (self->entry_box))
    gtk_widget_grab_focus (GTK_WIDGET (self->add));
}

/* What identifies it */

static void
show_facts (CrmRecordHeader *self,
            const CrmValues *values)
{
  gboolean is_client = self->entity == &crm_client;
  const guint *fields = is_client ? client_facts : person_facts;
  guint n_fields = is_client ? G_N_ELEMENTS (client_facts) : G_N_ELEMENTS (person_facts);
  guint i;

  for (i = 0; i < n_fields; i++)
    {
      g_autofree char *text = crm_values_format (values, fields[i]);
      g_autofree char *words = is_client && fields[i] == CRM_CLIENT_GRADE && text != NULL ? g_strdup_printf (_("Grade %s"), text) : NULL;
      g_autofree char *shown = crm_display_line (words != NULL ? words : text);

      gtk_label_set_text (GTK_LABEL (self->facts[i]), shown);
      gtk_widget_set_visible (self->facts[i], shown[0] != '\0');
    }
  if (is_client && g_strcmp0 (crm_values_get_text (values, CRM_CLIENT_KIND), "key_client") == 0)
    gtk_widget_add_css_class (self->facts[0], "accent");
  else
    gtk_widget_remove_css_class (self->facts[0], "accent");
}

/* An avatar shows the first letters of the first and the last word, as a person's: of a firm that would be those of its legal form. */
static char *
get_first_words (const char *name)
{
  const char *second = strchr (name, ' ');
  const char *third = second == NULL ? NULL : strchr (second + 1, ' ');

  return third == NULL ? g_strdup (name) : g_strndup (name, (gsize) (third - name));
}

static void
update (CrmRecordHeader *self)
{
  const CrmValues *values = crm_record_get_values (self->record);
  g_autofree char *name = crm_display_line (crm_record_get_title (self->record));
  g_autofree char *initials_of = self->entity == &crm_client ? get_first_words (name) : g_strdup (name);
  guint i;

  adw_avatar_set_text (self->avatar, initials_of);
  crm_picture_show (self->avatar, crm_store_get_path (self->store),
                    crm_values_get_text (values, self->entity == &crm_client ? CRM_CLIENT_LOGO : CRM_PERSON_PHOTO));
  gtk_label_set_text (self->name, name);
  show_facts (self, values);
  if (self->tags_field >= 0)
    show_tags (self, crm_values_get_text (values, (guint) self->tags_field));
  for (i = 0; i < self->tags->len; i++)
    gtk_widget_set_sensitive (self->tags->pdata[i], !crm_record_get_is_deleted (self->record));
}

static void
unbind (CrmRecordHeader *self)
{
  if (self->record != NULL)
    g_clear_signal_handler (&self->notify_handler, self->record);
  g_clear_object (&self->record);
}

static void
crm_record_header_dispose (GObject *object)
{
  CrmRecordHeader *self = CRM_RECORD_HEADER (object);
  GtkWidget *child;

  unbind (self);
  g_clear_object (&self->store);
  if (self->completion != NULL)
    gtk_widget_unparent (GTK_WIDGET (g_steal_pointer (&self->completion)));
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
  g_clear_pointer (&self->tags, g_ptr_array_unref);
  G_OBJECT_CLASS (crm_record_header_parent_class)->dispose (object);
}

static void
crm_record_header_finalize (GObject *object)
{
  g_free (CRM_RECORD_HEADER (object)->shown_tags);
  G_OBJECT_CLASS (crm_record_header_parent_class)->finalize (object);
}

static void
crm_record_header_class_init (CrmRecordHeaderClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = crm_record_header_dispose;
  object_class->finalize = crm_record_header_finalize;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
}

static void
create_entry (CrmRecordHeader *self)
{
  GtkEventController *focus = gtk_event_controller_focus_new ();
  GtkEventController *keys = gtk_event_controller_key_new ();

  self->add = GTK_BUTTON (gtk_button_new_with_mnemonic (_("+ _Tag")));
  gtk_widget_add_css_class (GTK_WIDGET (self->add), "chip");
  gtk_widget_add_css_class (GTK_WIDGET (self->add), "flat");
  gtk_widget_add_css_class (GTK_WIDGET (self->add), "add-tag");
  crm_display_name_control (GTK_WIDGET (self->add), _("Add a tag"));
  /* Newer GTK names a button by its text, which goes before its own name */
  gtk_accessible_reset_relation (GTK_ACCESSIBLE (self->add), GTK_ACCESSIBLE_RELATION_LABELLED_BY);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->add), "record.add-tag");

  self->entry = GTK_ENTRY (gtk_entry_new ());
  gtk_entry_set_placeholder_text (self->entry, _("New tag"));
  gtk_editable_set_max_width_chars (GTK_EDITABLE (self->entry), 14);
  gtk_editable_set_width_chars (GTK_EDITABLE (self->entry), 14);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->entry), GTK_ACCESSIBLE_PROPERTY_LABEL, _("New tag"), -1);
  g_signal_connect_swapped (self->entry, "activate", G_CALLBACK (on_entry_activated), self);
  g_signal_connect_swapped (focus, "leave", G_CALLBACK (on_entry_left), self);
  g_signal_connect_swapped (keys, "key-pressed", G_CALLBACK (on_entry_key), self);
  self->entry_box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  gtk_widget_add_css_class (self->entry_box, "tag-entry");
  gtk_widget_set_visible (self->entry_box, FALSE);
  gtk_widget_add_controller (self->entry_box, focus);
  gtk_widget_add_controller (self->entry_box, keys);
  gtk_box_append (GTK_BOX (self->entry_box), GTK_WIDGET (self->entry));
}

static void
create_chips (CrmRecordHeader *self)
{
  guint i;

  self->chips = g_object_new (GTK_TYPE_BOX, "layout-manager", crm_wrap_layout_new (6), NULL);
  for (i = 0; i < G_N_ELEMENTS (self->facts); i++)
    {
      self->facts[i] = gtk_label_new (NULL);
      gtk_label_set_ellipsize (GTK_LABEL (self->facts[i]), PANGO_ELLIPSIZE_END);
      gtk_label_set_max_width_chars (GTK_LABEL (self->facts[i]), 30);
      gtk_widget_set_visible (self->facts[i], FALSE);
      gtk_widget_add_css_class (self->facts[i], "chip");
      gtk_widget_set_parent (self->facts[i], self->chips);
    }
  gtk_widget_set_parent (GTK_WIDGET (self->add), self->chips);
  gtk_widget_set_parent (self->entry_box, self->chips);
}

static void
crm_record_header_init (CrmRecordHeader *self)
{
  GtkWidget *lines = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);

  self->tags = g_ptr_array_new ();
  create_entry (self);
  create_chips (self);
  self->avatar = ADW_AVATAR (adw_avatar_new (56, NULL, TRUE));
  gtk_widget_set_valign (GTK_WIDGET (self->avatar), GTK_ALIGN_START);
  self->name = GTK_LABEL (gtk_label_new (NULL));
  gtk_label_set_xalign (self->name, 0);
  gtk_label_set_wrap (self->name, TRUE);
  gtk_label_set_wrap_mode (self->name, PANGO_WRAP_WORD_CHAR);
  gtk_label_set_lines (self->name, 3);
  gtk_label_set_ellipsize (self->name, PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (GTK_WIDGET (self->name), "client-name");
  gtk_widget_set_hexpand (lines, TRUE);
  gtk_widget_set_valign (lines, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (lines), GTK_WIDGET (self->name));
  gtk_box_append (GTK_BOX (lines), self->chips);
  gtk_widget_set_parent (GTK_WIDGET (self->avatar), GTK_WIDGET (self));
  gtk_widget_set_parent (lines, GTK_WIDGET (self));
  gtk_box_layout_set_spacing (GTK_BOX_LAYOUT (gtk_widget_get_layout_manager (GTK_WIDGET (self))), 14);
}

GtkWidget *
crm_record_header_new (CrmStore        *store,
                       const CrmEntity *entity)
{
  CrmRecordHeader *self;

  g_return_val_if_fail (CRM_IS_STORE (store), NULL);
  g_return_val_if_fail (entity == &crm_client || entity == &crm_person, NULL);

  self = g_object_new (CRM_TYPE_RECORD_HEADER, NULL);
  self->store = g_object_ref (store);
  self->entity = entity;
  self->tags_field = crm_entity_find_field (entity, "tags");
  gtk_widget_set_visible (GTK_WIDGET (self->add), self->tags_field >= 0);
  self->completion = CRM_COMPLETION (crm_completion_new (store, &crm_tag, self->entry_box, GTK_EDITABLE (self->entry)));
  g_signal_connect_swapped (self->completion, "chosen", G_CALLBACK (on_tag_chosen), self);
  g_signal_connect_swapped (self->entry, "changed", G_CALLBACK (crm_completion_update), self->completion);
  return GTK_WIDGET (self);
}

void
crm_record_header_bind (CrmRecordHeader *self,
                        CrmRecord       *record)
{
  g_return_if_fail (CRM_IS_RECORD_HEADER (self));
  g_return_if_fail (record == NULL || crm_record_get_entity (record) == self->entity);

  on_entry_left (self);
  unbind (self);
  if (record == NULL)
    return;
  self->record = g_object_ref (record);
  self->notify_handler = g_signal_connect_swapped (record, "notify", G_CALLBACK (update), self);
  update (self);
}

void
crm_record_header_add_tag (CrmRecordHeader *self)
{
  g_return_if_fail (CRM_IS_RECORD_HEADER (self));

  gtk_widget_set_visible (GTK_WIDGET (self->add), FALSE);
  gtk_widget_set_visible (self->entry_box, TRUE);
  gtk_widget_grab_focus (GTK_WIDGET (self->entry));
}
