/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "crm-bulk-bar.h"
#include "crm-faces.h"
#include "crm-filter-bar.h"
#include "crm-list-pane.h"
#include "crm-query-model.h"
#include "crm-selection.h"
#include "crm-views-button.h"

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
  CrmView         *chosen;        /* whose face and columns are in force, whatever became of its query; NULL: none */
  gint64           shown;         /* the record opened last */
  gint64           next;          /* to open when the one that shows goes */
  gint64           wanted;        /* to be selected with the next answer */
  gint64           awaited_view;  /* to be shown once the views are read */
  gboolean         open_first;    /* Enter was pressed before the answer came */
  gboolean         keep_shown;    /* the next answer brings another order: follow the record */
  gboolean         by_key;        /* the last input to the rows came from the keyboard */

  char            *face;          /* where no view has another */
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
  CrmViewsButton  *views_button;
  CrmFaces        *faces;
  CrmBulkBar      *bulk_bar;      /* NULL until it first shows */
  GtkWidget       *context_menu;
};

/** Installs the actions list.*. */
void       crm_list_pane_install_actions (GtkWidgetClass *widget_class);
/** Enables those that make sense now. */
void       crm_list_pane_update_actions  (CrmListPane *self);
/** Shows the actions for what is selected, if it is several. */
void       crm_list_pane_update_bulk_bar (CrmListPane *self);

/** The query that the settings remember, with the face and columns of its view. */
void       crm_list_pane_load_query      (CrmListPane *self);
/** Takes over @query (transfer full) and shows what it finds. */
void       crm_list_pane_take_query      (CrmListPane *self, CrmQuery *query);
/** Sorts by another field, or the other way round. */
void       crm_list_pane_take_sort       (CrmListPane *self, guint field, gboolean descending);
/** As of the signal "changed" of the filter bar. */
void       crm_list_pane_take_filter     (CrmListPane *self, guint field, int op, GStrv values);
/** The search that was typed. */
void       crm_list_pane_take_text       (CrmListPane *self);
/** Writes the query's text into the entry. */
void       crm_list_pane_show_text       (CrmListPane *self);
/** Finds out which view shows, after the query or the views changed. */
void       crm_list_pane_update_views    (CrmListPane *self);
/** (transfer full): what shows and how, to be saved. */
CrmView   *crm_list_pane_make_view       (CrmListPane *self);
/** What shows now was saved as that view. */
void       crm_list_pane_take_view       (CrmListPane *self, gint64 id);
/** Keeps in the settings what the next window begins with. */
void       crm_list_pane_remember        (CrmListPane *self);
/** The sort is another now. */
void       crm_list_pane_notify_sort     (CrmListPane *self);
/** The view is another now. */
void       crm_list_pane_notify_view     (CrmListPane *self);
/** Shows the face of the view chosen, or else that of the settings. */
void       crm_list_pane_update_face     (CrmListPane *self);

/** How many records the query found; the list may have yet to grow to them. */
guint      crm_list_pane_get_n_found     (CrmListPane *self);
/** Is an answer awaited? */
gboolean   crm_list_pane_is_busy         (CrmListPane *self);
/** Shows the face, or says why there is nothing to show; and the count. */
void       crm_list_pane_update_contents (CrmListPane *self);
/** Shows how many there are, and how many are selected. */
void       crm_list_pane_update_foot     (CrmListPane *self);
/** Selects a record, shows it in the list and emits "open". */
void       crm_list_pane_choose          (CrmListPane *self, gint64 id);
/** Emits "open". */
void       crm_list_pane_emit_open       (CrmListPane *self, gint64 id);
/** Emits "activate". */
void       crm_list_pane_emit_activate   (CrmListPane *self, gint64 id);
/** As of the selection's signal "chosen". */
void       crm_list_pane_take_chosen     (CrmListPane *self, gint64 id);
/** As of a double click on the row at a position. */
void       crm_list_pane_activate        (CrmListPane *self, guint position);
/** Opens the first record that was found, if there is one. */
void       crm_list_pane_open_first      (CrmListPane *self);
/** As of the model's signal "refreshed". */
void       crm_list_pane_take_answer     (CrmListPane *self, gboolean is_new_query);
/** Installs the action that opens the menu of a row, with its keys. */
void       crm_list_pane_install_menus   (GtkWidgetClass *widget_class);
/** Makes the menu of the face that shows. */
void       crm_list_pane_update_menu     (CrmListPane *self);
/** @at: in the pane's coordinates */
void       crm_list_pane_show_context_menu (CrmListPane *self, const GdkRectangle *at);

G_END_DECLS
