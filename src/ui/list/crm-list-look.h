/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "crm-query-model.h"

G_BEGIN_DECLS

/**
 * CrmListLook: which fields of an entity the two-line rows of a list show, and what their widgets share: the star, the layouts of the
 * few words at the end of a row.
 */
#define CRM_TYPE_LIST_LOOK (crm_list_look_get_type ())
G_DECLARE_FINAL_TYPE (CrmListLook, crm_list_look, CRM, LIST_LOOK, GObject)

CrmListLook *crm_list_look_new        (const CrmEntity *entity);

/** (transfer none) */
const CrmEntity *crm_list_look_get_entity (CrmListLook *self);
/** (transfer none): never NULL. */
const char  *crm_list_look_get_title  (CrmListLook *self, const CrmValues *values);
/** (transfer full): the second line, with the reason why the record was found if it does not show anyway. */
char        *crm_list_look_dup_detail (CrmListLook *self, const CrmValues *values, const char * const *words);
/** (transfer full): the word at the end: what it is, if that is nothing ordinary, or since when it is in the trash; may be NULL. */
char        *crm_list_look_dup_note   (CrmListLook *self, const CrmValues *values);
/** crm_list_look_show_pictures: rows show the photos and logos that are documents of the base at @database. */
void         crm_list_look_show_pictures (CrmListLook *self, const char *database);
/** (transfer none) (nullable): as it was set. */
const char  *crm_list_look_get_database (CrmListLook *self);
/** (transfer none) (nullable): the hash of its photo or logo, if it has one and it is to be shown. */
const char  *crm_list_look_get_picture (CrmListLook *self, const CrmValues *values);
/** Is its next step late? Then the note says so, and is shown in red. */
gboolean     crm_list_look_is_late    (CrmListLook *self, const CrmValues *values);
/** Does it have a star? */
gboolean     crm_list_look_is_starred (CrmListLook *self, const CrmValues *values);

/** (transfer none): valid until the main loop runs again. @widget: whose font it has */
PangoLayout *crm_list_look_get_layout (CrmListLook *self, GtkWidget *widget, const char *text);
/** (transfer none): the star, 16 pixels. */
GdkPaintable *crm_list_look_get_star  (CrmListLook *self, GtkWidget *widget);
/** Fonts or icons are others now. */
void         crm_list_look_forget     (CrmListLook *self);

G_END_DECLS
