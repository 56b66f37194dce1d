/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crm-config.h"

#include "crm-check.h"

#include "crm-error.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define VKN_DIGITS 10
#define TCKN_DIGITS 11
#define MAX_EMAIL 254
#define MAX_LOCAL_PART 64
#define MAX_LABEL 63
#define MIN_PHONE_DIGITS 3
#define MAX_PORT 65535

static gboolean
refuse (GError     **error,
        const char  *message)
{
  g_set_error_literal (error, CRM_ERROR, CRM_ERROR_INVALID, message);
  return FALSE;
}

static gboolean
is_empty (const char *text)
{
  return text == NULL || *text == '\0';
}

/* The digits of @text as numbers; how many there are, counted on beyond @capacity; -1 if anything but digits and spaces is there. */
static int
read_digits (const char *text,
             int        *digits,
             int         capacity)
{
  int n_digits = 0;

  for (; *text != '\0'; text = g_utf8_next_char (text))
    {
      if (g_unichar_isspace (g_utf8_get_char (text)))
        continue;
      if (!g_ascii_isdigit (*text))
        return -1;
      if (n_digits < capacity)
        digits[n_digits] = *text - '0';
      n_digits++;
    }

  return n_digits;
}

static int
get_vkn_check_digit (const int digits[VKN_DIGITS - 1])
{
  int sum = 0;

  for (int i = 0; i < VKN_DIGITS - 1; i++)
    {
      int power = VKN_DIGITS - 1 - i;
      int shifted = (digits[i] + power) % 10;
      int weighted = (shifted << power) % 9;

      sum += shifted != 0 && weighted == 0 ? 9 : weighted;
    }

  return (10 - sum % 10) % 10;
}

static gboolean
vkn_is_right (const int digits[VKN_DIGITS])
{
  return get_vkn_check_digit (digits) == digits[VKN_DIGITS - 1];
}

static gboolean
tckn_is_right (const int digits[TCKN_DIGITS])
{
  int odd = digits[0] + digits[2] + digits[4] + digits[6] + digits[8];
  int even = digits[1] + digits[3] + digits[5] + digits[7];
  int tenth = (odd * 7 + (40 - even)) % 10;

  return digits[0] != 0 && digits[9] == tenth && digits[10] == (odd + even + tenth) % 10;
}

gboolean
crm_check_vkn (const char  *text,
               GError     **error)
{
  int digits[VKN_DIGITS];
  int n_digits;

  if (is_empty (text))
    return TRUE;
  if (!g_utf8_validate (text, -1, NULL) || (n_digits = read_digits (text, digits, VKN_DIGITS)) < 0)
    return refuse (error, _("A tax number has only digits."));
  if (n_digits != VKN_DIGITS)
    {
      g_set_error (error, CRM_ERROR, CRM_ERROR_INVALID,
                   ngettext ("A tax number has 10 digits; this one has %d.",
                             "A tax number has 10 digits; this one has %d.", (gulong) n_digits), n_digits);
      return FALSE;
    }
  if (!vkn_is_right (digits))
    return refuse (error, _("This tax number has a wrong check digit. Compare it with the tax certificate."));

  return TRUE;
}

char *
crm_check_make_vkn (guint32 number)
{
  int digits[VKN_DIGITS - 1];

  g_return_val_if_fail (number < 1000000000, NULL);

  for (int i = VKN_DIGITS - 2, left = (int) number; i >= 0; i--, left /= 10)
    digits[i] = left % 10;
  return g_strdup_printf ("%09u%d", number, get_vkn_check_digit (digits));
}

gboolean
crm_check_tckn (const char  *text,
                GError     **error)
{
  int digits[TCKN_DIGITS];
  int n_digits;

  if (is_empty (text))
    return TRUE;
  if (!g_utf8_validate (text, -1, NULL) || (n_digits = read_digits (text, digits, TCKN_DIGITS)) < 0)
    return refuse (error, _("An identity number has only digits."));
  if (n_digits != TCKN_DIGITS)
    {
      g_set_error (error, CRM_ERROR, CRM_ERROR_INVALID,
                   ngettext ("An identity number has 11 digits; this one has %d.",
                             "An identity number has 11 digits; this one has %d.", (gulong) n_digits), n_digits);
      return FALSE;
    }
  if (digits[0] == 0)
    return refuse (error, _("An identity number does not begin with 0."));
  if (!tckn_is_right (digits))
    return refuse (error, _("This identity number has wrong check digits. Compare it with the identity card."));

  return TRUE;
}

static gboolean
has_letter (const char *text)
{
  for (; *text != '\0'; text = g_utf8_next_char (text))
    if (g_unichar_isalpha (g_utf8_get_char (text)))
      return TRUE;

  return FALSE;
}

gboolean
crm_check_tax_number (const char  *text,
                      GError     **error)
{
  int n_digits;

  if (is_empty (text))
    return TRUE;
  if (!g_utf8_validate (text, -1, NULL))
    return refuse (error, _("This tax number has characters that cannot be read."));
  if (has_letter (text))
    return TRUE;

  n_digits = read_digits (text, NULL, 0);
  if (n_digits == VKN_DIGITS)
    return crm_check_vkn (text, error);
  if (n_digits == TCKN_DIGITS)
    return crm_check_tckn (text, error);
  if (n_digits < 0)
    return refuse (error, _("A tax number has only digits. "
                            "A foreign one begins with the letters of its country, like DE123456789."));

  g_set_error (error, CRM_ERROR, CRM_ERROR_INVALID,
               ngettext ("A tax number has 10 digits, an identity number 11; this one has %d. "
                         "A foreign number begins with the letters of its country, like DE123456789.",
                         "A tax number has 10 digits, an identity number 11; this one has %d. "
                         "A foreign number begins with the letters of its country, like DE123456789.",
                         (gulong) n_digits), n_digits);
  return FALSE;
}

static gboolean
has_space (const char *text)
{
  for (; *text != '\0'; text = g_utf8_next_char (text))
    {
      gunichar c;

      /* Most characters are these; imports look at millions. */
      if (g_ascii_isgraph (*text))
        continue;
      c = g_utf8_get_char (text);
      if (g_unichar_isspace (c) || g_unichar_iscntrl (c))
        return TRUE;
    }

  return FALSE;
}

static gboolean
label_is_right (const char *label,
                gsize       length)
{
  if (length == 0 || length > MAX_LABEL || label[0] == '-' || label[length - 1] == '-')
    return FALSE;

  for (const char *at = label; at < label + length; at = g_utf8_next_char (at))
    {
      gunichar c = g_utf8_get_char (at);

      if (c != '-' && c != '_' && !g_unichar_isalnum (c) && !g_unichar_ismark (c))
        return FALSE;
    }

  return TRUE;
}

/* At least two labels parted by dots, no empty one. */
static gboolean
host_is_right (const char *host)
{
  const char *dot;
  gboolean dotted = FALSE;

  while ((dot = strchr (host, '.')) != NULL)
    {
      if (!label_is_right (host, (gsize) (dot - host)))
        return FALSE;
      dotted = TRUE;
      host = dot + 1;
    }

  return dotted && label_is_right (host, strlen (host));
}

static gboolean
local_part_is_right (const char *local,
                     gsize       length)
{
  if (length == 0 || length > MAX_LOCAL_PART || local[0] == '.' || local[length - 1] == '.')
    return FALSE;

  for (gsize i = 0; i < length; i++)
    if (strchr ("()<>[]:;,\\\"", local[i]) != NULL || (local[i] == '.' && local[i + 1] == '.'))
      return FALSE;

  return TRUE;
}

gboolean
crm_check_email (const char  *text,
                 GError     **error)
{
  const char *at;

  if (is_empty (text))
    return TRUE;
  if (!g_utf8_validate (text, -1, NULL))
    return refuse (error, _("This e-mail address has characters that cannot be read."));
  if (has_space (text))
    return refuse (error, _("An e-mail address has no spaces; write only the address, like name@example.com."));

  at = strchr (text, '@');
  if (at == NULL)
    return refuse (error, _("This e-mail address has no @."));
  if (strchr (at + 1, '@') != NULL)
    return refuse (error, _("This e-mail address has more than one @."));
  if (strlen (text) > MAX_EMAIL)
    return refuse (error, _("This e-mail address is too long."));
  if (!local_part_is_right (text, (gsize) (at - text)))
    return refuse (error, _("What stands before the @ of this e-mail address is not right."));
  if (!host_is_right (at + 1))
    return refuse (error, _("What stands behind the @ of this e-mail address is no domain, like example.com."));

  return TRUE;
}

static gboolean
is_phone_mark (gunichar c)
{
  return (c < 0x80 && strchr (" +()-./", (int) c) != NULL) || g_unichar_isspace (c) ||
         g_unichar_type (c) == G_UNICODE_DASH_PUNCTUATION;
}

gboolean
crm_check_phone (const char  *text,
                 GError     **error)
{
  int n_digits = 0;

  if (is_empty (text))
    return TRUE;
  if (!g_utf8_validate (text, -1, NULL))
    return refuse (error, _("This phone number has characters that cannot be read."));

  for (; *text != '\0'; text = g_utf8_next_char (text))
    {
      gunichar c = g_utf8_get_char (text);

      if (g_ascii_isdigit (*text))
        n_digits++;
      else if (!is_phone_mark (c) && !(g_ascii_isalpha (*text) && n_digits > 0))
        {
          g_autofree char *character = g_strndup (text, (gsize) (g_utf8_next_char (text) - text));

          g_set_error (error, CRM_ERROR, CRM_ERROR_INVALID,
                       /* Translators: %s is one character */
                       _("A phone number has no “%s”. "
                         "Digits, spaces, + ( ) - . / and an extension like “ext 12” are understood."),
                       character);
          return FALSE;
        }
    }

  if (n_digits < MIN_PHONE_DIGITS)
    return refuse (error, _("A phone number has at least 3 digits."));

  return TRUE;
}

static gboolean
port_is_right (const char *port)
{
  guint64 number;

  return g_ascii_string_to_unsigned (port, 10, 1, MAX_PORT, &number, NULL);
}

gboolean
crm_check_url (const char  *text,
               GError     **error)
{
  g_autofree char *host = NULL;
  const char *scheme_end;
  char *port;

  if (is_empty (text))
    return TRUE;
  if (!g_utf8_validate (text, -1, NULL))
    return refuse (error, _("This web address has characters that cannot be read."));
  if (has_space (text))
    return refuse (error, _("A web address has no spaces."));

  scheme_end = strstr (text, "://");
  if (scheme_end != NULL && scheme_end < text + strcspn (text, "/?#"))
    {
      if (g_ascii_strncasecmp (text, "http://", 7) != 0 && g_ascii_strncasecmp (text, "https://", 8) != 0)
        return refuse (error, _("A web address begins with http:// or https://, or with neither."));
      text = scheme_end + 3;
    }

  host = g_strndup (text, strcspn (text, "/?#"));
  port = strchr (host, ':');
  if (port != NULL)
    {
      *port++ = '\0';
      if (!port_is_right (port))
        return refuse (error, _("This web address has something other than a port number behind its colon."));
    }
  if (!host_is_right (host))
    return refuse (error, _("This web address has no host with a dot, like www.example.com."));

  return TRUE;
}
