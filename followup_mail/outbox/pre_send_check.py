"""The check before sending: a last decision about an entry, made inside the transaction that claims it.

Between queueing and sending the world moves on: the laptop slept past the deadline, it is Sunday now, a rejection came,
the attached file changed, the account's limit is reached. A check is a pure function of the entry, what the outbox
knows, and ``now``. Checks that need facts (outcomes, people) are in ``services.context.fresh_check``.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from datetime import UTC, datetime, time, timedelta
from enum import StrEnum
from typing import Final, Protocol

from msgspec import Struct

from followup_mail.cadence.kept_off import was_kept_off
from followup_mail.cadence.step import History
from followup_mail.cadence.turns import planned_gap, take_turn
from followup_mail.outbox.entry import FOLDER, NEWER_ZONES, Entry, State, Timing, find_clock, shown_clock
from followup_mail.outbox.seen_mail import LastLook, SeenMail


class Action(StrEnum):
    """What a check can rule."""

    GO = "go"
    POSTPONE = "postpone"
    """Not now: at a later moment."""
    MISS = "miss"
    """Never by itself: its time has passed."""
    BLOCK = "block"
    """Never as it is: the user must decide."""
    HOLD = "hold"
    """Not before the user says so."""
    CANCEL = "cancel"
    """Never: it has lost its point."""
    PAUSE = "pause"
    """Nothing from this account before a moment: its limit is reached."""


class Ruling(Struct, frozen=True):
    """What a check decided, and why."""

    action: Action
    reason: str = ""
    until: datetime | None = None
    """For ``POSTPONE`` and ``PAUSE``: the moment to check again. Aware."""
    fix: str = ""
    detail: str = ""
    """For the line of history, where that says more than the reason."""
    why: str = ""
    """For ``GO``: why its step has its date, where that is another reason by now than when it was queued."""


GO = Ruling(Action.GO)


class SendContext(Protocol):
    """What a check may ask the outbox, as it is in the claiming transaction. Every ``Store`` can answer."""

    def history(self, application: str) -> History:
        """Return what was done and what waits for an application."""
        ...

    def written_to(self, emails: Collection[str], handles: Collection[str]) -> frozenset[str]:
        """Return the applications with a mail that may have left to one of these addresses or people."""
        ...

    def entries(
        self, *, application: str | None = None, states: Collection[State] = (), held: bool | None = None
    ) -> tuple[Entry, ...]:
        """Return the entries that fit."""
        ...

    def handed_over_since(self, account: str, since: datetime) -> tuple[datetime, ...]:
        """Return when an account handed mails over since a moment, oldest first; mails under way count."""
        ...

    def last_handed_over_to(self, domain: str) -> datetime | None:
        """Return when anything was last handed over to an addressee of this domain."""
        ...

    def handed_over_to(self, domain: str, since: datetime) -> tuple[Entry, ...]:
        """Return what was handed over to addressees of this domain from a moment on, or may have been."""
        ...

    def open_answers(self, application: str) -> tuple[SeenMail, ...]:
        """Return the answers to an application that the facts do not know of yet."""
        ...

    def absences(self, address: str) -> tuple[SeenMail, ...]:
        """Return what an address has said of its absence and when that ends, the latest first."""
        ...

    def last_look(self, account: str) -> LastLook:
        """Return when an account's mailbox was looked at."""
        ...


PreSendCheck = Callable[[Entry, SendContext, datetime], Ruling]
"""A pure function: all that it needs besides its arguments was read before the claim."""
NextPermitted = Callable[[Timing, datetime], datetime]
"""Given a timing and ``now``: ``now`` itself in working time, else the next working moment."""


def check_in_turn(checks: Sequence[PreSendCheck]) -> PreSendCheck:
    """Make one check of several: the first that does not say go wins, else the last that says why."""

    def check_all(entry: Entry, context: SendContext, now: datetime) -> Ruling:
        found = GO
        for check in checks:
            ruling = check(entry, context, now)
            if ruling.action is not Action.GO:
                return ruling
            found = ruling if ruling.why else found
        return found

    return check_all


def check_time(next_permitted: NextPermitted) -> PreSendCheck:
    """Return the check that finds an entry missed, or outside the recipient's working time."""

    def check(entry: Entry, _: SendContext, now: datetime) -> Ruling:
        # In UTC: two moments of one zone would be compared by their wall clocks, which go back once a year.
        timing, now = entry.timing, now.astimezone(UTC)
        if missed := rule_on_deadline(entry, now):
            return missed
        if timing.insisted:
            return GO
        if find_clock(timing.place.zone) is None:
            reason = f"this machine does not know the time zone {timing.place.zone}, so no working time there"
            return Ruling(Action.BLOCK, reason, fix=f"{NEWER_ZONES} Then run `followup-mail outbox retry {entry.id}`.")
        permitted_at = next_permitted(timing, now).astimezone(UTC)
        if permitted_at <= now:
            return GO
        if timing.last_at is not None and permitted_at > timing.last_at:
            reason = f"the next working moment, {_local(timing, permitted_at)}, comes after its last sensible one"
            return Ruling(Action.MISS, reason, fix=_rewrite(entry))
        return Ruling(Action.POSTPONE, "outside working time at the recipient's place", permitted_at)

    return check


def rule_on_deadline(entry: Entry, now: datetime) -> Ruling | None:
    """Return that an entry is missed when its last sensible moment has passed, else None."""
    last_at = entry.timing.last_at
    if last_at is None or not entry.is_past(now):
        return None
    return Ruling(Action.MISS, f"its last sensible moment was {_local(entry.timing, last_at)}", fix=_rewrite(entry))


def say_deadline_ahead(entry: Entry, ruling: Ruling, now: datetime) -> Ruling:
    """Return a ruling of a later moment as it is to be told now: a last moment that is still to come is not past."""
    last_at = entry.timing.last_at
    if last_at is None or entry.is_past(now) or ruling != rule_on_deadline(entry, last_at + timedelta(seconds=1)):
        return ruling
    reason = f"its last sensible moment, {_local(entry.timing, last_at)}, comes before it could leave"
    return Ruling(Action.MISS, reason, fix=ruling.fix)


def rule_on_attachments(entry: Entry) -> Ruling:
    """Block an entry when a file attached to it is not what it was: the user saw another one in the preview.

    Reads the files, so this is done before the claim.
    """
    if entry.message.attached:
        from followup_mail.message.attachments import is_unchanged
    for attached in entry.message.attached:
        if not is_unchanged(attached.path, attached.sha256):
            fix = (
                f"Write it again with `followup-mail {rewrite_command(entry)}`, or run `followup-mail outbox retry "
                f"{entry.id}` to send it with the file as it was in the preview."
            )
            return Ruling(
                Action.BLOCK,
                f"the attached file {attached.path} has changed or gone since the mail was written",
                fix=fix,
            )
    return GO


class SendingLimits(Struct, frozen=True):
    """How much an account may send. None: no limit."""

    per_minute: int | None = None
    per_day: int | None = None
    """In any 24 hours, which is how Google counts."""
    domain_gap: timedelta = timedelta()
    """At least this long between two mails to one domain."""


def check_limits(limits: SendingLimits) -> PreSendCheck:
    """Return the check that keeps an account within its limits and spreads mails to one domain."""

    def check(entry: Entry, context: SendContext, now: datetime) -> Ruling:
        for most, span, name in (
            (limits.per_minute, timedelta(minutes=1), "minute"),
            (limits.per_day, timedelta(days=1), "day"),
        ):
            if most is None:
                continue
            # Moments ahead of now come from a clock that was wrong; they must not block an account for a year.
            handed = [at for at in context.handed_over_since(entry.account, now - span) if at <= now]
            if len(handed) >= most:
                frees_at = handed[-most] + span if most else now + span
                return Ruling(Action.PAUSE, f"the limit of {most} mails a {name} is reached", frees_at)
        last_at = context.last_handed_over_to(entry.message.domain) if limits.domain_gap else None
        if last_at is not None and now < last_at + limits.domain_gap and last_at <= now:
            return Ruling(
                Action.POSTPONE, "another mail went to the same domain a moment ago", last_at + limits.domain_gap
            )
        return GO

    return check


_LATE_START: Final = timedelta(seconds=30)
"""How much later than its moment the mail before may have left without moving the next one."""


def check_panel_gap(entry: Entry, context: SendContext, now: datetime) -> Ruling:
    """Keep mails to people who sit together minutes apart, over all runs and however late.

    Nobody gets what goes into the folder, and rather too close than too late: a mail that would miss its last sensible
    moment by waiting leaves.
    """

    if entry.account == FOLDER:
        return GO
    beside = context.entries(application=entry.step.application, states=_MAY_HAVE_TURN)
    beside = tuple(other for other in beside if other.step.is_beside(entry.step))
    # Moments ahead of now come from a clock that was wrong.
    gone = {other.handed_at: other for other in beside if other.handed_at and other.handed_at <= now}
    if not gone:
        return GO
    last = max(gone)
    gap = planned_gap(gone[last].timing.due_at, entry.timing.due_at)
    if now >= last + gap - _LATE_START:
        return GO
    turns = sorted(other.ready_at for other in beside if other.state is State.QUEUED and other.ready_at > now)
    until = take_turn(last + gap, turns, lambda moment: moment, gap)
    if entry.timing.last_at is not None and until > entry.timing.last_at:
        return GO
    return Ruling(Action.POSTPONE, "kept minutes apart from the mails to the others of the panel", until)


_MAY_HAVE_TURN: Final = frozenset({State.QUEUED, State.SENDING, State.SENT, State.UNCLEAR})


def keeps_off_days(entry: Entry) -> bool:
    """Return whether a mail is not to leave on a day on which its reader hears about another application.

    Thanks may, unless the plan has kept them off such a day: to whoever stands between.
    """
    return not entry.timing.insisted and (entry.step.kind.traits.presses or was_kept_off(entry.why))


def check_same_day(entry: Entry, context: SendContext, now: datetime) -> Ruling:
    """Let a mail wait for the next day when its reader got one about another application today."""
    clock = find_clock(entry.timing.place.zone)
    last_at = context.last_handed_over_to(entry.message.domain) if keeps_off_days(entry) else None
    if clock is None or last_at is None or last_at.astimezone(clock).date() != now.astimezone(clock).date():
        return GO
    to, today = entry.message.to.email.casefold(), now.astimezone(clock).date()
    since = datetime.combine(today, time(), clock).astimezone(UTC)
    for other in context.handed_over_to(entry.message.domain, since):
        same = other.message.to.email.casefold() == to and other.step.application != entry.step.application
        if same and other.handed_at and other.handed_at.astimezone(clock).date() == today:
            until = datetime.combine(today + timedelta(days=1), time(), clock)
            return Ruling(Action.POSTPONE, f"they got a mail about {other.step.application} today", until)
    return GO


def _local(timing: Timing, moment: datetime) -> str:
    clock = shown_clock(timing.place.zone)
    return f"{moment.astimezone(clock):%a %d %b %Y %H:%M} ({clock.key})"


def _rewrite(entry: Entry) -> str:
    return (
        f"Write it again with `followup-mail {rewrite_command(entry)}`, or run `followup-mail outbox reschedule "
        f"{entry.id} --at WHEN` to send it as it is."
    )


def rewrite_command(entry: Entry) -> str:
    """Return the command that writes the mail of a step again, shows it and sends it, without the program's name."""
    step = entry.step
    return f"send {step.application} {step.kind}{f' --to {step.person}' if step.person else ''}"
