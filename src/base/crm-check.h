/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/*
 * Is what was typed well-formed? Each takes what the user typed, sets CRM_ERROR_INVALID with a translated sentence that says what
 * is wrong, and accepts NULL and "" (an empty field is the business of "required"). Any thread.
 */

/** Turkish tax number (VKN): 10 digits, the last a check digit by the Revenue Administration's algorithm. Spaces are ignored. */
gboolean crm_check_vkn        (const char *text, GError **error);
/** (transfer full): the tax number whose first nine digits are @number, which is less than 1,000,000,000. */
char    *crm_check_make_vkn   (guint32 number);
/** Turkish identity number (TCKN): 11 digits, first not 0, two check digits. */
gboolean crm_check_tckn       (const char *text, GError **error);
/**
 * Tax number of a client: 10 digits are checked as VKN, 11 as TCKN; anything with a letter (foreign VAT number) is taken as is;
 * other digit counts are refused.
 */
gboolean crm_check_tax_number (const char *text, GError **error);
/** One e-mail address: local@domain with a dot-separated domain; no spaces, no display name. UTF-8 allowed on both sides. */
gboolean crm_check_email      (const char *text, GError **error);
/**
 * A phone number as a person writes it: at least 3 digits, else only spaces + ( ) - . / and, behind a digit, the ASCII letters of
 * an extension ("x", "ext", "dahili") or of a vanity number.
 */
gboolean crm_check_phone      (const char *text, GError **error);
/** A web address: a host with a dot, http or https if a scheme is given, no spaces. */
gboolean crm_check_url        (const char *text, GError **error);

G_END_DECLS
