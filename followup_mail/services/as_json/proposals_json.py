"""Proposals as dictionaries, for ``--json``; docs/json.md lists them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from msgspec.structs import asdict

from followup_mail.proposals.proposal import Proposal, ProposedFacts, ProposedMail

if TYPE_CHECKING:
    from followup_mail.services.proposals.list_proposals import OpenProposal
    from followup_mail.services.proposals.write_proposed import MailLookedAt


def proposal_json(proposal: Proposal) -> dict[str, Any]:
    """Return what was proposed, by whom, and where it stands."""
    what = proposal.what
    return {
        "number": proposal.number,
        "application": proposal.application,
        "what": "facts" if isinstance(what, ProposedFacts) else "mail",
        "by": proposal.by,
        "at": proposal.at,
        "why": proposal.why,
        "standing": str(proposal.standing),
        "decided_at": proposal.decided_at,
        "is_new": isinstance(what, ProposedFacts) and what.is_new,
        "changes": [asdict(change) for change in what.changes] if isinstance(what, ProposedFacts) else [],
        "step": _step_json(what) if isinstance(what, ProposedMail) else None,
        "subject": what.subject if isinstance(what, ProposedMail) else None,
        "body": what.body if isinstance(what, ProposedMail) else None,
    }


def open_json(opened: OpenProposal) -> dict[str, Any]:
    """Return a proposal as it stands now."""
    return {
        **proposal_json(opened.proposal),
        "differences": list(opened.differences),
        "cautions": [{"kind": str(caution.kind), "words": caution.words} for caution in opened.cautions],
        "quoted": list(opened.quoted),
        "can_be_accepted": opened.can_be_accepted,
        "why_not": opened.why_not or None,
        "done": opened.done or None,
        "mail": _mail_json(opened.mail) if opened.mail else None,
    }


def _step_json(mail: ProposedMail) -> dict[str, Any]:
    step = mail.step
    return {"kind": str(step.kind), "round": step.round, "person": step.person, "nth": step.nth}


def _mail_json(looked: MailLookedAt) -> dict[str, Any]:
    prepared = looked.prepared
    return {
        "to": prepared.message.to.email,
        "name": prepared.message.to.name,
        "subject": prepared.message.subject,
        "text": prepared.message.text,
        "due_at": prepared.written.timing.due_at,
        "findings": [finding.as_dict() for finding in prepared.findings],
        "ours": {"subject": looked.ours.message.subject, "text": looked.ours.message.text} if looked.ours else None,
    }
