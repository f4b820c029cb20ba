"""When queued mails will really leave: the checks before sending that decide about moments, played through in advance.

Nothing is reckoned here in a way of its own: the same checks as in the claim see an outbox in which the mails before
have left.
"""

from __future__ import annotations

import heapq
from collections.abc import Collection, Iterable, Mapping
from datetime import UTC, datetime, timedelta
from typing import Final

from msgspec import Struct, field
from msgspec.structs import replace

from followup_mail.cadence.step import History
from followup_mail.outbox.application_history import to_history
from followup_mail.outbox.entry import Entry, State
from followup_mail.outbox.mail_to import MAY_HAVE_LEFT, may_have_reached
from followup_mail.outbox.pre_send_check import Action, PreSendCheck, Ruling, SendContext, say_deadline_ahead
from followup_mail.outbox.seen_mail import LastLook, SeenMail

_TRIES: Final = 60
"""How often a mail is moved on at most: a limit of mails a day that holds two months."""
_MOVES_ON: Final = frozenset({Action.POSTPONE, Action.PAUSE})
_BECOMES: Final = {Action.MISS: State.MISSED, Action.BLOCK: State.FAILED, Action.CANCEL: State.CANCELLED}


class Foreseen(Struct, frozen=True):
    """What becomes of queued entries, as things stand."""

    leaves: Mapping[int, datetime]
    """When those leave that do."""
    stays: Mapping[int, Ruling] = field(default_factory=dict)
    """Why the others do not, by the check that stops them."""


def foresee(queued: Iterable[Entry], outbox: SendContext, check: PreSendCheck, now: datetime) -> Foreseen:
    """Return when each of the queued entries will leave, and why one does not that will be missed, or is stopped.

    ``check`` is all that moves an entry, or lets it be missed. ``now`` is the earliest moment.
    """
    now = now.astimezone(UTC)
    outlook = _Outlook(outbox, {entry.id: entry for entry in queued})
    turns = [(max(entry.ready_at, now), entry.ready_at, entry.id, 0) for entry in outlook.known.values()]
    heapq.heapify(turns)
    leaves: dict[int, datetime] = {}
    stays: dict[int, Ruling] = {}
    rests: dict[str, datetime] = {}
    # A check has put these off before, with a way out that is still the right one.
    put_off = (entry for entry in outlook.known.values() if entry.fix)
    moved = {entry.id: Ruling(Action.POSTPONE, entry.reason, fix=entry.fix) for entry in put_off}
    while turns:
        at, ready_at, number, tries = heapq.heappop(turns)
        entry = outlook.known[number]
        if (rest := rests.get(entry.account, at)) > at:
            heapq.heappush(turns, (rest, ready_at, number, tries))
            continue
        ruling = check(entry, outlook, at)
        until = max((ruling.until or at).astimezone(UTC), at + timedelta(seconds=1))
        if ruling.action is Action.GO or (tries >= _TRIES and ruling.action in _MOVES_ON):
            leaves[number] = at
            outlook.known[number] = replace(entry, state=State.SENT, handed_at=at, sent_at=at)
        elif ruling.action is Action.PAUSE:
            rests[entry.account] = until
            heapq.heappush(turns, (until, ready_at, number, tries + 1))
        elif ruling.action is Action.POSTPONE:
            if ruling.fix:  # not only a better moment: the user can do something about it
                moved[number] = ruling
            outlook.known[number] = replace(entry, next_attempt_at=until)
            heapq.heappush(turns, (until, until, number, tries + 1))
        else:
            # What comes after it sees an outbox in which this one is as the claim will leave it.
            stopped = moved.get(number, ruling) if ruling.action is Action.MISS else ruling
            stays[number] = say_deadline_ahead(entry, stopped, now)
            state, held = _BECOMES.get(ruling.action, entry.state), entry.held
            held = ruling.reason if ruling.action is Action.HOLD else held
            outlook.known[number] = replace(entry, state=state, held=held)
    return Foreseen(leaves, stays)


class _Outlook(Struct):
    """The outbox as the checks will see it."""

    outbox: SendContext
    known: dict[int, Entry]
    """The entries that leave in the course of it, as they stand."""
    _read: dict[str, tuple[Entry, ...]] = field(default_factory=dict)
    _past: dict[str, History] = field(default_factory=dict)
    _leaving: dict[str, list[int]] = field(default_factory=dict)
    """The numbers of ``known``, by application."""
    _away: dict[str, tuple[SeenMail, ...]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for entry in self.known.values():
            self._leaving.setdefault(entry.step.application, []).append(entry.id)

    def history(self, application: str) -> History:
        past = self._past.get(application)
        if past is None:
            past = self._past[application] = self.outbox.history(application)
        changed = [self.known[number] for number in self._leaving.get(application, ())]
        if not changed:
            return past
        now, labels = to_history(changed, ()), {entry.label for entry in changed}
        touches = sorted((*past.touches, *now.touches), key=lambda touch: touch.at)
        still = (waiting for waiting in past.waiting if waiting.entry not in labels)
        return History(tuple(touches), (*still, *now.waiting))

    def written_to(self, emails: Collection[str], handles: Collection[str]) -> frozenset[str]:
        left = (entry for entry in self.known.values() if may_have_reached(entry, emails, handles))
        return self.outbox.written_to(emails, handles) | {entry.step.application for entry in left}

    def entries(
        self, *, application: str | None = None, states: Collection[State] = (), held: bool | None = None
    ) -> tuple[Entry, ...]:
        found = self._read.get(application or "")
        if found is None:
            found = self._read[application or ""] = self.outbox.entries(application=application)
        now = (self.known.get(entry.id, entry) for entry in found)
        return tuple(
            entry for entry in now if (not states or entry.state in states) and held in (None, bool(entry.held))
        )

    def handed_over_since(self, account: str, since: datetime) -> tuple[datetime, ...]:
        left = (entry.handed_at for entry in self.known.values() if entry.account == account and entry.handed_at)
        return tuple(sorted((*self.outbox.handed_over_since(account, since), *(at for at in left if at > since))))

    def last_handed_over_to(self, domain: str) -> datetime | None:
        left = (entry.handed_at for entry in self.known.values() if entry.message.domain == domain and entry.handed_at)
        before = self.outbox.last_handed_over_to(domain)
        return max((*(at for at in left if at), *([before] if before else [])), default=None)

    def handed_over_to(self, domain: str, since: datetime) -> tuple[Entry, ...]:
        gone = (
            entry for entry in self.known.values() if entry.state in MAY_HAVE_LEFT and entry.message.domain == domain
        )
        left = (entry for entry in gone if entry.handed_at and entry.handed_at >= since)
        found = (*self.outbox.handed_over_to(domain, since), *left)
        return tuple(sorted(found, key=lambda entry: (entry.timing.due_at.astimezone(UTC), entry.id)))

    def open_answers(self, application: str) -> tuple[SeenMail, ...]:
        return self.outbox.open_answers(application)

    def absences(self, address: str) -> tuple[SeenMail, ...]:
        found = self._away.get(address)
        if found is None:
            found = self._away[address] = self.outbox.absences(address)
        return found

    def last_look(self, account: str) -> LastLook:
        return self.outbox.last_look(account)
