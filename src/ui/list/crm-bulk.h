/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "crm-store.h"

G_BEGIN_DECLS

/*
 * One change to many records: one step, with its progress and Cancel when it takes longer than a moment, then a toast with Undo, or what went wrong.
 */

/** crm_bulk_update: saves @changes (of no id) in each record. @ids: (element-type gint64); not kept. @near: within the window. */
void crm_bulk_update  (GtkWidget *near, CrmStore *store, GArray *ids, CrmValues *changes);
/** crm_bulk_tag: gives clients a tag, or takes it from them. */
void crm_bulk_tag     (GtkWidget *near, CrmStore *store, GArray *ids, const char *tag, gboolean remove);
/** crm_bulk_delete: to the trash. */
void crm_bulk_delete  (GtkWidget *near, CrmStore *store, const CrmEntity *entity, GArray *ids);
/** crm_bulk_restore: out of the trash. */
void crm_bulk_restore (GtkWidget *near, CrmStore *store, const CrmEntity *entity, GArray *ids);
/** crm_bulk_purge: deletes for good what is in the trash; asks nothing. */
void crm_bulk_purge   (GtkWidget *near, CrmStore *store, const CrmEntity *entity, GArray *ids);
/**
 * crm_bulk_choose_export: lets the user choose the file, then does it.
 * @name: suggested for it; ending in ".vcf": it will be vCards, else these are one choice
 */
void crm_bulk_choose_export (GtkWidget *near, CrmStore *store, const CrmEntity *entity, GArray *ids, const char *title, const char *name);
/** crm_bulk_export: writes the records, in the order of @ids, to a CSV file with the names of the fields above, or to a ".vcf" as vCards. */
void crm_bulk_export  (GtkWidget *near, CrmStore *store, const CrmEntity *entity, GArray *ids, GFile *file);

G_END_DECLS
