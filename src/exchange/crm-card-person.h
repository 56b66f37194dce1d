/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "crm-card-jobs.h"

G_BEGIN_DECLS

/** The year that Apple writes for none. */
#define CRM_CARD_NO_YEAR 1604

/** CrmCardPlace: what a number or address belongs to. */
typedef enum {
  CRM_CARD_ANYWHERE,
  CRM_CARD_WORK,
  CRM_CARD_HOME,
} CrmCardPlace;

/**
 * CrmCardPoint:
 * @kind: "phone", "mobile", "fax", "email" or "chat", as contact points have it
 * @value: not checked; of a chat the name without its scheme
 * @label: (nullable): what the address book calls it; of a chat its scheme: "xmpp", "skype"
 * @is_preferred: it is the first choice of its kind
 */
typedef struct {
  const char   *kind;
  char         *value;
  char         *label;
  CrmCardPlace  place;
  gboolean      is_preferred;
} CrmCardPoint;

/** CrmCardAddress: parts are %NULL if empty; @street holds post box and extension too. */
typedef struct {
  char         *street;
  char         *district; /* in none of the parts, but in our own parameter X-DISTRICT */
  char         *city;
  char         *region;
  char         *postcode;
  char         *country;
  char         *label;
  CrmCardPlace  place;
  gboolean      is_preferred;
} CrmCardAddress;

/**
 * CrmCardPerson: what a card means for us. Texts are trimmed, %NULL if empty, and not checked.
 * @is_firm: the card is a firm's, not a person's; its name is that of the one job
 * @name: as the card shows it, else made of the parts, else nickname, firm, e-mail address or number; %NULL if there is none of these
 * @jobs: (element-type CrmCardJob): where the person works, the main one first, which is there even if it is empty
 * @points, @addresses: (element-type CrmCardPoint / CrmCardAddress): in the card's order
 * @birthday: "1980-04-12", or "--04-12" without year
 * @notes: all of them, parted by empty lines
 * @photo, @photo_type: a picture in the card; not looked at
 * @language: the first one, as written: "tr"
 * @changed: REV as written
 * @rest: properties that none of the above holds, to be written back
 */
typedef struct {
  gboolean   is_firm;
  char      *name;
  char      *prefix;
  char      *given;
  char      *additional;
  char      *family;
  char      *suffix;
  char      *nickname;
  GPtrArray *jobs;
  GPtrArray *points;
  GPtrArray *addresses;
  char      *birthday;
  char      *notes;
  GStrv      urls;
  GStrv      categories;
  GBytes    *photo;
  char      *photo_type;
  char      *language;
  char      *changed;
  char      *uid;
  CrmVcard  *rest;
} CrmCardPerson;

/** crm_card_person_new: (transfer full): what @card holds; %NULL: nothing. Any thread. */
CrmCardPerson *crm_card_person_new      (const CrmVcard      *card);
void           crm_card_person_free     (CrmCardPerson       *self);

/** crm_card_person_get_job: (transfer none): the main one. */
static inline CrmCardJob *
crm_card_person_get_job (const CrmCardPerson *self)
{
  return (CrmCardJob *) self->jobs->pdata[0];
}

/**
 * crm_card_person_to_vcard: (transfer full): the card of a person. Any thread.
 * @version: that it will be written in, %CRM_VCARD_4_0 or %CRM_VCARD_3_0: dates differ
 */
CrmVcard      *crm_card_person_to_vcard (const CrmCardPerson *self,
                                         CrmVcardVersion      version);

/**
 * crm_card_parse_date: (transfer full) (nullable): the ISO form of a date in a card ("19800412", "1980-04-12T00:00:00Z",
 * "--0412", "1604-04-12" of Apple, which has no year): "1980-04-12" or "--04-12"; %NULL if it is not one whole day.
 */
char          *crm_card_parse_date      (const char          *text);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CrmCardPerson, crm_card_person_free)

G_END_DECLS
