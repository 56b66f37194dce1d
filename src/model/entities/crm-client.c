/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crm-config.h"

#include "crm-client.h"

#include <glib/gi18n-lib.h>

#include "crm-check.h"
#include "crm-error.h"

static const CrmChoice kinds[] = {
  { "prospect", N_("Prospect") },
  { "client", N_("Client") },
  { "key_client", N_("Key client") },
  { "partner", N_("Partner") },
  { "contractor", N_("Contractor") },
  { "former", N_("Former client") },
  { NULL }
};

static const CrmChoice grades[] = {
  { "A", N_("A") }, { "B", N_("B") }, { "C", N_("C") }, { "D", N_("D") }, { NULL }
};

static const CrmChoice sizes[] = {
  { "corner_shop", N_("Corner shop") },
  { "small", N_("Small business") },
  { "medium", N_("Medium business") },
  { "large", N_("Large business") },
  { "chain", N_("Chain") },
  { NULL }
};

static const CrmChoice sources[] = {
  { "referral", N_("Referral") },
  { "fair", N_("Fair or exhibition") },
  { "call", N_("Cold call") },
  { "web", N_("Web site") },
  { "advertising", N_("Advertising") },
  { "visit", N_("Visit") },
  { "list", N_("Bought list") },
  { "other", N_("Other") },
  { NULL }
};

static const CrmChoice channels[] = {
  { "phone", N_("Phone") },
  { "email", N_("E-mail") },
  { "fax", N_("Fax") },
  { "chat", N_("Chat") },
  { "post", N_("Post") },
  { "visit", N_("Visit") },
  { NULL }
};

static const CrmChoice tiers[] = {
  { "bronze", N_("Bronze") },
  { "silver", N_("Silver") },
  { "gold", N_("Gold") },
  { "platinum", N_("Platinum") },
  { NULL }
};

static const CrmThrough main_phone = { "contact_point", "value", "phone;mobile" };
static const CrmThrough main_mobile = { "contact_point", "value", "mobile" };
static const CrmThrough main_fax = { "contact_point", "value", "fax" };
static const CrmThrough main_email = { "contact_point", "value", "email" };
static const CrmThrough tag_names = { "client_tag", "tag", NULL };
static const CrmThrough main_street = { "address", "street", NULL };
static const CrmThrough main_district = { "address", "district", NULL };
static const CrmThrough main_city = { "address", "city", NULL };
static const CrmThrough main_region = { "address", "region", NULL };
static const CrmThrough main_postcode = { "address", "postcode", NULL };
static const CrmThrough main_country = { "address", "country", NULL };

#define GROUP_IDENTITY N_("Identity")
#define GROUP_CONTACT N_("Contact")
#define GROUP_COMMERCIAL N_("Commercial")
#define GROUP_NOTES N_("Notes")

static const CrmField fields[] = {
  [CRM_CLIENT_NAME] = { "name", N_("Name"), GROUP_IDENTITY, CRM_KIND_TEXT,
    CRM_FIELD_REQUIRED | CRM_FIELD_SEARCH | CRM_FIELD_SORTED | CRM_FIELD_COLUMN | CRM_FIELD_PERSONAL,
    .aliases = "Company;Company Name;Account Name;Account;Organization;Organization Name;Organisation;Firm;Client;Customer;Customer Name;"
               "Security;Business Name;Firma;Firma Adı;Firma Ünvanı;Ünvan;Unvan;Ticaret Ünvanı;Şirket;Şirket Adı;Müşteri;Müşteri Adı;"
               "Kuruluş;Cari Adı;Cari Ünvanı;Ad;Adı;İsim;Name;Display Name;File As;Anzeigename;Görünen Ad;property_name;account_name;"
               "Organization 1 - Name;Name1" },
  [CRM_CLIENT_KIND] = { "kind", N_("Kind"), GROUP_IDENTITY, CRM_KIND_CHOICE,
    CRM_FIELD_REQUIRED | CRM_FIELD_COLUMN | CRM_FIELD_FILTER, kinds,
    .aliases = "Type;Account Type;Lifecycle Stage;Customer Type;Tür;Türü;Müşteri Türü;Cari Türü;Tip;property_type" },
  [CRM_CLIENT_SEGMENT] = { "segment", N_("Segment"), GROUP_IDENTITY, CRM_KIND_REFERENCE, CRM_FIELD_COLUMN | CRM_FIELD_FILTER,
    .refers = "segment", .aliases = "Customer Segment;Market Segment;Segmenti;Müşteri Grubu;Grup" },
  [CRM_CLIENT_GRADE] = { "grade", N_("Grade"), GROUP_IDENTITY, CRM_KIND_CHOICE, CRM_FIELD_COLUMN | CRM_FIELD_FILTER, grades,
    .aliases = "Rating;Account Rating;Derece;Not;Sınıf" },
  [CRM_CLIENT_SIZE] = { "size", N_("Size"), GROUP_IDENTITY, CRM_KIND_CHOICE, CRM_FIELD_FILTER, sizes,
    .aliases = "Company Size;Büyüklük;Ölçek" },
  [CRM_CLIENT_SECTOR] = { "sector", N_("Sector"), GROUP_IDENTITY, CRM_KIND_TEXT, CRM_FIELD_SEARCH | CRM_FIELD_FILTER,
    .aliases = "Industry;GICS Sector;Branch;Sektör;Faaliyet Alanı;İş Kolu;property_industry" },
  [CRM_CLIENT_PARENT] = { "parent", N_("Belongs to"), GROUP_IDENTITY, CRM_KIND_REFERENCE, CRM_FIELD_NONE,
    .refers = "client", .aliases = "Parent Account;Parent Company;Member of;Bağlı Olduğu Firma;Ana Firma" },
  [CRM_CLIENT_TAGS] = { "tags", N_("Tags"), GROUP_IDENTITY, CRM_KIND_TAGS, CRM_FIELD_SEARCH | CRM_FIELD_FILTER,
    .through = &tag_names, .aliases = "Labels;Categories;Group Membership;Etiket;Etiketler;Kategori;Kategoriler" },
  [CRM_CLIENT_OWNER] = { "owner", N_("Account manager"), GROUP_IDENTITY, CRM_KIND_TEXT, CRM_FIELD_SEARCH | CRM_FIELD_FILTER | CRM_FIELD_PERSONAL,
    .aliases = "Owner;Account Owner;Assigned User;Assigned to;Company owner;Sorumlu;Temsilci;Müşteri Temsilcisi;Müşteri Yöneticisi;"
               "Plasiyer" },

  [CRM_CLIENT_PHONE] = { "phone", N_("Phone"), GROUP_CONTACT, CRM_KIND_PHONE, CRM_FIELD_SEARCH | CRM_FIELD_COLUMN | CRM_FIELD_FILTER | CRM_FIELD_PERSONAL,
    .through = &main_phone,
    .aliases = "Phone Number;Telephone;Tel;Phone Office;Office Phone;Work Phone;Business Phone;Company Main Phone;Company Main Telephone;Home Phone;"
               "Phone 1 - Value;Phone 2 - Value;Phone 3 - Value;Phone 4 - Value;Primary Phone;Business Phone 2;Other Phone;Telefon;Telefon No;"
               "Telefon Numarası;Telefon 1;Telefon 2;İş Telefonu;Sabit Telefon;Telefon dienstlich;Telefon privat;Geschäftstelefon;property_phone;"
               "Alternate Phone;Phone Alternate;phone_office;phone_alternate" },
  [CRM_CLIENT_MOBILE] = { "mobile", N_("Mobile"), GROUP_CONTACT, CRM_KIND_PHONE, CRM_FIELD_VIRTUAL | CRM_FIELD_PERSONAL,
    .through = &main_mobile,
    .aliases = "Mobile Phone;Mobile Number;Cell Phone;Cell;Cep;Cep Telefonu;GSM;Cep No;Mobiltelefon;Mobil-Tel.-Nr.;property_mobilephone" },
  [CRM_CLIENT_FAX] = { "fax", N_("Fax"), GROUP_CONTACT, CRM_KIND_PHONE, CRM_FIELD_VIRTUAL | CRM_FIELD_PERSONAL,
    .through = &main_fax,
    .aliases = "Fax Number;Phone Fax;Business Fax;Faks;Faks No;Belgegeçer;Fax-Nr.;Faxnummer;phone_fax" },
  [CRM_CLIENT_EMAIL] = { "email", N_("E-mail"), GROUP_CONTACT, CRM_KIND_EMAIL, CRM_FIELD_SEARCH | CRM_FIELD_COLUMN | CRM_FIELD_FILTER | CRM_FIELD_PERSONAL,
    .through = &main_email,
    .aliases = "Email;E-mail Address;Email Address;Email 1;E-mail 1 - Value;E-mail 2 - Value;E-mail 3 - Value;E-mail 2 Address;E-mail 3 Address;"
               "Primary Email;Secondary Email;Any Email;Mail;E-posta;E-Posta Adresi;Eposta;Primäre E-Mail-Adresse;Sekundäre E-Mail-Adresse;"
               "E-Mail-Adresse;property_email;email1;Email Address 2" },
  [CRM_CLIENT_WEB] = { "web", N_("Web site"), GROUP_CONTACT, CRM_KIND_URL, CRM_FIELD_SEARCH,
    .aliases = "Website;Web Page;Web Page 1;Web Page 2;URL;Homepage;Company Domain Name;Domain;Website 1 - Value;Web Adresi;İnternet Sitesi;Web Sitesi;"
               "Webseite 1;Webseite 2;Webseite;property_website;property_domain" },
  [CRM_CLIENT_PREFERRED_CHANNEL] = { "preferred_channel", N_("Preferred channel"), GROUP_CONTACT, CRM_KIND_CHOICE, CRM_FIELD_NONE, channels,
    .aliases = "Preferred Contact Method;Tercih Edilen Kanal" },
  [CRM_CLIENT_STREET] = { "street", N_("Street"), GROUP_CONTACT, CRM_KIND_TEXT, CRM_FIELD_VIRTUAL | CRM_FIELD_PERSONAL,
    .through = &main_street,
    .aliases = "Address;Street Address;Business Street;Billing Street;Billing Address;Shipping Street;Work Address;Home Street;Home Address;"
               "Address 1 - Street;Address Line 1;Adres;Açık Adres;Sokak;Dienstlich: Straße;billing_address_street;property_address" },
  [CRM_CLIENT_DISTRICT] = { "district", N_("District"), GROUP_CONTACT, CRM_KIND_TEXT, CRM_FIELD_VIRTUAL | CRM_FIELD_PERSONAL,
    .through = &main_district, .aliases = "County;Suburb;İlçe;Semt" },
  [CRM_CLIENT_CITY] = { "city", N_("City"), GROUP_CONTACT, CRM_KIND_TEXT,
    CRM_FIELD_SEARCH | CRM_FIELD_SORTED | CRM_FIELD_COLUMN | CRM_FIELD_FILTER,
    .through = &main_city,
    .aliases = "Town;Business City;Billing City;Shipping City;Work City;Home City;Address 1 - City;Headquarters Location;Location;Şehir;İl;"
               "Kent;Dienstlich: Ort;Ort;Privat: Ort;billing_address_city;property_city;shipping_address_city;IL_ADI" },
  [CRM_CLIENT_REGION] = { "region", N_("State or region"), GROUP_CONTACT, CRM_KIND_TEXT, CRM_FIELD_VIRTUAL,
    .through = &main_region,
    .aliases = "State;Province;Region;Business State;Billing State/Province;Billing State;Work State;Home State;State/Region;Address 1 - Region;"
               "Bölge;Eyalet;Dienstlich: Bundesland;billing_address_state;property_state" },
  [CRM_CLIENT_POSTCODE] = { "postcode", N_("Postcode"), GROUP_CONTACT, CRM_KIND_TEXT, CRM_FIELD_VIRTUAL | CRM_FIELD_PERSONAL,
    .through = &main_postcode,
    .aliases = "Postal Code;Zip;Zip Code;ZipCode;Business Postal Code;Billing Zip/Postal Code;Work ZipCode;Home Postal Code;Home ZipCode;"
               "Address 1 - Postal Code;Posta Kodu;PLZ;Dienstlich: PLZ;billing_address_postalcode;billing_postal_code;property_zip" },
  [CRM_CLIENT_COUNTRY] = { "country", N_("Country"), GROUP_CONTACT, CRM_KIND_TEXT, CRM_FIELD_VIRTUAL,
    .through = &main_country,
    .aliases = "Country/Region;Business Country/Region;Business Country;Billing Country;Work Country;Home Country;Address 1 - Country;Ülke;"
               "Dienstlich: Land;Land;billing_address_country;property_country" },

  [CRM_CLIENT_TAX_OFFICE] = { "tax_office", N_("Tax office"), GROUP_COMMERCIAL, CRM_KIND_TEXT, CRM_FIELD_SEARCH,
    .aliases = "Vergi Dairesi;VD;Vergi D." },
  [CRM_CLIENT_TAX_NUMBER] = { "tax_number", N_("Tax number"), GROUP_COMMERCIAL, CRM_KIND_TEXT, CRM_FIELD_SEARCH | CRM_FIELD_FILTER | CRM_FIELD_PERSONAL,
    .aliases = "VKN;TCKN;VKN/TCKN;Vergi No;Vergi Numarası;Vergi Kimlik No;Vergi Kimlik Numarası;TC Kimlik No;T.C. Kimlik No;Tax ID;Tax No;"
               "VAT Number;VAT ID;VAT Reg No;TIN;Steuernummer;USt-IdNr" },
  [CRM_CLIENT_LOYALTY] = { "loyalty", N_("Loyalty tier"), GROUP_COMMERCIAL, CRM_KIND_CHOICE, CRM_FIELD_NONE, tiers,
    .aliases = "Loyalty Tier;Sadakat Seviyesi" },
  [CRM_CLIENT_CREDIT_LIMIT] = { "credit_limit", N_("Credit limit"), GROUP_COMMERCIAL, CRM_KIND_MONEY, CRM_FIELD_NONE,
    .aliases = "Kredi Limiti;Limit;Risk Limiti" },
  [CRM_CLIENT_CURRENCY] = { "currency", N_("Currency"), GROUP_COMMERCIAL, CRM_KIND_TEXT, CRM_FIELD_NONE,
    .aliases = "Currency Code;Account Currency;Para Birimi;Döviz;Döviz Cinsi;currency_iso_code" },
  [CRM_CLIENT_PAYMENT_DAYS] = { "payment_days", N_("Payment days"), GROUP_COMMERCIAL, CRM_KIND_INTEGER, CRM_FIELD_NONE,
    .aliases = "Payment Terms;Terms;Vade;Vade Günü;Ödeme Vadesi" },
  [CRM_CLIENT_SUPPLIER] = { "supplier", N_("Current supplier"), GROUP_COMMERCIAL, CRM_KIND_TEXT, CRM_FIELD_SEARCH,
    .aliases = "Competitor;Mevcut Tedarikçi;Tedarikçi;Rakip" },
  [CRM_CLIENT_SOURCE] = { "source", N_("Source"), GROUP_COMMERCIAL, CRM_KIND_CHOICE, CRM_FIELD_FILTER, sources,
    .aliases = "Lead Source;Account Source;Original Source;Kaynak;Müşteri Kaynağı" },
  [CRM_CLIENT_REFERRER] = { "referrer", N_("Referred by"), GROUP_COMMERCIAL, CRM_KIND_REFERENCE, CRM_FIELD_NONE,
    .refers = "client", .aliases = "Referrer;Referral;Tavsiye Eden;Referans" },
  [CRM_CLIENT_NOTES] = { "notes", N_("Notes"), GROUP_NOTES, CRM_KIND_NOTE, CRM_FIELD_SEARCH | CRM_FIELD_PERSONAL,
    .aliases = "Note;Description;Comments;Comment;Remarks;Notizen;Not;Notlar;Açıklama;property_description;About" },

  [CRM_CLIENT_EXTRA] = { "extra", N_("Other data"), NULL, CRM_KIND_TEXT, CRM_FIELD_SYSTEM },
  [CRM_CLIENT_CREATED] = { "created", N_("Created"), NULL, CRM_KIND_DATETIME, CRM_FIELD_SYSTEM },
  [CRM_CLIENT_MODIFIED] = { "modified", N_("Changed"), NULL, CRM_KIND_DATETIME, CRM_FIELD_SYSTEM },
  [CRM_CLIENT_DELETED] = { "deleted", N_("Deleted"), NULL, CRM_KIND_DATETIME, CRM_FIELD_SYSTEM },
};

static void
before_save (CrmValues *changes,
             gboolean   is_new)
{
  if (is_new && crm_values_is_null (changes, CRM_CLIENT_KIND))
    crm_values_set_text (changes, CRM_CLIENT_KIND, "prospect");
  if (is_new && !crm_values_is_null (changes, CRM_CLIENT_CREDIT_LIMIT) && crm_values_is_null (changes, CRM_CLIENT_CURRENCY))
    crm_values_set_text (changes, CRM_CLIENT_CURRENCY, "TRY");
}

static gboolean
validate (const CrmValues  *changes,
          const CrmValues  *current,
          GError          **error)
{
  const char *currency = crm_values_get_text (changes, CRM_CLIENT_CURRENCY);

  if (currency != NULL && (strlen (currency) != 3 || strspn (currency, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") != 3))
    {
      g_set_error (error, CRM_ERROR, CRM_ERROR_INVALID,
                   _("“%s” is no currency. Give its code of three capital letters, like TRY, EUR or USD."), currency);
      return FALSE;
    }
  if (crm_values_get_integer (changes, CRM_CLIENT_PAYMENT_DAYS) < 0 || crm_values_get_integer (changes, CRM_CLIENT_CREDIT_LIMIT) < 0)
    {
      g_set_error_literal (error, CRM_ERROR, CRM_ERROR_INVALID, _("Payment days and credit limit cannot be negative."));
      return FALSE;
    }
  return crm_check_tax_number (crm_values_get_text (changes, CRM_CLIENT_TAX_NUMBER), error);
}

static const CrmRules rules = { .before_save = before_save, .validate = validate };
static const char * const children[] = { "contact_point", "address", "client_tag", NULL };

const CrmEntity crm_client = {
  .number = 1,
  .name = "client",
  .type_name = "CrmClient",
  .label = N_("Client"),
  .plural = N_("Clients"),
  .icon = "crm-client-symbolic",
  .title = "name",
  .fields = fields,
  .n_fields = G_N_ELEMENTS (fields),
  .children = children,
  .rules = &rules,
};
