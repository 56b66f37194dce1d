/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

/* (transfer full): where the real files are, see CRM_CORPORA; %NULL, with the test skipped aloud, without them. */
static inline char *
corpora_path (const char *below)
{
  const char *set = g_getenv ("CRM_CORPORA");
  g_autofree char *beside = g_test_build_filename (G_TEST_DIST, "..", "..", "shared", "corpora", NULL);
  g_autofree char *path = g_build_filename (set != NULL ? set : beside, below, NULL);

  if (!g_file_test (path, G_FILE_TEST_EXISTS))
    {
      g_test_skip_printf ("no corpora at %s; set CRM_CORPORA", path);
      return NULL;
    }
  return g_steal_pointer (&path);
}
