/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crm-config.h"

#include "crm-card-row-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "crm-card-extra.h"
#include "crm-fold.h"
#include "crm-picture-head.h"
#include "crm-vcard-problems.h"
#include "crm-vcard-writer.h"

/* What is kept of a group; each line counts once. */
typedef struct {
  GHashTable *lines; /* of their hashes */
  guint32     sum;
  gboolean    has_kept;
} Group;

static void
keep_line (CrmCardReading *self,
           const char     *line)
{
  GPtrArray *kept = self->row->kept;
  gsize bytes = strlen (line);

  if (g_ptr_array_find_with_equal_func (kept, line, g_str_equal, NULL))
    return;
  if (self->bytes + bytes > CRM_CARD_EXTRA_MAX_BYTES)
    {
      /* Translators: %.20s is the beginning of a line of a card: "PHOTO;TYPE=jpeg" */
      g_ptr_array_add (self->row->warnings, g_strdup_printf (_("“%.20s” is left out: the card is too large."), line));
      return;
    }
  self->bytes += bytes;
  g_ptr_array_add (kept, g_strdup (line));
}

static void
keep (CrmCardReading         *self,
      const CrmVcardProperty *property)
{
  g_string_truncate (self->line, 0);
  crm_vcard_append_line (self->line, property);
  keep_line (self, self->line->str);
}

void
crm_card_row_keep_parts (CrmCardReading         *self,
                         const char             *name,
                         const char * const     *parts,
                         guint                   n_parts)
{
  g_autoptr (CrmVcard) card = crm_vcard_new (CRM_VCARD_4_0);

  keep (self, crm_vcard_add_parts (card, NULL, name, parts, n_parts));
}

void
crm_card_row_keep_text (CrmCardReading *self,
                        const char     *name,
                        const char     *text)
{
  if (text != NULL)
    crm_card_row_keep_parts (self, name, &text, 1);
}

void
crm_card_row_keep_unfit (CrmCardReading *self,
                         const char     *name,
                         const char     *text,
                         const char     *why)
{
  crm_card_row_keep_text (self, name, text);
  /* Translators: what stands in a card, why no field takes it */
  g_ptr_array_add (self->row->warnings, g_strdup_printf (_("“%s” is kept with the card, but in no field. %s"), text, why));
}

/* Properties of which our record has no field, though a person of a card has. Those of a firm have some. */
static gboolean
is_held (const CrmCardReading   *self,
         const CrmVcardProperty *property)
{
  static const char * const kept[] = { "NICKNAME", "PHOTO", NULL };
  static const char * const kept_of_person[] = { "ADR", "URL", "CATEGORIES", NULL };
  static const char * const kept_of_firm[] = { "TITLE", "ROLE", "BDAY", "LANG", NULL };
  const char * const *more = self->person->is_firm ? kept_of_firm : kept_of_person;

  for (guint i = 0; kept[i] != NULL; i++)
    if (crm_vcard_property_is (property, kept[i]))
      return FALSE;
  for (guint i = 0; more[i] != NULL; i++)
    if (crm_vcard_property_is (property, more[i]))
      return FALSE;
  return TRUE;
}

static guint
hash_property (gconstpointer data)
{
  const CrmVcardProperty *property = data;

  return g_str_hash (property->value) + (guint) g_ascii_toupper (property->name[0]);
}

static gboolean
same_property (gconstpointer a,
               gconstpointer b)
{
  const CrmVcardProperty *x = a, *y = b;

  return strcmp (x->value, y->value) == 0 && g_strcmp0 (x->group, y->group) == 0 && crm_vcard_property_is (x, y->name);
}

/* Pictures */

/* Is it called what the picture of such a card is called? */
static gboolean
may_be_picture (const CrmCardReading   *self,
                const CrmVcardProperty *property)
{
  return property->bytes != NULL &&
         (crm_vcard_property_is (property, "PHOTO") || (self->person->is_firm && crm_vcard_property_is (property, "LOGO")));
}

static gboolean
is_absurd (const CrmCardReading   *self,
           const CrmVcardProperty *property)
{
  return may_be_picture (self, property) && crm_card_picture_check (property->bytes) == CRM_CARD_PICTURE_ABSURD;
}

/* The first that can be shown; of a firm a logo rather than a photo. */
void
crm_card_row_find_picture (CrmCardReading *self)
{
  for (guint i = 0; i < crm_vcard_get_n_properties (self->card); i++)
    {
      const CrmVcardProperty *property = crm_vcard_get_property (self->card, i);
      gboolean is_better = self->picture == NULL || (crm_vcard_property_is (property, "LOGO") && !crm_vcard_property_is (self->picture, "LOGO"));

      if (property->bytes != NULL && may_be_picture (self, property) && is_better &&
          crm_card_picture_check (property->bytes) == CRM_CARD_PICTURE_FITS)
        self->picture = property;
    }
  if (self->picture != NULL)
    self->row->picture = crm_card_picture_new (self->picture->bytes);
}

static void
refuse_picture (CrmCardReading         *self,
                const CrmVcardProperty *property)
{
  crm_vcard_problems_add (&self->row->problems, property->line,
                          g_strdup_printf (_("%s has more than %d megapixels and was left out."), property->name,
                                           CRM_PICTURE_MAX_PIXELS / (1000 * 1000)));
}

static gboolean
is_dropped (const CrmCardReading   *self,
            const CrmVcardProperty *property)
{
  return property == self->picture || crm_vcard_property_is (property, "UID") || crm_vcard_property_is (property, "REV") || crm_vcard_property_is (property, "PRODID");
}

static gboolean
is_label (const CrmVcardProperty *property)
{
  return crm_vcard_property_is (property, "X-ABLabel");
}

static void
find_kept (CrmCardReading *self)
{
  const CrmVcard *rest = self->person->rest;
  g_autoptr (GHashTable) properties = g_hash_table_new (hash_property, same_property);

  for (guint i = 0; i < crm_vcard_get_n_properties (rest); i++)
    g_hash_table_add (properties, crm_vcard_get_property (rest, i));
  self->kept = g_new0 (gboolean, crm_vcard_get_n_properties (self->card) + 1);
  for (guint i = 0; i < crm_vcard_get_n_properties (self->card); i++)
    {
      const CrmVcardProperty *property = crm_vcard_get_property (self->card, i);

      if (property->bytes != NULL && is_absurd (self, property))
        refuse_picture (self, property);
      else
        self->kept[i] = !is_dropped (self, property) && (!is_held (self, property) || g_hash_table_contains (properties, property));
    }
}

static void
group_free (gpointer data)
{
  Group *group = data;

  g_hash_table_unref (group->lines);
  g_free (group);
}

static void
add_to_group (CrmCardReading         *self,
              const CrmVcardProperty *property,
              gboolean                is_kept)
{
  Group *group = g_hash_table_lookup (self->groups, property->group);
  CrmVcardProperty alone = *property;
  guint32 hash;

  if (group == NULL)
    {
      group = g_new0 (Group, 1);
      group->lines = g_hash_table_new (NULL, NULL);
      g_hash_table_insert (self->groups, (gpointer) property->group, group);
    }
  group->has_kept |= is_kept && !is_label (property);
  alone.group = NULL;
  g_string_truncate (self->line, 0);
  crm_vcard_append_line (self->line, &alone);
  hash = crm_known_hash (self->line->str);
  if (g_hash_table_add (group->lines, GUINT_TO_POINTER (hash)))
    group->sum += hash;
}

/* What is kept of a firm is tied to it by its name. */
static gboolean
has_group (const CrmVcardProperty *property)
{
  return !crm_vcard_property_is (property, "ORG");
}

static void
find_groups (CrmCardReading *self)
{
  self->groups = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, group_free);
  for (guint i = 0; i < crm_vcard_get_n_properties (self->card); i++)
    {
      const CrmVcardProperty *property = crm_vcard_get_property (self->card, i);

      if (property->group != NULL && has_group (property) && (self->kept[i] || is_label (property)))
        add_to_group (self, property, self->kept[i]);
    }
}

/* A group's name for what is kept of it, in whatever order, so that it is the same whoever else had a group of that name. */
static char *
make_group (const Group *group)
{
  return g_hash_table_size (group->lines) < 2 ? NULL : g_strdup_printf ("g%08x", group->sum);
}

char *
crm_card_row_fold_firm (const char *name)
{
  char *firm = crm_fold (name);

  firm[crm_fold_name_length (firm)] = '\0';
  return firm;
}

/* The same firm in another language is tied to it by its name, which stays the same in every card. @source: of @property in the card */
static void
keep_property (CrmCardReading         *self,
               const CrmVcardProperty *property,
               const CrmVcardProperty *source)
{
  const CrmVcardProperty *original = has_group (property) ? NULL : crm_card_find_original (self->card, source);
  g_autoptr (CrmVcard) card = NULL;
  CrmVcardProperty *copy;
  g_auto (GStrv) parts = NULL;
  g_autofree char *firm = NULL;

  if (original == NULL)
    {
      keep (self, property);
      return;
    }
  card = crm_vcard_new (CRM_VCARD_4_0);
  copy = crm_vcard_add_copy (card, property);
  parts = crm_vcard_property_dup_parts (original);
  firm = crm_card_row_fold_firm (parts[0]);
  for (guint i = 0; i < copy->n_params; i++)
    if (strcmp (copy->params[i].name, "ALTID") == 0)
      copy->params[i].value = firm;
  keep (self, copy);
}

void
crm_card_row_keep_properties (CrmCardReading *self)
{
  find_kept (self);
  find_groups (self);
  for (guint i = 0; i < crm_vcard_get_n_properties (self->card); i++)
    {
      CrmVcardProperty property = *crm_vcard_get_property (self->card, i);
      const Group *group = property.group == NULL || !has_group (&property) ? NULL : g_hash_table_lookup (self->groups, property.group);
      g_autofree char *name = NULL;

      /* A label goes with what it labels. */
      if (is_label (&property) ? group == NULL || !group->has_kept : !self->kept[i])
        continue;
      property.group = name = group == NULL ? NULL : make_group (group);
      keep_property (self, &property, crm_vcard_get_property (self->card, i));
    }
  g_clear_pointer (&self->groups, g_hash_table_unref);
  g_clear_pointer (&self->kept, g_free);
}
