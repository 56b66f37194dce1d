/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "crm-through.h"

G_BEGIN_DECLS

/* How well a main child stands for a field at least, see crm_through_rate() */
#define CRM_THROUGH_MAIN_RATE 3

/** (transfer full): the kind a child gets that is made for the field: the first of those it is seen through. %NULL: any. */
char *crm_through_get_kind (const CrmThrough *through);
/**
 * crm_through_rate: how well a child stands for a field, as the order of crm_through_make_query() has it; 0: not at all.
 * @kind: (nullable): of the child
 * @main: is it the main one of its kind?
 */
int   crm_through_rate     (const CrmThrough *through, const char *kind, gboolean main);

G_END_DECLS
