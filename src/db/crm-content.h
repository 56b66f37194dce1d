/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/*
 * The files kept beside a base: each content is one file, "documents/ab/ab12…", named by the SHA-256 of what is in it and never changed.
 * A folder has mode 0700, a file 0600, whatever the umask. A content is on the disk, with its name, before its hash is given out.
 *
 * Nothing here is removed by itself: an undo, a backup or a base that was moved aside may need a file that no record refers to.
 * These functions block and may be called in any thread. Errors: those of crm-file.h; %CRM_ERROR_INVALID: refused; %CRM_ERROR_NOT_FOUND,
 * %CRM_ERROR_DAMAGED: a content is missing, or is not what it was; %G_IO_ERROR_CANCELLED. Messages name the file.
 */

/** The largest file that is kept: 1 GiB. */
#define CRM_CONTENT_LARGEST (G_GINT64_CONSTANT (1) << 30)

/** How many bytes at the beginning of a content tell of what kind it is. */
#define CRM_CONTENT_HEAD 4096

/** A content, as it was kept. */
typedef struct {
  char   *hash;       /* 64 digits */
  char   *media_type;
  gint64  size;       /* bytes */
} CrmContent;

/** Told now and then, in the thread that writes: so many bytes are done. */
typedef void (*CrmContentProgress) (gint64 bytes, gpointer data);

typedef enum {
  CRM_CONTENT_WHOLE,
  CRM_CONTENT_MISSING,
  CRM_CONTENT_ALTERED,
} CrmContentState;

/** (transfer full): the folder of the contents of the base at @database; it need not exist. */
char     *crm_content_get_folder (const char *database);
/** (transfer full): of the content's file; %NULL if @hash is not one, as "../../x". */
char     *crm_content_get_path   (const char *database, const char *hash);
/** Is it 64 digits, as a content is named? */
gboolean  crm_content_is_hash    (const char *text);

/** crm_content_put: keeps bytes. @name: (nullable): what the file is called, for its media type and in messages. */
gboolean  crm_content_put        (const char *database, const char *name, gconstpointer data, gsize size, CrmContent *content, GError **error);
/** crm_content_put_file: keeps a copy of a file, piece by piece. Folders, devices and what is larger than %CRM_CONTENT_LARGEST are refused. */
gboolean  crm_content_put_file   (const char *database, GFile *file, CrmContentProgress progress, gpointer data,
                                  GCancellable *cancellable, CrmContent *content, GError **error);
/** Frees what it holds. */
void      crm_content_clear      (CrmContent *content);

/** crm_content_check: reads the whole content. An error only if it could not be told. */
gboolean  crm_content_check      (const char *database, const char *hash, GCancellable *cancellable, CrmContentState *state, GError **error);
/** crm_content_read_head: (transfer full): its first bytes, at most @size. */
GBytes   *crm_content_read_head  (const char *database, const char *hash, gsize size, GError **error);
/** crm_content_save: writes a checked copy to @target, whole or not at all; what is there is replaced. */
gboolean  crm_content_save       (const char *database, const char *hash, GFile *target, GCancellable *cancellable, GError **error);

/** crm_content_list: (transfer full) (element-type utf8 utf8): the hashes there are, as a set. */
GHashTable *crm_content_list     (const char *database, GError **error);
/** crm_content_remove: for those who made sure, holding the base's write lock, that nothing refers to it. What is not there is no error. */
gboolean  crm_content_remove     (const char *database, const char *hash, GError **error);

/**
 * crm_content_copy_all: keeps in the folder @to what is in @from (both as of crm_content_get_folder()) and not there yet.
 * @mend: reads what is there, too, and replaces what is not whole; else what has the right size counts as whole
 * @faults: (element-type utf8): gets a sentence for each that is not what its name says; such are not copied
 * @n: (out) (optional): how many there are in @to of those in @from
 */
gboolean  crm_content_copy_all   (const char *from, const char *to, gboolean mend, GPtrArray *faults, guint *n,
                                  GCancellable *cancellable, GError **error);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (CrmContent, crm_content_clear)

G_END_DECLS
