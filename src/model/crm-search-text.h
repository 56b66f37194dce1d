/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "crm-db.h"
#include "crm-entity.h"

G_BEGIN_DECLS

/*
 * The search row of a record: the folded text of its fields and of its children, found by FTS5
 * and by a scan for what stands inside words. Kept in step with the record by the writer, in the same transaction.
 */

/** The tables that search rows stand in: what grows without end is kept apart, so that it does not slow down the search for anything else. */
typedef enum {
  CRM_SEARCH_RECORDS, /* search, search_word */
  CRM_SEARCH_LOG,     /* log_search, log_word: of entities that are a log */
  CRM_N_SEARCH_TABLES,
} CrmSearchTable;

/** The statements over one of them. "?": id, entity, text, range of ids, or what FTS5 is asked. */
typedef struct {
  const char *count, *read, *read_all, *find;
  const char *store, *remove, *remove_range;
  const char *add_words, *add_row_words, *remove_words, *remove_range_words, *rebuild, *check;
} CrmSearchStatements;

/** Which of them the rows of an entity stand in. */
CrmSearchTable crm_search_text_get_table (const CrmEntity *entity);
/** (transfer none) */
const CrmSearchStatements *crm_search_text_get_statements (CrmSearchTable table);

/** Appends the text that a record, or a child, adds to its search row. */
void     crm_search_text_add     (const CrmValues *values, GString *into);

/** (transfer full): the text as the record's tables have it now; NULL if it is in the trash or gone (@error unset) or on error. */
char    *crm_search_text_build   (CrmDb *db, const CrmEntity *entity, gint64 id, GError **error);

/**
 * crm_search_text_update: brings the row up to date.
 * @index: FALSE: the words are left as they are, for crm_search_text_rebuild() at the end of a bulk change
 */
gboolean crm_search_text_update  (CrmDb *db, const CrmEntity *entity, gint64 id, gboolean index, GError **error);

/** crm_search_text_insert: the row of a new record, whose text is known; its words follow by crm_search_text_index() or a rebuild. */
gboolean crm_search_text_insert  (CrmDb *db, const CrmEntity *entity, gint64 id, const char *text, GError **error);
/** crm_search_text_index: puts the words of a row that was inserted into the index. */
gboolean crm_search_text_index  (CrmDb *db, const CrmEntity *entity, gint64 id, GError **error);

/** crm_search_text_delete_range: the rows of the entity's records with ids from @first to @last go. @index: as above */
gboolean crm_search_text_delete_range (CrmDb *db, const CrmEntity *entity, gint64 first, gint64 last, gboolean index, GError **error);

/**
 * crm_search_text_distinct: (transfer none): the text of a row with each word once, or nearly so; @length: (inout)
 * @distinct: room for it; the answer lies there or is @text itself
 */
const char *crm_search_text_distinct (const char *text, gsize *length, GString *distinct);

/** crm_search_text_rebuild: makes the index of words anew from the rows. */
gboolean crm_search_text_rebuild (CrmDb *db, CrmSearchTable table, GError **error);

/** crm_search_text_check: @n_wrong: (out): records whose row is missing, superfluous or differs. The index of words is checked too. */
gboolean crm_search_text_check   (CrmDb *db, guint *n_wrong, GError **error);

G_END_DECLS
