/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crm-config.h"

#include "crm-money.h"

#include "crm-error.h"
#include "crm-locale-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>
#include <unicode/ucurr.h>
#include <unicode/unum.h>
#include <unicode/ustring.h>

#define CODE_LENGTH 3
#define MAX_FORMATTED 128
#define MAX_CACHED 16

/* How one locale writes one currency. Opening one costs as much as formatting hundreds of amounts. */
typedef struct {
  UNumberFormat *format;
  char           decimal_mark;
  char          *symbol;
  char          *narrow_symbol;
  char          *common_symbol; /* what others write */
} Style;

static void
style_free (gpointer data)
{
  Style *self = data;

  unum_close (self->format);
  g_free (self->symbol);
  g_free (self->narrow_symbol);
  g_free (self->common_symbol);
  g_free (self);
}

static void
styles_free (gpointer data)
{
  g_hash_table_unref (data);
}

/* Formatters of ICU belong to one thread at a time. */
static GPrivate styles_of_thread = G_PRIVATE_INIT (styles_free);

static gboolean
is_code (const char *currency)
{
  return currency != NULL && strlen (currency) == CODE_LENGTH && g_ascii_isupper (currency[0]) &&
         g_ascii_isupper (currency[1]) && g_ascii_isupper (currency[2]);
}

/* ISO 4217 itself, not ICU's data: that changes between versions, and stored amounts must not. */
int
crm_money_digits (const char *currency)
{
  static const char none[] = "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF";
  static const char three[] = "BHD IQD JOD KWD LYD OMR TND";

  if (!is_code (currency))
    return 2;
  if (strstr (none, currency) != NULL)
    return 0;
  if (strstr (three, currency) != NULL)
    return 3;

  return 2;
}

/* @text with ASCII digits and signs, one kind of space, and nothing invisible; the apostrophe groups as a space does. */
static char *
simplify (const char *text)
{
  GString *simple = g_string_new (NULL);

  for (; *text != '\0'; text = g_utf8_next_char (text))
    {
      gunichar c = g_utf8_get_char (text);

      if (g_unichar_type (c) == G_UNICODE_DECIMAL_NUMBER)
        g_string_append_c (simple, (char) ('0' + g_unichar_digit_value (c)));
      else if (c == 0x2212 || c == 0x2010 || c == 0x2011)
        g_string_append_c (simple, '-');
      else if (g_unichar_isspace (c) || c == '\'' || c == 0x2019 || c == 0x066C /* Arabic thousands */)
        g_string_append_c (simple, ' ');
      else if (c == 0x066B /* Arabic decimals */)
        g_string_append_c (simple, '.');
      else if (g_unichar_type (c) != G_UNICODE_FORMAT)
        g_string_append_unichar (simple, c);
    }

  return g_strstrip (g_string_free (simple, FALSE));
}

/* The sign of @currency as simplify() leaves it in an amount; %NULL if there is none. */
static char *
find_symbol (const UChar   *currency,
             const char    *locale,
             UCurrNameStyle style)
{
  UErrorCode status = U_ZERO_ERROR;
  int32_t length;
  const UChar *symbol = ucurr_getName (currency, locale, style, NULL, &length, &status);
  g_autofree char *utf8 = U_SUCCESS (status) ? g_utf16_to_utf8 (symbol, length, NULL, NULL, NULL) : NULL;

  return utf8 != NULL ? simplify (utf8) : NULL;
}

static Style *
style_new (const char *locale,
           const char *currency)
{
  UErrorCode status = U_ZERO_ERROR;
  UNumberFormat *format = unum_open (UNUM_CURRENCY, NULL, 0, locale, NULL, &status);
  UChar code[CODE_LENGTH + 1];
  UChar mark[8] = { 0 };
  Style *self;

  if (U_FAILURE (status))
    return NULL;

  self = g_new0 (Style, 1);
  self->format = format;
  u_charsToUChars (currency, code, CODE_LENGTH + 1);
  unum_setTextAttribute (format, UNUM_CURRENCY_CODE, code, CODE_LENGTH, &status);
  unum_setAttribute (format, UNUM_FRACTION_DIGITS, crm_money_digits (currency));
  unum_getSymbol (format, UNUM_MONETARY_SEPARATOR_SYMBOL, mark, G_N_ELEMENTS (mark), &status);
  self->decimal_mark = mark[0] == ',' ? ',' : '.';
  self->symbol = find_symbol (code, locale, UCURR_SYMBOL_NAME);
  self->narrow_symbol = find_symbol (code, locale, UCURR_NARROW_SYMBOL_NAME);
  self->common_symbol = find_symbol (code, "en", UCURR_NARROW_SYMBOL_NAME);

  return self;
}

/* The style of this thread for @currency, valid until the next call; %NULL if ICU has none. */
static Style *
find_style (const char *locale,
            const char *currency)
{
  GHashTable *styles = g_private_get (&styles_of_thread);
  char name[CRM_LOCALE_SIZE];
  char key[CRM_LOCALE_SIZE + CODE_LENGTH + 1];
  Style *style;

  if (!is_code (currency))
    return NULL;

  if (styles == NULL)
    {
      styles = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, style_free);
      g_private_set (&styles_of_thread, styles);
    }

  crm_locale_resolve (locale, "LC_MONETARY", "en_001", name);
  g_snprintf (key, sizeof key, "%s %s", currency, name);
  style = g_hash_table_lookup (styles, key);
  if (style == NULL)
    {
      if (g_hash_table_size (styles) >= MAX_CACHED)
        g_hash_table_remove_all (styles);
      style = style_new (name, currency);
      if (style != NULL)
        g_hash_table_insert (styles, g_strdup (key), style);
    }

  return style;
}

char *
crm_money_to_plain (gint64      minor,
                    const char *currency)
{
  int digits = crm_money_digits (currency);
  guint64 amount = minor < 0 ? -(guint64) minor : (guint64) minor;
  guint64 unit = 1;
  const char *sign = minor < 0 ? "-" : "";

  if (digits == 0)
    return g_strdup_printf ("%s%" G_GUINT64_FORMAT, sign, amount);

  for (int i = 0; i < digits; i++)
    unit *= 10;

  return g_strdup_printf ("%s%" G_GUINT64_FORMAT ".%0*" G_GUINT64_FORMAT, sign, amount / unit, digits, amount % unit);
}

char *
crm_money_format (gint64      minor,
                  const char *currency,
                  const char *locale)
{
  g_autofree char *plain = crm_money_to_plain (minor, currency);
  Style *style = find_style (locale, currency);
  UChar formatted[MAX_FORMATTED];
  UErrorCode status = U_ZERO_ERROR;
  int32_t length;

  if (style != NULL)
    {
      length = unum_formatDecimal (style->format, plain, (int32_t) strlen (plain), formatted, MAX_FORMATTED,
                                   NULL, &status);
      if (U_SUCCESS (status) && length <= MAX_FORMATTED)
        return g_utf16_to_utf8 (formatted, length, NULL, NULL, NULL);
    }

  return currency != NULL && *currency != '\0' ? g_strdup_printf ("%s %s", plain, currency) : g_steal_pointer (&plain);
}

static gboolean
is_mark (char c)
{
  return c == '.' || c == ',';
}

/* Cuts @text into what stands before the number, the number and what stands behind; %FALSE if there is no digit. */
static gboolean
cut (const char  *text,
     char       **before,
     char       **number,
     char       **behind)
{
  gsize start = strcspn (text, "0123456789");
  gsize end = strlen (text);

  if (text[start] == '\0')
    return FALSE;

  while (!g_ascii_isdigit (text[end - 1]))
    end--;
  /* ".5" and "5." are numbers, but the dot of "Rs.5" is not one of them. */
  if (start > 0 && is_mark (text[start - 1]) && (start == 1 || strchr (" +-", text[start - 2]) != NULL))
    start--;
  if (is_mark (text[end]))
    end++;

  *before = g_strstrip (g_strndup (text, start));
  *number = g_strndup (text + start, end - start);
  *behind = g_strstrip (g_strdup (text + end));
  return TRUE;
}

/* Removes a sign at either end of @before. */
static gboolean
take_minus (char *before)
{
  gsize length = strlen (before);
  gboolean minus;

  if (length == 0)
    return FALSE;

  if (before[0] == '-' || before[0] == '+')
    {
      minus = before[0] == '-';
      before[0] = ' ';
    }
  else if (before[length - 1] == '-' || before[length - 1] == '+')
    {
      minus = before[length - 1] == '-';
      before[length - 1] = ' ';
    }
  else
    return FALSE;

  g_strstrip (before);
  return minus;
}

static gboolean
is_unit (const char  *unit,
         const char  *currency,
         const Style *style)
{
  if (*unit == '\0' || g_ascii_strcasecmp (unit, currency) == 0)
    return TRUE;
  if (style != NULL && (g_strcmp0 (unit, style->symbol) == 0 || g_strcmp0 (unit, style->narrow_symbol) == 0 ||
                        g_strcmp0 (unit, style->common_symbol) == 0))
    return TRUE;

  return g_str_equal (currency, "TRY") && g_ascii_strcasecmp (unit, "TL") == 0;
}

static gsize
count (const char *text,
       char        c)
{
  gsize n = 0;

  for (; *text != '\0'; text++)
    n += *text == c;

  return n;
}

/* Which mark of @number parts the decimals; 0 if it has none. */
static char
find_decimal_mark (const char *number,
                   char        mark_of_locale)
{
  const char *dot = strrchr (number, '.');
  const char *comma = strrchr (number, ',');
  const char *last = dot > comma ? dot : comma;

  if (last == NULL)
    return '\0';
  if (dot != NULL && comma != NULL)
    return *last;
  if (count (number, *last) > 1)
    return '\0';
  /* "1.234" is what one cannot know. */
  if (strlen (last + 1) == 3 && last > number && last - number <= 3 && *number != '0')
    return *last == mark_of_locale ? *last : '\0';

  return *last;
}

/*
 * Digits of the whole part, its groups removed in place: the first has one to three digits, the last three, and those between them
 * three, or two where lakhs are counted.
 */
static gboolean
remove_groups (char *whole)
{
  char group_mark = whole[strspn (whole, "0123456789")];
  const char marks[2] = { group_mark, '\0' };
  g_auto (GStrv) groups = NULL;
  g_autofree char *joined = NULL;
  guint n_groups;

  if (group_mark == '\0')
    return TRUE;

  groups = g_strsplit (whole, marks, -1);
  n_groups = g_strv_length (groups);
  for (guint i = 0; i < n_groups; i++)
    {
      gsize size = strlen (groups[i]);
      gsize least = i == 0 ? 1 : i < n_groups - 1 && group_mark == ',' ? 2 : 3;

      if (size < least || size > 3 || strspn (groups[i], "0123456789") != size)
        return FALSE;
    }

  joined = g_strjoinv (NULL, groups);
  strcpy (whole, joined);
  return TRUE;
}

static gboolean
append_digit (guint64 *amount,
              char     digit)
{
  return g_uint64_checked_mul (amount, *amount, 10) &&
         g_uint64_checked_add (amount, *amount, (guint64) (digit - '0')) &&
         *amount <= G_MAXINT64;
}

/* @whole and @decimals as minor units; @text is for the message. */
static gboolean
add_up (const char *text,
        const char *whole,
        const char *decimals,
        const char *currency,
        guint64    *amount,
        GError    **error)
{
  int digits = crm_money_digits (currency);
  gsize n_decimals = strlen (decimals);
  gboolean fits = TRUE;

  while (n_decimals > (gsize) digits && decimals[n_decimals - 1] == '0')
    n_decimals--;
  if (n_decimals > (gsize) digits)
    {
      g_set_error (error, CRM_ERROR, CRM_ERROR_INVALID,
                   /* Translators: an amount, a currency code like EUR, how many decimals it has */
                   ngettext ("“%s” has too many decimals: %s has at most %d.",
                             "“%s” has too many decimals: %s has at most %d.", (gulong) digits),
                   text, currency, digits);
      return FALSE;
    }

  *amount = 0;
  for (; *whole != '\0' && fits; whole++)
    fits = append_digit (amount, *whole);
  for (gsize i = 0; i < (gsize) digits && fits; i++)
    fits = append_digit (amount, i < n_decimals ? decimals[i] : '0');
  if (!fits)
    {
      g_set_error (error, CRM_ERROR, CRM_ERROR_INVALID, _("“%s” is too large an amount."), text);
      return FALSE;
    }

  return TRUE;
}

static gboolean
refuse_text (const char *text,
             GError    **error)
{
  g_autofree char *shown = g_utf8_make_valid (text, -1);

  g_set_error (error, CRM_ERROR, CRM_ERROR_INVALID, _("“%s” is not an amount."), shown);
  return FALSE;
}

gboolean
crm_money_parse (const char  *text,
                 const char  *currency,
                 const char  *locale,
                 gint64      *minor,
                 GError     **error)
{
  g_autofree char *simple = NULL;
  g_autofree char *before = NULL;
  g_autofree char *number = NULL;
  g_autofree char *behind = NULL;
  const char *decimals = "";
  Style *style;
  gboolean minus;
  guint64 amount;
  char mark;

  g_return_val_if_fail (currency != NULL, FALSE);
  g_return_val_if_fail (minor != NULL, FALSE);

  if (text == NULL || !g_utf8_validate (text, -1, NULL))
    return refuse_text (text != NULL ? text : "", error);
  simple = simplify (text);
  if (!cut (simple, &before, &number, &behind))
    return refuse_text (text, error);

  style = find_style (locale, currency);
  minus = take_minus (before);
  if (!is_unit (before, currency, style) || !is_unit (behind, currency, style))
    {
      g_set_error (error, CRM_ERROR, CRM_ERROR_INVALID,
                   /* Translators: what was typed, and a currency code like EUR */
                   _("“%s” is not an amount in %s."), text, currency);
      return FALSE;
    }

  mark = find_decimal_mark (number, style != NULL ? style->decimal_mark : '.');
  if (mark != '\0')
    {
      char *at = strrchr (number, mark);

      *at = '\0';
      decimals = at + 1;
    }
  if (strspn (decimals, "0123456789") != strlen (decimals) || !remove_groups (number) ||
      (*number == '\0' && *decimals == '\0'))
    return refuse_text (text, error);
  if (!add_up (text, number, decimals, currency, &amount, error))
    return FALSE;

  *minor = minus ? -(gint64) amount : (gint64) amount;
  return TRUE;
}
