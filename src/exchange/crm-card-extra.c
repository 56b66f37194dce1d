/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crm-config.h"

#include "crm-card-extra.h"

#include <json-glib/json-glib.h>
#include <string.h>

#include "crm-values.h"
#include "crm-vcard-reader.h"

#define MEMBER "vcard"

struct _CrmCardExtra {
  JsonObject *others; /* NULL: none */
  GPtrArray  *lines;
  gsize       bytes;
};

/* Of its property, without its group */
static const char *
get_name (const char *line,
          gsize      *length)
{
  gsize head = strcspn (line, ";:");
  const char *dot = memchr (line, '.', head);

  if (dot != NULL)
    {
      head -= (gsize) (dot + 1 - line);
      line = dot + 1;
    }
  *length = head;
  return line;
}

/* "ORG:ak gida;Sales", "ORG;ALTID=ak gida;LANGUAGE=en:Ak Food" */
const char *
crm_card_line_get_key (const char *line,
                       gsize      *length)
{
  const char *name = get_name (line, length);

  if (*length == strlen ("ORG") && g_ascii_strncasecmp (name, "ORG", *length) == 0)
    *length += name[*length] == ':' ? 1 + strcspn (name + *length + 1, ";") : strcspn (name + *length, ":");
  return name;
}

gboolean
crm_card_line_is (const char *line,
                  const char *name)
{
  gsize length;
  const char *own = get_name (line, &length);

  return strlen (name) == length && g_ascii_strncasecmp (own, name, length) == 0;
}

static gboolean
same_property (const char *a,
               const char *b)
{
  gsize a_length, b_length;

  a = crm_card_line_get_key (a, &a_length);
  b = crm_card_line_get_key (b, &b_length);
  return a_length == b_length && g_ascii_strncasecmp (a, b, a_length) == 0;
}

static void
add_line (CrmCardExtra *self,
          const char   *line)
{
  g_ptr_array_add (self->lines, g_strdup (line));
  self->bytes += strlen (line);
}

static void
take_lines (CrmCardExtra *self,
            JsonNode     *node)
{
  JsonArray *array = node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;

  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    {
      JsonNode *line = json_array_get_element (array, i);

      if (JSON_NODE_HOLDS_VALUE (line) && json_node_get_value_type (line) == G_TYPE_STRING)
        add_line (self, json_node_get_string (line));
    }
}

CrmCardExtra *
crm_card_extra_new (const char *json)
{
  CrmCardExtra *self = g_new0 (CrmCardExtra, 1);
  g_autoptr (JsonNode) node = json == NULL ? NULL : json_from_string (json, NULL);

  self->lines = g_ptr_array_new_with_free_func (g_free);
  if (node == NULL || !JSON_NODE_HOLDS_OBJECT (node))
    return self;
  self->others = json_node_dup_object (node);
  take_lines (self, json_object_get_member (self->others, MEMBER));
  if (json_object_has_member (self->others, MEMBER))
    json_object_remove_member (self->others, MEMBER);
  return self;
}

void
crm_card_extra_free (CrmCardExtra *self)
{
  g_clear_pointer (&self->others, json_object_unref);
  g_ptr_array_unref (self->lines);
  g_free (self);
}

gboolean
crm_card_extra_has (const CrmCardExtra *self,
                    const char         *line)
{
  return g_ptr_array_find_with_equal_func (self->lines, line, g_str_equal, NULL);
}

char *
crm_card_extra_get_all (const CrmCardExtra *self,
                        const char         *line)
{
  g_autoptr (GString) all = g_string_new (NULL);

  for (guint i = 0; i < self->lines->len; i++)
    if (same_property (g_ptr_array_index (self->lines, i), line))
      g_string_append_printf (all, "%s%s", all->len > 0 ? "\n" : "", (const char *) g_ptr_array_index (self->lines, i));
  return all->len == 0 ? NULL : g_string_free (g_steal_pointer (&all), FALSE);
}

gboolean
crm_card_extra_add (CrmCardExtra *self,
                    const char   *line)
{
  if (crm_card_extra_has (self, line))
    return TRUE;
  if (self->bytes + strlen (line) > CRM_CARD_EXTRA_MAX_BYTES)
    return FALSE;
  add_line (self, line);
  return TRUE;
}

void
crm_card_extra_drop (CrmCardExtra *self,
                     const char   *line)
{
  for (guint i = self->lines->len; i > 0; i--)
    if (same_property (g_ptr_array_index (self->lines, i - 1), line))
      {
        self->bytes -= strlen (g_ptr_array_index (self->lines, i - 1));
        g_ptr_array_remove_index (self->lines, i - 1);
      }
}

static void
append_lines (GString         *into,
              const GPtrArray *lines)
{
  g_string_append_c (into, '[');
  for (guint i = 0; i < lines->len; i++)
    {
      if (i > 0)
        g_string_append_c (into, ',');
      crm_values_append_json_text (into, g_ptr_array_index (lines, i));
    }
  g_string_append_c (into, ']');
}

char *
crm_card_lines_to_json (const GPtrArray *lines)
{
  GString *json;

  if (lines->len == 0)
    return NULL;
  json = g_string_new ("{\"" MEMBER "\":");
  append_lines (json, lines);
  g_string_append_c (json, '}');
  return g_string_free (json, FALSE);
}

char *
crm_card_extra_to_json (const CrmCardExtra *self)
{
  g_autoptr (JsonArray) array = NULL;
  g_autoptr (JsonNode) node = NULL;

  if (self->others == NULL || json_object_get_size (self->others) == 0)
    return crm_card_lines_to_json (self->lines);
  array = json_array_new ();
  for (guint i = 0; i < self->lines->len; i++)
    json_array_add_string_element (array, g_ptr_array_index (self->lines, i));
  node = json_node_alloc ();
  json_node_init_object (node, self->others);
  if (self->lines->len > 0)
    json_object_set_array_member (self->others, MEMBER, g_steal_pointer (&array));
  return json_to_string (node, FALSE);
}

CrmVcard *
crm_card_extra_to_vcard (const CrmCardExtra *self)
{
  GString *text = g_string_new ("BEGIN:VCARD\r\nVERSION:4.0\r\n");
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (CrmVcardReader) reader = NULL;
  CrmVcard *card;

  for (guint i = 0; i < self->lines->len; i++)
    g_string_append_printf (text, "%s\r\n", (const char *) g_ptr_array_index (self->lines, i));
  g_string_append (text, "END:VCARD\r\n");
  bytes = g_string_free_to_bytes (text);
  reader = crm_vcard_reader_new_for_bytes (bytes);
  card = crm_vcard_reader_next (reader, NULL);
  return card != NULL ? card : crm_vcard_new (CRM_VCARD_4_0);
}
