/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What the first bytes of a picture say of it. Nothing is decoded; whatever the bytes are, it takes no longer than reading them. Any thread. */

/** The most pixels of a picture that is shown or taken in: more fill the memory once it is decoded. */
#define CRM_PICTURE_MAX_PIXELS (50 * 1000 * 1000)
/** The largest file of a picture that is shown. */
#define CRM_PICTURE_MAX_BYTES  (20 * 1024 * 1024)

/** A drawing, which has no size of its own. */
#define CRM_PICTURE_SVG "image/svg+xml"

/** crm_picture_head_find_type: (transfer none) (nullable): "image/jpeg", and so PNG, GIF, WebP, BMP, TIFF and SVG; %NULL: none of these. A few bytes are enough. */
const char *crm_picture_head_find_type (gconstpointer data, gsize size);

/**
 * crm_picture_head_measure: how large will the picture be?
 * @data: (array length=size): all of it
 * @width: (out): in pixels, at least 1; @height: the same
 *
 * Returns: %FALSE if it is none of the above, a drawing, or too damaged to tell
 */
gboolean    crm_picture_head_measure   (gconstpointer data, gsize size, guint32 *width, guint32 *height);

G_END_DECLS
