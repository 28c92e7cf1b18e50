-- What a person says of a call in place of its sources: the value as JSON, and what the sources said when it was corrected. Who it
-- was stands with the persons.
CREATE TABLE correction (
  call_id     TEXT NOT NULL,
  field       TEXT NOT NULL,
  value       TEXT NOT NULL,
  said        TEXT NOT NULL,
  at          INTEGER NOT NULL,
  PRIMARY KEY (call_id, field)
) WITHOUT ROWID;
