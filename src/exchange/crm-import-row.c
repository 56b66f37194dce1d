/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crm-config.h"

#include "crm-import-row.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "crm-check.h"
#include "crm-client.h"
#include "crm-error.h"
#include "crm-fold.h"
#include "crm-known.h"

/* Between several values of a cell, as Google writes them */
#define VALUE_SEPARATOR ":::"

#define MAX_PAYMENT_DAYS_DIGITS 4

/* Nothing can be wrong with a plain text up to this length: a cell is valid UTF-8. */
#define MAX_SHORT_TEXT 10000

static gboolean
is_address (int target)
{
  return target >= 0 && crm_client.fields[target].through != NULL && strcmp (crm_client.fields[target].through->entity, "address") == 0;
}

static void
clear_point (gpointer data)
{
  CrmImportPoint *point = data;

  g_free (point->value);
  g_free (point->label);
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

CrmImportRow *
crm_import_row_new (const CrmMapping *mapping)
{
  CrmImportRow *self = g_new0 (CrmImportRow, 1);

  self->mapping = mapping;
  self->fields = g_array_new (FALSE, FALSE, sizeof (int));
  self->address = g_array_new (FALSE, FALSE, sizeof (guint));
  for (int i = 0; i < (int) crm_client.n_fields; i++)
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
  g_array_set_clear_func (self->points, clear_point);
  self->notes = g_string_new (NULL);
  self->remarks = g_ptr_array_new_with_free_func (g_free);
  self->warnings = g_ptr_array_new_with_free_func (g_free);
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
  g_free (self);
}

static void
clear (CrmImportRow *self)
{
  g_clear_pointer (&self->values, crm_values_unref);
  self->values = crm_values_new (&crm_client, 0);
  g_string_chunk_clear (self->chunk);
  g_array_set_size (self->points, 0);
  g_string_truncate (self->notes, 0);
  g_ptr_array_set_size (self->remarks, 0);
  g_ptr_array_set_size (self->warnings, 0);
}

const CrmImportPoint *
crm_import_row_get_point (const CrmImportRow *self,
                          guint               field)
{
  for (guint i = 0; i < self->points->len; i++)
    {
      const CrmImportPoint *point = &g_array_index (self->points, CrmImportPoint, i);

      if (point->field == field)
        return point;
    }
  return NULL;
}

/* Cells */

static gboolean
is_border (unsigned char byte)
{
  return byte <= ' ' || byte >= 0x80;
}

/* Without spaces of any script at both ends. */
static const char *
trim (CrmImportRow *self,
      const char   *text)
{
  gsize length = strlen (text);
  const char *end = text + length;

  if (length == 0 || (!is_border ((unsigned char) text[0]) && !is_border ((unsigned char) text[length - 1])))
    return text;
  while (*text != '\0' && g_unichar_isspace (g_utf8_get_char (text)))
    text = g_utf8_next_char (text);
  while (end > text && g_unichar_isspace (g_utf8_get_char (g_utf8_prev_char (end))))
    end = g_utf8_prev_char (end);
  return *end == '\0' ? text : g_string_chunk_insert_len (self->chunk, text, end - text);
}

/* On one line: what stood on several is parted by commas. */
static const char *
flatten (CrmImportRow *self,
         const char   *text)
{
  g_auto (GStrv) lines = NULL;
  g_autoptr (GString) flat = NULL;

  if (strpbrk (text, "\r\n\t\v\f") == NULL)
    return text;
  lines = g_strsplit_set (text, "\r\n\v\f", -1);
  flat = g_string_new (NULL);
  for (guint i = 0; lines[i] != NULL; i++)
    {
      const char *line = g_strstrip (lines[i]);

      if (*line != '\0' && flat->len > 0)
        g_string_append (flat, g_str_has_suffix (flat->str, ",") ? " " : ", ");
      g_string_append (flat, line);
    }
  g_strdelimit (flat->str, "\t", ' ');
  return g_string_chunk_insert (self->chunk, flat->str);
}

/* "" if the row has no such cell. */
static const char *
get_cell (CrmImportRow    *self,
          const CrmCsvRow *row,
          guint            column)
{
  return column < row->n_cells ? trim (self, crm_csv_unescape_formula (row->cells[column])) : "";
}

static const char *
get_line (CrmImportRow    *self,
          const CrmCsvRow *row,
          guint            column)
{
  return flatten (self, get_cell (self, row, column));
}

/* The first filled cell of the columns that go to @target; "" if none is. @column: (out) (optional): where it stands. */
static const char *
get_first (CrmImportRow    *self,
           const CrmCsvRow *row,
           int              target,
           guint           *column)
{
  guint n;
  const guint *columns = crm_mapping_get_columns (self->mapping, target, &n);

  for (guint i = 0; i < n; i++)
    {
      const char *text = get_line (self, row, columns[i]);

      if (*text != '\0')
        {
          if (column != NULL)
            *column = columns[i];
          return text;
        }
    }
  return "";
}

/* What its field does not take is not lost. */
static void
keep_in_notes (CrmImportRow *self,
               guint         column,
               const char   *text,
               const char   *why)
{
  const char *name = crm_mapping_get_column_name (self->mapping, column);

  g_ptr_array_add (self->remarks, g_strdup_printf ("%s: %s", name, text));
  /* Translators: a column of a file, what stands in it, why it is not taken */
  g_ptr_array_add (self->warnings, g_strdup_printf (_("%s “%s” goes to the notes. %s"), name, text, why));
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
      const char *other = get_line (self, row, columns[i]);
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
read_name (CrmImportRow    *self,
           const CrmCsvRow *row,
           GError         **error)
{
  const char *name = get_first (self, row, CRM_CLIENT_NAME, NULL);
  const char *given = get_first (self, row, CRM_MAPPING_GIVEN_NAME, NULL);
  const char *family = get_first (self, row, CRM_MAPPING_FAMILY_NAME, NULL);
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

/* Phones and e-mails */

/* "* Home" is Google's mark for the preferred one. */
static char *
get_label (CrmImportRow    *self,
           const CrmCsvRow *row,
           guint            column,
           gboolean         is_first)
{
  int label_column = crm_mapping_get_label_column (self->mapping, column);
  const char *label = label_column < 0 ? "" : get_line (self, row, (guint) label_column);

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
      keep_in_notes (self, column, text, error->message);
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
      const char *text = get_line (self, row, columns[i]);
      g_autofree char *label = *text == '\0' ? NULL : get_label (self, row, columns[i], i == 0);
      g_auto (GStrv) parts = strstr (text, VALUE_SEPARATOR) == NULL ? NULL : g_strsplit (text, VALUE_SEPARATOR, -1);
      const char *whole[] = { text, NULL };

      for (const char * const *part = parts == NULL ? whole : (const char * const *) parts; *part != NULL; part++)
        {
          const char *value = trim (self, *part);

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
      keep_in_notes (self, misfit->column, misfit->text, misfit->error->message);
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

      if (*get_cell (self, row, column) != '\0')
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
      const char *text = get_line (self, row, columns[i]);

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
      const char *text = get_cell (self, row, columns[i]);

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
      const char *text = get_line (self, row, columns[i]);
      g_auto (GStrv) parts = *text == '\0' ? NULL : g_strsplit (text, VALUE_SEPARATOR, -1);

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
  const char *text = get_first (self, row, CRM_CLIENT_CURRENCY, &column);
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
    keep_in_notes (self, column, text, _("It is no code of a currency."));
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
    keep_in_notes (self, column, text, _("It is no number of days."));
  else
    crm_values_set_integer (self->values, CRM_CLIENT_PAYMENT_DAYS, g_ascii_strtoll (digits, NULL, 10));
}

/* "www.example.com ::: shop.example.com" */
static void
read_web (CrmImportRow *self,
          guint         column,
          const char   *text)
{
  g_auto (GStrv) parts = g_strsplit (text, VALUE_SEPARATOR, -1);

  for (guint i = 0; parts[i] != NULL; i++)
    {
      const char *url = g_strstrip (parts[i]);
      g_autoptr (GError) error = NULL;

      if (*url == '\0')
        continue;
      if (!crm_check_url (url, &error))
        keep_in_notes (self, column, url, error->message);
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
  const char *text = get_first (self, row, (int) field, &column);
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
      keep_in_notes (self, column, text, failure->message);
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
      read_points (self, row, field, NULL);
      return TRUE;
    case CRM_CLIENT_EMAIL:
      return read_emails (self, row, error);
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
    if (*get_cell (self, row, i) != '\0')
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

  clear (self);
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
  return crm_client.rules->validate (self->values, NULL, error);
}
