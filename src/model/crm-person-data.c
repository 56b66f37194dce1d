/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crm-config.h"

#include "crm-person-data.h"

#include <glib/gi18n-lib.h>
#include <json-glib/json-glib.h>
#include <string.h>

#include "crm-history-list.h"
#include "crm-person.h"
#include "crm-time.h"

/* Reading */

void
crm_person_data_free (CrmPersonData *self)
{
  g_clear_pointer (&self->rows, g_ptr_array_unref);
  g_clear_pointer (&self->history, g_ptr_array_unref);
  g_clear_pointer (&self->mentions, g_ptr_array_unref);
  g_free (self);
}

/* Of the person and of what tells of nobody else, newest first */
static gboolean
read_history (CrmPersonData  *self,
              CrmDb          *db,
              GError        **error)
{
  self->history = g_ptr_array_new_with_free_func ((GDestroyNotify) crm_history_entry_free);
  for (guint i = 0; i < self->rows->len; i++)
    {
      const CrmPersonRow *row = self->rows->pdata[i];
      g_autoptr (GPtrArray) entries = NULL;

      if (!crm_entity_is_root (crm_values_get_entity (row->values)) || row->kind == CRM_PERSON_ROW_SHARED)
        continue;
      entries = crm_history_read_record (db, crm_values_get_id (row->values), 0, error);
      if (entries == NULL)
        return FALSE;
      g_ptr_array_extend_and_steal (self->history, g_steal_pointer (&entries));
    }
  return TRUE;
}

CrmPersonData *
crm_person_data_read (CrmDb   *db,
                      gint64   person,
                      GError **error)
{
  g_autoptr (CrmPersonData) self = g_new0 (CrmPersonData, 1);
  g_autoptr (CrmNeedles) names = crm_needles_new ();

  self->at = crm_time_now ();
  self->rows = crm_person_rows_read (db, person, error);
  if (self->rows == NULL || !read_history (self, db, error))
    return NULL;
  crm_person_rows_add_names (self->rows, names);
  self->mentions = crm_mentions_read (db, self->rows, names, error);
  return self->mentions == NULL ? NULL : g_steal_pointer (&self);
}

/* Telling */

static const CrmValues *
get_person (const CrmPersonData *self)
{
  return ((const CrmPersonRow *) self->rows->pdata[0])->values;
}

/* What the base keeps for itself tells nothing of anybody; that something is in the trash does. */
static gboolean
is_told (const CrmField *field)
{
  static const char * const silent[] = { "may_contact", "extra", "next", "photo", NULL };

  return !crm_person_row_is_reference (field) && !g_strv_contains (silent, field->name);
}

/* On a page that is handed out "yesterday" would tell nothing. */
static char *
format_time (gint64 at)
{
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (at / G_USEC_PER_SEC);
  g_autoptr (GDateTime) local = utc != NULL ? g_date_time_to_local (utc) : NULL;

  return local != NULL ? g_date_time_format (local, "%Y-%m-%d %H:%M") : crm_time_to_iso (at);
}

static char *
format_value (const CrmValues *values,
              guint            field)
{
  const CrmField *f = &crm_values_get_entity (values)->fields[field];

  if (!is_told (f) || crm_values_is_null (values, field))
    return NULL;
  return f->kind == CRM_KIND_DATETIME ? format_time (crm_values_get_integer (values, field)) : crm_values_format (values, field);
}

static void
tell_values (const CrmValues     *values,
             const CrmPersonPage *page)
{
  const CrmEntity *entity = crm_values_get_entity (values);

  page->item (page->data);
  for (guint f = 0; f < entity->n_fields; f++)
    {
      g_autofree char *text = format_value (values, f);

      if (text != NULL)
        page->line (page->data, crm_field_get_label (&entity->fields[f]), text);
    }
}

static void
tell_rows (const CrmPersonData *self,
           const CrmPersonPage *page)
{
  const CrmEntity *last = NULL;

  for (guint i = 0; i < self->rows->len; i++)
    {
      const CrmValues *values = ((const CrmPersonRow *) self->rows->pdata[i])->values;
      const CrmEntity *entity = crm_values_get_entity (values);

      if (entity != last)
        page->section (page->data, entity == &crm_person ? _("Identity") : _(entity->plural));
      last = entity;
      tell_values (values, page);
    }
}

static char *
describe_change (const CrmHistoryEntry *entry)
{
  const char *before = entry->before != NULL ? entry->before : "—", *after = entry->after != NULL ? entry->after : "—";

  if (entry->field >= 0)
    return g_strdup_printf ("%s, %s: %s → %s", _(entry->entity->label), crm_field_get_label (&entry->entity->fields[entry->field]), before, after);
  return g_strdup_printf ("%s: %s → %s", _(entry->entity->label), before, after);
}

static void
tell_history (const CrmPersonData *self,
              const CrmPersonPage *page)
{
  if (self->history->len > 0)
    page->section (page->data, _("History"));
  for (guint i = 0; i < self->history->len; i++)
    {
      const CrmHistoryEntry *entry = self->history->pdata[i];
      g_autofree char *when = format_time (entry->at);
      g_autofree char *head = g_strdup_printf ("%s · %s", when, entry->label);
      g_autofree char *change = describe_change (entry);

      page->item (page->data);
      page->line (page->data, head, change);
    }
}

static void
tell_mentions (const CrmPersonData *self,
               const CrmPersonPage *page)
{
  if (self->mentions->len == 0)
    return;
  page->section (page->data, _("Where else the name occurs"));
  page->line (page->data, NULL, _("Somebody else of that name may be meant."));
  for (guint i = 0; i < self->mentions->len; i++)
    {
      const CrmMention *mention = self->mentions->pdata[i];
      g_autofree char *place = g_strdup_printf ("%s %s, %s", _(mention->entity->label), mention->title,
                                                crm_field_get_label (&mention->entity->fields[mention->field]));

      page->item (page->data);
      page->line (page->data, place, mention->text);
    }
}

void
crm_person_data_tell (const CrmPersonData *self,
                      const CrmPersonPage *page)
{
  g_autofree char *title = g_strdup_printf (_("Everything held on %s"), crm_values_get_text (get_person (self), CRM_PERSON_NAME));
  g_autofree char *when = format_time (self->at);

  g_return_if_fail (self != NULL && page != NULL);

  page->title (page->data, title);
  page->line (page->data, _("As of"), when);
  tell_rows (self, page);
  tell_history (self, page);
  tell_mentions (self, page);
}

/* Text */

static void
text_title (gpointer    data,
            const char *text)
{
  g_string_append_printf (data, "%s\n", text);
}

static void
text_section (gpointer    data,
              const char *text)
{
  g_string_append_printf (data, "\n== %s ==\n", text);
}

static void
text_item (gpointer data)
{
  g_string_append_c (data, '\n');
}

static void
text_line (gpointer    data,
           const char *label,
           const char *text)
{
  if (label != NULL)
    g_string_append_printf (data, "%s: ", label);
  g_string_append_printf (data, "%s\n", text);
}

/* HTML */

static void
html_text (GString    *into,
           const char *before,
           const char *text,
           const char *after)
{
  g_autofree char *valid = g_utf8_make_valid (text, -1);
  g_autofree char *escaped = g_markup_escape_text (valid, -1);

  g_string_append_printf (into, "%s%s%s", before, escaped, after);
}

static void
html_title (gpointer    data,
            const char *text)
{
  g_string_append (data, "<!DOCTYPE html>\n<html><head><meta charset=\"utf-8\">\n"
                         "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n");
  html_text (data, "<title>", text, "</title>\n");
  g_string_append (data, "<style>body{font-family:sans-serif;max-width:50em;margin:2em auto;padding:0 1em;line-height:1.4}"
                         "p{margin:.2em 0;white-space:pre-wrap;overflow-wrap:anywhere}hr{border:0;border-top:1px solid #ccc}"
                         "b{color:#555}</style></head>\n<body>\n");
  html_text (data, "<h1>", text, "</h1>\n");
}

static void
html_section (gpointer    data,
              const char *text)
{
  html_text (data, "<h2>", text, "</h2>\n");
}

static void
html_item (gpointer data)
{
  g_string_append (data, "<hr>\n");
}

static void
html_line (gpointer    data,
           const char *label,
           const char *text)
{
  g_string_append (data, "<p>");
  if (label != NULL)
    html_text (data, "<b>", label, ":</b> ");
  html_text (data, "", text, "</p>\n");
}

/* JSON */

static void
append_string (GString    *json,
               const char *name,
               const char *text)
{
  g_autofree char *valid = text == NULL ? NULL : g_utf8_make_valid (text, -1);
  g_autoptr (JsonNode) node = json_node_alloc ();
  g_autofree char *value = NULL;

  value = json_to_string (valid == NULL ? json_node_init_null (node) : json_node_init_string (node, valid), FALSE);
  g_string_append_printf (json, ",\"%s\":%s", name, value);
}

static void
append_rows (const CrmPersonData *self,
             GString             *json)
{
  const CrmEntity *last = NULL;

  for (guint i = 1; i < self->rows->len; i++)
    {
      const CrmValues *values = ((const CrmPersonRow *) self->rows->pdata[i])->values;
      const CrmEntity *entity = crm_values_get_entity (values);

      if (entity != last)
        g_string_append_printf (json, "%s,\n\"%s\":[", last != NULL ? "]" : "", entity->name);
      else
        g_string_append (json, ",\n");
      last = entity;
      crm_values_append_json (values, json);
    }
  if (last != NULL)
    g_string_append_c (json, ']');
}

static void
append_history (const CrmPersonData *self,
                GString             *json)
{
  g_string_append (json, ",\n\"history\":[");
  for (guint i = 0; i < self->history->len; i++)
    {
      const CrmHistoryEntry *entry = self->history->pdata[i];
      g_autofree char *when = crm_time_to_iso (entry->at);

      g_string_append_printf (json, "%s{\"step\":%" G_GINT64_FORMAT, i > 0 ? ",\n" : "", entry->step);
      append_string (json, "at", when);
      append_string (json, "who", entry->who);
      append_string (json, "label", entry->label);
      append_string (json, "entity", entry->entity->name);
      append_string (json, "field", entry->field >= 0 ? entry->entity->fields[entry->field].name : NULL);
      append_string (json, "before", entry->before);
      append_string (json, "after", entry->after);
      g_string_append_c (json, '}');
    }
  g_string_append_c (json, ']');
}

static void
append_mentions (const CrmPersonData *self,
                 GString             *json)
{
  g_string_append (json, ",\n\"mentions\":[");
  for (guint i = 0; i < self->mentions->len; i++)
    {
      const CrmMention *mention = self->mentions->pdata[i];

      g_string_append_printf (json, "%s{\"id\":%" G_GINT64_FORMAT, i > 0 ? ",\n" : "", mention->id);
      append_string (json, "entity", mention->entity->name);
      append_string (json, "field", mention->entity->fields[mention->field].name);
      append_string (json, "title", mention->title);
      append_string (json, "text", mention->text);
      g_string_append_c (json, '}');
    }
  g_string_append_c (json, ']');
}

static void
format_json (const CrmPersonData *self,
             GString             *json)
{
  g_autofree char *when = crm_time_to_iso (self->at);

  g_string_append (json, "{\"format\":1");
  append_string (json, "at", when);
  g_string_append (json, ",\n\"person\":");
  crm_values_append_json (get_person (self), json);
  append_rows (self, json);
  append_history (self, json);
  append_mentions (self, json);
  g_string_append (json, "}\n");
}

char *
crm_person_data_format (const CrmPersonData *self,
                        CrmPersonDataFormat  format)
{
  GString *into = g_string_new (NULL);
  CrmPersonPage text = { into, text_title, text_section, text_item, text_line };
  CrmPersonPage html = { into, html_title, html_section, html_item, html_line };

  if (format == CRM_PERSON_DATA_JSON)
    format_json (self, into);
  else
    crm_person_data_tell (self, format == CRM_PERSON_DATA_HTML ? &html : &text);
  if (format == CRM_PERSON_DATA_HTML)
    g_string_append (into, "</body></html>\n");
  return g_string_free (into, FALSE);
}

gboolean
crm_person_data_guess_format (const char          *name,
                              CrmPersonDataFormat *format)
{
  static const char * const ends[] = { ".json", ".html", ".txt" };

  for (guint i = 0; i < G_N_ELEMENTS (ends); i++)
    {
      gsize length = strlen (name), end = strlen (ends[i]);

      if (length > end && g_ascii_strcasecmp (name + length - end, ends[i]) == 0)
        {
          *format = (CrmPersonDataFormat) i;
          return TRUE;
        }
    }
  return FALSE;
}
