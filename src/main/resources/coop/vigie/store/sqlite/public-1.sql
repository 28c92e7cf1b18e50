-- Notices, calls, and the log that the index follows. Instants are UTC milliseconds, bodies are JSON.
CREATE TABLE notice (
  id          TEXT PRIMARY KEY,
  source      TEXT NOT NULL,
  call_id     TEXT NOT NULL,
  version     INTEGER NOT NULL,
  hash        TEXT NOT NULL,
  procedure   TEXT,
  arrival     INTEGER NOT NULL,
  stored      INTEGER NOT NULL,
  closes      INTEGER,
  body        TEXT NOT NULL,
  raw         BLOB,
  raw_type    TEXT NOT NULL
);
CREATE INDEX notice_by_call ON notice (call_id);
CREATE INDEX notice_by_procedure ON notice (procedure);
CREATE INDEX notice_by_source ON notice (source);
CREATE INDEX notice_by_closing ON notice (closes);

-- Every version that a notice ever had, the present one included.
CREATE TABLE notice_version (
  notice_id   TEXT NOT NULL REFERENCES notice (id),
  version     INTEGER NOT NULL,
  stored      INTEGER NOT NULL,
  body        TEXT NOT NULL,
  PRIMARY KEY (notice_id, version)
);

CREATE TABLE call (
  id          TEXT PRIMARY KEY,
  revision    INTEGER NOT NULL,
  fingerprint TEXT NOT NULL,
  next_passes INTEGER,
  body        TEXT NOT NULL
);
CREATE INDEX call_by_passing ON call (next_passes);

-- What a reader could be told, revision by revision.
CREATE TABLE call_revision (
  call_id     TEXT NOT NULL REFERENCES call (id),
  revision    INTEGER NOT NULL,
  at          INTEGER NOT NULL,
  stage       TEXT NOT NULL,
  deadline    TEXT NOT NULL,
  PRIMARY KEY (call_id, revision)
);

-- One row; its value is the number of the last change, so that numbers rise in the order of commits.
CREATE TABLE change_counter (value INTEGER NOT NULL);
INSERT INTO change_counter (value) VALUES (0);

-- Distinct for every store ever made: numbers of one mean nothing in another, such as one made anew after a loss.
CREATE TABLE store_identity (value TEXT NOT NULL);
INSERT INTO store_identity (value) VALUES (lower(hex(randomblob(16))));

CREATE TABLE change_log (
  change      INTEGER PRIMARY KEY,
  at          INTEGER NOT NULL,
  call_id     TEXT NOT NULL
);

CREATE TABLE source_state (
  source         TEXT PRIMARY KEY,
  etag           TEXT,
  last_modified  TEXT,
  parser_version INTEGER NOT NULL,
  last_attempt   INTEGER NOT NULL,
  last_ok        INTEGER,
  last_item      INTEGER,
  next_due       INTEGER NOT NULL,
  failures       INTEGER NOT NULL,
  outcome        TEXT NOT NULL,
  message        TEXT NOT NULL
);
