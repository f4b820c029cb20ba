"""The end of the debrief: what was typed becomes an application."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from starlette.responses import Response

from followup_mail.errors import FollowupError
from followup_mail.services.adding.add_application import add_debrief, free_name
from followup_mail.services.adding.add_draft import AddDraft, drop_draft
from followup_mail.services.adding.add_form_look import FormLook, look_at_form
from followup_mail.services.adding.finish_draft import lacks_length, make_answers
from followup_mail.services.asking.ask_questions import open_questions
from followup_mail.web.frame.asked import Asked
from followup_mail.web.frame.routes import Post
from followup_mail.web.views.debrief.fields import read_sent
from followup_mail.web.views.debrief.form import changed_page, form_page, keep, take_in
from followup_mail.workspace import Workspace


def finish(asked: Asked) -> Response:
    """Keep what the fields hold; where nothing is open, write it down and lead on to its questions."""
    with asked.open("add") as workspace:
        sent = read_sent(asked.form)
        draft, _ = take_in(workspace, sent)
        if not keep(workspace, asked, draft):
            return changed_page(asked, workspace, draft)
        look = look_at_form(workspace, draft)
        problems = tuple(_problems(look, draft, asked))
        if problems:
            named = {"slug": _propose_name(workspace, look)} if ("twin", "slug") in problems else {}
            return form_page(asked, workspace, draft, len(sent.cards), status=422, problems=problems, **named)
        answers = make_answers(workspace, draft)
        try:
            added = add_debrief(workspace, answers, asked.form.get("slug").strip())
        except FollowupError as error:
            return form_page(asked, workspace, draft, len(sent.cards), status=409, error=error)
        drop_draft(workspace)
        to = f"/applications/{added.application}{'/questions' if _has_questions(workspace, added.application) else ''}"
        return asked.go(to, "debrief.written", answers=answers)


def _problems(look: FormLook, draft: AddDraft, asked: Asked) -> Iterator[tuple[str, str]]:
    """Yield what has to be done first: what kind of problem it is, and the field or card that it is about."""
    for key in look.missing:
        yield "missing", key
    for key in look.unread:
        yield "unread", key
    for number, card in enumerate(look.cards):
        if card.problem:
            yield "card", str(number)
    if lacks_length(draft):
        yield "missing", "duration"
    sure = asked.form.all("sure")
    for key in look.doubtful:
        if f"{key}:{look.fields[key].value}" not in sure:
            yield "doubt", key
    if look.twin and not asked.form.get("slug").strip():
        yield "twin", "slug"


def _propose_name(workspace: Workspace, look: FormLook) -> str:
    """Return a short name for a second application for a position."""
    return free_name(workspace, look.fields["company"].value, look.fields["role"].value)


def _has_questions(workspace: Workspace, slug: str) -> bool:
    """Return whether the interview is over and sentences for the people met are still to be asked for."""
    application = workspace.facts.load(slug)
    is_over = any(interview.end <= workspace.now() for interview in application.interviews)
    return is_over and bool(open_questions(application, workspace.now()))


ROUTES: Final = (Post("/add/finish", finish),)
