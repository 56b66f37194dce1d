/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "crm-card-picture.h"
#include "crm-writer.h"

G_BEGIN_DECLS

/**
 * CrmImportPictures: the pictures of cards that an import makes documents of. Their files are on the disk before the import is committed; if that
 * is not to be, those it made are removed again. Within exchange. Writer's thread.
 */
typedef struct _CrmImportPictures CrmImportPictures;

/** crm_import_pictures_new: @writer: stays in use */
CrmImportPictures *crm_import_pictures_new       (CrmWriter *writer);
/** Frees it; files stay. */
void               crm_import_pictures_free      (CrmImportPictures *self);
/** crm_import_pictures_add: @picture becomes the photo or logo of the record, the one before goes to the trash. Errors as crm_content_put(). */
gboolean           crm_import_pictures_add       (CrmImportPictures *self, const CrmEntity *owner, gint64 id, const CrmCardPicture *picture,
                                                  GError **error);
/** crm_import_pictures_take_back: the import failed: the files it made go; to be called within its step, which will be taken back, too. */
void               crm_import_pictures_take_back (CrmImportPictures *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CrmImportPictures, crm_import_pictures_free)

G_END_DECLS
