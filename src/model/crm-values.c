/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crm-config.h"

#include "crm-values.h"

#include <glib/gi18n-lib.h>

#include "crm-check.h"
#include "crm-due.h"
#include "crm-entity.h"
#include "crm-error.h"
#include "crm-fold.h"
#include "crm-id.h"
#include "crm-money.h"
#include "crm-time.h"

#define MAX_TEXT_BYTES (4 * 1024 * 1024)

typedef struct {
  gboolean has_integer;
  gint64   integer;
  char    *text; /* of a reference: the name of the record referred to */
} Value;

struct _CrmValues {
  gint             references;
  const CrmEntity *entity;
  gint64           id;
  guint64          present;
  Value            values[];
};

G_DEFINE_BOXED_TYPE (CrmValues, crm_values, crm_values_ref, crm_values_unref)

CrmValues *
crm_values_new (const CrmEntity *entity,
                gint64           id)
{
  CrmValues *self;

  g_return_val_if_fail (entity != NULL && entity->n_fields <= CRM_MAX_FIELDS, NULL);

  self = g_malloc0 (sizeof *self + entity->n_fields * sizeof (Value));
  self->references = 1;
  self->entity = entity;
  self->id = id;
  return self;
}

CrmValues *
crm_values_ref (CrmValues *self)
{
  g_atomic_int_inc (&self->references);
  return self;
}

void
crm_values_unref (CrmValues *self)
{
  if (!g_atomic_int_dec_and_test (&self->references))
    return;
  for (guint i = 0; i < self->entity->n_fields; i++)
    if (self->values[i].text != NULL)
      g_free (self->values[i].text);
  g_free (self);
}

CrmValues *
crm_values_copy (const CrmValues *self)
{
  CrmValues *copy = crm_values_new (self->entity, self->id);

  crm_values_merge (copy, self);
  return copy;
}

const CrmEntity *
crm_values_get_entity (const CrmValues *self)
{
  return self->entity;
}

gint64
crm_values_get_id (const CrmValues *self)
{
  return self->id;
}

void
crm_values_set_id (CrmValues *self,
                   gint64     id)
{
  self->id = id;
}

static inline guint64
bit (guint field)
{
  return G_GUINT64_CONSTANT (1) << field;
}

gboolean
crm_values_has (const CrmValues *self,
                guint            field)
{
  g_return_val_if_fail (field < self->entity->n_fields, FALSE);

  return (self->present & bit (field)) != 0;
}

gboolean
crm_values_is_null (const CrmValues *self,
                    guint            field)
{
  g_return_val_if_fail (field < self->entity->n_fields, TRUE);

  return !self->values[field].has_integer && self->values[field].text == NULL;
}

const char *
crm_values_get_text (const CrmValues *self,
                     guint            field)
{
  g_return_val_if_fail (field < self->entity->n_fields, NULL);

  return self->values[field].text;
}

gint64
crm_values_get_integer (const CrmValues *self,
                        guint            field)
{
  g_return_val_if_fail (field < self->entity->n_fields, 0);

  return self->values[field].integer;
}

static void
assign (CrmValues *self,
        guint      field,
        gboolean   has_integer,
        gint64     integer,
        char      *text)
{
  g_return_if_fail (field < self->entity->n_fields);

  self->present |= bit (field);
  g_free (self->values[field].text);
  self->values[field] = (Value) { has_integer, integer, text };
}

void
crm_values_take_text (CrmValues *self,
                      guint      field,
                      char      *text)
{
  if (text != NULL && *text == '\0')
    g_clear_pointer (&text, g_free);
  assign (self, field, FALSE, 0, text);
}

void
crm_values_set_text (CrmValues  *self,
                     guint       field,
                     const char *text)
{
  crm_values_take_text (self, field, g_strdup (text));
}

void
crm_values_set_integer (CrmValues *self,
                        guint      field,
                        gint64     value)
{
  assign (self, field, TRUE, value, NULL);
}

void
crm_values_set_reference (CrmValues  *self,
                          guint       field,
                          gint64      id,
                          const char *name)
{
  assign (self, field, id != 0, id, g_strdup (name));
}

void
crm_values_set_null (CrmValues *self,
                     guint      field)
{
  assign (self, field, FALSE, 0, NULL);
}

void
crm_values_unset (CrmValues *self,
                  guint      field)
{
  assign (self, field, FALSE, 0, NULL);
  self->present &= ~bit (field);
}

void
crm_values_merge (CrmValues       *self,
                  const CrmValues *from)
{
  g_return_if_fail (self->entity == from->entity);

  for (guint i = 0; i < self->entity->n_fields; i++)
    if (from->present & bit (i))
      assign (self, i, from->values[i].has_integer, from->values[i].integer, g_strdup (from->values[i].text));
}

void
crm_values_copy_field (CrmValues       *self,
                       const CrmValues *from,
                       guint            field)
{
  g_return_if_fail (self->entity == from->entity);
  g_return_if_fail (field < self->entity->n_fields);

  assign (self, field, from->values[field].has_integer, from->values[field].integer, g_strdup (from->values[field].text));
}

gboolean
crm_values_equal_field (const CrmValues *self,
                        const CrmValues *other,
                        guint            field)
{
  const Value *a = &self->values[field], *b = &other->values[field];

  if (a->has_integer != b->has_integer || a->integer != b->integer)
    return FALSE;
  return a->has_integer || g_strcmp0 (a->text, b->text) == 0;
}

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

/* JSON */

void
crm_values_append_json_text (GString    *into,
                             const char *text)
{
  g_autofree char *valid = g_utf8_validate (text, -1, NULL) ? NULL : g_utf8_make_valid (text, -1);

  const char *p = valid == NULL ? text : valid;

  g_string_append_c (into, '"');
  while (*p != '\0')
    {
      const char *plain = p;

      while ((guchar) *p >= 0x20 && *p != '"' && *p != '\\' && *p != 0x7f)
        p++;
      g_string_append_len (into, plain, p - plain);
      if (*p == '"' || *p == '\\')
        g_string_append_printf (into, "\\%c", *p++);
      else if (*p != '\0')
        g_string_append_printf (into, "\\u%04x", (guint) (guchar) *p++);
    }
  g_string_append_c (into, '"');
}

static void
append_json_tags (GString    *into,
                  const char *text)
{
  g_auto (GStrv) tags = g_strsplit (text == NULL ? "" : text, ", ", -1);

  g_string_append_c (into, '[');
  for (guint i = 0; tags[i] != NULL; i++)
    {
      if (i > 0)
        g_string_append_c (into, ',');
      crm_values_append_json_text (into, tags[i]);
    }
  g_string_append_c (into, ']');
}

static gboolean
is_json_integer (const CrmValues *self,
                 guint            field)
{
  const CrmField *f = &self->entity->fields[field];

  return f->kind == CRM_KIND_INTEGER ||
         (f->kind == CRM_KIND_REFERENCE && self->values[field].has_integer &&
          (self->values[field].text == NULL || g_strcmp0 (self->entity->parent, f->name) == 0));
}

static void
append_json_value (const CrmValues *self,
                   guint            field,
                   GString         *into)
{
  const Value *value = &self->values[field];
  CrmFieldKind kind = self->entity->fields[field].kind;
  g_autofree char *plain = NULL;

  if (kind == CRM_KIND_TAGS)
    append_json_tags (into, value->text);
  else if (crm_values_is_null (self, field))
    g_string_append_len (into, "null", 4);
  else if (is_json_integer (self, field))
    g_string_append_printf (into, "%" G_GINT64_FORMAT, value->integer);
  else if (kind == CRM_KIND_BOOL)
    g_string_append (into, value->integer != 0 ? "true" : "false");
  else if (value->text != NULL)
    crm_values_append_json_text (into, value->text);
  else
    {
      plain = crm_values_to_plain (self, field);
      crm_values_append_json_text (into, plain);
    }
}

/* In one piece: a list of all clients has millions of keys. */
static void
append_json_key (const char *name,
                 GString    *into)
{
  gsize length = strlen (name);
  gsize at = into->len;

  g_string_set_size (into, at + length + 4);
  into->str[at] = ',';
  into->str[at + 1] = '"';
  memcpy (into->str + at + 2, name, length);
  into->str[at + length + 2] = '"';
  into->str[at + length + 3] = ':';
}

void
crm_values_append_json (const CrmValues *self,
                        GString         *into)
{
  g_string_append_printf (into, "{\"id\":%" G_GINT64_FORMAT, self->id);
  for (guint i = 0; i < self->entity->n_fields; i++)
    if (self->present & bit (i))
      {
        append_json_key (self->entity->fields[i].name, into);
        append_json_value (self, i, into);
      }
  g_string_append_c (into, '}');
}
