/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "crm-entity.h"
#include "crm-values.h"

G_BEGIN_DECLS

typedef struct {
  gboolean has_integer;
  gint64   integer;
  char    *text; /* of a reference: the name of the record referred to */
} CrmValue;

struct _CrmValues {
  gint             references;
  const CrmEntity *entity;
  gint64           id;
  guint64          present; /* a bit per field */
  CrmValue         values[];
};

G_END_DECLS
