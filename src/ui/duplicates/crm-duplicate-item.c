/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crm-config.h"

#include "crm-duplicate-item.h"

struct _CrmDuplicateItem
{
  GObject      parent_instance;

  CrmDuplicate pair;
};

G_DEFINE_FINAL_TYPE (CrmDuplicateItem, crm_duplicate_item, G_TYPE_OBJECT)

static void
crm_duplicate_item_class_init (CrmDuplicateItemClass *klass)
{
}

static void
crm_duplicate_item_init (CrmDuplicateItem *self)
{
}

CrmDuplicateItem *
crm_duplicate_item_new (const CrmDuplicate *pair)
{
  CrmDuplicateItem *self = g_object_new (CRM_TYPE_DUPLICATE_ITEM, NULL);

  self->pair = *pair;
  return self;
}

const CrmDuplicate *
crm_duplicate_item_get_pair (CrmDuplicateItem *self)
{
  g_return_val_if_fail (CRM_IS_DUPLICATE_ITEM (self), NULL);

  return &self->pair;
}
