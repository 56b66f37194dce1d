/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crm-config.h"

#include <string.h>

#include "card-import.h"
#include "crm-client.h"
#include "crm-content.h"
#include "crm-document-store.h"
#include "crm-error.h"
#include "crm-person.h"
#include "thorough-import.h"

/* The beginning of a picture, which says how large it is, and as much behind it as makes @size bytes. */
static GBytes *
make_picture (guint  width,
              guint  height,
              gsize  size,
              guint8 filler)
{
  guint8 *data = g_malloc (size);

  memset (data, filler, size);
  memcpy (data, "\x89PNG\r\n\x1A\n\0\0\0\rIHDR", 16);
  for (guint i = 0; i < 4; i++)
    {
      data[16 + i] = (guint8) (width >> (24 - 8 * i));
      data[20 + i] = (guint8) (height >> (24 - 8 * i));
    }
  return g_bytes_new_take (data, size);
}

static char *
encode (GBytes *picture)
{
  return g_base64_encode (g_bytes_get_data (picture, NULL), g_bytes_get_size (picture));
}

/* @format: of the lines of a card, in which %s is the picture */
static char *
fill (const char *format,
      GBytes     *picture)
{
  g_autofree char *base64 = encode (picture);
  g_auto (GStrv) parts = g_strsplit (format, "%s", -1);

  return g_strjoinv (base64, parts);
}

/* Sizes are told in the language of whoever runs the test: $300 is one of 300 bytes. */
static char *
expect (const char *format)
{
  static const guint sizes[] = { 48000, 300 };
  g_autoptr (GString) text = g_string_new (format);

  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      g_autofree char *mark = g_strdup_printf ("$%u", sizes[i]);
      g_autofree char *size = g_format_size (sizes[i]);

      g_string_replace (text, mark, size, 0);
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
import_picture (CrmTest    *test,
                CrmStore   *store,
                const char *format,
                GBytes     *picture,
                const char *expected)
{
  g_autofree char *lines = fill (format, picture);
  g_autofree char *text = expect (expected);

  card_import (test, store, lines, text);
}

static guint
count_files (CrmTest *test)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GHashTable) hashes = crm_content_list (test->database, &error);

  g_assert_no_error (error);
  return g_hash_table_size (hashes);
}

static void
assert_kept (CrmTest    *test,
             const char *sql,
             GBytes     *picture)
{
  g_autofree char *expected = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, picture);
  g_autofree char *path = crm_content_get_path (test->database, expected);
  g_autoptr (GBytes) bytes = crm_test_read (path);

  card_assert_query (test, sql, expected);
  g_assert_true (g_bytes_equal (bytes, picture));
  g_assert_cmpint (crm_test_get_mode (path), ==, 0600);
}

static void
assert_round_trips (CrmTest         *test,
                    CrmStore        *store,
                    const CrmEntity *entity)
{
  card_assert_round_trip (test, store, entity, CRM_VCARD_4_0);
  card_assert_round_trip (test, store, entity, CRM_VCARD_3_0);
}

/* As every version writes it; the second is what the card has besides. */
static void
test_photo (CrmTest       *test,
            gconstpointer  data)
{
  g_autoptr (CrmStore) store = crm_test_open_store (test);
  g_autoptr (GBytes) photo = make_picture (96, 96, 48000, 1);
  g_autoptr (GBytes) other = make_picture (64, 64, 300, 2);

  import_picture (test, store, "FN:Ayşe Yıldız\nUID:u-1\nPHOTO;ENCODING=b;TYPE=JPEG:%s\nNOTE:Bir\n", photo, ONE_NEW);
  assert_kept (test, "SELECT photo FROM person", photo);
  card_assert_query (test, "SELECT d.name, d.kind, d.size, d.media_type, d.client, p.name FROM document d JOIN person p ON p.id = d.person",
                     "photo.png|photo|48000|image/png|NULL|Ayşe Yıldız");
  card_assert_query (test, "SELECT line.value FROM person, json_each (extra, '$.vcard') line", "UID:u-1");
  import_picture (test, store, "FN:Ayşe Yıldız\nUID:u-1\nPHOTO:data:image/png;base64,%s\n", photo, "0 new, 0 changed, 1 unchanged, 0 rejected");
  import_picture (test, store, "FN:Ayşe Yıldız\nUID:u-1\nPHOTO:data:image/png;base64,%s\n", other,
                  "0 new, 1 changed, 0 unchanged, 0 rejected; 1 Photo: $48000 PNG → $300 PNG");
  assert_kept (test, "SELECT photo FROM person", other);
  card_assert_query (test, "SELECT count (*), sum (deleted IS NULL) FROM document", "2|1");
  assert_round_trips (test, store, &crm_person);
}

/* Somebody who was there without one */
static void
test_photo_of_known (CrmTest       *test,
                     gconstpointer  data)
{
  g_autoptr (CrmStore) store = crm_test_open_store (test);
  g_autoptr (GBytes) photo = make_picture (96, 96, 300, 1);

  crm_test_save (store, &crm_person, 0, "name", "Can Kara", NULL);
  import_picture (test, store, "FN:Can Kara\nPHOTO;VALUE=uri:https://kara.example/can.png\nitem1.PHOTO:data:image/png;base64,%s\n"
                  "item1.X-ABLabel:Tatilde\n", photo,
                  "0 new, 1 changed, 0 unchanged, 0 rejected; 1 Photo: – → $300 PNG Other data: – → PHOTO;VALUE=uri:https://kara.example/can.png");
  assert_kept (test, "SELECT photo FROM person", photo);
  assert_round_trips (test, store, &crm_person);
}

static void
test_logo (CrmTest       *test,
           gconstpointer  data)
{
  g_autoptr (CrmStore) store = crm_test_open_store (test);
  g_autoptr (GBytes) logo = make_picture (96, 32, 300, 1);
  g_autoptr (GBytes) photo = make_picture (32, 32, 300, 2);
  g_autofree char *with_photo = fill ("KIND:org\nFN:Ak Gıda\nPHOTO:data:image/png;base64,%s\n", photo);
  g_autofree char *format = g_strconcat (with_photo, "LOGO:data:image/png;base64,%s\n", NULL);

  card_import (test, store, with_photo, ONE_NEW);
  assert_kept (test, "SELECT logo FROM client", photo);
  assert_round_trips (test, store, &crm_client);
  import_picture (test, store, format, logo,
                  "0 new, 1 changed, 0 unchanged, 0 rejected; 1 Logo: $300 PNG → $300 PNG Other data: – →"
                  " PHOTO:data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAACAAAAAgAgICAgICAgICAgICAgICAgICAgICAgICAgICAgIC…");
  assert_kept (test, "SELECT logo FROM client", logo);
  card_assert_query (test, "SELECT name, kind FROM document WHERE deleted IS NULL", "logo.png|logo");
  assert_round_trips (test, store, &crm_client);
  /* That of a person's card is the firm's, but of which of its cards is not known: it stays with the card. */
  import_picture (test, store, "FN:Can Kara\nORG:Ak Gıda\nLOGO:data:image/png;base64,%s\n", photo, ONE_NEW);
  assert_kept (test, "SELECT logo FROM client", logo);
  card_assert_query (test, "SELECT photo FROM person", "NULL");
  assert_round_trips (test, store, &crm_person);
}

/* What is no picture that is known here stays with the card. */
static void
test_others (CrmTest       *test,
             gconstpointer  data)
{
  g_autoptr (CrmStore) store = crm_test_open_store (test);

  card_import (test, store, "FN:Ayşe\nPHOTO:data:image/jpeg;base64,AAECAw==\n", ONE_NEW);
  card_import (test, store, "FN:Can\nPHOTO;VALUE=uri:https://kara.example/can.png\n", ONE_NEW);
  card_assert_query (test, "SELECT extra FROM person ORDER BY name",
                     "{\"vcard\":[\"PHOTO:data:image/jpeg;base64,AAECAw==\"]}\n{\"vcard\":[\"PHOTO;VALUE=uri:https://kara.example/can.png\"]}");
  card_assert_query (test, "SELECT count (*) FROM document", "0");
  g_assert_cmpuint (count_files (test), ==, 0);
  assert_round_trips (test, store, &crm_person);
  card_import (test, store, "KIND:org\nFN:Ak\nLOGO;TYPE=svg+xml;ENCODING=b:PHN2ZyB4bWxucz0iaHR0cDovL3d3dy53My5vcmcvMjAwMC9zdmciLz4=\n", ONE_NEW);
  card_assert_query (test, "SELECT name, media_type FROM document", "logo.svg|image/svg+xml");
  assert_round_trips (test, store, &crm_client);
}

/* Refused with its place; the rest is taken. */
static void
test_absurd (CrmTest       *test,
             gconstpointer  data)
{
  g_autoptr (CrmStore) store = crm_test_open_store (test);
  g_autoptr (GBytes) pixels = make_picture (60000, 60000, 300, 1);
  g_autoptr (GBytes) bytes = make_picture (60, 60, 7 * 1024 * 1024, 1);
  g_autoptr (GBytes) fitting = make_picture (7000, 7000, 300, 1);

  import_picture (test, store, "FN:Ayşe\nX-A:1\nPHOTO:data:image/png;base64,%s\nX-B:1\n", pixels,
                  ONE_NEW "; warning 5: PHOTO has more than 50 megapixels and was left out.");
  import_picture (test, store, "FN:Can\nPHOTO:data:image/png;base64,%s\nX-B:1\n", bytes,
                  ONE_NEW "; warning 4: PHOTO is larger than 8 MiB and was left out.");
  card_assert_query (test, "SELECT extra FROM person ORDER BY name", "{\"vcard\":[\"X-A:1\",\"X-B:1\"]}\n{\"vcard\":[\"X-B:1\"]}");
  g_assert_cmpuint (count_files (test), ==, 0);
  import_picture (test, store, "FN:Ayşe\nPHOTO:data:image/png;base64,%s\n", fitting,
                  "0 new, 1 changed, 0 unchanged, 0 rejected; 1 Photo: – → $300 PNG");
  assert_round_trips (test, store, &crm_person);
}

/* The first that a file says counts; one that several have is one file. */
static void
test_same_file (CrmTest       *test,
                gconstpointer  data)
{
  g_autoptr (CrmStore) store = crm_test_open_store (test);
  g_autoptr (GBytes) photo = make_picture (96, 96, 300, 1);
  g_autoptr (GBytes) other = make_picture (64, 64, 300, 2);
  g_autofree char *first = fill ("BEGIN:VCARD\nFN:Ayşe\nUID:u-1\nEND:VCARD\n"
                                 "BEGIN:VCARD\nFN:Ayşe\nUID:u-1\nPHOTO;ENCODING=b:%s\nEND:VCARD\n"
                                 "BEGIN:VCARD\nFN:Can\nUID:u-2\nPHOTO;ENCODING=b:%s\nEND:VCARD\n"
                                 "BEGIN:VCARD\nFN:Ayşe\nUID:u-1\nPHOTO;ENCODING=b:%s\nEND:VCARD\n", photo);
  g_autofree char *second = fill ("BEGIN:VCARD\nFN:Ayşe\nUID:u-1\nPHOTO;ENCODING=b:%s\nEND:VCARD\n", other);
  g_autofree char *text = g_strconcat (first, second, NULL);
  g_autofree char *expected = expect ("2 new, 1 changed, 2 unchanged, 0 rejected; 5 Photo: – → $300 PNG"
                                      "; warning 20: Line 1 is about the same client and says otherwise: Photo “$300 PNG” is left out.");

  card_import_all (test, store, text, expected);
  card_assert_query (test, "SELECT count (*), count (DISTINCT hash) FROM document WHERE deleted IS NULL", "2|1");
  g_assert_cmpuint (count_files (test), ==, 1);
}

static void
cancel (gint64   bytes,
        gint64   size,
        gpointer cancellable)
{
  g_cancellable_cancel (cancellable);
}

/* Neither leaves a file; what was there before stays. Progress is told of when the cards with pictures were taken in. */
static void
test_dry_run_and_cancel (CrmTest       *test,
                         gconstpointer  data)
{
  g_autoptr (CrmStore) store = crm_test_open_store (test);
  g_autoptr (GBytes) photo = make_picture (96, 96, 300, 1);
  g_autoptr (GBytes) known = make_picture (64, 64, 300, 2);
  g_autofree char *first = fill ("BEGIN:VCARD\nFN:Ayşe\nPHOTO;ENCODING=b:%s\nEND:VCARD\n", photo);
  g_autofree char *second = fill ("BEGIN:VCARD\nFN:Nur\nPHOTO;ENCODING=b:%s\nEND:VCARD\n", known);
  g_autoptr (GString) text = g_string_new (first);
  g_autoptr (CrmImportOptions) options = NULL;
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (CrmImportResult) planned = NULL;
  g_autofree char *result = NULL;
  g_auto (CrmContent) content = { NULL };
  CrmImportRun run = { .progress = cancel, .data = cancellable };

  crm_content_put (test->database, "a.png", g_bytes_get_data (known, NULL), g_bytes_get_size (known), &content, &error);
  g_assert_no_error (error);
  g_string_append (text, second);
  for (guint i = 0; i < 1000; i++)
    g_string_append_printf (text, "BEGIN:VCARD\nFN:Can %u\nEND:VCARD\n", i);
  run.options = options = card_make_options (test, text->str);
  planned = thorough_plan (test, options, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (planned->n_new, ==, 1002);
  g_assert_cmpuint (count_files (test), ==, 1);
  g_assert_false (crm_store_step (store, "", crm_import_run, &run, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  card_assert_query (test, "SELECT (SELECT count (*) FROM person), (SELECT count (*) FROM document)", "0|0");
  g_assert_cmpuint (count_files (test), ==, 1);
  result = thorough_import (test, store, options);
  g_assert_cmpuint (count_files (test), ==, 2);
}

/* Undone with the rest; the file stays for what is done again. */
static void
test_undo (CrmTest       *test,
              gconstpointer  data)
{
  g_autoptr (CrmStore) store = crm_test_open_store (test);
  g_autoptr (GBytes) photo = make_picture (96, 96, 300, 1);
  g_autofree char *path = crm_test_get_path (test, "export.vcf");
  g_autofree char *text = NULL;

  import_picture (test, store, "FN:Ayşe\nPHOTO:data:image/png;base64,%s\n", photo, ONE_NEW);
  crm_test_undo (store, FALSE);
  card_assert_query (test, "SELECT (SELECT count (*) FROM person), (SELECT count (*) FROM document)", "0|0");
  crm_test_undo (store, TRUE);
  assert_kept (test, "SELECT photo FROM person", photo);
  text = card_export (store, &crm_person, CRM_VCARD_3_0, path);
  crm_test_assert_contains (text, "\r\nPHOTO;TYPE=png;ENCODING=b:iVBORw0KGgo");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  crm_test_add ("/card-pictures/photo", test_photo);
  crm_test_add ("/card-pictures/photo-of-known", test_photo_of_known);
  crm_test_add ("/card-pictures/logo", test_logo);
  crm_test_add ("/card-pictures/others", test_others);
  crm_test_add ("/card-pictures/absurd", test_absurd);
  crm_test_add ("/card-pictures/same-file", test_same_file);
  crm_test_add ("/card-pictures/dry-run-and-cancel", test_dry_run_and_cancel);
  crm_test_add ("/card-pictures/undo", test_undo);
  return g_test_run ();
}
