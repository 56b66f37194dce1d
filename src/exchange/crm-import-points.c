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

static CrmPointKind
get_kind_for_label (CrmPointKind kind,
                    const char  *label)
{
  static const struct {
    const char   *word;
    CrmPointKind  kind;
  } words[] = {
    { "fax", CRM_POINT_FAX },       { "faks", CRM_POINT_FAX },   { "mobil", CRM_POINT_MOBILE }, { "cell", CRM_POINT_MOBILE },
    { "handy", CRM_POINT_MOBILE },  { "cep", CRM_POINT_MOBILE }, { "gsm", CRM_POINT_MOBILE },
  };
  g_autofree char *folded = NULL;

  if (kind != CRM_POINT_PHONE || label == NULL)
    return kind;
  folded = crm_fold (label);
  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    if (strstr (folded, words[i].word) != NULL)
      return words[i].kind;
  return kind;
}

guint64
crm_import_point_key (CrmPointKind  kind,
                      const char   *value,
                      const char   *label)
{
  guint64 key = 0;

  /* The same name may be one's in two networks. */
  if (kind == CRM_POINT_CHAT)
    {
      g_autofree char *address = g_strconcat (label != NULL ? label : "im", ":", value, NULL);

      return crm_known_hash (address);
    }
  key = crm_known_key (kind == CRM_POINT_EMAIL ? CRM_KEY_EMAIL : CRM_KEY_PHONE, value);
  return key != 0 ? key : crm_known_hash (value);
}

void
crm_import_row_add_point (CrmImportRow *self,
                          CrmPointKind  kind,
                          const char   *value,
                          const char   *label)
{
  CrmImportPoint new = { .kind = kind };

  new.key = crm_import_point_key (kind, value, label);
  for (guint i = 0; i < self->points->len; i++)
    {
      CrmImportPoint *point = &g_array_index (self->points, CrmImportPoint, i);

      if (point->key != new.key)
        continue;
      /* The same number as phone and as mobile: a mobile is meant. */
      if (point->kind == CRM_POINT_PHONE && kind == CRM_POINT_MOBILE)
        point->kind = kind;
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
           CrmPointKind  kind,
           guint         column,
           const char   *text,
           const char   *label)
{
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) parts = NULL;

  kind = get_kind_for_label (kind, label);
  if (crm_check_phone (text, &error))
    {
      crm_import_row_add_point (self, kind, text, label);
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
      crm_import_row_add_point (self, kind, parts[i], label);
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
      crm_import_row_add_point (self, CRM_POINT_EMAIL, text, label);
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
          crm_import_row_add_point (self, CRM_POINT_EMAIL, email, label);
          continue;
        }
      misfit.text = g_steal_pointer (&email);
      g_array_append_val (misfits, misfit);
    }
}

static CrmPointKind
get_kind (guint field)
{
  CrmPointKind kind = 0;

  while (crm_import_client.through[kind] != (int) field)
    kind++;
  return kind;
}

static void
read_points (CrmImportRow    *self,
             const CrmCsvRow *row,
             guint            field,
             GArray          *misfits)
{
  CrmPointKind kind = get_kind (field);
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
          if (kind == CRM_POINT_EMAIL)
            add_emails (self, columns[i], value, label, misfits);
          else
            add_phone (self, kind, columns[i], value, label);
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

      if (crm_import_row_get_point (self, CRM_POINT_EMAIL) == NULL && !is_local_email (misfit->text))
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
