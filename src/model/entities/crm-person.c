/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crm-config.h"

#include "crm-person.h"

#include "crm-consent.h"

#include <glib/gi18n-lib.h>

static const CrmChoice languages[] = {
  { "tr", N_("Turkish") },
  { "en", N_("English") },
  { "de", N_("German") },
  { "fr", N_("French") },
  { "ru", N_("Russian") },
  { "ar", N_("Arabic") },
  { "other", N_("Other") },
  { NULL }
};

static const CrmThrough main_firm = { "position", "client", "current" };
static const CrmThrough main_role = { "position", "role", "current" };
static const CrmThrough main_phone = { "person_point", "value", "phone;mobile" };
static const CrmThrough main_mobile = { "person_point", "value", "mobile" };
static const CrmThrough main_email = { "person_point", "value", "email" };

#define GROUP_IDENTITY N_("Identity")
#define GROUP_CONTACT N_("Contact")
#define GROUP_COURTESIES N_("Courtesies")
#define GROUP_NOTES N_("Notes")

static const CrmField fields[] = {
  [CRM_PERSON_NAME] = { "name", N_("Name"), GROUP_IDENTITY, CRM_KIND_TEXT,
    CRM_FIELD_REQUIRED | CRM_FIELD_SEARCH | CRM_FIELD_SORTED | CRM_FIELD_COLUMN | CRM_FIELD_PERSONAL },
  [CRM_PERSON_GIVEN] = { "given", N_("Given name"), GROUP_IDENTITY, CRM_KIND_TEXT, CRM_FIELD_PERSONAL },
  [CRM_PERSON_FAMILY] = { "family", N_("Family name"), GROUP_IDENTITY, CRM_KIND_TEXT, CRM_FIELD_PERSONAL },
  [CRM_PERSON_SALUTATION] = { "salutation", N_("Salutation"), GROUP_IDENTITY, CRM_KIND_TEXT, CRM_FIELD_PERSONAL },
  [CRM_PERSON_TITLE] = { "title", N_("Title"), GROUP_IDENTITY, CRM_KIND_TEXT, CRM_FIELD_SEARCH | CRM_FIELD_PERSONAL },
  [CRM_PERSON_FIRM] = { "firm", N_("Firm"), NULL, CRM_KIND_TEXT,
    CRM_FIELD_SEARCH | CRM_FIELD_SORTED | CRM_FIELD_COLUMN | CRM_FIELD_FILTER | CRM_FIELD_PERSONAL, .through = &main_firm },
  [CRM_PERSON_ROLE] = { "role", N_("Role"), NULL, CRM_KIND_TEXT,
    CRM_FIELD_SEARCH | CRM_FIELD_COLUMN | CRM_FIELD_FILTER | CRM_FIELD_PERSONAL, .through = &main_role },
  [CRM_PERSON_PHONE] = { "phone", N_("Phone"), GROUP_CONTACT, CRM_KIND_PHONE,
    CRM_FIELD_SEARCH | CRM_FIELD_COLUMN | CRM_FIELD_FILTER | CRM_FIELD_PERSONAL, .through = &main_phone },
  [CRM_PERSON_MOBILE] = { "mobile", N_("Mobile"), GROUP_CONTACT, CRM_KIND_PHONE, CRM_FIELD_VIRTUAL | CRM_FIELD_PERSONAL,
    .through = &main_mobile },
  [CRM_PERSON_EMAIL] = { "email", N_("E-mail"), GROUP_CONTACT, CRM_KIND_EMAIL,
    CRM_FIELD_SEARCH | CRM_FIELD_COLUMN | CRM_FIELD_FILTER | CRM_FIELD_PERSONAL, .through = &main_email },
  [CRM_PERSON_BIRTHDAY] = { "birthday", N_("Birthday"), GROUP_COURTESIES, CRM_KIND_DATE, CRM_FIELD_YEARLY | CRM_FIELD_PERSONAL },
  [CRM_PERSON_LANGUAGE] = { "language", N_("Language"), GROUP_COURTESIES, CRM_KIND_CHOICE, CRM_FIELD_FILTER | CRM_FIELD_PERSONAL,
    languages },
  [CRM_PERSON_COURTESIES] = { "courtesies", N_("To remember"), GROUP_COURTESIES, CRM_KIND_NOTE, CRM_FIELD_SEARCH | CRM_FIELD_PERSONAL },
  [CRM_PERSON_NOTES] = { "notes", N_("Notes"), GROUP_NOTES, CRM_KIND_NOTE, CRM_FIELD_SEARCH | CRM_FIELD_PERSONAL },

  [CRM_PERSON_MAY_CONTACT] = { "may_contact", N_("May be contacted by"), NULL, CRM_KIND_TAGS,
    CRM_FIELD_SYSTEM | CRM_FIELD_FILTER | CRM_FIELD_PERSONAL, crm_consent_channels,
    .derived = "SELECT group_concat (channel, ', ') FROM (SELECT channel FROM consent c WHERE person = ? AND purpose = 'marketing'"
               " AND state = 'given' AND NOT EXISTS (SELECT 1 FROM consent l WHERE l.person = c.person AND l.channel = c.channel"
               " AND l.purpose = c.purpose AND (l.at, l.id) > (c.at, c.id)) ORDER BY channel)" },
  [CRM_PERSON_PHOTO] = { "photo", N_("Photo"), NULL, CRM_KIND_TEXT, CRM_FIELD_SYSTEM | CRM_FIELD_PERSONAL,
    .derived = "SELECT hash FROM document WHERE person = ? AND kind = 'photo' AND deleted IS NULL ORDER BY id DESC LIMIT 1" },

  [CRM_PERSON_EXTRA] = { "extra", N_("Other data"), NULL, CRM_KIND_TEXT, CRM_FIELD_SYSTEM },
  [CRM_PERSON_CREATED] = { "created", N_("Created"), NULL, CRM_KIND_DATETIME, CRM_FIELD_SYSTEM },
  [CRM_PERSON_MODIFIED] = { "modified", N_("Changed"), NULL, CRM_KIND_DATETIME, CRM_FIELD_SYSTEM },
  [CRM_PERSON_DELETED] = { "deleted", N_("Deleted"), NULL, CRM_KIND_DATETIME, CRM_FIELD_SYSTEM },
};

static char *
join_name (const char *given,
           const char *family)
{
  if (given == NULL || family == NULL)
    return g_strdup (given != NULL ? given : family);
  return g_strconcat (given, " ", family, NULL);
}

/* The last word is the family's. */
static void
split_name (CrmValues  *changes,
            const char *name)
{
  const char *last = strrchr (name, ' ');

  crm_values_take_text (changes, CRM_PERSON_GIVEN, last == NULL ? g_strdup (name) : g_strndup (name, (gsize) (last - name)));
  crm_values_set_text (changes, CRM_PERSON_FAMILY, last == NULL ? NULL : last + 1);
}

static const char *
get_text (const CrmValues *changes,
          const CrmValues *current,
          guint            field)
{
  if (crm_values_has (changes, field))
    return crm_values_get_text (changes, field);
  return current == NULL ? NULL : crm_values_get_text (current, field);
}

/* Is the name as it stands the two parts and nothing else? */
static gboolean
is_joined (const CrmValues *current)
{
  g_autofree char *joined = join_name (crm_values_get_text (current, CRM_PERSON_GIVEN), crm_values_get_text (current, CRM_PERSON_FAMILY));

  return joined == NULL || g_strcmp0 (joined, crm_values_get_text (current, CRM_PERSON_NAME)) == 0;
}

/* The name and its parts follow each other, until somebody makes them differ. */
static void
before_save (CrmValues       *changes,
             const CrmValues *current)
{
  gboolean has_parts = crm_values_has (changes, CRM_PERSON_GIVEN) || crm_values_has (changes, CRM_PERSON_FAMILY);
  gboolean has_name = crm_values_has (changes, CRM_PERSON_NAME) && !crm_values_is_null (changes, CRM_PERSON_NAME);

  if (current != NULL && !is_joined (current))
    return;
  if (has_name && !has_parts)
    split_name (changes, crm_values_get_text (changes, CRM_PERSON_NAME));
  else if (has_parts && !has_name)
    {
      g_autofree char *name = join_name (get_text (changes, current, CRM_PERSON_GIVEN), get_text (changes, current, CRM_PERSON_FAMILY));

      if (name != NULL)
        crm_values_set_text (changes, CRM_PERSON_NAME, name);
    }
}

static const CrmRules rules = { .before_save = before_save };
static const char * const children[] = { "position", "person_point", "consent", "distinct_person", NULL };

static const char * const apart[] = { "firm", "phone", "email", NULL };

const CrmEntity crm_person = {
  .number = 8,
  .name = "person",
  .type_name = "CrmPerson",
  .label = N_("Person"),
  .plural = N_("People"),
  .icon = "crm-person-symbolic",
  .title = "name",
  .fields = fields,
  .n_fields = G_N_ELEMENTS (fields),
  .children = children,
  .apart = apart,
  .rules = &rules,
};
