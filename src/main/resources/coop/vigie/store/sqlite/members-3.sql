-- By the real clock: when a message was handed over last, when it was put off first, and when it may be tried again.
ALTER TABLE message ADD COLUMN last_attempt INTEGER;
ALTER TABLE message ADD COLUMN first_attempt INTEGER;
ALTER TABLE message ADD COLUMN next_attempt INTEGER;
