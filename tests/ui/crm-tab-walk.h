/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "crm-inside.h"

G_BEGIN_DECLS

/*
 * What the Tab key comes to, asked inside the program: GTK itself tells, key after key, and nothing has to be waited for.
 * What the key does not come to fails the test, and it goes on. Main thread.
 */

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

G_END_DECLS
