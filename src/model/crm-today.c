/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crm-today.h"

#include <stdlib.h>

#define DAYS_AHEAD 7
#define US_PER_DAY (24 * G_TIME_SPAN_HOUR)

/* ?1 is the day, ?2 the end of what is coming, ?3 how many rows. What is snoozed waits for its day; one without a date that was snoozed is due then. */
#define TASK_COLUMNS \
  "SELECT t.id, t.client, t.person, t.name, coalesce (c.name, p.name), iif (t.client IS NOT NULL, p.name, NULL), t.due, t.time, t.priority," \
  " t.department, coalesce (p.phone, c.phone), t.next AND t.client IS NOT NULL"
#define TASK_TABLES \
  " FROM task t LEFT JOIN client c ON c.id = t.client LEFT JOIN person p ON p.id = t.person" \
  " WHERE t.done IS NULL AND t.deleted IS NULL AND (t.snooze IS NULL OR t.snooze <= ?1) AND c.deleted IS NULL AND p.deleted IS NULL AND "
#define COUNT "SELECT count (*)"
/* The same without a look at each client and person: the trash is short */
#define TASK_COUNT \
  COUNT " FROM task t WHERE t.done IS NULL AND t.deleted IS NULL AND (t.snooze IS NULL OR t.snooze <= ?1)" \
  " AND (t.client IS NULL OR t.client NOT IN (SELECT id FROM client WHERE deleted IS NOT NULL))" \
  " AND (t.person IS NULL OR t.person NOT IN (SELECT id FROM person WHERE deleted IS NOT NULL)) AND "
/* As the index task_open has it; of today those without a time come last */
#define TASK_ORDER " ORDER BY t.due, t.time, t.id LIMIT ?3"
#define NOW_ORDER " ORDER BY t.due, t.time IS NULL, t.time, t.id LIMIT ?3"

#define LATE "t.due < ?1"
/* A second index tells those without a date */
#define NOW "t.id IN (SELECT id FROM task WHERE done IS NULL AND deleted IS NULL AND due = ?1" \
            " UNION ALL SELECT id FROM task WHERE done IS NULL AND deleted IS NULL AND snooze <= ?1 AND snooze IS NOT NULL AND due IS NULL)"
#define COMING "t.due > ?1 AND t.due <= ?2"

/* As the index client_no_step has it */
#define NO_STEP " FROM client WHERE next_step IS NULL AND deleted IS NULL AND kind <> 'former'"
/* ?1 is the grade, ?2 the time since which, ?3 how many rows, ?4 the day up to which a step shows already; as
 * client_contact has it */
#define SILENT \
  " FROM client WHERE grade = ?1 AND coalesce (last_contact, created) < ?2 AND kind IN ('client', 'key_client') AND grade IS NOT NULL" \
  " AND deleted IS NULL AND (next_due IS NULL OR next_due > ?4)"
/* ?1 is a day of the year */
#define BIRTHDAYS " FROM person WHERE substr (birthday, -5) = ?1 AND birthday IS NOT NULL AND deleted IS NULL"

static const char * const grades[CRM_TODAY_N_GRADES] = { "A", "B", "C", "D" };

static void
row_free (gpointer data)
{
  CrmTodayRow *row = data;

  g_free (row->what);
  g_free (row->who);
  g_free (row->with);
  g_free (row->date);
  g_free (row->time);
  g_free (row->priority);
  g_free (row->detail);
  g_free (row->phone);
  g_free (row);
}

static char *
dup_text (CrmStmt *stmt,
          int      column)
{
  return g_strdup ((const char *) sqlite3_column_text (stmt, column));
}

static CrmTodayRow *
read_task (CrmStmt *stmt)
{
  CrmTodayRow *row = g_new0 (CrmTodayRow, 1);

  row->task = sqlite3_column_int64 (stmt, 0);
  row->client = sqlite3_column_int64 (stmt, 1);
  row->person = sqlite3_column_int64 (stmt, 2);
  row->what = dup_text (stmt, 3);
  row->who = dup_text (stmt, 4);
  row->with = dup_text (stmt, 5);
  row->date = dup_text (stmt, 6);
  row->time = dup_text (stmt, 7);
  row->priority = dup_text (stmt, 8);
  row->detail = dup_text (stmt, 9);
  row->phone = dup_text (stmt, 10);
  row->is_next = sqlite3_column_int (stmt, 11);
  return row;
}

/* id, name, grade, phone, point in time */
static CrmTodayRow *
read_client (CrmStmt *stmt)
{
  CrmTodayRow *row = g_new0 (CrmTodayRow, 1);

  row->client = sqlite3_column_int64 (stmt, 0);
  row->who = dup_text (stmt, 1);
  row->detail = dup_text (stmt, 2);
  row->phone = dup_text (stmt, 3);
  return row;
}

/* Not g_date_set_parse(): that asks the locale. */
static void
read_day (const CrmTodayRequest *request,
          GDate                 *date)
{
  g_date_clear (date, 1);
  g_date_set_dmy (date, (GDateDay) atoi (request->date + 8), (GDateMonth) atoi (request->date + 5), (GDateYear) atoi (request->date));
}

/* Of what is coming. */
static void
find_last_day (const CrmTodayRequest *request,
               char                   last[11])
{
  GDate date;

  read_day (request, &date);
  g_date_add_days (&date, DAYS_AHEAD);
  g_snprintf (last, 11, "%04u-%02u-%02u", g_date_get_year (&date) % 10000u, (guint) g_date_get_month (&date) % 100, g_date_get_day (&date) % 100u);
}

static gboolean
read_count (CrmDb   *db,
            CrmStmt *stmt,
            guint   *count,
            GError **error)
{
  gboolean row;

  if (!crm_db_step (db, stmt, &row, error))
    return FALSE;
  *count += (guint) sqlite3_column_int64 (stmt, 0);
  return TRUE;
}

static gboolean
read_tasks (CrmDb                 *db,
            const CrmTodayRequest *request,
            CrmTodayPart           part,
            CrmToday              *today,
            GError               **error)
{
  static const char * const counting[] = {
    [CRM_TODAY_LATE] = TASK_COUNT LATE, [CRM_TODAY_NOW] = TASK_COUNT NOW, [CRM_TODAY_COMING] = TASK_COUNT COMING,
  };
  static const char * const reading[] = {
    [CRM_TODAY_LATE] = TASK_COLUMNS TASK_TABLES LATE TASK_ORDER,
    [CRM_TODAY_NOW] = TASK_COLUMNS TASK_TABLES NOW NOW_ORDER,
    [CRM_TODAY_COMING] = TASK_COLUMNS TASK_TABLES COMING TASK_ORDER,
  };
  char last[11];

  find_last_day (request, last);
  for (int i = 0; i < 2; i++)
    {
      g_autoptr (CrmStmt) stmt = crm_db_prepare (db, i == 0 ? counting[part] : reading[part], error);
      gboolean row = TRUE;

      if (stmt == NULL)
        return FALSE;
      crm_stmt_bind_text (stmt, 1, request->date);
      if (part == CRM_TODAY_COMING)
        crm_stmt_bind_text (stmt, 2, last);
      if (i == 0)
        {
          if (!read_count (db, stmt, &today->counts[part], error))
            return FALSE;
          continue;
        }
      crm_stmt_bind_integer (stmt, 3, request->limits[part]);
      while (row)
        {
          if (!crm_db_step (db, stmt, &row, error))
            return FALSE;
          if (row)
            g_ptr_array_add (today->rows[part], read_task (stmt));
        }
    }
  return TRUE;
}

static gboolean
read_no_step (CrmDb                 *db,
              const CrmTodayRequest *request,
              CrmToday              *today,
              GError               **error)
{
  g_autoptr (CrmStmt) counting = crm_db_prepare (db, COUNT NO_STEP, error);
  g_autoptr (CrmStmt) stmt = NULL;
  gboolean row = TRUE;

  if (counting == NULL || !read_count (db, counting, &today->counts[CRM_TODAY_NO_STEP], error))
    return FALSE;
  stmt = crm_db_prepare (db, "SELECT id, name, grade, phone" NO_STEP " ORDER BY grade NULLS LAST, name_key, id LIMIT ?", error);
  if (stmt == NULL)
    return FALSE;
  crm_stmt_bind_integer (stmt, 1, request->limits[CRM_TODAY_NO_STEP]);
  while (row)
    {
      if (!crm_db_step (db, stmt, &row, error))
        return FALSE;
      if (row)
        g_ptr_array_add (today->rows[CRM_TODAY_NO_STEP], read_client (stmt));
    }
  return TRUE;
}

static gboolean
read_silent_of (CrmDb                 *db,
                const CrmTodayRequest *request,
                guint                  grade,
                CrmToday              *today,
                GError               **error)
{
  GPtrArray *rows = today->rows[CRM_TODAY_SILENT];
  gint64 since = request->midnight - request->rhythms[grade] * US_PER_DAY;
  char last[11];

  find_last_day (request, last);
  for (int i = 0; i < 2; i++)
    {
      g_autoptr (CrmStmt) stmt = crm_db_prepare (db, i == 0 ? COUNT SILENT
                                                     : "SELECT id, name, grade, phone, coalesce (last_contact, created)" SILENT
                                                       " ORDER BY coalesce (last_contact, created) LIMIT ?3", error);
      gboolean row = TRUE;

      if (stmt == NULL)
        return FALSE;
      crm_stmt_bind_text (stmt, 1, grades[grade]);
      crm_stmt_bind_integer (stmt, 2, since);
      crm_stmt_bind_text (stmt, 4, last);
      if (i == 0)
        {
          if (!read_count (db, stmt, &today->counts[CRM_TODAY_SILENT], error))
            return FALSE;
          continue;
        }
      crm_stmt_bind_integer (stmt, 3, request->limits[CRM_TODAY_SILENT] - rows->len);
      while (row)
        {
          if (!crm_db_step (db, stmt, &row, error))
            return FALSE;
          if (row)
            {
              CrmTodayRow *client = read_client (stmt);

              client->days = (int) ((request->midnight + US_PER_DAY - 1 - sqlite3_column_int64 (stmt, 4)) / US_PER_DAY);
              g_ptr_array_add (rows, client);
            }
        }
    }
  return TRUE;
}

/* Those born on the 29th of February have their day on the 28th in other years. */
static gboolean
read_birthdays_of (CrmDb                 *db,
                   const CrmTodayRequest *request,
                   const GDate           *date,
                   const char            *day,
                   CrmToday              *today,
                   GError               **error)
{
  GPtrArray *rows = today->rows[CRM_TODAY_BIRTHDAYS];

  for (int i = 0; i < 2; i++)
    {
      g_autoptr (CrmStmt) stmt = crm_db_prepare (db, i == 0 ? COUNT BIRTHDAYS
                                                     : "SELECT id, name, firm, birthday, phone" BIRTHDAYS
                                                       " ORDER BY name_key, id LIMIT ?2", error);
      gboolean row = TRUE;

      if (stmt == NULL)
        return FALSE;
      crm_stmt_bind_text (stmt, 1, day);
      if (i == 0)
        {
          if (!read_count (db, stmt, &today->counts[CRM_TODAY_BIRTHDAYS], error))
            return FALSE;
          continue;
        }
      crm_stmt_bind_integer (stmt, 2, request->limits[CRM_TODAY_BIRTHDAYS] - rows->len);
      while (row)
        {
          CrmTodayRow *person;
          const char *birthday;

          if (!crm_db_step (db, stmt, &row, error))
            return FALSE;
          if (!row)
            break;
          person = g_new0 (CrmTodayRow, 1);
          birthday = (const char *) sqlite3_column_text (stmt, 3);
          person->person = sqlite3_column_int64 (stmt, 0);
          person->who = dup_text (stmt, 1);
          person->with = dup_text (stmt, 2);
          person->detail = g_ascii_isdigit (*birthday) ? g_strndup (birthday, 4) : NULL;
          person->phone = dup_text (stmt, 4);
          person->date = g_strdup_printf ("%04d-%02d-%02d", g_date_get_year (date), g_date_get_month (date), g_date_get_day (date));
          g_ptr_array_add (rows, person);
        }
    }
  return TRUE;
}

static gboolean
read_birthdays (CrmDb                 *db,
                const CrmTodayRequest *request,
                CrmToday              *today,
                GError               **error)
{
  GDate date;

  read_day (request, &date);
  for (int i = 0; i <= DAYS_AHEAD; i++, g_date_add_days (&date, 1))
    {
      char day[6];

      g_snprintf (day, sizeof day, "%02u-%02u", (guint) g_date_get_month (&date) % 100, g_date_get_day (&date) % 100u);
      if (!read_birthdays_of (db, request, &date, day, today, error))
        return FALSE;
      if (g_str_equal (day, "02-28") && !g_date_is_leap_year (g_date_get_year (&date)) &&
          !read_birthdays_of (db, request, &date, "02-29", today, error))
        return FALSE;
    }
  return TRUE;
}

void
crm_today_request_init (CrmTodayRequest *self,
                        GDateTime       *now,
                        guint            limit)
{
  g_autoptr (GDateTime) midnight = NULL;
  int year, month, day;

  g_return_if_fail (self != NULL && now != NULL);

  g_date_time_get_ymd (now, &year, &month, &day);
  midnight = g_date_time_new (g_date_time_get_timezone (now), year, month, day, 0, 0, 0);
  *self = (CrmTodayRequest) { .midnight = g_date_time_to_unix (midnight) * G_USEC_PER_SEC };
  g_snprintf (self->date, sizeof self->date, "%04d-%02d-%02d", year % 10000, month % 100, day % 100);
  for (guint i = 0; i < CRM_TODAY_N_PARTS; i++)
    self->limits[i] = limit;
}

CrmToday *
crm_today_read (CrmDb                  *db,
                const CrmTodayRequest  *request,
                GError                **error)
{
  g_autoptr (CrmToday) today = g_new0 (CrmToday, 1);

  g_return_val_if_fail (db != NULL && request != NULL, NULL);

  for (guint i = 0; i < CRM_TODAY_N_PARTS; i++)
    today->rows[i] = g_ptr_array_new_with_free_func (row_free);
  for (CrmTodayPart part = CRM_TODAY_LATE; part <= CRM_TODAY_COMING; part++)
    if (!read_tasks (db, request, part, today, error))
      return NULL;
  if (!read_no_step (db, request, today, error))
    return NULL;
  for (guint i = 0; i < CRM_TODAY_N_GRADES; i++)
    if (request->rhythms[i] > 0 && !read_silent_of (db, request, i, today, error))
      return NULL;
  if (!read_birthdays (db, request, today, error))
    return NULL;
  return g_steal_pointer (&today);
}

void
crm_today_free (CrmToday *self)
{
  if (self == NULL)
    return;
  for (guint i = 0; i < CRM_TODAY_N_PARTS; i++)
    g_clear_pointer (&self->rows[i], g_ptr_array_unref);
  g_free (self);
}
