-- SPDX-License-Identifier: GPL-3.0-or-later
-- What was said and agreed, what is to be done next, what was handed over.

ALTER TABLE client ADD COLUMN next_step TEXT;      -- these three are kept from tasks and interactions
ALTER TABLE client ADD COLUMN next_due TEXT;
ALTER TABLE client ADD COLUMN last_contact INTEGER;
ALTER TABLE client ADD COLUMN logo TEXT;           -- kept from document: the hash of the newest picture
CREATE INDEX client_next ON client (next_due, id) WHERE deleted IS NULL;
CREATE INDEX client_no_step ON client (grade, name_key, id, kind, next_step, deleted) WHERE next_step IS NULL AND deleted IS NULL;
CREATE INDEX client_contact ON client (grade, coalesce (last_contact, created), kind, next_due, deleted) WHERE grade IS NOT NULL AND deleted IS NULL;

ALTER TABLE person ADD COLUMN may_contact TEXT;    -- kept from consent: channels allowed for marketing
ALTER TABLE person ADD COLUMN photo TEXT;          -- kept from document, as logo
CREATE INDEX person_birthday ON person (substr (birthday, -5)) WHERE birthday IS NOT NULL AND deleted IS NULL;

-- Never changed, only added to: the newest of a person, channel and purpose is in force.
CREATE TABLE consent (
  id      INTEGER PRIMARY KEY,
  person  INTEGER NOT NULL REFERENCES person (id) DEFERRABLE INITIALLY DEFERRED,
  channel TEXT NOT NULL,
  purpose TEXT NOT NULL,
  state   TEXT NOT NULL,
  at      INTEGER NOT NULL,
  how     TEXT,
  wording TEXT,                                    -- what the person was shown or read
  extra   TEXT
);
CREATE INDEX consent_person ON consent (person, channel, purpose, at);

CREATE TABLE task (
  id         INTEGER PRIMARY KEY,
  name       TEXT NOT NULL,
  name_key   BLOB,
  client     INTEGER REFERENCES client (id) DEFERRABLE INITIALLY DEFERRED,
  person     INTEGER REFERENCES person (id) DEFERRABLE INITIALLY DEFERRED,
  next       INTEGER NOT NULL DEFAULT 0,           -- the client's one next step
  due        TEXT,
  time       TEXT,                                 -- "09:30", on the wall's clock
  priority   TEXT NOT NULL DEFAULT 'normal',
  department TEXT,
  snooze     TEXT,                                 -- not to be shown before that day
  done       INTEGER,
  notes      TEXT,
  extra      TEXT,
  created    INTEGER NOT NULL,
  modified   INTEGER NOT NULL,
  deleted    INTEGER
);
CREATE INDEX task_name ON task (name_key, id) WHERE deleted IS NULL;
CREATE INDEX task_deleted ON task (deleted) WHERE deleted IS NOT NULL;
CREATE INDEX task_client ON task (client) WHERE client IS NOT NULL;
CREATE INDEX task_person ON task (person) WHERE person IS NOT NULL;
CREATE INDEX task_open ON task (due, time, id, snooze, client, person, done, deleted) WHERE done IS NULL AND deleted IS NULL;
CREATE INDEX task_snoozed ON task (snooze) WHERE snooze IS NOT NULL AND due IS NULL AND done IS NULL AND deleted IS NULL;

CREATE TABLE interaction (
  id        INTEGER PRIMARY KEY,
  subject   TEXT,
  client    INTEGER REFERENCES client (id) DEFERRABLE INITIALLY DEFERRED,
  channel   TEXT NOT NULL,
  direction TEXT NOT NULL,
  at        INTEGER NOT NULL,
  length    INTEGER,                               -- minutes
  outcome   TEXT,
  text      TEXT,
  next_step INTEGER REFERENCES task (id) DEFERRABLE INITIALLY DEFERRED,
  message   TEXT,                                  -- Message-ID of an e-mail
  extra     TEXT,
  created   INTEGER NOT NULL,
  modified  INTEGER NOT NULL,
  deleted   INTEGER
);
CREATE INDEX interaction_client ON interaction (client, at, id) WHERE client IS NOT NULL;
CREATE INDEX interaction_at ON interaction (at, id);
CREATE INDEX interaction_deleted ON interaction (deleted) WHERE deleted IS NOT NULL;
CREATE INDEX interaction_next_step ON interaction (next_step) WHERE next_step IS NOT NULL;
CREATE INDEX interaction_message ON interaction (message) WHERE message IS NOT NULL;

-- As search and search_word, for what grows without end.
CREATE TABLE log_search (
  id     INTEGER PRIMARY KEY,
  entity INTEGER NOT NULL,
  text   TEXT NOT NULL
);
CREATE VIRTUAL TABLE log_word USING fts5 (
  text,
  content = 'log_search', content_rowid = 'id',
  tokenize = 'unicode61 remove_diacritics 0',
  prefix = '2 3',
  detail = none, columnsize = 0
);

CREATE TABLE participant (
  id          INTEGER PRIMARY KEY,
  interaction INTEGER NOT NULL REFERENCES interaction (id) DEFERRABLE INITIALLY DEFERRED,
  person      INTEGER REFERENCES person (id) DEFERRABLE INITIALLY DEFERRED,
  role        TEXT NOT NULL DEFAULT 'present',
  name        TEXT,                                -- as written in an e-mail
  address     TEXT,
  extra       TEXT
);
CREATE INDEX participant_interaction ON participant (interaction);
CREATE INDEX participant_person ON participant (person) WHERE person IS NOT NULL;

-- The file itself lies beside the base, named after its hash.
CREATE TABLE document (
  id          INTEGER PRIMARY KEY,
  name        TEXT NOT NULL,
  name_key    BLOB,
  kind        TEXT NOT NULL DEFAULT 'file',
  hash        TEXT NOT NULL,                       -- SHA-256, hexadecimal
  size        INTEGER NOT NULL,                    -- bytes
  media_type  TEXT,
  client      INTEGER REFERENCES client (id) DEFERRABLE INITIALLY DEFERRED,
  person      INTEGER REFERENCES person (id) DEFERRABLE INITIALLY DEFERRED,
  interaction INTEGER REFERENCES interaction (id) DEFERRABLE INITIALLY DEFERRED,
  notes       TEXT,
  extra       TEXT,
  created     INTEGER NOT NULL,
  modified    INTEGER NOT NULL,
  deleted     INTEGER
);
CREATE INDEX document_name ON document (name_key, id) WHERE deleted IS NULL;
CREATE INDEX document_deleted ON document (deleted) WHERE deleted IS NOT NULL;
CREATE INDEX document_hash ON document (hash);
CREATE INDEX document_client ON document (client) WHERE client IS NOT NULL;
CREATE INDEX document_person ON document (person) WHERE person IS NOT NULL;
CREATE INDEX document_interaction ON document (interaction) WHERE interaction IS NOT NULL;

-- A chain of dated steps, to be put on a client or many.

CREATE TABLE activity_template (
  id       INTEGER PRIMARY KEY,
  name     TEXT NOT NULL,
  notes    TEXT,
  extra    TEXT,
  created  INTEGER NOT NULL,
  modified INTEGER NOT NULL,
  deleted  INTEGER
);

CREATE TABLE template_step (
  id         INTEGER PRIMARY KEY,
  template   INTEGER NOT NULL REFERENCES activity_template (id) DEFERRABLE INITIALLY DEFERRED,
  name       TEXT NOT NULL,
  days       INTEGER NOT NULL DEFAULT 0,           -- after the day the template is put on
  priority   TEXT NOT NULL DEFAULT 'normal',
  department TEXT,
  extra      TEXT
);
CREATE INDEX template_step_template ON template_step (template);

CREATE TABLE distinct_person (
  id     INTEGER PRIMARY KEY,
  person INTEGER NOT NULL REFERENCES person (id) DEFERRABLE INITIALLY DEFERRED,
  other  INTEGER NOT NULL REFERENCES person (id) DEFERRABLE INITIALLY DEFERRED,
  extra  TEXT
);
CREATE INDEX distinct_person_person ON distinct_person (person);
CREATE INDEX distinct_person_other ON distinct_person (other);
