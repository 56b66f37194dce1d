/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "crm-duplicates-window.h"
#include "crm-record-page.h"
#include "crm-list-pane.h"
#include "crm-pane-handle.h"
#include "crm-sidebar.h"
#include "crm-today-page.h"
#include "crm-window.h"

G_BEGIN_DECLS

/* The records of an entity, with a page of their own */
typedef struct
{
  CrmListPane   *list;  /* made when it first shows */
  CrmRecordPage *card;  /* made after the first frame, or when it is needed */
} CrmSection;

#define CRM_WINDOW_N_SECTIONS 2

struct _CrmWindow
{
  AdwApplicationWindow  parent_instance;

  AdwToastOverlay      *toasts;
  AdwFlap              *flap;
  CrmSidebar           *sidebar;
  CrmPane              *sidebar_pane;
  CrmPaneHandle        *sidebar_handle;
  AdwLeaflet           *leaflet;
  GtkWidget            *list_pane;
  AdwHeaderBar         *list_header;
  AdwWindowTitle       *list_title;
  GtkWidget            *sidebar_button;
  GtkStack             *list_stack;
  GtkWidget            *undo_button;
  GtkWidget            *redo_button;
  CrmPane              *card_pane;
  GtkStack             *card_stack;
  GtkWidget            *new_button;
  GtkWidget            *trash_switch; /* whose trash shows */
  CrmPaneHandle        *list_handle;

  CrmStore             *store;
  GSettings            *settings;
  CrmDuplicatesWindow  *duplicates; /* weak: while it is open */
  CrmSection            sections[CRM_WINDOW_N_SECTIONS];
  const CrmEntity      *entity;    /* whose section shows */
  CrmListPane          *list;      /* its list, or NULL */
  CrmRecordPage        *card;      /* its card, or NULL */
  GtkWidget            *today;     /* page of the day, or NULL */
  char                 *page;      /* "today", "clients", "people", "trash" */
  int                   width;
  guint                 later;     /* source of what is made after the first frame */
  gboolean              is_complete; /* that is made */
  gboolean              is_empty;  /* the base has no clients */
};

/** Adds the actions win.*. */
void           crm_window_add_actions     (CrmWindow  *self);
/** Adds what goes to a record by its id. */
void           crm_window_add_open_actions (CrmWindow *self);
/** Adds undo, redo and history; the store's labels say what they do. */
void           crm_window_add_undo_actions (CrmWindow *self);
/** Adds the actions that read and write files. */
void           crm_window_add_exchange_actions (CrmWindow *self);

/** Shows as many panes as a window of that width, in pixels, has room for. */
void           crm_window_fold            (CrmWindow  *self,
                                           int         width);

/* Pages, in crm-window-pages.c */

/** (transfer none): the list of the section that shows, made if there is none yet. */
CrmListPane   *crm_window_ensure_list     (CrmWindow  *self);
/** (transfer none): the card of the section that shows, made if there is none yet. */
CrmRecordPage *crm_window_ensure_card     (CrmWindow  *self);
/** Makes the page of the day, if there is none yet. */
void           crm_window_ensure_today    (CrmWindow  *self);
/** Does the page of the day show? */
gboolean       crm_window_is_today        (CrmWindow  *self);
/** Does the list show as a table, which needs all the room? */
gboolean       crm_window_shows_table     (CrmWindow  *self);
/** Is there what tells how to begin, in the place of the clients? */
gboolean       crm_window_shows_empty_page (CrmWindow *self);
/** Begins with the page that showed last. */
void           crm_window_restore_page    (CrmWindow  *self);
/** The window is of another page from now on: crm_window_update_page() has it show. */
void           crm_window_take_page       (CrmWindow  *self,
                                           const char *page);
/** Shows the page that the window is of, with its words. */
void           crm_window_update_page     (CrmWindow  *self);
/** Is a card shown? */
gboolean       crm_window_has_record      (CrmWindow  *self);
/** Are records of the list selected? */
gboolean       crm_window_has_selection   (CrmWindow  *self);
/** crm_window_has_page: is there a page of that name? */
gboolean       crm_window_has_page        (const char *page);
/** Goes to a page of that name, which there must be. */
void           crm_window_show_page       (CrmWindow  *self,
                                           const char *page);
/** The clients for which nothing is to be done next. */
void           crm_window_show_without_step (CrmWindow *self);
/** The clients that have a segment or tag. @field: which of these; @id: of it */
void           crm_window_show_clients_with (CrmWindow *self,
                                             guint      field,
                                             gint64     id);
/** The trash of an entity. */
void           crm_window_show_trash      (CrmWindow       *self,
                                           const CrmEntity *entity);
/** Goes to a saved view; nothing happens if there is none of that id. */
void           crm_window_show_view       (CrmWindow  *self,
                                           gint64      view);
/** Goes to the card of a client or a person, which is marked in the list. */
void           crm_window_show_record     (CrmWindow       *self,
                                           const CrmEntity *entity,
                                           gint64           id);

/** Leads back to the list where only the card shows, or closes the sidebar that lies over it. */
void           crm_window_go_back         (CrmWindow  *self);
/** Shows or hides the sidebar and remembers it. Shown, it gets the focus. */
void           crm_window_set_sidebar     (CrmWindow  *self,
                                           gboolean    shown);

G_END_DECLS
