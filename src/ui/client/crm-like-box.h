/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "crm-like.h"
#include "crm-store.h"

G_BEGIN_DECLS

/**
 * CrmLikeBox: asks, while a new record is typed, whether it is one of those that exist, and tells why it may be. Shows nothing as long as there are none.
 * Signal "chosen" (gint64 id, char *name): it is that one. Signal "shown" (gboolean): there are such, or no more.
 */
#define CRM_TYPE_LIKE_BOX (crm_like_box_get_type ())
G_DECLARE_FINAL_TYPE (CrmLikeBox, crm_like_box, CRM, LIKE_BOX, AdwBin)

/** @action: what choosing one does: "Open this client instead" */
GtkWidget *crm_like_box_new   (CrmStore *store, const char *action);
/** Looks up what was typed last, a moment later; @query: its texts are copied. */
void       crm_like_box_look  (CrmLikeBox *self, const CrmLikeQuery *query);
/** Shows none any more, and looks nothing up. */
void       crm_like_box_clear (CrmLikeBox *self);

G_END_DECLS
