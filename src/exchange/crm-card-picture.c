/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crm-config.h"

#include "crm-card-picture.h"

#include <glib/gstdio.h>
#include <string.h>

#include "crm-content.h"
#include "crm-picture-head.h"

CrmCardPictureFit
crm_card_picture_check (GBytes *bytes)
{
  gsize size;
  gconstpointer data = g_bytes_get_data (bytes, &size);
  guint32 width, height;

  if (g_strcmp0 (crm_picture_head_find_type (data, size), CRM_PICTURE_SVG) == 0)
    return CRM_CARD_PICTURE_FITS;
  if (!crm_picture_head_measure (data, size, &width, &height))
    return CRM_CARD_PICTURE_OTHER;
  return (guint64) width * height > CRM_PICTURE_MAX_PIXELS ? CRM_CARD_PICTURE_ABSURD : CRM_CARD_PICTURE_FITS;
}

CrmCardPicture *
crm_card_picture_new (GBytes *bytes)
{
  CrmCardPicture *self = g_new (CrmCardPicture, 1);

  self->bytes = g_bytes_ref (bytes);
  self->media_type = crm_picture_head_find_type (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  self->hash = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, bytes);
  return self;
}

void
crm_card_picture_free (CrmCardPicture *self)
{
  g_bytes_unref (self->bytes);
  g_free (self->hash);
  g_free (self);
}

/* "image/svg+xml" is SVG for people. */
static char *
describe (guint64     n_bytes,
          const char *media_type)
{
  g_autofree char *size = g_format_size (n_bytes);
  const char *kind = media_type == NULL || strchr (media_type, '/') == NULL ? "" : strchr (media_type, '/') + 1;
  g_autofree char *upper = g_ascii_strup (kind, (gssize) strcspn (kind, "+"));

  return g_strstrip (g_strdup_printf ("%s %s", size, upper));
}

char *
crm_card_picture_describe (const CrmCardPicture *self)
{
  return describe (g_bytes_get_size (self->bytes), self->media_type);
}

char *
crm_card_picture_describe_known (CrmDb       *db,
                                 const char  *hash,
                                 GError     **error)
{
  g_autoptr (CrmStmt) stmt = crm_db_prepare (db, "SELECT size, media_type FROM document WHERE hash = ?", error);
  gboolean row;

  if (stmt == NULL)
    return NULL;
  crm_stmt_bind_text (stmt, 1, hash);
  if (!crm_db_step (db, stmt, &row, error))
    return NULL;
  return row ? describe ((guint64) sqlite3_column_int64 (stmt, 0), (const char *) sqlite3_column_text (stmt, 1)) : g_strdup (hash);
}

CrmCardPicture *
crm_card_picture_read (const char *database,
                       const char *hash)
{
  g_autofree char *path = hash == NULL ? NULL : crm_content_get_path (database, hash);
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (CrmCardPicture) self = NULL;
  GStatBuf st;

  if (path == NULL || g_stat (path, &st) != 0 || !S_ISREG (st.st_mode) || st.st_size == 0 || st.st_size > CRM_CARD_PICTURE_MAX_BYTES)
    return NULL;
  bytes = crm_content_read_head (database, hash, (gsize) st.st_size, NULL);
  if (bytes == NULL || crm_card_picture_check (bytes) != CRM_CARD_PICTURE_FITS)
    return NULL;
  self = crm_card_picture_new (bytes);
  return strcmp (self->hash, hash) == 0 ? g_steal_pointer (&self) : NULL;
}
