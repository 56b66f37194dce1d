/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "crm-store.h"

G_BEGIN_DECLS

/**
 * CrmChildRow: the row of a child record in a CrmChildList: it shows and edits its fields in place.
 * Signals: "removed", "made-main": the user asked for it; "saved" (gint64 id): a new child was.
 */
#define CRM_TYPE_CHILD_ROW (crm_child_row_get_type ())
G_DECLARE_INTERFACE (CrmChildRow, crm_child_row, CRM, CHILD_ROW, GtkListBoxRow)

struct _CrmChildRowInterface {
  GTypeInterface parent_interface;

  void (*set_up)     (CrmChildRow *self, CrmStore *store, const CrmEntity *entity);
  void (*set_values) (CrmChildRow *self, const CrmValues *values);
  void (*clear)      (CrmChildRow *self);
  void (*set_draft)  (CrmChildRow *self, const char *field, const char *text);
  /* Optional: for children that begin without an id */
  void (*set_place)  (CrmChildRow *self, const CrmEntity *entity, gint64 record, const char *field);
  void (*edit)       (CrmChildRow *self);
  void (*flush)      (CrmChildRow *self);
};

/** Once, before all else. @entity: of the children */
void crm_child_row_set_up     (CrmChildRow *self, CrmStore *store, const CrmEntity *entity);
/** What is committed; without an id: what a new child begins with. */
void crm_child_row_set_values (CrmChildRow *self, const CrmValues *values);
/** Leaves its child, saving what is typed, until it gets the values of another. */
void crm_child_row_clear      (CrmChildRow *self);
/** Puts back what was typed in a field and not saved. */
void crm_child_row_set_draft  (CrmChildRow *self, const char *field, const char *text);
/** Of a new child: where the draft of what is typed first is kept. */
void crm_child_row_set_place  (CrmChildRow *self, const CrmEntity *entity, gint64 record, const char *field);
/** Puts the cursor into its first field. */
void crm_child_row_edit       (CrmChildRow *self);
/** Saves what is typed. */
void crm_child_row_flush      (CrmChildRow *self);

/* For the rows themselves */

/** Emits "removed": the user asked for it. */
void crm_child_row_ask_removal (CrmChildRow *self);
/** Emits "made-main": the user asked for it. */
void crm_child_row_ask_main    (CrmChildRow *self);
/** Emits "saved". @id: of the new child */
void crm_child_row_tell_saved  (CrmChildRow *self, gint64 id);
/** (transfer floating): a button for what is done with the child. @label: with its mnemonic; @callback: called with @data alone */
GtkWidget *crm_child_row_new_button (const char *label, GCallback callback, gpointer data);

G_END_DECLS
