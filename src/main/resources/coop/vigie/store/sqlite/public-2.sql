-- The next arrival is the highest plus one: without an index each new notice reads all before it.
CREATE INDEX notice_by_arrival ON notice (arrival);
