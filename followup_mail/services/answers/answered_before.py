"""The same rejection recorded again: its day does not move, and nobody gets a second answer."""

from __future__ import annotations

from datetime import date
from typing import Final

from msgspec import Struct

from followup_mail.cadence.wording import say_day
from followup_mail.facts.application import Application
from followup_mail.facts.terms import Status
from followup_mail.incoming.reply import Received
from followup_mail.outbox.entry import Entry, State
from followup_mail.services.context.application_context import place_of
from followup_mail.workspace import Workspace

_READY: Final = frozenset({State.DRAFT, State.QUEUED, State.SENDING, State.UNCLEAR, State.IN_FOLDER})


class Before(Struct, frozen=True):
    """What had come of the answer to a rejection."""

    sentence: str
    fix: str
    entry: Entry | None = None
    """The answer, where it is in the outbox and was not sent."""


def is_on_record(known: Application) -> bool:
    """Return whether a rejection is on record, and no interview since then could have brought another one."""
    outcome = known.outcome
    if outcome.status is not Status.REJECTED:
        return False
    return outcome.on is None or all(one.end.date() <= outcome.on for one in known.interviews)


def find_before(workspace: Workspace, known: Application, came: tuple[date | None, Received | None]) -> Before | None:
    """Return what came of the answer to the rejection on record; None where this is another, or nothing came of it."""
    if not is_on_record(known):
        return None
    if day := _answered_on(workspace, known):
        year, of = workspace.now().year, known.outcome.on
        which = f"The rejection of {say_day(of, year)}" if of else "The rejection"
        return Before(
            f"{which} was answered on {say_day(day, year)}; a second answer would be too many.",
            f"If they said no once more: add the new round (`followup-mail edit {known.slug}`), or say that they had "
            f"taken it up again (`followup-mail outcome {known.slug} waiting`), and record it then.",
        )
    entries = workspace.store.entries(application=known.slug, states=_READY)
    answers = [entry for entry in entries if entry.step.kind.traits.answers_rejection]
    if not answers or _tells_more(known, came):
        return None
    entry = answers[-1]
    if entry.state is State.DRAFT:
        return Before(
            f"The answer waits as draft {entry.label}.", f"To queue it: followup-mail outbox approve {entry.id}", entry
        )
    return Before(f"The answer is {entry.label}: {entry.state}.", f"See `followup-mail outbox show {entry.id}`.", entry)


def _answered_on(workspace: Workspace, known: Application) -> date | None:
    """Return the day on which the rejection on record was answered, by the clock of the employer."""
    clock, since = place_of(workspace, known, None).clock, known.outcome.on
    touches = workspace.store.touches(known.slug)
    days = [touch.at.astimezone(clock).date() for touch in touches if touch.step.kind.traits.answers_rejection]
    return max((day for day in days if since is None or day >= since), default=None)


def _tells_more(known: Application, came: tuple[date | None, Received | None]) -> bool:
    """Return whether a day or a letter is not the one on record: then the answer is written anew."""
    on, received = came
    another = received is not None and (received.message_id or "") != (known.outcome.message_id or "")
    return another or (on is not None and on != known.outcome.on)
