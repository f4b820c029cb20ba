-- Mail of theirs that was seen in a mailbox: what was understood of it, never the whole of it.

CREATE TABLE seen_mail (
    id INTEGER PRIMARY KEY AUTOINCREMENT, -- never given out twice: people remember "m4"
    account TEXT NOT NULL CHECK (account <> ''),
    folder TEXT NOT NULL,
    uid_validity INTEGER NOT NULL,
    uid INTEGER NOT NULL,
    seen_at TEXT NOT NULL CHECK (seen_at GLOB '????-??-??T??:??:??.??????Z'),
    state TEXT NOT NULL CHECK (state IN ('new', 'recorded', 'accepted', 'dismissed')),
    -- As it was understood first, as JSON; NULL unless the user has corrected that.
    was TEXT CHECK (was IS NULL OR json_valid(was)),

    understanding TEXT NOT NULL CHECK (
        understanding IN ('answer', 'automatic reply', 'returned', 'by hand', 'nothing')
    ),
    applications TEXT NOT NULL CHECK (json_valid(applications)),
    why TEXT NOT NULL,
    sender TEXT NOT NULL,
    name TEXT NOT NULL,
    subject TEXT NOT NULL,
    sent_at TEXT,
    message_id TEXT NOT NULL,
    refs TEXT NOT NULL CHECK (json_valid(refs)),
    first_line TEXT NOT NULL,
    tenor TEXT NOT NULL,
    sentence TEXT NOT NULL,
    has_invitation INTEGER NOT NULL CHECK (has_invitation IN (0, 1)),
    back_on TEXT,
    returned TEXT NOT NULL CHECK (json_valid(returned)),
    returned_to TEXT NOT NULL CHECK (json_valid(returned_to))
) STRICT;

-- One mail, once, in whatever folders it lies; without a Message-ID there is only its place to know it by.
CREATE UNIQUE INDEX seen_once ON seen_mail (account, message_id) WHERE message_id <> '';
CREATE UNIQUE INDEX seen_once_by_place ON seen_mail (account, folder, uid_validity, uid) WHERE message_id = '';

-- What the check before sending asks for.
CREATE INDEX seen_by_state ON seen_mail (state);
CREATE INDEX seen_absences ON seen_mail (sender) WHERE back_on IS NOT NULL;
CREATE INDEX seen_by_message_id ON seen_mail (message_id);

CREATE TABLE folder_marks (
    account TEXT NOT NULL,
    folder TEXT NOT NULL,
    uid_validity INTEGER NOT NULL,
    last_uid INTEGER NOT NULL,
    PRIMARY KEY (account, folder)
) STRICT;

CREATE TABLE last_looks (
    account TEXT PRIMARY KEY,
    looked_at TEXT,
    failed_at TEXT,
    error TEXT NOT NULL
) STRICT;

-- A mail that was sent may come back. When it was sent is kept here then; NULL for every other mail.
ALTER TABLE entries ADD COLUMN was_sent_at TEXT;

DROP TRIGGER sent_stays_sent;

-- What was sent is never sent again: a mail leaves this state only with the mark that it came back, or when its
-- application is forgotten.
CREATE TRIGGER sent_stays_sent BEFORE UPDATE OF state ON entries
WHEN OLD.state = 'sent' AND NEW.state <> 'sent' AND NOT (NEW.state = 'failed' AND NEW.was_sent_at IS NOT NULL)
BEGIN
    SELECT RAISE(ABORT, 'a sent entry stays sent, unless it came back');
END;

CREATE TRIGGER what_came_back_stays BEFORE UPDATE OF state ON entries
WHEN OLD.was_sent_at IS NOT NULL AND NEW.state IN ('queued', 'sending')
BEGIN
    SELECT RAISE(ABORT, 'a mail that came back is not sent again as it is');
END;
