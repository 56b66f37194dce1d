/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crm-config.h"

#include "crm-mapping.h"

#include <glib/gi18n-lib.h>
#include <json-glib/json-glib.h>
#include <string.h>

#include "crm-client.h"
#include "crm-error.h"
#include "crm-fold.h"

#define FIRST_TARGET CRM_MAPPING_FAMILY_NAME

/* Behind all names that are known. */
#define NO_RANK 10000

typedef struct {
  char    *name;
  char    *key;     /* see make_key(); "" without header */
  int      target;
  guint    rank;    /* in its target, lower ones first */
  guint    group;   /* see crm_mapping_get_group() */
  gboolean chosen;  /* by crm_mapping_set_named() */
} Column;

struct _CrmMapping {
  const CrmEntity *entity;
  gboolean         has_header;
  GArray          *columns;    /* of Column */
  GArray         **by_target;  /* of guint, from FIRST_TARGET on; NULL: none */
};

typedef struct {
  int   target;
  guint rank;
} Alias;

/* Names of persons. The ambiguous ones are first names where there are family names, too, and else names of clients. */
static const char * const given_names[] = {
  "First Name", "Given Name", "Forename", "Vorname", "property_firstname", NULL
};
static const char * const ambiguous_names[] = {
  "Ad", "Adı", "İsim", NULL
};
static const char * const family_names[] = {
  "Last Name", "Family Name", "Surname", "Nachname", "Soyad", "Soyadı", "Soyisim", "Soyismi", "property_lastname", NULL
};

/* How the names of columns begin, or in German end, that are not about the first address of a row. */
static const struct {
  const char *begins;
  const char *ends;
  guint       group;
} address_groups[] = {
  { "shipping", NULL, 1 },     { "delivery", NULL, 1 }, { "alternate", NULL, 1 },    { "address2", NULL, 1 },
  { "sevk", NULL, 1 },         { "teslimat", NULL, 1 }, { "home", NULL, 2 },         { "privat", NULL, 2 },
  { NULL, "privat", 2 },       { NULL, "privat2", 2 },  { "evadresi", NULL, 2 },     { "other", NULL, 3 },
  { "address3", NULL, 3 },     { "diger", NULL, 3 },    { "weitere", NULL, 3 },      { "location", NULL, 4 },
  { "headquarters", NULL, 4 },
};

/* "Billing Street", "billing_street" and "BillingStreet" are the same. */
static char *
make_key (const char *name)
{
  char *key = crm_fold (name);
  char *to = key;

  for (const char *from = key; *from != '\0'; from++)
    if (*from != ' ')
      *to++ = *from;
  *to = '\0';
  return key;
}

static guint
find_group (const char *key)
{
  for (guint i = 0; i < G_N_ELEMENTS (address_groups); i++)
    if (address_groups[i].begins == NULL ? g_str_has_suffix (key, address_groups[i].ends)
                                         /* "Address 2" alone is the second line of the first address. */
                                         : g_str_has_prefix (key, address_groups[i].begins) && strcmp (key, "address2") != 0)
      return address_groups[i].group;
  return 0;
}

static void
add_alias (GHashTable *aliases,
           const char *name,
           int         target,
           guint       rank)
{
  char *key = make_key (name);
  Alias *alias;

  if (g_hash_table_contains (aliases, key))
    {
      g_free (key);
      return;
    }
  alias = g_new (Alias, 1);
  *alias = (Alias) { target, rank };
  g_hash_table_insert (aliases, key, alias);
}

static void
add_field (GHashTable *aliases,
           guint       field)
{
  const CrmField *f = &crm_client.fields[field];
  g_auto (GStrv) names = g_strsplit (f->aliases == NULL ? "" : f->aliases, ";", -1);
  guint rank = 1;

  for (guint i = 0; names[i] != NULL; i++)
    add_alias (aliases, names[i], (int) field, rank++);
  /* If they do not stand among the aliases, where they are less sure, they are the surest of all. */
  add_alias (aliases, f->name, (int) field, 0);
  add_alias (aliases, f->label, (int) field, 0);
  add_alias (aliases, _(f->label), (int) field, 0);
}

/* Key → Alias, of clients. Made anew never: the language of a process stays as it is. */
static GHashTable *
get_aliases (void)
{
  static gsize made;
  static GHashTable *aliases;

  if (g_once_init_enter (&made))
    {
      aliases = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
      for (guint i = 0; given_names[i] != NULL; i++)
        add_alias (aliases, given_names[i], CRM_MAPPING_GIVEN_NAME, i);
      for (guint i = 0; family_names[i] != NULL; i++)
        add_alias (aliases, family_names[i], CRM_MAPPING_FAMILY_NAME, i);
      for (guint i = 0; i < crm_client.n_fields; i++)
        if (!(crm_client.fields[i].flags & CRM_FIELD_SYSTEM))
          add_field (aliases, i);
      g_once_init_leave (&made, 1);
    }
  return aliases;
}

gboolean
crm_mapping_is_known (const char *folded_name)
{
  g_autofree char *key = make_key (folded_name);

  return g_hash_table_contains (get_aliases (), key);
}

static inline Column *
get_column (const CrmMapping *self,
            guint             column)
{
  return &g_array_index (self->columns, Column, column);
}

static void
clear_column (gpointer data)
{
  Column *column = data;

  g_free (column->name);
  g_free (column->key);
}

/* Columns of a target, in the order of preference */

static guint
count_targets (const CrmMapping *self)
{
  return self->entity->n_fields - FIRST_TARGET;
}

static int
compare_columns (gconstpointer a,
                 gconstpointer b,
                 gpointer      data)
{
  guint x = *(const guint *) a, y = *(const guint *) b;
  const Column *first = get_column (data, x), *second = get_column (data, y);

  if (first->rank != second->rank)
    return first->rank < second->rank ? -1 : 1;
  return (x > y) - (x < y);
}

static void
sort_out (CrmMapping *self)
{
  for (guint i = 0; i < count_targets (self); i++)
    if (self->by_target[i] != NULL)
      g_array_set_size (self->by_target[i], 0);
  for (guint i = 0; i < self->columns->len; i++)
    {
      int target = get_column (self, i)->target;
      GArray **columns = &self->by_target[target - FIRST_TARGET];

      if (target == CRM_MAPPING_NONE)
        continue;
      if (*columns == NULL)
        *columns = g_array_new (FALSE, FALSE, sizeof (guint));
      g_array_append_val (*columns, i);
    }
  for (guint i = 0; i < count_targets (self); i++)
    if (self->by_target[i] != NULL)
      g_array_sort_with_data (self->by_target[i], compare_columns, self);
}

static void
assign (Column *column,
        int     target)
{
  const Alias *alias = g_hash_table_lookup (get_aliases (), column->key);

  column->target = target;
  column->rank = alias != NULL && alias->target == target ? alias->rank : NO_RANK;
}

/* The guess */

static gboolean
is_one_of (const char         *key,
           const char * const *names)
{
  for (guint i = 0; names[i] != NULL; i++)
    {
      g_autofree char *other = make_key (names[i]);

      if (strcmp (key, other) == 0)
        return TRUE;
    }
  return FALSE;
}

static void
guess (CrmMapping *self)
{
  gboolean of_persons = FALSE;

  for (guint i = 0; i < self->columns->len; i++)
    {
      Column *column = get_column (self, i);
      const Alias *alias = *column->key == '\0' ? NULL : g_hash_table_lookup (get_aliases (), column->key);

      assign (column, alias == NULL ? CRM_MAPPING_NONE : alias->target);
      of_persons |= column->target == CRM_MAPPING_FAMILY_NAME;
    }
  for (guint i = 0; i < self->columns->len && of_persons; i++)
    {
      Column *column = get_column (self, i);

      if (is_one_of (column->key, ambiguous_names))
        assign (column, CRM_MAPPING_GIVEN_NAME);
      /* In lists of persons this is "Dr." */
      else if (strcmp (column->key, "unvan") == 0)
        assign (column, CRM_MAPPING_NONE);
    }
  if (!self->has_header && self->columns->len == 1)
    assign (get_column (self, 0), CRM_CLIENT_NAME);
}

static CrmMapping *
make_empty (const CrmEntity *entity)
{
  CrmMapping *self = g_new0 (CrmMapping, 1);

  self->entity = entity;
  self->columns = g_array_new (FALSE, FALSE, sizeof (Column));
  g_array_set_clear_func (self->columns, clear_column);
  self->by_target = g_new0 (GArray *, count_targets (self));
  return self;
}

CrmMapping *
crm_mapping_new (const CrmEntity    *entity,
                 const char * const *header,
                 guint               n_columns)
{
  CrmMapping *self;

  g_return_val_if_fail (entity == &crm_client, NULL);

  self = make_empty (entity);
  self->has_header = header != NULL;
  for (guint i = 0; i < n_columns; i++)
    {
      gboolean named = header != NULL && *header[i] != '\0';
      Column column = { 0 };

      column.name = named ? g_strdup (header[i]) : g_strdup_printf (_("Column %u"), i + 1);
      column.key = named ? make_key (header[i]) : g_strdup ("");
      column.group = find_group (column.key);
      g_array_append_val (self->columns, column);
    }
  guess (self);
  sort_out (self);
  return self;
}

CrmMapping *
crm_mapping_copy (const CrmMapping *self)
{
  CrmMapping *copy = make_empty (self->entity);

  copy->has_header = self->has_header;
  for (guint i = 0; i < self->columns->len; i++)
    {
      Column column = *get_column (self, i);

      column.name = g_strdup (column.name);
      column.key = g_strdup (column.key);
      g_array_append_val (copy->columns, column);
    }
  sort_out (copy);
  return copy;
}

void
crm_mapping_free (CrmMapping *self)
{
  for (guint i = 0; i < count_targets (self); i++)
    g_clear_pointer (&self->by_target[i], g_array_unref);
  g_free (self->by_target);
  g_array_unref (self->columns);
  g_free (self);
}

gboolean
crm_mapping_equal (const CrmMapping *a,
                   const CrmMapping *b)
{
  if (a->columns->len != b->columns->len)
    return FALSE;
  for (guint i = 0; i < a->columns->len; i++)
    if (get_column (a, i)->target != get_column (b, i)->target || strcmp (get_column (a, i)->name, get_column (b, i)->name) != 0)
      return FALSE;
  return TRUE;
}

guint
crm_mapping_get_n_columns (const CrmMapping *self)
{
  return self->columns->len;
}

const char *
crm_mapping_get_column_name (const CrmMapping *self,
                             guint             column)
{
  g_return_val_if_fail (column < self->columns->len, NULL);

  return get_column (self, column)->name;
}

int
crm_mapping_get_target (const CrmMapping *self,
                        guint             column)
{
  g_return_val_if_fail (column < self->columns->len, CRM_MAPPING_NONE);

  return get_column (self, column)->target;
}

void
crm_mapping_set_target (CrmMapping *self,
                        guint       column,
                        int         target)
{
  g_return_if_fail (column < self->columns->len);
  g_return_if_fail (target >= FIRST_TARGET && target < (int) self->entity->n_fields);

  assign (get_column (self, column), target);
  sort_out (self);
}

const guint *
crm_mapping_get_columns (const CrmMapping *self,
                         int               target,
                         guint            *n_columns)
{
  const GArray *columns = self->by_target[target - FIRST_TARGET];

  *n_columns = columns == NULL ? 0 : columns->len;
  return columns == NULL ? NULL : &g_array_index (columns, guint, 0);
}

guint
crm_mapping_get_group (const CrmMapping *self,
                       guint             column)
{
  return get_column (self, column)->group;
}

int
crm_mapping_get_label_column (const CrmMapping *self,
                              guint             column)
{
  const char *key = get_column (self, column)->key;
  gsize stem = strlen (key) - strlen ("value");

  if (!g_str_has_suffix (key, "value"))
    return -1;
  for (guint i = 0; i < self->columns->len; i++)
    {
      const char *other = get_column (self, i)->key;

      if (strncmp (other, key, stem) == 0 && (strcmp (other + stem, "type") == 0 || strcmp (other + stem, "label") == 0))
        return (int) i;
    }
  return -1;
}

gboolean
crm_mapping_has_name (const CrmMapping *self)
{
  guint n_names, n_given, n_family;

  crm_mapping_get_columns (self, CRM_CLIENT_NAME, &n_names);
  crm_mapping_get_columns (self, CRM_MAPPING_GIVEN_NAME, &n_given);
  crm_mapping_get_columns (self, CRM_MAPPING_FAMILY_NAME, &n_family);
  return n_names + n_given + n_family > 0;
}

/* Names of targets */

const char *
crm_mapping_target_get_name (const CrmEntity *entity,
                             int              target)
{
  switch (target)
    {
    case CRM_MAPPING_NONE:
      return NULL;
    case CRM_MAPPING_GIVEN_NAME:
      return "given_name";
    case CRM_MAPPING_FAMILY_NAME:
      return "family_name";
    default:
      return entity->fields[target].name;
    }
}

const char *
crm_mapping_target_get_label (const CrmEntity *entity,
                              int              target)
{
  switch (target)
    {
    case CRM_MAPPING_NONE:
      return _("Not imported");
    case CRM_MAPPING_GIVEN_NAME:
      return _("First name");
    case CRM_MAPPING_FAMILY_NAME:
      return _("Last name");
    default:
      return crm_field_get_label (&entity->fields[target]);
    }
}

static gboolean
can_be_target (const CrmEntity *entity,
               int              target)
{
  return target < 0 || !(entity->fields[target].flags & CRM_FIELD_SYSTEM);
}

/* CRM_MAPPING_NONE: there is none of that name. */
static int
find_target (const CrmEntity *entity,
             const char      *text,
             gboolean         by_label)
{
  g_autofree char *key = make_key (text);

  for (int i = FIRST_TARGET; i < (int) entity->n_fields; i++)
    {
      const char *name = crm_mapping_target_get_name (entity, i);
      g_autofree char *label = make_key (crm_mapping_target_get_label (entity, i));

      if (name != NULL && can_be_target (entity, i) && (strcmp (name, text) == 0 || (by_label && strcmp (label, key) == 0)))
        return i;
    }
  return CRM_MAPPING_NONE;
}

static char *
list_targets (const CrmEntity *entity)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new ();

  for (int i = 0; i < (int) entity->n_fields; i++)
    if (can_be_target (entity, i))
      g_ptr_array_add (names, (gpointer) entity->fields[i].name);
  g_ptr_array_add (names, (gpointer) crm_mapping_target_get_name (entity, CRM_MAPPING_GIVEN_NAME));
  g_ptr_array_add (names, (gpointer) crm_mapping_target_get_name (entity, CRM_MAPPING_FAMILY_NAME));
  g_ptr_array_add (names, NULL);
  return g_strjoinv (", ", (GStrv) names->pdata);
}

static char *
list_columns (const CrmMapping *self)
{
  g_autoptr (GString) names = g_string_new (NULL);

  for (guint i = 0; i < self->columns->len && i < 100; i++)
    g_string_append_printf (names, "%s%s", i > 0 ? ", " : "", get_column (self, i)->name);
  return g_string_free (g_steal_pointer (&names), FALSE);
}

static int
find_column (const CrmMapping *self,
             const char       *text)
{
  g_autofree char *key = make_key (text);
  guint64 number;

  for (guint i = 0; i < self->columns->len; i++)
    if (strcmp (get_column (self, i)->name, text) == 0)
      return (int) i;
  for (guint i = 0; i < self->columns->len; i++)
    if (*key != '\0' && strcmp (get_column (self, i)->key, key) == 0)
      return (int) i;
  if (g_ascii_string_to_unsigned (text, 10, 1, self->columns->len, &number, NULL))
    return (int) number - 1;
  return -1;
}

static void
release (CrmMapping *self,
         int         target,
         gboolean    also_chosen)
{
  for (guint i = 0; i < self->columns->len; i++)
    {
      Column *column = get_column (self, i);

      if (column->target == target && (also_chosen || !column->chosen))
        assign (column, CRM_MAPPING_NONE);
    }
}

gboolean
crm_mapping_set_named (CrmMapping  *self,
                       const char  *field,
                       const char  *column,
                       GError     **error)
{
  int target = find_target (self->entity, field, TRUE);
  int index = *column == '\0' ? -1 : find_column (self, column);

  if (target == CRM_MAPPING_NONE)
    {
      g_autofree char *names = list_targets (self->entity);

      g_set_error (error, CRM_ERROR, CRM_ERROR_NOT_FOUND, _("%s has no field “%s”. There are: %s."), _(self->entity->label), field,
                   names);
      return FALSE;
    }
  if (*column != '\0' && index < 0)
    {
      g_autofree char *names = list_columns (self);

      g_set_error (error, CRM_ERROR, CRM_ERROR_NOT_FOUND, _("The file has no column “%s”. There are: %s."), column, names);
      return FALSE;
    }
  release (self, target, index < 0);
  if (index >= 0)
    {
      assign (get_column (self, (guint) index), target);
      get_column (self, (guint) index)->chosen = TRUE;
    }
  sort_out (self);
  return TRUE;
}

/* Kept for files of the same header */

char *
crm_mapping_to_json (const CrmMapping *self)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonNode) root = NULL;

  json_builder_begin_array (builder);
  for (guint i = 0; i < self->columns->len; i++)
    {
      const char *name = crm_mapping_target_get_name (self->entity, get_column (self, i)->target);

      if (name == NULL)
        json_builder_add_null_value (builder);
      else
        json_builder_add_string_value (builder, name);
    }
  json_builder_end_array (builder);
  root = json_builder_get_root (builder);
  return json_to_string (root, FALSE);
}

gboolean
crm_mapping_load_json (CrmMapping  *self,
                       const char  *json,
                       GError     **error)
{
  g_autoptr (JsonNode) root = json_from_string (json, error);
  JsonArray *names;

  if (root == NULL || !JSON_NODE_HOLDS_ARRAY (root) || json_array_get_length (json_node_get_array (root)) != self->columns->len)
    {
      g_clear_error (error);
      g_set_error_literal (error, CRM_ERROR, CRM_ERROR_INVALID, _("This is no mapping of the columns of this file."));
      return FALSE;
    }
  names = json_node_get_array (root);
  for (guint i = 0; i < self->columns->len; i++)
    {
      JsonNode *name = json_array_get_element (names, i);
      const char *text = json_node_get_value_type (name) == G_TYPE_STRING ? json_node_get_string (name) : "";

      assign (get_column (self, i), find_target (self->entity, text, FALSE));
    }
  sort_out (self);
  return TRUE;
}

char *
crm_mapping_get_fingerprint (const CrmMapping *self)
{
  g_autoptr (GString) names = g_string_new (NULL);

  if (!self->has_header)
    return NULL;
  for (guint i = 0; i < self->columns->len; i++)
    g_string_append_printf (names, "%s\n", get_column (self, i)->key);
  return g_compute_checksum_for_string (G_CHECKSUM_SHA256, names->str, (gssize) names->len);
}
