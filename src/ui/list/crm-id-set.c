/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crm-id-set.h"

/* Open addressing with linear probing; 0 is an empty place. At most half of the places are taken. */
struct _CrmIdSet {
  gint64 *places;
  guint   mask; /* number of places less one; a power of two */
  guint   size;
};

#define FIRST_PLACES 16

static guint
find_place (const CrmIdSet *self,
            gint64          id)
{
  /* Ids are counted up: Fibonacci hashing spreads neighbours */
  guint place = (guint) (((guint64) id * G_GUINT64_CONSTANT (11400714819323198485)) >> 32) & self->mask;

  while (self->places[place] != 0 && self->places[place] != id)
    place = (place + 1) & self->mask;
  return place;
}

static void
resize (CrmIdSet *self,
        guint     n_places)
{
  gint64 *old = self->places;
  guint n_old = self->mask + 1;

  self->places = g_new0 (gint64, n_places);
  self->mask = n_places - 1;
  for (guint i = 0; i < n_old; i++)
    {
      if (old[i] != 0)
        self->places[find_place (self, old[i])] = old[i];
    }
  g_free (old);
}

CrmIdSet *
crm_id_set_new (void)
{
  CrmIdSet *self = g_new0 (CrmIdSet, 1);

  self->places = g_new0 (gint64, FIRST_PLACES);
  self->mask = FIRST_PLACES - 1;
  return self;
}

void
crm_id_set_free (CrmIdSet *self)
{
  g_free (self->places);
  g_free (self);
}

guint
crm_id_set_get_size (const CrmIdSet *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->size;
}

gboolean
crm_id_set_has (const CrmIdSet *self,
                gint64          id)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return id != 0 && self->places[find_place (self, id)] == id;
}

gboolean
crm_id_set_add (CrmIdSet *self,
                gint64    id)
{
  guint place;

  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (id > 0, FALSE);

  place = find_place (self, id);
  if (self->places[place] == id)
    return FALSE;
  self->places[place] = id;
  self->size++;
  if (self->size > self->mask / 2)
    resize (self, (self->mask + 1) * 2);
  return TRUE;
}

gboolean
crm_id_set_remove (CrmIdSet *self,
                   gint64    id)
{
  guint place;

  g_return_val_if_fail (self != NULL, FALSE);

  if (!crm_id_set_has (self, id))
    return FALSE;

  place = find_place (self, id);
  self->places[place] = 0;
  self->size--;
  /* Those behind it up to the next gap may have been pushed there by it */
  for (place = (place + 1) & self->mask; self->places[place] != 0; place = (place + 1) & self->mask)
    {
      gint64 moved = self->places[place];

      self->places[place] = 0;
      self->places[find_place (self, moved)] = moved;
    }
  return TRUE;
}

void
crm_id_set_clear (CrmIdSet *self)
{
  g_return_if_fail (self != NULL);

  g_free (self->places);
  self->places = g_new0 (gint64, FIRST_PLACES);
  self->mask = FIRST_PLACES - 1;
  self->size = 0;
}

GArray *
crm_id_set_to_array (const CrmIdSet *self)
{
  GArray *array;

  g_return_val_if_fail (self != NULL, NULL);

  array = g_array_sized_new (FALSE, FALSE, sizeof (gint64), self->size);
  for (guint i = 0; i <= self->mask; i++)
    {
      if (self->places[i] != 0)
        g_array_append_val (array, self->places[i]);
    }
  return array;
}
