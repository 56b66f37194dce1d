/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "crm-query.h"

G_BEGIN_DECLS

/* Filters in words, and what can be filtered. Main thread. */

/** (transfer full): a filter in words: "Key client or Partner", "City: İzmir", "Has no e-mail". */
char    *crm_filter_describe       (const CrmEntity *entity, const CrmFilter *filter);
/** (transfer full): all filters in words, parted by commas; "" if there are none. For the name of a view. */
char    *crm_query_describe        (const CrmQuery *query);
/** (transfer full): a value of a field as it is shown: the label of a choice, else the value itself. */
char    *crm_filter_describe_value (const CrmField *field, const char *value);
/** Is it offered to filter by the field's values? */
gboolean crm_field_has_value_filter (const CrmField *field);
/** (transfer none): "Has no e-mail": a field that is offered to be filtered by being empty; else %NULL. */
const char *crm_field_get_none_label (const CrmField *field);

/** The value of an AT_MOST filter that lets pass what is late. */
#define CRM_LATE "yesterday"
/** "Next step is late", for a filter on it; NULL: the field tells no such thing. */
const char *crm_field_get_late_label (const CrmField *field);

G_END_DECLS
