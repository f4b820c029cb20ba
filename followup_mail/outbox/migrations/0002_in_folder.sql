-- "In folder" becomes a state of its own: such a mail counted as sent, and never left. A CHECK cannot be changed, so the
-- table is made again. Triggers and indexes go with the old one; numbers once given out are kept out of use.

DROP TRIGGER moves_never_vanish;

CREATE TABLE new_entries (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
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
    -- By which account it leaves, and by no other. Empty: none was set when it was written, so it goes into the folder.
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
        state IN ('draft', 'queued', 'sending', 'sent', 'in folder', 'failed', 'unclear', 'missed', 'cancelled')
    ),
    held TEXT NOT NULL DEFAULT '',
    reason TEXT NOT NULL DEFAULT '',
    fix TEXT NOT NULL DEFAULT '',
    created_at TEXT NOT NULL,
    ready_at TEXT NOT NULL CHECK (ready_at >= due_at),
    next_attempt_at TEXT,
    attempts INTEGER NOT NULL DEFAULT 0,
    claims INTEGER NOT NULL DEFAULT 0,
    claimed_at TEXT,
    claimed_by TEXT NOT NULL DEFAULT '',
    lease_until TEXT,
    intent_at TEXT,
    handed_at TEXT,
    cancel_asked TEXT NOT NULL DEFAULT '',
    sent_at TEXT,
    filed_at TEXT,
    outcome TEXT CHECK (outcome IS NULL OR json_valid(outcome)),

    CHECK ((state = 'sent') = (sent_at IS NOT NULL)),
    CHECK ((state = 'in folder') = (filed_at IS NOT NULL)),
    CHECK (state <> 'sending' OR (lease_until IS NOT NULL AND claimed_by <> '')),
    CHECK (state IN ('sending', 'unclear') OR cancel_asked = '')
) STRICT;

INSERT INTO sqlite_sequence (name, seq) SELECT 'new_entries', seq FROM sqlite_sequence WHERE name = 'entries';

-- A mail that the folder took has no reply code; those written since say so themselves.
CREATE TEMPORARY TABLE filed AS
SELECT id FROM entries WHERE state = 'sent' AND outcome IS NOT NULL AND json_extract(outcome, '$.verdict') = 'accepted'
AND coalesce(json_extract(outcome, '$.in_folder'), json_extract(outcome, '$.code') IS NULL);

INSERT INTO new_entries
SELECT
    id, application, kind, round, person, nth, to_name, to_email, to_domain, subject, body, wording, message_id, refs,
    CASE WHEN id IN filed THEN '' ELSE account END,
    mail_from, rcpt_to, smtputf8, attached, content_sha256, due_at, last_at, place, insisted, ignored_rules,
    CASE WHEN id IN filed THEN 'in folder' ELSE state END,
    held, reason, fix, created_at, ready_at, next_attempt_at, attempts, claims, claimed_at, claimed_by, lease_until,
    CASE WHEN id IN filed THEN NULL ELSE intent_at END,
    CASE WHEN id IN filed THEN NULL ELSE handed_at END,
    cancel_asked,
    CASE WHEN id IN filed THEN NULL ELSE sent_at END,
    CASE WHEN id IN filed THEN sent_at END,
    outcome
FROM entries;

INSERT INTO moves (entry_id, at, cause, before, after, detail)
SELECT id, filed_at, 'filed', 'sent', 'in folder', 'it was called sent before, and never left this machine'
FROM new_entries WHERE state = 'in folder';

DROP TABLE temp.filed;

DROP TABLE entries;

ALTER TABLE new_entries RENAME TO entries;

CREATE UNIQUE INDEX entries_one_per_step ON entries (application, kind, round, person, nth)
WHERE state IN ('draft', 'queued', 'sending', 'unclear', 'sent', 'in folder');

CREATE INDEX entries_due ON entries (ready_at, id) WHERE state = 'queued' AND held = '';
CREATE INDEX entries_under_way ON entries (claimed_by) WHERE state = 'sending';
CREATE INDEX entries_of_application ON entries (application, due_at);
CREATE INDEX entries_by_state ON entries (state, due_at) WHERE state <> 'sent' AND state <> 'cancelled';
CREATE INDEX entries_handed_by_account ON entries (account, handed_at) WHERE handed_at IS NOT NULL;
CREATE INDEX entries_handed_to_domain ON entries (to_domain, handed_at) WHERE handed_at IS NOT NULL;

CREATE TRIGGER entries_never_vanish BEFORE DELETE ON entries
WHEN NOT EXISTS (SELECT 1 FROM forgetting WHERE application = OLD.application)
BEGIN
    SELECT RAISE(ABORT, 'an entry is never deleted, only forgotten with its application');
END;

CREATE TRIGGER moves_never_vanish BEFORE DELETE ON moves
WHEN EXISTS (SELECT 1 FROM entries WHERE id = OLD.entry_id)
BEGIN
    SELECT RAISE(ABORT, 'the history is append-only');
END;

CREATE TRIGGER sent_stays_sent BEFORE UPDATE OF state ON entries
WHEN OLD.state = 'sent' AND NEW.state <> 'sent'
BEGIN
    SELECT RAISE(ABORT, 'a sent entry stays sent');
END;
