"""Facts from an invitation, a mail, a card or a pasted text: what was found, what is open, what would be written."""

from __future__ import annotations

from contextlib import suppress
from typing import Any, Final

from starlette.responses import Response

from followup_mail.errors import FollowupError
from followup_mail.services.importing.import_case import NEW, Case, describe
from followup_mail.services.importing.import_facts import ProposedFacts, propose, write_proposed
from followup_mail.services.importing.import_files import everyone_in, read_contents
from followup_mail.services.importing.import_given import Sorted, Unsettled, people_in, settle, sort_given
from followup_mail.services.queueing.carried_through import Outdated, find_outdated, read_before
from followup_mail.web.frame.asked import Asked
from followup_mail.web.frame.routes import Get, Post
from followup_mail.web.frame.shown import facts_version
from followup_mail.web.views.debrief.carried import pack, take_given
from followup_mail.workspace import Workspace


def show_choice(asked: Asked) -> Response:
    """Show the form that takes files and texts."""
    with asked.open() as workspace:
        return _page(asked, workspace, Sorted(), "choose")


def take_files(asked: Asked) -> Response:
    """Show what was found in them, with what is open, or what would be written."""
    with asked.open() as workspace:
        return _look_at(asked, workspace)


def write(asked: Asked) -> Response:
    """Write what was shown; where it would be something else by now, show that instead."""
    with asked.open("add --from FILE") as workspace:
        given = sort_given(workspace, take_given(asked))
        try:
            case, open_ = _settled(asked, workspace, given)
            proposal = propose(workspace, case) if not open_ else None
        except FollowupError as error:
            return _page(asked, workspace, given, "choose", 409, error=error)
        if proposal is None or _version(proposal) != asked.form.get("shown"):
            return _look_at(asked, workspace, has_moved=True)
        before = read_before(workspace, [proposal.application])
        done = write_proposed(workspace, proposal)
        outdated: tuple[Outdated, ...] = ()
        with suppress(FollowupError):
            outdated = () if done.is_new else find_outdated(workspace, done.application, before.get(done.application))
        return asked.go(f"/applications/{done.application}", "debrief.imported", done=done, outdated=outdated)


def _look_at(asked: Asked, workspace: Workspace, *, has_moved: bool = False) -> Response:
    given = sort_given(workspace, take_given(asked))
    status = 409 if has_moved else 200
    if given.problems or not (given.files or given.words):
        return _page(asked, workspace, given, "choose", 422, nothing=not given.problems)
    if not given.files:
        people = people_in(workspace, "\n\n".join(text for _, text in given.words))
        return _page(asked, workspace, given, "words", people=people)
    try:
        case, open_ = _settled(asked, workspace, given)
        proposal = None if open_ else propose(workspace, case)
    except FollowupError as error:
        return _page(asked, workspace, given, "choose", 409, error=error)
    step = "open" if open_ else "proposal"
    values: dict[str, Any] = {"answers": case.answers, "lines": describe(case, workspace.own_zone), "moved": has_moved}
    values |= {"people": everyone_in(case.found)}
    version = _version(proposal) if proposal else ""
    return _page(asked, workspace, given, step, status, open=open_, proposal=proposal, version=version, **values)


def _settled(asked: Asked, workspace: Workspace, given: Sorted) -> tuple[Case, tuple[Unsettled, ...]]:
    to = asked.form.get("to")
    case = Case(read_contents(workspace, given.files, to if to != NEW else ""), to)
    return settle(workspace, case, _answers(asked))


def _answers(asked: Asked) -> dict[str, str]:
    """Return what was answered, by point; a chosen reading stands for an answer that has several."""
    answers = {name[2:]: asked.form.get(name) for name in asked.form.fields if name.startswith("a:")}
    for key, text in answers.items():
        meant = asked.form.get(f"reading:{key}")
        if meant and text == asked.form.get(f"had:{key}"):
            answers[key] = meant
    return answers


def _version(proposal: ProposedFacts) -> str:
    return facts_version(f"{proposal.application}\0{proposal.before}\0{proposal.text}")


def _page(asked: Asked, workspace: Workspace, given: Sorted, step: str, status: int = 200, **more: Any) -> Response:
    values: dict[str, Any] = {"error": None, "nothing": False, "people": (), **more}
    useful = (*given.files, *((name, text.encode()) for name, text in given.words))
    return asked.page(
        "debrief/files.html",
        status,
        step=step,
        given=given,
        carried=tuple(pack(useful)),
        slugs=workspace.facts.slugs(),
        to=asked.form.get("to") or asked.query.get("to"),
        text=asked.form.get("text") if given.problems else "",
        **values,
    )


ROUTES: Final = (
    Get("/add/from", show_choice),
    Post("/add/from", take_files),
    Post("/add/from/write", write),
)
