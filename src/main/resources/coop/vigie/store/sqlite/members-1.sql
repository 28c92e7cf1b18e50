-- Persons, groups, and all that hangs on them. Nothing of this ever leaves for a public place.
CREATE TABLE working_group (
  id          TEXT PRIMARY KEY,
  body        TEXT NOT NULL
);

-- A person in a group, with the status that they have there.
CREATE TABLE membership (
  group_id    TEXT NOT NULL REFERENCES working_group (id),
  mail        TEXT NOT NULL,
  body        TEXT NOT NULL,
  PRIMARY KEY (group_id, mail)
);
CREATE INDEX membership_by_mail ON membership (mail);

-- How far each profile has been matched, and with which wording.
CREATE TABLE profile_state (
  group_id    TEXT NOT NULL,
  profile_id  TEXT NOT NULL,
  wording     TEXT NOT NULL,
  matched     INTEGER NOT NULL,
  PRIMARY KEY (group_id, profile_id)
);

CREATE TABLE profile_match (
  group_id    TEXT NOT NULL,
  profile_id  TEXT NOT NULL,
  call_id     TEXT NOT NULL,
  change      INTEGER NOT NULL,
  reasons     TEXT NOT NULL,
  PRIMARY KEY (group_id, profile_id, call_id)
);
CREATE INDEX profile_match_by_call ON profile_match (call_id);

-- Who was told what: reserved while its edition is under way, told once the server took it.
CREATE TABLE ledger (
  recipient   TEXT NOT NULL,
  call_id     TEXT NOT NULL,
  revision    INTEGER NOT NULL,
  state       TEXT NOT NULL,
  edition_id  TEXT NOT NULL,
  cancelled   INTEGER NOT NULL,
  deadline    TEXT NOT NULL,
  at          INTEGER NOT NULL,
  PRIMARY KEY (recipient, call_id, revision)
);
CREATE INDEX ledger_by_edition ON ledger (edition_id);

CREATE TABLE edition_counter (value INTEGER NOT NULL);
INSERT INTO edition_counter (value) VALUES (0);

CREATE TABLE edition (
  id          TEXT PRIMARY KEY,
  recipient   TEXT NOT NULL,
  state       TEXT NOT NULL,
  built       INTEGER NOT NULL,
  body        TEXT NOT NULL
);
CREATE INDEX edition_by_recipient ON edition (recipient, state);

-- The rendered message, frozen before it is handed over for the first time.
CREATE TABLE message (
  edition_id  TEXT PRIMARY KEY REFERENCES edition (id),
  message_id  TEXT NOT NULL UNIQUE,
  attempts    INTEGER NOT NULL,
  receipt     TEXT,
  error       TEXT,
  bytes       BLOB NOT NULL
);
