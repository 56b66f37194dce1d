/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/** CrmIdSet: a set of record ids, 16 bytes or less each: "select all" is for a million too. One thread. */
typedef struct _CrmIdSet CrmIdSet;

CrmIdSet *crm_id_set_new      (void);
void      crm_id_set_free     (CrmIdSet *self);
/** How many ids there are. */
guint     crm_id_set_get_size (const CrmIdSet *self);
/** Is it in the set? */
gboolean  crm_id_set_has      (const CrmIdSet *self, gint64 id);
/** %TRUE if it was not in the set. @id: above 0. */
gboolean  crm_id_set_add      (CrmIdSet *self, gint64 id);
/** %TRUE if it was in the set. */
gboolean  crm_id_set_remove   (CrmIdSet *self, gint64 id);
/** Takes all of them out. */
void      crm_id_set_clear    (CrmIdSet *self);
/** (transfer full) (element-type gint64): in no order. */
GArray   *crm_id_set_to_array (const CrmIdSet *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CrmIdSet, crm_id_set_free)

G_END_DECLS
