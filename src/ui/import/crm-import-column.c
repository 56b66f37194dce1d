/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crm-config.h"

#include "crm-import-column.h"

#include "crm-display.h"
#include "crm-fold.h"

/* Cells may hold a letter; a glance is enough */
#define LONGEST_SAMPLE 60

struct _CrmImportColumn
{
  GObject    parent_instance;

  guint      number;
  char      *name;
  int        target;
  GPtrArray *rows;
};

enum
{
  PROP_TARGET = 1,
  N_PROPERTIES,
};

static GParamSpec *properties[N_PROPERTIES];

G_DEFINE_FINAL_TYPE (CrmImportColumn, crm_import_column, G_TYPE_OBJECT)

static void
crm_import_column_get_property (GObject    *object,
                                guint       property,
                                GValue     *value,
                                GParamSpec *pspec)
{
  g_assert (property == PROP_TARGET);

  g_value_set_int (value, CRM_IMPORT_COLUMN (object)->target);
}

static void
crm_import_column_finalize (GObject *object)
{
  CrmImportColumn *self = CRM_IMPORT_COLUMN (object);

  g_free (self->name);
  g_ptr_array_unref (self->rows);

  G_OBJECT_CLASS (crm_import_column_parent_class)->finalize (object);
}

static void
crm_import_column_class_init (CrmImportColumnClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = crm_import_column_get_property;
  object_class->finalize = crm_import_column_finalize;

  properties[PROP_TARGET] = g_param_spec_int ("target", NULL, NULL, G_MININT, G_MAXINT, CRM_MAPPING_NONE,
                                              G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);
}

static void
crm_import_column_init (CrmImportColumn *self)
{
}

CrmImportColumn *
crm_import_column_new (guint       number,
                       const char *name,
                       int         target,
                       GPtrArray  *rows)
{
  CrmImportColumn *self = g_object_new (CRM_TYPE_IMPORT_COLUMN, NULL);

  self->number = number;
  self->name = crm_display_line (name);
  self->target = target;
  self->rows = g_ptr_array_ref (rows);
  return self;
}

guint
crm_import_column_get_number (CrmImportColumn *self)
{
  g_return_val_if_fail (CRM_IS_IMPORT_COLUMN (self), 0);

  return self->number;
}

const char *
crm_import_column_get_name (CrmImportColumn *self)
{
  g_return_val_if_fail (CRM_IS_IMPORT_COLUMN (self), NULL);

  return self->name;
}

char *
crm_import_column_dup_samples (CrmImportColumn *self)
{
  g_autoptr (GString) samples = g_string_new (NULL);

  g_return_val_if_fail (CRM_IS_IMPORT_COLUMN (self), NULL);

  for (guint i = 0; i < self->rows->len; i++)
    {
      GStrv row = g_ptr_array_index (self->rows, i);
      const char *cell = self->number < g_strv_length (row) ? row[self->number] : "";
      const char *end = cell;

      if (*cell == '\0')
        continue;
      for (guint n = 0; n < LONGEST_SAMPLE && *end != '\0'; n++)
        end = g_utf8_next_char (end);
      if (samples->len > 0)
        g_string_append (samples, " · ");
      g_string_append_len (samples, cell, end - cell);
      if (*end != '\0')
        g_string_append (samples, "…");
    }
  return crm_display_line (samples->str);
}

gboolean
crm_import_column_matches (CrmImportColumn *self,
                           const char      *folded)
{
  g_autofree char *name = NULL;

  g_return_val_if_fail (CRM_IS_IMPORT_COLUMN (self), FALSE);

  name = crm_fold (self->name);
  return strstr (name, folded) != NULL;
}

int
crm_import_column_get_target (CrmImportColumn *self)
{
  g_return_val_if_fail (CRM_IS_IMPORT_COLUMN (self), CRM_MAPPING_NONE);

  return self->target;
}

void
crm_import_column_set_target (CrmImportColumn *self,
                              int              target)
{
  g_return_if_fail (CRM_IS_IMPORT_COLUMN (self));

  if (self->target == target)
    return;
  self->target = target;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_TARGET]);
}
