/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "crm-store.h"

G_BEGIN_DECLS

/** CrmLoadAhead: has the reader's index load what later queries of an entity need, once the start is over and while nobody waits. Main thread. */
typedef struct _CrmLoadAhead CrmLoadAhead;

CrmLoadAhead *crm_load_ahead_new   (CrmStore *store);
/** crm_load_ahead_free: what is being loaded is broken off. */
void          crm_load_ahead_free  (CrmLoadAhead *self);
/** crm_load_ahead_start: loads in a while, unless it is done or under way. */
void          crm_load_ahead_start (CrmLoadAhead *self, const CrmEntity *entity);
/** crm_load_ahead_stop: somebody waits: breaks off. It may be started again. */
void          crm_load_ahead_stop  (CrmLoadAhead *self);

G_END_DECLS
