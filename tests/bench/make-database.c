/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdlib.h>

#include "bench.h"

/*
 * make-database CLIENTS [office]: prints the path of a database of so many clients, for a benchmark that is not written in C;
 * office: with what belongs to them.
 */

int
main (int   argc,
      char *argv[])
{
  guint64 clients;
  gboolean is_office = argc == 3 && g_str_equal (argv[2], "office");
  g_autofree char *path = NULL;

  if ((argc != 2 && !is_office) || !g_ascii_string_to_unsigned (argv[1], 10, 1, 10000000, &clients, NULL))
    {
      g_printerr ("usage: make-database CLIENTS [office]\n");
      return 2;
    }
  path = is_office ? bench_get_office ((guint) clients) : bench_get_database ((guint) clients);
  g_print ("%s\n", path);
  return EXIT_SUCCESS;
}
