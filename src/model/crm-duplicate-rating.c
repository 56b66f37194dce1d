/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crm-config.h"

#include "crm-duplicate-rating.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* Up to so many it says all it can. */
#define FULLY_SHARED 3
/* Of shorter names one letter is too much. */
#define SHORTEST_SIMILAR 6

static const struct {
  CrmDuplicateReasons reason;
  guint               of_client; /* points */
  guint               of_person;
  const char         *name;
  const char         *label;
} reasons[] = {
  { CRM_DUPLICATE_TAX_NUMBER, 80, 0, "tax_number", N_("Same tax number") },
  { CRM_DUPLICATE_EMAIL, 55, 55, "email", N_("Same e-mail") },
  { CRM_DUPLICATE_PHONE, 50, 50, "phone", N_("Same phone") },
  { CRM_DUPLICATE_NAME, 60, 50, "name", N_("Same name") },
  { CRM_DUPLICATE_WORDS, 55, 45, "words", N_("Same words in the name") },
  { CRM_DUPLICATE_SIMILAR_NAME, 45, 35, "similar_name", N_("Similar name") },
  { CRM_DUPLICATE_DOMAIN, 20, 0, "domain", N_("Same web domain") },
  { CRM_DUPLICATE_BIRTHDAY, 0, 20, "birthday", N_("Same birthday") },
  { CRM_DUPLICATE_FIRM, 0, 15, "firm", N_("Same firm") },
  { CRM_DUPLICATE_CITY, 10, 0, "city", N_("Same city") },
};

#define POINTS_OTHER_TAX_NUMBER (-30)
#define POINTS_OTHER_PLACE (-10)
#define POINTS_OTHER_BIRTHDAY (-40)
#define POINTS_OTHER_NAME (-30)

/* Similar names */

CrmNameDifference
crm_duplicate_compare_names (const CrmAlikeRecord *a,
                             const CrmAlikeRecord *b)
{
  gsize la = a->name_length, lb = b->name_length, start = 0, end = 0, shorter = MIN (la, lb);

  while (start < shorter && a->name[start] == b->name[start])
    start++;
  while (start > 0 && start < shorter && (crm_duplicate_is_inside_letter (a->name + start) || crm_duplicate_is_inside_letter (b->name + start)))
    start--;
  while (end < shorter - start && a->name[la - end - 1] == b->name[lb - end - 1])
    end++;
  while (end > 0 && (crm_duplicate_is_inside_letter (a->name + la - end) || crm_duplicate_is_inside_letter (b->name + lb - end)))
    end--;
  return (CrmNameDifference) { a->name, b->name, start, la - start - end, lb - start - end };
}

static gboolean
has_digit (const char *text,
           gsize       length)
{
  for (gsize i = 0; i < length; i++)
    if (g_ascii_isdigit (text[i]))
      return TRUE;
  return FALSE;
}

static gboolean
is_exchanged (const char *a,
              const char *b,
              gsize       length)
{
  gsize first = (gsize) (g_utf8_next_char (a) - a);

  return g_utf8_strlen (a, (gssize) length) == 2 && memcmp (a + first, b, length - first) == 0 && memcmp (a, b + length - first, first) == 0;
}

/* "Depo 1" and "Depo 2" are no misspelling. */
gboolean
crm_duplicate_is_one_edit (const CrmNameDifference *d)
{
  const char *a = d->a + d->start, *b = d->b + d->start;

  if (has_digit (a, d->a_length) || has_digit (b, d->b_length))
    return FALSE;
  if (d->a_length == d->b_length && d->a_length > 0 && is_exchanged (a, b, d->a_length))
    return TRUE;
  return g_utf8_strlen (a, (gssize) d->a_length) <= 1 && g_utf8_strlen (b, (gssize) d->b_length) <= 1;
}

gboolean
crm_duplicate_is_long_enough (const CrmAlikeRecord *record)
{
  return g_utf8_strlen (record->name, record->name_length) >= SHORTEST_SIMILAR;
}

static CrmDuplicateReasons
compare_similar (const CrmAlikeRecord *a,
                 const CrmAlikeRecord *b)
{
  CrmNameDifference d = crm_duplicate_compare_names (a, b);

  return d.a_length + d.b_length > 0 && crm_duplicate_is_long_enough (a) && crm_duplicate_is_long_enough (b) && crm_duplicate_is_one_edit (&d) ? CRM_DUPLICATE_SIMILAR_NAME : 0;
}

/* Scores */

static int
get_points (const CrmDuplicateSet *set,
            CrmDuplicateReasons    reason,
            guint                  shared)
{
  for (guint i = 0; i < G_N_ELEMENTS (reasons); i++)
    if (reasons[i].reason == reason)
      {
        guint points = set->of_people ? reasons[i].of_person : reasons[i].of_client;

        return (int) (shared <= FULLY_SHARED ? points : points * FULLY_SHARED / shared);
      }
  g_return_val_if_reached (0);
}

static CrmDuplicateReasons
get_key_reason (CrmAlike              kind,
                const CrmAlikeRecord *a,
                const CrmAlikeRecord *b)
{
  switch (kind)
    {
    case CRM_ALIKE_TAX_NUMBER:
      return CRM_DUPLICATE_TAX_NUMBER;
    case CRM_ALIKE_EMAIL:
      return CRM_DUPLICATE_EMAIL;
    case CRM_ALIKE_PHONE:
      return CRM_DUPLICATE_PHONE;
    case CRM_ALIKE_DOMAIN:
      return CRM_DUPLICATE_DOMAIN;
    default:
      return a->name_length == b->name_length && memcmp (a->name, b->name, a->name_length) == 0 ? CRM_DUPLICATE_NAME : CRM_DUPLICATE_WORDS;
    }
}

static void
note_common (CrmCommonKeys         *common,
             const CrmAlikeKey     *key,
             const CrmAlikeRecord  *a,
             const CrmAlikeRecord  *b)
{
  if (key->shared > CRM_DUPLICATE_MOST_SHARED)
    return;
  if (common->reasons == 0)
    common->first = key->hash;
  common->reasons |= get_key_reason (key->kind, a, b);
  if (common->shared[key->kind] == 0 || key->shared < common->shared[key->kind])
    common->shared[key->kind] = key->shared;
}

static const CrmAlikeKey *
get_keys (const CrmDuplicateSet *set,
          const CrmAlikeRecord  *record)
{
  return record->n_keys == 0 ? NULL : &g_array_index (set->keys, CrmAlikeKey, record->first_key);
}

static gboolean
has_tax_number (const CrmAlikeKey *keys,
                guint              n)
{
  for (guint i = 0; i < n; i++)
    if (keys[i].kind == CRM_ALIKE_TAX_NUMBER)
      return TRUE;
  return FALSE;
}

void
crm_duplicate_find_common (const CrmDuplicateSet *set,
                           const CrmAlikeRecord  *a,
                           const CrmAlikeRecord  *b,
                           CrmCommonKeys         *common)
{
  const CrmAlikeKey *x = get_keys (set, a), *y = get_keys (set, b);
  guint i = 0, j = 0;

  *common = (CrmCommonKeys) { 0 };

  while (i < a->n_keys && j < b->n_keys)
    if (x[i].hash == y[j].hash)
      {
        note_common (common, &x[i], a, b);
        i++;
        j++;
      }
    else if (x[i].hash < y[j].hash)
      i++;
    else
      j++;
  common->has_tax_number[0] = has_tax_number (x, a->n_keys);
  common->has_tax_number[1] = has_tax_number (y, b->n_keys);
}

/* What agrees says nothing by itself, what differs speaks against it. */
static int
rate_place (const CrmDuplicateSet *set,
            const CrmAlikeRecord  *a,
            const CrmAlikeRecord  *b,
            CrmDuplicate          *pair)
{
  CrmDuplicateReasons reason = set->of_people ? CRM_DUPLICATE_FIRM : CRM_DUPLICATE_CITY;

  if (a->place == 0 || b->place == 0)
    return 0;
  if (a->place != b->place)
    return POINTS_OTHER_PLACE;
  pair->reasons |= reason;
  return get_points (set, reason, 0);
}

/* The year may be unknown. */
static int
rate_birthday (const CrmDuplicateSet *set,
               const CrmAlikeRecord  *a,
               const CrmAlikeRecord  *b,
               CrmDuplicate          *pair)
{
  if (a->birthday == 0 || b->birthday == 0)
    return 0;
  if (a->birthday != b->birthday || (a->birth_year != 0 && b->birth_year != 0 && a->birth_year != b->birth_year))
    return POINTS_OTHER_BIRTHDAY;
  pair->reasons |= CRM_DUPLICATE_BIRTHDAY;
  return get_points (set, CRM_DUPLICATE_BIRTHDAY, 0);
}

static gboolean
has_word (const CrmAlikeRecord *record,
          const char           *word,
          gsize                 length)
{
  const char *end = record->name + record->name_length;

  for (const char *at = record->name, *next; at < end; at = next + 1)
    {
      next = memchr (at, ' ', (gsize) (end - at));
      if (next == NULL)
        next = end;
      if ((gsize) (next - at) == length && memcmp (at, word, length) == 0)
        return TRUE;
    }
  return FALSE;
}

static gboolean
share_word (const CrmAlikeRecord *a,
            const CrmAlikeRecord *b)
{
  const char *end = a->name + a->name_length;

  for (const char *at = a->name, *next; at < end; at = next + 1)
    {
      next = memchr (at, ' ', (gsize) (end - at));
      if (next == NULL)
        next = end;
      if (has_word (b, at, (gsize) (next - at)))
        return TRUE;
    }
  return FALSE;
}

/* Two of one firm share its phone and its e-mail. */
static int
rate_other_name (const CrmDuplicateSet *set,
                 const CrmAlikeRecord  *a,
                 const CrmAlikeRecord  *b,
                 const CrmDuplicate    *pair)
{
  if (!set->of_people || (pair->reasons & (CRM_DUPLICATE_NAME | CRM_DUPLICATE_WORDS | CRM_DUPLICATE_SIMILAR_NAME)) || share_word (a, b))
    return 0;
  return POINTS_OTHER_NAME;
}

static int
rate_keys (const CrmDuplicateSet *set,
           const CrmAlikeRecord  *a,
           const CrmAlikeRecord  *b,
           const CrmCommonKeys   *common)
{
  int score = 0;

  for (CrmAlike kind = 0; kind < CRM_N_ALIKE; kind++)
    if (common->shared[kind] > 0)
      {
        int points = get_points (set, get_key_reason (kind, a, b), common->shared[kind]);

        /* Of a person, a given name alone */
        if (kind == CRM_ALIKE_NAME && set->of_people && memchr (a->name, ' ', a->name_length) == NULL)
          points /= 2;
        score += points;
      }
  return score;
}

/* Of two names only the better reason counts. */
CrmDuplicate
crm_duplicate_rate (const CrmDuplicateSet *set,
                    const CrmAlikeRecord  *a,
                    const CrmAlikeRecord  *b,
                    const CrmCommonKeys   *common)
{
  CrmDuplicate pair = { a->id, b->id, common->reasons, 0 };
  int score = rate_keys (set, a, b, common);

  if (common->shared[CRM_ALIKE_NAME] == 0)
    pair.reasons |= compare_similar (a, b);
  if (pair.reasons & CRM_DUPLICATE_SIMILAR_NAME)
    score += get_points (set, CRM_DUPLICATE_SIMILAR_NAME, 0);
  score += rate_place (set, a, b, &pair) + rate_birthday (set, a, b, &pair) + rate_other_name (set, a, b, &pair);
  if (common->has_tax_number[0] && common->has_tax_number[1] && common->shared[CRM_ALIKE_TAX_NUMBER] == 0)
    score += POINTS_OTHER_TAX_NUMBER;
  pair.score = (guint) CLAMP (score, 0, 100);
  return pair;
}

/* In words */

const char *
crm_duplicates_get_reason (CrmDuplicateReasons   reason,
                           const char          **label)
{
  for (guint i = 0; i < G_N_ELEMENTS (reasons); i++)
    if (reasons[i].reason == reason)
      {
        if (label != NULL)
          *label = _(reasons[i].label);
        return reasons[i].name;
      }
  return NULL;
}

char *
crm_duplicates_describe (CrmDuplicateReasons agreed)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (reasons); i++)
    if (agreed & reasons[i].reason)
      {
        const char *label = _(reasons[i].label);
        g_autofree char *first = g_utf8_substring (label, 0, 1);
        g_autofree char *lower = g_utf8_strdown (first, -1);

        g_string_append_printf (text, "%s%s%s", text->len > 0 ? ", " : "", text->len > 0 ? lower : first, g_utf8_next_char (label));
      }
  return g_string_free (g_steal_pointer (&text), FALSE);
}
