/* SPDX-License-Identifier: GPL-3.0-or-later */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <glib-unix.h>
#include <gtk/gtk.h>
#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

/*
 * A library that stopwatch.c has loaded into the program it measures (LD_PRELOAD), the same for ours and for the bare windows: neither needs
 * code of its own to be measured. It tells of frames over the socket that CRM_PROBE_SOCKET names:
 *   frame US                      the first frame, when by the monotonic clock
 *   rows US                       the first frame in which every visible row of the largest list has text
 * and does what it is told, answering when done:
 *   scroll FRAMES PIXELS          scrolls that list, frame by frame; "scroll" and for each frame WORK:BUSY:INTERVAL:BLANK:SQL,
 *                                 in µs: from before-paint to after-paint; of the main thread's processor time since the frame before;
 *                                 since the frame before; the number of rows without text; of calls of SQLite from the main thread
 *   scroll FRAMES PIXELS ACTION   runs an action of the list's window first, "win.duplicates"
 *   sweep FRAMES                  scrolls it from one end to the other
 */

#define MAX_DEPTH 4

typedef enum {
  IDLE,
  SCROLL,
  SWEEP,
} Task;

static struct {
  int            socket;
  gint64         before_paint;
  gboolean       has_frame;
  gboolean       has_rows;

  Task           task;
  int            frames_left;
  int            frames;
  int            pixels;
  GtkWidget     *list;
  GdkFrameClock *clock;
  gint64         last_end;
  gint64         last_busy;
  guint          n_sql;
  GString       *answer;
} probe;

static gint64
now (void)
{
  return g_get_monotonic_time ();
}

static gint64
get_busy (void)
{
  struct timespec time;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &time);
  return (gint64) time.tv_sec * G_USEC_PER_SEC + time.tv_nsec / 1000;
}

static void G_GNUC_PRINTF (1, 2)
tell (const char *format,
      ...)
{
  g_autofree char *line = NULL;
  va_list arguments;
  gsize length, written = 0;

  va_start (arguments, format);
  line = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  length = strlen (line);
  while (written < length)
    {
      gssize n = write (probe.socket, line + written, length - written);

      if (n < 0 && errno != EINTR && errno != EAGAIN)
        return;
      written += (gsize) MAX (n, 0);
    }
}

/* SQLite called by the program: this one is found before that of the library. */
int
sqlite3_step (sqlite3_stmt *stmt)
{
  static int (*step) (sqlite3_stmt *);

  if (step == NULL)
    *(void **) &step = dlsym (RTLD_NEXT, "sqlite3_step");
  if (gettid () == getpid ())
    probe.n_sql++;
  return step (stmt);
}

/* The list */

static gboolean
has_text (GtkWidget *widget,
          int        depth)
{
  const char *text = NULL;

  if (GTK_IS_INSCRIPTION (widget))
    text = gtk_inscription_get_text (GTK_INSCRIPTION (widget));
  else if (GTK_IS_LABEL (widget))
    text = gtk_label_get_text (GTK_LABEL (widget));
  if (text != NULL && *text != '\0')
    return TRUE;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && depth < MAX_DEPTH;
       child = gtk_widget_get_next_sibling (child))
    if (has_text (child, depth + 1))
      return TRUE;
  return FALSE;
}

static gboolean
is_visible_in (GtkWidget *row,
               GtkWidget *list)
{
  graphene_rect_t bounds;

  return gtk_widget_get_child_visible (row) && gtk_widget_compute_bounds (row, list, &bounds) && bounds.size.height > 0 &&
         bounds.origin.y + bounds.size.height > 0 && bounds.origin.y < (float) gtk_widget_get_height (list);
}

/* How many of the rows that are to be seen there are, and how many of them are blank */
static guint
count_rows (GtkWidget *list,
            guint     *n_blank)
{
  guint n = 0;

  *n_blank = 0;
  for (GtkWidget *row = gtk_widget_get_first_child (list); row != NULL; row = gtk_widget_get_next_sibling (row))
    if (is_visible_in (row, list))
      {
        n++;
        *n_blank += !has_text (row, 0);
      }
  return n;
}

static void
find_list (GtkWidget  *widget,
           GtkWidget **largest)
{
  static GType list_base;

  if (list_base == 0)
    list_base = g_type_from_name ("GtkListBase");
  if (list_base == 0 || !gtk_widget_get_mapped (widget))
    return;
  if (g_type_is_a (G_OBJECT_TYPE (widget), list_base) &&
      (*largest == NULL || gtk_widget_get_width (widget) * gtk_widget_get_height (widget) >
                           gtk_widget_get_width (*largest) * gtk_widget_get_height (*largest)))
    *largest = widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    find_list (child, largest);
}

static GtkWidget *
get_list (void)
{
  GListModel *toplevels = gtk_window_get_toplevels ();
  GtkWidget *largest = NULL;

  for (guint i = 0; i < g_list_model_get_n_items (toplevels); i++)
    {
      g_autoptr (GtkWidget) toplevel = g_list_model_get_item (toplevels, i);
      find_list (toplevel, &largest);
    }
  return largest;
}

static gboolean
is_window_mapped (void)
{
  GListModel *toplevels = gtk_window_get_toplevels ();
  gboolean mapped = FALSE;

  for (guint i = 0; i < g_list_model_get_n_items (toplevels); i++)
    {
      g_autoptr (GtkWidget) toplevel = g_list_model_get_item (toplevels, i);
      mapped |= gtk_widget_get_mapped (toplevel);
    }
  return mapped;
}

/* Frames */

static void
note_first_rows (gint64 end)
{
  GtkWidget *list = get_list ();
  guint n_blank;

  if (list == NULL || count_rows (list, &n_blank) == 0 || n_blank > 0)
    return;
  probe.has_rows = TRUE;
  tell ("rows %" G_GINT64_FORMAT "\n", end);
}

static void
finish_task (void)
{
  gdk_frame_clock_end_updating (probe.clock);
  tell ("%s\n", probe.answer->str);
  g_string_free (probe.answer, TRUE);
  probe.task = IDLE;
  g_clear_object (&probe.clock);
  g_clear_object (&probe.list);
}

static void
note_scrolled (gint64 end)
{
  gint64 busy = get_busy ();
  guint n_blank;

  count_rows (probe.list, &n_blank);
  if (probe.last_end > 0)
    g_string_append_printf (probe.answer, " %" G_GINT64_FORMAT ":%" G_GINT64_FORMAT ":%" G_GINT64_FORMAT ":%u:%u",
                            end - probe.before_paint, busy - probe.last_busy, end - probe.last_end, n_blank, probe.n_sql);
  probe.n_sql = 0;
  probe.last_end = end;
  /* Not the time this took */
  probe.last_busy = get_busy ();
}

static gboolean
on_before_paint (GSignalInvocationHint *hint,
                 guint                  n_values,
                 const GValue          *values,
                 gpointer               data)
{
  probe.before_paint = now ();
  return TRUE;
}

static gboolean
on_update (GSignalInvocationHint *hint,
           guint                  n_values,
           const GValue          *values,
           gpointer               data)
{
  GtkAdjustment *adjustment;
  double range;

  if (probe.task == IDLE || g_value_get_object (&values[0]) != (gpointer) probe.clock)
    return TRUE;
  adjustment = gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (probe.list));
  range = gtk_adjustment_get_upper (adjustment) - gtk_adjustment_get_page_size (adjustment);
  if (probe.task == SCROLL)
    gtk_adjustment_set_value (adjustment, gtk_adjustment_get_value (adjustment) + probe.pixels);
  else
    gtk_adjustment_set_value (adjustment, range * (probe.frames - probe.frames_left) / MAX (probe.frames - 1, 1));
  return TRUE;
}

static gboolean
on_after_paint (GSignalInvocationHint *hint,
                guint                  n_values,
                const GValue          *values,
                gpointer               data)
{
  gint64 end = now ();

  if (!probe.has_frame && is_window_mapped ())
    {
      probe.has_frame = TRUE;
      tell ("frame %" G_GINT64_FORMAT "\n", end);
    }
  if (!probe.has_rows)
    note_first_rows (end);
  if (probe.task == IDLE || g_value_get_object (&values[0]) != (gpointer) probe.clock)
    return TRUE;
  if (probe.task == SCROLL)
    note_scrolled (end);
  if (--probe.frames_left == 0)
    finish_task ();
  return TRUE;
}

/* What it is told */

static void
start_task (Task        task,
            const char *name,
            int         frames,
            int         pixels,
            const char *action)
{
  GtkWidget *list = get_list ();

  if (list == NULL)
    {
      tell ("%s no list\n", name);
      return;
    }
  if (action != NULL && !gtk_widget_activate_action (GTK_WIDGET (gtk_widget_get_root (list)), action, NULL))
    {
      tell ("%s no action\n", name);
      return;
    }
  probe.task = task;
  probe.frames = probe.frames_left = frames;
  probe.pixels = pixels;
  probe.list = g_object_ref (list);
  probe.clock = g_object_ref (gtk_widget_get_frame_clock (list));
  probe.last_end = 0;
  probe.answer = g_string_new (name);
  gdk_frame_clock_begin_updating (probe.clock);
}

static gboolean
on_told (int          socket,
         GIOCondition condition,
         gpointer     data)
{
  char line[64];
  gssize n = read (socket, line, sizeof line - 1);
  char action[sizeof line];
  int frames, pixels;

  if (n <= 0)
    return G_SOURCE_REMOVE;
  line[n] = '\0';
  if (sscanf (line, "scroll %d %d %63s", &frames, &pixels, action) == 3)
    start_task (SCROLL, "scroll", frames + 1, pixels, action);
  else if (sscanf (line, "scroll %d %d", &frames, &pixels) == 2)
    start_task (SCROLL, "scroll", frames + 1, pixels, NULL);
  else if (sscanf (line, "sweep %d", &frames) == 1)
    start_task (SWEEP, "sweep", frames, 0, NULL);
  return G_SOURCE_CONTINUE;
}

static void __attribute__ ((constructor))
load (void)
{
  const char *text = getenv ("CRM_PROBE_SOCKET");

  unsetenv ("LD_PRELOAD");
  if (text == NULL)
    return;
  probe.socket = atoi (text);
  unsetenv ("CRM_PROBE_SOCKET");
  g_type_class_ref (GDK_TYPE_FRAME_CLOCK);
  g_signal_add_emission_hook (g_signal_lookup ("before-paint", GDK_TYPE_FRAME_CLOCK), 0, on_before_paint, NULL, NULL);
  g_signal_add_emission_hook (g_signal_lookup ("update", GDK_TYPE_FRAME_CLOCK), 0, on_update, NULL, NULL);
  g_signal_add_emission_hook (g_signal_lookup ("after-paint", GDK_TYPE_FRAME_CLOCK), 0, on_after_paint, NULL, NULL);
  g_unix_fd_add (probe.socket, G_IO_IN, on_told, NULL);
}
