/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crm-config.h"

#include "crm-document.h"

#include <glib/gi18n-lib.h>

#include "crm-content.h"
#include "crm-error.h"
#include "crm-file-name.h"
#include "crm-writer.h"

static const CrmChoice kinds[] = {
  { "file", N_("File") },
  { "photo", N_("Photo") },
  { "logo", N_("Logo") },
  { "attachment", N_("Attachment") },
  { NULL }
};

static const CrmField fields[] = {
  [CRM_DOCUMENT_NAME] = { "name", N_("Name"), NULL, CRM_KIND_TEXT,
    CRM_FIELD_REQUIRED | CRM_FIELD_SEARCH | CRM_FIELD_SORTED | CRM_FIELD_COLUMN | CRM_FIELD_PERSONAL },
  [CRM_DOCUMENT_KIND] = { "kind", N_("Kind"), NULL, CRM_KIND_CHOICE, CRM_FIELD_REQUIRED | CRM_FIELD_COLUMN | CRM_FIELD_FILTER, kinds },
  [CRM_DOCUMENT_HASH] = { "hash", N_("Fingerprint"), NULL, CRM_KIND_TEXT, CRM_FIELD_REQUIRED | CRM_FIELD_SYSTEM },
  [CRM_DOCUMENT_SIZE] = { "size", N_("Size"), NULL, CRM_KIND_INTEGER, CRM_FIELD_REQUIRED | CRM_FIELD_SYSTEM },
  [CRM_DOCUMENT_MEDIA_TYPE] = { "media_type", N_("Type"), NULL, CRM_KIND_TEXT, CRM_FIELD_SYSTEM },
  [CRM_DOCUMENT_CLIENT] = { "client", N_("Client"), NULL, CRM_KIND_REFERENCE, CRM_FIELD_COLUMN | CRM_FIELD_FOLLOWED | CRM_FIELD_OWNER, .refers = "client" },
  [CRM_DOCUMENT_PERSON] = { "person", N_("Person"), NULL, CRM_KIND_REFERENCE,
    CRM_FIELD_COLUMN | CRM_FIELD_FOLLOWED | CRM_FIELD_OWNER | CRM_FIELD_PERSONAL, .refers = "person" },
  [CRM_DOCUMENT_INTERACTION] = { "interaction", N_("Conversation"), NULL, CRM_KIND_REFERENCE, CRM_FIELD_OWNER, .refers = "interaction" },
  [CRM_DOCUMENT_NOTES] = { "notes", N_("Notes"), NULL, CRM_KIND_NOTE, CRM_FIELD_SEARCH | CRM_FIELD_PERSONAL },

  [CRM_DOCUMENT_EXTRA] = { "extra", N_("Other data"), NULL, CRM_KIND_TEXT, CRM_FIELD_SYSTEM },
  [CRM_DOCUMENT_CREATED] = { "created", N_("Created"), NULL, CRM_KIND_DATETIME, CRM_FIELD_SYSTEM },
  [CRM_DOCUMENT_MODIFIED] = { "modified", N_("Changed"), NULL, CRM_KIND_DATETIME, CRM_FIELD_SYSTEM },
  [CRM_DOCUMENT_DELETED] = { "deleted", N_("Deleted"), NULL, CRM_KIND_DATETIME, CRM_FIELD_SYSTEM },
};

/* Whoever gave the name: it is shown, and the name of copies. */
static void
before_save (CrmValues       *changes,
             const CrmValues *current)
{
  if (current == NULL && crm_values_is_null (changes, CRM_DOCUMENT_KIND))
    crm_values_set_text (changes, CRM_DOCUMENT_KIND, "file");
  if (!crm_values_is_null (changes, CRM_DOCUMENT_NAME))
    crm_values_take_text (changes, CRM_DOCUMENT_NAME, crm_file_name_clean (crm_values_get_text (changes, CRM_DOCUMENT_NAME)));
}

static gboolean
validate (const CrmValues  *changes,
          const CrmValues  *current,
          GError          **error)
{
  const char *hash = crm_values_get_text (changes, CRM_DOCUMENT_HASH);

  if (hash == NULL || crm_content_is_hash (hash))
    return TRUE;
  g_set_error (error, CRM_ERROR, CRM_ERROR_INVALID, _("“%s” is not the fingerprint of a file."), hash);
  return FALSE;
}

/* The other pictures of that kind of the record that @field refers to; their ids. */
static GArray *
find_others (CrmWriter        *writer,
             const CrmValues  *document,
             guint             field,
             GError          **error)
{
  CrmDb *db = crm_writer_get_db (writer);
  g_autofree char *sql = g_strdup_printf ("SELECT id FROM document WHERE %s = ? AND kind = ? AND id <> ? AND deleted IS NULL", fields[field].name);
  g_autoptr (CrmStmt) stmt = crm_db_prepare (db, sql, error);

  if (stmt == NULL)
    return NULL;
  crm_stmt_bind_integer (stmt, 1, crm_values_get_integer (document, field));
  crm_stmt_bind_text (stmt, 2, crm_values_get_text (document, CRM_DOCUMENT_KIND));
  crm_stmt_bind_integer (stmt, 3, crm_values_get_id (document));
  return crm_db_get_integers (db, stmt, error);
}

/* A record has one photo or logo: the one before goes to the trash. */
static gboolean
after_save (CrmWriter  *writer,
            gint64      id,
            GError    **error)
{
  g_autoptr (CrmValues) document = crm_writer_read (writer, &crm_document, id, error);
  g_autoptr (GArray) others = NULL;
  const char *kind;
  guint owner;

  if (document == NULL)
    return FALSE;
  kind = crm_values_get_text (document, CRM_DOCUMENT_KIND);
  owner = g_str_equal (kind, "logo") ? CRM_DOCUMENT_CLIENT : CRM_DOCUMENT_PERSON;
  if ((!g_str_equal (kind, "photo") && !g_str_equal (kind, "logo")) || crm_values_is_null (document, owner) ||
      !crm_values_is_null (document, CRM_DOCUMENT_DELETED))
    return TRUE;
  others = find_others (writer, document, owner, error);
  for (guint i = 0; others != NULL && i < others->len; i++)
    if (!crm_writer_delete (writer, &crm_document, g_array_index (others, gint64, i), error))
      return FALSE;
  return others != NULL;
}

static const CrmRules rules = {
  .before_save = before_save,
  .validate = validate,
  .after_insert = after_save,
  .after_update = after_save,
};

const CrmEntity crm_document = {
  .number = 15,
  .name = "document",
  .type_name = "CrmDocument",
  .label = N_("Document"),
  .plural = N_("Documents"),
  .icon = "crm-document-symbolic",
  .title = "name",
  .fields = fields,
  .n_fields = G_N_ELEMENTS (fields),
  .rules = &rules,
};
