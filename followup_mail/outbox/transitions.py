"""Which state may follow which, and by what cause: one table, no exceptions.

Two lines of it carry the promise of this program. Out of ``sent`` leads nothing but a report that the mail came back,
to ``failed``, and what came back is never sent again as it is (``Entry.was_sent_at``). Out of ``cancelled`` leads
nothing but taking back the step that cancelled, to where the entry was before. And into ``sending`` there is one way
only, from ``queued``; from ``unclear`` back to ``queued`` leads nothing but the user's word, or a late answer that
certainly means *not sent*.
"""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Final

from msgspec import Struct

from followup_mail.cadence.clocks import describe_moment
from followup_mail.errors import RefusedError
from followup_mail.outbox.entry import OPEN, WAITS, Entry, State, shown_clock


class Cause(StrEnum):
    """Why an entry changed."""

    ADDED = "added"
    APPROVED = "approved"
    CLAIMED = "claimed"
    """A worker took it to send it."""
    INTENDED = "intended"
    """The intent to send is on disk; the first byte of the mail follows."""
    ACCEPTED = "accepted"
    """The server took it."""
    FILED = "filed"
    """It was put into the folder; nothing left this machine."""
    TOOK_LATE = "took late"
    """The server had taken it, and word of that came after the attempt was given up."""
    DEFERRED = "deferred"
    """Certainly not sent; another try later."""
    REFUSED = "refused"
    """Certainly not sent; no use in trying again."""
    GAVE_UP = "gave up"
    """Tried too often, or no time is left for another try."""
    LOST = "lost"
    """Sent or not, nobody knows."""
    RELEASED = "released"
    """The worker ended before a byte of the mail left."""
    POSTPONED = "postponed"
    """The check before sending found a better moment."""
    MISSED = "missed"
    """Its last sensible moment has passed."""
    BLOCKED = "blocked"
    """The check before sending found that it must not go as it is."""
    CANCELLED = "cancelled"
    CANCEL_ASKED = "cancel asked"
    """Cancelled too late for the attempt under way, which goes on."""
    DROPPED = "dropped"
    """That attempt did not send it, so it is cancelled now."""
    REPLACED = "replaced"
    """A new entry took its step."""
    RESCHEDULED = "rescheduled"
    EDITED = "edited"
    """The user changed its words by hand."""
    REWRITTEN = "rewritten"
    """It was written again after facts had changed."""
    RETRIED = "retried"
    REROUTED = "rerouted"
    """It was written while no account was set; the user wants it sent by the account that is set now."""
    SAID_SENT = "said sent"
    """The user knows that it was sent, or it was found in their mailbox."""
    SAID_RESEND = "said resend"
    """The user knows that it was not, or wants it sent in any case."""
    RETURNED = "came back"
    """A report says that it could not be delivered after all."""
    NOT_RETURNED = "did not come back"
    """The user knows that the report was none, or about another mail: it is again where it was before."""
    TO_DRAFTS = "to drafts"
    """It is meant for the Drafts folder of the user's mailbox, and not sent from here."""
    PUT = "put"
    """It lies in the Drafts folder."""
    CHANGED_THERE = "changed there"
    """The user changed the draft in their mailbox, or it was not found there."""
    MOVED = "moved"
    """Its application has another short name now, or was merged with another one."""
    HELD = "held"
    RESUMED = "resumed"
    RESTORED = "restored"
    """The user took back the step that had changed it: it is again where it was before that step."""
    UNRESOLVED = "unclear again"
    """The user took back that it should be sent again, before it was tried: again nobody knows whether it was sent."""
    LATE = "late answer"
    """An answer that came too late to change anything."""


_SAME: Final = None

CAN_COME_BACK: Final = frozenset({State.SENT, State.UNCLEAR})
"""States of a mail that a report can be about: it left, or may have left."""

RESTORABLE: Final = frozenset({State.DRAFT, State.QUEUED, State.FAILED, State.MISSED, State.IN_FOLDER, State.CANCELLED})
"""States that taking back a step leads out of and into: in each of them it is certain that nothing was sent."""

_TABLE: Final[dict[Cause, tuple[frozenset[State], State | None]]] = {
    Cause.APPROVED: (frozenset({State.DRAFT}), State.QUEUED),
    Cause.CLAIMED: (frozenset({State.QUEUED}), State.SENDING),
    Cause.INTENDED: (frozenset({State.SENDING}), _SAME),
    Cause.ACCEPTED: (frozenset({State.SENDING}), State.SENT),
    Cause.FILED: (frozenset({State.SENDING, State.UNCLEAR}), State.IN_FOLDER),
    Cause.TOOK_LATE: (
        frozenset({State.UNCLEAR, State.QUEUED, State.SENDING, State.FAILED, State.MISSED}),
        State.SENT,
    ),
    Cause.DEFERRED: (frozenset({State.SENDING, State.UNCLEAR}), State.QUEUED),
    Cause.REFUSED: (frozenset({State.SENDING, State.UNCLEAR}), State.FAILED),
    Cause.GAVE_UP: (frozenset({State.SENDING, State.UNCLEAR}), State.FAILED),
    Cause.LOST: (frozenset({State.SENDING, State.UNCLEAR}), State.UNCLEAR),
    Cause.RELEASED: (frozenset({State.SENDING}), State.QUEUED),
    Cause.POSTPONED: (frozenset({State.QUEUED}), _SAME),
    Cause.MISSED: (frozenset({State.QUEUED}), State.MISSED),
    Cause.BLOCKED: (frozenset({State.QUEUED}), State.FAILED),
    Cause.CANCELLED: (
        frozenset({State.DRAFT, State.QUEUED, State.FAILED, State.MISSED, State.IN_FOLDER}),
        State.CANCELLED,
    ),
    Cause.CANCEL_ASKED: (frozenset({State.SENDING}), _SAME),
    Cause.DROPPED: (frozenset({State.SENDING, State.UNCLEAR}), State.CANCELLED),
    Cause.REPLACED: (frozenset({State.FAILED, State.MISSED}), State.CANCELLED),
    Cause.RESCHEDULED: (WAITS, _SAME),
    Cause.EDITED: (frozenset({State.DRAFT, State.QUEUED, State.FAILED, State.MISSED}), _SAME),
    Cause.REWRITTEN: (WAITS, _SAME),
    Cause.RETRIED: (frozenset({State.FAILED, State.MISSED, State.IN_FOLDER}), State.QUEUED),
    Cause.REROUTED: (WAITS, _SAME),
    Cause.SAID_SENT: (frozenset({State.UNCLEAR, State.IN_FOLDER}), State.SENT),
    Cause.SAID_RESEND: (frozenset({State.UNCLEAR}), State.QUEUED),
    Cause.RETURNED: (CAN_COME_BACK, State.FAILED),
    Cause.NOT_RETURNED: (frozenset({State.FAILED}), State.SENT),
    Cause.TO_DRAFTS: (WAITS, State.DRAFT),
    Cause.PUT: (frozenset({State.DRAFT}), State.IN_FOLDER),
    Cause.CHANGED_THERE: (frozenset({State.IN_FOLDER}), _SAME),
    Cause.MOVED: (frozenset(State) - {State.SENDING}, _SAME),
    Cause.HELD: (OPEN, _SAME),
    Cause.RESUMED: (OPEN, _SAME),
    Cause.RESTORED: (RESTORABLE, _SAME),
    Cause.UNRESOLVED: (frozenset({State.QUEUED}), State.UNCLEAR),
    Cause.LATE: (frozenset(State), _SAME),
}

_LEADS_BACK: Final = {Cause.RESTORED: RESTORABLE, Cause.NOT_RETURNED: CAN_COME_BACK}
"""What leads to where an entry was before, and to which states."""

_WISHES: Final = {
    Cause.APPROVED: "approved",
    Cause.CANCELLED: "cancelled",
    Cause.RESCHEDULED: "rescheduled",
    Cause.EDITED: "edited",
    Cause.REWRITTEN: "rewritten",
    Cause.RETRIED: "tried again",
    Cause.SAID_SENT: "resolved",
    Cause.SAID_RESEND: "resolved",
    Cause.TO_DRAFTS: "put there",
    Cause.MOVED: "moved",
    Cause.HELD: "held",
    Cause.RESUMED: "resumed",
}


class Transition(Struct, frozen=True):
    """One line of an entry's history."""

    at: datetime
    """UTC."""
    cause: Cause
    before: State | None
    """None for an entry that was just added."""
    after: State
    detail: str = ""


def is_allowed(state: State, cause: Cause) -> bool:
    """Return whether ``cause`` may change an entry in ``state``."""
    return cause in _TABLE and state in _TABLE[cause][0]


def state_after(state: State, cause: Cause, was: State | None = None) -> State:
    """Return the state that ``cause`` leads to; a transition that the table lacks is a ``ValueError``.

    ``was`` is the state before what is taken back: the only one that ``RESTORED`` leads to, and ``NOT_RETURNED``.
    """
    if not is_allowed(state, cause) or (was is not None and was not in _LEADS_BACK.get(cause, ())):
        raise ValueError(f"nothing leads from {state} by {cause}")
    if was is not None:
        return was
    return _TABLE[cause][1] or state


def check_allowed(entry: Entry, cause: Cause) -> State:
    """Return the state that the user's wish leads to, or raise ``RefusedError`` with a sentence saying which won."""
    if not is_allowed(entry.state, cause):
        raise RefusedError(_say_refusal(entry, _WISHES.get(cause, str(cause))), fix=_say_way_out(entry))
    return state_after(entry.state, cause)


def say_how_to_resolve(entry_id: int) -> str:
    """Return what the user does about an unclear entry."""
    return f"Look into your Sent folder, then run `followup-mail outbox resolve {entry_id} --sent` or `--resend`."


def _say_refusal(entry: Entry, wish: str) -> str:
    match entry.state:
        case State.SENT:
            zone = shown_clock(entry.timing.place.zone)
            when = f" on {describe_moment(entry.sent_at, zone, zone)}" if entry.sent_at else ""
            return f"{entry.label} was already sent{when}; it can't be {wish}."
        case State.IN_FOLDER:
            where = "in the Drafts folder of your mailbox" if entry.in_drafts else "in the folder and was never sent"
            return f"{entry.label} is {where}; it can't be {wish}{'' if entry.in_drafts else ' there'}."
        case State.SENDING:
            return f"{entry.label} is being sent right now; it can't be {wish}."
        case State.UNCLEAR:
            return f"Nobody knows whether {entry.label} was sent; it can't be {wish} before that is decided."
        case State.CANCELLED:
            why = f" ({entry.reason})" if entry.reason else ""
            return f"{entry.label} was cancelled{why}; it can't be {wish}."
        case _:
            return f"{entry.label} is {entry.state}; it can't be {wish}."


def _say_way_out(entry: Entry) -> str:
    match entry.state:
        case State.SENDING:
            return "Should this attempt not send it, it is not tried again. Look again in a moment."
        case State.UNCLEAR:
            return say_how_to_resolve(entry.id)
        case State.CANCELLED:
            return "Queue the step again."
        case State.IN_FOLDER:
            account = "Once an account is set, `followup-mail outbox retry {id}` queues it to be sent."
            drafts = (
                "Change or send it in your mailbox. `followup-mail outbox cancel {id}` takes it out there, "
                "`followup-mail outbox retry {id}` sends it from here instead."
            )
            return (drafts if entry.in_drafts else account).format(id=entry.id)
        case State.FAILED | State.MISSED:
            return (
                entry.fix
                if entry.was_sent_at
                else f"Run `followup-mail outbox retry {entry.id}` to put it back into the queue."
            )
        case _:
            return ""
