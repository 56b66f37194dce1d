/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "crm-views.h"

G_BEGIN_DECLS

/**
 * CrmViewsButton: which of the saved views a list shows, their popover, and how they are saved, renamed and deleted.
 *
 * Signal "saved" (gint64 id): what the list showed is kept as this view, a new one or one that was changed.
 */
#define CRM_TYPE_VIEWS_BUTTON (crm_views_button_get_type ())
G_DECLARE_FINAL_TYPE (CrmViewsButton, crm_views_button, CRM, VIEWS_BUTTON, GtkWidget)

/** @all: N_(): what the view of everything is called ("All clients"); static */
GtkWidget *crm_views_button_new         (CrmStore *store, CrmViews *views, const char *all);
/** crm_views_button_set_current: @id: of the view that shows; 0: all, -1: none of them */
void       crm_views_button_set_current (CrmViewsButton *self, gint64 id);
/** crm_views_button_save: asks for a name and saves a new view. @name: to begin with */
void       crm_views_button_save        (CrmViewsButton *self, const CrmView *content, const char *name);
/** crm_views_button_update: saves what the list shows as an existing view. */
void       crm_views_button_update      (CrmViewsButton *self, gint64 id, const CrmView *content);
/** crm_views_button_rename: asks for another name. */
void       crm_views_button_rename      (CrmViewsButton *self, gint64 id);
/** crm_views_button_delete: moves a view to the trash; a toast offers Undo. */
void       crm_views_button_delete      (CrmViewsButton *self, gint64 id);

G_END_DECLS
