/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crm-timeline.h"

#include "crm-time.h"
#include "crm-timeline-page.h"

/* The first fills a screen; more at a time once somebody scrolls */
#define FIRST_PAGE 50
#define NEXT_PAGE 400

struct _CrmTimeline {
  GObject             parent_instance;

  CrmStore           *store;
  CrmTimelineRequest *wanted;      /* record and filters */
  GPtrArray          *items;
  gboolean            has_more;
  gboolean            is_active;
  gboolean            is_outdated; /* the base has changed since */
  gboolean            is_new;      /* not a thing of what is wanted has been read */
  GCancellable       *cancellable; /* while reading */
};

static void list_model_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (CrmTimeline, crm_timeline, G_TYPE_OBJECT, G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_init))

static guint loaded_signal;

/* The list */

static GType
crm_timeline_get_item_type (GListModel *model)
{
  return CRM_TYPE_TIMELINE_ITEM;
}

static guint
crm_timeline_get_n_items (GListModel *model)
{
  return CRM_TIMELINE (model)->items->len;
}

static gpointer
crm_timeline_get_item (GListModel *model,
                       guint       position)
{
  CrmTimeline *self = CRM_TIMELINE (model);

  return position < self->items->len ? g_object_ref (self->items->pdata[position]) : NULL;
}

static void
list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = crm_timeline_get_item_type;
  iface->get_n_items = crm_timeline_get_n_items;
  iface->get_item = crm_timeline_get_item;
}

/* What came in */

static void
mark_days (CrmTimeline *self,
           guint        from)
{
  int before = from > 0 ? crm_time_get_day (crm_timeline_item_get (self->items->pdata[from - 1])->at) : -1;

  for (guint i = from; i < self->items->len; i++)
    {
      int day = crm_time_get_day (crm_timeline_item_get (self->items->pdata[i])->at);

      crm_timeline_item_set_begins_day (self->items->pdata[i], i == 0 || day != before);
      before = day;
    }
}

static void
append (CrmTimeline *self,
        GPtrArray   *items)
{
  guint n = self->items->len;

  g_ptr_array_extend (self->items, items, (GCopyFunc) (void (*) (void)) g_object_ref, NULL);
  mark_days (self, n);
  g_list_model_items_changed (G_LIST_MODEL (self), n, 0, items->len);
}

/* The objects that stand already for what is in @items take its place there. */
static void
keep_objects (CrmTimeline *self,
              GPtrArray   *items)
{
  g_autoptr (GHashTable) known = g_hash_table_new (g_int64_hash, g_int64_equal);

  for (guint i = 0; i < self->items->len; i++)
    g_hash_table_insert (known, (gpointer) &crm_timeline_item_get (self->items->pdata[i])->id, self->items->pdata[i]);
  for (guint i = 0; i < items->len; i++)
    {
      CrmTimelineItem *old = g_hash_table_lookup (known, &crm_timeline_item_get (items->pdata[i])->id);
      CrmTimelineItem *new = items->pdata[i];

      if (old == NULL || !crm_timeline_item_is_same (old, new))
        continue;
      crm_timeline_item_take (old, new);
      items->pdata[i] = g_object_ref (old);
      g_object_unref (new);
    }
}

/* Only what differs is reported, so that a list stays where it is. */
static void
replace (CrmTimeline *self,
         GPtrArray   *items)
{
  guint begin = 0, end = 0, n_old = self->items->len;
  guint most;

  keep_objects (self, items);
  most = MIN (n_old, items->len);
  while (begin < most && self->items->pdata[begin] == items->pdata[begin])
    begin++;
  while (end < most - begin && self->items->pdata[n_old - 1 - end] == items->pdata[items->len - 1 - end])
    end++;
  g_ptr_array_unref (self->items);
  self->items = g_ptr_array_ref (items);
  mark_days (self, 0);
  if (begin + end < n_old || begin + end < items->len)
    g_list_model_items_changed (G_LIST_MODEL (self), begin, n_old - begin - end, items->len - begin - end);
}

/* Reading */

static void
cancel (CrmTimeline *self)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
}

static void read_anew (CrmTimeline *self);

typedef struct {
  CrmTimeline *timeline;
  gboolean     is_more;  /* to be put behind what is there */
  guint        limit;
} Answer;

static void
on_read (GObject      *source,
         GAsyncResult *result,
         gpointer      data)
{
  g_autofree Answer *answer = data;
  g_autoptr (CrmTimeline) self = answer->timeline;
  g_autoptr (GError) error = NULL;
  g_autoptr (CrmTimelinePage) page = crm_store_read_finish (CRM_STORE (source), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || self->store == NULL)
    return;
  g_clear_object (&self->cancellable);
  self->is_new = FALSE;
  if (page != NULL)
    {
      if (answer->limit > 0)
        self->has_more = page->has_more;
      if (answer->is_more)
        append (self, page->items);
      else
        replace (self, page->items);
    }
  g_signal_emit (self, loaded_signal, 0, error);
  if (self->is_outdated)
    read_anew (self);
}

static void
send (CrmTimeline        *self,
      CrmTimelineRequest *request,
      gboolean            is_more)
{
  Answer *answer = g_new (Answer, 1);

  *answer = (Answer) { g_object_ref (self), is_more, request->limit };
  self->cancellable = g_cancellable_new ();
  crm_store_read_async (self->store, crm_timeline_page_read, request, (GDestroyNotify) crm_timeline_request_free,
                        (GDestroyNotify) crm_timeline_page_free, self->cancellable, on_read, answer);
}

/* The first page, or all that was read so far. */
static void
read_anew (CrmTimeline *self)
{
  CrmTimelineRequest *request;

  if (!self->is_active || self->wanted->record == 0)
    return;
  cancel (self);
  self->is_outdated = FALSE;
  request = crm_timeline_request_copy (self->wanted);
  request->at = request->id = G_MAXINT64;
  if (self->is_new || self->items->len < FIRST_PAGE)
    request->limit = FIRST_PAGE;
  else if (self->has_more)
    {
      const CrmTimelineEntry *last = crm_timeline_item_get (self->items->pdata[self->items->len - 1]);

      request->until = last->at;
      request->until_id = last->id;
    }
  else
    request->until = G_MININT64;
  send (self, request, FALSE);
}

static void
want_anew (CrmTimeline *self)
{
  cancel (self);
  self->is_new = TRUE;
  self->is_outdated = TRUE;
  read_anew (self);
}

static void
on_store_changed (CrmTimeline  *self,
                  CrmChangeSet *changes)
{
  static const CrmEntity * const told[] = { &crm_interaction, &crm_participant, &crm_person, &crm_task, &crm_document };
  gboolean is_touched = crm_change_set_touches (changes, self->wanted->entity, self->wanted->record);

  for (guint i = 0; i < G_N_ELEMENTS (told); i++)
    is_touched |= crm_change_set_touches_entity (changes, told[i]);
  if (!is_touched)
    return;
  self->is_outdated = TRUE;
  /* What is being read comes first: else commits in quick succession would keep it from ever coming in */
  if (self->cancellable == NULL)
    read_anew (self);
}

/* The object */

static void
crm_timeline_dispose (GObject *object)
{
  CrmTimeline *self = CRM_TIMELINE (object);

  cancel (self);
  g_clear_object (&self->store);
  G_OBJECT_CLASS (crm_timeline_parent_class)->dispose (object);
}

static void
crm_timeline_finalize (GObject *object)
{
  CrmTimeline *self = CRM_TIMELINE (object);

  g_ptr_array_unref (self->items);
  crm_timeline_request_free (self->wanted);
  G_OBJECT_CLASS (crm_timeline_parent_class)->finalize (object);
}

static void
crm_timeline_class_init (CrmTimelineClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = crm_timeline_dispose;
  G_OBJECT_CLASS (klass)->finalize = crm_timeline_finalize;
  loaded_signal = g_signal_new ("loaded", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                                G_TYPE_ERROR | G_SIGNAL_TYPE_STATIC_SCOPE);
}

static void
crm_timeline_init (CrmTimeline *self)
{
  self->items = g_ptr_array_new_with_free_func (g_object_unref);
  self->wanted = g_new0 (CrmTimelineRequest, 1);
}

CrmTimeline *
crm_timeline_new (CrmStore        *store,
                  const CrmEntity *entity)
{
  CrmTimeline *self;

  g_return_val_if_fail (CRM_IS_STORE (store), NULL);
  g_return_val_if_fail (entity == &crm_client || entity == &crm_person, NULL);

  self = g_object_new (CRM_TYPE_TIMELINE, NULL);
  self->store = g_object_ref (store);
  self->wanted->entity = entity;
  g_signal_connect_object (store, "changed", G_CALLBACK (on_store_changed), self, G_CONNECT_SWAPPED);
  return self;
}

void
crm_timeline_open (CrmTimeline *self,
                   gint64       record)
{
  guint n;

  g_return_if_fail (CRM_IS_TIMELINE (self));
  g_return_if_fail (record >= 0);

  if (record == self->wanted->record)
    return;
  self->wanted->record = record;
  n = self->items->len;
  g_ptr_array_set_size (self->items, 0);
  self->has_more = FALSE;
  if (n > 0)
    g_list_model_items_changed (G_LIST_MODEL (self), 0, n, 0);
  want_anew (self);
}

void
crm_timeline_set_active (CrmTimeline *self,
                         gboolean     active)
{
  g_return_if_fail (CRM_IS_TIMELINE (self));

  self->is_active = active;
  if (active && self->is_outdated)
    read_anew (self);
}

void
crm_timeline_set_channel (CrmTimeline *self,
                          const char  *channel)
{
  g_return_if_fail (CRM_IS_TIMELINE (self));

  if (g_strcmp0 (channel, self->wanted->channel) == 0)
    return;
  g_free (self->wanted->channel);
  self->wanted->channel = g_strdup (channel);
  want_anew (self);
}

void
crm_timeline_set_text (CrmTimeline *self,
                       const char  *text)
{
  g_return_if_fail (CRM_IS_TIMELINE (self));

  if (text != NULL && *text == '\0')
    text = NULL;
  if (g_strcmp0 (text, self->wanted->text) == 0)
    return;
  g_free (self->wanted->text);
  self->wanted->text = g_strdup (text);
  want_anew (self);
}

void
crm_timeline_set_woven (CrmTimeline *self,
                        gboolean     woven)
{
  g_return_if_fail (CRM_IS_TIMELINE (self));

  if (self->wanted->woven == !!woven)
    return;
  self->wanted->woven = !!woven;
  want_anew (self);
}

void
crm_timeline_read_more (CrmTimeline *self)
{
  const CrmTimelineEntry *last;
  CrmTimelineRequest *request;

  g_return_if_fail (CRM_IS_TIMELINE (self));

  if (!self->has_more || self->cancellable != NULL || self->items->len == 0 || !self->is_active)
    return;
  last = crm_timeline_item_get (self->items->pdata[self->items->len - 1]);
  request = crm_timeline_request_copy (self->wanted);
  request->at = last->at;
  request->id = last->id;
  request->limit = NEXT_PAGE;
  send (self, request, TRUE);
}

gboolean
crm_timeline_is_loaded (CrmTimeline *self)
{
  g_return_val_if_fail (CRM_IS_TIMELINE (self), FALSE);

  return !self->is_new;
}

gboolean
crm_timeline_is_filtered (CrmTimeline *self)
{
  g_return_val_if_fail (CRM_IS_TIMELINE (self), FALSE);

  return self->wanted->channel != NULL || self->wanted->text != NULL;
}
