/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crm-config.h"

#include <glib/gstdio.h>
#include <string.h>

#include "../support/corpora.h"
#include "card-import.h"
#include "crm-client.h"
#include "crm-error.h"
#include "crm-person.h"
#include "crm-time.h"
#include "crm-vcard.h"
#include "thorough-import.h"

/* One pixel each */
#define PNG "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
#define GIF "R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7"

#define PICK(array) array[g_test_rand_int_range (0, G_N_ELEMENTS (array))]
#define PICK_OR_NOT(array) (g_test_rand_bit () ? PICK (array) : "")

static void
test_person (CrmTest       *test,
             gconstpointer  data)
{
  g_autoptr (CrmStore) store = crm_test_open_store (test);

  card_import (test, store,
               "FN:Dr. Ayşe Yıldız\nN:Yıldız;Ayşe;Nur;Dr.;\nORG:Ak Gıda A.Ş.;Satış\nTITLE:Müdür\nBDAY:--0412\nLANG:tr-TR\n"
               "TEL;TYPE=work:+90 212 555 01 01\nTEL;TYPE=cell;PREF=1:+90 532 555 01 02\nTEL;TYPE=cell:+90 532 555 01 03\n"
               "EMAIL;TYPE=home:ayse@ornek.example\nIMPP:xmpp:ayse@sohbet.example\nNOTE:Fuarda\\ngörüşüldü\nNICKNAME:Ayşo\nUID:u-1\n"
               "ADR:;;Gül Sok. 1;İzmir;;35000;Türkiye\nitem1.X-EVENT:20200101\nitem1.X-ABLabel:Düğün\n", ONE_NEW);
  card_assert_query (test, "SELECT name, given, family, title, firm, role, phone, email, birthday, language, notes FROM person",
                "Dr. Ayşe Yıldız|Ayşe|Yıldız|Dr.|Ak Gıda A.Ş.|Müdür|+90 212 555 01 01|ayse@ornek.example|--04-12|tr|Fuarda\ngörüşüldü");
  card_assert_query (test, "SELECT kind, value, label, main FROM person_point ORDER BY kind, main DESC, id",
                "chat|ayse@sohbet.example|xmpp|1\nemail|ayse@ornek.example|Home|1\nmobile|+90 532 555 01 02|NULL|1\n"
                "mobile|+90 532 555 01 03|NULL|0\nphone|+90 212 555 01 01|Work|1");
  card_assert_query (test, "SELECT c.name, p.role, p.kind, p.main FROM position p JOIN client c ON c.id = p.client", "Ak Gıda A.Ş.|Müdür|current|1");
  card_assert_query (test, "SELECT line.value FROM person, json_each (extra, '$.vcard') line WHERE line.value NOT LIKE 'g%'",
                "UID:u-1\nN:;;Nur;;\nORG:ak gida;Satış\nNICKNAME:Ayşo\nADR:;;Gül Sok. 1;İzmir;;35000;Türkiye");
}

static void
test_firms (CrmTest       *test,
            gconstpointer  data)
{
  g_autoptr (CrmStore) store = crm_test_open_store (test);

  crm_test_save (store, &crm_client, 0, "name", "Demir Tekstil Ltd. Şti.", NULL);
  card_import_all (test, store,
                     "BEGIN:VCARD\nVERSION:3.0\nFN:Demir Tekstil\nORG:Demir Tekstil\nX-ABShowAs:COMPANY\nTEL;TYPE=WORK:0212 555 01 01\n"
                     "ADR;TYPE=WORK:;;Gül Sok. 1;İzmir;;35000;Türkiye\nADR:;;Depo Sok. 2;Manisa;;45000;Türkiye\nURL:demir.example\n"
                     "URL:demir-magaza.example\nCATEGORIES:Fuar,VIP\nEND:VCARD\n"
                     "BEGIN:VCARD\nVERSION:3.0\nFN:Can Kara\nORG:DEMİR TEKSTİL\nEND:VCARD\n"
                     "BEGIN:VCARD\nVERSION:2.1\nORG:Çınar Un\nEND:VCARD\n"
                     "BEGIN:VCARD\nVERSION:4.0\nKIND:group\nFN:Arkadaşlar\nEND:VCARD\n"
                     "BEGIN:VCARD\nVERSION:4.0\nNOTE:kimse\nEND:VCARD\n",
                     "2 new, 1 changed, 0 unchanged, 2 rejected; 1 Address: – → Depo Sok. 2, Manisa, 45000, Türkiye"
                     " Web site: – → demir.example Street: – → Gül Sok. 1 City: – → İzmir Postcode: – → 35000 Country: – → Türkiye"
                     " Tags: – → Fuar Tags: – → VIP Phone: – → 0212 555 01 01 Other data: – → URL:demir-magaza.example"
                     "; rejected 22: The card is no person or firm, but a group.; rejected 27: The card has no name.");
  card_assert_query (test, "SELECT name, city, web, tags FROM client ORDER BY name",
                "Demir Tekstil Ltd. Şti.|İzmir|demir.example|Fuar, VIP\nÇınar Un|NULL|NULL|NULL");
  card_assert_query (test, "SELECT name, firm FROM person", "Can Kara|Demir Tekstil Ltd. Şti.");
}

/* Two firms of one name: the oldest is taken, and it is said; who works at one of them already stays there. */
static void
test_firms_of_one_name (CrmTest       *test,
                        gconstpointer  data)
{
  g_autoptr (CrmStore) store = crm_test_open_store (test);
  g_autofree char *position = NULL;
  g_autofree char *izmir = NULL;

  crm_test_save (store, &crm_client, 0, "name", "Demir Tekstil", "city", "Bursa", NULL);
  crm_test_save (store, &crm_client, 0, "name", "Demir Tekstil", "city", "İzmir", NULL);
  card_import (test, store, "FN:Can Kara\nUID:u-1\nORG:DEMİR TEKSTİL\n",
               ONE_NEW "; warning 1: Firm: several clients are called “DEMİR TEKSTİL”; the oldest of them is taken.");
  card_assert_query (test, "SELECT city FROM position JOIN client ON client.id = client", "Bursa");
  position = g_strchomp (crm_test_query (test->database, "SELECT id FROM position"));
  izmir = g_strchomp (crm_test_query (test->database, "SELECT id FROM client WHERE city = 'İzmir'"));
  crm_test_save (store, &crm_position, g_ascii_strtoll (position, NULL, 10), "client", izmir, NULL);
  card_import (test, store, "FN:Can Kara\nUID:u-1\nORG:Demir Tekstil\n", "0 new, 0 changed, 1 unchanged, 0 rejected");
  card_assert_query (test, "SELECT city FROM position JOIN client ON client.id = client", "İzmir");
}

/* The firm that is named anew is the second of a person: only search shows it. */
static void
test_firm_named_anew (CrmTest       *test,
                      gconstpointer  data)
{
  g_autoptr (CrmStore) store = crm_test_open_store (test);

  card_import (test, store, "FN:Can Kara\nUID:u-1\nORG:Demir\n", ONE_NEW);
  card_import (test, store, "FN:Can Kara\nUID:u-1\nORG:Çınar\n", "0 new, 1 changed, 0 unchanged, 0 rejected; 1 Firm: – → Çınar");
  card_import (test, store, "KIND:org\nFN:Çınar Ltd. Şti.\n", "0 new, 1 changed, 0 unchanged, 0 rejected; 1 Name: Çınar → Çınar Ltd. Şti.");
}

/* By UID, e-mail, phone and name, name and firm */
static void
test_match (CrmTest       *test,
            gconstpointer  data)
{
  g_autoptr (CrmStore) store = crm_test_open_store (test);

  card_import (test, store, "FN:Ayşe Yıldız\nORG:Ak Gıda\nUID:u-1\nEMAIL:ayse@ak.example\nTEL:0212 555 01 01\n", ONE_NEW);
  card_import (test, store, "FN:Ayşe Kaya\nUID:u-1\n", "0 new, 1 changed, 0 unchanged, 0 rejected; 1 Name: Ayşe Yıldız → Ayşe Kaya");
  card_import (test, store, "FN:Ayşe Nur\nN:Nur;Ayşe\nEMAIL:AYSE@ak.example\n",
               "0 new, 1 changed, 0 unchanged, 0 rejected; 1 Name: Ayşe Kaya → Ayşe Nur Family name: Kaya → Nur");
  card_import (test, store, "FN:Mehmet Kaya\nN:Kaya;Mehmet\nEMAIL:ayse@ak.example\n", ONE_NEW);
  card_import (test, store, "FN:ayşe nur\nTEL:+90 212 555 01 01\nEMAIL:a@ev.example\n",
               "0 new, 1 changed, 0 unchanged, 0 rejected; 1 E-mail: – → a@ev.example");
  card_import (test, store, "FN:Ayşe Nur\nORG:Ak Gıda Ltd.\nEMAIL:b@ev.example\n",
               "0 new, 1 changed, 0 unchanged, 0 rejected; 1 E-mail: – → b@ev.example");
  card_import (test, store, "FN:Ayşe Nur\nORG:Başka\nEMAIL:c@ev.example\n", ONE_NEW);
  card_assert_query (test, "SELECT count (*) FROM client", "2");
}

static void
test_changes (CrmTest       *test,
              gconstpointer  data)
{
  g_autoptr (CrmStore) store = crm_test_open_store (test);
  g_autofree char *birthday = crm_date_format ("1980-04-12");
  g_autofree char *expected =
    g_strdup_printf ("0 new, 1 changed, 0 unchanged, 0 rejected; 1 Role: Uzman → Müdür Birthday: – → %s Phone: – → 0212 555 01 01"
                     " Other data: X-A:1 → X-A:2", birthday);

  card_import (test, store, "FN:Ayşe Yıldız\nUID:u-1\nORG:Ak Gıda\nTITLE:Uzman\nX-A:1\nX-B:1\nNOTE:Bir\n", ONE_NEW);
  card_import (test, store, "FN:Ayşe Yıldız\nUID:u-1\nORG:Ak Gıda\nTITLE:Müdür\nX-A:2\nX-A:3\nTEL:0212 555 01 01\nBDAY:19800412\n",
               expected);
  card_assert_query (test, "SELECT line.value FROM person, json_each (extra, '$.vcard') line", "UID:u-1\nX-B:1\nX-A:2\nX-A:3");
  /* Another firm is one more; who has left one is not brought back. */
  card_import (test, store, "FN:Ayşe Yıldız\nUID:u-1\nORG:Çınar\n", "0 new, 1 changed, 0 unchanged, 0 rejected; 1 Firm: – → Çınar");
  crm_test_run_sql (test->database, "UPDATE position SET kind = 'left' WHERE role IS NULL");
  card_import (test, store, "FN:Ayşe Yıldız\nUID:u-1\nORG:Çınar\nTITLE:Ortak\n", "0 new, 0 changed, 1 unchanged, 0 rejected");
}

static void
test_same_person_twice (CrmTest       *test,
                        gconstpointer  data)
{
  g_autoptr (CrmStore) store = crm_test_open_store (test);
  g_autofree char *birthday = crm_date_format ("1980-04-13");
  g_autofree char *expected =
    g_strdup_printf ("1 new, 1 changed, 0 unchanged, 0 rejected; 9 Other data: – → X-A:2"
                     "; warning 9: Line 1 is about the same client and says otherwise: Role “Müdür” is left out."
                     "; warning 9: Line 1 is about the same client and says otherwise: Birthday “%s” is left out.", birthday);

  card_import_all (test, store,
                     "BEGIN:VCARD\nFN:Ayşe Yıldız\nEMAIL:a@ak.example\nORG:Ak Gıda\nTITLE:Uzman\nBDAY:19800412\nX-A:1\nEND:VCARD\n"
                     "BEGIN:VCARD\nFN:Ayşe Yıldız\nEMAIL:a@ak.example\nORG:Ak Gıda\nTITLE:Müdür\nBDAY:19800413\nX-A:2\nEND:VCARD\n",
                     expected);
}

static void
test_misfits (CrmTest       *test,
              gconstpointer  data)
{
  g_autoptr (CrmStore) store = crm_test_open_store (test);

  card_import (test, store, "FN:Ayşe Yıldız\nTEL:Selim'e sor\nEMAIL:yok\nBDAY:yakında\nLANG:ja\n",
               ONE_NEW "; warning 1: “Selim'e sor” is kept with the card, but in no field. A phone number has no “S”. Digits, spaces, + ( ) - . / and"
               " an extension like “ext 12” are understood.; warning 1: “yok” is kept with the card, but in no field. This e-mail address has no @.");
  card_assert_query (test, "SELECT line.value FROM person, json_each (extra, '$.vcard') line",
                "LANG:ja\nTEL:Selim'e sor\nEMAIL:yok\nBDAY:yakında");
}

/* Grouped as address books do it, and one after the other as telephones do; what is in another language is no further one. */
static void
test_jobs (CrmTest       *test,
           gconstpointer  data)
{
  g_autoptr (CrmStore) store = crm_test_open_store (test);

  card_import (test, store,
               "FN:Ayşe Yıldız\nUID:u-1\nORG:Ak Gıda;Satış\nTITLE:Müdür\nitem1.ORG:Demir A.Ş.;Kurul\nitem1.TITLE:Üye\nitem1.ROLE:Denetim\n"
               "item2.ORG:Çınar\nitem2.X-ABLabel:Eski\n", ONE_NEW);
  card_assert_query (test, "SELECT c.name, p.role, p.kind, p.main FROM position p JOIN client c ON c.id = p.client ORDER BY p.id",
                     "Ak Gıda|Müdür|current|1\nDemir A.Ş.|Üye|current|0\nÇınar|NULL|current|0");
  card_assert_query (test, "SELECT firm, role FROM person", "Ak Gıda|Müdür");
  card_assert_query (test, "SELECT line.value FROM person, json_each (extra, '$.vcard') line",
                     "UID:u-1\nORG:ak gida;Satış\nROLE:Denetim\nORG:demir;Kurul");
  card_import (test, store, "FN:Can Kara\nUID:u-2\nORG;ALTID=1;LANGUAGE=tr:Ak Gıda A.Ş.\nORG;ALTID=1;LANGUAGE=en:Ak Food\nTITLE;ALTID=1:Uzman\n"
               "TITLE;ALTID=1;LANGUAGE=en:Expert\nORG:Demir\nTITLE:Ortak\n", ONE_NEW);
  card_assert_query (test, "SELECT c.name, p.role FROM position p JOIN client c ON c.id = p.client JOIN person ON person.id = p.person"
                           " WHERE person.name = 'Can Kara' ORDER BY p.id", "Ak Gıda|Uzman\nDemir A.Ş.|Ortak");
  card_assert_query (test, "SELECT line.value FROM person, json_each (extra, '$.vcard') line WHERE name = 'Can Kara'",
                     "UID:u-2\nORG;ALTID=ak gida;LANGUAGE=en:Ak Food\nTITLE;ALTID=1;LANGUAGE=en:Expert");
  card_assert_query (test, "SELECT count (*) FROM client", "3");
  card_assert_round_trip (test, store, &crm_person, CRM_VCARD_4_0);
  card_assert_round_trip (test, store, &crm_person, CRM_VCARD_3_0);
}

/* What a card says of each; a person is found by any of the firms. */
static void
test_jobs_change (CrmTest       *test,
                  gconstpointer  data)
{
  g_autoptr (CrmStore) store = crm_test_open_store (test);

  card_import (test, store, "FN:Ayşe Yıldız\nORG:Ak Gıda\nTITLE:Müdür\nORG:Demir\nTITLE:Üye\n", ONE_NEW);
  card_import (test, store, "FN:Ayşe Yıldız\nORG:Çınar\nORG:DEMİR A.Ş.\nTITLE:Ortak\nTITLE:Başkan\n",
               "0 new, 1 changed, 0 unchanged, 0 rejected; 1 Firm: – → Çınar Role: Üye → Başkan");
  card_import (test, store, "FN:Ayşe Yıldız\nORG:Ak Gıda\nORG:AK GIDA A.Ş.\nTITLE:Müdür\nTITLE:Genel Müdür\n",
               "0 new, 1 changed, 0 unchanged, 0 rejected; 1 Other data: – → TITLE:Genel Müdür");
  card_import_all (test, store, "BEGIN:VCARD\nFN:Ayşe Yıldız\nORG:Ak Gıda\nTITLE:Müdür\nEND:VCARD\n"
                   "BEGIN:VCARD\nFN:Ayşe Yıldız\nORG:Demir\nTITLE:Başkan\nEND:VCARD\n"
                   "BEGIN:VCARD\nFN:Ayşe Yıldız\nORG:Ak Gıda\nORG:Demir\nTITLE:Müdür\nTITLE:Üye\nEND:VCARD\n",
                   "0 new, 0 changed, 3 unchanged, 0 rejected; warning 11: Line 1 is about the same client and says otherwise: Role “Üye” is left out.");
  card_assert_query (test, "SELECT c.name, p.role FROM position p JOIN client c ON c.id = p.client ORDER BY p.id",
                     "Ak Gıda|Müdür\nDemir|Başkan\nÇınar|Ortak");
  card_assert_round_trip (test, store, &crm_person, CRM_VCARD_4_0);
}

/* A later card that says more of an address makes of one that says less no further one. */
static void
test_address_filled (CrmTest       *test,
                     gconstpointer  data)
{
  g_autoptr (CrmStore) store = crm_test_open_store (test);

  card_import (test, store, "KIND:org\nFN:Ak Gıda\nADR:;;Gül Sok. 1;İzmir;;;\n", ONE_NEW);
  card_import_all (test, store, "BEGIN:VCARD\nKIND:org\nFN:Ak Gıda\nADR:;;Gül Sok. 1;İzmir;;;\nEND:VCARD\n"
                   "BEGIN:VCARD\nKIND:org\nFN:Ak Gıda\nADR:;;Gül Sok. 1;İzmir;;35000;Türkiye\nEND:VCARD\n",
                   "0 new, 1 changed, 1 unchanged, 0 rejected; 6 Postcode: – → 35000 Country: – → Türkiye");
}

/* What is damaged is told with its place, and what is behind it is read. */
static void
test_damage (CrmTest       *test,
             gconstpointer  data)
{
  g_autoptr (CrmStore) store = crm_test_open_store (test);
  g_autoptr (CrmImportOptions) options =
    card_make_options (test, "BEGIN:VCARD\nVERSION:3.0\nFN:Bir\nbu ne\nEND:VCARD\nFN:Yarım\nBEGIN:VCARD\nVERSION:3.0\nFN:İki\nEND:VCARD\n"
                  "BEGIN:VCARD\nVERSION:3.0\nFN:Üç\n");
  g_autofree char *result = thorough_import (test, store, options);

  crm_test_assert_contains (result, "3 new, 0 changed, 0 unchanged, 0 rejected");
  crm_test_assert_contains (result, "warning 4: ");
  crm_test_assert_contains (result, "warning 6: ");
  crm_test_assert_contains (result, "warning 11: The card has no end");
}

/* As many properties as a card may have, all in one group: done at once, not in the time that all pairs of pairs of them take. */
static void
test_largest_group (CrmTest       *test,
                    gconstpointer  data)
{
  g_autoptr (CrmStore) store = crm_test_open_store (test);
  g_autoptr (GString) lines = g_string_new ("FN:Ay\n");
  gint64 before = g_get_monotonic_time ();

  for (guint i = 0; i < CRM_VCARD_MAX_PROPERTIES - 1; i++)
    g_string_append_printf (lines, "item1.X-A:%u\n", i);
  card_import (test, store, lines->str, ONE_NEW);
  g_assert_cmpint (g_get_monotonic_time () - before, <, 30 * G_USEC_PER_SEC);
  card_assert_query (test, "SELECT json_array_length (extra, '$.vcard') FROM person", "999");
}

/* Several files are one import; the place says which. */
static void
test_several_files (CrmTest       *test,
                    gconstpointer  data)
{
  g_autoptr (CrmStore) store = crm_test_open_store (test);
  g_autofree char *first = crm_test_get_path (test, "a.vcf");
  g_autofree char *second = crm_test_get_path (test, "b.vcf");
  const char * const paths[] = { first, second, NULL };
  g_autoptr (CrmImportOptions) options = crm_import_options_new_for_cards (paths);
  g_autoptr (CrmImportResult) planned = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *result = NULL;
  g_autofree char *text = NULL;

  crm_test_write (first, "BEGIN:VCARD\nFN:Bir\nEND:VCARD\n", -1);
  g_assert_null (thorough_plan (test, options, &error));
  g_assert_error (error, CRM_ERROR, CRM_ERROR_UNREADABLE);
  g_clear_error (&error);
  crm_test_write (second, "BEGIN:VCARD\nFN:İki\nEND:VCARD\nBEGIN:VCARD\nEND:VCARD\n", -1);
  planned = thorough_plan (test, options, &error);
  g_assert_no_error (error);
  text = crm_import_result_to_text (planned);
  crm_test_assert_contains (text, "  b.vcf, line 4: The card has no name.");
  result = thorough_import (test, store, options);
  g_assert_cmpstr (result, ==, "2 new, 0 changed, 0 unchanged, 1 rejected; rejected 4: The card has no name.");
  card_assert_query (test, "SELECT label FROM step WHERE kind = 'do'", "Import a.vcf and 1 more: 2 cards");
}

static void
test_cancel (CrmTest       *test,
             gconstpointer  data)
{
  g_autoptr (CrmStore) store = crm_test_open_store (test);
  g_autofree char *card = card_make ("FN:Ayşe\nORG:Ak\n");
  g_autoptr (CrmImportOptions) options = card_make_options (test, card);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  CrmImportRun run = { .options = options };

  g_cancellable_cancel (cancellable);
  g_assert_false (crm_store_step (store, "", crm_import_run, &run, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  card_assert_query (test, "SELECT (SELECT count (*) FROM person), (SELECT count (*) FROM client), (SELECT count (*) FROM step)", "0|0|0");
}

/* People and firms as address books have them: under several spellings and UIDs, with numbers and addresses that others have, too. */
static void
append_random_card (GString *text)
{
  static const struct {
    const char *names[2];
    const char *firms[3];
    const char *uids[2];
    const char *phones[2];
    const char *emails[2];
  } all[] = {
    { { "FN:Ayşe Yıldız\nN:Yıldız;Ayşe\n", "FN:AYŞE YILDIZ\n" }, { "ORG:Ak Gıda\n", "ORG:AK GIDA A.Ş.;Satış\n", "" },
      { "UID:u-1\n", "UID:g-1\n" }, { "TEL;TYPE=cell:+90 532 555 01 01\n", "TEL;TYPE=work:0212 555 00 00\n" },
      { "EMAIL:ayse@ak.example\n", "EMAIL;PREF=1:AYSE@ak.example\nEMAIL:bilgi@ak.example\n" } },
    { { "FN:Mehmet Yıldız\nN:Yıldız;Mehmet\n", "N:Yıldız;Mehmet;;Dr.;\n" }, { "ORG:Ak Gıda A.Ş.\n", "ORG:Ak Gıda\n", "" },
      { "UID:u-2\n", "UID:g-2\n" }, { "item1.TEL:0212 555 00 00\nitem1.X-ABLabel:Depo\n", "TEL:0212 555 00 02\n" },
      { "EMAIL:bilgi@ak.example\n", "EMAIL:mehmet@ak.example\n" } },
    { { "FN:Can Kara\n", "N:Kara;Can\n" }, { "ORG:Çınar\n", "ORG:Çınar Ltd. Şti.\n", "ORG:Demir\n" },
      { "UID:u-3\n", "" }, { "TEL:0464 555 00 01\n", "" }, { "EMAIL:can@cinar.example\n", "" } },
    { { "FN:Nur Irmak\nN:Irmak;Nur\n", "FN:Nur Irmak\nN:Irmak;Nur;Su;;\n" }, { "", "", "" },
      { "", "" }, { "TEL;TYPE=fax:0464 555 00 02\n", "IMPP:xmpp:nur@ev.example\n" }, { "EMAIL:yok\n", "EMAIL:nur@ev.example\n" } },
    { { "KIND:org\nFN:Ak Gıda\n", "N:;;;;\nFN:Ak Gıda A.Ş.\nORG:Ak Gıda A.Ş.\n" }, { "", "", "" },
      { "UID:f-1\n", "" }, { "TEL:0212 555 00 00\n", "TEL:+90 212 555 00 00\n" }, { "EMAIL:bilgi@ak.example\n", "" } },
    { { "ORG:Çınar Ltd. Şti.\n", "X-ABShowAs:COMPANY\nFN:Hasan\nORG:Çınar Ltd. Şti.\n" }, { "", "", "" },
      { "", "" }, { "TEL:0464 555 00 01\n", "" }, { "", "" } },
    { { "", "NICKNAME:Kimse\n" }, { "", "", "" }, { "UID:u-9\n", "" }, { "TEL:0555 555 00 09\n", "" }, { "EMAIL:dokuz@ev.example\n", "" } },
  };
  static const char * const roles[] = { "", "", "TITLE:Müdür\n", "TITLE:Uzman\nROLE:Satış\n" };
  static const char * const further[] = { "", "TITLE:Müdür\nORG:Demir\nTITLE:Üye\n",
                                          "item3.ORG:Rize Çay;Kurul\nitem3.ROLE:Üye\nORG:Demir A.Ş.\n",
                                          "ORG;ALTID=1;LANGUAGE=tr:Rize Çay\nORG;ALTID=1;LANGUAGE=en:Rize Tea\nTITLE:Ortak\n" };
  static const char * const rest[] = { "", "", "X-A:1\n", "X-A:2\nX-A:3\n", "item1.X-B:1\nitem1.X-ABLabel:Bir\n", "BDAY:--0412\n",
                                       "BDAY:19800412\n", "NOTE:Bir\\nİki\n", "NOTE:Üç\n", "ADR:;;Gül Sok. 1;İzmir;;35000;Türkiye\n",
                                       "ADR:;;Dal Sok. 2;Rize;;;\nADR;PREF=1:;;Gül Sok. 1;İzmir;;;\n", "CATEGORIES:Fuar,VIP\n",
                                       "URL:ak.example\n", "PHOTO:data:image/png;base64,AAECAw==\n",
                                       "PHOTO:data:image/png;base64," PNG "\n", "PHOTO:data:image/gif;base64," GIF "\n",
                                       "LOGO:data:image/gif;base64," GIF "\n", "PHOTO:https://ak.example/foto.jpg\n", "LANG:tr\n", "LANG:ja\n" };
  guint i = (guint) g_test_rand_int_range (0, G_N_ELEMENTS (all));
  gboolean is_person = i < 4;

  g_string_append_printf (text, "BEGIN:VCARD\nVERSION:4.0\n%s%s%s%s%s%s%s%s%sEND:VCARD\n", PICK (all[i].names), PICK (all[i].firms), PICK (roles),
                          is_person ? PICK (further) : "",
                          PICK_OR_NOT (all[i].uids), PICK_OR_NOT (all[i].phones), PICK_OR_NOT (all[i].emails), PICK (rest), PICK (rest));
}

static void
test_random_files (CrmTest       *test,
                   gconstpointer  data)
{
  g_autoptr (CrmStore) store = crm_test_open_store (test);
  int n = g_test_slow () ? 2000 : (int) crm_test_rounds (60);

  for (int i = 0; i < n; i++)
    {
      g_autoptr (GString) text = g_string_new (NULL);
      g_autoptr (CrmImportOptions) options = NULL;
      g_autofree char *result = NULL;

      for (int row = g_test_rand_int_range (1, 12); row > 0; row--)
        append_random_card (text);
      g_test_message ("%s", text->str);
      options = card_make_options (test, text->str);
      result = thorough_import (test, store, options);
      if (i % 5 == 4)
        {
          card_assert_round_trip (test, store, &crm_person, CRM_VCARD_4_0);
          card_assert_round_trip (test, store, &crm_client, CRM_VCARD_4_0);
          g_clear_object (&store);
          g_remove (test->database);
          store = crm_test_open_store (test);
        }
    }
}

static void
find_cards (GPtrArray  *paths,
            const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      if (g_file_test (path, G_FILE_TEST_IS_DIR))
        find_cards (paths, path);
      else if (crm_import_is_card_file (path))
        g_ptr_array_add (paths, g_steal_pointer (&path));
    }
}

/* One by one into one base, so that cards meet what others made, and all at once. */
static void
test_corpora (CrmTest       *test,
              gconstpointer  data)
{
  g_autofree char *folder = corpora_path ("vcard");
  g_autoptr (CrmStore) store = NULL;
  g_autoptr (GPtrArray) paths = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (CrmImportOptions) all = NULL;
  g_autofree char *result = NULL;

  if (folder == NULL)
    return;
  store = crm_test_open_store (test);
  find_cards (paths, folder);
  g_assert_cmpint (paths->len, >, 50);
  for (guint i = 0; i < paths->len; i++)
    {
      const char * const single[] = { g_ptr_array_index (paths, i), NULL };
      g_autoptr (CrmImportOptions) options = crm_import_options_new_for_cards (single);
      g_autofree char *one = thorough_import (test, store, options);

      g_test_message ("%s: %s", single[0], one);
    }
  g_clear_object (&store);
  g_remove (test->database);
  store = crm_test_open_store (test);
  g_ptr_array_add (paths, NULL);
  all = crm_import_options_new_for_cards ((const char * const *) paths->pdata);
  result = thorough_import (test, store, all);
  g_test_message ("all: %s", result);
  card_assert_round_trip (test, store, &crm_person, CRM_VCARD_4_0);
  card_assert_round_trip (test, store, &crm_client, CRM_VCARD_4_0);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  crm_test_add ("/cards/person", test_person);
  crm_test_add ("/cards/firms", test_firms);
  crm_test_add ("/cards/firms-of-one-name", test_firms_of_one_name);
  crm_test_add ("/cards/firm-named-anew", test_firm_named_anew);
  crm_test_add ("/cards/match", test_match);
  crm_test_add ("/cards/changes", test_changes);
  crm_test_add ("/cards/same-person-twice", test_same_person_twice);
  crm_test_add ("/cards/jobs", test_jobs);
  crm_test_add ("/cards/jobs-change", test_jobs_change);
  crm_test_add ("/cards/address-filled", test_address_filled);
  crm_test_add ("/cards/misfits", test_misfits);
  crm_test_add ("/cards/damage", test_damage);
  crm_test_add ("/cards/largest-group", test_largest_group);
  crm_test_add ("/cards/several-files", test_several_files);
  crm_test_add ("/cards/cancel", test_cancel);
  crm_test_add ("/cards/random-files", test_random_files);
  crm_test_add ("/cards/corpora", test_corpora);
  return g_test_run ();
}
