-- SPDX-License-Identifier: GPL-3.0-or-later
-- The first schema. Each entity has the columns of its table of fields (src/model/entities), in any order, and:
--   id     of one space for all entities (see crm_id_new), so a record's id is also its row in search
--   extra  JSON of members that a newer version wrote, kept for it
--   *_key  the sort key of the text column it is named after, in the language that setting 'collation' names
-- Times are UTC microseconds, dates ISO text, money minor units. deleted: when it was put in the trash.
-- References may be checked late (DEFERRABLE): an undo puts rows back in the order that suits it.

CREATE TABLE setting (
  name  TEXT PRIMARY KEY,
  value TEXT
) WITHOUT ROWID;

-- One line for each change the user made. What it did to which rows: history from first to last.
CREATE TABLE step (
  id     INTEGER PRIMARY KEY,
  label  TEXT NOT NULL,
  at     INTEGER NOT NULL,
  who    TEXT NOT NULL,
  kind   TEXT NOT NULL CHECK (kind IN ('do', 'undo', 'redo')),
  target INTEGER REFERENCES step (id),          -- of an undo or redo: the step it takes back or does again
  state  TEXT NOT NULL CHECK (state IN ('done', 'undone', 'dropped')),
  first  INTEGER NOT NULL,                      -- history rows, inclusive; first > last: none
  last   INTEGER NOT NULL
);
CREATE INDEX step_state ON step (state, id) WHERE kind = 'do';
CREATE INDEX step_first ON step (first);
CREATE INDEX step_target ON step (target) WHERE target IS NOT NULL;

-- The image of a row before each change, in the order in which they happened.
CREATE TABLE history (
  id     INTEGER PRIMARY KEY,
  entity INTEGER NOT NULL,                      -- CrmEntity.number
  record INTEGER NOT NULL,
  root   INTEGER NOT NULL,                      -- the record of its own it belongs to: itself, or a child's parent
  op     INTEGER NOT NULL,                      -- 1 insert, 2 update, 3 delete
  before TEXT                                   -- JSON: update: the columns that changed; delete: all that were not NULL
);
CREATE INDEX history_root ON history (root);

-- What is typed and not yet saved; outlives the process.
CREATE TABLE draft (
  record INTEGER NOT NULL,
  field  TEXT NOT NULL,
  entity INTEGER NOT NULL,
  value  TEXT NOT NULL,
  at     INTEGER NOT NULL,
  PRIMARY KEY (record, field)
) WITHOUT ROWID;

-- The folded text of a record and its children, and the index over it.
CREATE TABLE search (
  id     INTEGER PRIMARY KEY,
  entity INTEGER NOT NULL,
  text   TEXT NOT NULL
);
CREATE VIRTUAL TABLE search_word USING fts5 (
  text,
  content = 'search', content_rowid = 'id',
  tokenize = 'unicode61 remove_diacritics 0',
  prefix = '1 2 3',
  detail = none, columnsize = 0
);

CREATE TABLE segment (
  id       INTEGER PRIMARY KEY,
  name     TEXT NOT NULL,
  target   TEXT,
  approach TEXT,
  notes    TEXT,
  extra    TEXT,
  created  INTEGER NOT NULL,
  modified INTEGER NOT NULL,
  deleted  INTEGER
);

CREATE TABLE tag (
  id       INTEGER PRIMARY KEY,
  name     TEXT NOT NULL,
  colour   TEXT,
  extra    TEXT,
  created  INTEGER NOT NULL,
  modified INTEGER NOT NULL,
  deleted  INTEGER
);

CREATE TABLE saved_view (
  id       INTEGER PRIMARY KEY,
  name     TEXT NOT NULL,
  entity   TEXT NOT NULL,
  query    TEXT NOT NULL,                       -- JSON, see crm_query_to_json()
  place    INTEGER NOT NULL DEFAULT 0,
  extra    TEXT,
  created  INTEGER NOT NULL,
  modified INTEGER NOT NULL,
  deleted  INTEGER
);

CREATE TABLE client (
  id                INTEGER PRIMARY KEY,
  name              TEXT NOT NULL,
  name_key          BLOB,
  kind              TEXT NOT NULL DEFAULT 'prospect',
  segment           INTEGER REFERENCES segment (id) DEFERRABLE INITIALLY DEFERRED,
  grade             TEXT,
  size              TEXT,
  sector            TEXT,
  parent            INTEGER REFERENCES client (id) DEFERRABLE INITIALLY DEFERRED,
  source            TEXT,
  referrer          INTEGER REFERENCES client (id) DEFERRABLE INITIALLY DEFERRED,
  owner             TEXT,
  -- kept from the children, so that a list reads one table
  city              TEXT,
  city_key          BLOB,
  phone             TEXT,
  email             TEXT,
  tags              TEXT,
  web               TEXT,
  preferred_channel TEXT,
  tax_office        TEXT,
  tax_number        TEXT,
  loyalty           TEXT,
  credit_limit      INTEGER,
  currency          TEXT,
  payment_days      INTEGER,
  supplier          TEXT,
  notes             TEXT,
  extra             TEXT,
  created           INTEGER NOT NULL,
  modified          INTEGER NOT NULL,
  deleted           INTEGER
);
CREATE INDEX client_name ON client (name_key, id) WHERE deleted IS NULL;
CREATE INDEX client_deleted ON client (deleted) WHERE deleted IS NOT NULL;
CREATE INDEX client_segment ON client (segment) WHERE segment IS NOT NULL;
CREATE INDEX client_parent ON client (parent) WHERE parent IS NOT NULL;
CREATE INDEX client_referrer ON client (referrer) WHERE referrer IS NOT NULL;

CREATE TABLE address (
  id       INTEGER PRIMARY KEY,
  client   INTEGER NOT NULL REFERENCES client (id) DEFERRABLE INITIALLY DEFERRED,
  kind     TEXT NOT NULL DEFAULT 'office',
  street   TEXT,
  district TEXT,
  city     TEXT,
  region   TEXT,
  postcode TEXT,
  country  TEXT,
  main     INTEGER NOT NULL DEFAULT 0,
  extra    TEXT
);
CREATE INDEX address_client ON address (client);

CREATE TABLE contact_point (
  id       INTEGER PRIMARY KEY,
  client   INTEGER NOT NULL REFERENCES client (id) DEFERRABLE INITIALLY DEFERRED,
  kind     TEXT NOT NULL DEFAULT 'phone',
  value    TEXT NOT NULL,
  label    TEXT,
  main     INTEGER NOT NULL DEFAULT 0,
  extra    TEXT
);
CREATE INDEX contact_point_client ON contact_point (client);

CREATE TABLE client_tag (
  id       INTEGER PRIMARY KEY,
  client   INTEGER NOT NULL REFERENCES client (id) DEFERRABLE INITIALLY DEFERRED,
  tag      INTEGER NOT NULL REFERENCES tag (id) DEFERRABLE INITIALLY DEFERRED,
  extra    TEXT
);
CREATE INDEX client_tag_client ON client_tag (client);
CREATE INDEX client_tag_tag ON client_tag (tag);
