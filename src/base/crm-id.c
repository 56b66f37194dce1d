/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crm-id.h"

#include <sys/random.h>

#define ID_BITS 53
#define ID_MAX ((G_GINT64_CONSTANT (1) << ID_BITS) - 1)

G_LOCK_DEFINE_STATIC (last_id);
static gint64 last_id = 0;

/* Two laptops must not draw alike, so the kernel's randomness is asked first; GLib's generator is seeded with only 128 bits. */
static gint64
draw_base (void)
{
  guint64 base;

  if (getrandom (&base, sizeof base, 0) != (gssize) sizeof base)
    base = ((guint64) g_random_int () << 32) | g_random_int ();

  return (gint64) (base & ID_MAX);
}

gint64
crm_id_new (void)
{
  gint64 id;

  G_LOCK (last_id);
  while (last_id <= 0 || last_id >= ID_MAX)
    last_id = draw_base ();
  id = ++last_id;
  G_UNLOCK (last_id);

  return id;
}

void
crm_id_redraw (void)
{
  G_LOCK (last_id);
  last_id = draw_base ();
  G_UNLOCK (last_id);
}

gboolean
crm_id_parse (const char *text,
              gint64     *id)
{
  guint64 value;

  g_return_val_if_fail (id != NULL, FALSE);

  /* One id has one spelling: no sign, no space, no leading zero. */
  if (text == NULL || *text < '1' || *text > '9' ||
      !g_ascii_string_to_unsigned (text, 10, 1, ID_MAX, &value, NULL))
    return FALSE;

  *id = (gint64) value;
  return TRUE;
}
