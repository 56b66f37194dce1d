/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crm-config.h"

#include "crm-import.h"

#include <glib/gi18n-lib.h>

#include "crm-client.h"
#include "crm-csv-reader.h"
#include "crm-error.h"
#include "crm-fold.h"

static const struct {
  const char *name;
  const char *label;
} matches[CRM_N_MATCHES] = {
  [CRM_MATCH_AUTO] = { "auto", N_("The surest key") },
  [CRM_MATCH_NONE] = { "none", N_("Nothing: all are new") },
  [CRM_MATCH_TAX_NUMBER] = { "tax_number", N_("Tax number") },
  [CRM_MATCH_EMAIL] = { "email", N_("E-mail") },
  [CRM_MATCH_PHONE] = { "phone", N_("Phone") },
  [CRM_MATCH_NAME_CITY] = { "name_city", N_("Name and city") },
  [CRM_MATCH_NAME] = { "name", N_("Name") },
};

const char *
crm_match_get_name (CrmMatch match)
{
  g_return_val_if_fail (match < CRM_N_MATCHES, NULL);

  return matches[match].name;
}

const char *
crm_match_get_label (CrmMatch match)
{
  g_return_val_if_fail (match < CRM_N_MATCHES, NULL);

  return _(matches[match].label);
}

gboolean
crm_match_find (const char *name,
                CrmMatch   *match,
                GError    **error)
{
  g_autofree char *folded = crm_fold (name);
  g_autoptr (GString) names = g_string_new (NULL);

  for (CrmMatch i = 0; i < CRM_N_MATCHES; i++)
    {
      g_autofree char *other = crm_fold (matches[i].name);

      if (g_strcmp0 (folded, other) == 0)
        {
          *match = i;
          return TRUE;
        }
      g_string_append_printf (names, "%s%s", i > 0 ? ", " : "", matches[i].name);
    }
  g_set_error (error, CRM_ERROR, CRM_ERROR_NOT_FOUND, _("Clients cannot be matched by “%s”, but by: %s."), name, names->str);
  return FALSE;
}

gboolean
crm_import_options_guess (CrmImportOptions *self,
                          GError          **error)
{
  g_autoptr (CrmCsvReader) reader = crm_csv_reader_new (self->path, &self->format, error);
  g_autoptr (GError) failure = NULL;
  CrmCsvRow row = { 0 };

  if (reader == NULL)
    return FALSE;
  if (!crm_csv_reader_next (reader, &row, &failure) && failure != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return FALSE;
    }
  g_clear_pointer (&self->mapping, crm_mapping_free);
  self->mapping = crm_mapping_new (&crm_client, self->format.has_header ? row.cells : NULL, row.n_cells);
  return TRUE;
}

gboolean
crm_import_options_detect (CrmImportOptions *self,
                           CrmCsvDetect      what,
                           GError          **error)
{
  return crm_csv_format_detect (&self->format, what, self->path, crm_mapping_is_known, error) && crm_import_options_guess (self, error);
}

CrmImportOptions *
crm_import_options_new (const char *path,
                        GError    **error)
{
  g_autoptr (CrmImportOptions) self = g_new0 (CrmImportOptions, 1);

  self->path = g_strdup (path);
  return crm_import_options_detect (self, CRM_CSV_DETECT_ALL, error) ? g_steal_pointer (&self) : NULL;
}

CrmImportOptions *
crm_import_options_copy (const CrmImportOptions *self)
{
  CrmImportOptions *copy = g_memdup2 (self, sizeof *self);

  copy->path = g_strdup (self->path);
  copy->mapping = crm_mapping_copy (self->mapping);
  return copy;
}

void
crm_import_options_free (CrmImportOptions *self)
{
  g_free (self->path);
  g_clear_pointer (&self->mapping, crm_mapping_free);
  g_free (self);
}

GPtrArray *
crm_import_options_read_rows (const CrmImportOptions *self,
                              guint                   n_rows,
                              GError                **error)
{
  g_autoptr (CrmCsvReader) reader = crm_csv_reader_new (self->path, &self->format, error);
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func ((GDestroyNotify) g_strfreev);
  g_autoptr (GError) failure = NULL;
  CrmCsvRow row;

  if (reader == NULL)
    return NULL;
  while (rows->len < n_rows && crm_csv_reader_next (reader, &row, &failure))
    if (!row.is_header)
      g_ptr_array_add (rows, g_strdupv ((GStrv) row.cells));
  if (failure == NULL)
    return g_steal_pointer (&rows);
  g_propagate_error (error, g_steal_pointer (&failure));
  return NULL;
}
