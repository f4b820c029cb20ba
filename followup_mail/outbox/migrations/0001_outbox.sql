-- Moments are text in UTC with microseconds, "2026-11-18T14:30:00.000000Z": they sort as they are and people can read
-- them. An empty text means "nothing said"; NULL means "has not happened".

CREATE TABLE entries (
    id INTEGER PRIMARY KEY AUTOINCREMENT, -- never given out twice: people remember "#12"
    application TEXT NOT NULL CHECK (application <> ''),
    kind TEXT NOT NULL CHECK (kind <> ''),
    round INTEGER NOT NULL CHECK (round >= 0),
    person TEXT NOT NULL,
    nth INTEGER NOT NULL CHECK (nth >= 1),

    to_name TEXT NOT NULL,
    to_email TEXT NOT NULL CHECK (to_email <> ''),
    to_domain TEXT NOT NULL,
    subject TEXT NOT NULL,
    body TEXT NOT NULL,
    wording TEXT NOT NULL,
    message_id TEXT NOT NULL CHECK (message_id <> ''),
    refs TEXT NOT NULL CHECK (json_valid(refs)),
    account TEXT NOT NULL,
    mail_from TEXT NOT NULL,
    rcpt_to TEXT NOT NULL CHECK (json_array_length(rcpt_to) > 0),
    smtputf8 INTEGER NOT NULL CHECK (smtputf8 IN (0, 1)),
    attached TEXT NOT NULL CHECK (json_valid(attached)),
    content_sha256 TEXT NOT NULL CHECK (length(content_sha256) = 64),

    due_at TEXT NOT NULL CHECK (due_at GLOB '????-??-??T??:??:??.??????Z'),
    last_at TEXT CHECK (last_at GLOB '????-??-??T??:??:??.??????Z'),
    place TEXT NOT NULL CHECK (json_valid(place)),
    insisted INTEGER NOT NULL CHECK (insisted IN (0, 1)),
    ignored_rules TEXT NOT NULL CHECK (json_valid(ignored_rules)),

    state TEXT NOT NULL CHECK (
        state IN ('draft', 'queued', 'sending', 'sent', 'failed', 'unclear', 'missed', 'cancelled')
    ),
    held TEXT NOT NULL DEFAULT '',
    reason TEXT NOT NULL DEFAULT '',
    fix TEXT NOT NULL DEFAULT '',
    created_at TEXT NOT NULL,
    -- The later of due_at and next_attempt_at: what a worker looks for.
    ready_at TEXT NOT NULL CHECK (ready_at >= due_at),
    next_attempt_at TEXT,
    attempts INTEGER NOT NULL DEFAULT 0,
    claims INTEGER NOT NULL DEFAULT 0,
    claimed_at TEXT,
    claimed_by TEXT NOT NULL DEFAULT '',
    lease_until TEXT,
    intent_at TEXT,
    -- When it was handed over, or may have been: what limits count.
    handed_at TEXT,
    cancel_asked TEXT NOT NULL DEFAULT '',
    sent_at TEXT,
    outcome TEXT CHECK (outcome IS NULL OR json_valid(outcome)),

    CHECK ((state = 'sent') = (sent_at IS NOT NULL)),
    CHECK (state <> 'sending' OR (lease_until IS NOT NULL AND claimed_by <> '')),
    CHECK (state IN ('sending', 'unclear') OR cancel_asked = '')
) STRICT;

-- One follow-up, for one person, once.
CREATE UNIQUE INDEX entries_one_per_step ON entries (application, kind, round, person, nth)
WHERE state IN ('draft', 'queued', 'sending', 'unclear', 'sent');

CREATE INDEX entries_due ON entries (ready_at, id) WHERE state = 'queued' AND held = '';
CREATE INDEX entries_under_way ON entries (claimed_by) WHERE state = 'sending';
CREATE INDEX entries_of_application ON entries (application, due_at);
CREATE INDEX entries_by_state ON entries (state, due_at) WHERE state <> 'sent' AND state <> 'cancelled';
CREATE INDEX entries_handed_by_account ON entries (account, handed_at) WHERE handed_at IS NOT NULL;
CREATE INDEX entries_handed_to_domain ON entries (to_domain, handed_at) WHERE handed_at IS NOT NULL;

-- The bytes lie apart, so that moving an entry does not rewrite them.
CREATE TABLE contents (
    entry_id INTEGER PRIMARY KEY REFERENCES entries (id) ON DELETE CASCADE,
    bytes BLOB NOT NULL
) STRICT;

CREATE TABLE moves (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    entry_id INTEGER NOT NULL REFERENCES entries (id) ON DELETE CASCADE,
    at TEXT NOT NULL,
    cause TEXT NOT NULL,
    before TEXT,
    after TEXT NOT NULL,
    detail TEXT NOT NULL
) STRICT;

CREATE INDEX moves_of_entry ON moves (entry_id, id);

CREATE TABLE touches (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    application TEXT NOT NULL CHECK (application <> ''),
    kind TEXT NOT NULL,
    round INTEGER NOT NULL,
    person TEXT NOT NULL,
    nth INTEGER NOT NULL,
    channel TEXT NOT NULL,
    at TEXT NOT NULL,
    reached INTEGER NOT NULL CHECK (reached IN (0, 1)),
    body TEXT NOT NULL,
    subject TEXT NOT NULL,
    message_id TEXT NOT NULL,
    refs TEXT NOT NULL CHECK (json_valid(refs))
) STRICT;

CREATE INDEX touches_of_application ON touches (application, at);

CREATE TABLE pauses (
    account TEXT PRIMARY KEY,
    reason TEXT NOT NULL,
    fix TEXT NOT NULL,
    since_at TEXT NOT NULL,
    until_at TEXT
) STRICT;

CREATE TABLE workers (
    name TEXT PRIMARY KEY,
    seen_at TEXT NOT NULL
) STRICT;

-- Names of applications that are being forgotten, for the length of one transaction: the only way to delete an entry.
CREATE TABLE forgetting (application TEXT PRIMARY KEY) STRICT;

CREATE TRIGGER entries_never_vanish BEFORE DELETE ON entries
WHEN NOT EXISTS (SELECT 1 FROM forgetting WHERE application = OLD.application)
BEGIN
    SELECT RAISE(ABORT, 'an entry is never deleted, only forgotten with its application');
END;

CREATE TRIGGER moves_are_never_changed BEFORE UPDATE ON moves
BEGIN
    SELECT RAISE(ABORT, 'the history is append-only');
END;

CREATE TRIGGER moves_never_vanish BEFORE DELETE ON moves
WHEN EXISTS (SELECT 1 FROM entries WHERE id = OLD.entry_id)
BEGIN
    SELECT RAISE(ABORT, 'the history is append-only');
END;

-- What was sent stays sent: a mail leaves this state only when its application is forgotten.
CREATE TRIGGER sent_stays_sent BEFORE UPDATE OF state ON entries
WHEN OLD.state = 'sent' AND NEW.state <> 'sent'
BEGIN
    SELECT RAISE(ABORT, 'a sent entry stays sent');
END;
