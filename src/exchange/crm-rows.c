/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crm-config.h"

#include "crm-rows.h"

#include "crm-sql.h"
#include "crm-through.h"

#define PIECE 500

static gboolean
load_all (CrmDb      *db,
          GPtrArray  *records,
          GError    **error)
{
  for (guint i = 0; i < records->len; i++)
    if (g_ptr_array_index (records, i) != NULL && !crm_through_load (db, g_ptr_array_index (records, i), error))
      return FALSE;
  return TRUE;
}

/* One transaction: a lock for each of its statements would take as long as reading. */
static GPtrArray *
read_piece (CrmDb            *db,
            const CrmEntity  *entity,
            const gint64     *ids,
            guint             n,
            gboolean          through,
            GError          **error)
{
  g_autoptr (GPtrArray) records = NULL;
  gboolean ok;

  if (!crm_db_execute (db, "BEGIN", error))
    return NULL;
  records = crm_sql_read_many (db, entity, ids, n, error);
  ok = records != NULL && (!through || load_all (db, records, error));
  crm_db_execute (db, "ROLLBACK", NULL);
  return ok ? g_steal_pointer (&records) : NULL;
}

static gboolean
hand_on (GPtrArray      *records,
         CrmRowFunc   func,
         gpointer        data,
         GError        **error)
{
  for (guint i = 0; i < records->len; i++)
    {
      const CrmValues *values = g_ptr_array_index (records, i);

      /* It may have been removed since the list was made. */
      if (values != NULL && !func (values, data, error))
        return FALSE;
    }
  return TRUE;
}

gboolean
crm_rows_read (CrmDb            *db,
                   const CrmEntity  *entity,
                   const CrmIdList  *ids,
                   guint             n,
                   gboolean          through,
                   CrmRowFunc     func,
                   gpointer          data,
                   GError          **error)
{
  gint64 piece[PIECE];

  /* The records of a list lie all over the file. */
  if (!crm_db_execute (db, "PRAGMA cache_size=-32768", error))
    return FALSE;
  for (guint from = 0; from < n; from += PIECE)
    {
      g_autoptr (GPtrArray) records = NULL;
      guint length = MIN (PIECE, n - from);

      for (guint i = 0; i < length; i++)
        piece[i] = crm_id_list_get (ids, from + i);
      records = read_piece (db, entity, piece, length, through, error);
      if (records == NULL || !hand_on (records, func, data, error))
        return FALSE;
    }
  return TRUE;
}
