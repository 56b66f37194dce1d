/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * CrmOutput: a file that appears under its name only when it is complete. One thread at a time, not the main thread: it waits for the disk.
 *
 * The file is for its owner's eyes only (mode 0600): what is written here holds other people's personal data.
 */
typedef struct _CrmOutput CrmOutput;

/**
 * crm_output_new:
 * @path: the file to write; one that is there stays as it is until crm_output_finish()
 *
 * Returns: (transfer full): the output; %NULL and %CRM_ERROR_UNREADABLE, %CRM_ERROR_FULL or %CRM_ERROR_IO if the folder cannot be written to
 */
CrmOutput *crm_output_new      (const char  *path,
                                GError     **error);

/** crm_output_free: throws away what was written unless it was finished. */
void       crm_output_free     (CrmOutput   *self);

/** crm_output_get_text: (transfer none): what goes to the file next: append to it, then call crm_output_flush_some(). */
GString   *crm_output_get_text (CrmOutput   *self);

/**
 * crm_output_flush_some: writes the text out if enough of it has gathered.
 * Returns: %FALSE and %CRM_ERROR_FULL or %CRM_ERROR_IO if it could not be written; the output is then only good for freeing
 */
gboolean   crm_output_flush_some (CrmOutput *self,
                                  GError   **error);

/**
 * crm_output_finish: brings the file to the disk and gives it its name, at once and whole.
 * Returns: %FALSE with an error as above; a file of that name is then as it was
 */
gboolean   crm_output_finish   (CrmOutput   *self,
                                GError     **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CrmOutput, crm_output_free)

G_END_DECLS
