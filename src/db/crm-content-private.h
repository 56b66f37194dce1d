/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "crm-content.h"

G_BEGIN_DECLS

/** How many digits of a hash name the folder that its file is in. */
#define CRM_CONTENT_PREFIX_DIGITS 2

/**
 * CrmContentReading: a stream being read in slices: its hash is made, its head kept, and each slice passed on to whoever writes it.
 * @name: what messages call what is read
 * @limit: in bytes; -1: none
 * @progress: (nullable): told of each slice, with @data
 * @hash: (out): of all that was read, once it is; to be freed
 */
typedef struct {
  const char         *name;
  gint64              limit;
  CrmContentProgress  progress;
  gpointer            data;
  GCancellable       *cancellable;

  char                head[CRM_CONTENT_HEAD];
  gsize               head_size;
  gint64              size;
  char               *hash;
} CrmContentReading;

/** Writes a slice to what @target is. */
typedef gboolean (*CrmContentWrite) (gpointer target, const char *slice, gsize size, GCancellable *cancellable, GError **error);

/** Reads @stream to its end. @write: (nullable) */
gboolean crm_content_reading_run         (CrmContentReading *self, GInputStream *stream, CrmContentWrite write, gpointer target, GError **error);
/** Refuses what is larger than may be read. */
gboolean crm_content_reading_check_limit (CrmContentReading *self, gint64 size, GError **error);

/** (transfer full): where the content is in a folder of contents. */
char    *crm_content_get_path_in  (const char *folder, const char *hash);
/** @stream: (out) (transfer full): %NULL with no error set: there is no such file */
gboolean crm_content_open         (const char *path, GInputStream **stream, GError **error);
/**
 * crm_content_keep: what @stream gives is put into @folder under its hash, whole or not at all.
 * @expected: (nullable): the hash it must have
 */
gboolean crm_content_keep         (const char *folder, GInputStream *stream, CrmContentReading *reading, const char *expected, GError **error);

/* Each sets @error and returns %FALSE. */

gboolean crm_content_fail_to_read (const char *name, const GError *failure, GError **error);
gboolean crm_content_fail_missing (const char *path, GError **error);
gboolean crm_content_fail_altered (const char *path, GError **error);

G_END_DECLS
