"""What an office answers for: who did what, a candidate deleted on request, the key changed."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import timedelta
from zoneinfo import ZoneInfo

import psycopg
import pytest
from changing import replace
from office_samples import add_asker
from office_server import OfficeServer
from outbox_samples import ACCEPTED, LINK_LOST, NOW, attempt, claim_one, make_mail, make_new, make_timing
from seen_samples import make_mark, make_seen

from followup_mail.cadence.step import Touch
from followup_mail.errors import NotFoundError, RefusedError, SettingsError
from followup_mail.facts.channels import Channel
from followup_mail.message.draft import Mailbox
from followup_mail.office.asker import Asker
from followup_mail.office.audit_trail import read_deeds
from followup_mail.office.candidates import add_candidate, find_candidate
from followup_mail.office.database import OfficeDatabase, OwnLink
from followup_mail.office.deletion import delete_candidate
from followup_mail.office.employer_limits import EmployerLimits, check_employer
from followup_mail.office.files import OfficeFiles
from followup_mail.office.postgres_store import PostgresStore
from followup_mail.office.resealing import reseal_candidate
from followup_mail.office.sealing import Seal, new_key
from followup_mail.outbox.claim import Withheld
from followup_mail.outbox.entry import State
from followup_mail.outbox.lease import Worker
from followup_mail.outbox.retry import Pause
from followup_mail.services.office.office_audit import deeds_json, say_deed

SEAL = Seal(new_key())
LATER = NOW + timedelta(minutes=5)


@pytest.fixture
def database(office_url: str) -> Iterator[OfficeDatabase]:
    with closing(OwnLink(office_url)) as link:
        yield OfficeDatabase(link)


@pytest.fixture
def asker(office_url: str) -> Asker:
    """A candidate of whom nothing is there yet."""
    return add_asker(office_url)


def _as(database: OfficeDatabase, asker: Asker, actor: str) -> PostgresStore:
    return PostgresStore(database, replace(asker, actor=actor))


def test_the_trail_says_who_wrote_approved_and_sent_a_mail(database: OfficeDatabase, asker: Asker) -> None:
    """Each step of a mail stands in the trail with who made it, in order, and workers by their names."""
    (entry,) = _as(database, asker, "bo@desk-4").add([make_new(state=State.DRAFT)], NOW)
    _as(database, asker, "eve@desk-5").approve(entry.id, LATER)
    attempt(_as(database, asker, "worker-1"), ACCEPTED, LATER)
    deeds = read_deeds(database, asker, entry.id)
    assert [(deed.actor, deed.what) for deed in deeds] == [
        ("bo@desk-4", "added"),
        ("eve@desk-5", "approved"),
        *(("worker-1", what) for what in ("claimed", "intended", "accepted")),
    ]
    line = say_deed(deeds[1], ZoneInfo("Europe/Vienna"))
    assert line.startswith("2026-11-18 16:05:00 CET  eve@desk-5  approved #1 thank_you to person1@employer.example")
    assert line.endswith("(lumen): draft → queued")
    assert deeds_json(deeds, ZoneInfo("Europe/Vienna"))[1]["at"] == "2026-11-18T16:05:00+01:00"


def test_the_trail_holds_contacts_and_every_version_of_a_file(database: OfficeDatabase, asker: Asker) -> None:
    """Who logged a call, and who changed or deleted the facts, is in the trail beside the mails."""
    _as(database, asker, "bo").log_touch(Touch(make_new().step, Channel.PHONE, NOW))
    for n, (actor, content) in enumerate((("bo", b"1"), ("eve", b"2"), ("bo", None))):
        files = OfficeFiles(database, replace(asker, actor=actor), SEAL)
        files.put({"applications/acme.toml": content}, {"applications/acme.toml": n}, LATER + timedelta(minutes=n))
    assert [(deed.actor, deed.what, deed.detail) for deed in read_deeds(database, asker)] == [
        ("bo", "logged", ""),
        ("bo", "changed", "version 1"),
        ("eve", "changed", "version 2"),
        ("bo", "deleted", "version 3"),
    ]


def test_the_trail_is_of_one_candidate(database: OfficeDatabase, asker: Asker, office_url: str) -> None:
    """Another's trail is empty, and an entry that is not theirs is not there."""
    (entry,) = PostgresStore(database, asker).add([make_new()], NOW)
    other = add_asker(office_url)
    assert read_deeds(database, other) == ()
    with pytest.raises(NotFoundError, match=f"no entry #{entry.id} of"):
        read_deeds(database, other, entry.id)


def test_every_change_of_every_table_carries_who_made_it(database: OfficeDatabase, asker: Asker) -> None:
    """No line of a history, contact or version is without the name of the one who asked."""
    store = _as(database, asker, "the actor")
    store.add([make_new(1), make_new(2)], NOW)
    store.cancel(2, NOW)
    store.log_touch(Touch(make_new(3).step, Channel.PHONE, NOW))
    claim_one(store)
    store.recover(NOW + timedelta(days=1))
    OfficeFiles(database, replace(asker, actor="the actor"), SEAL).put({"a": b"1"}, {}, NOW)
    with database.reading(asker):
        query = (
            "SELECT DISTINCT actor FROM (SELECT actor, candidate FROM moves UNION ALL SELECT actor, candidate "
            "FROM touches UNION ALL SELECT changed_by, candidate FROM files) AS all_of WHERE candidate = %s"
        )
        assert database.link.execute(query, (asker.candidate,)).fetchall() == [{"actor": "the actor"}]


def test_a_deleted_file_takes_its_versions_with_it(
    database: OfficeDatabase, asker: Asker, office_server: OfficeServer
) -> None:
    """What was forgotten lies in no version, and of steps to take back and tokens none is kept; who did it stays."""
    files = OfficeFiles(database, asker, SEAL)
    for n, content in enumerate((b"Tangerine 1", b"Tangerine 2", None, b"new")):
        files.put({"applications/acme.toml": content, "undo/1.json": content}, {
            "applications/acme.toml": n, "undo/1.json": n
        }, NOW + timedelta(minutes=n))  # fmt: skip
        assert bool(_holds(office_server, "Tangerine")) is (n < 2)
    with psycopg.connect(office_server.url("office", "postgres")) as link:
        query = "SELECT path, count(*) FROM followup.file_versions WHERE candidate = %s GROUP BY path"
        assert link.execute(query, (asker.candidate,)).fetchall() == [("applications/acme.toml", 3)]
    assert [deed.what for deed in read_deeds(database, asker)] == ["changed", "changed", "deleted", "changed"]


def test_nobody_changes_a_file_in_anothers_name(database: OfficeDatabase, asker: Asker) -> None:
    """A statement that names somebody else as the one who changed a file is written down for the one who asked."""
    OfficeFiles(database, replace(asker, actor="bo"), SEAL).put({"a": b"1"}, {}, NOW)
    with database.writing(replace(asker, actor="eve")):
        statement = "UPDATE files SET version = 2, content = 'x', changed_by = 'bo' WHERE candidate = %s"
        database.link.execute(statement, (asker.candidate,))
    assert [deed.actor for deed in read_deeds(database, asker)] == ["bo", "eve"]


NAME, ADDRESS, WORDS = "Zenobia Quick", "zenobia.quick@home.example", "Marmalade"
THEIRS = "ida.unique@unique-employer.example"


def _fill(database: OfficeDatabase, asker: Asker) -> PostgresStore:
    """Put something personal into every table."""
    store = PostgresStore(database, asker)
    for n in (1, 2, 3):
        new = make_new(n)
        mail = make_mail(
            n,
            to=Mailbox("Ida", THEIRS),
            rcpt_to=(THEIRS,),
            mail_from=ADDRESS,
            subject=WORDS,
            text=WORDS,
            message_id=f"<{asker.candidate}-{n}@home.example>",
            content=WORDS.encode(),
        )
        store.add([replace(new, message=mail, timing=make_timing(timedelta(minutes=n)))], NOW)
    store.keep_seen([make_seen(1, sender=THEIRS, sentence=WORDS, applications=("other",))], make_mark(1), NOW)
    store.log_touch(Touch(make_new(8).step, Channel.PHONE, NOW, text=WORDS))
    store.pause(Pause("other@home.example", WORDS, None), NOW)
    store.note_look(ADDRESS, NOW, WORDS)
    files = OfficeFiles(database, asker, SEAL)
    files.put({"facts.toml": WORDS.encode(), ".env": ADDRESS.encode()}, {}, NOW)
    files.put({"facts.toml": f"{WORDS} again".encode()}, {"facts.toml": 1}, NOW)
    return store


def _holds(server: OfficeServer, words: str) -> set[str]:
    """Return each table in which a row holds these words anywhere, in whatever form."""
    # As text: other tests leave moments that no datetime of Python holds. Bytes are shown in hexadecimal digits.
    looked_for = (words.casefold(), words.encode().hex())
    with psycopg.connect(server.url("office", "postgres")) as link:
        tables = link.execute(
            "SELECT schemaname || '.' || tablename FROM pg_tables WHERE schemaname LIKE 'followup%'"
        ).fetchall()
        found = set()
        for (table,) in tables:
            for (row,) in link.execute(f"SELECT whole::text FROM {table} AS whole").fetchall():
                if any(words in row.casefold() for words in looked_for):
                    found.add(table)
        return found


def test_after_a_deletion_nothing_of_a_candidate_is_in_any_table(
    database: OfficeDatabase, office_server: OfficeServer
) -> None:
    """Their name, addresses and words, and those of whom they wrote to, are in no column of no table any more."""
    asker = add_candidate(database, NAME, "the tests")
    store = _fill(database, asker)
    attempt(store, ACCEPTED, LATER)
    assert len(_holds(office_server, WORDS)) == 8
    assert delete_candidate(database, asker) == 3
    for words in (NAME, ADDRESS, WORDS, THEIRS, "unique-employer", f"<{asker.candidate}-1@"):
        assert _holds(office_server, words) == set(), words
    with pytest.raises(NotFoundError):
        find_candidate(database, NAME, "the tests")
    with psycopg.connect(office_server.url("office", "postgres")) as link:
        query = "SELECT deleted_at IS NOT NULL FROM followup.deleted_candidates WHERE id = %s"
        assert link.execute(query, (asker.candidate,)).fetchall() == [(True,)]


def test_no_candidate_is_deleted_while_a_mail_is_being_sent(database: OfficeDatabase, asker: Asker) -> None:
    """Nobody would know whether it left: the deletion waits, and nothing of it is done."""
    store = _fill(database, asker)
    claim_one(store, now=LATER)
    with pytest.raises(RefusedError, match="is being sent"):
        delete_candidate(database, asker)
    assert len(store.entries()) == 3


def test_an_old_copy_of_a_deleted_home_sends_nothing_again(
    database: OfficeDatabase, asker: Asker, office_url: str
) -> None:
    """What left, or may have left, before a deletion is known by the checksum of its Message-ID, and blocked."""
    store = _fill(database, asker)
    gone = [attempt(store, outcome, LATER) for outcome in (ACCEPTED, LINK_LOST)]
    delete_candidate(database, asker)
    again = PostgresStore(database, add_asker(office_url))
    for n, entry in enumerate(gone, 1):
        message = replace(make_mail(n), message_id=entry.message.message_id, content=WORDS.encode())
        again.add([replace(make_new(n), message=message)], NOW)
        held = again.claim(Worker("there:1:ab"), check_employer(database, EmployerLimits()), LATER)
        assert isinstance(held, Withheld)
        assert (held.entry.state, "before this candidate was deleted" in held.entry.reason) == (State.FAILED, True)


_HANDED_THIS_HOUR = (
    "SELECT (SELECT count(*) FROM handed_to_domain_by_all(%(domain)s, now() - interval '1 hour')) AS domains, "
    "(SELECT count(*) FROM handed_to_address_by_all(%(domain)s, %(address)s, now() - interval '1 hour')) AS addresses"
)


def test_a_deletion_does_not_open_the_door_to_an_employer(
    database: OfficeDatabase, asker: Asker, office_url: str, office_server: OfficeServer
) -> None:
    """What a deleted candidate sent within the hour counts for the limits of the others, without a name."""
    store = _fill(database, asker)
    attempt(store, ACCEPTED, LATER)
    with psycopg.connect(office_server.url("office", "postgres")) as link:  # as if it had been this hour
        statement = "UPDATE followup.entries SET handed_at = now() WHERE candidate = %s AND handed_at IS NOT NULL"
        link.execute(statement, (asker.candidate,))
    delete_candidate(database, asker)
    for domain, address, count in (
        ("unique-employer.example", THEIRS, (1, 1)),
        ("unique-employer.example", "other@unique-employer.example", (1, 0)),
        ("other.example", "x@other.example", (0, 0)),
    ):
        with database.reading(add_asker(office_url)):
            found = database.link.execute(_HANDED_THIS_HOUR, {"domain": domain, "address": address}).fetchone()
        assert tuple((found or {}).values()) == count


def test_a_new_key_takes_over_everything_and_the_old_one_can_go(database: OfficeDatabase, asker: Asker) -> None:
    """After the change the new key alone opens every sealed file and the versions before; a second run does nothing."""
    old, new = new_key(), new_key()
    files = OfficeFiles(database, asker, Seal(old))
    files.put({".env": b"one", "tokens/a.json": b"token", "facts.toml": b"open"}, {}, NOW)
    files.put({".env": b"two"}, {".env": 1}, NOW)
    assert reseal_candidate(database, asker, Seal(f"{new},{old}")).done == 3
    assert reseal_candidate(database, asker, Seal(f"{new},{old}")).done == 0
    assert reseal_candidate(database, asker, Seal(new)).closed == ()
    kept = OfficeFiles(database, asker, Seal(new)).read_all()
    assert {path: (file.version, file.content) for path, file in kept.items()} == {
        ".env": (2, b"two"),
        "tokens/a.json": (1, b"token"),
        "facts.toml": (1, b"open"),
    }
    with pytest.raises(SettingsError):
        files.read_all()


def test_what_no_key_opens_is_named_and_stays(database: OfficeDatabase, asker: Asker) -> None:
    """A file sealed with a key that is lost holds up no other, and is not touched."""
    lost, old, new = new_key(), new_key(), new_key()
    OfficeFiles(database, asker, Seal(lost)).put({".env": b"lost"}, {}, NOW)
    OfficeFiles(database, asker, Seal(old)).put({"tokens/a.json": b"token"}, {}, NOW)
    resealed = reseal_candidate(database, asker, Seal(f"{new},{old}"))
    assert (resealed.done, resealed.closed) == (1, (".env",))
    assert OfficeFiles(database, asker, Seal(lost)).read([".env"])[".env"].content == b"lost"


def test_two_may_change_the_key_at_once(office_url: str, database: OfficeDatabase, asker: Asker) -> None:
    """Two runs side by side seal each file again once, and leave it such that the new key opens it."""
    old, new = new_key(), new_key()
    OfficeFiles(database, asker, Seal(old)).put({f"tokens/{n}.json": b"token" for n in range(8)}, {}, NOW)

    def run(_: int) -> int:
        with closing(OwnLink(office_url)) as link:
            return reseal_candidate(OfficeDatabase(link), asker, Seal(f"{new},{old}")).done

    with ThreadPoolExecutor(2) as pool:
        assert sum(pool.map(run, range(2))) == 8
    kept = OfficeFiles(database, asker, Seal(new)).read_all().values()
    assert [file.content for file in kept] == [b"token"] * 8
