"""One proposal: what it would change or send as things are now, and what a person decides about it.

A form goes with the version of what was shown: when there is another by now, nothing is done, and the proposal is shown
again. Whatever is queued is what the services write at that moment, and the version says that it is the same.
"""

from __future__ import annotations

from typing import Final
from urllib.parse import quote

from starlette.responses import Response

from followup_mail.errors import FollowupError, NotFoundError
from followup_mail.proposals.proposal import ProposedFacts, ProposedMail
from followup_mail.services.proposals.accept_proposal import accept_facts, accept_mail, decline_proposal
from followup_mail.services.proposals.list_proposals import OpenProposal, open_proposal
from followup_mail.web.frame.asked import Asked
from followup_mail.web.frame.routes import Get, Post
from followup_mail.web.frame.shown import ChangedError
from followup_mail.web.views.proposals.shown import has_moved_since, proposal_version, require_confirmed, show_again
from followup_mail.web.views.proposals.ticked import write_ticked
from followup_mail.workspace import Workspace

_ALL: Final = "/proposals"


def show_proposal(asked: Asked) -> Response:
    """Show one as it stands now."""
    return show_again(asked)


def accept(asked: Asked) -> Response:
    """Take over the facts that are ticked, or queue the mail that was shown."""
    number = asked.number
    try:
        with asked.open(f"proposals accept {number}") as workspace:
            shown = open_proposal(workspace, number)
            if isinstance(shown.proposal.what, ProposedFacts) and not shown.done:
                return write_ticked(asked, workspace, shown)
            asked.require_shown(proposal_version(shown))
            if isinstance(shown.proposal.what, ProposedMail):
                return _queue(asked, workspace, shown)
            accept_facts(workspace, shown)
            return asked.go(_ALL, "proposals.settled")
    except NotFoundError:
        raise
    except FollowupError as error:
        return show_again(asked, 409, error)


def decline(asked: Asked) -> Response:
    """Let it wait no more; with ``ours``, go on to our own draft for the same step."""
    number = asked.number
    try:
        with asked.open(f"proposals decline {number}") as workspace:
            shown = open_proposal(workspace, number)
            asked.require_shown(proposal_version(shown))
            declined = decline_proposal(workspace, number)
            what = declined.what
            if asked.form.get("ours") and isinstance(what, ProposedMail):
                to = f"/applications/{quote(declined.application)}/write/{what.step.kind}"
                person = f"&to={quote(what.step.person)}" if what.step.person else ""
                return asked.go(f"{to}?ours=yes{person}", "proposals.ours_instead")
            return asked.go(_ALL, "proposals.declined")
    except NotFoundError:
        raise
    except FollowupError as error:
        return show_again(asked, 409, error)


def _queue(asked: Asked, workspace: Workspace, shown: OpenProposal) -> Response:
    if shown.mail and has_moved_since(asked, workspace, shown.mail.prepared):
        raise ChangedError(asked.filler.sentence("moved"), fix=asked.filler.sentence("changed_fix"))
    require_confirmed(asked, shown)
    done = accept_mail(workspace, shown)
    return asked.go(f"/outbox/{done.entry.id}", "proposals.queued", by=shown.proposal.by)


ROUTES: Final = (
    Get("/proposals/{id:int}", show_proposal),
    Post("/proposals/{id:int}/accept", accept),
    Post("/proposals/{id:int}/decline", decline),
)
