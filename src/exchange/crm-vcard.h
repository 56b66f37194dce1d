/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/** The largest property read, in bytes of the file; a longer text is cut, a longer picture left out. */
#define CRM_VCARD_MAX_VALUE_BYTES (8 * 1024 * 1024)
/** The largest group, name and parameters of a property, in bytes. */
#define CRM_VCARD_MAX_HEAD_BYTES  (16 * 1024)
/** The most memory a card may take, in bytes; further properties are left out. */
#define CRM_VCARD_MAX_CARD_BYTES  (24 * 1024 * 1024)
/** The most properties in a card; further ones are left out. */
#define CRM_VCARD_MAX_PROPERTIES  1000
/** The most parameters of a property; further ones are left out. */
#define CRM_VCARD_MAX_PARAMS      50
/** How deep cards may lie within cards (AGENT); what is deeper is left out. */
#define CRM_VCARD_MAX_DEPTH       4

/** CrmVcardVersion: what VERSION says; %CRM_VCARD_UNKNOWN if it is missing or names another. */
typedef enum {
  CRM_VCARD_UNKNOWN,
  CRM_VCARD_2_1,
  CRM_VCARD_3_0,
  CRM_VCARD_4_0,
} CrmVcardVersion;

/** CrmVcardParam: @name in capitals; @value without quotation marks. Of a list (TYPE=home,work) each value is a parameter of its own. */
typedef struct {
  const char *name;
  const char *value;
} CrmVcardParam;

/**
 * CrmVcardProperty:
 * @group: (nullable): what ties it to others: "item1"
 * @name: in capitals if it is a standard one, else as written; compare with crm_vcard_property_is()
 * @params: (array length=n_params): without those that tell only how the file was written (CHARSET, ENCODING). TYPE is in
 *   small letters; "TYPE=pref" is "PREF=1" as in version 4.0.
 * @value: UTF-8 with the escapes of version 4.0 (\n \, \; \\), whatever the file's version; read it by
 *   crm_vcard_property_dup_text() and its neighbours. Of a property that is not known here it is as written. Empty if @bytes is there.
 * @bytes: (nullable): a picture, sound or key that stands in the card itself
 * @media_type: (nullable): of @bytes: "image/jpeg"
 * @line: of the file (from 1); 0 if not read from one
 *
 * Everything belongs to the card.
 */
typedef struct {
  const char    *group;
  const char    *name;
  CrmVcardParam *params;
  guint          n_params;
  const char    *value;
  GBytes        *bytes;
  const char    *media_type;
  guint64        line;
} CrmVcardProperty;

/** CrmVcard: one card: its properties in their order, without BEGIN, VERSION and END. A plain value, for one thread at a time. */
typedef struct _CrmVcard CrmVcard;

CrmVcard         *crm_vcard_new              (CrmVcardVersion  version);
void              crm_vcard_free             (CrmVcard        *self);

CrmVcardVersion   crm_vcard_get_version      (const CrmVcard  *self);
/** crm_vcard_get_line: the line (from 1) of the file in which the card begins; 0 if it was not read from one. */
guint64           crm_vcard_get_line         (const CrmVcard  *self);

guint             crm_vcard_get_n_properties (const CrmVcard  *self);
/** crm_vcard_get_property: (transfer none): valid as long as the card. */
CrmVcardProperty *crm_vcard_get_property     (const CrmVcard  *self,
                                              guint            index);

/**
 * crm_vcard_find: (transfer none) (nullable): the first property named @name behind @after.
 * @after: (nullable): %NULL: from the beginning
 */
CrmVcardProperty *crm_vcard_find             (const CrmVcard         *self,
                                              const char             *name,
                                              const CrmVcardProperty *after);

/**
 * crm_vcard_dup_label: (transfer full) (nullable): what the user of an address book called @property: the X-ABLabel of its group, of
 * Apple's own words ("_$!<Mobile>!$_") the word alone; %NULL if there is none.
 */
char             *crm_vcard_dup_label        (const CrmVcard         *self,
                                              const CrmVcardProperty *property);

/**
 * crm_vcard_add: (transfer none): adds a property whose value is already escaped.
 * @group: (nullable)
 */
CrmVcardProperty *crm_vcard_add              (CrmVcard               *self,
                                              const char             *group,
                                              const char             *name,
                                              const char             *value);
/** crm_vcard_add_text: (transfer none): adds a property of one text. */
CrmVcardProperty *crm_vcard_add_text         (CrmVcard               *self,
                                              const char             *group,
                                              const char             *name,
                                              const char             *text);
/** crm_vcard_add_parts: (transfer none): adds a structured property as N, ADR, ORG. @parts: (array length=n_parts): %NULL is an empty part */
CrmVcardProperty *crm_vcard_add_parts        (CrmVcard               *self,
                                              const char             *group,
                                              const char             *name,
                                              const char * const     *parts,
                                              guint                   n_parts);
/** crm_vcard_add_list: (transfer none): adds a property that is a list as CATEGORIES, NICKNAME. */
CrmVcardProperty *crm_vcard_add_list         (CrmVcard               *self,
                                              const char             *group,
                                              const char             *name,
                                              const char * const     *items,
                                              guint                   n_items);
/** crm_vcard_add_bytes: (transfer none): adds a picture, sound or key. @media_type: (nullable) */
CrmVcardProperty *crm_vcard_add_bytes        (CrmVcard               *self,
                                              const char             *group,
                                              const char             *name,
                                              GBytes                 *bytes,
                                              const char             *media_type);
/** crm_vcard_add_copy: (transfer none): adds a copy of a property of another card. */
CrmVcardProperty *crm_vcard_add_copy         (CrmVcard               *self,
                                              const CrmVcardProperty *property);
/** crm_vcard_add_param: adds a parameter to @property, which is one of @self; beyond %CRM_VCARD_MAX_PARAMS it is dropped. */
void              crm_vcard_add_param        (CrmVcard               *self,
                                              CrmVcardProperty       *property,
                                              const char             *name,
                                              const char             *value);

/** crm_vcard_property_is: is it named @name? Capitals or not. */
gboolean          crm_vcard_property_is        (const CrmVcardProperty *self,
                                                const char             *name);
/** crm_vcard_property_get_param: (transfer none) (nullable): the first value of parameter @name. */
const char       *crm_vcard_property_get_param (const CrmVcardProperty *self,
                                                const char             *name);
/** crm_vcard_property_has_type: is @type among its TYPEs? "cell" */
gboolean          crm_vcard_property_has_type  (const CrmVcardProperty *self,
                                                const char             *type);
/** crm_vcard_property_get_pref: how much it is preferred: 1 most … 100 least; 101 if it does not say. */
guint             crm_vcard_property_get_pref  (const CrmVcardProperty *self);

/** crm_vcard_property_dup_text: (transfer full): the value as one text. */
char             *crm_vcard_property_dup_text  (const CrmVcardProperty *self);
/** crm_vcard_property_dup_parts: (transfer full): the parts of a structured value (N, ADR, ORG), at least one; commas are left in them. */
GStrv             crm_vcard_property_dup_parts (const CrmVcardProperty *self);
/** crm_vcard_property_dup_list: (transfer full): the items of a list (CATEGORIES, NICKNAME), without empty ones. */
GStrv             crm_vcard_property_dup_list  (const CrmVcardProperty *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CrmVcard, crm_vcard_free)

G_END_DECLS
