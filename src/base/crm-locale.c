/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crm-locale-private.h"

static const char *
locale_of_environment (const char *category)
{
  const char * const variables[] = { "LC_ALL", category, "LANG" };

  for (gsize i = 0; i < G_N_ELEMENTS (variables); i++)
    {
      const char *value = g_getenv (variables[i]);

      if (value != NULL && *value != '\0')
        return value;
    }

  return "C";
}

static gboolean
is_plain (const char *locale)
{
  return g_str_equal (locale, "C") || g_str_has_prefix (locale, "C.") || g_str_equal (locale, "POSIX");
}

void
crm_locale_resolve (const char *locale,
                    const char *category,
                    const char *plain,
                    char        name[CRM_LOCALE_SIZE])
{
  UErrorCode status = U_ZERO_ERROR;

  if (locale == NULL)
    locale = locale_of_environment (category);
  if (!is_plain (locale))
    {
      uloc_canonicalize (locale, name, CRM_LOCALE_SIZE, &status);
      if (U_SUCCESS (status) && status != U_STRING_NOT_TERMINATED_WARNING)
        return;
    }

  g_strlcpy (name, plain, CRM_LOCALE_SIZE);
}
