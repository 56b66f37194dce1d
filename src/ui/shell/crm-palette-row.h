/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "crm-command.h"
#include "crm-entity.h"

G_BEGIN_DECLS

/** CrmPaletteRow: a command or a record that the palette offers; what matched is bold. */
#define CRM_TYPE_PALETTE_ROW (crm_palette_row_get_type ())
G_DECLARE_FINAL_TYPE (CrmPaletteRow, crm_palette_row, CRM, PALETTE_ROW, GtkListBoxRow)

/** @words: folded, NULL-terminated, as of all of these functions. */
GtkWidget        *crm_palette_row_new_command (const CrmCommand   *command,
                                               const char * const *words);
GtkWidget        *crm_palette_row_new_record  (const CrmValues    *values,
                                               const char * const *words);

/** NULL: it is a record. */
const CrmCommand *crm_palette_row_get_command (CrmPaletteRow      *self);
/** (transfer none) (nullable): of the record. */
const CrmEntity  *crm_palette_row_get_entity  (CrmPaletteRow      *self);
/** 0: it is a command. */
gint64            crm_palette_row_get_id      (CrmPaletteRow      *self);

G_END_DECLS
