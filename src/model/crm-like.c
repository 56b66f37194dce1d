/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crm-config.h"

#include "crm-like.h"

#include <glib/gi18n-lib.h>

#include "crm-contact-point.h"
#include "crm-fold.h"
#include "crm-key.h"
#include "crm-sql.h"

/* Hits of the search that are looked at: the user is typing */
#define MOST_CANDIDATES 200
/* Shorter names are like too many */
#define SHORTEST_NAME 3

typedef struct {
  CrmDb              *db;
  CrmIndex           *index;
  const CrmLikeQuery *query;
  GPtrArray          *found; /* of CrmLike */
  guint               limit;
} Search;

/* Is the record the one looked for? (transfer full): what it shares, or NULL. */
typedef char *(*CompareFunc) (const CrmValues *values, GPtrArray *contacts, const char *wanted);

CrmLikeQuery *
crm_like_query_copy (const CrmLikeQuery *query)
{
  CrmLikeQuery *copy = g_new (CrmLikeQuery, 1);

  *copy = (CrmLikeQuery) {
    query->entity, g_strdup (query->name), g_strdup (query->phone), g_strdup (query->email), g_strdup (query->tax_number), query->except,
  };
  return copy;
}

void
crm_like_query_free (CrmLikeQuery *query)
{
  g_free ((char *) query->name);
  g_free ((char *) query->phone);
  g_free ((char *) query->email);
  g_free ((char *) query->tax_number);
  g_free (query);
}

void
crm_like_free (CrmLike *like)
{
  g_free (like->name);
  g_free (like->detail);
  g_free (like->shared);
  g_free (like);
}

static gboolean
is_found (Search *search,
          gint64  id)
{
  guint i;

  for (i = 0; i < search->found->len; i++)
    if (((CrmLike *) search->found->pdata[i])->id == id)
      return TRUE;
  return FALSE;
}

static const char *
get_title (const CrmValues *values)
{
  return crm_values_get_text (values, crm_entity_get_title_field (crm_values_get_entity (values)));
}

static void
add (Search          *search,
     const CrmValues *values,
     CrmLikeReason    reason,
     char            *shared)
{
  const CrmEntity *entity = crm_values_get_entity (values);
  CrmLike *like = g_new (CrmLike, 1);

  *like = (CrmLike) {
    crm_values_get_id (values), g_strdup (get_title (values)), crm_values_format (values, (guint) crm_entity_find_field (entity, entity->apart[0])),
    reason, shared,
  };
  g_ptr_array_add (search->found, like);
}

/* Candidates come from the search over all texts of a record; what exactly matched there is not known. */
static CrmIdList *
find_candidates (Search      *search,
                 const char  *text,
                 gboolean     prefix_only,
                 GError     **error)
{
  g_autoptr (CrmQuery) query = crm_query_new (search->query->entity);

  query->text = g_strdup (text);
  return crm_index_query (search->index, search->db, query, prefix_only, error);
}

/* The child that phones and e-mail addresses are kept in */
static const CrmEntity *
get_contacts (const CrmEntity *entity)
{
  return entity == &crm_person ? &crm_person_point : &crm_contact_point;
}

static gboolean
compare_candidates (Search         *search,
                    CrmIdList      *ids,
                    CrmLikeReason   reason,
                    CompareFunc     compare,
                    gboolean        with_contacts,
                    const char     *wanted,
                    GError        **error)
{
  guint n = MIN (crm_id_list_get_length (ids), MOST_CANDIDATES);
  guint i;

  for (i = 0; i < n && search->found->len < search->limit; i++)
    {
      gint64 id = crm_id_list_get (ids, i);
      g_autoptr (CrmValues) values = NULL;
      g_autoptr (GPtrArray) contacts = NULL;
      GError *failure = NULL;
      char *shared;

      if (id == search->query->except || is_found (search, id))
        continue;
      values = crm_sql_read (search->db, search->query->entity, id, &failure);
      if (values != NULL && with_contacts)
        contacts = crm_sql_read_children (search->db, get_contacts (search->query->entity), id, &failure);
      if (failure != NULL)
        {
          g_propagate_error (error, failure);
          return FALSE;
        }
      shared = values != NULL ? compare (values, contacts, wanted) : NULL;
      if (shared != NULL)
        add (search, values, reason, shared);
    }
  return TRUE;
}

static char *
compare_tax_number (const CrmValues *values,
                    GPtrArray       *contacts,
                    const char      *wanted)
{
  const char *number = crm_values_get_text (values, (guint) crm_entity_find_field (crm_values_get_entity (values), "tax_number"));
  g_autofree char *folded = crm_key_tax_number (number);

  return number != NULL && strcmp (folded, wanted) == 0 ? g_strdup (number) : NULL;
}

static char *
compare_phone (const CrmValues *values,
               GPtrArray       *contacts,
               const char      *wanted)
{
  guint i;

  for (i = 0; i < contacts->len; i++)
    {
      const char *number = crm_values_get_text (contacts->pdata[i], CRM_CONTACT_POINT_VALUE);
      g_autofree char *key = crm_phone_key (number);

      if (crm_contact_point_is_number (contacts->pdata[i]) && strcmp (key, wanted) == 0)
        return g_strdup (number);
    }
  return NULL;
}

static char *
compare_email (const CrmValues *values,
               GPtrArray       *contacts,
               const char      *wanted)
{
  guint i;

  for (i = 0; i < contacts->len; i++)
    {
      const char *address = crm_values_get_text (contacts->pdata[i], CRM_CONTACT_POINT_VALUE);
      g_autofree char *folded = crm_key_email (address);

      if (strcmp (folded, wanted) == 0)
        return g_strdup (address);
    }
  return NULL;
}

static char *
compare_same_name (const CrmValues *values,
                   GPtrArray       *contacts,
                   const char      *wanted)
{
  const char *name = get_title (values);
  g_autofree char *folded = crm_fold_name (name);

  return strcmp (folded, wanted) == 0 ? g_strdup (name) : NULL;
}

static gboolean
has_word_beginning_with (char       **words,
                         const char  *beginning)
{
  guint i;

  for (i = 0; words[i] != NULL; i++)
    if (g_str_has_prefix (words[i], beginning))
      return TRUE;
  return FALSE;
}

static char *
compare_similar_name (const CrmValues *values,
                      GPtrArray       *contacts,
                      const char      *wanted)
{
  const char *name = get_title (values);
  g_autofree char *folded = crm_fold (name);
  g_auto (GStrv) words = g_strsplit (folded, " ", -1);
  g_auto (GStrv) beginnings = g_strsplit (wanted, " ", -1);
  guint i;

  for (i = 0; beginnings[i] != NULL; i++)
    if (!has_word_beginning_with (words, beginnings[i]))
      return NULL;
  return g_strdup (name);
}

static gboolean
find_by (Search         *search,
         const char     *text,
         const char     *wanted,
         CrmLikeReason   reason,
         CompareFunc     compare,
         GError        **error)
{
  gboolean is_inside_words = reason == CRM_LIKE_PHONE;
  gboolean with_contacts = reason == CRM_LIKE_PHONE || reason == CRM_LIKE_EMAIL;
  g_autoptr (CrmIdList) ids = find_candidates (search, text, !is_inside_words, error);

  return ids != NULL && compare_candidates (search, ids, reason, compare, with_contacts, wanted, error);
}

static gboolean
find_by_tax_number (Search  *search,
                    GError **error)
{
  const char *number = search->query->tax_number;
  g_autofree char *wanted = crm_key_tax_number (number);

  if (wanted[0] == '\0' || crm_entity_find_field (search->query->entity, "tax_number") < 0)
    return TRUE;
  /* Search knows the words of a number as it was written: mostly one, else as here */
  return find_by (search, wanted, wanted, CRM_LIKE_TAX_NUMBER, compare_tax_number, error) &&
         find_by (search, number, wanted, CRM_LIKE_TAX_NUMBER, compare_tax_number, error);
}

static gboolean
find_by_phone (Search  *search,
               GError **error)
{
  g_autofree char *key = crm_phone_key (search->query->phone);

  return key[0] == '\0' || find_by (search, key, key, CRM_LIKE_PHONE, compare_phone, error);
}

static gboolean
find_by_email (Search  *search,
               GError **error)
{
  const char *address = search->query->email;
  g_autofree char *wanted = crm_key_email (address);

  return strchr (wanted, '@') == NULL || find_by (search, wanted, wanted, CRM_LIKE_EMAIL, compare_email, error);
}

static gboolean
find_by_name (Search  *search,
              GError **error)
{
  g_autofree char *wanted = crm_fold_name (search->query->name);
  g_autoptr (CrmIdList) ids = NULL;

  if (g_utf8_strlen (wanted, -1) < SHORTEST_NAME)
    return TRUE;
  ids = find_candidates (search, wanted, TRUE, error);
  return ids != NULL && compare_candidates (search, ids, CRM_LIKE_SAME_NAME, compare_same_name, FALSE, wanted, error) &&
         /* A given name alone is that of too many. */
         ((search->query->entity == &crm_person && strchr (wanted, ' ') == NULL) ||
          compare_candidates (search, ids, CRM_LIKE_SIMILAR_NAME, compare_similar_name, FALSE, wanted, error));
}

GPtrArray *
crm_like_find (CrmDb               *db,
               CrmIndex            *index,
               const CrmLikeQuery  *query,
               guint                limit,
               GError             **error)
{
  g_autoptr (GPtrArray) found = g_ptr_array_new_with_free_func ((GDestroyNotify) crm_like_free);
  Search search = { db, index, query, found, limit };

  g_return_val_if_fail (db != NULL && index != NULL && query != NULL && query->entity != NULL, NULL);

  if (!find_by_tax_number (&search, error) || !find_by_phone (&search, error) || !find_by_email (&search, error) ||
      !find_by_name (&search, error))
    return NULL;
  return g_steal_pointer (&found);
}

char *
crm_like_describe (const CrmLike *like)
{
  g_return_val_if_fail (like != NULL, NULL);

  switch (like->reason)
    {
    case CRM_LIKE_TAX_NUMBER:
      return g_strdup_printf (_("Same tax number: %s"), like->shared);
    case CRM_LIKE_PHONE:
      return g_strdup_printf (_("Same phone: %s"), like->shared);
    case CRM_LIKE_EMAIL:
      return g_strdup_printf (_("Same e-mail: %s"), like->shared);
    case CRM_LIKE_SAME_NAME:
      return g_strdup (_("Same name"));
    case CRM_LIKE_SIMILAR_NAME:
      return g_strdup (_("Similar name"));
    }
  g_return_val_if_reached (NULL);
}
