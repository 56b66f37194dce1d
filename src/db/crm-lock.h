/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * CrmLock: says who has a database open in a window: locks of the kernel on "<database>.lock", so that of a killed process
 * never blocks. The command line works beside a window and takes a shared lock, which only a restore excludes.
 * The lock file stays when the lock is released; it follows symbolic links as SQLite does, so that one file has one lock.
 */
typedef struct _CrmLock CrmLock;

typedef enum {
  CRM_LOCK_WINDOW,  /* one at a time */
  CRM_LOCK_COMMAND, /* any number, beside a window */
  CRM_LOCK_RESTORE, /* alone */
} CrmLockKind;

/**
 * crm_lock_take: never waits. The database need not exist, its folder must. Any thread.
 * Errors: %CRM_ERROR_IN_USE with the holder's name, machine and since when; %CRM_ERROR_UNREADABLE.
 */
CrmLock *crm_lock_take    (const char *database, CrmLockKind kind, GError **error);
/** Gives the lock back and frees it. %NULL is passed over. */
void     crm_lock_release (CrmLock *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CrmLock, crm_lock_release)

G_END_DECLS
