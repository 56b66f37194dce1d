/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crm-child-row.h"

G_DEFINE_INTERFACE (CrmChildRow, crm_child_row, GTK_TYPE_LIST_BOX_ROW)

enum {
  REMOVED,
  MADE_MAIN,
  SAVED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static void
crm_child_row_default_init (CrmChildRowInterface *iface)
{
  signals[REMOVED] = g_signal_new ("removed", CRM_TYPE_CHILD_ROW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[MADE_MAIN] = g_signal_new ("made-main", CRM_TYPE_CHILD_ROW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SAVED] = g_signal_new ("saved", CRM_TYPE_CHILD_ROW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_INT64);
}

void
crm_child_row_set_up (CrmChildRow     *self,
                      CrmStore        *store,
                      const CrmEntity *entity)
{
  g_return_if_fail (CRM_IS_CHILD_ROW (self));
  g_return_if_fail (CRM_IS_STORE (store));
  g_return_if_fail (entity != NULL);

  CRM_CHILD_ROW_GET_IFACE (self)->set_up (self, store, entity);
}

void
crm_child_row_set_values (CrmChildRow     *self,
                          const CrmValues *values)
{
  g_return_if_fail (CRM_IS_CHILD_ROW (self));
  g_return_if_fail (values != NULL);

  CRM_CHILD_ROW_GET_IFACE (self)->set_values (self, values);
}

void
crm_child_row_clear (CrmChildRow *self)
{
  g_return_if_fail (CRM_IS_CHILD_ROW (self));

  CRM_CHILD_ROW_GET_IFACE (self)->clear (self);
}

void
crm_child_row_set_draft (CrmChildRow *self,
                         const char  *field,
                         const char  *text)
{
  g_return_if_fail (CRM_IS_CHILD_ROW (self));
  g_return_if_fail (field != NULL && text != NULL);

  CRM_CHILD_ROW_GET_IFACE (self)->set_draft (self, field, text);
}

void
crm_child_row_set_place (CrmChildRow     *self,
                         const CrmEntity *entity,
                         gint64           record,
                         const char      *field)
{
  g_return_if_fail (CRM_IS_CHILD_ROW (self));

  CRM_CHILD_ROW_GET_IFACE (self)->set_place (self, entity, record, field);
}

void
crm_child_row_edit (CrmChildRow *self)
{
  g_return_if_fail (CRM_IS_CHILD_ROW (self));

  CRM_CHILD_ROW_GET_IFACE (self)->edit (self);
}

void
crm_child_row_flush (CrmChildRow *self)
{
  g_return_if_fail (CRM_IS_CHILD_ROW (self));

  CRM_CHILD_ROW_GET_IFACE (self)->flush (self);
}

void
crm_child_row_ask_removal (CrmChildRow *self)
{
  g_signal_emit (self, signals[REMOVED], 0);
}

void
crm_child_row_ask_main (CrmChildRow *self)
{
  g_signal_emit (self, signals[MADE_MAIN], 0);
}

void
crm_child_row_tell_saved (CrmChildRow *self,
                          gint64       id)
{
  g_signal_emit (self, signals[SAVED], 0, id);
}

GtkWidget *
crm_child_row_new_button (const char *label,
                          GCallback   callback,
                          gpointer    data)
{
  GtkWidget *button = gtk_button_new_with_mnemonic (label);

  gtk_widget_add_css_class (button, "flat");
  g_signal_connect_swapped (button, "clicked", callback, data);
  return button;
}
