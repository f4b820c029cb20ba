-- What was done keeps the reason it was done for: worked out again from the facts of a later day, it could be false.
-- What was written before has none.

ALTER TABLE entries ADD COLUMN why TEXT NOT NULL DEFAULT '';

CREATE TABLE touch_reasons (
    touch_id INTEGER PRIMARY KEY REFERENCES touches (id) ON DELETE CASCADE,
    why TEXT NOT NULL
) STRICT;
