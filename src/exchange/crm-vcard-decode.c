/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crm-config.h"

#include <errno.h>
#include <string.h>

#include "crm-csv-private.h"
#include "crm-vcard-private.h"

/* U+FFFD */
#define REPLACEMENT "\xEF\xBF\xBD"

gboolean
crm_vcard_is_base64 (const char *text,
                     gsize       length)
{
  for (gsize i = 0; i < length; i++)
    if (!g_ascii_isalnum (text[i]) && strchr ("+/= \t", text[i]) == NULL)
      return FALSE;
  return length > 0;
}

static int
get_digit (char letter)
{
  if (letter >= 'A' && letter <= 'Z')
    return letter - 'A';
  if (letter >= 'a' && letter <= 'z')
    return letter - 'a' + 26;
  if (letter >= '0' && letter <= '9')
    return letter - '0' + 52;
  return letter == '+' ? 62 : letter == '/' ? 63 : -1;
}

GBytes *
crm_vcard_decode_base64 (const char *text,
                         gsize       length,
                         gboolean   *whole)
{
  guint8 *data = g_malloc (length / 4 * 3 + 3);
  gsize n = 0, n_digits = 0;
  guint32 bits = 0;
  gboolean ended = FALSE;

  *whole = TRUE;
  for (gsize i = 0; i < length; i++)
    {
      int digit = get_digit (text[i]);

      if (g_ascii_isspace (text[i]))
        continue;
      if (digit >= 0 && !ended)
        {
          bits = bits << 6 | (guint32) digit;
          if (n_digits++ % 4 != 0)
            data[n++] = (guint8) (bits >> (6 - 2 * ((n_digits - 1) % 4)));
        }
      else
        {
          ended |= text[i] == '=';
          *whole &= text[i] == '=';
        }
    }
  /* A single digit is less than a byte. */
  *whole &= n_digits % 4 != 1;
  return g_bytes_new_take (data, n);
}

void
crm_vcard_decode_qp (GString *text)
{
  gsize n = 0;

  for (gsize i = 0; i < text->len; i++)
    {
      if (text->str[i] == '=' && i + 2 < text->len && g_ascii_isxdigit (text->str[i + 1]) && g_ascii_isxdigit (text->str[i + 2]))
        {
          text->str[n++] = (char) (g_ascii_xdigit_value (text->str[i + 1]) << 4 | g_ascii_xdigit_value (text->str[i + 2]));
          i += 2;
        }
      else
        text->str[n++] = text->str[i];
    }
  g_string_truncate (text, n);
}

/*
 * The sets that are known to occur. Not all that the system has: some of its converters were hardly ever used, and a file must
 * not choose the code that reads it.
 */
gboolean
crm_vcard_is_charset (const char *name)
{
  static const char * const families[] = { "iso-8859-", "iso8859-", "windows-125", "cp125" };
  static const char * const sets[] = {
    "utf-8", "utf8", "us-ascii", "ascii", "latin1", "koi8-r", "koi8-u", "shift_jis", "euc-jp", "euc-kr", "gb2312", "gbk", "gb18030", "big5",
    "ibm437", "ibm850", "ibm852", "ibm857", "cp437", "cp850", "cp852", "cp857", "macintosh",
  };

  for (guint i = 0; i < G_N_ELEMENTS (sets); i++)
    if (g_ascii_strcasecmp (name, sets[i]) == 0)
      return TRUE;
  for (guint i = 0; i < G_N_ELEMENTS (families); i++)
    {
      gsize length = strlen (families[i]);

      if (g_ascii_strncasecmp (name, families[i], length) == 0)
        return name[length] != '\0' && strspn (name + length, "0123456789") == strlen (name + length) && strlen (name + length) <= 2;
    }
  return FALSE;
}

/* Latin-1 is said where Windows's set is meant, whose letters are the same and more. */
static gboolean
get_own (const char     *charset,
         CrmCsvEncoding *encoding)
{
  static const struct {
    const char     *name;
    CrmCsvEncoding  encoding;
  } own[] = {
    { "windows-1252", CRM_CSV_WINDOWS_1252 }, { "cp1252", CRM_CSV_WINDOWS_1252 }, { "iso-8859-1", CRM_CSV_WINDOWS_1252 },
    { "iso8859-1", CRM_CSV_WINDOWS_1252 }, { "latin1", CRM_CSV_WINDOWS_1252 }, { "windows-1254", CRM_CSV_WINDOWS_1254 },
    { "cp1254", CRM_CSV_WINDOWS_1254 }, { "iso-8859-9", CRM_CSV_WINDOWS_1254 }, { "iso8859-9", CRM_CSV_WINDOWS_1254 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (own); i++)
    if (g_ascii_strcasecmp (charset, own[i].name) == 0)
      {
        *encoding = own[i].encoding;
        return TRUE;
      }
  return FALSE;
}

static gboolean
make_valid (GString *text)
{
  g_autofree char *valid = NULL;

  if (g_utf8_validate (text->str, (gssize) text->len, NULL))
    return TRUE;
  valid = g_utf8_make_valid (text->str, (gssize) text->len);
  g_string_assign (text, valid);
  return FALSE;
}

static gboolean
convert_own (GString        *text,
             CrmCsvEncoding  encoding)
{
  g_autofree guint8 *decoded = g_malloc (3 * text->len);
  gsize written;

  crm_csv_decode (encoding, (const guint8 *) text->str, text->len, TRUE, decoded, &written);
  g_string_truncate (text, 0);
  g_string_append_len (text, (const char *) decoded, (gssize) written);
  return make_valid (text);
}

static gboolean
convert (GString    *text,
         const char *charset)
{
  GIConv converter = g_iconv_open ("UTF-8", charset);
  g_autofree char *from = NULL;
  char *in, buffer[1024];
  gsize left = text->len;
  gboolean whole = TRUE;

  if (converter == (GIConv) -1)
    return make_valid (text) && FALSE;
  in = from = g_memdup2 (text->str, text->len);
  g_string_truncate (text, 0);
  while (left > 0)
    {
      char *out = buffer;
      gsize room = sizeof buffer;
      gsize result = g_iconv (converter, &in, &left, &out, &room);
      int code = errno;

      g_string_append_len (text, buffer, out - buffer);
      if (result == (gsize) -1 && code != E2BIG)
        {
          g_string_append (text, REPLACEMENT);
          whole = FALSE;
          in++;
          left--;
        }
    }
  g_iconv_close (converter);
  return make_valid (text) && whole;
}

gboolean
crm_vcard_replace_nuls (GString *text)
{
  gboolean found = FALSE;

  for (char *nul = text->str; (nul = memchr (nul, '\0', text->len - (gsize) (nul - text->str))) != NULL; nul++)
    {
      *nul = '?';
      found = TRUE;
    }
  return found;
}

gboolean
crm_vcard_decode_charset (GString    *text,
                          const char *charset)
{
  CrmCsvEncoding encoding;

  if (text->len == 0)
    return TRUE;
  if (g_ascii_strcasecmp (charset, "utf-8") == 0 || g_ascii_strcasecmp (charset, "utf8") == 0)
    return make_valid (text);
  if (get_own (charset, &encoding))
    return convert_own (text, encoding);
  return convert (text, charset);
}
