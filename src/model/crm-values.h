/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

#include "crm-field.h"

G_BEGIN_DECLS

/**
 * CrmValues: the values of some or all fields of one record: plain data that threads hand to each other, a row as it was read or the changes
 * to be saved. A field is absent (untouched), or present with a value or NULL. Reference counted; change it only while you hold the only reference.
 * Fields are given by their index in the entity's table (the entity's enum).
 */
typedef struct _CrmValues CrmValues;

#define CRM_TYPE_VALUES (crm_values_get_type ())
GType            crm_values_get_type    (void);

CrmValues       *crm_values_new         (const CrmEntity *entity, gint64 id);
CrmValues       *crm_values_ref         (CrmValues *self);
void             crm_values_unref       (CrmValues *self);
CrmValues       *crm_values_copy        (const CrmValues *self);
/** (transfer none) */
const CrmEntity *crm_values_get_entity  (const CrmValues *self);
/** 0: not saved yet. */
gint64           crm_values_get_id      (const CrmValues *self);
/** Of which record they are. */
void             crm_values_set_id      (CrmValues *self, gint64 id);

/** Is the field present, NULL or not? */
gboolean         crm_values_has         (const CrmValues *self, guint field);
/** Is it NULL, or absent? */
gboolean         crm_values_is_null     (const CrmValues *self, guint field);
/** (transfer none): NULL if absent or NULL. Of a reference: the name of the record referred to, if it was read with it. */
const char      *crm_values_get_text    (const CrmValues *self, guint field);
/** 0 if absent or NULL. */
gint64           crm_values_get_integer (const CrmValues *self, guint field);
/** NULL and "" make it NULL. */
void             crm_values_set_text    (CrmValues *self, guint field, const char *text);
/** The same. @text: (transfer full) */
void             crm_values_take_text   (CrmValues *self, guint field, char *text);
/** For kinds stored as numbers: whole numbers, money (in the smallest unit), yes and no, points in time (microseconds). */
void             crm_values_set_integer (CrmValues *self, guint field, gint64 value);
/** @name: of the record referred to, or NULL. With @id 0 and a name: "the one of that name", resolved (or made) when saved. */
void             crm_values_set_reference (CrmValues *self, guint field, gint64 id, const char *name);
/** Makes it present and NULL. */
void             crm_values_set_null    (CrmValues *self, guint field);
/** Makes the field absent again. */
void             crm_values_unset       (CrmValues *self, guint field);
/** Takes over every field present in @from. */
void             crm_values_merge       (CrmValues *self, const CrmValues *from);
/** Takes over one field; if it is absent in @from, it is NULL. */
void             crm_values_copy_field  (CrmValues *self, const CrmValues *from, guint field);
/** Is the field the same in both? An absent one is as NULL. */
gboolean         crm_values_equal_field (const CrmValues *self, const CrmValues *other, guint field);

/* Text, for people and files */

/** (transfer full): as it is shown: money and dates in the locale's form, labels of choices. NULL: nothing. */
char            *crm_values_format      (const CrmValues *self, guint field);
/** (transfer full): as files and the command line have it: plain numbers, ISO dates, stored names of choices. NULL: nothing. */
char            *crm_values_to_plain    (const CrmValues *self, guint field);
/**
 * crm_values_parse: sets a field from what a person typed or a file holds, in either form; checks it by its kind
 * (check digits are the entity's rules). "" makes it NULL. %CRM_ERROR_INVALID: the message begins with the field's label.
 */
gboolean         crm_values_parse       (CrmValues *self, guint field, const char *text, GError **error);
/** crm_values_is_plain: is it a text of which nothing is demanded but that it is valid UTF-8 of a length that can be kept, and is it that? */
gboolean         crm_values_is_plain    (const CrmValues *self, guint field);
/** crm_values_parse_named: the same by field name, %CRM_ERROR_NOT_FOUND naming it and listing those there are. */
gboolean         crm_values_parse_named (CrmValues *self, const char *field, const char *text, GError **error);
/**
 * crm_values_append_json: the text of an object with "id" and every field present, by name: tags as an array, references by name but a child's to its
 * parent by id, choices by stored name, money and points in time as texts. Written straight, without a tree of nodes: for lists of any length.
 */
void             crm_values_append_json (const CrmValues *self, GString *into);
/** crm_values_append_json_text: a text in quotation marks. */
void             crm_values_append_json_text (GString *into, const char *text);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CrmValues, crm_values_unref)

G_END_DECLS
