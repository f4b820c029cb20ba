"""Pages about the facts of an application: questions for sentences, changes, and the file itself."""

from __future__ import annotations

from typing import Final

from followup_mail.web.frame.routes import Get, Post
from followup_mail.web.views.facts.change import save_change, show_change
from followup_mail.web.views.facts.file_text import save_text, show_text
from followup_mail.web.views.facts.outdated import show_outdated, write_again
from followup_mail.web.views.facts.questions import answer_questions, look, show_questions
from followup_mail.web.views.facts.standing import leave_out, show_mails
from followup_mail.web.views.facts.transcript import keep_transcript, remove_transcript, show_transcript

_OF: Final = "/applications/{slug}"
ROUTES: Final[tuple[Get | Post, ...]] = (
    Get(f"{_OF}/questions", show_questions),
    Post(f"{_OF}/questions", answer_questions),
    Post(f"{_OF}/questions/look", look),
    Get(f"{_OF}/questions/mails", show_mails),
    Post(f"{_OF}/leave-out", leave_out),
    Get(f"{_OF}/change", show_change),
    Post(f"{_OF}/change", save_change),
    Get(f"{_OF}/facts", show_text),
    Post(f"{_OF}/facts", save_text),
    Get(f"{_OF}/outdated", show_outdated),
    Post(f"{_OF}/outdated", write_again),
    Get(f"{_OF}/transcript", show_transcript),
    Post(f"{_OF}/transcript", keep_transcript),
    Post(f"{_OF}/transcript/remove", remove_transcript),
)
