"""One proposal: what it would change or send as things are now, and what a person decides about it.

A form goes with the version of what was shown: when that is another one by now, nothing is done, and the proposal is
shown anew. Whatever is queued is what the services write at that moment, and the version says that it is the same.
"""

from __future__ import annotations

from typing import Any, Final
from urllib.parse import quote

from starlette.responses import Response

from followup_mail.errors import FollowupError, NotFoundError, RefusedError
from followup_mail.proposals.proposal import ProposedFacts, ProposedMail
from followup_mail.services.accept_proposal import accept_facts, accept_mail, choose_changes, decline_proposal
from followup_mail.services.kept_text import read_kept
from followup_mail.services.list_proposals import OpenProposal, find_queued, open_proposal
from followup_mail.services.proposal_form import name_fact, tell_proposal, was_changed_since
from followup_mail.web.frame.asked import Asked
from followup_mail.web.frame.routes import Get, Post
from followup_mail.web.frame.shown import ChangedError
from followup_mail.web.views.facts.after_change import go_on
from followup_mail.web.views.proposals.shown import has_moved_since, proposal_version, read_proposed
from followup_mail.workspace import Workspace

_ALL: Final = "/proposals"


def show_proposal(asked: Asked) -> Response:
    """Show one as it stands now."""
    return _show_again(asked)


def accept(asked: Asked) -> Response:
    """Take over the facts that are ticked, or queue the mail that was shown."""
    number = _number(asked)
    try:
        with asked.open(f"proposals accept {number}") as workspace:
            shown = open_proposal(workspace, number)
            asked.require_shown(proposal_version(shown))
            if isinstance(shown.proposal.what, ProposedMail):
                return _queue(asked, workspace, shown)
            return _write(asked, workspace, shown)
    except NotFoundError:
        raise
    except FollowupError as error:
        return _show_again(asked, 409, error)


def decline(asked: Asked) -> Response:
    """Let it wait no more; with ``ours``, go on to our own draft for the same step."""
    number = _number(asked)
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
        return _show_again(asked, 409, error)


def _write(asked: Asked, workspace: Workspace, shown: OpenProposal) -> Response:
    """Write the facts that are ticked."""
    ticked = [int(text) for text in _ticked(asked)]
    if not ticked and not shown.done:
        say = asked.filler.sentence
        raise RefusedError(say("nothing_ticked"), fix=say("nothing_ticked_fix"))
    chosen = shown if shown.done else choose_changes(workspace, shown, ticked)
    if chosen.why_not:
        return _show_again(asked, 422, unfit=chosen.why_not)
    slug = shown.proposal.application
    before = workspace.facts.load(slug) if slug in workspace.facts.slugs() else None
    done = accept_facts(workspace, chosen)
    now = workspace.facts.load(done.file.stem)
    return go_on(asked, workspace, now, before, _ALL, differences=done.differences)


def _queue(asked: Asked, workspace: Workspace, shown: OpenProposal) -> Response:
    if shown.mail and has_moved_since(asked, workspace, shown.mail.prepared):
        raise ChangedError(asked.filler.sentence("moved"), fix=asked.filler.sentence("changed_fix"))
    done = accept_mail(workspace, shown)
    return asked.go(f"/outbox/{done.entry.id}", "proposals.queued", by=shown.proposal.by)


def _show_again(asked: Asked, status: int = 200, error: FollowupError | None = None, unfit: str = "") -> Response:
    """Show it as it stands now, perhaps with the reason why a form was refused.

    ``unfit``: why what was ticked cannot be written down; it may quote what an assistant wrote.
    """
    with asked.open() as workspace:
        shown = open_proposal(workspace, _number(asked))
        values: dict[str, Any] = {
            "told": tell_proposal(workspace, shown.proposal),
            "shown": shown,
            "version": proposal_version(shown),
            "error": error,
            "unfit": unfit,
            "own_zone": workspace.own_zone,
        }
        if isinstance(shown.proposal.what, ProposedFacts):
            return asked.page("proposals/facts.html", status, **values, **_of_facts(asked, workspace, shown))
        mail, entry = read_proposed(asked, workspace, shown), find_queued(workspace, shown.proposal)
        return asked.page("proposals/mail.html", status, **values, mail=mail, entry=entry)


def _of_facts(asked: Asked, workspace: Workspace, shown: OpenProposal) -> dict[str, Any]:
    facts = shown.proposal.what
    assert isinstance(facts, ProposedFacts)
    every = {str(number) for number in range(1, len(facts.changes) + 1)}
    return {
        "names": [name_fact(change.option) for change in facts.changes],
        "has_transcript": not facts.is_new and bool(read_kept(workspace, shown.proposal.application)),
        "has_moved_on": was_changed_since(workspace, shown.proposal),
        "ticked": _ticked(asked) if asked.form.fields else every,
    }


def _ticked(asked: Asked) -> tuple[str, ...]:
    """Return the numbers of the changes that are ticked, as the form has them."""
    return tuple(text for text in asked.form.all("take") if text.isascii() and text.isdigit() and len(text) < 4)


def _number(asked: Asked) -> int:
    return int(asked.path["id"])


ROUTES: Final = (
    Get("/proposals/{id:int}", show_proposal),
    Post("/proposals/{id:int}/accept", accept),
    Post("/proposals/{id:int}/decline", decline),
)
