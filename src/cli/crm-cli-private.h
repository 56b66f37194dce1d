/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "crm-cli.h"
#include "crm-lock.h"
#include "crm-mail-log.h"
#include "crm-query.h"
#include "crm-store.h"

G_BEGIN_DECLS

typedef enum {
  CRM_CLI_DONE    = 0,
  CRM_CLI_REFUSED = 1,
  CRM_CLI_USAGE   = 2,
} CrmCliStatus;

/** CrmCli: one command being run. */
typedef struct _CrmCli CrmCli;

typedef struct {
  const char   *name;
  const char   *arguments;   /* N_(): what follows the name in the help; may be NULL */
  const char   *summary;     /* N_() */
  const char   *description; /* N_(): behind the options in its help; may be NULL */
  CrmCliStatus (*run) (CrmCli *cli, char ***arguments);
} CrmCliCommand;

/** Each file's commands, ended by a NULL name. */
extern const CrmCliCommand crm_cli_records_commands[], crm_cli_exchange_commands[], crm_cli_base_commands[];

/* Commands on records in files of their own */
CrmCliStatus crm_cli_run_attach   (CrmCli *cli, char ***arguments);
CrmCliStatus crm_cli_run_data_of  (CrmCli *cli, char ***arguments);
CrmCliStatus crm_cli_run_erase    (CrmCli *cli, char ***arguments);
CrmCliStatus crm_cli_run_duplicates (CrmCli *cli, char ***arguments);
CrmCliStatus crm_cli_run_history  (CrmCli *cli, char ***arguments);
CrmCliStatus crm_cli_run_list     (CrmCli *cli, char ***arguments);
CrmCliStatus crm_cli_run_log      (CrmCli *cli, char ***arguments);
CrmCliStatus crm_cli_run_merge    (CrmCli *cli, char ***arguments);
CrmCliStatus crm_cli_run_search   (CrmCli *cli, char ***arguments);
/** crm_cli_log_mails: of "log --eml", the arguments being parsed. @names: of the files */
CrmCliStatus crm_cli_log_mails    (CrmCli *cli, CrmStore *store, char **names, const CrmMailLogOptions *options);
/** crm_cli_export_document: of "export document ID FILE", the arguments being parsed. */
CrmCliStatus crm_cli_export_document (CrmCli *cli, const char *number, const char *path);

/**
 * crm_cli_parse: takes the options out of the arguments; --help is answered here.
 * @entries: the command's options, ended by a NULL name; their texts as bytes (%G_OPTION_ARG_FILENAME), which no locale spoils
 * @min, @max: how many arguments may be left; they are then (*arguments)[1] …
 * Returns: %FALSE if the command is to leave with @status
 */
gboolean     crm_cli_parse        (CrmCli *self, char ***arguments, const GOptionEntry *entries, guint min, guint max, CrmCliStatus *status);
/** crm_cli_misuse: says what is wrong with the arguments; returns %CRM_CLI_USAGE. */
CrmCliStatus crm_cli_misuse       (CrmCli *self, const char *format, ...) G_GNUC_PRINTF (2, 3);
/** crm_cli_refuse: gives the reason, and for a damaged database the newest whole backup; returns %CRM_CLI_REFUSED. */
CrmCliStatus crm_cli_refuse       (CrmCli *self, const GError *error);

/** (transfer none): the path of the base that the command is about. */
const char  *crm_cli_get_database (CrmCli *self);
/** crm_cli_lock: takes the database's lock; the folder is made if missing. On failure it is told and %FALSE returned. */
gboolean     crm_cli_lock         (CrmCli *self, CrmLockKind kind);
/** crm_cli_open: (transfer none): the store, locked as for a command; %NULL: the reason was told. @create: makes the base if it is missing. */
CrmStore    *crm_cli_open         (CrmCli *self, gboolean create);
/** crm_cli_find_entity: by the name in an argument; %NULL: that there is none was told. */
const CrmEntity *crm_cli_find_entity (CrmCli *self, const char *name);

/** crm_cli_find_field: by the first @length bytes of @name; -1: that there is none was told. */
int          crm_cli_find_field   (CrmCli *self, const CrmEntity *entity, const char *name, gsize length);

/** crm_cli_add_conditions: those of a call, each FIELD=VALUE, to a query; what is wrong with one was told. @where: (nullable) */
CrmCliStatus crm_cli_add_conditions (CrmCli *self, CrmQuery *query, char **where);

/** (transfer full) */
char        *crm_cli_format_id    (gint64 id);
/** crm_cli_print: to stdout. */
void         crm_cli_print        (CrmCli *self, const char *text);
/** crm_cli_print_line: the same, formatted, with a line break behind; texts from elsewhere are to be cleaned before. */
void         crm_cli_print_line   (CrmCli *self, const char *format, ...) G_GNUC_PRINTF (2, 3);
/** crm_cli_print_lines: a text of several lines that holds texts from elsewhere. */
void         crm_cli_print_lines  (CrmCli *self, const char *text);
/** crm_cli_clean: (transfer full): for a terminal: valid, and without what would move its cursor or turn the direction of what follows. */
char        *crm_cli_clean        (const char *text, gboolean keep_lines);
/** crm_cli_is_heard: %FALSE once nobody reads the output any more, or it cannot be written: what only prints may stop then. */
gboolean     crm_cli_is_heard     (CrmCli *self);

G_END_DECLS
