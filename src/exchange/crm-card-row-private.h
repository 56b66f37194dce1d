/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "crm-card-person.h"
#include "crm-card-row.h"

G_BEGIN_DECLS

/* What the sources of a card's row share: what it says, and what of it is kept. */

/** A card being read into a row. */
typedef struct {
  CrmImportRow           *row;
  const CrmVcard         *card;
  const CrmCardPerson    *person;
  GString                *line;
  gboolean               *kept;    /* by property */
  const CrmVcardProperty *picture; /* NULL: none */
  GHashTable             *groups;  /* name → Group */
  gsize                   bytes;   /* of what is kept so far */
} CrmCardReading;

/** crm_card_row_keep_parts: a property that is made here is kept. */
void  crm_card_row_keep_parts      (CrmCardReading *self, const char *name, const char * const *parts, guint n_parts);
/** crm_card_row_keep_text: the same of one text. @text: (nullable): nothing */
void  crm_card_row_keep_text       (CrmCardReading *self, const char *name, const char *text);
/** crm_card_row_keep_unfit: the same of what no field takes, with a warning. @why: a sentence */
void  crm_card_row_keep_unfit      (CrmCardReading *self, const char *name, const char *text, const char *why);
/** crm_card_row_find_picture: the photo or logo becomes the row's. */
void  crm_card_row_find_picture    (CrmCardReading *self);
/** crm_card_row_keep_properties: what nothing else holds is kept; pictures of absurd size are refused. */
void  crm_card_row_keep_properties (CrmCardReading *self);
/** crm_card_row_fold_firm: (transfer full): what a firm's name is among what is kept, however it is spelled. */
char *crm_card_row_fold_firm       (const char *name);

G_END_DECLS
