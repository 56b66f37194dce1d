/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crm-config.h"

#include <glib.h>
#include <string.h>

#include "../support/corpora.h"
#include "../support/vcard-dump.h"
#include "crm-card-person.h"
#include "crm-vcard-reader.h"
#include "crm-vcard-writer.h"

static const char * const places[] = { "", "/work", "/home" };

static void
append (GString    *into,
        const char *name,
        const char *text)
{
  if (text != NULL)
    g_string_append_printf (into, "%s=%s\n", name, text);
}

static void
append_list (GString    *into,
             const char *name,
             GStrv       list)
{
  g_autofree char *joined = g_strjoinv ("|", list);

  if (list[0] != NULL)
    append (into, name, joined);
}

/* All of a person, a line a text. */
static char *
dump (const CrmCardPerson *self)
{
  GString *all = g_string_new (self->is_firm ? "firm\n" : "");

  append (all, "name", self->name);
  append (all, "prefix", self->prefix);
  append (all, "given", self->given);
  append (all, "additional", self->additional);
  append (all, "family", self->family);
  append (all, "suffix", self->suffix);
  append (all, "nickname", self->nickname);
  for (guint i = 0; i < self->jobs->len; i++)
    {
      const CrmCardJob *job = self->jobs->pdata[i];

      append (all, "org", job->firm);
      append_list (all, "units", job->units);
      append (all, "title", job->title);
      append (all, "role", job->role);
    }
  for (guint i = 0; i < self->points->len; i++)
    {
      const CrmCardPoint *point = self->points->pdata[i];

      g_string_append_printf (all, "%s%s%s%s%s=%s\n", point->kind, places[point->place], point->is_preferred ? "*" : "",
                              point->label != NULL ? " " : "", point->label != NULL ? point->label : "", point->value);
    }
  for (guint i = 0; i < self->addresses->len; i++)
    {
      const CrmCardAddress *address = self->addresses->pdata[i];
      const char * const parts[] = { address->street, address->city, address->region, address->postcode, address->country };

      g_string_append_printf (all, "address%s%s%s%s=", places[address->place], address->is_preferred ? "*" : "",
                              address->label != NULL ? " " : "", address->label != NULL ? address->label : "");
      for (guint p = 0; p < G_N_ELEMENTS (parts); p++)
        g_string_append_printf (all, "%s%s", p > 0 ? "|" : "", parts[p] != NULL ? parts[p] : "");
      g_string_append_c (all, '\n');
    }
  append (all, "birthday", self->birthday);
  append (all, "notes", self->notes);
  append_list (all, "urls", self->urls);
  append_list (all, "categories", self->categories);
  if (self->photo != NULL)
    g_string_append_printf (all, "photo=%s %u\n", self->photo_type, (guint) g_bytes_get_size (self->photo));
  append (all, "language", self->language);
  append (all, "changed", self->changed);
  append (all, "uid", self->uid);
  vcard_dump_full (all, self->rest, TRUE);
  return g_string_free (all, FALSE);
}

static CrmVcard *
read_card (const char *text)
{
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));
  g_autoptr (CrmVcardReader) reader = crm_vcard_reader_new_for_bytes (bytes);
  CrmVcard *card = crm_vcard_reader_next (reader, NULL);

  g_assert_nonnull (card);
  return card;
}

/* Made a card, written and read again, it is the same person. */
static void
check_round_trip (const CrmCardPerson *person)
{
  g_autofree char *before = dump (person);

  for (CrmVcardVersion version = CRM_VCARD_3_0; version <= CRM_VCARD_4_0; version++)
    {
      g_autoptr (CrmVcard) card = crm_card_person_to_vcard (person, version);
      g_autoptr (GString) text = g_string_new (NULL);
      g_autoptr (CrmVcard) read = NULL;
      g_autoptr (CrmCardPerson) again = NULL;
      g_autofree char *after = NULL;

      crm_vcard_append_card (text, card, version);
      read = read_card (text->str);
      again = crm_card_person_new (read);
      after = dump (again);
      g_assert_cmpstr (after, ==, before);
    }
}

static void
assert_person (const char *lines,
               const char *expected)
{
  g_autofree char *text = g_strconcat ("BEGIN:VCARD\nVERSION:3.0\n", lines, "END:VCARD\n", NULL);
  g_autoptr (CrmVcard) card = read_card (text);
  g_autoptr (CrmCardPerson) person = crm_card_person_new (card);
  g_autofree char *found = dump (person);

  g_assert_cmpstr (found, ==, expected);
  check_round_trip (person);
}

static void
test_names (void)
{
  assert_person ("FN:Dr. Ayşe Işık\nN:Işık;Ayşe;Ece,Su;Dr.;MBA\nNICKNAME:Ayşo\n",
                 "name=Dr. Ayşe Işık\nprefix=Dr.\ngiven=Ayşe\nadditional=Ece,Su\nfamily=Işık\nsuffix=MBA\nnickname=Ayşo\n");
  assert_person ("N:Işık;Ayşe;;;\n", "name=Ayşe Işık\ngiven=Ayşe\nfamily=Işık\n");
  assert_person ("EMAIL:a@b.example\n", "name=a@b.example\nemail=a@b.example\n");
  assert_person ("NOTE:a\n", "notes=a\n");
}

static void
test_firms (void)
{
  assert_person ("FN:Ayşe\nORG: Demir A.Ş. ;Satış;;İhracat\nTITLE:Müdür\nROLE:Alım\nORG:Other\n",
                 "name=Ayşe\norg=Demir A.Ş.\nunits=Satış|İhracat\ntitle=Müdür\nrole=Alım\norg=Other\n");
  assert_person ("FN:Demir A.Ş.\nN:;;;;\nORG:Demir A.Ş.;\n", "firm\nname=Demir A.Ş.\norg=Demir A.Ş.\n");
  assert_person ("FN:Demir\nN:;Demir;;;\nX-ABShowAs:COMPANY\n", "firm\nname=Demir\ngiven=Demir\norg=Demir\n");
  assert_person ("ORG:Demir\n", "firm\nname=Demir\norg=Demir\n");
  assert_person ("ORG:Demir\nORG:Ak\nTITLE:a\n", "firm\nname=Demir\norg=Demir\ntitle=a\nORG:Ak\n");
}

/* Which of several firms somebody is what at */
static void
test_jobs (void)
{
  assert_person ("FN:Ay\nTITLE:a\nORG:A\nTITLE:b\nORG:B\n", "name=Ay\norg=A\ntitle=a\norg=B\ntitle=b\n");
  assert_person ("FN:Ay\nORG:A\nORG:B\nTITLE:a\nTITLE:b\nTITLE:c\n", "name=Ay\norg=A\ntitle=a\norg=B\ntitle=b\nTITLE:c\n");
  assert_person ("FN:Ay\nORG:A\nORG:B\nTITLE:b\nORG:C\n", "name=Ay\norg=A\norg=B\ntitle=b\norg=C\n");
  assert_person ("FN:Ay\nTITLE:a\ni2.ROLE:b\nI2.ORG:B\ni1.ORG:A\n", "name=Ay\norg=B\nrole=b\norg=A\ntitle=a\n");
  assert_person ("FN:Ay\ni1.ORG:A\ni1.ROLE:b\nTITLE:a\n", "name=Ay\norg=A\ntitle=a\nrole=b\n");
  assert_person ("FN:Ay\nORG:;Depo\nORG:A\nORG;ALTID=1:B\nORG;ALTID=1:C\n", "name=Ay\norg=A\norg=B\nORG:;Depo\nORG;ALTID=1:C\n");
  assert_person ("FN:Ay\nTITLE:a\nTITLE:b\nROLE: \n", "name=Ay\ntitle=a\nTITLE:b\n");
}

static void
test_points (void)
{
  assert_person ("FN:a\nTEL;TYPE=CELL,pref:1\nTEL;TYPE=WORK,FAX:2\nTEL;TYPE=home:3\nitem1.TEL:4\nitem1.X-ABLabel:_$!<HomeFAX>!$_\n"
                 "item2.TEL:5\nitem2.X-ABLabel:Şoför\nTEL;VALUE=uri:tel:+90-212;ext=12\nTEL: \nEMAIL;TYPE=work:mailto:a@b.example\n",
                 "name=a\nmobile*=1\nfax/work=2\nphone/home=3\nfax/home HomeFAX=4\nphone Şoför=5\nphone=+90-212 ext 12\n"
                 "email/work=a@b.example\nTEL: \n");
  assert_person ("FN:a\nIMPP;TYPE=home:xmpp:a@b.example\nX-SKYPE:a.b\nIMPP:none\n",
                 "name=a\nchat/home xmpp=a@b.example\nchat skype=a.b\nIMPP:none\n");
}

static void
test_addresses (void)
{
  assert_person ("FN:a\nADR;TYPE=work,pref:PK 5;Kat 2;Gül Sok. 1;İzmir;Ege;35000;Türkiye\nitem1.ADR:;;;Bursa;;;\nitem1.X-ABLabel:Depo\n"
                 "ADR:;;;;;;\nLABEL;TYPE=work:whole\n",
                 "name=a\naddress/work*=Gül Sok. 1\nKat 2\nPK 5|İzmir|Ege|35000|Türkiye\naddress Depo=|Bursa|||\n"
                 "ADR:;;;;;;\nLABEL;TYPE=work:whole\n");
}

static void
test_dates (void)
{
  static const struct { const char *text, *date; } dates[] = {
    { "19800412", "1980-04-12" }, { "1980-04-12", "1980-04-12" }, { "1980-04-12T00:00:00Z", "1980-04-12" },
    { "--0412", "--04-12" }, { "--04-12", "--04-12" }, { "--0229", "--02-29" }, { "1604-04-12", "--04-12" },
    { "", NULL }, { "1980", NULL }, { "1980-04", NULL }, { "---12", NULL }, { "19800431", NULL }, { "00000412", NULL },
    { "12.04.1980", NULL }, { "198004121", NULL }, { "1980-04-12x", NULL }, { "circa 1980", NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (dates); i++)
    {
      g_autofree char *date = crm_card_parse_date (dates[i].text);

      g_assert_cmpstr (date, ==, dates[i].date);
    }
  assert_person ("FN:a\nBDAY;X-APPLE-OMIT-YEAR=1604:1604-04-12\n", "name=a\nbirthday=--04-12\n");
  assert_person ("FN:a\nBDAY;X-APPLE-OMIT-YEAR=1900:1900-04-12\n", "name=a\nbirthday=--04-12\n");
  assert_person ("FN:a\nBDAY:1980\nBDAY:19800412\n", "name=a\nbirthday=1980-04-12\nBDAY:1980\n");
}

static void
test_others (void)
{
  assert_person ("FN:a\nNOTE:b\nNOTE: \nNOTE:c\\nd\nURL:e.example\nitem1.URL:f.example\nitem1.X-ABLabel:g\nCATEGORIES:Fuar,h\nCATEGORIES:i\n"
                 "LANG:tr\nREV:20231123T000000Z\nUID:j\nPRODID:k\n",
                 "name=a\nnotes=b\n\nc\nd\nurls=e.example|f.example\ncategories=Fuar|h|i\nlanguage=tr\nchanged=20231123T000000Z\nuid=j\n");
  assert_person ("FN:a\nPHOTO;ENCODING=b;TYPE=PNG:AAEC\nPHOTO;VALUE=uri:http://a.example/b.png\n",
                 "name=a\nphoto=image/png 3\nPHOTO;VALUE=uri:http://a.example/b.png\n");
  /* kept with its label */
  assert_person ("FN:a\nx.X-ABDATE:1970-06-02\nx.X-ABLabel:_$!<Anniversary>!$_\nX-FOO;BAR=1:b;c\\,\n",
                 "name=a\nx.X-ABDATE:1970-06-02\nX-FOO;BAR=1:b;c\\,\nx.X-ABLabel:_$!<Anniversary>!$_\n");
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
      g_autofree char *path = g_str_has_prefix (lines[i], "vcard/") ? corpora_path (columns[0]) : NULL;
      g_autoptr (CrmVcardReader) reader = path != NULL ? crm_vcard_reader_new (path, NULL) : NULL;
      CrmVcard *card;

      for (; reader != NULL && (card = crm_vcard_reader_next (reader, NULL)) != NULL; n++)
        {
          g_autoptr (CrmCardPerson) person = crm_card_person_new (card);

          g_test_message ("%s:%u", columns[0], (guint) crm_vcard_get_line (card));
          check_round_trip (person);
          crm_vcard_free (card);
        }
    }
  g_assert_cmpuint (n, >, 80);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/card-person/names", test_names);
  g_test_add_func ("/card-person/firms", test_firms);
  g_test_add_func ("/card-person/jobs", test_jobs);
  g_test_add_func ("/card-person/points", test_points);
  g_test_add_func ("/card-person/addresses", test_addresses);
  g_test_add_func ("/card-person/dates", test_dates);
  g_test_add_func ("/card-person/others", test_others);
  g_test_add_func ("/card-person/corpora", test_corpora);
  return g_test_run ();
}
