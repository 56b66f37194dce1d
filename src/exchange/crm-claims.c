/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crm-config.h"

#include "crm-claims.h"

#include "crm-client.h"
#include "crm-fold.h"

/* What the file can say of a client besides its fields, whose topics are their indexes. */
enum {
  TOPIC_POINT = CRM_MAX_FIELDS,
  TOPIC_CITY,
  TOPIC_REPLACED_POINT,
  TOPIC_TAG,
  TOPIC_NOTE_LINE,
  TOPIC_REPLACED_NOTES,
};

static guint32
hash_field (const CrmValues *values,
            guint            field)
{
  g_autofree char *text = NULL;

  if (crm_client.fields[field].kind == CRM_KIND_REFERENCE)
    {
      text = crm_fold (crm_values_get_text (values, field));
      return crm_known_hash (text);
    }
  if (crm_values_get_text (values, field) != NULL)
    return crm_known_hash (crm_values_get_text (values, field));
  text = crm_values_to_plain (values, field);
  return crm_known_hash (text == NULL ? "" : text);
}

gboolean
crm_claims_have_value (const CrmKnown  *known,
                       guint32          client,
                       const CrmValues *values,
                       guint            field)
{
  return crm_known_has_claim (known, client, (guint16) field, hash_field (values, field));
}

gboolean
crm_claims_are_elsewhere (const CrmKnown *known,
                          guint32         client,
                          guint32         city)
{
  return city != 0 && crm_known_is_claimed (known, client, TOPIC_CITY) && !crm_known_has_claim (known, client, TOPIC_CITY, city);
}

gboolean
crm_claims_have_tag (const CrmKnown *known,
                     guint32         client,
                     const char     *folded)
{
  return crm_known_has_claim (known, client, TOPIC_TAG, crm_known_hash (folded));
}

gboolean
crm_claims_have_point (const CrmKnown *known,
                       guint32         client,
                       guint64         key)
{
  return crm_known_has_claim (known, client, TOPIC_POINT, (guint32) key);
}

gboolean
crm_claims_have_replaced_point (const CrmKnown *known,
                                guint32         client,
                                guint64         key)
{
  return crm_known_has_claim (known, client, TOPIC_REPLACED_POINT, (guint32) key);
}

gboolean
crm_claims_have_note_line (const CrmKnown *known,
                           guint32         client,
                           const char     *line)
{
  return crm_known_has_claim (known, client, TOPIC_NOTE_LINE, crm_known_hash (line));
}

gboolean
crm_claims_are_noted (const CrmKnown *known,
                      guint32         client)
{
  return crm_known_is_new (known, client) || crm_known_is_claimed (known, client, CRM_CLIENT_NOTES) ||
         crm_known_is_claimed (known, client, TOPIC_NOTE_LINE);
}

gboolean
crm_claims_have_replaced_notes (const CrmKnown *known,
                                guint32         client)
{
  return crm_known_is_claimed (known, client, TOPIC_REPLACED_NOTES);
}

/* Later rows see what was decided */

static void
claim_points (CrmKnown           *known,
              const CrmCurrent   *current,
              const CrmDecision  *decision,
              const CrmImportRow *row,
              guint32             client)
{
  for (guint i = 0; i < row->points->len; i++)
    {
      const CrmImportPoint *point = &g_array_index (row->points, CrmImportPoint, i);
      const CrmValues *replaced = NULL;

      /* It is a change of the main one: the number or address that was there is gone. */
      if (decision->verdict == CRM_VERDICT_CHANGED && crm_values_has (decision->changes, point->field) &&
          !crm_known_is_claimed (known, client, (guint16) point->field))
        replaced = crm_current_get_main_point (current, point->field);
      if (replaced != NULL)
        {
          crm_known_claim (known, client, TOPIC_REPLACED_POINT, (guint32) crm_current_point_key (replaced));
          crm_known_remove_key (known, crm_current_point_key (replaced), client);
        }
      crm_known_claim (known, client, TOPIC_POINT, (guint32) point->key);
      crm_known_claim (known, client, (guint16) point->field, 1);
      crm_known_add_key (known, point->field == CRM_CLIENT_EMAIL ? CRM_KEY_EMAIL : CRM_KEY_PHONE, point->key, client);
    }
}

static void
claim_lines (CrmKnown   *known,
             guint32     client,
             const char *text)
{
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);

  for (guint i = 0; lines[i] != NULL; i++)
    if (*g_strstrip (lines[i]) != '\0')
      crm_known_claim (known, client, TOPIC_NOTE_LINE, crm_known_hash (lines[i]));
}

static void
claim_notes (CrmKnown           *known,
             const CrmDecision  *decision,
             const CrmImportRow *row,
             guint32             client)
{
  if (row->notes->len > 0)
    {
      if (crm_values_has (decision->changes, CRM_CLIENT_NOTES))
        crm_known_claim (known, client, TOPIC_REPLACED_NOTES, 1);
      crm_known_claim (known, client, CRM_CLIENT_NOTES, 1);
      claim_lines (known, client, row->notes->str);
    }
  for (guint i = 0; i < row->remarks->len; i++)
    claim_lines (known, client, g_ptr_array_index (row->remarks, i));
}

static void
claim_tags (CrmKnown        *known,
            const CrmValues *values,
            guint32          client)
{
  g_auto (GStrv) tags = g_strsplit (crm_values_get_text (values, CRM_CLIENT_TAGS), ", ", -1);

  for (guint i = 0; tags[i] != NULL; i++)
    {
      g_autofree char *tag = crm_fold (tags[i]);

      crm_known_claim (known, client, TOPIC_TAG, crm_known_hash (tag));
    }
}

static void
claim_fields (CrmKnown           *known,
              const CrmRowKeys   *keys,
              const CrmImportRow *row,
              guint32             client)
{
  for (guint i = 0; i < crm_client.n_fields; i++)
    {
      if (i == CRM_CLIENT_NAME || !crm_values_has (row->values, i))
        continue;
      if (i == CRM_CLIENT_TAGS)
        claim_tags (known, row->values, client);
      /* The first one that says anything counts. */
      else if (!crm_known_is_claimed (known, client, (guint16) i))
        crm_known_claim (known, client, (guint16) i, hash_field (row->values, i));
    }
  if (keys->city != 0 && !crm_known_is_claimed (known, client, TOPIC_CITY))
    crm_known_claim (known, client, TOPIC_CITY, keys->city);
}

void
crm_claims_add (CrmKnown           *known,
                const CrmRowKeys   *keys,
                const CrmCurrent   *current,
                const CrmDecision  *decision,
                const CrmImportRow *row,
                guint32             client)
{
  if (crm_known_get_line (known, client) == 0)
    crm_known_set_line (known, client, row->line);
  claim_fields (known, keys, row, client);
  claim_points (known, current, decision, row, client);
  claim_notes (known, decision, row, client);
}

/* Keys */

static void
move_key (CrmKnown   *known,
          guint32     client,
          CrmKeyKind  kind,
          guint64     old,
          guint64     new)
{
  if (old == new || !crm_known_needs (known, kind))
    return;
  crm_known_remove_key (known, old, client);
  crm_known_add_key (known, kind, new, client);
}

/* Only what the row is the first to say becomes the client's. */
static void
move_keys_of_known (CrmKnown           *known,
                    const CrmRowKeys   *keys,
                    const CrmCurrent   *current,
                    const CrmImportRow *row,
                    guint32             client)
{
  const char *name = crm_values_get_text (row->values, CRM_CLIENT_NAME);
  const char *city = crm_values_get_text (current->values, CRM_CLIENT_CITY);
  gboolean is_first = crm_known_get_line (known, client) == 0;
  guint64 old[CRM_N_KEYS], new[CRM_N_KEYS];

  crm_known_name_keys (is_first ? crm_values_get_text (current->values, CRM_CLIENT_NAME) : name, city, old);
  crm_known_name_keys (name, crm_values_has (row->values, CRM_CLIENT_CITY) ? crm_values_get_text (row->values, CRM_CLIENT_CITY) : city, new);
  if (is_first)
    {
      move_key (known, client, CRM_KEY_NAME, old[CRM_KEY_NAME], new[CRM_KEY_NAME]);
      move_key (known, client, CRM_KEY_FIRM, old[CRM_KEY_FIRM], new[CRM_KEY_FIRM]);
    }
  if (!crm_known_is_claimed (known, client, CRM_CLIENT_CITY))
    move_key (known, client, CRM_KEY_NAME_CITY, old[CRM_KEY_NAME_CITY], new[CRM_KEY_NAME_CITY]);
  if (keys->by_kind[CRM_KEY_TAX_NUMBER] != 0 && !crm_known_is_claimed (known, client, CRM_CLIENT_TAX_NUMBER))
    move_key (known, client, CRM_KEY_TAX_NUMBER,
              crm_known_key (CRM_KEY_TAX_NUMBER, crm_values_get_text (current->values, CRM_CLIENT_TAX_NUMBER)),
              keys->by_kind[CRM_KEY_TAX_NUMBER]);
}

static void
add_keys_of_new (CrmKnown         *known,
                 const CrmRowKeys *keys,
                 guint32           client)
{
  if (crm_known_get_line (known, client) == 0)
    {
      crm_known_add_key (known, CRM_KEY_NAME, keys->by_kind[CRM_KEY_NAME], client);
      crm_known_add_key (known, CRM_KEY_FIRM, keys->by_kind[CRM_KEY_FIRM], client);
    }
  if (!crm_known_is_claimed (known, client, CRM_CLIENT_CITY))
    crm_known_add_key (known, CRM_KEY_NAME_CITY, keys->by_kind[CRM_KEY_NAME_CITY], client);
  if (!crm_known_is_claimed (known, client, CRM_CLIENT_TAX_NUMBER))
    crm_known_add_key (known, CRM_KEY_TAX_NUMBER, keys->by_kind[CRM_KEY_TAX_NUMBER], client);
}

void
crm_claims_take_keys (CrmKnown           *known,
                      const CrmRowKeys   *keys,
                      const CrmCurrent   *current,
                      const CrmImportRow *row,
                      guint32             client)
{
  if (crm_known_is_new (known, client))
    add_keys_of_new (known, keys, client);
  else
    move_keys_of_known (known, keys, current, row, client);
}
