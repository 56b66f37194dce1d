/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/*
 * Keys: what two spellings of one thing have in common, for finding and comparing. Of names see crm_fold_name(), of phone numbers crm_phone_key().
 * Each is "" where there is nothing to find by. Any thread.
 */

/** crm_key_tax_number: (transfer full): folded, without spaces. */
char    *crm_key_tax_number (const char *text);
/** crm_key_email: (transfer full): in lower case. */
char    *crm_key_email      (const char *text);
/**
 * crm_key_domain: (transfer full): of an e-mail address what is behind the @, of a web address its host without "www.". "" for the domains of
 * mail providers and social networks, which say nothing of who is there.
 */
char    *crm_key_domain     (const char *text);

/** crm_key_hash: of @length bytes, -1: up to its NUL; @seed keeps kinds of keys apart. Never 0. */
guint64  crm_key_hash       (guint64 seed, const char *text, gssize length);

G_END_DECLS
