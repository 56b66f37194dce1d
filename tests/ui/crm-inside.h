/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "crm-test.h"

G_BEGIN_DECLS

/*
 * The window operated from inside the program, on a screen of its own: a scene calls GTK and looks at widgets, where the tests in Python press keys
 * and see what a screen reader sees. It is fast and exact. What does not come within a minute ends the test. Main thread.
 */

typedef gboolean (*CrmInsideCondition) (gpointer data);
/** FALSE: no further. */
typedef gboolean (*CrmInsideVisit)     (GtkWidget *widget, gpointer data);
/** @window: the first one, as soon as it shows */
typedef void     (*CrmInsideScene)     (GtkWidget *window, CrmTest *test);

/** crm_inside_main: starts the screen and runs the tests that @add adds by crm_test_add_apart(); skips aloud without a screen. For main(). */
int        crm_inside_main          (int argc, char **argv, void (*add) (void));

/** crm_inside_run: starts the program with the fixture's database, plays the scene and quits it. */
void       crm_inside_run           (CrmTest *test, CrmInsideScene scene);

/** crm_inside_await: lets the program run until it is so. @what: for the message */
void       crm_inside_await         (CrmInsideCondition condition, gpointer data, const char *what);

/** crm_inside_await_frames: lets the program draw @widget so many times. */
void       crm_inside_await_frames  (GtkWidget *widget, int frames);

/** crm_inside_is_of: is it of a class, given by its name? */
gboolean   crm_inside_is_of         (GtkWidget *widget, const char *type);

/** crm_inside_walk: visits @top and all in it that shows, in their order; not what is in another surface, as a popover. */
void       crm_inside_walk          (GtkWidget *top, CrmInsideVisit visit, gpointer data);

/** crm_inside_find: (transfer none) (nullable): the first of a class (%NULL: of any), behind @after if that is given, of what crm_inside_walk() visits. */
GtkWidget *crm_inside_find          (GtkWidget *top, const char *type, GtkWidget *after);

/** crm_inside_find_nth: (transfer none) (nullable): the same, counted from 0. */
GtkWidget *crm_inside_find_nth      (GtkWidget *top, const char *type, guint n);

/** crm_inside_find_called: (transfer none) (nullable): what has that tooltip. */
GtkWidget *crm_inside_find_called   (GtkWidget *top, const char *tooltip);

/** crm_inside_await_sign: (transfer none): the first of a class, waited for. */
GtkWidget *crm_inside_await_sign    (GtkWidget *top, const char *type);

void       crm_inside_click         (GtkWidget *button);

gboolean   crm_inside_has_popover   (GtkWidget *top);
/** crm_inside_await_popover: (transfer none): the popover that shows in @top, or is about to. */
GtkWidget *crm_inside_await_popover (GtkWidget *top, const char *what);
void       crm_inside_close_popover (GtkWidget *popover, const char *what);

/** crm_inside_get_front: (transfer none) (nullable): the dialog before the main window, or else the only window. */
GtkWidget *crm_inside_get_front     (void);
/** crm_inside_await_dialog: (transfer none): the dialog that shows before the main window, or is about to. */
GtkWidget *crm_inside_await_dialog  (const char *what);
void       crm_inside_close_dialog  (GtkWidget *dialog);

G_END_DECLS
