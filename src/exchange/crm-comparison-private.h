/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "crm-comparison.h"

G_BEGIN_DECLS

/* What the sources of CrmComparison share: the fields, and what only cards say. */

struct _CrmComparison {
  CrmDb                  *db;
  CrmMatcher             *matcher;
  const CrmImportLinks   *links;
  CrmKnown               *known;
  const CrmImportSubject *subject;
  CrmDecision            *decision;
  CrmCurrent              current;
  gboolean                skips_name; /* of the row: it is left out */
};

/** crm_comparison_leave_out: warns that an earlier row of the file said otherwise. */
void     crm_comparison_leave_out         (CrmComparison *self, guint32 client, guint field, const char *text);

/** Lines that no field takes. */
void     crm_comparison_compare_kept      (CrmComparison *self, const CrmImportRow *row, guint32 client);
/** The photo or logo. */
gboolean crm_comparison_compare_picture   (CrmComparison *self, const CrmImportRow *row, guint32 client, GError **error);
/** Where a person works. */
gboolean crm_comparison_compare_jobs      (CrmComparison *self, const CrmImportRow *row, guint32 client, GError **error);
/** Addresses of a firm. @has_main: (out): it has the first one of the card already */
gboolean crm_comparison_compare_addresses (CrmComparison *self, const CrmImportRow *row, guint32 client, gboolean *has_main, GError **error);

G_END_DECLS
