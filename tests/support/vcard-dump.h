/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "crm-vcard.h"

/* All that is in a card: a line a property, its bytes as "[media type size]" or, with @whole, with what is in them. */
static inline void
vcard_dump_full (GString        *into,
                 const CrmVcard *card,
                 gboolean        whole)
{
  for (guint i = 0; i < crm_vcard_get_n_properties (card); i++)
    {
      const CrmVcardProperty *property = crm_vcard_get_property (card, i);

      g_string_append_printf (into, "%s%s%s", property->group != NULL ? property->group : "", property->group != NULL ? "." : "",
                              property->name);
      for (guint p = 0; p < property->n_params; p++)
        g_string_append_printf (into, ";%s=%s", property->params[p].name, property->params[p].value);
      g_string_append_printf (into, ":%s", property->value);
      if (property->bytes != NULL)
        {
          g_autofree char *hash = whole ? g_compute_checksum_for_bytes (G_CHECKSUM_MD5, property->bytes) : NULL;

          g_string_append_printf (into, "[%s %u%s%s]", property->media_type != NULL ? property->media_type : "-",
                                  (guint) g_bytes_get_size (property->bytes), whole ? " " : "", whole ? hash : "");
        }
      g_string_append_c (into, '\n');
    }
}

static inline void
vcard_dump (GString        *into,
            const CrmVcard *card)
{
  vcard_dump_full (into, card, FALSE);
}
