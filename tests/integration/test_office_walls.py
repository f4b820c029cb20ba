"""No session of one candidate gets at a row of another's, whatever it says: the second wall, table by table."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from datetime import UTC, datetime

import psycopg
import pytest
from office_server import APP, OWNER, OfficeServer
from psycopg import sql
from psycopg.rows import DictRow

from followup_mail.errors import OutboxError
from followup_mail.office.asker import Asker
from followup_mail.office.candidates import add_candidate, find_candidate, list_candidates
from followup_mail.office.claims import Claims
from followup_mail.office.database import OfficeDatabase, OwnLink
from followup_mail.office.migrate import migrate
from followup_mail.office.sealing import new_key

KEY = new_key()
CLAIMS = Claims(KEY)
MOMENT = datetime(2026, 11, 18, 9, 30, tzinfo=UTC)
SECRET = "Words of Ben"

ROWS: dict[str, dict[str, object]] = {
    "entries": {
        "id": 1,
        "application": "acme",
        "kind": "thank_you",
        "round": 1,
        "person": "ben",
        "nth": 1,
        "to_name": "",
        "to_email": "ida@acme.example",
        "to_domain": "acme.example",
        "subject": SECRET,
        "body": SECRET,
        "wording": "",
        "message_id": "<b@x>",
        "refs": "[]",
        "account": "",
        "mail_from": "b@x",
        "rcpt_to": '["ida@acme.example"]',
        "smtputf8": 0,
        "attached": "[]",
        "content_sha256": "0" * 64,
        "due_at": MOMENT,
        "place": "{}",
        "insisted": 0,
        "ignored_rules": "[]",
        "state": "queued",
        "created_at": MOMENT,
        "ready_at": MOMENT,
    },
    "contents": {"entry_id": 1, "bytes": SECRET.encode()},
    "rounds": {"job": "look", "next_at": MOMENT},
    "moves": {"id": 1, "entry_id": 1, "at": MOMENT, "cause": "queued", "after": "queued", "detail": SECRET},
    "touches": {
        "id": 1,
        "application": "acme",
        "kind": "call",
        "round": 1,
        "person": "ben",
        "nth": 1,
        "channel": "phone",
        "at": MOMENT,
        "reached": 1,
        "body": SECRET,
        "subject": "",
        "message_id": "",
        "refs": "[]",
    },
    "pauses": {"account": "ben@x.example", "reason": SECRET, "fix": "", "since_at": MOMENT},
    "workers": {"name": "one", "seen_at": MOMENT},
    "seen_mail": {
        "id": 1,
        "account": "ben@x.example",
        "folder": "INBOX",
        "uid_validity": 1,
        "uid": 1,
        "seen_at": MOMENT,
        "state": "new",
        "understanding": "answer",
        "applications": "[]",
        "why": "",
        "sender": "ida@acme.example",
        "name": "",
        "subject": SECRET,
        "message_id": "",
        "refs": "[]",
        "first_line": "",
        "tenor": "",
        "sentence": "",
        "has_invitation": 0,
        "returned": "[]",
        "returned_to": "[]",
    },
    "folder_marks": {"account": "ben@x.example", "folder": "INBOX", "uid_validity": 1, "last_uid": 1},
    "last_looks": {"account": "ben@x.example", "error": SECRET},
    "files": {
        "path": "facts.toml",
        "version": 1,
        "content": SECRET.encode(),
        "is_sealed": False,
        "changed_at": MOMENT,
        "changed_by": "ben",
    },
    "file_versions": {
        "path": "facts.toml",
        "version": 7,
        "content": SECRET.encode(),
        "is_sealed": False,
        "changed_at": MOMENT,
        "changed_by": "ben",
    },
}
"""A row of Ben's for each table that holds rows of candidates, in an order in which they can be put in."""

OF_THE_OFFICE = {
    *{"migrations", "office_files", "claim_keys", "deleted_candidates", "candidates"},
    *{"sent_before_deletion", "handed_before_deletion", "engine_migrations", "office_workers"},
    *{"whereabouts", "witnesses"},
}
"""Tables without a candidate's rows in them; what may be done with them is tried below."""


class Walls:
    """An office that wants proofs, with Ann and Ben in it, and a row of Ben's in each table."""

    def __init__(self, server: OfficeServer) -> None:
        server.make_database("walls")
        migrate(server.url("walls", OWNER), keys=KEY)
        self.server, self.url = server, server.url("walls")
        self.link = OwnLink(self.url)
        self.database = OfficeDatabase(self.link, claims=CLAIMS)
        self.ann = add_candidate(self.database, "Ann", "the test")
        self.ben = add_candidate(self.database, "Ben", "the test")
        with psycopg.connect(server.url("walls", "postgres"), options="-c search_path=followup") as link:
            link.execute("DELETE FROM rounds")  # each candidate begins with one
            for table, row in ROWS.items():
                given = {"candidate": self.ben.candidate, **row}
                marks = ", ".join(f"%({name})s" for name in given)
                link.execute(f"INSERT INTO {table} ({', '.join(given)}) VALUES ({marks})", given)

    @contextmanager
    def sign_in(self, claims: Claims | None = CLAIMS) -> Iterator[OfficeDatabase]:
        """Connect as the program does, or as somebody without the right key."""
        with closing(OwnLink(self.url)) as link:
            yield OfficeDatabase(link, claims=claims)

    def everything(self) -> dict[str, list[tuple[object, ...]]]:
        """Return every row of every table, as the superuser sees it."""
        with psycopg.connect(self.server.url("walls", "postgres"), options="-c search_path=followup") as link:
            return {table: link.execute(f"SELECT * FROM {table}").fetchall() for table in _tables(link)}


@pytest.fixture(scope="module")
def walls(office_server: OfficeServer) -> Iterator[Walls]:
    made = Walls(office_server)
    with closing(made.link):
        yield made


@pytest.fixture
def unchanged(walls: Walls) -> Iterator[None]:
    """Ben's rows are after the test what they were before."""
    before = walls.everything()
    yield
    assert walls.everything() == before


def _tables(link: psycopg.Connection[tuple[object, ...]]) -> list[str]:
    names = link.execute(
        "SELECT relname FROM pg_class WHERE relnamespace = 'followup'::regnamespace AND relkind IN ('r', 'p') "
        "AND relname NOT LIKE 'procrastinate%%' ORDER BY relname"
    )
    return [str(name) for (name,) in names.fetchall()]


def test_every_table_has_its_wall_and_its_trial(walls: Walls) -> None:
    """A table is the office's, or it has a candidate, a policy that binds on it, and a row of Ben's to try."""
    with psycopg.connect(walls.server.url("walls", "postgres")) as link:
        tables = _tables(link)
        assert set(tables) == set(ROWS) | OF_THE_OFFICE
        for table in ROWS:
            query = (
                "SELECT relrowsecurity, EXISTS (SELECT FROM pg_attribute WHERE attrelid = pg_class.oid "
                "AND attname = 'candidate' AND attnotnull), (SELECT string_agg(pg_get_expr(polqual, polrelid), ' ') "
                "FROM pg_policy WHERE polrelid = pg_class.oid) FROM pg_class WHERE oid = %s::regclass"
            )
            secured, has_candidate, policies = link.execute(query, (f"followup.{table}",)).fetchone() or ()
            assert (secured, has_candidate) == (True, True), table
            assert "current_candidate()" in policies, table
            assert " OR " not in policies, table


def _say(database: OfficeDatabase, asker: Asker, *statements: str) -> psycopg.Cursor[DictRow]:
    """Run statements in one transaction of somebody; return what the last one said."""
    with database.writing(asker):
        for statement in statements[:-1]:
            database.link.execute(statement.encode())
        return database.link.execute(statements[-1].encode())


@pytest.mark.usefixtures("unchanged")
@pytest.mark.parametrize("table", ROWS)
def test_another_candidates_rows_are_not_there(walls: Walls, table: str) -> None:
    """Ann reads, changes, deletes and copies without a WHERE, by joins and by Ben's number: there is nothing of his."""
    column = next(iter(ROWS[table]))
    reads = (
        f"SELECT * FROM {table}",
        f"SELECT * FROM {table} WHERE candidate = {walls.ben.candidate}",
        f"SELECT {table}.* FROM candidates JOIN {table} ON true",
        f"SELECT other.* FROM {table} AS own RIGHT JOIN {table} AS other ON other.candidate <> own.candidate",
        f"SELECT (SELECT max(candidate) FROM {table}) AS one WHERE EXISTS (SELECT FROM {table})",
        f"SELECT * FROM {table} TABLESAMPLE SYSTEM (100)",
        f"DELETE FROM {table}",
        f"DELETE FROM {table} USING candidates RETURNING *",
    )
    changes = (
        f"UPDATE {table} SET candidate = {walls.ann.candidate}",
        f"UPDATE {table} SET {column} = {column} WHERE candidate = {walls.ben.candidate} RETURNING *",
        f"SELECT * FROM {table} FOR UPDATE",
    )
    for statement in reads:
        assert _say(walls.database, walls.ann, _FORGETS, statement).rowcount == 0, statement
    for statement in changes:
        if table in {"moves", "file_versions"}:  # nobody changes these at all
            with pytest.raises(OutboxError, match="permission denied"):
                _say(walls.database, walls.ann, statement)
        else:
            assert _say(walls.database, walls.ann, statement).rowcount == 0, statement


_FORGETS = "SET LOCAL followup.forgets = 'yes'"
_REFUSED = r"permission denied|row-level security|COPY FROM not supported"


@pytest.mark.usefixtures("unchanged")
@pytest.mark.parametrize("table", ROWS)
def test_nothing_is_put_in_for_another_candidate(walls: Walls, table: str) -> None:
    """Ann inserts for Ben, over a row of his, and by COPY: refused each time, and no row is his that was not."""
    given = {"candidate": walls.ben.candidate, **ROWS[table]}
    names, column = ", ".join(given), next(iter(ROWS[table]))
    values = ", ".join(_literal(value) for value in given.values())
    over = f" ON CONFLICT ({_key(walls, table)}) DO UPDATE SET {column} = EXCLUDED.{column} RETURNING *"
    for ending in ("", " ON CONFLICT DO NOTHING", over):
        with pytest.raises(OutboxError, match=_REFUSED):
            _say(walls.database, walls.ann, f"INSERT INTO {table} ({names}) VALUES ({values}){ending}")
    with pytest.raises(OutboxError, match=_REFUSED):
        _copy_in(walls, f"COPY {table} ({names}) FROM STDIN", list(given.values()))


def _literal(value: object) -> str:
    return sql.Literal(value).as_string()


def _copy_in(walls: Walls, statement: str, row: list[object]) -> None:
    with walls.database.writing(walls.ann), walls.database.link.cursor().copy(statement.encode()) as copy:
        copy.write_row(row)


def _key(walls: Walls, table: str) -> str:
    with psycopg.connect(walls.server.url("walls", "postgres")) as link:
        query = (
            "SELECT string_agg(attname, ', ') FROM pg_index JOIN pg_attribute ON attrelid = indrelid "
            "AND attnum = ANY (indkey) WHERE indisprimary AND indrelid = %s::regclass"
        )
        return str((link.execute(query, (f"followup.{table}",)).fetchone() or ("",))[0])


@pytest.mark.parametrize("table", ROWS)
def test_what_is_copied_out_is_ones_own(walls: Walls, table: str) -> None:
    """COPY of a whole table gives Ann no row of Ben's."""
    with walls.database.writing(walls.ann), walls.database.link.cursor().copy(f"COPY {table} TO STDOUT") as copy:
        assert list(copy) == []
    with walls.database.writing(walls.ben), walls.database.link.cursor().copy(f"COPY {table} TO STDOUT") as copy:
        assert list(copy) != []


@pytest.mark.usefixtures("unchanged")
def test_one_candidate_cannot_become_another(walls: Walls) -> None:
    """Naming Ben in the setting is not believed in Ann's transaction: the proof is for her, and for this connection."""
    reads, as_ben = "SELECT * FROM entries", f"SET LOCAL followup.candidate = '{walls.ben.candidate}'"
    for lie in (as_ben, "SET LOCAL followup.actor = 'the head'", "SET LOCAL followup.proof = 'none'"):
        with pytest.raises(OutboxError, match="did not prove"):
            _say(walls.database, walls.ann, lie, reads)
    with walls.sign_in() as other, other.writing(walls.ben):
        proof = (other.link.execute("SELECT current_setting('followup.proof') AS proof").fetchone() or {})["proof"]
        assert len(other.link.execute(reads).fetchall()) == 1
    with pytest.raises(OutboxError, match="did not prove"):
        _say(walls.database, walls.ann, as_ben, f"SET LOCAL followup.proof = '{proof}'", reads)


def test_the_address_of_the_database_alone_opens_nothing(walls: Walls) -> None:
    """Who has the role's password and not the office's key sees no row of anybody, and no name."""
    for claims in (None, Claims(new_key())):
        with walls.sign_in(claims) as stranger:
            with pytest.raises(OutboxError, match="did not prove"):
                _say(stranger, walls.ben, "SELECT * FROM entries")
            with pytest.raises(OutboxError, match="did not prove"):
                list(list_candidates(stranger, "a stranger"))
            with pytest.raises(OutboxError, match="did not prove"):
                find_candidate(stranger, "Ben", "a stranger")
    with psycopg.connect(walls.url, options="-c search_path=followup") as link:
        for table in ROWS:
            assert link.execute(f"SELECT * FROM {table}").fetchall() == []


def test_nothing_of_a_transaction_is_left_on_its_connection(walls: Walls) -> None:
    """After an error, an early end and a commit the next one on the connection is nobody, and sees nothing."""
    with closing(OwnLink(walls.url)) as one:
        database = OfficeDatabase(one, claims=CLAIMS)
        for wrong in ("SELECT 1 / 0", "NO SQL", "COMMIT", "ROLLBACK", "SELECT 1"):
            with suppress(OutboxError):
                _say(database, walls.ben, wrong)
            link = one.take()
            assert link.info.transaction_status == psycopg.pq.TransactionStatus.IDLE, wrong
            assert link.execute("SELECT * FROM entries").fetchall() == [], wrong
            one.give_back(link)


def test_a_setting_that_stayed_on_a_connection_is_not_believed_for_the_next(walls: Walls) -> None:
    """A candidate set for the whole session, by whatever mistake, is replaced at the next beginning."""
    with closing(OwnLink(walls.url)) as one:
        database, link = OfficeDatabase(one, claims=CLAIMS), one.take()
        link.execute("SELECT set_config('followup.candidate', %s, false)", (str(walls.ben.candidate),))
        with pytest.raises(psycopg.errors.InvalidAuthorizationSpecification):
            link.execute("SELECT * FROM entries WHERE id = 1")
        one.give_back(link)
        assert _say(database, walls.ann, "SELECT * FROM entries").fetchall() == []
        with database.for_all("the test") as link:
            assert link.execute("SELECT * FROM entries").fetchall() == []


OF_ALL = {
    "find_candidate": "SELECT * FROM find_candidate('Ben')",
    "name_of_candidate": "SELECT name_of_candidate({ben})",
    "list_candidates": "SELECT * FROM list_candidates(0, 10)",
    "add_candidate": "SELECT add_candidate('Cid')",
    "due_accounts": "SELECT * FROM due_accounts('infinity', 10)",
    "abandoned_candidates": "SELECT * FROM abandoned_candidates('infinity', 10)",
    "delete_candidate": "SELECT delete_candidate({ben})",
    "take_rounds": "SELECT * FROM take_rounds('infinity', 'infinity', 10)",
    "office_numbers": "SELECT * FROM office_numbers('infinity', '-infinity')",
    "resting_accounts": "SELECT * FROM resting_accounts('-infinity', 10)",
}
"""Functions with the owner's rights, for the office itself or in one's own session: refused about another."""
HARMLESS = {
    "current_candidate": "SELECT current_candidate()",
    "refuse_but_office": "",
    "keep_version": "",  # a trigger: it cannot be called
    "begin_rounds": "",  # so is this
    "refuse_to_leave_from_elsewhere": "",  # and this
    "vouch": "SELECT vouch('one', '{}', '{}', 'infinity')",
    "waiting_by_all": "SELECT * FROM waiting_by_all('acme.example', '', '-infinity', 'infinity')",
    "reseal": "SELECT reseal('facts.toml', 1, 'Words of Ben', '?')",
    "left_before_deletion": "SELECT left_before_deletion('<b@x>')",
    "handed_to_domain_by_all": "SELECT * FROM handed_to_domain_by_all('acme.example', '-infinity')",
    "handed_to_address_by_all": "SELECT handed_to_address_by_all('acme.example', 'ida@acme.example', '-infinity')",
}
"""Functions with the owner's rights that tell a candidate's session moments, or what it said itself."""


@pytest.mark.usefixtures("unchanged")
def test_what_runs_with_the_owners_rights_tells_a_candidate_nothing_of_another(walls: Walls) -> None:
    """Each SECURITY DEFINER function is the office's alone, or says no more than moments; a new one must be tried."""
    with psycopg.connect(walls.server.url("walls", "postgres")) as link:
        rows = link.execute(
            "SELECT proname, proconfig FROM pg_proc WHERE prosecdef AND pronamespace = 'followup'::regnamespace "
            "AND proname NOT LIKE 'procrastinate%%'"
        ).fetchall()
    assert {name for name, _ in rows} == set(OF_ALL) | set(HARMLESS)
    assert {tuple(settings) for _, settings in rows} == {("search_path=followup, pg_temp",)}
    for statement in OF_ALL.values():
        with pytest.raises(OutboxError, match=r"only the office itself|of their own"):
            _say(walls.database, walls.ann, statement.format(ben=walls.ben.candidate))
    for statement in filter(None, HARMLESS.values()):
        said = _say(walls.database, walls.ann, statement).fetchall()
        assert SECRET not in str(said)
        assert "Ben" not in str(said)


FORBIDDEN = (
    *(f"DROP TABLE {table}" for table in ROWS),
    *(f"TRUNCATE {table} CASCADE" for table in ROWS),
    *(f"ALTER TABLE {table} DISABLE TRIGGER ALL" for table in ROWS),
    *(f"ALTER TABLE {table} DISABLE ROW LEVEL SECURITY" for table in ROWS),
    "CREATE POLICY mine ON entries USING (true)",
    "DROP POLICY own_rows ON entries",
    "CREATE TABLE followup.mine (id int)",
    "CREATE OR REPLACE FUNCTION followup.current_candidate() RETURNS bigint LANGUAGE sql RETURN 1",
    "ALTER FUNCTION followup.current_candidate() SECURITY INVOKER",
    "DROP TRIGGER moves_never_vanish ON moves",
    "SET session_replication_role = replica",
    f"SET ROLE {OWNER}",
    "SET ROLE postgres",
    f"SET SESSION AUTHORIZATION {OWNER}",
    f"ALTER ROLE {APP} BYPASSRLS",
    f"GRANT {OWNER} TO {APP}",
    "UPDATE engine_migrations SET name = 'mine'",
    "SELECT * FROM claim_keys",
    "SELECT * FROM sent_before_deletion",
    "DELETE FROM handed_before_deletion",
    "INSERT INTO claim_keys VALUES (repeat('x', 64)::bytea, repeat('x', 64)::bytea)",
    "DELETE FROM claim_keys",
    "UPDATE moves SET detail = ''",
    "UPDATE moves SET actor = 'somebody else'",
    "UPDATE file_versions SET content = ''",
    "INSERT INTO file_versions SELECT * FROM file_versions",
    "INSERT INTO deleted_candidates (id, deleted_by) VALUES (9, '')",
    "DELETE FROM deleted_candidates",
    "DELETE FROM candidates",
    "INSERT INTO candidates (name, added_by) VALUES ('x', 'y')",
    "UPDATE migrations SET number = 99",
    "COPY entries TO PROGRAM 'cat'",
    "COPY entries TO '/tmp/never'",
    "SELECT pg_read_file('PG_VERSION')",
    "SELECT lo_import('/etc/passwd')",
)


@pytest.mark.usefixtures("unchanged")
@pytest.mark.parametrize("statement", FORBIDDEN)
def test_the_role_of_the_program_may_not(walls: Walls, statement: str) -> None:
    """What changes the walls, the history or the keys is refused to the role that the program signs in as."""
    refused = pytest.raises(psycopg.errors.InsufficientPrivilege)
    with psycopg.connect(walls.url, options="-c search_path=followup") as link, refused:
        link.execute(statement)


@pytest.mark.usefixtures("unchanged")
@pytest.mark.parametrize("table", ["entries", "moves", "file_versions"])
def test_nothing_that_happened_is_deleted_unless_it_is_forgotten(walls: Walls, table: str) -> None:
    """Even its own candidate's session deletes no entry, no line of a history and no version of a file."""
    with pytest.raises(OutboxError, match="only forgotten"):
        _say(walls.database, walls.ben, f"DELETE FROM {table}")


@pytest.mark.usefixtures("unchanged")
def test_what_the_office_shares_is_changed_by_the_office_alone(walls: Walls) -> None:
    """A candidate's session reads the office's templates, and cannot write, change or delete one."""
    row = "INSERT INTO office_files VALUES ('templates/thank_you/own.txt', 1, 'x', now(), 'ann')"
    with pytest.raises(OutboxError, match="row-level security"), walls.database.writing(walls.ann):
        walls.database.link.execute(row)
    with walls.database.for_all("the office") as link:
        link.execute(row)
    with walls.database.writing(walls.ann):
        assert len(walls.database.link.execute("SELECT * FROM office_files").fetchall()) == 1
        assert walls.database.link.execute("UPDATE office_files SET content = ''").rowcount == 0
        assert walls.database.link.execute("DELETE FROM office_files").rowcount == 0
    with walls.database.for_all("the office") as link:
        link.execute("DELETE FROM office_files")


def test_a_candidate_does_not_see_that_there_are_others(walls: Walls) -> None:
    """The table of candidates holds one row for each of them."""
    with walls.database.reading(walls.ann):
        rows = walls.database.link.execute("SELECT name FROM candidates").fetchall()
    assert rows == [{"name": "Ann"}]
    with walls.database.writing(walls.ann):
        assert walls.database.link.execute("UPDATE candidates SET name = 'x' WHERE name = 'Ben'").rowcount == 0


def test_keys_are_changed_one_after_the_other(office_server: OfficeServer) -> None:
    """While two keys are registered, proofs by both are believed; then those by the new one alone."""
    office_server.make_database("keys")
    old, new = new_key(), new_key()
    owner, url = office_server.url("keys", OWNER), office_server.url("keys")
    with closing(OwnLink(url)) as link:
        ann = add_candidate(OfficeDatabase(link), "Ann", "the test")
        for keys, believed in ((old, {old}), (f"{new},{old}", {old, new}), (new, {new}), ("", {new})):
            migrate(owner, keys=keys)
            assert {
                key for key in (old, new) if _is_believed(OfficeDatabase(link, claims=Claims(key)), ann)
            } == believed


def test_a_wrong_key_locks_nobody_out(office_server: OfficeServer) -> None:
    """A migration with a key that the database never knew is refused, and the key of before is still believed."""
    office_server.make_database("wrong_key")
    owner, right = office_server.url("wrong_key", OWNER), new_key()
    migrate(owner, keys=right)
    with pytest.raises(OutboxError, match="none of the keys"):
        migrate(owner, keys=new_key())
    with closing(OwnLink(office_server.url("wrong_key"))) as link:
        add_candidate(OfficeDatabase(link, claims=Claims(right)), "Ann", "the test")


def _is_believed(database: OfficeDatabase, asker: Asker) -> bool:
    with suppress(OutboxError):
        return len(_say(database, asker, "SELECT name FROM candidates").fetchall()) == 1
    return False


def test_errors_estimates_and_statistics_tell_nothing_of_another(walls: Walls) -> None:
    """A cast that would fail on Ben's words does not come to see them, and the statistics of columns are hidden."""
    for leak in ("subject::integer = 1", "1 / (candidate - candidate) = 1", "(subject || body)::date > now()"):
        assert _say(walls.database, walls.ann, f"SELECT * FROM entries WHERE {leak}").rowcount == 0
    with psycopg.connect(walls.server.url("walls", "postgres"), autocommit=True) as link:
        link.execute("ANALYZE followup.entries")
    statistics = "SELECT most_common_vals, histogram_bounds FROM pg_stats WHERE tablename = 'entries'"
    assert _say(walls.database, walls.ann, statistics).fetchall() == []
