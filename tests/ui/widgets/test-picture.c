/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crm-config.h"

#include "crm-picture.h"

#include <sys/resource.h>

#include "crm-content.h"
#include "crm-error.h"
#include "crm-test.h"

static char *
make_png (int    width,
          int    height,
          gsize *size)
{
  g_autoptr (GdkPixbuf) pixbuf = gdk_pixbuf_new (GDK_COLORSPACE_RGB, FALSE, 8, width, height);
  g_autoptr (GError) error = NULL;
  char *bytes;

  gdk_pixbuf_fill (pixbuf, 0x336699ff);
  gdk_pixbuf_save_to_buffer (pixbuf, &bytes, size, "png", &error, NULL);
  g_assert_no_error (error);
  return bytes;
}

static GdkTexture *
decode (const char  *bytes,
        gsize        size,
        GError     **error)
{
  g_autoptr (GInputStream) stream = g_memory_input_stream_new_from_data (bytes, (gssize) size, NULL);

  return crm_picture_decode (stream, "a.png", NULL, error);
}

static void
assert_refused (const char *bytes,
                gsize       size,
                const char *words)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (decode (bytes, size, &error));
  g_assert_error (error, CRM_ERROR, CRM_ERROR_INVALID);
  crm_test_assert_contains (error->message, "a.png");
  crm_test_assert_contains (error->message, words);
}

/* Square, whatever it was. */
static void
test_shapes (void)
{
  static const int shapes[][2] = { { 800, 500 }, { 500, 800 }, { 1, 1 }, { 3, 1000 }, { 112, 112 } };

  for (guint i = 0; i < G_N_ELEMENTS (shapes); i++)
    {
      gsize size;
      g_autofree char *bytes = make_png (shapes[i][0], shapes[i][1], &size);
      g_autoptr (GError) error = NULL;
      g_autoptr (GdkTexture) picture = decode (bytes, size, &error);

      g_assert_no_error (error);
      g_assert_cmpint (gdk_texture_get_width (picture), ==, CRM_PICTURE_SIZE);
      g_assert_cmpint (gdk_texture_get_height (picture), ==, CRM_PICTURE_SIZE);
    }
}

static gsize
get_peak (void)
{
  struct rusage usage;

  getrusage (RUSAGE_SELF, &usage);
  return (gsize) usage.ru_maxrss * 1024;
}

/* A few hundred bytes that say they are 60,000 × 60,000 pixels: no room is made for them. */
static void
test_absurd (void)
{
  gsize size;
  g_autofree char *bytes = make_png (8, 8, &size);
  const guchar huge[] = { 0, 0, 0xea, 0x60, 0, 0, 0xea, 0x60 };
  const guint crc_at = 29;
  guint32 crc = 0xffffffff;

  memcpy (bytes + 16, huge, sizeof huge);
  for (guint i = 12; i < crc_at; i++)
    {
      crc ^= (guchar) bytes[i];
      for (guint bit = 0; bit < 8; bit++)
        crc = (crc >> 1) ^ (0xedb88320 & -(crc & 1));
    }
  crc = GUINT32_TO_BE (~crc);
  memcpy (bytes + crc_at, &crc, sizeof crc);
  assert_refused (bytes, size, "too large");
#if !defined (__SANITIZE_ADDRESS__)
  g_assert_cmpuint (get_peak (), <, 400 * 1024 * 1024);
#endif
}

/* What other formats say of themselves; whether they can be read depends on what is installed. */
static void
test_absurd_formats (void)
{
  static const struct {
    const char *head;
    gsize       size;
  } files[] = {
#define FILE(head) { head, sizeof head - 1 }
    FILE ("P6\n60000 60000\n255\nabcdefghi"),
    FILE ("GIF89a\x60\xea\x60\xea\x80\0\0\0\0\0\xff\xff\xff,\0\0\0\0\x60\xea\x60\xea\0\2\2\x44\1\0;"),
    FILE ("BM\x36\0\0\0\0\0\0\0\x36\0\0\0\x28\0\0\0\x60\xea\0\0\x60\xea\0\0\1\0\x18\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0abcdef"),
    FILE ("/* XPM */\nstatic char *a[] = {\n\"60000 60000 1 1\",\n\"a c #ffffff\",\n\"aaaa\"\n};\n"),
    FILE ("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"60000\" height=\"60000\"><rect width=\"60000\" height=\"60000\"/></svg>"),
    FILE ("II*\0\x08\0\0\0\4\0\0\1\4\0\1\0\0\0\x60\xea\0\0\1\1\4\0\1\0\0\0\x60\xea\0\0\2\1\3\0\1\0\0\0\x08\0\0\0\x11\1\4\0\1\0\0\0\x08\0\0\0\0\0\0\0"),
#undef FILE
  };

  for (guint i = 0; i < G_N_ELEMENTS (files); i++)
    {
      assert_refused (files[i].head, files[i].size, "a.png");
#if !defined (__SANITIZE_ADDRESS__)
      if (get_peak () > 400 * 1024 * 1024)
        g_error ("file %u: %u MB", i, (guint) (get_peak () >> 20));
#endif
    }
}

static void
test_none (void)
{
  gsize size;
  g_autofree char *bytes = make_png (300, 300, &size);
  g_autofree char *endless = g_malloc0 (21 * 1024 * 1024);

  assert_refused ("hello", 5, "no picture");
  assert_refused ("", 0, "no picture");
  assert_refused (bytes, 20, "no picture");
  memcpy (endless, bytes, 60);
  assert_refused (endless, 21 * 1024 * 1024, "a.png");
}

static void
on_loaded (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  *(GAsyncResult **) user_data = g_object_ref (result);
}

static GdkTexture *
load (CrmTest    *test,
      const char *hash,
      GError    **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  crm_picture_load_async (test->database, hash, NULL, on_loaded, &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);
  return crm_picture_load_finish (result, error);
}

static void
test_kept (CrmTest       *test,
           gconstpointer  data)
{
  gsize size;
  g_autofree char *bytes = make_png (300, 200, &size);
  g_auto (CrmContent) content = { NULL }, text = { NULL };
  g_autoptr (GError) error = NULL;
  g_autoptr (GdkTexture) picture = NULL, again = NULL;

  crm_content_put (test->database, "a.png", bytes, size, &content, &error);
  crm_content_put (test->database, "a.txt", "hello", 5, &text, &error);
  g_assert_no_error (error);
  g_assert_null (crm_picture_find (content.hash));
  picture = load (test, content.hash, &error);
  g_assert_no_error (error);
  g_assert_true (crm_picture_find (content.hash) == picture);
  again = load (test, content.hash, &error);
  g_assert_true (again == picture);
  for (guint i = 0; i < 2; i++)
    {
      g_assert_null (load (test, text.hash, &error));
      g_assert_error (error, CRM_ERROR, CRM_ERROR_INVALID);
      g_clear_error (&error);
    }
  g_assert_null (load (test, "../../etc/passwd", &error));
  g_assert_nonnull (error);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/picture/shapes", test_shapes);
  g_test_add_func ("/picture/absurd", test_absurd);
  g_test_add_func ("/picture/absurd-formats", test_absurd_formats);
  g_test_add_func ("/picture/none", test_none);
  crm_test_add ("/picture/kept", test_kept);
  return g_test_run ();
}
