/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crm-config.h"

#include "crm-today-item.h"

#include <glib/gi18n-lib.h>

#include "crm-display.h"
#include "crm-due-chip.h"
#include "crm-due.h"
#include "crm-link.h"
#include "crm-snooze-button.h"

struct _CrmTodayItem {
  GtkListBoxRow parent_instance;

  CrmTodayPart  part;
  CrmTodayRow   row;
  char         *sign;
  GtkWidget    *chip;
  GtkWidget    *buttons;
};

G_DEFINE_FINAL_TYPE (CrmTodayItem, crm_today_item, GTK_TYPE_LIST_BOX_ROW)

enum {
  DONE,
  SNOOZE,
  PLAN,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static const char * const icons[CRM_TODAY_N_PARTS] = {
  [CRM_TODAY_LATE] = "crm-task-symbolic", [CRM_TODAY_NOW] = "crm-task-symbolic", [CRM_TODAY_COMING] = "crm-task-symbolic",
  [CRM_TODAY_NO_STEP] = "crm-client-symbolic", [CRM_TODAY_SILENT] = "starred-symbolic", [CRM_TODAY_BIRTHDAYS] = "crm-person-symbolic",
};

/* Words */

/* (transfer full): "Akın Makine: price for 40 spindles" */
static char *
make_title (const CrmTodayRow *row)
{
  g_autofree char *what = crm_display_line (row->what);
  g_autofree char *who = crm_display_line (row->who);

  if (row->what == NULL || row->who == NULL)
    return g_strdup (row->what != NULL ? what : who);
  /* Translators: a client or person, and what is to be done there */
  return g_strdup_printf (_("%s: %s"), who, what);
}

static void
add_word (GString    *words,
          const char *word)
{
  g_autofree char *shown = crm_display_line (word);

  if (word == NULL || *word == '\0')
    return;
  if (words->len > 0)
    g_string_append (words, " · ");
  g_string_append (words, shown);
}

/* (transfer full): of somebody born in that year, on that day */
static char *
make_age (const char *year,
          const char *date)
{
  int age = (int) (g_ascii_strtoll (date, NULL, 10) - g_ascii_strtoll (year, NULL, 10));

  /* Translators: years old on this birthday */
  return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "turns %d", "turns %d", (gulong) age), age);
}

static char *
make_detail (CrmTodayPart       part,
             const CrmTodayRow *row,
             int                rhythm)
{
  GString *words = g_string_new (NULL);
  g_autofree char *own = NULL;

  switch (part)
    {
    case CRM_TODAY_LATE:
    case CRM_TODAY_NOW:
    case CRM_TODAY_COMING:
      if (g_strcmp0 (row->priority, "high") == 0)
        add_word (words, _("high priority"));
      add_word (words, row->with);
      add_word (words, row->detail);
      break;
    case CRM_TODAY_NO_STEP:
      own = row->detail != NULL ? g_strdup_printf (_("grade %s"), row->detail) : NULL;
      add_word (words, own);
      break;
    case CRM_TODAY_SILENT:
      own = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "grade %s, usual rhythm %d day", "grade %s, usual rhythm %d days", (gulong) rhythm), row->detail,
                             rhythm);
      add_word (words, own);
      break;
    case CRM_TODAY_BIRTHDAYS:
      own = row->detail != NULL ? make_age (row->detail, row->date) : NULL;
      add_word (words, own);
      add_word (words, row->with);
      break;
    case CRM_TODAY_N_PARTS:
    default:
      break;
    }
  return g_string_free (words, FALSE);
}

/* The chip */

static GtkWidget *
create_note (const char *text)
{
  GtkWidget *chip = gtk_label_new (text);

  gtk_widget_add_css_class (chip, "badge");
  gtk_widget_add_css_class (chip, "due");
  gtk_widget_add_css_class (chip, "warning");
  gtk_widget_set_valign (chip, GTK_ALIGN_CENTER);
  return chip;
}

static GtkWidget *
create_chip (CrmTodayItem *self)
{
  g_autofree char *words = NULL;

  if (self->part == CRM_TODAY_NO_STEP)
    return create_note (_("No next step"));
  if (self->part != CRM_TODAY_SILENT)
    return crm_due_chip_new ();
  words = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "silent for %d day", "silent for %d days", (gulong) self->row.days), self->row.days);
  return create_note (words);
}

void
crm_today_item_refresh (CrmTodayItem *self)
{
  g_return_if_fail (CRM_IS_TODAY_ITEM (self));

  if (self->part != CRM_TODAY_NO_STEP && self->part != CRM_TODAY_SILENT)
    crm_due_chip_set (self->chip, self->row.date, self->row.time);
}

/* Buttons */

static void
on_done (CrmTodayItem *self)
{
  g_signal_emit (self, signals[DONE], 0);
}

static void
on_plan (CrmTodayItem *self)
{
  g_signal_emit (self, signals[PLAN], 0);
}

static void
on_snooze (CrmTodayItem *self,
           const char   *date)
{
  g_signal_emit (self, signals[SNOOZE], 0, date);
}

static void
on_call (CrmTodayItem *self)
{
  g_autofree char *link = crm_link_for_phone (self->row.phone);

  if (link != NULL)
    crm_link_open (GTK_WIDGET (self), link);
}

static GtkWidget *
add_button (CrmTodayItem *self,
            const char   *icon,
            const char   *words,
            GCallback     callback)
{
  GtkWidget *button = gtk_button_new_from_icon_name (icon);
  g_autofree char *title = make_title (&self->row);
  /* Translators: what a button does, and to what: "Done: call Akın Makine" */
  g_autofree char *name = g_strdup_printf (C_("button", "%s: %s"), words, title);

  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (button, words);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  if (callback != NULL)
    g_signal_connect_swapped (button, "clicked", callback, self);
  gtk_box_append (GTK_BOX (self->buttons), button);
  return button;
}

static void
add_log_button (CrmTodayItem *self)
{
  GtkWidget *button = add_button (self, "crm-interaction-symbolic", _("Log a Conversation"), NULL);

  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "(xx)", self->row.client, self->row.client != 0 ? 0 : self->row.person);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "win.log-with");
}

static void
add_buttons (CrmTodayItem *self)
{
  g_autofree char *link = self->row.phone != NULL ? crm_link_for_phone (self->row.phone) : NULL;

  if (link != NULL)
    add_button (self, "crm-phone-symbolic", _("Call"), G_CALLBACK (on_call));
  if (self->row.client != 0 || self->row.person != 0)
    add_log_button (self);
  if (self->row.task == 0)
    {
      if (self->row.client != 0)
        add_button (self, "list-add-symbolic", _("Set the next step"), G_CALLBACK (on_plan));
    }
  else
    add_button (self, "emblem-ok-symbolic", _("Done"), G_CALLBACK (on_done));
  if (self->part != CRM_TODAY_BIRTHDAYS)
    {
      GtkWidget *snooze = crm_snooze_button_new ();

      g_signal_connect_swapped (snooze, "snooze", G_CALLBACK (on_snooze), self);
      gtk_box_append (GTK_BOX (self->buttons), snooze);
    }
}

/* The class */

static void
crm_today_item_finalize (GObject *object)
{
  CrmTodayItem *self = CRM_TODAY_ITEM (object);

  g_free (self->row.what);
  g_free (self->row.who);
  g_free (self->row.date);
  g_free (self->row.time);
  g_free (self->row.phone);
  g_free (self->sign);
  G_OBJECT_CLASS (crm_today_item_parent_class)->finalize (object);
}

static void
crm_today_item_class_init (CrmTodayItemClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = crm_today_item_finalize;
  signals[DONE] = g_signal_new ("done", CRM_TYPE_TODAY_ITEM, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SNOOZE] = g_signal_new ("snooze", CRM_TYPE_TODAY_ITEM, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[PLAN] = g_signal_new ("plan", CRM_TYPE_TODAY_ITEM, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
crm_today_item_init (CrmTodayItem *self)
{
}

static GtkWidget *
create_text (CrmTodayItem *self,
             const char   *title,
             const char   *detail)
{
  GtkWidget *text = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);
  GtkWidget *second = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  GtkWidget *label = gtk_label_new (title);

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_lines (GTK_LABEL (label), 2);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_box_append (GTK_BOX (text), label);
  self->chip = create_chip (self);
  gtk_box_append (GTK_BOX (second), self->chip);
  label = gtk_label_new (detail);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (label, "two-line-subtitle");
  gtk_box_append (GTK_BOX (second), label);
  gtk_box_append (GTK_BOX (text), second);
  gtk_widget_set_hexpand (text, TRUE);
  gtk_widget_set_valign (text, GTK_ALIGN_CENTER);
  return text;
}

char *
crm_today_item_make_sign (CrmTodayPart       part,
                          const CrmTodayRow *row,
                          int                rhythm)
{
  g_autofree char *title = make_title (row);
  g_autofree char *detail = make_detail (part, row, rhythm);

  return g_strdup_printf ("%" G_GINT64_FORMAT "\n%" G_GINT64_FORMAT "\n%" G_GINT64_FORMAT "\n%s\n%s\n%s\n%s\n%s\n%d\n%d", row->task, row->client,
                          row->person, title, detail, row->date, row->time, row->phone, row->days, row->is_next);
}

GtkWidget *
crm_today_item_new (CrmTodayPart       part,
                    const CrmTodayRow *row,
                    int                rhythm)
{
  CrmTodayItem *self = g_object_new (CRM_TYPE_TODAY_ITEM, NULL);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *icon = gtk_image_new_from_icon_name (icons[part]);
  g_autofree char *title = make_title (row);
  g_autofree char *detail = make_detail (part, row, rhythm);

  self->part = part;
  self->row = (CrmTodayRow) {
    .task = row->task, .client = row->client, .person = row->person, .what = g_strdup (row->what), .who = g_strdup (row->who),
    .date = g_strdup (row->date), .time = g_strdup (row->time), .phone = g_strdup (row->phone), .days = row->days, .is_next = row->is_next,
  };
  self->sign = crm_today_item_make_sign (part, row, rhythm);
  self->buttons = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  gtk_widget_add_css_class (icon, "dim-label");
  gtk_box_append (GTK_BOX (box), icon);
  gtk_box_append (GTK_BOX (box), create_text (self, title, detail));
  add_buttons (self);
  gtk_box_append (GTK_BOX (box), self->buttons);
  gtk_widget_add_css_class (GTK_WIDGET (self), "today-item");
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (self), box);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self), "win.open-record");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (self), "x", row->client != 0 ? row->client : row->person != 0 ? row->person : row->task);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, title, GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, detail, -1);
  crm_today_item_refresh (self);
  return GTK_WIDGET (self);
}

const CrmTodayRow *
crm_today_item_get_row (CrmTodayItem *self)
{
  g_return_val_if_fail (CRM_IS_TODAY_ITEM (self), NULL);

  return &self->row;
}

const char *
crm_today_item_get_sign (CrmTodayItem *self)
{
  g_return_val_if_fail (CRM_IS_TODAY_ITEM (self), NULL);

  return self->sign;
}
