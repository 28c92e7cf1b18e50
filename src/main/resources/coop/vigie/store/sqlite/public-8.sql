-- Where a redirect led to what the validators stand for; how many visits in a row brought something new or changed (above zero),
-- or nothing (below); how its document says that it should be read; whether its last reading was of one page; when its server
-- said for good that it is gone.
ALTER TABLE source_state ADD COLUMN validators_of TEXT;
ALTER TABLE source_state ADD COLUMN streak INTEGER NOT NULL DEFAULT 0;
ALTER TABLE source_state ADD COLUMN rhythm TEXT NOT NULL DEFAULT '';
ALTER TABLE source_state ADD COLUMN one_page INTEGER NOT NULL DEFAULT 0;
ALTER TABLE source_state ADD COLUMN gone INTEGER NOT NULL DEFAULT 0;

-- Validators of items' own pages.
ALTER TABLE detail_page ADD COLUMN etag TEXT;
ALTER TABLE detail_page ADD COLUMN last_modified TEXT;
ALTER TABLE detail_page ADD COLUMN validators_of TEXT;

-- Validators of documents that a source's address leads to, such as the sitemaps of an index, and that lead nowhere else.
CREATE TABLE source_leaf (
  source         TEXT NOT NULL,
  url            TEXT NOT NULL,
  reading        INTEGER NOT NULL,
  etag           TEXT,
  last_modified  TEXT,
  validators_of  TEXT,
  seen           INTEGER NOT NULL,
  PRIMARY KEY (source, url)
) WITHOUT ROWID;

-- Who visits a source now, and when the last visit ended: by the real clock.
CREATE TABLE source_lease (
  source         TEXT PRIMARY KEY,
  holder         TEXT,
  until          INTEGER NOT NULL,
  ended          INTEGER NOT NULL
);

-- Whose turn it is to ask a host, when its last turn ended, and the pause after that: by the real clock.
CREATE TABLE host_turn (
  host           TEXT PRIMARY KEY,
  holder         TEXT,
  until          INTEGER NOT NULL,
  ended          INTEGER NOT NULL,
  delay          INTEGER NOT NULL
);

-- How servers (scheme, host and port) do: failures in a row, and until when they are left alone.
CREATE TABLE server_state (
  origin         TEXT PRIMARY KEY,
  failures       INTEGER NOT NULL,
  left_alone     INTEGER,
  wished         INTEGER NOT NULL
);

-- The robots.txt of each server, its bytes as ISO 8859-1; NULL for none.
CREATE TABLE robots_file (
  origin         TEXT PRIMARY KEY,
  body           TEXT,
  etag           TEXT,
  last_modified  TEXT,
  validators_of  TEXT,
  asked          INTEGER NOT NULL
);

-- The nearest closing of a source is asked for after each visit.
DROP INDEX notice_by_source;
CREATE INDEX notice_by_source ON notice (source, closes);
