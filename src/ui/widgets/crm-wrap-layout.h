/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/** CrmWrapLayout: children from left to right at their natural width, in as many lines as it takes; for chips. Follows the direction of the text. */
#define CRM_TYPE_WRAP_LAYOUT (crm_wrap_layout_get_type ())
G_DECLARE_FINAL_TYPE (CrmWrapLayout, crm_wrap_layout, CRM, WRAP_LAYOUT, GtkLayoutManager)

/** @spacing: pixels between children and between lines. */
GtkLayoutManager *crm_wrap_layout_new (int spacing);

G_END_DECLS
