/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crm-config.h"

#include "crm-card-words.h"

#include <glib/gi18n-lib.h>

#include "crm-address.h"
#include "crm-fold.h"

const char *
crm_card_words_get_place (CrmCardPlace place)
{
  switch (place)
    {
    case CRM_CARD_WORK:
      return C_("place of a phone or e-mail", "Work");
    case CRM_CARD_HOME:
      return C_("place of a phone or e-mail", "Home");
    default:
      return NULL;
    }
}

static gboolean
is_word (const char *folded,
         const char *word)
{
  g_autofree char *other = crm_fold (word);

  return g_strcmp0 (folded, other) == 0;
}

CrmCardPlace
crm_card_words_find_place (const char *label)
{
  static const struct {
    const char   *word;
    CrmCardPlace  place;
  } words[] = {
    { "Work", CRM_CARD_WORK }, { "Home", CRM_CARD_HOME }, { "İş", CRM_CARD_WORK },
    { "Ev", CRM_CARD_HOME },   { "Büro", CRM_CARD_WORK }, { "Privat", CRM_CARD_HOME },
  };
  g_autofree char *folded = crm_fold (label);

  if (label == NULL)
    return CRM_CARD_ANYWHERE;
  for (CrmCardPlace place = CRM_CARD_WORK; place <= CRM_CARD_HOME; place++)
    if (is_word (folded, crm_card_words_get_place (place)))
      return place;
  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    if (is_word (folded, words[i].word))
      return words[i].place;
  return CRM_CARD_ANYWHERE;
}

const char *
crm_card_words_find_address_kind (const char *label)
{
  const CrmField *field = &crm_address.fields[CRM_ADDRESS_KIND];
  const char *found = label == NULL ? NULL : crm_field_find_choice (field, label);

  return found != NULL ? found : "office";
}
