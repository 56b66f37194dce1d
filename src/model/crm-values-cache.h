/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "crm-values.h"

G_BEGIN_DECLS

/** CrmValuesCache: the values of the records looked at last, by id; of one entity, no more than a given number. */
typedef struct _CrmValuesCache CrmValuesCache;

CrmValuesCache *crm_values_cache_new    (guint size);
void            crm_values_cache_free   (CrmValuesCache *self);
/** crm_values_cache_put: @values: NULL: the record is known to be gone. */
void            crm_values_cache_put    (CrmValuesCache *self, gint64 id, CrmValues *values);
/** crm_values_cache_get: %FALSE if nothing is known of it. @values: (out) (transfer none). */
gboolean        crm_values_cache_get    (CrmValuesCache *self, gint64 id, CrmValues **values);
/** Nothing is known of the record any more. */
void            crm_values_cache_remove (CrmValuesCache *self, gint64 id);
/** Nothing is known of any. */
void            crm_values_cache_clear  (CrmValuesCache *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CrmValuesCache, crm_values_cache_free)

G_END_DECLS
