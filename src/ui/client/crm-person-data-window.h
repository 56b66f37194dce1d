/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "crm-store.h"

G_BEGIN_DECLS

/** CrmPersonDataWindow: everything held on a person as a page to be read and saved. */
#define CRM_TYPE_PERSON_DATA_WINDOW (crm_person_data_window_get_type ())
G_DECLARE_FINAL_TYPE (CrmPersonDataWindow, crm_person_data_window, CRM, PERSON_DATA_WINDOW, AdwWindow)

GtkWidget *crm_person_data_window_new (CrmStore *store, GtkWindow *parent, gint64 person);

G_END_DECLS
