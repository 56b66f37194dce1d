/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crm-config.h"

#include "crm-card-person.h"

#include <string.h>

static void
point_free (gpointer data)
{
  CrmCardPoint *point = data;

  g_free (point->value);
  g_free (point->label);
  g_free (point);
}

static void
address_free (gpointer data)
{
  CrmCardAddress *address = data;

  g_free (address->street);
  g_free (address->district);
  g_free (address->city);
  g_free (address->region);
  g_free (address->postcode);
  g_free (address->country);
  g_free (address->label);
  g_free (address);
}

void
crm_card_person_free (CrmCardPerson *self)
{
  if (self == NULL)
    return;
  g_free (self->name);
  g_free (self->prefix);
  g_free (self->given);
  g_free (self->additional);
  g_free (self->family);
  g_free (self->suffix);
  g_free (self->nickname);
  g_clear_pointer (&self->jobs, g_ptr_array_unref);
  g_clear_pointer (&self->points, g_ptr_array_unref);
  g_clear_pointer (&self->addresses, g_ptr_array_unref);
  g_free (self->birthday);
  g_free (self->notes);
  g_strfreev (self->urls);
  g_strfreev (self->categories);
  g_clear_pointer (&self->photo, g_bytes_unref);
  g_free (self->photo_type);
  g_free (self->language);
  g_free (self->changed);
  g_free (self->uid);
  crm_vcard_free (self->rest);
  g_free (self);
}

/* Reading */

/* @text: (transfer full) (nullable); %NULL for nothing but spaces */
static char *
trim (char *text)
{
  if (text != NULL && *g_strstrip (text) != '\0')
    return text;
  g_free (text);
  return NULL;
}

static char *
take_text (const CrmVcardProperty *property)
{
  return trim (crm_vcard_property_dup_text (property));
}

static char *
dup_part (GStrv parts,
          guint index)
{
  return index < g_strv_length (parts) ? trim (g_strdup (parts[index])) : NULL;
}

/* Takes @text for @into if that is empty yet. */
static gboolean
take_first (char **into,
            char  *text)
{
  if (*into != NULL || text == NULL)
    {
      g_free (text);
      return FALSE;
    }
  *into = text;
  return TRUE;
}

static gboolean
take_name (CrmCardPerson          *self,
           const CrmVcardProperty *property)
{
  g_auto (GStrv) parts = NULL;

  if (self->family != NULL || self->given != NULL || self->additional != NULL || self->prefix != NULL || self->suffix != NULL)
    return FALSE;
  parts = crm_vcard_property_dup_parts (property);
  self->family = dup_part (parts, 0);
  self->given = dup_part (parts, 1);
  self->additional = dup_part (parts, 2);
  self->prefix = dup_part (parts, 3);
  self->suffix = dup_part (parts, 4);
  return TRUE;
}

static CrmCardPlace
get_place (const CrmVcardProperty *property,
           const char             *label)
{
  if (crm_vcard_property_has_type (property, "work") || (label != NULL && g_ascii_strncasecmp (label, "work", 4) == 0))
    return CRM_CARD_WORK;
  if (crm_vcard_property_has_type (property, "home") || (label != NULL && g_ascii_strncasecmp (label, "home", 4) == 0))
    return CRM_CARD_HOME;
  return CRM_CARD_ANYWHERE;
}

/* @value: (transfer full) (nullable) */
static gboolean
add_point (CrmCardPerson          *self,
           const CrmVcard         *card,
           const CrmVcardProperty *property,
           const char             *kind,
           char                   *value,
           const char             *label)
{
  CrmCardPoint *point;

  value = trim (value);
  if (value == NULL)
    return FALSE;
  point = g_new0 (CrmCardPoint, 1);
  point->kind = kind;
  point->value = value;
  point->label = label != NULL ? g_strdup (label) : trim (crm_vcard_dup_label (card, property));
  point->place = get_place (property, point->label);
  point->is_preferred = crm_vcard_property_get_pref (property) == 1;
  g_ptr_array_add (self->points, point);
  return TRUE;
}

static const char *
get_phone_kind (const CrmVcard         *card,
                const CrmVcardProperty *property)
{
  g_autofree char *label = crm_vcard_dup_label (card, property);
  g_autofree char *lower = label != NULL ? g_ascii_strdown (label, -1) : g_strdup ("");

  if (crm_vcard_property_has_type (property, "fax") || strstr (lower, "fax") != NULL)
    return "fax";
  if (crm_vcard_property_has_type (property, "cell") || crm_vcard_property_has_type (property, "iphone") ||
      crm_vcard_property_has_type (property, "mobile") || strstr (lower, "mobile") != NULL || strstr (lower, "iphone") != NULL)
    return "mobile";
  return "phone";
}

/* "tel:+90-212-555;ext=12" as people write it */
static char *
take_number (const CrmVcardProperty *property)
{
  char *text = take_text (property);
  g_autoptr (GString) number = NULL;

  if (text == NULL || g_ascii_strncasecmp (text, "tel:", 4) != 0)
    return text;
  number = g_string_new (text + 4);
  g_free (text);
  g_string_replace (number, ";ext=", " ext ", 1);
  g_string_truncate (number, strcspn (number->str, ";"));
  return g_string_free (g_steal_pointer (&number), FALSE);
}

static char *
take_email (const CrmVcardProperty *property)
{
  char *text = take_text (property);

  if (text != NULL && g_ascii_strncasecmp (text, "mailto:", 7) == 0)
    memmove (text, text + 7, strlen (text + 7) + 1);
  return text;
}

/* IMPP:xmpp:ayse@… */
static gboolean
take_impp (CrmCardPerson          *self,
           const CrmVcard         *card,
           const CrmVcardProperty *property)
{
  g_autofree char *text = take_text (property);
  char *colon = text != NULL ? strchr (text, ':') : NULL;

  if (colon == NULL || colon == text)
    return FALSE;
  *colon = '\0';
  return add_point (self, card, property, "chat", g_strdup (colon + 1), text);
}

static gboolean
take_chat (CrmCardPerson          *self,
           const CrmVcard         *card,
           const CrmVcardProperty *property)
{
  static const struct {
    const char *name, *scheme;
  } chats[] = {
    { "X-SKYPE", "skype" }, { "X-SKYPE-USERNAME", "skype" }, { "X-JABBER", "xmpp" }, { "X-ICQ", "icq" }, { "X-AIM", "aim" },
    { "X-MSN", "msnim" }, { "X-YAHOO", "ymsgr" }, { "X-QQ", "qq" }, { "X-GTALK", "xmpp" }, { "X-GOOGLE-TALK", "xmpp" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (chats); i++)
    if (crm_vcard_property_is (property, chats[i].name))
      return add_point (self, card, property, "chat", take_text (property), chats[i].scheme);
  return FALSE;
}

static char *
join_parts (GStrv         parts,
            const guint  *indexes,
            guint         n)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < n; i++)
    {
      g_autofree char *part = dup_part (parts, indexes[i]);

      if (part != NULL)
        g_string_append_printf (text, "%s%s", text->len > 0 ? "\n" : "", part);
    }
  return trim (g_string_free (g_steal_pointer (&text), FALSE));
}

static gboolean
take_address (CrmCardPerson          *self,
              const CrmVcard         *card,
              const CrmVcardProperty *property)
{
  static const guint street[] = { 2, 1, 0 };
  g_auto (GStrv) parts = crm_vcard_property_dup_parts (property);
  CrmCardAddress *address = g_new0 (CrmCardAddress, 1);

  address->street = join_parts (parts, street, G_N_ELEMENTS (street));
  address->city = dup_part (parts, 3);
  address->region = dup_part (parts, 4);
  address->postcode = dup_part (parts, 5);
  address->country = dup_part (parts, 6);
  address->district = trim (g_strdup (crm_vcard_property_get_param (property, "X-DISTRICT")));
  if (address->street == NULL && address->district == NULL && address->city == NULL && address->region == NULL && address->postcode == NULL && address->country == NULL)
    {
      address_free (address);
      return FALSE;
    }
  address->label = trim (crm_vcard_dup_label (card, property));
  address->place = get_place (property, address->label);
  address->is_preferred = crm_vcard_property_get_pref (property) == 1;
  g_ptr_array_add (self->addresses, address);
  return TRUE;
}

char *
crm_card_parse_date (const char *text)
{
  char digits[9] = "";
  gsize n = 0;
  gboolean has_year;
  guint year, month, day;

  g_return_val_if_fail (text != NULL, NULL);

  has_year = !g_str_has_prefix (text, "--");
  for (; *text != '\0' && *text != 'T' && *text != ' '; text++)
    {
      if (g_ascii_isdigit (*text) && n < 8)
        digits[n++] = *text;
      else if (*text != '-')
        return NULL;
    }
  if (n != (has_year ? 8 : 4))
    return NULL;
  day = (guint) g_ascii_strtoull (digits + n - 2, NULL, 10);
  digits[n - 2] = '\0';
  month = (guint) g_ascii_strtoull (digits + n - 4, NULL, 10);
  digits[n - 4] = '\0';
  year = has_year ? (guint) g_ascii_strtoull (digits, NULL, 10) : CRM_CARD_NO_YEAR;
  if (!g_date_valid_dmy ((GDateDay) day, (GDateMonth) month, (GDateYear) year))
    return NULL;
  return year == CRM_CARD_NO_YEAR ? g_strdup_printf ("--%02u-%02u", month, day) : g_strdup_printf ("%04u-%02u-%02u", year, month, day);
}

static gboolean
take_birthday (CrmCardPerson          *self,
               const CrmVcardProperty *property)
{
  const char *omitted = crm_vcard_property_get_param (property, "X-APPLE-OMIT-YEAR");
  g_autofree char *text = take_text (property);
  g_autofree char *date = text != NULL ? crm_card_parse_date (text) : NULL;

  if (date == NULL)
    return FALSE;
  if (omitted != NULL && strlen (date) == 10 && g_str_has_prefix (date, omitted) && strlen (omitted) == 4)
    {
      g_autofree char *yearly = g_strconcat ("--", date + 5, NULL);

      return take_first (&self->birthday, g_steal_pointer (&yearly));
    }
  return take_first (&self->birthday, g_steal_pointer (&date));
}

static gboolean
take_photo (CrmCardPerson          *self,
            const CrmVcardProperty *property)
{
  if (self->photo != NULL || property->bytes == NULL)
    return FALSE;
  self->photo = g_bytes_ref (property->bytes);
  self->photo_type = g_strdup (property->media_type);
  return TRUE;
}

static gboolean
take_note (CrmCardPerson          *self,
           const CrmVcardProperty *property)
{
  g_autofree char *before = self->notes;
  g_autofree char *note = take_text (property);

  self->notes = before == NULL ? g_strdup (note) : note == NULL ? g_strdup (before) : g_strconcat (before, "\n\n", note, NULL);
  return TRUE;
}

/* Whether a card is a firm's is said by its kind; a firm without anybody's name is seen later. */
static gboolean
take_kind (CrmCardPerson          *self,
           const CrmVcardProperty *property)
{
  if (g_ascii_strcasecmp (property->value, "individual") == 0)
    return TRUE;
  if (g_ascii_strcasecmp (property->value, "org") != 0 && g_ascii_strcasecmp (property->value, "COMPANY") != 0)
    return FALSE;
  self->is_firm = TRUE;
  return TRUE;
}

static void
add_list (GStrvBuilder           *builder,
          const CrmVcardProperty *property)
{
  g_auto (GStrv) items = crm_vcard_property_dup_list (property);

  for (guint i = 0; items[i] != NULL; i++)
    if (*g_strstrip (items[i]) != '\0')
      g_strv_builder_add (builder, items[i]);
}

typedef struct {
  CrmCardPerson  *person;
  const CrmVcard *card;
  GStrvBuilder   *urls;
  GStrvBuilder   *categories;
} Taker;

/* Properties of which only one is held */
static gboolean
take_single (CrmCardPerson          *self,
             const CrmVcardProperty *property)
{
  const struct {
    const char  *name;
    char       **into;
  } singles[] = {
    { "FN", &self->name }, { "NICKNAME", &self->nickname }, { "LANG", &self->language },
    { "REV", &self->changed }, { "UID", &self->uid },
  };

  for (guint i = 0; i < G_N_ELEMENTS (singles); i++)
    if (crm_vcard_property_is (property, singles[i].name))
      {
        char *text = take_text (property);

        return text == NULL || take_first (singles[i].into, text);
      }
  return FALSE;
}

/* Returns: is it held now? */
static gboolean
take (Taker                  *taker,
      const CrmVcardProperty *property)
{
  CrmCardPerson *self = taker->person;

  if (crm_vcard_property_is (property, "N"))
    return take_name (self, property);
  if (crm_vcard_property_is (property, "TEL"))
    return add_point (self, taker->card, property, get_phone_kind (taker->card, property), take_number (property), NULL);
  if (crm_vcard_property_is (property, "EMAIL"))
    return add_point (self, taker->card, property, "email", take_email (property), NULL);
  if (crm_vcard_property_is (property, "IMPP"))
    return take_impp (self, taker->card, property);
  if (crm_vcard_property_is (property, "ADR"))
    return take_address (self, taker->card, property);
  if (crm_vcard_property_is (property, "BDAY"))
    return take_birthday (self, property);
  if (crm_vcard_property_is (property, "NOTE"))
    return take_note (self, property);
  if (crm_vcard_property_is (property, "PHOTO"))
    return take_photo (self, property);
  if (crm_vcard_property_is (property, "KIND") || crm_vcard_property_is (property, "X-ABShowAs"))
    return take_kind (self, property);
  if (crm_vcard_property_is (property, "URL"))
    {
      g_autofree char *url = take_text (property);

      if (url != NULL)
        g_strv_builder_add (taker->urls, url);
      return TRUE;
    }
  if (crm_vcard_property_is (property, "CATEGORIES"))
    {
      add_list (taker->categories, property);
      return TRUE;
    }
  return take_single (self, property) || take_chat (self, taker->card, property);
}

/* A label goes with what it labels. */
static gboolean
is_label_of_rest (const CrmCardPerson    *self,
                  const CrmVcardProperty *label)
{
  for (guint i = 0; label->group != NULL && i < crm_vcard_get_n_properties (self->rest); i++)
    {
      const CrmVcardProperty *property = crm_vcard_get_property (self->rest, i);

      if (property->group != NULL && g_ascii_strcasecmp (property->group, label->group) == 0)
        return TRUE;
    }
  return FALSE;
}

static char *
join_name (const CrmCardPerson *self)
{
  const char * const parts[] = { self->prefix, self->given, self->additional, self->family, self->suffix };
  g_autoptr (GString) name = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    if (parts[i] != NULL)
      g_string_append_printf (name, "%s%s", name->len > 0 ? " " : "", parts[i]);
  return trim (g_string_free (g_steal_pointer (&name), FALSE));
}

static void
find_name (CrmCardPerson *self)
{
  CrmCardJob *job = crm_card_person_get_job (self);
  g_autofree char *joined = join_name (self);

  if (job->firm != NULL && joined == NULL && (self->name == NULL || strcmp (self->name, job->firm) == 0))
    self->is_firm = TRUE;
  if (self->is_firm && job->firm == NULL)
    job->firm = g_strdup (self->name != NULL ? self->name : joined);
  if (self->name == NULL)
    self->name = g_strdup (joined != NULL ? joined : self->nickname != NULL ? self->nickname : job->firm);
  if (self->name == NULL && self->points->len > 0)
    self->name = g_strdup (((const CrmCardPoint *) self->points->pdata[0])->value);
}

/* @held: gets the properties that are */
static void
take_all (CrmCardPerson  *self,
          const CrmVcard *card,
          GHashTable     *held)
{
  g_autoptr (GStrvBuilder) urls = g_strv_builder_new ();
  g_autoptr (GStrvBuilder) categories = g_strv_builder_new ();
  Taker taker = { self, card, urls, categories };

  for (guint i = 0; i < crm_vcard_get_n_properties (card); i++)
    {
      CrmVcardProperty *property = crm_vcard_get_property (card, i);

      if (take (&taker, property))
        g_hash_table_add (held, property);
    }
  self->urls = g_strv_builder_end (urls);
  self->categories = g_strv_builder_end (categories);
}

/* A firm is but one, whatever else its card names. */
static void
take_jobs (CrmCardPerson  *self,
           const CrmVcard *card,
           GHashTable     *held)
{
  g_autoptr (GHashTable) of_jobs = g_hash_table_new (NULL, NULL);
  GHashTableIter iter;
  gpointer property;

  self->jobs = crm_card_jobs_new (card, CRM_CARD_MAX_JOBS, of_jobs);
  find_name (self);
  if (self->is_firm && self->jobs->len > 1)
    {
      g_ptr_array_unref (self->jobs);
      g_hash_table_remove_all (of_jobs);
      self->jobs = crm_card_jobs_new (card, 1, of_jobs);
    }
  g_hash_table_iter_init (&iter, of_jobs);
  while (g_hash_table_iter_next (&iter, &property, NULL))
    g_hash_table_add (held, property);
}

static void
keep_rest (CrmCardPerson  *self,
           const CrmVcard *card,
           GHashTable     *held)
{
  for (guint i = 0; i < crm_vcard_get_n_properties (card); i++)
    {
      const CrmVcardProperty *property = crm_vcard_get_property (card, i);

      if (!crm_vcard_property_is (property, "X-ABLabel") && !crm_vcard_property_is (property, "PRODID") && !g_hash_table_contains (held, property))
        crm_vcard_add_copy (self->rest, property);
    }
  for (CrmVcardProperty *label = NULL; (label = crm_vcard_find (card, "X-ABLabel", label)) != NULL;)
    if (is_label_of_rest (self, label))
      crm_vcard_add_copy (self->rest, label);
}

CrmCardPerson *
crm_card_person_new (const CrmVcard *card)
{
  g_autoptr (CrmVcard) empty = card == NULL ? crm_vcard_new (CRM_VCARD_4_0) : NULL;
  const CrmVcard *source = card == NULL ? empty : card;
  g_autoptr (GHashTable) held = g_hash_table_new (NULL, NULL);
  CrmCardPerson *self = g_new0 (CrmCardPerson, 1);

  self->points = g_ptr_array_new_with_free_func (point_free);
  self->addresses = g_ptr_array_new_with_free_func (address_free);
  self->rest = crm_vcard_new (crm_vcard_get_version (source));
  take_all (self, source, held);
  take_jobs (self, source, held);
  keep_rest (self, source, held);
  return self;
}
