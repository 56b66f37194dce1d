/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crm-config.h"

#include "crm-task.h"

#include <glib/gi18n-lib.h>

#include "crm-error.h"

const CrmChoice crm_task_priorities[] = {
  { "high", N_("High") },
  { "normal", N_("Normal") },
  { "low", N_("Low") },
  { NULL }
};

static const CrmField fields[] = {
  [CRM_TASK_NAME] = { "name", N_("What is to be done"), NULL, CRM_KIND_TEXT,
    CRM_FIELD_REQUIRED | CRM_FIELD_SEARCH | CRM_FIELD_SORTED | CRM_FIELD_COLUMN | CRM_FIELD_PERSONAL },
  [CRM_TASK_CLIENT] = { "client", N_("Client"), NULL, CRM_KIND_REFERENCE, CRM_FIELD_COLUMN | CRM_FIELD_FOLLOWED | CRM_FIELD_OWNER, .refers = "client" },
  [CRM_TASK_PERSON] = { "person", N_("Person"), NULL, CRM_KIND_REFERENCE, CRM_FIELD_PERSONAL, .refers = "person" },
  [CRM_TASK_NEXT] = { "next", N_("Next step"), NULL, CRM_KIND_BOOL, CRM_FIELD_NONE },
  [CRM_TASK_DUE] = { "due", N_("Due"), NULL, CRM_KIND_DATE, CRM_FIELD_COLUMN | CRM_FIELD_FILTER | CRM_FIELD_AHEAD },
  [CRM_TASK_TIME] = { "time", N_("Time"), NULL, CRM_KIND_TEXT, CRM_FIELD_NONE },
  [CRM_TASK_PRIORITY] = { "priority", N_("Priority"), NULL, CRM_KIND_CHOICE, CRM_FIELD_REQUIRED | CRM_FIELD_COLUMN | CRM_FIELD_FILTER, crm_task_priorities },
  [CRM_TASK_DEPARTMENT] = { "department", N_("Department"), NULL, CRM_KIND_TEXT, CRM_FIELD_SEARCH | CRM_FIELD_COLUMN | CRM_FIELD_FILTER },
  [CRM_TASK_SNOOZE] = { "snooze", N_("Snoozed until"), NULL, CRM_KIND_DATE, CRM_FIELD_AHEAD },
  [CRM_TASK_DONE] = { "done", N_("Done"), NULL, CRM_KIND_DATETIME, CRM_FIELD_FILTER },
  [CRM_TASK_NOTES] = { "notes", N_("Notes"), NULL, CRM_KIND_NOTE, CRM_FIELD_SEARCH | CRM_FIELD_PERSONAL },

  [CRM_TASK_EXTRA] = { "extra", N_("Other data"), NULL, CRM_KIND_TEXT, CRM_FIELD_SYSTEM },
  [CRM_TASK_CREATED] = { "created", N_("Created"), NULL, CRM_KIND_DATETIME, CRM_FIELD_SYSTEM },
  [CRM_TASK_MODIFIED] = { "modified", N_("Changed"), NULL, CRM_KIND_DATETIME, CRM_FIELD_SYSTEM },
  [CRM_TASK_DELETED] = { "deleted", N_("Deleted"), NULL, CRM_KIND_DATETIME, CRM_FIELD_SYSTEM },
};

static void
before_save (CrmValues       *changes,
             const CrmValues *current)
{
  if (current == NULL && crm_values_is_null (changes, CRM_TASK_PRIORITY))
    crm_values_set_text (changes, CRM_TASK_PRIORITY, "normal");
  if (current == NULL && crm_values_is_null (changes, CRM_TASK_NEXT))
    crm_values_set_integer (changes, CRM_TASK_NEXT, FALSE);
}

static gboolean
is_time (const char *text)
{
  return strlen (text) == 5 && g_ascii_isdigit (text[0]) && g_ascii_isdigit (text[1]) && text[2] == ':' &&
         g_ascii_isdigit (text[3]) && g_ascii_isdigit (text[4]) && strncmp (text, "24", 2) < 0 && text[3] < '6';
}

static gboolean
validate (const CrmValues  *changes,
          const CrmValues  *current,
          GError          **error)
{
  const char *time = crm_values_get_text (changes, CRM_TASK_TIME);

  if (time == NULL || is_time (time))
    return TRUE;
  g_set_error (error, CRM_ERROR, CRM_ERROR_INVALID, _("“%s” is no time. Write it like 09:30."), time);
  return FALSE;
}

static char *
describe_merge (const char *kept,
                const char *other)
{
  if (kept == NULL)
    /* Translators: of two clients that become one; the name of a task */
    return g_strdup_printf (_("The next step will be “%s”."), other);
  /* Translators: of two clients that become one; the names of two tasks */
  return g_strdup_printf (_("The next step stays “%1$s”; “%2$s” becomes a task like others."), kept, other);
}

/* What was the next step before becomes a task like others. */
static const CrmOnlyOne next_step = { "next", "client", "done IS NULL AND deleted IS NULL", describe_merge };

static const CrmRules rules = {
  .before_save = before_save,
  .validate = validate,
};

const CrmEntity crm_task = {
  .number = 12,
  .name = "task",
  .type_name = "CrmTask",
  .label = N_("Task"),
  .plural = N_("Tasks"),
  .icon = "crm-task-symbolic",
  .title = "name",
  .fields = fields,
  .n_fields = G_N_ELEMENTS (fields),
  .rules = &rules,
  .only_one = &next_step,
};
