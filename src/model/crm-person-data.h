/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "crm-person-rows.h"

G_BEGIN_DECLS

/** CrmPersonData: everything held on a person, as it is handed out when they ask for it. Plain data. */
typedef struct {
  gint64     at;       /* when it was read */
  GPtrArray *rows;     /* of CrmPersonRow: the person first */
  GPtrArray *history;  /* of CrmHistoryEntry, newest first */
  GPtrArray *mentions; /* of CrmMention */
} CrmPersonData;

/** A form to be written. */
typedef enum {
  CRM_PERSON_DATA_JSON,
  CRM_PERSON_DATA_HTML,
  CRM_PERSON_DATA_TEXT,
} CrmPersonDataFormat;

/** crm_person_data_read: any connection; reads all texts of the base, which takes seconds for a large one. Errors: %CRM_ERROR_NOT_FOUND */
CrmPersonData *crm_person_data_read   (CrmDb *db, gint64 person, GError **error);
void           crm_person_data_free   (CrmPersonData *self);
/** (transfer full): the whole page, or one JSON object. */
char          *crm_person_data_format (const CrmPersonData *self, CrmPersonDataFormat format);
/** crm_person_data_guess_format: by the end of a file's name: ".json", ".html", ".txt"; @format: (out). %FALSE: by none of them. */
gboolean       crm_person_data_guess_format (const char *name, CrmPersonDataFormat *format);

/** What a page is made of, in the order of the page. Texts are plain. */
typedef struct {
  gpointer data;
  void (*title)   (gpointer data, const char *text);
  void (*section) (gpointer data, const char *text);
  /** A new record, or a new line of history, begins. */
  void (*item)    (gpointer data);
  /** @label: NULL: a sentence. */
  void (*line)    (gpointer data, const char *label, const char *text);
} CrmPersonPage;

/** crm_person_data_tell: calls @page for everything. */
void           crm_person_data_tell   (const CrmPersonData *self, const CrmPersonPage *page);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CrmPersonData, crm_person_data_free)

G_END_DECLS
