"""Tests for what an assistant is told at once about the facts that it proposes, and how it takes them back."""

from __future__ import annotations

from pathlib import Path

import pytest

from followup_mail.cadence.kinds import Kind
from followup_mail.cadence.step import StepId
from followup_mail.errors import RefusedError
from followup_mail.proposals.kept import KeptProposals
from followup_mail.proposals.proposal import ProposedChange, ProposedFacts, Proposer, Standing
from followup_mail.services.assistants.tell_brief import tell_brief
from followup_mail.services.assistants.tell_proposals import tell_facts_proposed
from followup_mail.services.changing.change_application import plan_change
from followup_mail.services.overview.demo import NEXT_MORNING, SLUG, Clock, make_demo_workspace
from followup_mail.services.proposals.propose import FactsProposed, propose_facts
from followup_mail.workspace import Workspace

TO_TOM = StepId(SLUG, Kind.THANK_YOU, 1, "tom-okafor")
BROKEN = ("moment", "tom: I liked that you checks the rota.")
ANGRY = ("fit", "in the clinic people are angry and I stay calm")
GOOD = ("fit", "I replayed 40 nights of late events without a loss of data")


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return make_demo_workspace(tmp_path / "home", Clock(NEXT_MORNING))


def propose(workspace: Workspace, *told: tuple[str, str], by: str = "Helper", replaces: int = 0) -> FactsProposed:
    facts = ProposedFacts(tuple(ProposedChange(*one) for one in told))
    return propose_facts(workspace, SLUG, facts, Proposer(by, replaces), "")


def test_what_does_no_good_is_told_at_once(workspace: Workspace) -> None:
    """A sentence that no mail leaves with and a note that no mail uses are named, before a person is asked."""
    done = propose(workspace, BROKEN, ANGRY, GOOD)
    told = tell_facts_proposed(done)
    mend = " ".join(told.quoted["mend_before_you_ask"])
    assert "*check*, not *checks*" in mend
    assert "ask " not in mend
    assert "tactless" in mend
    assert "40 nights" not in mend
    assert f"replaces={done.proposal.number}" in told.says[0]
    assert not propose(workspace, GOOD).unfit


def test_newer_facts_replace_what_is_named(workspace: Workspace) -> None:
    """A proposal replaces a waiting one of the same program for the same application, and nothing else."""
    first = propose(workspace, BROKEN).proposal.number
    kept = KeptProposals(workspace.home)
    for by, number in (("Other", first), ("Helper", first + 40)):
        with pytest.raises(RefusedError, match=f"No proposal {number} of yours with facts of this application waits"):
            propose(workspace, GOOD, by=by, replaces=number)
    assert kept.get(first).waits
    second = propose(workspace, GOOD, replaces=first).proposal.number
    assert kept.get(first).standing is Standing.REPLACED
    assert kept.get(second).waits
    with pytest.raises(RefusedError, match="waits"):
        propose(workspace, ANGRY, replaces=first)


def test_brief_says_what_is_kept_back(workspace: Workspace) -> None:
    """Facts do not vanish without a word: how many are kept back is said, and why, without telling one."""
    secret = "between us: they close Leeds"
    given = {"fit": [ANGRY[1]], "discussed": [f"tom: {secret}"], "not_mentioned": ["I speak Welsh"]}
    planned = plan_change(workspace, SLUG, given, lambda _: None)
    workspace.facts.path(SLUG).write_text(planned.changed, "utf-8")
    told = tell_brief(workspace, TO_TOM)
    said = " ".join(told.says[:-1])
    assert "1 private" in said
    assert "1 tactless" in said
    assert "second note" in said
    assert "Leeds" not in said + str(told.quoted)
