/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crm-config.h"

#include <glib/gstdio.h>
#include <string.h>

#include "../support/corpora.h"
#include "crm-client.h"
#include "crm-error.h"
#include "crm-import.h"
#include "crm-test-store.h"
#include "thorough-import.h"

static CrmImportOptions *
make_options (const char *path)
{
  g_autoptr (GError) error = NULL;
  CrmImportOptions *options = crm_import_options_new (path, &error);

  g_assert_no_error (error);
  return options;
}

static char *
write_csv (CrmTest    *test,
           const char *name,
           const char *text)
{
  char *path = crm_test_get_path (test, name);

  crm_test_write (path, text, -1);
  return path;
}

static void
import_and_assert (CrmTest    *test,
                   CrmStore   *store,
                   CrmMatch    match,
                   const char *text,
                   const char *expected)
{
  g_autofree char *path = write_csv (test, "clients.csv", text);
  g_autoptr (CrmImportOptions) options = make_options (path);
  g_autofree char *result = NULL;

  options->match = match;
  result = thorough_import (test, store, options);
  g_assert_cmpstr (result, ==, expected);
}

static void
cancel_in_the_middle (gint64   bytes,
                      gint64   size,
                      gpointer cancellable)
{
  g_assert_cmpint (bytes, <=, size);
  if (bytes > size / 2)
    g_cancellable_cancel (cancellable);
}

static void
test_new (CrmTest       *test,
          gconstpointer  data)
{
  g_autoptr (CrmStore) store = crm_test_open_store (test);

  import_and_assert (test, store, CRM_MATCH_AUTO,
                     "Firma Ünvanı;Vergi No;Vergi Dairesi;Telefon;Cep;E-posta;Adres;İlçe;Şehir;Etiket;Segment;Kredi Limiti;Vade;Not\n"
                     "Ağaoğlu Gıda A.Ş.;1234567890;Kadıköy;0216 555 01 42;0532 555 00 01;bilgi@agaoglu.example;Lale Sok. No: 3;Kadıköy;"
                     "İstanbul;Fuar, VIP;Perakende;10.000,50;30 gün;\"İki\r\nsatır\"\n"
                     "Çınar Tekstil;;;;;;;;Bursa;;;;;\n"
                     ";;;0216 555 01 43;;;;;;;;;;\n",
                     "2 new, 0 changed, 0 unchanged, 1 rejected; rejected 5: The row has no name.");
  crm_test_assert_sql (test, "SELECT name, city, phone, email, tags, tax_office, credit_limit, currency, payment_days, notes, kind FROM client ORDER BY name DESC",
                       "Çınar Tekstil|Bursa|NULL|NULL|NULL|NULL|NULL|NULL|NULL|NULL|prospect\n"
                       "Ağaoğlu Gıda A.Ş.|İstanbul|0216 555 01 42|bilgi@agaoglu.example|Fuar, VIP|Kadıköy|1000050|TRY|30|İki\nsatır|prospect");
  crm_test_assert_sql (test, "SELECT street, district, city FROM address ORDER BY id", "Lale Sok. No: 3|Kadıköy|İstanbul\nNULL|NULL|Bursa");
  crm_test_assert_sql (test, "SELECT kind, value, main FROM contact_point ORDER BY id",
                       "phone|0216 555 01 42|1\nmobile|0532 555 00 01|1\nemail|bilgi@agaoglu.example|1");
  crm_test_assert_sql (test, "SELECT label FROM step ORDER BY id LIMIT 1", "Import clients.csv: 2 clients");
}

#define HEADER "name,city,phone,mobile,email,tax_number,tags,notes,grade,web,parent\n"

static void
test_known (CrmTest       *test,
            gconstpointer  data)
{
  g_autoptr (CrmStore) store = crm_test_open_store (test);

  import_and_assert (test, store, CRM_MATCH_AUTO,
                     HEADER
                     "Ağaoğlu Gıda,İstanbul,0216 555 01 42,,bilgi@agaoglu.example,1234567890,Fuar,Eski not,B,,\n"
                     "Çınar Tekstil,Bursa,0224 555 01 01,,,,,,,,\n",
                     "2 new, 0 changed, 0 unchanged, 0 rejected");
  /* Empty cells change nothing, spellings of one number are one number, what is there is not added. */
  import_and_assert (test, store, CRM_MATCH_AUTO,
                     HEADER
                     "Ağaoğlu Gıda A.Ş.,,+90 216 5550142,0532 555 00 01,,1234567890,\"VIP; fuar\",Yeni not,A,agaoglu.example,\n"
                     "Çınar Tekstil,Bursa,(0224) 555-01-01,,,,,,,,\n",
                     "0 new, 1 changed, 1 unchanged, 0 rejected; 2 Name: Ağaoğlu Gıda → Ağaoğlu Gıda A.Ş. Grade: B → A"
                     " Web site: – → agaoglu.example Tags: – → VIP Mobile: – → 0532 555 00 01 Notes: Eski not → Yeni not");
  crm_test_assert_sql (test, "SELECT name, city, phone, email, tags, notes, grade FROM client WHERE tax_number IS NOT NULL",
                       "Ağaoğlu Gıda A.Ş.|İstanbul|0216 555 01 42|bilgi@agaoglu.example|Fuar, VIP|Yeni not|A");
  /* Another number takes the place of the main one; columns that the file does not have stay. */
  import_and_assert (test, store, CRM_MATCH_AUTO, "Vergi No,Telefon,Ad\n1234567890,0216 555 99 99,Ağaoğlu Gıda A.Ş.\n",
                     "0 new, 1 changed, 0 unchanged, 0 rejected; 2 Phone: 0216 555 01 42 → 0216 555 99 99");
  crm_test_assert_sql (test, "SELECT kind, value FROM contact_point ORDER BY kind, value",
                       "email|bilgi@agaoglu.example\nmobile|0532 555 00 01\nphone|0216 555 99 99\nphone|0224 555 01 01");
}

static void
test_match (CrmTest       *test,
            gconstpointer  data)
{
  g_autoptr (CrmStore) store = crm_test_open_store (test);

  import_and_assert (test, store, CRM_MATCH_AUTO,
                     HEADER
                     "Ak Gıda,İstanbul,0216 555 01 42,,bilgi@ak.example,1234567890,,,,,\n"
                     "Ak Gıda,Ankara,0312 555 01 42,,,,,,,,\n"
                     "Ak Gıda,Rize,,,satis@ak.example,,,,,,\n",
                     "3 new, 0 changed, 0 unchanged, 0 rejected");
  import_and_assert (test, store, CRM_MATCH_TAX_NUMBER, HEADER "AK GIDA,,,,,123 456 78 90,,,,,\n",
                     "0 new, 1 changed, 0 unchanged, 0 rejected; 2 Name: Ak Gıda → AK GIDA Tax number: 1234567890 → 123 456 78 90");
  crm_test_undo (store, FALSE);
  import_and_assert (test, store, CRM_MATCH_EMAIL, HEADER "Ak Gıda,Edirne,,,SATIS@ak.example,1234567890,,,,,\n",
                     "0 new, 1 changed, 0 unchanged, 0 rejected; 2 City: Rize → Edirne Tax number: – → 1234567890");
  crm_test_undo (store, FALSE);
  import_and_assert (test, store, CRM_MATCH_PHONE, HEADER "Ak Un,,00903125550142,,satis@ak.example,,,,,,\n",
                     "0 new, 1 changed, 0 unchanged, 0 rejected; 2 Name: Ak Gıda → Ak Un E-mail: – → satis@ak.example");
  crm_test_undo (store, FALSE);
  import_and_assert (test, store, CRM_MATCH_NAME_CITY, HEADER "Ak Gıda,İSTANBUL,,,satis@ak.example,,,,,,\n",
                     "0 new, 1 changed, 0 unchanged, 0 rejected; 2 City: İstanbul → İSTANBUL E-mail: bilgi@ak.example → satis@ak.example");
  crm_test_undo (store, FALSE);
  /* Nothing new about one of three: it may be that one. Something new: nobody knows about which. */
  import_and_assert (test, store, CRM_MATCH_NAME, HEADER "Ak Gıda,Ankara,,,,,,,,,\n", "0 new, 0 changed, 1 unchanged, 0 rejected");
  import_and_assert (test, store, CRM_MATCH_NAME, HEADER "Ak Gıda,Van,,,,,,,,,\n",
                     "0 new, 0 changed, 0 unchanged, 1 rejected; rejected 2: Several clients have this name: it is not clear which of"
                     " them is meant.");
  import_and_assert (test, store, CRM_MATCH_NONE, HEADER "Ak Gıda,Ankara,,,,,,,,,\n", "1 new, 0 changed, 0 unchanged, 0 rejected");
}

/* By nothing named: two things that agree outweigh an address that differs; a tax number does not differ by chance. */
static void
test_match_by_phone_and_name (CrmTest       *test,
                              gconstpointer  data)
{
  g_autoptr (CrmStore) store = crm_test_open_store (test);

  import_and_assert (test, store, CRM_MATCH_AUTO, HEADER "Ak Gıda,,0216 555 01 42,,bilgi@ak.example,1234567890,,,,,\n",
                     "1 new, 0 changed, 0 unchanged, 0 rejected");
  import_and_assert (test, store, CRM_MATCH_AUTO, HEADER "Ak Gıda A.Ş.,,+90 216 555 01 42,,satis@ak.example,,,,,,\n",
                     "0 new, 1 changed, 0 unchanged, 0 rejected; 2 Name: Ak Gıda → Ak Gıda A.Ş."
                     " E-mail: bilgi@ak.example → satis@ak.example");
  import_and_assert (test, store, CRM_MATCH_AUTO, HEADER "Ak Gıda A.Ş.,,0216 555 01 42,,,0000000019,,,,,\n",
                     "1 new, 0 changed, 0 unchanged, 0 rejected");
  import_and_assert (test, store, CRM_MATCH_AUTO, HEADER "Ak Un,,0216 555 01 42,,un@ak.example,,,,,,\n",
                     "1 new, 0 changed, 0 unchanged, 0 rejected");
}

/* Two of the same name and phone, but not in the same city: the file speaks of branches. Met again, a row finds the one it made. */
static void
test_branches (CrmTest       *test,
               gconstpointer  data)
{
  g_autoptr (CrmStore) store = crm_test_open_store (test);

  import_and_assert (test, store, CRM_MATCH_AUTO,
                     "name,city,phone,grade\n"
                     "Ak Market,Bursa,0850 555 01 42,\n"
                     "Ak Market,Rize,0850 555 01 42,\n"
                     "AK MARKET,BURSA,0850 555 01 42,\n",
                     "2 new, 0 changed, 1 unchanged, 0 rejected; warning 4: Line 2 is about the same client and says otherwise:"
                     " City “BURSA” is left out.");
  import_and_assert (test, store, CRM_MATCH_AUTO, "name,city,phone,grade\nAk Market,Bursa,0850 555 01 42,\nAk Market,Rize,0850 555 01 42,A\n",
                     "0 new, 1 changed, 1 unchanged, 0 rejected; 3 Grade: – → A");
}

static void
test_match_names (void)
{
  g_autoptr (GError) error = NULL;

  for (CrmMatch i = 0; i < CRM_N_MATCHES; i++)
    {
      CrmMatch found;

      g_assert_true (crm_match_find (crm_match_get_name (i), &found, NULL));
      g_assert_cmpint (found, ==, i);
      g_assert_nonnull (crm_match_get_label (i));
    }
  g_assert_false (crm_match_find ("colour", &(CrmMatch) { 0 }, &error));
  g_assert_error (error, CRM_ERROR, CRM_ERROR_NOT_FOUND);
}

static void
test_same_client_twice (CrmTest       *test,
                        gconstpointer  data)
{
  g_autoptr (CrmStore) store = crm_test_open_store (test);

  import_and_assert (test, store, CRM_MATCH_AUTO,
                     HEADER
                     "Ak Gıda,İstanbul,0216 555 01 42,,,1234567890,Fuar,Bir,,,\n"
                     "Ak Gıda,İstanbul,0216 555 01 42,,,1234567890,Fuar,Bir,,,\n"
                     "AK GIDA,İzmir,0216 555 01 43,0532 555 01 43,bilgi@ak.example,1234567890,VIP,İki,A,,\n"
                     "Başkası,,,,,1234567890,,,,,\n",
                     "1 new, 1 changed, 1 unchanged, 1 rejected; 4 Grade: – → A Tags: – → VIP Phone: – → 0216 555 01 43"
                     " Mobile: – → 0532 555 01 43 E-mail: – → bilgi@ak.example Notes: – → İki"
                     "; rejected 5: Line 2 is about the same client, but by another name than “Başkası”."
                     "; warning 4: Line 2 is about the same client and says otherwise: City “İzmir” is left out.");
  crm_test_assert_sql (test, "SELECT name, city, phone, tags, notes, grade FROM client",
                       "Ak Gıda|İstanbul|0216 555 01 42|Fuar, VIP|Bir\nİki|A");
  crm_test_assert_sql (test, "SELECT kind, value, label, main FROM contact_point ORDER BY value",
                       "phone|0216 555 01 42|NULL|1\nphone|0216 555 01 43|NULL|0\nmobile|0532 555 01 43|NULL|1\nemail|bilgi@ak.example|NULL|1");
}

static void
test_shared_phone (CrmTest       *test,
                   gconstpointer  data)
{
  g_autoptr (CrmStore) store = crm_test_open_store (test);
  const char *text = HEADER "Ak Gıda,,0216 555 01 42,,,,,,,,\nAk Un,,0216 555 01 42,,,,,,,,\nAk Gıda,,0216 555 01 42,,,,,,B,,\n";

  import_and_assert (test, store, CRM_MATCH_AUTO, text, "2 new, 1 changed, 0 unchanged, 0 rejected; 4 Grade: – → B");
  crm_test_undo (store, FALSE);
  import_and_assert (test, store, CRM_MATCH_PHONE, text,
                     "1 new, 1 changed, 0 unchanged, 1 rejected; 4 Grade: – → B"
                     "; rejected 3: Line 2 is about the same client, but by another name than “Ak Un”.");
}

/* One name of two clients says not which is meant: the oldest is taken, and it is said. */
static void
test_shared_name (CrmTest       *test,
                  gconstpointer  data)
{
  g_autoptr (CrmStore) store = crm_test_open_store (test);
  const char *warned = "1 new, 0 changed, 0 unchanged, 0 rejected; warning 2: Belongs to: several clients are called “ak holding”; the oldest of them is taken.";

  crm_test_save (store, &crm_client, 0, "name", "Ak Holding", "city", "Bursa", NULL);
  crm_test_save (store, &crm_client, 0, "name", "AK HOLDİNG", "city", "İzmir", NULL);
  import_and_assert (test, store, CRM_MATCH_AUTO, "name,parent\nAk Un,ak holding\n", warned);
  crm_test_assert_sql (test, "SELECT p.city FROM client c JOIN client p ON p.id = c.parent", "Bursa");
  import_and_assert (test, store, CRM_MATCH_AUTO, "name,parent\nAk Süt,Ak Su\nAk Su,\n", "2 new, 0 changed, 0 unchanged, 0 rejected");
}

static void
test_references (CrmTest       *test,
                 gconstpointer  data)
{
  g_autoptr (CrmStore) store = crm_test_open_store (test);

  import_and_assert (test, store, CRM_MATCH_AUTO,
                     HEADER "Ak Un,,,,,,,,,,Ak Holding\nAk Holding,,,,,,,,,,\nAk Süt,,,,,,,,,,ak holding\nAk Su,,,,,,,,,,Kimse\n",
                     "4 new, 0 changed, 0 unchanged, 0 rejected; warning 5: Belongs to: “Kimse” does not exist.");
  crm_test_assert_sql (test, "SELECT c.name, p.name FROM client c JOIN client p ON p.id = c.parent ORDER BY c.id",
                       "Ak Un|Ak Holding\nAk Süt|Ak Holding");
  import_and_assert (test, store, CRM_MATCH_AUTO, HEADER "Ak Su,,,,,,,,,,Kimse\nKimse,,,,,,,,,,Kimse\n",
                     "1 new, 1 changed, 0 unchanged, 0 rejected; warning 3: Belongs to: “Kimse” cannot be chosen for itself.");
  /* Whom a row means is unclear wherever the client stands that it refers to, but only if there is one. */
  import_and_assert (test, store, CRM_MATCH_AUTO, "name,mobile,phone\nBİZ,0532 555 00 04,\nBİZ,,0464 555 00 02\n",
                     "2 new, 0 changed, 0 unchanged, 0 rejected");
  import_and_assert (test, store, CRM_MATCH_AUTO, "name,phone,parent\nBİZ,,Biz Holding\nBiz,0464 555 00 02,\nBiz Holding,,\n",
                     "1 new, 0 changed, 1 unchanged, 1 rejected"
                     "; rejected 2: Several clients have this name: it is not clear which of them is meant.");
  import_and_assert (test, store, CRM_MATCH_AUTO,
                     "name,city,phone,mobile,parent\nSiz,,216 555 0142,,\nSiz,Bursa,,0532 555 00 02,\nSiz,Bursa,,,Kimsesiz\n"
                     "Siz,Bursa,0216 555 01 42,,\nSİZ,,,0532 555 00 02,Siz Holding\nSiz Holding,,,,\n",
                     "3 new, 1 changed, 2 unchanged, 0 rejected; 5 City: – → Bursa"
                     "; warning 6: Line 3 is about the same client and says otherwise: Belongs to “Siz Holding” is left out."
                     "; warning 4: Belongs to: “Kimsesiz” does not exist.");
}

static void
test_circles (CrmTest       *test,
              gconstpointer  data)
{
  g_autoptr (CrmStore) store = crm_test_open_store (test);

  /* Within the file, forwards and backwards */
  import_and_assert (test, store, CRM_MATCH_AUTO, HEADER "Ak Un,,,,,,,,,,Ak Süt\nAk Süt,,,,,,,,,,Ak Su\nAk Su,,,,,,,,,,Ak Un\n",
                     "3 new, 0 changed, 0 unchanged, 0 rejected"
                     "; warning 3: Belongs to: “Ak Su” cannot be chosen for “Ak Süt”, because it leads back to “Ak Süt” itself.");
  crm_test_assert_sql (test, "SELECT c.name, p.name FROM client c JOIN client p ON p.id = c.parent ORDER BY c.id", "Ak Un|Ak Süt\nAk Su|Ak Un");
  /* Against what the base says; the rest of the row is taken */
  import_and_assert (test, store, CRM_MATCH_AUTO, HEADER "Ak Süt,,,,,,,,A,,Ak Su\n",
                     "0 new, 1 changed, 0 unchanged, 0 rejected; 2 Grade: – → A"
                     "; warning 2: Belongs to: “Ak Su” cannot be chosen for “Ak Süt”, because it leads back to “Ak Süt” itself.");
  import_and_assert (test, store, CRM_MATCH_AUTO, HEADER "Ak Süt,,,,,,,,,,Ak Un\n",
                     "0 new, 0 changed, 1 unchanged, 0 rejected"
                     "; warning 2: Belongs to: “Ak Un” cannot be chosen for “Ak Süt”, because it leads back to “Ak Süt” itself.");
  crm_test_assert_sql (test, "SELECT name, grade FROM client WHERE parent IS NULL", "Ak Süt|A");
  /* A later row may open the circle. */
  import_and_assert (test, store, CRM_MATCH_AUTO, "name,parent\nBiz Un,Biz Su\nBiz Su,Biz Un\nBiz Süt,\n",
                     "3 new, 0 changed, 0 unchanged, 0 rejected"
                     "; warning 2: Belongs to: “Biz Su” cannot be chosen for “Biz Un”, because it leads back to “Biz Un” itself.");
  import_and_assert (test, store, CRM_MATCH_AUTO, "name,parent\nBiz Un,Biz Su\nBiz Su,Biz Süt\n",
                     "0 new, 2 changed, 0 unchanged, 0 rejected; 3 Belongs to: Biz Un → Biz Süt");
  /* Imported again, the circle tells the first row's client from the other one of that name no better than the first time. */
  import_and_assert (test, store, CRM_MATCH_EMAIL, "name,mobile,email,parent\nSiz,,,Siz\nSIZ,0532 555 00 05,,\nSiz,,h@siz.example,Siz\n",
                     "2 new, 1 changed, 0 unchanged, 0 rejected; 3 Mobile: – → 0532 555 00 05"
                     "; warning 2: Belongs to: “Siz” cannot be chosen for “Siz”, because it leads back to “Siz” itself.");
}

static void
test_misfits (CrmTest       *test,
              gconstpointer  data)
{
  g_autoptr (CrmStore) store = crm_test_open_store (test);

  import_and_assert (test, store, CRM_MATCH_AUTO,
                     "name;phone;email;tax_number;kind;credit_limit;payment_days;currency;notes\n"
                     "Ak Gıda;ask Ayşe;;;Müşteri adayı;;peşin;Lira;\n"
                     "Ak Un;0216 555 01 42, 0216 555 01 43;a@ak.example; ;client;100;-5;TL;\n"
                     "Ak Süt;;a.ak.example;;;;;;\n"
                     "Ak Su;;;1234567891;;;;;\n"
                     "Ak Yem;;;;;çok;;;\n"
                     "Ak Tuz;;ayse@intranet;;;;;;\n"
                     "Ak Et;;;;;;;;;fazla\n"
                     "Ak Bal\n",
                     "4 new, 0 changed, 0 unchanged, 4 rejected"
                     "; rejected 4: email “a.ak.example”: This e-mail address has no @."
                     "; rejected 5: This tax number has a wrong check digit. Compare it with the tax certificate."
                     "; rejected 6: Credit limit: “çok” is not an amount."
                     "; rejected 8: The row has 10 cells, but there are only 9 columns."
                     "; warning 2: currency “Lira” goes to the notes. It is no code of a currency."
                     "; warning 2: kind “Müşteri adayı” goes to the notes. Kind: “Müşteri adayı” is none of: prospect, client,"
                     " key_client, partner, contractor, former."
                     "; warning 2: phone “ask Ayşe” goes to the notes. A phone number has no “a”. Digits, spaces, + ( ) - . / and an"
                     " extension like “ext 12” are understood."
                     "; warning 2: payment_days “peşin” goes to the notes. It is no number of days."
                     "; warning 3: payment_days “-5” goes to the notes. It is no number of days."
                     "; warning 7: email “ayse@intranet” goes to the notes. What stands behind the @ of this e-mail address is no domain,"
                     " like example.com.");
}

static void
test_cancel (CrmTest       *test,
             gconstpointer  data)
{
  g_autoptr (CrmStore) store = crm_test_open_store (test);
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  g_autoptr (GString) text = g_string_new ("name,phone\n");
  g_autofree char *path = NULL;
  g_autoptr (CrmImportOptions) options = NULL;
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  CrmImportRun args = { 0 };

  import_and_assert (test, store, CRM_MATCH_AUTO, "name\nAk Gıda\n", "1 new, 0 changed, 0 unchanged, 0 rejected");
  for (int i = 0; i < 5000; i++)
    g_string_append_printf (text, "Ak %d,0216 555 %04d\n", i, i);
  path = write_csv (test, "many.csv", text->str);
  args.options = options = make_options (path);
  args.progress = cancel_in_the_middle;
  args.data = cancellable;
  before = crm_test_dump (test->database, NULL);
  g_assert_false (crm_store_step (store, "Import", crm_import_run, &args, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_null (args.result);
  after = crm_test_dump (test->database, NULL);
  g_assert_cmpstr (before, ==, after);
}

/* As Excel saves on a Turkish Windows: semicolons, code page 1254, decimal commas */
static void
test_turkish_excel (CrmTest       *test,
                    gconstpointer  data)
{
  g_autoptr (CrmStore) store = crm_test_open_store (test);
  const char *text = "Müşteri Adı;Şehir;İlçe;Telefon;Vergi No;Kredi Limiti;Açıklama\r\n"
                     "ÇIĞIR İÇECEK LTD. ŞTİ.;İSTANBUL;ŞİŞLİ;0 212 555 12 34;1234567890;1.250,75;\"Fuar; Ağustos\"\r\n"
                     "ışık gıda;Ağrı;;;;;\r\n";
  gsize length;
  g_autofree char *bytes = g_convert (text, -1, "WINDOWS-1254", "UTF-8", NULL, &length, NULL);
  g_autofree char *path = crm_test_get_path (test, "müşteriler.csv");
  g_autoptr (CrmImportOptions) options = NULL;
  g_autofree char *result = NULL;

  crm_test_write (path, bytes, (gssize) length);
  options = make_options (path);
  g_assert_cmpint (options->format.encoding, ==, CRM_CSV_WINDOWS_1254);
  g_assert_cmpint (options->format.delimiter, ==, ';');
  result = thorough_import (test, store, options);
  g_assert_cmpstr (result, ==, "2 new, 0 changed, 0 unchanged, 0 rejected");
  crm_test_assert_sql (test, "SELECT name, city, phone, tax_number, credit_limit, notes FROM client ORDER BY id",
                       "ÇIĞIR İÇECEK LTD. ŞTİ.|İSTANBUL|0 212 555 12 34|1234567890|125075|Fuar; Ağustos\n"
                       "ışık gıda|Ağrı|NULL|NULL|NULL|NULL");
}

static void
test_refused (CrmTest       *test,
              gconstpointer  data)
{
  g_autoptr (CrmStore) store = crm_test_open_store (test);
  g_autofree char *empty = write_csv (test, "empty.csv", "");
  g_autofree char *nameless = write_csv (test, "nameless.csv", "phone,city\n0216 555 01 42,Bursa\n");
  g_autofree char *header = write_csv (test, "header.csv", "name,city\n");
  g_autoptr (CrmImportOptions) options = NULL;
  g_autoptr (CrmImportResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *description = NULL;

  g_assert_null (crm_import_options_new (empty, &error));
  g_assert_error (error, CRM_ERROR, CRM_ERROR_INVALID);
  g_clear_error (&error);
  options = make_options (nameless);
  g_assert_null (thorough_plan (test, options, &error));
  g_assert_error (error, CRM_ERROR, CRM_ERROR_INVALID);
  g_clear_error (&error);
  crm_import_options_free (options);
  options = make_options (header);
  result = thorough_plan (test, options, &error);
  g_assert_no_error (error);
  description = thorough_describe (result);
  g_assert_cmpstr (description, ==, "0 new, 0 changed, 0 unchanged, 0 rejected");
}

static void
test_undo_after_restart (CrmTest       *test,
                         gconstpointer  data)
{
  CrmStore *store = crm_test_open_store (test);
  g_autoptr (GString) text = g_string_new ("name,city,phone,email,tags\n");
  g_autofree char *path = NULL;
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  g_autoptr (CrmImportOptions) options = NULL;
  g_autoptr (CrmImportResult) result = NULL;

  import_and_assert (test, store, CRM_MATCH_AUTO, "name,phone,city\nAk 7,0216 555 0007,İzmir\nAk 8,0216 555 9999,Bursa\n",
                     "2 new, 0 changed, 0 unchanged, 0 rejected");
  before = crm_test_dump (test->database, thorough_log_tables);
  for (int i = 0; i < 50000; i++)
    g_string_append_printf (text, "Ak %d,Edirne,0216 55%d %04d,bilgi%d@ak.example,Fuar\n", i, i / 10000, i % 10000, i);
  path = write_csv (test, "many.csv", text->str);
  options = make_options (path);
  options->match = CRM_MATCH_NAME;
  result = thorough_run (store, options, 50000);
  g_assert_cmpint (result->n_new, ==, 49998);
  g_assert_cmpint (result->n_changed, ==, 2);
  crm_test_assert_search (store);
  crm_store_close (store);
  g_object_unref (store);
  store = crm_test_open_store (test);
  crm_test_undo (store, FALSE);
  after = crm_test_dump (test->database, thorough_log_tables);
  g_assert_cmpstr (before, ==, after);
  crm_test_assert_search (store);
  g_object_unref (store);
}

#define PICK(list) list[g_test_rand_int_range (0, G_N_ELEMENTS (list))]
#define PICK_OR_NOT(list) (g_test_rand_bit () ? PICK (list) : "")

/* Seven firms, of which two have the same name and three the same phone, spelled in several ways and told of by halves. */
static void
append_random_row (GString *text)
{
  static const struct {
    const char *names[2];
    const char *cities[2];
    const char *phones[2];
    const char *emails[2];
    const char *number;
  } firms[] = {
    { { "Ak Gıda", "AK GIDA" }, { "Bursa", "BURSA" }, { "0216 555 01 42", "+90 216 5550142" }, { "a@ak.example", "A@ak.example" }, "1234567890" },
    { { "Ak Gıda", "ak gida" }, { "İzmir", "Izmir" }, { "0216 555 01 43", "0216 555 01 43" }, { "b@ak.example; c@ak.example", "c@ak.example" }, "" },
    { { "Ak Un", "AK UN" }, { "Bursa", "Bursa" }, { "0216 555 01 42", "216 555 0142" }, { "", "" }, "0000000001" },
    { { "Ak Süt", "Ak Süt" }, { "", "" }, { "0216 555 01 42", "" }, { "d@ak.example", "" }, "" },
    { { "Çınar", "ÇINAR" }, { "Rize", "" }, { "0464 555 00 01", "0464 555 00 02" }, { "", "" }, "" },
    { { "Holding", "HOLDING" }, { "Rize", "Ankara" }, { "ask", "" }, { "h@ak.example", "" }, "0000000019" },
    { { "Irmak", "IRMAK" }, { "Ağrı", "AĞRI" }, { "", "" }, { "", "" }, "" },
  };
  static const char * const notes[] = { "", "", "Bir", "İki", "\"Bir\nİki\"", "\"Üç\n\nİki\"" };
  static const char * const tags[] = { "", "", "Fuar", "\"fuar, VIP\"" };
  static const char * const kinds[] = { "", "", "client", "prospect", "friend" };
  static const char * const parents[] = { "", "", "Holding", "Irmak", "Kimse" };
  guint i = (guint) g_test_rand_int_range (0, G_N_ELEMENTS (firms));

  g_autofree char *mobile = g_strdup_printf ("0532 555 00 0%u", i);

  g_string_append_printf (text, "%s,%s,%s,%s,%s,%s,%s,%s,%s,%s\n", PICK (firms[i].names), PICK (firms[i].cities),
                          PICK_OR_NOT (firms[i].phones), g_test_rand_int_range (0, 5) > 0 ? "" : mobile,
                          PICK_OR_NOT (firms[i].emails), g_test_rand_bit () ? firms[i].number : "", PICK (notes), PICK (tags),
                          PICK (kinds), PICK (parents));
}

static void
test_random_files (CrmTest       *test,
                   gconstpointer  data)
{
  g_autoptr (CrmStore) store = crm_test_open_store (test);
  static const CrmMatch matches[] = { CRM_MATCH_AUTO, CRM_MATCH_TAX_NUMBER, CRM_MATCH_EMAIL };
  int n = g_test_slow () ? 2000 : (int) crm_test_rounds (60);

  for (int i = 0; i < n; i++)
    {
      g_autoptr (GString) text = g_string_new ("name,city,phone,mobile,email,tax_number,notes,tags,kind,parent\n");
      g_autofree char *path = NULL;
      g_autofree char *result = NULL;
      g_autoptr (CrmImportOptions) options = NULL;

      for (int row = g_test_rand_int_range (1, 12); row > 0; row--)
        append_random_row (text);
      path = write_csv (test, "random.csv", text->str);
      options = make_options (path);
      options->match = PICK (matches);
      g_test_message ("match by %s:\n%s", crm_match_get_name (options->match), text->str);
      result = thorough_import (test, store, options);
      if (i % 5 == 4)
        {
          g_clear_object (&store);
          g_remove (test->database);
          store = crm_test_open_store (test);
        }
    }
}

static void
import_file (CrmTest    *test,
             CrmStore   *store,
             const char *path,
             const char *name)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (CrmImportOptions) options = crm_import_options_new (path, &error);
  g_autofree char *result = NULL;

  if (options != NULL && crm_mapping_has_name (options->mapping))
    {
      result = thorough_import (test, store, options);
      g_test_message ("%s: %s", name, result);
      return;
    }
  if (options != NULL)
    g_assert_null (thorough_plan (test, options, &error));
  g_assert_error (error, CRM_ERROR, CRM_ERROR_INVALID);
  g_test_message ("%s: refused: %s", name, error->message);
}

static void
import_folder (CrmTest    *test,
               CrmStore   *store,
               const char *path)
{
  g_autoptr (GDir) folder = g_dir_open (path, 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (folder)) != NULL)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);

      if (g_file_test (child, G_FILE_TEST_IS_DIR))
        import_folder (test, store, child);
      else if (g_str_has_suffix (name, ".csv") || g_str_has_suffix (name, ".tsv"))
        import_file (test, store, child, name);
    }
}

/* Into one base, so that files meet the clients of others. */
static void
test_corpora (CrmTest       *test,
              gconstpointer  data)
{
  g_autoptr (CrmStore) store = crm_test_open_store (test);
  g_autofree char *path = corpora_path ("csv");

  if (path != NULL)
    import_folder (test, store, path);
}

int
main (int   argc,
      char *argv[])
{
  g_setenv ("LC_ALL", "C.UTF-8", TRUE);
  g_test_init (&argc, &argv, NULL);
  crm_test_add ("/import/new", test_new);
  crm_test_add ("/import/known", test_known);
  crm_test_add ("/import/match", test_match);
  crm_test_add ("/import/match-by-phone-and-name", test_match_by_phone_and_name);
  crm_test_add ("/import/branches", test_branches);
  g_test_add_func ("/import/match-names", test_match_names);
  crm_test_add ("/import/same-client-twice", test_same_client_twice);
  crm_test_add ("/import/shared-phone", test_shared_phone);
  crm_test_add ("/import/shared-name", test_shared_name);
  crm_test_add ("/import/references", test_references);
  crm_test_add ("/import/circles", test_circles);
  crm_test_add ("/import/misfits", test_misfits);
  crm_test_add ("/import/cancel", test_cancel);
  crm_test_add ("/import/turkish-excel", test_turkish_excel);
  crm_test_add ("/import/refused", test_refused);
  crm_test_add ("/import/random-files", test_random_files);
  crm_test_add ("/import/undo-after-restart", test_undo_after_restart);
  crm_test_add ("/import/corpora", test_corpora);
  return g_test_run ();
}
