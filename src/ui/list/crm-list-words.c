/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crm-config.h"

#include "crm-list-words.h"

#include <glib/gi18n-lib.h>

#include "crm-number.h"

static const CrmListWords client_words = {
  .all = N_("All clients"),
  .none_yet = N_("No clients yet"),
  .none_passes = N_("No client passes the filters"),
  .none_has_value = N_("No client has one yet."),
  .new_record = N_("New Client"),
  .search = N_("Search clients"),
  .searched = N_("Name, city, phone, tax number…"),
  .selected = N_("Selected clients"),
  .export = N_("Export Clients"),
  .export_file = N_("clients.csv"),
};

static const CrmListWords person_words = {
  .all = N_("All people"),
  .none_yet = N_("No people yet"),
  .how_to_begin = N_("Whom you talk to at your clients: add them here, or on the card of a client, under People."),
  .none_passes = N_("Nobody passes the filters"),
  .none_has_value = N_("Nobody has one yet."),
  .new_record = N_("New Person"),
  .search = N_("Search people"),
  .searched = N_("Name, firm, role, phone…"),
  .selected = N_("Selected people"),
  .export = N_("Export People"),
  .export_file = N_("people.csv"),
};

static const char *
get_client_words (CrmCounted what,
                  guint      n)
{
  switch (what)
    {
    case CRM_COUNTED_RECORDS:
      return ngettext ("%s client", "%s clients", n);
    case CRM_COUNTED_EDIT:
      return ngettext ("Edit %s client", "Edit %s clients", n);
    case CRM_COUNTED_EDIT_TITLE:
      return ngettext ("Edit %s Client", "Edit %s Clients", n);
    case CRM_COUNTED_CHANGING:
      return ngettext ("Changing %s Client", "Changing %s Clients", n);
    case CRM_COUNTED_CHANGED:
      return ngettext ("%s client changed", "%s clients changed", n);
    case CRM_COUNTED_DELETING:
      return ngettext ("Deleting %s Client", "Deleting %s Clients", n);
    case CRM_COUNTED_DELETED:
      return ngettext ("%s client moved to the trash", "%s clients moved to the trash", n);
    case CRM_COUNTED_RESTORING:
      return ngettext ("Restoring %s Client", "Restoring %s Clients", n);
    case CRM_COUNTED_RESTORED:
      return ngettext ("%s client restored", "%s clients restored", n);
    case CRM_COUNTED_PURGE:
      return ngettext ("Delete %s client for good", "Delete %s clients for good", n);
    case CRM_COUNTED_PURGE_QUESTION:
      return ngettext ("Delete %s Client for Good?", "Delete %s Clients for Good?", n);
    case CRM_COUNTED_PURGED:
      return ngettext ("%s client deleted for good", "%s clients deleted for good", n);
    case CRM_COUNTED_EXPORTING:
      return ngettext ("Exporting %s Client", "Exporting %s Clients", n);
    }
  g_return_val_if_reached (NULL);
}

static const char *
get_person_words (CrmCounted what,
                  guint      n)
{
  switch (what)
    {
    case CRM_COUNTED_RECORDS:
      return ngettext ("%s person", "%s people", n);
    case CRM_COUNTED_EDIT:
      return ngettext ("Edit %s person", "Edit %s people", n);
    case CRM_COUNTED_EDIT_TITLE:
      return ngettext ("Edit %s Person", "Edit %s People", n);
    case CRM_COUNTED_CHANGING:
      return ngettext ("Changing %s Person", "Changing %s People", n);
    case CRM_COUNTED_CHANGED:
      return ngettext ("%s person changed", "%s people changed", n);
    case CRM_COUNTED_DELETING:
      return ngettext ("Deleting %s Person", "Deleting %s People", n);
    case CRM_COUNTED_DELETED:
      return ngettext ("%s person moved to the trash", "%s people moved to the trash", n);
    case CRM_COUNTED_RESTORING:
      return ngettext ("Restoring %s Person", "Restoring %s People", n);
    case CRM_COUNTED_RESTORED:
      return ngettext ("%s person restored", "%s people restored", n);
    case CRM_COUNTED_PURGE:
      return ngettext ("Delete %s person for good", "Delete %s people for good", n);
    case CRM_COUNTED_PURGE_QUESTION:
      return ngettext ("Delete %s Person for Good?", "Delete %s People for Good?", n);
    case CRM_COUNTED_PURGED:
      return ngettext ("%s person deleted for good", "%s people deleted for good", n);
    case CRM_COUNTED_EXPORTING:
      return ngettext ("Exporting %s Person", "Exporting %s People", n);
    }
  g_return_val_if_reached (NULL);
}

const CrmListWords *
crm_list_words_get (const CrmEntity *entity)
{
  return entity == &crm_person ? &person_words : &client_words;
}

char *
crm_list_words_fill (const CrmEntity *entity,
                     CrmCounted       what,
                     guint            n)
{
  return crm_number_fill (entity == &crm_person ? get_person_words (what, n) : get_client_words (what, n), n);
}
