/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "crm-person-rows.h"
#include "crm-store.h"

G_BEGIN_DECLS

/*
 * Erasing a person for good: out of the tables, search, history, labels of steps, trash, drafts, the log, free pages and the files of documents.
 * What counts stays: conversations with channel, time, outcome and length, tasks with their dates, without what they told of the person.
 * It cannot be taken back; steps before and after it can, without what was erased.
 */

/** CrmErasePlan: the preview. Plain data. */
typedef struct {
  gint64     person;
  char      *name;
  GPtrArray *rows;     /* of CrmPersonRow */
  GPtrArray *mentions; /* of CrmMention */
  GPtrArray *backups;  /* of char *: files that hold the person, or that cannot be read */
} CrmErasePlan;

/** crm_erase_plan_make: any connection; reads all texts of the base and opens its backups, which takes seconds. Errors: %CRM_ERROR_NOT_FOUND */
CrmErasePlan *crm_erase_plan_make     (CrmDb *db, gint64 person, GError **error);
void          crm_erase_plan_free     (CrmErasePlan *self);
/** crm_erase_plan_count: how many rows of an entity there are of a kind. */
guint         crm_erase_plan_count    (const CrmErasePlan *self, const CrmEntity *entity, CrmPersonRowKind kind);
/** crm_erase_plan_describe: (transfer full) (element-type utf8): a sentence for each entity that has rows of that kind. */
GPtrArray    *crm_erase_plan_describe (const CrmErasePlan *self, CrmPersonRowKind kind);
/** crm_erase_delete_backup: with the files beside it. */
gboolean      crm_erase_delete_backup (const char *path, GError **error);

/** How far an erasure is. */
typedef enum {
  CRM_ERASE_RECORDS, /* out of records, texts, history and drafts */
  CRM_ERASE_SEARCH,  /* the words for search are collected anew */
  CRM_ERASE_FILES,   /* it is done and cannot be cancelled; the file is written anew, and backups go */
} CrmErasePhase;

/** CrmEraseRequest: what is to be done. */
typedef struct {
  gint64      person;
  int         phase;   /* atomic: see crm_erase_request_get_phase() */
  GHashTable *kept;    /* (element-type utf8): crm_mention_make_key() of the places whose text stays as it is */
  GPtrArray  *backups; /* (element-type utf8): files that are deleted afterwards */
  gboolean    is_open; /* out: somebody reads the base, so the log could not be emptied; the next window that is opened does it */
  GArray     *people;  /* out, of gint64: the person, and those who were merged into them */
  GPtrArray  *left;    /* out, of char *: backups that hold the person still, or that cannot be read; among them what was backed up since the plan */
} CrmEraseRequest;

CrmEraseRequest *crm_erase_request_new  (gint64 person);
void             crm_erase_request_free (CrmEraseRequest *self);
/** Any thread. With a million conversations each phase takes seconds. */
CrmErasePhase    crm_erase_request_get_phase (CrmEraseRequest *self);

/**
 * crm_erase_async: erases. Cancelling it in time leaves everything as it was. @request is the caller's until it is finished. An error in phase
 * %CRM_ERASE_FILES: the person is erased, but not all files are without what was left of them.
 */
void             crm_erase_async        (CrmStore *store, CrmEraseRequest *request, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
gboolean         crm_erase_finish       (CrmStore *store, GAsyncResult *result, GError **error);
/** crm_erase: waits for it. */
gboolean         crm_erase              (CrmStore *store, CrmEraseRequest *request, GError **error);

/**
 * crm_erase_scrub: does what an erasure could not finish: writes the file anew without free pages, empties the log and removes files of documents that nothing
 * refers to. Nothing if nothing is left to do. @is_open: (out): as above. Writer's connection, outside of a step.
 */
gboolean         crm_erase_scrub        (CrmDb *db, gboolean *is_open, GError **error);

/** crm_erase_find_erased: (transfer full) (element-type gint64): those of @people (element-type gint64) who were erased. Any connection. */
GArray          *crm_erase_find_erased  (CrmDb *db, GArray *people, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CrmErasePlan, crm_erase_plan_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CrmEraseRequest, crm_erase_request_free)

G_END_DECLS
