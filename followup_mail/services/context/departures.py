"""When the mails in the outbox will really leave: what every list, plan and ``--json`` shows."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from datetime import UTC, date, datetime, time
from functools import cache
from typing import TYPE_CHECKING

from msgspec.structs import replace

from followup_mail.cadence.worktime import Place, next_permitted
from followup_mail.errors import FollowupError, OutboxError
from followup_mail.outbox.departures import Foreseen, foresee
from followup_mail.outbox.entry import OPEN_IN_EDITOR, TO_DRAFTS, Entry, State, find_clock
from followup_mail.outbox.pre_send_check import Action, PreSendCheck, Ruling, SendContext, check_in_turn
from followup_mail.services.context.changed_since import is_changed_since
from followup_mail.services.context.contact_checks import check_thread_unless
from followup_mail.services.context.mail_accounts import every_account, sending_accounts
from followup_mail.services.context.sending_rules import check_away, check_crowding, check_working_time, find_place
from followup_mail.services.context.whose_words import is_ours_alone
from followup_mail.services.context.written_elsewhere import check_by_hand, find_by_hand
from followup_mail.workspace import Workspace

if TYPE_CHECKING:
    from followup_mail.facts.application import Application


def foresee_departures(workspace: Workspace, instead: Application | None = None) -> Foreseen:
    """Return when each queued mail leaves, provided that a run is there at that moment, and why others do not.

    One whose account rests until the user does something is left out. ``instead`` is what the facts of its application
    would say.
    """
    store, now = workspace.store, workspace.now()
    until_a_day = tuple(_held_until_a_day(workspace))
    queued = (*store.entries(states={State.QUEUED}, held=False), *until_a_day)
    held = _stay_held(workspace, {entry.id for entry in until_a_day})
    if not queued:
        return Foreseen({}, held)
    rests = {pause.account: pause.until for pause in store.pauses(now)}
    ready = []
    for entry in queued:
        until = rests.get(entry.account, now)
        if until is not None:
            ready.append(replace(entry, next_attempt_at=max(entry.ready_at, until)))
    found = foresee(ready, store, _check_moment(workspace, instead), now)
    return replace(found, stays={**found.stays, **held})


def say_stays(ruling: Ruling) -> str:
    """Return why a mail does not leave as things stand, and what helps."""
    return f"{ruling.reason.rstrip('.')}. {ruling.fix}" if ruling.fix else ruling.reason


def _stay_held(workspace: Workspace, until_a_day: Collection[int]) -> dict[int, Ruling]:
    """Return the mails that are held until the user says so; what an editor has in hand goes on by itself."""
    held = workspace.store.entries(states={State.QUEUED}, held=True)
    still = (entry for entry in held if entry.id not in until_a_day)
    return {
        entry.id: Ruling(Action.HOLD, entry.held, fix=f"It goes on by `followup-mail resume {entry.step.application}`.")
        for entry in still
        if entry.held not in {OPEN_IN_EDITOR, TO_DRAFTS}
    }


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
    found, now = foresee_departures(workspace), workspace.now()
    return tuple(_as_foreseen(entry, found, now) for entry in entries)


def _as_foreseen(entry: Entry, found: Foreseen, now: datetime) -> Entry:
    """Return an entry with the moment at which it leaves, or with why it does not and what helps."""
    at, stops = found.leaves.get(entry.id), found.stays.get(entry.id)
    if at and at > max(entry.ready_at, now):
        return replace(entry, next_attempt_at=at)
    # What is held until the user says so, or has passed, says so itself.
    says_itself = entry.held == stops.reason if entry.held and stops else entry.is_past(now)
    if stops is None or entry.state is not State.QUEUED or says_itself:
        return entry
    # What helps one that is held is to let it go on.
    return replace(entry, stays=stops.reason, fix=entry.fix if entry.held else stops.fix)


def as_it_leaves(workspace: Workspace, entry: Entry) -> Entry:
    """Return one entry so."""
    return as_they_leave(workspace, [entry])[0]


def find_moment_by_now(workspace: Workspace, entry: Entry) -> datetime:
    """Return when an entry leaves that was brought back, or is about to be, its moment being past perhaps."""
    return first_moment(entry, max(as_it_leaves(workspace, entry).ready_at, workspace.now()))


def leaves_at(entry: Entry, now: datetime) -> datetime:
    """Return when an entry leaves of which ``as_they_leave`` told: at once or in working time, if it is overdue."""
    return entry.ready_at if entry.ready_at >= now else first_moment(entry, now)


def first_moment(entry: Entry, since: datetime) -> datetime:
    """Return the first moment from ``since`` on at which an entry may leave: working time, unless the user insisted."""
    there = find_clock(entry.timing.place.zone) is not None and not entry.timing.insisted
    return next_permitted(since, entry.timing.place) if there else since


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
    outlook = foresee_departures(workspace)
    theirs = [entry for entry in ours if entry.account in accounts and entry.id not in outlook.stays]
    return min(
        (outlook.leaves[entry.id] for entry in theirs if entry.id in outlook.leaves),
        default=soonest if theirs else None,
    )


def _check_moment(workspace: Workspace, instead: Application | None) -> PreSendCheck:
    """Return all checks of ``fresh_check`` that need no look at a mailbox or an attached file."""
    facts = _ReadFacts(workspace, instead)
    by_hand = cache(lambda: find_by_hand(workspace, workspace.now()))
    checks = (
        facts.check,
        check_thread_unless(lambda entry: is_ours_alone(workspace, entry)),
        _check_by_account(workspace),
        check_by_hand(by_hand),
    )
    return check_in_turn(checks)


class _ReadFacts:
    """The checks by the facts; each file is read once."""

    def __init__(self, workspace: Workspace, instead: Application | None) -> None:
        """``instead`` is what the facts of its application would say."""
        self._workspace, self._instead = workspace, instead
        self._load, self._find, self._slugs = cache(self._load_now), cache(self._find_place), cache(self._list_slugs)
        self._full, self._is_changed = cache(self._make_full), cache(self._is_changed_now)
        self._light = check_in_turn((check_away(self._place_of), check_working_time(self._place_of)))

    def check(self, entry: Entry, context: SendContext, now: datetime) -> Ruling:
        """Rule by the plan, as the claim does; a thank-you whose facts nobody touched since is spared the planner."""
        slug = entry.step.application
        if not entry.step.kind.traits.presses and not self._is_changed(slug):
            return self._light(entry, context, now)
        try:
            return self._full(slug)(entry, context, now)
        except OutboxError:
            raise
        except FollowupError:  # the claim tries it again later
            return self._light(entry, context, now)

    def _make_full(self, slug: str) -> PreSendCheck:
        from followup_mail.services.context.fresh_check import FactsCheck, read_ahead

        facts = read_ahead(lambda: self._load(slug))
        cadence = read_ahead(lambda: self._workspace.cadence_of(facts()))
        return FactsCheck(self._workspace, facts, cadence, self._slugs)

    def _is_changed_now(self, slug: str) -> bool:
        entries = self._workspace.store.entries(application=slug, states={State.QUEUED})
        is_given = self._instead is not None and self._instead.slug == slug
        return is_given or is_changed_since(self._workspace, slug, list(entries))

    def _load_now(self, slug: str) -> Application:
        return self._instead if self._instead and self._instead.slug == slug else self._workspace.facts.load(slug)

    def _list_slugs(self) -> frozenset[str]:
        return frozenset(self._workspace.facts.slugs())

    def _find_place(self, slug: str, email: str, stored: Place) -> Place:
        try:
            return find_place(self._load(slug), email, self._workspace.planning_defaults)
        except FollowupError:
            return stored

    def _place_of(self, entry: Entry) -> Place:
        slug, stored = entry.step.application, entry.timing.place
        # A moment of the user's was chosen for the place of then: the facts are read only where they changed since.
        if entry.timing.insisted and not self._is_changed(slug):
            return stored
        return self._find(slug, entry.message.to.email, stored)
