/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crm-config.h"

#include <stdarg.h>
#include <string.h>

#include "crm-mail-log.h"
#include "crm-test-store.h"

#define MAIL(from, to, id) "From: " from "\nTo: " to "\nDate: Mon, 23 Nov 2026 14:05:00 +0300\nSubject: Teklif\nMessage-ID: <" id ">\n"

static const char interactions[] = "SELECT direction, subject, text, message, (SELECT name FROM client WHERE id = i.client) FROM interaction i ORDER BY message";
static const char participants[] = "SELECT p.role, p.name, p.address, (SELECT name FROM person WHERE id = p.person) FROM participant p ORDER BY p.id";

/* Logs files with these texts. */
static CrmMailLog *
log_mails (CrmTest           *test,
           CrmStore          *store,
           CrmMailLogOptions  options,
           const char        *text,
           ...)
{
  g_autoptr (GPtrArray) files = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GError) error = NULL;
  CrmMailLog *result;
  va_list texts;

  va_start (texts, text);
  for (; text != NULL; text = va_arg (texts, const char *))
    {
      g_autofree char *name = g_strdup_printf ("%u.eml", files->len);
      g_autofree char *path = crm_test_get_path (test, name);

      crm_test_write (path, text, -1);
      g_ptr_array_add (files, g_file_new_for_path (path));
    }
  va_end (texts);
  result = crm_mail_log (store, files, &options, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (result->entries->len, ==, files->len);
  return result;
}

static void
assert_rows (CrmTest    *test,
             const char *query,
             const char *expected)
{
  g_autofree char *rows = crm_test_query (test->database, query);

  g_assert_cmpstr (rows, ==, expected);
}

/* Two firms; somebody works in the first. */
static void
fill (CrmStore *store,
      gint64   *client,
      gint64   *person)
{
  *client = crm_test_save (store, &crm_client, 0, "name", "Örnek Gıda", "email", "info@ornek.example", NULL);
  crm_test_save (store, &crm_client, 0, "name", "Kuzey Nakliyat", "web", "https://www.kuzey.example/", NULL);
  *person = crm_test_save (store, &crm_person, 0, "name", "Ayşe Işık", "email", "Ayse@Posta.example", "firm", "Örnek Gıda", NULL);
}

static void
test_incoming (CrmTest       *test,
               gconstpointer  data)
{
  g_autoptr (CrmStore) store = crm_test_open_store (test);
  g_autoptr (CrmMailLog) result = NULL;
  const CrmMailEntry *entry;
  gint64 client, person;

  fill (store, &client, &person);
  result = log_mails (test, store, (CrmMailLogOptions) { 0 },
                      MAIL ("Ayse <ayse@posta.example>", "me@biz.example, ME@biz.example", "1@x") "Cc: Veli <veli@kuzey.example>\n\nMerhaba\n", NULL);
  entry = result->entries->pdata[0];
  g_assert_cmpint (entry->state, ==, CRM_MAIL_LOGGED);
  g_assert_cmpint (entry->client, ==, client);
  g_assert_cmpstr (entry->client_name, ==, "Örnek Gıda");
  g_assert_cmpstr (entry->people->pdata[0], ==, "Ayşe Işık");
  g_assert_cmpuint (result->strangers->len, ==, 0);
  assert_rows (test, interactions, "in|Teklif|Merhaba|1@x|Örnek Gıda\n");
  assert_rows (test, "SELECT channel, at FROM interaction", "email|1795431900000000\n");
  assert_rows (test, participants, "sender|Ayse|ayse@posta.example|Ayşe Işık\nrecipient|NULL|me@biz.example|NULL\ncopy|Veli|veli@kuzey.example|NULL\n");
  crm_test_assert_search (store);
  crm_test_undo (store, FALSE);
  assert_rows (test, "SELECT (SELECT count (*) FROM interaction) + (SELECT count (*) FROM participant)", "0\n");
}

/* From nobody known to somebody known; from then on that address is the user's. */
static void
test_outgoing (CrmTest       *test,
               gconstpointer  data)
{
  g_autoptr (CrmStore) store = crm_test_open_store (test);
  g_autoptr (CrmMailLog) first = NULL;
  g_autoptr (CrmMailLog) second = NULL;
  const CrmMailStranger *stranger;
  gint64 client, person;

  fill (store, &client, &person);
  first = log_mails (test, store, (CrmMailLogOptions) { 0 }, MAIL ("Ben <me@biz.example>", "info@ornek.example", "1@x") "\n", NULL);
  g_assert_cmpuint (first->strangers->len, ==, 0);
  second = log_mails (test, store, (CrmMailLogOptions) { 0 }, MAIL ("Ben <Me@biz.example>", "\"Kaya, Ali\" <ali.kaya@yeni.example>", "2@x") "\n", NULL);
  assert_rows (test, interactions, "out|Teklif|NULL|1@x|Örnek Gıda\nout|Teklif|NULL|2@x|NULL\n");
  g_assert_cmpuint (second->strangers->len, ==, 1);
  stranger = second->strangers->pdata[0];
  g_assert_cmpstr (stranger->name, ==, "Ali Kaya");
  g_assert_cmpint (stranger->client, ==, 0);
}

static void
test_known (CrmTest       *test,
            gconstpointer  data)
{
  g_autoptr (CrmStore) store = crm_test_open_store (test);
  const char *mail = MAIL ("a@b.example", "c@d.example", "1@x") "\n";
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  g_autoptr (CrmMailLog) first = log_mails (test, store, (CrmMailLogOptions) { 0 }, mail, mail, "no mail\n", NULL);
  g_autoptr (CrmMailLog) again = NULL;

  g_assert_cmpuint (first->n_logged, ==, 1);
  g_assert_cmpuint (first->n_known, ==, 1);
  g_assert_cmpuint (first->n_refused, ==, 1);
  g_assert_cmpint (((CrmMailEntry *) first->entries->pdata[1])->interaction, ==, ((CrmMailEntry *) first->entries->pdata[0])->interaction);
  g_assert_nonnull (strstr (((CrmMailEntry *) first->entries->pdata[2])->reason, "2.eml"));
  before = crm_test_dump (test->database, NULL);
  again = log_mails (test, store, (CrmMailLogOptions) { 0 }, mail, NULL);
  after = crm_test_dump (test->database, NULL);
  g_assert_cmpuint (again->n_known, ==, 1);
  g_assert_cmpstr (after, ==, before);
  /* What was taken back was not logged */
  crm_test_undo (store, FALSE);
  crm_mail_log_free (again);
  again = log_mails (test, store, (CrmMailLogOptions) { 0 }, mail, NULL);
  g_assert_cmpuint (again->n_logged, ==, 1);
}

static void
on_added (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (GError) error = NULL;
  gboolean *done = user_data;

  g_assert_true (crm_store_step_finish (CRM_STORE (source), result, &error));
  g_assert_no_error (error);
  *done = TRUE;
}

static void
add_people (CrmStore         *store,
            const CrmMailLog *log)
{
  GPtrArray *strangers = g_ptr_array_new_with_free_func ((GDestroyNotify) crm_mail_stranger_free);
  gboolean done = FALSE;

  for (guint i = 0; i < log->strangers->len; i++)
    g_ptr_array_add (strangers, crm_mail_stranger_copy (log->strangers->pdata[i]));
  crm_mail_log_add_people_async (store, strangers, NULL, on_added, &done);
  while (!done)
    g_main_context_iteration (NULL, TRUE);
}

/* Unknown senders become people, by a step of their own or along with the e-mails. */
static void
test_strangers (CrmTest       *test,
                gconstpointer  data)
{
  g_autoptr (CrmStore) store = crm_test_open_store (test);
  g_autoptr (CrmMailLog) log = NULL;
  g_autoptr (CrmMailLog) along = NULL;
  const CrmMailStranger *stranger;
  gint64 client, person;
  const char *people = "SELECT name, email, firm FROM person WHERE deleted IS NULL ORDER BY id";

  fill (store, &client, &person);
  log = log_mails (test, store, (CrmMailLogOptions) { 0 }, MAIL ("ali.can@kuzey.example", "me@biz.example", "1@x") "\n",
                   MAIL ("Ali Can <ALI.CAN@kuzey.example>", "me@biz.example", "2@x") "\n", MAIL ("noreply@kuzey.example", "me@biz.example", "3@x") "\n",
                   MAIL ("info@kuzey.example", "me@biz.example", "4@x") "\n", NULL);
  g_assert_cmpuint (log->strangers->len, ==, 1);
  stranger = log->strangers->pdata[0];
  g_assert_cmpstr (stranger->name, ==, "Ali Can");
  g_assert_cmpstr (stranger->client_name, ==, "Kuzey Nakliyat");
  g_assert_cmpuint (stranger->participants->len, ==, 2);
  add_people (store, log);
  assert_rows (test, people, "Ayşe Işık|Ayse@Posta.example|Örnek Gıda\nAli Can|ali.can@kuzey.example|Kuzey Nakliyat\n");
  assert_rows (test, "SELECT i.message, r.name FROM participant p JOIN person r ON r.id = p.person JOIN interaction i ON i.id = p.interaction ORDER BY 1",
               "1@x|Ali Can\n2@x|Ali Can\n");
  add_people (store, log);
  assert_rows (test, "SELECT count (*) FROM person", "2\n");

  along = log_mails (test, store, (CrmMailLogOptions) { .client = client, .new_people = TRUE }, MAIL ("Can <can@yeni.example>", "me@biz.example", "5@x") "\n", NULL);
  assert_rows (test, "SELECT name, email, firm FROM person ORDER BY id DESC LIMIT 1", "Can|can@yeni.example|Örnek Gıda\n");
  crm_test_undo (store, FALSE);
  assert_rows (test, "SELECT count (*) FROM person", "2\n");
}

static void
test_given (CrmTest       *test,
            gconstpointer  data)
{
  g_autoptr (CrmStore) store = crm_test_open_store (test);
  g_autoptr (CrmMailLog) log = NULL;
  gint64 client, person;

  fill (store, &client, &person);
  log = log_mails (test, store, (CrmMailLogOptions) { .person = person }, MAIL ("Ayşe IŞIK <elsewhere@home.example>", "me@biz.example", "1@x") "\n",
                   MAIL ("x@home.example", "me@biz.example", "2@x") "\n", NULL);
  assert_rows (test, interactions, "in|Teklif|NULL|1@x|Örnek Gıda\nin|Teklif|NULL|2@x|Örnek Gıda\n");
  assert_rows (test, "SELECT p.role, p.address FROM participant p WHERE p.person IS NOT NULL ORDER BY p.id", "sender|elsewhere@home.example\npresent|NULL\n");
}

static void
test_dry_run (CrmTest       *test,
              gconstpointer  data)
{
  g_autoptr (CrmStore) store = crm_test_open_store (test);
  g_autoptr (CrmMailLog) log = NULL;
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  g_autofree char *documents = crm_test_get_path (test, "documents");
  gint64 client, person;

  fill (store, &client, &person);
  before = crm_test_dump (test->database, NULL);
  log = log_mails (test, store, (CrmMailLogOptions) { .dry_run = TRUE, .new_people = TRUE }, MAIL ("Veli <veli@kuzey.example>", "me@biz.example", "1@x")
                   "Content-Type: application/pdf; name=a.pdf\n\n%PDF\n", NULL);
  after = crm_test_dump (test->database, NULL);
  g_assert_cmpstr (after, ==, before);
  g_assert_false (g_file_test (documents, G_FILE_TEST_EXISTS));
  g_assert_cmpuint (log->n_logged, ==, 1);
  g_assert_cmpuint (((CrmMailEntry *) log->entries->pdata[0])->n_attachments, ==, 1);
  g_assert_cmpstr (((CrmMailStranger *) log->strangers->pdata[0])->name, ==, "Veli");
}

static void
test_attachments (CrmTest       *test,
                  gconstpointer  data)
{
  g_autoptr (CrmStore) store = crm_test_open_store (test);
  g_autoptr (CrmMailLog) log = log_mails (test, store, (CrmMailLogOptions) { 0 }, MAIL ("a@b.example", "c@d.example", "1@x")
    "Content-Type: multipart/mixed; boundary=m\n\n--m\nContent-Type: application/pdf; name=\"../../fiyat.pdf\"\n\n%PDF-1.4\n"
    "--m\nContent-Type: text/plain; name=empty.txt\n\n--m--\n", NULL);

  g_assert_cmpuint (log->n_logged, ==, 1);
  assert_rows (test, "SELECT d.name, d.kind, d.size, i.message FROM document d JOIN interaction i ON i.id = d.interaction ORDER BY d.id",
               "fiyat.pdf|attachment|8|1@x\nempty.txt|attachment|0|1@x\n");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  crm_test_add ("/mail-log/incoming", test_incoming);
  crm_test_add ("/mail-log/outgoing", test_outgoing);
  crm_test_add ("/mail-log/known", test_known);
  crm_test_add ("/mail-log/strangers", test_strangers);
  crm_test_add ("/mail-log/given", test_given);
  crm_test_add ("/mail-log/dry-run", test_dry_run);
  crm_test_add ("/mail-log/attachments", test_attachments);
  return g_test_run ();
}
