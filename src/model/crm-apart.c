/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crm-config.h"

#include "crm-apart.h"

#include <glib/gi18n-lib.h>

#include "crm-entity.h"
#include "crm-error.h"
#include "crm-sql.h"

/* More are not told of in a sentence. */
#define MOST_TOLD 5

char *
crm_apart_describe (const CrmValues *values)
{
  const CrmEntity *entity = crm_values_get_entity (values);
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; entity->apart != NULL && entity->apart[i] != NULL; i++)
    {
      g_autofree char *shown = crm_values_format (values, (guint) crm_entity_find_field (entity, entity->apart[i]));

      if (shown != NULL)
        g_string_append_printf (text, "%s%s", text->len > 0 ? " · " : "", shown);
    }
  return text->len == 0 ? NULL : g_string_free (g_steal_pointer (&text), FALSE);
}

/* (transfer full): "Bursa · 0224 555 01 42 (id 123)" */
static char *
describe (CrmDb            *db,
          const CrmEntity  *entity,
          gint64            id,
          GError          **error)
{
  g_autoptr (CrmValues) values = crm_sql_read (db, entity, id, error);
  g_autofree char *known = values == NULL ? NULL : crm_apart_describe (values);
  g_autofree char *number = g_strdup_printf ("%" G_GINT64_FORMAT, id);

  if (values == NULL)
    return NULL;
  if (known == NULL)
    /* Translators: a record of which no more is known than its number */
    return g_strdup_printf (_("id %s"), number);
  /* Translators: what tells a record from others of the same name, and its number: "Bursa · 0224 555 01 42 (id 123)" */
  return g_strdup_printf (_("%1$s (id %2$s)"), known, number);
}

void
crm_apart_refuse (CrmDb           *db,
                  const CrmField  *field,
                  const char      *name,
                  GArray          *ids,
                  GError         **error)
{
  const CrmEntity *entity = crm_entity_find (field->refers);
  g_autoptr (GString) list = g_string_new (NULL);

  for (guint i = 0; i < MIN (ids->len, MOST_TOLD); i++)
    {
      g_autofree char *one = describe (db, entity, g_array_index (ids, gint64, i), error);

      if (one == NULL)
        return;
      g_string_append_printf (list, "%s%s", i > 0 ? "; " : "", one);
    }
  if (ids->len > MOST_TOLD)
    g_string_append (list, "; …");
  g_set_error (error, CRM_ERROR, CRM_ERROR_INVALID,
               /* Translators: the name of a field, a name that several records have, and what each of them is known by */
               _("%1$s: several are called “%2$s”: %3$s. Choose one of the list, or give its id."), crm_field_get_label (field), name, list->str);
}
