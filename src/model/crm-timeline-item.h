/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

typedef enum {
  CRM_TIMELINE_INTERACTION,
  CRM_TIMELINE_TASK,        /* that is done */
  CRM_TIMELINE_STEP,        /* that changed the record's fields or children */
} CrmTimelineKind;

/** One who took part in an interaction. */
typedef struct {
  gint64  id;    /* of a person; 0: known by name only */
  char   *name;
  char   *role;  /* stored name of the choice */
} CrmTimelinePerson;

/** What a timeline tells in one place. Texts are NULL where there is nothing. */
typedef struct {
  CrmTimelineKind kind;
  gint64          id;         /* of the interaction, task or step */
  gint64          at;
  char           *title;      /* subject; name of the task; label of the step */
  char           *text;       /* what was said, no more than CRM_TIMELINE_TEXT letters of it; notes of the task; what a step changed, by lines */
  gboolean        is_cut;     /* there is more of the text */
  GPtrArray      *people;     /* (element-type CrmTimelinePerson); NULL: nobody */
  char           *who;        /* did the step */

  /* Of an interaction; choices by their stored names */
  char           *channel;
  char           *direction;
  char           *outcome;
  gint64          length;     /* minutes */
  gint64          next_step;  /* id of the task that came of it, or 0 */
  char           *next_name;
  gboolean        next_done;
  guint           n_documents;
} CrmTimelineEntry;

#define CRM_TIMELINE_TEXT 2000

/**
 * CrmTimelineItem: an entry as a list holds it. The same object stands for the same interaction, task or step as long as it is in the model.
 *
 * Signal "changed": the entry, or whether it begins a day.
 */
#define CRM_TYPE_TIMELINE_ITEM (crm_timeline_item_get_type ())
G_DECLARE_FINAL_TYPE (CrmTimelineItem, crm_timeline_item, CRM, TIMELINE_ITEM, GObject)

/** @entry: (transfer full): any thread. */
CrmTimelineItem        *crm_timeline_item_new      (const CrmTimelineEntry *entry);
const CrmTimelineEntry *crm_timeline_item_get      (CrmTimelineItem *self);
/** Is it the newest of its day, below a heading? */
gboolean                crm_timeline_item_begins_day (CrmTimelineItem *self);

/* For the model */

gboolean crm_timeline_item_is_same  (CrmTimelineItem *self, CrmTimelineItem *other);
/** Takes the entry of @from, which has none afterwards; tells if it differs. */
void     crm_timeline_item_take     (CrmTimelineItem *self, CrmTimelineItem *from);
void     crm_timeline_item_set_begins_day (CrmTimelineItem *self, gboolean begins_day);

CrmTimelinePerson *crm_timeline_person_new (gint64 id, const char *name, const char *role);
/** (transfer full) (element-type CrmTimelinePerson) */
GPtrArray         *crm_timeline_people_new (void);

G_END_DECLS
