"""What a program may propose, and what of it is refused at once with every reason."""

from __future__ import annotations

from pathlib import Path

import pytest
from changing import replace

from followup_mail.cadence.kinds import Kind
from followup_mail.cadence.step import StepId
from followup_mail.errors import NotFoundError, OptionsError, RefusedError
from followup_mail.proposals.kept import KeptProposals
from followup_mail.proposals.proposal import ProposedChange, ProposedFacts, ProposedMail, Standing
from followup_mail.services.context.request import Request
from followup_mail.services.overview.demo import NEXT_MORNING, SLUG, Clock, make_demo_workspace
from followup_mail.services.proposals.propose import look_at_words, propose_facts, propose_mail
from followup_mail.services.queueing.enqueue import enqueue
from followup_mail.workspace import Workspace

BODY = (
    "Thank you for showing me the on-call rota. It told me that quiet hours are meant seriously.\n\nYou want people "
    "who fix an alert instead of muting it. I'd be glad to look at your loudest ones with you."
)
TO_TOM = ProposedMail(StepId(SLUG, Kind.THANK_YOU, 1, "tom-okafor"), "The on-call rota", BODY)


def facts(*changes: tuple[str, str], is_new: bool = False) -> ProposedFacts:
    return ProposedFacts(tuple(ProposedChange(*change) for change in changes), is_new)


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return make_demo_workspace(tmp_path / "home", Clock(NEXT_MORNING))


def test_changes_are_kept_and_nothing_is_written(workspace: Workspace) -> None:
    """Proposed changes come back as a difference and wait; the facts file is as it was."""
    before = workspace.facts.text(SLUG)
    done = propose_facts(
        workspace, SLUG, facts(("--discussed", "tom: the pager"), ("decision_by", "friday")), "Helper", "They said so."
    )
    assert done.differences == ("decision_by: not set -> Fri 20 Nov", "Tom Okafor: discussed: + the pager")
    assert workspace.facts.text(SLUG) == before
    (kept,) = KeptProposals(workspace.home).waiting()
    assert kept == done.proposal
    assert [change.option for change in kept.what.changes] == ["discussed", "decision-by"]


@pytest.mark.parametrize(
    "option", ["ready", "account", "notes", "rename", "cadence", "file", "from", "card", "wording", "ignore", "yes", ""]
)
def test_what_names_files_accounts_or_wordings_cannot_be_proposed(workspace: Workspace, option: str) -> None:
    """An option that is not on the list is refused with the list, whether the application is there or new."""
    for is_new in (False, True):
        with pytest.raises(OptionsError, match="cannot be proposed") as refused:
            propose_facts(workspace, "" if is_new else SLUG, facts((option, "x"), is_new=is_new), "Helper", "")
        assert "discussed" in refused.value.fix
    assert KeptProposals(workspace.home).all() == ()


def test_what_may_not_be_proposed_may_not_be_proposed_away(workspace: Workspace) -> None:
    """Taking out the method or a promised file is refused as setting them is."""
    for value in ("cadence", "ready: case study", "Ready: x", "account"):
        with pytest.raises(OptionsError, match="cannot be proposed"):
            propose_facts(workspace, SLUG, facts(("remove", value)), "Helper", "")


def test_every_problem_is_said_at_once(workspace: Workspace) -> None:
    """All changes that cannot be carried out are named together, and nothing is kept."""
    with pytest.raises(OptionsError) as refused:
        propose_facts(workspace, SLUG, facts(("decision-by", "soonish"), ("discussed", "Nobody: x")), "Helper", "")
    assert "--decision-by" in refused.value.sentence
    assert "--discussed" in refused.value.sentence
    with pytest.raises(OptionsError, match="2 times"):
        propose_facts(workspace, SLUG, facts(("quote", "a"), ("quote", "b")), "Helper", "")
    assert KeptProposals(workspace.home).all() == ()


def test_what_the_facts_say_already_is_not_kept(workspace: Workspace) -> None:
    """A proposal that changes nothing is refused, so that nobody has to decide about it."""
    with pytest.raises(RefusedError, match="say all of that already"):
        propose_facts(workspace, SLUG, facts(("role", "Data Engineer")), "Helper", "")


def test_a_new_application_is_named_and_not_added(workspace: Workspace) -> None:
    """An application to be added gets a short name of ours, and is in no folder until it is accepted."""
    new = facts(("company", "Northwind"), ("role", "Analyst"), ("person", "Ada Byron; CTO"), is_new=True)
    done = propose_facts(workspace, "", new, "Helper", "")
    assert done.proposal.application == "northwind"
    assert "company: not set -> Northwind" in done.differences
    assert workspace.facts.slugs() == (SLUG,)
    with pytest.raises(RefusedError, match="already"):
        propose_facts(workspace, SLUG, new, "Helper", "")
    with pytest.raises(OptionsError, match="cannot name"):
        propose_facts(workspace, "../x", new, "Helper", "")


def test_a_mail_is_kept_with_our_own_beside_it(workspace: Workspace) -> None:
    """A mail that passes the checks waits, and our own wording for the same step is returned beside it."""
    done = propose_mail(workspace, TO_TOM, "Helper", "Shorter.")
    assert done.proposal.what == TO_TOM
    assert BODY in done.prepared.message.text
    assert done.ours
    assert done.ours.message.text != done.prepared.message.text
    assert not workspace.has_store


def test_a_mail_with_errors_is_refused_with_all_findings(workspace: Workspace) -> None:
    """A claim that stands in no fact is refused with what was found; looking at the words returns the findings."""
    mail = replace(TO_TOM, body=f"{BODY} At Siemens I led 240 engineers for you.")
    with pytest.raises(RefusedError, match="FM90"):
        propose_mail(workspace, mail, "Helper", "")
    assert KeptProposals(workspace.home).all() == ()
    assert any(finding.is_error for finding in look_at_words(workspace, mail, "Helper").prepared.findings)


def test_the_same_waits_once_and_a_newer_mail_takes_its_place(workspace: Workspace) -> None:
    """The same proposal is kept once; a newer mail of a program replaces its older one, and nobody else's."""
    first = propose_mail(workspace, TO_TOM, "Helper", "").proposal
    assert propose_mail(workspace, TO_TOM, "Helper", "Again.").proposal == first
    other = propose_mail(workspace, replace(TO_TOM, subject="Quiet hours"), "Other", "").proposal
    newer = propose_mail(workspace, replace(TO_TOM, subject="Your on-call rota"), "Helper", "").proposal
    kept = KeptProposals(workspace.home)
    assert kept.waiting() == (other, newer)
    assert kept.get(first.number).standing is Standing.REPLACED


def test_a_mail_for_a_step_that_is_not_to_do_is_refused(workspace: Workspace) -> None:
    """A step that is queued, that goes to nobody known, or that is no step, gets no proposal."""
    for step in (replace(TO_TOM.step, person="mallory"), replace(TO_TOM.step, nth=7), replace(TO_TOM.step, person="")):
        with pytest.raises(NotFoundError):
            propose_mail(workspace, replace(TO_TOM, step=step), "Helper", "")
    enqueue(workspace, Request(SLUG, Kind.THANK_YOU, ("tom",)))
    with pytest.raises(RefusedError, match="queued already"):
        propose_mail(workspace, TO_TOM, "Helper", "")
    assert KeptProposals(workspace.home).all() == ()


def test_a_kind_that_the_plan_does_not_have_can_be_proposed(workspace: Workspace) -> None:
    """A mail that the plan has for somebody else can be proposed for a person who is known, as it can be queued."""
    step = StepId(SLUG, Kind.STATUS_INQUIRY, 1, "tom-okafor")
    body = "Is there anything new about the position? I am still glad to talk about the on-call rota."
    looked = look_at_words(workspace, ProposedMail(step, "The position", body), "Helper")
    assert looked.prepared.written.draft.step == step
