/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crm-config.h"

#include "bench.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <locale.h>
#include <stdio.h>

static char *results;

static void G_GNUC_PRINTF (1, 2) G_GNUC_NORETURN
give_up (const char *format,
         ...)
{
  va_list arguments;
  g_autofree char *message = NULL;

  va_start (arguments, format);
  message = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  g_printerr ("%s\n", message);
  exit (EXIT_FAILURE);
}

void
bench_begin (const char *name)
{
  const char *folder = g_getenv ("CRM_BENCH_FOLDER");
  g_autofree char *file = g_strconcat (name, ".tsv", NULL);

  setlocale (LC_CTYPE, "");
  results = g_build_filename (folder != NULL ? folder : ".", "results", file, NULL);
  g_remove (results);
}

static guint
get_number (const char *variable,
            guint       usual)
{
  const char *text = g_getenv (variable);
  guint64 number;

  if (text == NULL)
    return usual;
  if (!g_ascii_string_to_unsigned (text, 10, 1, 1000000, &number, NULL))
    give_up ("%s: not a number from 1 to 1000000: %s", variable, text);
  return (guint) number;
}

guint
bench_get_clients (void)
{
  return get_number ("CRM_BENCH_CLIENTS", 100000);
}

guint
bench_get_runs (guint usual)
{
  return get_number ("CRM_BENCH_RUNS", usual);
}

void
bench_check (GError *error)
{
  if (error != NULL)
    give_up ("%s", error->message);
}

double
bench_now (void)
{
  return (double) g_get_monotonic_time () / 1000;
}

GArray *
bench_times_new (void)
{
  return g_array_new (FALSE, FALSE, sizeof (double));
}

void
bench_times_add (GArray *times,
                 double  value)
{
  g_array_append_val (times, value);
}

static int
compare_times (gconstpointer a,
               gconstpointer b)
{
  double x = *(const double *) a, y = *(const double *) b;

  return (x > y) - (x < y);
}

double
bench_times_get (GArray *times,
                 double  share)
{
  g_autoptr (GArray) sorted = g_array_copy (times);

  g_assert (times->len > 0);
  g_array_sort (sorted, compare_times);
  return g_array_index (sorted, double, MIN ((guint) (share * sorted->len), sorted->len - 1));
}

/* One line for whoever watches, one for the summary of all benchmarks. */
static void
report (const char *what,
        const char *unit,
        GArray     *baseline,
        GArray     *ours,
        const char *goal,
        gboolean    reached)
{
  double base = bench_times_get (baseline, 0.5), own = bench_times_get (ours, 0.5);
  g_autofree char *folder = g_path_get_dirname (results);
  FILE *file;

  g_print ("%-58s %9.3f (%.3f) %9.3f (%.3f) %-7s %6.2f x  goal %s%s\n", what, base, bench_times_get (baseline, 0.95), own,
           bench_times_get (ours, 0.95), unit, own / base, goal, reached ? "" : "  MISSED");
  g_mkdir_with_parents (folder, 0755);
  file = g_fopen (results, "a");
  if (file == NULL)
    give_up ("%s: %s", results, g_strerror (errno));
  fprintf (file, "%s\t%s\t%.4f\t%.4f\t%.4f\t%.4f\t%.4f\t%s\t%d\n", what, unit, base, bench_times_get (baseline, 0.95), own,
           bench_times_get (ours, 0.95), own / base, goal, reached);
  fclose (file);
}

void
bench_report_at_most (const char *what,
                      const char *unit,
                      GArray     *baseline,
                      GArray     *ours,
                      double      most,
                      double      slack)
{
  double base = bench_times_get (baseline, 0.5), own = bench_times_get (ours, 0.5);
  g_autofree char *goal = slack > 0 ? g_strdup_printf ("≤ %g × + %g %s", most, slack, unit) : g_strdup_printf ("≤ %g ×", most);

  report (what, unit, baseline, ours, goal, own <= most * base + slack);
}

void
bench_report_at_least (const char *what,
                       const char *unit,
                       GArray     *baseline,
                       GArray     *ours,
                       double      least)
{
  double base = bench_times_get (baseline, 0.5), own = bench_times_get (ours, 0.5);
  g_autofree char *goal = g_strdup_printf ("≥ %g ×", least);

  report (what, unit, baseline, ours, goal, own >= least * base);
}
