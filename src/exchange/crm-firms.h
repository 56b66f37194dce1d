/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "crm-known.h"
#include "crm-writer.h"

G_BEGIN_DECLS

/** CrmFirms: where people work: clients that an import knows, or makes of what a card calls the firm. Within exchange. One thread. */
typedef struct _CrmFirms CrmFirms;

/** A firm as a card names it. @key, @name_key: of it as %CRM_KEY_FIRM and %CRM_KEY_NAME */
typedef struct {
  const char *name;
  guint64     key;
  guint64     name_key;
} CrmFirmName;

/** crm_firms_new: @clients: known ones, which it adds to; @writer: (nullable): %NULL: nothing is written. Both stay in use. */
CrmFirms *crm_firms_new    (CrmKnown *clients, CrmWriter *writer);
void      crm_firms_free   (CrmFirms *self);
/** crm_firms_find: the client of that name, or but for the legal form, the oldest if there are several. Returns how many there are, 0: none. */
guint     crm_firms_find   (const CrmFirms *self, const CrmFirmName *firm, guint32 *found);
/** crm_firms_make: a new client of that name. */
gboolean  crm_firms_make   (CrmFirms *self, const CrmFirmName *firm, guint32 *made, GError **error);
/**
 * crm_firms_read: the client as it stands in the base; not where nothing is written.
 * @id, @name: (out) (transfer full)
 */
gboolean  crm_firms_read   (const CrmFirms *self, guint32 firm, gint64 *id, char **name, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CrmFirms, crm_firms_free)

G_END_DECLS
