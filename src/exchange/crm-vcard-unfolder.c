/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crm-config.h"

#include "crm-vcard-unfolder.h"

#include <string.h>

#include "crm-vcard-private.h"

void
crm_vcard_unfolder_init (CrmVcardUnfolder *self,
                         CrmVcardLines    *lines)
{
  *self = (CrmVcardUnfolder) { .lines = lines, .text = g_string_new (NULL) };
  crm_vcard_head_init (&self->head);
}

void
crm_vcard_unfolder_clear (CrmVcardUnfolder *self)
{
  crm_vcard_lines_free (self->lines);
  crm_vcard_head_clear (&self->head);
  g_string_free (self->text, TRUE);
}

static gboolean
is_blank (const CrmVcardLine *line)
{
  for (gsize i = 0; i < line->length; i++)
    if (!g_ascii_isspace (line->text[i]))
      return FALSE;
  return TRUE;
}

static gboolean
is_fold (const CrmVcardLine *line)
{
  return line->length > 0 && (line->text[0] == ' ' || line->text[0] == '\t');
}

/* BEGIN:VCARD, END:VCARD */
static gboolean
is_mark (const CrmVcardLine *line,
         const char         *mark)
{
  gsize length = strlen (mark);

  return line->length >= length && g_ascii_strncasecmp (line->text, mark, length) == 0;
}

static void
append_line (CrmVcardUnfolder   *self,
             const CrmVcardLine *line,
             gsize               from)
{
  gsize room = CRM_VCARD_MAX_VALUE_BYTES - MIN (self->text->len, CRM_VCARD_MAX_VALUE_BYTES);

  self->is_cut |= line->is_cut || line->length - from > room;
  g_string_append_len (self->text, line->text + from, (gssize) MIN (line->length - from, room));
}

/* Does a soft line break of quoted-printable end the text? It is taken off then. */
static gboolean
take_soft_break (CrmVcardUnfolder *self)
{
  gsize length = self->text->len;

  while (length > 0 && g_ascii_isspace (self->text->str[length - 1]))
    length--;
  if (length == 0 || self->text->str[length - 1] != '=')
    return FALSE;
  g_string_truncate (self->text, length - 1);
  return TRUE;
}

/* In version 2.1 a line is broken in front of a space that is part of the text, later one is put in. */
static gsize
get_fold_length (const CrmVcardUnfolder *self)
{
  return self->head.is_complete && self->version == CRM_VCARD_2_1 ? 0 : 1;
}

/*
 * Appends the next line if it belongs to the property.
 * @after_blank: (inout): were there empty lines in between?
 * @soft: (inout): did the last line end with a soft line break?
 */
static gboolean
continue_property (CrmVcardUnfolder   *self,
                   const CrmVcardLine *line,
                   gboolean           *after_blank,
                   gboolean           *soft)
{
  CrmVcardHead *head = &self->head;

  if (*soft && !is_mark (line, "END:VCARD") && !is_mark (line, "BEGIN:VCARD") &&
      (!*after_blank || !crm_vcard_head_is_likely (line->text, line->length)))
    append_line (self, line, 0);
  else if (is_fold (line))
    append_line (self, line, get_fold_length (self));
  else if (head->encoding == CRM_VCARD_BASE64 && !*after_blank && crm_vcard_is_base64 (line->text, line->length))
    append_line (self, line, 0);
  else
    return FALSE;
  *after_blank = FALSE;
  return TRUE;
}

/* The lines behind the first that belong to the property. */
static gboolean
read_rest (CrmVcardUnfolder  *self,
           GError           **error)
{
  g_autoptr (GError) local_error = NULL;
  gboolean after_blank = FALSE, soft = FALSE;
  CrmVcardLine line;

  while (TRUE)
    {
      crm_vcard_head_scan (&self->head, self->text->str, self->text->len);
      soft |= self->head.encoding == CRM_VCARD_QUOTED_PRINTABLE && !after_blank && take_soft_break (self);
      if (!crm_vcard_lines_peek (self->lines, &line, &local_error))
        break;
      if (line.length == 0 || (after_blank && is_blank (&line)))
        after_blank = TRUE;
      else if (continue_property (self, &line, &after_blank, &soft))
        soft = FALSE;
      else
        return TRUE;
      crm_vcard_lines_take (self->lines);
    }
  if (local_error == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local_error));
  return FALSE;
}

gboolean
crm_vcard_unfolder_next (CrmVcardUnfolder  *self,
                         CrmVcardVersion    version,
                         GError           **error)
{
  CrmVcardLine line;
  gsize start = 0;

  while (TRUE)
    {
      if (!crm_vcard_lines_peek (self->lines, &line, error))
        return FALSE;
      if (!is_blank (&line))
        break;
      crm_vcard_lines_take (self->lines);
    }
  while (g_ascii_isspace (line.text[start]))
    start++;
  self->version = version;
  self->line = line.number;
  self->is_cut = FALSE;
  g_string_truncate (self->text, 0);
  append_line (self, &line, start);
  crm_vcard_lines_take (self->lines);
  crm_vcard_head_reset (&self->head);
  return read_rest (self, error);
}
