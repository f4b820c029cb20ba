"""What is read for one application does not grow with the others: counted in files parsed and histories read."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from outbox_samples import ACCEPTED, attempt, make_mail, make_timing

from followup_mail.cadence.step import Kind, StepId
from followup_mail.facts import facts_folder
from followup_mail.message.draft import Mailbox
from followup_mail.outbox.entry import NewEntry
from followup_mail.outbox.sqlite import SqliteStore
from followup_mail.services.context.application_context import open_application
from followup_mail.services.context.fresh_check import make_check
from followup_mail.services.context.request import Request
from followup_mail.services.writing.check_inputs import read_background
from followup_mail.services.writing.prepare import prepare
from followup_mail.settings.load_settings import Loaded
from followup_mail.settings.table import Settings
from followup_mail.workspace import Workspace

NOW = datetime(2026, 11, 18, 15, tzinfo=UTC)
FACTS = """\
company = "{company}"
role = "Engineer"
time_zone = "America/Chicago"
country = "US"

[[interviews]]
start = 2026-11-17 10:00:00
duration = "45 min"

[[interviews.people]]
name = "{name}"
role = "hiring manager"
email = "{email}"
discussed = ["the way to streaming"]
"""


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    """Thirty applications, of which one shares a person with ``acme``."""
    folder = tmp_path / "applications"
    folder.mkdir()
    for number in range(28):
        text = FACTS.format(company=f"Norvane{number} Ltd", name=f"Bo Stern-{number}", email=f"bo@n{number}.example")
        (folder / f"n-{number}.toml").write_text(text, "utf-8")
    (folder / "acme.toml").write_text(
        FACTS.format(company="Acme", name="Rita Reis", email="rita@acme.example"), "utf-8"
    )
    (folder / "abel.toml").write_text(
        FACTS.format(company="Abel", name="Rita Reis", email="Rita@Acme.example"), "utf-8"
    )
    settings = Settings(time_zone="America/Chicago", name="Jo Miller", email="jo@miller.example")
    return Workspace(Loaded(settings, tmp_path, {}), lambda: NOW)


@pytest.fixture
def parsed(monkeypatch: pytest.MonkeyPatch) -> Counter[str]:
    """How often each file is parsed."""
    counts: Counter[str] = Counter()
    parse = facts_folder.parse_application

    def count(text: str, path: Path, slug: str) -> object:
        counts[slug] += 1
        return parse(text, path, slug)

    monkeypatch.setattr(facts_folder, "parse_application", count)
    return counts


def test_a_plan_parses_only_the_files_that_share_somebody(workspace: Workspace, parsed: Counter[str]) -> None:
    """Of thirty files, a plan parses its own and the one that has the same person."""
    open_application(workspace, "acme")
    assert parsed == {"acme": 1, "abel": 1}


def test_a_preview_parses_only_the_files_that_it_can_name(workspace: Workspace, parsed: Counter[str]) -> None:
    """The checks of a mail ask for other companies; those that it does not come near are not parsed."""
    prepare(workspace, Request("acme", Kind.THANK_YOU, at="now"))
    assert parsed == {"acme": 1, "abel": 1}


def test_a_company_that_a_mail_names_is_still_found(workspace: Workspace, parsed: Counter[str]) -> None:
    """The company of another application that a mail names is told to the checks; a file that cannot be read is not."""
    workspace.facts.path("n-8").write_text('company = "Norvane8 Ltd"\nrole = 8\n', "utf-8")
    others = read_background(workspace, open_application(workspace, "acme")).other_companies
    parsed.clear()
    text = "I would love to join Norvane7, or Norvane8, or Acme."
    assert others.named_in("Thank you", text) == ("Norvane7 Ltd",)
    assert others.named_in("Thank you", text) == ("Norvane7 Ltd",)
    assert parsed == {"n-7": 1, "n-8": 1}


def send_long_ago(store: SqliteStore, number: int) -> None:
    """Send a mail under a name whose facts file is gone."""
    to = f"tom@old-{number}.example"
    mail = make_mail(number, to=Mailbox("Tom", to), rcpt_to=(to,))
    store.add([NewEntry(StepId(f"gone-{number}", Kind.THANK_YOU, 1, "tom"), mail, make_timing())], NOW)
    attempt(store, ACCEPTED, NOW + timedelta(days=1))


def test_a_claim_reads_no_history_of_others(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    """The check of a due mail asks for the history of its own application, however many others the outbox holds."""
    store = workspace.store
    assert isinstance(store, SqliteStore)
    for number in range(1, 9):
        send_long_ago(store, number)
    asked: Counter[str] = Counter()
    read = store.entries

    def count(**given: object) -> object:
        asked[str(given.get("application"))] += 1
        return read(**given)  # type: ignore[arg-type]

    (mail,) = prepare(workspace, Request("acme", Kind.THANK_YOU, at="now")).prepared
    new = NewEntry(mail.written.step.id, mail.message, mail.written.timing)
    (entry,) = store.add([new], NOW)
    monkeypatch.setattr(store, "entries", count)
    make_check(workspace, entry)(entry, store, NOW)
    assert set(asked) == {"acme"}
