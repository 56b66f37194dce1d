/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <gio/gio.h>
#include <string.h>

#include "../support/vcard-dump.h"
#include "crm-card-person.h"
#include "crm-vcard-reader.h"
#include "crm-vcard-writer.h"

/* The input is a file. */
int LLVMFuzzerTestOneInput (const guint8 *data, size_t size);

static void
check_property (const CrmVcard         *card,
                const CrmVcardProperty *property)
{
  g_autofree char *text = crm_vcard_property_dup_text (property);
  g_autofree char *label = crm_vcard_dup_label (card, property);
  g_auto (GStrv) parts = crm_vcard_property_dup_parts (property);
  g_auto (GStrv) list = crm_vcard_property_dup_list (property);

  g_assert_true (g_utf8_validate (property->value, -1, NULL));
  g_assert_true (strpbrk (property->value, "\r\n") == NULL);
  g_assert_true (g_utf8_validate (text, -1, NULL));
  g_assert_true (label == NULL || g_utf8_validate (label, -1, NULL));
  g_assert_nonnull (parts[0]);
  g_assert_true (list[0] == NULL || *list[0] != '\0');
  g_assert_true (property->n_params <= CRM_VCARD_MAX_PARAMS);
  for (guint i = 0; i < property->n_params; i++)
    g_assert_true (g_utf8_validate (property->params[i].value, -1, NULL));
}

static void
check_person (const CrmVcard *card)
{
  g_autoptr (CrmCardPerson) person = crm_card_person_new (card);
  g_autoptr (CrmVcard) made = crm_card_person_to_vcard (person, CRM_VCARD_4_0);
  g_autoptr (CrmCardPerson) again = crm_card_person_new (made);

  g_assert_true (person->name == NULL || g_utf8_validate (person->name, -1, NULL));
  g_assert_cmpstr (again->name, ==, person->name);
  g_assert_cmpstr (again->birthday, ==, person->birthday);
  g_assert_cmpstr (again->notes, ==, person->notes);
}

/* What was read, as it is written in @version and as it is seen. */
static void
read_all (GBytes          *bytes,
          CrmVcardVersion  version,
          GString         *written,
          GString         *seen)
{
  g_autoptr (CrmVcardReader) reader = crm_vcard_reader_new_for_bytes (bytes);
  g_autoptr (GError) error = NULL;
  guint64 line = 0;
  CrmVcard *card;

  while ((card = crm_vcard_reader_next (reader, &error)) != NULL)
    {
      g_assert_true (crm_vcard_get_line (card) > line);
      line = crm_vcard_get_line (card);
      for (guint i = 0; i < crm_vcard_get_n_properties (card); i++)
        check_property (card, crm_vcard_get_property (card, i));
      check_person (card);
      crm_vcard_append_card (written, card, version);
      vcard_dump_full (seen, card, TRUE);
      g_string_append (seen, "--\n");
      crm_vcard_free (card);
    }
  g_assert_no_error (error);
  g_assert_cmpint (crm_vcard_reader_get_position (reader), ==, crm_vcard_reader_get_size (reader));
}

/* What was written reads as what it was. Version 3.0 cannot say everything, there what was written once stays as it is. */
static void
check_round_trip (GBytes          *bytes,
                  CrmVcardVersion  version,
                  guint            times)
{
  g_autoptr (GBytes) file = g_bytes_ref (bytes);
  g_autofree char *before = NULL;

  for (guint i = 0; i <= times; i++)
    {
      g_autoptr (GString) seen = g_string_new (NULL);
      GString *written = g_string_new (NULL);

      read_all (file, version, written, seen);
      if (i == times)
        g_assert_cmpstr (seen->str, ==, before);
      g_free (before);
      before = g_string_free (g_steal_pointer (&seen), FALSE);
      g_bytes_unref (file);
      file = g_string_free_to_bytes (written);
    }
}

int
LLVMFuzzerTestOneInput (const guint8 *data,
                        size_t        size)
{
  g_autoptr (GBytes) bytes = g_bytes_new (data, size);

  check_round_trip (bytes, CRM_VCARD_4_0, 1);
  check_round_trip (bytes, CRM_VCARD_3_0, 2);
  return 0;
}
