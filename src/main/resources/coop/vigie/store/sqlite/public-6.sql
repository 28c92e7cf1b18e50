-- Who took note of what is wrong with a source; a mail address, or a user of the system.
ALTER TABLE breach ADD COLUMN acknowledged_by TEXT;
