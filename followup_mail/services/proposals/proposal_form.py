"""Proposals as a list shows them: which wait, what was decided lately, and what each is about in one line."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from msgspec import Struct

from followup_mail.cadence.roster import list_members
from followup_mail.errors import FollowupError
from followup_mail.facts.application import Application
from followup_mail.proposals.proposal import Proposal, ProposedFacts, ProposedMail, Standing
from followup_mail.services.proposals.list_proposals import list_proposals
from followup_mail.services.proposals.proposable import OPTIONS
from followup_mail.workspace import Workspace

_MOST_DECIDED: Final = 60


class Told(Struct, frozen=True):
    """One proposal as a list shows it."""

    proposal: Proposal
    company: str
    """Of the application that it is about; its short name where it has no facts."""
    is_known: bool
    """Whether that application is there."""
    kind: str
    """``facts``, ``new`` for an application that it would add, or ``mail``."""
    to: str = ""
    """Of a mail: to whom."""

    @property
    def subject(self) -> str:
        """Of a mail: its subject."""
        return self.proposal.what.subject if isinstance(self.proposal.what, ProposedMail) else ""

    @property
    def heading(self) -> str:
        """Of a mail: what kind of mail it is."""
        what = self.proposal.what
        return what.step.kind.traits.in_heading if isinstance(what, ProposedMail) else ""

    @property
    def count(self) -> int:
        """Of facts: how many changes."""
        return len(self.proposal.what.changes) if isinstance(self.proposal.what, ProposedFacts) else 0

    @property
    def about(self) -> tuple[str, ...]:
        """Of facts: what the changes are about, each once."""
        what = self.proposal.what
        return (
            tuple(dict.fromkeys(name_fact(c.option) for c in what.changes)) if isinstance(what, ProposedFacts) else ()
        )


def name_fact(option: str) -> str:
    """Return what an option of ``change`` is about, in the words of a page."""
    bare = option.strip().lstrip("-").replace("_", "-")
    return OPTIONS[bare].page if bare in OPTIONS else bare.replace("-", " ")


def list_waiting(workspace: Workspace, application: str = "") -> tuple[Told, ...]:
    """Return those that wait, oldest first; with an application, those about it."""
    return _tell_all(workspace, [one for one in list_proposals(workspace) if application in {"", one.application}])


def list_decided(workspace: Workspace) -> tuple[Told, ...]:
    """Return those about which somebody decided in the last month, the latest first, but not endlessly many.

    What an assistant replaced by itself is none of them: nobody decided about it.
    """
    every = (one for one in list_proposals(workspace, every=True) if one.standing is not Standing.REPLACED)
    decided = [one for one in every if one.decided_at]
    latest = sorted(decided, key=lambda one: (one.decided_at, one.number), reverse=True)
    return _tell_all(workspace, latest[:_MOST_DECIDED])


def was_changed_since(workspace: Workspace, proposal: Proposal) -> bool:
    """Return whether the facts that a proposal is about were written after it was made."""
    try:
        written_at = workspace.facts.path(proposal.application).stat().st_mtime
    except (FollowupError, OSError, ValueError):
        return False
    return written_at > proposal.at.timestamp()


def list_writers(told: Sequence[Told]) -> tuple[str, ...]:
    """Return who wrote them, each once, as they call themselves."""
    return tuple(dict.fromkeys(one.proposal.by for one in told))


def tell_proposal(workspace: Workspace, proposal: Proposal) -> Told:
    """Return one with what a heading says of it."""
    return _tell(proposal, _load(workspace, proposal.application))


def _tell_all(workspace: Workspace, proposals: Sequence[Proposal]) -> tuple[Told, ...]:
    known = {slug: _load(workspace, slug) for slug in {one.application for one in proposals}}
    return tuple(_tell(one, known[one.application]) for one in proposals)


def _load(workspace: Workspace, slug: str) -> Application | None:
    """Return an application; None where there is none, or its facts are wrong."""
    try:
        return workspace.facts.load(slug)
    except (FollowupError, ValueError):
        return None


def _tell(proposal: Proposal, application: Application | None) -> Told:
    company, what = application.company if application else proposal.application, proposal.what
    if isinstance(what, ProposedMail):
        members = list_members(application) if application else ()
        names = (member.person.name for member in members if member.handle == what.step.person)
        return Told(proposal, company, application is not None, "mail", next(names, what.step.person))
    named = next((change.value for change in what.changes if change.option == "company"), company)
    return Told(proposal, company if application else named, application is not None, "new" if what.is_new else "facts")
