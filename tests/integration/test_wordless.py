"""A mail of a greeting alone says nothing, and is neither kept nor queued."""

from __future__ import annotations

from pathlib import Path

import pytest
from changing import replace

from followup_mail.cadence.kinds import Kind
from followup_mail.cadence.step import StepId
from followup_mail.errors import RefusedError
from followup_mail.proposals.kept import KeptProposals
from followup_mail.proposals.proposal import ProposedMail, Standing
from followup_mail.services.assistants.tell_mail import tell_check
from followup_mail.services.overview.demo import NEXT_MORNING, SLUG, Clock, make_demo_workspace
from followup_mail.services.proposals.list_proposals import open_mail, open_proposal
from followup_mail.services.proposals.propose import propose_mail
from followup_mail.services.proposals.reword_proposal import queue_reworded
from followup_mail.services.sending.queue_shown import Way
from followup_mail.workspace import Workspace

BODY = (
    "Thank you for showing me the on-call rota. It told me that quiet hours are meant seriously.\n\nYou want people "
    "who fix an alert instead of muting it. I'd be glad to look at your loudest ones with you."
)
TO_TOM = ProposedMail(StepId(SLUG, Kind.THANK_YOU, 1, "tom-okafor"), "The on-call rota", BODY)
WORDLESS = ["Hello there.", "Hi Tom,\n\nBest,\nJordan Example", "Dear Mr Okafor,", "Thank you.", "\u2026"]


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return make_demo_workspace(tmp_path / "home", Clock(NEXT_MORNING))


@pytest.mark.parametrize("body", WORDLESS)
def test_an_assistant_cannot_propose_or_check_it(workspace: Workspace, body: str) -> None:
    """Whatever is taken off as a greeting or a closing is no word; nothing waits for the person."""
    mail = replace(TO_TOM, body=body)
    with pytest.raises(RefusedError, match="says nothing"):
        propose_mail(workspace, mail, "Helper", "x")
    with pytest.raises(RefusedError, match="says nothing"):
        tell_check(workspace, mail, "Helper")
    assert KeptProposals(workspace.home).all() == ()


def test_a_subject_that_is_only_its_label_is_none(workspace: Workspace) -> None:
    """ "Subject:" is taken off as well."""
    with pytest.raises(RefusedError, match="no subject"):
        propose_mail(workspace, replace(TO_TOM, subject="Subject:"), "Helper", "x")


def test_a_person_cannot_reword_it_to_nothing(workspace: Workspace) -> None:
    """On the terminal the sentence says why, and the proposal cannot be accepted so."""
    proposal = propose_mail(workspace, TO_TOM, "Helper", "").proposal
    opened = open_mail(workspace, proposal, replace(TO_TOM, body="Hello there."))
    assert "says nothing" in opened.why_not
    assert not opened.can_be_accepted


def test_what_the_page_shows_without_words_is_not_queued(workspace: Workspace) -> None:
    """The page has the whole mail with greeting and closing: those are no words of its own."""
    number = propose_mail(workspace, TO_TOM, "Helper", "").proposal.number
    looked = open_proposal(workspace, number).mail
    assert looked is not None
    text = looked.prepared.message.text.replace(BODY, "")
    emptied = replace(looked.prepared, message=replace(looked.prepared.message, text=text))
    with pytest.raises(RefusedError, match="says nothing"):
        queue_reworded(workspace, number, emptied, looked.request, Way.AT_ITS_MOMENT)
    assert KeptProposals(workspace.home).get(number).standing is Standing.WAITS
