/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crm-config.h"

#include "crm-comparison-private.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>
#include <string.h>

#include "crm-address.h"
#include "crm-claims.h"
#include "crm-contact-point.h"
#include "crm-fold.h"
#include "crm-person.h"
#include "crm-position.h"

CrmComparison *
crm_comparison_new (CrmDb                *db,
                    CrmMatcher           *matcher,
                    const CrmImportLinks *links,
                    CrmDecision          *decision)
{
  CrmComparison *self = g_new0 (CrmComparison, 1);

  self->db = db;
  self->matcher = matcher;
  self->links = links;
  self->known = crm_matcher_get_known (matcher);
  self->subject = decision->subject;
  self->decision = decision;
  return self;
}

void
crm_comparison_free (CrmComparison *self)
{
  crm_current_clear (&self->current);
  g_free (self);
}

const CrmCurrent *
crm_comparison_get_current (const CrmComparison *self)
{
  return &self->current;
}

/* Fields */

static gboolean
is_same (const CrmValues *current,
         const CrmValues *row,
         guint            field)
{
  g_autofree char *a = NULL;
  g_autofree char *b = NULL;

  if (crm_values_get_entity (row)->fields[field].kind != CRM_KIND_REFERENCE)
    return crm_values_equal_field (current, row, field);
  a = crm_fold (crm_values_get_text (current, field));
  b = crm_fold (crm_values_get_text (row, field));
  return strcmp (a, b) == 0;
}

void
crm_comparison_leave_out (CrmComparison *self,
                          guint32        client,
                          guint          field,
                          const char    *text)
{
  g_ptr_array_add (self->decision->warnings,
                   /* Translators: the name of a field and a value */
                   g_strdup_printf (_("Line %" PRIu64 " is about the same client and says otherwise: %s “%s” is left out."),
                                    crm_known_get_line (self->known, client), crm_field_get_label (&self->subject->entity->fields[field]), text));
}

/*
 * To a client, whose id is put in if it is known. What would lead the client back to itself waits like what is not known: a later row may undo the
 * circle, as it would if the file were imported again.
 */
static void
take_reference (CrmComparison      *self,
                const CrmImportRow *row,
                guint32             client,
                guint               field)
{
  const char *name = crm_values_get_text (row->values, field);
  guint32 found;

  if (crm_matcher_find_named (self->matcher, name, client, &found) && !crm_import_links_leads (self->links, field, found, client))
    {
      crm_values_set_reference (self->decision->changes, field, crm_known_get_id (self->known, found), name);
      crm_decision_add_field (self->decision, field, crm_values_get_text (self->current.values, field), name);
      crm_decision_add_warning (self->decision, crm_matcher_describe_choice (self->matcher, crm_field_get_label (&crm_client.fields[field]), name, client));
    }
  else
    {
      CrmImportReference reference = { field, g_strdup (name) };

      g_array_append_val (self->decision->references, reference);
    }
}

static gboolean
is_link (const CrmComparison *self,
         guint                field)
{
  return self->subject == &crm_import_client && crm_import_links_is_link (field);
}

static void
take_field (CrmComparison      *self,
            const CrmImportRow *row,
            guint32             client,
            guint               field)
{
  CrmValues *changes = self->decision->changes;
  g_autoptr (CrmValues) single = crm_values_new (self->subject->entity, 0);
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;

  if (is_link (self, field))
    {
      take_reference (self, row, client, field);
      return;
    }
  if (self->subject->entity->fields[field].kind == CRM_KIND_REFERENCE)
    crm_values_set_reference (changes, field, 0, crm_values_get_text (row->values, field));
  else if (crm_values_get_text (row->values, field) != NULL)
    crm_values_set_text (changes, field, crm_values_get_text (row->values, field));
  else
    crm_values_set_integer (changes, field, crm_values_get_integer (row->values, field));
  crm_values_merge (single, self->current.values);
  crm_values_merge (single, changes);
  before = crm_values_format (self->current.values, field);
  after = crm_values_format (single, field);
  crm_decision_add_field (self->decision, field, before, after);
}

static void
compare_field (CrmComparison      *self,
               const CrmImportRow *row,
               guint32             client,
               guint               field)
{
  if (crm_known_is_claimed (self->known, client, (guint16) field))
    {
      g_autofree char *text = NULL;

      if (crm_claims_have_value (self->known, client, row->values, field))
        return;
      text = crm_values_format (row->values, field);
      crm_comparison_leave_out (self, client, field, text != NULL ? text : crm_values_get_text (row->values, field));
    }
  else if (!is_same (self->current.values, row->values, field))
    take_field (self, row, client, field);
}

static void
compare_tags (CrmComparison      *self,
              const CrmImportRow *row,
              guint32             client)
{
  const char *now = crm_values_get_text (self->current.values, (guint) self->subject->tags);
  g_auto (GStrv) tags = g_strsplit (crm_values_get_text (row->values, (guint) self->subject->tags), ", ", -1);
  g_auto (GStrv) has = g_strsplit (now == NULL ? "" : now, ", ", -1);
  g_autoptr (GHashTable) folded = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; has[i] != NULL; i++)
    g_hash_table_add (folded, crm_fold (has[i]));
  for (guint i = 0; tags[i] != NULL; i++)
    {
      g_autofree char *tag = crm_fold (tags[i]);

      if (g_hash_table_contains (folded, tag) || crm_claims_have_tag (self->known, client, tag))
        continue;
      g_ptr_array_add (self->decision->tags, g_strdup (tags[i]));
      crm_decision_add_field (self->decision, (guint) self->subject->tags, NULL, tags[i]);
    }
}

/* Phones and e-mails */

static gboolean
has_point (CrmComparison        *self,
           guint32               client,
           const CrmImportPoint *point)
{
  if (crm_claims_have_point (self->known, client, point->key))
    return TRUE;
  return !crm_claims_have_replaced_point (self->known, client, point->key) && crm_current_has_point (&self->current, point);
}

/* By this row or an earlier one */
static gboolean
is_said (CrmComparison      *self,
         const CrmImportRow *row,
         guint32             client,
         const CrmValues    *point)
{
  guint64 key = point == NULL ? 0 : crm_current_point_key (point);

  if (point != NULL && crm_claims_have_point (self->known, client, key))
    return TRUE;
  for (guint i = 0; i < row->points->len && point != NULL; i++)
    if ((guint32) g_array_index (row->points, CrmImportPoint, i).key == (guint32) key)
      return TRUE;
  return FALSE;
}

/*
 * Does the first of a field take the place of the main one? Not if the file speaks of that, too: then it is a further one. What a card says is one
 * more: address books have of each what they happen to know.
 */
static gboolean
is_for_main (CrmComparison        *self,
             const CrmImportRow   *row,
             guint32               client,
             const CrmImportPoint *point)
{
  return row->mapping != NULL && self->subject->through[point->kind] >= 0 && crm_import_row_get_point (row, point->kind) == point &&
         !crm_claims_have_kind (self->known, client, point->kind) &&
         !is_said (self, row, client, crm_current_get_main_point (&self->current, point->kind));
}

static void
compare_points (CrmComparison      *self,
                const CrmImportRow *row,
                guint32             client)
{
  for (guint i = 0; i < row->points->len; i++)
    {
      CrmImportPoint *point = &g_array_index (row->points, CrmImportPoint, i);
      const CrmValues *main_point = NULL;

      if (has_point (self, client, point))
        continue;
      if (is_for_main (self, row, client, point))
        {
          main_point = crm_current_get_main_point (&self->current, point->kind);
          crm_values_set_text (self->decision->changes, (guint) self->subject->through[point->kind], point->value);
        }
      else
        g_ptr_array_add (self->decision->points, point);
      crm_decision_add_difference (self->decision, crm_point_kind_get_label (point->kind),
                                   main_point == NULL ? NULL : crm_values_get_text (main_point, CRM_CONTACT_POINT_VALUE), point->value);
    }
}

/* Notes */

static GHashTable *
get_lines (const char *text)
{
  g_auto (GStrv) lines = g_strsplit (text == NULL ? "" : text, "\n", -1);
  GHashTable *set = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; lines[i] != NULL; i++)
    g_hash_table_add (set, g_strdup (g_strstrip (lines[i])));
  return set;
}

/* @has: lines of the client's notes. @missing: (nullable): receives the lines of @text that are not among them. */
static gboolean
has_lines (CrmComparison *self,
           guint32        client,
           GHashTable    *has,
           const char    *text,
           CrmDecision   *missing)
{
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  gboolean all = TRUE;

  for (guint i = 0; lines[i] != NULL; i++)
    {
      const char *line = g_strstrip (lines[i]);

      if (*line == '\0' || g_hash_table_contains (has, line) || crm_claims_have_note_line (self->known, client, line))
        continue;
      all = FALSE;
      if (missing != NULL)
        crm_decision_add_note (missing, line);
    }
  return all;
}

static void
compare_notes (CrmComparison      *self,
               const CrmImportRow *row,
               guint32             client)
{
  guint notes = self->subject->notes;
  const char *now = crm_values_get_text (self->current.values, notes);
  g_autoptr (GHashTable) has = get_lines (crm_claims_have_replaced_notes (self->known, client) ? NULL : now);
  GString *more = self->decision->more_notes;
  gboolean replaces = !has_lines (self, client, has, row->notes->str, NULL) && !crm_claims_are_noted (self->known, client);

  if (replaces)
    {
      g_hash_table_remove_all (has);
      crm_decision_add_note (self->decision, row->notes->str);
    }
  else
    has_lines (self, client, has, row->notes->str, self->decision);
  for (guint i = 0; i < row->remarks->len; i++)
    has_lines (self, client, has, g_ptr_array_index (row->remarks, i), self->decision);
  if (more->len == 0)
    return;
  crm_decision_add_field (self->decision, notes, replaces ? now : NULL, more->str);
  if (replaces)
    {
      crm_values_set_text (self->decision->changes, notes, more->str);
      g_string_truncate (more, 0);
    }
}

/* Name and all */

static gboolean
is_of_address (const CrmComparison *self,
               guint                field)
{
  const CrmThrough *through = self->subject->entity->fields[field].through;

  return through != NULL && strcmp (through->entity, crm_address.name) == 0;
}

/* A card that calls somebody the same but for capitals, or a firm by its short name, knows no better. */
static gboolean
keeps_name (CrmComparison      *self,
            const CrmImportRow *row,
            guint32             client)
{
  const CrmRowKeys *keys = &row->keys;

  return row->mapping == NULL && (row->is_nameless || crm_known_has (self->known, client, keys->by_kind[CRM_KEY_NAME]) ||
                                  (keys->plain == keys->by_kind[CRM_KEY_NAME] && crm_row_keys_name (keys, self->known, client)));
}

/* Cards of people call a firm by its name: by another one it would be found no more. */
static gboolean
may_be_renamed (CrmComparison      *self,
                const CrmImportRow *row,
                guint32             client)
{
  if (crm_known_get_line (self->known, client) > 0)
    return FALSE;
  return row->mapping != NULL || self->subject != &crm_import_client || crm_row_keys_name (&row->keys, self->known, client);
}

/* The name was claimed with the first row about the client. */
static gboolean
compare_name (CrmComparison      *self,
              const CrmImportRow *row,
              guint32             client)
{
  guint64 line = crm_known_get_line (self->known, client);

  if (keeps_name (self, row, client))
    return TRUE;
  if (may_be_renamed (self, row, client))
    {
      if (!is_same (self->current.values, row->values, self->subject->name))
        take_field (self, row, client, self->subject->name);
      return TRUE;
    }
  if (crm_row_keys_name (crm_matcher_get_keys (self->matcher), self->known, client))
    return TRUE;
  /* The UID says that it is the same all the same. */
  if (crm_known_has (self->known, client, row->keys.by_kind[CRM_KEY_UID]))
    {
      self->skips_name = TRUE;
      crm_comparison_leave_out (self, client, self->subject->name, crm_values_get_text (row->values, self->subject->name));
      return TRUE;
    }
  self->decision->has_other_name = TRUE;
  crm_decision_reject (self->decision,
                       g_strdup_printf (_("Line %" PRIu64 " is about the same client, but by another name than “%s”."), line,
                                        crm_values_get_text (row->values, self->subject->name)));
  return FALSE;
}

/* Not what is several, or a child that is compared as such. */
static gboolean
is_compared_alone (const CrmComparison *self,
                   guint                field)
{
  const CrmThrough *through = self->subject->entity->fields[field].through;

  if (self->skips_name && self->subject == &crm_import_person && (field == CRM_PERSON_GIVEN || field == CRM_PERSON_FAMILY))
    return FALSE;
  return field != self->subject->name && (int) field != self->subject->tags &&
         (through == NULL || strcmp (through->entity, crm_position.name) != 0);
}

static gboolean
compare_children (CrmComparison       *self,
                  const CrmImportRow  *row,
                  guint32              client,
                  gboolean            *has_main_address,
                  GError             **error)
{
  *has_main_address = FALSE;
  if (row->jobs->len > 0 && !crm_comparison_compare_jobs (self, row, client, error))
    return FALSE;
  if (row->picture != NULL && !crm_comparison_compare_picture (self, row, client, error))
    return FALSE;
  return row->addresses->len == 0 || crm_comparison_compare_addresses (self, row, client, has_main_address, error);
}

gboolean
crm_comparison_run (CrmComparison       *self,
                    const CrmImportRow  *row,
                    guint32              client,
                    GError             **error)
{
  gboolean has_main_address;

  crm_decision_reset (self->decision);
  if (crm_known_is_full (self->known, client))
    {
      crm_decision_reject (self->decision, g_strdup (_("Too many rows are about the same client.")));
      return TRUE;
    }
  if (!crm_current_read (&self->current, self->db, self->known, client, error))
    return FALSE;
  self->decision->client = client;
  self->skips_name = FALSE;
  if (!compare_name (self, row, client))
    return TRUE;
  if (!compare_children (self, row, client, &has_main_address, error))
    return FALSE;
  for (guint i = 0; i < self->subject->entity->n_fields; i++)
    if (crm_values_has (row->values, i) && is_compared_alone (self, i) && !(has_main_address && is_of_address (self, i)))
      compare_field (self, row, client, i);
  if (self->subject->tags >= 0 && crm_values_has (row->values, (guint) self->subject->tags))
    compare_tags (self, row, client);
  compare_points (self, row, client);
  compare_notes (self, row, client);
  crm_comparison_compare_kept (self, row, client);
  self->decision->verdict = self->decision->differences->len == 0 ? CRM_VERDICT_UNCHANGED : CRM_VERDICT_CHANGED;
  return TRUE;
}
