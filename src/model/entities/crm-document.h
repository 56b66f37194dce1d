/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "crm-entity.h"

G_BEGIN_DECLS

/** The fields of a document: index into crm_document.fields. */
typedef enum {
  CRM_DOCUMENT_NAME,
  CRM_DOCUMENT_KIND,
  CRM_DOCUMENT_HASH,       /* SHA-256 of the file, hexadecimal */
  CRM_DOCUMENT_SIZE,       /* bytes */
  CRM_DOCUMENT_MEDIA_TYPE,
  CRM_DOCUMENT_CLIENT,
  CRM_DOCUMENT_PERSON,
  CRM_DOCUMENT_INTERACTION,
  CRM_DOCUMENT_NOTES,
  CRM_DOCUMENT_EXTRA,
  CRM_DOCUMENT_CREATED,
  CRM_DOCUMENT_MODIFIED,
  CRM_DOCUMENT_DELETED,
} CrmDocumentField;

G_END_DECLS
