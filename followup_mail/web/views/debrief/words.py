"""A plain text: kept as notes of an application, or taken for the people whom it names."""

from __future__ import annotations

from typing import Final

from starlette.responses import Response

from followup_mail.services.adding.add_draft import AddDraft, find_draft
from followup_mail.services.adding.add_form import Card, add_card
from followup_mail.services.adding.hold_draft import hold_draft, text_of
from followup_mail.services.adding.told_people import own_marks
from followup_mail.services.importing.import_given import sort_given
from followup_mail.services.typed.kept_text import keep_text
from followup_mail.web.frame.asked import Asked
from followup_mail.web.frame.routes import Post
from followup_mail.web.views.debrief.carried import take_given


def keep_notes(asked: Asked) -> Response:
    """Keep the texts beside the facts of an application, behind what is kept there."""
    with asked.open() as workspace:
        slug = workspace.facts.load(asked.form.get("to")).slug
        for _, text in sort_given(workspace, take_given(asked)).words:
            keep_text(workspace, slug, text)
        return asked.go(f"/applications/{slug}/questions", "debrief.notes_kept")


def take_people(asked: Asked) -> Response:
    """Put the people of the texts into the new interview, behind those that are there."""
    with asked.open() as workspace:
        now = find_draft(workspace)
        draft = now or AddDraft()
        for _, text in sort_given(workspace, take_given(asked)).words:
            draft = add_card(draft, Card(who=text), own_marks(workspace))
        hold_draft(workspace, draft, instead_of=text_of(now))
        return asked.go("/add#people", "debrief.kept", remarks=())


ROUTES: Final = (Post("/add/from/notes", keep_notes), Post("/add/from/people", take_people))
