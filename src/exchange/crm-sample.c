/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crm-config.h"

#include "crm-sample.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "crm-check.h"
#include "crm-client.h"
#include "crm-fold.h"
#include "crm-number.h"
#include "crm-sample-words.h"
#include "crm-segment.h"
#include "crm-tag.h"

/* Firms between two reports of progress and looks at the cancellable. */
#define STRIDE 500
#define N_OWNERS 6
/* How often a name that is taken is drawn anew before the firm becomes a branch. */
#define MAX_DRAWS 4
#define TURKEY 0 /* among the lands */
#define MAX_DOMAIN 40 /* bytes before ".example" */

static const struct {
  const char *file;
  const char *currency;
} lands[] = {
  { "tr.txt", "TRY" }, { "de.txt", "EUR" }, { "es.txt", "EUR" }, { "fr.txt", "EUR" }, { "gb.txt", "GBP" },
  { "it.txt", "EUR" }, { "nl.txt", "EUR" }, { "no.txt", "NOK" }, { "pl.txt", "PLN" }, { "se.txt", "SEK" },
};

typedef struct {
  CrmWriter      *writer;
  GRand          *random;
  guint           language; /* column of what has a name in several languages: 0 English, 1 Turkish */
  CrmSampleWords *common;
  CrmSampleWords *words[G_N_ELEMENTS (lands)];
  char           *owners[N_OWNERS];
  GArray         *segments; /* of gint64 */
  GHashTable     *taken;    /* folded names, domains and tax numbers */
} Maker;

static void
maker_clear (Maker *maker)
{
  g_rand_free (maker->random);
  crm_sample_words_free (maker->common);
  for (guint i = 0; i < G_N_ELEMENTS (lands); i++)
    crm_sample_words_free (maker->words[i]);
  for (guint i = 0; i < N_OWNERS; i++)
    g_free (maker->owners[i]);
  g_array_unref (maker->segments);
  g_hash_table_unref (maker->taken);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Maker, maker_clear)

static void
maker_init (Maker     *maker,
            CrmWriter *writer,
            guint32    seed)
{
  *maker = (Maker) { .writer = writer, .random = g_rand_new_with_seed (seed) };
  maker->language = g_str_has_prefix (g_get_language_names ()[0], "tr") ? 1 : 0;
  maker->common = crm_sample_words_load ("common.txt");
  maker->taken = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  maker->segments = g_array_new (FALSE, FALSE, sizeof (gint64));
  for (guint i = 0; i < G_N_ELEMENTS (lands); i++)
    maker->words[i] = crm_sample_words_load (lands[i].file);
  for (guint i = 0; i < N_OWNERS; i++)
    maker->owners[i] = crm_sample_words_expand (maker->words[0], maker->random, "{given} {family}", NULL);
}

static gboolean
happens (Maker *maker,
         int    percent)
{
  return g_rand_int_range (maker->random, 0, 100) < percent;
}

/* What all share */

static gboolean
make_segments (Maker   *maker,
               GError **error)
{
  const GPtrArray *items = crm_sample_words_get (maker->common, "segment");

  for (guint i = 0; i < items->len; i++)
    {
      const char * const *names = g_ptr_array_index (items, i);
      gint64 id = crm_writer_find_named (maker->writer, &crm_segment, names[maker->language], TRUE, error);

      if (id == 0)
        return FALSE;
      g_array_append_val (maker->segments, id);
    }
  return TRUE;
}

static gboolean
make_tag (Maker        *maker,
          const char   *name,
          const char   *colour,
          GError      **error)
{
  GError *failure = NULL;
  gint64 id = crm_writer_find_named (maker->writer, &crm_tag, name, FALSE, &failure);
  g_autoptr (CrmValues) values = NULL;

  if (failure != NULL)
    g_propagate_error (error, failure);
  if (id != 0 || failure != NULL)
    return failure == NULL;
  values = crm_values_new (&crm_tag, 0);
  crm_values_set_text (values, CRM_TAG_NAME, name);
  crm_values_set_text (values, CRM_TAG_COLOUR, colour);
  return crm_writer_insert (maker->writer, values, error) != 0;
}

static gboolean
make_tags (Maker   *maker,
           GError **error)
{
  const GPtrArray *items = crm_sample_words_get (maker->common, "tag");

  for (guint i = 0; i < items->len; i++)
    {
      const char * const *tag = g_ptr_array_index (items, i);

      if (!make_tag (maker, tag[maker->language], tag[2], error))
        return FALSE;
    }
  return TRUE;
}

/* A firm */

static void
set_choice (Maker     *maker,
            CrmValues *firm,
            guint      field,
            const int *weights)
{
  const CrmChoice *choices = crm_client.fields[field].choices;
  int drawn = g_rand_int_range (maker->random, 0, 100);
  guint i = 0;

  for (; choices[i + 1].name != NULL && drawn >= weights[i]; i++)
    drawn -= weights[i];
  crm_values_set_text (firm, field, choices[i].name);
}

static void
set_identity (Maker     *maker,
              CrmValues *firm)
{
  static const int kinds[] = { 42, 34, 6, 5, 5, 8 };
  static const int grades[] = { 12, 28, 40, 20 };
  static const int sizes[] = { 20, 38, 26, 12, 4 };

  set_choice (maker, firm, CRM_CLIENT_KIND, kinds);
  if (happens (maker, 80))
    set_choice (maker, firm, CRM_CLIENT_GRADE, grades);
  if (happens (maker, 70))
    set_choice (maker, firm, CRM_CLIENT_SIZE, sizes);
  if (happens (maker, 75))
    crm_values_set_reference (firm, CRM_CLIENT_SEGMENT,
                              g_array_index (maker->segments, gint64,
                                             g_rand_int_range (maker->random, 0, (gint32) maker->segments->len)), NULL);
  crm_values_set_text (firm, CRM_CLIENT_OWNER, maker->owners[g_rand_int_range (maker->random, 0, N_OWNERS)]);
}

static void
set_sector (Maker      *maker,
            CrmValues  *firm,
            const char *key)
{
  const GPtrArray *sectors = crm_sample_words_get (maker->common, "sector");

  for (guint i = 0; i < sectors->len; i++)
    {
      const char * const *sector = g_ptr_array_index (sectors, i);

      if (strcmp (sector[0], key) == 0)
        crm_values_set_text (firm, CRM_CLIENT_SECTOR, sector[1 + maker->language]);
    }
}

static void
set_address (Maker                *maker,
             CrmValues            *firm,
             const CrmSampleWords *words)
{
  const char *street = crm_sample_words_draw (words, maker->random, "street")[0];
  const char * const *city = crm_sample_words_draw (words, maker->random, "city");
  g_auto (GStrv) districts = g_strsplit (city[4], ", ", -1);
  guint n_districts = g_strv_length (districts);

  crm_values_take_text (firm, CRM_CLIENT_STREET, crm_sample_words_expand (words, maker->random, street, NULL));
  crm_values_set_text (firm, CRM_CLIENT_CITY, city[0]);
  crm_values_set_text (firm, CRM_CLIENT_REGION, city[1]);
  crm_values_take_text (firm, CRM_CLIENT_POSTCODE, crm_sample_words_expand (words, maker->random, city[2], NULL));
  if (n_districts > 0)
    crm_values_set_text (firm, CRM_CLIENT_DISTRICT, districts[g_rand_int_range (maker->random, 0, (gint32) n_districts)]);
  crm_values_set_text (firm, CRM_CLIENT_COUNTRY, crm_sample_words_draw (words, maker->random, "country")[maker->language]);
  if (happens (maker, 85))
    crm_values_take_text (firm, CRM_CLIENT_PHONE, crm_sample_words_expand (words, maker->random, city[3], NULL));
}

static gboolean
take_name (Maker      *maker,
           const char *name)
{
  return g_hash_table_add (maker->taken, crm_fold_name (name));
}

/* ".example" is a name that nobody can register. */
static char *
make_domain (Maker      *maker,
             const char *name)
{
  g_autofree char *folded = crm_fold_name (name);
  g_auto (GStrv) words = g_strsplit (folded, " ", -1);
  g_autofree char *joined = g_strjoinv ("", words);

  joined[MIN (strlen (joined), MAX_DOMAIN)] = '\0';
  for (guint n = 1;; n++)
    {
      char *domain = n == 1 ? g_strconcat (joined, ".example", NULL) : g_strdup_printf ("%s%u.example", joined, n);

      if (g_hash_table_add (maker->taken, g_strdup (domain)))
        return domain;
      g_free (domain);
    }
}

/* "Kaya Gıda Ltd. Şti. Kadıköy Şubesi"; the next one there "… Kadıköy 2 Şubesi" */
static char *
make_branch (Maker                *maker,
             const CrmValues      *firm,
             const CrmSampleWords *words,
             const char           *name)
{
  const char *district = crm_values_get_text (firm, CRM_CLIENT_DISTRICT);
  const char *place = district != NULL ? district : crm_values_get_text (firm, CRM_CLIENT_CITY);
  g_auto (GStrv) around = g_strsplit (crm_sample_words_draw (words, maker->random, "branch")[0], "{place}", 2);

  for (guint n = 1;; n++)
    {
      g_autofree char *number = n == 1 ? g_strdup ("") : g_strdup_printf (" %u", n);
      g_autofree char *branch = g_strconcat (name, " ", around[0], place, number, around[1], NULL);

      if (take_name (maker, branch))
        return g_steal_pointer (&branch);
    }
}

/* Where it is must be known. */
static void
set_name (Maker                *maker,
          CrmValues            *firm,
          const CrmSampleWords *words)
{
  const char *sector = NULL;
  g_autofree char *name = NULL;
  gboolean taken = TRUE;

  for (guint i = 0; i < MAX_DRAWS && taken; i++)
    {
      const char *pattern = crm_sample_words_draw (words, maker->random, "name")[0];

      sector = crm_sample_words_draw (maker->common, maker->random, "sector")[0];
      g_free (name);
      name = crm_sample_words_expand (words, maker->random, pattern, &sector);
      taken = !take_name (maker, name);
    }
  crm_values_take_text (firm, CRM_CLIENT_NAME, taken ? make_branch (maker, firm, words, name) : g_steal_pointer (&name));
  set_sector (maker, firm, sector);
}

static void
set_contact (Maker                *maker,
             CrmValues            *firm,
             const CrmSampleWords *words)
{
  g_autofree char *domain = make_domain (maker, crm_values_get_text (firm, CRM_CLIENT_NAME));
  const char *local = crm_sample_words_draw (maker->common, maker->random, "local")[0];

  if (happens (maker, 45))
    crm_values_take_text (firm, CRM_CLIENT_MOBILE,
                          crm_sample_words_expand (words, maker->random,
                                                   crm_sample_words_draw (words, maker->random, "mobile")[0], NULL));
  if (happens (maker, 80))
    crm_values_take_text (firm, CRM_CLIENT_EMAIL, g_strconcat (local, "@", domain, NULL));
  if (happens (maker, 60))
    crm_values_take_text (firm, CRM_CLIENT_WEB, g_strconcat ("https://www.", domain, NULL));
}

/* Offices are named after the districts they are in. */
static void
set_tax (Maker     *maker,
         CrmValues *firm)
{
  const char *district = crm_values_get_text (firm, CRM_CLIENT_DISTRICT);
  gboolean is_centre = strcmp (district, "Merkez") == 0;
  char *number;

  do
    number = crm_check_make_vkn ((guint32) g_rand_int_range (maker->random, 1, 1000000000));
  while (!g_hash_table_add (maker->taken, number));
  crm_values_set_text (firm, CRM_CLIENT_TAX_NUMBER, number);
  crm_values_set_text (firm, CRM_CLIENT_TAX_OFFICE, is_centre ? crm_values_get_text (firm, CRM_CLIENT_CITY) : district);
}

static void
set_commerce (Maker                *maker,
              CrmValues            *firm,
              const CrmSampleWords *words,
              const char           *currency)
{
  static const int days[] = { 0, 15, 30, 30, 45, 60, 90 };
  static const int sources[] = { 20, 30, 12, 14, 6, 10, 5, 3 };

  crm_values_set_text (firm, CRM_CLIENT_CURRENCY, currency);
  if (happens (maker, 60))
    crm_values_set_integer (firm, CRM_CLIENT_PAYMENT_DAYS, days[g_rand_int_range (maker->random, 0, G_N_ELEMENTS (days))]);
  if (happens (maker, 45))
    crm_values_set_integer (firm, CRM_CLIENT_CREDIT_LIMIT, g_rand_int_range (maker->random, 1, 200) * 500000);
  if (happens (maker, 70))
    set_choice (maker, firm, CRM_CLIENT_SOURCE, sources);
  if (happens (maker, 30))
    crm_values_set_text (firm, CRM_CLIENT_NOTES, crm_sample_words_draw (words, maker->random, "note")[0]);
}

static void
set_tags (Maker     *maker,
          CrmValues *firm)
{
  const char *first = crm_sample_words_draw (maker->common, maker->random, "tag")[maker->language];
  const char *second = crm_sample_words_draw (maker->common, maker->random, "tag")[maker->language];

  if (!happens (maker, 40))
    return;
  if (first == second || happens (maker, 70))
    crm_values_set_text (firm, CRM_CLIENT_TAGS, first);
  else
    crm_values_take_text (firm, CRM_CLIENT_TAGS, g_strconcat (first, ", ", second, NULL));
}

static guint
draw_land (Maker *maker)
{
  guint sum = 0, land = 0;
  guint drawn;

  for (guint i = 0; i < G_N_ELEMENTS (lands); i++)
    sum += crm_sample_words_get_weight (maker->words[i]);
  drawn = (guint) g_rand_int_range (maker->random, 0, (gint32) sum);
  for (; drawn >= crm_sample_words_get_weight (maker->words[land]); land++)
    drawn -= crm_sample_words_get_weight (maker->words[land]);
  return land;
}

static gboolean
make_firm (Maker   *maker,
           GError **error)
{
  g_autoptr (CrmValues) firm = crm_values_new (&crm_client, 0);
  guint land = draw_land (maker);
  const CrmSampleWords *words = maker->words[land];

  set_address (maker, firm, words);
  set_name (maker, firm, words);
  set_identity (maker, firm);
  set_contact (maker, firm, words);
  set_commerce (maker, firm, words, lands[land].currency);
  if (land == TURKEY && happens (maker, 85))
    set_tax (maker, firm);
  set_tags (maker, firm);
  return crm_writer_insert (maker->writer, firm, error) != 0;
}

/* What the base has already is not made once more. */
static gboolean
load_taken (Maker   *maker,
            GError **error)
{
  g_autoptr (CrmStmt) stmt = crm_db_prepare (crm_writer_get_db (maker->writer), "SELECT name, tax_number FROM client", error);
  gboolean row = stmt != NULL;

  while (row)
    {
      if (!crm_db_step (crm_writer_get_db (maker->writer), stmt, &row, error))
        return FALSE;
      if (!row)
        continue;
      take_name (maker, (const char *) sqlite3_column_text (stmt, 0));
      g_free (make_domain (maker, (const char *) sqlite3_column_text (stmt, 0)));
      if (sqlite3_column_type (stmt, 1) != SQLITE_NULL)
        g_hash_table_add (maker->taken, g_strdup ((const char *) sqlite3_column_text (stmt, 1)));
    }
  return stmt != NULL;
}

static gboolean
make_firms (CrmWriter           *writer,
            const CrmSampleRun  *run,
            guint32              seed,
            GCancellable        *cancellable,
            GError             **error)
{
  g_auto (Maker) maker;

  maker_init (&maker, writer, seed);
  if (!load_taken (&maker, error) || !make_segments (&maker, error) || !make_tags (&maker, error))
    return FALSE;
  for (guint i = 0; i < run->clients; i++)
    {
      if (i % STRIDE == 0 && g_cancellable_set_error_if_cancelled (cancellable, error))
        return FALSE;
      if (i % STRIDE == 0 && run->progress != NULL)
        run->progress (i, run->clients, run->data);
      if (!make_firm (&maker, error))
        return FALSE;
    }
  return TRUE;
}

gboolean
crm_sample_run (CrmWriter     *writer,
                gpointer       data,
                GCancellable  *cancellable,
                GError       **error)
{
  const CrmSampleRun *run = data;
  g_autofree char *label = NULL;
  gint64 there;

  g_return_val_if_fail (run->clients <= CRM_SAMPLE_MAX_CLIENTS, FALSE);

  if (!crm_db_get_integer (crm_writer_get_db (writer), "SELECT count (*) FROM client", 0, &there, error))
    return FALSE;
  label = crm_number_fill (ngettext ("Sample data: %s client", "Sample data: %s clients", run->clients), run->clients);
  crm_writer_set_label (writer, label);
  crm_writer_expect (writer, run->clients);
  return make_firms (writer, run, (guint32) there + 1, cancellable, error);
}
