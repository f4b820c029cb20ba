"""The fresh look: a last decision about an entry, made inside the transaction that claims it.

Between queueing and sending the world moves on: the laptop slept past the deadline, it is Sunday now, a rejection came,
the attached file changed, the account's limit is reached. A look is a pure function of the entry, what the outbox
knows around it, and ``now``. Looks that need facts (outcomes, people) are made in wiring and put into the same row.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum

from followup_mail.cadence.step import History
from followup_mail.message.attachments import is_unchanged
from followup_mail.outbox.entry import NEWER_ZONES, Entry, Timing, find_clock, shown_clock


class Action(StrEnum):
    """What a look can rule."""

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
    REST = "rest"
    """Nothing from this account before a moment: its limit is reached."""


@dataclass(frozen=True, slots=True)
class Ruling:
    """What a look decided, and why."""

    verb: Action
    reason: str = ""
    until: datetime | None = None
    """For ``POSTPONE`` and ``REST``: the moment to look again. Aware."""
    fix: str = ""


GO = Ruling(Action.GO)


@dataclass(frozen=True, slots=True)
class SendContext:
    """What the outbox knows around an entry. Each is read in the claiming transaction, and only when asked for."""

    history: Callable[[], History]
    """All touches and waiting entries of the entry's application."""
    handed_since: Callable[[datetime], tuple[datetime, ...]]
    """When the account handed mails over since a moment, oldest first; mails under way count."""
    last_to_domain_at: Callable[[], datetime | None]
    """When anything was last handed over to the addressee's domain."""


PreSendCheck = Callable[[Entry, SendContext, datetime], Ruling]
NextPermitted = Callable[[Timing, datetime], datetime]
"""Given a timing and ``now``: ``now`` itself in working time, else the next working moment."""


def look_in_turn(looks: Sequence[PreSendCheck]) -> PreSendCheck:
    """Make one look of several: the first that does not say go wins."""

    def look(entry: Entry, around: SendContext, now: datetime) -> Ruling:
        return next((ruling for one in looks if (ruling := one(entry, around, now)).verb is not Action.GO), GO)

    return look


def look_at_time(next_permitted: NextPermitted) -> PreSendCheck:
    """Return the look that finds an entry missed, or outside the recipient's working time."""

    def look(entry: Entry, _: SendContext, now: datetime) -> Ruling:
        # In UTC: two moments of one zone would be compared by their wall clocks, which go back once a year.
        timing, now = entry.timing, now.astimezone(UTC)
        if timing.last_at is not None and now > timing.last_at:
            return Ruling(
                Action.MISS, f"its last sensible moment was {_local(timing, timing.last_at)}", fix=_rewrite(entry)
            )
        if timing.insisted:
            return GO
        if find_clock(timing.place.zone) is None:
            reason = f"this machine does not know the time zone {timing.place.zone}, so no working time there"
            return Ruling(Action.BLOCK, reason, fix=f"{NEWER_ZONES} Then say `followup-mail outbox retry {entry.id}`.")
        permitted_at = next_permitted(timing, now).astimezone(UTC)
        if permitted_at <= now:
            return GO
        if timing.last_at is not None and permitted_at > timing.last_at:
            reason = f"the next working moment, {_local(timing, permitted_at)}, comes after its last sensible one"
            return Ruling(Action.MISS, reason, fix=_rewrite(entry))
        return Ruling(Action.POSTPONE, "outside working time at the recipient's place", permitted_at)

    return look


def look_at_attachments(entry: Entry, _: SendContext, __: datetime) -> Ruling:
    """Block an entry when a file attached to it is not what it was: the user saw another one in the preview."""
    for attached in entry.message.attached:
        if not is_unchanged(attached.path, attached.sha256):
            fix = (
                f"Write it anew with `followup-mail {rewrite_command(entry)}`, or say `followup-mail outbox retry "
                f"{entry.id}` to send it with the file as it was in the preview."
            )
            return Ruling(
                Action.BLOCK,
                f"the attached file {attached.path} has changed or gone since the mail was written",
                fix=fix,
            )
    return GO


@dataclass(frozen=True, slots=True)
class SendingLimits:
    """How much an account may send. None: no limit."""

    per_minute: int | None = None
    per_day: int | None = None
    """In any 24 hours, which is how Google counts."""
    domain_gap: timedelta = timedelta()
    """At least this long between two mails to one domain."""


_GMAIL = "smtp.gmail.com"
_GMAIL_DOMAINS = frozenset({"gmail.com", "googlemail.com"})
# support.google.com/mail/answer/22839 (Gmail), support.google.com/a/answer/166852 and 2956491 (Workspace and its
# relay), learn.microsoft.com "Exchange Online limits".
_PER_DAY = {_GMAIL: 2_000, "smtp-relay.gmail.com": 10_000, "smtp.office365.com": 10_000}
_GMAIL_PER_DAY = 500


def known_day_limit(host: str, address: str) -> int | None:
    """Return the most mails that a server takes in 24 hours from ``address``, where its operator says so.

    Gmail takes 500 of its own users, and 2,000 of a company's (Workspace) at the same server.
    """
    host, domain = host.lower(), address.rpartition("@")[2].lower()
    return _GMAIL_PER_DAY if host == _GMAIL and domain in _GMAIL_DOMAINS else _PER_DAY.get(host)


def look_at_limits(limits: SendingLimits) -> PreSendCheck:
    """Return the look that keeps an account within its limits and spreads mails to one domain."""

    def look(_: Entry, around: SendContext, now: datetime) -> Ruling:
        for most, span, name in (
            (limits.per_minute, timedelta(minutes=1), "minute"),
            (limits.per_day, timedelta(days=1), "day"),
        ):
            if most is None:
                continue
            # Moments ahead of now come from a clock that was wrong; they must not block an account for a year.
            handed = [at for at in around.handed_since(now - span) if at <= now]
            if len(handed) >= most:
                frees_at = handed[-most] + span if most else now + span
                return Ruling(Action.REST, f"the limit of {most} mails a {name} is reached", frees_at)
        last_at = around.last_to_domain_at() if limits.domain_gap else None
        if last_at is not None and now < last_at + limits.domain_gap and last_at <= now:
            return Ruling(
                Action.POSTPONE, "another mail went to the same domain a moment ago", last_at + limits.domain_gap
            )
        return GO

    return look


def _local(timing: Timing, moment: datetime) -> str:
    clock = shown_clock(timing.place.zone)
    return f"{moment.astimezone(clock):%a %d %b %Y %H:%M} ({clock.key})"


def _rewrite(entry: Entry) -> str:
    return (
        f"Write it anew with `followup-mail {rewrite_command(entry)}`, or say `followup-mail outbox reschedule "
        f"{entry.id} --at WHEN` to send it as it is."
    )


def rewrite_command(entry: Entry) -> str:
    """Return what writes the mail of a step anew, shows it and sends it, without the program's name."""
    step = entry.step
    return f"send {step.application} {step.kind}{f' --to {step.person}' if step.person else ''}"
