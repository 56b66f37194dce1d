-- SPDX-License-Identifier: GPL-3.0-or-later
-- People and the firms they work in; clients that look alike.

CREATE TABLE person (
  id         INTEGER PRIMARY KEY,
  name       TEXT NOT NULL,
  name_key   BLOB,
  given      TEXT,
  family     TEXT,
  salutation TEXT,
  title      TEXT,
  -- kept from the children, so that a list reads one table
  firm       TEXT,
  firm_key   BLOB,
  role       TEXT,
  phone      TEXT,
  email      TEXT,
  birthday   TEXT,                              -- "1980-04-12", or "--04-12" where nobody knows the year
  language   TEXT,
  courtesies TEXT,
  notes      TEXT,
  extra      TEXT,
  created    INTEGER NOT NULL,
  modified   INTEGER NOT NULL,
  deleted    INTEGER
);
CREATE INDEX person_name ON person (name_key, id) WHERE deleted IS NULL;
CREATE INDEX person_deleted ON person (deleted) WHERE deleted IS NOT NULL;

CREATE TABLE person_point (
  id       INTEGER PRIMARY KEY,
  person   INTEGER NOT NULL REFERENCES person (id) DEFERRABLE INITIALLY DEFERRED,
  kind     TEXT NOT NULL DEFAULT 'phone',
  value    TEXT NOT NULL,
  label    TEXT,
  main     INTEGER NOT NULL DEFAULT 0,
  extra    TEXT
);
CREATE INDEX person_point_person ON person_point (person);

CREATE TABLE position (
  id          INTEGER PRIMARY KEY,
  person      INTEGER NOT NULL REFERENCES person (id) DEFERRABLE INITIALLY DEFERRED,
  client      INTEGER NOT NULL REFERENCES client (id) DEFERRABLE INITIALLY DEFERRED,
  kind        TEXT NOT NULL DEFAULT 'current',
  role        TEXT,
  buying_role TEXT,
  since       TEXT,
  until       TEXT,
  contact     INTEGER NOT NULL DEFAULT 0,     -- whom the client is talked to through
  main        INTEGER NOT NULL DEFAULT 0,
  extra       TEXT
);
CREATE INDEX position_person ON position (person);
CREATE INDEX position_client ON position (client);

-- Clients that look alike and are not the same.

CREATE TABLE distinct_client (
  id     INTEGER PRIMARY KEY,
  client INTEGER NOT NULL REFERENCES client (id) DEFERRABLE INITIALLY DEFERRED,
  other  INTEGER NOT NULL REFERENCES client (id) DEFERRABLE INITIALLY DEFERRED,
  extra  TEXT
);
CREATE INDEX distinct_client_client ON distinct_client (client);
CREATE INDEX distinct_client_other ON distinct_client (other);
