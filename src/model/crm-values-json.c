/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crm-config.h"

#include "crm-values-private.h"

#include <string.h>

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
  const CrmValue *value = &self->values[field];
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
    if (crm_values_has (self, i))
      {
        append_json_key (self->entity->fields[i].name, into);
        append_json_value (self, i, into);
      }
  g_string_append_c (into, '}');
}
