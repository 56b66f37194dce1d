/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crm-config.h"

#include "crm-import-memory.h"

#define MAPPINGS_KEY "csv-mappings"
#define MATCHES_KEY "csv-matches"

static GVariantDict *
load_choices (GSettings       *settings,
              const char      *key)
{
  g_autoptr (GVariant) all = g_settings_get_value (settings, key);
  GVariantDict *dict = g_variant_dict_new (NULL);
  GVariantIter iter;
  const char *fingerprint, *choice;

  g_variant_iter_init (&iter, all);
  while (g_variant_iter_next (&iter, "{&s&s}", &fingerprint, &choice))
    g_variant_dict_insert (dict, fingerprint, "s", choice);
  return dict;
}

static void
save_choices (GSettings       *settings,
              const char      *key,
              GVariantDict    *dict)
{
  g_autoptr (GVariant) all = g_variant_ref_sink (g_variant_dict_end (dict));
  GVariantBuilder builder;
  GVariantIter iter;
  const char *fingerprint;
  GVariant *choice;

  g_variant_builder_init (&builder, G_VARIANT_TYPE ("a{ss}"));
  g_variant_iter_init (&iter, all);
  while (g_variant_iter_next (&iter, "{&sv}", &fingerprint, &choice))
    {
      g_variant_builder_add (&builder, "{ss}", fingerprint, g_variant_get_string (choice, NULL));
      g_variant_unref (choice);
    }
  g_settings_set_value (settings, key, g_variant_builder_end (&builder));
}

/* @choice: (nullable): %NULL: nothing is worth the place any more */
static void
remember_choice (GSettings       *settings,
                 const char      *key,
                 const char      *fingerprint,
                 const char      *choice)
{
  g_autoptr (GVariantDict) choices = load_choices (settings, key);

  if (choice != NULL)
    g_variant_dict_insert (choices, fingerprint, "s", choice);
  else if (!g_variant_dict_remove (choices, fingerprint))
    return;
  save_choices (settings, key, choices);
}

void
crm_import_memory_keep (GSettings              *settings,
                        const CrmImportOptions *options,
                        const CrmMapping       *guess)
{
  g_autofree char *fingerprint = crm_mapping_get_fingerprint (options->mapping);
  g_autofree char *json = NULL;

  if (fingerprint == NULL)
    return;
  if (!crm_mapping_equal (options->mapping, guess))
    json = crm_mapping_to_json (options->mapping);
  remember_choice (settings, MAPPINGS_KEY, fingerprint, json);
  remember_choice (settings, MATCHES_KEY, fingerprint, options->match == CRM_MATCH_AUTO ? NULL : crm_match_get_name (options->match));
}

/* (transfer full) */
static char *
recall_choice (GSettings        *settings,
               const char       *key,
               const CrmMapping *mapping)
{
  g_autofree char *fingerprint = crm_mapping_get_fingerprint (mapping);
  g_autoptr (GVariantDict) choices = NULL;
  char *choice = NULL;

  if (fingerprint == NULL)
    return NULL;
  choices = load_choices (settings, key);
  return g_variant_dict_lookup (choices, fingerprint, "s", &choice) ? choice : NULL;
}

gboolean
crm_import_memory_recall_mapping (GSettings        *settings,
                                  CrmMapping       *mapping,
                                  const CrmMapping *guess)
{
  g_autofree char *json = recall_choice (settings, MAPPINGS_KEY, mapping);

  return json != NULL && crm_mapping_load_json (mapping, json, NULL) && !crm_mapping_equal (mapping, guess);
}

void
crm_import_memory_recall_match (GSettings        *settings,
                                CrmImportOptions *options)
{
  g_autofree char *name = recall_choice (settings, MATCHES_KEY, options->mapping);

  if (name != NULL)
    crm_match_find (name, &options->match, NULL);
}
