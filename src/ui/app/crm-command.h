/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * CrmCommandFlags:
 * @CRM_COMMAND_YIELDS: the widget that has the focus may use the key itself first (Esc, F2)
 * @CRM_COMMAND_TEXT: what is being typed comes first: "win.undo" is meant only where there is no typing to be undone
 * @CRM_COMMAND_RECORD: makes sense only while a record is shown
 * @CRM_COMMAND_SELECTION: makes sense only while records of the list are selected
 * @CRM_COMMAND_HIDDEN: a key alone, not offered in the palette
 */
typedef enum {
  CRM_COMMAND_NONE      = 0,
  CRM_COMMAND_YIELDS    = 1 << 0,
  CRM_COMMAND_TEXT      = 1 << 1,
  CRM_COMMAND_RECORD    = 1 << 2,
  CRM_COMMAND_SELECTION = 1 << 3,
  CRM_COMMAND_HIDDEN    = 1 << 4,
} CrmCommandFlags;

/** A command: an action with what the palette calls it and the keys that run it. */
typedef struct {
  const char      *action;    /* detailed name: "win.page::clients" */
  const char      *title;     /* N_() */
  const char      *icon;
  const char      *accels[3]; /* as of gtk_accelerator_parse(), the first is shown; NULL-terminated unless there are three */
  CrmCommandFlags  flags;
} CrmCommand;

/** crm_command_get_all: every command of the program, in the order in which the palette offers them. */
const CrmCommand *crm_command_get_all     (guint *n_commands);

/** crm_command_install: gives the application the keys that come before any widget's. */
void              crm_command_install     (GtkApplication *application);

/** crm_command_add_keys: gives a window the keys that the widget with the focus has a say in. */
void              crm_command_add_keys    (GtkWidget *window);

/** (transfer full): the first key as people write it, "Ctrl+K"; NULL if there is none. */
char             *crm_command_get_accel_label (const CrmCommand *command);

G_END_DECLS
