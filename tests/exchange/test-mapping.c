/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crm-config.h"

#include <locale.h>
#include <string.h>

#include "crm-client.h"
#include "crm-error.h"
#include "crm-mapping.h"

static CrmMapping *
map (const char *header)
{
  g_auto (GStrv) cells = g_strsplit (header, ",", -1);

  return crm_mapping_new (&crm_client, (const char * const *) cells, g_strv_length (cells));
}

/* "name,-,phone": targets in the order of the columns */
static char *
describe (const CrmMapping *mapping)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < crm_mapping_get_n_columns (mapping); i++)
    {
      const char *name = crm_mapping_target_get_name (&crm_client, crm_mapping_get_target (mapping, i));

      g_string_append_printf (text, "%s%s", i > 0 ? "," : "", name == NULL ? "-" : name);
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
assert_mapped (const char *header,
               const char *expected)
{
  g_autoptr (CrmMapping) mapping = map (header);
  g_autofree char *targets = describe (mapping);

  g_assert_cmpstr (targets, ==, expected);
}

/* Names of columns that go to @target, the preferred ones first */
static void
assert_order (const char *header,
              int         target,
              const char *expected)
{
  g_autoptr (CrmMapping) mapping = map (header);
  g_autoptr (GString) names = g_string_new (NULL);
  guint n;
  const guint *columns = crm_mapping_get_columns (mapping, target, &n);

  for (guint i = 0; i < n; i++)
    g_string_append_printf (names, "%s%s", i > 0 ? "," : "", crm_mapping_get_column_name (mapping, columns[i]));
  g_assert_cmpstr (names->str, ==, expected);
}

static void
test_own_names (void)
{
  g_autoptr (GString) names = g_string_new (NULL);
  g_autoptr (GString) labels = g_string_new (NULL);

  for (guint i = 0; i < crm_client.n_fields; i++)
    if (!(crm_client.fields[i].flags & CRM_FIELD_SYSTEM))
      {
        g_string_append_printf (names, "%s%s", i > 0 ? "," : "", crm_client.fields[i].name);
        g_string_append_printf (labels, "%s%s", i > 0 ? "," : "", crm_client.fields[i].label);
      }
  assert_mapped (names->str, names->str);
  assert_mapped (labels->str, names->str);
}

static void
test_other_programs (void)
{
  /* Google Contacts since 2024 */
  assert_mapped ("First Name,Middle Name,Last Name,Name Prefix,Nickname,File As,Organization Name,Organization Title,Birthday,Notes,Photo,"
                 "Labels,E-mail 1 - Label,E-mail 1 - Value,Phone 1 - Label,Phone 1 - Value,Address 1 - Label,Address 1 - Formatted,"
                 "Address 1 - Street,Address 1 - City,Address 1 - PO Box,Address 1 - Region,Address 1 - Postal Code,"
                 "Address 1 - Country,Website 1 - Label,Website 1 - Value",
                 "given_name,-,family_name,-,-,name,name,-,-,notes,-,tags,-,email,-,phone,-,-,street,city,-,region,postcode,country,-,web");
  /* HubSpot */
  assert_mapped ("Record ID,Company name,Company owner,Create Date,Phone Number,City,Country/Region,Industry,Company Domain Name,"
                 "Street Address,Street Address 2,State/Region,Postal Code,Type,Description",
                 "-,name,owner,-,phone,city,country,sector,web,street,street,region,postcode,kind,notes");
  /* Salesforce, as a report and from its interface */
  assert_mapped ("Account ID,Account Name,Billing Street,Billing City,Billing State/Province,Billing Zip/Postal Code,Billing Country,Phone,Fax,"
                 "Website,Industry,Type,Rating,Account Source,Account Owner,Parent Account",
                 "-,name,street,city,region,postcode,country,phone,fax,web,sector,kind,grade,source,owner,parent");
  assert_mapped ("Id,Name,BillingStreet,BillingCity,BillingPostalCode,MobilePhone,AccountSource,OwnerId",
                 "-,name,street,city,postcode,mobile,source,-");
  /* EspoCRM, SuiteCRM */
  assert_mapped ("id,name,website,emailAddress,phoneNumber,type,industry,billingAddressStreet,billingAddressCity,billingAddressState,"
                 "billingAddressCountry,billingAddressPostalCode,description,assignedUserName",
                 "-,name,web,email,phone,kind,sector,street,city,region,country,postcode,notes,owner");
  assert_mapped ("ID,Name,Website,Email Address,Office Phone,Alternate Phone,Fax,Billing Street,Billing City,Billing Postal Code,Member of,"
                 "Assigned User Name",
                 "-,name,web,email,phone,phone,fax,street,city,postcode,parent,owner");
  /* Thunderbird */
  assert_mapped ("Vorname,Nachname,Anzeigename,Spitzname,Primäre E-Mail-Adresse,Tel. dienstlich,Mobil-Tel.-Nr.,Fax-Nummer,Dienstlich: Adresse,"
                 "Dienstlich: Ort,Dienstlich: PLZ,Dienstlich: Land,Organisation,Webseite 1,Notizen",
                 "given_name,family_name,name,-,email,phone,mobile,fax,street,city,postcode,country,name,web,notes");
}

static void
test_turkish (void)
{
  assert_mapped ("CARİ ÜNVANI,VERGİ DAİRESİ,VERGİ NO,TEL NO,CEP TELEFONU,FAKS,E-POSTA ADRESİ,ADRES,İLÇE,İL,ÜLKE,YETKİLİ,SEKTÖR,NOT",
                 "name,tax_office,tax_number,phone,mobile,fax,email,street,district,city,country,-,sector,notes");
  assert_mapped ("Ad,Soyadı,Şirket,Unvan,İş Telefonu,Ev Telefonu,İş Adresi Şehir,E-posta Adresi,Web Sayfası",
                 "given_name,family_name,name,-,phone,phone,city,email,web");
  assert_mapped ("Ad,Unvan,Şehir", "name,name,city");
}

static void
test_order (void)
{
  assert_order ("Name,Company,Account", CRM_CLIENT_NAME, "Company,Account,Name");
  assert_order ("Home Phone,Business Phone,Phone", CRM_CLIENT_PHONE, "Phone,Business Phone,Home Phone");
  assert_order ("name,name", CRM_CLIENT_NAME, "name,name");
  assert_order ("Phone", CRM_CLIENT_CITY, "");
}

static void
test_groups (void)
{
  g_autoptr (CrmMapping) mapping = map ("Business City,Home City,Shipping City,Address 2,Address 2 - City,Privat: Ort,City");
  static const guint expected[] = { 0, 2, 1, 0, 1, 2, 0 };

  for (guint i = 0; i < G_N_ELEMENTS (expected); i++)
    g_assert_cmpuint (crm_mapping_get_group (mapping, i), ==, expected[i]);
}

static void
test_label_columns (void)
{
  g_autoptr (CrmMapping) mapping = map ("Phone 1 - Value,Phone 1 - Type,Phone 2 - Type,Phone 2 - Value,Value,E-mail 1 - Label,E-mail 1 - Value");

  g_assert_cmpint (crm_mapping_get_label_column (mapping, 0), ==, 1);
  g_assert_cmpint (crm_mapping_get_label_column (mapping, 1), ==, -1);
  g_assert_cmpint (crm_mapping_get_label_column (mapping, 3), ==, 2);
  g_assert_cmpint (crm_mapping_get_label_column (mapping, 4), ==, -1);
  g_assert_cmpint (crm_mapping_get_label_column (mapping, 6), ==, 5);
}

static void
test_without_header (void)
{
  g_autoptr (CrmMapping) one = crm_mapping_new (&crm_client, NULL, 1);
  g_autoptr (CrmMapping) two = crm_mapping_new (&crm_client, NULL, 2);
  g_autofree char *fingerprint = crm_mapping_get_fingerprint (two);

  g_assert_true (crm_mapping_has_name (one));
  g_assert_false (crm_mapping_has_name (two));
  g_assert_cmpstr (crm_mapping_get_column_name (two, 1), ==, "Column 2");
  g_assert_null (fingerprint);
}

static void
test_set (void)
{
  g_autoptr (CrmMapping) mapping = map ("Firma,Tel,Tel 2,Kod");
  g_autoptr (GError) error = NULL;
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;
  g_autofree char *third = NULL;

  g_assert_true (crm_mapping_set_named (mapping, "phone", "tel 2", &error));
  first = describe (mapping);
  g_assert_cmpstr (first, ==, "name,-,phone,-");
  g_assert_true (crm_mapping_set_named (mapping, "Phone", "4", &error));
  g_assert_true (crm_mapping_set_named (mapping, "given_name", "Tel", &error));
  second = describe (mapping);
  g_assert_cmpstr (second, ==, "name,given_name,phone,phone");
  g_assert_true (crm_mapping_set_named (mapping, "phone", "", &error));
  crm_mapping_set_target (mapping, 1, CRM_MAPPING_NONE);
  third = describe (mapping);
  g_assert_cmpstr (third, ==, "name,-,-,-");
  g_assert_false (crm_mapping_set_named (mapping, "id", "Kod", &error));
  g_assert_error (error, CRM_ERROR, CRM_ERROR_NOT_FOUND);
  g_assert_nonnull (strstr (error->message, "tax_number"));
  g_clear_error (&error);
  g_assert_false (crm_mapping_set_named (mapping, "phone", "5", &error));
  g_assert_error (error, CRM_ERROR, CRM_ERROR_NOT_FOUND);
  g_assert_nonnull (strstr (error->message, "Tel 2"));
}

static void
test_json (void)
{
  g_autoptr (CrmMapping) mapping = map ("Firma,Tel,Vorname,Kod");
  g_autoptr (CrmMapping) fresh = map ("FIRMA,tel,vorname,kod");
  g_autoptr (CrmMapping) other = map ("Firma,Tel");
  g_autoptr (CrmMapping) copy = NULL;
  g_autofree char *json = NULL;
  g_autofree char *fingerprint = crm_mapping_get_fingerprint (mapping);
  g_autofree char *same = crm_mapping_get_fingerprint (fresh);
  g_autofree char *different = crm_mapping_get_fingerprint (other);
  g_autofree char *targets = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_cmpstr (fingerprint, ==, same);
  g_assert_cmpstr (fingerprint, !=, different);
  crm_mapping_set_target (mapping, 3, CRM_CLIENT_TAX_NUMBER);
  crm_mapping_set_target (mapping, 1, CRM_MAPPING_NONE);
  json = crm_mapping_to_json (mapping);
  g_assert_true (crm_mapping_load_json (fresh, json, &error));
  targets = describe (fresh);
  g_assert_cmpstr (targets, ==, "name,-,given_name,tax_number");
  copy = crm_mapping_copy (mapping);
  g_assert_true (crm_mapping_equal (copy, mapping));
  g_assert_false (crm_mapping_equal (copy, other));

  g_assert_false (crm_mapping_load_json (other, json, &error));
  g_assert_error (error, CRM_ERROR, CRM_ERROR_INVALID);
  g_clear_error (&error);
  g_assert_false (crm_mapping_load_json (other, "no", &error));
  g_assert_error (error, CRM_ERROR, CRM_ERROR_INVALID);
  g_clear_error (&error);
  g_assert_true (crm_mapping_load_json (other, "[\"colour\", {\"a\": 1}]", &error));
  g_assert_cmpint (crm_mapping_get_target (other, 0), ==, CRM_MAPPING_NONE);
}

static void
test_known (void)
{
  g_assert_true (crm_mapping_is_known ("firma adi"));
  g_assert_true (crm_mapping_is_known ("nachname"));
  g_assert_false (crm_mapping_is_known ("ayse yildiz"));
  g_assert_false (crm_mapping_is_known (""));
}

int
main (int   argc,
      char *argv[])
{
  g_setenv ("LC_ALL", "C.UTF-8", TRUE);
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/mapping/own-names", test_own_names);
  g_test_add_func ("/mapping/other-programs", test_other_programs);
  g_test_add_func ("/mapping/turkish", test_turkish);
  g_test_add_func ("/mapping/order", test_order);
  g_test_add_func ("/mapping/groups", test_groups);
  g_test_add_func ("/mapping/label-columns", test_label_columns);
  g_test_add_func ("/mapping/without-header", test_without_header);
  g_test_add_func ("/mapping/set", test_set);
  g_test_add_func ("/mapping/json", test_json);
  g_test_add_func ("/mapping/known", test_known);
  return g_test_run ();
}
