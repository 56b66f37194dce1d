/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crm-config.h"

#include "crm-vcard.h"

#include <stdlib.h>
#include <string.h>

#include "crm-vcard-private.h"

/* All of a card but its pictures lies in a few blocks of memory: cards are made by the ten thousand. */
#define BLOCK_SIZE 4000

typedef struct _Block Block;

struct _Block {
  Block *next;
  gsize  used;
  gsize  size;
  guint8 data[];
};

struct _CrmVcard {
  CrmVcardVersion  version;
  guint64          line;
  GPtrArray       *properties;
  Block           *blocks;
  gsize            size;
};

typedef struct {
  const char   *name;
  CrmVcardForm  form;
} Known;

/* In ASCII order, capitals or not. */
static const Known known[] = {
  { "ADR", CRM_VCARD_PARTS },
  { "AGENT", CRM_VCARD_TEXT },
  { "ANNIVERSARY", CRM_VCARD_OTHER },
  { "BDAY", CRM_VCARD_OTHER },
  { "CALADRURI", CRM_VCARD_OTHER },
  { "CALURI", CRM_VCARD_OTHER },
  { "CATEGORIES", CRM_VCARD_LIST },
  { "CLASS", CRM_VCARD_OTHER },
  { "CLIENTPIDMAP", CRM_VCARD_OTHER },
  { "EMAIL", CRM_VCARD_OTHER },
  { "FBURL", CRM_VCARD_OTHER },
  { "FN", CRM_VCARD_TEXT },
  { "GENDER", CRM_VCARD_OTHER },
  { "GEO", CRM_VCARD_OTHER },
  { "IMPP", CRM_VCARD_OTHER },
  { "KEY", CRM_VCARD_BINARY },
  { "KIND", CRM_VCARD_OTHER },
  { "LABEL", CRM_VCARD_TEXT },
  { "LANG", CRM_VCARD_OTHER },
  { "LOGO", CRM_VCARD_BINARY },
  { "MAILER", CRM_VCARD_OTHER },
  { "MEMBER", CRM_VCARD_OTHER },
  { "N", CRM_VCARD_PARTS },
  { "NAME", CRM_VCARD_TEXT },
  { "NICKNAME", CRM_VCARD_LIST },
  { "NOTE", CRM_VCARD_TEXT },
  { "ORG", CRM_VCARD_UNITS },
  { "PHOTO", CRM_VCARD_BINARY },
  { "PRODID", CRM_VCARD_OTHER },
  { "PROFILE", CRM_VCARD_OTHER },
  { "RELATED", CRM_VCARD_OTHER },
  { "REV", CRM_VCARD_OTHER },
  { "ROLE", CRM_VCARD_TEXT },
  { "SORT-STRING", CRM_VCARD_TEXT },
  { "SOUND", CRM_VCARD_BINARY },
  { "SOURCE", CRM_VCARD_OTHER },
  { "TEL", CRM_VCARD_OTHER },
  { "TITLE", CRM_VCARD_TEXT },
  { "TZ", CRM_VCARD_OTHER },
  { "UID", CRM_VCARD_OTHER },
  { "URL", CRM_VCARD_OTHER },
  { "X-ABLabel", CRM_VCARD_TEXT },
  { "XML", CRM_VCARD_OTHER },
};

static int
compare_known (const void *name,
               const void *entry)
{
  return g_ascii_strcasecmp (name, ((const Known *) entry)->name);
}

CrmVcardForm
crm_vcard_lookup (const char  *name,
                  const char **canonical)
{
  const Known *found = bsearch (name, known, G_N_ELEMENTS (known), sizeof known[0], compare_known);

  *canonical = found != NULL ? found->name : NULL;
  return found != NULL ? found->form : CRM_VCARD_OTHER;
}

/* The card */

CrmVcard *
crm_vcard_new (CrmVcardVersion version)
{
  CrmVcard *self = g_new0 (CrmVcard, 1);

  self->version = version;
  self->properties = g_ptr_array_sized_new (16);
  return self;
}

void
crm_vcard_free (CrmVcard *self)
{
  if (self == NULL)
    return;
  for (guint i = 0; i < self->properties->len; i++)
    g_clear_pointer (&crm_vcard_get_property (self, i)->bytes, g_bytes_unref);
  g_ptr_array_unref (self->properties);
  while (self->blocks != NULL)
    {
      Block *next = self->blocks->next;

      g_free (self->blocks);
      self->blocks = next;
    }
  g_free (self);
}

static gpointer
allocate (CrmVcard *self,
          gsize     size)
{
  Block *block = self->blocks;
  gpointer memory;

  size = (size + 7) & ~(gsize) 7;
  if (block == NULL || block->size - block->used < size)
    {
      gsize room = MAX (size, BLOCK_SIZE);

      block = g_malloc (sizeof (Block) + room);
      block->next = self->blocks;
      block->used = 0;
      block->size = room;
      self->blocks = block;
      self->size += room;
    }
  memory = block->data + block->used;
  block->used += size;
  return memory;
}

static const char *
copy_text (CrmVcard   *self,
           const char *text,
           gsize       length)
{
  char *copy = allocate (self, length + 1);

  memcpy (copy, text, length);
  copy[length] = '\0';
  return copy;
}

CrmVcardVersion
crm_vcard_get_version (const CrmVcard *self)
{
  g_return_val_if_fail (self != NULL, CRM_VCARD_UNKNOWN);

  return self->version;
}

void
crm_vcard_set_version (CrmVcard        *self,
                       CrmVcardVersion  version)
{
  self->version = version;
}

guint64
crm_vcard_get_line (const CrmVcard *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->line;
}

void
crm_vcard_set_line (CrmVcard *self,
                    guint64   line)
{
  self->line = line;
}

gsize
crm_vcard_get_size (const CrmVcard *self)
{
  return self->size;
}

guint
crm_vcard_get_n_properties (const CrmVcard *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->properties->len;
}

CrmVcardProperty *
crm_vcard_get_property (const CrmVcard *self,
                        guint           index)
{
  g_return_val_if_fail (self != NULL && index < self->properties->len, NULL);

  return g_ptr_array_index (self->properties, index);
}

CrmVcardProperty *
crm_vcard_find (const CrmVcard         *self,
                const char             *name,
                const CrmVcardProperty *after)
{
  guint i = 0;

  g_return_val_if_fail (self != NULL && name != NULL, NULL);

  if (after != NULL && g_ptr_array_find (self->properties, after, &i))
    i++;
  for (; i < self->properties->len; i++)
    if (crm_vcard_property_is (self->properties->pdata[i], name))
      return self->properties->pdata[i];
  return NULL;
}

/* "_$!<Mobile>!$_": a word that Apple translates on showing it */
static char *
take_apple_word (char *label)
{
  gsize length = strlen (label);

  if (length >= 8 && g_str_has_prefix (label, "_$!<") && g_str_has_suffix (label, ">!$_"))
    {
      memmove (label, label + 4, length - 8);
      label[length - 8] = '\0';
    }
  return label;
}

char *
crm_vcard_dup_label (const CrmVcard         *self,
                     const CrmVcardProperty *property)
{
  g_return_val_if_fail (self != NULL && property != NULL, NULL);

  if (property->group == NULL)
    return NULL;
  for (CrmVcardProperty *label = NULL; (label = crm_vcard_find (self, "X-ABLabel", label)) != NULL;)
    if (label->group != NULL && g_ascii_strcasecmp (label->group, property->group) == 0 && *label->value != '\0')
      return take_apple_word (crm_vcard_property_dup_text (label));
  return NULL;
}

CrmVcardProperty *
crm_vcard_add (CrmVcard   *self,
               const char *group,
               const char *name,
               const char *value)
{
  CrmVcardProperty *property;
  const char *canonical;

  g_return_val_if_fail (self != NULL && name != NULL && value != NULL, NULL);

  property = allocate (self, sizeof *property);
  memset (property, 0, sizeof *property);
  crm_vcard_lookup (name, &canonical);
  property->group = group != NULL ? copy_text (self, group, strlen (group)) : NULL;
  property->name = canonical != NULL ? canonical : copy_text (self, name, strlen (name));
  crm_vcard_set_value (self, property, value, -1);
  g_ptr_array_add (self->properties, property);
  return property;
}

void
crm_vcard_set_value (CrmVcard         *self,
                     CrmVcardProperty *property,
                     const char       *value,
                     gssize            length)
{
  gsize size = length < 0 ? strlen (value) : (gsize) length;

  property->value = size > 0 ? copy_text (self, value, size) : "";
}

void
crm_vcard_set_bytes (CrmVcard         *self,
                     CrmVcardProperty *property,
                     GBytes           *bytes,
                     const char       *media_type)
{
  g_clear_pointer (&property->bytes, g_bytes_unref);
  property->bytes = g_bytes_ref (bytes);
  property->media_type = media_type != NULL ? copy_text (self, media_type, strlen (media_type)) : NULL;
  property->value = "";
  self->size += g_bytes_get_size (bytes);
}

CrmVcardProperty *
crm_vcard_add_text (CrmVcard   *self,
                    const char *group,
                    const char *name,
                    const char *text)
{
  g_autoptr (GString) value = g_string_new (NULL);

  g_return_val_if_fail (self != NULL && text != NULL, NULL);

  crm_vcard_append_escaped (value, text, -1);
  return crm_vcard_add (self, group, name, value->str);
}

static CrmVcardProperty *
add_joined (CrmVcard           *self,
            const char         *group,
            const char         *name,
            const char * const *texts,
            guint               n_texts,
            char                separator)
{
  g_autoptr (GString) value = g_string_new (NULL);

  for (guint i = 0; i < n_texts; i++)
    {
      if (i > 0)
        g_string_append_c (value, separator);
      if (texts[i] != NULL)
        crm_vcard_append_escaped (value, texts[i], -1);
    }
  return crm_vcard_add (self, group, name, value->str);
}

CrmVcardProperty *
crm_vcard_add_parts (CrmVcard           *self,
                     const char         *group,
                     const char         *name,
                     const char * const *parts,
                     guint               n_parts)
{
  g_return_val_if_fail (self != NULL && (parts != NULL || n_parts == 0), NULL);

  return add_joined (self, group, name, parts, n_parts, ';');
}

CrmVcardProperty *
crm_vcard_add_list (CrmVcard           *self,
                    const char         *group,
                    const char         *name,
                    const char * const *items,
                    guint               n_items)
{
  g_return_val_if_fail (self != NULL && (items != NULL || n_items == 0), NULL);

  return add_joined (self, group, name, items, n_items, ',');
}

CrmVcardProperty *
crm_vcard_add_bytes (CrmVcard   *self,
                     const char *group,
                     const char *name,
                     GBytes     *bytes,
                     const char *media_type)
{
  CrmVcardProperty *property;

  g_return_val_if_fail (self != NULL && bytes != NULL, NULL);

  property = crm_vcard_add (self, group, name, "");
  crm_vcard_set_bytes (self, property, bytes, media_type);
  return property;
}

CrmVcardProperty *
crm_vcard_add_copy (CrmVcard               *self,
                    const CrmVcardProperty *property)
{
  CrmVcardProperty *copy;

  g_return_val_if_fail (self != NULL && property != NULL, NULL);

  copy = crm_vcard_add (self, property->group, property->name, property->value);
  for (guint i = 0; i < property->n_params; i++)
    crm_vcard_add_param (self, copy, property->params[i].name, property->params[i].value);
  if (property->bytes != NULL)
    crm_vcard_set_bytes (self, copy, property->bytes, property->media_type);
  return copy;
}

void
crm_vcard_add_param (CrmVcard         *self,
                     CrmVcardProperty *property,
                     const char       *name,
                     const char       *value)
{
  g_return_if_fail (self != NULL && property != NULL && name != NULL && value != NULL);

  if (property->n_params == CRM_VCARD_MAX_PARAMS)
    return;
  /* Room for 4, 8, 16 … */
  if (property->n_params == 0 || (property->n_params >= 4 && (property->n_params & (property->n_params - 1)) == 0))
    {
      CrmVcardParam *params = allocate (self, MAX (4, 2 * property->n_params) * sizeof *params);

      if (property->n_params > 0)
        memcpy (params, property->params, property->n_params * sizeof *params);
      property->params = params;
    }
  property->params[property->n_params].name = copy_text (self, name, strlen (name));
  property->params[property->n_params].value = copy_text (self, value, strlen (value));
  property->n_params++;
}

/* Leaves the room as it is: a parameter is only ever added again after fewer than there is room for. */
void
crm_vcard_remove_param (CrmVcardProperty *property,
                        guint             index)
{
  g_assert (index < property->n_params);

  property->n_params--;
  memmove (property->params + index, property->params + index + 1, (property->n_params - index) * sizeof *property->params);
}

/* The property */

gboolean
crm_vcard_property_is (const CrmVcardProperty *self,
                       const char             *name)
{
  g_return_val_if_fail (self != NULL && name != NULL, FALSE);

  return g_ascii_strcasecmp (self->name, name) == 0;
}

const char *
crm_vcard_property_get_param (const CrmVcardProperty *self,
                              const char             *name)
{
  g_return_val_if_fail (self != NULL && name != NULL, NULL);

  for (guint i = 0; i < self->n_params; i++)
    if (g_ascii_strcasecmp (self->params[i].name, name) == 0)
      return self->params[i].value;
  return NULL;
}

gboolean
crm_vcard_property_has_type (const CrmVcardProperty *self,
                             const char             *type)
{
  g_return_val_if_fail (self != NULL && type != NULL, FALSE);

  for (guint i = 0; i < self->n_params; i++)
    if (strcmp (self->params[i].name, "TYPE") == 0 && g_ascii_strcasecmp (self->params[i].value, type) == 0)
      return TRUE;
  return FALSE;
}

guint
crm_vcard_property_get_pref (const CrmVcardProperty *self)
{
  const char *text;
  guint64 pref;

  g_return_val_if_fail (self != NULL, 101);

  text = crm_vcard_property_get_param (self, "PREF");
  return text != NULL && g_ascii_string_to_unsigned (text, 10, 1, 100, &pref, NULL) ? (guint) pref : 101;
}

/* The character that an escape stands for; 0: it is none, and the backslash stands for itself */
static char
get_escaped (char letter)
{
  switch (letter)
    {
    case 'n':
    case 'N':  return '\n';
    case ',':
    case ';':
    case ':':
    case '\\': return letter;
    default:   return '\0';
    }
}

static char *
unescape (const char *value,
          gsize       length)
{
  char *text = g_malloc (length + 1);
  gsize n = 0;

  for (gsize i = 0; i < length; i++)
    {
      char escaped = value[i] == '\\' && i + 1 < length ? get_escaped (value[i + 1]) : '\0';

      if (escaped != '\0')
        i++;
      text[n++] = escaped != '\0' ? escaped : value[i];
    }
  text[n] = '\0';
  return text;
}

char *
crm_vcard_property_dup_text (const CrmVcardProperty *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return unescape (self->value, strlen (self->value));
}

static gsize
find_separator (const char *value,
                char        separator)
{
  gsize i = 0;

  for (; value[i] != '\0' && value[i] != separator; i++)
    if (value[i] == '\\' && value[i + 1] != '\0')
      i++;
  return i;
}

static GStrv
split (const char *value,
       char        separator,
       gboolean    keep_empty)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  while (TRUE)
    {
      gsize length = find_separator (value, separator);

      if (keep_empty || length > 0)
        {
          g_autofree char *part = unescape (value, length);

          g_strv_builder_add (builder, part);
        }
      if (value[length] == '\0')
        return g_strv_builder_end (builder);
      value += length + 1;
    }
}

GStrv
crm_vcard_property_dup_parts (const CrmVcardProperty *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return split (self->value, ';', TRUE);
}

GStrv
crm_vcard_property_dup_list (const CrmVcardProperty *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return split (self->value, ',', FALSE);
}

/* Escapes */

void
crm_vcard_append_escaped (GString    *into,
                          const char *text,
                          gssize      length)
{
  const char *end = text + (length < 0 ? (gssize) strlen (text) : length);

  for (; text < end; text++)
    switch (*text)
      {
      case '\r':
        if (text + 1 < end && text[1] == '\n')
          text++;
        G_GNUC_FALLTHROUGH;
      case '\n':
        g_string_append (into, "\\n");
        break;
      case ',':
      case ';':
      case '\\':
        g_string_append_c (into, '\\');
        G_GNUC_FALLTHROUGH;
      default:
        g_string_append_c (into, *text);
      }
}

static gsize
append_escape (GString    *into,
               const char *value,
               gboolean    is_known)
{
  char escaped = get_escaped (value[1]);

  /* Two characters may be anything where it is not known what the value is made of; only the colon needs no escape anywhere. */
  if (value[1] == ':')
    g_string_append_c (into, ':');
  else if (!is_known && value[1] != '\0' && value[1] != '\r' && value[1] != '\n')
    g_string_append_len (into, value, 2);
  else if (is_known && escaped != '\0')
    crm_vcard_append_escaped (into, &escaped, 1);
  else
    {
      g_string_append (into, is_known ? "\\\\" : "\\");
      return 1;
    }
  return 2;
}

static gboolean
is_special (char letter)
{
  return letter == '\0' || letter == '\\' || letter == '\r' || letter == '\n' || letter == ',' || letter == ';';
}

void
crm_vcard_append_normal (GString         *into,
                         CrmVcardForm     form,
                         CrmVcardVersion  version,
                         const char      *value)
{
  gboolean is_known = form == CRM_VCARD_TEXT || form == CRM_VCARD_PARTS || form == CRM_VCARD_UNITS || form == CRM_VCARD_LIST;
  gboolean bare_commas = !is_known || form == CRM_VCARD_LIST || (form == CRM_VCARD_PARTS && version != CRM_VCARD_2_1);
  gboolean bare_semicolons = !is_known || form == CRM_VCARD_PARTS || form == CRM_VCARD_UNITS;

  while (*value != '\0')
    {
      const char *plain = value;

      while (!is_special (*value))
        value++;
      g_string_append_len (into, plain, value - plain);
      if (*value == '\\')
        value += append_escape (into, value, is_known);
      else if ((*value == ',' && bare_commas) || (*value == ';' && bare_semicolons))
        g_string_append_c (into, *value++);
      else if (*value != '\0')
        {
          gsize length = value[0] == '\r' && value[1] == '\n' ? 2 : 1;

          crm_vcard_append_escaped (into, value, (gssize) length);
          value += length;
        }
    }
}
