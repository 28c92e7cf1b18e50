-- Every mail to us that was handled, by its Message-ID or the hash of its bytes: none is handled twice.
CREATE TABLE inbox_mail (
  mail_key    TEXT PRIMARY KEY,
  at          INTEGER NOT NULL,
  kind        TEXT NOT NULL,
  deed        TEXT NOT NULL,
  address     TEXT
);
-- How far a mailbox was read, and when it was looked into last.
CREATE TABLE inbox_state (
  mailbox     TEXT PRIMARY KEY,
  at          INTEGER NOT NULL,
  position    TEXT
);
-- Days (since 1970-01-01) on which mails to an address came back for a reason that may pass.
CREATE TABLE bounce_count (
  address     TEXT NOT NULL,
  day         INTEGER NOT NULL,
  PRIMARY KEY (address, day)
);
CREATE INDEX membership_by_any_mail ON membership (LOWER(mail));
