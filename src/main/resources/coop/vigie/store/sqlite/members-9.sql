-- Addresses are kept in lower case: no mail server that matters takes two spellings for two persons.
UPDATE OR IGNORE membership SET mail = LOWER(mail);
UPDATE OR IGNORE ledger SET recipient = LOWER(recipient);
UPDATE edition SET recipient = LOWER(recipient);

-- When a cadence came round for somebody for whom there was nothing: it is not due again before its next time.
CREATE TABLE quiet_moment (
  recipient   TEXT NOT NULL,
  rhythm      TEXT NOT NULL,
  at          INTEGER NOT NULL,
  PRIMARY KEY (recipient, rhythm)
);
