/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/** CrmSidebarRow: a page, or a saved view of a page, in the sidebar. Its text is plain text. */
#define CRM_TYPE_SIDEBAR_ROW (crm_sidebar_row_get_type ())
G_DECLARE_FINAL_TYPE (CrmSidebarRow, crm_sidebar_row, CRM, SIDEBAR_ROW, GtkListBoxRow)

/** @page: its name, as of crm_window_show_page() */
GtkWidget  *crm_sidebar_row_new_page (const char    *page,
                                      const char    *icon,
                                      const char    *title);
/** @view: id of the saved view */
GtkWidget  *crm_sidebar_row_new_view (gint64         view,
                                      const char    *title);
/** A number at the end; 0: none. @is_urgent: it is marked. */
void        crm_sidebar_row_set_count (CrmSidebarRow *self,
                                       guint          count,
                                       gboolean       is_urgent);
/** NULL: it is a saved view. */
const char *crm_sidebar_row_get_page  (CrmSidebarRow *self);
/** 0: it is a page. */
gint64      crm_sidebar_row_get_view  (CrmSidebarRow *self);
/** (transfer none) */
const char *crm_sidebar_row_get_title (CrmSidebarRow *self);

G_END_DECLS
