-- The next arrival is the highest plus one: without an index each new notice reads all before it.
CREATE INDEX notice_by_arrival ON notice (arrival);
-- The number under which the Official Journal published a notice: the same in every source that carries it.
ALTER TABLE notice ADD COLUMN publication TEXT;
UPDATE notice SET publication = substr(id, length(source) + 2)
WHERE instr(body, '"' || substr(id, length(source) + 2) || '"]') > 0;
CREATE INDEX notice_by_publication ON notice (publication);
