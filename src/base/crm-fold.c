/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crm-fold.h"

#include <string.h>

#define LATIN_FIRST 0xC0
#define LATIN_END 0x250

/*
 * What the letters U+00C0 … U+024F become. "" has no Latin spelling, or a case partner outside of the table, and is left to Unicode's
 * own data. Imports fold hundreds of thousands of texts: the table is what makes them cheap.
 */
static const char latin_letters[LATIN_END - LATIN_FIRST][3] = {
  /* 00C0 */ "a", "a", "a", "a", "a", "a", "ae", "c", "e", "e", "e", "e", "i", "i", "i", "i",
  /* 00D0 */ "d", "n", "o", "o", "o", "o", "o", "", "o", "u", "u", "u", "u", "y", "th", "ss",
  /* 00E0 */ "a", "a", "a", "a", "a", "a", "ae", "c", "e", "e", "e", "e", "i", "i", "i", "i",
  /* 00F0 */ "d", "n", "o", "o", "o", "o", "o", "", "o", "u", "u", "u", "u", "y", "th", "y",
  /* 0100 */ "a", "a", "a", "a", "a", "a", "c", "c", "c", "c", "c", "c", "c", "c", "d", "d",
  /* 0110 */ "d", "d", "e", "e", "e", "e", "e", "e", "e", "e", "e", "e", "g", "g", "g", "g",
  /* 0120 */ "g", "g", "g", "g", "h", "h", "h", "h", "i", "i", "i", "i", "i", "i", "i", "i",
  /* 0130 */ "i", "i", "ij", "ij", "j", "j", "k", "k", "k", "l", "l", "l", "l", "l", "l", "l",
  /* 0140 */ "l", "l", "l", "n", "n", "n", "n", "n", "n", "n", "n", "n", "o", "o", "o", "o",
  /* 0150 */ "o", "o", "oe", "oe", "r", "r", "r", "r", "r", "r", "s", "s", "s", "s", "s", "s",
  /* 0160 */ "s", "s", "t", "t", "t", "t", "t", "t", "u", "u", "u", "u", "u", "u", "u", "u",
  /* 0170 */ "u", "u", "u", "u", "w", "w", "y", "y", "y", "z", "z", "z", "z", "z", "z", "s",
  /* 0180 */ "b", "", "b", "b", "", "", "", "c", "c", "", "", "d", "d", "", "", "",
  /* 0190 */ "", "f", "f", "", "", "", "", "", "k", "k", "l", "", "", "", "", "",
  /* 01A0 */ "o", "o", "", "", "p", "p", "", "", "", "", "", "", "t", "t", "", "u",
  /* 01B0 */ "u", "", "", "y", "y", "z", "z", "", "", "", "", "", "", "", "", "",
  /* 01C0 */ "", "", "", "", "dz", "dz", "dz", "lj", "lj", "lj", "nj", "nj", "nj", "a", "a", "i",
  /* 01D0 */ "i", "o", "o", "u", "u", "u", "u", "u", "u", "u", "u", "u", "u", "", "a", "a",
  /* 01E0 */ "a", "a", "ae", "ae", "g", "g", "g", "g", "k", "k", "o", "o", "o", "o", "", "",
  /* 01F0 */ "j", "dz", "dz", "dz", "g", "g", "", "", "n", "n", "a", "a", "ae", "ae", "o", "o",
  /* 0200 */ "a", "a", "a", "a", "e", "e", "e", "e", "i", "i", "i", "i", "o", "o", "o", "o",
  /* 0210 */ "r", "r", "r", "r", "u", "u", "u", "u", "s", "s", "t", "t", "", "", "h", "h",
  /* 0220 */ "", "", "", "", "z", "z", "a", "a", "e", "e", "o", "o", "o", "o", "o", "o",
  /* 0230 */ "o", "o", "y", "y", "", "n", "", "", "", "", "", "c", "c", "l", "", "",
  /* 0240 */ "", "", "", "b", "", "", "e", "e", "j", "j", "q", "q", "r", "r", "y", "y",
};

/*
 * Folder:
 * @origins: where in the source each byte of @into comes from, or %NULL if nobody asks
 * @here: the source character at hand
 * @parted: the next letter begins a word
 * @letters: letters since the last part or joining dot; a digit counts as two, because a dot behind it does not join
 */
typedef struct {
  GString *into;
  GArray  *origins;
  CrmSpan  here;
  gboolean parted;
  guint    letters;
} Folder;

static inline void
append_byte (Folder *self,
             char    byte)
{
  g_string_append_c (self->into, byte);
  if (G_UNLIKELY (self->origins != NULL))
    g_array_append_val (self->origins, self->here);
}

static inline void
begin_letter (Folder *self)
{
  if (!self->parted)
    return;

  if (self->into->len > 0)
    append_byte (self, ' ');
  self->parted = FALSE;
}

static inline void
part (Folder *self)
{
  self->parted = TRUE;
  self->letters = 0;
}

static inline void
take_letter (Folder     *self,
             const char *folded)
{
  begin_letter (self);
  for (; *folded != '\0'; folded++)
    append_byte (self, *folded);
  self->letters++;
}

static inline void
take_ascii (Folder *self,
            char    c)
{
  if (g_ascii_isalpha (c))
    {
      begin_letter (self);
      append_byte (self, (char) (c | 0x20));
      self->letters++;
    }
  else if (g_ascii_isdigit (c))
    {
      begin_letter (self);
      append_byte (self, c);
      self->letters += 2;
    }
  else if (c == '.' && self->letters == 1)
    self->letters = 0;
  else if (c != '\'' && c != '`')
    part (self);
}

static gboolean
is_invisible_joiner (gunichar c)
{
  switch (c)
    {
    case 0x00B4: /* acute accent, typed for an apostrophe */
    case 0x02B9:
    case 0x02BB:
    case 0x02BC:
    case 0x2018:
    case 0x2019:
    case 0x201B:
      return TRUE;
    case 0x200B: /* zero width space */
      return FALSE;
    default:
      return g_unichar_type (c) == G_UNICODE_FORMAT || g_unichar_ismark (c);
    }
}

static void
take_decomposed (Folder   *self,
                 gunichar  c)
{
  char utf8[7];

  if (c < 0x80)
    take_ascii (self, (char) c);
  else if (c >= LATIN_FIRST && c < LATIN_END && *latin_letters[c - LATIN_FIRST] != '\0')
    take_letter (self, latin_letters[c - LATIN_FIRST]);
  else if (is_invisible_joiner (c))
    return;
  else if (g_unichar_type (c) == G_UNICODE_DECIMAL_NUMBER)
    take_ascii (self, (char) ('0' + g_unichar_digit_value (c)));
  else if (g_unichar_isalnum (c))
    {
      c = g_unichar_tolower (c);
      if (c == 0x03C2) /* final sigma */
        c = 0x03C3;
      utf8[g_unichar_to_utf8 (c, utf8)] = '\0';
      take_letter (self, utf8);
    }
  else
    part (self);
}

/* What neither ASCII nor the table answers: other scripts, full-width forms, marks, signs. */
static void
take_other (Folder   *self,
            gunichar  c)
{
  gunichar parts[G_UNICHAR_MAX_DECOMPOSITION_LENGTH];
  gsize n_parts;

  if (c >= 0xFF01 && c <= 0xFF5E)
    take_ascii (self, (char) (c - 0xFF01 + '!'));
  else if (is_invisible_joiner (c))
    return;
  else if (c == 0x1E9E) /* capital sharp s */
    take_letter (self, "ss");
  else if (!g_unichar_isalnum (c))
    part (self);
  else
    {
      n_parts = g_unichar_fully_decompose (c, TRUE, parts, G_N_ELEMENTS (parts));
      for (gsize i = 0; i < n_parts; i++)
        take_decomposed (self, parts[i]);
    }
}

/* Length of the character at @text, and the character in @c; invalid bytes are passed one by one as U+FFFD, which is no letter. */
static inline gsize
decode (const char *text,
        gsize       length,
        gunichar   *c)
{
  guchar first = (guchar) text[0];

  if (first >= 0xC2 && first <= 0xDF && length >= 2 && ((guchar) text[1] & 0xC0) == 0x80)
    {
      *c = ((gunichar) (first & 0x1F) << 6) | ((guchar) text[1] & 0x3F);
      return 2;
    }

  *c = g_utf8_get_char_validated (text, (gssize) length);
  if (*c == (gunichar) -1 || *c == (gunichar) -2)
    {
      *c = 0xFFFD;
      return 1;
    }

  return (gsize) g_unichar_to_utf8 (*c, NULL);
}

static void
fold_text (Folder     *self,
           const char *text,
           gsize       length)
{
  gsize i = 0;

  g_assert (length < G_MAXUINT);

  self->parted = TRUE;
  self->letters = 0;

  while (i < length)
    {
      gunichar c = (guchar) text[i];
      gsize size = 1;

      if (c >= 0x80)
        size = decode (text + i, length - i, &c);
      self->here = (CrmSpan) { (guint) i, (guint) (i + size) };
      i += size;

      if (c < 0x80)
        take_ascii (self, (char) c);
      else if (c >= LATIN_FIRST && c < LATIN_END && *latin_letters[c - LATIN_FIRST] != '\0')
        take_letter (self, latin_letters[c - LATIN_FIRST]);
      else
        take_other (self, c);
    }
}

void
crm_fold_append (GString    *into,
                 const char *text,
                 gssize      length)
{
  Folder self = { .into = into };

  g_return_if_fail (into != NULL);

  if (text != NULL)
    fold_text (&self, text, length < 0 ? strlen (text) : (gsize) length);
}

char *
crm_fold (const char *text)
{
  gsize length = text != NULL ? strlen (text) : 0;
  GString *folded = g_string_sized_new (length + 1);

  crm_fold_append (folded, text, (gssize) length);

  return g_string_free (folded, FALSE);
}

/* Digits of every script count: numbers are pasted from anywhere. */
static void
append_digits (GString    *into,
               const char *text,
               gsize       length)
{
  gsize i = 0;

  while (i < length)
    {
      gunichar c = (guchar) text[i];

      if (c < 0x80)
        {
          if (g_ascii_isdigit (text[i]))
            g_string_append_c (into, text[i]);
          i++;
          continue;
        }

      i += decode (text + i, length - i, &c);
      if (g_unichar_type (c) == G_UNICODE_DECIMAL_NUMBER)
        g_string_append_c (into, (char) ('0' + g_unichar_digit_value (c)));
    }
}

void
crm_fold_digits_append (GString    *into,
                        const char *text)
{
  gsize before;

  g_return_if_fail (into != NULL);

  if (text == NULL)
    return;

  before = into->len;
  if (before > 0)
    g_string_append_c (into, ' ');
  append_digits (into, text, strlen (text));
  if (before > 0 && into->len == before + 1)
    g_string_truncate (into, before);
}

/* Bytes of @text before its extension ("x 12", "ext. 12", "dahili 12"), which is no part of the number that is dialled. */
static gsize
length_without_extension (const char *text)
{
  static const char * const markers[] = { "x", "ext", "dahili" };
  gsize length = strlen (text);
  gsize start = length;
  gsize end;

  while (start > 0 && !g_ascii_isalpha (text[start - 1]))
    start--;
  end = start;
  while (start > 0 && g_ascii_isalpha (text[start - 1]))
    start--;

  for (gsize i = 0; i < G_N_ELEMENTS (markers); i++)
    if (strlen (markers[i]) == end - start &&
        g_ascii_strncasecmp (text + start, markers[i], end - start) == 0)
      return start;

  return length;
}

char *
crm_phone_key (const char *text)
{
  g_autoptr (GString) digits = g_string_new (NULL);
  const char *key;
  gboolean international;

  if (text == NULL)
    return g_strdup ("");

  append_digits (digits, text, length_without_extension (text));
  international = g_str_has_prefix (digits->str, "00") || strchr (text, '+') != NULL;

  key = digits->str + strspn (digits->str, "0");
  if (g_str_has_prefix (key, "90") && (international || strlen (key) == 12))
    key += 2;
  key += strspn (key, "0");

  if (strlen (key) > 10)
    key += strlen (key) - 10;

  return g_strdup (strlen (key) < 4 ? "" : key);
}

typedef struct {
  const char *text;
  gsize       size;
} Word;

#define W(text) { text, sizeof text - 1 }

/* Legal forms and what trade registers put before them, folded. "a s" is also "A/S", "a s" and "A. Ş." */
static const Word legal_forms[] = {
  W ("as"), W ("a s"), W ("ltd"), W ("sti"), W ("limited"), W ("sirketi"), W ("anonim"), W ("san"), W ("sanayi"),
  W ("tic"), W ("ticaret"), W ("kollektif"), W ("koll"), W ("komandit"), W ("kom"), W ("gmbh"), W ("mbh"), W ("gesmbh"),
  W ("ag"), W ("kg"), W ("kgaa"), W ("ohg"), W ("gbr"), W ("ug"), W ("se"), W ("ev"), W ("inc"), W ("incorporated"),
  W ("corp"), W ("corporation"), W ("co"), W ("company"), W ("llc"), W ("l l c"), W ("llp"), W ("lp"), W ("ltda"),
  W ("plc"), W ("pty"), W ("pte"), W ("bhd"), W ("sdn bhd"), W ("pvt"), W ("private"), W ("fze"), W ("fzco"), W ("jsc"),
  W ("ojsc"), W ("pjsc"), W ("kk"), W ("spa"), W ("s p a"), W ("srl"), W ("s r l"), W ("srls"), W ("sa"), W ("s a"),
  W ("sas"), W ("sasu"), W ("sarl"), W ("sa rl"), W ("eurl"), W ("cie"), W ("cia"), W ("sl"), W ("s l"), W ("slu"),
  W ("lda"), W ("sa de cv"), W ("s de rl de cv"), W ("bv"), W ("b v"), W ("nv"), W ("n v"), W ("vof"), W ("ab"), W ("a b"),
  W ("aps"), W ("oy"), W ("oyj"), W ("asa"), W ("sp z oo"), W ("sp z o o"), W ("sp k"), W ("sp j"), W ("sro"), W ("s r o"),
  W ("spol s ro"), W ("vos"), W ("kft"), W ("zrt"), W ("nyrt"), W ("bt"), W ("doo"), W ("d o o"), W ("dd"), W ("ood"),
  W ("eood"), W ("uab"), W ("sia"), W ("ou"), W ("ooo"), W ("oao"), W ("zao"),
};

/* Words that only tie legal forms to each other and to the name. */
static const Word ties[] = { W ("ve"), W ("and"), W ("und"), W ("et") };

#undef W

static gboolean
strip_one_of (const char *name,
              gsize      *length,
              const Word *words,
              gsize       n_words)
{
  for (gsize i = 0; i < n_words; i++)
    {
      gsize size = words[i].size;

      if (*length > size + 1 && name[*length - 1] == words[i].text[size - 1] && name[*length - size - 1] == ' ' &&
          memcmp (name + *length - size, words[i].text, size) == 0)
        {
          *length -= size + 1;
          return TRUE;
        }
    }

  return FALSE;
}

gsize
crm_fold_name_length (const char *folded)
{
  gsize length = strlen (folded);

  while (strip_one_of (folded, &length, legal_forms, G_N_ELEMENTS (legal_forms)))
    strip_one_of (folded, &length, ties, G_N_ELEMENTS (ties));

  return length;
}

char *
crm_fold_name (const char *text)
{
  char *name = crm_fold (text);

  name[crm_fold_name_length (name)] = '\0';

  return name;
}

/* Where in the source the bytes @first … @last of the folded text come from. */
static void
add_span (GArray       *spans,
          const GArray *origins,
          gsize         first,
          gsize         last)
{
  CrmSpan span = {
    g_array_index (origins, CrmSpan, first).start,
    g_array_index (origins, CrmSpan, last).end,
  };

  g_array_append_val (spans, span);
}

static gboolean
add_word (GArray        *spans,
          const GString *folded,
          const GArray  *origins,
          const char    *word,
          gboolean       at_beginnings)
{
  gsize length = strlen (word);
  gboolean found = FALSE;

  for (const char *at = folded->str; (at = strstr (at, word)) != NULL; at++)
    {
      gsize start = (gsize) (at - folded->str);

      if (at_beginnings && start > 0 && at[-1] != ' ')
        continue;
      add_span (spans, origins, start, start + length - 1);
      found = TRUE;
    }

  return found;
}

/* Numbers are matched as if their spaces were not there; a letter between two digits keeps them apart. */
static void
add_number (GArray        *spans,
            const GString *folded,
            const GArray  *origins,
            const char    *word)
{
  g_autoptr (GString) digits = g_string_sized_new (folded->len + 1);
  g_autoptr (GArray) places = g_array_new (FALSE, FALSE, sizeof (gsize));
  gsize length = strlen (word);

  for (gsize i = 0; i < folded->len; i++)
    if (folded->str[i] != ' ')
      {
        g_string_append_c (digits, g_ascii_isdigit (folded->str[i]) ? folded->str[i] : '-');
        g_array_append_val (places, i);
      }

  for (const char *at = digits->str; (at = strstr (at, word)) != NULL; at++)
    {
      gsize start = (gsize) (at - digits->str);

      add_span (spans, origins,
                g_array_index (places, gsize, start), g_array_index (places, gsize, start + length - 1));
    }
}

static gboolean
is_long_number (const char *word)
{
  gsize digits = strspn (word, "0123456789");

  return digits >= 4 && word[digits] == '\0';
}

static int
compare_spans (gconstpointer a,
               gconstpointer b)
{
  const CrmSpan *one = a;
  const CrmSpan *other = b;

  return (one->start > other->start) - (one->start < other->start);
}

/* The end behind the marks that sit on the last letter: bold must not part an accent from its letter. */
static guint
end_behind_marks (const char *text,
                  gsize       length,
                  guint       end)
{
  gunichar c;

  while (end < length)
    {
      gsize size = decode (text + end, length - end, &c);

      if (!g_unichar_ismark (c))
        break;
      end += (guint) size;
    }

  return end;
}

static GArray *
merge_spans (GArray     *spans,
             const char *text)
{
  gsize length = strlen (text);
  guint n_merged = 0;

  g_array_sort (spans, compare_spans);
  for (guint i = 0; i < spans->len; i++)
    {
      CrmSpan span = g_array_index (spans, CrmSpan, i);
      CrmSpan *last = n_merged > 0 ? &g_array_index (spans, CrmSpan, n_merged - 1) : NULL;

      span.end = end_behind_marks (text, length, span.end);
      if (last != NULL && span.start <= last->end)
        last->end = MAX (last->end, span.end);
      else
        g_array_index (spans, CrmSpan, n_merged++) = span;
    }

  return g_array_set_size (spans, n_merged);
}

GArray *
crm_fold_find_spans (const char         *text,
                     const char * const *words)
{
  g_autoptr (GString) folded = g_string_new (NULL);
  g_autoptr (GArray) origins = g_array_new (FALSE, FALSE, sizeof (CrmSpan));
  GArray *spans = g_array_new (FALSE, FALSE, sizeof (CrmSpan));
  Folder folder = { .into = folded, .origins = origins };

  g_return_val_if_fail (words != NULL, spans);

  if (text == NULL)
    return spans;

  fold_text (&folder, text, strlen (text));
  for (; *words != NULL; words++)
    {
      if (**words == '\0')
        continue;
      if (!add_word (spans, folded, origins, *words, TRUE))
        add_word (spans, folded, origins, *words, FALSE);
      if (is_long_number (*words))
        add_number (spans, folded, origins, *words);
    }

  return merge_spans (spans, text);
}

GArray *
crm_fold_find_phrase (const char *text,
                      const char *phrase)
{
  g_autoptr (GString) folded = g_string_new (NULL);
  g_autoptr (GArray) origins = g_array_new (FALSE, FALSE, sizeof (CrmSpan));
  GArray *spans = g_array_new (FALSE, FALSE, sizeof (CrmSpan));
  Folder folder = { .into = folded, .origins = origins };
  const char *at;

  g_return_val_if_fail (phrase != NULL, spans);

  if (text == NULL || *phrase == '\0')
    return spans;
  fold_text (&folder, text, strlen (text));
  for (at = folded->str; (at = strstr (at, phrase)) != NULL;)
    {
      gsize start = (gsize) (at - folded->str), end = start + strlen (phrase);
      gboolean begins = start == 0 || folded->str[start - 1] == ' ';
      CrmSpan span;

      at++;
      if (!begins)
        continue;
      while (end < folded->len && folded->str[end] != ' ')
        end++;
      span.start = g_array_index (origins, CrmSpan, start).start;
      span.end = g_array_index (origins, CrmSpan, end - 1).end;
      g_array_append_val (spans, span);
      at = folded->str + end;
    }
  return spans;
}
