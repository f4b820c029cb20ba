"""A mail that an assistant proposed, on the page where mails are read and changed: its words stand for ours."""

from __future__ import annotations

from msgspec.structs import replace

from followup_mail.services.proposals.proposal_cautions import cautions_of_mail
from followup_mail.services.proposals.reword_proposal import find_mail, find_request
from followup_mail.services.writing.who_writes import GivenWords
from followup_mail.web.views.writing.wish import Wish
from followup_mail.workspace import Workspace


def take_up(workspace: Workspace, wish: Wish) -> Wish:
    """Return the wish for the one mail that a proposal is about, with its words; any other wish as it is.

    Raises ``NotFoundError`` for a proposal that is none of this application's mails, ``RefusedError`` for a
    proposal that somebody decided about, or whose step is not to do any more.
    """
    if not wish.proposal:
        return wish
    proposal, mail = find_mail(workspace, wish.proposal, wish.request.application)
    asked_for = find_request(workspace, mail, proposal.by)
    request = replace(wish.request, kind=mail.step.kind, to=asked_for.to, steps=asked_for.steps)
    given = {mail.step: GivenWords(proposal.by, mail.subject, mail.body)}
    return replace(wish, request=request, given=given, cautions=cautions_of_mail(mail))
