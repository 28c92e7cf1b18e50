-- Newsletters and how far they have come. Who got one stands in "edition", whose rhythm is the newsletter's id.
CREATE TABLE newsletter (
  id          TEXT PRIMARY KEY,
  file        TEXT NOT NULL,
  due         INTEGER,
  announced   INTEGER,
  reminded    INTEGER,
  sent        INTEGER
);

-- The calls that stood in those that were sent.
CREATE TABLE newsletter_call (
  newsletter  TEXT NOT NULL,
  call_id     TEXT NOT NULL,
  PRIMARY KEY (newsletter, call_id)
);
