/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crm-config.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>
#include <string.h>

#include "crm-client.h"
#include "crm-contact-point.h"
#include "crm-error.h"
#include "crm-fold.h"
#include "crm-import-private.h"
#include "crm-sql.h"
#include "crm-through.h"

/* Of several clients that may be meant so many are looked at. */
#define MAX_CANDIDATES 64

/* So many of those with another key of the row, to find the one that has both. */
#define MAX_NEIGHBOURS 1000

/* What the file can say of a client besides its fields, whose topics are their indexes. */
enum {
  TOPIC_POINT = CRM_MAX_FIELDS,
  TOPIC_FOLDED_CITY,
  TOPIC_REPLACED_POINT,
  TOPIC_TAG,
  TOPIC_NOTE_LINE,
  TOPIC_REPLACED_NOTES,
};

/* The client as it stands in the base, before this file. */
typedef struct {
  CrmValues *values;
  GPtrArray *points; /* of CrmValues, main ones first */
} Current;

/* Clients that a row may mean. */
typedef struct {
  guint32    clients[MAX_CANDIDATES]; /* the likely ones first */
  guint      n;
  guint      n_likely; /* those that have most of the row's other keys, too */
  CrmKeyKind kind;     /* by which they were found */
  gboolean   is_surest; /* of the kinds that the row has */
} Candidates;

struct _CrmDecider {
  CrmDb                  *db;
  const CrmImportOptions *options;
  CrmKnown               *known;
  GArray                 *chain;            /* of CrmKeyKind: keys to try, the surest first */
  guint64                 keys[CRM_N_KEYS]; /* of the row, but for phones and e-mails */
  guint32                 folded_city;      /* of the row, hashed; 0: it names none */
  GArray                 *all_keys;         /* of guint64: these and those of its phones and e-mails, the surest first */
  Current                 current;
  CrmDecision             decision;
  guint                   n_others;         /* candidates of an earlier row that has another name */
  GArray                 *same;             /* of guint32: further candidates of whom the row says nothing new */
};

static void
clear_reference (gpointer data)
{
  CrmImportReference *reference = data;

  g_free (reference->name);
}

static void
decision_init (CrmDecision *self)
{
  self->points = g_ptr_array_new ();
  self->tags = g_ptr_array_new_with_free_func (g_free);
  self->more_notes = g_string_new (NULL);
  self->references = g_array_new (FALSE, TRUE, sizeof (CrmImportReference));
  g_array_set_clear_func (self->references, clear_reference);
  self->differences = crm_import_differences_new ();
  self->warnings = g_ptr_array_new_with_free_func (g_free);
}

static void
decision_reset (CrmDecision *self)
{
  g_clear_pointer (&self->changes, crm_values_unref);
  g_clear_pointer (&self->reason, g_free);
  g_string_truncate (self->more_notes, 0);
  g_ptr_array_set_size (self->points, 0);
  if (self->tags->len > 0)
    g_ptr_array_set_size (self->tags, 0);
  if (self->references->len > 0)
    g_array_set_size (self->references, 0);
  if (self->differences->len > 0)
    g_array_set_size (self->differences, 0);
  if (self->warnings->len > 0)
    g_ptr_array_set_size (self->warnings, 0);
  self->changes = crm_values_new (&crm_client, 0);
}

static void
decision_clear (CrmDecision *self)
{
  decision_reset (self);
  crm_values_unref (self->changes);
  g_ptr_array_unref (self->points);
  g_ptr_array_unref (self->tags);
  g_string_free (self->more_notes, TRUE);
  g_array_unref (self->references);
  g_array_unref (self->differences);
  g_ptr_array_unref (self->warnings);
}

static void
current_clear (Current *self)
{
  g_clear_pointer (&self->values, crm_values_unref);
  g_clear_pointer (&self->points, g_ptr_array_unref);
}

/* Keys */

static gboolean
is_offered (const CrmImportOptions *options,
            int                     target)
{
  guint n;

  crm_mapping_get_columns (options->mapping, target, &n);
  return n > 0;
}

static gboolean
key_is_offered (const CrmImportOptions *options,
                CrmKeyKind              kind)
{
  switch (kind)
    {
    case CRM_KEY_TAX_NUMBER:
      return is_offered (options, CRM_CLIENT_TAX_NUMBER);
    case CRM_KEY_EMAIL:
      return is_offered (options, CRM_CLIENT_EMAIL);
    case CRM_KEY_PHONE:
      return is_offered (options, CRM_CLIENT_PHONE) || is_offered (options, CRM_CLIENT_MOBILE);
    case CRM_KEY_NAME_CITY:
      return is_offered (options, CRM_CLIENT_CITY);
    default:
      return TRUE;
    }
}

static void
make_chain (CrmDecider *self)
{
  static const CrmKeyKind wanted[CRM_N_MATCHES] = {
    [CRM_MATCH_TAX_NUMBER] = CRM_KEY_TAX_NUMBER, [CRM_MATCH_EMAIL] = CRM_KEY_EMAIL,         [CRM_MATCH_PHONE] = CRM_KEY_PHONE,
    [CRM_MATCH_NAME_CITY] = CRM_KEY_NAME_CITY,   [CRM_MATCH_NAME] = CRM_KEY_NAME,
  };
  CrmMatch match = self->options->match;

  self->chain = g_array_new (FALSE, FALSE, sizeof (CrmKeyKind));
  if (match == CRM_MATCH_NONE)
    return;
  if (match != CRM_MATCH_AUTO)
    g_array_append_val (self->chain, wanted[match]);
  for (CrmKeyKind kind = 0; kind <= CRM_KEY_NAME; kind++)
    if (key_is_offered (self->options, kind))
      g_array_append_val (self->chain, kind);
}

CrmDecider *
crm_decider_new (CrmDb                   *db,
                 const CrmImportOptions  *options,
                 GError                 **error)
{
  g_autoptr (CrmDecider) self = g_new0 (CrmDecider, 1);
  guint kinds = CRM_KEY_BIT (CRM_KEY_NAME) | CRM_KEY_BIT (CRM_KEY_FIRM);

  self->db = db;
  self->options = options;
  self->all_keys = g_array_new (FALSE, FALSE, sizeof (guint64));
  self->same = g_array_new (FALSE, FALSE, sizeof (guint32));
  decision_init (&self->decision);
  make_chain (self);
  for (guint i = 0; i < self->chain->len; i++)
    kinds |= CRM_KEY_BIT (g_array_index (self->chain, CrmKeyKind, i));
  self->known = crm_known_new (kinds);
  return crm_known_load (self->known, db, error) ? g_steal_pointer (&self) : NULL;
}

void
crm_decider_free (CrmDecider *self)
{
  decision_clear (&self->decision);
  current_clear (&self->current);
  g_array_unref (self->chain);
  g_array_unref (self->all_keys);
  g_array_unref (self->same);
  crm_known_free (self->known);
  g_free (self);
}

CrmKnown *
crm_decider_get_known (CrmDecider *self)
{
  return self->known;
}

static guint32
hash_folded (const char *text)
{
  g_autofree char *folded = text == NULL ? NULL : crm_fold (text);

  return folded == NULL || *folded == '\0' ? 0 : crm_known_hash (folded);
}

static void
make_keys (CrmDecider         *self,
           const CrmImportRow *row)
{
  crm_known_name_keys (crm_values_get_text (row->values, CRM_CLIENT_NAME), crm_values_get_text (row->values, CRM_CLIENT_CITY), self->keys);
  self->keys[CRM_KEY_TAX_NUMBER] = crm_known_key (CRM_KEY_TAX_NUMBER, crm_values_get_text (row->values, CRM_CLIENT_TAX_NUMBER));
  self->folded_city = hash_folded (crm_values_get_text (row->values, CRM_CLIENT_CITY));
  g_array_set_size (self->all_keys, 0);
  g_array_append_val (self->all_keys, self->keys[CRM_KEY_TAX_NUMBER]);
  for (guint i = 0; i < row->points->len; i++)
    g_array_append_val (self->all_keys, g_array_index (row->points, CrmImportPoint, i).key);
  g_array_append_val (self->all_keys, self->keys[CRM_KEY_NAME_CITY]);
  g_array_append_val (self->all_keys, self->keys[CRM_KEY_NAME]);
  g_array_append_val (self->all_keys, self->keys[CRM_KEY_FIRM]);
}

/* But for the legal form: "Ak Gıda" and "Ak Gıda A.Ş." */
static gboolean
has_same_name (CrmDecider *self,
               guint32     client)
{
  return crm_known_has (self->known, client, self->keys[CRM_KEY_FIRM]);
}

/*
 * Two firms of one house share a phone, and those of one owner an e-mail address. Only when the user says so do these decide alone; but an address
 * that the file has not given to another one yet makes known a client that was renamed.
 */
static gboolean
is_only_a_neighbour (CrmDecider *self,
                     guint32     client,
                     CrmKeyKind  kind)
{
  switch (kind)
    {
    case CRM_KEY_PHONE:
      return self->options->match != CRM_MATCH_PHONE && !has_same_name (self, client);
    case CRM_KEY_EMAIL:
      return self->options->match != CRM_MATCH_EMAIL && crm_known_get_line (self->known, client) > 0 && !has_same_name (self, client);
    default:
      return FALSE;
    }
}

/* A tax number, or a key that the user named, decides alone, whatever else the row says. */
static gboolean
is_decisive (CrmDecider *self,
             CrmKeyKind  kind)
{
  return kind == CRM_KEY_TAX_NUMBER || (self->options->match != CRM_MATCH_AUTO && g_array_index (self->chain, CrmKeyKind, 0) == kind);
}

/* Branches of one firm share its name and central phone: the file spoke of another one. */
static gboolean
is_elsewhere (CrmDecider *self,
              guint32     client)
{
  return self->folded_city != 0 && crm_known_is_claimed (self->known, client, TOPIC_FOLDED_CITY) &&
         !crm_known_has_claim (self->known, client, TOPIC_FOLDED_CITY, self->folded_city);
}

/* @surer: kinds of keys that the row has and nobody was found by: who has another one is somebody else. */
static gboolean
can_be_meant (CrmDecider *self,
              guint32     client,
              CrmKeyKind  kind,
              guint       surer)
{
  if (is_only_a_neighbour (self, client, kind) || (!is_decisive (self, kind) && is_elsewhere (self, client)))
    return FALSE;
  /* The same name and the same number: another e-mail address is one more of it. */
  if (kind == CRM_KEY_PHONE && has_same_name (self, client))
    surer &= ~CRM_KEY_BIT (CRM_KEY_EMAIL);
  return !crm_known_has_key (self->known, client, surer);
}

/* Of the clients with both keys; those with @key alone can be very many. */
static void
find_by_both (CrmDecider *self,
              guint64     key,
              guint64     other,
              guint       surer,
              Candidates *candidates)
{
  guint32 neighbours[MAX_NEIGHBOURS];
  guint n_found = crm_known_find (self->known, other, neighbours, MAX_NEIGHBOURS);
  guint n = 0;

  for (guint i = 0; i < n_found && n < MAX_CANDIDATES; i++)
    if (crm_known_has (self->known, neighbours[i], key) && can_be_meant (self, neighbours[i], candidates->kind, surer))
      candidates->clients[n++] = neighbours[i];
  candidates->n = n;
}

static void
prefer_those_with (CrmDecider *self,
                   guint64     key,
                   Candidates *candidates)
{
  guint32 *clients = candidates->clients;
  guint n = 0;

  for (guint i = 0; i < candidates->n_likely; i++)
    if (crm_known_has (self->known, clients[i], key))
      {
        guint32 client = clients[i];

        clients[i] = clients[n];
        clients[n++] = client;
      }
  if (n > 0)
    candidates->n_likely = n;
}

/* Too many have the key. */
static void
find_by_any_other (CrmDecider *self,
                   guint64     key,
                   guint       surer,
                   Candidates *candidates)
{
  for (guint i = 0; i < self->all_keys->len; i++)
    {
      guint64 other = g_array_index (self->all_keys, guint64, i);
      Candidates both = { .kind = candidates->kind };

      if (other != key)
        find_by_both (self, key, other, surer, &both);
      if (both.n == 0)
        continue;
      both.is_surest = candidates->is_surest;
      *candidates = both;
      return;
    }
}

static void
find_by_key (CrmDecider *self,
             guint64     key,
             guint       surer,
             Candidates *candidates)
{
  guint32 *clients = candidates->clients;
  guint n_found = crm_known_find (self->known, key, clients, MAX_CANDIDATES);
  guint n = 0;

  for (guint i = 0; i < n_found; i++)
    if (can_be_meant (self, clients[i], candidates->kind, surer))
      clients[n++] = clients[i];
  candidates->n = n;
  if (n_found == MAX_CANDIDATES)
    find_by_any_other (self, key, surer, candidates);
  candidates->n_likely = candidates->n;
  for (guint i = 0; i < self->all_keys->len && candidates->n_likely > 1; i++)
    prefer_those_with (self, g_array_index (self->all_keys, guint64, i), candidates);
}

/* Returns whether the row has any key of that kind. */
static gboolean
find_by_points (CrmDecider         *self,
                const CrmImportRow *row,
                guint               surer,
                Candidates         *candidates)
{
  gboolean has_any = FALSE;

  for (guint i = 0; i < row->points->len && candidates->n == 0; i++)
    {
      const CrmImportPoint *point = &g_array_index (row->points, CrmImportPoint, i);

      if (point->field == CRM_CLIENT_FAX || (point->field == CRM_CLIENT_EMAIL) != (candidates->kind == CRM_KEY_EMAIL))
        continue;
      has_any = TRUE;
      find_by_key (self, point->key, surer, candidates);
    }
  return has_any;
}

static void
find_candidates (CrmDecider         *self,
                 const CrmImportRow *row,
                 Candidates         *candidates)
{
  guint surer = 0;

  candidates->n = candidates->n_likely = 0;
  for (guint i = 0; i < self->chain->len && candidates->n == 0; i++)
    {
      CrmKeyKind kind = g_array_index (self->chain, CrmKeyKind, i);
      gboolean has_any;

      candidates->kind = kind;
      candidates->is_surest = surer == 0;
      if (kind == CRM_KEY_EMAIL || kind == CRM_KEY_PHONE)
        has_any = find_by_points (self, row, surer, candidates);
      else
        {
          has_any = self->keys[kind] != 0;
          find_by_key (self, self->keys[kind], surer, candidates);
        }
      if (has_any && i == 0 && self->options->match != CRM_MATCH_AUTO)
        break;
      if (has_any)
        surer |= CRM_KEY_BIT (kind);
    }
}

/* The client as it stands */

/* Of a client that a row of this file made all is in the claims, but for what every new client has. */
static gboolean
read_current (CrmDecider *self,
              guint32     client,
              GError    **error)
{
  gint64 id = crm_known_get_id (self->known, client);

  current_clear (&self->current);
  if (crm_known_is_new (self->known, client))
    {
      self->current.values = crm_values_new (&crm_client, 0);
      if (crm_known_is_claimed (self->known, client, CRM_CLIENT_CREDIT_LIMIT))
        crm_values_set_integer (self->current.values, CRM_CLIENT_CREDIT_LIMIT, 0);
      crm_client.rules->before_save (self->current.values, TRUE);
      self->current.points = g_ptr_array_new ();
      return TRUE;
    }
  self->current.values = crm_sql_read (self->db, &crm_client, id, error);
  if (self->current.values == NULL)
    return FALSE;
  self->current.points = crm_sql_read_children (self->db, &crm_contact_point, id, error);
  return self->current.points != NULL && crm_through_load (self->db, self->current.values, error);
}

/* Comparing */

static void
add_difference (CrmDecider *self,
                guint       field,
                const char *before,
                const char *after)
{
  CrmImportDifference difference = { crm_field_get_label (&crm_client.fields[field]), g_strdup (before), g_strdup (after) };

  g_array_append_val (self->decision.differences, difference);
}

static guint32
hash_field (const CrmValues *values,
            guint            field)
{
  g_autofree char *text = NULL;

  if (crm_client.fields[field].kind == CRM_KIND_REFERENCE)
    {
      text = crm_fold (crm_values_get_text (values, field));
      return crm_known_hash (text);
    }
  if (crm_values_get_text (values, field) != NULL)
    return crm_known_hash (crm_values_get_text (values, field));
  text = crm_values_to_plain (values, field);
  return crm_known_hash (text == NULL ? "" : text);
}

static gboolean
is_same (const CrmValues *current,
         const CrmValues *row,
         guint            field)
{
  g_autofree char *a = NULL;
  g_autofree char *b = NULL;

  if (crm_client.fields[field].kind != CRM_KIND_REFERENCE)
    return crm_values_equal_field (current, row, field);
  a = crm_fold (crm_values_get_text (current, field));
  b = crm_fold (crm_values_get_text (row, field));
  return strcmp (a, b) == 0;
}

static void
leave_out (CrmDecider *self,
           guint32     client,
           guint       field,
           const char *text)
{
  g_ptr_array_add (self->decision.warnings,
                   /* Translators: the name of a field and a value */
                   g_strdup_printf (_("Line %" PRIu64 " is about the same client and says otherwise: %s “%s” is left out."),
                                    crm_known_get_line (self->known, client), crm_field_get_label (&crm_client.fields[field]), text));
}

/* @reference: to a client, whose id is put in if it is known. */
static void
take_reference (CrmDecider         *self,
                const CrmImportRow *row,
                guint32             client,
                guint               field)
{
  const char *name = crm_values_get_text (row->values, field);
  guint32 found;

  if (crm_decider_find_named (self, name, client, &found))
    {
      crm_values_set_reference (self->decision.changes, field, crm_known_get_id (self->known, found), name);
      add_difference (self, field, crm_values_get_text (self->current.values, field), name);
    }
  else
    {
      CrmImportReference reference = { field, g_strdup (name) };

      g_array_append_val (self->decision.references, reference);
    }
}

static gboolean
refers_to_client (guint field)
{
  return g_strcmp0 (crm_client.fields[field].refers, crm_client.name) == 0;
}

static void
take_field (CrmDecider         *self,
            const CrmImportRow *row,
            guint32             client,
            guint               field)
{
  CrmValues *changes = self->decision.changes;
  g_autoptr (CrmValues) single = crm_values_new (&crm_client, 0);
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;

  if (refers_to_client (field))
    {
      take_reference (self, row, client, field);
      return;
    }
  if (crm_client.fields[field].kind == CRM_KIND_REFERENCE)
    crm_values_set_reference (changes, field, 0, crm_values_get_text (row->values, field));
  else if (crm_values_get_text (row->values, field) != NULL)
    crm_values_set_text (changes, field, crm_values_get_text (row->values, field));
  else
    crm_values_set_integer (changes, field, crm_values_get_integer (row->values, field));
  crm_values_merge (single, self->current.values);
  crm_values_merge (single, changes);
  before = crm_values_format (self->current.values, field);
  after = crm_values_format (single, field);
  add_difference (self, field, before, after);
}

static void
compare_field (CrmDecider         *self,
               const CrmImportRow *row,
               guint32             client,
               guint               field)
{
  if (crm_known_is_claimed (self->known, client, (guint16) field))
    {
      g_autofree char *text = NULL;

      if (crm_known_has_claim (self->known, client, (guint16) field, hash_field (row->values, field)))
        return;
      text = crm_values_format (row->values, field);
      leave_out (self, client, field, text != NULL ? text : crm_values_get_text (row->values, field));
    }
  else if (!is_same (self->current.values, row->values, field))
    take_field (self, row, client, field);
}

static void
compare_tags (CrmDecider         *self,
              const CrmImportRow *row,
              guint32             client)
{
  const char *now = crm_values_get_text (self->current.values, CRM_CLIENT_TAGS);
  g_auto (GStrv) tags = g_strsplit (crm_values_get_text (row->values, CRM_CLIENT_TAGS), ", ", -1);
  g_auto (GStrv) has = g_strsplit (now == NULL ? "" : now, ", ", -1);
  g_autoptr (GHashTable) folded = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; has[i] != NULL; i++)
    g_hash_table_add (folded, crm_fold (has[i]));
  for (guint i = 0; tags[i] != NULL; i++)
    {
      g_autofree char *tag = crm_fold (tags[i]);

      if (g_hash_table_contains (folded, tag) || crm_known_has_claim (self->known, client, TOPIC_TAG, crm_known_hash (tag)))
        continue;
      g_ptr_array_add (self->decision.tags, g_strdup (tags[i]));
      add_difference (self, CRM_CLIENT_TAGS, NULL, tags[i]);
    }
}

/* Phones and e-mails */

static gboolean
is_email (const CrmValues *point)
{
  return g_strcmp0 (crm_values_get_text (point, CRM_CONTACT_POINT_KIND), "email") == 0;
}

static guint64
get_point_key (const CrmValues *point)
{
  const char *value = crm_values_get_text (point, CRM_CONTACT_POINT_VALUE);
  guint64 key = crm_known_key (is_email (point) ? CRM_KEY_EMAIL : CRM_KEY_PHONE, value);

  return key != 0 ? key : crm_known_hash (value);
}

static guint32
hash_point (const CrmValues *point)
{
  return (guint32) get_point_key (point);
}

static gboolean
has_point (CrmDecider           *self,
           guint32               client,
           const CrmImportPoint *point)
{
  if (crm_known_has_claim (self->known, client, TOPIC_POINT, (guint32) point->key))
    return TRUE;
  if (crm_known_has_claim (self->known, client, TOPIC_REPLACED_POINT, (guint32) point->key))
    return FALSE;
  for (guint i = 0; i < self->current.points->len; i++)
    {
      const CrmValues *other = g_ptr_array_index (self->current.points, i);

      if (is_email (other) == (point->field == CRM_CLIENT_EMAIL) && hash_point (other) == (guint32) point->key)
        return TRUE;
    }
  return FALSE;
}

/* The one that setting the field would change. */
static const CrmValues *
get_main_point (CrmDecider *self,
                guint       field)
{
  const char *kinds = crm_client.fields[field].through->kind;
  gsize length = strcspn (kinds, ";");

  for (guint i = 0; i < self->current.points->len; i++)
    {
      const CrmValues *point = g_ptr_array_index (self->current.points, i);
      const char *kind = crm_values_get_text (point, CRM_CONTACT_POINT_KIND);

      if (kind != NULL && strlen (kind) == length && strncmp (kind, kinds, length) == 0)
        return point;
    }
  return NULL;
}

/* By this row or an earlier one */
static gboolean
is_said (CrmDecider         *self,
         const CrmImportRow *row,
         guint32             client,
         const CrmValues    *point)
{
  guint32 hash = point == NULL ? 0 : hash_point (point);

  if (point != NULL && crm_known_has_claim (self->known, client, TOPIC_POINT, hash))
    return TRUE;
  for (guint i = 0; i < row->points->len && point != NULL; i++)
    if ((guint32) g_array_index (row->points, CrmImportPoint, i).key == hash)
      return TRUE;
  return FALSE;
}

/* Does the first of a field take the place of the main one? Not if the file speaks of that, too: then it is a further one. */
static gboolean
is_for_main (CrmDecider           *self,
             const CrmImportRow   *row,
             guint32               client,
             const CrmImportPoint *point)
{
  return crm_import_row_get_point (row, point->field) == point &&
         !crm_known_is_claimed (self->known, client, (guint16) point->field) && !is_said (self, row, client, get_main_point (self, point->field));
}

static void
compare_points (CrmDecider         *self,
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
          main_point = get_main_point (self, point->field);
          crm_values_set_text (self->decision.changes, point->field, point->value);
        }
      else
        g_ptr_array_add (self->decision.points, point);
      add_difference (self, point->field, main_point == NULL ? NULL : crm_values_get_text (main_point, CRM_CONTACT_POINT_VALUE),
                      point->value);
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

static void
add_line (GString    *notes,
          const char *line)
{
  if (notes->len > 0)
    g_string_append_c (notes, '\n');
  g_string_append (notes, line);
}

/* @has: lines of the client's notes. @missing: (nullable): receives the lines of @text that are not among them. */
static gboolean
has_lines (CrmDecider *self,
           guint32     client,
           GHashTable *has,
           const char *text,
           GString    *missing)
{
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  gboolean all = TRUE;

  for (guint i = 0; lines[i] != NULL; i++)
    {
      const char *line = g_strstrip (lines[i]);

      if (*line == '\0' || g_hash_table_contains (has, line) ||
          crm_known_has_claim (self->known, client, TOPIC_NOTE_LINE, crm_known_hash (line)))
        continue;
      all = FALSE;
      if (missing != NULL)
        add_line (missing, line);
    }
  return all;
}

/* Has a row of this file said anything for the notes? Then what they were before counts no more. */
static gboolean
is_noted (CrmDecider *self,
          guint32     client)
{
  return crm_known_is_new (self->known, client) || crm_known_is_claimed (self->known, client, CRM_CLIENT_NOTES) ||
         crm_known_is_claimed (self->known, client, TOPIC_NOTE_LINE);
}

static void
compare_notes (CrmDecider         *self,
               const CrmImportRow *row,
               guint32             client)
{
  const char *now = crm_values_get_text (self->current.values, CRM_CLIENT_NOTES);
  g_autoptr (GHashTable) has = get_lines (crm_known_is_claimed (self->known, client, TOPIC_REPLACED_NOTES) ? NULL : now);
  GString *more = self->decision.more_notes;
  gboolean replaces = !has_lines (self, client, has, row->notes->str, NULL) && !is_noted (self, client);

  if (replaces)
    {
      g_hash_table_remove_all (has);
      add_line (more, row->notes->str);
    }
  else
    has_lines (self, client, has, row->notes->str, more);
  for (guint i = 0; i < row->remarks->len; i++)
    has_lines (self, client, has, g_ptr_array_index (row->remarks, i), more);
  if (more->len == 0)
    return;
  add_difference (self, CRM_CLIENT_NOTES, replaces ? now : NULL, more->str);
  if (replaces)
    {
      crm_values_set_text (self->decision.changes, CRM_CLIENT_NOTES, more->str);
      g_string_truncate (more, 0);
    }
}

static gboolean
changes_nothing (const CrmDecision *self)
{
  return self->differences->len == 0;
}

static void
reject (CrmDecider *self,
        char       *reason)
{
  self->decision.verdict = CRM_VERDICT_REJECTED;
  g_free (self->decision.reason);
  self->decision.reason = reason;
}

/* The name was claimed with the first row about the client. */
static gboolean
compare_name (CrmDecider         *self,
              const CrmImportRow *row,
              guint32             client)
{
  guint64 line = crm_known_get_line (self->known, client);

  if (line == 0)
    {
      if (!is_same (self->current.values, row->values, CRM_CLIENT_NAME))
        take_field (self, row, client, CRM_CLIENT_NAME);
      return TRUE;
    }
  if (has_same_name (self, client))
    return TRUE;
  self->n_others++;
  reject (self, g_strdup_printf (_("Line %" PRIu64 " is about the same client, but by another name than “%s”."), line,
                                 crm_values_get_text (row->values, CRM_CLIENT_NAME)));
  return FALSE;
}

static gboolean
compare (CrmDecider          *self,
         const CrmImportRow  *row,
         guint32              client,
         GError             **error)
{
  decision_reset (&self->decision);
  if (crm_known_is_full (self->known, client))
    {
      reject (self, g_strdup (_("Too many rows are about the same client.")));
      return TRUE;
    }
  if (!read_current (self, client, error))
    return FALSE;
  self->decision.client = client;
  if (!compare_name (self, row, client))
    return TRUE;
  for (guint i = 0; i < crm_client.n_fields; i++)
    if (i != CRM_CLIENT_NAME && i != CRM_CLIENT_TAGS && crm_values_has (row->values, i))
      compare_field (self, row, client, i);
  if (crm_values_has (row->values, CRM_CLIENT_TAGS))
    compare_tags (self, row, client);
  compare_points (self, row, client);
  compare_notes (self, row, client);
  self->decision.verdict = changes_nothing (&self->decision) ? CRM_VERDICT_UNCHANGED : CRM_VERDICT_CHANGED;
  return TRUE;
}

/* New clients */

static void
make_new (CrmDecider         *self,
          const CrmImportRow *row)
{
  CrmValues *values = self->decision.changes;

  self->decision.verdict = CRM_VERDICT_NEW;
  crm_values_merge (values, row->values);
  for (guint i = 0; i < row->points->len; i++)
    {
      CrmImportPoint *point = &g_array_index (row->points, CrmImportPoint, i);

      if (crm_values_has (values, point->field))
        g_ptr_array_add (self->decision.points, point);
      else
        crm_values_set_text (values, point->field, point->value);
    }
  g_string_assign (self->decision.more_notes, row->notes->str);
  for (guint i = 0; i < row->remarks->len; i++)
    add_line (self->decision.more_notes, g_ptr_array_index (row->remarks, i));
  if (self->decision.more_notes->len > 0)
    crm_values_set_text (values, CRM_CLIENT_NOTES, self->decision.more_notes->str);
  g_string_truncate (self->decision.more_notes, 0);
}

static void
resolve_references (CrmDecider         *self,
                    const CrmImportRow *row)
{
  for (guint i = 0; i < crm_client.n_fields; i++)
    if (refers_to_client (i) && crm_values_has (row->values, i))
      {
        CrmImportReference reference = { i, NULL };
        const char *name = crm_values_get_text (row->values, i);
        guint32 found;

        if (crm_decider_find_named (self, name, G_MAXUINT32, &found))
          {
            crm_values_set_reference (self->decision.changes, i, crm_known_get_id (self->known, found), name);
            continue;
          }
        crm_values_unset (self->decision.changes, i);
        reference.name = g_strdup (name);
        g_array_append_val (self->decision.references, reference);
      }
}

/* Deciding */

static void
reject_unclear (CrmDecider *self,
                CrmKeyKind  kind)
{
  static const char * const labels[CRM_N_KEYS] = {
    N_("tax number"), N_("e-mail address"), N_("phone number"), N_("name and city"), N_("name"), N_("name"),
  };

  decision_reset (&self->decision);
  /* Translators: %s is one of "tax number", "e-mail address", "phone number", "name and city", "name" */
  reject (self, g_strdup_printf (_("Several clients have this %s: it is not clear which of them is meant."), _(labels[kind])));
}

/* Of which of them does the row say nothing new? The oldest first: it was there when the file was imported before. */
static gboolean
find_same (CrmDecider          *self,
           const CrmImportRow  *row,
           const guint32       *clients,
           guint                n,
           GError             **error)
{
  for (guint i = n; i > 0; i--)
    {
      if (!compare (self, row, clients[i - 1], error))
        return FALSE;
      if (self->decision.verdict == CRM_VERDICT_UNCHANGED)
        g_array_append_val (self->same, clients[i - 1]);
    }
  return TRUE;
}

/*
 * @found: (out): is the decision about one that is meant, or of which the row says nothing new? What it says is taken down with all of those: which
 * of them is meant cannot be known, and later rows must not change what it said. So a file imported again finds what its rows made: that has every
 * key of its row, but where a decisive key overruled what else the row says; there even unlikely ones count.
 */
static gboolean
choose (CrmDecider          *self,
        const CrmImportRow  *row,
        const Candidates    *candidates,
        gboolean            *found,
        GError             **error)
{
  guint n_likely = candidates->n_likely;
  guint n_others = candidates->n > n_likely && is_decisive (self, candidates->kind) ? candidates->n - n_likely : 0;

  *found = n_likely > 0;
  g_array_set_size (self->same, 0);
  if (!find_same (self, row, candidates->clients, n_likely, error) ||
      !find_same (self, row, candidates->clients + n_likely, n_others, error))
    return FALSE;
  if (n_likely + n_others < 2)
    return TRUE;
  if (self->same->len > 0)
    return compare (self, row, g_array_index (self->same, guint32, 0), error);
  *found = n_likely == 1;
  return !*found || compare (self, row, candidates->clients[0], error);
}

/* Where nobody named a key, rows of one file that share an address or number under different names are different firms. */
static gboolean
is_another (CrmDecider       *self,
            const Candidates *candidates)
{
  return self->options->match == CRM_MATCH_AUTO && (candidates->kind == CRM_KEY_EMAIL || candidates->kind == CRM_KEY_PHONE) &&
         candidates->n > 0 && self->n_others == candidates->n_likely;
}

gboolean
crm_decider_decide (CrmDecider          *self,
                    const CrmImportRow  *row,
                    CrmDecision        **decision,
                    GError             **error)
{
  Candidates candidates;
  gboolean found;

  decision_reset (&self->decision);
  make_keys (self, row);
  *decision = &self->decision;
  self->n_others = 0;
  find_candidates (self, row, &candidates);
  if (!choose (self, row, &candidates, &found, error))
    return FALSE;
  if (found && !is_another (self, &candidates))
    return TRUE;
  if (candidates.n > 0 && candidates.is_surest && !is_another (self, &candidates))
    {
      reject_unclear (self, candidates.kind);
      return TRUE;
    }
  /* Nobody has the surest key of the row, and several a less sure one: it is one more of them. */
  if (candidates.n > 0)
    decision_reset (&self->decision);
  make_new (self, row);
  resolve_references (self, row);
  return TRUE;
}

gboolean
crm_decider_find_named (CrmDecider *self,
                        const char *name,
                        guint32     client,
                        guint32    *found)
{
  guint32 clients[MAX_CANDIDATES];
  guint64 keys[CRM_N_KEYS];
  guint n;

  crm_known_name_keys (name, NULL, keys);
  n = crm_known_find (self->known, keys[CRM_KEY_NAME], clients, MAX_CANDIDATES);

  for (guint i = 0; i < n; i++)
    if (clients[i] != client)
      {
        *found = clients[i];
        return TRUE;
      }
  return FALSE;
}

/* Later rows see what was decided */

static void
claim_points (CrmDecider         *self,
              const CrmImportRow *row,
              guint32             client)
{
  for (guint i = 0; i < row->points->len; i++)
    {
      const CrmImportPoint *point = &g_array_index (row->points, CrmImportPoint, i);
      const CrmValues *replaced = NULL;

      /* It is a change of the main one: the number or address that was there is gone. */
      if (self->decision.verdict == CRM_VERDICT_CHANGED && crm_values_has (self->decision.changes, point->field) &&
          !crm_known_is_claimed (self->known, client, (guint16) point->field))
        replaced = get_main_point (self, point->field);
      if (replaced != NULL)
        {
          crm_known_claim (self->known, client, TOPIC_REPLACED_POINT, hash_point (replaced));
          crm_known_remove_key (self->known, get_point_key (replaced), client);
        }
      crm_known_claim (self->known, client, TOPIC_POINT, (guint32) point->key);
      crm_known_claim (self->known, client, (guint16) point->field, 1);
      crm_known_add_key (self->known, point->field == CRM_CLIENT_EMAIL ? CRM_KEY_EMAIL : CRM_KEY_PHONE, point->key, client);
    }
}

static void
claim_lines (CrmDecider *self,
             guint32     client,
             const char *text)
{
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);

  for (guint i = 0; lines[i] != NULL; i++)
    if (*g_strstrip (lines[i]) != '\0')
      crm_known_claim (self->known, client, TOPIC_NOTE_LINE, crm_known_hash (lines[i]));
}

static void
claim_notes (CrmDecider         *self,
             const CrmImportRow *row,
             guint32             client)
{
  if (row->notes->len > 0)
    {
      if (crm_values_has (self->decision.changes, CRM_CLIENT_NOTES))
        crm_known_claim (self->known, client, TOPIC_REPLACED_NOTES, 1);
      crm_known_claim (self->known, client, CRM_CLIENT_NOTES, 1);
      claim_lines (self, client, row->notes->str);
    }
  for (guint i = 0; i < row->remarks->len; i++)
    claim_lines (self, client, g_ptr_array_index (row->remarks, i));
}

static void
claim_tags (CrmDecider      *self,
            const CrmValues *values,
            guint32          client)
{
  g_auto (GStrv) tags = g_strsplit (crm_values_get_text (values, CRM_CLIENT_TAGS), ", ", -1);

  for (guint i = 0; tags[i] != NULL; i++)
    {
      g_autofree char *tag = crm_fold (tags[i]);

      crm_known_claim (self->known, client, TOPIC_TAG, crm_known_hash (tag));
    }
}

static void
claim_fields (CrmDecider         *self,
              const CrmImportRow *row,
              guint32             client)
{
  for (guint i = 0; i < crm_client.n_fields; i++)
    {
      if (i == CRM_CLIENT_NAME || !crm_values_has (row->values, i))
        continue;
      if (i == CRM_CLIENT_TAGS)
        claim_tags (self, row->values, client);
      /* The first one that says anything counts. */
      else if (!crm_known_is_claimed (self->known, client, (guint16) i))
        crm_known_claim (self->known, client, (guint16) i, hash_field (row->values, i));
    }
  if (self->folded_city != 0 && !crm_known_is_claimed (self->known, client, TOPIC_FOLDED_CITY))
    crm_known_claim (self->known, client, TOPIC_FOLDED_CITY, self->folded_city);
}

static void
move_key (CrmDecider *self,
          guint32     client,
          CrmKeyKind  kind,
          guint64     old,
          guint64     new)
{
  if (old == new || !crm_known_needs (self->known, kind))
    return;
  crm_known_remove_key (self->known, old, client);
  crm_known_add_key (self->known, kind, new, client);
}

/* To be called before the claims: only what the row is the first to say becomes the client's. */
static void
move_keys_of_known (CrmDecider         *self,
                    const CrmImportRow *row,
                    guint32             client)
{
  const CrmValues *current = self->current.values;
  const char *name = crm_values_get_text (row->values, CRM_CLIENT_NAME);
  const char *city = crm_values_get_text (current, CRM_CLIENT_CITY);
  gboolean is_first = crm_known_get_line (self->known, client) == 0;
  guint64 old[CRM_N_KEYS], new[CRM_N_KEYS];

  crm_known_name_keys (is_first ? crm_values_get_text (current, CRM_CLIENT_NAME) : name, city, old);
  crm_known_name_keys (name, crm_values_has (row->values, CRM_CLIENT_CITY) ? crm_values_get_text (row->values, CRM_CLIENT_CITY) : city, new);
  if (is_first)
    {
      move_key (self, client, CRM_KEY_NAME, old[CRM_KEY_NAME], new[CRM_KEY_NAME]);
      move_key (self, client, CRM_KEY_FIRM, old[CRM_KEY_FIRM], new[CRM_KEY_FIRM]);
    }
  if (!crm_known_is_claimed (self->known, client, CRM_CLIENT_CITY))
    move_key (self, client, CRM_KEY_NAME_CITY, old[CRM_KEY_NAME_CITY], new[CRM_KEY_NAME_CITY]);
  if (self->keys[CRM_KEY_TAX_NUMBER] != 0 && !crm_known_is_claimed (self->known, client, CRM_CLIENT_TAX_NUMBER))
    move_key (self, client, CRM_KEY_TAX_NUMBER,
              crm_known_key (CRM_KEY_TAX_NUMBER, crm_values_get_text (current, CRM_CLIENT_TAX_NUMBER)), self->keys[CRM_KEY_TAX_NUMBER]);
}

static void
add_keys_of_new (CrmDecider *self,
                 guint32     client)
{
  if (crm_known_get_line (self->known, client) == 0)
    {
      crm_known_add_key (self->known, CRM_KEY_NAME, self->keys[CRM_KEY_NAME], client);
      crm_known_add_key (self->known, CRM_KEY_FIRM, self->keys[CRM_KEY_FIRM], client);
    }
  if (!crm_known_is_claimed (self->known, client, CRM_CLIENT_CITY))
    crm_known_add_key (self->known, CRM_KEY_NAME_CITY, self->keys[CRM_KEY_NAME_CITY], client);
  if (!crm_known_is_claimed (self->known, client, CRM_CLIENT_TAX_NUMBER))
    crm_known_add_key (self->known, CRM_KEY_TAX_NUMBER, self->keys[CRM_KEY_TAX_NUMBER], client);
}

static void
claim (CrmDecider         *self,
       const CrmImportRow *row,
       guint32             client)
{
  if (crm_known_get_line (self->known, client) == 0)
    crm_known_set_line (self->known, client, row->line);
  claim_fields (self, row, client);
  claim_points (self, row, client);
  claim_notes (self, row, client);
}

void
crm_decider_accept (CrmDecider         *self,
                    const CrmImportRow *row)
{
  guint32 client;

  g_return_if_fail (self->decision.verdict != CRM_VERDICT_REJECTED);

  if (self->decision.verdict == CRM_VERDICT_NEW)
    self->decision.client = crm_known_add (self->known);
  client = self->decision.client;
  if (crm_known_is_new (self->known, client))
    add_keys_of_new (self, client);
  else
    move_keys_of_known (self, row, client);
  claim (self, row, client);
  for (guint i = 1; i < self->same->len && self->decision.verdict == CRM_VERDICT_UNCHANGED; i++)
    claim (self, row, g_array_index (self->same, guint32, i));
}
