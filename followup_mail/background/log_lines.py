"""Lines of the log about an entry: number, state, application, kind, and the reason where it quotes nobody.

Others may see the log, on a screen or in a bug report. So it contains no subject, no text, and no name or address of a
person. Of a server's answer it has the codes; the words, which often repeat the address, are in `outbox show`.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Final

from followup_mail.outbox.attempt import AttemptResult
from followup_mail.outbox.entry import Entry, State
from followup_mail.outbox.retry import Pause
from followup_mail.regex import regex

NEEDS_YOU: Final = "NEEDS YOU"
"""Stands in each line about something that only the user can resolve."""
_LOGGED_REASONS: Final = regex(
    "its last sensible moment|the next working moment|outside working time|another mail went to the same domain|"
    "its facts file is gone|its facts file cannot be read|its attached files were changed a moment ago|they replied|"
    "they are away|nobody could look into the mailbox whether they have answered|it came back|"
    "the check before sending failed|"
    "they asked for no contact|the outcome is [a-z]+ now|outcome: [a-z]+|open in an editor|"
    "its bytes are not those that were stored|the worker ended|sending broke off|kept minutes apart from the mails|"
    "less than three working days after another contact"
)
"""The reasons that are logged, up to the end of the match. Others may quote facts, or what people said."""


def say_entry(entry: Entry, attempt: AttemptResult | None = None) -> str:
    """Return the line about an entry after a run; ``attempt`` is the result of the attempt, if there was one."""
    state = f"{entry.state}, held" if entry.held else str(entry.state)
    words = [entry.label, state, entry.step.application, str(entry.step.kind), _say_why(entry, attempt)]
    if entry.state is State.QUEUED and not entry.held:
        words.append(f"next try {say_moment(entry.ready_at)}")
    return " ".join(filter(None, [*words, NEEDS_YOU if entry.needs_user else ""]))


def say_pause(pause: Pause) -> str:
    """Return the line about a paused account."""
    if pause.until is None:
        return f"the account is paused until you settle it {NEEDS_YOU}"
    return f"the account is paused until {say_moment(pause.until)}"


def say_summary(states: Iterable[State], waiting: Iterable[Entry]) -> str:
    """Return how many entries ended in which state, and which entries need the user."""
    found = list(states)
    counts = [f"{found.count(state)} {state}" for state in State if state in found]
    labels = " ".join(entry.label for entry in waiting)
    return "; ".join(filter(None, [", ".join(counts) or "nothing was due", f"{NEEDS_YOU}: {labels}" if labels else ""]))


def say_moment(moment: datetime) -> str:
    """Return a time as the log writes it."""
    return f"{moment.astimezone(UTC):%Y-%m-%dT%H:%MZ}"


def _say_why(entry: Entry, attempt: AttemptResult | None) -> str:
    if attempt is None and entry.outcome and entry.outcome.said and entry.outcome.said in entry.reason:
        attempt = entry.outcome
    if attempt is None:
        reason = entry.held or entry.reason
        known = _LOGGED_REASONS.match(reason)
        return known[0] if known else f"(why: outbox show {entry.id})" if reason else ""
    if attempt.code is None:
        return f"{attempt.phase}: {attempt.said}" if attempt.said else ""
    return " ".join(filter(None, [f"{attempt.phase}:", str(attempt.code), attempt.enhanced]))
