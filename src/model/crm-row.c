/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crm-row.h"

struct _CrmRow {
  GObject     parent_instance;

  GHashTable *rows;
  guint       position;
  CrmIdList  *list;
  gint64      id;
  CrmValues  *values;
  guint64     asked;
};

G_DEFINE_FINAL_TYPE (CrmRow, crm_row, G_TYPE_OBJECT)

static guint changed_signal;

static void
crm_row_finalize (GObject *object)
{
  CrmRow *self = CRM_ROW (object);

  g_hash_table_remove (self->rows, GUINT_TO_POINTER (self->position));
  g_hash_table_unref (self->rows);
  g_clear_pointer (&self->list, crm_id_list_unref);
  g_clear_pointer (&self->values, crm_values_unref);
  G_OBJECT_CLASS (crm_row_parent_class)->finalize (object);
}

static void
crm_row_class_init (CrmRowClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = crm_row_finalize;

  changed_signal = g_signal_new ("changed", CRM_TYPE_ROW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
crm_row_init (CrmRow *self)
{
}

CrmRow *
crm_row_new (GHashTable *rows,
             guint       position)
{
  CrmRow *self = g_object_new (CRM_TYPE_ROW, NULL);

  self->rows = g_hash_table_ref (rows);
  self->position = position;
  g_hash_table_insert (rows, GUINT_TO_POINTER (position), self);
  return self;
}

static gboolean
same_words (CrmIdList *a,
            CrmIdList *b)
{
  static const char * const none[] = { NULL };

  return g_strv_equal (a != NULL ? crm_id_list_get_words (a) : none, b != NULL ? crm_id_list_get_words (b) : none);
}

gboolean
crm_row_set (CrmRow    *self,
             CrmIdList *list,
             gint64     id,
             CrmValues *values)
{
  gboolean changed = id != self->id || values != self->values || !same_words (list, self->list);

  /* The list is always taken over, so that an old one is not kept alive. */
  if (list != NULL)
    crm_id_list_ref (list);
  if (values != NULL)
    crm_values_ref (values);
  g_clear_pointer (&self->list, crm_id_list_unref);
  g_clear_pointer (&self->values, crm_values_unref);
  self->list = list;
  self->id = id;
  self->values = values;
  return changed;
}

void
crm_row_emit_changed (CrmRow *self)
{
  g_signal_emit (self, changed_signal, 0);
}

guint
crm_row_get_position (CrmRow *self)
{
  g_return_val_if_fail (CRM_IS_ROW (self), 0);

  return self->position;
}

gint64
crm_row_get_id (CrmRow *self)
{
  g_return_val_if_fail (CRM_IS_ROW (self), 0);

  return self->id;
}

const CrmValues *
crm_row_get_values (CrmRow *self)
{
  g_return_val_if_fail (CRM_IS_ROW (self), NULL);

  return self->values;
}

const char * const *
crm_row_get_words (CrmRow *self)
{
  static const char * const none[] = { NULL };

  g_return_val_if_fail (CRM_IS_ROW (self), none);

  return self->list != NULL ? crm_id_list_get_words (self->list) : none;
}

void
crm_row_set_asked (CrmRow  *self,
                   guint64  asked)
{
  self->asked = asked;
}

guint64
crm_row_get_asked (CrmRow *self)
{
  return self->asked;
}
