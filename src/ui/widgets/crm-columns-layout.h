/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/** CrmColumnsLayout: the children side by side, equally wide, where each gets its minimum of width; else one below the other. */
#define CRM_TYPE_COLUMNS_LAYOUT (crm_columns_layout_get_type ())
G_DECLARE_FINAL_TYPE (CrmColumnsLayout, crm_columns_layout, CRM, COLUMNS_LAYOUT, GtkLayoutManager)

/** @column_width: the least width of a column, in pixels, with text of the usual size; @spacing: between columns and between what stands one below the other. */
GtkLayoutManager *crm_columns_layout_new (int column_width, int spacing);

G_END_DECLS
