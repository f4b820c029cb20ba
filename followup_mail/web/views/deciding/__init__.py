"""Pages about what the user decides about an application, what came of it, and what they did by hand."""

from __future__ import annotations

from typing import Final

from followup_mail.web.frame.routes import Get, Post
from followup_mail.web.views.deciding import answering, by_hand, decisions, renaming, resuming
from followup_mail.web.views.deciding.acting import show_decide
from followup_mail.web.views.deciding.undoing import show_undo, take_back

_ONE: Final = "/applications/{slug}"

ROUTES: Final[tuple[Get | Post, ...]] = (
    Get("/undo", show_undo),
    Post("/undo", take_back),
    Get(f"{_ONE}/decide", show_decide),
    Post(f"{_ONE}/skip", decisions.skip),
    Post(f"{_ONE}/unskip", decisions.bring_back),
    Post(f"{_ONE}/snooze", decisions.snooze),
    Post(f"{_ONE}/unsnooze", decisions.unsnooze),
    Post(f"{_ONE}/pause", decisions.pause),
    Post(f"{_ONE}/archive", decisions.archive),
    Post(f"{_ONE}/unarchive", decisions.unarchive),
    Post(f"{_ONE}/note", decisions.note),
    Get(f"{_ONE}/cadence", renaming.show_methods),
    Post(f"{_ONE}/cadence", renaming.choose_method),
    Post(f"{_ONE}/rename", renaming.rename),
    Get(f"{_ONE}/merge", renaming.show_merge),
    Post(f"{_ONE}/merge", renaming.merge),
    Get(f"{_ONE}/forget", renaming.show_forget),
    Post(f"{_ONE}/forget", renaming.forget),
    Get(f"{_ONE}/answer", answering.show_answer),
    Post(f"{_ONE}/answer", answering.record),
    Get(f"{_ONE}/resume", resuming.show_resume),
    Post(f"{_ONE}/resume", resuming.resume),
    Get(f"{_ONE}/log", by_hand.show_log),
    Post(f"{_ONE}/log", by_hand.log),
    Get(f"{_ONE}/script", by_hand.show_script),
    Get(f"{_ONE}/letter", by_hand.load_letter),
)
