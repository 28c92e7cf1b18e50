-- What the watchdog learns a source's rhythm from: its last visits, and the days on which it brought something new.
CREATE TABLE source_visit (
  source       TEXT NOT NULL,
  at           INTEGER NOT NULL,
  answer       TEXT NOT NULL,
  items        INTEGER NOT NULL,
  added        INTEGER NOT NULL,
  sign         TEXT NOT NULL,
  message      TEXT NOT NULL,
  PRIMARY KEY (source, at)
) WITHOUT ROWID;

CREATE TABLE news_day (
  source       TEXT NOT NULL,
  day          TEXT NOT NULL,
  PRIMARY KEY (source, day)
) WITHOUT ROWID;
INSERT INTO news_day (source, day)
SELECT DISTINCT notice.source, date(notice_version.stored / 1000, 'unixepoch')
FROM notice JOIN notice_version ON notice_version.notice_id = notice.id AND notice_version.version = 1;

-- What is, or was, wrong with a source; at most one thing at a time.
CREATE TABLE breach (
  id           INTEGER PRIMARY KEY,
  source       TEXT NOT NULL,
  kind         TEXT NOT NULL,
  since        TEXT NOT NULL,
  delivers     INTEGER NOT NULL,
  detail       TEXT NOT NULL,
  raised       INTEGER NOT NULL,
  mailed       INTEGER,
  acknowledged INTEGER,
  note         TEXT NOT NULL DEFAULT '',
  ended        INTEGER
);
CREATE UNIQUE INDEX breach_open ON breach (source) WHERE ended IS NULL;
