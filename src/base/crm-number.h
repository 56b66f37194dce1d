/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * crm_number_format: (transfer full): for people: "26.212" in Turkish, "26,212" in English.
 * The locale is LC_NUMERIC of the environment, whether the C library has it or not; where that is "C", the language of
 * the translated texts. Any thread.
 */
char *crm_number_format (gint64 number);

/**
 * crm_number_fill: (transfer full): @text with @number, as crm_number_format() writes it, in the place of its "%s".
 * Made for the two texts of a count, "%s client" and "%s clients", of which ngettext() chooses.
 */
char *crm_number_fill   (const char *text, gint64 number);

G_END_DECLS
