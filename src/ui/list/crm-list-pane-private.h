/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "crm-bulk-bar.h"
#include "crm-filter-bar.h"
#include "crm-list-face.h"
#include "crm-list-pane.h"
#include "crm-query-model.h"
#include "crm-selection.h"
#include "crm-table.h"
#include "crm-views.h"

G_BEGIN_DECLS

GResource *crm_ui_list_get_resource (void);

struct _CrmListPane
{
  GtkWidget        parent_instance;

  CrmStore        *store;
  const CrmEntity *entity;
  GSettings       *settings;
  CrmQueryModel   *model;
  CrmSelection    *selection;
  CrmViews        *views;

  CrmQuery        *query;         /* what shows, or is asked for */
  CrmIdList       *ids;           /* as they stood before the model's next word */
  gint64           view;          /* that shows: 0: all, -1: none that is saved */
  gint64           shown;         /* the record opened last */
  gint64           next;          /* to open when the one that shows goes */
  gint64           wanted;        /* to be selected with the next answer */
  gboolean         open_first;    /* Enter was pressed before the answer came */
  gboolean         keep_shown;    /* the next answer brings another order: follow the record */
  gboolean         by_key;        /* the last input to the rows came from the keyboard */

  char            *face;
  gboolean         table_allowed;

  GtkBox          *box;
  GtkWidget       *search_entry;
  GtkButton       *face_button;
  GtkMenuButton   *menu_button;
  GtkBox          *tools;
  GtkStack        *stack;
  AdwStatusPage   *status_page;
  GtkWidget       *clear_button;
  GtkWidget       *new_button;
  GtkLabel        *new_label;
  GtkWidget       *retry_button;
  GtkLabel        *foot_label;

  CrmFilterBar    *filter_bar;
  GtkMenuButton   *views_button;
  GtkLabel        *views_label;
  CrmListFace     *list_face;     /* NULL until it first shows */
  CrmTable        *table;         /* NULL until it first shows */
  CrmBulkBar      *bulk_bar;      /* NULL until it first shows */
  GtkWidget       *context_menu;
};

/** Installs the actions list.*. */
void       crm_list_pane_install_actions (GtkWidgetClass *widget_class);
/** Enables those that make sense now. */
void       crm_list_pane_update_actions  (CrmListPane *self);
/** Takes over @query (transfer full) and shows what it finds. */
void       crm_list_pane_take_query      (CrmListPane *self, CrmQuery *query);
/** (transfer none): the GtkListView of the face that shows. */
GtkWidget *crm_list_pane_get_list_view   (CrmListPane *self);
gboolean   crm_list_pane_shows_table     (CrmListPane *self);
/** How many records the query found; the list may have yet to grow to them. */
guint      crm_list_pane_get_n_found     (CrmListPane *self);
/** Is an answer awaited? */
gboolean   crm_list_pane_is_busy         (CrmListPane *self);
/** Shows the face, or says why there is nothing to show; and the count. */
void       crm_list_pane_update_contents (CrmListPane *self);
void       crm_list_pane_update_foot     (CrmListPane *self);
/** Selects a record, shows it in the list and emits "open". */
void       crm_list_pane_choose          (CrmListPane *self, gint64 id);
void       crm_list_pane_emit_activate   (CrmListPane *self, gint64 id);
/** Makes the menu of the face that shows. */
void       crm_list_pane_update_menu     (CrmListPane *self);
/** @at: in the pane's coordinates */
void       crm_list_pane_show_context_menu (CrmListPane *self, const GdkRectangle *at);

G_END_DECLS
