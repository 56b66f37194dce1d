/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crm-config.h"

#include "crm-card-jobs.h"

#include <string.h>

typedef struct {
  const CrmVcardProperty *org;    /* NULL: no card names a firm */
  const CrmVcardProperty *title;
  const CrmVcardProperty *role;
  const char             *group;  /* in which it has TITLE or ROLE of its own; NULL: none */
  guint                   at;     /* in the card */
} Slot;

typedef struct {
  const CrmVcard *card;
  GArray         *slots;
  GHashTable     *held;
} Reading;

void
crm_card_job_free (CrmCardJob *self)
{
  g_free (self->firm);
  g_strfreev (self->units);
  g_free (self->title);
  g_free (self->role);
  g_free (self->altid);
  g_free (self);
}

CrmCardJob *
crm_card_job_new (const char *firm,
                  const char *title)
{
  CrmCardJob *self = g_new0 (CrmCardJob, 1);

  self->firm = g_strdup (firm);
  self->title = g_strdup (title);
  self->units = g_new0 (char *, 1);
  return self;
}

const CrmVcardProperty *
crm_card_find_original (const CrmVcard         *card,
                        const CrmVcardProperty *property)
{
  const char *altid = crm_vcard_property_get_param (property, "ALTID");

  for (guint i = 0; altid != NULL && i < crm_vcard_get_n_properties (card); i++)
    {
      const CrmVcardProperty *other = crm_vcard_get_property (card, i);

      if (other == property)
        return NULL;
      if (crm_vcard_property_is (other, property->name) && g_strcmp0 (crm_vcard_property_get_param (other, "ALTID"), altid) == 0)
        return other;
    }
  return NULL;
}

/* @text: (transfer full) */
static char *
trim (char *text)
{
  if (*g_strstrip (text) != '\0')
    return text;
  g_free (text);
  return NULL;
}

static gboolean
is_same_group (const char *a,
               const char *b)
{
  return a != NULL && b != NULL && g_ascii_strcasecmp (a, b) == 0;
}

/* ORG:;Sales */
static gboolean
names_firm (const CrmVcardProperty *org)
{
  g_auto (GStrv) parts = crm_vcard_property_dup_parts (org);

  return *g_strstrip (parts[0]) != '\0';
}

static gboolean
is_about_job (const CrmVcardProperty *property)
{
  return crm_vcard_property_is (property, "TITLE") || crm_vcard_property_is (property, "ROLE");
}

static const char *
find_group (Reading                *self,
            const CrmVcardProperty *org)
{
  for (guint i = 0; org->group != NULL && i < crm_vcard_get_n_properties (self->card); i++)
    {
      const CrmVcardProperty *property = crm_vcard_get_property (self->card, i);

      if (is_same_group (property->group, org->group) && is_about_job (property))
        return org->group;
    }
  return NULL;
}

static void
find_orgs (Reading *self,
           guint    max)
{
  Slot first = { NULL };

  for (guint i = 0; i < crm_vcard_get_n_properties (self->card) && self->slots->len < max; i++)
    {
      const CrmVcardProperty *property = crm_vcard_get_property (self->card, i);
      Slot slot = { .org = property, .at = i };

      if (!crm_vcard_property_is (property, "ORG") || crm_card_find_original (self->card, property) != NULL)
        continue;
      if (first.org == NULL)
        first = slot;
      slot.group = find_group (self, property);
      if (names_firm (property))
        g_array_append_val (self->slots, slot);
    }
  if (self->slots->len == 0)
    g_array_append_val (self->slots, first);
}

/* Where it belongs: what it is there, TITLE or ROLE. */
static const CrmVcardProperty **
get_place (Slot                   *slot,
           const CrmVcardProperty *property)
{
  return crm_vcard_property_is (property, "TITLE") ? &slot->title : &slot->role;
}

static gboolean
is_free (Slot                   *slot,
         const CrmVcardProperty *property)
{
  return *get_place (slot, property) == NULL;
}

/* Does one of its name stand between firms that have none of their own group? Then they alternate. */
static gboolean
do_alternate (Reading                *self,
              const CrmVcardProperty *property)
{
  guint first = G_MAXUINT, last = 0;

  for (guint i = 0; i < self->slots->len; i++)
    {
      const Slot *slot = &g_array_index (self->slots, Slot, i);

      if (slot->group == NULL)
        {
          first = MIN (first, slot->at);
          last = slot->at;
        }
    }
  for (guint i = first; i < last; i++)
    if (crm_vcard_property_is (crm_vcard_get_property (self->card, i), property->name))
      return TRUE;
  return FALSE;
}

static Slot *
find_in_group (Reading                *self,
               const CrmVcardProperty *property)
{
  for (guint i = 0; i < self->slots->len; i++)
    if (is_same_group (g_array_index (self->slots, Slot, i).group, property->group))
      return &g_array_index (self->slots, Slot, i);
  return NULL;
}

/* Of those that have none of their own group. */
static Slot *
find_near (Reading                *self,
           const CrmVcardProperty *property,
           guint                   at)
{
  gboolean alternate = do_alternate (self, property);
  Slot *before = NULL;

  for (guint i = 0; i < self->slots->len; i++)
    {
      Slot *slot = &g_array_index (self->slots, Slot, i);

      if (slot->group != NULL)
        continue;
      if (alternate && slot->at < at)
        before = slot;
      else if (before != NULL && is_free (before, property))
        return before;
      else if (is_free (slot, property))
        return slot;
    }
  return before != NULL && is_free (before, property) ? before : NULL;
}

static void
place (Reading                *self,
       const CrmVcardProperty *property,
       guint                   at)
{
  Slot *slot = find_in_group (self, property);

  if (slot == NULL)
    slot = find_near (self, property, at);
  /* All firms have theirs in groups, and this one is in none. */
  if (slot == NULL)
    slot = &g_array_index (self->slots, Slot, 0);
  if (slot == NULL || !is_free (slot, property))
    return;
  *get_place (slot, property) = property;
  g_hash_table_add (self->held, (gpointer) property);
}

static void
place_all (Reading *self)
{
  for (guint i = 0; i < crm_vcard_get_n_properties (self->card); i++)
    {
      const CrmVcardProperty *property = crm_vcard_get_property (self->card, i);
      g_autofree char *text = is_about_job (property) ? trim (crm_vcard_property_dup_text (property)) : NULL;

      if (text != NULL && crm_card_find_original (self->card, property) == NULL)
        place (self, property, i);
      else if (text == NULL && is_about_job (property))
        g_hash_table_add (self->held, (gpointer) property);
    }
}

static void
take_firm (CrmCardJob             *job,
           const CrmVcardProperty *org)
{
  g_auto (GStrv) parts = crm_vcard_property_dup_parts (org);
  g_autoptr (GStrvBuilder) units = g_strv_builder_new ();

  job->firm = trim (g_strdup (parts[0]));
  for (guint i = 1; parts[i] != NULL; i++)
    if (*g_strstrip (parts[i]) != '\0')
      g_strv_builder_add (units, parts[i]);
  g_strfreev (job->units);
  job->units = g_strv_builder_end (units);
}

static CrmCardJob *
make_job (const Slot *slot)
{
  CrmCardJob *job = crm_card_job_new (NULL, NULL);

  if (slot->org != NULL)
    {
      take_firm (job, slot->org);
      job->altid = g_strdup (crm_vcard_property_get_param (slot->org, "ALTID"));
    }
  if (slot->title != NULL)
    job->title = trim (crm_vcard_property_dup_text (slot->title));
  if (slot->role != NULL)
    job->role = trim (crm_vcard_property_dup_text (slot->role));
  return job;
}

GPtrArray *
crm_card_jobs_new (const CrmVcard *card,
                   guint           max,
                   GHashTable     *held)
{
  g_autoptr (GArray) slots = g_array_new (FALSE, FALSE, sizeof (Slot));
  Reading self = { card, slots, held };
  GPtrArray *jobs = g_ptr_array_new_with_free_func ((GDestroyNotify) crm_card_job_free);

  find_orgs (&self, max);
  place_all (&self);
  for (guint i = 0; i < slots->len; i++)
    {
      const Slot *slot = &g_array_index (slots, Slot, i);

      g_ptr_array_add (jobs, make_job (slot));
      if (slot->org != NULL)
        g_hash_table_add (held, (gpointer) slot->org);
    }
  return jobs;
}
