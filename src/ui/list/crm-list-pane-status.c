/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crm-config.h"

#include "crm-list-pane-private.h"

#include <glib/gi18n-lib.h>

#include "crm-list-words.h"
#include "crm-query-label.h"

void
crm_list_pane_update_foot (CrmListPane *self)
{
  guint n_filters;
  guint n_hits;
  g_autofree char *records = NULL;
  g_autofree char *filters = NULL;
  g_autofree char *text = NULL;

  g_return_if_fail (CRM_IS_LIST_PANE (self));

  n_filters = self->query->filters->len;
  g_object_get (self->model, "n-hits", &n_hits, NULL);
  records = crm_list_words_fill (self->entity, CRM_COUNTED_RECORDS, n_hits);
  if (n_filters == 0)
    {
      gtk_label_set_text (self->foot_label, records);
      return;
    }
  filters = g_strdup_printf (ngettext ("%u filter", "%u filters", n_filters), n_filters);
  /* Translators: "1,204 clients · 2 filters" */
  text = g_strdup_printf (_("%s · %s"), records, filters);
  gtk_label_set_text (self->foot_label, text);
}

static void
show_status (CrmListPane *self,
             const char  *icon,
             const char  *title,
             const char  *description)
{
  gboolean has_text = self->query->text != NULL && !self->query->trash;
  gboolean can_clear = self->query->text != NULL || self->query->filters->len > 0;
  /* The title is plain text, the description markup */
  g_autofree char *escaped = description != NULL ? g_markup_escape_text (description, -1) : NULL;
  g_autofree char *new_text = NULL;

  adw_status_page_set_icon_name (self->status_page, icon);
  adw_status_page_set_title (self->status_page, title);
  adw_status_page_set_description (self->status_page, escaped);
  if (!has_text)
    new_text = g_strdup (_(crm_list_words_get (self->entity)->new_record));
  else
    new_text = g_strdup_printf (self->entity == &crm_person ? _("New Person “%s”") : _("New Client “%s”"), self->query->text);
  gtk_label_set_text (self->new_label, new_text);
  gtk_widget_set_visible (self->clear_button, can_clear);
  gtk_widget_set_visible (self->new_button, !self->query->trash && (has_text || !can_clear));
  gtk_widget_set_visible (self->retry_button, FALSE);
  gtk_stack_set_visible_child_name (self->stack, "status");
}

static void
show_no_match (CrmListPane *self)
{
  g_autofree char *title = NULL;
  g_autofree char *filters = crm_query_describe (self->query);

  if (self->query->text != NULL)
    title = g_strdup_printf (self->entity == &crm_person ? _("Nobody matches “%s”") : _("No client matches “%s”"), self->query->text);
  else
    title = g_strdup (_(crm_list_words_get (self->entity)->none_passes));
  show_status (self, "system-search-symbolic", title, *filters != '\0' ? filters : NULL);
}

/* Says why there is nothing to see; FALSE if there is */
static gboolean
update_status (CrmListPane *self)
{
  const CrmListWords *words = crm_list_words_get (self->entity);
  g_autofree char *failure = NULL;

  g_object_get (self->model, "failure", &failure, NULL);
  if (failure != NULL)
    {
      show_status (self, "dialog-warning-symbolic", _("The list cannot be read"), failure);
      gtk_widget_set_visible (self->clear_button, FALSE);
      gtk_widget_set_visible (self->new_button, FALSE);
      gtk_widget_set_visible (self->retry_button, TRUE);
      return TRUE;
    }
  /* While an answer is awaited, what was there stays */
  if (crm_list_pane_get_n_found (self) > 0 || crm_query_model_get_ids (self->model) == NULL)
    return FALSE;
  if (crm_list_pane_is_busy (self))
    return g_strcmp0 (gtk_stack_get_visible_child_name (self->stack), "status") == 0;

  if (self->query->text != NULL || self->query->filters->len > 0)
    show_no_match (self);
  else if (self->query->trash)
    show_status (self, "user-trash-symbolic", _("The trash is empty"),
                 _("What is deleted stays here for 30 days and can be restored."));
  else
    show_status (self, self->entity->icon, _(words->none_yet), words->how_to_begin != NULL ? _(words->how_to_begin) : NULL);
  return TRUE;
}

void
crm_list_pane_update_contents (CrmListPane *self)
{
  g_return_if_fail (CRM_IS_LIST_PANE (self));

  crm_list_pane_update_foot (self);
  if (!update_status (self))
    gtk_stack_set_visible_child_name (self->stack, "faces");
}
