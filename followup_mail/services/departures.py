"""When the mails in the outbox will really leave: what every list, plan and ``--json`` shows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, date, datetime, time
from functools import cache
from typing import TYPE_CHECKING

from msgspec.structs import replace

from followup_mail.cadence.method import Cadence
from followup_mail.cadence.worktime import Place
from followup_mail.errors import FollowupError
from followup_mail.outbox.departures import foresee
from followup_mail.outbox.entry import Entry, State
from followup_mail.outbox.pre_send_check import PreSendCheck, Ruling, SendContext, check_in_turn
from followup_mail.services.contact_checks import FactsRead, check_contacts, check_thread
from followup_mail.services.mail_accounts import every_account, sending_accounts
from followup_mail.services.sending_rules import check_away, check_crowding, check_working_time, find_place
from followup_mail.services.written_elsewhere import check_by_hand, find_by_hand
from followup_mail.workspace import Workspace

if TYPE_CHECKING:
    from followup_mail.facts.application import Application


def foresee_departures(workspace: Workspace, instead: Application | None = None) -> Mapping[int, datetime]:
    """Return when each queued mail leaves, provided that a run is there at that moment.

    One that will be missed, or whose account rests until the user does something, is left out. ``instead`` is what
    the facts of its application would say.
    """
    store, now = workspace.store, workspace.now()
    queued = (*store.entries(states={State.QUEUED}, held=False), *_held_until_a_day(workspace))
    if not queued:
        return {}
    rests = {pause.account: pause.until for pause in store.pauses(now)}
    ready = []
    for entry in queued:
        until = rests.get(entry.account, now)
        if until is not None:
            ready.append(replace(entry, next_attempt_at=max(entry.ready_at, until)))
    return foresee(ready, store, _check_moment(workspace, instead), now)


def _check_by_account(workspace: Workspace) -> PreSendCheck:
    """Return the check of what moves a mail because of others, for each account with limits of its own."""
    known = {way.sending_account: check_crowding(way) for way in every_account(workspace)}
    usual = check_crowding(workspace)

    def check(entry: Entry, context: SendContext, now: datetime) -> Ruling:
        return known.get(entry.account, usual)(entry, context, now)

    return check


def _held_until_a_day(workspace: Workspace) -> Iterator[Entry]:
    """Yield what is held by a pause that ends by itself, as it will stand on that day."""
    for entry in workspace.store.entries(states={State.QUEUED}, held=True):
        until = read_end_of_pause(workspace, entry)
        if until:
            begins = datetime.combine(until, time(), workspace.own_zone)
            yield replace(entry, held="", next_attempt_at=max(entry.ready_at, begins.astimezone(UTC)))


def read_end_of_pause(workspace: Workspace, entry: Entry) -> date | None:
    """Return the day on which a mail goes on by itself that is held by a pause; None when no day was said."""
    if not entry.held:
        return None
    from followup_mail.cadence.set_aside import PAUSED

    try:
        application = workspace.facts.load(entry.step.application)
    except FollowupError:
        return None
    goes_on = entry.held == PAUSED and not application.paused and not application.archived
    return application.paused_until if goes_on else None


def as_they_leave(workspace: Workspace, entries: Iterable[Entry]) -> tuple[Entry, ...]:
    """Return entries whose ``ready_at`` is the moment at which they will really leave. For showing them only."""
    entries = tuple(entries)
    if not any(entry.state is State.QUEUED for entry in entries):
        return entries
    leaves, now = foresee_departures(workspace), workspace.now()
    return tuple(
        replace(entry, next_attempt_at=at) if (at := leaves.get(entry.id)) and at > max(entry.ready_at, now) else entry
        for entry in entries
    )


def as_it_leaves(workspace: Workspace, entry: Entry) -> Entry:
    """Return one entry so."""
    return as_they_leave(workspace, [entry])[0]


def find_next_departure(workspace: Workspace) -> datetime | None:
    """Return when the next mail leaves by the account that is set; None when none does."""
    if not workspace.has_store:
        return None
    accounts = sending_accounts(workspace)
    found = [workspace.store.next_due_at(workspace.now(), account) for account in accounts]
    soonest = min(filter(None, found), default=None)
    if soonest is None:
        return None
    ours = workspace.store.entries(states={State.QUEUED}, held=False)
    leaves = foresee_departures(workspace)
    return min(
        (leaves[entry.id] for entry in ours if entry.account in accounts and entry.id in leaves),
        default=soonest,
    )


def _find_cadence(workspace: Workspace, application: Application) -> Cadence | None:
    try:
        return workspace.cadence_of(application)
    except FollowupError:
        return None


def _check_moment(workspace: Workspace, instead: Application | None) -> PreSendCheck:
    """Return all checks of ``fresh_check`` that move a mail to another moment, in its order; each file is read once."""

    @cache
    def load(slug: str) -> Application | None:
        if instead and instead.slug == slug:
            return instead
        try:
            return workspace.facts.load(slug)
        except FollowupError:
            return None

    @cache
    def read(slug: str) -> FactsRead | None:
        application = load(slug)
        cadence = _find_cadence(workspace, application) if application else None
        if application is None or cadence is None:
            return None
        return FactsRead(application, cadence, slugs(), workspace.planning_defaults)

    @cache
    def slugs() -> frozenset[str]:
        return frozenset(workspace.facts.slugs())

    @cache
    def find(slug: str, email: str, stored: Place) -> Place:
        application = load(slug)
        return find_place(application, email, workspace.planning_defaults) if application else stored

    def place_of(entry: Entry) -> Place:
        return find(entry.step.application, entry.message.to.email, entry.timing.place)

    by_hand = cache(lambda: find_by_hand(workspace, workspace.now()))
    checks = (
        check_contacts(lambda entry: read(entry.step.application)),
        check_away(place_of),
        check_working_time(place_of),
        check_thread,
        _check_by_account(workspace),
        check_by_hand(by_hand),
    )
    return check_in_turn(checks)
