"""The checks before sending that decide about the moment of a mail: working time, its turn in a panel, limits.

The check before each send (``fresh_check``) and whatever shows when a mail leaves (``departures``) use the same ones.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Final

from msgspec.structs import replace

from followup_mail.cadence.worktime import Place, closing_at, is_working_day, local_at, next_permitted
from followup_mail.outbox.entry import Entry, Timing, find_clock
from followup_mail.outbox.mailbox_checks import check_absence
from followup_mail.outbox.pre_send_check import (
    PreSendCheck,
    Ruling,
    SendContext,
    SendingLimits,
    check_in_turn,
    check_limits,
    check_panel_gap,
    check_same_day,
    check_time,
)
from followup_mail.workspace import Workspace

if TYPE_CHECKING:
    from followup_mail.facts.application import Application


_AFTER_CLOSING: Final = timedelta(hours=1)
"""How long after offices close a mail of that afternoon may still leave: a service runs now and then, and sends one of
a panel each time."""


def check_working_time(place_of: Callable[[Entry], Place]) -> PreSendCheck:
    """Return the check of working time by the place that the facts name now: they may have been corrected since."""

    def check(entry: Entry, context: SendContext, now: datetime) -> Ruling:
        # A moment that the user chose for another place may be the middle of the night at this one.
        place = place_of(entry)
        insisted = entry.timing.insisted and is_same_clock(entry.timing, place)
        there = replace(entry, timing=replace(entry.timing, place=place, insisted=insisted))

        def find_permitted(timing: Timing, moment: datetime) -> datetime:
            return moment if _may_finish(there, context, moment) else _next_permitted(timing, moment)

        return check_time(find_permitted)(there, context, now)

    return check


def is_same_clock(timing: Timing, place: Place) -> bool:
    """Return whether the clocks of a place show what those of the place of an entry do at its moment."""
    there = find_clock(place.zone)
    return there is None or timing.at_place().due_at.utcoffset() == timing.due_at.astimezone(there).utcoffset()


def _may_finish(entry: Entry, context: SendContext, now: datetime) -> bool:
    """Return whether a mail may leave although offices have closed: it is of their last hour, or its panel began."""
    place, today = entry.timing.place, local_at(now, entry.timing.place).date()
    closing = closing_at(today, place).astimezone(UTC)
    if not closing < now.astimezone(UTC) <= closing + _AFTER_CLOSING or not is_working_day(today, place):
        return False
    if closing - _AFTER_CLOSING <= entry.timing.due_at.astimezone(UTC) <= closing:
        return True
    others = context.entries(application=entry.step.application)
    gone = (other.handed_at for other in others if other.step.is_beside(entry.step) and other.handed_at)
    return any(at <= now and local_at(at, place).date() == today for at in gone)


def check_away(place_of: Callable[[Entry], Place]) -> PreSendCheck:
    """Return the check that lets a follow-up wait until its reader is back, by the place that the facts name now."""
    return check_absence(place_of, _next_permitted)


def check_crowding(workspace: Workspace) -> PreSendCheck:
    """Return the check of everything that moves a mail because of others: a panel's minutes, the account's limits."""
    from followup_mail.settings.providers import known_day_limit

    given = workspace.settings
    per_day = min(given.per_day, known_day_limit(given.smtp_host, given.email) or given.per_day)
    limits = SendingLimits(given.per_minute, per_day, timedelta(seconds=given.domain_gap))
    return check_in_turn([check_same_day, check_panel_gap, check_limits(limits)])


def check_office(workspace: Workspace) -> tuple[PreSendCheck, ...]:
    """Return the check of an office's limits over all candidates, which comes last; nothing where there is no office.

    It takes a lock that others wait for, so only a mail that would leave otherwise comes to it, and nothing that shows
    when mails leave asks it.
    """
    office = (workspace.base or workspace).office
    if office is None:
        return ()
    from followup_mail.office.employer_limits import EmployerLimits, check_employer

    given = workspace.settings
    return (check_employer(office.database, EmployerLimits(given.office_per_domain, given.office_per_address)),)


def find_place(application: Application, email: str, defaults: Place) -> Place:
    """Return where the one works to whom mail to this address goes, by the facts as they are now."""
    from followup_mail.cadence.planning_context import where
    from followup_mail.cadence.roster import list_members

    wanted = email.casefold()
    people = (member.person for member in list_members(application))
    them = next((person for person in people if (person.email or "").casefold() == wanted), None)
    return where(application, them, defaults)


def _next_permitted(timing: Timing, now: datetime) -> datetime:
    return next_permitted(now, timing.place)
