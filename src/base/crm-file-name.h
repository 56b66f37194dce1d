/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * crm_file_name_clean: (transfer full): what a name of a file from elsewhere may be shown and written as: its last part, valid UTF-8,
 * without control characters and such as turn the direction of text, never "." or "..", of at most 200 bytes, the extension being kept.
 * @name: in any encoding, as "../../x"; %NULL and what leaves nothing give a word for "unnamed"
 */
char       *crm_file_name_clean         (const char *name);

/** crm_file_name_get_extension: (transfer full): what follows the last dot, in lower case of ASCII; "" if there is none. */
char       *crm_file_name_get_extension (const char *name);

/**
 * crm_file_name_is_risky: may opening such a file run something? Programs, scripts, launchers, pages, office files with macros.
 * @name: (nullable): judged by its extension
 * @head: (nullable): the first bytes of the file (a few thousand), judged by what they are; @size: how many
 */
gboolean    crm_file_name_is_risky      (const char *name, const void *head, gsize size);

G_END_DECLS
