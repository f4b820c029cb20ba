"""Pages about mails before they are queued: read, worded otherwise, checked, approved."""

from __future__ import annotations

from typing import Final

from followup_mail.web.frame.routes import Get, Post
from followup_mail.web.views.writing.done import show_done, take_mails_back
from followup_mail.web.views.writing.mails import look_while_typing, show_framed, show_mails, take_form

_MAILS: Final = "/applications/{slug}/write/{kind}"

ROUTES: Final[tuple[Get | Post, ...]] = (
    Get(_MAILS, show_mails),
    Post(_MAILS, take_form),
    Post(f"{_MAILS}/look", look_while_typing),
    Get(f"{_MAILS}/done", show_done),
    Post(f"{_MAILS}/take-back", take_mails_back),
    Get("/mail/{word}", show_framed),
)
