/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * CrmPane: as wide as it is told to be where there is room, and as narrow as its child can be where there is not: other than a
 * width request, it never keeps the window from growing narrow.
 *
 * Property "width" (int): 0: as narrow as the child can be. Property "firm" (boolean): never narrower than that: for a pane that
 * folds away as a whole.
 */
#define CRM_TYPE_PANE (crm_pane_get_type ())
G_DECLARE_FINAL_TYPE (CrmPane, crm_pane, CRM, PANE, AdwBin)

/** In pixels. */
int  crm_pane_get_width (CrmPane *self);
/** In pixels; 0: as narrow as the child can be. */
void crm_pane_set_width (CrmPane *self,
                         int      width);

G_END_DECLS
