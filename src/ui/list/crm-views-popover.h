/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "crm-views.h"

G_BEGIN_DECLS

/**
 * CrmViewsPopover: the saved views of a list, to choose from and to keep in order. It works by the actions of the list:
 * list.view (x: id, 0: all records), list.save-view, list.update-view (x), list.rename-view (x), list.delete-view (x).
 */
#define CRM_TYPE_VIEWS_POPOVER (crm_views_popover_get_type ())
G_DECLARE_FINAL_TYPE (CrmViewsPopover, crm_views_popover, CRM, VIEWS_POPOVER, GtkPopover)

/** @all: what the view of everything is called ("All clients") */
GtkWidget *crm_views_popover_new         (CrmViews *views, const char *all);
/** Marks the view that shows; 0: all, -1: none of them. */
void       crm_views_popover_set_current (CrmViewsPopover *self, gint64 id);

G_END_DECLS
