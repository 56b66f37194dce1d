/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "crm-writer.h"

G_BEGIN_DECLS

/**
 * crm_template_put: makes the steps of an activity template tasks of each client, the days counted from @start (ISO). The first step becomes the next step of a
 * client that has none. @clients: (element-type gint64)
 *
 * Within a step. Errors: of the database, cancelled, CRM_ERROR_INVALID for a template without steps.
 */
gboolean crm_template_put (CrmWriter *writer, gint64 template, GArray *clients, const char *start, GCancellable *cancellable, GError **error);

/** crm_template_find_day: (transfer full): the ISO day so many days after @start. */
char    *crm_template_find_day (const char *start, gint64 days);

/** crm_template_order: sorts the steps of a template (element-type CrmValues): by day, those of one day as they were made. */
void     crm_template_order (GPtrArray *steps);

/** crm_template_add_sample: makes the template "After the fair", in the user's language. Returns its id, 0 with @error. */
gint64   crm_template_add_sample (CrmWriter *writer, GError **error);
/** What it is called. */
const char *crm_template_get_sample_name (void);

G_END_DECLS
