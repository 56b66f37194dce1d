/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crm-values-cache.h"

typedef struct {
  gint64     id;
  CrmValues *values;
  GList      link;
} Entry;

struct _CrmValuesCache {
  GHashTable *entries; /* id → Entry */
  GQueue      recent;  /* of Entry, the one used last first */
  guint       size;
};

static void
entry_free (gpointer data)
{
  Entry *entry = data;

  g_clear_pointer (&entry->values, crm_values_unref);
  g_free (entry);
}

CrmValuesCache *
crm_values_cache_new (guint size)
{
  CrmValuesCache *self = g_new0 (CrmValuesCache, 1);

  self->entries = g_hash_table_new_full (g_int64_hash, g_int64_equal, NULL, entry_free);
  self->size = size;
  return self;
}

void
crm_values_cache_free (CrmValuesCache *self)
{
  g_hash_table_unref (self->entries);
  g_free (self);
}

static void
remove_entry (CrmValuesCache *self,
              Entry          *entry)
{
  g_queue_unlink (&self->recent, &entry->link);
  g_hash_table_remove (self->entries, &entry->id);
}

void
crm_values_cache_put (CrmValuesCache *self,
                      gint64          id,
                      CrmValues      *values)
{
  Entry *entry;

  crm_values_cache_remove (self, id);
  if (g_queue_get_length (&self->recent) == self->size)
    remove_entry (self, g_queue_peek_tail (&self->recent));

  entry = g_new0 (Entry, 1);
  entry->id = id;
  entry->values = values != NULL ? crm_values_ref (values) : NULL;
  entry->link.data = entry;
  g_hash_table_insert (self->entries, &entry->id, entry);
  g_queue_push_head_link (&self->recent, &entry->link);
}

gboolean
crm_values_cache_get (CrmValuesCache  *self,
                      gint64           id,
                      CrmValues      **values)
{
  Entry *entry = g_hash_table_lookup (self->entries, &id);

  *values = NULL;
  if (entry == NULL)
    return FALSE;
  g_queue_unlink (&self->recent, &entry->link);
  g_queue_push_head_link (&self->recent, &entry->link);
  *values = entry->values;
  return TRUE;
}

void
crm_values_cache_remove (CrmValuesCache *self,
                         gint64          id)
{
  Entry *entry = g_hash_table_lookup (self->entries, &id);

  if (entry != NULL)
    remove_entry (self, entry);
}

void
crm_values_cache_clear (CrmValuesCache *self)
{
  g_hash_table_remove_all (self->entries);
  g_queue_init (&self->recent);
}
