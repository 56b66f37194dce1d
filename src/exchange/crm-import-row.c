/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crm-config.h"

#include "crm-import-row.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "crm-check.h"
#include "crm-client.h"
#include "crm-error.h"
#include "crm-fold.h"
#include "crm-import-cells.h"
#include "crm-import-points.h"

#define MAX_PAYMENT_DAYS_DIGITS 4

/* Nothing can be wrong with a plain text up to this length: a cell is valid UTF-8. */
#define MAX_SHORT_TEXT 10000

static gboolean
is_address (int target)
{
  return target >= 0 && crm_client.fields[target].through != NULL && strcmp (crm_client.fields[target].through->entity, "address") == 0;
}

static void
add_columns (GArray           *all,
             const CrmMapping *mapping,
             int               target)
{
  guint n;
  const guint *columns = crm_mapping_get_columns (mapping, target, &n);

  if (n > 0)
    g_array_append_vals (all, columns, n);
}

void
crm_import_job_clear (gpointer data)
{
  CrmImportJob *job = data;

  g_free (job->name);
  g_free (job->role);
}

CrmImportRow *
crm_import_row_new (const CrmMapping *mapping)
{
  CrmImportRow *self = g_new0 (CrmImportRow, 1);

  self->mapping = mapping;
  self->fields = g_array_new (FALSE, FALSE, sizeof (int));
  self->address = g_array_new (FALSE, FALSE, sizeof (guint));
  for (int i = 0; mapping != NULL && i < (int) crm_client.n_fields; i++)
    {
      guint n;

      crm_mapping_get_columns (mapping, i, &n);
      if (n > 0)
        g_array_append_val (self->fields, i);
      if (is_address (i))
        add_columns (self->address, mapping, i);
    }
  self->chunk = g_string_chunk_new (256);
  self->points = g_array_new (FALSE, TRUE, sizeof (CrmImportPoint));
  g_array_set_clear_func (self->points, crm_import_point_clear);
  self->notes = g_string_new (NULL);
  self->remarks = g_ptr_array_new_with_free_func (g_free);
  self->warnings = g_ptr_array_new_with_free_func (g_free);
  self->kept = g_ptr_array_new_with_free_func (g_free);
  self->addresses = g_ptr_array_new_with_free_func ((GDestroyNotify) crm_values_unref);
  self->jobs = g_array_new (FALSE, TRUE, sizeof (CrmImportJob));
  g_array_set_clear_func (self->jobs, crm_import_job_clear);
  crm_row_keys_init (&self->keys);
  return self;
}

void
crm_import_row_free (CrmImportRow *self)
{
  g_array_unref (self->fields);
  g_array_unref (self->address);
  g_string_chunk_free (self->chunk);
  g_clear_pointer (&self->values, crm_values_unref);
  g_array_unref (self->points);
  g_string_free (self->notes, TRUE);
  g_ptr_array_unref (self->remarks);
  g_ptr_array_unref (self->warnings);
  g_ptr_array_unref (self->kept);
  g_ptr_array_unref (self->addresses);
  g_array_unref (self->jobs);
  g_clear_pointer (&self->picture, crm_card_picture_free);
  g_clear_pointer (&self->problems, g_ptr_array_unref);
  crm_row_keys_clear (&self->keys);
  g_free (self);
}

void
crm_import_row_clear (CrmImportRow           *self,
                      const CrmImportSubject *subject)
{
  self->subject = subject;
  g_clear_pointer (&self->values, crm_values_unref);
  self->values = crm_values_new (subject->entity, 0);
  g_string_chunk_clear (self->chunk);
  g_array_set_size (self->points, 0);
  g_string_truncate (self->notes, 0);
  g_ptr_array_set_size (self->remarks, 0);
  g_ptr_array_set_size (self->warnings, 0);
  g_ptr_array_set_size (self->kept, 0);
  g_ptr_array_set_size (self->addresses, 0);
  g_clear_pointer (&self->picture, crm_card_picture_free);
  g_array_set_size (self->jobs, 0);
  self->is_nameless = self->is_empty = FALSE;
}

const CrmImportPoint *
crm_import_row_get_point (const CrmImportRow *self,
                          CrmPointKind        kind)
{
  for (guint i = 0; i < self->points->len; i++)
    {
      const CrmImportPoint *point = &g_array_index (self->points, CrmImportPoint, i);

      if (point->kind == kind)
        return point;
    }
  return NULL;
}

static gboolean
reject (const char  *why,
        GError     **error)
{
  g_set_error_literal (error, CRM_ERROR, CRM_ERROR_INVALID, why);
  return FALSE;
}

/* Names */

static gboolean
holds (const char *folded,
       const char *text)
{
  g_autofree char *part = crm_fold (text);

  return strstr (folded, part) != NULL;
}

static void
add_person (CrmImportRow *self,
            const char   *name,
            const char   *given,
            const char   *family)
{
  g_autofree char *folded = NULL;
  g_autofree char *person = NULL;

  if (*given == '\0' && *family == '\0')
    return;
  folded = crm_fold (name);
  if (holds (folded, given) && holds (folded, family))
    return;
  person = g_strjoin (*given != '\0' && *family != '\0' ? " " : "", given, family, NULL);
  g_ptr_array_add (self->remarks, g_steal_pointer (&person));
}

/* The other names of the row: the person behind the firm. */
static void
add_other_names (CrmImportRow    *self,
                 const CrmCsvRow *row,
                 const char      *name)
{
  guint n;
  const guint *columns = crm_mapping_get_columns (self->mapping, CRM_CLIENT_NAME, &n);

  for (guint i = 0; i < n && n > 1; i++)
    {
      const char *other = crm_import_row_get_line (self, row, columns[i]);
      g_autofree char *folded = crm_fold (name);
      gboolean is_said = holds (folded, other);

      for (guint r = 0; r < self->remarks->len && !is_said; r++)
        {
          g_autofree char *remark = crm_fold (g_ptr_array_index (self->remarks, r));

          is_said = holds (remark, other);
        }
      if (!is_said)
        g_ptr_array_add (self->remarks, g_strdup (other));
    }
}

static gboolean
read_name (CrmImportRow     *self,
           const CrmCsvRow  *row,
           GError          **error)
{
  const char *name = crm_import_row_get_first (self, row, CRM_CLIENT_NAME, NULL);
  const char *given = crm_import_row_get_first (self, row, CRM_MAPPING_GIVEN_NAME, NULL);
  const char *family = crm_import_row_get_first (self, row, CRM_MAPPING_FAMILY_NAME, NULL);
  g_autofree char *person = NULL;

  if (*name == '\0')
    name = person = g_strjoin (*given != '\0' && *family != '\0' ? " " : "", given, family, NULL);
  if (*name == '\0')
    return reject (_("The row has no name."), error);
  if (!crm_values_parse (self->values, CRM_CLIENT_NAME, name, error))
    return FALSE;
  if (person == NULL)
    {
      add_person (self, name, given, family);
      add_other_names (self, row, name);
    }
  return TRUE;
}

/* Addresses */

/* The first address of which anything is filled. */
static guint
find_group (CrmImportRow    *self,
            const CrmCsvRow *row)
{
  guint group = G_MAXUINT;

  for (guint i = 0; i < self->address->len && group > 0; i++)
    {
      guint column = g_array_index (self->address, guint, i);

      if (*crm_import_row_get_cell (self, row, column) != '\0')
        group = MIN (group, crm_mapping_get_group (self->mapping, column));
    }
  return group;
}

static void
read_address_field (CrmImportRow    *self,
                    const CrmCsvRow *row,
                    guint            field,
                    guint            group)
{
  guint n;
  const guint *columns = crm_mapping_get_columns (self->mapping, (int) field, &n);
  const char *first;

  for (guint i = 0; i < n; i++)
    {
      const char *text = crm_import_row_get_line (self, row, columns[i]);

      if (*text == '\0' || crm_mapping_get_group (self->mapping, columns[i]) != group)
        continue;
      first = crm_values_get_text (self->values, field);
      if (first == NULL)
        crm_values_set_text (self->values, field, text);
      else if (field == CRM_CLIENT_STREET)
        crm_values_take_text (self->values, field, g_strconcat (first, ", ", text, NULL));
    }
}

/* Other fields */

static void
read_notes (CrmImportRow    *self,
            const CrmCsvRow *row)
{
  guint n;
  const guint *columns = crm_mapping_get_columns (self->mapping, CRM_CLIENT_NOTES, &n);

  for (guint i = 0; i < n; i++)
    {
      const char *text = crm_import_row_get_cell (self, row, columns[i]);

      if (*text == '\0')
        continue;
      if (self->notes->len > 0)
        g_string_append_c (self->notes, '\n');
      for (; *text != '\0'; text++)
        if (*text != '\r')
          g_string_append_c (self->notes, *text);
        else if (text[1] != '\n')
          g_string_append_c (self->notes, '\n');
    }
}

/* Those of Google's that begin with a star are its own: "* myContacts". */
static void
read_tags (CrmImportRow    *self,
           const CrmCsvRow *row)
{
  guint n;
  const guint *columns = crm_mapping_get_columns (self->mapping, CRM_CLIENT_TAGS, &n);
  g_autoptr (GString) tags = NULL;

  for (guint i = 0; i < n; i++)
    {
      const char *text = crm_import_row_get_line (self, row, columns[i]);
      g_auto (GStrv) parts = *text == '\0' ? NULL : g_strsplit (text, CRM_IMPORT_SEPARATOR, -1);

      if (parts == NULL)
        continue;
      if (tags == NULL)
        tags = g_string_new (NULL);
      for (guint p = 0; parts[p] != NULL; p++)
        if (!g_str_has_prefix (g_strstrip (parts[p]), "* "))
          g_string_append_printf (tags, "%s, ", parts[p]);
    }
  if (tags == NULL)
    return;
  crm_values_parse (self->values, CRM_CLIENT_TAGS, tags->str, NULL);
  if (crm_values_is_null (self->values, CRM_CLIENT_TAGS))
    crm_values_unset (self->values, CRM_CLIENT_TAGS);
}

static void
read_currency (CrmImportRow    *self,
               const CrmCsvRow *row)
{
  static const char * const codes[][2] = {
    { "₺", "TRY" }, { "TL", "TRY" }, { "YTL", "TRY" }, { "€", "EUR" }, { "EURO", "EUR" }, { "AVRO", "EUR" },
    { "$", "USD" }, { "US$", "USD" }, { "DOLAR", "USD" }, { "£", "GBP" }, { "STERLIN", "GBP" },
  };
  guint column;
  const char *text = crm_import_row_get_first (self, row, CRM_CLIENT_CURRENCY, &column);
  g_autofree char *code = g_ascii_strup (text, -1);

  if (*text == '\0')
    return;
  for (guint i = 0; i < G_N_ELEMENTS (codes); i++)
    if (strcmp (code, codes[i][0]) == 0)
      {
        crm_values_set_text (self->values, CRM_CLIENT_CURRENCY, codes[i][1]);
        return;
      }
  if (strlen (code) == 3 && strspn (code, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") == 3)
    crm_values_set_text (self->values, CRM_CLIENT_CURRENCY, code);
  else
    crm_import_row_keep_in_notes (self, column, text, _("It is no code of a currency."));
}

/* "30", "30 gün", "net 30 days" */
static void
read_payment_days (CrmImportRow *self,
                   guint         column,
                   const char   *text)
{
  const char *digits = strpbrk (text, "0123456789");
  gsize n = digits == NULL ? 0 : strspn (digits, "0123456789");

  if (n == 0 || n > MAX_PAYMENT_DAYS_DIGITS || strpbrk (digits + n, "0123456789") != NULL || (digits > text && digits[-1] == '-'))
    crm_import_row_keep_in_notes (self, column, text, _("It is no number of days."));
  else
    crm_values_set_integer (self->values, CRM_CLIENT_PAYMENT_DAYS, g_ascii_strtoll (digits, NULL, 10));
}

/* "www.example.com ::: shop.example.com" */
static void
read_web (CrmImportRow *self,
          guint         column,
          const char   *text)
{
  g_auto (GStrv) parts = g_strsplit (text, CRM_IMPORT_SEPARATOR, -1);

  for (guint i = 0; parts[i] != NULL; i++)
    {
      const char *url = g_strstrip (parts[i]);
      g_autoptr (GError) error = NULL;

      if (*url == '\0')
        continue;
      if (!crm_check_url (url, &error))
        crm_import_row_keep_in_notes (self, column, url, error->message);
      else if (crm_values_is_null (self->values, CRM_CLIENT_WEB))
        crm_values_set_text (self->values, CRM_CLIENT_WEB, url);
      else
        g_ptr_array_add (self->remarks, g_strdup (url));
    }
}

static gboolean
read_plain_field (CrmImportRow     *self,
                  const CrmCsvRow  *row,
                  guint             field,
                  GError          **error)
{
  guint column;
  const char *text = crm_import_row_get_first (self, row, (int) field, &column);
  g_autoptr (GError) failure = NULL;

  if (*text == '\0')
    return TRUE;
  if (crm_client.fields[field].kind == CRM_KIND_TEXT && strlen (text) < MAX_SHORT_TEXT)
    crm_values_set_text (self->values, field, text);
  else if (field == CRM_CLIENT_PAYMENT_DAYS)
    read_payment_days (self, column, text);
  else if (field == CRM_CLIENT_WEB)
    read_web (self, column, text);
  else if (!crm_values_parse (self->values, field, text, &failure))
    {
      if (crm_client.fields[field].kind != CRM_KIND_CHOICE)
        return reject (failure->message, error);
      crm_import_row_keep_in_notes (self, column, text, failure->message);
    }
  return TRUE;
}

static gboolean
read_field (CrmImportRow     *self,
            const CrmCsvRow  *row,
            guint             field,
            guint             group,
            GError          **error)
{
  if (is_address ((int) field))
    {
      read_address_field (self, row, field, group);
      return TRUE;
    }
  switch (field)
    {
    case CRM_CLIENT_NAME:
      return read_name (self, row, error);
    case CRM_CLIENT_PHONE:
    case CRM_CLIENT_MOBILE:
    case CRM_CLIENT_FAX:
    case CRM_CLIENT_EMAIL:
      return crm_import_points_read (self, row, field, error);
    case CRM_CLIENT_NOTES:
      read_notes (self, row);
      return TRUE;
    case CRM_CLIENT_TAGS:
      read_tags (self, row);
      return TRUE;
    case CRM_CLIENT_CURRENCY:
      /* was read before the money that is in it */
      return TRUE;
    default:
      return read_plain_field (self, row, field, error);
    }
}

/* A cell behind the last column of the header belongs nowhere, so the row is shifted or broken. */
static gboolean
check_shape (CrmImportRow     *self,
             const CrmCsvRow  *row,
             GError          **error)
{
  guint n_columns = crm_mapping_get_n_columns (self->mapping);

  if (row->problem != NULL)
    return reject (row->problem, error);
  for (guint i = n_columns; i < row->n_cells; i++)
    if (*crm_import_row_get_cell (self, row, i) != '\0')
      {
        g_set_error (error, CRM_ERROR, CRM_ERROR_INVALID, _("The row has %u cells, but there are only %u columns."), row->n_cells,
                     n_columns);
        return FALSE;
      }
  return TRUE;
}

gboolean
crm_import_row_read (CrmImportRow     *self,
                     const CrmCsvRow  *row,
                     GError          **error)
{
  guint group;
  guint n_names;

  crm_import_row_clear (self, &crm_import_client);
  self->line = row->line;
  if (!check_shape (self, row, error))
    return FALSE;
  crm_mapping_get_columns (self->mapping, CRM_CLIENT_NAME, &n_names);
  if (n_names == 0 && !read_name (self, row, error))
    return FALSE;
  read_currency (self, row);
  group = find_group (self, row);
  for (guint i = 0; i < self->fields->len; i++)
    if (!read_field (self, row, (guint) g_array_index (self->fields, int, i), group, error))
      return FALSE;
  crm_row_keys_read (&self->keys, &crm_import_client, self->values, self->points, NULL);
  return crm_client.rules->validate (self->values, NULL, error);
}
