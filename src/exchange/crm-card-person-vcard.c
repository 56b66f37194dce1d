/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crm-config.h"

#include "crm-card-person.h"

#include <string.h>

static void
add_text (CrmVcard   *card,
          const char *name,
          const char *text)
{
  if (text != NULL)
    crm_vcard_add_text (card, NULL, name, text);
}

static void
add_place (CrmVcard         *card,
           CrmVcardProperty *property,
           CrmCardPlace      place,
           gboolean          is_preferred)
{
  if (place != CRM_CARD_ANYWHERE)
    crm_vcard_add_param (card, property, "TYPE", place == CRM_CARD_WORK ? "work" : "home");
  if (is_preferred)
    crm_vcard_add_param (card, property, "PREF", "1");
}

/* Returns: (transfer full) (nullable): the group of a property that has a label; not one that another program would choose */
static char *
make_group (const char *label,
            guint      *n_groups)
{
  return label != NULL ? g_strdup_printf ("crm%u", ++*n_groups) : NULL;
}

static void
add_number_or_email (CrmVcard           *card,
                     const CrmCardPoint *point,
                     guint              *n_groups)
{
  static const struct {
    const char *kind, *name, *type;
  } kinds[] = { { "mobile", "TEL", "cell" }, { "fax", "TEL", "fax" }, { "phone", "TEL", NULL }, { "email", "EMAIL", NULL } };
  g_autofree char *group = make_group (point->label, n_groups);

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (strcmp (point->kind, kinds[i].kind) == 0)
      {
        CrmVcardProperty *property = crm_vcard_add_text (card, group, kinds[i].name, point->value);

        if (kinds[i].type != NULL)
          crm_vcard_add_param (card, property, "TYPE", kinds[i].type);
        add_place (card, property, point->place, point->is_preferred);
      }
  if (group != NULL)
    crm_vcard_add_text (card, group, "X-ABLabel", point->label);
}

static void
add_address (CrmVcard             *card,
             const CrmCardAddress *address,
             guint                *n_groups)
{
  const char * const parts[] = { NULL, NULL, address->street, address->city, address->region, address->postcode, address->country };
  g_autofree char *group = make_group (address->label, n_groups);
  CrmVcardProperty *property = crm_vcard_add_parts (card, group, "ADR", parts, G_N_ELEMENTS (parts));

  add_place (card, property, address->place, address->is_preferred);
  if (address->district != NULL)
    crm_vcard_add_param (card, property, "X-DISTRICT", address->district);
  if (group != NULL)
    crm_vcard_add_text (card, group, "X-ABLabel", address->label);
}

static void
add_points (CrmVcard            *card,
            const CrmCardPerson *self)
{
  guint n_groups = 0;

  for (guint i = 0; i < self->points->len; i++)
    {
      const CrmCardPoint *point = self->points->pdata[i];

      if (strcmp (point->kind, "chat") == 0)
        {
          g_autofree char *address = g_strdup_printf ("%s:%s", point->label != NULL ? point->label : "im", point->value);

          add_place (card, crm_vcard_add_text (card, NULL, "IMPP", address), point->place, point->is_preferred);
        }
      else
        add_number_or_email (card, point, &n_groups);
    }
  for (guint i = 0; i < self->addresses->len; i++)
    add_address (card, self->addresses->pdata[i], &n_groups);
}

/* Version 4.0 has dates without hyphens, 3.0 with, and none without year. */
static void
add_birthday (CrmVcard            *card,
              const CrmCardPerson *self,
              CrmVcardVersion      version)
{
  gboolean is_yearly;
  g_autoptr (GString) text = NULL;

  if (self->birthday == NULL)
    return;
  is_yearly = g_str_has_prefix (self->birthday, "--");
  text = g_string_new (self->birthday);
  if (version == CRM_VCARD_4_0)
    {
      g_string_replace (text, "-", "", 0);
      g_string_prepend (text, is_yearly ? "--" : "");
      crm_vcard_add (card, NULL, "BDAY", text->str);
    }
  else if (is_yearly)
    {
      g_string_printf (text, "%d%s", CRM_CARD_NO_YEAR, self->birthday + 1);
      crm_vcard_add_param (card, crm_vcard_add (card, NULL, "BDAY", text->str), "X-APPLE-OMIT-YEAR", G_STRINGIFY (CRM_CARD_NO_YEAR));
    }
  else
    crm_vcard_add (card, NULL, "BDAY", text->str);
}

static void
add_name (CrmVcard            *card,
          const CrmCardPerson *self)
{
  const char * const parts[] = { self->family, self->given, self->additional, self->prefix, self->suffix };

  crm_vcard_add_text (card, NULL, "FN", self->name != NULL ? self->name : "");
  crm_vcard_add_parts (card, NULL, "N", parts, G_N_ELEMENTS (parts));
  add_text (card, "NICKNAME", self->nickname);
}

/* @group: (nullable) */
static void
add_job (CrmVcard         *card,
         const CrmCardJob *job,
         const char       *group)
{
  g_autoptr (GPtrArray) parts = g_ptr_array_new ();

  g_ptr_array_add (parts, job->firm);
  for (guint i = 0; job->units[i] != NULL; i++)
    g_ptr_array_add (parts, job->units[i]);
  if (job->firm != NULL || parts->len > 1)
    {
      CrmVcardProperty *org = crm_vcard_add_parts (card, group, "ORG", (const char * const *) parts->pdata, parts->len);

      if (job->altid != NULL)
        crm_vcard_add_param (card, org, "ALTID", job->altid);
    }
  if (job->title != NULL)
    crm_vcard_add_text (card, group, "TITLE", job->title);
  if (job->role != NULL)
    crm_vcard_add_text (card, group, "ROLE", job->role);
}

/* The main one in no group, as programs that know but one expect it. */
static void
add_jobs (CrmVcard            *card,
          const CrmCardPerson *self)
{
  add_job (card, crm_card_person_get_job (self), NULL);
  for (guint i = 1; i < self->jobs->len; i++)
    {
      g_autofree char *group = g_strdup_printf ("crmjob%u", i);

      add_job (card, g_ptr_array_index (self->jobs, i), group);
    }
}

CrmVcard *
crm_card_person_to_vcard (const CrmCardPerson *self,
                          CrmVcardVersion      version)
{
  CrmVcard *card;

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (version == CRM_VCARD_3_0 || version == CRM_VCARD_4_0, NULL);

  card = crm_vcard_new (version);
  if (self->is_firm)
    crm_vcard_add (card, NULL, version == CRM_VCARD_4_0 ? "KIND" : "X-ABShowAs", version == CRM_VCARD_4_0 ? "org" : "COMPANY");
  add_name (card, self);
  add_jobs (card, self);
  add_points (card, self);
  add_birthday (card, self, version);
  add_text (card, "NOTE", self->notes);
  for (guint i = 0; self->urls[i] != NULL; i++)
    crm_vcard_add (card, NULL, "URL", self->urls[i]);
  if (self->categories[0] != NULL)
    crm_vcard_add_list (card, NULL, "CATEGORIES", (const char * const *) self->categories, g_strv_length (self->categories));
  if (self->photo != NULL)
    crm_vcard_add_bytes (card, NULL, "PHOTO", self->photo, self->photo_type);
  add_text (card, "LANG", self->language);
  add_text (card, "REV", self->changed);
  add_text (card, "UID", self->uid);
  for (guint i = 0; i < crm_vcard_get_n_properties (self->rest); i++)
    crm_vcard_add_copy (card, crm_vcard_get_property (self->rest, i));
  return card;
}
