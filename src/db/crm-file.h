/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/*
 * Files that appear whole or not at all: written under a passing name in the folder they are meant for, synced, renamed,
 * their folder synced. Errors: %CRM_ERROR_UNREADABLE, %CRM_ERROR_FULL, %CRM_ERROR_IO; messages name the file. Any thread.
 */

/** crm_file_get_passing_name: (transfer full): a name for the unfinished file that will be @path; new with each call. */
char    *crm_file_get_passing_name (const char *path);

/** crm_file_sweep: removes what killed processes left unfinished in @folder: files with a passing name that nobody has written to for an hour. */
void     crm_file_sweep            (const char *folder);

/** crm_file_make_folder: makes @folder and those above it with mode 0700; one that exists keeps its mode. */
gboolean crm_file_make_folder      (const char *folder, GError **error);

/** crm_file_sync: brings the content of the file, or the names in the folder, to the disk. */
gboolean crm_file_sync             (const char *path, GError **error);

/** crm_file_replace: renames the synced file @from to @path, in the place of what is there, and syncs the folder. */
gboolean crm_file_replace          (const char *from, const char *path, GError **error);

/**
 * crm_file_give_name: @from becomes @path unless something of that name exists, and the folder is synced.
 * @taken: (out) (optional): whether it exists; without it that is an error. @from is then still there.
 */
gboolean crm_file_give_name        (const char *from, const char *path, gboolean *taken, GError **error);

/** crm_file_resolve: (transfer full): @path without symbolic links, as SQLite opens it; it need not exist. */
char    *crm_file_resolve          (const char *path);

/** crm_file_is_same: are both names of one existing file? */
gboolean crm_file_is_same          (const char *a, const char *b);

/** Sets @error from errno, for a failure to do something to @path; always returns %FALSE. */
gboolean crm_file_fail             (const char *path, GError **error);

G_END_DECLS
