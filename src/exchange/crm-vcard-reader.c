/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crm-config.h"

#include "crm-vcard-reader.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "crm-csv-private.h"
#include "crm-vcard-private.h"
#include "crm-vcard-unfolder.h"
#include "crm-vcard-values.h"
#include "crm-vcard-writer.h"

/* Characters of a line shown in a message. */
#define SHOWN 40

struct _CrmVcardReader {
  GPtrArray        *problems;
  CrmVcardUnfolder  source;         /* of the property being read */
  CrmVcardValues    values;

  /* A card and, from its AGENT on, the cards within. */
  CrmVcard         *cards[CRM_VCARD_MAX_DEPTH];
  guint             depth;
  guint             skipped_depth;  /* of cards still deeper */
  gboolean          has_begun;      /* the next card's BEGIN was met where the end of the one before was missing; in line: */
  guint64           begin_line;
  gboolean          has_stray;
  gboolean          too_many;
  gboolean          too_large;
};

/* @text: (transfer full) */
static void
report (CrmVcardReader *self,
        guint64         line,
        char           *text)
{
  crm_vcard_problems_add (&self->problems, line, text);
}

static CrmVcardReader *
reader_new (GInputStream *stream,
            gint64        size)
{
  CrmVcardReader *self = g_new0 (CrmVcardReader, 1);

  crm_vcard_unfolder_init (&self->source, crm_vcard_lines_new (stream, size));
  crm_vcard_values_init (&self->values, &self->problems);
  return self;
}

CrmVcardReader *
crm_vcard_reader_new (const char  *path,
                      GError     **error)
{
  GInputStream *stream;
  gint64 size;

  g_return_val_if_fail (path != NULL, NULL);

  stream = crm_csv_open (path, &size, error);
  return stream != NULL ? reader_new (stream, size) : NULL;
}

CrmVcardReader *
crm_vcard_reader_new_for_bytes (GBytes *bytes)
{
  g_return_val_if_fail (bytes != NULL, NULL);

  return reader_new (g_memory_input_stream_new_from_bytes (bytes), (gint64) g_bytes_get_size (bytes));
}

void
crm_vcard_reader_free (CrmVcardReader *self)
{
  if (self == NULL)
    return;
  for (guint i = 0; i < self->depth; i++)
    crm_vcard_free (self->cards[i]);
  crm_vcard_unfolder_clear (&self->source);
  crm_vcard_values_clear (&self->values);
  g_clear_pointer (&self->problems, g_ptr_array_unref);
  g_free (self);
}

gint64
crm_vcard_reader_get_position (CrmVcardReader *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return crm_vcard_lines_get_position (self->source.lines);
}

gint64
crm_vcard_reader_get_size (CrmVcardReader *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return crm_vcard_lines_get_size (self->source.lines);
}

GPtrArray *
crm_vcard_reader_steal_problems (CrmVcardReader *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return g_steal_pointer (&self->problems);
}

/* Properties to cards */

static CrmVcardVersion
get_version (CrmVcardReader *self)
{
  return self->depth > 0 ? crm_vcard_get_version (self->cards[self->depth - 1]) : CRM_VCARD_UNKNOWN;
}

static void
report_line (CrmVcardReader *self)
{
  g_autofree char *valid = g_utf8_make_valid (self->source.text->str, (gssize) MIN (self->source.text->len, 4 * SHOWN));
  g_autofree char *shown = g_utf8_substring (valid, 0, MIN (g_utf8_strlen (valid, -1), SHOWN));

  report (self, self->source.line, g_strdup_printf (_("“%s” is no part of a card."), shown));
}

/* Of each card once: a file of another kind would be nothing but such lines. */
static gboolean
has_room (CrmVcardReader *self)
{
  CrmVcard *card = self->cards[self->depth - 1];
  gboolean too_many = crm_vcard_get_n_properties (card) == CRM_VCARD_MAX_PROPERTIES;
  gsize size = self->source.text->len + crm_vcard_values_get_size (&self->values);

  for (guint i = 0; i < self->depth; i++)
    size += crm_vcard_get_size (self->cards[i]);
  if (too_many && !self->too_many)
    report (self, self->source.line, g_strdup_printf (_("The card has more than %d properties; further ones were left out."),
                                                      CRM_VCARD_MAX_PROPERTIES));
  self->too_many |= too_many;
  if (size > CRM_VCARD_MAX_CARD_BYTES && !self->too_large)
    report (self, self->source.line, g_strdup_printf (_("The card is larger than %d MiB; what did not fit was left out."),
                                                      CRM_VCARD_MAX_CARD_BYTES / (1024 * 1024)));
  self->too_large |= size > CRM_VCARD_MAX_CARD_BYTES;
  return !too_many && size <= CRM_VCARD_MAX_CARD_BYTES;
}

static void
add_property (CrmVcardReader *self)
{
  CrmVcard *card = self->cards[self->depth - 1];
  CrmVcardHead *head = &self->source.head;
  const char *canonical;
  CrmVcardForm form = crm_vcard_lookup (head->name, &canonical);
  CrmVcardProperty *property;

  if (!has_room (self) || !crm_vcard_values_take (&self->values, &self->source, form))
    return;
  property = crm_vcard_add (card, head->group, head->name, "");
  property->line = self->source.line;
  for (guint i = 0; i < head->params->len; i++)
    {
      const CrmVcardParam *param = &g_array_index (head->params, CrmVcardParam, i);

      crm_vcard_add_param (card, property, param->name, param->value);
    }
  crm_vcard_values_set (&self->values, card, property, form);
}

/* A line without a colon is most often one of a text that was not folded. */
static void
add_to_last (CrmVcardReader *self)
{
  CrmVcard *card = self->cards[self->depth - 1];
  guint n = crm_vcard_get_n_properties (card);
  CrmVcardProperty *last = n > 0 ? crm_vcard_get_property (card, n - 1) : NULL;
  const char *canonical;
  g_autofree char *valid = NULL;
  g_autoptr (GString) normal = NULL;

  report_line (self);
  if (last == NULL || crm_vcard_lookup (last->name, &canonical) != CRM_VCARD_TEXT || !has_room (self) ||
      crm_vcard_get_size (card) + strlen (last->value) > CRM_VCARD_MAX_CARD_BYTES ||
      crm_vcard_values_is_last_undecoded (&self->values, last))
    return;
  valid = g_utf8_make_valid (self->source.text->str, (gssize) self->source.text->len);
  normal = g_string_new (last->value);
  g_string_append (normal, "\\n");
  crm_vcard_append_normal (normal, CRM_VCARD_TEXT, crm_vcard_get_version (card), valid);
  crm_vcard_set_value (card, last, normal->str, (gssize) normal->len);
}

static void
push_card (CrmVcardReader *self,
           guint64         line)
{
  CrmVcard *card = crm_vcard_new (CRM_VCARD_UNKNOWN);

  crm_vcard_set_line (card, line);
  self->cards[self->depth++] = card;
  self->has_stray = FALSE;
}

/* A card within becomes the value of its AGENT. */
static void
pop_inner (CrmVcardReader *self)
{
  g_autoptr (CrmVcard) inner = NULL;
  CrmVcard *outer = self->cards[self->depth - 2];
  CrmVcardProperty *agent = crm_vcard_get_property (outer, crm_vcard_get_n_properties (outer) - 1);
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (GString) escaped = g_string_new (NULL);

  crm_vcard_values_finish (&self->values, self->cards[0], crm_vcard_lines_is_unicode (self->source.lines));
  inner = self->cards[--self->depth];
  crm_vcard_append_card (text, inner, CRM_VCARD_3_0);
  crm_vcard_append_escaped (escaped, text->str, (gssize) text->len);
  if (escaped->len > CRM_VCARD_MAX_VALUE_BYTES)
    report (self, agent->line, g_strdup_printf (_("%s is larger than %d MiB and was left out."), agent->name,
                                                CRM_VCARD_MAX_VALUE_BYTES / (1024 * 1024)));
  else
    crm_vcard_set_value (outer, agent, escaped->str, (gssize) escaped->len);
}

static CrmVcard *
pop_card (CrmVcardReader *self)
{
  while (self->depth > 1)
    pop_inner (self);
  crm_vcard_values_finish (&self->values, self->cards[0], crm_vcard_lines_is_unicode (self->source.lines));
  self->depth = 0;
  self->skipped_depth = 0;
  self->too_many = FALSE;
  self->too_large = FALSE;
  return self->cards[0];
}

static CrmVcard *
pop_unclosed (CrmVcardReader *self)
{
  report (self, crm_vcard_get_line (self->cards[0]), g_strdup (_("The card has no end: END:VCARD is missing.")));
  return pop_card (self);
}

static gboolean
is_at_agent (CrmVcardReader *self)
{
  CrmVcard *card = self->cards[self->depth - 1];
  guint n = crm_vcard_get_n_properties (card);
  CrmVcardProperty *last = n > 0 ? crm_vcard_get_property (card, n - 1) : NULL;

  return last != NULL && crm_vcard_property_is (last, "AGENT") && *last->value == '\0' && last->bytes == NULL;
}

/* Returns: (transfer full) (nullable): the card before, if it has no end */
static CrmVcard *
begin_card (CrmVcardReader *self)
{
  if (self->depth == 0)
    push_card (self, self->source.line);
  else if (self->skipped_depth > 0 || (is_at_agent (self) && self->depth == CRM_VCARD_MAX_DEPTH))
    {
      if (self->skipped_depth++ == 0)
        report (self, self->source.line, g_strdup_printf (_("The card holds cards in cards more than %d deep; these were left out."),
                                                          CRM_VCARD_MAX_DEPTH));
    }
  else if (is_at_agent (self))
    push_card (self, self->source.line);
  else
    {
      self->has_begun = TRUE;
      self->begin_line = self->source.line;
      return pop_unclosed (self);
    }
  return NULL;
}

/* Returns: (transfer full) (nullable): the card if this was its end */
static CrmVcard *
end_card (CrmVcardReader *self)
{
  if (self->skipped_depth > 0)
    self->skipped_depth--;
  else if (self->depth == 1)
    return pop_card (self);
  else
    pop_inner (self);
  return NULL;
}

static CrmVcardVersion
parse_version (const char *text)
{
  if (g_str_has_prefix (text, "2.1"))
    return CRM_VCARD_2_1;
  if (g_str_has_prefix (text, "3.0"))
    return CRM_VCARD_3_0;
  return text[0] == '4' && (text[1] == '\0' || text[1] == '.') ? CRM_VCARD_4_0 : CRM_VCARD_UNKNOWN;
}

static gboolean
is_named (CrmVcardReader *self,
          const char     *name)
{
  return self->source.head.is_valid && g_ascii_strcasecmp (self->source.head.name, name) == 0;
}

/* Whatever stands where no card has begun; a version begins one. @value: (nullable): of a property that makes a card */
static void
handle_outside (CrmVcardReader *self,
                const char     *value)
{
  CrmVcardVersion version = CRM_VCARD_UNKNOWN;

  if (is_named (self, "VERSION"))
    version = parse_version (value);
  if (version != CRM_VCARD_UNKNOWN)
    {
      report (self, self->source.line, g_strdup (_("The card has no beginning: BEGIN:VCARD is missing.")));
      push_card (self, self->source.line);
      crm_vcard_set_version (self->cards[0], version);
    }
  else if (!self->has_stray)
    {
      report_line (self);
      self->has_stray = TRUE;
    }
}

static void
handle_inside (CrmVcardReader *self,
               const char     *value)
{
  if (self->skipped_depth > 0)
    return;
  if (!self->source.head.is_valid)
    add_to_last (self);
  else if (is_named (self, "VERSION"))
    crm_vcard_set_version (self->cards[self->depth - 1], parse_version (value));
  else if (value != NULL)
    report_line (self);
  else
    add_property (self);
}

/* Returns: (transfer full) (nullable): a card that has ended */
static CrmVcard *
handle_property (CrmVcardReader *self)
{
  g_autofree char *value = NULL;

  crm_vcard_head_finish (&self->source.head, self->source.text->str, self->source.text->len, get_version (self));
  if (is_named (self, "BEGIN") || is_named (self, "END") || is_named (self, "VERSION"))
    {
      gsize start = self->source.head.length + 1;

      value = g_strstrip (g_strndup (self->source.text->str + start, MIN (self->source.text->len - start, 100)));
    }
  if (value != NULL && g_ascii_strcasecmp (value, "VCARD") == 0 && is_named (self, "BEGIN"))
    return begin_card (self);
  if (value != NULL && g_ascii_strcasecmp (value, "VCARD") == 0 && is_named (self, "END") && self->depth > 0)
    return end_card (self);
  if (self->depth == 0)
    handle_outside (self, value);
  else
    handle_inside (self, value);
  return NULL;
}

CrmVcard *
crm_vcard_reader_next (CrmVcardReader  *self,
                       GError         **error)
{
  g_autoptr (GError) local_error = NULL;

  g_return_val_if_fail (self != NULL, NULL);

  g_clear_pointer (&self->problems, g_ptr_array_unref);
  if (self->has_begun)
    push_card (self, self->begin_line);
  self->has_begun = FALSE;
  while (crm_vcard_unfolder_next (&self->source, get_version (self), &local_error))
    {
      CrmVcard *card = handle_property (self);

      if (card != NULL)
        return card;
    }
  if (local_error != NULL)
    g_propagate_error (error, g_steal_pointer (&local_error));
  else if (self->depth > 0)
    return pop_unclosed (self);
  return NULL;
}
