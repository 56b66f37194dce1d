/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "crm-known.h"
#include "crm-mapping.h"

G_BEGIN_DECLS

/**
 * CrmImportLinks: which client refers to which, in the base and by the rows read so far, so that a plan too can tell which cell would lead a client
 * back to itself. Empty for a file without columns of such fields. One thread.
 */
typedef struct _CrmImportLinks CrmImportLinks;

/** crm_import_links_is_link: does the client's field refer to a client? */
gboolean        crm_import_links_is_link (guint field);
/** crm_import_links_new: @mapping: (nullable): %NULL: of cards, which name none; @known stays in use. Errors: of the database. */
CrmImportLinks *crm_import_links_new     (CrmDb *db, const CrmMapping *mapping, const CrmKnown *known, GError **error);
void            crm_import_links_free    (CrmImportLinks *self);
/** crm_import_links_leads: does @from refer to @to by @field, directly or by others, or is it the same? */
gboolean        crm_import_links_leads   (const CrmImportLinks *self, guint field, guint32 from, guint32 to);
/** crm_import_links_set: @client refers to @target from now on. */
void            crm_import_links_set     (CrmImportLinks *self, guint field, guint32 client, guint32 target);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CrmImportLinks, crm_import_links_free)

G_END_DECLS
