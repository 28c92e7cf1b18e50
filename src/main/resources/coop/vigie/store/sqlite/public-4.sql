-- What a notice is called and what it refers to, alike: notices that share a name are of one call. A name begins with "page "
-- for an address, and with the source and a colon where it means something in that source only.
CREATE TABLE notice_name (
  name        TEXT NOT NULL,
  notice_id   TEXT NOT NULL REFERENCES notice (id),
  PRIMARY KEY (name, notice_id)
) WITHOUT ROWID;
CREATE INDEX notice_name_by_notice ON notice_name (notice_id);
-- Numbers of the Official Journal and UUIDs only; other notices get their names when they change.
INSERT OR IGNORE INTO notice_name (name, notice_id)
SELECT CASE WHEN length(value) >= 36 THEN lower(substr(value, 1, 36)) ELSE value END, notice.id
FROM notice, json_each(notice.body, '$.identifiers')
WHERE value GLOB '[1-9]*-[12][0-9][0-9][0-9]' OR value GLOB '????????-????-????-????-????????????*';
INSERT OR IGNORE INTO notice_name (name, notice_id)
SELECT CASE WHEN length(value) >= 36 THEN lower(substr(value, 1, 36)) ELSE value END, notice.id
FROM notice, json_each(notice.body, '$.references')
WHERE value GLOB '[1-9]*-[12][0-9][0-9][0-9]' OR value GLOB '????????-????-????-????-????????????*';
DROP INDEX notice_by_publication;
ALTER TABLE notice DROP COLUMN publication;

-- Calls with a date, by the local day on which they close and the longest words of their titles: where one looks for calls
-- that look alike.
CREATE TABLE call_closing (
  day         TEXT NOT NULL,
  word        TEXT NOT NULL,
  source      TEXT NOT NULL,
  call_id     TEXT NOT NULL,
  title       TEXT NOT NULL,
  PRIMARY KEY (day, word, source, call_id)
) WITHOUT ROWID;
CREATE INDEX call_closing_by_call ON call_closing (call_id);

-- Pairs of calls that look alike, each in both directions.
CREATE TABLE look_alike (
  call_id     TEXT NOT NULL,
  other_id    TEXT NOT NULL,
  PRIMARY KEY (call_id, other_id)
) WITHOUT ROWID;
