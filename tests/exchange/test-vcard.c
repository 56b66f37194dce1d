/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crm-config.h"

#include <glib.h>
#include <glib/gstdio.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>

#include "../support/corpora.h"
#include "../support/vcard-dump.h"
#include "crm-error.h"
#include "crm-test.h"
#include "crm-vcard-private.h"
#include "crm-vcard-reader.h"
#include "crm-vcard-writer.h"

static CrmVcardReader *
read_bytes (const void *data,
            gsize       length)
{
  g_autoptr (GBytes) bytes = g_bytes_new (data, length);

  return crm_vcard_reader_new_for_bytes (bytes);
}

static void
append_problems (GString        *into,
                 CrmVcardReader *reader)
{
  g_autoptr (GPtrArray) problems = crm_vcard_reader_steal_problems (reader);

  for (guint i = 0; problems != NULL && i < problems->len; i++)
    {
      const CrmVcardProblem *problem = g_ptr_array_index (problems, i);

      g_assert_cmpstr (problem->text, !=, "");
      g_string_append_printf (into, "!%u\n", (guint) problem->line);
    }
}

/* Cards as text, the lines of problems behind each as "!7". */
static char *
dump_bytes (const void *data,
            gsize       length)
{
  g_autoptr (CrmVcardReader) reader = read_bytes (data, length);
  g_autoptr (GString) all = g_string_new (NULL);
  g_autoptr (GError) error = NULL;
  CrmVcard *card;

  while ((card = crm_vcard_reader_next (reader, &error)) != NULL)
    {
      if (all->len > 0)
        g_string_append (all, "--\n");
      vcard_dump (all, card);
      append_problems (all, reader);
      crm_vcard_free (card);
    }
  g_assert_no_error (error);
  append_problems (all, reader);
  g_assert_cmpint (crm_vcard_reader_get_position (reader), ==, (gint64) length);
  return g_string_free (g_steal_pointer (&all), FALSE);
}

static void
assert_cards (const char *text,
              const char *expected)
{
  g_autofree char *cards = dump_bytes (text, strlen (text));

  g_assert_cmpstr (cards, ==, expected);
}

#define CARD(version, lines) "BEGIN:VCARD\r\nVERSION:" version "\r\n" lines "END:VCARD\r\n"

static void
test_grammar (void)
{
  assert_cards (CARD ("3.0", "FN:Ayşe Işık\r\nTEL;TYPE=CELL,work:1\r\n"), "FN:Ayşe Işık\nTEL;TYPE=cell;TYPE=work:1\n");
  assert_cards (CARD ("4.0", "FN:A\n") CARD ("4.0", "FN:B\n"), "FN:A\n--\nFN:B\n");
  assert_cards ("begin:vcard\nversion:3.0\nfn:A\nend:vcard \n", "FN:A\n");
  assert_cards ("BEGIN:VCARD\rVERSION:3.0\rFN:A\rEND:VCARD\r", "FN:A\n");
  assert_cards ("BEGIN:VCARD\r\r\nFN:A\r\r\n B\r\r\nEND:VCARD\r\r\n", "FN:AB\n");
  assert_cards ("BEGIN:VCARD\r\nNOTE:a\rb\r\nX-A:a\rb\r\nEND:VCARD\r\n", "NOTE:a\\nb\nX-A:a\\nb\n");
  assert_cards ("\xEF\xBB\xBF" "BEGIN:VCARD\nFN:A\nEND:VCARD\n\xEF\xBB\xBF" "BEGIN:VCARD\nFN:B\nEND:VCARD", "FN:A\n--\nFN:B\n");
  assert_cards (CARD ("3.0", "item1.TEL:1\r\nITEM1.X-ABLabel:_$!<Other>!$_\r\n"), "item1.TEL:1\nITEM1.X-ABLabel:_$!<Other>!$_\n");
  assert_cards (CARD ("3.0", "X-Own;X-P=\"a;b:c\",d:e;f\\,g\\\\\r\n"), "X-Own;X-P=a;b:c;X-P=d:e;f\\,g\\\\\n");
  assert_cards (CARD ("4.0", "TEL;TYPE=\"work,cell\";PREF=20:1\r\n"), "TEL;TYPE=work;TYPE=cell;PREF=20:1\n");
  assert_cards (CARD ("4.0", "ADR;LABEL=\"a^nb^'c^^\":;;d\r\n"), "ADR;LABEL=a\nb\"c^:;;d\n");
  assert_cards ("", "");
  assert_cards ("\xEF\xBB\xBF", "");
}

static void
test_folds (void)
{
  assert_cards (CARD ("3.0", "NOTE:a\r\n b\r\n\t c\r\n"), "NOTE:ab c\n");
  assert_cards (CARD ("3.0", "NOTE:a\r\n\r\n b\r\n \r\nFN:c\r\n"), "NOTE:ab\nFN:c\n");
  assert_cards (CARD ("3.0", "EMAIL;TYPE=INTERNET\r\n ,PREF:a@b.example\r\n"), "EMAIL;TYPE=internet;PREF=1:a@b.example\n");
  /* in 2.1 the space is part of the text */
  assert_cards (CARD ("2.1", "NOTE:a\r\n b\r\n"), "NOTE:a b\n");
  /* inside a letter */
  assert_cards (CARD ("3.0", "NOTE:\xC5\r\n \x9F\r\n"), "NOTE:ş\n");
}

static void
test_quoted_printable (void)
{
  assert_cards (CARD ("2.1", "N;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:=C5=9E=\r\n=C4=B1k;Ay=C5=9Fe\r\n"), "N:Şık;Ayşe\n");
  assert_cards (CARD ("2.1", "N;CHARSET=ISO-8859-9;QUOTED-PRINTABLE:=DE=FDk;Ay=FEe\r\n"), "N:Şık;Ayşe\n");
  assert_cards (CARD ("2.1", "NOTE;ENCODING=QUOTED-PRINTABLE:a=0D=0Ab, c;=3B=\r\n\r\n=0Ad\r\nFN:e\r\n"), "NOTE:a\\nb\\, c\\;\\;\\nd\nFN:e\n");
  assert_cards (CARD ("2.1", "NOTE;ENCODING=QUOTED-PRINTABLE:a=\r\n b= \r\nTEL:c\r\nFN:d\r\n"), "NOTE:a bTEL:c\nFN:d\n");
  assert_cards (CARD ("2.1", "NOTE;ENCODING=QUOTED-PRINTABLE:a=\r\n\r\nFN:d\r\n"), "NOTE:a\nFN:d\n");
  assert_cards (CARD ("2.1", "NOTE;ENCODING=QUOTED-PRINTABLE:1=2=XY=4\r\n"), "NOTE:1=2=XY=4\n");
  /* the break is all that is left of a text that was cut off */
  assert_cards (CARD ("2.1", "NOTE;ENCODING=QUOTED-PRINTABLE:a=\r\n"), "NOTE:a\n");
}

static void
test_charsets (void)
{
  assert_cards (CARD ("2.1", "FN;CHARSET=Windows-1254:\xDD\xFE\r\n"), "FN:İş\n");
  assert_cards (CARD ("2.1", "FN;CHARSET=windows-1251:\xCA\r\n"), "FN:К\n");
  /* the set that another property of the card names; Turkish; Western; UTF-8 in spite of what is said */
  assert_cards (CARD ("2.1", "FN:\xCA\r\nNOTE;CHARSET=Windows-1251:\xCA\r\n"), "FN:К\nNOTE:К\n");
  assert_cards (CARD ("3.0", "FN:\xDDnci Ya\xFE" "ar\r\n"), "FN:İnci Yaşar\n");
  assert_cards (CARD ("3.0", "FN:S\xF6ren N\xFC\xDF" "le\r\n"), "FN:Sören Nüßle\n");
  assert_cards (CARD ("3.0", "FN;CHARSET=X/Y:Ayşe\r\n"), "FN:Ayşe\n!3\n");
  assert_cards (CARD ("2.1", "FN;CHARSET=Windows-1252:a\x81\r\n"), "FN:a\xEF\xBF\xBD\n!3\n");
}

static void
test_utf_16 (void)
{
  const char *text = CARD ("3.0", "FN:Ayşe 😀\r\n");
  const char * const sets[] = { "UTF-16LE", "UTF-16BE" };

  for (guint i = 0; i < G_N_ELEMENTS (sets); i++)
    for (guint bom = 0; bom < 2; bom++)
      {
        g_autofree char *marked = g_strconcat (bom ? "\xEF\xBB\xBF" : "", text, NULL);
        gsize length;
        g_autofree char *wide = g_convert (marked, -1, sets[i], "UTF-8", NULL, &length, NULL);
        g_autofree char *cards = dump_bytes (wide, length);

        g_assert_cmpstr (cards, ==, "FN:Ayşe 😀\n");
      }
}

static void
test_escapes (void)
{
  assert_cards (CARD ("3.0", "NOTE:a\\nb\\Nc\\,d,e;f\\;g\\\\h\\x\r\n"), "NOTE:a\\nb\\nc\\,d\\,e\\;f\\;g\\\\h\\\\x\n");
  assert_cards (CARD ("3.0", "URL:http\\://a.example/b,c\r\n"), "URL:http://a.example/b,c\n");
  assert_cards (CARD ("3.0", "ORG:Company, The;B\\;C;D\r\nN:a;b,c\r\nCATEGORIES:a,b\\,c;d\r\n"),
                "ORG:Company\\, The;B\\;C;D\nN:a;b,c\nCATEGORIES:a,b\\,c\\;d\n");
  assert_cards (CARD ("2.1", "ADR;HOME:;;Alley 5,;City\r\n"), "ADR;TYPE=home:;;Alley 5\\,;City\n");
}

static void
test_types (void)
{
  assert_cards (CARD ("2.1", "TEL;PREF;CELL;VOICE:1\r\n"), "TEL;TYPE=cell;TYPE=voice;PREF=1:1\n");
  assert_cards (CARD ("2.1", "TEL;WORK;utf-8;QUOTED-PRINTABLE;de-DE;INLINE:=31\r\n"), "TEL;TYPE=work;TYPE=de-de;VALUE=INLINE:1\n");
  assert_cards (CARD ("3.0", "TEL;type=CELL;type=pref;X-A=:1\r\n"), "TEL;TYPE=cell;X-A=;PREF=1:1\n");
  assert_cards (CARD ("3.0", "TEL;TYPE=\"a:1\r\n"), "TEL;TYPE=a:1\n");
}

#define PIXEL "R0lGODlhAQABAAAAACwAAAAAAQABAAACAkQBADs="
#define JUST_BYTES "AAECAwQFBgc="

static void
test_binary (void)
{
  assert_cards (CARD ("3.0", "PHOTO;ENCODING=b;TYPE=GIF:R0lGODlhAQABAAAA\r\n ACwAAAAAAQABAAACAkQBADs=\r\n"), "PHOTO:[image/gif 29]\n");
  assert_cards (CARD ("2.1", "PHOTO;BASE64;JPEG:\r\n R0lGODlhAQABAAAA\r\n ACwAAAAAAQABAAACAkQBADs=\r\n\r\nFN:a\r\n"),
                "PHOTO:[image/gif 29]\nFN:a\n");
  /* without indentation */
  assert_cards (CARD ("2.1", "PHOTO;ENCODING=BASE64:\r\nR0lGODlhAQABAAAA\r\nACwAAAAAAQABAAACAkQBADs=\r\n\r\nFN:a\r\n"),
                "PHOTO:[image/gif 29]\nFN:a\n");
  assert_cards (CARD ("4.0", "PHOTO:data:image/gif;base64," PIXEL "\r\n"), "PHOTO:[image/gif 29]\n");
  assert_cards (CARD ("3.0", "PHOTO;VALUE=uri:data:image/gif\\;base64\\," PIXEL "\r\n"), "PHOTO:[image/gif 29]\n");
  assert_cards (CARD ("4.0", "KEY;TYPE=work:data:application/pgp-keys;base64," JUST_BYTES "\r\n"), "KEY;TYPE=work:[application/pgp-keys 8]\n");
  assert_cards (CARD ("3.0", "SOUND;ENCODING=b;TYPE=BASIC:" JUST_BYTES "\r\n"), "SOUND:[audio/basic 8]\n");
  assert_cards (CARD ("3.0", "PHOTO;VALUE=uri:http://a.example/b.png\r\n"), "PHOTO;VALUE=uri:http://a.example/b.png\n");
  assert_cards (CARD ("3.0", "PHOTO;ENCODING=b:AAEC*AwQ\r\n"), "PHOTO:[- 5]\n!3\n");
  assert_cards (CARD ("2.1", "NOTE;ENCODING=BASE64;CHARSET=windows-1254:3f0=\r\n"), "NOTE:İı\n");
}

static void
test_cards_within (void)
{
  const char *inner = "BEGIN:VCARD\r\nVERSION:2.1\r\nFN:Inner\r\nTEL;CELL:2\r\nEND:VCARD\r\n";
  g_autofree char *text = g_strconcat ("BEGIN:VCARD\r\nVERSION:2.1\r\nFN:Outer\r\nAGENT:\r\n", inner, "TEL:1\r\nEND:VCARD\r\n", NULL);
  g_autoptr (GString) deep = g_string_new (NULL);
  g_autofree char *cards = NULL;

  assert_cards (text, "FN:Outer\n"
                "AGENT:BEGIN:VCARD\\nVERSION:3.0\\nFN:Inner\\nTEL\\;TYPE=cell:2\\nEND:VCARD\\n\n"
                "TEL:1\n");
  for (guint i = 0; i < 1000; i++)
    g_string_append (deep, "BEGIN:VCARD\nFN:a\nAGENT:\n");
  for (guint i = 0; i < 1000; i++)
    g_string_append (deep, "END:VCARD\n");
  g_string_append (deep, "BEGIN:VCARD\nFN:behind\nEND:VCARD\n");
  cards = dump_bytes (deep->str, deep->len);
  g_assert_true (g_str_has_prefix (cards, "FN:a\nAGENT:BEGIN:VCARD\\n"));
  g_assert_true (g_str_has_suffix (cards, "\n!13\n--\nFN:behind\n"));
}

static void
test_damage (void)
{
  /* no end, at the end of the file and before another card; no beginning; neither */
  assert_cards ("BEGIN:VCARD\nFN:a\n", "FN:a\n!1\n");
  assert_cards ("BEGIN:VCARD\nFN:a\nBEGIN:VCARD\nFN:b\nEND:VCARD\n", "FN:a\n!1\n--\nFN:b\n");
  assert_cards ("VERSION:3.0\nFN:a\nEND:VCARD\n", "FN:a\n!1\n");
  assert_cards ("FN:a\nhello\n", "!1\n");
  /* between cards: reported once each */
  assert_cards ("Dear all,\nsee below\nBEGIN:VCARD\nFN:a\nEND:VCARD\nRegards\nX\n", "FN:a\n!1\n!6\n");
  /* text that was not folded, and what is nothing */
  assert_cards (CARD ("3.0", "NOTE:a\r\nand b, c\r\nFN:d\r\n"), "NOTE:a\\nand b\\, c\nFN:d\n!4\n");
  assert_cards (CARD ("3.0", "TEL:1\r\n???\r\nA B:c\r\nFN:d\r\nEND:x\r\nBEGIN:VEVENT\r\n"), "TEL:1\nFN:d\n!4\n!5\n!7\n!8\n");
  assert_cards (CARD ("3.0", "a.b.:c\r\n:d\r\n;TYPE=x:e\r\n"), "!3\n!4\n!5\n");
  assert_cards ("END:VCARD\nEND:VCARD\n", "!1\n");
}

static void
test_nuls (void)
{
  const char text[] = "BEGIN:VCARD\nFN:a\0b\nX\0:c\nEND:VCARD\n";
  g_autofree char *cards = dump_bytes (text, sizeof text - 1);

  g_assert_cmpstr (cards, ==, "FN:a?b\nX:c\n!2\n");
}

static void
test_many_properties (void)
{
  g_autoptr (GString) text = g_string_new ("BEGIN:VCARD\n");
  g_autoptr (CrmVcardReader) reader = NULL;
  g_autoptr (CrmVcard) card = NULL;
  g_autoptr (GPtrArray) problems = NULL;

  for (guint i = 0; i <= CRM_VCARD_MAX_PROPERTIES + 10; i++)
    g_string_append (text, "TEL:1\n");
  reader = read_bytes (text->str, text->len);
  card = crm_vcard_reader_next (reader, NULL);
  g_assert_cmpuint (crm_vcard_get_n_properties (card), ==, CRM_VCARD_MAX_PROPERTIES);
  problems = crm_vcard_reader_steal_problems (reader);
  g_assert_cmpuint (problems->len, ==, 2);
  g_assert_cmpuint (((CrmVcardProblem *) problems->pdata[0])->line, ==, CRM_VCARD_MAX_PROPERTIES + 2);
}

static void
test_many_params (void)
{
  g_autoptr (GString) text = g_string_new ("BEGIN:VCARD\nTEL");
  g_autoptr (CrmVcardReader) reader = NULL;
  g_autoptr (CrmVcard) card = NULL;

  for (guint i = 0; i < 200; i++)
    g_string_append_printf (text, ";t%u", i);
  g_string_append (text, ";PREF:1\nEND:VCARD\n");
  reader = read_bytes (text->str, text->len);
  card = crm_vcard_reader_next (reader, NULL);
  g_assert_cmpuint (crm_vcard_get_property (card, 0)->n_params, ==, CRM_VCARD_MAX_PARAMS);
  g_assert_true (crm_vcard_property_has_type (crm_vcard_get_property (card, 0), "T48"));
  g_assert_cmpuint (crm_vcard_property_get_pref (crm_vcard_get_property (card, 0)), ==, 1);
}

static gsize
get_peak (void)
{
  struct rusage usage;

  getrusage (RUSAGE_SELF, &usage);
  return (gsize) usage.ru_maxrss * 1024;
}

/* A file that goes on without end, as one line, as folded lines, as properties of one card. */
static void
test_endless (CrmTest       *test,
              gconstpointer  data)
{
  static const struct { const char *head, *part, *expected; } cases[] = {
    { "NOTE:", "ş,", "NOTE:ş\\,ş" },
    { "NOTE:", "ab\n ", "NOTE:abab" },
    { "NOTE;ENCODING=QUOTED-PRINTABLE:", "=C5=9F=\n", "NOTE:şş" },
    { "PHOTO;ENCODING=b:", "AAAA\n ", "TEL:1" },
    { "X", ";A=bbbbb\n ", "TEL:1" },
    { "", "NOTE:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\n", "NOTE:aaa" },
    { "", "AGENT:\nBEGIN:VCARD\n", "AGENT:" },
  };
  const gsize length = 40 * 1024 * 1024;

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = crm_test_get_path (test, "endless.vcf");
      FILE *file = g_fopen (path, "w");
      g_autoptr (CrmVcardReader) reader = NULL;
      g_autoptr (GString) dump = g_string_new (NULL);
      g_autoptr (CrmVcard) card = NULL;
      g_autoptr (GPtrArray) problems = NULL;
      gint64 began = g_get_monotonic_time ();

      fprintf (file, "BEGIN:VCARD\n%s", cases[i].head);
      for (gsize n = 0; n < length; n += strlen (cases[i].part))
        fputs (cases[i].part, file);
      fputs ("\nTEL:1\nEND:VCARD\n", file);
      fclose (file);
      reader = crm_vcard_reader_new (path, NULL);
      card = crm_vcard_reader_next (reader, NULL);
      g_assert_nonnull (card);
      vcard_dump (dump, card);
      g_assert_true (g_str_has_prefix (dump->str, cases[i].expected));
      problems = crm_vcard_reader_steal_problems (reader);
      g_assert_nonnull (problems);
      g_assert_cmpint (g_get_monotonic_time () - began, <, 20 * G_USEC_PER_SEC);
      g_remove (path);
    }
#if !defined (__SANITIZE_ADDRESS__)
  g_assert_cmpuint (get_peak (), <, 200 * 1024 * 1024);
#endif
}

/* Everything at every place in what is read at a time */
static void
test_chunks (void)
{
  static const char * const ends[] = { "\n", "\r\n", "\r\r\n", "\r" };

  for (guint e = 0; e < G_N_ELEMENTS (ends); e++)
    for (guint shift = 0; shift < 60; shift++)
      {
        g_autofree char *padding = g_strnfill (65536 - 70 + shift, 'x');
        g_autofree char *lines =
          g_strjoin (ends[e], "BEGIN:VCARD", padding, "NOTE;ENCODING=QUOTED-PRINTABLE:=C5=9F=", "b", "FN:Ay", " şe", "END:VCARD", "", NULL);
        g_autofree char *cards = NULL;

        memcpy (lines + strlen ("BEGIN:VCARD") + strlen (ends[e]), "X-A:", 4);
        cards = dump_bytes (lines, strlen (lines));
        g_assert_true (g_str_has_suffix (cards, "x\nNOTE:şb\nFN:Ayşe\n"));
      }
}

static void
test_values (void)
{
  g_autoptr (CrmVcard) card = crm_vcard_new (CRM_VCARD_4_0);
  const char * const parts[] = { "Şık;ı", NULL, "a,b", "c\\d\ne" };
  CrmVcardProperty *name = crm_vcard_add_parts (card, NULL, "n", parts, 4);
  CrmVcardProperty *list = crm_vcard_add_list (card, NULL, "Categories", parts, 4);
  CrmVcardProperty *text = crm_vcard_add_text (card, "item1", "TEL", "0212,101;x");
  g_auto (GStrv) name_parts = crm_vcard_property_dup_parts (name);
  g_auto (GStrv) items = crm_vcard_property_dup_list (list);
  g_autofree char *whole = crm_vcard_property_dup_text (text);
  g_autofree char *none = crm_vcard_dup_label (card, text);
  g_autofree char *label = NULL;

  g_assert_cmpstr (name->name, ==, "N");
  g_assert_cmpuint (g_strv_length (name_parts), ==, 4);
  g_assert_cmpstr (name_parts[0], ==, "Şık;ı");
  g_assert_cmpstr (name_parts[1], ==, "");
  g_assert_cmpstr (name_parts[2], ==, "a,b");
  g_assert_cmpstr (name_parts[3], ==, "c\\d\ne");
  g_assert_cmpuint (g_strv_length (items), ==, 3);
  g_assert_cmpstr (items[1], ==, "a,b");
  g_assert_cmpstr (whole, ==, "0212,101;x");
  g_assert_null (none);
  crm_vcard_add_text (card, "ITEM1", "X-ABLABEL", "_$!<Mobile>!$_");
  label = crm_vcard_dup_label (card, text);
  g_assert_cmpstr (label, ==, "Mobile");
  g_assert_true (crm_vcard_find (card, "tel", NULL) == text);
  g_assert_null (crm_vcard_find (card, "tel", text));
  g_assert_cmpuint (crm_vcard_property_get_pref (text), ==, 101);
}

/* Writing */

static void
test_writer_text (void)
{
  g_autoptr (CrmVcard) card = crm_vcard_new (CRM_VCARD_4_0);
  g_autoptr (GBytes) bytes = g_bytes_new_static ("\x00\x01\x02\x03\x04\x05\x06\x07", 8);
  CrmVcardProperty *phone;
  g_autoptr (GString) four = g_string_new (NULL), three = g_string_new (NULL);

  crm_vcard_add_text (card, NULL, "FN", "Ayşe; Işık, \\");
  phone = crm_vcard_add_text (card, "a", "TEL", "1");
  crm_vcard_add_param (card, phone, "TYPE", "cell");
  crm_vcard_add_param (card, phone, "TYPE", "work");
  crm_vcard_add_param (card, phone, "PREF", "1");
  crm_vcard_add_param (card, phone, "X-A", "b:\"c\n");
  crm_vcard_add_bytes (card, NULL, "PHOTO", bytes, "image/png");
  crm_vcard_append_card (four, card, CRM_VCARD_4_0);
  crm_vcard_append_card (three, card, CRM_VCARD_3_0);
  g_assert_cmpstr (four->str, ==, CARD ("4.0", "FN:Ayşe\\; Işık\\, \\\\\r\na.TEL;TYPE=cell,work;PREF=1;X-A=\"b:^'c^n\":1\r\n"
                                        "PHOTO:data:image/png;base64,AAECAwQFBgc=\r\n"));
  g_assert_cmpstr (three->str, ==, CARD ("3.0", "FN:Ayşe\\; Işık\\, \\\\\r\na.TEL;TYPE=cell,work,pref;X-A=\"b:'c \":1\r\n"
                                         "PHOTO;TYPE=png;ENCODING=b:AAECAwQFBgc=\r\n"));
}

static void
test_writer_folds (void)
{
  for (guint length = 60; length < 160; length++)
    {
      g_autoptr (CrmVcard) card = crm_vcard_new (CRM_VCARD_4_0);
      g_autoptr (GString) note = g_string_new (NULL), text = g_string_new (NULL);
      g_auto (GStrv) lines = NULL;

      for (guint i = 0; i < length; i++)
        g_string_append (note, i % 7 == 0 ? " " : i % 3 == 0 ? "😀" : i % 2 == 0 ? "ş" : "x");
      crm_vcard_add_text (card, NULL, "NOTE", note->str);
      crm_vcard_append_card (text, card, CRM_VCARD_4_0);
      lines = g_strsplit (text->str, "\r\n", -1);
      for (guint i = 0; lines[i] != NULL; i++)
        {
          g_assert_cmpuint (strlen (lines[i]), <=, 75);
          g_assert_true (g_utf8_validate (lines[i], -1, NULL));
        }
      g_string_prepend (note, "NOTE:");
      g_string_append_c (note, '\n');
      assert_cards (text->str, note->str);
    }
}

static void
test_writer_file (CrmTest       *test,
                  gconstpointer  data)
{
  g_autofree char *path = crm_test_get_path (test, "out.vcf");
  g_autofree char *missing = crm_test_get_path (test, "no/out.vcf");
  g_autoptr (GError) error = NULL;
  CrmVcardWriter *writer = crm_vcard_writer_new (path, CRM_VCARD_4_0, &error);
  g_autoptr (CrmVcardReader) reader = NULL;
  g_autoptr (CrmVcard) card = crm_vcard_new (CRM_VCARD_4_0);
  guint n = 0;

  g_assert_no_error (error);
  crm_vcard_add_text (card, NULL, "FN", "Ayşe");
  for (guint i = 0; i < 5000; i++)
    g_assert_true (crm_vcard_writer_add (writer, card, NULL));
  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
  g_assert_true (crm_vcard_writer_finish (writer, NULL));
  crm_vcard_writer_free (writer);
  g_assert_cmpuint (crm_test_get_mode (path), ==, 0600);

  reader = crm_vcard_reader_new (path, &error);
  g_assert_no_error (error);
  for (CrmVcard *read; (read = crm_vcard_reader_next (reader, NULL)) != NULL; n++)
    {
      g_assert_cmpuint (crm_vcard_get_line (read), ==, 4 * n + 1);
      g_assert_cmpint (crm_vcard_get_version (read), ==, CRM_VCARD_4_0);
      crm_vcard_free (read);
    }
  g_assert_cmpuint (n, ==, 5000);

  g_assert_null (crm_vcard_writer_new (missing, CRM_VCARD_3_0, &error));
  g_assert_error (error, CRM_ERROR, CRM_ERROR_UNREADABLE);
  g_clear_error (&error);
  g_assert_null (crm_vcard_reader_new (missing, &error));
  g_assert_error (error, CRM_ERROR, CRM_ERROR_UNREADABLE);
}

/* Real files */

static guint
get_count (const char *facts,
           const char *before)
{
  const char *found = strstr (facts, before);

  g_assert_nonnull (found);
  return (guint) g_ascii_strtoull (found + strlen (before), NULL, 10);
}

/* 7.vcf has no BEGIN:VCARD, what is in it can be read all the same. */
static guint
get_n_cards (const char *facts,
             const char *path)
{
  return get_count (facts, "n=") + (g_str_has_suffix (path, "/libebook/vcard/7.vcf") ? 1 : 0);
}

static guint
count (GPtrArray  *cards,
       const char *name)
{
  guint n = 0;

  for (guint i = 0; i < cards->len; i++)
    for (CrmVcardProperty *property = NULL; (property = crm_vcard_find (cards->pdata[i], name, property)) != NULL;)
      n++;
  return n;
}

/* The facts give it as it is written, here and there with a space at its end. */
static void
check_first_name (GPtrArray  *cards,
                  const char *facts)
{
  const char *start = strstr (facts, "FN=«") + strlen ("FN=«");
  g_autofree char *expected = g_strndup (start, (gsize) (strrchr (start, '\xC2') - start));
  g_autofree char *found = NULL;

  for (guint i = 0; i < cards->len && found == NULL; i++)
    if (crm_vcard_find (cards->pdata[i], "FN", NULL) != NULL)
      found = g_strstrip (g_strdup (crm_vcard_find (cards->pdata[i], "FN", NULL)->value));
  if (g_str_has_prefix (expected, "(8-bit)"))
    g_assert_true (found != NULL && g_utf8_validate (found, -1, NULL) && strstr (found, "\xEF\xBF\xBD") == NULL);
  else
    {
      g_autoptr (GString) escaped = g_string_new (NULL);

      crm_vcard_append_normal (escaped, CRM_VCARD_TEXT, CRM_VCARD_3_0, expected);
      g_assert_cmpstr (found != NULL ? found : "-", ==, escaped->str);
    }
}

static GPtrArray *
load (const char *path,
      GBytes     *bytes)
{
  GPtrArray *cards = g_ptr_array_new_with_free_func ((GDestroyNotify) crm_vcard_free);
  g_autoptr (GError) error = NULL;
  g_autoptr (CrmVcardReader) reader = bytes != NULL ? crm_vcard_reader_new_for_bytes (bytes) : crm_vcard_reader_new (path, &error);
  CrmVcard *card;

  g_assert_no_error (error);
  while ((card = crm_vcard_reader_next (reader, &error)) != NULL)
    g_ptr_array_add (cards, card);
  g_assert_no_error (error);
  return cards;
}

static char *
dump_all (GPtrArray *cards)
{
  GString *all = g_string_new (NULL);

  for (guint i = 0; i < cards->len; i++)
    {
      g_string_append (all, "--\n");
      vcard_dump_full (all, cards->pdata[i], TRUE);
    }
  return g_string_free (all, FALSE);
}

/* Written in either version and read again, everything is what it was. */
static void
check_round_trip (GPtrArray *cards)
{
  g_autofree char *dump = dump_all (cards);

  for (CrmVcardVersion version = CRM_VCARD_3_0; version <= CRM_VCARD_4_0; version++)
    {
      g_autoptr (GString) text = g_string_new (NULL);
      g_autoptr (GBytes) bytes = NULL;
      g_autoptr (GPtrArray) again = NULL;
      g_autofree char *dump_again = NULL;

      for (guint i = 0; i < cards->len; i++)
        crm_vcard_append_card (text, cards->pdata[i], version);
      bytes = g_bytes_new (text->str, text->len);
      again = load (NULL, bytes);
      dump_again = dump_all (again);
      g_assert_cmpstr (dump_again, ==, dump);
      for (guint i = 0; i < again->len; i++)
        g_assert_cmpint (crm_vcard_get_version (again->pdata[i]), ==, version);
    }
}

static void
test_corpora (void)
{
  g_autofree char *facts_path = corpora_path ("FACTS.tsv");
  g_autofree char *facts = NULL;
  g_auto (GStrv) lines = NULL;
  guint n = 0;

  if (facts_path == NULL)
    return;
  g_assert_true (g_file_get_contents (facts_path, &facts, NULL, NULL));
  lines = g_strsplit (facts, "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++)
    {
      g_auto (GStrv) columns = g_strsplit (lines[i], "\t", -1);
      g_autofree char *path = NULL;
      g_autoptr (GPtrArray) cards = NULL;

      if (!g_str_has_prefix (lines[i], "vcard/"))
        continue;
      path = corpora_path (columns[0]);
      if (path == NULL)
        continue;
      g_test_message ("%s", columns[0]);
      cards = load (path, NULL);
      g_assert_cmpuint (cards->len, ==, get_n_cards (columns[6], path));
      g_assert_cmpuint (count (cards, "TEL"), ==, get_count (columns[6], " T"));
      g_assert_cmpuint (count (cards, "EMAIL"), ==, get_count (columns[6], " E"));
      g_assert_cmpuint (count (cards, "ADR"), ==, get_count (columns[6], " A"));
      g_assert_cmpuint (count (cards, "PHOTO"), ==, get_count (columns[6], " P"));
      check_first_name (cards, columns[6]);
      check_round_trip (cards);
      n++;
    }
  g_assert_cmpuint (n, >, 70);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/vcard/grammar", test_grammar);
  g_test_add_func ("/vcard/folds", test_folds);
  g_test_add_func ("/vcard/quoted-printable", test_quoted_printable);
  g_test_add_func ("/vcard/charsets", test_charsets);
  g_test_add_func ("/vcard/utf-16", test_utf_16);
  g_test_add_func ("/vcard/escapes", test_escapes);
  g_test_add_func ("/vcard/types", test_types);
  g_test_add_func ("/vcard/binary", test_binary);
  g_test_add_func ("/vcard/cards-within", test_cards_within);
  g_test_add_func ("/vcard/damage", test_damage);
  g_test_add_func ("/vcard/nuls", test_nuls);
  g_test_add_func ("/vcard/many-properties", test_many_properties);
  g_test_add_func ("/vcard/many-params", test_many_params);
  g_test_add_func ("/vcard/chunks", test_chunks);
  crm_test_add ("/vcard/endless", test_endless);
  g_test_add_func ("/vcard/values", test_values);
  g_test_add_func ("/vcard/writer/text", test_writer_text);
  g_test_add_func ("/vcard/writer/folds", test_writer_folds);
  crm_test_add ("/vcard/writer/file", test_writer_file);
  g_test_add_func ("/vcard/corpora", test_corpora);
  return g_test_run ();
}
