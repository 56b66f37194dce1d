/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crm-config.h"

#include "crm-picture.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "crm-content.h"
#include "crm-error.h"
#include "crm-picture-head.h"

#define LONGEST_SIDE (8.0 * CRM_PICTURE_SIZE)
#define SLICE (64 * 1024)
/* 50 KB each */
#define MOST_KEPT 400

/* Decoding */

typedef struct {
  int width;
  int height;
  gboolean is_absurd;
} Measure;

/* Before anything is decoded: it is made as small as it is going to be shown, as far as its format can. */
static void
on_size_prepared (GdkPixbufLoader *loader,
                  int              width,
                  int              height,
                  Measure         *measure)
{
  /* Of a long strip the middle is shown, unsharp. */
  double scale = MIN ((double) CRM_PICTURE_SIZE / MAX (MIN (width, height), 1), LONGEST_SIDE / MAX (MAX (width, height), 1));

  *measure = (Measure) { width, height, (gint64) width * height > CRM_PICTURE_MAX_PIXELS || width < 1 || height < 1 };
  /* Any other size than none has it make room for all pixels first. */
  if (measure->is_absurd)
    gdk_pixbuf_loader_set_size (loader, 0, 0);
  else
    gdk_pixbuf_loader_set_size (loader, MAX ((int) (width * scale + 0.5), 1), MAX ((int) (height * scale + 0.5), 1));
}

static gboolean
fail_for_size (const char  *name,
               GError     **error)
{
  g_set_error (error, CRM_ERROR, CRM_ERROR_INVALID, _("“%s” is too large for a picture on a card: at most 20 MB and 50 megapixels can be shown."), name);
  return FALSE;
}

static gboolean
fail_for_content (const char  *name,
                  GError     **error)
{
  g_set_error (error, CRM_ERROR, CRM_ERROR_INVALID, _("“%s” is no picture that can be shown."), name);
  return FALSE;
}

/* Of that one the size is not told before room is made for it. */
static gboolean
is_xpm (const guchar *head,
        gssize        size)
{
  static const char mark[] = "/* XPM */";

  return size >= (gssize) strlen (mark) && memcmp (head, mark, strlen (mark)) == 0;
}

static gboolean
feed (GdkPixbufLoader  *loader,
      GInputStream     *stream,
      const char       *name,
      const Measure    *measure,
      GCancellable     *cancellable,
      GError          **error)
{
  g_autofree guchar *slice = g_malloc (SLICE);
  gint64 total = 0;
  gssize n;

  while ((n = g_input_stream_read (stream, slice, SLICE, cancellable, error)) > 0)
    {
      if (total == 0 && is_xpm (slice, n))
        return fail_for_content (name, error);
      total += n;
      if (total > CRM_PICTURE_MAX_BYTES)
        return fail_for_size (name, error);
      if (!gdk_pixbuf_loader_write (loader, slice, (gsize) n, NULL))
        return measure->is_absurd ? fail_for_size (name, error) : fail_for_content (name, error);
      if (measure->is_absurd)
        return fail_for_size (name, error);
    }
  return n == 0;
}

/* Of what is upright, the middle */
static GdkTexture *
cut (GdkPixbuf *pixbuf)
{
  g_autoptr (GdkPixbuf) upright = gdk_pixbuf_apply_embedded_orientation (pixbuf);
  int width = gdk_pixbuf_get_width (upright);
  int height = gdk_pixbuf_get_height (upright);
  int side = MIN (width, height);
  g_autoptr (GdkPixbuf) square = gdk_pixbuf_new_subpixbuf (upright, (width - side) / 2, (height - side) / 2, side, side);
  g_autoptr (GdkPixbuf) small = gdk_pixbuf_scale_simple (square, CRM_PICTURE_SIZE, CRM_PICTURE_SIZE, GDK_INTERP_BILINEAR);

  return gdk_texture_new_for_pixbuf (small);
}

GdkTexture *
crm_picture_decode (GInputStream  *stream,
                    const char    *name,
                    GCancellable  *cancellable,
                    GError       **error)
{
  g_autoptr (GdkPixbufLoader) loader = gdk_pixbuf_loader_new ();
  Measure measure = { 0 };
  GdkPixbuf *pixbuf;
  gboolean ok;

  g_return_val_if_fail (G_IS_INPUT_STREAM (stream) && name != NULL, NULL);

  g_signal_connect (loader, "size-prepared", G_CALLBACK (on_size_prepared), &measure);
  ok = feed (loader, stream, name, &measure, cancellable, error);
  /* A small file is looked at only now. */
  if ((!gdk_pixbuf_loader_close (loader, NULL) || measure.is_absurd) && ok)
    ok = measure.is_absurd ? fail_for_size (name, error) : fail_for_content (name, error);
  if (!ok)
    return NULL;
  pixbuf = gdk_pixbuf_loader_get_pixbuf (loader);
  if (pixbuf != NULL)
    return cut (pixbuf);
  fail_for_content (name, error);
  return NULL;
}

/* Files */

static void
run_check (GTask        *task,
           gpointer      source,
           gpointer      data,
           GCancellable *cancellable)
{
  GError *error = NULL;
  g_autofree char *path = g_file_get_parse_name (data);
  g_autofree char *name = g_filename_display_basename (path);
  g_autoptr (GFileInputStream) stream = g_file_read (data, cancellable, &error);
  g_autoptr (GdkTexture) picture = stream == NULL ? NULL : crm_picture_decode (G_INPUT_STREAM (stream), name, cancellable, &error);

  if (picture != NULL)
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

void
crm_picture_check_async (GFile               *file,
                         GCancellable        *cancellable,
                         GAsyncReadyCallback  callback,
                         gpointer             user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (G_IS_FILE (file));

  task = g_task_new (NULL, cancellable, callback, user_data);
  g_task_set_source_tag (task, crm_picture_check_async);
  g_task_set_task_data (task, g_object_ref (file), g_object_unref);
  g_task_run_in_thread (task, run_check);
}

gboolean
crm_picture_check_finish (GAsyncResult  *result,
                          GError       **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, crm_picture_check_async), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/* Pictures of documents. What a hash stands for never changes; one that cannot be shown is not tried again. */

static GHashTable *kept; /* hash → GdkTexture, or NULL: cannot be shown */

GdkTexture *
crm_picture_find (const char *hash)
{
  g_return_val_if_fail (hash != NULL, NULL);

  return kept == NULL ? NULL : g_hash_table_lookup (kept, hash);
}

static void
unref_picture (gpointer picture)
{
  g_clear_object (&picture);
}

static void
keep (const char *hash,
      GdkTexture *picture)
{
  if (kept == NULL)
    kept = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, unref_picture);
  if (g_hash_table_size (kept) >= MOST_KEPT)
    g_hash_table_remove_all (kept);
  g_hash_table_insert (kept, g_strdup (hash), picture == NULL ? NULL : g_object_ref (picture));
}

typedef struct {
  char *hash;
  char *path;
} Load;

static void
load_free (Load *load)
{
  g_free (load->hash);
  g_free (load->path);
  g_free (load);
}

static void
run_load (GTask        *task,
          gpointer      source,
          gpointer      data,
          GCancellable *cancellable)
{
  const Load *load = data;
  GError *error = NULL;
  g_autoptr (GFile) file = g_file_new_for_path (load->path);
  g_autoptr (GFileInputStream) stream = g_file_read (file, cancellable, &error);
  GdkTexture *picture = stream == NULL ? NULL : crm_picture_decode (G_INPUT_STREAM (stream), load->path, cancellable, &error);

  if (picture != NULL)
    g_task_return_pointer (task, picture, g_object_unref);
  else
    g_task_return_error (task, error);
}

void
crm_picture_load_async (const char          *database,
                        const char          *hash,
                        GCancellable        *cancellable,
                        GAsyncReadyCallback  callback,
                        gpointer             user_data)
{
  g_autoptr (GTask) task = NULL;
  Load *load = NULL;
  char *path = NULL;

  g_return_if_fail (database != NULL && hash != NULL);

  task = g_task_new (NULL, cancellable, callback, user_data);
  g_task_set_source_tag (task, crm_picture_load_async);
  path = crm_content_get_path (database, hash);
  if (path == NULL || (kept != NULL && g_hash_table_contains (kept, hash) && crm_picture_find (hash) == NULL))
    {
      g_task_return_new_error (task, CRM_ERROR, CRM_ERROR_INVALID, "%s", hash);
      g_free (path);
      return;
    }
  load = g_new (Load, 1);
  *load = (Load) { g_strdup (hash), path };
  g_task_set_task_data (task, load, (GDestroyNotify) load_free);
  if (crm_picture_find (hash) != NULL)
    g_task_return_pointer (task, g_object_ref (crm_picture_find (hash)), g_object_unref);
  else
    g_task_run_in_thread (task, run_load);
}

GdkTexture *
crm_picture_load_finish (GAsyncResult  *result,
                         GError       **error)
{
  const Load *load = g_task_get_task_data (G_TASK (result));
  GError *failure = NULL;
  GdkTexture *picture = g_task_propagate_pointer (G_TASK (result), &failure);

  if (load != NULL && crm_picture_find (load->hash) == NULL && (picture != NULL || g_error_matches (failure, CRM_ERROR, CRM_ERROR_INVALID)))
    keep (load->hash, picture);
  if (failure != NULL)
    g_propagate_error (error, failure);
  return picture;
}

/* Avatars */

#define HASH_KEY "crm-picture"

static void
on_loaded_for_avatar (GObject      *source,
                      GAsyncResult *result,
                      gpointer      data)
{
  g_autoptr (AdwAvatar) avatar = data;
  const Load *load = g_task_get_task_data (G_TASK (result));
  g_autofree char *hash = load == NULL ? NULL : g_strdup (load->hash);
  g_autoptr (GdkTexture) picture = crm_picture_load_finish (result, NULL);

  /* It may show another by now. */
  if (picture != NULL && g_strcmp0 (hash, g_object_get_data (G_OBJECT (avatar), HASH_KEY)) == 0)
    adw_avatar_set_custom_image (avatar, GDK_PAINTABLE (picture));
}

void
crm_picture_show (AdwAvatar  *avatar,
                  const char *database,
                  const char *hash)
{
  GdkTexture *picture = NULL;

  g_return_if_fail (ADW_IS_AVATAR (avatar) && database != NULL);

  if (g_strcmp0 (hash, g_object_get_data (G_OBJECT (avatar), HASH_KEY)) == 0)
    return;
  g_object_set_data_full (G_OBJECT (avatar), HASH_KEY, g_strdup (hash), g_free);
  picture = hash == NULL ? NULL : crm_picture_find (hash);
  adw_avatar_set_custom_image (avatar, (GdkPaintable *) picture);
  if (hash != NULL && picture == NULL)
    crm_picture_load_async (database, hash, NULL, on_loaded_for_avatar, g_object_ref (avatar));
}
