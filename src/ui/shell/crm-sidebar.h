/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "crm-store.h"

G_BEGIN_DECLS

/**
 * CrmSidebar: the pages, with the saved views under theirs, and the main menu. A row chosen runs win.page or win.open-view.
 *
 * Views can be renamed, moved and deleted by their context menu (Menu key, right button).
 */
#define CRM_TYPE_SIDEBAR (crm_sidebar_get_type ())
G_DECLARE_FINAL_TYPE (CrmSidebar, crm_sidebar, CRM, SIDEBAR, GtkWidget)

/** crm_sidebar_set_store: reads the saved views from it, and again when they change. */
void        crm_sidebar_set_store   (CrmSidebar *self,
                                     CrmStore   *store);
/** crm_sidebar_select: marks what is shown: a page, or with @page NULL a view. Nothing is run. */
void        crm_sidebar_select      (CrmSidebar *self,
                                     const char *page,
                                     gint64      view);
/** crm_sidebar_activate: as if the row, counted from 1, had been clicked; nothing if there is none. */
void        crm_sidebar_activate    (CrmSidebar *self,
                                     int         number);
/** crm_sidebar_get_entity: of whose records a saved view is; NULL: there is none of that id, or it is not read yet. */
const CrmEntity *crm_sidebar_get_entity (CrmSidebar *self,
                                         gint64      view);
/** crm_sidebar_set_count: a number beside a page; 0: none. @is_urgent: it is marked. */
void        crm_sidebar_set_count   (CrmSidebar *self,
                                     const char *page,
                                     guint       count,
                                     gboolean    is_urgent);
/** Opens the main menu. */
void        crm_sidebar_open_menu   (CrmSidebar *self);

G_END_DECLS
