/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdlib.h>

#include "bench.h"

/* make-database CLIENTS: prints the path of a database of so many clients, for a benchmark that is not written in C. */

int
main (int   argc,
      char *argv[])
{
  guint64 clients;
  g_autofree char *path = NULL;

  if (argc != 2 || !g_ascii_string_to_unsigned (argv[1], 10, 1, 10000000, &clients, NULL))
    {
      g_printerr ("usage: make-database CLIENTS\n");
      return 2;
    }
  path = bench_get_database ((guint) clients);
  g_print ("%s\n", path);
  return EXIT_SUCCESS;
}
