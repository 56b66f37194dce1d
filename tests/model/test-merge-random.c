/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crm-config.h"

#include <string.h>

#include "crm-address.h"
#include "crm-client.h"
#include "crm-consent.h"
#include "crm-contact-point.h"
#include "crm-distinct.h"
#include "crm-document-store.h"
#include "crm-document.h"
#include "crm-interaction.h"
#include "crm-person.h"
#include "crm-position.h"
#include "crm-saved-view.h"
#include "crm-segment.h"
#include "crm-tag.h"
#include "crm-task.h"
#include "merge-checks.h"

/*
 * Whatever belongs or refers to two records: a thousand merges, with other steps between them, do as their previews say, and undo brings everything
 * back, at another time.
 */

#define N_MERGES 1000
#define FEW_CLIENTS 25

typedef struct {
  CrmTest   *test;
  CrmStore  *store;
  GRand     *rand;
  GPtrArray *states; /* checksums of what the base held, behind each step */
  guint      n_refused;
} World;

static guint
draw (World *world,
      guint  n)
{
  return (guint) g_rand_int_range (world->rand, 0, (gint32) n);
}

#define PICK(world, list) ((list)[draw ((world), G_N_ELEMENTS (list))])

static char *
take_state (World *world)
{
  g_autofree char *dump = crm_test_dump (world->test->database, merge_log_tables);

  return g_compute_checksum_for_string (G_CHECKSUM_SHA256, dump, -1);
}

/* The id of any record that @sql selects, or 0. */
static gint64
pick (World      *world,
      const char *sql)
{
  g_autofree char *text = crm_test_query (world->test->database, sql);
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  guint n = g_strv_length (lines);

  return n <= 1 ? 0 : g_ascii_strtoll (lines[draw (world, n - 1)], NULL, 10);
}

static gint64
pick_client (World *world)
{
  return pick (world, "SELECT id FROM client WHERE deleted IS NULL");
}

static gint64
insert (CrmWriter *writer,
        CrmValues *values)
{
  g_autoptr (GError) error = NULL;
  gint64 id = crm_writer_insert (writer, values, &error);

  g_assert_no_error (error);
  return id;
}

static void
add_point (World     *world,
           CrmWriter *writer,
           gint64     client)
{
  static const char * const points[][2] = {
    { "phone", "0212 555 01 42" }, { "phone", "+90 212 5550142" }, { "mobile", "0532 555 00 11" }, { "mobile", "+90 (532) 5550011" },
    { "phone", "0532 555 00 11" }, { "fax", "0212 555 01 42" }, { "email", "A@ornek.example" }, { "email", "a@ornek.example" },
    { "email", "b@ornek.example" }, { "chat", "@ornek" }, { "chat", "@Ornek" },
  };
  const char * const *point = PICK (world, points);
  g_autoptr (CrmValues) values = crm_values_new (&crm_contact_point, 0);

  crm_values_set_reference (values, crm_entity_get_parent_field (&crm_contact_point), client, NULL);
  crm_values_set_text (values, CRM_CONTACT_POINT_KIND, point[0]);
  crm_values_set_text (values, CRM_CONTACT_POINT_VALUE, point[1]);
  crm_values_set_text (values, CRM_CONTACT_POINT_LABEL, draw (world, 3) == 0 ? "Santral" : NULL);
  crm_values_set_integer (values, CRM_CONTACT_POINT_MAIN, draw (world, 2));
  insert (writer, values);
}

static void
add_address (World     *world,
             CrmWriter *writer,
             gint64     client)
{
  static const char * const streets[] = { NULL, "Liman Cad. 5", "LİMAN CAD. 5", "Gül Sok. 1" };
  static const char * const cities[] = { "İzmir", "izmir", "Bursa" };
  static const char * const kinds[] = { "office", "office", "delivery" };
  g_autoptr (CrmValues) values = crm_values_new (&crm_address, 0);

  crm_values_set_reference (values, CRM_ADDRESS_CLIENT, client, NULL);
  crm_values_set_text (values, CRM_ADDRESS_KIND, PICK (world, kinds));
  crm_values_set_text (values, CRM_ADDRESS_STREET, PICK (world, streets));
  crm_values_set_text (values, CRM_ADDRESS_CITY, PICK (world, cities));
  crm_values_set_text (values, CRM_ADDRESS_EXTRA, draw (world, 4) == 0 ? "{\"floor\":3}" : NULL);
  crm_values_set_integer (values, CRM_ADDRESS_MAIN, draw (world, 2));
  insert (writer, values);
}

static void
add_distinct (CrmWriter       *writer,
              const CrmEntity *entity,
              gint64           one,
              gint64           other)
{
  g_autoptr (CrmValues) values = crm_values_new (entity, 0);

  if (one == 0 || other == 0 || other == one)
    return;
  crm_values_set_reference (values, CRM_DISTINCT_ONE, one, NULL);
  crm_values_set_reference (values, CRM_DISTINCT_OTHER, other, NULL);
  insert (writer, values);
}

static void
add_person_point (World     *world,
                  CrmWriter *writer,
                  gint64     person)
{
  static const char * const points[][2] = {
    { "mobile", "0532 555 00 11" }, { "mobile", "+90 (532) 5550011" }, { "phone", "0212 555 01 42" }, { "email", "A@ornek.example" },
    { "email", "a@ornek.example" },
  };
  const char * const *point = PICK (world, points);
  g_autoptr (CrmValues) values = crm_values_new (&crm_person_point, 0);

  crm_values_set_reference (values, crm_entity_get_parent_field (&crm_person_point), person, NULL);
  crm_values_set_text (values, CRM_CONTACT_POINT_KIND, point[0]);
  crm_values_set_text (values, CRM_CONTACT_POINT_VALUE, point[1]);
  crm_values_set_integer (values, CRM_CONTACT_POINT_MAIN, draw (world, 2));
  insert (writer, values);
}

static void
add_position (World     *world,
              CrmWriter *writer,
              gint64     person,
              gint64     client)
{
  static const char * const roles[] = { NULL, "Müdür", "Satınalma" };
  static const char * const ends[] = { NULL, NULL, "2024-05-01" };
  g_autoptr (CrmValues) values = crm_values_new (&crm_position, 0);

  crm_values_set_reference (values, CRM_POSITION_PERSON, person, NULL);
  crm_values_set_reference (values, CRM_POSITION_CLIENT, client, NULL);
  crm_values_set_text (values, CRM_POSITION_ROLE, PICK (world, roles));
  crm_values_set_text (values, CRM_POSITION_UNTIL, PICK (world, ends));
  crm_values_set_integer (values, CRM_POSITION_MAIN, draw (world, 2));
  crm_values_set_integer (values, CRM_POSITION_CONTACT, draw (world, 2) && crm_values_is_null (values, CRM_POSITION_UNTIL));
  insert (writer, values);
}

static void
add_consent (World     *world,
             CrmWriter *writer,
             gint64     person)
{
  static const char * const channels[] = { "call", "email", "post" };
  static const char * const states[] = { "given", "refused", "withdrawn" };
  g_autoptr (CrmValues) values = crm_values_new (&crm_consent, 0);

  crm_values_set_reference (values, CRM_CONSENT_PERSON, person, NULL);
  crm_values_set_text (values, CRM_CONSENT_CHANNEL, PICK (world, channels));
  crm_values_set_text (values, CRM_CONSENT_STATE, PICK (world, states));
  insert (writer, values);
}

static gint64
add_person (World     *world,
            CrmWriter *writer)
{
  static const char * const names[] = { "Selin Akın", "SELİN AKIN", "Ali Demir", "Dr. Ali Demir" };
  static const char * const birthdays[] = { NULL, NULL, "1980-04-12", "--04-12" };
  static const char * const notes[] = { NULL, "Bir", "İki" };
  g_autoptr (CrmValues) values = crm_values_new (&crm_person, 0);
  gint64 id;

  crm_values_set_text (values, CRM_PERSON_NAME, PICK (world, names));
  crm_values_set_text (values, CRM_PERSON_BIRTHDAY, PICK (world, birthdays));
  crm_values_set_text (values, CRM_PERSON_NOTES, PICK (world, notes));
  if (draw (world, 4) == 0)
    crm_values_set_text (values, CRM_PERSON_FAMILY, "Kaya");
  id = insert (writer, values);
  for (guint n = draw (world, 3); n > 0; n--)
    add_person_point (world, writer, id);
  for (guint n = draw (world, 3); n > 0; n--)
    add_consent (world, writer, id);
  return id;
}

/* A paper, or the picture on the card; or none */
static void
add_document (World           *world,
              CrmWriter       *writer,
              const CrmEntity *owner,
              gint64           id)
{
  static const char * const hashes[] = {
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855", "5feceb66ffc86f38d952786c6d696c79c2dbc239dd4e91b46729d73a27fb57e9",
    "6b86b273ff34fce19d6b804eff5a3f5747ada4eaa22f1d49c01e52ddb7875b4b",
  };
  const char * const kinds[] = { "file", crm_document_get_picture_kind (owner) };
  g_autoptr (CrmValues) values = crm_values_new (&crm_document, 0);

  if (draw (world, 2) == 0)
    return;
  crm_values_set_text (values, CRM_DOCUMENT_NAME, draw (world, 2) == 0 ? "teklif.pdf" : "resim.png");
  crm_values_set_text (values, CRM_DOCUMENT_KIND, PICK (world, kinds));
  crm_values_set_text (values, CRM_DOCUMENT_HASH, PICK (world, hashes));
  crm_values_set_integer (values, CRM_DOCUMENT_SIZE, 0);
  crm_values_set_reference (values, (guint) crm_entity_find_field (&crm_document, owner->name), id, NULL);
  insert (writer, values);
}

/* What is to be done, was said, and handed over */
static void
add_dealings (World     *world,
              CrmWriter *writer,
              gint64     client,
              gint64     person)
{
  g_autoptr (CrmValues) task = crm_values_new (&crm_task, 0);
  g_autoptr (CrmValues) interaction = crm_values_new (&crm_interaction, 0);
  g_autoptr (CrmValues) participant = crm_values_new (&crm_participant, 0);

  crm_values_set_text (task, CRM_TASK_NAME, draw (world, 2) == 0 ? "Aramak" : "Teklif");
  crm_values_set_reference (task, CRM_TASK_CLIENT, client, NULL);
  if (draw (world, 2) == 0)
    crm_values_set_reference (task, CRM_TASK_PERSON, person, NULL);
  crm_values_set_integer (task, CRM_TASK_NEXT, draw (world, 2));
  crm_values_set_text (task, CRM_TASK_DUE, draw (world, 2) == 0 ? "2027-01-15" : NULL);
  crm_values_set_reference (interaction, CRM_INTERACTION_CLIENT, client, NULL);
  crm_values_set_text (interaction, CRM_INTERACTION_TEXT, "Fiyat soruldu");
  crm_values_set_reference (interaction, CRM_INTERACTION_NEXT_STEP, insert (writer, task), NULL);
  crm_values_set_reference (participant, CRM_PARTICIPANT_INTERACTION, insert (writer, interaction), NULL);
  crm_values_set_reference (participant, CRM_PARTICIPANT_PERSON, person, NULL);
  insert (writer, participant);
  add_document (world, writer, &crm_client, client);
  add_document (world, writer, &crm_person, person);
}

static void
set_any_fields (World     *world,
                CrmValues *values)
{
  static const char * const names[] = { "Ak Un A.Ş.", "Ak Un", "Işık Matbaa", "Öz-İpek", "Weiß & Söhne GmbH" };
  static const char * const notes[] = { NULL, "Bir", "İki\nsatır", "Bir" };
  static const char * const segments[] = { NULL, "Toptan", "Perakende" };
  static const char * const tags[] = { NULL, "VIP", "VIP, Fuar", "Yeni", "Fuar, Yeni, Önemli" };
  static const char * const extras[] = { NULL, NULL, "{\"a\":1}", "{\"b\":[2]}", "none" };
  static const char * const sectors[] = { NULL, "Gıda", "Tekstil" };

  crm_values_set_text (values, CRM_CLIENT_NAME, PICK (world, names));
  crm_values_set_text (values, CRM_CLIENT_NOTES, PICK (world, notes));
  crm_values_set_text (values, CRM_CLIENT_TAGS, PICK (world, tags));
  crm_values_set_text (values, CRM_CLIENT_EXTRA, PICK (world, extras));
  crm_values_set_text (values, CRM_CLIENT_SECTOR, PICK (world, sectors));
  if (draw (world, 2) == 0)
    crm_values_set_reference (values, CRM_CLIENT_SEGMENT, 0, segments[1 + draw (world, 2)]);
  if (draw (world, 3) == 0)
    crm_values_set_integer (values, CRM_CLIENT_CREDIT_LIMIT, draw (world, 100000));
  if (draw (world, 3) == 0)
    crm_values_set_text (values, CRM_CLIENT_CURRENCY, draw (world, 2) == 0 ? "EUR" : "USD");
}

static gboolean
run_add (CrmWriter     *writer,
         gpointer       data,
         GCancellable  *cancellable,
         GError       **error)
{
  World *world = data;
  gint64 known[6], person = pick (world, "SELECT id FROM person");

  for (guint i = 0; i < G_N_ELEMENTS (known); i++)
    known[i] = pick_client (world);
  for (guint i = 0; i < 12; i++)
    {
      g_autoptr (CrmValues) values = crm_values_new (&crm_client, 0);
      gint64 id;

      set_any_fields (world, values);
      if (PICK (world, known) != 0 && draw (world, 2) == 0)
        crm_values_set_reference (values, CRM_CLIENT_PARENT, known[0], NULL);
      if (known[1] != 0 && draw (world, 3) == 0)
        crm_values_set_reference (values, CRM_CLIENT_REFERRER, known[1], NULL);
      if (known[0] == 0)
        crm_values_unset (values, CRM_CLIENT_PARENT);
      id = insert (writer, values);
      for (guint n = draw (world, 5); n > 0; n--)
        add_point (world, writer, id);
      for (guint n = draw (world, 3); n > 0; n--)
        add_address (world, writer, id);
      for (guint n = draw (world, 3); n > 0; n--)
        add_distinct (writer, &crm_distinct_client, draw (world, 2) == 0 ? id : known[3], draw (world, 2) == 0 ? id : known[2]);
      if (draw (world, 2) == 0)
        {
          gint64 before = person;

          person = add_person (world, writer);
          if (draw (world, 3) == 0)
            add_distinct (writer, &crm_distinct_person, person, before);
        }
      for (guint n = person == 0 ? 0 : draw (world, 3); n > 0; n--)
        add_position (world, writer, person, draw (world, 2) == 0 || known[4] == 0 ? id : known[4]);
      if (person != 0 && draw (world, 2) == 0)
        add_dealings (world, writer, id, person);
      known[draw (world, G_N_ELEMENTS (known))] = id;
    }
  return TRUE;
}

/* Clients, and a view of one of them */
static void
add_many (World *world)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *id = NULL;
  g_autofree char *view = NULL;

  crm_store_step (world->store, "Add", run_add, world, NULL, &error);
  g_assert_no_error (error);
  g_ptr_array_add (world->states, take_state (world));
  id = merge_name_id (pick_client (world));
  view = merge_make_view ((const char * const[]) { id, "Ak Un", NULL }, (const char * const[]) { "VIP", "Yeni", NULL });
  crm_test_save (world->store, &crm_saved_view, 0, "name", "Görünüm", "query", view, NULL);
  g_ptr_array_add (world->states, take_state (world));
}

static gboolean
run_edit (CrmWriter     *writer,
          gpointer       data,
          GCancellable  *cancellable,
          GError       **error)
{
  World *world = data;
  gint64 client = pick_client (world), task = pick (world, "SELECT id FROM task");
  g_autoptr (CrmValues) values = crm_values_new (&crm_client, client);
  g_autoptr (CrmValues) done = crm_values_new (&crm_task, task);

  set_any_fields (world, values);
  if (draw (world, 20) == 0)
    return crm_writer_delete (writer, &crm_client, client, error);
  crm_values_set_integer (done, CRM_TASK_DONE, draw (world, 2) == 0 ? G_USEC_PER_SEC : 0);
  return crm_writer_update (writer, values, error) && (task == 0 || crm_writer_update (writer, done, error));
}

/* What people do between two merges: something of it may be of a record that is merged next, or was. */
static void
edit_any (World *world)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *state = NULL;

  crm_store_step (world->store, "Edit", run_edit, world, NULL, &error);
  g_assert_no_error (error);
  state = take_state (world);
  /* What changed nothing is no step. */
  if (strcmp (state, g_ptr_array_index (world->states, world->states->len - 1)) != 0)
    g_ptr_array_add (world->states, g_steal_pointer (&state));
}

static CrmMergeRequest *
draw_request (World *world)
{
  static const struct {
    const CrmEntity *entity;
    const char      *sql;
  } kinds[] = {
    { &crm_tag, "SELECT id FROM tag" }, { &crm_segment, "SELECT id FROM segment" }, { &crm_person, "SELECT id FROM person" },
    { &crm_client, "SELECT id FROM client" },
  };
  guint kind = draw (world, 50);
  guint at = kind < 2 ? kind : kind < 14 ? 2 : 3;
  gint64 kept = pick (world, kinds[at].sql), other = pick (world, kinds[at].sql);
  CrmMergeRequest *request;

  /* As people do: of two with the same parent, or one of them the other's */
  if (kind > 40)
    {
      g_autofree char *sql = g_strdup_printf ("SELECT id FROM client WHERE parent = %" G_GINT64_FORMAT, kept);
      gint64 child = pick (world, sql);

      other = child != 0 ? child : other;
    }
  if (kept == other)
    return NULL;
  request = crm_merge_request_new (kinds[at].entity, kept, other);
  for (guint i = draw (world, 5); i > 0; i--)
    {
      guint field = draw (world, request->entity->n_fields);

      if (crm_merge_can_choose (request->entity, field))
        crm_merge_request_choose (request, field, draw (world, 2) == 0 ? CRM_MERGE_OTHER : CRM_MERGE_KEPT, NULL);
    }
  return request;
}

static gboolean
merge_any (World *world)
{
  g_autofree CrmMergeRequest *request = draw_request (world);
  g_autofree char *state = NULL;

  if (request == NULL)
    return FALSE;
  if (merge_run (world->test, world->store, request))
    {
      g_ptr_array_add (world->states, take_state (world));
      return TRUE;
    }
  state = take_state (world);
  g_assert_cmpstr (state, ==, g_ptr_array_index (world->states, world->states->len - 1));
  world->n_refused++;
  return FALSE;
}

static void
go_all (World    *world,
        gboolean  redo)
{
  guint n = world->states->len;

  for (guint i = 1; i < n; i++)
    {
      guint at = redo ? i : n - 1 - i;
      g_autofree char *state = NULL;

      crm_test_undo (world->store, redo);
      state = take_state (world);
      if (strcmp (state, g_ptr_array_index (world->states, at)) != 0)
        g_error ("%s: something else is there than was before step %u", redo ? "redo" : "undo", at + 1);
    }
  crm_test_assert_search (world->store);
}

static void
test_random (CrmTest       *test,
             gconstpointer  data)
{
  const char *given = g_getenv ("CRM_TEST_SEED");
  guint32 seed = given != NULL ? (guint32) g_ascii_strtoull (given, NULL, 10) : (guint32) g_test_rand_int ();
  World world = { test, crm_test_open_store (test), g_rand_new_with_seed (seed), g_ptr_array_new_with_free_func (g_free), 0 };

  g_test_message ("seed %u", seed);
  g_ptr_array_add (world.states, take_state (&world));
  for (guint done = 0; done < crm_test_rounds (N_MERGES);)
    {
      g_autofree char *n = merge_query (test, "SELECT count (*) FROM client WHERE deleted IS NULL");

      if (g_ascii_strtoll (n, NULL, 10) < FEW_CLIENTS)
        add_many (&world);
      done += merge_any (&world);
      if (draw (&world, 5) == 0)
        edit_any (&world);
    }
  g_test_message ("%u steps, %u refused", world.states->len - 1, world.n_refused);
  g_assert_cmpuint (world.n_refused, >, 0);
  crm_test_assert_search (world.store);
  /* Another day */
  crm_store_close (world.store);
  g_object_unref (world.store);
  world.store = crm_test_open_store (test);
  go_all (&world, FALSE);
  go_all (&world, TRUE);
  g_object_unref (world.store);
  g_rand_free (world.rand);
  g_ptr_array_unref (world.states);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  crm_test_add ("/merge/random", test_random);
  return g_test_run ();
}
