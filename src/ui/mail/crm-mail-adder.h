/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "crm-store.h"

G_BEGIN_DECLS

/*
 * E-mail files become conversations: chosen or dropped. What was done, and what could not be, shows near @near; unknown senders are offered as
 * new people. Main thread.
 * @entity, @id: the client or person they are put on; %NULL and 0: whoever their addresses belong to
 */

/** crm_mail_adder_log: @files: (element-type GFile): all of them */
void     crm_mail_adder_log    (GtkWidget *near, CrmStore *store, const CrmEntity *entity, gint64 id, GPtrArray *files);
/** crm_mail_adder_take: logs those of @files (element-type GFile) that are e-mails by their names, and takes them out. */
void     crm_mail_adder_take   (GtkWidget *near, CrmStore *store, const CrmEntity *entity, gint64 id, GPtrArray *files);
/** crm_mail_adder_choose: asks for files, and logs them. */
void     crm_mail_adder_choose (GtkWidget *near, CrmStore *store, const CrmEntity *entity, gint64 id);

G_END_DECLS
