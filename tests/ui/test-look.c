/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How the window looks where that can be told without a picture. */
#include "crm-config.h"

#include "crm-client.h"
#include "crm-inside.h"
#include "crm-test-store.h"
#include "crm-window.h"

#define SHORT "ali@ege.example"
#define LONG "satinalma.ve.tedarik.zinciri.mudurlugu@ege-uluslararasi-gida-sanayi-ve-ticaret.example"

static gint64 client;

static void
add_client (CrmTest    *test,
            const char *email)
{
  g_autoptr (CrmStore) store = crm_test_open_store (test);

  client = crm_test_save (store, &crm_client, 0, "name", "Ege Zeytin", "city", "İzmir", "email", email, NULL);
  crm_store_close (store);
}

static GtkWidget *
find_styled (GtkWidget  *top,
             const char *type,
             const char *style)
{
  GtkWidget *found = NULL;

  while ((found = crm_inside_find (top, type, found)) != NULL && !gtk_widget_has_css_class (found, style))
    ;
  return found;
}

static double
get_alpha (GtkWidget *widget)
{
  GdkRGBA color;

  gtk_style_context_get_color (gtk_widget_get_style_context (widget), &color);
  return (double) color.alpha;
}

static void
show_list (GtkWidget *window,
           CrmTest   *test)
{
  GtkWidget *row = crm_inside_await_sign (window, "CrmListRow");

  if (g_getenv ("ADW_DEBUG_HIGH_CONTRAST") != NULL)
    g_assert_cmpfloat (get_alpha (find_styled (row, NULL, "subtitle")), >, 0.7);
  else
    g_assert_cmpfloat (get_alpha (find_styled (row, NULL, "subtitle")), <, 0.6);
}

static void
test_subtitle (CrmTest       *test,
               gconstpointer  data)
{
  add_client (test, SHORT);
  crm_inside_run (test, show_list);
}

static void
test_high_contrast (CrmTest       *test,
                    gconstpointer  data)
{
  add_client (test, SHORT);
  g_setenv ("ADW_DEBUG_HIGH_CONTRAST", "1", TRUE);
  crm_inside_run (test, show_list);
}

/* A telephone's width, with whatever is on the card that does not show yet */
static void
show_narrow (GtkWidget *window,
             CrmTest   *test)
{
  int minimum;

  crm_inside_await_sign (window, "CrmListRow");
  gtk_window_set_default_size (GTK_WINDOW (window), 360, 640);
  crm_inside_await_frames (window, 30);
  gtk_widget_measure (window, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL, NULL);
  g_assert_cmpint (minimum, <=, 360);
}

static void
test_narrow (CrmTest       *test,
             gconstpointer  data)
{
  add_client (test, SHORT);
  crm_inside_run (test, show_narrow);
}

static GtkWidget *
open_row (GtkWidget *window)
{
  crm_window_open (CRM_WINDOW (window), &crm_client, client);
  crm_inside_await_sign (window, "CrmContactRow");
  crm_inside_await_frames (window, 3);
  return crm_inside_find (window, "CrmContactRow", NULL);
}

static void
show_short (GtkWidget *window,
            CrmTest   *test)
{
  GtkWidget *row = open_row (window);

  g_assert_cmpfloat (gtk_widget_get_opacity (find_styled (row, "GtkLabel", "more")), <, 0.1);
  g_assert_null (gtk_widget_get_tooltip_text (crm_inside_find (row, "GtkText", NULL)));
}

/* Written in, it has no "…", and left, it shows its beginning again */
static void
show_long (GtkWidget *window,
           CrmTest   *test)
{
  GtkWidget *row = open_row (window);
  GtkWidget *text = crm_inside_find (row, "GtkText", NULL);
  GtkWidget *more = find_styled (row, "GtkLabel", "more");

  g_assert_cmpfloat (gtk_widget_get_opacity (more), >, 0.9);
  g_assert_cmpstr (gtk_widget_get_tooltip_text (text), ==, LONG);

  gtk_widget_grab_focus (text);
  gtk_editable_set_position (GTK_EDITABLE (text), -1);
  g_assert_cmpfloat (gtk_widget_get_opacity (more), <, 0.1);

  gtk_widget_grab_focus (crm_inside_find (window, "GtkSearchEntry", NULL));
  g_assert_cmpfloat (gtk_widget_get_opacity (more), >, 0.9);
  g_assert_cmpint (gtk_editable_get_position (GTK_EDITABLE (text)), ==, 0);
}

static void
test_short_email (CrmTest       *test,
                  gconstpointer  data)
{
  add_client (test, SHORT);
  crm_inside_run (test, show_short);
}

static void
test_long_email (CrmTest       *test,
                 gconstpointer  data)
{
  add_client (test, LONG);
  crm_inside_run (test, show_long);
}

static void
add_tests (void)
{
  crm_test_add_apart ("/look/subtitle", test_subtitle);
  crm_test_add_apart ("/look/high-contrast", test_high_contrast);
  crm_test_add_apart ("/look/narrow", test_narrow);
  crm_test_add_apart ("/look/short-email", test_short_email);
  crm_test_add_apart ("/look/long-email", test_long_email);
}

int
main (int    argc,
      char **argv)
{
  return crm_inside_main (argc, argv, add_tests);
}
