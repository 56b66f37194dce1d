/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crm-picture-head.h"

#include <string.h>

#define HEAD(text) text, sizeof text - 1

static const struct {
  const char *type;
  guint32     width;
  guint32     height;
  const char *data;
  gsize       size;
} pictures[] = {
  { "image/png", 300, 2, HEAD ("\x89PNG\r\n\x1A\n\0\0\0\rIHDR\0\0\1\x2C\0\0\0\2\10\2\0\0\0") },
  { "image/gif", 0x201, 0x403, HEAD ("GIF89a\1\2\3\4\0\0\0") },
  /* Behind a segment of five bytes and a filler, whatever stands in it */
  { "image/jpeg", 640, 480, HEAD ("\xFF\xD8\xFF\xE0\0\5\xFF\xC0\1\xFF\xFF\xC2\0\x11\10\1\xE0\2\x80\3") },
  { "image/webp", 0x10000, 3, HEAD ("RIFF\0\0\0\0WEBPVP8X\12\0\0\0\0\0\0\0\xFF\xFF\0\2\0\0") },
  { "image/webp", 100, 50, HEAD ("RIFF\0\0\0\0WEBPVP8L\0\0\0\0\x2F\x63\x40\x0C\0") },
  { "image/webp", 16, 9, HEAD ("RIFF\0\0\0\0WEBPVP8 \0\0\0\0\0\0\0\x9D\1\x2A\20\0\11\0") },
  { "image/bmp", 7, 5, HEAD ("BM\0\0\0\0\0\0\0\0\0\0\0\0\50\0\0\0\7\0\0\0\xFB\xFF\xFF\xFF") },
  { "image/bmp", 7, 5, HEAD ("BM\0\0\0\0\0\0\0\0\0\0\0\0\14\0\0\0\7\0\5\0") },
  { "image/tiff", 12, 70000, HEAD ("MM\0*\0\0\0\10\0\2\1\0\0\3\0\0\0\1\0\14\0\0\1\1\0\4\0\0\0\1\0\1\x11\x70") },
  { "image/tiff", 12, 3, HEAD ("II*\0\10\0\0\0\2\0\0\1\3\0\1\0\0\0\14\0\0\0\1\1\3\0\1\0\0\0\3\0\0\0") },
};

static void
test_known (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (pictures); i++)
    {
      guint32 width, height;

      g_assert_cmpstr (crm_picture_head_find_type (pictures[i].data, pictures[i].size), ==, pictures[i].type);
      g_assert_true (crm_picture_head_measure (pictures[i].data, pictures[i].size, &width, &height));
      g_assert_cmpuint (width, ==, pictures[i].width);
      g_assert_cmpuint (height, ==, pictures[i].height);
    }
}

/* Cut anywhere: no more is read than there is, each piece in a block of memory of its own. */
static void
test_cut (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (pictures); i++)
    for (gsize size = 0; size < pictures[i].size; size++)
      {
        g_autofree char *piece = g_memdup2 (pictures[i].data, size);
        guint32 width, height;

        if (!crm_picture_head_measure (piece, size, &width, &height))
          continue;
        g_assert_cmpuint (width, >, 0);
        g_assert_cmpuint (height, >, 0);
      }
}

static void
test_random (void)
{
  for (guint i = 0; i < 20000; i++)
    {
      guint at = (guint) g_test_rand_int_range (0, G_N_ELEMENTS (pictures));
      g_autofree guint8 *copy = g_memdup2 (pictures[at].data, pictures[at].size);
      guint32 width, height;

      for (int n = g_test_rand_int_range (1, 5); n > 0; n--)
        copy[g_test_rand_int_range (0, (int) pictures[at].size)] = (guint8) g_test_rand_int_range (0, 256);
      crm_picture_head_measure (copy, pictures[at].size, &width, &height);
    }
}

static void
test_others (void)
{
  static const char * const others[] = { "", "B", "BM und nun ein Text, der keines ist", "<html/>", "%PDF-1.4", "RIFF....WAVE" };
  guint32 width, height;

  for (guint i = 0; i < G_N_ELEMENTS (others); i++)
    {
      g_assert_null (crm_picture_head_find_type (others[i], strlen (others[i])));
      g_assert_false (crm_picture_head_measure (others[i], strlen (others[i]), &width, &height));
    }
  g_assert_cmpstr (crm_picture_head_find_type (HEAD ("\xEF\xBB\xBF <?xml version='1.0'?><!-- a --><svg/>")), ==, CRM_PICTURE_SVG);
  g_assert_false (crm_picture_head_measure (HEAD ("<svg width='9' height='9'/>"), &width, &height));
  /* No pixel at all */
  g_assert_false (crm_picture_head_measure (HEAD ("GIF89a\0\0\3\4\0\0\0"), &width, &height));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/picture-head/known", test_known);
  g_test_add_func ("/picture-head/cut", test_cut);
  g_test_add_func ("/picture-head/random", test_random);
  g_test_add_func ("/picture-head/others", test_others);
  return g_test_run ();
}
