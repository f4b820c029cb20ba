-- A candidate whose everything was moved out of the office, into a home folder: from there their mails are sent, and
-- from here no more. Who moved it when, and which folder it was; empty for all others.

ALTER TABLE candidates ADD COLUMN moved_out text NOT NULL DEFAULT '';

CREATE FUNCTION refuse_moved_out() RETURNS trigger
LANGUAGE plpgsql SET search_path = followup, pg_temp
AS $$
BEGIN
    IF EXISTS (SELECT FROM candidates WHERE id = NEW.candidate AND moved_out <> '') THEN
        RAISE EXCEPTION 'everything of this candidate was moved out of the office';
    END IF;
    RETURN NEW;
END $$;

-- Somebody, or a worker, may have had the candidate at hand when that was done.
CREATE TRIGGER no_new_entries_when_moved_out BEFORE INSERT ON entries
FOR EACH ROW EXECUTE FUNCTION refuse_moved_out();

CREATE TRIGGER no_claim_when_moved_out BEFORE UPDATE OF state ON entries
FOR EACH ROW WHEN (NEW.state = 'sending' AND OLD.state <> 'sending') EXECUTE FUNCTION refuse_moved_out();

REVOKE ALL ON FUNCTION refuse_moved_out() FROM PUBLIC;
