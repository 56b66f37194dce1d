/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crm-config.h"

#include "crm-duplicate-finder.h"

#include "crm-distinct.h"
#include "crm-duplicate-set.h"

/* Nobody looks at more of them. */
#define MOST_PAIRS 10000
/* From so many changes on the list is made anew. */
#define MANY_CHANGES 200
#define THOUSAND 1000
#define UPDATE_MS 100

struct _CrmDuplicateFinder
{
  GObject          parent_instance;

  CrmStore        *store;
  const CrmEntity *entity;

  CrmFinderState   state;
  GError          *error;
  GCancellable    *cancellable; /* of the search */
  int             *thousandths; /* atomic, in a GAtomicRcBox: how far it is */
  guint            timeout;

  GPtrArray       *all;         /* of CrmDuplicateItem: what was found */
  GListStore      *pairs;       /* those that still stand */
  GByteArray      *standing;    /* of each of all: is it one of pairs? */
  guint64          n_more;
  guint            serial;      /* of what was found */
  guint            checked;     /* the serial of what is being checked */
  gboolean         is_checking;
  gboolean         check_again;
};

G_DEFINE_FINAL_TYPE (CrmDuplicateFinder, crm_duplicate_finder, G_TYPE_OBJECT)

enum { CHANGED, N_SIGNALS };
static guint signals[N_SIGNALS];

/* Which pairs still stand */

static void check (CrmDuplicateFinder *self);

static void
list_all_standing (CrmDuplicateFinder *self)
{
  g_autoptr (GPtrArray) items = g_ptr_array_new ();

  for (guint i = 0; i < self->all->len; i++)
    if (self->standing->data[i])
      g_ptr_array_add (items, g_ptr_array_index (self->all, i));
  g_list_store_splice (self->pairs, 0, g_list_model_get_n_items (G_LIST_MODEL (self->pairs)), items->pdata, items->len);
}

static guint
count_differences (const GByteArray *a,
                   const GByteArray *b)
{
  guint n = 0;

  for (guint i = 0; i < a->len; i++)
    n += a->data[i] != b->data[i];
  return n;
}

static void
take_standing (CrmDuplicateFinder *self,
               GByteArray         *standing)
{
  g_autoptr (GByteArray) before = g_steal_pointer (&self->standing);
  guint n = count_differences (before, standing), position = 0;

  self->standing = g_byte_array_ref (standing);
  if (n >= MANY_CHANGES)
    list_all_standing (self);
  /* One by one, so that the list keeps its place */
  for (guint i = 0; n > 0 && n < MANY_CHANGES && i < standing->len; i++)
    {
      if (before->data[i] && !standing->data[i])
        g_list_store_remove (self->pairs, position);
      else if (!before->data[i] && standing->data[i])
        g_list_store_insert (self->pairs, position, g_ptr_array_index (self->all, i));
      position += standing->data[i];
    }
  if (n > 0)
    g_signal_emit (self, signals[CHANGED], 0);
}

typedef struct {
  const CrmEntity *entity;
  GArray          *ids;
} Check;

static void
check_free (gpointer data)
{
  Check *self = data;

  g_array_unref (self->ids);
  g_free (self);
}

static gpointer
run_check (CrmDb         *db,
           gpointer       data,
           GCancellable  *cancellable,
           GError       **error)
{
  const Check *job = data;

  return crm_duplicate_set_find_standing (db, job->entity, job->ids, error);
}

static void
on_checked (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (CrmDuplicateFinder) self = user_data;
  g_autoptr (GByteArray) standing = crm_store_read_finish (CRM_STORE (source), result, NULL);

  self->is_checking = FALSE;
  /* Meanwhile there may have been another search. */
  if (standing != NULL && self->all != NULL && self->checked == self->serial && !self->check_again)
    take_standing (self, standing);
  if (self->check_again)
    check (self);
}

static void
check (CrmDuplicateFinder *self)
{
  Check *job;

  self->check_again = self->is_checking;
  if (self->is_checking || self->all == NULL)
    return;
  job = g_new (Check, 1);
  job->entity = self->entity;
  job->ids = g_array_sized_new (FALSE, FALSE, sizeof (gint64), 2 * self->all->len);
  for (guint i = 0; i < self->all->len; i++)
    {
      const CrmDuplicate *pair = crm_duplicate_item_get_pair (g_ptr_array_index (self->all, i));
      const gint64 ids[] = { pair->a, pair->b };

      g_array_append_vals (job->ids, ids, G_N_ELEMENTS (ids));
    }
  self->is_checking = TRUE;
  self->checked = self->serial;
  crm_store_read_async (self->store, run_check, job, check_free, (GDestroyNotify) g_byte_array_unref, NULL, on_checked, g_object_ref (self));
}

static const CrmEntity *
get_distinct_entity (CrmDuplicateFinder *self)
{
  return self->entity == &crm_person ? &crm_distinct_person : &crm_distinct_client;
}

static void
on_store_changed (CrmDuplicateFinder *self,
                  CrmChangeSet       *changes)
{
  if (crm_change_set_touches_entity (changes, self->entity) || crm_change_set_touches_entity (changes, get_distinct_entity (self)))
    check (self);
}

/* The search */

static void
take_found (CrmDuplicateFinder  *self,
            const CrmDuplicates *found)
{
  guint8 stands = TRUE;

  g_clear_pointer (&self->all, g_ptr_array_unref);
  g_clear_pointer (&self->standing, g_byte_array_unref);
  self->all = g_ptr_array_new_full (found->pairs->len, g_object_unref);
  self->standing = g_byte_array_sized_new (found->pairs->len);
  for (guint i = 0; i < found->pairs->len; i++)
    {
      g_ptr_array_add (self->all, crm_duplicate_item_new (&g_array_index (found->pairs, CrmDuplicate, i)));
      g_byte_array_append (self->standing, &stands, 1);
    }
  self->n_more = found->n_found - found->pairs->len;
  self->serial++;
  list_all_standing (self);
}

static void
end_search (CrmDuplicateFinder *self,
            CrmFinderState      state)
{
  self->state = state;
  g_clear_handle_id (&self->timeout, g_source_remove);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->thousandths, g_atomic_rc_box_release);
}

/* What one search needs until it ends, however that is. */
typedef struct {
  CrmDuplicateFinder *self;
  int                *thousandths;
  GCancellable       *cancellable;
} Search;

static void
on_found (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autofree Search *search = user_data;
  g_autoptr (CrmDuplicateFinder) self = search->self;
  g_autoptr (GCancellable) cancellable = search->cancellable;
  g_autoptr (GError) error = NULL;
  g_autoptr (CrmDuplicates) found = crm_duplicates_find_finish (result, &error);

  g_atomic_rc_box_release (search->thousandths);
  /* Stopped, and perhaps begun anew */
  if (cancellable != self->cancellable)
    return;
  end_search (self, found != NULL ? CRM_FINDER_FOUND : CRM_FINDER_STOPPED);
  if (found != NULL)
    {
      take_found (self, found);
      /* What was done while it searched */
      check (self);
    }
  else
    self->error = g_steal_pointer (&error);
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
on_progress (double   done,
             gpointer data)
{
  g_atomic_int_set ((int *) data, (int) (done * THOUSAND));
}

static gboolean
on_timeout (gpointer user_data)
{
  g_signal_emit (user_data, signals[CHANGED], 0);
  return G_SOURCE_CONTINUE;
}

void
crm_duplicate_finder_start (CrmDuplicateFinder *self)
{
  Search *search;

  g_return_if_fail (CRM_IS_DUPLICATE_FINDER (self));

  crm_duplicate_finder_stop (self);
  g_clear_error (&self->error);
  g_clear_pointer (&self->all, g_ptr_array_unref);
  g_list_store_remove_all (self->pairs);
  self->n_more = 0;
  self->state = CRM_FINDER_SEARCHING;
  self->cancellable = g_cancellable_new ();
  self->thousandths = g_atomic_rc_box_new0 (int);
  self->timeout = g_timeout_add (UPDATE_MS, on_timeout, self);
  search = g_new (Search, 1);
  *search = (Search) { g_object_ref (self), g_atomic_rc_box_acquire (self->thousandths), g_object_ref (self->cancellable) };
  crm_duplicates_find_async (self->store, self->entity, MOST_PAIRS, on_progress, search->thousandths, self->cancellable, on_found, search);
  g_signal_emit (self, signals[CHANGED], 0);
}

void
crm_duplicate_finder_stop (CrmDuplicateFinder *self)
{
  g_return_if_fail (CRM_IS_DUPLICATE_FINDER (self));

  if (self->cancellable == NULL)
    return;
  g_cancellable_cancel (self->cancellable);
  end_search (self, CRM_FINDER_STOPPED);
  g_signal_emit (self, signals[CHANGED], 0);
}

CrmFinderState
crm_duplicate_finder_get_state (CrmDuplicateFinder *self)
{
  g_return_val_if_fail (CRM_IS_DUPLICATE_FINDER (self), CRM_FINDER_STOPPED);

  return self->state;
}

const GError *
crm_duplicate_finder_get_error (CrmDuplicateFinder *self)
{
  g_return_val_if_fail (CRM_IS_DUPLICATE_FINDER (self), NULL);

  return self->error;
}

double
crm_duplicate_finder_get_fraction (CrmDuplicateFinder *self)
{
  g_return_val_if_fail (CRM_IS_DUPLICATE_FINDER (self), 0);

  return self->thousandths == NULL ? 0 : g_atomic_int_get (self->thousandths) / (double) THOUSAND;
}

GListModel *
crm_duplicate_finder_get_pairs (CrmDuplicateFinder *self)
{
  g_return_val_if_fail (CRM_IS_DUPLICATE_FINDER (self), NULL);

  return G_LIST_MODEL (self->pairs);
}

guint64
crm_duplicate_finder_get_n_more (CrmDuplicateFinder *self)
{
  g_return_val_if_fail (CRM_IS_DUPLICATE_FINDER (self), 0);

  return self->n_more;
}

const CrmEntity *
crm_duplicate_finder_get_entity (CrmDuplicateFinder *self)
{
  g_return_val_if_fail (CRM_IS_DUPLICATE_FINDER (self), NULL);

  return self->entity;
}

/* Not the same */

static gboolean
run_tell_apart (CrmWriter     *writer,
                gpointer       data,
                GCancellable  *cancellable,
                GError       **error)
{
  return crm_writer_insert (writer, data, error) != 0;
}

void
crm_duplicate_finder_tell_apart_async (CrmDuplicateFinder  *self,
                                       const CrmDuplicate  *pair,
                                       const char          *label,
                                       GAsyncReadyCallback  callback,
                                       gpointer             user_data)
{
  CrmValues *values;

  g_return_if_fail (CRM_IS_DUPLICATE_FINDER (self));
  g_return_if_fail (pair != NULL);

  values = crm_values_new (get_distinct_entity (self), 0);
  crm_values_set_reference (values, CRM_DISTINCT_ONE, pair->a, NULL);
  crm_values_set_reference (values, CRM_DISTINCT_OTHER, pair->b, NULL);
  crm_store_step_async (self->store, label, run_tell_apart, values, (GDestroyNotify) crm_values_unref, NULL, callback, user_data);
}

static void
crm_duplicate_finder_dispose (GObject *object)
{
  CrmDuplicateFinder *self = CRM_DUPLICATE_FINDER (object);

  g_clear_handle_id (&self->timeout, g_source_remove);
  g_clear_pointer (&self->all, g_ptr_array_unref);
  g_clear_object (&self->store);

  G_OBJECT_CLASS (crm_duplicate_finder_parent_class)->dispose (object);
}

static void
crm_duplicate_finder_finalize (GObject *object)
{
  CrmDuplicateFinder *self = CRM_DUPLICATE_FINDER (object);

  g_clear_error (&self->error);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->thousandths, g_atomic_rc_box_release);
  g_clear_pointer (&self->standing, g_byte_array_unref);
  g_object_unref (self->pairs);

  G_OBJECT_CLASS (crm_duplicate_finder_parent_class)->finalize (object);
}

static void
crm_duplicate_finder_class_init (CrmDuplicateFinderClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = crm_duplicate_finder_dispose;
  G_OBJECT_CLASS (klass)->finalize = crm_duplicate_finder_finalize;

  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
crm_duplicate_finder_init (CrmDuplicateFinder *self)
{
  self->state = CRM_FINDER_STOPPED;
  self->pairs = g_list_store_new (CRM_TYPE_DUPLICATE_ITEM);
}

CrmDuplicateFinder *
crm_duplicate_finder_new (CrmStore        *store,
                          const CrmEntity *entity)
{
  CrmDuplicateFinder *self;

  g_return_val_if_fail (CRM_IS_STORE (store), NULL);
  g_return_val_if_fail (crm_duplicates_can_find (entity), NULL);

  self = g_object_new (CRM_TYPE_DUPLICATE_FINDER, NULL);
  self->store = g_object_ref (store);
  self->entity = entity;
  g_signal_connect_object (store, "changed", G_CALLBACK (on_store_changed), self, G_CONNECT_SWAPPED);
  return self;
}
