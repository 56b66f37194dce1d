/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crm-config.h"

#include "crm-inside.h"

#include <adwaita.h>
#include <glib/gstdio.h>
#include <locale.h>
#include <signal.h>
#include <sys/prctl.h>

#include "crm-application.h"
#include "crm-window.h"

#define PATIENCE (60 * G_USEC_PER_SEC)

/* Letting the program run */

void
crm_inside_await (CrmInsideCondition  condition,
                  gpointer            data,
                  const char         *what)
{
  gint64 end = g_get_monotonic_time () + PATIENCE;

  while (!condition (data))
    {
      if (g_get_monotonic_time () > end)
        g_error ("Not within a minute: %s", what);
      if (!g_main_context_iteration (NULL, FALSE))
        g_usleep (1000);
    }
}

static gboolean
count_frame (GtkWidget     *widget,
             GdkFrameClock *clock,
             gpointer       left)
{
  return --*(int *) left > 0;
}

static gboolean
is_zero (gpointer number)
{
  return *(int *) number <= 0;
}

void
crm_inside_await_frames (GtkWidget *widget,
                         int        frames)
{
  int left = frames;

  gtk_widget_add_tick_callback (widget, count_frame, &left, NULL);
  gtk_widget_queue_draw (widget);
  crm_inside_await (is_zero, &left, "a frame");
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

/* Looking at widgets */

gboolean
crm_inside_is_of (GtkWidget  *widget,
                  const char *type)
{
  GType known = g_type_from_name (type);

  return known != 0 && g_type_is_a (G_OBJECT_TYPE (widget), known);
}

static gboolean
walk (GtkWidget      *top,
      CrmInsideVisit  visit,
      gpointer        data)
{
  GtkWidget *child;

  if (!visit (top, data))
    return FALSE;
  for (child = gtk_widget_get_first_child (top); child != NULL; child = gtk_widget_get_next_sibling (child))
    if (gtk_widget_get_mapped (child) && !GTK_IS_NATIVE (child) && !walk (child, visit, data))
      return FALSE;
  return TRUE;
}

void
crm_inside_walk (GtkWidget      *top,
                 CrmInsideVisit  visit,
                 gpointer        data)
{
  walk (top, visit, data);
}

typedef struct {
  const char *type;
  GtkWidget  *after;
  GtkWidget  *found;
} Search;

static gboolean
compare (GtkWidget *widget,
         gpointer   data)
{
  Search *search = data;

  if (search->after != NULL)
    {
      if (widget == search->after)
        search->after = NULL;
    }
  else if (search->type == NULL || crm_inside_is_of (widget, search->type))
    search->found = widget;
  return search->found == NULL;
}

GtkWidget *
crm_inside_find (GtkWidget  *top,
                 const char *type,
                 GtkWidget  *after)
{
  Search search = { type, after, NULL };

  walk (top, compare, &search);
  return search.found;
}

GtkWidget *
crm_inside_find_nth (GtkWidget  *top,
                     const char *type,
                     guint       n)
{
  GtkWidget *found = crm_inside_find (top, type, NULL);

  for (; found != NULL && n > 0; n--)
    found = crm_inside_find (top, type, found);
  return found;
}

GtkWidget *
crm_inside_find_called (GtkWidget  *top,
                        const char *tooltip)
{
  GtkWidget *found = NULL;

  while ((found = crm_inside_find (top, NULL, found)) != NULL && g_strcmp0 (gtk_widget_get_tooltip_text (found), tooltip) != 0)
    ;
  return found;
}

void
crm_inside_click (GtkWidget *button)
{
  g_signal_emit_by_name (button, "clicked");
}

static GtkWidget *
find_popover (GtkWidget *top)
{
  GtkWidget *child;
  GtkWidget *found = NULL;

  for (child = gtk_widget_get_first_child (top); child != NULL && found == NULL; child = gtk_widget_get_next_sibling (child))
    if (gtk_widget_get_mapped (child))
      found = GTK_IS_POPOVER (child) ? child : find_popover (child);
  return found;
}

gboolean
crm_inside_has_popover (GtkWidget *top)
{
  return find_popover (top) != NULL;
}

static gboolean
has_popover (gpointer top)
{
  return crm_inside_has_popover (top);
}

GtkWidget *
crm_inside_await_popover (GtkWidget  *top,
                          const char *place)
{
  crm_inside_await (has_popover, top, place);
  return find_popover (top);
}

static gboolean
is_unmapped (gpointer widget)
{
  return !gtk_widget_get_mapped (widget);
}

void
crm_inside_close_popover (GtkWidget  *popover,
                          const char *place)
{
  GtkWidget *parent = gtk_widget_get_parent (popover);

  gtk_popover_popdown (GTK_POPOVER (popover));
  crm_inside_await (is_unmapped, popover, place);
  /* GTK moves the focus out of it a frame later */
  crm_inside_await_frames (parent, 2);
}

/* Windows */

static guint
count_windows (void)
{
  GListModel *windows = gtk_window_get_toplevels ();
  guint n = 0;
  guint i;

  for (i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWidget) window = g_list_model_get_item (windows, i);

      n += gtk_widget_get_mapped (window);
    }
  return n;
}

GtkWidget *
crm_inside_get_front (void)
{
  GListModel *windows = gtk_window_get_toplevels ();
  GtkWidget *front = NULL;
  guint i;

  for (i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWidget) window = g_list_model_get_item (windows, i);

      if (gtk_widget_get_mapped (window) && (front == NULL || CRM_IS_WINDOW (front)))
        front = window;
    }
  return front;
}

static gboolean
has_windows (gpointer n)
{
  return count_windows () == GPOINTER_TO_UINT (n);
}

typedef struct {
  GtkWidget  *top;
  const char *type;
} Sign;

static gboolean
has_sign (gpointer data)
{
  const Sign *sign = data;

  return crm_inside_find (sign->top, sign->type, NULL) != NULL;
}

GtkWidget *
crm_inside_await_sign (GtkWidget  *top,
                       const char *type)
{
  crm_inside_await (has_sign, &(Sign) { top, type }, type);
  return crm_inside_find (top, type, NULL);
}

GtkWidget *
crm_inside_await_dialog (const char *what)
{
  crm_inside_await (has_windows, GUINT_TO_POINTER (2), what);
  return crm_inside_get_front ();
}

void
crm_inside_close_dialog (GtkWidget *dialog)
{
  guint n = count_windows ();

  gtk_window_close (GTK_WINDOW (dialog));
  crm_inside_await (has_windows, GUINT_TO_POINTER (n - 1), "a dialog to close");
}

/* Running */

static CrmInsideScene current;

static gboolean
has_front (gpointer data)
{
  return crm_inside_get_front () != NULL;
}

static gboolean
run_scene (gpointer data)
{
  crm_inside_await (has_front, NULL, "a window");
  current (crm_inside_get_front (), data);
  g_application_quit (g_application_get_default ());
  return G_SOURCE_REMOVE;
}

void
crm_inside_run (CrmTest        *test,
                CrmInsideScene  scene)
{
  g_autoptr (GSettings) settings = g_settings_new ("com.example.Crm");

  g_settings_set_string (settings, "page", "clients");
  current = scene;
  g_idle_add (run_scene, test);
  g_assert_cmpint (crm_application_run_window (test->database, 1, (char *[]) { (char *) "crm", NULL }), ==, 0);
}

/* A screen */

static void
end_with_parent (gpointer data)
{
  prctl (PR_SET_PDEATHSIG, SIGKILL);
}

/* Returns: (nullable): %NULL: there is none. It ends with this program. */
static char *
start_screen (void)
{
  const char *command[] = { "Xvfb", "-displayfd", "1", "-screen", "0", "1600x1000x24", "-nolisten", "tcp", NULL };
  g_autoptr (GIOChannel) channel = NULL;
  g_autofree char *number = NULL;
  gsize end;
  int output;

  /* Reaped by us, or its parent would be another process, which ends at once */
  if (!g_spawn_async_with_pipes (NULL, (char **) command, NULL, G_SPAWN_SEARCH_PATH | G_SPAWN_DO_NOT_REAP_CHILD | G_SPAWN_STDERR_TO_DEV_NULL,
                                 end_with_parent, NULL, NULL, NULL, &output, NULL, NULL))
    return NULL;
  channel = g_io_channel_unix_new (output);
  if (g_io_channel_read_line (channel, &number, NULL, &end, NULL) != G_IO_STATUS_NORMAL)
    return NULL;
  return g_strdup_printf (":%.*s", (int) end, number);
}

/* Without animations a page has scrolled when the next key comes. */
static void
write_settings (CrmTest *home)
{
  g_autofree char *folder = crm_test_get_path (home, "gtk-4.0");
  g_autofree char *path = g_build_filename (folder, "settings.ini", NULL);

  g_assert_cmpint (g_mkdir (folder, 0700), ==, 0);
  crm_test_write (path, "[Settings]\ngtk-enable-animations=false\n", -1);
  g_setenv ("XDG_CONFIG_HOME", home->folder, TRUE);
}

int
crm_inside_main (int    argc,
                 char **argv,
                 void   (*add) (void))
{
  CrmTest home = { NULL };
  int status;

  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);
  if (!g_test_subprocess ())
    {
      g_autofree char *screen = start_screen ();

      if (screen == NULL)
        {
          g_print ("1..0 # SKIP no window without Xvfb\n");
          return 0;
        }
      g_setenv ("DISPLAY", screen, TRUE);
      g_setenv ("GDK_BACKEND", "x11", TRUE);
      g_setenv ("GTK_A11Y", "none", TRUE);
      g_setenv ("GSK_RENDERER", "cairo", TRUE);
      g_setenv ("DBUS_SESSION_BUS_ADDRESS", "disabled:", TRUE);
      g_setenv ("LC_ALL", "C.UTF-8", TRUE);
      crm_test_set_up (&home, NULL);
      write_settings (&home);
    }
  add ();
  status = g_test_run ();
  if (home.folder != NULL)
    crm_test_tear_down (&home, NULL);
  return status;
}
