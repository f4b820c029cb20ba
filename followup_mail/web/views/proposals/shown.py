"""A proposal as a page shows it: its version, its mail as it would leave, and the page itself."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from starlette.responses import Response

from followup_mail.errors import FollowupError, RefusedError
from followup_mail.proposals.proposal import ProposedFacts
from followup_mail.services.proposals.accept_proposal import choose_changes
from followup_mail.services.proposals.list_proposals import OpenProposal, find_queued, open_proposal
from followup_mail.services.proposals.proposal_form import name_fact, tell_proposal, was_changed_since
from followup_mail.services.typed.kept_text import read_kept
from followup_mail.services.writing.prepared import Prepared
from followup_mail.web.drawing.read_mail import Leaving
from followup_mail.web.frame.asked import Asked
from followup_mail.web.frame.shown import facts_version
from followup_mail.web.views.writing.cards import has_moved, read_prepared
from followup_mail.workspace import Workspace


def show_again(asked: Asked, status: int = 200, error: FollowupError | None = None, narrowed: bool = False) -> Response:
    """Show it as it stands now, perhaps with the reason why a form was refused.

    ``narrowed``: because other changes are ticked than those whose outcome was shown.
    """
    with asked.open() as workspace:
        whole = open_proposal(workspace, asked.number)
        shown = whole
        values: dict[str, Any] = {"error": error, "narrowed": narrowed, "own_zone": workspace.own_zone}
        if isinstance(whole.proposal.what, ProposedFacts):
            ticked = read_ticked(asked, whole.proposal.what)
            shown = _take_ticked(workspace, whole, ticked)
            values |= _of_facts(workspace, whole, ticked)
        else:
            mail = read_prepared(asked, workspace, "p1", shown.mail.prepared) if shown.mail else None
            values |= {"mail": mail, "entry": find_queued(workspace, whole.proposal)}
        values |= {
            "told": tell_proposal(workspace, whole.proposal),
            "shown": shown,
            "version": proposal_version(shown),
            "to_confirm": [caution for caution in shown.cautions if caution.is_asked_twice],
        }
        kind = "facts" if isinstance(whole.proposal.what, ProposedFacts) else "mail"
        return asked.page(f"proposals/{kind}.html", status, **values)


def read_ticked(asked: Asked, facts: ProposedFacts) -> tuple[int, ...]:
    """Return the numbers of the changes that are ticked, from 1; all of them where no form was sent."""
    every = range(1, len(facts.changes) + 1)
    if not asked.form.fields:
        return tuple(every)
    texts = asked.form.all("take")
    return tuple(number for number in every if str(number) in texts)


def proposal_version(shown: OpenProposal) -> str:
    """Return the version of a proposal: whatever a page shows of it changes it, but for the moment of a mail.

    That moves on while a page is open for what is due already (``has_moved_since``).
    """
    parts = [repr((shown.proposal, shown.taken, shown.why_not, shown.done, shown.cautions))]
    if shown.planned:
        parts += [shown.planned.text, shown.planned.changed]
    if shown.mail:
        prepared = shown.mail.prepared
        parts += [prepared.message.sha256, *(repr(finding) for finding in prepared.findings)]
    return facts_version("\0".join(parts))


def has_moved_since(asked: Asked, workspace: Workspace, prepared: Prepared) -> bool:
    """Return whether a mail would leave at another moment than the form says; minutes are none."""
    timing = prepared.written.timing
    return has_moved(asked.form.get("leaves"), Leaving.make(timing.due_at, timing, workspace.own_zone))


def require_confirmed(asked: Asked, shown: OpenProposal) -> None:
    """Raise ``RefusedError`` unless each address and link has a tick of its own."""
    if any(caution.is_asked_twice and caution.words not in asked.form.all("sure") for caution in shown.cautions):
        say = asked.filler.sentence
        raise RefusedError(say("not_confirmed"), fix=say("not_confirmed_fix"))


def _take_ticked(workspace: Workspace, whole: OpenProposal, ticked: Sequence[int]) -> OpenProposal:
    """Return what the ticked changes come to; all of them while none is ticked, or nothing is to be decided."""
    if not whole.proposal.waits or whole.done or not ticked:
        return whole
    return choose_changes(workspace, whole, ticked)


def _of_facts(workspace: Workspace, whole: OpenProposal, ticked: Sequence[int]) -> dict[str, Any]:
    facts = whole.proposal.what
    assert isinstance(facts, ProposedFacts)
    return {
        "names": [name_fact(change.option) for change in facts.changes],
        "ticked": ticked,
        "is_part": 0 < len(ticked) < len(facts.changes),
        "quoted": whole.quoted,
        "has_transcript": not facts.is_new and bool(read_kept(workspace, whole.proposal.application)),
        "has_moved_on": was_changed_since(workspace, whole.proposal),
    }
