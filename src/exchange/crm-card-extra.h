/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "crm-vcard.h"

G_BEGIN_DECLS

/**
 * CrmCardExtra: what a record keeps of the cards it came from and has no field for: lines of version 4.0, unfolded, as member "vcard" of its field
 * "extra". A UID stands there as "UID:" and its text. Other members stay as they are. One thread.
 */
typedef struct _CrmCardExtra CrmCardExtra;

/** The most that a record keeps, in bytes; a field takes a little more. */
#define CRM_CARD_EXTRA_MAX_BYTES (3 * 1024 * 1024)

/** crm_card_extra_new: @json: (nullable): the field "extra" */
CrmCardExtra *crm_card_extra_new       (const char *json);
void          crm_card_extra_free      (CrmCardExtra *self);
/** crm_card_extra_has: just that line? */
gboolean      crm_card_extra_has       (const CrmCardExtra *self, const char *line);
/** crm_card_extra_get_all: (transfer full): the lines of the property that @line is of, one below the other; %NULL: none. */
char         *crm_card_extra_get_all   (const CrmCardExtra *self, const char *line);
/** crm_card_extra_add: Returns: %FALSE if there is no room for it. */
gboolean      crm_card_extra_add       (CrmCardExtra *self, const char *line);
/** crm_card_extra_drop: the lines of the property that @line is of. */
void          crm_card_extra_drop      (CrmCardExtra *self, const char *line);
/** crm_card_extra_to_json: (transfer full) (nullable): for the field "extra". */
char         *crm_card_extra_to_json   (const CrmCardExtra *self);
/** crm_card_extra_to_vcard: (transfer full): the lines as a card. */
CrmVcard     *crm_card_extra_to_vcard  (const CrmCardExtra *self);

/** crm_card_lines_to_json: (transfer full) (nullable): the field "extra" of a new record. @lines: (element-type utf8) */
char         *crm_card_lines_to_json   (const GPtrArray *lines);
/**
 * crm_card_line_get_key: what lines that take each other's place have in common, capitals or not: the name of their property, without its group;
 * of ORG also the firm. @length: (out)
 */
const char   *crm_card_line_get_key    (const char *line, gsize *length);
/** crm_card_line_is: is it a line of property @name? */
gboolean      crm_card_line_is         (const char *line, const char *name);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CrmCardExtra, crm_card_extra_free)

G_END_DECLS
