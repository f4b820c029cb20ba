"""The questions of ``add`` on one page: every press of a button keeps all of it on disk, and shows it back."""

from __future__ import annotations

from typing import Any, Final
from urllib.parse import urlencode

from starlette.responses import Response

from followup_mail.facts.channels import Channel
from followup_mail.facts.terms import Format, Role
from followup_mail.services.adding.add_draft import AddDraft, find_draft, read_draft
from followup_mail.services.adding.add_form import add_card, cards_of, read_form
from followup_mail.services.adding.add_form_look import look_at_form
from followup_mail.services.adding.hold_draft import MovedOnError, hold_draft, text_of
from followup_mail.web.frame.asked import Asked, read_number
from followup_mail.web.frame.routes import Get, Post
from followup_mail.web.frame.shown import facts_version
from followup_mail.web.views.debrief.fields import MOST_CARDS, Sent, read_sent
from followup_mail.workspace import Workspace


def show_form(asked: Asked) -> Response:
    """Show what was typed so far, or an empty form."""
    with asked.open() as workspace:
        draft = find_draft(workspace)
        return form_page(asked, workspace, draft or AddDraft(), _cards_wanted(asked.query.get("cards")))


def save_form(asked: Asked) -> Response:
    """Keep what the fields hold."""
    with asked.open() as workspace:
        sent = read_sent(asked.form)
        draft, remarks = take_in(workspace, sent)
        if not keep(workspace, asked, draft):
            return changed_page(asked, workspace, draft)
        cards = max(len(sent.cards), len(cards_of(draft))) + sent.wants_card
        to = f"/add?{urlencode({'cards': cards})}{f'#person-{cards - 1}' if sent.wants_card else sent.anchor}"
        if sent.removed:
            text = text_of(add_card(draft, sent.removed))
            return asked.go(to, "debrief.removed", card=sent.removed, text=text, version=version_of(draft))
        says = sent.is_pressed or remarks
        return asked.go(to, "debrief.kept", remarks=remarks) if says else asked.go(to)


def begin_anew(asked: Asked) -> Response:
    """Drop what was begun; what follows offers to bring it back."""
    with asked.open() as workspace:
        before = text_of(find_draft(workspace))
        asked.require_shown(facts_version(before))
        hold_draft(workspace, AddDraft(), instead_of=before)
        return asked.go("/add", "debrief.dropped", text=before, version=version_of(None))


def bring_back(asked: Asked) -> Response:
    """Keep a draft again that a page of ours has offered; not in place of what was typed since."""
    with asked.open() as workspace:
        now = text_of(find_draft(workspace))
        asked.require_shown(facts_version(now))
        hold_draft(workspace, read_draft(asked.form.get("draft")) or AddDraft(), instead_of=now)
        return asked.go("/add", "debrief.brought_back")


def take_in(workspace: Workspace, sent: Sent) -> tuple[AddDraft, tuple[str, ...]]:
    """Return the draft of what was sent, and what was guessed or left out."""
    before = find_draft(workspace) or AddDraft()
    return read_form(workspace, before, sent.typed, sent.cards, splits=sent.is_pressed)


def keep(workspace: Workspace, asked: Asked, draft: AddDraft) -> bool:
    """Write down the draft; False when the form was made from another one than there is now, and nothing was done."""
    now = text_of(find_draft(workspace))
    if facts_version(now) not in {asked.form.get("shown"), asked.form.get("over")} and text_of(draft) != now:
        return False
    try:
        hold_draft(workspace, draft, instead_of=now)
    except MovedOnError:
        return False
    return True


def changed_page(asked: Asked, workspace: Workspace, draft: AddDraft) -> Response:
    """Show what was sent beside what was kept meanwhile by another window."""
    kept = look_at_form(workspace, find_draft(workspace) or AddDraft())
    return form_page(asked, workspace, draft, 0, status=409, kept=kept)


def form_page(
    asked: Asked, workspace: Workspace, draft: AddDraft, cards: int, *, status: int = 200, **more: Any
) -> Response:
    """Show the form for a draft, with so many cards at least."""
    look = look_at_form(workspace, draft)
    values: dict[str, Any] = {
        "kept": None,
        "problems": (),
        "error": None,
        "twin": look.twin,
        "twin_is_archived": look.twin_is_archived,
        "slug": asked.form.get("slug"),
        "sure": asked.form.all("sure"),
        **more,
    }
    return asked.page(
        "debrief/form.html",
        status,
        look=look,
        cards=(*look.cards, *[None] * max(cards - len(look.cards), 0 if look.cards else 1)),
        draft=draft,
        version=version_of(find_draft(workspace)),
        terms={"format": tuple(Format), "part": tuple(Role), "channel": tuple(Channel)},
        **values,
    )


def version_of(draft: AddDraft | None) -> str:
    """Return the version of a draft, as it goes with a form."""
    return facts_version(text_of(draft))


def _cards_wanted(text: str) -> int:
    return min(read_number(text), MOST_CARDS)


ROUTES: Final = (
    Get("/add", show_form),
    Post("/add", save_form),
    Post("/add/anew", begin_anew),
    Post("/add/back", bring_back),
)
