/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crm-config.h"

#include "crm-list-look.h"

#include <glib/gi18n-lib.h>

#include "crm-due.h"
#include "crm-match.h"
#include "crm-time.h"

/* Each layout is a few hundred bytes; in the trash every row has words of its own */
#define MAX_LAYOUTS 256
#define STAR_SIZE 16

/* Fields of the second line, where an entity has them; the last gives way to the reason why a record was found */
static const char * const details[] = { "city", "firm", "role", "phone" };
#define N_DETAILS G_N_ELEMENTS (details)

struct _CrmListLook
{
  GObject       parent_instance;

  const CrmEntity *entity;
  guint         title;
  int           detail[N_DETAILS];
  int           kind;
  int           deleted;
  int           picture;
  int           next_step;
  int           next_due;

  char         *database; /* whose pictures they are; NULL: none are shown */
  GHashTable   *layouts; /* text → PangoLayout */
  GdkPaintable *star;
};

G_DEFINE_FINAL_TYPE (CrmListLook, crm_list_look, G_TYPE_OBJECT)

static void
crm_list_look_finalize (GObject *object)
{
  CrmListLook *self = CRM_LIST_LOOK (object);

  g_free (self->database);
  g_hash_table_unref (self->layouts);
  g_clear_object (&self->star);

  G_OBJECT_CLASS (crm_list_look_parent_class)->finalize (object);
}

static void
crm_list_look_class_init (CrmListLookClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = crm_list_look_finalize;
}

static void
crm_list_look_init (CrmListLook *self)
{
  self->layouts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);
}

CrmListLook *
crm_list_look_new (const CrmEntity *entity)
{
  CrmListLook *self;

  g_return_val_if_fail (entity != NULL, NULL);

  self = g_object_new (CRM_TYPE_LIST_LOOK, NULL);
  self->entity = entity;
  self->title = crm_entity_find_field (entity, entity->title);
  for (guint i = 0; i < N_DETAILS; i++)
    self->detail[i] = crm_entity_find_field (entity, details[i]);
  self->kind = crm_entity_find_field (entity, "kind");
  self->deleted = crm_entity_find_field (entity, "deleted");
  self->picture = crm_entity_find_field (entity, entity == &crm_client ? "logo" : "photo");
  self->next_step = crm_entity_find_field (entity, "next_step");
  self->next_due = crm_entity_find_field (entity, "next_due");
  return self;
}

const CrmEntity *
crm_list_look_get_entity (CrmListLook *self)
{
  g_return_val_if_fail (CRM_IS_LIST_LOOK (self), NULL);

  return self->entity;
}

/* Field of a name the entity may not have */
static const char *
get_text (const CrmValues *values,
          int              field)
{
  return field < 0 ? NULL : crm_values_get_text (values, field);
}

const char *
crm_list_look_get_title (CrmListLook     *self,
                         const CrmValues *values)
{
  const char *title;

  g_return_val_if_fail (CRM_IS_LIST_LOOK (self), NULL);

  title = crm_values_get_text (values, self->title);
  return title != NULL ? title : "";
}

char *
crm_list_look_dup_detail (CrmListLook        *self,
                          const CrmValues    *values,
                          const char * const *words)
{
  const char *shown[N_DETAILS + 1] = { NULL };
  const char *parts[N_DETAILS + 1];
  guint n_parts = 0;
  g_autofree char *elsewhere = NULL;

  g_return_val_if_fail (CRM_IS_LIST_LOOK (self), NULL);
  g_return_val_if_fail (values != NULL, NULL);

  shown[0] = crm_list_look_get_title (self, values);
  for (guint i = 0; i < N_DETAILS; i++)
    shown[i + 1] = get_text (values, self->detail[i]);
  elsewhere = crm_match_find_elsewhere (values, words, shown, G_N_ELEMENTS (shown));

  for (guint i = 1; i < N_DETAILS; i++)
    if (shown[i] != NULL)
      parts[n_parts++] = shown[i];
  if (elsewhere != NULL)
    parts[n_parts++] = elsewhere;
  else if (shown[N_DETAILS] != NULL)
    parts[n_parts++] = shown[N_DETAILS];
  parts[n_parts] = NULL;
  return g_strjoinv (" · ", (char **) parts);
}

void
crm_list_look_show_pictures (CrmListLook *self,
                             const char  *database)
{
  g_return_if_fail (CRM_IS_LIST_LOOK (self));

  g_free (self->database);
  self->database = g_strdup (database);
}

const char *
crm_list_look_get_database (CrmListLook *self)
{
  g_return_val_if_fail (CRM_IS_LIST_LOOK (self), NULL);

  return self->database;
}

const char *
crm_list_look_get_picture (CrmListLook     *self,
                           const CrmValues *values)
{
  g_return_val_if_fail (CRM_IS_LIST_LOOK (self), NULL);
  g_return_val_if_fail (values != NULL, NULL);

  return self->database == NULL ? NULL : get_text (values, self->picture);
}

char *
crm_list_look_dup_note (CrmListLook     *self,
                        const CrmValues *values)
{
  const char *kind;

  g_return_val_if_fail (CRM_IS_LIST_LOOK (self), NULL);
  g_return_val_if_fail (values != NULL, NULL);

  if (self->deleted >= 0 && !crm_values_is_null (values, self->deleted))
    return crm_time_format (crm_values_get_integer (values, self->deleted));

  if (get_text (values, self->next_step) != NULL)
    {
      g_autoptr (GDateTime) now = g_date_time_new_now_local ();
      const char *due = get_text (values, self->next_due);

      return due != NULL ? crm_due_format (due, NULL, now) : g_strdup (get_text (values, self->next_step));
    }
  /* A star stands for the key client, and a client is what all are meant to be */
  kind = get_text (values, self->kind);
  if (kind == NULL)
    return NULL;
  if (g_str_equal (kind, "client") || g_str_equal (kind, "key_client"))
    return self->next_step >= 0 ? g_strdup (_("No next step")) : NULL;
  return g_strdup (crm_field_get_choice_label (&self->entity->fields[self->kind], kind));
}

gboolean
crm_list_look_is_late (CrmListLook     *self,
                       const CrmValues *values)
{
  g_autoptr (GDateTime) now = NULL;
  const char *due;

  g_return_val_if_fail (CRM_IS_LIST_LOOK (self), FALSE);
  g_return_val_if_fail (values != NULL, FALSE);

  due = get_text (values, self->next_due);
  if (due == NULL || (self->deleted >= 0 && !crm_values_is_null (values, self->deleted)))
    return FALSE;
  now = g_date_time_new_now_local ();
  return crm_due_is_late (due, NULL, now);
}

gboolean
crm_list_look_is_starred (CrmListLook     *self,
                          const CrmValues *values)
{
  g_return_val_if_fail (CRM_IS_LIST_LOOK (self), FALSE);
  g_return_val_if_fail (values != NULL, FALSE);

  return g_strcmp0 (get_text (values, self->kind), "key_client") == 0;
}

PangoLayout *
crm_list_look_get_layout (CrmListLook *self,
                          GtkWidget   *widget,
                          const char  *text)
{
  PangoLayout *layout;

  g_return_val_if_fail (CRM_IS_LIST_LOOK (self), NULL);
  g_return_val_if_fail (text != NULL, NULL);

  layout = g_hash_table_lookup (self->layouts, text);
  if (layout == NULL)
    {
      g_autoptr (PangoAttrList) attributes = pango_attr_list_new ();

      if (g_hash_table_size (self->layouts) >= MAX_LAYOUTS)
        g_hash_table_remove_all (self->layouts);
      layout = gtk_widget_create_pango_layout (widget, text);
      pango_attr_list_insert (attributes, pango_attr_scale_new (0.85));
      pango_layout_set_attributes (layout, attributes);
      pango_layout_set_single_paragraph_mode (layout, TRUE);
      g_hash_table_insert (self->layouts, g_strdup (text), layout);
    }
  return layout;
}

GdkPaintable *
crm_list_look_get_star (CrmListLook *self,
                        GtkWidget   *widget)
{
  g_return_val_if_fail (CRM_IS_LIST_LOOK (self), NULL);

  if (self->star == NULL)
    {
      GtkIconTheme *theme = gtk_icon_theme_get_for_display (gtk_widget_get_display (widget));

      self->star = GDK_PAINTABLE (gtk_icon_theme_lookup_icon (theme, "starred-symbolic", NULL, STAR_SIZE,
                                                              gtk_widget_get_scale_factor (widget),
                                                              gtk_widget_get_direction (widget), 0));
    }
  return self->star;
}

void
crm_list_look_forget (CrmListLook *self)
{
  g_return_if_fail (CRM_IS_LIST_LOOK (self));

  g_hash_table_remove_all (self->layouts);
  g_clear_object (&self->star);
}
