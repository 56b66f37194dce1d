/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crm-config.h"

#include "crm-file-name.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define LONGEST_NAME 200
#define LONGEST_EXTENSION 20

/* Characters that are not seen but change how the rest is: "gpj.exe" read backwards looks like a picture. */
static gboolean
is_hidden (gunichar c)
{
  switch (g_unichar_type (c))
    {
    case G_UNICODE_CONTROL:
    case G_UNICODE_FORMAT:
    case G_UNICODE_LINE_SEPARATOR:
    case G_UNICODE_PARAGRAPH_SEPARATOR:
    case G_UNICODE_PRIVATE_USE:
    case G_UNICODE_UNASSIGNED:
      return TRUE;
    default:
      return FALSE;
    }
}

static const char *
get_last_part (const char *name)
{
  const char *part = name;

  for (const char *c = name; *c != '\0'; c++)
    if (*c == '/' || *c == '\\')
      part = c + 1;
  return part;
}

static char *
copy_seen (const char *name)
{
  g_autofree char *valid = g_utf8_make_valid (name, -1);
  g_autoptr (GString) seen = g_string_new (NULL);

  for (const char *c = valid; *c != '\0'; c = g_utf8_next_char (c))
    if (!is_hidden (g_utf8_get_char (c)))
      g_string_append_unichar (seen, g_utf8_get_char (c));
  return g_string_free (g_steal_pointer (&seen), FALSE);
}

/* At most @length bytes of whole characters */
static gsize
fit (const char *text,
     gsize       length)
{
  gsize n = MIN (strlen (text), length);

  while (n > 0 && ((guchar) text[n] & 0xc0) == 0x80)
    n--;
  return n;
}

static char *
shorten (const char *name)
{
  const char *dot = strrchr (name, '.');
  gsize tail = dot == NULL ? 0 : strlen (dot);

  if (strlen (name) <= LONGEST_NAME)
    return g_strdup (name);
  if (tail > LONGEST_EXTENSION)
    tail = 0;
  return g_strdup_printf ("%.*s…%s", (int) fit (name, LONGEST_NAME - tail - strlen ("…")), name, tail == 0 ? "" : dot);
}

char *
crm_file_name_clean (const char *name)
{
  g_autofree char *seen = copy_seen (name == NULL ? "" : get_last_part (name));

  g_strstrip (seen);
  if (seen[strspn (seen, ". ")] == '\0')
    return g_strdup (_("Unnamed"));
  return shorten (seen);
}

char *
crm_file_name_get_extension (const char *name)
{
  const char *dot = name == NULL ? NULL : strrchr (get_last_part (name), '.');

  return dot == NULL ? g_strdup ("") : g_ascii_strdown (dot + 1, -1);
}

/* What a desktop or an office program runs, by what it is called */
static const char * const risky_extensions[] = {
  "action", "ade", "adp", "ahk", "apk", "app", "appimage", "applescript", "appref-ms", "asp", "aspx", "bash", "bat", "bin", "cgi", "chm", "class", "cmd",
  "com", "command", "cpl", "crx", "csh", "deb", "desktop", "dll", "dmg", "docm", "dotm", "elf", "exe", "fish", "flatpakref", "flatpakrepo", "gadget", "hta",
  "htm", "html", "img", "inf", "ins", "iqy", "iso", "jar", "jnlp", "js", "jse", "ksh", "kts", "lnk", "lua", "mht", "mhtml", "mjs", "msc", "msi", "msix",
  "msp", "mst", "out", "pas", "pex", "php", "pif", "pkg", "pl", "potm", "ppam", "ppsm", "pptm", "ps1", "psm1", "py", "pyc", "pyw", "pyz", "rb", "reg", "rpm",
  "run", "scf", "scpt", "scr", "sct", "service", "settingcontent-ms", "sh", "shb", "shtml", "slk", "sldm", "snap", "so", "swf", "sys", "tcl",
  "tcsh", "url", "vb", "vbe", "vbs", "vhd", "vhdx", "webloc", "workflow", "ws", "wsc", "wsf", "wsh", "xhtml", "xla", "xlam", "xll", "xlm", "xlsb", "xlsm",
  "xltm", "xpi", "xsl", "zsh",
};

static gboolean
has_risky_extension (const char *name)
{
  g_autofree char *extension = crm_file_name_get_extension (name);

  for (guint i = 0; i < G_N_ELEMENTS (risky_extensions); i++)
    if (strcmp (extension, risky_extensions[i]) == 0)
      return TRUE;
  return FALSE;
}

static gboolean
begins_with (const char *head,
             gsize       size,
             const char *mark,
             gsize       length)
{
  return size >= length && memcmp (head, mark, length) == 0;
}

#define BEGINS_WITH(head, size, mark) begins_with (head, size, mark, sizeof (mark) - 1)

/* A file that is something else than its name says */
static gboolean
is_program (const char *head,
            gsize       size)
{
  return BEGINS_WITH (head, size, "\177ELF") || BEGINS_WITH (head, size, "MZ") || BEGINS_WITH (head, size, "#!") ||
         BEGINS_WITH (head, size, "\xca\xfe\xba\xbe") || BEGINS_WITH (head, size, "\xcf\xfa\xed\xfe") ||
         BEGINS_WITH (head, size, "!<arch>\ndebian") || BEGINS_WITH (head, size, "\xed\xab\xee\xdb") ||
         BEGINS_WITH (head, size, "L\0\0\0\001\024\002\0");
}

static gboolean
is_risky_text (const char *head,
               gsize       size)
{
  static const char * const beginnings[] = { "<!doctype html", "<html", "<head", "<body", "<script", "<?php", "[desktop entry]", "<hta:" };
  g_autofree char *text = g_malloc (size + 1);
  const char *first;

  for (gsize i = 0; i < size; i++)
    text[i] = head[i] == '\0' ? ' ' : g_ascii_tolower (head[i]);
  text[size] = '\0';
  if (strstr (text, "vbaproject.bin") != NULL)
    return TRUE;
  first = g_str_has_prefix (text, "\xef\xbb\xbf") ? text + 3 : text;
  first += strspn (first, " \t\r\n");
  for (guint i = 0; i < G_N_ELEMENTS (beginnings); i++)
    if (g_str_has_prefix (first, beginnings[i]))
      return TRUE;
  return FALSE;
}

gboolean
crm_file_name_is_risky (const char *name,
                        const void *head,
                        gsize       size)
{
  return (name != NULL && has_risky_extension (name)) || (head != NULL && (is_program (head, size) || is_risky_text (head, size)));
}
