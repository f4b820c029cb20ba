"""Queue mails that a page has shown, follow them for the minute in which they can be taken back, and take them back."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from enum import StrEnum

from followup_mail.errors import NotFoundError, RefusedError
from followup_mail.outbox.entry import Entry, State
from followup_mail.services.context.departures import as_they_leave
from followup_mail.services.context.request import Request
from followup_mail.services.queueing.enqueue import queue_prepared, refuse_unfit
from followup_mail.services.queueing.grace import GRACE
from followup_mail.services.sending.send_now import queue_to_send, require_ways_out
from followup_mail.services.writing.prepared import Prepared
from followup_mail.services.writing.who_writes import note_shown
from followup_mail.workspace import Workspace


class Way(StrEnum):
    """What is to become of mails that were shown."""

    AT_ITS_MOMENT = "queue"
    NOW = "now"
    """From a minute after now on."""
    DRAFTS = "drafts"
    """Into the Drafts folder of the user's mailbox; the request says so too."""


def queue_shown(workspace: Workspace, prepared: Sequence[Prepared], request: Request, way: Way) -> tuple[Entry, ...]:
    """Queue all of them, with the bytes that were shown, or none.

    Raises ``RefusedError`` when a check found an error or a step is queued already; ``EarlyError`` when the plan has
    one later; for what is to leave now ``SettingsError`` when an account cannot log in as it is set, and
    ``DeliveryError`` while the login is refused.
    """
    refuse_unfit(prepared)
    note_shown(workspace, prepared)
    if way is Way.NOW:
        require_ways_out(workspace, prepared)
        return queue_to_send(workspace, prepared, request, GRACE)
    return queue_prepared(workspace, prepared, request)


def look_after(workspace: Workspace, ids: Sequence[int]) -> tuple[Entry, ...]:
    """Return entries as they stand now, when they will really leave; unknown numbers are left out."""
    found: list[Entry] = []
    for number in ids:
        with suppress(NotFoundError):
            found += [workspace.store.get(number)] if workspace.has_store else []
    return as_they_leave(workspace, found)


def take_back(workspace: Workspace, ids: Sequence[int]) -> tuple[tuple[Entry, ...], tuple[str, ...]]:
    """Cancel those that have not left. Returns them, and for each other one why it could not be taken back."""
    taken: list[Entry] = []
    late: list[str] = []
    for entry in look_after(workspace, ids):
        if entry.state is State.CANCELLED:
            continue
        try:
            taken.append(workspace.store.cancel(entry.id, workspace.now(), "taken back before it left"))
        except RefusedError as error:
            late.append(error.sentence)
    return tuple(taken), tuple(late)
