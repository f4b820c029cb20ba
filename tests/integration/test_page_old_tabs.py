"""Every form of the page, sent from a tab that was opened before something changed."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Final

import pytest
from outbox_samples import NOW
from page_client import SETTINGS, PageClient
from seen_samples import make_mark, make_seen

from followup_mail.cadence.kinds import Kind
from followup_mail.proposals.kept import KeptProposals
from followup_mail.proposals.proposal import ProposedChange, ProposedFacts
from followup_mail.services.context.request import Request
from followup_mail.services.queueing.enqueue import QueueTerms, enqueue_prepared
from followup_mail.services.writing.prepare import prepare
from followup_mail.web.app import VIEWS
from followup_mail.web.frame.routes import Post

LUMEN: Final = """\
company = "Lumen Freight"
role = "Data Engineer"
time_zone = "America/Chicago"
country = "US"
fit = "I moved our nightly jobs to streaming last year and cut the delay from six hours to four minutes."
[[interviews]]
start = 2026-11-17T10:00:00-06:00
duration = "45 min"
[[interviews.people]]
name = "Priya Raman"
email = "priya@lumen.example"
role = "hiring manager"
discussed = "the move to streaming"
"""
NEEDS_NONE: Final = {
    "/add/from": "looks into files, and keeps nothing",
    "/add/from/notes": "adds a text behind what is there, and the same text once",
    "/add/from/people": "adds people behind those that are there",
    "/applications/{slug}/questions/look": "checks what is typed",
    "/applications/{slug}/transcript": "adds a text behind what is there, and the same text once",
    "/applications/{slug}/write/{kind}/look": "checks what is typed",
    "/applications/{slug}/write/{kind}/take-back": "cancels mails that it names, and says which had left",
    "/outbox/run": "delivers what was approved and is due, as happens by itself",
    "/outbox/{id:int}/look-at-draft": "looks into the mailbox",
    "/outbox/{id:int}/edit": "opens a form, of the mail as it is then",
    "/outbox/{id:int}/edit/sign": "says that a form is still open",
    "/outbox/{id:int}/edit/stop": "closes a form",
    "/inbox/look": "looks into the mailbox",
    "/inbox/try": "looks into the mailbox, and keeps nothing",
    "/setup/try": "logs in, and changes nothing",
    "/setup/test": "sends a mail to the user",
    "/setup/sign-in": "begins at the provider, where the user decides",
    "/accounts": "adds an account, never in place of one",
    "/accounts/check": "logs in, and changes nothing",
    "/wordings/copy": "makes a file, never in place of one",
    "/voice": "adds what a mail shows, to whatever is known",
    "/check": "checks what is typed",
    "/check/all": "checks what waits, and changes nothing",
    "/files": "adds a file to a list",
    "/files/remove": "names what leaves the list",
    "/calendar": "makes a file for the user",
    "/candidates": "adds a folder to a list",
    "/candidates/remove": "names who leaves the list; nothing is deleted",
}
"""Forms without a version, each with the reason why an old one does no harm."""
WITH_VERSION: Final = sorted({view.path for view in VIEWS if isinstance(view, Post)} - set(NEEDS_NONE))
FILLED: Final = {
    "/applications/{slug}/skip": {"step": "lumen/thank_you/r1/priya-raman/1"},
    "/applications/{slug}/unskip": {"line": "thank_you"},
    "/applications/{slug}/snooze": {"snooze_until": "2026-11-25"},
    "/applications/{slug}/note": {"note": "Ask about the depots"},
    "/applications/{slug}/cadence": {"cadence": "patient"},
    "/applications/{slug}/rename": {"new_name": "lumen-3"},
    "/applications/{slug}/merge": {"into": "other", "sure": "yes"},
    "/applications/{slug}/answer": {"status": "withdrawn"},
    "/applications/{slug}/log": {"channel": "phone", "to": "priya-raman"},
    "/applications/{slug}/questions": {"do": "save"},
    "/applications/{slug}/facts": {"text": LUMEN.replace("Freight", "Cargo")},
    "/applications/{slug}/write/{kind}": {"do": "queue", "offered": "priya-raman", "take": "priya-raman"},
    "/add": {"company": "Northwind"},
    "/add/finish": {"company": "Northwind"},
    "/add/back": {"draft": "{}"},
    "/outbox/{id:int}/reschedule": {"at": "2026-11-25 10:00"},
    "/outbox/{id:int}/resolve": {"what": "sent"},
    "/outbox/{id:int}/edit/save": {"subject": "Another subject", "text": "Other words.", "was": "older"},
    "/outbox/rewrite": {"app": "lumen", "entry": "1"},
    "/inbox/forget": {"sure": "yes"},
    "/inbox/{id:int}/correct": {"what": "no"},
    "/proposals/{id:int}/accept": {"take": "1"},
    "/setup/you": {"name": "Somebody Else", "email": "jordan@example.com", "time_zone": "Europe/London"},
    "/setup/account": {"by": "hand", "address": "jordan@example.com", "host": "localhost", "anyway": "yes"},
    "/setup/mailbox": {"wanted": "no"},
    "/settings": {"name": "Somebody Else"},
    "/accounts/use": {"name": "main"},
    "/accounts/remove": {"name": "main", "sure": "yes"},
    "/wordings/save": {"name": "thank_you/mine", "text": "Other words."},
    "/wordings/remove": {"name": "thank_you/mine"},
}
"""What an old form holds beside its version, where it holds something."""


@pytest.fixture
def reader(tmp_path: Path, bare_surroundings: None) -> Iterator[PageClient]:
    """Somebody with applications, a mail that waits, one that was seen, and a wording."""
    home = tmp_path / "home"
    for folder, name, text in (
        ("applications", "lumen.toml", LUMEN),
        ("applications", "other.toml", LUMEN),
        ("templates/thank_you", "mine.txt.j2", "Words of mine."),
    ):
        (home / folder).mkdir(parents=True, exist_ok=True)
        (home / folder / name).write_text(text, "utf-8")
    with PageClient(home, settings=SETTINGS) as reader:
        with reader.desk.open() as workspace:
            prepared = prepare(workspace, Request("lumen", Kind.THANK_YOU, ("priya-raman",), early="yes")).prepared
            enqueue_prepared(workspace, prepared, QueueTerms())
            workspace.store.keep_seen([make_seen()], make_mark(1), NOW)
        note = ProposedFacts((ProposedChange("note", "They have a depot in Joliet"),))
        KeptProposals(home).offer("lumen", "Helper", note, "", NOW)
        yield reader.enter()


def content_of(home: Path) -> dict[str, str]:
    """Return what stands in every file of a home; of the outbox its rows."""
    found = {}
    for path in sorted(path for path in home.rglob("*") if path.is_file()):
        if path.suffix in {".db", ".sqlite", ".sqlite3"}:
            with closing(sqlite3.connect(path)) as outbox:
                found[path.name] = "\n".join(outbox.iterdump())
        elif not path.name.endswith(("-wal", "-shm", ".lock", ".log")):
            found[str(path.relative_to(home))] = hashlib.sha256(path.read_bytes()).hexdigest()
    return found


@pytest.mark.parametrize("path", WITH_VERSION)
def test_an_old_form_changes_nothing(reader: PageClient, path: str) -> None:
    """A form that was made from something else than there is now is refused, and nothing of the home changes."""
    word = reader.get("/more").fields("/stop")["form_word"][0]
    before = content_of(reader.home)
    address = path.replace("{slug}", "lumen").replace("{kind}", "thank_you").replace("{id:int}", "1")
    seen = reader.post(address, {"form_word": word, "shown": "of an older page", **FILLED.get(path, {})})
    assert content_of(reader.home) == before
    assert seen.status in {200, 404, 409, 422, 503}


def test_each_form_without_a_version_is_one_of_the_page() -> None:
    """The list of forms that need no version names none that is not there."""
    assert set(NEEDS_NONE) | set(FILLED) <= {view.path for view in VIEWS if isinstance(view, Post)}
