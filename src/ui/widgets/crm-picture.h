/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/*
 * Photos and logos: small, square pictures of documents, decoded in a thread and kept for the next time. Nothing of absurd size is decoded: what
 * a picture says of its width and height is asked first.
 */

/** The side of the pictures, in pixels: twice what the largest avatar has. */
#define CRM_PICTURE_SIZE 112

/**
 * crm_picture_decode: the picture in @stream, its middle, as a square. Any thread; blocks.
 * Errors: %CRM_ERROR_INVALID: no picture, larger than 20 MiB or 50 megapixels; the message begins with @name
 */
GdkTexture *crm_picture_decode      (GInputStream *stream, const char *name, GCancellable *cancellable, GError **error);

/** crm_picture_check_async: can the file be somebody's picture? finish: as of crm_picture_decode(), and that it cannot be read. Main thread. */
void        crm_picture_check_async (GFile *file, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
/** %FALSE with @error: it cannot. */
gboolean    crm_picture_check_finish (GAsyncResult *result, GError **error);

/**
 * crm_picture_load_async: of the document with that @hash beside the base at @database. finish: (transfer full), NULL with @error. Main thread.
 */
void        crm_picture_load_async  (const char *database, const char *hash, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
/** (transfer full): %NULL with @error. */
GdkTexture *crm_picture_load_finish (GAsyncResult *result, GError **error);
/** (transfer none) (nullable): if it was decoded before. Main thread. */
GdkTexture *crm_picture_find        (const char *hash);

/** crm_picture_show: shows it in @avatar, the initials till then and if there is none; @hash: NULL: the initials. Main thread. */
void        crm_picture_show        (AdwAvatar *avatar, const char *database, const char *hash);

G_END_DECLS
