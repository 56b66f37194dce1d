/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crm-config.h"

#include "crm-sample-words.h"

#include <gio/gio.h>
#include <string.h>

#define FOLDER "/com/example/Crm/sample/"

typedef struct {
  GPtrArray *items;   /* of GStrv */
  GArray    *weights; /* of guint: the sum up to and with each item */
} Section;

struct _CrmSampleWords {
  GHashTable *sections; /* name → Section */
};

GResource *crm_sample_get_resource (void);

static gboolean
is_weighted (const char *section)
{
  static const char * const weighted[] = { "country", "name", "form", "street", "city", NULL };

  return g_strv_contains (weighted, section);
}

static Section *
section_new (void)
{
  Section *section = g_new (Section, 1);

  section->items = g_ptr_array_new_with_free_func ((GDestroyNotify) g_strfreev);
  section->weights = g_array_new (FALSE, FALSE, sizeof (guint));
  return section;
}

static void
section_free (gpointer data)
{
  Section *section = data;

  g_ptr_array_unref (section->items);
  g_array_unref (section->weights);
  g_free (section);
}

static guint
get_sum (const Section *section)
{
  return section->weights->len == 0 ? 0 : g_array_index (section->weights, guint, section->weights->len - 1);
}

static void
add_item (Section    *section,
          gboolean    weighted,
          const char *line)
{
  const char *columns = weighted ? strstr (line, " | ") + strlen (" | ") : line;
  guint sum = get_sum (section) + (weighted ? (guint) g_ascii_strtoull (line, NULL, 10) : 1);

  g_ptr_array_add (section->items, g_strsplit (columns, " | ", -1));
  g_array_append_val (section->weights, sum);
}

CrmSampleWords *
crm_sample_words_load (const char *name)
{
  g_autofree char *path = g_strconcat (FOLDER, name, NULL);
  g_autoptr (GBytes) bytes = g_resource_lookup_data (crm_sample_get_resource (), path, G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);
  CrmSampleWords *self = g_new (CrmSampleWords, 1);
  g_auto (GStrv) lines = NULL;
  Section *section = NULL;
  gboolean weighted = FALSE;

  g_assert (bytes != NULL);

  self->sections = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, section_free);
  /* A resource has a NUL behind its end. */
  lines = g_strsplit (g_bytes_get_data (bytes, NULL), "\n", -1);
  for (char **line = lines; *line != NULL; line++)
    if (**line == '[')
      {
        g_autofree char *title = g_strndup (*line + 1, strcspn (*line + 1, "]"));

        section = section_new ();
        weighted = is_weighted (title);
        g_hash_table_insert (self->sections, g_steal_pointer (&title), section);
      }
    else if (**line != '\0' && **line != '#')
      add_item (section, weighted, *line);
  return self;
}

void
crm_sample_words_free (CrmSampleWords *self)
{
  g_hash_table_unref (self->sections);
  g_free (self);
}

static const Section *
find_section (const CrmSampleWords *self,
              const char           *name)
{
  const Section *section = g_hash_table_lookup (self->sections, name);

  g_assert (section != NULL && section->items->len > 0);
  return section;
}

const char * const *
crm_sample_words_draw (const CrmSampleWords *self,
                       GRand                *random,
                       const char           *name)
{
  const Section *section = find_section (self, name);
  guint drawn = (guint) g_rand_int_range (random, 0, (gint32) get_sum (section));
  guint low = 0, high = section->items->len - 1;

  while (low < high)
    {
      guint middle = (low + high) / 2;

      if (g_array_index (section->weights, guint, middle) > drawn)
        high = middle;
      else
        low = middle + 1;
    }
  return g_ptr_array_index (section->items, low);
}

const GPtrArray *
crm_sample_words_get (const CrmSampleWords *self,
                      const char           *section)
{
  return find_section (self, section)->items;
}

guint
crm_sample_words_get_weight (const CrmSampleWords *self)
{
  return get_sum (find_section (self, "country"));
}

static const char *
append_drawn (const CrmSampleWords  *self,
              GRand                 *random,
              const char            *mark,
              GString               *into,
              const char           **trade)
{
  gsize length = strcspn (mark + 1, "}");
  g_autofree char *section = g_strndup (mark + 1, length);
  const char * const *item = crm_sample_words_draw (self, random, section);

  g_string_append (into, item[0]);
  if (trade != NULL && strcmp (section, "trade") == 0)
    *trade = item[1];
  return mark + 1 + length;
}

char *
crm_sample_words_expand (const CrmSampleWords  *self,
                         GRand                 *random,
                         const char            *pattern,
                         const char           **trade)
{
  GString *text = g_string_new (NULL);

  for (const char *p = pattern; *p != '\0'; p++)
    if (*p == '{')
      p = append_drawn (self, random, p, text, trade);
    else if (*p == '#')
      {
        gboolean is_first = text->len == 0 || !g_ascii_isdigit (text->str[text->len - 1]);

        g_string_append_c (text, (char) ('0' + g_rand_int_range (random, is_first ? 1 : 0, 10)));
      }
    else
      g_string_append_c (text, *p);
  return g_string_free (text, FALSE);
}
