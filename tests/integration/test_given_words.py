"""Words of an assistant in our frame: greeting, closing and checks stay ours."""

from __future__ import annotations

from pathlib import Path

import pytest
from changing import replace

from followup_mail.cadence.kinds import Kind
from followup_mail.cadence.step import StepId
from followup_mail.errors import RefusedError
from followup_mail.services.context.request import Request
from followup_mail.services.overview.demo import NEXT_MORNING, SLUG, Clock, make_demo_workspace
from followup_mail.services.queueing.enqueue import enqueue
from followup_mail.services.writing.prepare import prepare
from followup_mail.services.writing.prepared import Prepared
from followup_mail.services.writing.who_writes import Asking, Author, GivenWords
from followup_mail.workspace import Workspace

TO_TOM = Request(SLUG, Kind.THANK_YOU, ("tom",))
BODY = (
    "Thank you for showing me the on-call rota. It told me that quiet hours are meant seriously.\n\nYou want people "
    "who fix an alert instead of muting it. I'd be glad to look at your loudest ones with you."
)


def write(workspace: Workspace, subject: str, body: str) -> tuple[Prepared, Asking]:
    (ours,) = prepare(workspace, TO_TOM).prepared
    step: StepId = ours.written.draft.step
    asking = Asking(Author.GIVEN, given={step: GivenWords("Helper", subject, body)})
    (prepared,) = prepare(workspace, TO_TOM, asking=asking).prepared
    return prepared, asking


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return make_demo_workspace(tmp_path / "home", Clock(NEXT_MORNING))


def test_the_frame_stays_ours(workspace: Workspace) -> None:
    """Greeting, closing, signature and recipient are ours, whatever the given words bring along."""
    (ours,) = prepare(workspace, TO_TOM).prepared
    prepared, _ = write(workspace, "Subject: The on-call rota", f"Dear Mr Okafor,\n\n{BODY}\n\nCheers,\nMallory")
    draft = prepared.written.draft
    assert BODY in draft.text
    assert "Mallory" not in draft.text
    assert draft.text.splitlines()[0] == ours.written.draft.text.splitlines()[0]
    assert draft.text.splitlines()[-1] == ours.written.draft.text.splitlines()[-1]
    assert (draft.to, draft.subject) == (ours.written.draft.to, "The on-call rota")
    assert draft.wording == "written by Helper"


def test_what_is_in_no_fact_is_found(workspace: Workspace) -> None:
    """A claim of an assistant's that stands in no fact is an error as in a mail of a model, and is not queued."""
    prepared, asking = write(workspace, "The on-call rota", f"{BODY} At Siemens I led 240 engineers for you.")
    assert any(finding.is_error for finding in prepared.findings), prepared.findings
    with pytest.raises(RefusedError):
        enqueue(workspace, TO_TOM, asking=asking)


def test_words_that_pass_are_queued_as_they_were_given(workspace: Workspace) -> None:
    """What passes the checks waits in the outbox in exactly the words that were given, and says whose they are."""
    prepared, asking = write(workspace, "The on-call rota", BODY)
    (entry,) = enqueue(workspace, TO_TOM, asking=asking).entries
    assert entry.message.text == prepared.message.text
    assert entry.message.wording == "written by Helper"


def test_a_step_without_words_has_ours(workspace: Workspace) -> None:
    """Words for another step change nothing about this mail."""
    (ours,) = prepare(workspace, TO_TOM).prepared
    other = replace(ours.written.draft.step, person="elena-brandt")
    asking = Asking(Author.GIVEN, given={other: GivenWords("Helper", "Hello", BODY)})
    (prepared,) = prepare(workspace, TO_TOM, asking=asking).prepared
    assert prepared.written.draft.text == ours.written.draft.text
