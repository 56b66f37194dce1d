/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <X11/XKBlib.h>
#include <X11/Xlib.h>
#include <X11/extensions/XTest.h>
#include <X11/extensions/Xdamage.h>
#include <errno.h>
#include <fcntl.h>
#include <glib.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

/*
 * stopwatch PROBE ACTION… -- PROGRAM ARGUMENT…
 *
 * Starts a program on the display, does what the actions say, one after the other, and ends it. What it drew is known from the X server
 * (XDamage), keys come from there (XTEST), and probe.c within the program tells of frames. Times are in ms, since the fork or the key.
 *   settle MS       waits until nothing was drawn for so long
 *   rows            waits until the first frame with rows
 *   press KEY       presses a key, as "ctrl+f"
 *   type TEXT       types it letter by letter, each after nothing was drawn for SETTLE_MS; "<" takes the last one back
 *   tell LINE       tells the probe and waits for its answer
 *   memory          notes the resident and the private written memory, in MiB
 * Printed are lines of words: "frame MS", "rows MS", "key LETTER FIRST LAST" (drawings), "memory RSS PRIVATE" and the probe's answers.
 */

#define SETTLE_MS 700
#define PATIENCE_MS 60000
#define MIN_WINDOW 200
/* So narrow and high is the mark at the edge of a list that fades a second after it has changed */
#define MARK_WIDTH 8
#define MARK_HEIGHT 40

typedef struct {
  Display *display;
  int      damage_event;
  Window   window;
  GPid     pid;
  int      socket;
  GString *told;       /* by the probe, of which no line has ended */
  double   start;
  double   first_drawn; /* since it was last cleared; -1: nothing */
  double   last_drawn;
  gboolean has_rows;
  char    *answer;
} Stopwatch;

static double
now (void)
{
  return (double) g_get_monotonic_time () / 1000;
}

static void G_GNUC_PRINTF (1, 2) G_GNUC_NORETURN
give_up (const char *format,
         ...)
{
  va_list arguments;

  va_start (arguments, format);
  vfprintf (stderr, format, arguments);
  va_end (arguments);
  fputc ('\n', stderr);
  exit (EXIT_FAILURE);
}

static int
ignore_error (Display     *display,
              XErrorEvent *event)
{
  return 0;
}

/* What happens */

static void
take_window (Stopwatch *self,
             Window     window)
{
  XWindowAttributes attributes;

  if (self->window != None || !XGetWindowAttributes (self->display, window, &attributes) || attributes.map_state == IsUnmapped ||
      attributes.width < MIN_WINDOW || attributes.height < MIN_WINDOW)
    return;
  self->window = window;
  XDamageCreate (self->display, window, XDamageReportRawRectangles);
  self->first_drawn = self->last_drawn = now ();
}

static void
take_damage (Stopwatch          *self,
             XDamageNotifyEvent *event)
{
  XDamageSubtract (self->display, event->damage, None, None);
  if (event->area.width <= MARK_WIDTH && event->area.height >= MARK_HEIGHT)
    return;
  self->last_drawn = now ();
  if (self->first_drawn < 0)
    self->first_drawn = self->last_drawn;
}

static void
take_events (Stopwatch *self)
{
  while (XPending (self->display))
    {
      XEvent event;

      XNextEvent (self->display, &event);
      if (event.type == MapNotify)
        take_window (self, event.xmap.window);
      else if (event.type == ConfigureNotify)
        take_window (self, event.xconfigure.window);
      else if (event.type == self->damage_event)
        take_damage (self, (XDamageNotifyEvent *) &event);
    }
}

static void
take_line (Stopwatch  *self,
           const char *line)
{
  if (g_str_has_prefix (line, "frame ") || g_str_has_prefix (line, "rows "))
    {
      const char *time = strchr (line, ' ');

      self->has_rows |= *line == 'r';
      printf ("%.*s %.1f\n", (int) (time - line), line, (double) g_ascii_strtoll (time, NULL, 10) / 1000 - self->start);
      return;
    }
  puts (line);
  g_free (self->answer);
  self->answer = g_strdup (line);
}

static void
take_told (Stopwatch *self)
{
  char buffer[4096];
  gssize n = read (self->socket, buffer, sizeof buffer);
  char *end;

  if (n == 0)
    give_up ("the program has ended");
  if (n > 0)
    g_string_append_len (self->told, buffer, n);
  while ((end = strchr (self->told->str, '\n')) != NULL)
    {
      *end = '\0';
      take_line (self, self->told->str);
      g_string_erase (self->told, 0, end - self->told->str + 1);
    }
}

static void
take_what_comes (Stopwatch *self)
{
  struct pollfd files[] = { { ConnectionNumber (self->display), POLLIN }, { self->socket, POLLIN } };

  XFlush (self->display);
  if (poll (files, G_N_ELEMENTS (files), 5) > 0 && files[1].revents != 0)
    take_told (self);
  take_events (self);
}

/* Actions */

static void
settle (Stopwatch *self,
        double     ms)
{
  double from = now ();

  while (now () - MAX (from, self->last_drawn) < ms)
    {
      take_what_comes (self);
      if (now () - from > PATIENCE_MS)
        give_up ("it does not settle");
    }
}

static void
wait_for_rows (Stopwatch *self)
{
  double from = now ();

  while (!self->has_rows)
    {
      take_what_comes (self);
      if (now () - from > PATIENCE_MS)
        give_up ("there are no rows");
    }
}

static void
send_key (Stopwatch *self,
          KeySym     symbol,
          gboolean   with_control)
{
  KeyCode control = XKeysymToKeycode (self->display, XStringToKeysym ("Control_L"));
  KeyCode key = XKeysymToKeycode (self->display, symbol);

  if (key == 0)
    give_up ("no key for %s", XKeysymToString (symbol));
  if (with_control)
    XTestFakeKeyEvent (self->display, control, True, CurrentTime);
  XTestFakeKeyEvent (self->display, key, True, CurrentTime);
  XTestFakeKeyEvent (self->display, key, False, CurrentTime);
  if (with_control)
    XTestFakeKeyEvent (self->display, control, False, CurrentTime);
  XFlush (self->display);
}

static void
press (Stopwatch  *self,
       const char *key)
{
  gboolean with_control = g_str_has_prefix (key, "ctrl+");
  KeySym symbol = XStringToKeysym (with_control ? key + strlen ("ctrl+") : key);

  if (symbol == NoSymbol)
    give_up ("no such key: %s", key);
  XSetInputFocus (self->display, self->window, RevertToParent, CurrentTime);
  XSync (self->display, False);
  settle (self, SETTLE_MS / 2);
  send_key (self, symbol, with_control);
  settle (self, SETTLE_MS);
}

static void
type_letter (Stopwatch *self,
             char       letter)
{
  char name[] = { letter, '\0' };
  KeySym symbol = letter == '<' ? XStringToKeysym ("BackSpace") : letter == ' ' ? XStringToKeysym ("space") : XStringToKeysym (name);
  double pressed;

  take_events (self);
  self->first_drawn = -1;
  pressed = now ();
  send_key (self, symbol, FALSE);
  while (self->first_drawn < 0)
    {
      take_what_comes (self);
      if (now () - pressed > PATIENCE_MS)
        give_up ("nothing was drawn after %c", letter);
    }
  settle (self, SETTLE_MS);
  printf ("key %c %.1f %.1f\n", letter, self->first_drawn - pressed, self->last_drawn - pressed);
}

static void
type (Stopwatch  *self,
      const char *text)
{
  XSetInputFocus (self->display, self->window, RevertToParent, CurrentTime);
  settle (self, SETTLE_MS);
  for (const char *letter = text; *letter != '\0'; letter++)
    type_letter (self, *letter);
}

static void
tell (Stopwatch  *self,
      const char *line)
{
  double from = now ();

  g_clear_pointer (&self->answer, g_free);
  if (write (self->socket, line, strlen (line)) < 0)
    give_up ("the probe: %s", g_strerror (errno));
  while (self->answer == NULL)
    {
      take_what_comes (self);
      if (now () - from > PATIENCE_MS)
        give_up ("the probe does not answer: %s", line);
    }
}

static double
read_memory (const char *text,
             const char *name)
{
  const char *line = strstr (text, name);

  return line == NULL ? 0 : (double) g_ascii_strtoll (line + strlen (name), NULL, 10) / 1024;
}

static void
note_memory (Stopwatch *self)
{
  g_autofree char *path = g_strdup_printf ("/proc/%d/smaps_rollup", (int) self->pid);
  g_autofree char *text = NULL;

  if (!g_file_get_contents (path, &text, NULL, NULL))
    give_up ("%s cannot be read", path);
  printf ("memory %.1f %.1f\n", read_memory (text, "\nRss:"), read_memory (text, "\nPrivate_Dirty:"));
}

static void
act (Stopwatch  *self,
     const char *action)
{
  if (g_str_has_prefix (action, "settle "))
    settle (self, g_ascii_strtod (action + 7, NULL));
  else if (g_str_equal (action, "rows"))
    wait_for_rows (self);
  else if (g_str_has_prefix (action, "press "))
    press (self, action + 6);
  else if (g_str_has_prefix (action, "type "))
    type (self, action + 5);
  else if (g_str_has_prefix (action, "tell "))
    tell (self, action + 5);
  else if (g_str_equal (action, "memory"))
    note_memory (self);
  else
    give_up ("no such action: %s", action);
}

/* The program */

static void
start (Stopwatch  *self,
       const char *probe,
       char      **command)
{
  int sockets[2];

  if (socketpair (AF_UNIX, SOCK_STREAM, 0, sockets) != 0)
    give_up ("socketpair: %s", g_strerror (errno));
  fcntl (sockets[0], F_SETFD, FD_CLOEXEC);
  self->socket = sockets[0];
  self->start = now ();
  self->pid = fork ();
  if (self->pid == 0)
    {
      char number[16];

      /* It goes with us, whatever ends us */
      prctl (PR_SET_PDEATHSIG, SIGKILL);
      g_snprintf (number, sizeof number, "%d", sockets[1]);
      setenv ("CRM_PROBE_SOCKET", number, 1);
      setenv ("LD_PRELOAD", probe, 1);
      execvp (command[0], command);
      fprintf (stderr, "%s: %s\n", command[0], g_strerror (errno));
      _exit (127);
    }
  close (sockets[1]);
}

static void
end (Stopwatch *self)
{
  kill (self->pid, SIGTERM);
  for (int i = 0; i < 40; i++)
    {
      if (waitpid (self->pid, NULL, WNOHANG) == self->pid)
        return;
      g_usleep (50000);
    }
  kill (self->pid, SIGKILL);
  waitpid (self->pid, NULL, 0);
}

static void
open_display (Stopwatch *self)
{
  int error_base;

  self->display = XOpenDisplay (NULL);
  if (self->display == NULL)
    give_up ("no display");
  XSetErrorHandler (ignore_error);
  fcntl (ConnectionNumber (self->display), F_SETFD, FD_CLOEXEC);
  if (!XDamageQueryExtension (self->display, &self->damage_event, &error_base))
    give_up ("the display has no XDamage");
  self->damage_event += XDamageNotify;
  XSelectInput (self->display, DefaultRootWindow (self->display), SubstructureNotifyMask);
  XSync (self->display, False);
}

int
main (int   argc,
      char *argv[])
{
  Stopwatch self = { .first_drawn = -1, .told = g_string_new (NULL) };
  int separator = 2;

  while (separator < argc && !g_str_equal (argv[separator], "--"))
    separator++;
  if (separator + 1 >= argc)
    give_up ("usage: stopwatch PROBE ACTION… -- PROGRAM ARGUMENT…");
  signal (SIGPIPE, SIG_IGN);
  setvbuf (stdout, NULL, _IOLBF, 0);
  open_display (&self);
  start (&self, argv[1], argv + separator + 1);
  while (self.window == None)
    {
      take_what_comes (&self);
      if (now () - self.start > PATIENCE_MS)
        give_up ("there is no window");
    }
  for (int i = 2; i < separator; i++)
    act (&self, argv[i]);
  end (&self);
  return EXIT_SUCCESS;
}
