/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crm-config.h"

#include "crm-picture-head.h"

#include <string.h>

/* Of a drawing: what may stand in front of its first element. */
#define MAX_PROLOGUE 1024
#define TIFF_WIDTH 256
#define TIFF_HEIGHT 257
#define TIFF_SHORT 3
#define TIFF_LONG 4

typedef struct {
  const guint8 *data;
  gsize         size;
  gboolean      is_little; /* the smallest byte of a number comes first */
} Bytes;

/* What lies beyond the end is 0. */
static guint32
get_number (const Bytes *self,
            gsize        at,
            guint        n_bytes)
{
  guint32 number = 0;

  if (at > self->size || self->size - at < n_bytes)
    return 0;
  for (guint i = 0; i < n_bytes; i++)
    number = number << 8 | self->data[at + (self->is_little ? n_bytes - 1 - i : i)];
  return number;
}

static gboolean
begins_with (const Bytes *self,
             gsize        at,
             const char  *text,
             gsize        length)
{
  return at <= self->size && self->size - at >= length && memcmp (self->data + at, text, length) == 0;
}

static gboolean
is_bmp (const Bytes *self)
{
  const Bytes little = { self->data, self->size, TRUE };
  guint32 header = get_number (&little, 14, 4);

  return begins_with (self, 0, "BM", 2) && begins_with (self, 6, "\0\0\0\0", 4) && (header == 12 || (header >= 40 && header <= 124));
}

/* A text in XML, whose first element is a drawing */
static gboolean
is_svg (const Bytes *self)
{
  gsize at = begins_with (self, 0, "\xEF\xBB\xBF", 3) ? 3 : 0;

  while (at < self->size && g_ascii_isspace (self->data[at]))
    at++;
  return begins_with (self, at, "<", 1) &&
         g_strstr_len ((const char *) self->data + at, (gssize) MIN (self->size - at, MAX_PROLOGUE), "<svg") != NULL;
}

static const char *
find_type (const Bytes *self)
{
  if (begins_with (self, 0, "\xFF\xD8\xFF", 3))
    return "image/jpeg";
  if (begins_with (self, 0, "\x89PNG\r\n\x1A\n", 8))
    return "image/png";
  if (begins_with (self, 0, "GIF87a", 6) || begins_with (self, 0, "GIF89a", 6))
    return "image/gif";
  if (begins_with (self, 0, "RIFF", 4) && begins_with (self, 8, "WEBP", 4))
    return "image/webp";
  if (begins_with (self, 0, "II*\0", 4) || begins_with (self, 0, "MM\0*", 4))
    return "image/tiff";
  if (is_bmp (self))
    return "image/bmp";
  return is_svg (self) ? CRM_PICTURE_SVG : NULL;
}

/* The frame's header is behind segments, each with its length. */
static void
measure_jpeg (const Bytes *self,
              guint32     *width,
              guint32     *height)
{
  gsize at = 2;

  while (at + 4 <= self->size && self->data[at] == 0xFF)
    {
      guint8 marker = self->data[at + 1];
      gboolean is_frame = marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 && marker != 0xC8 && marker != 0xCC;

      if (is_frame)
        {
          *height = get_number (self, at + 5, 2);
          *width = get_number (self, at + 7, 2);
          return;
        }
      if (marker == 0xFF)
        at++;
      else if (marker == 0x01 || (marker >= 0xD0 && marker <= 0xD8))
        at += 2;
      else
        at += 2 + MAX (get_number (self, at + 2, 2), 2);
    }
}

static void
measure_webp (Bytes   *self,
              guint32 *width,
              guint32 *height)
{
  self->is_little = TRUE;
  if (begins_with (self, 12, "VP8X", 4))
    {
      *width = get_number (self, 24, 3) + 1;
      *height = get_number (self, 27, 3) + 1;
    }
  else if (begins_with (self, 12, "VP8L", 4))
    {
      guint32 bits = get_number (self, 21, 4);

      *width = (bits & 0x3FFF) + 1;
      *height = ((bits >> 14) & 0x3FFF) + 1;
    }
  else if (begins_with (self, 12, "VP8 ", 4))
    {
      *width = get_number (self, 26, 2) & 0x3FFF;
      *height = get_number (self, 28, 2) & 0x3FFF;
    }
}

/* Of the first picture in it */
static void
measure_tiff (Bytes   *self,
              guint32 *width,
              guint32 *height)
{
  gsize folder;
  guint32 n_entries;

  self->is_little = self->data[0] == 'I';
  folder = get_number (self, 4, 4);
  n_entries = get_number (self, folder, 2);
  for (guint32 i = 0; i < n_entries; i++)
    {
      gsize entry = folder + 2 + i * 12;
      guint32 tag = get_number (self, entry, 2), type = get_number (self, entry + 2, 2);
      guint32 value = get_number (self, entry + 8, type == TIFF_SHORT ? 2 : 4);

      if (type != TIFF_SHORT && type != TIFF_LONG)
        continue;
      if (tag == TIFF_WIDTH)
        *width = value;
      else if (tag == TIFF_HEIGHT)
        *height = value;
    }
}

/* The height of one that is upside down is below 0. */
static void
measure_bmp (Bytes   *self,
             guint32 *width,
             guint32 *height)
{
  gboolean is_old;

  self->is_little = TRUE;
  is_old = get_number (self, 14, 4) == 12;
  *width = get_number (self, 18, is_old ? 2 : 4);
  *height = get_number (self, is_old ? 20 : 22, is_old ? 2 : 4);
  if (*height > G_MAXINT32)
    *height = -*height;
}

const char *
crm_picture_head_find_type (gconstpointer data,
                            gsize         size)
{
  const Bytes self = { data, size, FALSE };

  return find_type (&self);
}

gboolean
crm_picture_head_measure (gconstpointer  data,
                          gsize          size,
                          guint32       *width,
                          guint32       *height)
{
  Bytes self = { data, size, FALSE };
  const char *type = find_type (&self);

  *width = *height = 0;
  if (g_strcmp0 (type, "image/jpeg") == 0)
    measure_jpeg (&self, width, height);
  else if (g_strcmp0 (type, "image/webp") == 0)
    measure_webp (&self, width, height);
  else if (g_strcmp0 (type, "image/tiff") == 0)
    measure_tiff (&self, width, height);
  else if (g_strcmp0 (type, "image/bmp") == 0)
    measure_bmp (&self, width, height);
  else if (g_strcmp0 (type, "image/png") == 0)
    {
      *width = get_number (&self, 16, 4);
      *height = get_number (&self, 20, 4);
    }
  else if (g_strcmp0 (type, "image/gif") == 0)
    {
      self.is_little = TRUE;
      *width = get_number (&self, 6, 2);
      *height = get_number (&self, 8, 2);
    }
  return *width > 0 && *height > 0;
}
