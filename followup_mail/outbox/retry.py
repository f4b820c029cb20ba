"""What follows from the outcome of an attempt: sent, another try later, failed, or unclear. Pure decisions.

Waits double from two minutes up to four hours, with a little chance added so that many entries do not come back at
once. While no server is reached at all (a laptop without a network) the longest wait is fifteen minutes, and such
attempts never use up the retries. At a limit of the account it is an hour at least. RFC 5321 section 4.5.4.1 asks for
four to five days before giving up.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from followup_mail.outbox.attempt import AttemptResult, Phase, Verdict
from followup_mail.outbox.entry import Entry
from followup_mail.outbox.transitions import Cause, say_how_to_resolve

FIRST_WAIT: Final = timedelta(minutes=2)
LONGEST_WAIT: Final = timedelta(hours=4)
LONGEST_WAIT_OFFLINE: Final = timedelta(minutes=15)
SHORTEST_REST: Final = timedelta(hours=1)
"""For a server that refuses the account for now. Limits end within an hour or a day, and coming back
every few minutes prolongs some of them; each time it would be another entry's try that is used up."""
JITTER: Final = 0.25
"""A wait is lengthened by up to this share of itself."""
MOST_ATTEMPTS: Final = 32
"""About four and a half days of waits."""
SHORTEST_LAST_WAIT: Final = timedelta(minutes=1)
"""A last try just before the last sensible moment is worth it when at least this much time is left."""


class Pause(Struct, frozen=True):
    """A sending account that sends nothing for a while."""

    account: str
    reason: str
    until: datetime | None = None
    """None: until the user resumes it."""
    fix: str = ""

    def outlasts(self, other: Pause) -> bool:
        """Return whether this pause ends later than the other one."""
        return other.until is not None and (self.until is None or self.until > other.until)


class Settlement(Struct, frozen=True):
    """A decision about one entry, to be carried out by the store."""

    cause: Cause
    reason: str = ""
    fix: str = ""
    next_attempt_at: datetime | None = None
    outcome: AttemptResult | None = None
    pause: Pause | None = None
    counts: bool = True
    """False when no server was reached: such an attempt uses up no retry."""


def decide(entry: Entry, outcome: AttemptResult, now: datetime, random: float) -> Settlement:
    """Decide what becomes of ``entry`` after ``attempt``; ``random`` is from 0 to 1 and spreads the next tries."""
    outcome, now = _mind_addressee(entry, outcome), now.astimezone(UTC)
    match outcome.verdict:
        case Verdict.ACCEPTED:
            cause = Cause.FILED if outcome.in_folder else Cause.ACCEPTED
            return Settlement(cause, outcome.said, outcome=outcome)
        case Verdict.UNCLEAR:
            reason = outcome.said or "the link was lost before the answer"
            return Settlement(Cause.LOST, reason, say_how_to_resolve(entry.id), outcome=outcome)
        case Verdict.REFUSED:
            pause = Pause(entry.account, outcome.said, None, outcome.fix) if outcome.pauses_account else None
            return Settlement(Cause.REFUSED, outcome.said, outcome.fix, outcome=outcome, pause=pause)
        case Verdict.DEFERRED:
            return _try_again(entry, outcome, now, random)


def wait_after(attempts: int, random: float, longest: timedelta = LONGEST_WAIT) -> timedelta:
    """Return how long to wait after the given number of attempts (1 or more)."""
    doubled: timedelta = FIRST_WAIT * (1 << min(attempts - 1, 16))
    return min(doubled, longest) * (1 + JITTER * random)


def _try_again(entry: Entry, outcome: AttemptResult, now: datetime, random: float) -> Settlement:
    offline = outcome.phase is Phase.CONNECT and outcome.code is None
    attempts = entry.attempts + 1
    next_at = now + _wait_for(entry, outcome, random)
    # No other mail fares better before the next try, so the whole account is paused instead of failing mail by mail.
    shared = offline or outcome.pauses_account or outcome.phase in {Phase.CONNECT, Phase.LOGIN}
    pause = Pause(entry.account, outcome.said, next_at, outcome.fix) if shared else None
    if attempts >= MOST_ATTEMPTS and not offline:
        return _give_up(outcome, f"given up after {attempts} attempts", pause)
    last_at = entry.timing.last_at
    if last_at is not None and next_at > last_at:
        if last_at - now < SHORTEST_LAST_WAIT:
            return _give_up(outcome, "no time is left for another attempt", pause)
        next_at = last_at.astimezone(UTC) - SHORTEST_LAST_WAIT / 2
        pause = replace(pause, until=next_at) if pause else None
    return Settlement(Cause.DEFERRED, outcome.said, outcome.fix, next_at, outcome, pause, counts=not offline)


def _wait_for(entry: Entry, outcome: AttemptResult, random: float) -> timedelta:
    if outcome.code is None and outcome.phase is Phase.CONNECT:
        return wait_after(max(entry.claims, 1), random, LONGEST_WAIT_OFFLINE)
    wait = wait_after(entry.attempts + 1, random)
    # A password that cannot be had pauses the account too, but no server has spoken: the user may unlock it any moment.
    refused = outcome.pauses_account and outcome.code is not None
    return max(wait, SHORTEST_REST * (1 + JITTER * random)) if refused else wait


def _give_up(outcome: AttemptResult, why: str, pause: Pause | None) -> Settlement:
    fix = outcome.fix or "Look at the address and the server's words, then retry it or cancel it."
    return Settlement(Cause.GAVE_UP, f"{why}: {outcome.said}", fix, outcome=outcome, pause=pause)


def _mind_addressee(entry: Entry, outcome: AttemptResult) -> AttemptResult:
    """An accepted mail whose addressee was refused is not sent: only a copy to somebody else went out."""
    words = dict(outcome.refused).get(entry.message.to.email)
    if outcome.verdict is not Verdict.ACCEPTED or words is None:
        return outcome
    temporary = words.lstrip().startswith("4")
    return AttemptResult(
        Verdict.DEFERRED if temporary else Verdict.REFUSED,
        Phase.RCPT,
        f"the server did not take {entry.message.to.email}: {words}",
        fix=outcome.fix or ("" if temporary else "Correct the address in the facts, then write and queue it again."),
        refused=outcome.refused,
    )
