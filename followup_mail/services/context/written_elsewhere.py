"""Who gets mails about which applications: a recruiter in two of them is written to about one a day."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Mapping
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING

from followup_mail.cadence.step import Touch
from followup_mail.errors import FollowupError
from followup_mail.outbox.entry import Entry, find_clock
from followup_mail.outbox.pre_send_check import GO, Action, PreSendCheck, Ruling, SendContext, keeps_off_days
from followup_mail.workspace import Workspace

if TYPE_CHECKING:
    from followup_mail.facts.application import Application

WrittenTo = Mapping[str, tuple[tuple[str, datetime], ...]]
"""For each address, about which application a mail went or will go, or the user was in touch, and when."""
ByHand = tuple[tuple[str, str, datetime], ...]
"""The address, application and moment of each contact by hand of late."""
_LOOK_BACK = timedelta(days=2)
"""Somebody's day is at most so long ago."""


def find_written_to(workspace: Workspace, now: datetime) -> WrittenTo:
    """Return whom mails went to today, or will go to, in all applications: one look at the outbox for all of them.

    What the user did by hand counts as well, a call too.
    """
    found: dict[str, list[tuple[str, datetime]]] = {}
    for sent in workspace.store.sent_since(now - _LOOK_BACK):
        found.setdefault(sent.email.casefold(), []).append((sent.application, sent.at))
    for email, slug, at in find_by_hand(workspace, now):
        found.setdefault(email, []).append((slug, at))
    return {email: tuple(written) for email, written in found.items()}


def find_by_hand(workspace: Workspace, now: datetime) -> ByHand:
    """Return what the user did by hand of late."""
    recent: dict[str, list[Touch]] = {}
    for touch in workspace.store.touches_since(now - _LOOK_BACK):
        if touch.reached:
            recent.setdefault(touch.step.application, []).append(touch)
    emails = {slug: _emails(workspace, slug) for slug in recent}
    return tuple(
        (emails[slug][touch.step.person], slug, touch.at)
        for slug, touches in recent.items()
        for touch in touches
        if touch.step.person in emails[slug]
    )


def check_by_hand(read: Callable[[], ByHand]) -> PreSendCheck:
    """Let a mail wait for the next day when the user wrote to its reader by hand today, about another one.

    ``read`` hands out what ``find_by_hand`` found; it is asked only where it may decide.
    """

    def check(entry: Entry, _: SendContext, now: datetime) -> Ruling:
        clock = find_clock(entry.timing.place.zone)
        if clock is None or not keeps_off_days(entry):
            return GO
        to, today = entry.message.to.email.casefold(), now.astimezone(clock).date()
        for email, slug, at in read():
            if (email, at.astimezone(clock).date()) == (to, today) and slug != entry.step.application:
                until = datetime.combine(today + timedelta(days=1), time(), clock)
                return Ruling(Action.POSTPONE, f"you were in touch with them about {slug} today", until)
        return GO

    return check


def _emails(workspace: Workspace, slug: str) -> Mapping[str, str]:
    """Return the addresses of an application's people by handle; none when its facts cannot be read."""
    from followup_mail.cadence.roster import list_members

    try:
        members = list_members(workspace.facts.load(slug))
    except FollowupError:
        return {}
    return {member.handle: member.person.email.casefold() for member in members if member.person.email}


def find_elsewhere(
    written: WrittenTo, application: Application, former: Container[str]
) -> Mapping[str, tuple[datetime, ...]]:
    """Return the contacts about other applications with people of this one: when, by address.

    ``former``: the names of facts files that are gone. What was sent under one of them may be about this application.
    """
    return find_for(written, list_addresses(application), application.slug, former)


def list_addresses(application: Application) -> frozenset[str]:
    """Return the addresses of everybody whom an application knows, in lower case."""
    given = {*(person.email for person in application.everyone()), application.outcome.by}
    return frozenset(email.casefold() for email in given if email)


def find_for(
    written: WrittenTo, emails: Iterable[str], own: str, former: Container[str]
) -> Mapping[str, tuple[datetime, ...]]:
    """Return the contacts with ``emails`` about others than ``own`` and ``former`` ones, as ``find_elsewhere`` does."""
    found = {
        email: tuple(at for slug, at in written[email] if slug != own and slug not in former)
        for email in emails
        if email in written
    }
    return {email: moments for email, moments in found.items() if moments}
