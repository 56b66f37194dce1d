/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crm-config.h"

#include <string.h>

#include "crm-client.h"
#include "crm-error.h"
#include "crm-import.h"
#include "crm-tag.h"
#include "crm-test-store.h"

/*
 * Whatever is done, in whatever order: each undo brings back exactly what was before its step, each redo what was behind it,
 * down to nothing and up again; what lists show of children is what the children say, and search finds what there is.
 */

#define N_EDITS 1000
/* Edits between looks at the search index and closings of the file */
#define N_CHECK 100
#define N_REOPEN 140

static const char * const log_tables[] = { "step", "history", "setting", NULL };

static const char * const names[] = {
  "Ağaoğlu Gıda A.Ş.", "Işık Matbaa", "ISIK matbaa", "Öz-İpek Tekstil", "Weiß & Söhne GmbH", "Łódź Cable", "ab", "Çelik 3000",
  "Nováková, Dvořák a syn", "İĞNE İPLİK", "O'Neill Ltd", "100% <b>Yün</b>", "\"Tırnak\" \\ A.Ş.", "Дельта",
};
static const char * const tag_names[] = { "VIP", "Fuar", "İhracat", "ışık", "zor müşteri", "Yeni" };
static const char * const segment_names[] = { "Perakende", "Toptan", "İhracat", "Kamu" };

static const struct {
  const char *field;
  const char *values[6];
} changes_of_clients[] = {
  { "name", { "Ağaoğlu Gıda A.Ş.", "Işık Matbaa", "Öz-İpek Tekstil", "Weiß & Söhne GmbH", "b", "İĞNE İPLİK" } },
  { "kind", { "prospect", "client", "former", "partner", "prospect", "key_client" } },
  { "segment", { "Perakende", "Toptan", "", "Kamu", "", "İhracat" } },
  { "grade", { "A", "B", "C", "", "", "A" } },
  { "tags", { "VIP", "VIP, Fuar", "", "ışık", "Fuar, vip", "İhracat, Yeni, VIP" } },
  { "phone", { "0212 555 01 42", "+49 30 901820", "", "0312 444 00 01", "", "0212 555 01 43" } },
  { "mobile", { "0532 111 22 33", "", "", "0505 000 11 22", "", "" } },
  { "fax", { "0212 555 01 99", "", "", "", "", "" } },
  { "email", { "a@ornek.example", "b@ornek.example", "", "siparis@isik.example", "", "c@ornek.example" } },
  { "city", { "İstanbul", "Ankara", "", "Łódź", "", "Iğdır" } },
  { "street", { "Atatürk Cad. 5", "", "", "Hauptstr. 1", "", "" } },
  { "country", { "Türkiye", "", "", "Polska", "", "" } },
  { "notes", { "Bir satır\nbir daha", "", "“tırnak”; noktalı", "", "çok uzun bir not", "x" } },
  { "credit_limit", { "1250.50", "", "0", "99999999", "", "1" } },
  { "payment_days", { "30", "", "60", "", "0", "" } },
  { "supplier", { "yes", "no", "", "yes", "", "" } },
};

typedef struct {
  CrmTest   *test;
  CrmStore  *store;
  GRand     *rand;
  GPtrArray *states; /* checksums of what the database held: of the empty one, then behind each step in force or undone */
  guint      at;     /* which of the states is there now */
} World;

static guint
draw (World *world,
      guint  n)
{
  return (guint) g_rand_int_range (world->rand, 0, (gint32) n);
}

static void
close_store (World *world)
{
  crm_store_close (world->store);
  g_clear_object (&world->store);
}

static char *
take_state (World *world)
{
  g_autofree char *dump = crm_test_dump (world->test->database, log_tables);

  return g_compute_checksum_for_string (G_CHECKSUM_SHA256, dump, -1);
}

static void
assert_state (World      *world,
              const char *doing)
{
  g_autofree char *state = take_state (world);
  g_autofree char *label = g_strdup_printf ("%s: step %u", doing, world->at);

  if (strcmp (state, g_ptr_array_index (world->states, world->at)) != 0)
    {
      g_autofree char *dump = crm_test_dump (world->test->database, log_tables);

      g_test_message ("%s", dump);
      g_error ("%s: something else is there than was before", label);
    }
}

static gint64
count (World      *world,
       const char *sql)
{
  g_autofree char *text = crm_test_query (world->test->database, sql);

  return g_ascii_strtoll (text, NULL, 10);
}

/* The id of any record that @sql selects, or 0. */
static gint64
pick (World      *world,
      const char *sql)
{
  g_autofree char *text = crm_test_query (world->test->database, sql);
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  guint n = g_strv_length (lines);

  return n == 0 ? 0 : g_ascii_strtoll (lines[draw (world, n - 1)], NULL, 10);
}

/* What lists show of the children is what the children say. */
static void
assert_whole (World *world)
{
  static const char wrong[] =
    "SELECT count (*) FROM client c WHERE"
    " c.city IS NOT (SELECT city FROM address WHERE client = c.id ORDER BY main DESC, id LIMIT 1)"
    " OR c.email IS NOT (SELECT value FROM contact_point WHERE client = c.id AND kind = 'email' ORDER BY main DESC, id LIMIT 1)"
    " OR c.phone IS NOT (SELECT value FROM contact_point WHERE client = c.id AND kind IN ('phone', 'mobile')"
    " ORDER BY main DESC, kind <> 'phone', id LIMIT 1)"
    " OR c.tags IS NOT (SELECT group_concat (name, ', ') FROM (SELECT t.name FROM client_tag x JOIN tag t ON t.id = x.tag"
    " WHERE x.client = c.id ORDER BY x.id))";
  g_autofree char *integrity = crm_test_query (world->test->database, "PRAGMA integrity_check");
  g_autofree char *dangling = crm_test_query (world->test->database, "PRAGMA foreign_key_check");

  crm_test_assert_search (world->store);
  g_assert_cmpint (count (world, wrong), ==, 0);
  g_assert_cmpstr (integrity, ==, "ok\n");
  g_assert_cmpstr (dangling, ==, "");
}

/* Edits: each is one step, or none if it finds nothing to do or is refused. */

static void
save (World     *world,
      CrmValues *values)
{
  g_autoptr (GError) error = NULL;

  if (crm_store_save (world->store, values, &error) == 0)
    g_assert_error (error, CRM_ERROR, CRM_ERROR_INVALID);
}

static void
set (CrmValues  *values,
     const char *field,
     const char *text)
{
  g_autoptr (GError) error = NULL;

  crm_values_parse_named (values, field, text, &error);
  g_assert_no_error (error);
}

static void
set_random_fields (World     *world,
                   CrmValues *values,
                   guint      n)
{
  for (guint i = 0; i < n; i++)
    {
      guint field = draw (world, G_N_ELEMENTS (changes_of_clients));

      set (values, changes_of_clients[field].field, changes_of_clients[field].values[draw (world, 6)]);
    }
}

static void
add_client (World *world)
{
  g_autoptr (CrmValues) values = crm_values_new (&crm_client, 0);

  set_random_fields (world, values, draw (world, 6));
  set (values, "name", names[draw (world, G_N_ELEMENTS (names))]);
  save (world, values);
}

static void
edit_client (World *world)
{
  gint64 id = pick (world, "SELECT id FROM client WHERE deleted IS NULL");
  g_autoptr (CrmValues) values = crm_values_new (&crm_client, id);

  if (id == 0)
    return;
  set_random_fields (world, values, 1 + draw (world, 3));
  if (draw (world, 6) == 0)
    crm_values_set_reference (values, CRM_CLIENT_REFERRER, pick (world, "SELECT id FROM client"), NULL);
  save (world, values);
}

static void
change_child (World *world)
{
  static const char * const points[][2] = {
    { "phone", "0212 555 09 09" }, { "mobile", "0532 900 00 00" }, { "email", "yeni@ornek.example" }, { "fax", "0212 555 09 08" },
    { "phone", "+90 312 000 00 00" }, { "email", "bir@ornek.example" }, { "chat", "@ornek" },
  };
  gboolean point = draw (world, 2) == 0;
  const CrmEntity *entity = point ? &crm_contact_point : &crm_address;
  const char * const *of = points[draw (world, G_N_ELEMENTS (points))];
  gint64 id = draw (world, 2) == 0 ? 0 : pick (world, point ? "SELECT id FROM contact_point" : "SELECT id FROM address");
  gint64 parent = pick (world, "SELECT id FROM client WHERE deleted IS NULL");
  g_autoptr (CrmValues) values = crm_values_new (entity, id);

  if (parent == 0)
    return;
  if (id == 0)
    crm_values_set_reference (values, crm_entity_get_parent_field (entity), parent, NULL);
  if (point)
    {
      set (values, "kind", of[0]);
      set (values, "value", of[1]);
    }
  else
    set (values, draw (world, 2) == 0 ? "city" : "street", changes_of_clients[9].values[draw (world, 2)]);
  if (draw (world, 2) == 0)
    set (values, "main", draw (world, 2) == 0 ? "yes" : "no");
  save (world, values);
}

static void
change_named (World *world)
{
  gboolean tag = draw (world, 2) == 0;
  const CrmEntity *entity = tag ? &crm_tag : &crm_segment;
  gint64 id = draw (world, 2) == 0 ? 0 : pick (world, tag ? "SELECT id FROM tag WHERE deleted IS NULL"
                                                          : "SELECT id FROM segment WHERE deleted IS NULL");
  g_autoptr (CrmValues) values = crm_values_new (entity, id);

  set (values, "name", tag ? tag_names[draw (world, G_N_ELEMENTS (tag_names))] : segment_names[draw (world, G_N_ELEMENTS (segment_names))]);
  save (world, values);
}

static void
delete_any (World *world)
{
  static const struct {
    const CrmEntity *entity;
    const char      *sql;
  } kinds[] = {
    { &crm_client, "SELECT id FROM client WHERE deleted IS NULL" },
    { &crm_client, "SELECT id FROM client WHERE deleted IS NULL" },
    { &crm_contact_point, "SELECT id FROM contact_point" },
    { &crm_address, "SELECT id FROM address" },
    { &crm_tag, "SELECT id FROM tag WHERE deleted IS NULL" },
    { &crm_segment, "SELECT id FROM segment WHERE deleted IS NULL" },
  };
  guint kind = draw (world, G_N_ELEMENTS (kinds));
  gint64 id = pick (world, kinds[kind].sql);
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));

  if (id == 0)
    return;
  g_array_append_val (ids, id);
  crm_store_delete_async (world->store, kinds[kind].entity, ids, NULL, NULL, NULL);
  /* A job of the same thread, behind it */
  crm_test_assert_search (world->store);
  while (g_main_context_iteration (NULL, FALSE))
    continue;
}

typedef struct {
  World           *world;
  const CrmEntity *entity;
  GArray          *ids;
  guint            what;
} Bulk;

static gboolean
run_one (Bulk       *bulk,
         CrmWriter  *writer,
         gint64      id,
         GError    **error)
{
  g_autoptr (CrmValues) values = crm_values_new (bulk->entity, id);
  const char *tag = tag_names[bulk->what % G_N_ELEMENTS (tag_names)];

  switch (bulk->what % 7)
    {
    case 0:
      return crm_writer_add_tag (writer, id, tag, error);
    case 1:
      return crm_writer_remove_tag (writer, id, tag, error);
    case 2:
      return crm_writer_delete (writer, bulk->entity, id, error);
    case 3:
      return crm_writer_restore (writer, bulk->entity, id, error);
    case 4:
      return crm_writer_purge (writer, bulk->entity, id, error);
    default:
      set_random_fields (bulk->world, values, 2);
      return crm_writer_update (writer, values, error);
    }
}

static gboolean
run_bulk (CrmWriter     *writer,
          gpointer       data,
          GCancellable  *cancellable,
          GError       **error)
{
  Bulk *bulk = data;

  for (guint i = 0; i < bulk->ids->len; i++)
    if (!run_one (bulk, writer, g_array_index (bulk->ids, gint64, i), error))
      return FALSE;
  /* Whatever was done by a step that fails was not done. */
  if (bulk->what % 11 != 0)
    return TRUE;
  g_set_error_literal (error, CRM_ERROR, CRM_ERROR_INVALID, "Not this time.");
  return FALSE;
}

static void
change_many (World *world)
{
  static const CrmEntity * const roots[] = { &crm_tag, &crm_segment };
  Bulk bulk = { world, &crm_client, g_array_new (FALSE, FALSE, sizeof (gint64)), (guint) g_rand_int (world->rand) };
  gboolean trashed = bulk.what % 7 == 3 || bulk.what % 7 == 4;
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  g_autoptr (GError) error = NULL;

  if (trashed && draw (world, 3) == 0)
    bulk.entity = roots[draw (world, G_N_ELEMENTS (roots))];
  for (guint i = draw (world, 8); i < 8; i++)
    {
      g_autofree char *sql = g_strdup_printf ("SELECT id FROM %s WHERE deleted IS %s NULL", bulk.entity->name, trashed ? "NOT" : "");
      gint64 id = pick (world, sql);

      if (id != 0 && g_hash_table_add (seen, g_memdup2 (&id, sizeof id)))
        g_array_append_val (bulk.ids, id);
    }
  if (!crm_store_step (world->store, "Many", run_bulk, &bulk, NULL, &error))
    g_assert_error (error, CRM_ERROR, CRM_ERROR_INVALID);
  g_array_unref (bulk.ids);
}

static void
import (World *world)
{
  g_autoptr (GString) csv = g_string_new ("Name;City;Phone;E-mail;Tags;Notes;Segment\r\n");
  g_autofree char *path = crm_test_get_path (world->test, "rows.csv");
  g_autoptr (GError) error = NULL;
  g_autoptr (CrmImportOptions) options = NULL;
  CrmImportRun run = { 0 };

  for (guint i = draw (world, 12); i < 12; i++)
    g_string_append_printf (csv, "%s;%s;%s;%s;\"%s\";\"%s\";%s\r\n", names[draw (world, G_N_ELEMENTS (names))],
                            changes_of_clients[9].values[draw (world, 6)], changes_of_clients[5].values[draw (world, 6)],
                            changes_of_clients[8].values[draw (world, 6)], changes_of_clients[4].values[draw (world, 6)],
                            i % 4 == 0 ? "a\nb" : "", changes_of_clients[2].values[draw (world, 6)]);
  crm_test_write (path, csv->str, (gssize) csv->len);
  options = crm_import_options_new (path, &error);
  g_assert_no_error (error);
  run.options = options;
  crm_store_step (world->store, "Import", crm_import_run, &run, NULL, &error);
  g_assert_no_error (error);
  crm_import_result_free (run.result);
}

static void
edit (World *world)
{
  static void (*const edits[]) (World *world) = {
    add_client, add_client, add_client, edit_client, edit_client, edit_client, edit_client, change_child, change_child, change_named,
    delete_any, change_many, change_many, import,
  };
  gint64 before = count (world, "SELECT max (id) FROM step");
  gint64 behind;

  edits[draw (world, G_N_ELEMENTS (edits))] (world);
  behind = count (world, "SELECT max (id) FROM step");
  if (behind != before)
    {
      g_assert_cmpint (behind, ==, before + 1);
      g_ptr_array_set_size (world->states, (gint) ++world->at);
      g_ptr_array_add (world->states, take_state (world));
    }
  assert_state (world, "edit");
}

/* %FALSE: there is nothing to undo or redo, as there should not be. */
static gboolean
go (World    *world,
    gboolean  redo)
{
  gboolean end = redo ? world->at + 1 == world->states->len : world->at == 0;
  g_autoptr (GError) error = NULL;
  g_autofree char *label = crm_store_undo (world->store, redo, &error);

  if (end)
    g_assert_error (error, CRM_ERROR, CRM_ERROR_NOT_FOUND);
  else
    {
      g_assert_no_error (error);
      world->at = redo ? world->at + 1 : world->at - 1;
    }
  assert_state (world, redo ? "redo" : "undo");
  return !end;
}

static void
go_all (World    *world,
        gboolean  redo)
{
  while (go (world, redo))
    continue;
  assert_whole (world);
}

static void
live (World *world)
{
  for (guint i = 1; i <= crm_test_rounds (N_EDITS); i++)
    {
      guint steps = draw (world, 12) == 0 ? 1 + draw (world, 5) : 0;

      if (steps > 0)
        {
          gboolean redo = draw (world, 3) == 0;

          while (steps-- > 0 && go (world, redo))
            continue;
        }
      else
        edit (world);
      if (i % N_CHECK == 0)
        assert_whole (world);
      if (i % N_REOPEN == 0)
        {
          close_store (world);
          world->store = crm_test_open_store (world->test);
          assert_state (world, "reopening");
        }
    }
}

static void
test_life (CrmTest       *test,
           gconstpointer  data,
           guint32        seed)
{
  World world = { .test = test, .rand = g_rand_new_with_seed (seed), .states = g_ptr_array_new_with_free_func (g_free) };

  g_test_message ("seed %u", seed);
  world.store = crm_test_open_store (test);
  g_ptr_array_add (world.states, take_state (&world));
  live (&world);
  assert_whole (&world);
  g_test_message ("%u steps; %d clients, %d of them in the trash; %d tags", world.states->len - 1, (int) count (&world, "SELECT count (*) FROM client"),
                  (int) count (&world, "SELECT count (deleted) FROM client"), (int) count (&world, "SELECT count (*) FROM client_tag"));
  go_all (&world, TRUE);
  go_all (&world, FALSE);
  go_all (&world, TRUE);
  close_store (&world);
  g_rand_free (world.rand);
  g_ptr_array_unref (world.states);
}

static void
test_fixed (CrmTest       *test,
            gconstpointer  data)
{
  test_life (test, data, 20240229);
}

static void
test_any (CrmTest       *test,
          gconstpointer  data)
{
  const char *given = g_getenv ("CRM_TEST_SEED");

  test_life (test, data, given != NULL ? (guint32) g_ascii_strtoull (given, NULL, 10) : (guint32) g_test_rand_int ());
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  crm_test_add ("/random/fixed", test_fixed);
  crm_test_add ("/random/any", test_any);
  return g_test_run ();
}
