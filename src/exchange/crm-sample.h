/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "crm-writer.h"

G_BEGIN_DECLS

#define CRM_SAMPLE_MAX_CLIENTS 1000000

/**
 * CrmSampleRun: what crm_sample_run() is to do; data of the step.
 * @clients: how many, up to %CRM_SAMPLE_MAX_CLIENTS
 * @progress: (nullable): called now and then in the writer's thread
 */
typedef struct {
  guint    clients;
  void   (*progress) (guint done, guint clients, gpointer data);
  gpointer data;
} CrmSampleRun;

/**
 * crm_sample_run: a CrmStepFunc that makes firms that do not exist, Turkish and European, of the word lists in data/sample, with segments and tags,
 * and names the step "Sample data: 1,000 clients". An empty base always gets the same firms, one that has clients others.
 */
gboolean crm_sample_run (CrmWriter *writer, gpointer run, GCancellable *cancellable, GError **error);

G_END_DECLS
