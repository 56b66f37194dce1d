/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "crm-child-list.h"
#include "crm-documents-page.h"
#include "crm-form.h"
#include "crm-history-view.h"
#include "crm-next-step-bar.h"
#include "crm-people-section.h"
#include "crm-position-adder.h"
#include "crm-record-header.h"
#include "crm-record-page.h"
#include "crm-tasks-section.h"

G_BEGIN_DECLS

/* What the files of the card share: crm-record-page.c (the object, opening), -actions (record.*), -layout (what is on it). */

/** A section or tab of the card that follows the record shown. The functions are given @object, which the card outlives not. */
typedef struct {
  gpointer object;
  void   (*open)            (gpointer object, gint64 id);          /* 0: none; NULL: need not know */
  void   (*put_drafts_back) (gpointer object, GHashTable *drafts); /* of the record: field → text; NULL: there are none of it */
  void   (*flush)           (gpointer object);                     /* saves what is being typed; NULL: nothing is typed in it */
} CrmCardPart;

#define CRM_CARD_PART(object, open, put_drafts_back, flush)                                                  \
  ((CrmCardPart) { object, (void (*) (gpointer, gint64)) open, (void (*) (gpointer, GHashTable *)) put_drafts_back, \
                   (void (*) (gpointer)) flush })

struct _CrmRecordPage {
  GtkWidget        parent_instance;

  CrmStore        *store;
  const CrmEntity *entity;
  gint64           id;           /* to be shown; 0: none */
  CrmRecord       *record;       /* shown: another than id while that is read; NULL: none */
  gulong           notify_handler;
  GCancellable    *cancellable;  /* while it is read */
  gboolean         show_back;

  GArray          *parts;        /* of CrmCardPart */
  CrmForm         *form;
  CrmRecordHeader *header;
  CrmChildList    *contacts;
  CrmChildList    *addresses;    /* of a client; else NULL */
  CrmPeopleSection *people;      /* who works at a client; else NULL */
  CrmNextStepBar  *next_step_bar; /* of a client; else NULL */
  CrmTasksSection *tasks;
  CrmChildList    *positions;    /* where a person works; else NULL */
  CrmPositionAdder *position_adder;
  GtkWidget       *add_phone;    /* rows where there is none yet */
  GtkWidget       *add_email;
  GtkWidget       *add_first_address;
  CrmHistoryView  *history;
  CrmDocumentsPage *documents;

  /* Template */
  GtkWidget       *content;
  GtkWidget       *call;
  GtkWidget       *mail;
  GtkWidget       *delete;
  GtkWidget       *more;
  GtkRevealer     *trash;
  GtkLabel        *in_trash;
  GtkStack        *states;
  AdwStatusPage   *nothing;
  AdwStatusPage   *failure;
  GtkScrolledWindow *scroller;
  GtkWidget       *card;
  AdwBin          *next_step;    /* place for what is to be done next */
  GtkWidget       *tabs;         /* the switcher */
  GtkStack        *views;        /* overview, and what crm_record_page_add_tab() adds */
  GtkWidget       *columns;
  GtkBox          *left;
  GtkBox          *right;
  GtkWidget       *add_contact;
  GtkWidget       *add_address;
};

/** Brings buttons and actions in line with what is shown. */
void  crm_record_page_update_actions    (CrmRecordPage *self);
/** (transfer full): what record.call and record.mail open: of the main contact point that has it; NULL: none. */
char *crm_record_page_find_link         (CrmRecordPage *self, const char *scheme);

/** Lets files be dropped on the card. */
void  crm_record_page_add_drop_target   (CrmRecordPage *self);

/** For class_init: adds the actions record.*. */
void  crm_record_page_install_actions   (GtkWidgetClass *widget_class);
/** Parts' functions: the drafts of points and addresses that were being added. */
void  crm_record_page_put_contacts_back (CrmRecordPage *self, GHashTable *drafts);
void  crm_record_page_put_address_back  (CrmRecordPage *self, GHashTable *drafts);

/** Fills the card with what there is for its entity. */
void  crm_record_page_build             (CrmRecordPage *self);
/** From now on it is told which record is shown. */
void  crm_record_page_add_part          (CrmRecordPage *self, CrmCardPart part);
/** A tab after those there are; @name is for record.tab, @title is translated. A list that scrolls by itself gives itself a height. */
void  crm_record_page_add_tab           (CrmRecordPage *self, const char *name, const char *title, GtkWidget *content);

G_END_DECLS
