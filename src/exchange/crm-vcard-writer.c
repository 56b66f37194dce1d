/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crm-config.h"

#include "crm-vcard-writer.h"

#include <string.h>

#include "crm-output.h"

/* Bytes of a line without its end. */
#define LINE_BYTES 75

struct _CrmVcardWriter {
  CrmOutput       *output;
  CrmVcardVersion  version;
};

CrmVcardWriter *
crm_vcard_writer_new (const char       *path,
                      CrmVcardVersion   version,
                      GError          **error)
{
  CrmVcardWriter *self;
  CrmOutput *output;

  g_return_val_if_fail (path != NULL, NULL);
  g_return_val_if_fail (version == CRM_VCARD_3_0 || version == CRM_VCARD_4_0, NULL);

  output = crm_output_new (path, error);
  if (output == NULL)
    return NULL;
  self = g_new0 (CrmVcardWriter, 1);
  self->output = output;
  self->version = version;
  return self;
}

void
crm_vcard_writer_free (CrmVcardWriter *self)
{
  if (self == NULL)
    return;
  crm_output_free (self->output);
  g_free (self);
}

/* Broken between characters. */
static void
append_folded (GString    *into,
               const char *text,
               gsize       length)
{
  gsize room = LINE_BYTES;

  while (length > room)
    {
      gsize part = room;

      while (part > 0 && ((guint8) text[part] & 0xC0) == 0x80)
        part--;
      g_string_append_len (into, text, (gssize) part);
      g_string_append (into, "\r\n ");
      text += part;
      length -= part;
      room = LINE_BYTES - 1;
    }
  g_string_append_len (into, text, (gssize) length);
  g_string_append (into, "\r\n");
}

static void
append_param_value (GString         *into,
                    const char      *value,
                    CrmVcardVersion  version)
{
  gboolean quoted = value[strcspn (value, ",;:")] != '\0';

  if (quoted)
    g_string_append_c (into, '"');
  for (; *value != '\0'; value++)
    {
      gboolean is_break = *value == '\n';

      if (version == CRM_VCARD_4_0 && (is_break || *value == '"' || *value == '^'))
        g_string_append_printf (into, "^%c", is_break ? 'n' : *value == '"' ? '\'' : '^');
      else if (is_break)
        g_string_append_c (into, ' ');
      else
        g_string_append_c (into, *value == '"' ? '\'' : *value);
    }
  if (quoted)
    g_string_append_c (into, '"');
}

/* What version 3.0 knows of preference; of less than the most it knows nothing, but does not mind. */
static gboolean
is_pref_3 (const CrmVcardParam *param,
           CrmVcardVersion      version)
{
  return version == CRM_VCARD_3_0 && strcmp (param->name, "PREF") == 0 && strcmp (param->value, "1") == 0;
}

static void
append_params (GString                *into,
               const CrmVcardProperty *property,
               CrmVcardVersion         version)
{
  const char *before = NULL;

  for (guint i = 0; i < property->n_params; i++)
    {
      const CrmVcardParam *param = &property->params[i];
      const char *name = is_pref_3 (param, version) ? "TYPE" : param->name;
      const char *value = is_pref_3 (param, version) ? "pref" : param->value;

      if (strcmp (name, "TYPE") == 0 && before != NULL && strcmp (before, "TYPE") == 0)
        g_string_append_c (into, ',');
      else
        g_string_append_printf (into, ";%s=", name);
      append_param_value (into, value, strcmp (name, "TYPE") == 0 ? CRM_VCARD_3_0 : version);
      before = name;
    }
}

/* TYPE=JPEG is all that version 3.0 has for it. */
static void
append_media_type_3 (GString                *into,
                     const CrmVcardProperty *property)
{
  const char *type = property->media_type;

  if (type == NULL)
    return;
  if (g_str_has_prefix (type, "image/") && !crm_vcard_property_is (property, "SOUND"))
    g_string_append_printf (into, ";TYPE=%s", type + strlen ("image/"));
  else
    g_string_append_printf (into, ";MEDIATYPE=%s", type);
}

static void
append_bytes (GString                *into,
              const CrmVcardProperty *property,
              CrmVcardVersion         version)
{
  gsize size;
  const guint8 *data = g_bytes_get_data (property->bytes, &size);
  g_autofree char *base64 = g_base64_encode (data, size);

  if (version == CRM_VCARD_3_0)
    {
      append_media_type_3 (into, property);
      g_string_append (into, ";ENCODING=b:");
    }
  else
    g_string_append_printf (into, ":data:%s;base64,", property->media_type != NULL ? property->media_type : "application/octet-stream");
  g_string_append (into, base64);
}

static void
append_line (GString                *line,
             const CrmVcardProperty *property,
             CrmVcardVersion         version)
{
  if (property->group != NULL)
    {
      g_string_append (line, property->group);
      g_string_append_c (line, '.');
    }
  g_string_append (line, property->name);
  append_params (line, property, version);
  if (property->bytes != NULL)
    append_bytes (line, property, version);
  else
    {
      g_string_append_c (line, ':');
      g_string_append (line, property->value);
    }
}

void
crm_vcard_append_line (GString                *into,
                       const CrmVcardProperty *property)
{
  g_return_if_fail (into != NULL && property != NULL);

  append_line (into, property, CRM_VCARD_4_0);
}

void
crm_vcard_append_card (GString         *into,
                       const CrmVcard  *card,
                       CrmVcardVersion  version)
{
  g_autoptr (GString) line = g_string_new (NULL);

  g_return_if_fail (into != NULL && card != NULL);
  g_return_if_fail (version == CRM_VCARD_3_0 || version == CRM_VCARD_4_0);

  g_string_append_printf (into, "BEGIN:VCARD\r\nVERSION:%s\r\n", version == CRM_VCARD_3_0 ? "3.0" : "4.0");
  for (guint i = 0; i < crm_vcard_get_n_properties (card); i++)
    {
      g_string_truncate (line, 0);
      append_line (line, crm_vcard_get_property (card, i), version);
      append_folded (into, line->str, line->len);
    }
  g_string_append (into, "END:VCARD\r\n");
}

gboolean
crm_vcard_writer_add (CrmVcardWriter  *self,
                      const CrmVcard  *card,
                      GError         **error)
{
  g_return_val_if_fail (self != NULL && card != NULL, FALSE);

  crm_vcard_append_card (crm_output_get_text (self->output), card, self->version);
  return crm_output_flush_some (self->output, error);
}

gboolean
crm_vcard_writer_finish (CrmVcardWriter  *self,
                         GError         **error)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return crm_output_finish (self->output, error);
}
