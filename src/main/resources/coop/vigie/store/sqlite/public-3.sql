-- An item's own page: what its list or feed said when it was read, and when that was; NULL for not yet.
CREATE TABLE detail_page (
  notice_id TEXT PRIMARY KEY,
  source TEXT NOT NULL,
  listed TEXT NOT NULL,
  fetched INTEGER
);
CREATE INDEX detail_page_by_source ON detail_page (source);
