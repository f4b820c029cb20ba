"""No use case of one candidate's store gets at what is another's, whichever number, name or address it is given."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator
from contextlib import closing, nullcontext
from datetime import timedelta
from typing import Any, NamedTuple

import psycopg
import pytest
from changing import replace
from office_samples import OwnStore, add_asker, new_candidate, open_store
from office_server import OfficeServer
from outbox_samples import NOW, RELEASED, bring_into, go, make_mail, make_new
from seen_samples import make_seen, make_understood

from followup_mail.cadence.step import Touch
from followup_mail.errors import FollowupError, NotFoundError, SettingsError
from followup_mail.facts.channels import Channel
from followup_mail.office.asker import Asker
from followup_mail.office.candidate_rows import CandidateRows
from followup_mail.office.candidates import find_candidate
from followup_mail.office.database import OfficeDatabase
from followup_mail.office.files import OfficeFiles
from followup_mail.office.postgres_store import PostgresStore
from followup_mail.office.sealing import Seal, new_key
from followup_mail.outbox.claim import Claim
from followup_mail.outbox.draft_changes import SeenDraft
from followup_mail.outbox.entry import Entry, Rewording, Rewriting, State
from followup_mail.outbox.lease import Worker
from followup_mail.outbox.moving import Moving
from followup_mail.outbox.recorded import ChangedEntry, StoreRecord
from followup_mail.outbox.retry import Pause
from followup_mail.outbox.seen_mail import FolderMark, LastLook, SeenMail, SeenState
from followup_mail.outbox.seen_storage import SeenStorage
from followup_mail.outbox.storage import Storage
from followup_mail.outbox.transitions import Cause, Transition

WORDS = "Words that Ben alone has written"
HIS = Worker("here:7:ben")
LATER = NOW + timedelta(days=2)
TRANSITION = Transition(NOW, Cause.RESCHEDULED, State.QUEUED, State.QUEUED, "?")


class Ben(NamedTuple):
    """A candidate with something in every table, and what somebody may know of that: numbers, names, addresses."""

    name: str
    entries: tuple[Entry, ...]
    seen: SeenMail
    touch: Touch


@pytest.fixture(scope="module")
def ben(office_url: str) -> Ben:
    name = new_candidate(office_url)
    with closing(open_store(office_url, name)) as store:
        for n, state in enumerate((State.SENT, State.SENDING, State.DRAFT), 1):
            bring_into(store, state, n)
        store.add([_in_his_words(n) for n in (4, 5)], NOW)
        store.hold_entry(5, NOW, WORDS)
        mark = FolderMark("ben@home.example", "INBOX", 7, 9)
        (seen,) = store.keep_seen([make_seen(1, sentence=WORDS)], mark, NOW)
        touch = Touch(make_new(8).step, Channel.PHONE, NOW, text=WORDS)
        store.log_touch(touch)
        store.pause(Pause("ben@home.example", WORDS, None), NOW)
        store.note_look("ben@home.example", NOW, WORDS)
        store.heartbeat(HIS, NOW)
        return Ben(name, store.entries(), seen, replace(touch, text=""))


def _in_his_words(n: int) -> Any:
    new = make_new(n)
    return replace(new, message=replace(new.message, subject=WORDS, text=WORDS, content=WORDS.encode()))


def _known(entry: Entry) -> Entry:
    """Return an entry as somebody might think it is who knows its number, and to whom it goes, but not its words."""
    return replace(entry, message=replace(entry.message, subject="?", text="?"))


def _values(ben: Ben, entry: Entry) -> dict[str, Any]:
    """Return a value for each parameter that a method of the store has, by its name."""
    words = Rewording(make_mail(content=b"?"), entry.content_sha256)
    known = _known(entry)
    after = replace(known, reason="changed by Ann")
    return {
        "entry_id": entry.id, "seen_id": ben.seen.id, "seen_ids": [ben.seen.id], "only": {entry.id},
        "application": "lumen", "applications": ["lumen"], "account": entry.account, "domain": "employer.example",
        "address": ben.seen.mail.sender, "emails": {"person1@employer.example"}, "handles": {"person-1"},
        "folder": "INBOX", "step": entry.step, "steps": [entry.step], "before": known, "after": after,
        "now": LATER, "since": NOW - timedelta(days=9), "until": LATER, "at": NOW, "forget_before": LATER,
        "why": "?", "reason": "?", "by": "Ann", "fix": "?", "error": "?", "was": "?", "name": HIS.name,
        "worker": replace(HIS, account=entry.account), "check": go, "offered": known, "claim": Claim(known),
        "settlement": RELEASED, "soon": False, "is_dead": lambda _: True, "was_sent": False, "adds": False,
        "idle": replace(HIS, account=entry.account),
        "message_id": ben.seen.mail.message_id, "place": ben.seen.place, "timing": entry.timing, "ignored": (),
        "content": b"?", "states": set(State), "held": None, "touch": ben.touch, "new": words, "again": False,
        "only_look": False, "rewritings": [Rewriting(entry.id, words, entry.timing)], "lost": {entry.id: "?"},
        "pause": Pause(entry.account, "?", None), "mark": FolderMark(entry.account, "INBOX", 1, 1),
        "look": LastLook(entry.account), "seen": SeenDraft(make_mail(), "?"), "mail": make_understood(),
        "rows": {"entries": [], "contents": [], "moves": [], "touches": []}, "mails": [make_seen()],
        "moving": Moving("acme", ("lumen",)), "seen_at": NOW, "grace": timedelta(minutes=1),
        "state": SeenState.DISMISSED, "transition": TRANSITION,
    }  # fmt: skip


ANOTHER: dict[str, Callable[[Ben, Entry], dict[str, Any]]] = {
    # Where a name means something else than in most methods.
    "add": lambda ben, entry: {"new": [make_new(1)]},
    "insert": lambda ben, entry: {"new": make_new(1)},
    "insert_seen": lambda ben, entry: {"new": make_seen()},
    "put_seen": lambda ben, entry: {"seen": replace(ben.seen, mail=make_understood())},
    "move_touches": lambda ben, entry: {"before": entry.step, "after": make_new(9).step},
    "holds_any_seen": lambda ben, entry: {"rows": [{"id": ben.seen.id, "forgotten_with": "lumen"}]},
    "put_seen_back": lambda ben, entry: {"rows": []},
    "holds_any": lambda ben, entry: {"rows": {"entries": [{"id": entry.id}], "touches": [{"id": 1}]}},
    "take_back": lambda ben, entry: {
        "step": StoreRecord((ChangedEntry(_known(entry), replace(_known(entry), held="?")),))
    },
    "seen": lambda ben, entry: {"states": ()},
}
NO_METHODS = {"record"}
OWN_ROWS = {
    *{"add", "insert", "insert_seen", "keep_seen", "add_touch", "log_touch", "put_pause", "pause", "put_back"},
    *{"put_folder_mark", "put_last_look", "note_look", "heartbeat", "put_worker", "put_seen_back", "cancel_all"},
    *{"last_look", "history", "take_back", "rows_of", "export", "entry_ids"},
}
"""Methods that add rows of Ann's own, or return a value that says of itself that nothing is there."""
METHODS = sorted(name for name in dir(PostgresStore) if not name.startswith("_") and name not in NO_METHODS)


@pytest.fixture
def ann(office_url: str) -> Iterator[OwnStore]:
    with closing(open_store(office_url, new_candidate(office_url))) as store:
        yield store


def _rows_of_ben(server: OfficeServer, name: str) -> object:
    with psycopg.connect(server.url("office", "postgres"), options="-c search_path=followup") as link:
        number = (link.execute("SELECT id FROM candidates WHERE name = %s", (name,)).fetchone() or (0,))[0]
        tables = link.execute(
            "SELECT relname FROM pg_class JOIN pg_attribute ON attrelid = pg_class.oid AND attname = 'candidate' "
            "WHERE relnamespace = 'followup'::regnamespace AND relkind IN ('r', 'p') ORDER BY relname"
        ).fetchall()
        return {
            table: link.execute(f"SELECT * FROM {table} WHERE candidate = %s ORDER BY 2, 3", (number,)).fetchall()
            for (table,) in tables
        }


@pytest.mark.parametrize("method", METHODS)
def test_with_the_numbers_of_another_a_use_case_finds_nothing(
    office_server: OfficeServer, ann: OwnStore, ben: Ben, method: str
) -> None:
    """Each method of Ann's store, given what is Ben's, says that it is not there, and changes nothing of his."""
    before = _rows_of_ben(office_server, ben.name)
    for entry in ben.entries:
        said = _try(ann, method, _arguments(ben, entry, method))
        assert WORDS not in repr(said)
        assert method in OWN_ROWS or isinstance(said, FollowupError) or not said, said
    assert _rows_of_ben(office_server, ben.name) == before
    assert WORDS not in repr((ann.entries(), ann.seen(), ann.touches(), ann.pauses(NOW), tuple(ann.export())))


def _arguments(ben: Ben, entry: Entry, method: str) -> dict[str, Any]:
    """Return Ben's values for the parameters of a method; a parameter that none is known for fails the test."""
    known = _values(ben, entry) | ANOTHER.get(method, lambda *_: {})(ben, entry)
    wanted = set(inspect.signature(getattr(PostgresStore, method)).parameters) - {"self"}
    assert wanted <= set(known), f"say what {method} is to be tried with: {sorted(wanted - set(known))}"
    return {name: known[name] for name in wanted}


TRANSACTIONS = {"writing", "adding", "writing_soon", "reading", "deciding"}
ROWS = {name for base in (Storage, SeenStorage) for name in vars(base)} | set(vars(CandidateRows)) - TRANSACTIONS
"""Methods that read and write rows within a transaction that a use case has begun."""


def _try(store: OwnStore, method: str, given: dict[str, Any]) -> object:
    """Call a method as a use case would; return what it says, or its error."""
    try:
        if method in TRANSACTIONS:
            with getattr(store, method)(**given):
                return store.entries()
        with store.writing() if method in ROWS - {"close", "sync"} else nullcontext():
            said = getattr(store, method)(**given)
            return tuple(said) if inspect.isgenerator(said) else said
    except FollowupError as error:
        return error


def test_a_setting_of_the_candidate_is_not_the_only_wall(ann: OwnStore, ben: Ben) -> None:
    """Even a store that has Ben's number, on a transaction of Ann's, finds none of his rows."""
    mixed = PostgresStore(ann._database, ann._asker)
    mixed._candidate = type(mixed._candidate)(_number(ann, ben))
    with ann.reading():
        assert mixed.entries() == ()
        assert mixed.seen() == ()
        with pytest.raises(NotFoundError):
            mixed.get(1)


def _number(store: OwnStore, ben: Ben) -> int:
    return find_candidate(OfficeDatabase(store._own), ben.name, "the test").candidate


def _files_of(store: OwnStore, asker: Asker, seal: Seal) -> OfficeFiles:
    return OfficeFiles(store._database, asker, seal)


def test_files_of_another_are_not_there_and_stay(office_url: str, ann: OwnStore) -> None:
    """Ann reads no file of Ben's, and what she writes under the same path is her own."""
    seal, other = Seal(new_key()), add_asker(office_url)
    his, hers = _files_of(ann, other, seal), _files_of(ann, ann._asker, seal)
    his.put({"applications/acme.toml": b"his", ".env": b"his password"}, {}, NOW)
    assert hers.read_all() == {}
    hers.put({"applications/acme.toml": b"hers"}, {}, NOW)
    with pytest.raises(FollowupError, match="changed by somebody else"):
        hers.put({".env": b"mine now"}, {".env": 1}, NOW)
    assert {path: kept.content for path, kept in his.read_all().items()} == {
        "applications/acme.toml": b"his",
        ".env": b"his password",
    }


@pytest.mark.parametrize("move", ["candidate = %(ann)s", "path = 'accounts/work.env'"])
def test_sealed_bytes_that_were_moved_cannot_be_opened(
    office_server: OfficeServer, office_url: str, ann: OwnStore, move: str
) -> None:
    """A password that somebody moves in the database to another candidate or another file stays closed."""
    seal, other = Seal(new_key()), add_asker(office_url)
    _files_of(ann, other, seal).put({".env": b"his password"}, {}, NOW)
    given = {"ann": ann._asker.candidate, "ben": other.candidate}
    with psycopg.connect(office_server.url("office", "postgres")) as link:
        link.execute(f"UPDATE followup.files SET {move} WHERE candidate = %(ben)s", given)
        sealed = link.execute("SELECT content FROM followup.files WHERE candidate = ANY (%s)", ([*given.values()],))
        assert b"password" not in (sealed.fetchone() or (b"",))[0]
    with pytest.raises(SettingsError, match="opens"):
        _files_of(ann, ann._asker if "ann" in move else other, seal).read_all()
