/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crm-config.h"

#include "crm-template-list.h"

#include "crm-sql.h"
#include "crm-template.h"

static void
entry_free (gpointer data)
{
  CrmTemplateEntry *entry = data;

  crm_values_unref (entry->template);
  g_ptr_array_unref (entry->steps);
  g_free (entry);
}

gpointer
crm_template_list_read (CrmDb         *db,
                        gpointer       data,
                        GCancellable  *cancellable,
                        GError       **error)
{
  g_autoptr (GPtrArray) templates = crm_sql_read_all (db, &crm_activity_template, error);
  g_autoptr (GPtrArray) entries = g_ptr_array_new_with_free_func (entry_free);

  for (guint i = 0; templates != NULL && i < templates->len; i++)
    {
      CrmTemplateEntry *entry;
      GPtrArray *steps = crm_sql_read_children (db, &crm_template_step, crm_values_get_id (templates->pdata[i]), error);

      if (steps == NULL)
        return NULL;
      crm_template_order (steps);
      entry = g_new (CrmTemplateEntry, 1);
      *entry = (CrmTemplateEntry) { crm_values_ref (templates->pdata[i]), steps };
      g_ptr_array_add (entries, entry);
    }
  return templates != NULL ? g_steal_pointer (&entries) : NULL;
}
