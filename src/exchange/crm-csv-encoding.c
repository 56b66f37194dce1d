/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crm-config.h"

#include "crm-csv-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

static const struct {
  const char *charset;
  const char *label;
} encodings[CRM_CSV_N_ENCODINGS] = {
  [CRM_CSV_UTF_8] = { "UTF-8", N_("Unicode (UTF-8)") },
  [CRM_CSV_UTF_16LE] = { "UTF-16LE", N_("Unicode (UTF-16, little-endian)") },
  [CRM_CSV_UTF_16BE] = { "UTF-16BE", N_("Unicode (UTF-16, big-endian)") },
  [CRM_CSV_WINDOWS_1254] = { "windows-1254", N_("Turkish (Windows-1254)") },
  [CRM_CSV_WINDOWS_1252] = { "windows-1252", N_("Western European (Windows-1252)") },
};

/*
 * 0x80 … 0x9F of Windows-1252; 0: no character. From 0xA0 on both code pages are Latin-1, but for six letters of 1254. Tables of our own
 * because not every system has the converters of these code pages installed.
 */
static const guint16 windows_80[32] = {
  0x20AC, 0, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0, 0x017D, 0,
  0, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0, 0x017E, 0x0178,
};

const char *
crm_csv_encoding_get_label (CrmCsvEncoding encoding)
{
  g_return_val_if_fail (encoding < CRM_CSV_N_ENCODINGS, NULL);

  return _(encodings[encoding].label);
}

const char *
crm_csv_encoding_get_charset (CrmCsvEncoding encoding)
{
  g_return_val_if_fail (encoding < CRM_CSV_N_ENCODINGS, NULL);

  return encodings[encoding].charset;
}

static gunichar
turkish_character (guint8 byte)
{
  switch (byte)
    {
    case 0xD0: return 0x11E; /* Ğ */
    case 0xDD: return 0x130; /* İ */
    case 0xDE: return 0x15E; /* Ş */
    case 0xF0: return 0x11F; /* ğ */
    case 0xFD: return 0x131; /* ı */
    case 0xFE: return 0x15F; /* ş */
    case 0x8E:
    case 0x9E: return 0;
    default:   return byte < 0xA0 ? windows_80[byte - 0x80] : byte;
    }
}

static gunichar
windows_character (CrmCsvEncoding encoding,
                   guint8         byte)
{
  if (byte < 0x80)
    return byte;
  if (encoding == CRM_CSV_WINDOWS_1254)
    return turkish_character (byte);
  return byte < 0xA0 ? windows_80[byte - 0x80] : byte;
}

static guint8 *
put_character (guint8   *into,
               gunichar  character)
{
  return into + g_unichar_to_utf8 (character, (char *) into);
}

static guint8 *
decode_windows (CrmCsvEncoding  encoding,
                const guint8   *bytes,
                gsize           length,
                guint8         *into)
{
  for (gsize i = 0; i < length; i++)
    {
      gunichar character;

      if (bytes[i] < 0x80)
        {
          *into++ = bytes[i];
          continue;
        }
      character = windows_character (encoding, bytes[i]);
      if (character == 0)
        *into++ = 0xFF;
      else
        into = put_character (into, character);
    }
  return into;
}

/* Takes one character of at most two units; 0 taken: the second unit is missing. A lone surrogate becomes 0xFF. */
static gsize
decode_utf_16_character (const guint8 *bytes,
                         gsize         length,
                         gboolean      big,
                         gboolean      at_end,
                         guint8      **into)
{
  guint first = bytes[big ? 0 : 1] << 8 | bytes[big ? 1 : 0];
  guint second = 0;

  if (first < 0xD800 || first > 0xDFFF)
    {
      *into = put_character (*into, first);
      return 2;
    }
  if (first < 0xDC00 && length < 4 && !at_end)
    return 0;
  if (first < 0xDC00 && length >= 4)
    second = bytes[big ? 2 : 3] << 8 | bytes[big ? 3 : 2];
  if (second < 0xDC00 || second > 0xDFFF)
    {
      *(*into)++ = 0xFF;
      return 2;
    }
  *into = put_character (*into, 0x10000 + ((first - 0xD800) << 10) + (second - 0xDC00));
  return 4;
}

static gsize
decode_utf_16 (const guint8 *bytes,
               gsize         length,
               gboolean      big,
               gboolean      at_end,
               guint8      **into)
{
  gsize pos = 0;

  while (length - pos >= 2)
    {
      gsize taken = decode_utf_16_character (bytes + pos, length - pos, big, at_end, into);

      if (taken == 0)
        return pos;
      pos += taken;
    }
  if (at_end && pos < length)
    {
      *(*into)++ = 0xFF;
      pos = length;
    }
  return pos;
}

gsize
crm_csv_decode (CrmCsvEncoding  encoding,
                const guint8   *bytes,
                gsize           length,
                gboolean        at_end,
                guint8         *into,
                gsize          *written)
{
  guint8 *end = into;
  gsize taken = length;

  switch (encoding)
    {
    case CRM_CSV_UTF_16LE:
    case CRM_CSV_UTF_16BE:
      taken = decode_utf_16 (bytes, length, encoding == CRM_CSV_UTF_16BE, at_end, &end);
      break;
    case CRM_CSV_WINDOWS_1254:
    case CRM_CSV_WINDOWS_1252:
      end = decode_windows (encoding, bytes, length, into);
      break;
    case CRM_CSV_UTF_8:
    default:
      memcpy (into, bytes, length);
      end = into + length;
      break;
    }
  *written = end - into;
  return taken;
}

gsize
crm_csv_find_bom (const guint8   *bytes,
                  gsize           length,
                  CrmCsvEncoding *encoding)
{
  if (length >= 3 && memcmp (bytes, "\xEF\xBB\xBF", 3) == 0)
    {
      *encoding = CRM_CSV_UTF_8;
      return 3;
    }
  if (length >= 2 && bytes[0] == 0xFF && bytes[1] == 0xFE)
    {
      *encoding = CRM_CSV_UTF_16LE;
      return 2;
    }
  if (length >= 2 && bytes[0] == 0xFE && bytes[1] == 0xFF)
    {
      *encoding = CRM_CSV_UTF_16BE;
      return 2;
    }
  return 0;
}

/* Without a mark, UTF-16 shows by the zero halves of its ASCII characters: delimiters, digits, most letters. */
static gboolean
guess_utf_16 (const guint8   *bytes,
              gsize           length,
              CrmCsvEncoding *encoding)
{
  gsize zeros[2] = { 0, 0 };
  guint half;

  for (gsize i = 0; i < length; i++)
    zeros[i % 2] += bytes[i] == 0;
  half = zeros[1] > zeros[0];
  if (zeros[half] < length / 8 + 1 || zeros[!half] > zeros[half] / 20)
    return FALSE;
  *encoding = half == 1 ? CRM_CSV_UTF_16LE : CRM_CSV_UTF_16BE;
  return TRUE;
}

/* A few damaged bytes do not make another encoding of UTF-8: more whole characters beyond ASCII than broken ones decide. */
static gboolean
guess_utf_8 (const guint8 *bytes,
             gsize         length,
             gboolean      at_end)
{
  gsize good = 0, bad = 0;

  for (gsize i = 0; i < length;)
    {
      gunichar character;

      if (bytes[i] < 0x80)
        {
          i++;
          continue;
        }
      character = g_utf8_get_char_validated ((const char *) bytes + i, length - i);
      if (character == (gunichar) -2 && !at_end)
        break;
      if (character == (gunichar) -1 || character == (gunichar) -2)
        {
          bad++;
          i++;
        }
      else
        {
          good++;
          i += g_unichar_to_utf8 (character, NULL);
        }
    }
  return bad == 0 || good > bad;
}

static gboolean
is_turkish_byte (guint8 byte)
{
  return memchr ("\xC7\xD6\xDC\xD0\xDD\xDE\xE7\xF6\xFC\xF0\xFD\xFE\xC2\xCE\xDB\xE2\xEE\xFB", byte, 18) != NULL;
}

/* In Latin writing ASCII letters stand between the others; runs of bytes beyond ASCII are Cyrillic, Greek, Japanese, Chinese … */
static gboolean
is_foreign (const guint8 *bytes,
            gsize         length)
{
  gsize high = 0, in_runs = 0;

  for (gsize i = 0; i < length;)
    {
      gsize run = 0, turkish = 0;

      for (; i + run < length && bytes[i + run] >= 0x80; run++)
        turkish += is_turkish_byte (bytes[i + run]);
      high += run;
      if (run >= 3 && turkish < run)
        in_runs += run;
      i += run + 1;
    }
  return in_runs * 2 > high;
}

/*
 * The two code pages differ in six letters: Turkish Ğ İ Ş ğ ı ş are Icelandic Ð Ý Þ ð ý þ. Where these stand, so do the acute vowels and
 * æ, as often, if the text is Icelandic, while in Turkish ı alone is more frequent than all of them.
 */
static gboolean
is_turkish (const guint8 *bytes,
            gsize         length)
{
  gsize shared = 0, icelandic = 0;

  for (gsize i = 0; i < length; i++)
    switch (bytes[i])
      {
      case 0xDD: case 0xFD:
        shared += 2;
        break;
      case 0xD0: case 0xDE: case 0xF0: case 0xFE:
        shared += 1;
        break;
      case 0xC1: case 0xC6: case 0xCD: case 0xD3: case 0xDA:
      case 0xE1: case 0xE6: case 0xED: case 0xF3: case 0xFA:
        icelandic += 1;
        break;
      default:
        break;
      }
  return shared > 0 && icelandic * 2 <= shared;
}

gboolean
crm_csv_guess_encoding (const guint8   *bytes,
                        gsize           length,
                        gboolean        at_end,
                        CrmCsvEncoding *encoding)
{
  if (crm_csv_find_bom (bytes, length, encoding) > 0 || guess_utf_16 (bytes, length, encoding))
    return TRUE;
  if (guess_utf_8 (bytes, length, at_end))
    {
      *encoding = CRM_CSV_UTF_8;
      return TRUE;
    }
  *encoding = is_turkish (bytes, length) ? CRM_CSV_WINDOWS_1254 : CRM_CSV_WINDOWS_1252;
  return !is_foreign (bytes, length);
}
