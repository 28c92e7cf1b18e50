-- An item's own page: what its list or feed said when it was read, and when that was (NULL for not yet). After a failure
-- next_try says from when on it may be asked for again. "reading" stands for the selectors it was read by.
CREATE TABLE detail_page (
  notice_id TEXT PRIMARY KEY,
  source TEXT NOT NULL,
  listed TEXT NOT NULL,
  reading INTEGER NOT NULL,
  fetched INTEGER,
  next_try INTEGER,
  failures INTEGER NOT NULL
);
CREATE INDEX detail_page_by_source ON detail_page (source);

-- True while a visit is under way: found so at the start of the next one, the visit was cut off.
ALTER TABLE source_state ADD COLUMN visiting INTEGER NOT NULL DEFAULT 0;
