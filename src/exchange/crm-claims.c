/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crm-config.h"

#include "crm-claims.h"

#include "crm-address.h"
#include "crm-card-extra.h"
#include "crm-fold.h"
#include "crm-person.h"

/* What the file can say of a client besides its fields, whose topics are their indexes. */
enum {
  TOPIC_POINT_KIND = CRM_MAX_FIELDS,
  TOPIC_POINT = TOPIC_POINT_KIND + CRM_N_POINT_KINDS,
  TOPIC_PLACE,
  TOPIC_REPLACED_POINT,
  TOPIC_TAG,
  TOPIC_NOTE_LINE,
  TOPIC_REPLACED_NOTES,
  TOPIC_KEPT,
  TOPIC_KEPT_PROPERTY,
  TOPIC_REPLACED_KEPT,
  TOPIC_FIRM,
  TOPIC_ROLE,
  TOPIC_ADDRESS,
  TOPIC_UID,
};

static guint32
hash_field (const CrmValues *values,
            guint            field)
{
  g_autofree char *text = NULL;

  if (crm_values_get_entity (values)->fields[field].kind == CRM_KIND_REFERENCE)
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
                          guint32         place)
{
  return place != 0 && crm_known_is_claimed (known, client, TOPIC_PLACE) && !crm_known_has_claim (known, client, TOPIC_PLACE, place);
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
crm_claims_have_kind (const CrmKnown *known,
                      guint32         client,
                      CrmPointKind    kind)
{
  return crm_known_is_claimed (known, client, (guint16) (TOPIC_POINT_KIND + kind));
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
  return crm_known_is_new (known, client) || crm_known_is_claimed (known, client, (guint16) crm_known_get_subject (known)->notes) ||
         crm_known_is_claimed (known, client, TOPIC_NOTE_LINE);
}

gboolean
crm_claims_have_replaced_notes (const CrmKnown *known,
                                guint32         client)
{
  return crm_known_is_claimed (known, client, TOPIC_REPLACED_NOTES);
}

/* Cards */

static guint32
hash_property (const char *line)
{
  gsize length;
  const char *name = crm_card_line_get_key (line, &length);
  g_autofree char *lower = g_ascii_strdown (name, (gssize) length);

  return crm_known_hash (lower);
}

static guint32
hash_role (const CrmFirmName *firm,
           const char        *role)
{
  return crm_known_hash (role) ^ (guint32) firm->key;
}

guint32
crm_claims_hash_address (const CrmValues *address)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = CRM_ADDRESS_STREET; i <= CRM_ADDRESS_COUNTRY; i++)
    {
      crm_fold_append (text, crm_values_get_text (address, i), -1);
      g_string_append_c (text, '\n');
    }
  return crm_known_hash (text->str);
}

gboolean
crm_claims_have_kept (const CrmKnown *known,
                      guint32         client,
                      const char     *line)
{
  return crm_known_has_claim (known, client, TOPIC_KEPT, crm_known_hash (line));
}

gboolean
crm_claims_have_kept_property (const CrmKnown *known,
                               guint32         client,
                               const char     *line)
{
  return crm_known_has_claim (known, client, TOPIC_KEPT_PROPERTY, hash_property (line));
}

gboolean
crm_claims_have_replaced_kept (const CrmKnown *known,
                               guint32         client,
                               const char     *line)
{
  return crm_known_has_claim (known, client, TOPIC_REPLACED_KEPT, hash_property (line));
}

gboolean
crm_claims_have_other_uid (const CrmKnown     *known,
                           guint32             client,
                           const CrmImportRow *row)
{
  guint64 uid = row->keys.by_kind[CRM_KEY_UID];

  return uid != 0 && crm_known_has_claim (known, client, TOPIC_UID, row->file) && !crm_known_has (known, client, uid);
}

gboolean
crm_claims_have_picture (const CrmKnown       *known,
                         guint32               client,
                         const CrmImportRow   *row)
{
  return crm_known_has_claim (known, client, (guint16) row->subject->picture, crm_known_hash (row->picture->hash));
}

gboolean
crm_claims_have_firm (const CrmKnown    *known,
                      guint32            client,
                      const CrmFirmName *firm)
{
  return crm_known_has_claim (known, client, TOPIC_FIRM, (guint32) firm->key);
}

gboolean
crm_claims_have_role (const CrmKnown    *known,
                      guint32            client,
                      const CrmFirmName *firm,
                      const char        *role)
{
  return crm_known_has_claim (known, client, TOPIC_ROLE, hash_role (firm, role));
}

gboolean
crm_claims_have_address (const CrmKnown  *known,
                         guint32          client,
                         const CrmValues *address)
{
  return crm_known_has_claim (known, client, TOPIC_ADDRESS, crm_claims_hash_address (address));
}

/* Later rows see what was decided */

static void
claim_points (CrmKnown           *known,
              const CrmCurrent   *current,
              const CrmDecision  *decision,
              const CrmImportRow *row,
              guint32             client)
{
  const CrmImportSubject *subject = crm_known_get_subject (known);

  for (guint i = 0; i < row->points->len; i++)
    {
      const CrmImportPoint *point = &g_array_index (row->points, CrmImportPoint, i);
      int through = subject->through[point->kind];
      const CrmValues *replaced = NULL;

      /* It is a change of the main one: the number or address that was there is gone. */
      if (decision->verdict == CRM_VERDICT_CHANGED && through >= 0 && crm_values_has (decision->changes, (guint) through) &&
          !crm_claims_have_kind (known, client, point->kind))
        replaced = crm_current_get_main_point (current, point->kind);
      if (replaced != NULL)
        {
          crm_known_claim (known, client, TOPIC_REPLACED_POINT, (guint32) crm_current_point_key (replaced));
          crm_known_remove_key (known, crm_current_point_key (replaced), client);
        }
      crm_known_claim (known, client, TOPIC_POINT, (guint32) point->key);
      crm_known_claim (known, client, (guint16) (TOPIC_POINT_KIND + point->kind), 1);
      if (point->kind != CRM_POINT_CHAT)
        crm_known_add_key (known, point->kind == CRM_POINT_EMAIL ? CRM_KEY_EMAIL : CRM_KEY_PHONE, point->key, client);
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
  guint notes = crm_known_get_subject (known)->notes;

  if (row->notes->len > 0)
    {
      if (crm_values_has (decision->changes, notes))
        crm_known_claim (known, client, TOPIC_REPLACED_NOTES, 1);
      crm_known_claim (known, client, (guint16) notes, 1);
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
  g_auto (GStrv) tags = g_strsplit (crm_values_get_text (values, (guint) crm_known_get_subject (known)->tags), ", ", -1);

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
  const CrmImportSubject *subject = crm_known_get_subject (known);

  for (guint i = 0; i < subject->entity->n_fields; i++)
    {
      if (i == subject->name || !crm_values_has (row->values, i))
        continue;
      if ((int) i == subject->tags)
        claim_tags (known, row->values, client);
      /* The first one that says anything counts. */
      else if (!crm_known_is_claimed (known, client, (guint16) i))
        crm_known_claim (known, client, (guint16) i, hash_field (row->values, i));
    }
  if (keys->place != 0 && !crm_known_is_claimed (known, client, TOPIC_PLACE))
    crm_known_claim (known, client, TOPIC_PLACE, keys->place);
}

/* Of each firm the first role counts. */
static void
claim_job (CrmKnown           *known,
           const CrmImportJob *job,
           guint32             client)
{
  if (crm_claims_have_firm (known, client, &job->firm))
    return;
  crm_known_claim (known, client, TOPIC_FIRM, (guint32) job->firm.key);
  if (job->role != NULL)
    crm_known_claim (known, client, TOPIC_ROLE, hash_role (&job->firm, job->role));
}

static void
claim_card (CrmKnown           *known,
            const CrmDecision  *decision,
            const CrmImportRow *row,
            guint32             client)
{
  for (guint i = 0; i < decision->replaced->len; i++)
    crm_known_claim (known, client, TOPIC_REPLACED_KEPT, hash_property (g_ptr_array_index (decision->replaced, i)));
  for (guint i = 0; i < row->kept->len; i++)
    {
      const char *line = g_ptr_array_index (row->kept, i);

      crm_known_claim (known, client, TOPIC_KEPT, crm_known_hash (line));
      crm_known_claim (known, client, TOPIC_KEPT_PROPERTY, hash_property (line));
    }
  if (row->keys.by_kind[CRM_KEY_UID] != 0)
    crm_known_claim (known, client, TOPIC_UID, row->file);
  for (guint i = 0; i < row->addresses->len; i++)
    crm_known_claim (known, client, TOPIC_ADDRESS, crm_claims_hash_address (g_ptr_array_index (row->addresses, i)));
  if (row->picture != NULL && !crm_known_is_claimed (known, client, (guint16) row->subject->picture))
    crm_known_claim (known, client, (guint16) row->subject->picture, crm_known_hash (row->picture->hash));
  for (guint i = 0; i < row->jobs->len; i++)
    claim_job (known, &g_array_index (row->jobs, CrmImportJob, i), client);
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
  claim_card (known, decision, row, client);
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

/* A card need not give its name to what it was found to be about. */
static gboolean
takes_name (const CrmDecision  *decision,
            const CrmImportRow *row)
{
  return row->mapping != NULL || crm_values_has (decision->changes, row->subject->name);
}

/* Only what the row is the first to say becomes the client's. */
static void
move_keys_of_known (CrmKnown           *known,
                    const CrmRowKeys   *keys,
                    const CrmCurrent   *current,
                    const CrmDecision  *decision,
                    const CrmImportRow *row,
                    guint32             client)
{
  const CrmImportSubject *subject = crm_known_get_subject (known);
  gboolean is_first = crm_known_get_line (known, client) == 0;
  const char *name = crm_values_get_text (is_first && !takes_name (decision, row) ? current->values : row->values, subject->name);
  const char *place = crm_values_get_text (current->values, subject->place);
  guint64 old[CRM_N_KEYS], new[CRM_N_KEYS];

  crm_known_name_keys (subject, is_first ? crm_values_get_text (current->values, subject->name) : name, place, old);
  crm_known_name_keys (subject, name,
                       crm_values_has (row->values, subject->place) ? crm_values_get_text (row->values, subject->place) : place, new);
  if (is_first)
    {
      move_key (known, client, CRM_KEY_NAME, old[CRM_KEY_NAME], new[CRM_KEY_NAME]);
      move_key (known, client, CRM_KEY_FIRM, old[CRM_KEY_FIRM], new[CRM_KEY_FIRM]);
    }
  /* Where there are several, it is one more. */
  if (subject->places_sql != NULL)
    crm_known_add_key (known, CRM_KEY_NAME_CITY, keys->by_kind[CRM_KEY_NAME_CITY], client);
  else if (!crm_known_is_claimed (known, client, (guint16) subject->place))
    move_key (known, client, CRM_KEY_NAME_CITY, old[CRM_KEY_NAME_CITY], new[CRM_KEY_NAME_CITY]);
  if (keys->by_kind[CRM_KEY_TAX_NUMBER] != 0 && !crm_known_is_claimed (known, client, (guint16) subject->number))
    move_key (known, client, CRM_KEY_TAX_NUMBER,
              crm_known_key (CRM_KEY_TAX_NUMBER, crm_values_get_text (current->values, (guint) subject->number)),
              keys->by_kind[CRM_KEY_TAX_NUMBER]);
}

/* A UID is one more, a given name stays as it came. */
static void
add_keys_of_card (CrmKnown         *known,
                  const CrmRowKeys *keys,
                  guint32           client)
{
  crm_known_add_key (known, CRM_KEY_UID, keys->by_kind[CRM_KEY_UID], client);
  crm_known_add_key (known, CRM_KEY_GIVEN, keys->by_kind[CRM_KEY_GIVEN], client);
  for (guint i = 0; i < keys->places->len; i++)
    crm_known_add_key (known, CRM_KEY_NAME_CITY, g_array_index (keys->places, guint64, i), client);
}

static void
add_keys_of_new (CrmKnown           *known,
                 const CrmRowKeys   *keys,
                 const CrmDecision  *decision,
                 const CrmImportRow *row,
                 guint32             client)
{
  const CrmImportSubject *subject = crm_known_get_subject (known);

  if (crm_known_get_line (known, client) == 0 && takes_name (decision, row))
    {
      /* Of a firm that was made by its short name */
      crm_known_remove_key (known, keys->plain, client);
      crm_known_add_key (known, CRM_KEY_NAME, keys->by_kind[CRM_KEY_NAME], client);
      crm_known_add_key (known, CRM_KEY_FIRM, keys->by_kind[CRM_KEY_FIRM], client);
    }
  if (subject->places_sql != NULL || !crm_known_is_claimed (known, client, (guint16) subject->place))
    crm_known_add_key (known, CRM_KEY_NAME_CITY, keys->by_kind[CRM_KEY_NAME_CITY], client);
  if (subject->number >= 0 && !crm_known_is_claimed (known, client, (guint16) subject->number))
    crm_known_add_key (known, CRM_KEY_TAX_NUMBER, keys->by_kind[CRM_KEY_TAX_NUMBER], client);
}

void
crm_claims_take_keys (CrmKnown           *known,
                      const CrmRowKeys   *keys,
                      const CrmCurrent   *current,
                      const CrmDecision  *decision,
                      const CrmImportRow *row,
                      guint32             client)
{
  add_keys_of_card (known, keys, client);
  if (crm_known_is_new (known, client))
    add_keys_of_new (known, keys, decision, row, client);
  else
    move_keys_of_known (known, keys, current, decision, row, client);
}
