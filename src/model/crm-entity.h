/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "crm-field.h"
#include "crm-values.h"

G_BEGIN_DECLS

typedef struct _CrmWriter CrmWriter;

/** The rules of an entity; any may be NULL. All run on the writer's thread within the step. */
typedef struct {
  /** Fills what the user need not type, before validate. @current: as it stands, NULL for a new record. */
  void     (*before_save)     (CrmValues *changes, const CrmValues *current);
  /** Are the fields present acceptable? @current: as it stands, NULL for a new record. What the kinds of fields demand is checked already. */
  gboolean (*validate)        (const CrmValues *changes, const CrmValues *current, GError **error);
  /** Appends folded text for search, instead of the fields marked SEARCH. */
  void     (*add_search_text) (const CrmValues *values, GString *into);
  /** Loosens what refers to a record that goes to the trash. */
  gboolean (*before_delete)   (CrmWriter *writer, gint64 id, GError **error);
  /** Lets other records follow a new one. */
  gboolean (*after_insert)    (CrmWriter *writer, gint64 id, GError **error);
  /** Lets other records follow a change of a saved one. */
  gboolean (*after_update)    (CrmWriter *writer, gint64 id, GError **error);
} CrmRules;

/** A mark that one record at most has of all that refer to the same one: a client has one next step. Kept by the writer (crm-only-one.h). */
typedef struct {
  const char *mark;   /* a field of kind BOOL */
  const char *owner;  /* a reference */
  const char *among;  /* SQL: which records count; in the others' hands the mark says nothing */
  /** (transfer full): what happens where two owners become one: @kept stays what it is, and @other is so no more; @kept %NULL: @other goes on as it is. */
  char     *(*describe_merge) (const char *kept, const char *other);
} CrmOnlyOne;

/** What there is: one entity, one table of fields. */
struct _CrmEntity {
  int              number;   /* in history and search; never reused */
  const char      *name;     /* table, command line */
  const char      *type_name; /* GType */
  const char      *label;    /* N_(): "Client" */
  const char      *plural;   /* N_(): "Clients" */
  const char      *icon;     /* symbolic icon name */
  const char      *title;    /* field that names a record */
  const char      *parent;   /* for a child: its field that refers to the parent; NULL: a record of its own, with search row and trash */
  const CrmField  *fields;
  guint            n_fields;
  const char * const *children; /* names of child entities; NULL or NULL-terminated */
  const char * const *apart; /* names of the fields that tell records of one title apart, NULL-terminated; NULL: their titles do */
  const CrmRules  *rules;
  const CrmOnlyOne *only_one; /* NULL: no such mark */
  gboolean         unique;   /* no two records of the same title (folded) */
  gboolean         is_log;   /* grows without end: read by time, and its search rows stand apart (crm-log-search.h) */
  gboolean         append_only; /* a child that is added, but neither changed nor taken away */
};

#define CRM_MAX_FIELDS 64

/** All entities, NULL-terminated; parents before their children. */
const CrmEntity * const *crm_entity_get_all (void);
/** (transfer none) (nullable): the entity of that table. */
const CrmEntity *crm_entity_find       (const char *name);
/** (transfer none) (nullable): the entity that history and search know by that number. */
const CrmEntity *crm_entity_find_number (int number);
/** Index of the field, or -1. */
int              crm_entity_find_field (const CrmEntity *self, const char *name);
/** (transfer none) (nullable): a field by its name. */
const CrmField  *crm_entity_get_field  (const CrmEntity *self, const char *name);
/** The GObject type of the entity's records: a subclass of CrmRecord with one property a field. */
GType            crm_entity_get_record_type (const CrmEntity *self);
/** The field that names a record; for a child without one, its first text. */
guint            crm_entity_get_title_field (const CrmEntity *self);
/** Its field that refers to the parent; only for a child. */
guint            crm_entity_get_parent_field (const CrmEntity *self);
/** Does it have its own search row, trash and times? */
gboolean         crm_entity_is_root    (const CrmEntity *self);

/* The tables, each in entities/. */
extern const CrmEntity crm_client, crm_address, crm_contact_point, crm_segment, crm_tag, crm_client_tag, crm_saved_view;
extern const CrmEntity crm_person, crm_person_point, crm_position;
extern const CrmEntity crm_consent, crm_task, crm_interaction, crm_participant, crm_document, crm_activity_template, crm_template_step;
extern const CrmEntity crm_distinct_client, crm_distinct_person;

G_END_DECLS
