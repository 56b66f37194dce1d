/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crm-config.h"

#include "crm-tab-walk.h"

#include <adwaita.h>

/* How long what is being filled may take on a busy machine */
#define FILLING (20 * G_USEC_PER_SEC)
#define MOST_STOPS 400

/* In the same window or popover: what is in that is no part of what it belongs to. */
static GtkWidget *
find_outer (GtkWidget  *widget,
            const char *type)
{
  while (widget != NULL && !crm_inside_is_of (widget, type))
    widget = GTK_IS_NATIVE (widget) ? NULL : gtk_widget_get_parent (widget);
  return widget;
}

/* For people: "GtkButton “Undo” in CrmWindow" */
static char *
describe (GtkWidget *widget)
{
  GString *text = g_string_new (G_OBJECT_TYPE_NAME (widget));
  GtkWidget *label = crm_inside_find (widget, "GtkLabel", NULL);
  GtkWidget *outer;

  if (find_outer (widget, "AdwPreferencesRow") != NULL && label == NULL)
    g_string_append_printf (text, " “%s”", adw_preferences_row_get_title (ADW_PREFERENCES_ROW (find_outer (widget, "AdwPreferencesRow"))));
  if (gtk_widget_get_tooltip_text (widget) != NULL)
    g_string_append_printf (text, " “%s”", gtk_widget_get_tooltip_text (widget));
  else if (label != NULL)
    g_string_append_printf (text, " “%s”", gtk_label_get_text (GTK_LABEL (label)));
  for (outer = gtk_widget_get_parent (widget); outer != NULL; outer = gtk_widget_get_parent (outer))
    if (g_str_has_prefix (G_OBJECT_TYPE_NAME (outer), "Crm") || GTK_IS_NATIVE (outer))
      g_string_append_printf (text, " in %s", G_OBJECT_TYPE_NAME (outer));
  return g_string_free (text, FALSE);
}

/* What can be operated */

/* Parts that have keys of their own in what they are a part of, or belong to the window manager */
static gboolean
is_part (GtkWidget *widget)
{
  static const char * const wholes[] = { "GtkWindowControls", "GtkSpinButton", "GtkScrollbar", "GtkCalendar", "GtkDropDown", "AdwComboRow" };
  guint i;

  for (i = 0; i < G_N_ELEMENTS (wholes); i++)
    {
      GtkWidget *whole = find_outer (widget, wholes[i]);

      if (whole != NULL && whole != widget)
        return !GTK_IS_TEXT (widget);
    }
  return FALSE;
}

static gboolean
is_row_to_choose (GtkWidget *widget)
{
  GtkListBoxRow *row = GTK_LIST_BOX_ROW (widget);
  GtkWidget *list = gtk_widget_get_parent (widget);

  if (ADW_IS_ENTRY_ROW (row))
    return FALSE;
  return gtk_list_box_row_get_activatable (row) ||
         (GTK_IS_LIST_BOX (list) && gtk_list_box_get_selection_mode (GTK_LIST_BOX (list)) != GTK_SELECTION_NONE && gtk_list_box_row_get_selectable (row));
}

/* The key comes to the one of them that is on; the arrows go on from there. */
static gboolean
is_other_choice (GtkWidget *widget)
{
  return GTK_IS_CHECK_BUTTON (widget) && !gtk_check_button_get_active (GTK_CHECK_BUTTON (widget)) &&
         gtk_accessible_get_accessible_role (GTK_ACCESSIBLE (widget)) == GTK_ACCESSIBLE_ROLE_RADIO;
}

static gboolean
is_control (GtkWidget *widget)
{
  static const char * const types[] = {
    "GtkButton", "GtkText", "GtkTextView", "GtkSwitch", "GtkCheckButton", "GtkModelButton", "GtkRange", "GtkCalendar", "GtkDropDown",
    "GtkListItemWidget", "CrmPaneHandle",
  };
  guint i;

  if (!gtk_widget_is_sensitive (widget) || is_part (widget) || is_other_choice (widget))
    return FALSE;
  if (GTK_IS_LIST_BOX_ROW (widget))
    return is_row_to_choose (widget);
  for (i = 0; i < G_N_ELEMENTS (types); i++)
    if (crm_inside_is_of (widget, types[i]))
      return TRUE;
  return FALSE;
}

static gboolean
take_control (GtkWidget *widget,
              gpointer   controls)
{
  if (is_control (widget))
    g_ptr_array_add (controls, widget);
  return TRUE;
}

/* Walking */

static GtkWidget *
get_focus (GtkWidget *top)
{
  GtkWidget *focus = gtk_root_get_focus (gtk_widget_get_root (top));

  return focus != NULL && gtk_widget_get_native (focus) == GTK_NATIVE (top) ? focus : NULL;
}

/* What the key does, once what had the keyboard has left it to GTK */
static void
press (GtkWidget        *top,
       GtkDirectionType  direction)
{
  GtkWidget *focus = get_focus (top);

  g_signal_emit_by_name (focus != NULL ? focus : top, "move-focus", direction);
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

/* Until it has been there before. @within: (nullable): or leaves that */
static void
walk_keys (GtkWidget        *top,
           GtkWidget        *within,
           GtkDirectionType  direction,
           GHashTable       *stops)
{
  guint n;

  for (n = 0; n < MOST_STOPS; n++)
    {
      GtkWidget *focus = get_focus (top);

      if (focus == NULL && n > 0)
        return;
      if (focus != NULL && ((within != NULL && focus != within && !gtk_widget_is_ancestor (focus, within)) || (!g_hash_table_add (stops, g_object_ref (focus)) && n > 0)))
        return;
      press (top, direction);
    }
}

/* The arrows go from row to row, and the Tab key into what is in a row. */
static gboolean
enter_rows (GtkWidget        *top,
            GtkDirectionType  direction,
            GHashTable       *stops,
            GHashTable       *entered)
{
  g_autoptr (GList) list = g_hash_table_get_keys (stops);
  gboolean has_more = FALSE;
  GList *l;

  for (l = list; l != NULL; l = l->next)
    {
      GtkWidget *box = find_outer (l->data, "GtkListBox");
      GtkWidget *row;

      if (box == NULL || !g_hash_table_add (entered, g_object_ref (box)))
        continue;
      has_more = TRUE;
      for (row = gtk_widget_get_first_child (box); row != NULL; row = gtk_widget_get_next_sibling (row))
        if (gtk_widget_get_mapped (row) && gtk_widget_grab_focus (row))
          walk_keys (top, row, direction, stops);
    }
  return has_more;
}

/* A row that is activated does for what it holds: it switches the switch. */
static gboolean
is_done_by_row (GtkWidget  *control,
                GHashTable *stops)
{
  GtkWidget *row = find_outer (control, "GtkListBoxRow");

  if (row == NULL || !gtk_list_box_row_get_activatable (GTK_LIST_BOX_ROW (row)) || !g_hash_table_contains (stops, row))
    return FALSE;
  return ADW_IS_ACTION_ROW (row) ? adw_action_row_get_activatable_widget (ADW_ACTION_ROW (row)) == control : GTK_IS_CHECK_BUTTON (control);
}

/* It would write a Tab instead of leaving it to GTK. */
static gboolean
is_trap (GtkWidget *control)
{
  return GTK_IS_TEXT_VIEW (control) && gtk_text_view_get_editable (GTK_TEXT_VIEW (control)) && gtk_text_view_get_accepts_tab (GTK_TEXT_VIEW (control));
}

static gboolean
is_reached (GtkWidget  *control,
            GHashTable *stops)
{
  static const char * const arrows_within[] = { "GtkListView", "GtkColumnView", "GtkGridView" };
  GtkWidget *view = NULL;
  GHashTableIter iter;
  gpointer stop;
  guint i;

  if (is_done_by_row (control, stops))
    return TRUE;
  for (i = 0; i < G_N_ELEMENTS (arrows_within) && crm_inside_is_of (control, "GtkListItemWidget") && view == NULL; i++)
    view = find_outer (control, arrows_within[i]);

  g_hash_table_iter_init (&iter, stops);
  while (g_hash_table_iter_next (&iter, &stop, NULL))
    if (stop == control || (view != NULL && (stop == view || gtk_widget_is_ancestor (stop, view))) ||
        (!GTK_IS_LIST_BOX_ROW (control) && gtk_widget_is_ancestor (stop, control)))
      return TRUE;
  return FALSE;
}

GPtrArray *
crm_tab_find_missed (GtkWidget        *top,
                     GtkDirectionType  direction)
{
  g_autoptr (GHashTable) stops = g_hash_table_new_full (NULL, NULL, g_object_unref, NULL);
  g_autoptr (GHashTable) entered = g_hash_table_new_full (NULL, NULL, g_object_unref, NULL);
  g_autoptr (GPtrArray) controls = g_ptr_array_new ();
  GPtrArray *missed = g_ptr_array_new_with_free_func (g_free);
  guint i;

  walk_keys (top, NULL, direction, stops);
  if (GTK_IS_POPOVER_MENU (top))
    walk_keys (top, NULL, direction == GTK_DIR_TAB_FORWARD ? GTK_DIR_DOWN : GTK_DIR_UP, stops);
  while (enter_rows (top, direction, stops, entered))
    ;
  crm_inside_walk (top, take_control, controls);
  for (i = 0; i < controls->len; i++)
    if (is_trap (controls->pdata[i]))
      g_ptr_array_add (missed, g_strdup_printf ("what is behind the %s", describe (controls->pdata[i])));
    else if (!is_reached (controls->pdata[i], stops))
      g_ptr_array_add (missed, describe (controls->pdata[i]));
  if (controls->len == 0)
    g_ptr_array_add (missed, g_strdup ("anything to operate"));
  return missed;
}

void
crm_tab_check (GtkWidget  *top,
               const char *place)
{
  static const GtkDirectionType directions[] = { GTK_DIR_TAB_FORWARD, GTK_DIR_TAB_BACKWARD };
  guint i, j;

  for (i = 0; i < G_N_ELEMENTS (directions); i++)
    {
      gint64 end = g_get_monotonic_time () + FILLING;
      g_autoptr (GPtrArray) missed = NULL;

      do
        {
          g_clear_pointer (&missed, g_ptr_array_unref);
          crm_inside_await_frames (top, 3);
          missed = crm_tab_find_missed (top, directions[i]);
        }
      while (missed->len > 0 && g_get_monotonic_time () < end);
      for (j = 0; j < missed->len; j++)
        g_printerr ("%s: the %s key does not come to %s\n", place, i == 0 ? "Tab" : "Shift+Tab", (char *) missed->pdata[j]);
      if (missed->len > 0)
        g_test_fail ();
    }
}

void
crm_tab_check_popover (GtkWidget  *top,
                       const char *place)
{
  GtkWidget *popover = crm_inside_await_popover (top, place);

  crm_tab_check (popover, place);
  crm_inside_close_popover (popover, place);
}

guint
crm_tab_check_popovers (GtkWidget  *top,
                        const char *place)
{
  GtkWidget *button = NULL;
  guint n = 0;

  while ((button = crm_inside_find (top, "GtkMenuButton", button)) != NULL)
    {
      g_autofree char *what = describe (button);
      g_autofree char *inside = g_strdup_printf ("%s, popover of %s", place, what);

      if (!gtk_widget_is_sensitive (button))
        continue;
      /* As it is for whoever opens it: scrolled to */
      gtk_widget_grab_focus (button);
      crm_inside_await_frames (top, 2);
      gtk_menu_button_popup (GTK_MENU_BUTTON (button));
      crm_tab_check_popover (button, inside);
      n++;
    }
  return n;
}
