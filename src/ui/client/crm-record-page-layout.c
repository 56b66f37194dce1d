/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crm-config.h"

#include "crm-record-page-private.h"

#include "crm-add-row.h"
#include "crm-address-row.h"
#include "crm-attempts-label.h"
#include "crm-client.h"
#include "crm-columns-layout.h"
#include "crm-contact-point.h"
#include "crm-consent-section.h"
#include "crm-contact-row.h"
#include "crm-display.h"
#include "crm-position-row.h"
#include "crm-position.h"
#include "crm-task.h"
#include "crm-tasks-section.h"
#include "crm-timeline-view.h"
#include "crm-wrap-layout.h"

#include <glib/gi18n-lib.h>

/* What a page says of the records it is for. All are N_(). */
typedef struct {
  const char *choose;
  const char *cannot_show;
  const char *in_trash;
  const char *more;
} Words;

static const Words client_words = {
  .choose = N_("Choose a Client"),
  .cannot_show = N_("This Client Cannot Be Shown"),
  .in_trash = N_("This client is in the trash."),
  .more = N_("More for this client"),
};

static const Words person_words = {
  .choose = N_("Choose a Person"),
  .cannot_show = N_("This Person Cannot Be Shown"),
  .in_trash = N_("This person is in the trash."),
  .more = N_("More for this person"),
};

static gboolean
has_contact (CrmRecordPage *self,
             gboolean       is_number)
{
  GPtrArray *values = crm_child_list_get_values (self->contacts);
  guint i;

  for (i = 0; values != NULL && i < values->len; i++)
    if (is_number ? crm_contact_point_is_number (values->pdata[i])
                  : g_strcmp0 (crm_values_get_text (values->pdata[i], CRM_CONTACT_POINT_KIND), "email") == 0)
      return TRUE;
  return FALSE;
}

static void
on_contacts_changed (CrmRecordPage *self)
{
  gtk_widget_set_visible (self->add_phone, crm_child_list_get_values (self->contacts) != NULL && !has_contact (self, TRUE));
  gtk_widget_set_visible (self->add_email, crm_child_list_get_values (self->contacts) != NULL && !has_contact (self, FALSE));
  crm_record_page_update_actions (self);
}

static void
on_addresses_changed (CrmRecordPage *self)
{
  GPtrArray *values = crm_child_list_get_values (self->addresses);

  gtk_widget_set_visible (self->add_first_address, values != NULL && values->len == 0);
}

/* Hidden until it is known that the list is empty */
static GtkWidget *
create_add_row (const char *label,
                const char *action)
{
  GtkWidget *row = crm_add_row_new (label, action);

  gtk_widget_set_visible (row, FALSE);
  return row;
}

static void
build_contacts (CrmRecordPage *self)
{
  const CrmEntity *point = self->entity == &crm_person ? &crm_person_point : &crm_contact_point;

  self->contacts = CRM_CHILD_LIST (crm_child_list_new (self->store, point, CRM_TYPE_CONTACT_ROW));
  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (self->contacts), _("Contact"));
  adw_preferences_group_set_header_suffix (ADW_PREFERENCES_GROUP (self->contacts), self->add_contact);
  self->add_phone = create_add_row (_("Add a Phone Number"), "record.add-phone");
  self->add_email = create_add_row (_("Add an E-mail Address"), "record.add-email");
  crm_child_list_append (self->contacts, self->add_phone);
  crm_child_list_append (self->contacts, self->add_email);
  g_signal_connect_swapped (self->contacts, "changed", G_CALLBACK (on_contacts_changed), self);
  crm_record_page_add_part (self, CRM_CARD_PART (self->contacts, crm_child_list_open, NULL, crm_child_list_flush));
  crm_record_page_add_part (self, CRM_CARD_PART (self, NULL, crm_record_page_put_contacts_back, NULL));
}

static void
build_addresses (CrmRecordPage *self)
{
  self->addresses = CRM_CHILD_LIST (crm_child_list_new (self->store, &crm_address, CRM_TYPE_ADDRESS_ROW));
  adw_preferences_group_set_header_suffix (ADW_PREFERENCES_GROUP (self->addresses), self->add_address);
  self->add_first_address = create_add_row (_("Add an Address"), "record.add-address");
  crm_child_list_append (self->addresses, self->add_first_address);
  g_signal_connect_swapped (self->addresses, "changed", G_CALLBACK (on_addresses_changed), self);
  crm_record_page_add_part (self, CRM_CARD_PART (self->addresses, crm_child_list_open, NULL, crm_child_list_flush));
  crm_record_page_add_part (self, CRM_CARD_PART (self, NULL, crm_record_page_put_address_back, NULL));
}

static void
build_positions (CrmRecordPage *self)
{
  GtkWidget * const *rows;
  guint n_rows;

  self->positions = CRM_CHILD_LIST (crm_child_list_new (self->store, &crm_position, CRM_TYPE_POSITION_ROW));
  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (self->positions), _("Firms"));
  self->position_adder = crm_position_adder_new (self->store, CRM_POSITION_PERSON, _("Add a Firm"), "record.add-position");
  rows = crm_position_adder_get_rows (self->position_adder, &n_rows);
  for (guint i = 0; i < n_rows; i++)
    crm_child_list_append (self->positions, rows[i]);
  crm_record_page_add_part (self, CRM_CARD_PART (self->positions, crm_child_list_open, NULL, crm_child_list_flush));
  crm_record_page_add_part (self, CRM_CARD_PART (self->position_adder, crm_position_adder_open, crm_position_adder_put_drafts_back,
                                                 crm_position_adder_flush));
}

static void
build_tasks (CrmRecordPage *self)
{
  self->tasks = CRM_TASKS_SECTION (crm_tasks_section_new (self->store, self->entity == &crm_person ? CRM_TASK_PERSON : CRM_TASK_CLIENT));
  crm_record_page_add_part (self, CRM_CARD_PART (self->tasks, crm_tasks_section_open, crm_tasks_section_put_drafts_back, crm_tasks_section_flush));
  if (self->entity == &crm_person)
    return;
  self->next_step_bar = CRM_NEXT_STEP_BAR (crm_next_step_bar_new (self->store));
  adw_bin_set_child (self->next_step, GTK_WIDGET (self->next_step_bar));
  g_object_bind_property (self->next_step_bar, "visible", self->next_step, "visible", G_BINDING_SYNC_CREATE);
  crm_record_page_add_part (self, CRM_CARD_PART (self->next_step_bar, crm_next_step_bar_open, crm_next_step_bar_put_drafts_back,
                                                 crm_next_step_bar_flush));
}

static void
build_children (CrmRecordPage *self)
{
  build_contacts (self);
  build_tasks (self);
  if (self->entity == &crm_person)
    {
      build_positions (self);
      return;
    }
  build_addresses (self);
  self->people = CRM_PEOPLE_SECTION (crm_people_section_new (self->store));
  crm_record_page_add_part (self, CRM_CARD_PART (self->people, crm_people_section_open, crm_people_section_put_drafts_back,
                                                 crm_people_section_flush));
}

/* After the firms of a person */
static void
add_consents (CrmRecordPage *self)
{
  CrmConsentSection *consents = CRM_CONSENT_SECTION (crm_consent_section_new (self->store, self->call, self->mail));

  gtk_box_append (self->left, GTK_WIDGET (consents));
  crm_record_page_add_part (self, CRM_CARD_PART (consents, crm_consent_section_open, NULL, NULL));
}

static void
set_words (CrmRecordPage *self)
{
  const Words *words = self->entity == &crm_person ? &person_words : &client_words;

  adw_status_page_set_icon_name (self->nothing, self->entity->icon);
  adw_status_page_set_title (self->nothing, _(words->choose));
  adw_status_page_set_title (self->failure, _(words->cannot_show));
  gtk_label_set_text (self->in_trash, _(words->in_trash));
  crm_display_name_control (self->more, _(words->more));
}

/* Left how to reach it, who is there and the terms, right who it is; groups that are new in the table of fields come last on the right. */
static void
place_groups (CrmRecordPage *self)
{
  GtkWidget *contact = crm_form_get_group (self->form, "Contact");
  GtkWidget *commercial = crm_form_get_group (self->form, "Commercial");
  GPtrArray *groups = crm_form_get_groups (self->form);
  guint i;

  gtk_box_append (self->left, GTK_WIDGET (self->contacts));
  if (contact != NULL)
    {
      /* Part of the section above */
      adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (contact), "");
      gtk_box_append (self->left, contact);
    }
  if (self->positions != NULL)
    gtk_box_append (self->left, GTK_WIDGET (self->positions));
  if (self->entity == &crm_person)
    add_consents (self);
  if (self->people != NULL)
    gtk_box_append (self->left, GTK_WIDGET (self->people));
  if (self->addresses != NULL)
    gtk_box_append (self->left, GTK_WIDGET (self->addresses));
  if (commercial != NULL)
    gtk_box_append (self->left, commercial);
  gtk_box_append (self->right, GTK_WIDGET (self->tasks));
  for (i = 0; i < groups->len; i++)
    if (groups->pdata[i] != contact && groups->pdata[i] != commercial)
      gtk_box_append (self->right, groups->pdata[i]);
}

static void
build_tabs (CrmRecordPage *self)
{
  GtkWidget *timeline = crm_timeline_view_new (self->store, self->entity);

  crm_record_page_add_part (self, CRM_CARD_PART (timeline, crm_timeline_view_open, NULL, NULL));
  crm_record_page_add_tab (self, "timeline", _("Timeline"), timeline);

  self->documents = CRM_DOCUMENTS_PAGE (crm_documents_page_new (self->store, self->entity));
  crm_record_page_add_part (self, CRM_CARD_PART (self->documents, crm_documents_page_open, NULL, NULL));
  crm_record_page_add_tab (self, "documents", _("Documents"), GTK_WIDGET (self->documents));
  self->history = CRM_HISTORY_VIEW (crm_history_view_new (self->store, self->entity));
  crm_record_page_add_part (self, CRM_CARD_PART (self->history, crm_history_view_open, NULL, NULL));
  crm_record_page_add_tab (self, "history", _("History"), GTK_WIDGET (self->history));
  gtk_widget_set_layout_manager (self->tabs, crm_wrap_layout_new (6));
}

/* Below the name, above what is to be done next */
static void
build_attempts (CrmRecordPage *self)
{
  GtkWidget *attempts = crm_attempts_label_new (self->store, self->entity);

  gtk_box_insert_child_after (GTK_BOX (self->card), attempts, GTK_WIDGET (self->header));
  crm_record_page_add_part (self, CRM_CARD_PART (attempts, crm_attempts_label_open, NULL, NULL));
}

void
crm_record_page_add_part (CrmRecordPage *self,
                          CrmCardPart    part)
{
  g_return_if_fail (CRM_IS_RECORD_PAGE (self));
  g_return_if_fail (part.object != NULL);

  g_array_append_val (self->parts, part);
}

void
crm_record_page_add_tab (CrmRecordPage *self,
                         const char    *name,
                         const char    *title,
                         GtkWidget     *content)
{
  g_return_if_fail (CRM_IS_RECORD_PAGE (self));
  g_return_if_fail (name != NULL && title != NULL);
  g_return_if_fail (GTK_IS_WIDGET (content));

  gtk_stack_add_titled (self->views, content, name, title);
}

void
crm_record_page_build (CrmRecordPage *self)
{
  g_return_if_fail (CRM_IS_RECORD_PAGE (self));

  self->form = crm_form_new (self->store, self->entity);
  self->header = CRM_RECORD_HEADER (crm_record_header_new (self->store, self->entity));
  gtk_box_prepend (GTK_BOX (self->card), GTK_WIDGET (self->header));
  build_attempts (self);
  gtk_widget_set_layout_manager (self->columns, crm_columns_layout_new (340, 24));
  build_children (self);
  place_groups (self);
  build_tabs (self);
  crm_record_page_add_drop_target (self);
  set_words (self);
}
