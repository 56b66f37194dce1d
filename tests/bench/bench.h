/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/*
 * What the benchmarks share: times, their report as ratios, and invented databases to measure on. README.md says how to read the report.
 * Everything ends the program with a message instead of returning an error.
 */

/** bench_begin: names the benchmark; its rows of an earlier run are forgotten. */
void    bench_begin        (const char *name);

/** bench_get_clients: how many clients to measure with: CRM_BENCH_CLIENTS, else 100,000. */
guint   bench_get_clients  (void);
/** bench_get_runs: how often to measure: CRM_BENCH_RUNS, else @usual. */
guint   bench_get_runs     (guint usual);

/** bench_now: in ms, for differences. */
double  bench_now          (void);

/** bench_times_new: (transfer full) (element-type double): an empty series of figures, in ms unless the report says otherwise. */
GArray *bench_times_new    (void);
void    bench_times_add    (GArray *times, double value);
/** bench_times_get: the figure below which this share of them lies; 0.5: the median. */
double  bench_times_get    (GArray *times, double share);

/**
 * bench_report_at_most: a row of the table: median and 95th percentile of both, and their ratio; reached if our median is
 * no more than @most times that of the baseline and @slack.
 */
void    bench_report_at_most (const char *what, const char *unit, GArray *baseline, GArray *ours, double most, double slack);
/** bench_report_at_least: the same where more is better, as rows per second. */
void    bench_report_at_least (const char *what, const char *unit, GArray *baseline, GArray *ours, double least);

/** bench_check: ends the program with the message if there is an error. @error: (nullable) */
void    bench_check        (GError *error);

/** bench_get_path: (transfer full): where a file of a benchmark is kept: beside the databases, in the build folder. */
char   *bench_get_path     (const char *name);

/**
 * bench_get_database: (transfer full): the path of a database of @clients invented clients, each with an address, a phone number and an
 * e-mail address. Made when first asked for and kept in the build folder: copy it before writing to it.
 */
char   *bench_get_database (guint clients);
/**
 * bench_get_office: the same with what belongs to them: one and a half as many people, twice as many tasks, ten times as many
 * conversations, of which one client has a hundredth.
 */
char   *bench_get_office   (guint clients);
/** bench_copy_database: (transfer full): the path of a copy of it named @name, beside it; one of an earlier run is replaced. */
char   *bench_copy_database (guint clients, const char *name);

G_END_DECLS
