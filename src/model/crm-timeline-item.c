/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crm-timeline-item.h"

struct _CrmTimelineItem {
  GObject          parent_instance;

  CrmTimelineEntry entry;
  gboolean         begins_day;
};

G_DEFINE_FINAL_TYPE (CrmTimelineItem, crm_timeline_item, G_TYPE_OBJECT)

static guint changed_signal;

static void
clear_entry (CrmTimelineEntry *entry)
{
  g_free (entry->title);
  g_free (entry->text);
  g_free (entry->who);
  g_free (entry->channel);
  g_free (entry->direction);
  g_free (entry->outcome);
  g_free (entry->next_name);
  g_clear_pointer (&entry->people, g_ptr_array_unref);
}

static void
crm_timeline_item_finalize (GObject *object)
{
  clear_entry (&CRM_TIMELINE_ITEM (object)->entry);
  G_OBJECT_CLASS (crm_timeline_item_parent_class)->finalize (object);
}

static void
crm_timeline_item_class_init (CrmTimelineItemClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = crm_timeline_item_finalize;
  changed_signal = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
crm_timeline_item_init (CrmTimelineItem *self)
{
}

CrmTimelineItem *
crm_timeline_item_new (const CrmTimelineEntry *entry)
{
  CrmTimelineItem *self = g_object_new (CRM_TYPE_TIMELINE_ITEM, NULL);

  self->entry = *entry;
  return self;
}

const CrmTimelineEntry *
crm_timeline_item_get (CrmTimelineItem *self)
{
  g_return_val_if_fail (CRM_IS_TIMELINE_ITEM (self), NULL);

  return &self->entry;
}

gboolean
crm_timeline_item_begins_day (CrmTimelineItem *self)
{
  g_return_val_if_fail (CRM_IS_TIMELINE_ITEM (self), FALSE);

  return self->begins_day;
}

void
crm_timeline_item_set_begins_day (CrmTimelineItem *self,
                                  gboolean         begins_day)
{
  g_return_if_fail (CRM_IS_TIMELINE_ITEM (self));

  if (self->begins_day == begins_day)
    return;
  self->begins_day = begins_day;
  g_signal_emit (self, changed_signal, 0);
}

gboolean
crm_timeline_item_is_same (CrmTimelineItem *self,
                           CrmTimelineItem *other)
{
  return self->entry.kind == other->entry.kind && self->entry.id == other->entry.id;
}

static gboolean
have_same_people (const CrmTimelineEntry *a,
                  const CrmTimelineEntry *b)
{
  guint n = a->people == NULL ? 0 : a->people->len;

  if (n != (b->people == NULL ? 0 : b->people->len))
    return FALSE;
  for (guint i = 0; i < n; i++)
    {
      const CrmTimelinePerson *x = a->people->pdata[i], *y = b->people->pdata[i];

      if (x->id != y->id || g_strcmp0 (x->name, y->name) != 0 || g_strcmp0 (x->role, y->role) != 0)
        return FALSE;
    }
  return TRUE;
}

static gboolean
is_equal (const CrmTimelineEntry *a,
          const CrmTimelineEntry *b)
{
  return a->at == b->at && a->is_cut == b->is_cut && a->length == b->length && a->next_step == b->next_step &&
         a->next_done == b->next_done && a->n_documents == b->n_documents && g_strcmp0 (a->title, b->title) == 0 &&
         g_strcmp0 (a->text, b->text) == 0 && g_strcmp0 (a->who, b->who) == 0 && g_strcmp0 (a->channel, b->channel) == 0 &&
         g_strcmp0 (a->direction, b->direction) == 0 && g_strcmp0 (a->outcome, b->outcome) == 0 &&
         g_strcmp0 (a->next_name, b->next_name) == 0 && have_same_people (a, b);
}

void
crm_timeline_item_take (CrmTimelineItem *self,
                        CrmTimelineItem *from)
{
  CrmTimelineEntry old;

  g_return_if_fail (CRM_IS_TIMELINE_ITEM (self));
  g_return_if_fail (CRM_IS_TIMELINE_ITEM (from));

  if (is_equal (&self->entry, &from->entry))
    return;
  old = self->entry;
  self->entry = from->entry;
  from->entry = (CrmTimelineEntry) { old.kind };
  clear_entry (&old);
  g_signal_emit (self, changed_signal, 0);
}

static void
person_free (gpointer data)
{
  CrmTimelinePerson *person = data;

  g_free (person->name);
  g_free (person->role);
  g_free (person);
}

CrmTimelinePerson *
crm_timeline_person_new (gint64      id,
                         const char *name,
                         const char *role)
{
  CrmTimelinePerson *person = g_new (CrmTimelinePerson, 1);

  *person = (CrmTimelinePerson) { id, g_strdup (name), g_strdup (role) };
  return person;
}

GPtrArray *
crm_timeline_people_new (void)
{
  return g_ptr_array_new_with_free_func (person_free);
}
