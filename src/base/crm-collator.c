/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crm-collator.h"

#include "crm-locale-private.h"

#include <string.h>
#include <unicode/ucol.h>
#include <unicode/ustring.h>
#include <unicode/uversion.h>

#define FIRST_CAPACITY 256

struct _CrmCollator {
  UCollator *collator;
  char      *name;

  UChar     *text;
  int32_t    text_capacity;
  guint8    *key;
  int32_t    key_capacity;
};

/* Languages that share an order share its name, so that going from one to the other rebuilds nothing. */
static char *
make_name (const UCollator *collator)
{
  UErrorCode status = U_ZERO_ERROR;
  const char *language = ucol_getLocaleByType (collator, ULOC_ACTUAL_LOCALE, &status);
  char version[U_MAX_VERSION_STRING_LENGTH];
  UVersionInfo numbers;

  if (U_FAILURE (status) || language == NULL || *language == '\0')
    language = "root";
  u_getVersion (numbers);
  u_versionToString (numbers, version);

  return g_strdup_printf ("%s %s", language, version);
}

CrmCollator *
crm_collator_new (const char *locale)
{
  CrmCollator *self = g_new0 (CrmCollator, 1);
  char name[CRM_LOCALE_SIZE];
  UErrorCode status = U_ZERO_ERROR;

  crm_locale_resolve (locale, "LC_COLLATE", "root", name);
  self->collator = ucol_open (name, &status);
  if (U_FAILURE (status))
    {
      status = U_ZERO_ERROR;
      self->collator = ucol_open ("root", &status);
    }
  /* The root order is part of the ICU library itself. */
  g_assert (self->collator != NULL);

  ucol_setStrength (self->collator, UCOL_TERTIARY);
  self->name = make_name (self->collator);
  self->text_capacity = FIRST_CAPACITY;
  self->text = g_new (UChar, FIRST_CAPACITY);
  self->key_capacity = FIRST_CAPACITY;
  self->key = g_new (guint8, FIRST_CAPACITY);

  return self;
}

void
crm_collator_free (CrmCollator *self)
{
  if (self == NULL)
    return;

  ucol_close (self->collator);
  g_free (self->name);
  g_free (self->text);
  g_free (self->key);
  g_free (self);
}

const char *
crm_collator_get_name (CrmCollator *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->name;
}

/* Length in UTF-16 of what is now in self->text. */
static int32_t
take_text (CrmCollator *self,
           const char  *text,
           int32_t      length)
{
  UErrorCode status = U_ZERO_ERROR;
  int32_t units = 0;

  /* UTF-16 never has more units than UTF-8 has bytes. */
  if (self->text_capacity < length)
    {
      self->text_capacity = length;
      self->text = g_renew (UChar, self->text, length);
    }
  u_strFromUTF8WithSub (self->text, self->text_capacity, &units, text, length, 0xFFFD, NULL, &status);
  g_assert (U_SUCCESS (status));

  return units;
}

const guint8 *
crm_collator_key (CrmCollator *self,
                  const char  *text,
                  gssize       length,
                  gsize       *size)
{
  int32_t units;
  int32_t key_size;

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (size != NULL, NULL);

  *size = 0;
  if (text == NULL)
    return NULL;

  if (length < 0)
    length = (gssize) strlen (text);
  g_return_val_if_fail (length < G_MAXINT32 / 2, NULL);

  units = take_text (self, text, (int32_t) length);
  key_size = ucol_getSortKey (self->collator, self->text, units, self->key, self->key_capacity);
  if (key_size > self->key_capacity)
    {
      self->key_capacity = key_size;
      self->key = g_renew (guint8, self->key, key_size);
      key_size = ucol_getSortKey (self->collator, self->text, units, self->key, self->key_capacity);
    }
  g_assert (key_size > 0);

  /* The closing NUL orders nothing. */
  *size = (gsize) key_size - 1;
  return self->key;
}
