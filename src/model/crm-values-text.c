/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crm-config.h"

#include "crm-values-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "crm-check.h"
#include "crm-due.h"
#include "crm-error.h"
#include "crm-fold.h"
#include "crm-id.h"
#include "crm-money.h"
#include "crm-time.h"

#define MAX_TEXT_BYTES (4 * 1024 * 1024)

/* To text */

static const char *
get_currency (const CrmValues *self)
{
  int field = crm_entity_find_field (self->entity, "currency");
  const char *currency = field < 0 ? NULL : self->values[field].text;

  return currency == NULL ? "TRY" : currency;
}

static char *
format_tags (const CrmField *field,
             const char     *names)
{
  g_auto (GStrv) parts = g_strsplit (names, ", ", -1);
  GString *labels = g_string_new (NULL);

  for (guint i = 0; parts[i] != NULL; i++)
    g_string_append_printf (labels, "%s%s", i > 0 ? ", " : "", crm_field_get_choice_label (field, parts[i]));
  return g_string_free (labels, FALSE);
}

char *
crm_values_format (const CrmValues *self,
                   guint            field)
{
  const CrmField *f = &self->entity->fields[field];

  if (crm_values_is_null (self, field))
    return NULL;
  switch (f->kind)
    {
    case CRM_KIND_MONEY:
      return crm_money_format (self->values[field].integer, get_currency (self), NULL);
    case CRM_KIND_BOOL:
      return g_strdup (self->values[field].integer ? _("yes") : _("no"));
    case CRM_KIND_DATE:
      return crm_date_format (self->values[field].text);
    case CRM_KIND_DATETIME:
      return crm_time_format (self->values[field].integer);
    case CRM_KIND_CHOICE:
      return g_strdup (crm_field_get_choice_label (f, self->values[field].text));
    case CRM_KIND_TAGS:
      return format_tags (f, self->values[field].text);
    default:
      return crm_values_to_plain (self, field);
    }
}

char *
crm_values_to_plain (const CrmValues *self,
                     guint            field)
{
  const CrmField *f = &self->entity->fields[field];

  if (crm_values_is_null (self, field))
    return NULL;
  switch (f->kind)
    {
    case CRM_KIND_INTEGER:
      return g_strdup_printf ("%" G_GINT64_FORMAT, self->values[field].integer);
    case CRM_KIND_MONEY:
      return crm_money_to_plain (self->values[field].integer, get_currency (self));
    case CRM_KIND_BOOL:
      return g_strdup (self->values[field].integer ? "true" : "false");
    case CRM_KIND_DATETIME:
      return crm_time_to_iso (self->values[field].integer);
    default:
      return g_strdup (self->values[field].text);
    }
}

/* From text */

static gboolean
parse_integer (CrmValues  *self,
               guint       field,
               const char *text,
               GError    **error)
{
  gint64 value;

  if (!g_ascii_string_to_signed (text, 10, G_MININT64, G_MAXINT64, &value, NULL))
    {
      g_set_error (error, CRM_ERROR, CRM_ERROR_INVALID, _("“%s” is no whole number."), text);
      return FALSE;
    }
  crm_values_set_integer (self, field, value);
  return TRUE;
}

static gboolean
parse_boolean (CrmValues  *self,
               guint       field,
               const char *text,
               GError    **error)
{
  static const char * const yes[] = { "true", "yes", "1", "evet", "x", NULL };
  static const char * const no[] = { "false", "no", "0", "hayir", NULL };
  g_autofree char *folded = crm_fold (text);

  if (!g_strv_contains (yes, folded) && !g_strv_contains (no, folded))
    {
      g_set_error (error, CRM_ERROR, CRM_ERROR_INVALID, _("“%s” is neither yes nor no."), text);
      return FALSE;
    }
  crm_values_set_integer (self, field, g_strv_contains (yes, folded));
  return TRUE;
}

static gboolean
parse_money (CrmValues  *self,
             guint       field,
             const char *text,
             GError    **error)
{
  gint64 minor;

  if (!crm_money_parse (text, get_currency (self), NULL, &minor, error))
    return FALSE;
  crm_values_set_integer (self, field, minor);
  return TRUE;
}

/* The same as files have it, or in words. */
static gboolean
parse_day_ahead (CrmValues  *self,
                 guint       field,
                 const char *text,
                 GError    **error)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_autofree char *iso = crm_date_parse (text, NULL);
  CrmDue due;

  if (iso != NULL)
    {
      crm_values_set_text (self, field, iso);
      return TRUE;
    }
  if (!crm_due_parse (text, now, &due, error))
    return FALSE;
  crm_values_set_text (self, field, due.date);
  if (*due.time != '\0' && field + 1 < self->entity->n_fields && g_str_equal (self->entity->fields[field + 1].name, "time"))
    crm_values_set_text (self, field + 1, due.time);
  return TRUE;
}

static gboolean
parse_date (CrmValues  *self,
            guint       field,
            const char *text,
            GError    **error)
{
  gboolean is_yearly = (self->entity->fields[field].flags & CRM_FIELD_YEARLY) != 0;
  char *iso = is_yearly ? crm_date_parse_yearly (text, error) : crm_date_parse (text, error);

  if (iso == NULL)
    return FALSE;
  crm_values_take_text (self, field, iso);
  return TRUE;
}

static gboolean
parse_datetime (CrmValues  *self,
                guint       field,
                const char *text,
                GError    **error)
{
  gint64 when;

  if (!crm_time_from_iso (text, &when))
    {
      g_set_error (error, CRM_ERROR, CRM_ERROR_INVALID, _("“%s” is no point in time like 2026-11-23T14:05:00Z."), text);
      return FALSE;
    }
  crm_values_set_integer (self, field, when);
  return TRUE;
}

static gboolean
parse_choice (CrmValues  *self,
              guint       field,
              const char *text,
              GError    **error)
{
  const CrmField *f = &self->entity->fields[field];
  const char *name = crm_field_find_choice (f, text);
  g_autoptr (GString) names = NULL;

  if (name != NULL)
    {
      crm_values_set_text (self, field, name);
      return TRUE;
    }
  names = g_string_new (NULL);
  for (const CrmChoice *c = f->choices; c->name != NULL; c++)
    g_string_append_printf (names, "%s%s", names->len > 0 ? ", " : "", c->name);
  g_set_error (error, CRM_ERROR, CRM_ERROR_INVALID, _("“%s” is none of: %s."), text, names->str);
  return FALSE;
}

/* "a; b ::: c | a" → "a, b, c": the separators that other programs write. */
static char *
normalise_tags (const char *text)
{
  g_auto (GStrv) parts = NULL;
  g_autoptr (GString) joined = g_string_new (NULL);
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autofree char *unified = g_strdup (text);

  for (char *p = strstr (unified, ":::"); p != NULL; p = strstr (p, ":::"))
    memset (p, ',', 3);
  g_strdelimit (unified, ";|\n", ',');
  parts = g_strsplit (unified, ",", -1);
  for (guint i = 0; parts[i] != NULL; i++)
    {
      const char *tag = g_strstrip (parts[i]);

      if (*tag == '\0' || !g_hash_table_add (seen, crm_fold (tag)))
        continue;
      if (joined->len > 0)
        g_string_append (joined, ", ");
      g_string_append (joined, tag);
    }
  return g_string_free (g_steal_pointer (&joined), FALSE);
}

static gboolean
parse_checked (CrmValues  *self,
               guint       field,
               const char *text,
               GError    **error)
{
  gboolean ok = TRUE;

  switch (self->entity->fields[field].kind)
    {
    case CRM_KIND_PHONE:
      ok = crm_check_phone (text, error);
      break;
    case CRM_KIND_EMAIL:
      ok = crm_check_email (text, error);
      break;
    case CRM_KIND_URL:
      ok = crm_check_url (text, error);
      break;
    default:
      break;
    }
  if (ok)
    crm_values_set_text (self, field, text);
  return ok;
}

static gboolean
parse_by_kind (CrmValues  *self,
               guint       field,
               const char *text,
               GError    **error)
{
  switch (self->entity->fields[field].kind)
    {
    case CRM_KIND_INTEGER:
      return parse_integer (self, field, text, error);
    case CRM_KIND_MONEY:
      return parse_money (self, field, text, error);
    case CRM_KIND_BOOL:
      return parse_boolean (self, field, text, error);
    case CRM_KIND_DATE:
      if (self->entity->fields[field].flags & CRM_FIELD_AHEAD)
        return parse_day_ahead (self, field, text, error);
      return parse_date (self, field, text, error);
    case CRM_KIND_DATETIME:
      return parse_datetime (self, field, text, error);
    case CRM_KIND_CHOICE:
      return parse_choice (self, field, text, error);
    case CRM_KIND_REFERENCE:
      crm_values_set_reference (self, field, 0, text);
      return TRUE;
    case CRM_KIND_TAGS:
      if (self->entity->fields[field].choices != NULL)
        return parse_choice (self, field, text, error);
      crm_values_take_text (self, field, normalise_tags (text));
      return TRUE;
    default:
      return parse_checked (self, field, text, error);
    }
}

gboolean
crm_values_parse (CrmValues   *self,
                  guint        field,
                  const char  *text,
                  GError     **error)
{
  const CrmField *f = &self->entity->fields[field];
  g_autofree char *stripped = g_strdup (text == NULL ? "" : text);
  gboolean ok = FALSE;

  if (f->kind != CRM_KIND_NOTE)
    g_strstrip (stripped);
  if (!g_utf8_validate (stripped, -1, NULL))
    g_set_error_literal (error, CRM_ERROR, CRM_ERROR_INVALID, _("The text is not valid UTF-8."));
  else if (strlen (stripped) > MAX_TEXT_BYTES)
    g_set_error_literal (error, CRM_ERROR, CRM_ERROR_INVALID, _("The text is longer than four million bytes."));
  else if (*stripped == '\0' && (f->flags & CRM_FIELD_REQUIRED))
    g_set_error_literal (error, CRM_ERROR, CRM_ERROR_INVALID, _("It cannot be empty."));
  else if (*stripped == '\0')
    {
      crm_values_set_null (self, field);
      ok = TRUE;
    }
  else
    ok = parse_by_kind (self, field, stripped, error);
  if (!ok)
    g_prefix_error (error, "%s: ", crm_field_get_label (f));
  return ok;
}

gboolean
crm_values_is_plain (const CrmValues *self,
                     guint            field)
{
  CrmFieldKind kind = self->entity->fields[field].kind;
  const char *text = crm_values_get_text (self, field);

  return (kind == CRM_KIND_TEXT || kind == CRM_KIND_NOTE) && text != NULL && g_utf8_validate (text, -1, NULL) &&
         strlen (text) <= MAX_TEXT_BYTES;
}

static char *
list_fields (const CrmEntity *entity)
{
  GString *names = g_string_new (NULL);

  for (guint i = 0; i < entity->n_fields; i++)
    if (!(entity->fields[i].flags & CRM_FIELD_SYSTEM))
      g_string_append_printf (names, "%s%s", names->len > 0 ? ", " : "", entity->fields[i].name);
  return g_string_free (names, FALSE);
}

gboolean
crm_values_parse_named (CrmValues   *self,
                        const char  *field,
                        const char  *text,
                        GError     **error)
{
  int index = crm_entity_find_field (self->entity, field);
  gboolean is_parent = self->entity->parent != NULL && g_strcmp0 (self->entity->parent, field) == 0;
  g_autofree char *names = NULL;
  gint64 id;

  if (is_parent && crm_id_parse (text, &id))
    {
      crm_values_set_reference (self, (guint) index, id, NULL);
      return TRUE;
    }
  if (index >= 0 && (is_parent || !(self->entity->fields[index].flags & CRM_FIELD_SYSTEM)))
    return crm_values_parse (self, (guint) index, text, error);
  names = list_fields (self->entity);
  g_set_error (error, CRM_ERROR, CRM_ERROR_NOT_FOUND, _("%s has no field “%s”. There are: %s."), _(self->entity->label), field,
               names);
  return FALSE;
}
