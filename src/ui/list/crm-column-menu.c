/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crm-config.h"

#include "crm-column-menu.h"

#include <glib/gi18n-lib.h>

#include "crm-table-column.h"

struct _CrmColumnMenu
{
  GMenu              *menu;
  GSimpleActionGroup *actions;
  CrmColumnMenuFunc   chosen;
  gpointer            data;
};

/* (transfer full): actions have no underscores in their names */
static char *
get_action_name (const CrmField *field)
{
  return g_strdelimit (g_strdup (field->name), "_", '-');
}

static void
on_toggled (GSimpleAction *action,
            GVariant      *state,
            gpointer       user_data)
{
  CrmColumnMenu *self = user_data;
  g_autofree char *field = g_strdelimit (g_strdup (g_action_get_name (G_ACTION (action))), "-", '_');

  g_simple_action_set_state (action, state);
  self->chosen (field, g_variant_get_boolean (state), self->data);
}

static void
add_toggle (CrmColumnMenu  *self,
            GMenu          *section,
            const CrmField *field)
{
  g_autofree char *name = get_action_name (field);
  g_autofree char *detailed = g_strconcat ("column.", name, NULL);
  g_autoptr (GSimpleAction) action = g_simple_action_new_stateful (name, NULL, g_variant_new_boolean (FALSE));

  g_signal_connect (action, "change-state", G_CALLBACK (on_toggled), self);
  g_action_map_add_action (G_ACTION_MAP (self->actions), G_ACTION (action));
  g_menu_append (section, crm_field_get_label (field), detailed);
}

static gboolean
can_be_chosen (const CrmEntity *entity,
               const CrmField  *field)
{
  return crm_table_column_is_possible (field) && !g_str_equal (field->name, entity->title) && !g_str_equal (field->name, "deleted");
}

CrmColumnMenu *
crm_column_menu_new (const CrmEntity   *entity,
                     CrmColumnMenuFunc  chosen,
                     gpointer           data)
{
  CrmColumnMenu *self = g_new0 (CrmColumnMenu, 1);
  g_autoptr (GMenu) section = NULL;
  const char *group = NULL;

  self->menu = g_menu_new ();
  self->actions = g_simple_action_group_new ();
  self->chosen = chosen;
  self->data = data;
  for (guint i = 0; i < entity->n_fields; i++)
    {
      const CrmField *field = &entity->fields[i];

      if (!can_be_chosen (entity, field))
        continue;
      if (section == NULL || g_strcmp0 (group, field->group) != 0)
        {
          g_clear_object (&section);
          section = g_menu_new ();
          g_menu_append_section (self->menu, field->group != NULL ? _(field->group) : NULL, G_MENU_MODEL (section));
          group = field->group;
        }
      add_toggle (self, section, field);
    }
  return self;
}

void
crm_column_menu_free (CrmColumnMenu *self)
{
  g_object_unref (self->menu);
  g_object_unref (self->actions);
  g_free (self);
}

void
crm_column_menu_set_shown (CrmColumnMenu  *self,
                           const CrmField *field,
                           gboolean        shown)
{
  g_autofree char *name = get_action_name (field);
  GAction *action = g_action_map_lookup_action (G_ACTION_MAP (self->actions), name);

  if (action != NULL)
    g_simple_action_set_state (G_SIMPLE_ACTION (action), g_variant_new_boolean (shown));
}

GMenuModel *
crm_column_menu_get_model (CrmColumnMenu *self)
{
  return G_MENU_MODEL (self->menu);
}

GActionGroup *
crm_column_menu_get_actions (CrmColumnMenu *self)
{
  return G_ACTION_GROUP (self->actions);
}
