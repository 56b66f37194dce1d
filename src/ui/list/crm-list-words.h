/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "crm-entity.h"

G_BEGIN_DECLS

/** What a list says of the records it is of. All are N_(). */
typedef struct {
  const char *all;             /* "All clients" */
  const char *none_yet;        /* "No clients yet" */
  const char *how_to_begin;    /* what can be done then; NULL: nothing is said */
  const char *none_passes;     /* the filters */
  const char *none_has_value;  /* of the field that is filtered by */
  const char *new_record;      /* "New Client" */
  const char *search;          /* name of the entry */
  const char *searched;        /* what one may type there */
  const char *selected;        /* name of the bar for those selected */
  const char *export;          /* "Export Clients" */
  const char *export_file;     /* "clients.csv" */
} CrmListWords;

/** What is done to a number of records, or was. */
typedef enum {
  CRM_COUNTED_RECORDS,         /* "5 clients" */
  CRM_COUNTED_EDIT,            /* "Edit 5 clients", a step */
  CRM_COUNTED_EDIT_TITLE,
  CRM_COUNTED_CHANGING,
  CRM_COUNTED_CHANGED,
  CRM_COUNTED_DELETING,
  CRM_COUNTED_DELETED,
  CRM_COUNTED_RESTORING,
  CRM_COUNTED_RESTORED,
  CRM_COUNTED_PURGE,           /* "Delete 5 clients for good", a step */
  CRM_COUNTED_PURGE_QUESTION,
  CRM_COUNTED_PURGED,
  CRM_COUNTED_EXPORTING,
} CrmCounted;

/** (transfer none): of clients, if it is no other entity that has a list. */
const CrmListWords *crm_list_words_get  (const CrmEntity *entity);
/** (transfer full): in the user's language, the number as it is written there. */
char               *crm_list_words_fill (const CrmEntity *entity, CrmCounted what, guint n);

G_END_DECLS
