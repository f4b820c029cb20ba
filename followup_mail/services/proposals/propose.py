"""Keep what a program proposes, after a look at what it comes to: whoever proposed it never decides about it.

What cannot be understood or would not pass our checks is refused at once, with all that is wrong: a person is shown
only what could be accepted.
"""

from __future__ import annotations

from msgspec import Struct
from msgspec.structs import replace

from followup_mail.checks import Finding
from followup_mail.errors import RefusedError
from followup_mail.facts.unfit_values import UnfitError
from followup_mail.proposals.kept import KeptProposals
from followup_mail.proposals.proposal import (
    Proposal,
    ProposedFacts,
    ProposedMail,
    Proposer,
    clean_by,
    clean_mail,
    clean_why,
)
from followup_mail.services.changing.fact_differences import find_differences
from followup_mail.services.proposals.discreet_draft import leave_told
from followup_mail.services.proposals.fixes_for_assistants import say_fix
from followup_mail.services.proposals.plan_proposal import PlannedFacts, plan_facts
from followup_mail.services.proposals.proposable import clean_changes, is_untold
from followup_mail.services.proposals.propose_from_transcript import doubts_about_sentences, take_sentences
from followup_mail.services.proposals.proposed_unfit import tell_unfit
from followup_mail.services.proposals.write_proposed import MailLookedAt, write_proposed
from followup_mail.services.writing.prepared import Prepared
from followup_mail.services.writing.wordless import refuse_wordless
from followup_mail.workspace import Workspace

__all__ = ["FactsProposed", "MailLookedAt", "MailProposed", "look_at_words", "propose_facts", "propose_mail"]


class FactsProposed(Struct, frozen=True):
    """A proposal of facts that was kept."""

    proposal: Proposal
    differences: tuple[str, ...]
    """What would change, a line for each fact; nothing of what whoever proposed it may not read."""
    told: tuple[str, ...]
    """What was guessed, and what is to be looked at twice, in sentences."""
    unfit: tuple[str, ...] = ()
    """What no mail leaves with or will use, in sentences: to be mended before a person is asked."""


class MailProposed(Struct, frozen=True):
    """A proposal of a mail that was kept."""

    proposal: Proposal
    prepared: Prepared
    """As it would leave now; its findings are warnings at most."""
    ours: Prepared | None
    """The same step in our own wording; None where that cannot be written."""


def propose_facts(
    workspace: Workspace, application: str, facts: ProposedFacts, by: str | Proposer, why: str
) -> FactsProposed:
    """Keep changes of facts; the same changes are kept once. A new application without a short name gets one of ours.

    A proposal of facts of ``by`` that waits for the same application may be replaced: it waits no more.
    A sentence that a change comes from must stand in the kept transcript (``propose_from_transcript``).

    Raises ``OptionsError`` with every change that cannot be proposed or carried out, ``NotFoundError``, and
    ``RefusedError`` when nothing would be different, what is to be added is there, too many proposals wait, or
    what is to be replaced is no such proposal.
    """
    facts = ProposedFacts(clean_changes(facts.changes, is_new=facts.is_new), facts.is_new)
    now = workspace.now()
    planned = plan_facts(workspace, application, facts, now)
    if not planned.differences and not any(map(is_untold, facts.changes)):
        raise RefusedError(f"The facts of {planned.application} say all of that already.", fix="Nothing was kept.")
    facts = replace(facts, changes=tuple(take_sentences(workspace, planned.application, facts.changes)))
    proposer = replace(by, by=clean_by(by.by)) if isinstance(by, Proposer) else clean_by(by)
    kept = KeptProposals(workspace.home)
    proposal = kept.offer(planned.application, proposer, facts, _clean_why(why), now)
    doubts = () if facts.is_new else _doubts(workspace, planned.application, facts)
    unfit = tell_unfit(workspace, planned, facts.changes)
    return FactsProposed(proposal, _told_differences(planned, facts), (*planned.told, *doubts), unfit)


def propose_mail(workspace: Workspace, mail: ProposedMail, by: str, why: str) -> MailProposed:
    """Keep a mail that passes our checks; the same mail is kept once, and a newer mail of ``by`` replaces its older.

    Raises ``RefusedError`` with everything that was found when any of it is an error, and as ``look_at_words`` does.
    """
    mail = _clean_mail(mail)
    looked = look_at_words(workspace, mail, by)
    if any(finding.is_error for finding in looked.prepared.findings):
        said = "\n".join(map(say_finding, looked.prepared.findings))
        raise RefusedError(
            f"The mail does not pass the checks:\n{said}", fix="Nothing was kept. Correct it and propose it again."
        )
    kept = KeptProposals(workspace.home)
    proposal = kept.offer(mail.step.application, clean_by(by), mail, _clean_why(why), workspace.now())
    return MailProposed(proposal, looked.prepared, looked.ours)


def look_at_words(workspace: Workspace, mail: ProposedMail, by: str, ignore: tuple[str, ...] = ()) -> MailLookedAt:
    """Check words without keeping anything. ``ignore`` has the codes of check rules that a person left out.

    Raises ``RefusedError`` for words that cannot be shown and a step that is not to do, ``NotFoundError``, and whatever
    else stands in the way of writing it.
    """
    return write_proposed(workspace, _clean_mail(mail), clean_by(by), ignore)


def say_finding(finding: Finding) -> str:
    """Return a finding as one line."""
    where = f"{finding.place} line {finding.line}" if finding.line else str(finding.place)
    words = f' ("{finding.words}")' if finding.words else ""
    return f"{finding.severity} {finding.code} {finding.name}, {where}: {finding.message}{words} {say_fix(finding)}"


def _told_differences(planned: PlannedFacts, facts: ProposedFacts) -> tuple[str, ...]:
    given = (change.option for change in facts.changes if is_untold(change))
    differences = find_differences(leave_told(planned.before), leave_told(planned.after))
    return (*differences, *dict.fromkeys(f"{option}: as you gave it" for option in given))


def _doubts(workspace: Workspace, application: str, facts: ProposedFacts) -> tuple[str, ...]:
    return doubts_about_sentences(workspace, workspace.facts.load(application), facts.changes)


def _clean_mail(mail: ProposedMail) -> ProposedMail:
    try:
        clean = clean_mail(mail)
    except UnfitError as error:
        raise RefusedError(f"The mail {error}.", fix="Nothing was kept.") from None
    if not clean.subject or not clean.body:
        raise RefusedError("The mail has no subject or no words.", fix="Nothing was kept.")
    # As it was given: a closing is known by its line, and clean paragraphs are one line each.
    refuse_wordless(clean.subject, mail.body)
    return clean


def _clean_why(why: str) -> str:
    try:
        return clean_why(why)
    except UnfitError as error:
        raise RefusedError(f"What is said about it {error}.", fix="Say it in a sentence or two.") from None
