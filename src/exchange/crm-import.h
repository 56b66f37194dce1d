/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "crm-csv-format.h"
#include "crm-db.h"
#include "crm-mapping.h"
#include "crm-writer.h"

G_BEGIN_DECLS

/**
 * CrmMatch: by what a row of a file is found among the clients.
 * @CRM_MATCH_AUTO: by the surest that finds one: tax number, e-mail, phone together with the name, name and city, name alone; but a client that
 *   has another tax number, other e-mails … than the row is not found by what is less sure
 * @CRM_MATCH_NONE: by nothing: every row is a new client, also when the file is imported again
 *
 * By any other key alone; rows that do not fill it are found as with %CRM_MATCH_AUTO.
 */
typedef enum {
  CRM_MATCH_AUTO,
  CRM_MATCH_NONE,
  CRM_MATCH_TAX_NUMBER,
  CRM_MATCH_EMAIL,
  CRM_MATCH_PHONE,
  CRM_MATCH_NAME_CITY,
  CRM_MATCH_NAME,
  CRM_N_MATCHES
} CrmMatch;

/** (transfer none): for the command line and settings: "tax_number". */
const char *crm_match_get_name  (CrmMatch match);
/** (transfer none): for people. */
const char *crm_match_get_label (CrmMatch match);
/** %CRM_ERROR_NOT_FOUND: the message lists those there are. */
gboolean    crm_match_find      (const char *name, CrmMatch *match, GError **error);

/**
 * CrmImportOptions: a file of clients and how to read it, or files of cards. A plain value; change what is wrong.
 * @path: of the CSV file, or of the first of @cards
 * @cards: files of vCards; %NULL: it is a CSV file. Of these all else but @match stays empty.
 */
typedef struct {
  char         *path;
  GStrv         cards;
  CrmCsvFormat  format;
  CrmMapping   *mapping;
  CrmMatch      match;
} CrmImportOptions;

/**
 * crm_import_options_new: finds out how the file is written and guesses what its columns are. Reads it: not for the main thread.
 * Errors as of crm_csv_format_detect().
 */
CrmImportOptions *crm_import_options_new    (const char *path, GError **error);
/** crm_import_options_new_for_cards: of files of vCards, imported as one. Nothing is read yet. @paths: at least one */
CrmImportOptions *crm_import_options_new_for_cards (const char * const *paths);
/** crm_import_is_card_file: is it one of vCards, by its name or, if that says nothing, by its first bytes? Reads these: not for the main thread. */
gboolean          crm_import_is_card_file   (const char *path);
/** crm_import_has_card_name: the same by the name alone. */
gboolean          crm_import_has_card_name  (const char *path);
/** crm_import_options_get_title: (transfer full): the name of the file, for people; of several the first and how many there are. */
char             *crm_import_options_get_title (const CrmImportOptions *self);
CrmImportOptions *crm_import_options_copy   (const CrmImportOptions *self);
void              crm_import_options_free   (CrmImportOptions *self);
/** crm_import_options_detect: does it again after the user changed what stands above @what in the format; the mapping is guessed anew. */
gboolean          crm_import_options_detect (CrmImportOptions *self, CrmCsvDetect what, GError **error);
/** crm_import_options_guess: guesses the mapping anew, for the format as it stands: after the user said whether there is a header. */
gboolean          crm_import_options_guess  (CrmImportOptions *self, GError **error);
/** crm_import_options_read_rows: (transfer container) (element-type GStrv): the first rows below the header, at most @n_rows. */
GPtrArray        *crm_import_options_read_rows (const CrmImportOptions *self, guint n_rows, GError **error);

/** Of the texts below as many are kept; all are counted. */
#define CRM_IMPORT_MAX_MESSAGES 10000
#define CRM_IMPORT_MAX_SAMPLES  1000

/** A row that was rejected and why, or a new client and its name. @file: of several, from 0 */
typedef struct {
  guint64  line;
  guint    file;
  char    *text;
} CrmImportMessage;

/** One thing that changes about a known client. @before is %NULL where there was nothing. */
typedef struct {
  const char *label;
  char       *before;
  char       *after;
} CrmImportDifference;

typedef struct {
  guint64  line;
  guint    file;
  char    *name;
  GArray  *differences; /* of CrmImportDifference */
} CrmImportChange;

/** CrmImportResult: what an import would do, or did. Every row counts as one of the four. Immutable, any thread. */
typedef struct {
  guint64  n_new;
  guint64  n_changed;
  guint64  n_unchanged;
  guint64  n_rejected;
  guint64  n_warnings;
  guint64  n_firms;
  gboolean is_cards;
  GStrv    files;    /* names of the files, for people */
  GArray  *firms;    /* of CrmImportMessage, the same: clients made because people of the cards work there */
  GArray  *added;    /* of CrmImportMessage, at most CRM_IMPORT_MAX_SAMPLES */
  GArray  *changed;  /* of CrmImportChange, the same */
  GArray  *rejected; /* of CrmImportMessage, at most CRM_IMPORT_MAX_MESSAGES */
  GArray  *warnings; /* of CrmImportMessage, the same: rows that were taken, but not as they stand */
} CrmImportResult;

void              crm_import_result_free        (CrmImportResult *self);
/** crm_import_result_get_summary: (transfer full): "3 new, 1 changed, 0 unchanged, 2 rejected", in no language but this. */
char             *crm_import_result_get_summary (const CrmImportResult *self);
/** crm_import_result_to_text: (transfer full): a report by lines of the file, with the summary as its last line. */
char             *crm_import_result_to_text     (const CrmImportResult *self);
/** crm_import_result_format_place: (transfer full): "line 12", or "fair.vcf, line 12" where there are several files. */
char             *crm_import_result_format_place (const CrmImportResult *self, guint file, guint64 line);

/** Called now and then, in the thread of the import. */
typedef void    (*CrmImportProgress)            (gint64 bytes, gint64 size, gpointer data);

/**
 * crm_import_plan: the dry run: reads the whole file and says what importing it would do. Nothing is written.
 * @db: a connection that nobody else uses meanwhile
 *
 * The rules, for rows in the order of the file:
 * - A row without a name, with another number of cells than the header, with characters that cannot be read, or whose tax number, amount of
 *   money or only e-mail address is wrong is rejected. What else its field does not take (a phone number "ask Ayşe", an unknown choice) goes
 *   to the notes, as "Column: text", with a warning.
 * - A row finds its client by the key of the options. If several clients have that key, the one of the same name is meant; if none or several
 *   have that, the first of them of which the row says nothing new; if there is none, the row is rejected.
 * - Of a known client only filled cells change anything. Of phones and addresses the first of a row takes the place of the main one unless the
 *   client has it already, further ones are added; tags are added; notes are replaced unless the client's hold them already.
 * - When several rows are about one client, the first one that fills a field counts, and what a later one says otherwise is left out with a
 *   warning; phones, e-mails, tags and notes of later rows are added. A later row of another name is rejected, or, where
 *   only an e-mail address or phone number found it and no key was asked for, is another client.
 * For cards (see CrmCardPerson) the same holds, and:
 * - A card is about a person; one that is an organisation's, about a client. They are found by UID, e-mail, phone together with the name, name
 *   and firm (or city), name. Who shares an e-mail address is found by it only if the given name is the same, too.
 * - The person gets a position at each client that ORG names, with its TITLE (see crm_card_jobs_new()), legal forms aside; a client is made if there
 *   is none. Who has left one is not brought back.
 * - Its photo, or of a firm its logo, becomes a document and takes the place of the one there was, unless it is that. One that is only named by an
 *   address is never fetched; one of absurd size is left out with a warning.
 * - What no field takes is kept; of a property that was kept before, what the card says takes its place. UIDs are added.
 *
 * So importing a file again finds nothing to do, unless it was unclear of a row whom it means and later rows made it clear.
 *
 * Returns: (transfer full): %NULL and %CRM_ERROR_INVALID if no column gives a name, or with an error of the file, the database or cancelled
 */
CrmImportResult  *crm_import_plan (CrmDb *db, const CrmImportOptions *options, CrmImportProgress progress, gpointer data,
                                   GCancellable *cancellable, GError **error);

/**
 * CrmImportRun: what crm_import_run() needs besides; data of the step.
 * @expected: new and changed ones of the plan; 0: unknown
 * @result: (out): set when the step succeeds; the caller frees it
 */
typedef struct {
  const CrmImportOptions *options;
  guint                   expected;
  CrmImportProgress       progress;
  gpointer                data;
  CrmImportResult        *result;
} CrmImportRun;

/** crm_import_run: a CrmStepFunc that does what crm_import_plan() says, and names the step "Import fair.csv: 1,204 clients". @run: a CrmImportRun */
gboolean          crm_import_run  (CrmWriter *writer, gpointer run, GCancellable *cancellable, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CrmImportOptions, crm_import_options_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CrmImportResult, crm_import_result_free)

G_END_DECLS
