-- Every change of a profile, so that each can be listed and taken back. A body is null where there was no profile.
CREATE TABLE profile_log (
  number      INTEGER PRIMARY KEY,
  at          INTEGER NOT NULL,
  who         TEXT NOT NULL,
  group_id    TEXT NOT NULL,
  profile_id  TEXT NOT NULL,
  how         TEXT NOT NULL,
  undoes      INTEGER,
  suggested   TEXT NOT NULL,
  old_body    TEXT,
  new_body    TEXT
);
CREATE INDEX profile_log_by_group ON profile_log (group_id);
