/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crm-config.h"

#include <glib.h>

int
main (int    argc,
      char **argv)
{
  gboolean show_version = FALSE;
  const GOptionEntry entries[] = {
    { "version", 0, 0, G_OPTION_ARG_NONE, &show_version, "Show the version and leave", NULL },
    G_OPTION_ENTRY_NULL,
  };
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);
  g_autoptr (GError) error = NULL;

  g_option_context_add_main_entries (context, entries, NULL);
  if (!g_option_context_parse (context, &argc, &argv, &error))
    {
      g_printerr ("%s\n", error->message);
      return 2;
    }
  if (!show_version)
    {
      g_printerr ("%s\n", "This version can only tell its --version.");
      return 2;
    }

  g_print ("%s\n", CRM_VERSION);
  return 0;
}
