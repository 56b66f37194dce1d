/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crm-config.h"

#include <glib/gi18n.h>
#include <locale.h>
#include <signal.h>
#include <sys/stat.h>

#include "crm-application.h"
#include "crm-cli.h"

/* The program runs from the build folder too, with the translations that are there. */
static const char *
get_locale_folder (void)
{
  g_autofree char *program = g_file_read_link ("/proc/self/exe", NULL);
  g_autofree char *build = g_path_get_dirname (CRM_BUILD_LOCALE_DIR);

  return program != NULL && g_str_has_prefix (program, build) ? CRM_BUILD_LOCALE_DIR : CRM_LOCALE_DIR;
}

/*
 * What the environment names may not be installed. Texts are in its language nonetheless: gettext takes a list of languages, though
 * not in the locale "C" and in newer C libraries not in "C.UTF-8" either. Dates, amounts and orders ask the environment itself.
 */
static void
choose_locale (void)
{
  const char *languages = g_getenv ("LANGUAGE");

  if (setlocale (LC_ALL, "") != NULL)
    return;
  setlocale (LC_ALL, "C.UTF-8");
  setlocale (LC_MESSAGES, "en_US.UTF-8");
  if (languages == NULL || *languages == '\0')
    g_setenv ("LANGUAGE", g_get_language_names ()[0], TRUE);
}

int
main (int    argc,
      char **argv)
{
  const char *database;

  /* What the program writes holds other people's personal data. */
  umask (077);
  /* A file that may not grow is then an error that can be told, as a full disk is; so is an output that nobody reads. */
  signal (SIGXFSZ, SIG_IGN);
  signal (SIGPIPE, SIG_IGN);

  choose_locale ();
  bindtextdomain (GETTEXT_PACKAGE, get_locale_folder ());
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);

  if (crm_cli_is_meant (argc, argv))
    return crm_cli_run (argc, argv);
  database = crm_cli_take_database (&argc, argv);
  return crm_application_run_window (database, argc, argv);
}
