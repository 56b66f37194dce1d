/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>
#include <unicode/uloc.h>

G_BEGIN_DECLS

#define CRM_LOCALE_SIZE (ULOC_FULLNAME_CAPACITY + 1)

/**
 * crm_locale_resolve:
 * @locale: (nullable): as POSIX or ICU spells it; %NULL: what the environment has for @category ("LC_COLLATE" …).
 *   The environment is asked instead of setlocale(), which knows only locales that are installed.
 * @plain: what stands for the locales "C" and "POSIX", and for an empty environment
 * @name: (out): receives the locale as ICU spells it
 */
void crm_locale_resolve (const char *locale, const char *category, const char *plain, char name[CRM_LOCALE_SIZE]);

G_END_DECLS
