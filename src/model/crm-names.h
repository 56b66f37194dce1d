/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "crm-db.h"
#include "crm-entity.h"

G_BEGIN_DECLS

/**
 * CrmNames: records by their titles, folded, of each entity that is asked for; of several of a title the oldest. Within one step: nobody else
 * writes meanwhile, and what the step itself writes is told. The writer's thread.
 */
typedef struct _CrmNames CrmNames;

CrmNames *crm_names_new    (CrmDb *db);
void      crm_names_free   (CrmNames *self);
/** crm_names_find: @id: (out): 0: none; @title: (out) (optional) (transfer none): as the record has it. %FALSE with @error of the database. */
gboolean  crm_names_find   (CrmNames *self, const CrmEntity *entity, const char *name, gint64 *id, const char **title, GError **error);
/** crm_names_find_all: (transfer container) (element-type gint64): ids of all that are called so, the oldest first; %NULL with @error of the database. */
GArray   *crm_names_find_all (CrmNames *self, const CrmEntity *entity, const char *name, GError **error);
/** crm_names_add: a new record. */
void      crm_names_add    (CrmNames *self, const CrmValues *values);
/** crm_names_forget: titles of the entity may have changed: they are read anew when next asked for. */
void      crm_names_forget (CrmNames *self, const CrmEntity *entity);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CrmNames, crm_names_free)

G_END_DECLS
