/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crm-config.h"

#include "crm-due-words.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "crm-fold.h"

#define FIRST_YEAR_OF_TWO_DIGITS 2000
#define MAX_DIGITS 4

typedef struct {
  const char   *words; /* folded, parted by spaces */
  CrmDueMeaning meaning;
  int           value;
} Entry;

static const Entry entries[] = {
  { "in on by the of from now later until till due for sonra icinde kadar gunu ayin tarihinde itibaren", CRM_DUE_NOISE, 0 },
  { "today bugun", CRM_DUE_OFFSET, 0 },
  { "tonight", CRM_DUE_OFFSET, 0 },
  { "tomorrow tmrw yarin ertesi", CRM_DUE_OFFSET, 1 },
  { "obur oburgun", CRM_DUE_OFFSET, 2 },
  { "yesterday dun", CRM_DUE_OFFSET, -1 },
  { "degil", CRM_DUE_NOT, 0 },
  { "after", CRM_DUE_AFTER, 0 },
  { "monday mon pazartesi pzt pts", CRM_DUE_WEEKDAY, 1 },
  { "tuesday tue tues sali sal", CRM_DUE_WEEKDAY, 2 },
  { "wednesday wed carsamba car crs", CRM_DUE_WEEKDAY, 3 },
  { "thursday thu thur thurs persembe per prs", CRM_DUE_WEEKDAY, 4 },
  { "friday fri cuma cum", CRM_DUE_WEEKDAY, 5 },
  { "saturday sat cumartesi cmt cts", CRM_DUE_WEEKDAY, 6 },
  { "sunday sun pazar paz", CRM_DUE_WEEKDAY, 7 },
  { "january jan ocak oca", CRM_DUE_MONTH, 1 },
  { "february feb subat sub", CRM_DUE_MONTH, 2 },
  { "march mar mart", CRM_DUE_MONTH, 3 },
  { "april apr nisan nis", CRM_DUE_MONTH, 4 },
  { "may mayis", CRM_DUE_MONTH, 5 },
  { "june jun haziran haz", CRM_DUE_MONTH, 6 },
  { "july jul temmuz tem", CRM_DUE_MONTH, 7 },
  { "august aug agustos agu", CRM_DUE_MONTH, 8 },
  { "september sept sep eylul eyl", CRM_DUE_MONTH, 9 },
  { "october oct ekim eki", CRM_DUE_MONTH, 10 },
  { "november nov kasim kas", CRM_DUE_MONTH, 11 },
  { "december dec aralik ara", CRM_DUE_MONTH, 12 },
  { "day days d gun g", CRM_DUE_UNIT, CRM_DUE_DAY },
  { "week weeks w wk hafta hf", CRM_DUE_UNIT, CRM_DUE_WEEK },
  { "month months m mo ay", CRM_DUE_UNIT, CRM_DUE_MONTH_UNIT },
  { "year years y yil sene", CRM_DUE_UNIT, CRM_DUE_YEAR },
  { "hour hours hr hrs", CRM_DUE_UNIT, CRM_DUE_HOUR },
  { "minute minutes min mins dakika dk", CRM_DUE_UNIT, CRM_DUE_MINUTE },
  { "a an one bir", CRM_DUE_NUMBER, 1 },
  { "two iki", CRM_DUE_NUMBER, 2 },
  { "three uc", CRM_DUE_NUMBER, 3 },
  { "four dort", CRM_DUE_NUMBER, 4 },
  { "five bes", CRM_DUE_NUMBER, 5 },
  { "six alti", CRM_DUE_NUMBER, 6 },
  { "seven yedi", CRM_DUE_NUMBER, 7 },
  { "eight sekiz", CRM_DUE_NUMBER, 8 },
  { "nine dokuz", CRM_DUE_NUMBER, 9 },
  { "ten", CRM_DUE_NUMBER, 10 },
  { "this bu", CRM_DUE_WHICH, CRM_DUE_THIS },
  { "next gelecek sonraki", CRM_DUE_WHICH, CRM_DUE_NEXT },
  { "coming onumuzdeki", CRM_DUE_WHICH, CRM_DUE_COMING },
  { "haftaya", CRM_DUE_NEXT_UNIT, CRM_DUE_WEEK },
  { "seneye", CRM_DUE_NEXT_UNIT, CRM_DUE_YEAR },
  { "end", CRM_DUE_EDGE, CRM_DUE_END },
  { "sonu sonunda", CRM_DUE_EDGE, CRM_DUE_SONU },
  { "start beginning basi basinda", CRM_DUE_EDGE, CRM_DUE_START },
  { "late ago overdue gecikti gecikmis gecti once evvel", CRM_DUE_BACK, 0 },
  { "at saat", CRM_DUE_AT, 0 },
  { "am", CRM_DUE_HALF, FALSE },
  { "pm", CRM_DUE_HALF, TRUE },
  { "morning sabah sabahi", CRM_DUE_CLOCK, 9 * 60 },
  { "noon ogle oglen", CRM_DUE_CLOCK, 12 * 60 },
  { "afternoon ogleden", CRM_DUE_CLOCK, 14 * 60 },
  { "evening aksam aksami", CRM_DUE_CLOCK, 18 * 60 },
};

/* Words that say two things at once. */
static const struct {
  const char   *word;
  const char   *meant;
} phrases[] = {
  { "weekend", "week sonu" },
  { "eom", "end month" },
  { "eow", "end week" },
  { "eoy", "end year" },
  { "haftasonu", "hafta sonu" },
  { "aysonu", "ay sonu" },
};

static gboolean
holds_word (const char *words,
            const char *word,
            gsize       length)
{
  for (const char *at = words; *at != '\0'; at += strspn (at, " "))
    {
      gsize size = strcspn (at, " ");

      if (size == length && strncmp (at, word, length) == 0)
        return TRUE;
      at += size;
    }
  return FALSE;
}

static const Entry *
find_entry (const char *word,
            gsize       length)
{
  for (gsize i = 0; i < G_N_ELEMENTS (entries); i++)
    if (holds_word (entries[i].words, word, length))
      return &entries[i];
  return NULL;
}

/* As it stands, or less the Turkish ending of "cumaya", "salıya", "akşama", "saatte". */
static const Entry *
find_word (const char *word)
{
  static const char * const endings[] = { "", "ya", "ye", "a", "e", "da", "de", "ta", "te" };

  for (gsize i = 0; i < G_N_ELEMENTS (endings); i++)
    {
      gsize length = strlen (word);
      gsize ending = strlen (endings[i]);
      const Entry *entry;

      if (length < ending + (i > 0 ? 3 : 1) || !g_str_has_suffix (word, endings[i]))
        continue;
      entry = find_entry (word, length - ending);
      if (entry != NULL && (i == 0 || entry->meaning == CRM_DUE_WEEKDAY || entry->meaning == CRM_DUE_MONTH ||
                            entry->meaning == CRM_DUE_OFFSET || entry->meaning == CRM_DUE_CLOCK))
        return entry;
    }
  return NULL;
}

static void
add_word (GArray     *tokens,
          const char *word)
{
  const Entry *entry = find_word (word);
  CrmDueToken token = { .meaning = CRM_DUE_UNKNOWN };
  CrmDueToken *last = tokens->len > 0 ? &g_array_index (tokens, CrmDueToken, tokens->len - 1) : NULL;

  for (gsize i = 0; entry == NULL && i < G_N_ELEMENTS (phrases); i++)
    if (g_str_equal (word, phrases[i].word))
      {
        g_auto (GStrv) words = g_strsplit (phrases[i].meant, " ", -1);

        for (guint j = 0; words[j] != NULL; j++)
          add_word (tokens, words[j]);
        return;
      }
  if (entry != NULL)
    {
      token.meaning = entry->meaning;
      token.value = entry->value;
    }
  /* "on iki" is twelve */
  if (last != NULL && last->meaning == CRM_DUE_ON && token.meaning == CRM_DUE_NUMBER)
    {
      last->meaning = CRM_DUE_NUMBER;
      last->value += token.value;
      return;
    }
  if (g_str_equal (word, "on"))
    {
      token.meaning = CRM_DUE_ON;
      token.value = 10;
    }
  /* "3 working days", "3 iş günü" */
  if (last != NULL && last->meaning == CRM_DUE_NUMBER &&
      (g_str_equal (word, "working") || g_str_equal (word, "business") || g_str_equal (word, "is")))
    {
      last->meaning = CRM_DUE_AMOUNT;
      last->number = last->value;
      last->value = CRM_DUE_WORKING_DAY;
      return;
    }
  g_array_append_val (tokens, token);
}

static int
read_number (const char **at,
             gsize        most)
{
  gsize digits = strspn (*at, "0123456789");
  int number = 0;

  if (digits == 0 || digits > most)
    return -1;
  for (gsize i = 0; i < digits; i++, (*at)++)
    number = number * 10 + **at - '0';
  return number;
}

/* "15.12.", "15/12/2026", "2026-12-15" */
static gboolean
read_date (const char  *text,
           CrmDueToken *token)
{
  int numbers[3] = { 0 };
  gsize year_digits = 0;
  char mark = text[strspn (text, "0123456789")];
  int n;

  if (mark == '\0' || strchr ("./-", mark) == NULL)
    return FALSE;
  for (n = 0; n < 3 && g_ascii_isdigit (*text); n++)
    {
      gsize digits = strspn (text, "0123456789");

      numbers[n] = read_number (&text, MAX_DIGITS);
      if (digits > 2)
        {
          if (digits != 4 || n == 1 || year_digits > 0)
            return FALSE;
          year_digits = n == 0 ? 1 : 4;
        }
      if (*text == mark && (text[1] != '\0' || mark == '.'))
        text++;
    }
  if (*text != '\0' || n < 2 || (year_digits > 0 && n < 3))
    return FALSE;
  token->meaning = CRM_DUE_DATE;
  token->value = numbers[year_digits == 1 ? 2 : 0];
  token->month = numbers[1];
  token->year = n < 3 ? 0 : numbers[year_digits == 1 ? 0 : 2];
  if (n == 3 && year_digits == 0)
    token->year += FIRST_YEAR_OF_TWO_DIGITS;
  return token->month >= 1 && token->month <= 12 && token->value >= 1 && token->value <= 31;
}

/* "9:00", "14:30"; with dots after "saat", or where no date is meant: "14.30" */
static gboolean
read_clock (const char  *text,
            CrmDueToken *token,
            const char **rest)
{
  int hour = read_number (&text, 2);
  gboolean ok = hour >= 0 && hour < 24 && (*text == ':' || *text == '.') && strspn (text + 1, "0123456789") == 2;

  if (!ok)
    return FALSE;
  text++;
  token->meaning = CRM_DUE_CLOCK;
  token->value = hour * 60 + read_number (&text, 2);
  *rest = text;
  return token->value % 60 == token->value - hour * 60;
}

/* "3d", "15th", "9am", "15." */
static gboolean
read_with_letters (const char  *text,
                   CrmDueToken *token)
{
  int number = read_number (&text, MAX_DIGITS);
  g_autofree char *letters = crm_fold (text);
  const Entry *entry;

  if (number < 0)
    return FALSE;
  token->meaning = CRM_DUE_NUMBER;
  token->value = number;
  token->ordinal = g_str_equal (text, ".") || g_str_equal (letters, "st") || g_str_equal (letters, "nd") || g_str_equal (letters, "rd") ||
                   g_str_equal (letters, "th");
  if (*letters == '\0' || token->ordinal)
    return *text == '\0' || token->ordinal;
  entry = find_entry (letters, strlen (letters));
  if (entry == NULL || (entry->meaning != CRM_DUE_UNIT && entry->meaning != CRM_DUE_HALF))
    return FALSE;
  token->meaning = entry->meaning == CRM_DUE_UNIT ? CRM_DUE_AMOUNT : CRM_DUE_HALF;
  token->value = entry->value;
  token->number = number;
  return TRUE;
}

static void
add_number (GArray     *tokens,
            const char *text,
            const char *ending)
{
  gboolean after_at = tokens->len > 0 && g_array_index (tokens, CrmDueToken, tokens->len - 1).meaning == CRM_DUE_AT;
  CrmDueToken token = { .meaning = CRM_DUE_UNKNOWN };
  CrmDueToken date = { .meaning = CRM_DUE_UNKNOWN };
  const char *rest = "";

  if (!after_at && read_date (text, &date))
    token = date;
  else if (read_clock (text, &token, &rest))
    {
      g_array_append_val (tokens, token);
      if (*rest != '\0')
        {
          g_autofree char *half = crm_fold (rest);

          add_word (tokens, half);
        }
      return;
    }
  else if (!read_with_letters (text, &token))
    token.meaning = CRM_DUE_UNKNOWN;
  /* "9'da" is an hour, "9'unda" a day */
  if (token.meaning == CRM_DUE_NUMBER && token.value < 24 && strlen (ending) == 2 && (*ending == 'd' || *ending == 't'))
    {
      token.meaning = CRM_DUE_CLOCK;
      token.value *= 60;
    }
  token.ordinal |= *ending != '\0';
  g_array_append_val (tokens, token);
}

GArray *
crm_due_split (const char *text)
{
  GArray *tokens = g_array_new (FALSE, FALSE, sizeof (CrmDueToken));
  g_auto (GStrv) pieces = g_strsplit_set (text, " \t\n\r,;", -1);

  for (guint i = 0; pieces[i] != NULL; i++)
    {
      const char *piece = pieces[i];
      gsize bare = strcspn (piece, "'");
      const char *curly = strstr (piece, "’");
      g_autofree char *word = NULL;
      g_autofree char *ending = NULL;

      /* What follows the apostrophe is a Turkish ending. */
      if (curly != NULL)
        bare = MIN (bare, (gsize) (curly - piece));
      word = g_strndup (piece, bare);
      ending = crm_fold (piece + bare);
      if (g_ascii_isdigit (*word))
        add_number (tokens, word, ending);
      else
        {
          g_autofree char *folded = crm_fold (word);
          g_auto (GStrv) words = g_strsplit (folded, " ", -1);

          for (guint j = 0; words[j] != NULL; j++)
            if (*words[j] != '\0')
              add_word (tokens, words[j]);
        }
    }
  return tokens;
}

const char *
crm_due_get_weekday (int weekday)
{
  static const char * const names[] = {
    NC_("weekday", "Mon"), NC_("weekday", "Tue"), NC_("weekday", "Wed"), NC_("weekday", "Thu"), NC_("weekday", "Fri"), NC_("weekday", "Sat"),
    NC_("weekday", "Sun"),
  };

  g_return_val_if_fail (weekday >= 1 && weekday <= 7, "");

  return g_dpgettext2 (GETTEXT_PACKAGE, "weekday", names[weekday - 1]);
}

const char *
crm_due_get_month (int month)
{
  static const char * const names[] = {
    NC_("month", "Jan"), NC_("month", "Feb"), NC_("month", "Mar"), NC_("month", "Apr"), NC_("month", "May"), NC_("month", "Jun"),
    NC_("month", "Jul"), NC_("month", "Aug"), NC_("month", "Sep"), NC_("month", "Oct"), NC_("month", "Nov"), NC_("month", "Dec"),
  };

  g_return_val_if_fail (month >= 1 && month <= 12, "");

  return g_dpgettext2 (GETTEXT_PACKAGE, "month", names[month - 1]);
}
