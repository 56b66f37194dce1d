/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crm-config.h"

#include "crm-test-store.h"

#include "crm-error.h"
#include "crm-search-text.h"

CrmStore *
crm_test_open_store (CrmTest *test)
{
  g_autoptr (GError) error = NULL;
  CrmStore *store = crm_store_open (test->database, TRUE, &error);

  g_assert_no_error (error);
  return store;
}

gint64
crm_test_save (CrmStore        *store,
               const CrmEntity *entity,
               gint64           id,
               const char      *field,
               ...)
{
  g_autoptr (CrmValues) values = crm_values_new (entity, id);
  g_autoptr (GError) error = NULL;
  va_list arguments;
  gint64 saved;

  va_start (arguments, field);
  for (; field != NULL; field = va_arg (arguments, const char *))
    {
      crm_values_parse_named (values, field, va_arg (arguments, const char *), &error);
      g_assert_no_error (error);
    }
  va_end (arguments);
  saved = crm_store_save (store, values, &error);
  g_assert_no_error (error);
  g_assert_cmpint (saved, !=, 0);
  return saved;
}

void
crm_test_assert_refused (CrmStore        *store,
                         const CrmEntity *entity,
                         gint64           id,
                         const char      *field,
                         const char      *text)
{
  g_autoptr (CrmValues) values = crm_values_new (entity, id);
  g_autoptr (GError) error = NULL;

  if (id == 0)
    crm_values_set_text (values, crm_entity_get_title_field (entity), "Deneme");
  if (crm_values_parse_named (values, field, text, &error))
    g_assert_cmpint (crm_store_save (store, values, &error), ==, 0);
  g_assert_error (error, CRM_ERROR, CRM_ERROR_INVALID);
}

char *
crm_test_get_row (CrmTest         *test,
                  const CrmEntity *entity,
                  gint64           id,
                  const char      *columns)
{
  g_autofree char *sql = g_strdup_printf ("SELECT %s FROM %s WHERE id = %" G_GINT64_FORMAT, columns, entity->name, id);

  return crm_test_get (test, sql);
}

void
crm_test_undo (CrmStore *store,
               gboolean  redo)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *label = crm_store_undo (store, redo, &error);

  g_assert_no_error (error);
  g_assert_nonnull (label);
}

static gpointer
check_search (CrmDb         *db,
              gpointer       data,
              GCancellable  *cancellable,
              GError       **error)
{
  guint n_wrong = 99;

  crm_search_text_check (db, &n_wrong, error);
  g_assert_cmpuint (n_wrong, ==, 0);
  return NULL;
}

void
crm_test_assert_search (CrmStore *store)
{
  g_autoptr (GError) error = NULL;

  crm_store_maintain (store, check_search, NULL, NULL, &error);
  g_assert_no_error (error);
}
