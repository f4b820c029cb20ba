"""Record what came of an application, and stop what has lost its point: one decision, outbox first.

The outbox is changed before the facts. Should the program die between the two, too much is stopped rather than too
much sent, and saying the same again completes it.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from followup_mail.cadence.set_aside import say_set_aside, say_way_back
from followup_mail.errors import NotFoundError, RefusedError
from followup_mail.facts.application import Application
from followup_mail.facts.no_reply import is_unread
from followup_mail.facts.said_readings import Side
from followup_mail.facts.terms import Status, Told
from followup_mail.incoming.reply import Received
from followup_mail.outbox.entry import OPEN, Entry
from followup_mail.outbox.seen_mail import SeenState
from followup_mail.outbox.store import Cancelled
from followup_mail.services.applications.pause_application import find_past
from followup_mail.services.context.departures import as_they_leave
from followup_mail.services.mailbox.inbox_list import take_as_done
from followup_mail.services.mailbox.record_seen import outcome_of
from followup_mail.services.typed.early_day import refuse_early_answer
from followup_mail.services.typed.said_options import read_day_option
from followup_mail.workspace import Workspace

TO_SOMEBODY_KNOWN: Final = ": an answer goes to the person known from the interview."
"""How a sentence ends that says who does not get an answer, before it is known who does."""


class OutcomeChanges(Struct, frozen=True):
    """What recording an outcome did."""

    cancelled: tuple[Entry, ...] = ()
    held: tuple[Entry, ...] = ()
    under_way: tuple[Entry, ...] = ()
    """Being sent at this very moment; too late to stop."""
    unclear: tuple[Entry, ...] = ()
    notes: tuple[str, ...] = ()
    """What an answer cannot do as the user would expect, as sentences."""


class Resumed(Struct, frozen=True):
    """What going on with an application did."""

    entries: tuple[Entry, ...] = ()
    still_held: tuple[Entry, ...] = ()
    """Entries that another reason holds."""
    past: tuple[Entry, ...] = ()
    """Those of ``entries`` whose last sensible moment passed while they were held."""


def record_outcome(
    workspace: Workspace, slug: str, status: Status, on: date | None, received: Received | None
) -> OutcomeChanges:
    """Record an outcome. An end cancels whatever is open for the application; a reply holds it.

    ``received`` is what was read from a letter of theirs that ``take_letter`` took in.
    """
    application = workspace.facts.load(slug)
    changes = _stop(workspace, application.slug, status)
    today = workspace.now().date()
    # Their clock may be ahead of ours, or wrong: nothing has come tomorrow.
    day = on or (min(received.on, today) if received and received.on else today)
    by_letter = received is not None and status is Status.REJECTED and application.outcome.told is None
    told = {"told": str(Told.WROTE)} if by_letter else {}
    workspace.facts.change(application.slug, {"outcome": outcome_of(status, day, received) | told})
    if status in {Status.REJECTED, Status.OFFER}:
        take_as_done(workspace, application.slug)
    return replace(changes, notes=_notes(application, received)) if received else changes


def resume_application(workspace: Workspace, slug: str, said: Mapping[str, date | None]) -> Resumed:
    """Go on with an application after a reply or a pause, perhaps with days that they named; None is one they did not.

    The end of a pause changes no outcome but a reply, which the user has answered by then. Raises ``RefusedError`` for
    an application that is archived.
    """
    application = workspace.facts.load(slug)
    aside = say_set_aside(application, workspace.now().date())
    if application.archived:
        raise RefusedError(
            f"The application {slug} is {aside}.", fix=f"To go on with it: followup-mail {say_way_back(application)}"
        )
    changes: dict[str, object] = {"paused": None, "paused_until": None}
    if not aside or application.outcome.status is Status.REPLIED:
        changes["outcome"] = {"status": str(Status.WAITING)}
    if named := {name: day for name, day in said.items() if day}:
        changes["said"] = named
        changes |= _answered_unrecorded(application, named, workspace.now().date())
    workspace.facts.change(application.slug, changes)
    for answer in workspace.store.open_answers(application.slug):
        # The user goes on, whichever application it belongs to: it must not hold this one again.
        workspace.store.settle_seen(answer.id, SeenState.RECORDED, workspace.now())
    resumed = as_they_leave(workspace, workspace.store.resume(application.slug, workspace.now()))
    held = workspace.store.entries(application=slug, states=OPEN, held=True)
    return Resumed(resumed, held, find_past(resumed))


def _answered_unrecorded(application: Application, named: Mapping[str, date], today: date) -> dict[str, object]:
    """Return what records that they answered today, where a new day of theirs comes without a reply on record."""
    is_new = any(getattr(application.said, name) != day for name, day in named.items())
    if application.outcome.status is not Status.WAITING or not is_new:
        return {}
    return {"outcome": {"status": str(Status.WAITING), "on": today}}


def read_status(text: str) -> Status:
    """Return the outcome meant by a word. Raises ``NotFoundError``."""
    try:
        return Status(text.strip().lower())
    except ValueError:
        raise NotFoundError(f"There is no outcome '{text}'.", fix=f"There are: {', '.join(Status)}.") from None


def read_past_day(workspace: Workspace, option: str, text: str, slug: str = "") -> date | None:
    """Read the day of an answer; None for nothing.

    Raises ``WhenError`` for one still to come, anywhere on earth, and for one too early for the application, if named.
    """
    day = read_day_option(workspace, option, text, Side.PAST) if text else None
    if day and slug:
        refuse_early_answer(workspace, workspace.facts.load(slug), option, day)
    return day


def read_coming_day(workspace: Workspace, option: str, text: str) -> date | None:
    """Read a day they named for later; None for nothing. Raises ``WhenError`` for one that has passed."""
    return read_day_option(workspace, option, text, Side.COMING) if text else None


def _stop(workspace: Workspace, slug: str, status: Status) -> OutcomeChanges:
    if status.is_end:
        done: Cancelled = workspace.store.cancel_all(slug, workspace.now(), f"outcome: {status}")
        return OutcomeChanges(done.cancelled, (), done.under_way, done.unclear)
    if status is Status.REPLIED:
        return OutcomeChanges(held=workspace.store.hold(slug, workspace.now(), "they replied"))
    return OutcomeChanges()


def _notes(application: Application, received: Received) -> tuple[str, ...]:
    """Return what is lost; an answer to an address that nobody reads has no thread to lose."""
    known = {(one.email or "").casefold() for one in application.everyone()}
    if is_unread(received.sender) and received.sender.casefold() not in known:
        return (f"Nobody reads {received.sender}{TO_SOMEBODY_KNOWN}",) if any(known) else ()
    return received.notes
