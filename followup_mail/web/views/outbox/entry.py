"""One entry of the outbox: the mail, where it stands and why, what can be done about it."""

from __future__ import annotations

from typing import Any, Final

from starlette.responses import Response

from followup_mail.cadence.clocks import city_of
from followup_mail.errors import FollowupError
from followup_mail.outbox.damaged_rows import DamagedRowError
from followup_mail.outbox.entry import WAITS, Entry, shown_clock
from followup_mail.services.queueing.edit_entry import check_words, place_now
from followup_mail.services.queueing.entry_choices import find_choices
from followup_mail.services.queueing.outbox_groups import describe_entry, name_companies
from followup_mail.services.queueing.outbox_list import (
    filled_store,
    list_outdated,
    read_html,
    read_message,
    say_detail,
    show_entry,
)
from followup_mail.web.frame.asked import Asked
from followup_mail.web.frame.gate import answer_framed
from followup_mail.web.frame.routes import Get
from followup_mail.web.frame.shown import entry_version
from followup_mail.web.views.outbox.open_edits import EDITS
from followup_mail.workspace import Workspace


def show(asked: Asked) -> Response:
    """Show one entry."""
    return show_again(asked, asked.number)


def show_again(asked: Asked, number: int, status: int = 200, **values: Any) -> Response:
    """Show an entry as it is now, perhaps with the ``error`` that a form brought and what was typed into it."""
    with asked.open() as workspace:
        try:
            shown = _describe(workspace, number)
        except DamagedRowError as error:
            return asked.page("outbox/damaged.html", status, damaged=error.damaged, error=values.get("error"))
    typed = {"error": None, "early": False, "findings": (), "seen": None, **values}
    return asked.page("outbox/entry.html", status, **shown, **typed)


def _describe(workspace: Workspace, number: int) -> dict[str, Any]:
    stored = filled_store(workspace).get(number)
    detail = show_entry(workspace, number)
    entry = detail.entry
    zone, own = shown_clock(entry.timing.place.zone), workspace.own_zone
    outdated = list_outdated(workspace, (), entry.step.application) if entry.state in WAITS else ()
    difference = next((found for found in outdated if found.entry.id == entry.id), None)
    listed = describe_entry(workspace, entry, name_companies(workspace, [entry]), difference)
    return {
        "entry": entry,
        "version": entry_version(stored),
        "listed": listed,
        "moves": [(move, move.at.astimezone(own), say_detail(move, own)) for move in detail.moves],
        "choices": find_choices(workspace, stored),
        "checked": _check(workspace, entry),
        "has_html": bool(_html(workspace, number)),
        "theirs": listed.moment.astimezone(zone),
        "ours": listed.moment.astimezone(own),
        "planned": entry.timing.due_at.astimezone(zone),
        "intent_at": entry.intent_at.astimezone(own) if entry.intent_at else None,
        "city": city_of(zone),
        "city_now": city_of(shown_clock(place_now(workspace, entry).zone)),
        "own_city": city_of(own),
        "open_in": EDITS.find(workspace, stored),
    }


def _check(workspace: Workspace, entry: Entry) -> tuple[Any, ...]:
    """Return what checks find in a mail that has not left; nothing where its facts cannot be read, told elsewhere."""
    if entry.state not in WAITS:
        return ()
    try:
        return check_words(workspace, entry, entry.message.subject, entry.message.text)
    except FollowupError:
        return ()


def _html(workspace: Workspace, number: int) -> str:
    try:
        return read_html(workspace, number)
    except FollowupError:
        return ""


def show_html(asked: Asked) -> Response:
    """Show the HTML of the mail: it may look as it likes, and do nothing."""
    with asked.open() as workspace:
        return answer_framed(read_html(workspace, asked.number))


def hand_out_source(asked: Asked) -> Response:
    """Hand out the message, byte for byte."""
    with asked.open() as workspace:
        content = read_message(workspace, asked.number)
    name = f"{asked.number:06}.eml"
    # Not as message/rfc822: a browser must save it and never show it.
    headers = {"content-disposition": f'attachment; filename="{name}"'}
    return Response(content, headers=headers, media_type="application/octet-stream")


ROUTES: Final = (
    Get("/outbox/{id:int}", show),
    Get("/outbox/{id:int}/html", show_html),
    Get("/outbox/{id:int}/message.eml", hand_out_source),
)
