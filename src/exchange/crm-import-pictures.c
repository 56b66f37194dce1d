/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crm-config.h"

#include "crm-import-pictures.h"

#include <string.h>

#include "crm-content.h"
#include "crm-document-store.h"

struct _CrmImportPictures {
  CrmWriter  *writer;
  const char *database;
  GHashTable *kept; /* hashes; each is written once, whoever has it, too */
  GPtrArray  *made; /* those of them that were not there before */
};

CrmImportPictures *
crm_import_pictures_new (CrmWriter *writer)
{
  CrmImportPictures *self = g_new (CrmImportPictures, 1);

  self->writer = writer;
  self->database = crm_db_get_path (crm_writer_get_db (writer));
  self->kept = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->made = g_ptr_array_new_with_free_func (g_free);
  return self;
}

void
crm_import_pictures_free (CrmImportPictures *self)
{
  g_hash_table_unref (self->kept);
  g_ptr_array_unref (self->made);
  g_free (self);
}

static gboolean
keep (CrmImportPictures     *self,
      const CrmCardPicture  *picture,
      const char            *name,
      GError               **error)
{
  g_autofree char *path = crm_content_get_path (self->database, picture->hash);
  gboolean is_new = !g_file_test (path, G_FILE_TEST_EXISTS);
  g_auto (CrmContent) content = { NULL };

  if (g_hash_table_contains (self->kept, picture->hash))
    return TRUE;
  if (!crm_content_put (self->database, name, g_bytes_get_data (picture->bytes, NULL), g_bytes_get_size (picture->bytes), &content, error))
    return FALSE;
  g_hash_table_add (self->kept, g_strdup (picture->hash));
  if (is_new)
    g_ptr_array_add (self->made, g_strdup (picture->hash));
  return TRUE;
}

/* "photo.jpg", "logo.svg" */
static char *
make_name (const char           *kind,
           const CrmCardPicture *picture)
{
  const char *type = strchr (picture->media_type, '/') + 1;

  return strcmp (type, "jpeg") == 0 ? g_strconcat (kind, ".jpg", NULL) : g_strdup_printf ("%s.%.*s", kind, (int) strcspn (type, "+"), type);
}

gboolean
crm_import_pictures_add (CrmImportPictures     *self,
                         const CrmEntity       *owner,
                         gint64                 id,
                         const CrmCardPicture  *picture,
                         GError               **error)
{
  const char *kind = crm_document_get_picture_kind (owner);
  g_autofree char *name = make_name (kind, picture);
  g_autoptr (CrmValues) document = crm_values_new (&crm_document, 0);

  if (!keep (self, picture, name, error))
    return FALSE;
  crm_values_set_text (document, CRM_DOCUMENT_NAME, name);
  crm_values_set_text (document, CRM_DOCUMENT_KIND, kind);
  crm_values_set_text (document, CRM_DOCUMENT_HASH, picture->hash);
  crm_values_set_integer (document, CRM_DOCUMENT_SIZE, (gint64) g_bytes_get_size (picture->bytes));
  crm_values_set_text (document, CRM_DOCUMENT_MEDIA_TYPE, picture->media_type);
  crm_values_set_reference (document, (guint) crm_entity_find_field (&crm_document, owner->name), id, NULL);
  return crm_writer_insert (self->writer, document, error) != 0;
}

/* Whoever wants one of them, too, looks for it within a step of his own, and finds it missing. */
void
crm_import_pictures_take_back (CrmImportPictures *self)
{
  for (guint i = 0; i < self->made->len; i++)
    crm_content_remove (self->database, g_ptr_array_index (self->made, i), NULL);
}
