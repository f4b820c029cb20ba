"""Take up what a mail proposes: record a no or an offer, or put an appointment into the facts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from starlette.responses import Response

from followup_mail.errors import FollowupError, RefusedError
from followup_mail.facts.terms import Status
from followup_mail.outbox.seen_mail import SeenMail
from followup_mail.services.answers.settle_letter import settle_letter
from followup_mail.services.answers.take_letter import TakenLetter
from followup_mail.services.importing.import_case import Case, describe
from followup_mail.services.importing.import_facts import ProposedFacts, propose, start_case, write_proposed
from followup_mail.services.importing.import_points import OpenPoint, open_points
from followup_mail.services.mailbox.accept_seen import as_file, find_proposal, note_accepted, read_again
from followup_mail.services.mailbox.inbox_list import Wish
from followup_mail.web.frame.asked import Asked
from followup_mail.web.frame.routes import Post
from followup_mail.web.frame.shown import ChangedError, facts_version
from followup_mail.web.views.deciding.letters import ask_about, chosen, is_open, record_and_go
from followup_mail.web.views.inbox.seen import show_again
from followup_mail.web.views.inbox.told import seen_version
from followup_mail.workspace import Workspace

_MOST_POINTS: Final = 50


def accept(asked: Asked) -> Response:
    """Record the no or the offer that a mail brings; where something does not seem to fit, ask about it first."""
    number = asked.number
    try:
        with asked.open(f"inbox accept m{number}") as workspace:
            seen, wish = find_proposal(workspace, number)
            asked.require_shown(seen_version(seen))
            return _record(asked, workspace, seen, _status(asked, wish))
    except RefusedError as error:
        return show_again(asked, number, 409, error)


def _status(asked: Asked, wish: Wish) -> Status:
    """Return what is recorded: what the mail proposes, or what a doubt about it proposes instead."""
    if asked.form.get("status") in {Status.REPLIED, Status.REJECTED, Status.OFFER}:
        return Status(asked.form.get("status"))
    return Status.REJECTED if wish is Wish.REJECTION else Status.OFFER


def _record(asked: Asked, workspace: Workspace, seen: SeenMail, status: Status) -> Response:
    application = workspace.facts.load(seen.mail.applications[0])
    settled = settle_letter(workspace, application, status, TakenLetter(read_again(workspace, seen)))
    if is_open(asked, settled):
        return ask_about(asked, workspace, status, settled, version=seen_version(seen), seen=seen)
    answer = record_and_go(asked, workspace, settled.came(chosen(asked)), status)
    note_accepted(workspace, seen)
    return answer


@dataclass(frozen=True)
class _Point:
    """Something to decide about an appointment, as a field of the form."""

    point: OpenPoint
    name: str
    typed: str
    wrong: str = ""


def add_appointment(asked: Asked) -> Response:
    """Ask what is open about an appointment, show what would be written, and write it when that was agreed to."""
    number = asked.number
    try:
        with asked.open(f"inbox accept m{number}") as workspace:
            seen, wish = find_proposal(workspace, number)
            if wish is not Wish.INVITATION:
                raise ChangedError(asked.filler.sentence("changed"), fix=asked.filler.sentence("changed_fix"))
            slug = seen.mail.applications[0]
            with as_file(workspace, seen) as path:
                case = start_case(workspace, (path, ()), slug, {})
            case, points = _answer(asked, workspace, case)
            if points:
                return asked.page("inbox/appointment.html", **_page(workspace, seen, case, points, None))
            proposal = propose(workspace, case)
            if proposal.is_change and asked.form.get("shown") != _version(proposal):
                return asked.page("inbox/appointment.html", **_page(workspace, seen, case, (), proposal))
            done = write_proposed(workspace, proposal)
            note_accepted(workspace, seen)
    except FollowupError as error:
        return show_again(asked, number, 409, error)
    return asked.go(f"/applications/{slug}", "inbox.appointment_added", done=done)


def _answer(asked: Asked, workspace: Workspace, case: Case) -> tuple[Case, tuple[_Point, ...]]:
    """Return the case with what the form decides, and the points that are still open, each with what was typed."""
    left: list[_Point] = []
    for _ in range(_MOST_POINTS):
        known = {open_point.point.key for open_point in left}
        point = next((open_point for open_point in open_points(workspace, case) if open_point.key not in known), None)
        if point is None:
            break
        name = f"point {point.key}"
        typed = asked.form.get(name).strip() or (point.proposal if name in asked.form else "")
        try:
            meant = point.read(typed) if typed else None
        except ValueError as error:
            left.append(_Point(point, name, typed, str(error)))
            continue
        if typed:
            case = case.answered(point.key, meant if isinstance(meant, str) else typed)
        else:
            wrong = asked.filler.sentence("answer_needed") if name in asked.form else ""
            left.append(_Point(point, name, point.proposal, wrong))
    return case, tuple(left)


def _page(
    workspace: Workspace, seen: SeenMail, case: Case, points: tuple[_Point, ...], proposal: ProposedFacts | None
) -> dict[str, Any]:
    return {
        "seen": seen,
        "found": describe(case, workspace.own_zone),
        "points": points,
        "answers": [(f"point {key}", text) for key, text in case.answers.items()],
        "proposal": proposal,
        "version": _version(proposal) if proposal else "",
    }


def _version(proposal: ProposedFacts) -> str:
    return facts_version(f"{proposal.before}\0{proposal.text}")


ROUTES: Final = (
    Post("/inbox/{id:int}/accept", accept),
    Post("/inbox/{id:int}/appointment", add_appointment),
)
