/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "crm-pane.h"

G_BEGIN_DECLS

/**
 * CrmPaneHandle: a handle over the edge where two panes meet, which sets how wide the pane before it is: by dragging or with the arrow
 * keys (Home and End: narrowest, widest).
 *
 * Property "target" (CrmPane): the pane. Property "width" (int): as the user wants it; notified when a drag ends.
 * Property "label" (string): its accessible name. Property "active" (boolean): FALSE hides the handle.
 */
#define CRM_TYPE_PANE_HANDLE (crm_pane_handle_get_type ())
G_DECLARE_FINAL_TYPE (CrmPaneHandle, crm_pane_handle, CRM, PANE_HANDLE, GtkWidget)

/** crm_pane_handle_set_limits: the pane is never wider or narrower than this; what the user wants is kept for when there is room again. */
void crm_pane_handle_set_limits (CrmPaneHandle *self,
                                 int            narrowest,
                                 int            widest);

G_END_DECLS
