/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crm-config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "crm-mail-private.h"

typedef struct {
  guint8    *data;
  gsize      end;
  GPtrArray *problems;
  guint64    line;          /* of what is looked at */
  guint      n_parts;
  guint      n_multiparts;
  guint      n_marks;
  guint      n_fields;
} Guard;

static gsize
find_line_end (const Guard *self,
               gsize        at)
{
  const guint8 *end = memchr (self->data + at, '\n', self->end - at);

  return end == NULL ? self->end : (gsize) (end - self->data) + 1;
}

static gboolean
begins_with (const Guard *self,
             gsize        at,
             const char  *text)
{
  gsize length = strlen (text);

  return self->end - at >= length && g_ascii_strncasecmp ((const char *) self->data + at, text, length) == 0;
}

static gboolean
is_blank (const Guard *self,
          gsize        at,
          gsize        end)
{
  while (at < end && (self->data[at] == '\r' || self->data[at] == '\n'))
    at++;
  return at == end;
}

/* Lines that begin with a space belong to the field before. */
static gsize
find_field_end (const Guard *self,
                gsize        at,
                guint64     *n_lines)
{
  gsize end = at;

  *n_lines = 0;
  do
    {
      end = find_line_end (self, end);
      (*n_lines)++;
    }
  while (end < self->end && (self->data[end] == ' ' || self->data[end] == '\t'));
  return end;
}

/* Places, and with them the numbers of lines, stay as they are. */
static void
blank (Guard *self,
       gsize  at,
       gsize  end)
{
  for (; at < end; at++)
    if (self->data[at] != '\n' && self->data[at] != '\r')
      self->data[at] = ' ';
}

static void
cut_field (Guard *self,
           gsize  at,
           gsize  end,
           gsize  largest)
{
  gsize length = 0;

  if (end - at <= largest)
    return;
  while (at + length < end && self->data[at + length] > ' ' && self->data[at + length] < 127 && self->data[at + length] != ':' && length < 40)
    length++;
  crm_mail_add_problem (self->problems, self->line, _("the field “%.*s” is too long; its end was left out"), (int) length,
                        (const char *) self->data + at);
  blank (self, at + largest, end);
}

static void
replace_nuls (Guard *self,
              gsize  at,
              gsize  end)
{
  for (guint8 *nul = self->data + at; (nul = memchr (nul, '\0', end - (gsize) (nul - self->data))) != NULL; nul++)
    *nul = '?';
}

static gboolean
has_type (const Guard *self,
          gsize        at,
          gsize        end,
          const char  *type)
{
  g_autofree char *field = g_strndup ((const char *) self->data + at, MIN (end - at, 200));
  g_autofree char *lower = g_ascii_strdown (field, -1);

  return strstr (lower, type) != NULL;
}

/* Counts the part that a field of that name describes; FALSE: there are too many, it and what follows is not read. */
static gboolean
count_part (Guard *self,
            gsize  at,
            gsize  end)
{
  if (!begins_with (self, at, "content-type:"))
    return TRUE;
  self->n_parts++;
  if (has_type (self, at, end, "multipart/") || has_type (self, at, end, "message/"))
    self->n_multiparts++;
  if (self->n_parts <= CRM_MAIL_MAX_PARTS && self->n_multiparts <= CRM_MAIL_MAX_MULTIPARTS)
    return TRUE;
  crm_mail_add_problem (self->problems, self->line, _("there are too many parts; those from here on were left out"));
  self->end = at;
  return FALSE;
}

/* A field has a name before its colon. */
static gboolean
is_field (const Guard *self,
          gsize        at)
{
  gsize end = at;

  while (end < self->end && self->data[end] > ' ' && self->data[end] < 127 && self->data[end] != ':')
    end++;
  return end > at && end < self->end && self->data[end] == ':';
}

static void
guard_field (Guard *self,
             gsize  at,
             gsize  end)
{
  if (self->n_fields++ < CRM_MAIL_MAX_FIELDS)
    cut_field (self, at, end, begins_with (self, at, "content-") ? CRM_MAIL_MAX_PART_FIELD_BYTES : CRM_MAIL_MAX_FIELD_BYTES);
  else
    {
      if (self->n_fields == CRM_MAIL_MAX_FIELDS + 1)
        crm_mail_add_problem (self->problems, self->line, _("the e-mail has too many fields; those from here on were left out"));
      blank (self, at, end);
    }
}

/* The fields up to a blank line, or what is no field. Of a part that is an e-mail of its own, or may be, a head follows the head. */
static gsize
guard_head (Guard    *self,
            gsize     at,
            gboolean  is_first,
            gboolean *has_next)
{
  gboolean is_typed = FALSE, is_message = FALSE;
  guint64 n_lines;

  while (at < self->end && !is_blank (self, at, find_line_end (self, at)) && (is_first || is_field (self, at)))
    {
      gsize end = find_field_end (self, at, &n_lines);

      replace_nuls (self, at, end);
      if (!count_part (self, at, end))
        return self->end;
      is_typed |= begins_with (self, at, "content-type:");
      is_message |= begins_with (self, at, "content-type:") && has_type (self, at, end, "message/");
      guard_field (self, at, end);
      self->line += n_lines;
      at = end;
    }
  *has_next = at < self->end && is_blank (self, at, find_line_end (self, at)) && (is_message || (!is_first && !is_typed));
  return at;
}

static gsize
guard_heads (Guard    *self,
             gsize     at,
             gboolean  is_first)
{
  gboolean has_next = FALSE;

  at = guard_head (self, at, is_first, &has_next);
  for (guint depth = 0; has_next && at < self->end && depth < CRM_MAIL_MAX_DEPTH; depth++)
    {
      at = find_line_end (self, at);
      self->line++;
      at = guard_head (self, at, FALSE, &has_next);
    }
  return at;
}

/* Any line that may part one part from another; a head follows it. */
static void
guard_body (Guard *self,
            gsize  at)
{
  while (at < self->end)
    {
      gboolean parts = begins_with (self, at, "--");

      if (parts && ++self->n_marks > CRM_MAIL_MAX_MARKS)
        {
          crm_mail_add_problem (self->problems, self->line, _("there are too many parts; those from here on were left out"));
          self->end = at;
          return;
        }
      at = find_line_end (self, at);
      self->line++;
      if (parts)
        at = guard_heads (self, at, FALSE);
    }
}

/* A mark of the encoding, blank lines, and the line with which mailboxes part their e-mails */
static gsize
skip_before (Guard *self)
{
  gsize at = begins_with (self, 0, "\xEF\xBB\xBF") ? 3 : 0;

  while (at < self->end && is_blank (self, at, find_line_end (self, at)))
    {
      at = find_line_end (self, at);
      self->line++;
    }
  if (begins_with (self, at, "From ") || begins_with (self, at, ">From "))
    {
      at = find_line_end (self, at);
      self->line++;
    }
  return at;
}

void
crm_mail_guard (GByteArray *file,
                gsize      *start,
                gsize      *end,
                GPtrArray  *problems)
{
  Guard self = { file->data, file->len, problems, 1 };

  *start = skip_before (&self);
  guard_body (&self, guard_heads (&self, *start, TRUE));
  *end = self.end;
}
