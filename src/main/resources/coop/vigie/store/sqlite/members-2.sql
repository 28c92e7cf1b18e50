-- Short mails go out between two editions of a rhythm.
ALTER TABLE edition ADD COLUMN kind TEXT NOT NULL DEFAULT 'regular';
