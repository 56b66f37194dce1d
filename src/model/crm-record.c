/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crm-config.h"

#include "crm-record.h"

typedef struct {
  CrmValues *values;
  gint64     id;
  gboolean   is_gone;
} CrmRecordPrivate;

G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE (CrmRecord, crm_record, G_TYPE_OBJECT)

/* Properties: 1 … n are the fields, in the order of the table. */
enum {
  PROP_IS_DELETED = CRM_MAX_FIELDS + 1,
};

static CrmRecordPrivate *
get_private (CrmRecord *self)
{
  return crm_record_get_instance_private (self);
}

static void
crm_record_get_property (GObject    *object,
                         guint       prop_id,
                         GValue     *value,
                         GParamSpec *pspec)
{
  CrmRecord *self = CRM_RECORD (object);
  CrmRecordPrivate *priv = get_private (self);

  if (prop_id == PROP_IS_DELETED)
    g_value_set_boolean (value, crm_record_get_is_deleted (self));
  else if (G_IS_PARAM_SPEC_INT64 (pspec))
    g_value_set_int64 (value, crm_values_get_integer (priv->values, prop_id - 1));
  else if (G_IS_PARAM_SPEC_BOOLEAN (pspec))
    g_value_set_boolean (value, crm_values_get_integer (priv->values, prop_id - 1) != 0);
  else
    g_value_set_string (value, crm_values_get_text (priv->values, prop_id - 1));
}

static void
crm_record_finalize (GObject *object)
{
  g_clear_pointer (&get_private (CRM_RECORD (object))->values, crm_values_unref);
  G_OBJECT_CLASS (crm_record_parent_class)->finalize (object);
}

static void
crm_record_class_init (CrmRecordClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = crm_record_finalize;
  object_class->get_property = crm_record_get_property;
  g_object_class_install_property (object_class, PROP_IS_DELETED,
                                   g_param_spec_boolean ("is-deleted", NULL, NULL, FALSE,
                                                         G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS));
}

static void
crm_record_init (CrmRecord *self)
{
}

static char *
get_property_name (const CrmField *field)
{
  return g_strdelimit (g_strdup (field->name), "_", '-');
}

static GParamSpec *
make_property (const CrmField *field)
{
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY;
  g_autofree char *name = get_property_name (field);

  if (field->kind == CRM_KIND_BOOL)
    return g_param_spec_boolean (name, NULL, NULL, FALSE, flags);
  if (field->kind != CRM_KIND_REFERENCE && crm_field_is_integer (field))
    return g_param_spec_int64 (name, NULL, NULL, G_MININT64, G_MAXINT64, 0, flags);
  return g_param_spec_string (name, NULL, NULL, NULL, flags);
}

static void
init_entity_class (gpointer g_class,
                   gpointer class_data)
{
  const CrmEntity *entity = class_data;
  GObjectClass *object_class = G_OBJECT_CLASS (g_class);

  CRM_RECORD_CLASS (g_class)->entity = entity;
  /* GObject looks a property up in the class that installed it. */
  object_class->get_property = crm_record_get_property;
  for (guint i = 0; i < entity->n_fields; i++)
    g_object_class_install_property (object_class, i + 1, make_property (&entity->fields[i]));
}

GType
crm_entity_get_record_type (const CrmEntity *self)
{
  static GMutex mutex;
  GType type;

  g_mutex_lock (&mutex);
  type = g_type_from_name (self->type_name);
  if (type == G_TYPE_INVALID)
    {
      const GTypeInfo info = {
        .class_size = sizeof (CrmRecordClass),
        .class_init = init_entity_class,
        .class_data = self,
        .instance_size = sizeof (CrmRecord),
      };

      type = g_type_register_static (CRM_TYPE_RECORD, self->type_name, &info, G_TYPE_FLAG_FINAL);
    }
  g_mutex_unlock (&mutex);
  return type;
}

CrmRecord *
crm_record_new (CrmValues *values)
{
  const CrmEntity *entity = crm_values_get_entity (values);
  CrmRecord *self = g_object_new (crm_entity_get_record_type (entity), NULL);

  get_private (self)->values = crm_values_ref (values);
  get_private (self)->id = crm_values_get_id (values);
  return self;
}

const CrmEntity *
crm_record_get_entity (CrmRecord *self)
{
  g_return_val_if_fail (CRM_IS_RECORD (self), NULL);

  return CRM_RECORD_GET_CLASS (self)->entity;
}

gint64
crm_record_get_id (CrmRecord *self)
{
  g_return_val_if_fail (CRM_IS_RECORD (self), 0);

  return get_private (self)->id;
}

const CrmValues *
crm_record_get_values (CrmRecord *self)
{
  g_return_val_if_fail (CRM_IS_RECORD (self), NULL);

  return get_private (self)->values;
}

const char *
crm_record_get_title (CrmRecord *self)
{
  const char *title;

  g_return_val_if_fail (CRM_IS_RECORD (self), "");

  title = crm_values_get_text (get_private (self)->values, crm_entity_get_title_field (crm_record_get_entity (self)));
  return title == NULL ? "" : title;
}

gboolean
crm_record_get_is_deleted (CrmRecord *self)
{
  CrmRecordPrivate *priv = get_private (self);
  int deleted = crm_entity_find_field (crm_record_get_entity (self), "deleted");

  return priv->is_gone || (deleted >= 0 && !crm_values_is_null (priv->values, (guint) deleted));
}

gboolean
crm_record_get_is_gone (CrmRecord *self)
{
  g_return_val_if_fail (CRM_IS_RECORD (self), TRUE);

  return get_private (self)->is_gone;
}

void
crm_record_update (CrmRecord *self,
                   CrmValues *values)
{
  CrmRecordPrivate *priv = get_private (self);
  const CrmEntity *entity = crm_record_get_entity (self);
  gboolean was_deleted = crm_record_get_is_deleted (self), was_gone = priv->is_gone;
  g_autoptr (CrmValues) old = g_steal_pointer (&priv->values);

  g_return_if_fail (CRM_IS_RECORD (self));

  priv->is_gone = values == NULL;
  priv->values = crm_values_ref (values == NULL ? old : values);
  g_object_freeze_notify (G_OBJECT (self));
  for (guint i = 0; i < entity->n_fields; i++)
    if (!crm_values_equal_field (old, priv->values, i) ||
        g_strcmp0 (crm_values_get_text (old, i), crm_values_get_text (priv->values, i)) != 0)
      {
        g_autofree char *name = get_property_name (&entity->fields[i]);
        g_object_notify (G_OBJECT (self), name);
      }
  if (was_deleted != crm_record_get_is_deleted (self) || was_gone != priv->is_gone)
    g_object_notify (G_OBJECT (self), "is-deleted");
  g_object_thaw_notify (G_OBJECT (self));
}
