-- What keyed hashes are made with. Made once, never shown.
CREATE TABLE secret (
  name        TEXT PRIMARY KEY,
  value       BLOB NOT NULL
);

-- Words with which somebody answers by mail; only their hashes.
CREATE TABLE token (
  hash        TEXT PRIMARY KEY,
  purpose     TEXT NOT NULL,
  mail        TEXT NOT NULL,
  about       TEXT NOT NULL,
  expires     INTEGER,
  used        INTEGER
);
CREATE INDEX token_by_mail ON token (mail);

-- Persons of whom nothing is kept but this keyed hash of their address, so that no import brings them back.
CREATE TABLE erased (
  hash        TEXT PRIMARY KEY,
  at          INTEGER NOT NULL
);

-- Who joined, agreed, left or was suppressed, when, how, and who said so.
CREATE TABLE member_log (
  number      INTEGER PRIMARY KEY,
  at          INTEGER NOT NULL,
  mail        TEXT NOT NULL,
  group_id    TEXT NOT NULL,
  event       TEXT NOT NULL,
  detail      TEXT NOT NULL,
  who         TEXT NOT NULL
);
CREATE INDEX member_log_by_mail ON member_log (mail);

-- When somebody was asked whether they agree.
CREATE TABLE invitation (
  mail        TEXT NOT NULL,
  group_id    TEXT NOT NULL,
  at          INTEGER NOT NULL,
  PRIMARY KEY (mail, group_id)
);

-- One reader may have groups of several rhythms, and gets a mail for each.
ALTER TABLE edition ADD COLUMN rhythm TEXT NOT NULL DEFAULT '';

-- Matches that came in a flood: told as a number.
ALTER TABLE profile_match ADD COLUMN backlog INTEGER NOT NULL DEFAULT 0;
