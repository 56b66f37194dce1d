/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Money: integer minor units (kuruş, cent) of an ISO 4217 currency. Any thread. */

/** Digits behind the comma by ISO 4217: 2, or 0 (JPY, KRW …) or 3 (KWD, BHD …); 2 for what is no currency code. */
int      crm_money_digits (const char *currency);

/**
 * crm_money_format: (transfer full): as ICU's locale has it: "₺1.234,56" in Turkish, "1.234,56 €" in German.
 * @currency: three capital letters; what is none is written behind the plain form
 * @locale: as in crm_collator_new(), but %NULL is LC_MONETARY of the environment
 */
char    *crm_money_format (gint64 minor, const char *currency, const char *locale);

/**
 * crm_money_parse: understands both "1.234,56" and "1,234.56", "1234", "1 234,5", the sign or code of @currency before or behind.
 * Zeros behind the last digit of the currency are understood too.
 * With one kind of mark only, followed by exactly three digits, @locale decides ("1.234" is 1234 in Turkish).
 * Returns: %FALSE and CRM_ERROR_INVALID if @text is no amount, has too many decimals, or is out of range
 */
gboolean crm_money_parse  (const char *text, const char *currency, const char *locale, gint64 *minor, GError **error);

/** (transfer full): plain form for files: "1234.56", no grouping. */
char    *crm_money_to_plain (gint64 minor, const char *currency);

G_END_DECLS
