"""What became of proposals, for whoever made them, and what a proposal of facts comes to."""

from __future__ import annotations

from followup_mail.proposals.kept import KeptProposals
from followup_mail.proposals.proposal import Proposal, ProposedMail
from followup_mail.services.assistants.tell_mail import say_waits
from followup_mail.services.assistants.telling import Told
from followup_mail.services.proposals.propose import FactsProposed
from followup_mail.workspace import Workspace


def tell_proposals(workspace: Workspace) -> Told:
    """Return the proposals that wait, and what was decided within a month, the newest first."""
    found = KeptProposals(workspace.home).all()
    quoted = {"proposals": [_proposal(one) for one in reversed(found)]}
    return Told(quoted, () if found else ("No proposal is kept.",))


def tell_facts_proposed(proposed: FactsProposed) -> Told:
    """Return what was kept of changes that were proposed."""
    number = proposed.proposal.number
    quoted = {
        "proposal": number,
        "application": proposed.proposal.application,
        "would_change": proposed.differences,
        "understood_as": proposed.told,
        "mend_before_you_ask": proposed.unfit,
    }
    mend = (f"Mend what stands under mend_before_you_ask first: propose again with replaces={number}.",)
    return Told(quoted, (*(mend if proposed.unfit else ()), say_waits(number)))


def _proposal(one: Proposal) -> dict[str, object]:
    what: dict[str, object]
    if isinstance(one.what, ProposedMail):
        what = {"mail_for": str(one.what.step), "subject": one.what.subject, "body": one.what.body}
    else:
        what = {"new_application": one.what.is_new or None, "changes": _changes(one)}
    decided = {"decided_at": one.decided_at} if one.decided_at else {}
    return {
        "proposal": one.number,
        "application": one.application,
        "by": one.by,
        "at": one.at,
        "standing": one.standing,
        **decided,
        **what,
    }


def _changes(one: Proposal) -> list[str]:
    assert not isinstance(one.what, ProposedMail)
    return [f"{change.option}: {change.value}" for change in one.what.changes]
