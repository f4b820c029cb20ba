"""Proposals as they stand now: what each would change today, what to look at twice, and what can't be done any more.

Between a proposal and a person's decision the facts move on, a step is queued, somebody is gone. So nothing of how it
looked when it was proposed is kept: it is worked out again.
"""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import sha256

from msgspec import Struct
from msgspec.structs import replace

from followup_mail.errors import FollowupError, OutboxError, SettingsError
from followup_mail.incoming.transcript_passage import find_passage
from followup_mail.outbox.entry import Entry, State
from followup_mail.proposals.kept import KeptProposals
from followup_mail.proposals.proposal import Proposal, ProposedFacts, ProposedMail
from followup_mail.services.proposals.caution import Caution, CautionKind
from followup_mail.services.proposals.elsewhere_cautions import cautions_from_elsewhere
from followup_mail.services.proposals.plan_cautions import cautions_of_plan
from followup_mail.services.proposals.plan_proposal import PlannedFacts, plan_facts
from followup_mail.services.proposals.proposable import clean_changes
from followup_mail.services.proposals.proposal_cautions import cautions_of_facts, cautions_of_mail
from followup_mail.services.proposals.propose import MailLookedAt, look_at_words
from followup_mail.services.proposals.propose_from_transcript import doubts_about_sentences
from followup_mail.services.typed.kept_text import kept_lines
from followup_mail.services.writing.text_difference import differing_sentences
from followup_mail.workspace import Workspace


class OpenProposal(Struct, frozen=True):
    """A proposal as it stands now."""

    proposal: Proposal
    differences: tuple[str, ...] = ()
    """Of facts: a line for each. Of a mail: the sentences that differ from our own, after ``- `` and ``+ ``."""
    cautions: tuple[Caution, ...] = ()
    """What to look at twice, the weightiest first."""
    planned: PlannedFacts | None = None
    """What changed facts come to; None for a mail, and where they come to nothing any more."""
    mail: MailLookedAt | None = None
    """The mail as it would leave, with our own beside it; None for facts, and where it can't be written any more."""
    why_not: str = ""
    """Why it can't be carried out any more, in a sentence: it can only be declined."""
    done: str = ""
    """What of it is done already, in a sentence: accepting it only notes that."""
    taken: ProposedFacts | None = None
    """The changes that ``planned`` is made of: all that were proposed, or those that a person chose."""
    quoted: tuple[bool, ...] = ()
    """Of facts: whether the sentence that a change comes from is in the kept transcript, for each."""

    @property
    def can_be_accepted(self) -> bool:
        """Whether it waits and can be carried out as it is: a mail with errors has to be reworded first."""
        findings = self.mail.prepared.findings if self.mail else ()
        return self.proposal.waits and not self.why_not and not any(finding.is_error for finding in findings)

    @property
    def stamp(self) -> str:
        """What tells whether it is still what somebody was shown: of the proposal, and of what it comes to."""
        parts = [str(self.proposal.number), self.proposal.standing, self.why_not, self.done]
        if self.planned:
            parts += [self.planned.text, self.planned.changed]
        if self.mail:
            prepared = self.mail.prepared
            due_at = prepared.written.timing.due_at.isoformat()
            parts += [prepared.message.sha256, due_at, *(finding.code for finding in prepared.findings)]
        return sha256("\0".join(parts).encode()).hexdigest()


def list_proposals(workspace: Workspace, *, every: bool = False) -> tuple[Proposal, ...]:
    """Return the proposals that wait, oldest first; with ``every`` also those of the last month that were decided."""
    kept = KeptProposals(workspace.home).tidied(workspace.now())
    return kept.all() if every else kept.waiting()


def open_proposal(workspace: Workspace, number: int, ignore: tuple[str, ...] = ()) -> OpenProposal:
    """Return a proposal as it stands now; of a proposal that was decided, only what was proposed.

    ``ignore`` leaves check rules out. Raises ``NotFoundError``, and ``OutboxError`` or ``SettingsError`` where nothing
    can be worked out here.
    """
    proposal = KeptProposals(workspace.home).get(number)
    if not proposal.waits:
        return OpenProposal(proposal)
    if isinstance(proposal.what, ProposedFacts):
        return open_facts(workspace, proposal, proposal.what)
    if entry := find_queued(workspace, proposal):
        return OpenProposal(proposal, done=f"This mail is in the outbox already: {entry.label}, {entry.state}.")
    return open_mail(workspace, proposal, proposal.what, ignore)


def open_facts(workspace: Workspace, proposal: Proposal, facts: ProposedFacts) -> OpenProposal:
    """Return what proposed changes come to now: all of those that were proposed, or some of them."""
    quoted = _find_quoted(workspace, proposal, facts)
    try:
        # The file may have been changed by hand: what may be proposed is looked at again.
        clean = ProposedFacts(clean_changes(facts.changes, is_new=facts.is_new), facts.is_new)
        planned = plan_facts(workspace, proposal.application, clean, proposal.at, even_written=True)
    except (OutboxError, SettingsError):
        raise
    except FollowupError as error:
        return OpenProposal(proposal, why_not=error.in_full, quoted=quoted)
    if not planned.differences:
        done = f"The facts of {proposal.application} say all of that already."
        return OpenProposal(proposal, planned=planned, done=done, taken=facts, quoted=quoted)
    elsewhere = cautions_from_elsewhere(workspace, planned)
    found = (*cautions_of_facts(planned), *elsewhere, *cautions_of_plan(workspace, planned))
    first = sorted(found, key=lambda caution: not caution.is_asked_twice)
    cautions = (*first, *_cautions_of_sentences(workspace, proposal, clean))
    return OpenProposal(proposal, planned.differences, cautions, planned, taken=facts, quoted=quoted)


def open_mail(
    workspace: Workspace, proposal: Proposal, mail: ProposedMail, ignore: tuple[str, ...] = ()
) -> OpenProposal:
    """Return a mail as it would leave now: in the words that were proposed, or in those of a person who reworded it."""
    by = proposal.by if mail == proposal.what else f"you and {proposal.by}"
    proposal = replace(proposal, what=mail)
    try:
        looked = look_at_words(workspace, mail, by, ignore)
    except (OutboxError, SettingsError):
        raise
    except FollowupError as error:
        return OpenProposal(proposal, why_not=error.in_full)
    ours = looked.ours.message if looked.ours else None
    theirs = looked.prepared.message
    differences: list[str] = []
    if ours and ours.subject != theirs.subject:
        differences += [f"- Subject: {ours.subject}", f"+ Subject: {theirs.subject}"]
    differences += differing_sentences(ours.text, theirs.text) if ours else []
    return OpenProposal(proposal, tuple(differences), cautions_of_mail(mail), mail=looked)


def find_queued(workspace: Workspace, proposal: Proposal) -> Entry | None:
    """Return the entry of a mail that was queued for a proposal, unless it was cancelled; None where there is none."""
    if not proposal.queued or not workspace.has_store:
        return None
    entries = workspace.store.entries(application=proposal.application)
    found = (entry for entry in entries if entry.content_sha256 == proposal.queued)
    return next((entry for entry in found if entry.state is not State.CANCELLED), None)


def _find_quoted(workspace: Workspace, proposal: Proposal, facts: ProposedFacts) -> tuple[bool, ...]:
    if not any(change.sentence for change in facts.changes):
        return tuple(False for _ in facts.changes)
    lines = kept_lines(workspace, proposal.application)
    return tuple(find_passage(lines, change.sentence) is not None for change in facts.changes)


def _cautions_of_sentences(workspace: Workspace, proposal: Proposal, facts: ProposedFacts) -> Iterator[Caution]:
    if not facts.is_new:
        application = workspace.facts.load(proposal.application)
        for doubt in doubts_about_sentences(workspace, application, facts.changes):
            yield Caution(CautionKind.SENTENCE, doubt)
