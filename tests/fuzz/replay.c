/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib.h>
#include <string.h>

/* Stands in for libFuzzer: gives a target every file of a folder, and copies with a few bytes changed, the same at every run. */

#define N_COPIES 200

int LLVMFuzzerTestOneInput (const guint8 *data, size_t size);

static void
change (GRand  *random,
        guint8 *data,
        gsize   size)
{
  const char special[] = "\",;\t|\r\n \0\xFF\xC5=";

  for (guint i = g_rand_int_range (random, 1, 8); size > 0 && i > 0; i--)
    {
      guint8 *byte = &data[g_rand_int_range (random, 0, size)];

      *byte = special[g_rand_int_range (random, 0, sizeof special - 1)];
      if (g_rand_boolean (random))
        *byte = g_rand_int (random);
    }
}

static void
replay (const char *path,
        GRand      *random)
{
  g_autofree char *data = NULL;
  g_autoptr (GError) error = NULL;
  gsize size;

  g_file_get_contents (path, &data, &size, &error);
  g_assert_no_error (error);
  LLVMFuzzerTestOneInput ((const guint8 *) data, size);
  for (guint i = 0; i < N_COPIES; i++)
    {
      g_autofree guint8 *copy = g_memdup2 (data, size);
      gsize cut = g_rand_int_range (random, 0, size + 1);

      change (random, copy, size);
      LLVMFuzzerTestOneInput (copy, g_rand_boolean (random) ? size : cut);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_autoptr (GRand) random = g_rand_new_with_seed (1);
  g_autoptr (GError) error = NULL;
  g_autoptr (GDir) folder = g_dir_open (argv[1], 0, &error);
  const char *name;
  guint n = 0;

  g_assert_no_error (error);
  for (; (name = g_dir_read_name (folder)) != NULL; n++)
    {
      g_autofree char *path = g_build_filename (argv[1], name, NULL);

      replay (path, random);
    }
  return n > 0 ? 0 : 1;
}
