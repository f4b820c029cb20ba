"""A person's decision about a proposal. Only a front where a person sits calls this: the command line and the page.

First what it proposes is done, then the proposal is marked. Should the program die between the two, opening it again
finds that it is done, and accepting it only marks it. Both are one step for ``undo``.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from msgspec import Struct

from followup_mail.errors import RefusedError
from followup_mail.outbox.entry import Entry
from followup_mail.proposals.kept import KeptProposals
from followup_mail.proposals.proposal import Proposal, ProposedFacts, ProposedMail, Standing
from followup_mail.services.proposals.list_proposals import OpenProposal, find_queued, open_facts
from followup_mail.services.queueing.enqueue import refuse_unfit
from followup_mail.services.sending.queue_shown import Way, queue_shown
from followup_mail.workspace import Workspace


class FactsAccepted(Struct, frozen=True):
    """Facts that were written."""

    proposal: Proposal
    file: Path
    differences: tuple[str, ...]
    """Nothing where they were written before."""


class MailAccepted(Struct, frozen=True):
    """A mail that was queued."""

    proposal: Proposal
    entry: Entry


def choose_changes(workspace: Workspace, shown: OpenProposal, numbers: Sequence[int]) -> OpenProposal:
    """Return the proposal with some of its changes only, by number from 1, as it stands now.

    Raises ``RefusedError`` for a number that is none of them, or no number.
    """
    what = shown.proposal.what
    assert isinstance(what, ProposedFacts)
    count = len(what.changes)
    if not numbers or any(not 1 <= number <= count for number in numbers):
        raise RefusedError(f"Choose from 1 to {count}.")
    chosen = tuple(what.changes[number - 1] for number in sorted(set(numbers)))
    return open_facts(workspace, shown.proposal, ProposedFacts(chosen, what.is_new))


def accept_facts(workspace: Workspace, shown: OpenProposal) -> FactsAccepted:
    """Write the facts that were shown, all or those that were chosen, and mark the proposal.

    Raises ``RefusedError`` when it was decided since, the file was changed since it was shown, or it can't be done.
    """
    proposal, planned = _require_waiting(workspace, shown), shown.planned
    assert planned is not None
    slug = planned.application
    if planned.changed != planned.text:
        if planned.text:
            workspace.facts.replace(slug, planned.changed, instead_of=planned.text)
        else:
            workspace.facts.create(slug, planned.changed)
    marked = _kept(workspace).decide(proposal.number, Standing.ACCEPTED, workspace.now(), what=shown.taken)
    return FactsAccepted(marked, workspace.facts.path(slug), planned.differences)


def accept_mail(workspace: Workspace, shown: OpenProposal) -> MailAccepted:
    """Queue the mail for the moment of its plan, with the very bytes that were shown, and mark the proposal.

    It is never sent from here. Raises ``RefusedError`` when it was decided since, its step is queued or done, or a
    check finds an error.
    """
    proposal, kept = _require_waiting(workspace, shown), _kept(workspace)
    entry = find_queued(workspace, proposal)
    if entry is None:
        assert shown.mail is not None
        prepared = shown.mail.prepared
        refuse_unfit([prepared])
        kept.note_queued(proposal.number, prepared.message.sha256)
        (entry,) = queue_shown(workspace, [prepared], shown.mail.request, Way.AT_ITS_MOMENT)
    return MailAccepted(kept.decide(proposal.number, Standing.ACCEPTED, workspace.now()), entry)


def decline_proposal(workspace: Workspace, number: int) -> Proposal:
    """Let a proposal wait no more. Raises ``NotFoundError``, and ``RefusedError`` when it was decided already."""
    proposal = KeptProposals(workspace.home).get(number)
    if proposal.waits and (entry := find_queued(workspace, proposal)):
        raise RefusedError(
            f"The mail of proposal {number} is in the outbox already: {entry.label}, {entry.state}.",
            fix=f"followup-mail outbox cancel {entry.id}",
        )
    return _kept(workspace).decide(number, Standing.DECLINED, workspace.now())


def _require_waiting(workspace: Workspace, shown: OpenProposal) -> Proposal:
    """Return the proposal as it is kept. Raises ``RefusedError`` when it waits no more, or can't be carried out."""
    proposal = KeptProposals(workspace.home).get(shown.proposal.number)
    if not proposal.waits:
        raise RefusedError(f"Proposal {proposal.number} was {proposal.standing} already.")
    if type(proposal.what) is not type(shown.proposal.what) or _step(proposal) != _step(shown.proposal):
        raise RefusedError(f"Proposal {proposal.number} is not what was shown.")
    if shown.why_not:
        raise RefusedError(shown.why_not, fix=f"followup-mail proposals decline {proposal.number}")
    return proposal


def _step(proposal: Proposal) -> object:
    return proposal.what.step if isinstance(proposal.what, ProposedMail) else proposal.application


def _kept(workspace: Workspace) -> KeptProposals:
    return KeptProposals(workspace.home, workspace.journal.note_file)
