"""The store in the office's database: what it can't hold, what it guards itself, and whose rows they are."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import psycopg
import pytest
from changing import replace
from msgspec.structs import force_setattr
from office_samples import OwnStore, new_candidate, open_store
from office_server import OWNER, OfficeServer
from outbox_samples import ACCEPTED, NOW, WORKER, attempt, bring_into, claim_one, go, make_mail, make_new, make_step
from seen_samples import ACCOUNT, make_report, make_seen

from followup_mail.cadence.step import Touch
from followup_mail.errors import NotFoundError, OutboxError
from followup_mail.facts.channels import Channel
from followup_mail.office.database import CANDIDATE_LOCKS
from followup_mail.outbox.claim import Claim
from followup_mail.outbox.entry import Entry, State
from followup_mail.outbox.pre_send_check import Ruling, SendContext
from followup_mail.outbox.recorded import StoreRecord
from followup_mail.outbox.seen_mail import FolderMark
from followup_mail.outbox.sqlite import SqliteStore

CALL = Touch(make_step(5), Channel.PHONE, NOW, text="called", why="they asked to be called")


@pytest.fixture
def store(office_url: str, office_candidate: str) -> Iterator[OwnStore]:
    """The store of a candidate of whom nothing is there yet."""
    opened = open_store(office_url, office_candidate)
    yield opened
    opened.close()


@pytest.fixture
def neighbour(office_url: str) -> Iterator[OwnStore]:
    """The store of another candidate."""
    opened = open_store(office_url, new_candidate(office_url))
    yield opened
    opened.close()


@pytest.fixture
def as_owner(office_server: OfficeServer, office_url: str, store: OwnStore) -> Callable[[str], None]:
    """Do something to the rows of the candidate that the program never does."""
    assert office_url == office_server.url("office")

    def act(statement: str) -> None:
        with psycopg.connect(office_server.url("office", OWNER), autocommit=True) as link:
            link.execute("SET search_path = followup")
            link.execute(f"{statement} AND candidate = {store._asker.candidate}".encode())

    return act


# what it can't hold


@pytest.mark.parametrize(
    ("name", "value"), [("subject", "\ud800"), ("text", "a\0b"), ("wording", "\udcff")], ids=["alone", "NUL", "byte"]
)
def test_texts_that_cannot_be_stored_are_an_error_of_ours(store: OwnStore, name: str, value: str) -> None:
    """A character that PostgreSQL has no place for is refused in a sentence, without half an entry."""
    new = make_new(1)
    force_setattr(new.message, name, value)
    with pytest.raises(OutboxError, match="can't hold that") as said:
        store.add([make_new(2), new], NOW)
    assert said.value.fix
    assert store.entries() == ()
    assert store.add([make_new(2)], NOW)[0].id == 1


def test_numbers_that_cannot_be_stored_are_an_error_of_ours(store: OwnStore) -> None:
    """A number out of range is refused in a sentence; one that nothing can have is asked for in vain."""
    mark = FolderMark(ACCOUNT, "INBOX", 2**70, 1)
    with pytest.raises(OutboxError, match="can't hold that"):
        store.keep_seen([], mark, NOW)
    for number in (0, -1, 2**63, 2**80):
        with pytest.raises(NotFoundError):
            store.get(number)
        with pytest.raises(NotFoundError):
            store.get_seen(number)
        assert store.first_due(NOW, None, [number]) is None


def test_a_large_mail_is_kept_as_it_is(store: OwnStore) -> None:
    """Megabytes of any bytes come back the same."""
    content = bytes(range(256)) * 8_000
    store.add([replace(make_new(1), message=make_mail(1, content=content))], NOW)
    assert store.content(1) == content
    assert store.verify() == ()


# what the database itself forbids


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM moves WHERE true",
        "UPDATE moves SET detail = 'x' WHERE true",
        "DELETE FROM entries WHERE true",
        "UPDATE entries SET state = 'queued', sent_at = NULL WHERE id = 1",
        "UPDATE entries SET state = 'failed', sent_at = NULL WHERE id = 1",
        "UPDATE entries SET state = 'queued' WHERE id = 2",
        "UPDATE entries SET state = 'lost' WHERE id = 1",
        "UPDATE entries SET sent_at = NULL WHERE id = 1",
        "UPDATE entries SET due_at = 'infinity' WHERE id = 1",
        "UPDATE entries SET rcpt_to = '[]' WHERE id = 1",
        "UPDATE seen_mail SET message_id = '<twice@x.example>' WHERE true",
    ],
)
def test_the_database_guards_its_rules(store: OwnStore, as_owner: Callable[[str], None], statement: str) -> None:
    """History is append-only, entries don't vanish, sent stays sent: also for whoever bypasses the program."""
    store.add([make_new(1), make_new(2)], NOW)
    attempt(store, ACCEPTED)
    attempt(store, ACCEPTED)
    store.keep_seen([make_report(2), make_seen(3)], None, NOW)
    assert [entry.state for entry in store.entries()] == [State.SENT, State.FAILED]
    with pytest.raises(psycopg.errors.IntegrityError):
        as_owner(statement)


@pytest.mark.parametrize(
    "damage",
    [
        "kind = 'love_letter'",
        "place = '{}'",
        "refs = '3'",
        "attached = '[[\"x\"]]'",
        "ignored_rules = 'true'",
        "due_at = '-infinity'",
        "last_at = '0044-03-15Z BC'",
        "created_at = '12026-11-18Z'",
        'outcome = \'{"verdict": "maybe"}\'',
        "application = '../../etc'",
    ],
)
def test_a_damaged_row_stands_in_nobodys_way(store: OwnStore, as_owner: Callable[[str], None], damage: str) -> None:
    """It is named by its number and can be cancelled; lists, claims and due times do without it."""
    store.add([make_new(1), make_new(2), make_new(3, "other")], NOW)
    as_owner(f"UPDATE entries SET {damage} WHERE id = 1")
    assert [entry.id for entry in store.entries()] == [2, 3]
    assert store.next_due_at(NOW) == NOW
    assert {claim_one(store).entry.id, claim_one(store).entry.id} == {2, 3}
    assert store.claim(WORKER, go, NOW) is None
    assert [found.label for found in store.damaged()] == ["#1"]
    assert [sentence for sentence in store.verify() if "#1" in sentence]
    with pytest.raises(OutboxError, match=r"#1 for .* is damaged"):
        store.get(1)
    assert next(store.export()).content
    assert store.discard(1, NOW).id == 1
    assert store.damaged() == ()


@pytest.mark.parametrize(
    ("damage", "sentence"),
    [
        ("UPDATE contents SET bytes = 'x' WHERE entry_id = 1", "The bytes of #1 are not those that were stored."),
        ("UPDATE entries SET state = 'missed' WHERE id = 1", "#1 is missed, but its history ends in queued."),
        ("UPDATE touches SET channel = 'smoke' WHERE true", "Something that was logged for lumen cannot be read."),
        (
            "UPDATE seen_mail SET tenor = 'x' WHERE id = 1",
            "The mail m1, which was seen in the mailbox, cannot be read.",
        ),
    ],
)
def test_what_is_wrong_is_named(store: OwnStore, as_owner: Callable[[str], None], damage: str, sentence: str) -> None:
    """Bytes that changed, a history that ends elsewhere, rows that nobody understands: verify says which."""
    store.add([make_new(1)], NOW)
    store.log_touch(CALL)
    store.keep_seen([make_seen(1, applications=("acme",))], None, NOW)
    assert store.verify() == ()
    as_owner(damage)
    assert store.verify() == (sentence,)


# numbers


def test_numbers_are_never_given_out_twice(store: OwnStore, neighbour: OwnStore) -> None:
    """Not after a forgotten application, nor after one that was put back; and each candidate counts by themselves."""
    store.add([make_new(1)], NOW)
    neighbour.add([make_new(1)], NOW)
    assert store.keep_seen([make_seen(1)], None, NOW)[0].id == 1
    records: list[StoreRecord] = []
    store.record = records.append
    store.forget("lumen")
    assert store.add([make_new(1, "acme")], NOW)[0].id == 2
    assert store.keep_seen([make_seen(2, applications=("acme",))], None, NOW)[0].id == 2
    store.take_back(records[0], NOW, "undo")
    assert [entry.id for entry in store.entries()] == [1, 2]
    assert store.add([make_new(2)], NOW)[0].id == 3
    assert [entry.id for entry in neighbour.entries()] == [1]


def test_a_home_moves_in_with_everything(store: OwnStore, path: Path) -> None:
    """What a store in a file returns about an application is put in as it was, and what follows gets new numbers."""
    at_home = SqliteStore(path)
    at_home.add([make_new(1), make_new(2), make_new(3, "acme")], NOW)
    attempt(at_home, ACCEPTED)
    at_home.log_touch(CALL)
    at_home.keep_seen([make_seen(1)], None, NOW)
    for application in at_home.applications():
        with store.adding():
            store.put_back(at_home.rows_of(application))
    assert store.entries() == at_home.entries()
    for number in at_home.entry_ids():
        assert store.transitions(number) == at_home.transitions(number)
        assert store.content(number) == at_home.content(number)
    assert (store.touches(), store.seen()) == (at_home.touches(), at_home.seen())
    assert store.add([make_new(4)], NOW)[0].id == 4
    store.log_touch(replace(CALL, at=NOW + timedelta(days=1)))
    assert store.verify() == ()
    at_home.close()


# the end of a connection


def test_a_restart_of_the_database_between_two_steps_is_not_noticed(store: OwnStore) -> None:
    """A connection that broke while nobody used it is made again."""
    store.add([make_new(1)], NOW)
    end_connections(store)
    claim = claim_one(store)
    end_connections(store)
    store.record_intent(claim, NOW)
    end_connections(store)
    assert store.get(1).intent_at is not None


def test_a_connection_that_breaks_in_the_middle_changes_nothing(store: OwnStore) -> None:
    """Whatever the transaction had done is undone; the sentence says so without a word of the database's."""

    def check(entry: Entry, context: SendContext, _: object) -> Ruling:
        end_connections(store)
        context.history(entry.step.application)
        raise AssertionError("it could be read")

    before = store.add([make_new(1)], NOW)[0]
    with pytest.raises(OutboxError, match="database can't be reached") as said:
        store.claim(WORKER, check, NOW)
    assert said.value.fix
    assert store.get(1) == before
    assert isinstance(store.claim(WORKER, go, NOW), Claim)


def test_somebody_else_at_work_is_waited_for_and_named(store: OwnStore) -> None:
    """Writers of one candidate wait for each other; a wait that does not end is told, and nothing is changed."""
    before = store.add([make_new(1)], NOW)[0]
    link = store._own._idle
    assert link is not None
    link.execute("SET lock_timeout = '20ms'")
    with psycopg.connect(link.info.dsn) as other:
        other.execute("SELECT pg_advisory_xact_lock(%s, %s)", (CANDIDATE_LOCKS, store._asker.candidate))
        with pytest.raises(OutboxError, match="somebody else at work for this candidate") as said:
            store.cancel(1, NOW)
    assert "Run it again" in said.value.fix
    assert store.get(1) == before
    assert store.cancel(1, NOW).state is State.CANCELLED


def test_a_sent_entry_stays_sent_through_a_restart(store: OwnStore) -> None:
    """A settlement is on the disk when it returns, also one that another mail follows."""
    bring_into(store, State.SENT)
    end_connections(store)
    assert store.get(1).state is State.SENT


def end_connections(store: OwnStore) -> None:
    """End the connection of a store as a server does that goes down."""
    link = store._database._link or store._own._idle
    assert link is not None
    with psycopg.connect(link.info.dsn, autocommit=True) as other:
        row = other.execute("SELECT pg_terminate_backend(%s, 5000)", (link.info.backend_pid,)).fetchone()
    assert row == (True,)
