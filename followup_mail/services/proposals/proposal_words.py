"""Proposals in words, the same for the command line and a page: what it is about, who wrote it, what to look at."""

from __future__ import annotations

from collections.abc import Sequence

from followup_mail.cadence.wording import say_list, say_some
from followup_mail.errors import FollowupError
from followup_mail.proposals.proposal import Proposal, ProposedFacts, Standing, within_quotes
from followup_mail.workspace import Workspace

_NAMED = 3


def say_what(workspace: Workspace, proposal: Proposal) -> str:
    """Return what a proposal is about, in one line: "Thank-you to Tom Okafor, lumen-freight"."""
    what = proposal.what
    if isinstance(what, ProposedFacts):
        return _say_facts(proposal, what)
    heading = what.step.kind.traits.in_heading
    return f"{heading} to {say_name(workspace, what.step.application, what.step.person)}, {proposal.application}"


def _say_facts(proposal: Proposal, facts: ProposedFacts) -> str:
    options = list(dict.fromkeys(change.option for change in facts.changes))
    if facts.is_new:
        given = {change.option: change.value for change in facts.changes}
        what = ", ".join(filter(None, (given.get("role"), given.get("company"))))
        return f"A new application, {proposal.application}{f': {what}' if what else ''}"
    count = len(facts.changes)
    return f"{count} {'change' if count == 1 else 'changes'} of {proposal.application}: {say_some(options, _NAMED)}"


def say_by(proposal: Proposal) -> str:
    """Return who wrote it: ``written with an assistant, by "Claude Desktop"``: it calls itself so, and may lie."""
    return f"written with an assistant, by {say_quoted(proposal.by)}"


def say_quoted(text: str) -> str:
    """Return what a program says in quotation marks that nothing within ends."""
    return f'"{within_quotes(text)}"'


def say_waiting(proposals: Sequence[Proposal]) -> str:
    """Return how many wait and who wrote them: ``2 wait (written with an assistant, by "Claude Desktop")``."""
    by = list(dict.fromkeys(say_quoted(proposal.by) for proposal in proposals))
    named = say_list(by) if len(by) <= _NAMED else f"{', '.join(by[:_NAMED])} and others"
    count = len(proposals)
    return f"{count} {'waits' if count == 1 else 'wait'} (written with an assistant, by {named})"


def say_decided(proposal: Proposal) -> str:
    """Return what became of a proposal that was decided."""
    if proposal.standing is Standing.REPLACED:
        return "replaced: another one was proposed in its place"
    return str(proposal.standing)


def say_name(workspace: Workspace, application: str, handle: str) -> str:
    """Return the name of somebody, or what is known of it: facts may be gone, or broken."""
    from followup_mail.cadence.roster import list_members

    try:
        members = list_members(workspace.facts.load(application))
    except FollowupError:
        members = ()
    return next((member.person.name for member in members if member.handle == handle), handle or "nobody known")
