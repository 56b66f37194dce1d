/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/** @name: never empty, without blanks at its ends */
typedef void (*CrmNameFunc) (const char *name, gpointer user_data);

/**
 * crm_name_dialog_ask: asks for a name.
 * @near: within the window
 * @accept: what the button says ("_Save")
 * @name: to begin with; may be %NULL
 * @func: called unless it is cancelled
 */
void crm_name_dialog_ask (GtkWidget *near, const char *heading, const char *body, const char *accept, const char *name,
                          CrmNameFunc func, gpointer user_data, GDestroyNotify free_data);

G_END_DECLS
