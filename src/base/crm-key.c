/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crm-config.h"

#include "crm-key.h"

#include <string.h>

#include "crm-fold.h"

/* Under whatever country they are */
static const char * const public_names[] = {
  "gmail", "googlemail", "hotmail", "outlook", "live", "msn", "yahoo", "ymail", "rocketmail", "icloud", "aol", "gmx", "yandex", "proton",
  "protonmail", "zoho", "facebook", "instagram", "linkedin", "twitter", "youtube", "blogspot", "wordpress", "wixsite", NULL
};

static const char * const public_domains[] = {
  "me.com", "mac.com", "mail.com", "email.com", "mail.ru", "bk.ru", "list.ru", "inbox.ru", "ya.ru", "rambler.ru", "mynet.com", "ttmail.com",
  "ttnet.net.tr", "superonline.com", "turk.net", "e-kolay.net", "windowslive.com", "web.de", "t-online.de", "freenet.de", "arcor.de", "posteo.de",
  "orange.fr", "wanadoo.fr", "free.fr", "laposte.net", "sfr.fr", "libero.it", "virgilio.it", "tiscali.it", "alice.it", "tin.it", "wp.pl", "o2.pl",
  "onet.pl", "op.pl", "interia.pl", "seznam.cz", "centrum.cz", "azet.sk", "freemail.hu", "citromail.hu", "abv.bg", "qq.com", "163.com", "126.com",
  "naver.com", "hanmail.net", "daum.net", "fastmail.com", "tutanota.com", "tuta.io", "hey.com", "comcast.net", "verizon.net", "att.net",
  "sbcglobal.net", "btinternet.com", "sky.com", "telenet.be", "skynet.be", "ziggo.nl", "bluewin.ch", "sapo.pt", "uol.com.br", "terra.com.br",
  "x.com", "sahibinden.com", "sites.google.com", "wa.me", NULL
};

char *
crm_key_tax_number (const char *text)
{
  char *folded = crm_fold (text);
  char *to = folded;

  for (const char *from = folded; *from != '\0'; from++)
    if (*from != ' ')
      *to++ = *from;
  *to = '\0';
  return folded;
}

char *
crm_key_email (const char *text)
{
  if (text == NULL)
    return g_strdup ("");
  for (const char *p = text; *p != '\0'; p++)
    if (!g_ascii_isprint (*p))
      return g_utf8_casefold (text, -1);
  return g_ascii_strdown (text, -1);
}

/* Itself, or what it lies under: "firma.blogspot.com" */
static gboolean
is_public (const char *domain)
{
  for (const char *at = domain; at != NULL && strchr (at, '.') != NULL; at = strchr (at, '.') + 1)
    {
      g_autofree char *name = g_strndup (at, strcspn (at, "."));

      if (g_strv_contains (public_names, name) || g_strv_contains (public_domains, at))
        return TRUE;
    }
  return FALSE;
}

char *
crm_key_domain (const char *text)
{
  const char *at = text == NULL ? NULL : strrchr (text, '@');
  const char *scheme = text == NULL ? NULL : strstr (text, "://");
  const char *host = at != NULL ? at + 1 : scheme != NULL ? scheme + strlen ("://") : text;
  g_autofree char *part = g_strndup (host == NULL ? "" : host, host == NULL ? 0 : strcspn (host, "/?#: \t"));
  g_autofree char *domain = crm_key_email (part);
  const char *own = g_str_has_prefix (domain, "www.") ? domain + strlen ("www.") : domain;

  return g_strdup (strchr (own, '.') == NULL || is_public (own) ? "" : own);
}

static guint64
mix (guint64 h)
{
  h ^= h >> 32;
  h *= G_GUINT64_CONSTANT (0xd6e8feb86659fd93);
  h ^= h >> 32;
  h *= G_GUINT64_CONSTANT (0xd6e8feb86659fd93);
  return h ^ h >> 32;
}

guint64
crm_key_hash (guint64     seed,
              const char *text,
              gssize      given)
{
  gsize length = given < 0 ? strlen (text) : (gsize) given;
  guint64 h = mix (seed + 1) ^ length;

  for (; length >= 8; length -= 8, text += 8)
    {
      guint64 word;

      memcpy (&word, text, 8);
      h = mix (h ^ word);
    }
  if (length > 0)
    {
      guint64 word = 0;

      memcpy (&word, text, length);
      h = mix (h ^ word);
    }
  return h == 0 ? 1 : h;
}
