-- What never changes of an edition and its message stands apart: a change of state does not write it anew. The message is null
-- for a draft.
CREATE TABLE edition_content (
  edition_id  TEXT PRIMARY KEY REFERENCES edition (id),
  message     BLOB,
  body        TEXT NOT NULL
);
INSERT INTO edition_content (edition_id, message, body)
  SELECT edition.id, message.bytes, edition.body FROM edition LEFT JOIN message ON message.edition_id = edition.id;
ALTER TABLE message DROP COLUMN bytes;
ALTER TABLE edition DROP COLUMN body;
