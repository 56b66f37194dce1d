/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "crm-import.h"
#include "crm-test-store.h"
#include "crm-vcard.h"

G_BEGIN_DECLS

/* Imports and exports of cards, for tests. */

#define ONE_NEW "1 new, 0 changed, 0 unchanged, 0 rejected"

/** (transfer full): the options of an import of a file with that text. */
CrmImportOptions *card_make_options      (CrmTest *test, const char *text);
/** (transfer full): a card of version 4.0. @lines: its properties */
char             *card_make              (const char *lines);
/** card_import_all: imports a file as thorough_import(), which must say @expected. */
void              card_import_all        (CrmTest *test, CrmStore *store, const char *text, const char *expected);
/** card_import: the same of one card. */
void              card_import            (CrmTest *test, CrmStore *store, const char *lines, const char *expected);
void              card_assert_query      (CrmTest *test, const char *sql, const char *expected);
/** card_export: (transfer full): all records of the entity as a file of cards at @path, and what stands in it. */
char             *card_export            (CrmStore *store, const CrmEntity *entity, CrmVcardVersion version, const char *path);
/** card_assert_round_trip: what is exported is known here; elsewhere it makes what is exported as the same. */
void              card_assert_round_trip (CrmTest *test, CrmStore *store, const CrmEntity *entity, CrmVcardVersion version);

G_END_DECLS
