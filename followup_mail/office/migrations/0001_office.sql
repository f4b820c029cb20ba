-- The rows of every candidate, each with the number of its candidate. Times are timestamptz; an empty text means
-- "nothing said"; NULL means "has not happened". Texts in an index have the collation "C": their order is that of the
-- program, and an update of the system's languages leaves the index as it is. Functions and policies come at the end.

CREATE TABLE candidates (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    name text NOT NULL CHECK (name <> ''),
    added_at timestamptz NOT NULL DEFAULT now(),
    added_by text NOT NULL,
    -- Numbers of entries, seen mail and touches begin at 1 for everybody, and are never given out twice.
    last_entry bigint NOT NULL DEFAULT 0,
    last_seen_mail bigint NOT NULL DEFAULT 0,
    last_touch bigint NOT NULL DEFAULT 0
);

CREATE UNIQUE INDEX candidates_by_name ON candidates (lower(name));

-- With what proofs are checked (HMAC-SHA256: the key with its inner and outer pad). Nobody but the owner reads it.
CREATE TABLE claim_keys (
    inner_pad bytea PRIMARY KEY CHECK (length(inner_pad) = 64),
    outer_pad bytea NOT NULL CHECK (length(outer_pad) = 64)
);

-- Who asks: set for the length of one transaction, with a proof that only somebody with the office's key can make, for
-- this connection alone. 0 is the office itself, of whom no row is. Nobody, and no row is visible. An office that has
-- not registered a key (it has none) believes who says so.
CREATE FUNCTION current_candidate() RETURNS bigint
LANGUAGE plpgsql STABLE PARALLEL RESTRICTED SECURITY DEFINER SET search_path = followup, pg_temp
AS $$
DECLARE
    claimed text := coalesce(current_setting('followup.candidate', true), '');
    told bytea;
    proved boolean;
BEGIN
    IF claimed = '' THEN
        RETURN NULL;
    END IF;
    told := convert_to(
        pg_backend_pid() || ':' || claimed || ':' || coalesce(current_setting('followup.actor', true), ''), 'UTF8'
    );
    -- Without a key there is no row, and so neither true nor false.
    SELECT coalesce(bool_or(
        encode(sha256(outer_pad || sha256(inner_pad || told)), 'hex')
        = coalesce(current_setting('followup.proof', true), '')
    ), true) INTO proved FROM claim_keys;
    IF NOT proved THEN
        RAISE EXCEPTION 'who asks did not prove it with a key of the office'
        USING ERRCODE = 'invalid_authorization_specification';
    END IF;
    RETURN claimed::bigint;
END $$;

CREATE FUNCTION refuse_but_office() RETURNS void
LANGUAGE plpgsql STABLE PARALLEL RESTRICTED SECURITY DEFINER SET search_path = followup, pg_temp
AS $$
BEGIN
    IF current_candidate() IS DISTINCT FROM 0 THEN
        RAISE EXCEPTION 'only the office itself may ask that' USING ERRCODE = 'insufficient_privilege';
    END IF;
END $$;

CREATE FUNCTION current_actor() RETURNS text
LANGUAGE sql STABLE PARALLEL SAFE
RETURN coalesce(nullif(current_setting('followup.actor', true), ''), session_user);

-- The files of a candidate's home folder: facts, settings, templates, methods, accounts, tokens, steps to take back.
CREATE TABLE files (
    candidate bigint NOT NULL REFERENCES candidates (id),
    path text COLLATE "C" NOT NULL CHECK (path <> '' AND path !~ '(^|/)\.\.?(/|$)' AND path !~ '^/' AND path !~ '\\'),
    version integer NOT NULL CHECK (version >= 1),
    -- NULL: deleted. Sealed bytes can only be read with a key that is not in this database.
    content bytea,
    is_sealed boolean NOT NULL,
    changed_at timestamptz NOT NULL,
    changed_by text NOT NULL,
    PRIMARY KEY (candidate, path)
);

-- What files were before, by the trigger below. A file that is deleted takes the contents of its versions with it: what
-- was forgotten is gone. Of what the program keeps for itself (steps to take back, tokens) no versions are kept.
CREATE TABLE file_versions (
    candidate bigint NOT NULL REFERENCES candidates (id),
    path text COLLATE "C" NOT NULL,
    version integer NOT NULL,
    content bytea,
    was_deleted boolean NOT NULL DEFAULT false,
    is_sealed boolean NOT NULL,
    changed_at timestamptz NOT NULL,
    changed_by text NOT NULL,
    PRIMARY KEY (candidate, path, version)
);

-- Templates and methods of the office, for all candidates.
CREATE TABLE office_files (
    path text COLLATE "C" PRIMARY KEY CHECK (path ~ '^(templates|cadences)/' AND path !~ '(^|/)\.\.?(/|$)' AND path !~ '\\'),
    version integer NOT NULL CHECK (version >= 1),
    content bytea,
    changed_at timestamptz NOT NULL,
    changed_by text NOT NULL
);

CREATE TABLE entries (
    candidate bigint NOT NULL REFERENCES candidates (id),
    id bigint NOT NULL CHECK (id >= 1), -- within the candidate: people remember "#12"
    application text COLLATE "C" NOT NULL CHECK (application <> ''),
    kind text COLLATE "C" NOT NULL CHECK (kind <> ''),
    round integer NOT NULL CHECK (round >= 0),
    person text COLLATE "C" NOT NULL,
    nth integer NOT NULL CHECK (nth >= 1),

    to_name text NOT NULL,
    to_email text NOT NULL CHECK (to_email <> ''),
    -- An index on lower() itself is of no use: row-level security lets no function see a row before it does.
    to_folded text COLLATE "C" NOT NULL GENERATED ALWAYS AS (lower(to_email COLLATE "C")) STORED,
    to_domain text COLLATE "C" NOT NULL,
    subject text NOT NULL,
    body text NOT NULL,
    wording text NOT NULL,
    message_id text NOT NULL CHECK (message_id <> ''),
    refs json NOT NULL,
    -- By which account it leaves, and by no other. Empty: it goes into the folder.
    account text COLLATE "C" NOT NULL,
    mail_from text NOT NULL,
    rcpt_to json NOT NULL CHECK (json_array_length(rcpt_to) > 0),
    smtputf8 smallint NOT NULL CHECK (smtputf8 IN (0, 1)),
    attached json NOT NULL,
    content_sha256 text NOT NULL CHECK (length(content_sha256) = 64),

    due_at timestamptz NOT NULL,
    last_at timestamptz,
    place json NOT NULL,
    insisted smallint NOT NULL CHECK (insisted IN (0, 1)),
    ignored_rules json NOT NULL,

    state text NOT NULL CHECK (
        state IN ('draft', 'queued', 'sending', 'sent', 'in folder', 'failed', 'unclear', 'missed', 'cancelled')
    ),
    held text NOT NULL DEFAULT '',
    reason text NOT NULL DEFAULT '',
    fix text NOT NULL DEFAULT '',
    created_at timestamptz NOT NULL,
    ready_at timestamptz NOT NULL CHECK (ready_at >= due_at),
    next_attempt_at timestamptz,
    attempts integer NOT NULL DEFAULT 0,
    claims integer NOT NULL DEFAULT 0,
    claimed_at timestamptz,
    claimed_by text NOT NULL DEFAULT '',
    lease_until timestamptz,
    intent_at timestamptz,
    handed_at timestamptz,
    cancel_asked text NOT NULL DEFAULT '',
    sent_at timestamptz,
    filed_at timestamptz,
    outcome json,
    why text NOT NULL DEFAULT '',
    was_sent_at timestamptz,

    PRIMARY KEY (candidate, id),
    CHECK ((state = 'sent') = (sent_at IS NOT NULL)),
    CHECK ((state = 'in folder') = (filed_at IS NOT NULL)),
    CHECK (state <> 'sending' OR (lease_until IS NOT NULL AND claimed_by <> '')),
    CHECK (state IN ('sending', 'unclear') OR cancel_asked = '')
);

-- One follow-up, for one person, once.
CREATE UNIQUE INDEX entries_one_per_step ON entries (candidate, application, kind, round, person, nth)
WHERE state IN ('draft', 'queued', 'sending', 'unclear', 'sent', 'in folder');

-- What workers look for, over all candidates; and what one candidate has open.
CREATE INDEX entries_due ON entries (ready_at, candidate) WHERE state = 'queued' AND held = '';
CREATE INDEX entries_due_of_candidate ON entries (candidate, ready_at, id) WHERE state = 'queued' AND held = '';
CREATE INDEX entries_under_way ON entries (lease_until) WHERE state = 'sending';
CREATE INDEX entries_by_state ON entries (candidate, state, due_at) WHERE state <> 'sent' AND state <> 'cancelled';
CREATE INDEX entries_of_application ON entries (candidate, application, due_at);
CREATE INDEX entries_handed_by_account ON entries (candidate, account, handed_at) WHERE handed_at IS NOT NULL;
CREATE INDEX entries_handed_to_theirs ON entries (candidate, to_domain, handed_at) WHERE handed_at IS NOT NULL;
-- Over all candidates too: an employer is not to hear from fifty of them within an hour.
CREATE INDEX entries_handed_to_domain ON entries (to_domain, handed_at) WHERE handed_at IS NOT NULL;
CREATE INDEX entries_waiting_for_domain ON entries (to_domain, ready_at) WHERE state = 'queued';
CREATE INDEX entries_sent ON entries (candidate, sent_at) WHERE state = 'sent';
-- What may have reached somebody under a name whose facts file is gone.
CREATE INDEX entries_to ON entries (candidate, to_folded) WHERE state IN ('sending', 'sent', 'unclear');
CREATE INDEX entries_of_person ON entries (candidate, person) WHERE state IN ('sending', 'sent', 'unclear');
CREATE INDEX entries_to_beyond_ascii ON entries (candidate) WHERE octet_length(to_email) <> length(to_email);

CREATE TABLE contents (
    candidate bigint NOT NULL,
    entry_id bigint NOT NULL,
    bytes bytea NOT NULL,
    PRIMARY KEY (candidate, entry_id),
    FOREIGN KEY (candidate, entry_id) REFERENCES entries (candidate, id) ON DELETE CASCADE
);

-- The history of each entry, with who made each step: the audit trail.
CREATE TABLE moves (
    candidate bigint NOT NULL,
    id bigint GENERATED BY DEFAULT AS IDENTITY,
    entry_id bigint NOT NULL,
    at timestamptz NOT NULL,
    cause text NOT NULL,
    before text,
    after text NOT NULL,
    detail text NOT NULL,
    actor text NOT NULL DEFAULT current_actor(),
    PRIMARY KEY (candidate, entry_id, id),
    FOREIGN KEY (candidate, entry_id) REFERENCES entries (candidate, id) ON DELETE CASCADE
);

CREATE TABLE touches (
    candidate bigint NOT NULL REFERENCES candidates (id),
    id bigint NOT NULL CHECK (id >= 1),
    application text COLLATE "C" NOT NULL CHECK (application <> ''),
    kind text NOT NULL,
    round integer NOT NULL,
    person text NOT NULL,
    nth integer NOT NULL,
    channel text NOT NULL,
    at timestamptz NOT NULL,
    reached smallint NOT NULL CHECK (reached IN (0, 1)),
    body text NOT NULL,
    subject text NOT NULL,
    message_id text NOT NULL,
    refs json NOT NULL,
    why text NOT NULL DEFAULT '',
    actor text NOT NULL DEFAULT current_actor(),
    PRIMARY KEY (candidate, id)
);

CREATE INDEX touches_of_application ON touches (candidate, application, at);
CREATE INDEX touches_by_moment ON touches (candidate, at);

CREATE TABLE pauses (
    candidate bigint NOT NULL REFERENCES candidates (id),
    account text COLLATE "C" NOT NULL,
    reason text NOT NULL,
    fix text NOT NULL,
    since_at timestamptz NOT NULL,
    until_at timestamptz,
    PRIMARY KEY (candidate, account)
);

-- Workers that were at work for a candidate.
CREATE TABLE workers (
    candidate bigint NOT NULL REFERENCES candidates (id),
    name text COLLATE "C" NOT NULL,
    seen_at timestamptz NOT NULL,
    PRIMARY KEY (candidate, name)
);

-- Mail of theirs that was seen in a mailbox: what was understood of it, never the whole of it.
CREATE TABLE seen_mail (
    candidate bigint NOT NULL REFERENCES candidates (id),
    id bigint NOT NULL CHECK (id >= 1), -- within the candidate: people remember "m4"
    account text COLLATE "C" NOT NULL CHECK (account <> ''),
    folder text COLLATE "C" NOT NULL,
    uid_validity bigint NOT NULL,
    uid bigint NOT NULL,
    seen_at timestamptz NOT NULL,
    state text NOT NULL CHECK (state IN ('new', 'recorded', 'accepted', 'dismissed')),
    was json,
    understanding text NOT NULL CHECK (
        understanding IN ('answer', 'automatic reply', 'returned', 'by hand', 'nothing')
    ),
    applications json NOT NULL,
    why text NOT NULL,
    sender text COLLATE "C" NOT NULL,
    name text NOT NULL,
    subject text NOT NULL,
    sent_at timestamptz,
    message_id text COLLATE "C" NOT NULL,
    refs json NOT NULL,
    first_line text NOT NULL,
    tenor text NOT NULL,
    sentence text NOT NULL,
    has_invitation smallint NOT NULL CHECK (has_invitation IN (0, 1)),
    back_on text, -- as ``seen_rows`` writes it
    returned json NOT NULL,
    returned_to json NOT NULL,
    PRIMARY KEY (candidate, id)
);

CREATE UNIQUE INDEX seen_once ON seen_mail (candidate, account, message_id) WHERE message_id <> '';
CREATE UNIQUE INDEX seen_once_by_place ON seen_mail (candidate, account, folder, uid_validity, uid)
WHERE message_id = '';
CREATE INDEX seen_by_state ON seen_mail (candidate, state);
CREATE INDEX seen_absences ON seen_mail (candidate, sender) WHERE back_on IS NOT NULL;
CREATE INDEX seen_by_message_id ON seen_mail (candidate, message_id);

CREATE TABLE folder_marks (
    candidate bigint NOT NULL REFERENCES candidates (id),
    account text COLLATE "C" NOT NULL,
    folder text COLLATE "C" NOT NULL,
    uid_validity bigint NOT NULL,
    last_uid bigint NOT NULL,
    PRIMARY KEY (candidate, account, folder)
);

CREATE TABLE last_looks (
    candidate bigint NOT NULL REFERENCES candidates (id),
    account text COLLATE "C" NOT NULL,
    looked_at timestamptz,
    failed_at timestamptz,
    error text NOT NULL,
    PRIMARY KEY (candidate, account)
);

-- Who was deleted on request, and when: a number and no name.
CREATE TABLE deleted_candidates (
    id bigint PRIMARY KEY,
    deleted_at timestamptz NOT NULL DEFAULT now(),
    deleted_by text NOT NULL
);

-- Where this database was when it was last known to hold everything that it had acknowledged. One that came out of a
-- backup, or a standby that took over, is elsewhere: what was sent since then may be missing in it, so nothing leaves
-- until somebody has cleared that up.
CREATE TABLE whereabouts (
    only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row),
    place text NOT NULL,
    -- Why nothing may leave although the place is right; empty: nothing speaks against it.
    doubt text NOT NULL DEFAULT '',
    confirmed_at timestamptz NOT NULL DEFAULT now(),
    confirmed_by text NOT NULL,
    -- When somebody last cleared up: what witnesses know of before does not count any more.
    cleared_at timestamptz NOT NULL DEFAULT now()
);

-- How often each thread of a worker has written for good: it knows the number too, and finds out when the database
-- forgot some.
CREATE TABLE witnesses (
    name text PRIMARY KEY,
    count bigint NOT NULL,
    at timestamptz NOT NULL DEFAULT now()
);

-- The cluster, the database and the table in it (a dump that is read back makes new ones), and last the timeline, which
-- changes when a standby takes over and at the end of a recovery from the archive.
CREATE FUNCTION place_now() RETURNS text LANGUAGE sql STABLE
AS $$
    SELECT concat_ws(
        '/', (SELECT system_identifier FROM pg_control_system()),
        (SELECT oid FROM pg_database WHERE datname = current_database()), 'followup.entries'::regclass::oid,
        substr(pg_walfile_name(pg_current_wal_lsn()), 1, 8)
    )
$$;

INSERT INTO whereabouts (place, confirmed_by) VALUES (followup.place_now(), session_user);

CREATE FUNCTION refuse_to_leave_from_elsewhere() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = followup, pg_temp AS $$
BEGIN
    IF NOT EXISTS (SELECT 1 FROM whereabouts WHERE doubt = '' AND place = place_now()) THEN
        RAISE EXCEPTION 'this database may not know everything that was sent' USING ERRCODE = 'FM001';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER entries_leave_from_known_place BEFORE UPDATE OF state, intent_at ON entries FOR EACH ROW
WHEN (NEW.state = 'sending' AND (OLD.state <> 'sending' OR (NEW.intent_at IS NOT NULL AND OLD.intent_at IS NULL)))
EXECUTE FUNCTION refuse_to_leave_from_elsewhere();

-- A process that knows what it was told before a standby took over finds it all there: then only the timeline is new.
-- ``since`` is when somebody last cleared up, as the witness knows it: one of before begins anew (the answer is "anew").
CREATE FUNCTION vouch(witness text, lines text[], known bigint[], since timestamptz) RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = followup, pg_temp AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM whereabouts WHERE cleared_at > since) THEN
        RETURN 'anew';
    END IF;
    IF EXISTS (
        SELECT 1 FROM unnest(lines, known) AS told (line, number)
        WHERE NOT EXISTS (SELECT 1 FROM witnesses WHERE name = line AND count >= number)
    ) THEN
        UPDATE whereabouts SET doubt = 'it forgot something that ' || witness || ' had written' WHERE doubt = '';
        RETURN 'forgot';
    END IF;
    UPDATE whereabouts SET place = place_now(), confirmed_at = now(), confirmed_by = witness
    WHERE doubt = '' AND place <> place_now() AND regexp_replace(place, '/[^/]*$', '')
    = regexp_replace(place_now(), '/[^/]*$', '');
    RETURN 'knows';
END $$;

-- Of what a deleted candidate has sent: its Message-ID as a checksum, so that an old copy of their home does not send it
-- again; and for the hour in which limits count it, to whom, as checksums that begin with the moment.
CREATE TABLE sent_before_deletion (
    message_id_sha256 bytea PRIMARY KEY
);

CREATE TABLE handed_before_deletion (
    handed_at timestamptz NOT NULL,
    domain_sha256 bytea NOT NULL,
    address_sha256 bytea NOT NULL
);

CREATE INDEX handed_before_deletion_at ON handed_before_deletion (handed_at);

CREATE FUNCTION keep_version() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = followup, pg_temp AS $$
BEGIN
    INSERT INTO file_versions (candidate, path, version, content, was_deleted, is_sealed, changed_at, changed_by)
    VALUES (
        OLD.candidate, OLD.path, OLD.version, CASE WHEN NEW.content IS NOT NULL THEN OLD.content END,
        OLD.content IS NULL, OLD.is_sealed, OLD.changed_at, OLD.changed_by
    );
    IF NEW.content IS NULL THEN
        UPDATE file_versions SET content = NULL
        WHERE candidate = OLD.candidate AND path = OLD.path AND content IS NOT NULL;
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER files_keep_versions BEFORE UPDATE ON files
FOR EACH ROW WHEN (OLD.version <> NEW.version AND OLD.path !~ '^(undo|tokens|previews|written|log)/')
EXECUTE FUNCTION keep_version();

-- A version of a file is by the one who asked, whatever the statement says.
CREATE FUNCTION sign_file() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.changed_by := current_actor();
    RETURN NEW;
END $$;

CREATE TRIGGER files_are_signed BEFORE INSERT OR UPDATE OF version ON files FOR EACH ROW EXECUTE FUNCTION sign_file();

-- What was sent is never sent again: a mail leaves this state only with the mark that it came back.
CREATE FUNCTION refuse_to_resend() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.state = 'sent' AND NEW.state <> 'sent' AND NOT (NEW.state = 'failed' AND NEW.was_sent_at IS NOT NULL) THEN
        RAISE EXCEPTION 'a sent entry stays sent, unless it came back' USING ERRCODE = 'check_violation';
    END IF;
    IF OLD.was_sent_at IS NOT NULL AND NEW.state IN ('queued', 'sending') THEN
        RAISE EXCEPTION 'a mail that came back is not sent again as it is' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER sent_stays_sent BEFORE UPDATE OF state ON entries
FOR EACH ROW EXECUTE FUNCTION refuse_to_resend();

-- Set for the length of one transaction while an application, or a candidate, is being forgotten: the only way to
-- delete an entry or a line of its history.
CREATE FUNCTION refuse_to_vanish() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF current_setting('followup.forgets', true) IS DISTINCT FROM 'yes' THEN
        RAISE EXCEPTION 'entries, histories and versions are never deleted, only forgotten with their application'
        USING ERRCODE = 'check_violation';
    END IF;
    RETURN OLD;
END $$;

CREATE TRIGGER entries_never_vanish BEFORE DELETE ON entries FOR EACH ROW EXECUTE FUNCTION refuse_to_vanish();
CREATE TRIGGER moves_never_vanish BEFORE DELETE ON moves FOR EACH ROW EXECUTE FUNCTION refuse_to_vanish();
CREATE TRIGGER versions_never_vanish BEFORE DELETE ON file_versions FOR EACH ROW EXECUTE FUNCTION refuse_to_vanish();

CREATE FUNCTION refuse_to_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the history is append-only' USING ERRCODE = 'check_violation';
END $$;

CREATE TRIGGER moves_are_never_changed BEFORE UPDATE ON moves FOR EACH ROW EXECUTE FUNCTION refuse_to_change();

-- The second wall: whatever a statement forgets, the rows of other candidates are not there.
DO $$
DECLARE
    name text;
BEGIN
    FOREACH name IN ARRAY ARRAY[
        'files', 'file_versions', 'entries', 'contents', 'moves', 'touches', 'pauses', 'workers', 'seen_mail',
        'folder_marks', 'last_looks'
    ] LOOP
        EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', name);
        EXECUTE format(
            'CREATE POLICY own_rows ON %I USING (candidate = (SELECT current_candidate()))', name
        );
    END LOOP;
END $$;

ALTER TABLE candidates ENABLE ROW LEVEL SECURITY;
CREATE POLICY own_row ON candidates USING (id = (SELECT current_candidate()));

-- What the office shares is read by all, and changed by the office alone.
ALTER TABLE office_files ENABLE ROW LEVEL SECURITY;
CREATE POLICY read_by_all ON office_files FOR SELECT USING (true);
CREATE POLICY changed_by_the_office ON office_files USING ((SELECT current_candidate()) = 0);

-- What the office may know over all candidates: names and numbers, never a word of theirs. These run with the rights
-- of the owner, and are all that does; who asks for a candidate is refused.
CREATE FUNCTION add_candidate(new_name text) RETURNS bigint
LANGUAGE sql SECURITY DEFINER SET search_path = followup, pg_temp
AS $$
    SELECT refuse_but_office();
    INSERT INTO candidates (name, added_by) VALUES (new_name, current_actor()) RETURNING id;
$$;

CREATE FUNCTION find_candidate(wanted text) RETURNS TABLE (id bigint, name text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = followup, pg_temp
AS $$ SELECT refuse_but_office(); SELECT id, name FROM candidates WHERE lower(name) = lower(wanted) $$;

CREATE FUNCTION name_of_candidate(wanted bigint) RETURNS text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = followup, pg_temp
AS $$ SELECT refuse_but_office(); SELECT name FROM candidates WHERE id = wanted $$;

CREATE FUNCTION list_candidates(beyond bigint, most integer) RETURNS TABLE (id bigint, name text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = followup, pg_temp
AS $$ SELECT refuse_but_office(); SELECT id, name FROM candidates WHERE id > beyond ORDER BY id LIMIT most $$;

-- Accounts with a mail that is ready and that no pause keeps: what a worker is started for.
CREATE FUNCTION due_accounts(at_moment timestamptz, most integer) RETURNS TABLE (candidate bigint, account text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = followup, pg_temp
AS $$
    SELECT refuse_but_office();
    SELECT candidate, account FROM (
        SELECT entries.candidate, entries.account, min(entries.ready_at) AS since FROM entries
        WHERE state = 'queued' AND held = '' AND ready_at <= at_moment AND NOT EXISTS (
            SELECT 1 FROM pauses WHERE pauses.candidate = entries.candidate AND pauses.account = entries.account
            AND (until_at IS NULL OR until_at > at_moment)
        )
        GROUP BY entries.candidate, entries.account
    ) AS ready ORDER BY since LIMIT most
$$;

-- Candidates with a mail in hands that may be gone: nobody else looks after them.
CREATE FUNCTION abandoned_candidates(at_moment timestamptz, most integer) RETURNS TABLE (candidate bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = followup, pg_temp
AS $$
    SELECT refuse_but_office();
    SELECT DISTINCT candidate FROM entries WHERE state = 'sending' AND lease_until < at_moment LIMIT most
$$;

-- When anything of anybody was last handed over to a domain, or to one address there: moments, and no more.
-- Mails of deleted candidates are counted by their checksums.
CREATE FUNCTION mark_of(moment timestamptz, name text) RETURNS bytea
LANGUAGE sql STABLE
RETURN sha256(convert_to(extract(epoch FROM moment)::text || ' ' || lower(name), 'UTF8'));

CREATE FUNCTION handed_to_domain_by_all(domain text, since timestamptz) RETURNS SETOF timestamptz
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = followup, pg_temp
AS $$
    SELECT handed_at FROM entries WHERE to_domain = domain AND handed_at > since AND account <> ''
    UNION ALL
    SELECT handed_at FROM handed_before_deletion WHERE handed_at > since AND domain_sha256 = mark_of(handed_at, domain)
    ORDER BY handed_at
$$;

CREATE FUNCTION handed_to_address_by_all(domain text, address text, since timestamptz) RETURNS SETOF timestamptz
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = followup, pg_temp
AS $$
    SELECT handed_at FROM entries
    WHERE to_domain = domain AND handed_at > since AND account <> '' AND lower(to_email) = lower(address)
    UNION ALL
    SELECT handed_at FROM handed_before_deletion
    WHERE handed_at > since AND address_sha256 = mark_of(handed_at, address)
    ORDER BY handed_at
$$;

-- When mails of anybody to a domain, or to one address there, are to be looked at again: moments, and no more.
CREATE FUNCTION waiting_by_all(domain text, address text, since timestamptz, until timestamptz)
RETURNS TABLE (at timestamptz, same boolean)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = followup, pg_temp
AS $$
    SELECT ready_at, lower(to_email) = lower(address) FROM entries
    WHERE to_domain = domain AND state = 'queued' AND held = '' AND account <> '' AND ready_at > since
    AND ready_at <= until
$$;

CREATE FUNCTION left_before_deletion(message_id text) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = followup, pg_temp
AS $$
    SELECT EXISTS (
        SELECT FROM sent_before_deletion WHERE message_id_sha256 = sha256(convert_to(message_id, 'UTF8'))
    )
$$;

-- Deletes a candidate with everything that is theirs, in a transaction of their own.
CREATE FUNCTION delete_candidate(target bigint) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = followup, pg_temp
AS $$
DECLARE
    gone bigint;
    name text;
BEGIN
    IF current_candidate() IS DISTINCT FROM target THEN
        RAISE EXCEPTION 'a candidate is deleted in a transaction of their own' USING ERRCODE = 'insufficient_privilege';
    END IF;
    IF EXISTS (SELECT FROM entries WHERE candidate = target AND state = 'sending') THEN
        RAISE EXCEPTION 'a mail is being sent' USING ERRCODE = 'object_in_use';
    END IF;
    DELETE FROM handed_before_deletion WHERE handed_at < now() - interval '1 day';
    INSERT INTO handed_before_deletion (handed_at, domain_sha256, address_sha256)
    SELECT handed_at, mark_of(handed_at, to_domain), mark_of(handed_at, to_email) FROM entries
    WHERE candidate = target AND account <> '' AND handed_at > now() - interval '3 hours';
    INSERT INTO sent_before_deletion (message_id_sha256)
    SELECT sha256(convert_to(message_id, 'UTF8')) FROM entries
    WHERE candidate = target AND (state IN ('sent', 'unclear') OR was_sent_at IS NOT NULL)
    ON CONFLICT DO NOTHING;
    PERFORM set_config('followup.forgets', 'yes', true);
    DELETE FROM entries WHERE candidate = target; -- with contents and moves
    GET DIAGNOSTICS gone = ROW_COUNT;
    FOR name IN
        SELECT relname FROM pg_class JOIN pg_attribute ON attrelid = pg_class.oid AND attname = 'candidate'
        WHERE relnamespace = 'followup'::regnamespace AND relkind IN ('r', 'p') AND NOT relispartition
    LOOP
        EXECUTE format('DELETE FROM %I WHERE candidate = $1', name) USING target;
    END LOOP;
    IF to_regclass('followup_engine.procrastinate_jobs') IS NOT NULL THEN
        DELETE FROM followup_engine.procrastinate_jobs
        WHERE args ->> 'candidate' = target::text AND status::text <> 'doing';
    END IF;
    DELETE FROM candidates WHERE id = target;
    PERFORM set_config('followup.forgets', '', true);
    INSERT INTO deleted_candidates (id, deleted_by) VALUES (target, current_actor());
    RETURN gone;
END $$;

-- Puts bytes that were sealed with another key in the place of the same, in a file of the candidate who asks or in a
-- version of before; nothing when somebody was faster.
CREATE FUNCTION reseal(of_path text, of_version integer, sealed bytea, anew bytea) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = followup, pg_temp
AS $$
BEGIN
    UPDATE files SET content = anew
    WHERE candidate = current_candidate() AND path = of_path AND version = of_version AND is_sealed AND content = sealed;
    IF FOUND THEN
        RETURN true;
    END IF;
    UPDATE file_versions SET content = anew
    WHERE candidate = current_candidate() AND path = of_path AND version = of_version AND is_sealed AND content = sealed;
    RETURN FOUND;
END $$;

-- Workers ---------------------------------------------------------------------------------------------------------------

-- Which migrations of the engine (procrastinate, in a schema of its own) this database has had.
CREATE TABLE engine_migrations (
    name text PRIMARY KEY,
    applied_at timestamptz NOT NULL DEFAULT now()
);

-- Worker processes: who is at work, or was last.
CREATE TABLE office_workers (
    name text PRIMARY KEY CHECK (name <> ''),
    started_at timestamptz NOT NULL DEFAULT now(),
    seen_at timestamptz NOT NULL DEFAULT now(),
    ended_at timestamptz
);

-- When something is to be done for a candidate next, apart from sending: NULL, when there is nothing of that kind to do.
-- What the daily plan found is in numbers.
CREATE TABLE rounds (
    candidate bigint NOT NULL REFERENCES candidates (id) ON DELETE CASCADE,
    job text NOT NULL CHECK (job IN ('look', 'plan', 'refresh tokens')),
    next_at timestamptz,
    done_at timestamptz,
    steps_due integer NOT NULL DEFAULT 0,
    steps_soon integer NOT NULL DEFAULT 0,
    to_decide integer NOT NULL DEFAULT 0,
    PRIMARY KEY (candidate, job)
);

CREATE INDEX rounds_next ON rounds (next_at) WHERE next_at IS NOT NULL;
CREATE INDEX rounds_of_plans ON rounds (candidate) WHERE job = 'plan';
CREATE INDEX moves_to_failed ON moves (at) WHERE after = 'failed';
CREATE INDEX entries_unclear ON entries (candidate) WHERE state = 'unclear';
CREATE INDEX entries_held ON entries (candidate) WHERE held <> '' AND state IN ('queued', 'draft');
CREATE INDEX entries_without_account ON entries (candidate) WHERE account = '' AND state = 'queued' AND held = '';

ALTER TABLE office_workers ENABLE ROW LEVEL SECURITY;
CREATE POLICY of_the_office ON office_workers USING ((SELECT current_candidate()) = 0);
ALTER TABLE rounds ENABLE ROW LEVEL SECURITY;
CREATE POLICY own_rows ON rounds USING (candidate = (SELECT current_candidate()));

-- A new candidate is planned for at once, and that tells what else there is to do.
CREATE FUNCTION begin_rounds() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = followup, pg_temp AS $$
BEGIN
    INSERT INTO rounds (candidate, job, next_at) VALUES (NEW.id, 'plan', now());
    RETURN NEW;
END $$;

CREATE TRIGGER candidates_begin_rounds AFTER INSERT ON candidates FOR EACH ROW EXECUTE FUNCTION begin_rounds();

-- So is one whose settings have changed: a mailbox that was set is looked into from then on.
CREATE FUNCTION plan_anew() RETURNS trigger
LANGUAGE plpgsql SET search_path = followup, pg_temp AS $$
BEGIN
    UPDATE rounds SET next_at = now() WHERE candidate = NEW.candidate AND job = 'plan' AND next_at > now();
    RETURN NEW;
END $$;

CREATE TRIGGER files_plan_anew AFTER INSERT OR UPDATE ON files
FOR EACH ROW WHEN (NEW.path = '.env' OR NEW.path LIKE 'accounts/%') EXECUTE FUNCTION plan_anew();

-- What is to be done, taken so that nobody else takes it too; who does it says when it is to be done next. Should it be
-- lost, it comes again at ``again_at``.
CREATE FUNCTION take_rounds(at_moment timestamptz, again_at timestamptz, most integer)
RETURNS TABLE (candidate bigint, job text)
LANGUAGE sql SECURITY DEFINER SET search_path = followup, pg_temp
AS $$
    SELECT refuse_but_office();
    UPDATE rounds SET next_at = again_at FROM (
        SELECT rounds.candidate, rounds.job FROM rounds WHERE next_at <= at_moment
        ORDER BY next_at LIMIT most FOR UPDATE SKIP LOCKED
    ) AS due WHERE rounds.candidate = due.candidate AND rounds.job = due.job
    RETURNING rounds.candidate, rounds.job
$$;

-- How things stand over all candidates: numbers and moments.
CREATE FUNCTION office_numbers(at_moment timestamptz, today timestamptz) RETURNS TABLE (
    candidates bigint, waiting bigint, held bigint, ready bigint, late bigint, oldest_ready_at timestamptz,
    sending bigint, unclear bigint, failed_today bigint, no_account bigint,
    steps_due bigint, steps_soon bigint, to_decide bigint
)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = followup, pg_temp
AS $$
    SELECT refuse_but_office();
    WITH resting AS (
        SELECT candidate, account FROM pauses WHERE until_at IS NULL OR until_at > at_moment
    ), ready AS (
        SELECT ready_at FROM entries
        WHERE state = 'queued' AND held = '' AND ready_at <= at_moment AND account <> '' AND NOT EXISTS (
            SELECT FROM resting WHERE resting.candidate = entries.candidate AND resting.account = entries.account
        )
    )
    SELECT
        (SELECT count(*) FROM candidates),
        (SELECT count(*) FROM entries WHERE state = 'queued' AND held = ''),
        (SELECT count(*) FROM entries WHERE state IN ('queued', 'draft') AND held <> ''),
        (SELECT count(*) FROM ready),
        (SELECT count(*) FROM ready WHERE ready_at <= at_moment - interval '5 minutes'),
        (SELECT min(ready_at) FROM ready),
        (SELECT count(*) FROM entries WHERE state = 'sending'),
        (SELECT count(*) FROM entries WHERE state = 'unclear'),
        (SELECT count(DISTINCT (candidate, entry_id)) FROM moves WHERE after = 'failed' AND at >= today),
        (SELECT count(*) FROM entries WHERE state = 'queued' AND held = '' AND account = ''),
        (SELECT coalesce(sum(steps_due), 0) FROM rounds WHERE job = 'plan'),
        (SELECT coalesce(sum(steps_soon), 0) FROM rounds WHERE job = 'plan'),
        (SELECT coalesce(sum(to_decide), 0) FROM rounds WHERE job = 'plan')
$$;

-- Accounts that rest: whose, at which provider, how long, and the number of the server's answer; no word of it.
CREATE FUNCTION resting_accounts(at_moment timestamptz, most integer)
RETURNS TABLE (candidate bigint, domain text, since_at timestamptz, until_at timestamptz, answer text, waiting bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = followup, pg_temp
AS $$
    SELECT refuse_but_office();
    SELECT candidate, split_part(account, '@', 2), since_at, until_at,
        coalesce(substring(reason FROM '^([245][0-9][0-9])([^0-9]|$)'), ''),
        (SELECT count(*) FROM entries WHERE entries.candidate = pauses.candidate AND entries.account = pauses.account
            AND state = 'queued' AND held = '' AND ready_at <= at_moment)
    FROM pauses WHERE until_at IS NULL OR until_at > at_moment ORDER BY since_at LIMIT most
$$;

REVOKE ALL ON ALL FUNCTIONS IN SCHEMA followup FROM PUBLIC;
