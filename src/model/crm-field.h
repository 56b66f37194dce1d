/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _CrmEntity CrmEntity;

/** What a field holds. Stored as: TEXT for all but INTEGER, MONEY (minor units), BOOL, DATETIME (UTC µs) and REFERENCE (id). */
typedef enum {
  CRM_KIND_TEXT,
  CRM_KIND_NOTE,      /* several lines */
  CRM_KIND_INTEGER,
  CRM_KIND_MONEY,     /* of the record's field "currency" */
  CRM_KIND_BOOL,
  CRM_KIND_DATE,      /* ISO text */
  CRM_KIND_DATETIME,
  CRM_KIND_CHOICE,    /* one of choices, stored by its name */
  CRM_KIND_PHONE,
  CRM_KIND_EMAIL,
  CRM_KIND_URL,
  CRM_KIND_REFERENCE, /* a record of entity refers */
  CRM_KIND_TAGS,      /* names parted by ", ", kept from child records */
} CrmFieldKind;

typedef enum {
  CRM_FIELD_NONE     = 0,
  CRM_FIELD_REQUIRED = 1 << 0,
  CRM_FIELD_SEARCH   = 1 << 1, /* its text is part of the record's search text */
  CRM_FIELD_SORTED   = 1 << 2, /* has a column <name>_key with the sort key */
  CRM_FIELD_COLUMN   = 1 << 3, /* a column of the table that shows at first */
  CRM_FIELD_FILTER   = 1 << 4, /* offered as a filter chip */
  CRM_FIELD_PERSONAL = 1 << 5, /* may tell of a natural person */
  CRM_FIELD_SYSTEM   = 1 << 6, /* kept by the store: not in forms, not set by hand */
  CRM_FIELD_VIRTUAL  = 1 << 7, /* has no column: lives in the main child record only, see through */
  CRM_FIELD_YEARLY   = 1 << 8, /* a date whose year may be unknown: "--04-12" */
  CRM_FIELD_FOLLOWED = 1 << 9, /* a reference: what it refers to has fields derived from records like this */
  CRM_FIELD_OWNER    = 1 << 10, /* a reference: this record goes for good with what it refers to */
  CRM_FIELD_AHEAD    = 1 << 11, /* a day that is planned: words like "next friday" are taken; a time among them goes to the field "time" behind it */
} CrmFieldFlags;

typedef struct {
  const char *name;   /* stored */
  const char *label;  /* N_() */
} CrmChoice;

/**
 * CrmThrough: a field that is really a child's: the parent shows the main child's value, and setting it sets the child's.
 * "phone" of a client: value of the contact_point of kind phone.
 */
typedef struct {
  const char *entity; /* of the child */
  const char *field;  /* of the child */
  const char *kind;   /* the child's "kind"; NULL: any */
} CrmThrough;

typedef struct {
  const char       *name;    /* column, property, JSON key */
  const char       *label;   /* N_() */
  const char       *group;   /* N_(): heading in the form; NULL: none */
  CrmFieldKind      kind;
  CrmFieldFlags     flags;
  const CrmChoice  *choices; /* ended by a NULL name */
  const char       *refers;  /* name of an entity */
  const CrmThrough *through;
  const char       *derived; /* SQL that gives the value of a field kept from other records; ? is the record's id */
  const char       *aliases; /* names other programs give the column in CSV files, parted by ";" (folded when compared) */
} CrmField;

/** The label of a choice, translated; @name itself if there is no such choice. */
const char *crm_field_get_choice_label (const CrmField *field, const char *name);
/** The stored name of a choice given its name or its label in English or the user's language, however capitalised; NULL if none. */
const char *crm_field_find_choice      (const CrmField *field, const char *text);
/** The translated label. */
const char *crm_field_get_label        (const CrmField *field);
/** Is it stored as an integer? */
gboolean    crm_field_is_integer       (const CrmField *field);

G_END_DECLS
