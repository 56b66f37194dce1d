/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "crm-entity.h"

G_BEGIN_DECLS

/** The fields of an interaction: index into crm_interaction.fields. */
typedef enum {
  CRM_INTERACTION_SUBJECT,   /* of itself the first line of the text */
  CRM_INTERACTION_CLIENT,
  CRM_INTERACTION_CHANNEL,
  CRM_INTERACTION_DIRECTION,
  CRM_INTERACTION_AT,
  CRM_INTERACTION_LENGTH,    /* minutes */
  CRM_INTERACTION_OUTCOME,
  CRM_INTERACTION_TEXT,
  CRM_INTERACTION_NEXT_STEP, /* the task that came of it */
  CRM_INTERACTION_MESSAGE,   /* Message-ID of an e-mail */
  CRM_INTERACTION_EXTRA,
  CRM_INTERACTION_CREATED,
  CRM_INTERACTION_MODIFIED,
  CRM_INTERACTION_DELETED,
} CrmInteractionField;

/** The fields of one who takes part in an interaction: index into crm_participant.fields. */
typedef enum {
  CRM_PARTICIPANT_INTERACTION,
  CRM_PARTICIPANT_PERSON,
  CRM_PARTICIPANT_ROLE,
  CRM_PARTICIPANT_NAME,    /* as written in an e-mail */
  CRM_PARTICIPANT_ADDRESS,
  CRM_PARTICIPANT_EXTRA,
} CrmParticipantField;

G_END_DECLS
