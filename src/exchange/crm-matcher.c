/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crm-config.h"

#include "crm-matcher.h"

#include <glib/gi18n-lib.h>

#include "crm-claims.h"
#include "crm-client.h"

/* So many of those with another key of the row are looked at, to find the one that has both. */
#define MAX_NEIGHBOURS 1000

struct _CrmMatcher {
  const CrmImportOptions *options;
  const CrmImportSubject *subject;
  CrmKnown               *known;
  GArray                 *chain; /* of CrmKeyKind: keys to try, the surest first */
  const CrmImportRow     *row;   /* that is looked at */
  const CrmRowKeys       *keys;  /* of it */
};

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
  if (options->cards != NULL)
    return kind != CRM_KEY_TAX_NUMBER;
  switch (kind)
    {
    case CRM_KEY_UID:
    case CRM_KEY_FIRM:
      return FALSE;
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
make_chain (CrmMatcher *self)
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
  for (CrmKeyKind kind = 0; kind <= CRM_KEY_FIRM; kind++)
    if (key_is_offered (self->options, kind))
      g_array_append_val (self->chain, kind);
}

CrmMatcher *
crm_matcher_new (CrmDb                   *db,
                 const CrmImportOptions  *options,
                 const CrmImportSubject  *subject,
                 GError                 **error)
{
  g_autoptr (CrmMatcher) self = g_new0 (CrmMatcher, 1);
  guint kinds = CRM_KEY_BIT (CRM_KEY_NAME) | CRM_KEY_BIT (CRM_KEY_FIRM) | (subject->given < 0 ? 0 : CRM_KEY_BIT (CRM_KEY_GIVEN));

  self->options = options;
  self->subject = subject;
  make_chain (self);
  for (guint i = 0; i < self->chain->len; i++)
    kinds |= CRM_KEY_BIT (g_array_index (self->chain, CrmKeyKind, i));
  self->known = crm_known_new (subject, kinds);
  return crm_known_load (self->known, db, error) ? g_steal_pointer (&self) : NULL;
}

void
crm_matcher_free (CrmMatcher *self)
{
  g_array_unref (self->chain);
  crm_known_free (self->known);
  g_free (self);
}

CrmKnown *
crm_matcher_get_known (CrmMatcher *self)
{
  return self->known;
}

const CrmRowKeys *
crm_matcher_get_keys (CrmMatcher *self)
{
  return self->keys;
}

/* Those who share an e-mail address are several, unless they are called alike. */
static gboolean
is_housemate (CrmMatcher *self,
              guint32     client)
{
  return self->subject->given >= 0 && !crm_row_keys_name (self->keys, self->known, client) &&
         !crm_known_has (self->known, client, self->keys->by_kind[CRM_KEY_GIVEN]);
}

/*
 * Two firms of one house share a phone, and those of one owner an e-mail address. Only when the user says so do these decide alone; but an address
 * that the file has not given to another one yet makes known a client that was renamed.
 */
static gboolean
is_only_a_neighbour (CrmMatcher *self,
                     guint32     client,
                     CrmKeyKind  kind)
{
  switch (kind)
    {
    case CRM_KEY_PHONE:
      return self->options->match != CRM_MATCH_PHONE && !crm_row_keys_name (self->keys, self->known, client);
    case CRM_KEY_EMAIL:
      if (is_housemate (self, client))
        return TRUE;
      return self->options->match != CRM_MATCH_EMAIL && crm_known_get_line (self->known, client) > 0 &&
             !crm_row_keys_name (self->keys, self->known, client);
    case CRM_KEY_FIRM:
      /* Of two with a legal form each it must be the same. */
      return self->keys->by_kind[CRM_KEY_NAME] != self->keys->plain && !crm_known_has (self->known, client, self->keys->plain);
    default:
      return FALSE;
    }
}

gboolean
crm_matcher_is_decisive (const CrmMatcher *self,
                         CrmKeyKind        kind)
{
  return kind == CRM_KEY_TAX_NUMBER || (self->options->match != CRM_MATCH_AUTO && g_array_index (self->chain, CrmKeyKind, 0) == kind);
}

/* Of the kinds of keys that the row has and nobody was found by, those that part it from one who has other keys of that kind. */
static guint
get_parting (CrmMatcher *self,
             guint32     client,
             CrmKeyKind  kind,
             guint       surer)
{
  /* The same name and the same number: another e-mail address is one more of it. */
  if (kind == CRM_KEY_PHONE && crm_row_keys_name (self->keys, self->known, client))
    surer &= ~CRM_KEY_BIT (CRM_KEY_EMAIL);
  /* Each address book gives a UID of its own. */
  if (kind < CRM_KEY_NAME)
    surer &= ~CRM_KEY_BIT (CRM_KEY_UID);
  if (kind == CRM_KEY_FIRM)
    surer &= ~(CRM_KEY_BIT (CRM_KEY_NAME) | CRM_KEY_BIT (CRM_KEY_NAME_CITY));
  /* The same person at the same firm */
  if (kind == CRM_KEY_NAME_CITY && self->subject->given >= 0)
    surer = 0;
  return surer;
}

/* Branches of a client are parted by their city; a person may work at two firms. */
static gboolean
is_elsewhere (CrmMatcher *self,
              guint32     client,
              CrmKeyKind  kind)
{
  if (crm_matcher_is_decisive (self, kind) || kind == CRM_KEY_UID || (self->subject->given >= 0 && kind != CRM_KEY_NAME))
    return FALSE;
  return crm_claims_are_elsewhere (self->known, client, self->keys->place);
}

/* @surer: kinds of keys that the row has and nobody was found by: who has another one is somebody else. */
static gboolean
can_be_meant (CrmMatcher *self,
              guint32     client,
              CrmKeyKind  kind,
              guint       surer)
{
  return !is_only_a_neighbour (self, client, kind) && !crm_claims_have_other_uid (self->known, client, self->row) &&
         !is_elsewhere (self, client, kind) &&
         !crm_known_has_key (self->known, client, get_parting (self, client, kind, surer));
}

/* Of the clients with both keys; those with @key alone can be very many. */
static void
find_by_both (CrmMatcher    *self,
              guint64        key,
              guint64        other,
              guint          surer,
              CrmCandidates *candidates)
{
  guint32 neighbours[MAX_NEIGHBOURS];
  guint n_found = crm_known_find (self->known, other, neighbours, MAX_NEIGHBOURS);
  guint n = 0;

  for (guint i = 0; i < n_found && n < CRM_MAX_CANDIDATES; i++)
    if (crm_known_has (self->known, neighbours[i], key) && can_be_meant (self, neighbours[i], candidates->kind, surer))
      candidates->clients[n++] = neighbours[i];
  candidates->n = n;
}

static void
prefer_those_with (CrmMatcher    *self,
                   guint64        key,
                   CrmCandidates *candidates)
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
find_by_any_other (CrmMatcher    *self,
                   guint64        key,
                   guint          surer,
                   CrmCandidates *candidates)
{
  for (guint i = 0; i < self->keys->all->len; i++)
    {
      guint64 other = g_array_index (self->keys->all, guint64, i);
      CrmCandidates both = { .kind = candidates->kind };

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
find_by_key (CrmMatcher    *self,
             guint64        key,
             guint          surer,
             CrmCandidates *candidates)
{
  guint32 *clients = candidates->clients;
  guint n_found = crm_known_find (self->known, key, clients, CRM_MAX_CANDIDATES);
  guint n = 0;

  for (guint i = 0; i < n_found; i++)
    if (can_be_meant (self, clients[i], candidates->kind, surer))
      clients[n++] = clients[i];
  candidates->n = n;
  if (n_found == CRM_MAX_CANDIDATES)
    find_by_any_other (self, key, surer, candidates);
  candidates->n_likely = candidates->n;
  for (guint i = 0; i < self->keys->all->len && candidates->n_likely > 1; i++)
    prefer_those_with (self, g_array_index (self->keys->all, guint64, i), candidates);
}

/* Returns whether the row has any key of that kind. */
static gboolean
find_by_points (CrmMatcher         *self,
                const CrmImportRow *row,
                guint               surer,
                CrmCandidates      *candidates)
{
  gboolean has_any = FALSE;

  for (guint i = 0; i < row->points->len && candidates->n == 0; i++)
    {
      const CrmImportPoint *point = &g_array_index (row->points, CrmImportPoint, i);

      if (point->kind == CRM_POINT_FAX || point->kind == CRM_POINT_CHAT ||
          (point->kind == CRM_POINT_EMAIL) != (candidates->kind == CRM_KEY_EMAIL))
        continue;
      has_any = TRUE;
      find_by_key (self, point->key, surer, candidates);
    }
  return has_any;
}

void
crm_matcher_find (CrmMatcher         *self,
                  const CrmImportRow *row,
                  CrmCandidates      *candidates)
{
  guint surer = 0;

  self->row = row;
  self->keys = &row->keys;
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
          has_any = self->keys->by_kind[kind] != 0;
          find_by_key (self, self->keys->by_kind[kind], surer, candidates);
          for (guint p = 0; kind == CRM_KEY_NAME_CITY && p < self->keys->places->len && candidates->n == 0; p++)
            find_by_key (self, g_array_index (self->keys->places, guint64, p), surer, candidates);
        }
      if (has_any && i == 0 && self->options->match != CRM_MATCH_AUTO)
        break;
      if (has_any)
        surer |= CRM_KEY_BIT (kind);
    }
}

/* Returns how many other than @client there are, but no more than decide anything. */
static guint
count_named (const CrmMatcher *self,
             const char       *name,
             guint32           client,
             guint32          *oldest)
{
  guint32 clients[CRM_MAX_CANDIDATES];
  guint64 keys[CRM_N_KEYS];
  guint n_keys, n = 0;

  *oldest = G_MAXUINT32;
  crm_known_name_keys (self->subject, name, NULL, keys);
  n_keys = crm_known_find (self->known, keys[CRM_KEY_NAME], clients, CRM_MAX_CANDIDATES);
  for (guint i = 0; i < n_keys; i++)
    if (clients[i] != client)
      {
        n += clients[i] != *oldest;
        *oldest = MIN (*oldest, clients[i]);
      }
  return n;
}

/* Of several the oldest: it will still be that when the file is imported again. */
gboolean
crm_matcher_find_named (const CrmMatcher *self,
                        const char       *name,
                        guint32           client,
                        guint32          *found)
{
  guint32 oldest;

  if (count_named (self, name, client, &oldest) == 0)
    return FALSE;
  *found = oldest;
  return TRUE;
}

char *
crm_matcher_describe_choice (const CrmMatcher *self,
                             const char       *label,
                             const char       *name,
                             guint32           client)
{
  guint32 oldest;

  if (count_named (self, name, client, &oldest) < 2)
    return NULL;
  /* Translators: the name of a field and the name of a client */
  return g_strdup_printf (_("%1$s: several clients are called “%2$s”; the oldest of them is taken."), label, name);
}
