/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "crm-store.h"

G_BEGIN_DECLS

/** crm_timeline_documents_new: a list of the documents of a conversation, which follows them; each can be opened. Not seen while there are none. Main thread. */
GtkWidget *crm_timeline_documents_new (CrmStore *store, gint64 interaction);

G_END_DECLS
