/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define CRM_ERROR (crm_error_quark ())

/**
 * CrmError:
 * @CRM_ERROR_INVALID: a value was refused; the message says which and why, in the user's language
 * @CRM_ERROR_NOT_FOUND: no such record, entity, field or step
 * @CRM_ERROR_DAMAGED: the database or file is damaged
 * @CRM_ERROR_FOREIGN: the file is a database of another program, or none at all
 * @CRM_ERROR_NEWER: the database was written by a newer version of the program
 * @CRM_ERROR_UNREADABLE: the file cannot be opened or read (permissions, missing folder)
 * @CRM_ERROR_IN_USE: somebody else has the database open; the message says who
 * @CRM_ERROR_BUSY: another process held the write lock for too long
 * @CRM_ERROR_FULL: the disk is full or a file size limit was hit
 * @CRM_ERROR_IO: the disk failed
 * @CRM_ERROR_FAILED: anything else
 *
 * Messages are translated and meant for the user. Cancellation is %G_IO_ERROR_CANCELLED.
 */
typedef enum {
  CRM_ERROR_INVALID,
  CRM_ERROR_NOT_FOUND,
  CRM_ERROR_DAMAGED,
  CRM_ERROR_FOREIGN,
  CRM_ERROR_NEWER,
  CRM_ERROR_UNREADABLE,
  CRM_ERROR_IN_USE,
  CRM_ERROR_BUSY,
  CRM_ERROR_FULL,
  CRM_ERROR_IO,
  CRM_ERROR_FAILED,
} CrmError;

GQuark crm_error_quark (void);

G_END_DECLS
