/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/*
 * The command line: commands of the same program that need no display. What people read is translated;
 * what other programs read (--json, --csv, the last line of an import) is the same in every language. Output is UTF-8 in every locale.
 */

/** crm_cli_is_meant: do these arguments ask for a command (or for help, or make no sense), and not for the window? */
gboolean crm_cli_is_meant      (int argc, char **argv);

/** crm_cli_take_database: (transfer none): the file of --database, which is taken out of the arguments for the window; NULL: the user's own. */
char    *crm_cli_take_database (int *argc, char **argv);

/** crm_cli_run: runs the command. Returns: the exit code: 0 done, 1 refused (with the reason on stderr), 2 called wrongly. */
int      crm_cli_run           (int argc, char **argv);

G_END_DECLS
