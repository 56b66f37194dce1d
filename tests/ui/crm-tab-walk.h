/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/*
 * What the Tab key comes to, asked inside the program: GTK itself tells, key after key, and nothing has to be waited for.
 * What does not come within a minute ends the test; what the key does not come to fails it, and it goes on. Main thread.
 */

typedef gboolean (*CrmTabCondition) (gpointer data);

/** crm_tab_await: lets the program run until it is so. @what: for the message */
void       crm_tab_await          (CrmTabCondition condition, gpointer data, const char *what);

/** crm_tab_await_frames: lets the program draw @widget so many times. */
void       crm_tab_await_frames   (GtkWidget *widget, int frames);

/**
 * crm_tab_find: (transfer none) (nullable): what shows in @top (or is that) and is of a class, given by its name; not in another surface, as a popover.
 * @after: (nullable): the first one behind that
 */
GtkWidget *crm_tab_find           (GtkWidget *top, const char *type, GtkWidget *after);

/** crm_tab_find_nth: (transfer none) (nullable): the same, counted from 0. */
GtkWidget *crm_tab_find_nth       (GtkWidget *top, const char *type, guint n);

/** crm_tab_find_called: (transfer none) (nullable): what shows in @top and has that tooltip. */
GtkWidget *crm_tab_find_called    (GtkWidget *top, const char *tooltip);

/**
 * crm_tab_find_missed: (transfer full) (element-type utf8): what can be operated in a window or a popover and the key does not come to, nor to
 * the list that it is in, where the arrows go on; not what is in a popover inside.
 * @direction: %GTK_DIR_TAB_FORWARD or %GTK_DIR_TAB_BACKWARD
 */
GPtrArray *crm_tab_find_missed    (GtkWidget *top, GtkDirectionType direction);

/** crm_tab_check: nothing is missed in either direction, at the latest when all has come that is still being read. */
void       crm_tab_check          (GtkWidget *top, const char *place);

/** crm_tab_check_popovers: checks the popover of each menu button in @top. Returns: how many there were. */
guint      crm_tab_check_popovers (GtkWidget *top, const char *place);

/** crm_tab_check_popover: checks the popover that shows in @top, or is about to, and closes it. */
void       crm_tab_check_popover  (GtkWidget *top, const char *place);

gboolean   crm_tab_has_popover    (GtkWidget *top);
/** crm_tab_await_popover: (transfer none): the popover that shows in @top, or is about to. */
GtkWidget *crm_tab_await_popover  (GtkWidget *top, const char *place);
void       crm_tab_close_popover  (GtkWidget *popover, const char *place);

G_END_DECLS
