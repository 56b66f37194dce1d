/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "crm-db.h"
#include "crm-values.h"

G_BEGIN_DECLS

/** An activity template with its steps in order. */
typedef struct {
  CrmValues *template;
  GPtrArray *steps; /* of CrmValues */
} CrmTemplateEntry;

/** crm_template_list_read: (transfer container) (element-type CrmTemplateEntry): a CrmJobFunc: all templates by name. The reader's thread. */
gpointer crm_template_list_read (CrmDb *db, gpointer data, GCancellable *cancellable, GError **error);

G_END_DECLS
