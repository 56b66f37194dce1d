/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "crm-entity.h"

G_BEGIN_DECLS

/* What a column of a file is for: the index of a field, or one of these. */
enum {
  CRM_MAPPING_NONE        = -1, /* not imported */
  CRM_MAPPING_GIVEN_NAME  = -2, /* with the family name the name of a client that has no other */
  CRM_MAPPING_FAMILY_NAME = -3,
};

/**
 * CrmMapping: which column of a file goes to which field. Several columns may go to the same one: they are then used in the order that
 * crm_mapping_get_columns() gives. A plain value that belongs to one thread at a time.
 */
typedef struct _CrmMapping CrmMapping;

/**
 * crm_mapping_new: guesses from the names of the columns: those of the fields (CrmField.name), their labels in English and the user's
 * language, and the names that other programs give them (CrmField.aliases), all compared folded and without spaces.
 * @header: (array length=n_columns) (nullable): names of the columns; %NULL: the file has no header, and a single column is the names
 */
CrmMapping   *crm_mapping_new              (const CrmEntity *entity, const char * const *header, guint n_columns);
CrmMapping   *crm_mapping_copy             (const CrmMapping *self);
void          crm_mapping_free             (CrmMapping *self);
/** Do the columns of both go to the same fields? */
gboolean      crm_mapping_equal            (const CrmMapping *a, const CrmMapping *b);

/** How many columns the file has. */
guint         crm_mapping_get_n_columns    (const CrmMapping *self);
/** crm_mapping_get_column_name: (transfer none): as the header has it; "Column 3" without one. */
const char   *crm_mapping_get_column_name  (const CrmMapping *self, guint column);
/** What a column is for: the index of a field, or one of CRM_MAPPING_…. */
int           crm_mapping_get_target       (const CrmMapping *self, guint column);
/** @target: as of crm_mapping_get_target(). Other columns keep theirs. */
void          crm_mapping_set_target       (CrmMapping *self, guint column, int target);

/**
 * crm_mapping_set_named: the same by names, as people write them: @field is a field's name or label, "given_name" or "family_name",
 * @column the name of a column or its number from 1. The column becomes the field's only one, besides those set this way before.
 * An empty @column: nothing goes to the field. %CRM_ERROR_NOT_FOUND: the message lists what there is.
 */
gboolean      crm_mapping_set_named        (CrmMapping *self, const char *field, const char *column, GError **error);

/**
 * crm_mapping_get_columns: (transfer none) (array length=n_columns): the columns that go to @target, the ones to prefer first: those of
 * the firm before those of the person, at work before at home.
 */
const guint  *crm_mapping_get_columns      (const CrmMapping *self, int target, guint *n_columns);
/** crm_mapping_get_group: which of several addresses of a row the column is part of: 0 the first to use, then 1 … */
guint         crm_mapping_get_group        (const CrmMapping *self, guint column);
/** crm_mapping_get_label_column: the column that tells what kind of number or address @column holds ("Phone 1 - Type"), or -1. */
int           crm_mapping_get_label_column (const CrmMapping *self, guint column);
/** crm_mapping_has_name: can a client get its name? */
gboolean      crm_mapping_has_name         (const CrmMapping *self);

/** crm_mapping_target_get_name: (transfer none): "phone", "given_name"; %NULL for %CRM_MAPPING_NONE. */
const char   *crm_mapping_target_get_name  (const CrmEntity *entity, int target);
/** crm_mapping_target_get_label: (transfer none): the same for people. */
const char   *crm_mapping_target_get_label (const CrmEntity *entity, int target);

/** crm_mapping_to_json: (transfer full): an array with the name of its target for each column, to be kept under the fingerprint. */
char         *crm_mapping_to_json          (const CrmMapping *self);
/** crm_mapping_load_json: sets all columns; %CRM_ERROR_INVALID, and nothing is changed, if @json is of a file with other columns. */
gboolean      crm_mapping_load_json        (CrmMapping *self, const char *json, GError **error);
/** crm_mapping_get_fingerprint: (transfer full): the same for all files with such a header; %NULL without one. */
char         *crm_mapping_get_fingerprint  (const CrmMapping *self);

/** crm_mapping_is_known: a CrmCsvIsKnown: can a column of a file of clients have this name? */
gboolean      crm_mapping_is_known         (const char *folded_name);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CrmMapping, crm_mapping_free)

G_END_DECLS
