/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "crm-db.h"
#include "crm-values.h"

G_BEGIN_DECLS

/* Within exchange: the photo of a person or the logo of a firm, as it stands in a card and as a document has it. */

/** The largest picture written into a card, in bytes: of a larger one a reader would take none of it. */
#define CRM_CARD_PICTURE_MAX_BYTES (6 * 1024 * 1024 - 4096)

/** CrmCardPictureFit: what bytes in a card are. */
typedef enum {
  CRM_CARD_PICTURE_FITS,
  CRM_CARD_PICTURE_OTHER,  /* of no kind that is known here, or damaged */
  CRM_CARD_PICTURE_ABSURD, /* of more pixels than anything shown here may have */
} CrmCardPictureFit;

/** CrmCardPicture: @hash: of the bytes, as documents have it. A plain value. */
typedef struct {
  GBytes     *bytes;
  const char *media_type;
  char       *hash;
} CrmCardPicture;

/** crm_card_picture_check: nothing is decoded. */
CrmCardPictureFit crm_card_picture_check          (GBytes *bytes);
/** crm_card_picture_new: (transfer full): @bytes: that fit */
CrmCardPicture   *crm_card_picture_new            (GBytes *bytes);
/** Frees it. */
void              crm_card_picture_free           (CrmCardPicture *self);
/** crm_card_picture_describe: (transfer full): "48.0 kB JPEG" */
char             *crm_card_picture_describe       (const CrmCardPicture *self);
/** crm_card_picture_describe_known: (transfer full) (nullable): the same of the picture that a record has; %NULL with @error. */
char             *crm_card_picture_describe_known (CrmDb *db, const char *hash, GError **error);
/**
 * crm_card_picture_read: (transfer full) (nullable): the picture that the base at @database has under @hash; %NULL if it cannot be written into
 * a card: it is too large or of another kind, or its file is missing or altered, which crm_document_check() tells of.
 * @hash: (nullable)
 */
CrmCardPicture   *crm_card_picture_read           (const char *database, const char *hash);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CrmCardPicture, crm_card_picture_free)

G_END_DECLS
