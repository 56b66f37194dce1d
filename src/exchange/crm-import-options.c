/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crm-config.h"

#include "crm-import.h"

#include <glib/gi18n-lib.h>
#include <string.h>

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
crm_import_options_new_for_cards (const char * const *paths)
{
  CrmImportOptions *self;

  g_return_val_if_fail (paths != NULL && paths[0] != NULL, NULL);

  self = g_new0 (CrmImportOptions, 1);
  self->path = g_strdup (paths[0]);
  self->cards = g_strdupv ((GStrv) paths);
  return self;
}

static gboolean
has_extension (const char         *path,
               const char * const *extensions)
{
  const char *dot = strrchr (path, '.');

  for (guint i = 0; dot != NULL && extensions[i] != NULL; i++)
    if (g_ascii_strcasecmp (dot, extensions[i]) == 0)
      return TRUE;
  return FALSE;
}

gboolean
crm_import_has_card_name (const char *path)
{
  static const char * const cards[] = { ".vcf", ".vcard", NULL };

  return has_extension (path, cards);
}

gboolean
crm_import_is_card_file (const char *path)
{
  static const char * const tables[] = { ".csv", ".tsv", ".txt", NULL };
  static const char begin[] = "BEGIN:VCARD";
  g_autoptr (GFile) file = NULL;
  g_autoptr (GFileInputStream) stream = NULL;
  char text[64] = "";
  gsize n = 0;

  if (crm_import_has_card_name (path))
    return TRUE;
  if (has_extension (path, tables))
    return FALSE;
  file = g_file_new_for_path (path);
  stream = g_file_read (file, NULL, NULL);
  if (stream == NULL || !g_input_stream_read_all (G_INPUT_STREAM (stream), text, sizeof text - 1, &n, NULL, NULL))
    return FALSE;
  return g_ascii_strncasecmp (text + (g_str_has_prefix (text, "\xEF\xBB\xBF") ? 3 : 0), begin, strlen (begin)) == 0;
}

char *
crm_import_options_get_title (const CrmImportOptions *self)
{
  g_autofree char *name = g_filename_display_basename (self->path);
  guint n = self->cards == NULL ? 1 : g_strv_length (self->cards);

  if (n < 2)
    return g_steal_pointer (&name);
  /* Translators: the name of a file, and how many others */
  return g_strdup_printf (ngettext ("%s and %u more", "%s and %u more", n - 1), name, n - 1);
}

CrmImportOptions *
crm_import_options_copy (const CrmImportOptions *self)
{
  CrmImportOptions *copy = g_memdup2 (self, sizeof *self);

  copy->path = g_strdup (self->path);
  copy->cards = g_strdupv (self->cards);
  copy->mapping = self->mapping == NULL ? NULL : crm_mapping_copy (self->mapping);
  return copy;
}

void
crm_import_options_free (CrmImportOptions *self)
{
  g_free (self->path);
  g_strfreev (self->cards);
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
