/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "crm-store.h"
#include "crm-view.h"

G_BEGIN_DECLS

/**
 * CrmViews: the saved views of an entity, in the order in which they were made. Follows the store. Main thread.
 *
 * Signal "changed": they are others now.
 */
#define CRM_TYPE_VIEWS (crm_views_get_type ())
G_DECLARE_FINAL_TYPE (CrmViews, crm_views, CRM, VIEWS, GObject)

CrmViews      *crm_views_new      (CrmStore *store, const CrmEntity *entity);
/** Until the first "changed" it is not known which there are. */
gboolean       crm_views_is_read  (CrmViews *self);
/** How many there are. */
guint          crm_views_get_size (CrmViews *self);
/** (transfer none): valid until "changed". */
const CrmView *crm_views_get      (CrmViews *self, guint index);
/** (transfer none): NULL if there is none. */
const CrmView *crm_views_find     (CrmViews *self, gint64 id);
/** (transfer none): a view that @query matches, its search as well if there is one; NULL if there is none. */
const CrmView *crm_views_find_query (CrmViews *self, const CrmQuery *query);
/** (transfer full): to be saved: a new view (@id 0), or the changes of one; @name or @content NULL: as it is. */
CrmValues     *crm_views_make_values (CrmViews *self, gint64 id, const char *name, const CrmView *content);

G_END_DECLS
