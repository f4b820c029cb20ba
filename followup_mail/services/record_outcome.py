"""Record what came of an application, and stop what has lost its point: one decision, outbox first.

The outbox is changed before the facts. Should the program die between the two, too much is stopped rather than too
much sent, and saying the same again completes it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Final

from followup_mail.errors import FactsError
from followup_mail.facts.application import Application
from followup_mail.facts.no_reply import is_unread
from followup_mail.facts.terms import Status
from followup_mail.incoming.reply import OPEN_ATTACHED, Received, read_received
from followup_mail.outbox.entry import Entry
from followup_mail.outbox.store import Cancelled
from followup_mail.services.friend_forwards import is_by_stranger
from followup_mail.workspace import Workspace

_SAVE_THEIRS: Final = "Save the message that they sent you, not a forward of it; without one, leave --message out."


@dataclass(frozen=True, slots=True)
class Concluded:
    """What recording an outcome did."""

    cancelled: tuple[Entry, ...] = ()
    held: tuple[Entry, ...] = ()
    under_way: tuple[Entry, ...] = ()
    """Being sent at this very moment; too late to stop."""
    unclear: tuple[Entry, ...] = ()
    notes: tuple[str, ...] = ()
    """What an answer cannot do as the user would expect, as sentences."""


def conclude(workspace: Workspace, slug: str, status: Status, on: date | None, message: Path | None) -> Concluded:
    """Record an outcome. An end cancels whatever is open for the application; a reply holds it."""
    application = workspace.facts.load(slug)
    received = _read(workspace, application, message) if message else None
    concluded = _stop(workspace, application.slug, status)
    today = workspace.now().date()
    # Their clock may be ahead of ours, or wrong: nothing has come tomorrow.
    day = on or (min(received.on, today) if received and received.on else today)
    workspace.facts.change(application.slug, {"outcome": _outcome(status, day, received)})
    return replace(concluded, notes=_notes(application, received)) if received else concluded


def take_up(workspace: Workspace, slug: str, said: Mapping[str, object]) -> tuple[Entry, ...]:
    """Take up an application again after a reply, perhaps with a new word about the next steps."""
    application = workspace.facts.load(slug)
    changes: dict[str, Mapping[str, object]] = {"outcome": {"status": str(Status.WAITING)}}
    workspace.facts.change(application.slug, {**changes, **({"said": said} if said else {})})
    return workspace.store.resume(application.slug, workspace.now()) if workspace.has_store else ()


def _stop(workspace: Workspace, slug: str, status: Status) -> Concluded:
    if not workspace.has_store:
        return Concluded()
    if status.is_end:
        done: Cancelled = workspace.store.cancel_all(slug, workspace.now(), f"outcome: {status}")
        return Concluded(done.cancelled, (), done.under_way, done.unclear)
    if status is Status.REPLIED:
        return Concluded(held=workspace.store.hold(slug, workspace.now(), "they replied"))
    return Concluded()


def _read(workspace: Workspace, application: Application, message: Path) -> Received:
    """Read their message. Raises ``FactsError`` for a copy or a forward: the answer would go to the wrong person."""
    received = read_received(message)
    own = frozenset(one.casefold() for one in workspace.own_addresses)
    if received.sender.casefold() in own:
        raise FactsError(
            f"{message} was sent from your own address, {received.sender}.",
            fix="Save the message that they sent, not a copy or a forward of it.",
        )
    if received.forward and is_by_stranger(received.forward, application, own):
        of = f"it holds a mail from {received.forward.of[0]}" if received.forward.of else "their message is attached"
        raise FactsError(
            f"{message} was forwarded by {received.sender}: {of}.",
            fix=OPEN_ATTACHED if received.forward.is_attached else _SAVE_THEIRS,
        )
    return received


def _notes(application: Application, received: Received) -> tuple[str, ...]:
    """Return what is lost; an answer to an address that nobody reads has no thread to lose."""
    known = {(one.email or "").casefold() for one in application.everyone()}
    if is_unread(received.sender) and received.sender.casefold() not in known:
        return (f"Nobody reads {received.sender}: an answer goes to the person known from the interview.",)
    return received.notes


def _outcome(status: Status, day: date, received: Received | None) -> dict[str, object]:
    outcome: dict[str, object] = {"status": str(status), "on": day}
    if received:
        outcome |= {"by": received.sender or None, "subject": received.subject or None}
        outcome |= {"message_id": received.message_id or None, "references": list(received.references) or None}
    return outcome
