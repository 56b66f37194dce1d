/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crm-config.h"

#include "crm-import-words.h"

#include <glib/gi18n-lib.h>

#include "crm-number.h"

char *
crm_import_words_sum_up (const CrmImportResult *result)
{
  g_autofree char *new = crm_number_fill (g_dngettext (GETTEXT_PACKAGE, "%s new", "%s new", (gulong) result->n_new),
                                          (gint64) result->n_new);
  g_autofree char *changed = crm_number_fill (g_dngettext (GETTEXT_PACKAGE, "%s changed", "%s changed", (gulong) result->n_changed),
                                              (gint64) result->n_changed);
  g_autofree char *unchanged = crm_number_fill (g_dngettext (GETTEXT_PACKAGE, "%s unchanged", "%s unchanged",
                                                             (gulong) result->n_unchanged), (gint64) result->n_unchanged);
  g_autofree char *rejected = crm_number_fill (g_dngettext (GETTEXT_PACKAGE, "%s rejected", "%s rejected",
                                                            (gulong) result->n_rejected), (gint64) result->n_rejected);

  return g_strjoin (" · ", new, changed, unchanged, rejected, NULL);
}

char *
crm_import_words_button (const CrmImportResult *result)
{
  gint64 n_new = (gint64) result->n_new, n_changed = (gint64) result->n_changed;

  if (n_new > 0 && n_changed > 0)
    {
      g_autofree char *new = crm_number_format (n_new);
      g_autofree char *changed = crm_number_format (n_changed);

      /* Translators: a button: how many clients are new and how many change */
      return g_strdup_printf (_("_Import %s New, Change %s"), new, changed);
    }
  if (n_new > 0 && result->is_cards)
    return crm_number_fill (g_dngettext (GETTEXT_PACKAGE, "_Import %s Card", "_Import %s Cards", (gulong) n_new), n_new);
  if (n_new > 0)
    return crm_number_fill (g_dngettext (GETTEXT_PACKAGE, "_Import %s Client", "_Import %s Clients", (gulong) n_new), n_new);
  if (n_changed > 0 && result->is_cards)
    return crm_number_fill (g_dngettext (GETTEXT_PACKAGE, "_Change What %s Card Says", "_Change What %s Cards Say", (gulong) n_changed),
                            n_changed);
  if (n_changed > 0)
    return crm_number_fill (g_dngettext (GETTEXT_PACKAGE, "_Change %s Client", "_Change %s Clients", (gulong) n_changed), n_changed);
  return g_strdup (_("_Import"));
}

const char *
crm_import_words_hindrance (const CrmImportResult *result)
{
  if (result->n_new + result->n_changed > 0)
    return NULL;
  if (result->n_unchanged + result->n_rejected == 0)
    return result->is_cards ? _("The file has no cards.") : _("The file has no rows.");
  if (result->n_unchanged == 0)
    return result->is_cards ? _("No card can be imported.") : _("No row can be imported.");
  if (result->is_cards)
    return _("There is nothing to import: all of it is there already.");
  return _("There is nothing to import: the clients are all there already.");
}

char *
crm_import_words_done (const CrmImportResult *result)
{
  gint64 n_new = (gint64) result->n_new, n_changed = (gint64) result->n_changed;
  g_autofree char *new = NULL;
  g_autofree char *changed = NULL;

  if (result->is_cards)
    return crm_number_fill (g_dngettext (GETTEXT_PACKAGE, "%s card imported", "%s cards imported", (gulong) (n_new + n_changed)),
                            n_new + n_changed);
  new = crm_number_fill (g_dngettext (GETTEXT_PACKAGE, "%s client imported", "%s clients imported", (gulong) n_new), n_new);
  changed = crm_number_fill (g_dngettext (GETTEXT_PACKAGE, "%s client changed", "%s clients changed", (gulong) n_changed), n_changed);

  if (n_changed == 0)
    return g_steal_pointer (&new);
  if (n_new == 0)
    return g_steal_pointer (&changed);
  return g_strjoin (", ", new, changed, NULL);
}
