"""The values of planning: a step, a plan, and the history that a plan looks back on.

Times are aware and in the recipient's zone. A step is *identified* by ``StepId``: that is what is never done twice.
"""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from msgspec import Struct, field

from followup_mail.cadence.entry_state import State
from followup_mail.cadence.kinds import Kind
from followup_mail.cadence.worktime import NOWHERE, Place
from followup_mail.facts.channels import Channel

if TYPE_CHECKING:
    from followup_mail.facts.application import Person

__all__ = ["Against", "History", "Kind", "Objection", "Plan", "Step", "StepId", "StepState", "Touch", "Waiting"]


STAYS: Final = "stays"
"""Where a step stands whose mail is queued and does not leave as things stand."""


_EARLIER: Final = "earlier than planned: "
"""How the reason begins of a mail that the user lets leave days before the plan has it; theirs follows."""


class StepState(StrEnum):
    """Where a step stands at ``now``."""

    DONE = "done"
    QUEUED = "queued"
    DUE = "due"
    UPCOMING = "upcoming"
    BLOCKED = "blocked"
    SKIPPED = "skipped"
    MISSED = "missed"


class Against(StrEnum):
    """What kind of thing rules a step out."""

    ANSWERED = "answered"
    """They have answered, or it is over."""
    ASKED = "asked"
    """They asked for no contact, or to be reached in another way."""
    LIMIT = "limit"
    """So many contacts are enough."""
    PLAN = "plan"
    """The plan has no place for it: it has lost its point, has no date, or the method does not do it."""


class Objection(Struct, frozen=True):
    """What rules a step out."""

    kind: Against
    words: str
    """For people; nothing is decided by them."""


class StepId(Struct, frozen=True):
    """The identity of a step: one follow-up, for one person, once."""

    application: str
    kind: Kind
    round: int
    """0 before any interview."""
    person: str
    """``Person.key`` of the one it is meant for; empty when nobody is known."""
    nth: int = 1
    """1 for the first step of this kind in this round; 2 for the next call of a series."""

    def is_beside(self, other: StepId) -> bool:
        """Return whether a step is of the same kind and round, for another person: they compare."""
        return other.person != self.person and (other.kind, other.round) == (self.kind, self.round)

    def __str__(self) -> str:
        return f"{self.application}/{self.kind}/r{self.round}/{self.person or '-'}/{self.nth}"


def say_earlier(reason: str) -> str:
    """Return why a mail leaves before its day, as a phrase: the reason of the user's."""
    return f"{_EARLIER}{reason}"


def read_early(why: str) -> str:
    """Return why a mail was kept to leave if that is a reason of the user's to be early; else nothing."""
    return why if why.startswith(_EARLIER) else ""


class Touch(Struct, frozen=True):
    """A follow-up that happened: a mail the server took, or a call, letter or message that the user logged."""

    step: StepId
    channel: Channel
    at: datetime
    reached: bool = True
    """False for a call that reached nobody."""
    text: str = ""
    """What was said, so that it is not said again."""
    subject: str = ""
    message_id: str = ""
    references: tuple[str, ...] = ()
    """The ids this mail referred to, oldest first: an answer in the thread repeats them (RFC 5322 section 3.6.4)."""
    why: str = ""
    """Why it was done then, as the plan said at the time; empty where that was not kept."""


class Waiting(Struct, frozen=True):
    """An entry in the outbox for a step, not sent yet."""

    step: StepId
    entry: str
    due_at: datetime
    state: State
    subject: str = ""
    message_id: str = ""
    references: tuple[str, ...] = ()
    """As in ``Touch``: a later note goes on in the thread of one that waits too."""
    told: Touch | None = None
    """What it will have said once it has left, when it is due: that must not be said again."""
    in_drafts: bool = False
    """True for one that lies in the Drafts folder of the user's mailbox."""
    stays: str = ""
    """Why it does not leave as things stand, and what helps; empty for one that does. It is no contact then."""
    early: str = ""
    """The user's reason to let it leave before the plan has it, as a phrase; empty where they have none."""


class History(Struct, frozen=True):
    """All that was done or stands ready for one application."""

    touches: tuple[Touch, ...] = ()
    waiting: tuple[Waiting, ...] = ()

    @property
    def told(self) -> tuple[Touch, ...]:
        """All that was said and will have been said once what waits has left; ``at`` is when it is due, then."""
        return (*self.touches, *(entry.told for entry in self.waiting if entry.told and not entry.stays))

    def told_before(self, step: StepId, moment: datetime | None) -> tuple[Touch, ...]:
        """Return what its person will have been told when a step is done; all but the step itself without a moment."""
        theirs = (touch for touch in self.told if touch.step.person == step.person and touch.step != step)
        return tuple(touch for touch in theirs if moment is None or touch.at <= moment)


class Step(Struct, frozen=True):
    """One planned follow-up."""

    id: StepId
    kind: Kind
    channel: Channel
    person: Person | None
    """The person it is meant for."""
    via: Person | None
    """Who it goes through, when the person has no address."""
    state: StepState
    due_at: datetime | None
    """The first permitted moment, in the recipient's zone; None when it cannot be dated."""
    last_at: datetime | None
    """The last sensible moment: past it the step is missed."""
    reason: str
    """Why then: a phrase in words, e.g. "they decide by Fri 4 Dec, plus two working days"."""
    note: str = ""
    """Why not, for a step that is blocked, skipped or missed."""
    needs: tuple[str, ...] = ()
    """The facts that are missing, in the user's words."""
    lacks_words: bool = False
    """True when only words are missing that our wordings cannot make of the notes: somebody else could write it."""
    promise: str = ""
    """What a thank-you lacks to keep a promise, in a phrase: the checks stop it until then."""
    at: datetime | None = None
    """When it was done, or when the entry that is queued for it goes; ``due_at`` stays the planned moment."""
    objections: tuple[Objection, ...] = ()
    """All that rules it out, the weightiest first. On a queued step: why its entry should not go after all."""
    too_early: str = ""
    """On a queued step: the day they named, when its entry would go before it."""
    thanks_all: bool = False
    """True for the one thank-you of a large panel, which the coordinator passes on to everybody."""
    place: Place = NOWHERE
    """Where the one it really goes to works: their clock, weekend and holidays."""
    entry_state: str = ""
    """On a queued step: the state of its entry, as in ``Waiting``. One that is unclear is not queued any more."""
    stays: str = ""
    """On a queued step: as in ``Waiting``. Its only moment is the planned one then."""
    went_by: Channel | None = None
    """How it was done, which need not be as planned; None while it is not done."""

    @property
    def way(self) -> Channel:
        """How it was done, or else is to be."""
        return self.went_by or self.channel

    @property
    def objection(self) -> str:
        """The words of the weightiest objection; empty when nothing speaks against it."""
        return self.objections[0].words if self.objections else ""

    @property
    def standing(self) -> str:
        """Where it stands, in a word: not "queued" when its entry is unclear, failed or only a draft."""
        if self.stays:
            return STAYS
        is_entry = self.state is StepState.QUEUED and self.entry_state
        return str(self.entry_state if is_entry else self.state)

    @property
    def moment(self) -> datetime | None:
        """When it was done, goes, or is planned: its place in a timeline."""
        return self.at or self.due_at


class Plan(Struct, frozen=True):
    """Every follow-up of one application, in order of time."""

    application: str
    cadence: str
    steps: tuple[Step, ...]
    notes: tuple[str, ...] = field(default=())
    """What the reader should know about the plan as a whole, e.g. a stale decision date."""

    def step(self, wanted: StepId) -> Step | None:
        """Return the step of that identity; everything in the history is among the steps."""
        return next((step for step in self.steps if step.id == wanted), None)
