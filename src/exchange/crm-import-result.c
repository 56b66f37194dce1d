/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crm-config.h"

#include "crm-import.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>

#include "crm-number.h"

#include "crm-import-private.h"

static void
clear_message (gpointer data)
{
  CrmImportMessage *message = data;

  g_free (message->text);
}

static void
clear_difference (gpointer data)
{
  CrmImportDifference *difference = data;

  g_free (difference->before);
  g_free (difference->after);
}

static void
clear_change (gpointer data)
{
  CrmImportChange *change = data;

  g_free (change->name);
  g_array_unref (change->differences);
}

static GArray *
make_array (gsize          size,
            GDestroyNotify clear)
{
  GArray *array = g_array_new (FALSE, TRUE, (guint) size);

  g_array_set_clear_func (array, clear);
  return array;
}

GArray *
crm_import_differences_new (void)
{
  return make_array (sizeof (CrmImportDifference), clear_difference);
}

CrmImportResult *
crm_import_result_new (const CrmImportOptions *options)
{
  CrmImportResult *self = g_new0 (CrmImportResult, 1);
  const char * const single[] = { options->path, NULL };
  const char * const *paths = options->cards != NULL ? (const char * const *) options->cards : single;
  g_autoptr (GStrvBuilder) names = g_strv_builder_new ();

  for (guint i = 0; paths[i] != NULL; i++)
    {
      g_autofree char *name = g_filename_display_basename (paths[i]);

      g_strv_builder_add (names, name);
    }
  self->is_cards = options->cards != NULL;
  self->files = g_strv_builder_end (names);
  self->firms = make_array (sizeof (CrmImportMessage), clear_message);
  self->added = make_array (sizeof (CrmImportMessage), clear_message);
  self->changed = make_array (sizeof (CrmImportChange), clear_change);
  self->rejected = make_array (sizeof (CrmImportMessage), clear_message);
  self->warnings = make_array (sizeof (CrmImportMessage), clear_message);
  return self;
}

void
crm_import_result_free (CrmImportResult *self)
{
  g_strfreev (self->files);
  g_array_unref (self->firms);
  g_array_unref (self->added);
  g_array_unref (self->changed);
  g_array_unref (self->rejected);
  g_array_unref (self->warnings);
  g_free (self);
}

void
crm_import_messages_add (GArray     *messages,
                         guint       max,
                         guint       file,
                         guint64     line,
                         const char *text)
{
  CrmImportMessage message = { line, file, NULL };

  if (messages->len >= max)
    return;
  message.text = g_strdup (text);
  g_array_append_val (messages, message);
}

char *
crm_import_result_get_summary (const CrmImportResult *self)
{
  return g_strdup_printf ("%" G_GUINT64_FORMAT " new, %" G_GUINT64_FORMAT " changed, %" G_GUINT64_FORMAT " unchanged, %"
                          G_GUINT64_FORMAT " rejected", self->n_new, self->n_changed, self->n_unchanged, self->n_rejected);
}

static void
append_rest (GString *text,
             guint64  n)
{
  g_autofree char *rest = crm_number_fill (_("  … and %s more"), n);

  g_string_append_printf (text, "%s\n", rest);
}

char *
crm_import_result_format_place (const CrmImportResult *self,
                                guint                  file,
                                guint64                line)
{
  if (g_strv_length (self->files) < 2)
    return g_strdup_printf (_("line %" PRIu64), line);
  /* Translators: a place in one of several files */
  return g_strdup_printf (_("%s, line %" PRIu64), self->files[file], line);
}

static void
append_place (GString               *text,
              const CrmImportResult *self,
              guint                  file,
              guint64                line,
              const char            *what)
{
  g_autofree char *place = crm_import_result_format_place (self, file, line);

  g_string_append_printf (text, "  %s: %s\n", place, what);
}

static void
append_messages (GString               *text,
                 const CrmImportResult *self,
                 const char            *heading,
                 const GArray          *messages,
                 guint64                n_all)
{
  if (n_all == 0)
    return;
  g_string_append_printf (text, "%s\n", heading);
  for (guint i = 0; i < messages->len; i++)
    {
      const CrmImportMessage *message = &g_array_index (messages, CrmImportMessage, i);

      append_place (text, self, message->file, message->line, message->text);
    }
  if (n_all > messages->len)
    append_rest (text, n_all - messages->len);
  g_string_append_c (text, '\n');
}

static void
append_changes (GString               *text,
                const CrmImportResult *self)
{
  if (self->n_changed == 0)
    return;
  g_string_append_printf (text, "%s\n", _("Changed:"));
  for (guint i = 0; i < self->changed->len; i++)
    {
      const CrmImportChange *change = &g_array_index (self->changed, CrmImportChange, i);

      append_place (text, self, change->file, change->line, change->name);
      for (guint d = 0; d < change->differences->len; d++)
        {
          const CrmImportDifference *difference = &g_array_index (change->differences, CrmImportDifference, d);

          g_string_append_printf (text, "    %s: %s → %s\n", difference->label, difference->before == NULL ? "–" : difference->before,
                                  difference->after);
        }
    }
  if (self->n_changed > self->changed->len)
    append_rest (text, self->n_changed - self->changed->len);
  g_string_append_c (text, '\n');
}

char *
crm_import_result_to_text (const CrmImportResult *self)
{
  g_autofree char *names = g_strjoinv (", ", self->files);
  g_autofree char *summary = crm_import_result_get_summary (self);
  g_autoptr (GString) text = g_string_new (NULL);

  g_string_append_printf (text, "%s\n\n", names);
  append_messages (text, self, _("Rejected:"), self->rejected, self->n_rejected);
  append_messages (text, self, _("To be looked at:"), self->warnings, self->n_warnings);
  append_changes (text, self);
  append_messages (text, self, _("New firms of people:"), self->firms, self->n_firms);
  g_string_append_printf (text, "%s\n", summary);
  return g_string_free (g_steal_pointer (&text), FALSE);
}
