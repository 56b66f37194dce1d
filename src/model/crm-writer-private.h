/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "crm-collator.h"
#include "crm-names.h"
#include "crm-writer.h"

G_BEGIN_DECLS

/* For the store and undo: the frame around a step. */

typedef enum {
  CRM_STEP_DO,
  CRM_STEP_UNDO,
  CRM_STEP_REDO,
  CRM_STEP_FINAL, /* cannot be taken back */
} CrmStepKind;

/** Begins a step: a transaction that has the write lock. */
CrmWriter *crm_writer_begin    (CrmDb *db, CrmCollator *collator, const char *label, GError **error);
/** Lets derived fields and search follow, writes the line in table step and commits. Without changes nothing is written. Frees @self. */
gboolean   crm_writer_commit   (CrmWriter *self, GError **error);
/** crm_writer_follow: lets derived fields and search follow already now, for what is to come after all other changes. */
gboolean   crm_writer_follow   (CrmWriter *self, GError **error);
/** The first history row of the step. */
gint64     crm_writer_get_first (CrmWriter *self);
/** Takes everything back. Frees @self. */
void       crm_writer_rollback (CrmWriter *self);
/** What the step is: for undo and redo, of which step. */
void       crm_writer_set_kind (CrmWriter *self, CrmStepKind kind, gint64 target);
CrmStepKind crm_writer_get_kind (CrmWriter *self);
/** The record's search text follows at the end; with @derive also its fields kept from children. */
void       crm_writer_touch    (CrmWriter *self, const CrmEntity *root, gint64 id, gboolean derive);
/** A new record, whose search text is there: only its words follow at the end. */
void       crm_writer_touch_new (CrmWriter *self, const CrmEntity *root, gint64 id);
/**
 * Where @changes have the record's name: whoever shows it by a child follows at the end: a person that of the firms, a conversation those of who took
 * part.
 */
gboolean   crm_writer_touch_naming (CrmWriter *self, const CrmValues *changes, GError **error);
/** All records with ids from @first to @last are deleted, with their children: search forgets them at once, and what touched them before. */
gboolean   crm_writer_forget   (CrmWriter *self, const CrmEntity *root, gint64 first, gint64 last, GError **error);
/** (transfer none): makes the keys by which names are sorted. */
CrmCollator *crm_writer_get_collator (CrmWriter *self);
/** (transfer none): the names looked up in this step. */
CrmNames  *crm_writer_get_names (CrmWriter *self);
/** As crm_writer_find_named(), with the @title (out) (transfer none) as the record has it. */
gint64     crm_writer_resolve_named (CrmWriter *self, const CrmEntity *entity, const char *name, gboolean create, const char **title, GError **error);
/** Inserts one row, drawing its id if it has none; nothing is checked and nothing follows. */
gboolean   crm_writer_insert_row (CrmWriter *self, CrmValues *values, GError **error);
/** A record was inserted: whoever had the mark that it has loses it (crm-only-one.h). */
gboolean   crm_writer_settle_new (CrmWriter *self, const CrmValues *values, GError **error);
/** Are changes acceptable by all rules? They get what need not be typed, and ids for names. @current: (nullable): the record as it stands */
gboolean   crm_writer_check    (CrmWriter *self, CrmValues *changes, const CrmValues *current, GError **error);
/** Is there no other record of the title, where an entity allows only one? %CRM_ERROR_INVALID if there is. */
gboolean   crm_writer_check_unique (CrmWriter *self, const CrmValues *changes, GError **error);
/** May a record with these changes, of which none is without effect, be changed at all? */
gboolean   crm_writer_check_append_only (const CrmValues *changes, GError **error);
/** Checks a child, whose parent is there, by all rules; @values get what need not be typed. */
gboolean   crm_writer_check_child (CrmWriter *self, CrmValues *values, GError **error);

/* Tags of a client, in crm-writer-tags.c; by name, parted by ", ". Tags that are not there are made. */

/** Gives the client these tags and no others. @names: (nullable) */
gboolean   crm_writer_set_tags (CrmWriter *self, gint64 client, const char *names, GError **error);
/** Writes the names in @field as the tags have them: "vip" is "VIP" where that is known. */
gboolean   crm_writer_canonise_tags (CrmWriter *self, CrmValues *values, guint field, GError **error);
/** Tags a client that was made in this step and has none yet, and appends the search @text of its tags. */
gboolean   crm_writer_insert_tags (CrmWriter *self, gint64 client, const char *names, GString *text, GError **error);

G_END_DECLS
