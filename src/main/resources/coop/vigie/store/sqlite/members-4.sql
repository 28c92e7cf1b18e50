-- Who entered which call by hand. The newest line of a notice says whether it recurs.
CREATE TABLE hand_log (
  number      INTEGER PRIMARY KEY,
  at          INTEGER NOT NULL,
  who         TEXT NOT NULL,
  notice_id   TEXT NOT NULL,
  every       TEXT
);
CREATE INDEX hand_log_by_notice ON hand_log (notice_id);
