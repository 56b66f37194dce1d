/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crm-config.h"

#include "crm-import-points.h"

#include <string.h>

#include "crm-check.h"
#include "crm-client.h"
#include "crm-error.h"
#include "crm-fold.h"
#include "crm-import-cells.h"
#include "crm-known.h"

void
crm_import_point_clear (gpointer data)
{
  CrmImportPoint *point = data;

  g_free (point->value);
  g_free (point->label);
}

/* "* Home" is Google's mark for the preferred one. */
static char *
get_label (CrmImportRow    *self,
           const CrmCsvRow *row,
           guint            column,
           gboolean         is_first)
{
  int label_column = crm_mapping_get_label_column (self->mapping, column);
  const char *label = label_column < 0 ? "" : crm_import_row_get_line (self, row, (guint) label_column);

  if (g_str_has_prefix (label, "* "))
    label += strlen ("* ");
  if (strlen (label) > 0)
    return g_strdup (label);
  return label_column < 0 && !is_first ? g_strdup (crm_mapping_get_column_name (self->mapping, column)) : NULL;
}

static guint
get_field_for_label (guint       field,
                     const char *label)
{
  static const struct {
    const char *word;
    guint       field;
  } words[] = {
    { "fax", CRM_CLIENT_FAX },       { "faks", CRM_CLIENT_FAX },   { "mobil", CRM_CLIENT_MOBILE }, { "cell", CRM_CLIENT_MOBILE },
    { "handy", CRM_CLIENT_MOBILE },  { "cep", CRM_CLIENT_MOBILE }, { "gsm", CRM_CLIENT_MOBILE },
  };
  g_autofree char *folded = NULL;

  if (field != CRM_CLIENT_PHONE || label == NULL)
    return field;
  folded = crm_fold (label);
  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    if (strstr (folded, words[i].word) != NULL)
      return words[i].field;
  return field;
}

static void
add_point (CrmImportRow *self,
           guint         field,
           const char   *value,
           const char   *label)
{
  CrmImportPoint new = { .field = field };

  new.key = crm_known_key (field == CRM_CLIENT_EMAIL ? CRM_KEY_EMAIL : CRM_KEY_PHONE, value);
  if (new.key == 0)
    new.key = crm_known_hash (value);
  for (guint i = 0; i < self->points->len; i++)
    {
      CrmImportPoint *point = &g_array_index (self->points, CrmImportPoint, i);

      if (point->key != new.key)
        continue;
      /* The same number as phone and as mobile: a mobile is meant. */
      if (point->field == CRM_CLIENT_PHONE && field == CRM_CLIENT_MOBILE)
        point->field = field;
      return;
    }
  new.value = g_strdup (value);
  new.label = g_strdup (label);
  g_array_append_val (self->points, new);
}

static gboolean
are_phones (char **parts)
{
  guint n = 0;

  for (guint i = 0; parts[i] != NULL; i++)
    {
      if (!crm_check_phone (g_strstrip (parts[i]), NULL))
        return FALSE;
      n += *parts[i] != '\0';
    }
  return n > 0;
}

static void
add_phone (CrmImportRow *self,
           guint         field,
           guint         column,
           const char   *text,
           const char   *label)
{
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) parts = NULL;

  field = get_field_for_label (field, label);
  if (crm_check_phone (text, &error))
    {
      add_point (self, field, text, label);
      return;
    }
  parts = g_strsplit_set (text, ",;", -1);
  if (!are_phones (parts))
    {
      crm_import_row_keep_in_notes (self, column, text, error->message);
      return;
    }
  for (guint i = 0; parts[i] != NULL; i++)
    if (*parts[i] != '\0')
      add_point (self, field, parts[i], label);
}

/* "Ayşe Yıldız <ayse@example.com>" */
static char *
get_bare_email (const char *text)
{
  const char *open = strchr (text, '<');
  const char *close = open == NULL ? NULL : strchr (open, '>');

  if (close != NULL)
    return g_strstrip (g_strndup (open + 1, (gsize) (close - open - 1)));
  if (g_ascii_strncasecmp (text, "mailto:", 7) == 0)
    text += 7;
  return g_strstrip (g_strdup (text));
}

typedef struct {
  guint   column;
  char   *text;
  GError *error;
} Misfit;

static void
clear_misfit (gpointer data)
{
  Misfit *misfit = data;

  g_free (misfit->text);
  g_clear_error (&misfit->error);
}

static void
add_emails (CrmImportRow *self,
            guint         column,
            const char   *text,
            const char   *label,
            GArray       *misfits)
{
  g_auto (GStrv) parts = NULL;

  if (strpbrk (text, ",;<:") == NULL && crm_check_email (text, NULL))
    {
      add_point (self, CRM_CLIENT_EMAIL, text, label);
      return;
    }
  parts = g_strsplit_set (text, ",;", -1);
  for (guint i = 0; parts[i] != NULL; i++)
    {
      g_autofree char *email = get_bare_email (parts[i]);
      Misfit misfit = { .column = column };

      if (*email == '\0')
        continue;
      if (crm_check_email (email, &misfit.error))
        {
          add_point (self, CRM_CLIENT_EMAIL, email, label);
          continue;
        }
      misfit.text = g_steal_pointer (&email);
      g_array_append_val (misfits, misfit);
    }
}

static void
read_points (CrmImportRow    *self,
             const CrmCsvRow *row,
             guint            field,
             GArray          *misfits)
{
  guint n;
  const guint *columns = crm_mapping_get_columns (self->mapping, (int) field, &n);

  for (guint i = 0; i < n; i++)
    {
      const char *text = crm_import_row_get_line (self, row, columns[i]);
      g_autofree char *label = *text == '\0' ? NULL : get_label (self, row, columns[i], i == 0);
      g_auto (GStrv) parts = strstr (text, CRM_IMPORT_SEPARATOR) == NULL ? NULL : g_strsplit (text, CRM_IMPORT_SEPARATOR, -1);
      const char *whole[] = { text, NULL };

      for (const char * const *part = parts == NULL ? whole : (const char * const *) parts; *part != NULL; part++)
        {
          const char *value = crm_import_row_trim (self, *part);

          if (*value == '\0')
            continue;
          if (field == CRM_CLIENT_EMAIL)
            add_emails (self, columns[i], value, label, misfits);
          else
            add_phone (self, field, columns[i], value, label);
        }
    }
}

/* "ayse@intranet" is right somewhere, but nowhere else. */
static gboolean
is_local_email (const char *email)
{
  g_autofree char *elsewhere = g_strconcat (email, ".example", NULL);

  return crm_check_email (elsewhere, NULL);
}

/* A row whose only e-mail address is wrong is rejected; beside a right one the wrong one goes to the notes. */
static gboolean
settle_emails (CrmImportRow  *self,
               GArray        *misfits,
               GError       **error)
{
  for (guint i = 0; i < misfits->len; i++)
    {
      Misfit *misfit = &g_array_index (misfits, Misfit, i);

      if (crm_import_row_get_point (self, CRM_CLIENT_EMAIL) == NULL && !is_local_email (misfit->text))
        {
          g_set_error (error, CRM_ERROR, CRM_ERROR_INVALID, "%s “%s”: %s",
                       crm_mapping_get_column_name (self->mapping, misfit->column), misfit->text, misfit->error->message);
          return FALSE;
        }
      crm_import_row_keep_in_notes (self, misfit->column, misfit->text, misfit->error->message);
    }
  return TRUE;
}

static gboolean
read_emails (CrmImportRow     *self,
             const CrmCsvRow  *row,
             GError          **error)
{
  g_autoptr (GArray) misfits = g_array_new (FALSE, FALSE, sizeof (Misfit));

  g_array_set_clear_func (misfits, clear_misfit);
  read_points (self, row, CRM_CLIENT_EMAIL, misfits);
  return settle_emails (self, misfits, error);
}

gboolean
crm_import_points_read (CrmImportRow     *self,
                        const CrmCsvRow  *row,
                        guint             field,
                        GError          **error)
{
  if (field == CRM_CLIENT_EMAIL)
    return read_emails (self, row, error);
  read_points (self, row, field, NULL);
  return TRUE;
}
