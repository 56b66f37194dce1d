/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crm-config.h"

#include "crm-decider.h"

#include <glib/gi18n-lib.h>

#include "crm-claims.h"
#include "crm-client.h"
#include "crm-comparison.h"
#include "crm-matcher.h"

struct _CrmDecider {
  const CrmImportOptions *options;
  CrmMatcher             *matcher;
  CrmKnown               *known;
  CrmImportLinks         *links;
  CrmComparison          *comparison;
  CrmDecision             decision;
  guint                   n_others; /* candidates of an earlier row that has another name */
  GArray                 *same;     /* of guint32: further candidates of whom the row says nothing new */
};

CrmDecider *
crm_decider_new (CrmDb                   *db,
                 const CrmImportOptions  *options,
                 const CrmImportSubject  *subject,
                 GError                 **error)
{
  CrmMatcher *matcher = crm_matcher_new (db, options, subject, error);
  CrmImportLinks *links = matcher == NULL ? NULL : crm_import_links_new (db, options->mapping, crm_matcher_get_known (matcher), error);
  CrmDecider *self;

  if (links == NULL)
    {
      g_clear_pointer (&matcher, crm_matcher_free);
      return NULL;
    }
  self = g_new0 (CrmDecider, 1);
  self->options = options;
  self->matcher = matcher;
  self->known = crm_matcher_get_known (matcher);
  self->links = links;
  crm_decision_init (&self->decision, subject);
  self->comparison = crm_comparison_new (db, matcher, links, &self->decision);
  self->same = g_array_new (FALSE, FALSE, sizeof (guint32));
  return self;
}

void
crm_decider_free (CrmDecider *self)
{
  crm_comparison_free (self->comparison);
  crm_decision_clear (&self->decision);
  crm_import_links_free (self->links);
  crm_matcher_free (self->matcher);
  g_array_unref (self->same);
  g_free (self);
}

CrmKnown *
crm_decider_get_known (CrmDecider *self)
{
  return self->known;
}

CrmImportLinks *
crm_decider_get_links (CrmDecider *self)
{
  return self->links;
}

gboolean
crm_decider_find_named (CrmDecider *self,
                        const char *name,
                        guint32     client,
                        guint32    *found)
{
  return crm_matcher_find_named (self->matcher, name, client, found);
}

char *
crm_decider_describe_choice (CrmDecider *self,
                             const char *label,
                             const char *name,
                             guint32     client)
{
  return crm_matcher_describe_choice (self->matcher, label, name, client);
}

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
      int through = self->decision.subject->through[point->kind];

      /* A child that is seen through a field has no label. */
      if (through < 0 || point->label != NULL || crm_import_row_get_point (row, point->kind) != point)
        g_ptr_array_add (self->decision.points, point);
      else
        crm_values_set_text (values, (guint) through, point->value);
    }
  g_string_assign (self->decision.more_notes, row->notes->str);
  for (guint i = 0; i < row->remarks->len; i++)
    crm_decision_add_note (&self->decision, g_ptr_array_index (row->remarks, i));
  if (self->decision.more_notes->len > 0)
    crm_values_set_text (values, self->decision.subject->notes, self->decision.more_notes->str);
  g_string_truncate (self->decision.more_notes, 0);
  for (guint i = 0; i < row->kept->len; i++)
    g_ptr_array_add (self->decision.kept, g_ptr_array_index (row->kept, i));
  for (guint i = 0; i < row->addresses->len; i++)
    g_ptr_array_add (self->decision.addresses, g_ptr_array_index (row->addresses, i));
  self->decision.takes_picture = row->picture != NULL;
  for (guint i = 0; i < row->jobs->len; i++)
    g_ptr_array_add (self->decision.jobs, &g_array_index (row->jobs, CrmImportJob, i));
}

static void
resolve_references (CrmDecider         *self,
                    const CrmImportRow *row)
{
  for (guint i = 0; i < crm_client.n_fields; i++)
    if (crm_import_links_is_link (i) && crm_values_has (row->values, i))
      {
        CrmImportReference reference = { i, NULL };
        const char *name = crm_values_get_text (row->values, i);
        guint32 found;

        if (crm_matcher_find_named (self->matcher, name, G_MAXUINT32, &found))
          {
            crm_values_set_reference (self->decision.changes, i, crm_known_get_id (self->known, found), name);
            crm_decision_add_warning (&self->decision,
                                      crm_matcher_describe_choice (self->matcher, crm_field_get_label (&crm_client.fields[i]), name, G_MAXUINT32));
            continue;
          }
        crm_values_unset (self->decision.changes, i);
        reference.name = g_strdup (name);
        g_array_append_val (self->decision.references, reference);
      }
}

static char *
describe_unclear (const CrmImportSubject *subject,
                  CrmKeyKind              kind)
{
  static const char * const labels[CRM_N_KEYS] = {
    N_("UID"), N_("tax number"), N_("e-mail address"), N_("phone number"), N_("name and city"), N_("name"), N_("name"), N_("name"),
  };

  /* Translators: %s is one of "tax number", "e-mail address", "phone number", "name and city", "name" */
  return subject == &crm_import_client
           ? g_strdup_printf (_("Several clients have this %s: it is not clear which of them is meant."), _(labels[kind]))
           : g_strdup_printf (_("Several people have this %s: it is not clear which of them is meant."), _(labels[kind]));
}

static gboolean
compare (CrmDecider          *self,
         const CrmImportRow  *row,
         guint32              client,
         GError             **error)
{
  if (!crm_comparison_run (self->comparison, row, client, error))
    return FALSE;
  self->n_others += self->decision.has_other_name;
  return TRUE;
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
choose (CrmDecider           *self,
        const CrmImportRow   *row,
        const CrmCandidates  *candidates,
        gboolean             *found,
        GError              **error)
{
  guint n_likely = candidates->n_likely;
  guint n_others = candidates->n > n_likely && crm_matcher_is_decisive (self->matcher, candidates->kind) ? candidates->n - n_likely : 0;

  *found = n_likely > 0;
  g_array_set_size (self->same, 0);
  if (!find_same (self, row, candidates->clients, n_likely, error) ||
      !find_same (self, row, candidates->clients + n_likely, n_others, error))
    return FALSE;
  if (n_likely + n_others < 2)
    return TRUE;
  if (self->same->len > 0)
    {
      if (!compare (self, row, g_array_index (self->same, guint32, 0), error))
        return FALSE;
      /* What waits would be new of all of them. */
      if (self->same->len > 1 && self->decision.references->len > 0)
        self->decision.reason = describe_unclear (self->decision.subject, candidates->kind);
      return TRUE;
    }
  *found = n_likely == 1;
  return !*found || compare (self, row, candidates->clients[0], error);
}

/* Where nobody named a key, rows of one file that share an address or number under different names are different firms. */
static gboolean
is_another (CrmDecider          *self,
            const CrmCandidates *candidates)
{
  return self->options->match == CRM_MATCH_AUTO && (self->options->cards != NULL || candidates->kind == CRM_KEY_EMAIL || candidates->kind == CRM_KEY_PHONE) &&
         candidates->n > 0 && self->n_others == candidates->n_likely;
}

gboolean
crm_decider_decide (CrmDecider          *self,
                    const CrmImportRow  *row,
                    CrmDecision        **decision,
                    GError             **error)
{
  CrmCandidates candidates;
  gboolean found;

  crm_decision_reset (&self->decision);
  *decision = &self->decision;
  self->n_others = 0;
  crm_matcher_find (self->matcher, row, &candidates);
  if (!choose (self, row, &candidates, &found, error))
    return FALSE;
  if (found && !is_another (self, &candidates))
    return TRUE;
  if (candidates.n > 0 && candidates.is_surest && !is_another (self, &candidates))
    {
      crm_decision_reset (&self->decision);
      crm_decision_reject (&self->decision, describe_unclear (self->decision.subject, candidates.kind));
      return TRUE;
    }
  /* Nobody has the surest key of the row, and several a less sure one: it is one more of them. */
  if (candidates.n > 0)
    crm_decision_reset (&self->decision);
  make_new (self, row);
  if (self->decision.subject == &crm_import_client)
    resolve_references (self, row);
  return TRUE;
}

static void
set_links (CrmDecider *self)
{
  const CrmDecision *decision = &self->decision;

  for (guint i = 0; i < crm_client.n_fields; i++)
    {
      guint32 found;

      if (crm_import_links_is_link (i) && crm_values_has (decision->changes, i) &&
          crm_matcher_find_named (self->matcher, crm_values_get_text (decision->changes, i), decision->client, &found))
        crm_import_links_set (self->links, i, decision->client, found);
    }
}

void
crm_decider_accept (CrmDecider         *self,
                    const CrmImportRow *row)
{
  const CrmRowKeys *keys = crm_matcher_get_keys (self->matcher);
  const CrmCurrent *current = crm_comparison_get_current (self->comparison);
  guint32 client;

  g_return_if_fail (self->decision.verdict != CRM_VERDICT_REJECTED);

  if (self->decision.verdict == CRM_VERDICT_NEW)
    self->decision.client = crm_known_add (self->known);
  client = self->decision.client;
  if (self->decision.subject == &crm_import_client)
    set_links (self);
  crm_claims_take_keys (self->known, keys, current, &self->decision, row, client);
  crm_claims_add (self->known, keys, current, &self->decision, row, client);
  for (guint i = 1; i < self->same->len && self->decision.verdict == CRM_VERDICT_UNCHANGED; i++)
    crm_claims_add (self->known, keys, current, &self->decision, row, g_array_index (self->same, guint32, i));
}
