-- What a group makes of a call, as its coordinator says. The note is JSON; null for none.
CREATE TABLE curation (
  group_id    TEXT NOT NULL,
  call_id     TEXT NOT NULL,
  picked      INTEGER NOT NULL,
  hidden      INTEGER NOT NULL,
  note        TEXT,
  PRIMARY KEY (group_id, call_id)
);

-- Who chose, corrected or decided what; only ever appended to. A mandate is the edition whose token allowed it: with one, each
-- act on a call works once.
CREATE TABLE curation_log (
  number      INTEGER PRIMARY KEY,
  at          INTEGER NOT NULL,
  who         TEXT NOT NULL,
  group_id    TEXT NOT NULL,
  call_id     TEXT NOT NULL,
  act         TEXT NOT NULL,
  detail      TEXT NOT NULL,
  mandate     TEXT
);
CREATE INDEX curation_log_by_call ON curation_log (call_id);
CREATE UNIQUE INDEX curation_log_once ON curation_log (mandate, act, group_id, call_id) WHERE mandate IS NOT NULL;

-- What a person means to do with a call, or that they want to see no more of it.
CREATE TABLE mark (
  mail        TEXT NOT NULL,
  call_id     TEXT NOT NULL,
  interest    TEXT,
  hidden      INTEGER NOT NULL,
  at          INTEGER NOT NULL,
  PRIMARY KEY (mail, call_id)
);
CREATE INDEX mark_by_call ON mark (call_id);

-- Reminders that were made: so many days before the deadline of that revision.
CREATE TABLE reminder (
  mail        TEXT NOT NULL,
  call_id     TEXT NOT NULL,
  revision    INTEGER NOT NULL,
  days        INTEGER NOT NULL,
  edition_id  TEXT NOT NULL,
  PRIMARY KEY (mail, call_id, revision, days)
);
CREATE INDEX reminder_by_edition ON reminder (edition_id);

-- Calls that somebody signals, until a person decides.
CREATE TABLE suggestion (
  id          INTEGER PRIMARY KEY,
  at          INTEGER NOT NULL,
  who         TEXT NOT NULL,
  url         TEXT,
  title       TEXT,
  note        TEXT NOT NULL,
  state       TEXT NOT NULL
);
