"""A promise that nothing keeps yet is said wherever its thank-you is due, until words of the user's own do."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from page_client import PageClient

from followup_mail.cadence.kinds import Kind
from followup_mail.cadence.step import Step
from followup_mail.cli.views.show_plan import show_plan
from followup_mail.services.as_json.json_views import step_json
from followup_mail.services.assistants.tell_overview import tell_plan
from followup_mail.services.context.application_context import open_application
from followup_mail.services.overview.demo import NEXT_MORNING, Clock, make_demo_workspace
from followup_mail.services.overview.today import look_at_today
from followup_mail.workspace import Workspace

TALKED = """
company = "Acme"
role = "Baker"
time_zone = "America/Denver"
[[interviews]]
start = "{day} 10:00"
duration = "45 min"
[[interviews.people]]
name = "Kira Osei"
email = "kira@acme.example"
discussed = ["the night shift"]
"""
PROMISED = '[[promised]]\nwhat = "photos of my roof"\n'
LACKS = 'it needs the file that you promised, "photos of my roof"'
READIES = 'change acme --ready "photos of my roof: FILE"'


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    workspace = make_demo_workspace(tmp_path, Clock(NEXT_MORNING))
    workspace.facts.create("acme", TALKED.format(day="2026-11-18") + PROMISED)
    return workspace


def _thanks(workspace: Workspace) -> Step:
    return next(step for step in open_application(workspace, "acme").plan.steps if step.kind is Kind.THANK_YOU)


def _command(workspace: Workspace) -> str:
    return next(due.command for due in look_at_today(workspace).due if due.step.id.application == "acme")


def test_the_plan_says_what_its_thank_you_lacks(workspace: Workspace, capsys: pytest.CaptureFixture[str]) -> None:
    """`plan`, its JSON and what an assistant is told name the promise that stops the thank-you, as `today` does."""
    assert step_json(_thanks(workspace))["promise"] == LACKS
    assert tell_plan(workspace, "acme").quoted["steps"][0]["promise_open"] == LACKS  # type: ignore[index]
    assert _command(workspace) == READIES
    show_plan(workspace, "acme", "", "", json=False)
    assert LACKS in capsys.readouterr().out


def test_a_thank_you_whose_time_has_not_come_lacks_nothing(workspace: Workspace) -> None:
    """Before the interview, nobody is told that a file is missing for the mail after it."""
    workspace.facts.path("acme").write_text(TALKED.format(day="2026-12-02") + PROMISED)
    assert _thanks(workspace).promise == ""


def test_a_wording_of_ones_own_that_says_when_it_comes_is_enough(workspace: Workspace) -> None:
    """Where the user's own wording announces what was promised, the mail is offered: the checks read it as it is."""
    folder = workspace.home / "templates" / "thank_you"
    folder.mkdir(parents=True)
    own = folder / "mine.txt"
    own.write_text("Subject: Thank you\n\n{{ greeting }},\n\nThe photos of the roof will come on Friday.\n")
    assert _thanks(workspace).promise == ""
    assert _command(workspace) == "send acme thank_you --to kira-osei"
    own.write_text("Subject: Thank you\n\n{{ greeting }},\n\nI liked your roof. I will write on Friday.\n")
    assert _thanks(workspace).promise == LACKS
    own.unlink()
    own.mkdir()
    assert _thanks(workspace).promise == LACKS


def test_a_typed_sentence_that_says_when_it_comes_is_enough(workspace: Workspace) -> None:
    """A sentence that the user typed for this person's mail may announce what was promised, too."""
    offered = 'offer = "I will send you the photos of my roof tomorrow."\n'
    workspace.facts.path("acme").write_text(TALKED.format(day="2026-11-18") + offered + PROMISED)
    assert _thanks(workspace).promise == ""


@pytest.fixture
def reader(tmp_path: Path, bare_surroundings: None) -> Iterator[PageClient]:
    folder = tmp_path / "home" / "applications"
    folder.mkdir(parents=True)
    (folder / "acme.toml").write_text(TALKED.format(day="2026-11-17") + PROMISED, "utf-8")
    with PageClient(tmp_path / "home") as reader:
        yield reader.enter()


def test_the_page_says_it_and_leads_to_where_it_is_filled_in(reader: PageClient) -> None:
    """The page of an application says what its thank-you lacks, with a button to the page that changes it."""
    shown = reader.get("/applications/acme")
    assert "it needs the file that you promised" in shown.words
    assert '<a class="button" href="/applications/acme/change' in shown.text
