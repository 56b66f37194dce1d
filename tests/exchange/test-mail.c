/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crm-config.h"

#include <string.h>

#include "crm-error.h"
#include "crm-mail.h"
#include "crm-test.h"

#define HEAD "From: Ayşe Işık <ayse@ornek.example>\nTo: ali@biz.example\nDate: Mon, 23 Nov 2026 14:05:00 +0300\n" \
             "Subject: Teklif\nMessage-ID: <1@ornek.example>\n"

static CrmMail *
read_bytes (const char *text,
            gssize      length)
{
  g_autoptr (GBytes) bytes = g_bytes_new (text, length < 0 ? strlen (text) : (gsize) length);
  g_autoptr (GError) error = NULL;
  CrmMail *mail = crm_mail_read_bytes (bytes, "mail.eml", &error);

  g_assert_no_error (error);
  return mail;
}

static void
assert_address (GPtrArray  *addresses,
                guint       index,
                const char *name,
                const char *text)
{
  const CrmMailAddress *address;

  g_assert_cmpuint (index, <, addresses->len);
  address = addresses->pdata[index];
  g_assert_cmpstr (address->name, ==, name);
  g_assert_cmpstr (address->address, ==, text);
}

static void
assert_attachment (const CrmMail *mail,
                   guint          index,
                   const char    *name,
                   const char    *content)
{
  const CrmMailAttachment *attachment;

  g_assert_cmpuint (index, <, mail->attachments->len);
  attachment = mail->attachments->pdata[index];
  g_assert_cmpstr (attachment->name, ==, name);
  g_assert_cmpmem (g_bytes_get_data (attachment->bytes, NULL), g_bytes_get_size (attachment->bytes), content, strlen (content));
}

static void
assert_problem (const CrmMail *mail,
                const char    *beginning)
{
  g_assert_cmpuint (mail->problems->len, >, 0);
  if (!g_str_has_prefix (mail->problems->pdata[0], beginning))
    g_assert_cmpstr (mail->problems->pdata[0], ==, beginning);
}

static void
test_head (void)
{
  g_autoptr (CrmMail) mail = read_bytes ("From: =?ISO-8859-9?Q?Ay=FEe_I=FE=FDk?= <ayse@ornek.example>\n"
                                         "To: \"Yilmaz, Mehmet\" <mehmet@biz.example>, Biz: a@biz.example, b@biz.example;\n"
                                         "Cc: \"c@biz.example\" <c@biz.example>\nBcc: d@biz.example\n"
                                         "Date: Mon, 23 Nov 2026 14:05:00 +0300\n"
                                         "Subject: =?utf-8?B?VGVrbGlmIGhha2vEsW5kYQ==?=\n =?utf-8?Q?_=C5=9Fimdi?=\n"
                                         "Message-ID: <1@ornek.example>\nIn-Reply-To: your <0@biz.example> of today\n\nMerhaba\n", -1);

  assert_address (mail->from, 0, "Ayşe Işık", "ayse@ornek.example");
  assert_address (mail->to, 0, "Yilmaz, Mehmet", "mehmet@biz.example");
  assert_address (mail->to, 1, NULL, "a@biz.example");
  assert_address (mail->to, 2, NULL, "b@biz.example");
  assert_address (mail->cc, 0, NULL, "c@biz.example");
  assert_address (mail->cc, 1, NULL, "d@biz.example");
  g_assert_cmpint (mail->date, ==, G_GINT64_CONSTANT (1795431900) * G_USEC_PER_SEC);
  g_assert_cmpstr (mail->subject, ==, "Teklif hakkında şimdi");
  g_assert_cmpstr (mail->message_id, ==, "1@ornek.example");
  g_assert_cmpstr (mail->in_reply_to, ==, "0@biz.example");
  g_assert_cmpstr (mail->text, ==, "Merhaba");
  g_assert_cmpuint (mail->problems->len, ==, 0);
}

/* Nobody says in which encoding it is. */
static void
test_raw (void)
{
  g_autoptr (CrmMail) turkish = read_bytes ("From: G\xF6k\xE7" "e \xDE" "ahin <g@ornek.example>\nSubject: Sipari\xFE\nDate: 23 Nov 26 9:05 GMT\n\n\xDCr\xFCn \xF0\xFD\n", -1);
  g_autoptr (CrmMail) unicode = read_bytes (HEAD "Content-Type: text/plain; charset=us-ascii\n\nÜrün ğı\n", -1);
  g_autoptr (CrmMail) unknown = read_bytes (HEAD "Content-Type: text/plain; charset=klingon\n\nÜrün\n", -1);
  g_autoptr (CrmMail) latin = read_bytes (HEAD "Content-Type: text/plain; charset=ISO-8859-9\nContent-Transfer-Encoding: quoted-printable\n\n=DD=FE =80 uzun=\n sat=FDr\n", -1);
  g_autoptr (CrmMail) base64 = read_bytes (HEAD "Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: base64\n\nxLDFnw==\n", -1);

  assert_address (turkish->from, 0, "Gökçe Şahin", "g@ornek.example");
  g_assert_cmpstr (turkish->subject, ==, "Sipariş");
  g_assert_cmpstr (turkish->text, ==, "Ürün ğı");
  g_assert_true (g_str_has_prefix (turkish->message_id, "sha256:"));
  assert_address (unicode->from, 0, "Ayşe Işık", "ayse@ornek.example");
  g_assert_cmpstr (unicode->text, ==, "Ürün ğı");
  g_assert_cmpstr (unknown->text, ==, "Ürün");
  g_assert_cmpstr (latin->text, ==, "İş € uzun satır");
  g_assert_cmpstr (base64->text, ==, "İş");
}

static void
test_flowed (void)
{
  g_autoptr (CrmMail) plain = read_bytes (HEAD "Content-Type: text/plain; format=flowed\n\none \ntwo\n> quoted \n> still\nthree\n-- \nAyşe\n", -1);
  g_autoptr (CrmMail) tight = read_bytes (HEAD "Content-Type: text/plain; format=flowed; delsp=yes\n\none \ntwo\n", -1);

  g_assert_cmpstr (plain->text, ==, "one two\n> quoted still\nthree\n-- \nAyşe");
  g_assert_cmpstr (tight->text, ==, "onetwo");
}

static void
assert_html (const char *html,
             const char *text)
{
  g_autofree char *file = g_strconcat (HEAD "Content-Type: text/html; charset=utf-8\n\n", html, NULL);
  g_autoptr (CrmMail) mail = read_bytes (file, -1);

  g_assert_cmpstr (mail->text, ==, text);
}

static void
test_html (void)
{
  assert_html ("<html><head><title>x</title></head><body><p>a  &amp;\nb&nbsp;c<p>d<br>e<div>f</div>g", "a & b c\n\nd\ne\nf\ng");
  assert_html ("<style>p { }</style><script>if (1 < 2) x ();</script>t<!-- <b> -->u", "tu");
  assert_html ("<table><tr><td>1</td><td>2</td></tr><tr><td>3</td></tr></table>", "1\t2\n3");
  assert_html ("<ul><li>bir<li>iki</ul>son", "• bir\n• iki\nson");
  assert_html ("&Ccedil;&#287;&#x131;&euro;&#8364; &bogus; &#0; &#xD800; & 1 < 2 <3", "Çğı€€ &bogus; &#0; &#xD800; & 1 < 2 <3");
  assert_html ("<a title=\">\">b</a> <a title='", "b");
  assert_html ("a<style>never ends", "a");
}

static void
test_alternative (void)
{
  g_autoptr (CrmMail) both = read_bytes (HEAD "Content-Type: multipart/alternative; boundary=a\n\nnobody reads this\n"
                                         "--a\nContent-Type: text/plain\n\nplain\n--a\nContent-Type: multipart/related; boundary=r\n\n"
                                         "--r\nContent-Type: text/html\n\n<b>page</b>\n--r\nContent-Type: image/png; name=\"logo.png\"\nContent-ID: <l>\n\nPNG\n--r--\n"
                                         "--a\nContent-Type: text/calendar\n\nBEGIN\n--a--\n", -1);
  g_autoptr (CrmMail) empty = read_bytes (HEAD "Content-Type: multipart/alternative; boundary=a\n\n"
                                          "--a\nContent-Type: text/plain\n\n \n--a\nContent-Type: text/html\n\n<b>page</b>\n--a--\n", -1);

  g_assert_cmpstr (both->text, ==, "plain");
  assert_attachment (both, 0, "logo.png", "PNG");
  g_assert_true (((CrmMailAttachment *) both->attachments->pdata[0])->is_inline);
  assert_attachment (both, 1, "Attachment 1.ics", "BEGIN");
  g_assert_cmpstr (empty->text, ==, "page");
}

#define ATTACHED(fields, content) "--m\nContent-Type: application/octet-stream\n" fields "\n" content "\n"

static void
test_attachments (void)
{
  g_autoptr (CrmMail) mail = read_bytes (HEAD "Content-Type: multipart/mixed; boundary=m\n\n--m\n\ntext\n"
    ATTACHED ("Content-Disposition: attachment; filename=\"../../../etc/passwd\"\n", "1")
    ATTACHED ("Content-Disposition: attachment; filename*=utf-8''..%5C..%5Cfiyat%20listesi%E2%80%AEfdp.exe\n", "2")
    ATTACHED ("Content-Disposition: attachment; filename=\"=?utf-8?B?xZ9hcnRuYW1lLnBkZg==?=\"\nContent-Transfer-Encoding: base64\n", "Mw==")
    ATTACHED ("Content-Disposition: attachment; filename=\"..\"\n", "4")
    ATTACHED ("Content-Disposition: attachment; filename=\"a\001b\tc.txt\"\n", "5")
    "--m\nContent-Type: application/ms-tnef; name=winmail.dat\n\n6\n"
    "--m\nContent-Type: text/plain\nContent-Disposition: attachment; filename=not.txt\n\n7\n"
    "--m\nContent-Type: message/rfc822\n\nFrom: x@y.example\nSubject: in/ner\n\nt\n--m--\n", -1);

  g_assert_cmpstr (mail->text, ==, "text");
  assert_attachment (mail, 0, "passwd", "1");
  assert_attachment (mail, 1, "fiyat listesifdp.exe", "2");
  assert_attachment (mail, 2, "şartname.pdf", "3");
  assert_attachment (mail, 3, "Unnamed", "4");
  assert_attachment (mail, 4, "ab c.txt", "5");
  assert_attachment (mail, 5, "winmail.dat", "6");
  assert_attachment (mail, 6, "not.txt", "7");
  assert_attachment (mail, 7, "in-ner.eml", "From: x@y.example\nSubject: in/ner\n\nt");
  g_assert_cmpuint (mail->attachments->len, ==, 8);
}

static void
test_damaged (void)
{
  g_autoptr (CrmMail) cut = read_bytes (HEAD "Content-Type: multipart/mixed; boundary=m\n\n--m\n\ntext\n--m\nContent-Type: image/png; name=a.png\n"
                                        "Content-Transfer-Encoding: base64\n\nMTIz", -1);
  g_autoptr (CrmMail) undated = read_bytes ("Received: from a by b; Mon, 23 Nov 2026 14:05:00 +0300\nFrom: <a@b, \"c\nDate: soon\n\nt", -1);
  g_autoptr (CrmMail) control = read_bytes ("From: \"A\001\033[31mB\u202E\" <a@b.example>\nSubject: a\ab\r\nDate: Mon, 23 Nov 2026 14:05:00 +0300\n\na\033b\0c\n", -1);
  g_autoptr (CrmMail) box = read_bytes ("From - Mon Nov 23 2026\n" HEAD "\nt", -1);

  g_assert_cmpstr (cut->text, ==, "text");
  assert_attachment (cut, 0, "a.png", "123");
  assert_problem (cut, "Line 15: ");
  g_assert_cmpint (undated->date, ==, G_GINT64_CONSTANT (1795431900) * G_USEC_PER_SEC);
  assert_problem (undated, "The date");
  assert_address (control->from, 0, "A[31mB", "a@b.example");
  g_assert_cmpstr (control->subject, ==, "ab");
  g_assert_cmpstr (control->text, ==, "ab");
  g_assert_cmpstr (box->subject, ==, "Teklif");
}

/* What is meant to keep its reader busy for hours */
static void
test_bombs (void)
{
  g_autoptr (GString) nested = g_string_new (HEAD);
  g_autoptr (GString) parts = g_string_new (HEAD "Content-Type: multipart/mixed; boundary=m\n\n");
  g_autoptr (GString) params = g_string_new (HEAD "Content-Type: multipart/mixed; boundary=m\n\n--m\nContent-Type: text/plain");
  g_autoptr (GString) fields = g_string_new (HEAD "Content-Type: message/rfc822\n\n");
  g_autoptr (GString) subject = g_string_new ("Subject: ");
  g_autoptr (CrmMail) mail = NULL;
  gint64 start = g_get_monotonic_time ();

  for (guint i = 0; i < 3000; i++)
    g_string_append_printf (nested, "Content-Type: multipart/mixed; boundary=b%u\n\n--b%u\n", i, i);
  for (guint i = 0; i < 210000; i++)
    g_string_append (parts, "--m\n\na\n");
  for (guint i = 0; i < 30000; i++)
    g_string_append_printf (params, "; p%u*0=a", i);
  for (guint i = 0; i < 52000; i++)
    g_string_append (fields, "X: y\n");
  for (guint i = 0; i < 21000; i++)
    g_string_append (subject, "=?utf-8?Q?a?= ");
  g_string_append (params, "\n\ntext\n");
  g_string_append (subject, "\n" HEAD "\ntext\n");

  mail = read_bytes (nested->str, -1);
  assert_problem (mail, "Line 606: there are too many parts");
  crm_mail_free (mail);
  mail = read_bytes (parts->str, -1);
  assert_problem (mail, "Line 600008: there are too many parts");
  crm_mail_free (mail);
  mail = read_bytes (params->str, -1);
  assert_problem (mail, "Line 9: the field “Content-Type” is too long");
  g_assert_cmpstr (mail->text, ==, "text");
  crm_mail_free (mail);
  mail = read_bytes (fields->str, -1);
  assert_problem (mail, "Line 50002: ");
  crm_mail_free (mail);
  mail = read_bytes (subject->str, -1);
  assert_problem (mail, "Line 1: the field “Subject” is too long");
  g_assert_cmpstr (mail->text, ==, "text");
  g_assert_cmpint (g_get_monotonic_time () - start, <, 60 * G_USEC_PER_SEC);
}

/* E-mails within e-mails, and parts within parts: the outermost are taken, and the place is told from where on it goes no deeper. */
static void
test_nested (void)
{
  g_autoptr (GString) letters = g_string_new (HEAD "Content-Type: multipart/mixed; boundary=m\n\n--m\n\ntext\n--m\n");
  g_autoptr (GString) parts = g_string_new (HEAD "Content-Type: multipart/mixed; boundary=b0\n\n");
  g_autoptr (CrmMail) mail = NULL;
  gint64 start = g_get_monotonic_time ();
  GBytes *inner;

  for (guint i = 0; i < 1000; i++)
    g_string_append_printf (letters, "Content-Type: message/rfc822\n\nFrom: a@b.example\nSubject: letter %u\n", i);
  g_string_append (letters, "\ninnermost\n--m\nContent-Type: text/plain; name=last.txt\n\nlast\n--m--\n");
  mail = read_bytes (letters->str, -1);
  g_assert_cmpstr (mail->text, ==, "text");
  g_assert_cmpuint (mail->attachments->len, ==, 2);
  g_assert_cmpstr (((CrmMailAttachment *) mail->attachments->pdata[0])->name, ==, "letter 0.eml");
  inner = ((CrmMailAttachment *) mail->attachments->pdata[0])->bytes;
  g_assert_nonnull (g_strstr_len (g_bytes_get_data (inner, NULL), (gssize) g_bytes_get_size (inner), "letter 999\n\ninnermost"));
  assert_attachment (mail, 1, "last.txt", "last");
  /* How deep it is the library that decides */
  assert_problem (mail, "Line ");
  crm_test_assert_contains (mail->problems->pdata[0], "what lies deeper within other parts was not looked into");
  crm_mail_free (mail);

  for (guint i = 0; i < 100; i++)
    g_string_append_printf (parts, "--b%u\n\nlevel %u\n--b%u\nContent-Type: multipart/mixed; boundary=b%u\n\n", i, i, i, i + 1);
  g_string_append (parts, "--b100\n\ninnermost\n");
  for (guint i = 0; i <= 100; i++)
    g_string_append_printf (parts, "--b%u--\n", 100 - i);
  mail = read_bytes (parts->str, -1);
  g_assert_true (g_str_has_suffix (mail->text, "level 29"));
  assert_problem (mail, "Line 186: parts that lie too deep within others were left out");
  g_assert_cmpint (g_get_monotonic_time () - start, <, 10 * G_USEC_PER_SEC);
}

static void
assert_refused (const char *file,
                gsize       length,
                const char *words)
{
  g_autoptr (GBytes) bytes = g_bytes_new (file, length);
  g_autoptr (GError) error = NULL;

  g_assert_null (crm_mail_read_bytes (bytes, "mail.eml", &error));
  g_assert_error (error, CRM_ERROR, CRM_ERROR_INVALID);
  g_assert_nonnull (strstr (error->message, words));
}

static void
test_refused (CrmTest       *test,
              gconstpointer  data)
{
  g_autofree char *large = g_malloc0 (CRM_MAIL_MAX_BYTES + 1);
  g_autoptr (GFile) folder = g_file_new_for_path (test->folder);
  g_autoptr (GFile) missing = g_file_get_child (folder, "missing.eml");
  g_autoptr (GError) error = NULL;

  assert_refused ("", 0, "not an e-mail");
  assert_refused ("Merhaba\n", 8, "not an e-mail");
  assert_refused ("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", 8, ".msg");
  assert_refused (large, CRM_MAIL_MAX_BYTES + 1, "64 MB");
  g_assert_null (crm_mail_read (folder, NULL, &error));
  g_assert_error (error, CRM_ERROR, CRM_ERROR_UNREADABLE);
  g_clear_error (&error);
  g_assert_null (crm_mail_read (missing, NULL, &error));
  g_assert_error (error, CRM_ERROR, CRM_ERROR_UNREADABLE);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/mail/head", test_head);
  g_test_add_func ("/mail/raw", test_raw);
  g_test_add_func ("/mail/flowed", test_flowed);
  g_test_add_func ("/mail/html", test_html);
  g_test_add_func ("/mail/alternative", test_alternative);
  g_test_add_func ("/mail/attachments", test_attachments);
  g_test_add_func ("/mail/damaged", test_damaged);
  g_test_add_func ("/mail/bombs", test_bombs);
  g_test_add_func ("/mail/nested", test_nested);
  crm_test_add ("/mail/refused", test_refused);
  return g_test_run ();
}
