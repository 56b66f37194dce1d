/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * crm_id_new: a new record id, unique across laptops without asking anyone: a random base drawn once per process, counted up.
 * Ids are in 1 … 2^53-1, so that every reader of JSON keeps them whole. Any thread.
 */
gint64   crm_id_new   (void);

/** crm_id_redraw: draws a new base, for a process whose base met ids already taken. */
void     crm_id_redraw (void);

/** crm_id_parse: %TRUE and @id if @text is a decimal id and nothing else. */
gboolean crm_id_parse (const char *text, gint64 *id);

G_END_DECLS
