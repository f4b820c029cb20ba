"""A proposed mail in other words: a person changes them, and what is queued then settles the proposal."""

from __future__ import annotations

from followup_mail.errors import NotFoundError, RefusedError
from followup_mail.outbox.entry import Entry
from followup_mail.proposals.kept import KeptProposals
from followup_mail.proposals.proposal import Proposal, ProposedMail, Standing
from followup_mail.services.context.application_context import open_application
from followup_mail.services.context.request import Request
from followup_mail.services.proposals.write_proposed import request_for, write_proposed
from followup_mail.services.queueing.enqueue import refuse_unfit
from followup_mail.services.sending.queue_shown import Way, queue_shown
from followup_mail.services.writing.prepared import Prepared
from followup_mail.services.writing.wordless import refuse_wordless
from followup_mail.workspace import Workspace


def find_mail(workspace: Workspace, number: int, application: str) -> tuple[Proposal, ProposedMail]:
    """Return a mail that waits for a decision. Raises ``NotFoundError``, ``RefusedError`` once somebody decided."""
    proposal = KeptProposals(workspace.home).get(number)
    if not isinstance(proposal.what, ProposedMail) or proposal.application != application:
        raise NotFoundError(f"Proposal {number} is no mail for {application}.", fix="See `followup-mail proposals`.")
    if not proposal.waits:
        raise RefusedError(f"Proposal {number} was {proposal.standing} already.", fix="Nothing was done.")
    return proposal, proposal.what


def find_request(workspace: Workspace, mail: ProposedMail, by: str) -> Request:
    """Return what a proposed mail is queued by. Raises as ``write_proposed`` does."""
    request = request_for(open_application(workspace, mail.step.application), mail.step)
    # What the plan does not have is made for the request, and may turn out to be another step.
    return request if request.steps else write_proposed(workspace, mail, by).request


def queue_reworded(workspace: Workspace, number: int, prepared: Prepared, request: Request, way: Way) -> Entry:
    """Queue the mail of a proposal in the words that a person gave it, as it was shown, and mark the proposal.

    Raises ``RefusedError`` for a mail without words, or when somebody decided about it meanwhile, and as
    ``queue_shown`` does.
    """
    refuse_wordless(prepared.message.subject, prepared.message.text)
    refuse_unfit([prepared])
    kept = KeptProposals(workspace.home, workspace.journal.note_file)
    kept.note_queued(number, prepared.message.sha256)
    (entry,) = queue_shown(workspace, [prepared], request, way)
    kept.decide(number, Standing.ACCEPTED, workspace.now())
    return entry
