/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crm-config.h"

#include "crm-comparison-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "crm-address.h"
#include "crm-card-extra.h"
#include "crm-claims.h"
#include "crm-fold.h"
#include "crm-person.h"
#include "crm-position.h"
#include "crm-sql.h"

/* Of a line of a card, which may be a picture. */
#define MAX_SHOWN_CHARS 100

/* What is kept of cards */

static char *
shorten (const char *text)
{
  glong n = text == NULL ? 0 : g_utf8_strlen (text, -1);

  return n <= MAX_SHOWN_CHARS ? g_strdup (text) : g_strdup_printf ("%.*s…", (int) (g_utf8_offset_to_pointer (text, MAX_SHOWN_CHARS) - text), text);
}

static gboolean
is_own_uid (CrmComparison *self,
            guint32        client,
            const char    *line)
{
  gint64 id = crm_known_get_id (self->known, client);

  return id != 0 && crm_card_line_is (line, "UID") && crm_known_is_uid_of (line + strlen ("UID:"), id);
}

static gboolean
has_kept (CrmComparison      *self,
          guint32             client,
          const CrmCardExtra *extra,
          const char         *line)
{
  return crm_claims_have_kept (self->known, client, line) || is_own_uid (self, client, line) ||
         (!crm_claims_have_replaced_kept (self->known, client, line) && crm_card_extra_has (extra, line));
}

/* What the base has of a property makes room for what the file says of it first. A UID is one more. */
static void
replace_kept (CrmComparison      *self,
              guint32             client,
              const CrmCardExtra *extra,
              const char         *line)
{
  g_autofree char *before = NULL;
  g_autofree char *shown = NULL;
  g_autofree char *after = shorten (line);

  if (!crm_card_line_is (line, "UID") && !crm_claims_have_kept_property (self->known, client, line))
    before = crm_card_extra_get_all (extra, line);
  shown = shorten (before);
  if (before != NULL)
    g_ptr_array_add (self->decision->replaced, (gpointer) line);
  crm_decision_add_field (self->decision, self->subject->extra, shown, after);
}

static gboolean
is_replaced (CrmComparison *self,
             const char    *line)
{
  gsize length;
  const char *name = crm_card_line_get_key (line, &length);

  for (guint i = 0; i < self->decision->replaced->len; i++)
    {
      gsize other_length;
      const char *other = crm_card_line_get_key (g_ptr_array_index (self->decision->replaced, i), &other_length);

      if (length == other_length && g_ascii_strncasecmp (name, other, length) == 0)
        return TRUE;
    }
  return FALSE;
}

/* Does the file say it of the client already? Of what there is but one of, the first counts. */
static gboolean
is_settled (CrmComparison *self,
            guint32        client,
            const char    *line)
{
  static const char * const single[] = { "N", "PHOTO", "LOGO", "NICKNAME", "ORG", "BDAY", "ANNIVERSARY", "GENDER", "LANG", NULL };
  g_autofree char *shown = NULL;

  for (guint i = 0; single[i] != NULL; i++)
    if (crm_card_line_is (line, single[i]) && crm_claims_have_kept_property (self->known, client, line))
      {
        shown = shorten (line);
        crm_comparison_leave_out (self, client, self->subject->extra, shown);
        return TRUE;
      }
  return FALSE;
}

void
crm_comparison_compare_kept (CrmComparison      *self,
                             const CrmImportRow *row,
                             guint32             client)
{
  g_autoptr (CrmCardExtra) extra = crm_card_extra_new (crm_values_get_text (self->current.values, self->subject->extra));

  for (guint i = 0; i < row->kept->len; i++)
    {
      char *line = g_ptr_array_index (row->kept, i);

      if (is_replaced (self, line) || has_kept (self, client, extra, line) || is_settled (self, client, line))
        continue;
      replace_kept (self, client, extra, line);
      g_ptr_array_add (self->decision->kept, line);
    }
  /* Of a property that makes room all lines of the row come in its place. */
  for (guint i = 0; i < row->kept->len; i++)
    {
      char *line = g_ptr_array_index (row->kept, i);

      if (is_replaced (self, line) && !g_ptr_array_find (self->decision->kept, line, NULL))
        g_ptr_array_add (self->decision->kept, line);
    }
}

/* Pictures */

gboolean
crm_comparison_compare_picture (CrmComparison       *self,
                                const CrmImportRow  *row,
                                guint32              client,
                                GError             **error)
{
  guint field = self->subject->picture;
  const char *now = crm_values_get_text (self->current.values, field);
  g_autofree char *before = NULL;
  g_autofree char *after = crm_card_picture_describe (row->picture);

  if (crm_known_is_claimed (self->known, client, (guint16) field))
    {
      if (!crm_claims_have_picture (self->known, client, row))
        crm_comparison_leave_out (self, client, field, after);
      return TRUE;
    }
  if (g_strcmp0 (now, row->picture->hash) == 0)
    return TRUE;
  before = now == NULL ? NULL : crm_card_picture_describe_known (self->db, now, error);
  if (now != NULL && before == NULL)
    return FALSE;
  self->decision->takes_picture = TRUE;
  crm_decision_add_field (self->decision, field, before, after);
  return TRUE;
}

/* Where a person works */

static CrmValues *
find_position (GPtrArray         *positions,
               const CrmFirmName *firm)
{
  for (guint i = 0; i < positions->len; i++)
    {
      CrmValues *position = g_ptr_array_index (positions, i);

      if (crm_known_firm_key (crm_values_get_text (position, CRM_POSITION_CLIENT)) == firm->key)
        return position;
    }
  return NULL;
}

static void
compare_role (CrmComparison      *self,
              const CrmImportJob *job,
              const CrmValues    *position)
{
  const CrmImportRole role = { crm_values_get_id (position), job->role };
  const char *now = crm_values_get_text (position, CRM_POSITION_ROLE);

  /* Who has left since is not brought back by an old card. */
  if (job->role == NULL || g_strcmp0 (job->role, now) == 0 || g_strcmp0 (crm_values_get_text (position, CRM_POSITION_KIND), "current") != 0)
    return;
  g_array_append_val (self->decision->roles, role);
  crm_decision_add_field (self->decision, CRM_PERSON_ROLE, now, job->role);
}

static void
compare_job (CrmComparison *self,
             CrmImportJob  *job,
             guint32        client,
             GPtrArray     *positions)
{
  CrmValues *position;

  if (crm_claims_have_firm (self->known, client, &job->firm))
    {
      if (job->role != NULL && !crm_claims_have_role (self->known, client, &job->firm, job->role))
        crm_comparison_leave_out (self, client, CRM_PERSON_ROLE, job->role);
      return;
    }
  position = find_position (positions, &job->firm);
  if (position != NULL)
    {
      compare_role (self, job, position);
      return;
    }
  g_ptr_array_add (self->decision->jobs, job);
  crm_decision_add_field (self->decision, CRM_PERSON_FIRM, NULL, job->name);
}

gboolean
crm_comparison_compare_jobs (CrmComparison       *self,
                             const CrmImportRow  *row,
                             guint32              client,
                             GError             **error)
{
  gint64 id = crm_values_get_id (self->current.values);
  g_autoptr (GPtrArray) positions = id == 0 ? g_ptr_array_new () : crm_sql_read_children (self->db, &crm_position, id, error);

  for (guint i = 0; positions != NULL && i < row->jobs->len; i++)
    compare_job (self, &g_array_index (row->jobs, CrmImportJob, i), client, positions);
  return positions != NULL;
}

/* Addresses */

/* Does @known say all that @address says, however it is written? */
static gboolean
holds_address (const CrmValues *known,
               const CrmValues *address)
{
  for (guint i = CRM_ADDRESS_STREET; i <= CRM_ADDRESS_COUNTRY; i++)
    {
      g_autofree char *a = crm_fold (crm_values_get_text (known, i));
      g_autofree char *b = crm_fold (crm_values_get_text (address, i));

      if (*b != '\0' && strcmp (a, b) != 0)
        return FALSE;
    }
  return TRUE;
}

/*
 * Is it there, or one that says more? Of what this file brought itself only the very same counts: the dry run, in which that is not there yet, must
 * come to the same.
 */
static gboolean
has_address (CrmComparison   *self,
             GPtrArray       *addresses,
             const CrmValues *address,
             guint32          client)
{
  for (guint i = 0; i < addresses->len; i++)
    {
      const CrmValues *known = g_ptr_array_index (addresses, i);

      if (holds_address (known, address) && (holds_address (address, known) || !crm_claims_have_address (self->known, client, known)))
        return TRUE;
    }
  return FALSE;
}

static void
add_address (CrmComparison *self,
             CrmValues     *address)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = CRM_ADDRESS_STREET; i <= CRM_ADDRESS_COUNTRY; i++)
    if (!crm_values_is_null (address, i))
      g_string_append_printf (text, "%s%s", text->len > 0 ? ", " : "", crm_values_get_text (address, i));
  g_ptr_array_add (self->decision->addresses, address);
  crm_decision_add_difference (self->decision, _("Address"), NULL, text->str);
}

/* The main one of the card changes the main one there is, unless the client has it as another already. */
gboolean
crm_comparison_compare_addresses (CrmComparison       *self,
                                  const CrmImportRow  *row,
                                  guint32              client,
                                  gboolean            *has_main,
                                  GError             **error)
{
  gint64 id = crm_values_get_id (self->current.values);
  g_autoptr (GPtrArray) addresses =
    id == 0 ? g_ptr_array_new () : crm_sql_read_children (self->db, &crm_address, id, error);

  if (addresses == NULL)
    return FALSE;
  *has_main = FALSE;
  for (guint i = 0; i < row->addresses->len; i++)
    {
      CrmValues *address = g_ptr_array_index (row->addresses, i);

      if (has_address (self, addresses, address, client) || crm_claims_have_address (self->known, client, address))
        *has_main |= i == 0;
      else if (i > 0)
        add_address (self, address);
    }
  return TRUE;
}
