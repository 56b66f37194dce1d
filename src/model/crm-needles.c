/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crm-needles.h"

#include <string.h>

#include "crm-fold.h"

#define LEAST_LETTERS 3

struct _CrmNeedles {
  GPtrArray *folded;
};

CrmNeedles *
crm_needles_new (void)
{
  CrmNeedles *self = g_new (CrmNeedles, 1);

  self->folded = g_ptr_array_new_with_free_func (g_free);
  return self;
}

void
crm_needles_free (CrmNeedles *self)
{
  g_ptr_array_unref (self->folded);
  g_free (self);
}

void
crm_needles_add (CrmNeedles   *self,
               const char *name)
{
  g_autofree char *folded = crm_fold (name);

  if (g_utf8_strlen (folded, -1) >= LEAST_LETTERS && !g_ptr_array_find_with_equal_func (self->folded, folded, g_str_equal, NULL))
    g_ptr_array_add (self->folded, g_steal_pointer (&folded));
}

GPtrArray *
crm_needles_get (const CrmNeedles *self)
{
  return self->folded;
}

static gboolean
occurs (const char *text,
        const char *folded)
{
  g_autoptr (GArray) spans = crm_fold_find_phrase (text, folded);

  return spans->len > 0;
}

gboolean
crm_needles_occur (const CrmNeedles *self,
                 const char     *text)
{
  for (guint i = 0; i < self->folded->len; i++)
    if (occurs (text, self->folded->pdata[i]))
      return TRUE;
  return FALSE;
}

gboolean
crm_needles_may_occur (const CrmNeedles *self,
                     const char     *text)
{
  g_autofree char *folded = crm_fold (text);

  for (guint i = 0; i < self->folded->len; i++)
    if (strstr (folded, self->folded->pdata[i]) != NULL)
      return TRUE;
  return FALSE;
}

gboolean
crm_needles_is_sure (const CrmNeedles *self,
                   const char     *text)
{
  for (guint i = 0; i < self->folded->len; i++)
    if (strchr (self->folded->pdata[i], ' ') != NULL && occurs (text, self->folded->pdata[i]))
      return TRUE;
  return FALSE;
}

/* (transfer full): NULL: it is not there */
static char *
replace_one (const char *text,
             const char *folded)
{
  g_autoptr (GArray) spans = crm_fold_find_phrase (text, folded);
  GString *replaced;
  guint done = 0;

  if (spans->len == 0)
    return NULL;
  replaced = g_string_new (NULL);
  for (guint i = 0; i < spans->len; i++)
    {
      const CrmSpan *span = &g_array_index (spans, CrmSpan, i);

      g_string_append_len (replaced, text + done, (gssize) (span->start - done));
      g_string_append (replaced, CRM_ERASED);
      done = span->end;
    }
  g_string_append (replaced, text + done);
  return g_string_free (replaced, FALSE);
}

char *
crm_needles_replace (const CrmNeedles *self,
                   const char     *text)
{
  char *replaced = NULL;

  for (guint i = 0; i < self->folded->len; i++)
    {
      char *next = replace_one (replaced != NULL ? replaced : text, self->folded->pdata[i]);

      if (next == NULL)
        continue;
      g_free (replaced);
      replaced = next;
    }
  return replaced;
}
