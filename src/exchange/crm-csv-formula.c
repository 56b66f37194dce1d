/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crm-config.h"

#include "crm-csv-private.h"

#include <string.h>

#include "crm-csv-reader.h"

/* "-5", "+1.234,56": a sign, then digits with their marks. */
static gboolean
is_number (const char *text)
{
  gboolean any = FALSE;

  if (*text != '+' && *text != '-')
    return FALSE;
  for (text++; *text != '\0'; text++)
    {
      if (!g_ascii_isdigit (*text) && *text != '.' && *text != ',')
        return FALSE;
      any |= g_ascii_isdigit (*text);
    }
  return any;
}

/* "+90 (212) 555-01 42": nothing a spreadsheet could call, however it takes the number. */
static gboolean
is_phone (const char *text)
{
  gboolean any = FALSE;

  if (*text != '+')
    return FALSE;
  for (text++; *text != '\0'; text++)
    {
      if (!g_ascii_isdigit (*text) && strchr (" ()-./", *text) == NULL)
        return FALSE;
      any |= g_ascii_isdigit (*text);
    }
  return any;
}

/* Spreadsheets that trim a cell look at what is behind the spaces. */
static const char *
skip_spaces (const char *text)
{
  while (*text != '\0')
    {
      gunichar character = g_utf8_get_char (text);

      if (!g_unichar_isspace (character) && !g_unichar_iszerowidth (character))
        break;
      text = g_utf8_next_char (text);
    }
  return text;
}

/*
 * The apostrophes are passed over so that a cell that had one in front of its formula from the beginning gets a second one:
 * taking one off again then always restores what was.
 */
gboolean
crm_csv_is_formula (const char *cell)
{
  const char *text = cell + strspn (cell, "'");

  if (*text == '\t' || *text == '\r')
    return TRUE;
  text = skip_spaces (text);
  switch (*text == '\0' ? 0 : g_utf8_get_char (text))
    {
    case '=':
    case '@':
    case 0xFF1D: /* ＝ */
    case 0xFF0B: /* ＋ */
    case 0xFF0D: /* － */
    case 0xFF20: /* ＠ */
      return TRUE;
    case '+':
    case '-':
      return !is_number (text) && !is_phone (text);
    default:
      return FALSE;
    }
}

const char *
crm_csv_unescape_formula (const char *cell)
{
  g_return_val_if_fail (cell != NULL, NULL);

  return cell[0] == '\'' && crm_csv_is_formula (cell + 1) ? cell + 1 : cell;
}
