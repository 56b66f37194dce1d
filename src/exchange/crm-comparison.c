/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crm-config.h"

#include "crm-comparison.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>
#include <string.h>

#include "crm-address.h"
#include "crm-card-extra.h"
#include "crm-claims.h"
#include "crm-contact-point.h"
#include "crm-fold.h"
#include "crm-person.h"
#include "crm-position.h"
#include "crm-sql.h"

/* Of a line of a card, which may be a picture. */
#define MAX_SHOWN_CHARS 100

struct _CrmComparison {
  CrmDb                  *db;
  CrmMatcher             *matcher;
  const CrmImportLinks   *links;
  CrmKnown               *known;
  const CrmImportSubject *subject;
  CrmDecision            *decision;
  CrmCurrent              current;
  gboolean                skips_name; /* of the row: it is left out */
};

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

static void
leave_out (CrmComparison *self,
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
      leave_out (self, client, field, text != NULL ? text : crm_values_get_text (row->values, field));
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

/* What is kept of cards */

static char *
shorten (const char *text)
{
  glong n = text == NULL ? 0 : g_utf8_strlen (text, -1);

  return n <= MAX_SHOWN_CHARS ? g_strdup (text) : g_strdup_printf ("%.*s…", (int) (g_utf8_offset_to_pointer (text, MAX_SHOWN_CHARS) - text), text);
}

static gboolean
is_own_uid (CrmComparison *self,
            guint32        client,
            const char    *line)
{
  gint64 id = crm_known_get_id (self->known, client);

  return id != 0 && crm_card_line_is (line, "UID") && crm_known_is_uid_of (line + strlen ("UID:"), id);
}

static gboolean
has_kept (CrmComparison      *self,
          guint32             client,
          const CrmCardExtra *extra,
          const char         *line)
{
  return crm_claims_have_kept (self->known, client, line) || is_own_uid (self, client, line) ||
         (!crm_claims_have_replaced_kept (self->known, client, line) && crm_card_extra_has (extra, line));
}

/* What the base has of a property makes room for what the file says of it first. A UID is one more. */
static void
replace_kept (CrmComparison      *self,
              guint32             client,
              const CrmCardExtra *extra,
              const char         *line)
{
  g_autofree char *before = NULL;
  g_autofree char *shown = NULL;
  g_autofree char *after = shorten (line);

  if (!crm_card_line_is (line, "UID") && !crm_claims_have_kept_property (self->known, client, line))
    before = crm_card_extra_get_all (extra, line);
  shown = shorten (before);
  if (before != NULL)
    g_ptr_array_add (self->decision->replaced, (gpointer) line);
  crm_decision_add_field (self->decision, self->subject->extra, shown, after);
}

static gboolean
is_replaced (CrmComparison *self,
             const char    *line)
{
  gsize length;
  const char *name = crm_card_line_get_name (line, &length);

  for (guint i = 0; i < self->decision->replaced->len; i++)
    {
      gsize other_length;
      const char *other = crm_card_line_get_name (g_ptr_array_index (self->decision->replaced, i), &other_length);

      if (length == other_length && g_ascii_strncasecmp (name, other, length) == 0)
        return TRUE;
    }
  return FALSE;
}

/* Does the file say it of the client already? Of what there is but one of, the first counts. */
static gboolean
is_settled (CrmComparison *self,
            guint32        client,
            const char    *line)
{
  static const char * const single[] = { "N", "PHOTO", "LOGO", "NICKNAME", "TITLE", "ROLE", "ORG", "BDAY", "ANNIVERSARY", "GENDER", "LANG", NULL };
  g_autofree char *shown = NULL;

  for (guint i = 0; single[i] != NULL; i++)
    if (crm_card_line_is (line, single[i]) && crm_claims_have_kept_property (self->known, client, line))
      {
        shown = shorten (line);
        leave_out (self, client, self->subject->extra, shown);
        return TRUE;
      }
  return FALSE;
}

static void
compare_kept (CrmComparison      *self,
              const CrmImportRow *row,
              guint32             client)
{
  g_autoptr (CrmCardExtra) extra = crm_card_extra_new (crm_values_get_text (self->current.values, self->subject->extra));

  for (guint i = 0; i < row->kept->len; i++)
    {
      char *line = g_ptr_array_index (row->kept, i);

      if (is_replaced (self, line) || has_kept (self, client, extra, line) || is_settled (self, client, line))
        continue;
      replace_kept (self, client, extra, line);
      g_ptr_array_add (self->decision->kept, line);
    }
  /* Of a property that makes room all lines of the row come in its place. */
  for (guint i = 0; i < row->kept->len; i++)
    {
      char *line = g_ptr_array_index (row->kept, i);

      if (is_replaced (self, line) && !g_ptr_array_find (self->decision->kept, line, NULL))
        g_ptr_array_add (self->decision->kept, line);
    }
}

/* Where a person works */

static gboolean
find_position (CrmComparison        *self,
               const CrmFirmName    *firm,
               CrmValues           **found,
               GError              **error)
{
  g_autoptr (GPtrArray) positions = NULL;
  gint64 id = crm_values_get_id (self->current.values);

  *found = NULL;
  if (id == 0)
    return TRUE;
  positions = crm_sql_read_children (self->db, &crm_position, id, error);
  for (guint i = 0; positions != NULL && *found == NULL && i < positions->len; i++)
    {
      CrmValues *position = g_ptr_array_index (positions, i);

      if (crm_known_firm_key (crm_values_get_text (position, CRM_POSITION_CLIENT)) == firm->key)
        *found = crm_values_ref (position);
    }
  return positions != NULL;
}

static void
compare_role (CrmComparison      *self,
              const CrmImportRow *row,
              const CrmValues    *position)
{
  const char *role = crm_values_get_text (row->values, CRM_PERSON_ROLE);
  const char *now = crm_values_get_text (position, CRM_POSITION_ROLE);

  /* Who has left since is not brought back by an old card. */
  if (role == NULL || g_strcmp0 (role, now) == 0 || g_strcmp0 (crm_values_get_text (position, CRM_POSITION_KIND), "current") != 0)
    return;
  self->decision->position = crm_values_get_id (position);
  crm_decision_add_field (self->decision, CRM_PERSON_ROLE, now, role);
}

static gboolean
compare_position (CrmComparison       *self,
                  const CrmImportRow  *row,
                  guint32              client,
                  GError             **error)
{
  const char *role = crm_values_get_text (row->values, CRM_PERSON_ROLE);
  g_autoptr (CrmValues) position = NULL;

  if (crm_claims_have_firm (self->known, client, &row->firm))
    {
      if (role != NULL && !crm_claims_have_role (self->known, client, &row->firm, role))
        leave_out (self, client, CRM_PERSON_ROLE, role);
      return TRUE;
    }
  if (!find_position (self, &row->firm, &position, error))
    return FALSE;
  if (position != NULL)
    {
      compare_role (self, row, position);
      return TRUE;
    }
  self->decision->takes_position = TRUE;
  crm_decision_add_field (self->decision, CRM_PERSON_FIRM, NULL, row->firm.name);
  return TRUE;
}

/* Addresses */

static gboolean
has_address (GPtrArray       *addresses,
             const CrmValues *address)
{
  guint32 hash = crm_claims_hash_address (address);

  for (guint i = 0; i < addresses->len; i++)
    if (crm_claims_hash_address (g_ptr_array_index (addresses, i)) == hash)
      return TRUE;
  return FALSE;
}

static void
add_address (CrmComparison *self,
             CrmValues     *address)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = CRM_ADDRESS_STREET; i <= CRM_ADDRESS_COUNTRY; i++)
    if (!crm_values_is_null (address, i))
      g_string_append_printf (text, "%s%s", text->len > 0 ? ", " : "", crm_values_get_text (address, i));
  g_ptr_array_add (self->decision->addresses, address);
  crm_decision_add_difference (self->decision, _("Address"), NULL, text->str);
}

static gboolean
is_of_address (const CrmComparison *self,
               guint                field)
{
  const CrmThrough *through = self->subject->entity->fields[field].through;

  return through != NULL && strcmp (through->entity, crm_address.name) == 0;
}

/* The main one of the card changes the main one there is, unless the client has it as another already. */
static gboolean
compare_addresses (CrmComparison       *self,
                   const CrmImportRow  *row,
                   guint32              client,
                   gboolean            *has_main,
                   GError             **error)
{
  gint64 id = crm_values_get_id (self->current.values);
  g_autoptr (GPtrArray) addresses =
    id == 0 ? g_ptr_array_new () : crm_sql_read_children (self->db, &crm_address, id, error);

  if (addresses == NULL)
    return FALSE;
  *has_main = FALSE;
  for (guint i = 0; i < row->addresses->len; i++)
    {
      CrmValues *address = g_ptr_array_index (row->addresses, i);

      if (has_address (addresses, address) || crm_claims_have_address (self->known, client, address))
        *has_main |= i == 0;
      else if (i > 0)
        add_address (self, address);
    }
  return TRUE;
}

/* Name and all */

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
      leave_out (self, client, self->subject->name, crm_values_get_text (row->values, self->subject->name));
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
  if (row->firm.name != NULL && !compare_position (self, row, client, error))
    return FALSE;
  return row->addresses->len == 0 || compare_addresses (self, row, client, has_main_address, error);
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
  compare_kept (self, row, client);
  self->decision->verdict = self->decision->differences->len == 0 ? CRM_VERDICT_UNCHANGED : CRM_VERDICT_CHANGED;
  return TRUE;
}
