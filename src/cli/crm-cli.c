/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crm-config.h"

#include "crm-cli-private.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "crm-backup.h"
#include "crm-error.h"
#include "crm-file.h"

#define OUTPUT_CHUNK (64 * 1024)

struct _CrmCli {
  const CrmCliCommand *command;
  char                *database;
  gboolean             is_default; /* the database is the user's own */
  CrmLock             *lock;
  CrmStore            *store;
  GString             *output;
  int                  output_error; /* errno */
};

static const CrmCliCommand * const groups[] = { crm_cli_exchange_commands, crm_cli_records_commands, crm_cli_base_commands };

/* Texts are UTF-8 whatever the locale: g_printerr() would spoil the names of files in the locale "C". */
static void
tell (const char *text)
{
  fputs (text, stderr);
}

/* Output */

static void
flush (CrmCli *self)
{
  gsize done = 0;

  while (done < self->output->len && self->output_error == 0)
    {
      gssize written = write (STDOUT_FILENO, self->output->str + done, self->output->len - done);

      if (written >= 0)
        done += (gsize) written;
      else if (errno != EINTR)
        self->output_error = errno;
    }
  g_string_truncate (self->output, 0);
}

void
crm_cli_print (CrmCli     *self,
               const char *text)
{
  g_string_append (self->output, text);
  if (self->output->len >= OUTPUT_CHUNK)
    flush (self);
}

void
crm_cli_print_line (CrmCli     *self,
                    const char *format,
                    ...)
{
  va_list values;

  va_start (values, format);
  g_string_append_vprintf (self->output, format, values);
  va_end (values);
  crm_cli_print (self, "\n");
}

char *
crm_cli_clean (const char *text,
               gboolean    keep_lines)
{
  GString *cleaned = g_string_new (NULL);
  g_autofree char *valid = g_utf8_make_valid (text, -1);

  for (const char *p = valid; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (c == '\n' && keep_lines)
        g_string_append_c (cleaned, '\n');
      else if (g_unichar_iscntrl (c) || g_unichar_type (c) == G_UNICODE_FORMAT || c == 0x2028 || c == 0x2029)
        g_string_append_c (cleaned, ' ');
      else
        g_string_append_unichar (cleaned, c);
    }
  return g_string_free (cleaned, FALSE);
}

void
crm_cli_print_lines (CrmCli     *self,
                     const char *text)
{
  g_autofree char *cleaned = crm_cli_clean (text, TRUE);

  crm_cli_print (self, cleaned);
}

gboolean
crm_cli_is_heard (CrmCli *self)
{
  return self->output_error == 0;
}

/* A reader that has gone has all it wanted. */
static CrmCliStatus
finish_output (CrmCli       *self,
               CrmCliStatus  status)
{
  g_autofree char *message = NULL;

  flush (self);
  if (self->output_error == 0 || self->output_error == EPIPE)
    return status;
  message = g_strdup_printf (_("The output cannot be written: %s"), g_strerror (self->output_error));
  tell ("crm: ");
  tell (message);
  tell ("\n");
  return status == CRM_CLI_DONE ? CRM_CLI_REFUSED : status;
}

/* Refusals */

CrmCliStatus
crm_cli_misuse (CrmCli     *self,
                const char *format,
                ...)
{
  g_autofree char *message = NULL;
  g_autofree char *hint = NULL;
  va_list values;

  va_start (values, format);
  message = g_strdup_vprintf (format, values);
  va_end (values);
  if (self->command == NULL)
    hint = g_strdup (_("“crm --help” lists the commands."));
  else
    hint = g_strdup_printf (_("“crm %s --help” tells how it is called."), self->command->name);
  tell ("crm: ");
  tell (message);
  tell ("\n");
  tell (hint);
  tell ("\n");
  return CRM_CLI_USAGE;
}

static void
offer_backup (CrmCli *self)
{
  g_autofree char *backup = crm_backup_find_newest (self->database);
  g_autofree char *quoted_backup = NULL;
  g_autofree char *quoted_database = NULL;
  g_autofree char *command = NULL;
  g_autofree char *message = NULL;

  if (backup == NULL)
    return;
  quoted_backup = g_shell_quote (backup);
  quoted_database = g_shell_quote (self->database);
  if (self->is_default)
    command = g_strdup_printf ("crm restore %s", quoted_backup);
  else
    command = g_strdup_printf ("crm --database %s restore %s", quoted_database, quoted_backup);
  message = g_strdup_printf (_("The newest whole backup is “%s”. To go back to it:\n  %s\n"), backup, command);
  tell (message);
}

CrmCliStatus
crm_cli_refuse (CrmCli       *self,
                const GError *error)
{
  tell ("crm: ");
  tell (error->message);
  tell ("\n");
  if (g_error_matches (error, CRM_ERROR, CRM_ERROR_DAMAGED))
    offer_backup (self);
  return CRM_CLI_REFUSED;
}

/* A base that cannot be opened, for whatever reason but another program's lock. */
static void
refuse_database (CrmCli       *self,
                 const GError *error)
{
  crm_cli_refuse (self, error);
  if (!g_error_matches (error, CRM_ERROR, CRM_ERROR_DAMAGED) && !g_error_matches (error, CRM_ERROR, CRM_ERROR_BUSY))
    offer_backup (self);
}

/* The database */

const char *
crm_cli_get_database (CrmCli *self)
{
  return self->database;
}

gboolean
crm_cli_lock (CrmCli      *self,
              CrmLockKind  kind)
{
  g_autofree char *folder = g_path_get_dirname (self->database);
  g_autoptr (GError) error = NULL;

  if (crm_file_make_folder (folder, &error))
    self->lock = crm_lock_take (self->database, kind, &error);
  if (self->lock == NULL)
    crm_cli_refuse (self, error);
  return self->lock != NULL;
}

/* A base that was there and is gone is not answered with an empty one. */
static gboolean
check_not_lost (CrmCli  *self,
                GError **error)
{
  g_autofree char *backup = crm_backup_find_newest (self->database);
  g_autofree char *name = g_filename_display_name (self->database);

  if (backup == NULL)
    return TRUE;
  g_set_error (error, CRM_ERROR, CRM_ERROR_NOT_FOUND, _("There is no file “%s” any more, but there are backups of it."), name);
  return FALSE;
}

CrmStore *
crm_cli_open (CrmCli   *self,
              gboolean  create)
{
  gboolean exists = g_file_test (self->database, G_FILE_TEST_EXISTS);
  g_autoptr (GError) error = NULL;

  if ((create || exists) && !crm_cli_lock (self, CRM_LOCK_COMMAND))
    return NULL;
  if (exists || !create || check_not_lost (self, &error))
    self->store = crm_store_open (self->database, create, &error);
  if (self->store == NULL)
    refuse_database (self, error);
  return self->store;
}

const CrmEntity *
crm_cli_find_entity (CrmCli     *self,
                     const char *name)
{
  const CrmEntity *entity = crm_entity_find (name);
  const CrmEntity * const *all = crm_entity_get_all ();
  g_autoptr (GString) names = g_string_new (NULL);

  if (entity != NULL)
    return entity;
  for (guint i = 0; all[i] != NULL; i++)
    g_string_append_printf (names, "%s%s", i > 0 ? ", " : "", all[i]->name);
  crm_cli_misuse (self, _("There is no entity “%s”. There are: %s."), name, names->str);
  return NULL;
}

int
crm_cli_find_field (CrmCli          *self,
                    const CrmEntity *entity,
                    const char      *name,
                    gsize            length)
{
  g_autofree char *key = g_strndup (name, length);
  g_autoptr (GString) names = g_string_new (NULL);
  int field = crm_entity_find_field (entity, key);

  if (field >= 0)
    return field;
  for (guint i = 0; i < entity->n_fields; i++)
    g_string_append_printf (names, "%s%s", i > 0 ? ", " : "", entity->fields[i].name);
  crm_cli_misuse (self, _("%s has no field “%s”. There are: %s."), _(entity->label), key, names->str);
  return -1;
}

char *
crm_cli_format_id (gint64 id)
{
  return g_strdup_printf ("%" G_GINT64_FORMAT, id);
}

/* Arguments */

static void
print_commands (CrmCli *self)
{
  crm_cli_print (self, _("Usage:\n"
                         "  crm [FILE…]                the window; with lists of clients (CSV) or vCards: their import\n"
                         "  crm COMMAND [OPTION…] …    a command, without a display\n"));
  crm_cli_print (self, "\n");
  crm_cli_print (self, _("Commands:\n"));
  for (guint g = 0; g < G_N_ELEMENTS (groups); g++)
    for (const CrmCliCommand *c = groups[g]; c->name != NULL; c++)
      crm_cli_print_line (self, "  crm %s%s%s\n      %s", c->name, c->arguments == NULL ? "" : " ", c->arguments == NULL ? "" : _(c->arguments), _(c->summary));
  crm_cli_print (self, "\n");
  crm_cli_print (self, _("Options of every command:\n"
                         "  --database FILE    use this database instead of your own\n"
                         "  -h, --help         tell how the command is called\n"
                         "  --version          show the version\n"
                         "\n"
                         "The exit code is 0 when done, 1 when refused, 2 when called wrongly.\n"));
}

static GOptionContext *
make_context (CrmCli             *self,
              const GOptionEntry *entries)
{
  g_autofree char *usage = NULL;
  GOptionContext *context;

  if (self->command != NULL)
    usage = g_strconcat (self->command->name, " ", self->command->arguments == NULL ? NULL : _(self->command->arguments), NULL);
  context = g_option_context_new (usage);
  g_option_context_set_help_enabled (context, FALSE);
  g_option_context_set_translation_domain (context, GETTEXT_PACKAGE);
  if (self->command != NULL)
    {
      g_option_context_set_summary (context, self->command->summary);
      g_option_context_set_description (context, self->command->description);
    }
  if (entries != NULL)
    g_option_context_add_main_entries (context, entries, GETTEXT_PACKAGE);
  return context;
}

static void
choose_database (CrmCli     *self,
                 const char *database)
{
  g_free (self->database);
  self->is_default = database == NULL;
  self->database = database == NULL ? crm_store_get_default_path () : g_canonicalize_filename (database, NULL);
}

gboolean
crm_cli_parse (CrmCli             *self,
               char             ***arguments,
               const GOptionEntry *entries,
               guint               min,
               guint               max,
               CrmCliStatus       *status)
{
  gboolean help = FALSE, version = FALSE;
  g_autofree char *database = NULL;
  const GOptionEntry common[] = {
    { "database", 0, 0, G_OPTION_ARG_FILENAME, &database, N_("Use this database instead of your own"), N_("FILE") },
    { "help", 'h', 0, G_OPTION_ARG_NONE, &help, N_("Tell how it is called"), NULL },
    { "version", 0, 0, G_OPTION_ARG_NONE, &version, N_("Show the version"), NULL },
    G_OPTION_ENTRY_NULL,
  };
  g_autoptr (GOptionContext) context = make_context (self, entries);
  g_autoptr (GError) error = NULL;
  guint n;

  g_option_context_add_main_entries (context, common, GETTEXT_PACKAGE);
  *status = CRM_CLI_DONE;
  if (!g_option_context_parse_strv (context, arguments, &error))
    {
      *status = crm_cli_misuse (self, "%s", error->message);
      return FALSE;
    }
  if (help || version)
    {
      g_autofree char *text = g_option_context_get_help (context, TRUE, NULL);

      if (version)
        crm_cli_print_line (self, "%s", CRM_VERSION);
      else if (self->command == NULL)
        print_commands (self);
      else
        crm_cli_print (self, text);
      return FALSE;
    }
  n = g_strv_length (*arguments) - 1;
  if (n < min)
    *status = crm_cli_misuse (self, "%s", _("An argument is missing."));
  else if (n > max)
    *status = crm_cli_misuse (self, _("“%s” is one argument too many."), (*arguments)[max + 1]);
  else if (database != NULL && *database == '\0')
    *status = crm_cli_misuse (self, "%s", _("The name of the database is empty."));
  else
    choose_database (self, database);
  return *status == CRM_CLI_DONE;
}

static const CrmCliCommand *
find_command (const char *name)
{
  for (guint g = 0; g < G_N_ELEMENTS (groups); g++)
    for (const CrmCliCommand *c = groups[g]; c->name != NULL; c++)
      if (strcmp (c->name, name) == 0)
        return c;
  return NULL;
}

/* The first argument that is no option; 0: none. */
static int
find_word (int    argc,
           char **argv)
{
  for (int i = 1; i < argc; i++)
    if (strcmp (argv[i], "--database") == 0)
      i++;
    else if (argv[i][0] != '-')
      return i;
  return 0;
}

static gboolean
is_option_of_window (const char *argument)
{
  return strcmp (argument, "--new-client") == 0 || g_str_has_prefix (argument, "--database") ||
         g_str_has_prefix (argument, "--gapplication-");
}

gboolean
crm_cli_is_meant (int    argc,
                  char **argv)
{
  int word = find_word (argc, argv);

  if (word > 0)
    return find_command (argv[word]) != NULL ||
           (!g_file_test (argv[word], G_FILE_TEST_EXISTS) && strpbrk (argv[word], "/.:") == NULL);
  for (int i = 1; i < argc; i++)
    if (argv[i][0] == '-' && !is_option_of_window (argv[i]))
      return TRUE;
  return FALSE;
}

char *
crm_cli_take_database (int   *argc,
                       char **argv)
{
  char *database = NULL;
  int kept = 0;

  for (int i = 0; i < *argc; i++)
    if (strcmp (argv[i], "--database") == 0 && i + 1 < *argc)
      database = argv[++i];
    else if (g_str_has_prefix (argv[i], "--database="))
      database = argv[i] + strlen ("--database=");
    else
      argv[kept++] = argv[i];
  argv[*argc = kept] = NULL;
  return database;
}

static CrmCliStatus
run (CrmCli  *self,
     char   **arguments,
     int      word)
{
  g_auto (GStrv) rest = g_strdupv (arguments);
  CrmCliStatus status;

  if (word > 0)
    {
      self->command = find_command (arguments[word]);
      if (self->command == NULL)
        return crm_cli_misuse (self, _("“%s” is neither a command nor a file."), arguments[word]);
      g_free (rest[word]);
      memmove (&rest[word], &rest[word + 1], (g_strv_length (arguments) - (guint) word) * sizeof *rest);
      return self->command->run (self, &rest);
    }
  return crm_cli_parse (self, &rest, NULL, 0, 0, &status) ? crm_cli_misuse (self, "%s", _("A command is missing.")) : status;
}

int
crm_cli_run (int    argc,
             char **argv)
{
  CrmCli self = { .output = g_string_sized_new (2 * OUTPUT_CHUNK) };
  g_auto (GStrv) arguments = g_new0 (char *, argc + 1);
  CrmCliStatus status;

  for (int i = 0; i < argc; i++)
    arguments[i] = g_strdup (argv[i]);
  g_set_prgname ("crm");
  status = run (&self, arguments, find_word (argc, argv));
  status = finish_output (&self, status);
  g_clear_object (&self.store);
  g_clear_pointer (&self.lock, crm_lock_release);
  g_string_free (self.output, TRUE);
  g_free (self.database);
  return status;
}
