/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "crm-mail-log.h"

G_BEGIN_DECLS

/**
 * crm_strangers_dialog_show: offers those who wrote e-mails and are nobody in the base as new people; makes those that stay checked. Main thread.
 * @near: where it is told
 * @strangers: (element-type CrmMailStranger): copied
 */
void crm_strangers_dialog_show (GtkWidget *near, CrmStore *store, GPtrArray *strangers);

G_END_DECLS
