/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crm-config.h"

#include "crm-import-result-item.h"

struct _CrmImportResultItem
{
  GObject  parent_instance;

  guint64  line;
  char    *title;
  char    *detail;
};

G_DEFINE_FINAL_TYPE (CrmImportResultItem, crm_import_result_item, G_TYPE_OBJECT)

static void
crm_import_result_item_finalize (GObject *object)
{
  CrmImportResultItem *self = CRM_IMPORT_RESULT_ITEM (object);

  g_free (self->title);
  g_free (self->detail);

  G_OBJECT_CLASS (crm_import_result_item_parent_class)->finalize (object);
}

static void
crm_import_result_item_class_init (CrmImportResultItemClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = crm_import_result_item_finalize;
}

static void
crm_import_result_item_init (CrmImportResultItem *self)
{
}

CrmImportResultItem *
crm_import_result_item_new (guint64     line,
                            const char *title,
                            const char *detail)
{
  CrmImportResultItem *self = g_object_new (CRM_TYPE_IMPORT_RESULT_ITEM, NULL);

  self->line = line;
  self->title = g_strdup (title);
  self->detail = g_strdup (detail);
  return self;
}

guint64
crm_import_result_item_get_line (CrmImportResultItem *self)
{
  g_return_val_if_fail (CRM_IS_IMPORT_RESULT_ITEM (self), 0);

  return self->line;
}

const char *
crm_import_result_item_get_title (CrmImportResultItem *self)
{
  g_return_val_if_fail (CRM_IS_IMPORT_RESULT_ITEM (self), NULL);

  return self->title;
}

const char *
crm_import_result_item_get_detail (CrmImportResultItem *self)
{
  g_return_val_if_fail (CRM_IS_IMPORT_RESULT_ITEM (self), NULL);

  return self->detail;
}
