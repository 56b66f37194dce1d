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

#define OPEN_NEXT_STEP "FROM task WHERE client = ? AND next AND done IS NULL AND deleted IS NULL ORDER BY id LIMIT 1"

#define GROUP_IDENTITY N_("Identity")
#define GROUP_CONTACT N_("Contact")
#define GROUP_COMMERCIAL N_("Commercial")
#define GROUP_NOTES N_("Notes")

static const CrmField fields[] = {
  [CRM_CLIENT_NAME] = { "name", N_("Name"), GROUP_IDENTITY, CRM_KIND_TEXT,
    CRM_FIELD_REQUIRED | CRM_FIELD_SEARCH | CRM_FIELD_SORTED | CRM_FIELD_COLUMN | CRM_FIELD_PERSONAL,
    .aliases = "Company;Company Name;Account Name;Organization;Organization Name;Organization 1 - Name;Organisation;"
               "Associated Company;Primary Company;Customer;Customer Name;Client;Client Name;Firm;Firm Name;Business Name;Security;"
               "Unternehmen;Firma;Firmenname;Kunde;Kundenname;Kontoname;Firma Adı;Firma İsmi;Firma Ünvanı;Ticari Ünvan;Ticaret Ünvanı;"
               "Cari Ünvanı;Cari Ünvan;Cari Adı;Cari İsim;Cari Hesap Adı;Hesap Adı;Şirket;Şirket Adı;Şirket Ünvanı;Müşteri;"
               "Müşteri Adı;Müşteri Ünvanı;İşletme Adı;Kurum;Kurum Adı;Kuruluş;Kuruluş Adı;Organizasyon;property_company;"
               "property_name;Account;Ünvan;Ünvanı;Name;Full Name;Display Name;File As;Anzeigename;Speichern unter;Name1;Görünen Ad;"
               "Görünen İsim;Ad Soyad;Adı Soyadı;İsim Soyisim;Ad;Adı;İsim" },
  [CRM_CLIENT_KIND] = { "kind", N_("Kind"), GROUP_IDENTITY, CRM_KIND_CHOICE,
    CRM_FIELD_REQUIRED | CRM_FIELD_COLUMN | CRM_FIELD_FILTER, kinds,
    .aliases = "Type;Account Type;Company Type;Customer Type;Client Type;Relationship;Lifecycle Stage;Typ;Kundentyp;Tür;Türü;Tip;Tipi;"
               "Müşteri Türü;Müşteri Tipi;Cari Türü;Cari Tipi;Hesap Türü;Yaşam Döngüsü Aşaması;property_type;property_lifecyclestage" },
  [CRM_CLIENT_SEGMENT] = { "segment", N_("Segment"), GROUP_IDENTITY, CRM_KIND_REFERENCE, CRM_FIELD_COLUMN | CRM_FIELD_FILTER,
    .refers = "segment", .aliases = "Customer Segment;Market Segment;Customer Group;Kundengruppe;Segmenti;Müşteri Segmenti;Müşteri Grubu;Cari Grubu;Grup;"
               "Grubu" },
  [CRM_CLIENT_GRADE] = { "grade", N_("Grade"), GROUP_IDENTITY, CRM_KIND_CHOICE, CRM_FIELD_COLUMN | CRM_FIELD_FILTER, grades,
    .aliases = "Rating;Account Rating;Customer Rating;Bewertung;Derece;Derecesi;Müşteri Derecesi;Müşteri Sınıfı;Sınıf;Sınıfı;"
               "Değerlendirme" },
  [CRM_CLIENT_SIZE] = { "size", N_("Size"), GROUP_IDENTITY, CRM_KIND_CHOICE, CRM_FIELD_FILTER, sizes,
    .aliases = "Company Size;Firmengröße;Unternehmensgröße;Büyüklük;Büyüklüğü;Firma Büyüklüğü;Ölçek" },
  [CRM_CLIENT_SECTOR] = { "sector", N_("Sector"), GROUP_IDENTITY, CRM_KIND_TEXT, CRM_FIELD_SEARCH | CRM_FIELD_FILTER,
    .aliases = "Industry;GICS Sector;Branch;Line of Business;Branche;Sektör;Sektörü;Endüstri;Faaliyet Alanı;Faaliyet Konusu;İş Kolu;"
               "property_industry" },
  [CRM_CLIENT_PARENT] = { "parent", N_("Belongs to"), GROUP_IDENTITY, CRM_KIND_REFERENCE, CRM_FIELD_NONE,
    .refers = "client", .aliases = "Parent Account;Parent Account Name;Parent Company;Member of;Mutterfirma;Bağlı Olduğu Firma;Ana Firma;Ana Şirket;"
               "Ana Hesap;Üst Hesap;Üst Firma" },
  [CRM_CLIENT_TAGS] = { "tags", N_("Tags"), GROUP_IDENTITY, CRM_KIND_TAGS, CRM_FIELD_SEARCH | CRM_FIELD_FILTER,
    .through = &tag_names,
    .derived = "SELECT group_concat (name, ', ') FROM (SELECT t.name FROM client_tag c JOIN tag t ON t.id = c.tag"
               " WHERE c.client = ? ORDER BY c.id)", .aliases = "Tag;Labels;Label;Categories;Category;Group Membership;Keywords;Kategorien;Kategorie;Etiket;Etiketler;Kategori;"
               "Kategoriler" },
  [CRM_CLIENT_OWNER] = { "owner", N_("Account manager"), GROUP_IDENTITY, CRM_KIND_TEXT, CRM_FIELD_SEARCH | CRM_FIELD_FILTER | CRM_FIELD_PERSONAL,
    .aliases = "Owner Name;Account Owner;Account Owner Name;Contact Owner;Company owner;Assigned User;Assigned User Name;Assigned to;"
               "Sales Representative;Zuständig;Betreuer;Sorumlu;Sorumlu Kişi;Sorumlusu;Temsilci;Temsilcisi;Müşteri Temsilcisi;"
               "Satış Temsilcisi;Müşteri Yöneticisi;Müşteri Sorumlusu;Hesap Sahibi;Şirket Sahibi;Atanan Kişi;Atanan Kullanıcı;"
               "Plasiyer;Satıcı" },

  [CRM_CLIENT_PHONE] = { "phone", N_("Phone"), GROUP_CONTACT, CRM_KIND_PHONE, CRM_FIELD_SEARCH | CRM_FIELD_COLUMN | CRM_FIELD_FILTER | CRM_FIELD_PERSONAL,
    .through = &main_phone,
    .aliases = "Phone Number;Telephone;Telephone Number;Tel;Primary Phone;Company Main Phone;Company Main Telephone;Main Phone;"
               "Business Phone;Business Phone 2;Work Phone;Phone Work;Office Phone;Phone Office;Phone 1 - Value;Phone 2 - Value;"
               "Phone 3 - Value;Phone 4 - Value;Phone 5 - Value;Phone 6 - Value;Phone 7 - Value;Phone 8 - Value;Phone 9 - Value;"
               "Phone 1;Phone 2;Phone 3;Contact Phone;Contact Phone Number;Other Phone;Phone Other;Alternate Phone;Phone Alternate;"
               "Home Phone;Home Phone 2;Phone Home;Car Phone;Telefon;Telefonu;Telefon No;Telefon Numarası;Telefon 1;Telefon 2;"
               "Telefon 3;Tel No;Tel 1;Tel 2;Birincil Telefon;Şirket Telefonu;Şirket Ana Telefonu;İş Telefonu;İş Telefonu 2;İş Tel;"
               "İşyeri Telefonu;Ofis Telefonu;Santral;Sabit Telefon;Sabit Hat;Alternatif Telefon;Diğer Telefon;Ev Telefonu;"
               "Ev Telefonu 2;Ev Tel;Telefonnummer;Telefon Firma;Haupttelefon;Geschäftstelefon;Telefon geschäftlich;"
               "Telefon geschäftlich 2;Telefon dienstlich;Tel. dienstlich;Telefon privat;Tel. privat;Telefon privat 2;"
               "Weiteres Telefon;property_phone" },
  [CRM_CLIENT_MOBILE] = { "mobile", N_("Mobile"), GROUP_CONTACT, CRM_KIND_PHONE, CRM_FIELD_VIRTUAL | CRM_FIELD_PERSONAL,
    .through = &main_mobile,
    .aliases = "Mobile Phone;Mobile Phone Number;Mobile Number;Phone Mobile;Cell Phone;Cell;Cep;Cep Tel;Cep Telefonu;Cep Telefonu 1;"
               "Cep Telefonu 2;Cep Telefonu Numarası;Cep No;GSM;GSM No;Mobil;Mobil Telefon;Mobiltelefon;Mobilnummer;Handy;Handynummer;"
               "Mobil-Tel.-Nr.;property_mobilephone" },
  [CRM_CLIENT_FAX] = { "fax", N_("Fax"), GROUP_CONTACT, CRM_KIND_PHONE, CRM_FIELD_VIRTUAL | CRM_FIELD_PERSONAL,
    .through = &main_fax,
    .aliases = "Fax Number;Phone Fax;Company Fax;Business Fax;Work Fax;Office Fax;Other Fax;Home Fax;Faks;Faks No;Faks Numarası;Faksı;"
               "İş Faksı;Diğer Faks;Ev Faksı;Belgegeçer;Fax-Nr.;Fax-Nummer;Fax geschäftlich;Weiteres Fax;Fax privat;property_fax" },
  [CRM_CLIENT_EMAIL] = { "email", N_("E-mail"), GROUP_CONTACT, CRM_KIND_EMAIL, CRM_FIELD_SEARCH | CRM_FIELD_COLUMN | CRM_FIELD_FILTER | CRM_FIELD_PERSONAL,
    .through = &main_email,
    .aliases = "Email;E-mail Address;Primary Email;Primary Email Address;Business Email;Work Email;Company Email;E-mail 1 - Value;"
               "E-mail 2 - Value;E-mail 3 - Value;E-mail 4 - Value;E-mail 5 - Value;E-mail 6 - Value;Email 1;Email 2;Email 3;"
               "E-mail 2 Address;E-mail 3 Address;Email Address 2;Secondary Email;Non Primary E-mails;Other Email;Personal Email;Mail;"
               "E-posta;E-posta Adresi;E-postası;Birincil E-posta;Birincil E-posta Adresi;İş E-postası;E-posta 1;E-posta 2;E-posta 3;"
               "E-posta 2 Adresi;E-posta 3 Adresi;İkincil E-posta;Diğer E-posta;Mail Adresi;Elektronik Posta;E-Mail-Adresse;"
               "Primäre E-Mail-Adresse;Sekundäre E-Mail-Adresse;E-Mail-Adresse 2;E-Mail-Adresse 3;E-Mail 2: Adresse;E-Mail 3: Adresse;"
               "property_email" },
  [CRM_CLIENT_WEB] = { "web", N_("Web site"), GROUP_CONTACT, CRM_KIND_URL, CRM_FIELD_SEARCH,
    .aliases = "Website;Website URL;Web;WWW;Web Address;Web Page;Business Web Page;Web Page 1;Website 1 - Value;URL;Homepage;"
               "Company Domain Name;Domain;Domain Name;Web Page 2;Website 2 - Value;Web Adresi;Web Sitesi;Web Sayfası;Web Sayfası 1;"
               "Web Sayfası 2;İnternet Adresi;İnternet Sitesi;Webseite;Webseite 1;Webseite 2;Webadresse;Internetadresse;"
               "property_website;property_domain" },
  [CRM_CLIENT_PREFERRED_CHANNEL] = { "preferred_channel", N_("Preferred channel"), GROUP_CONTACT, CRM_KIND_CHOICE, CRM_FIELD_NONE, channels,
    .aliases = "Preferred Contact Method;Preferred Communication Channel;Tercih Edilen Kanal;Tercih Edilen İletişim;"
               "Tercih Edilen İletişim Yöntemi" },
  [CRM_CLIENT_STREET] = { "street", N_("Street"), GROUP_CONTACT, CRM_KIND_TEXT, CRM_FIELD_VIRTUAL | CRM_FIELD_PERSONAL,
    .through = &main_street,
    .aliases = "Address;Street Address;Address Line 1;Address 1;Street 1;Business Street;Business Address;Billing Street;"
               "Billing Address Street;Billing Address;Work Address;Office Address;Primary Address Street;Mailing Street;"
               "Mailing Address;Address 1 - Street;Address Line 2;Address 2;Street 2;Street Address 2;Business Street 2;"
               "Business Street 3;Billing Street 2;Billing Street 3;Billing Street 4;Billing Address 2;Work Address 2;"
               "Address 1 - Extended Address;Shipping Street;Shipping Address Street;Shipping Address;Shipping Street 2;"
               "Delivery Address;Alternate Address Street;Address 2 - Street;Address 2 - Extended Address;Home Street;Home Address;"
               "Home Street 2;Home Street 3;Home Address 2;Other Street;Other Address Street;Other Street 2;Other Street 3;"
               "Address 3 - Street;Address 3 - Extended Address;Adres;Adresi;Açık Adres;Adres 1;Sokak;Cadde;Cadde/Sokak;"
               "Adres Satırı 1;Sokak Adresi;İş Adresi;İş Adresi Cadde;İş Adresi Sokak;İş Adresi: Sokak;Fatura Adresi;"
               "Fatura Adresi Sokak;Adres 2;Adres Satırı 2;Sevk Adresi;Sevkiyat Adresi;Teslimat Adresi;Ev Adresi;Ev Adresi Cadde;"
               "Ev Adresi Sokak;Diğer Adres;Straße;Anschrift;Adresse;Straße geschäftlich;Straße geschäftlich 2;Dienstlich: Straße;"
               "Dienstlich: Adresse;Dienstlich: Adresse 2;Straße privat;Straße privat 2;Privat: Straße;Privat: Adresse;"
               "Privat: Adresse 2;Weitere Straße;property_address;property_address_2" },
  [CRM_CLIENT_DISTRICT] = { "district", N_("District"), GROUP_CONTACT, CRM_KIND_TEXT, CRM_FIELD_VIRTUAL | CRM_FIELD_PERSONAL,
    .through = &main_district, .aliases = "County;Suburb;Neighborhood;Neighbourhood;İlçe;İlçesi;İlçe Adı;Semt;Semti;Fatura İlçesi;Ortsteil;Stadtteil" },
  [CRM_CLIENT_CITY] = { "city", N_("City"), GROUP_CONTACT, CRM_KIND_TEXT,
    CRM_FIELD_SEARCH | CRM_FIELD_SORTED | CRM_FIELD_COLUMN | CRM_FIELD_FILTER,
    .through = &main_city,
    .aliases = "Town;City/Town;Business City;Billing City;Billing Address City;Work City;Office City;Primary Address City;"
               "Mailing City;Address 1 - City;Shipping City;Shipping Address City;Alternate Address City;Address 2 - City;Home City;"
               "Other City;Other Address City;Address 3 - City;Headquarters Location;Headquarters;Location;Şehir;Şehri;İl;İli;İl Adı;"
               "Kent;Vilayet;İş Adresi Şehir;İş Adresi: Şehir;İş Adresi İl;Fatura Adresi Şehir;Fatura Şehri;Fatura İli;"
               "Ev Adresi Şehir;Sevk Adresi Şehir;Stadt;Ort;Ort geschäftlich;Dienstlich: Ort;Ort privat;Privat: Ort;Weiterer Ort;"
               "property_city" },
  [CRM_CLIENT_REGION] = { "region", N_("State or region"), GROUP_CONTACT, CRM_KIND_TEXT, CRM_FIELD_VIRTUAL,
    .through = &main_region,
    .aliases = "State;Province;State/Province;State/Region;Business State;Billing State/Province;Billing State;Billing Address State;"
               "Work State;Primary Address State;Mailing State/Province;Mailing State;Address 1 - Region;Shipping State/Province;"
               "Shipping State;Shipping Address State;Alternate Address State;Address 2 - Region;Home State;Other State;"
               "Other State/Province;Address 3 - Region;Bölge;Bölgesi;Eyalet;Eyalet/Bölge;İş Adresi Bölge;İş Adresi Eyalet;"
               "Ev Adresi Eyalet;Bundesland;Region;Kanton;Bundesland/Kanton geschäftlich;Region geschäftlich;Dienstlich: Bundesland;"
               "Region privat;Privat: Bundesland;property_state" },
  [CRM_CLIENT_POSTCODE] = { "postcode", N_("Postcode"), GROUP_CONTACT, CRM_KIND_TEXT, CRM_FIELD_VIRTUAL | CRM_FIELD_PERSONAL,
    .through = &main_postcode,
    .aliases = "Postal Code;Zip;Zip Code;Zip/Postal Code;Post Code;Business Postal Code;Billing Zip/Postal Code;Billing Postal Code;"
               "Billing Zip;Billing Address Postal Code;Work ZipCode;Primary Address Postal Code;Mailing Zip/Postal Code;"
               "Mailing Postal Code;Address 1 - Postal Code;Shipping Zip/Postal Code;Shipping Postal Code;"
               "Shipping Address Postal Code;Alternate Address Postal Code;Address 2 - Postal Code;Home Postal Code;Home ZipCode;"
               "Other Postal Code;Other Zip/Postal Code;Address 3 - Postal Code;Posta Kodu;Posta Kod;PK;İş Adresi Posta Kodu;"
               "Fatura Adresi Posta Kodu;Ev Adresi Posta Kodu;PLZ;Postleitzahl;Postleitzahl geschäftlich;Dienstlich: PLZ;"
               "Postleitzahl privat;Privat: PLZ;Weitere Postleitzahl;property_zip" },
  [CRM_CLIENT_COUNTRY] = { "country", N_("Country"), GROUP_CONTACT, CRM_KIND_TEXT, CRM_FIELD_VIRTUAL,
    .through = &main_country,
    .aliases = "Country/Region;Country Name;Business Country/Region;Business Country;Billing Country;Billing Address Country;"
               "Work Country;Primary Address Country;Mailing Country;Address 1 - Country;Shipping Country;Shipping Address Country;"
               "Alternate Address Country;Address 2 - Country;Home Country/Region;Home Country;Other Country/Region;Other Country;"
               "Address 3 - Country;Ülke;Ülkesi;Ülke/Bölge;İş Adresi Ülke;İş Adresi Ülke/Bölge;Fatura Adresi Ülke;Ev Adresi Ülke;"
               "Ev Adresi Ülke/Bölge;Land;Land/Region geschäftlich;Dienstlich: Land;Land/Region privat;Privat: Land;"
               "Weiteres Land/Region;property_country" },

  [CRM_CLIENT_TAX_OFFICE] = { "tax_office", N_("Tax office"), GROUP_COMMERCIAL, CRM_KIND_TEXT, CRM_FIELD_SEARCH,
    .aliases = "Vergi Dairesi;Vergi Dairesi Adı;V. Dairesi;V.D.;VD;Vergi D.;Finanzamt" },
  [CRM_CLIENT_TAX_NUMBER] = { "tax_number", N_("Tax number"), GROUP_COMMERCIAL, CRM_KIND_TEXT, CRM_FIELD_SEARCH | CRM_FIELD_FILTER | CRM_FIELD_PERSONAL,
    .aliases = "VKN;TCKN;VKN/TCKN;TCKN/VKN;Vergi No;Vergi Numarası;Vergi Kimlik No;Vergi Kimlik Numarası;Vergi/TC No;"
               "Vergi/TC Kimlik No;V. No;TC No;TC Kimlik No;T.C. Kimlik No;T.C. Kimlik Numarası;TC Kimlik Numarası;Kimlik No;Tax ID;"
               "Tax No;Tax ID Number;VAT Number;VAT No;VAT ID;VAT Reg No;VAT Registration Number;TIN;Steuernummer;USt-IdNr.;USt-ID;"
               "Umsatzsteuer-ID" },
  [CRM_CLIENT_LOYALTY] = { "loyalty", N_("Loyalty tier"), GROUP_COMMERCIAL, CRM_KIND_CHOICE, CRM_FIELD_NONE, tiers,
    .aliases = "Loyalty;Customer Tier;Sadakat;Sadakat Seviyesi;Müşteri Seviyesi" },
  [CRM_CLIENT_CREDIT_LIMIT] = { "credit_limit", N_("Credit limit"), GROUP_COMMERCIAL, CRM_KIND_MONEY, CRM_FIELD_NONE,
    .aliases = "Credit;Kreditlimit;Kredi Limiti;Risk Limiti;Cari Limit;Limit" },
  [CRM_CLIENT_CURRENCY] = { "currency", N_("Currency"), GROUP_COMMERCIAL, CRM_KIND_TEXT, CRM_FIELD_NONE,
    .aliases = "Currency Code;Account Currency;Currency ISO Code;Währung;Para Birimi;Döviz;Döviz Cinsi;Döviz Kodu;Döviz Türü" },
  [CRM_CLIENT_PAYMENT_DAYS] = { "payment_days", N_("Payment days"), GROUP_COMMERCIAL, CRM_KIND_INTEGER, CRM_FIELD_NONE,
    .aliases = "Payment Terms;Payment Term;Terms;Zahlungsziel;Vade;Vadesi;Vade Günü;Vade Gün;Vade (Gün);Ödeme Vadesi" },
  [CRM_CLIENT_SUPPLIER] = { "supplier", N_("Current supplier"), GROUP_COMMERCIAL, CRM_KIND_TEXT, CRM_FIELD_SEARCH,
    .aliases = "Supplier;Competitor;Mevcut Tedarikçi;Tedarikçi;Tedarikçisi;Rakip;Lieferant" },
  [CRM_CLIENT_SOURCE] = { "source", N_("Source"), GROUP_COMMERCIAL, CRM_KIND_CHOICE, CRM_FIELD_FILTER, sources,
    .aliases = "Lead Source;Account Source;Original Source;Quelle;Kaynak;Kaynağı;Müşteri Kaynağı;Potansiyel Müşteri Kaynağı" },
  [CRM_CLIENT_REFERRER] = { "referrer", N_("Referred by"), GROUP_COMMERCIAL, CRM_KIND_REFERENCE, CRM_FIELD_NONE,
    .refers = "client", .aliases = "Referrer;Referral;Empfohlen von;Tavsiye Eden;Tavsiye;Öneren;Referans;Referans Olan" },
  [CRM_CLIENT_NOTES] = { "notes", N_("Notes"), GROUP_NOTES, CRM_KIND_NOTE, CRM_FIELD_SEARCH | CRM_FIELD_PERSONAL,
    .aliases = "Note;Description;Comments;Comment;Remarks;Remark;About;Notizen;Notiz;Bemerkung;Bemerkungen;Kommentar;Beschreibung;Not;"
               "Notlar;Notları;Açıklama;Açıklamalar;Yorum;property_description" },

  [CRM_CLIENT_NEXT_STEP] = { "next_step", N_("Next step"), NULL, CRM_KIND_TEXT, CRM_FIELD_SYSTEM | CRM_FIELD_PERSONAL,
    .derived = "SELECT name " OPEN_NEXT_STEP },
  [CRM_CLIENT_NEXT_DUE] = { "next_due", N_("Next step due"), NULL, CRM_KIND_DATE, CRM_FIELD_SYSTEM,
    .derived = "SELECT due " OPEN_NEXT_STEP },
  [CRM_CLIENT_LAST_CONTACT] = { "last_contact", N_("Last contact"), NULL, CRM_KIND_DATETIME, CRM_FIELD_SYSTEM,
    .derived = "SELECT max (at) FROM interaction WHERE client = ? AND deleted IS NULL"
               " AND (outcome IS NULL OR outcome IN ('reached', 'left_message'))" },
  [CRM_CLIENT_LOGO] = { "logo", N_("Logo"), NULL, CRM_KIND_TEXT, CRM_FIELD_SYSTEM,
    .derived = "SELECT hash FROM document WHERE client = ? AND kind = 'logo' AND deleted IS NULL ORDER BY id DESC LIMIT 1" },

  [CRM_CLIENT_EXTRA] = { "extra", N_("Other data"), NULL, CRM_KIND_TEXT, CRM_FIELD_SYSTEM },
  [CRM_CLIENT_CREATED] = { "created", N_("Created"), NULL, CRM_KIND_DATETIME, CRM_FIELD_SYSTEM },
  [CRM_CLIENT_MODIFIED] = { "modified", N_("Changed"), NULL, CRM_KIND_DATETIME, CRM_FIELD_SYSTEM },
  [CRM_CLIENT_DELETED] = { "deleted", N_("Deleted"), NULL, CRM_KIND_DATETIME, CRM_FIELD_SYSTEM },
};

static void
before_save (CrmValues       *changes,
             const CrmValues *current)
{
  if (current == NULL && crm_values_is_null (changes, CRM_CLIENT_KIND))
    crm_values_set_text (changes, CRM_CLIENT_KIND, "prospect");
  if (current == NULL && !crm_values_is_null (changes, CRM_CLIENT_CREDIT_LIMIT) && crm_values_is_null (changes, CRM_CLIENT_CURRENCY))
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
static const char * const children[] = { "contact_point", "address", "client_tag", "distinct_client", NULL };

static const char * const apart[] = { "city", "phone", "tax_number", NULL };

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
  .apart = apart,
  .rules = &rules,
};
