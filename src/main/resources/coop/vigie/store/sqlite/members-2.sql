-- Short mails between two editions of a rhythm, and one process at a time for one work.
ALTER TABLE edition ADD COLUMN kind TEXT NOT NULL DEFAULT 'regular';

CREATE TABLE lease (
  work        TEXT PRIMARY KEY,
  holder      TEXT NOT NULL,
  until       INTEGER NOT NULL
);
