"""What a cadence is: a method of following up, as data. The five published ones and the default are in ``presets/``.

Values only. How they are read from a file is ``cadence_files``; what they come to for one application is ``plan``.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from followup_mail.cadence.offset import Offset, Unit, say_range
from followup_mail.cadence.step import Kind
from followup_mail.facts.terms import Channel


class Audience(StrEnum):
    """Who a step is for."""

    EVERYONE_MET = "everyone met"
    """Each person of the round, one message each."""
    ONE_PERSON = "one person"
    """The recruiter, else the hiring manager, else the coordinator, else the first interviewer."""
    WHOEVER_WROTE = "whoever wrote"
    """The person whose message is answered."""


class Anchor(StrEnum):
    """What a step counts from."""

    APPLICATION = "application"
    INTERVIEW = "interview"
    """The end of the interview."""
    DECISION = "decision"
    """The day by which they said they decide."""
    PREVIOUS = "previous"
    """The follow-up before it: when it was planned, or when it happened if that was later."""
    REJECTION = "rejection"


class When(StrEnum):
    """Which situation a step is for."""

    ALWAYS = "always"
    DATED = "a decision date is known"
    UNDATED = "no decision date is known"


class Calls(StrEnum):
    """When a cadence calls, as far as the employer said nothing that overrides it."""

    WELCOME = "only if calls are welcome"
    """Only with a yes."""
    UNLESS_REFUSED = "unless they said no calls"


class Need(StrEnum):
    """A fact without which a message of this step would be empty."""

    CONVERSATION = "conversation"
    """Something that was talked about with this person, or convinced."""
    CONVINCED = "convinced"
    """What from this person convinced the candidate."""
    FIT = "fit"
    """A reason why the candidate fits."""
    NOT_MENTIONED = "not mentioned"
    """A point that did not come up yet, in no message either."""


FOLLOW_UPS: Final = frozenset({Kind.ADDITIONAL_DETAIL, Kind.STATUS_INQUIRY})
"""The kinds that press for an answer: bound by dates, intervals and channels that they named."""
PRESSING: Final = FOLLOW_UPS | {Kind.APPLICATION_CHECK}
COUNTED: Final = FOLLOW_UPS | {Kind.THANK_YOU}
"""The kinds that count as contacts."""
TWO_WEEKS: Final = Offset(2, Unit.WEEK)
TWO_WORKING_DAYS: Final = Offset(2, Unit.WORKING_DAY)


_ANCHOR_WORDS: Final = {
    Anchor.APPLICATION: "you applied",
    Anchor.INTERVIEW: "the interview",
    Anchor.DECISION: "the day they named",
    Anchor.PREVIOUS: "the one before",
    Anchor.REJECTION: "their answer",
}


@dataclass(frozen=True, slots=True)
class CadenceStep:
    """One step of a cadence: what to do, for whom, how, and when."""

    kind: Kind
    channel: Channel
    audience: Audience
    anchor: Anchor
    offset: Offset | None = None
    """How long after the anchor; None after a previous step: the cadence's interval."""
    window: Offset | None = None
    """The span after the anchor within which the source wants it done: part of the reason, not a deadline."""
    deadline: Offset | None = None
    """How long after its date it still makes sense; None: the usual of its kind."""
    when: When = When.ALWAYS
    otherwise: Channel | None = None
    """The channel to take when the employer takes no calls; None: the step is ruled out then."""
    strict: bool = False
    """True when another channel, although they asked for it, would repeat an earlier step: it is ruled out then."""
    repeat: bool = False
    """True for a series of calls, as long as the limit allows."""
    needs: tuple[Need, ...] = ()
    say: str = ""
    """What the source wants said, for the reader of ``cadence show``."""

    @property
    def timing(self) -> str:
        """Return when in words: ``five to seven days after the interview``."""
        if self.offset is None:
            after = "an interval after"
        elif not self.offset.count:
            after = "straight after"
        else:
            after = f"{say_range(self.offset, self.window)} after"
        condition = "" if self.when is When.ALWAYS else f", if {self.when}"
        return f"{after} {_ANCHOR_WORDS[self.anchor]}{condition}"


@dataclass(frozen=True, slots=True)
class Limit:
    """When to stop. Contacts are counted per person since the latest round, the thank-you included."""

    contacts: int | None = 3
    """None for a cadence that counts calls only."""
    calls_reached: int = 3
    """Of a series of calls: how many that reached somebody end it."""
    calls_tried: int = 5
    """Of a series of calls: how many attempts end it."""


@dataclass(frozen=True, slots=True)
class Cadence:
    """A method of following up."""

    name: str
    title: str
    source: str
    """Where it comes from."""
    about: str
    """What it is like, in a sentence or two."""
    moves: tuple[CadenceStep, ...]
    interval: Offset = TWO_WEEKS
    """Between two follow-ups."""
    after_decision: Offset = TWO_WORKING_DAYS
    """How long every follow-up leaves them after the day by which they said they decide."""
    after_thanks: Offset | None = None
    """How long a follow-up waits after the thank-you was really sent, where the source counts from there."""
    calls: Calls = Calls.UNLESS_REFUSED
    limit: Limit = Limit()
    ask: tuple[str, ...] = ()
    """What the source wants asked or collected at the interview."""
    never: tuple[str, ...] = ()
    """What the source never wants done."""
    own: bool = False
    """True for a file of the user's."""

    def moves_of(self, *kinds: Kind) -> tuple[CadenceStep, ...]:
        """Return the moves of some kinds, in the cadence's order."""
        return tuple(move for move in self.moves if move.kind in kinds)


REJECTION_STEP: Final = CadenceStep(
    kind=Kind.REJECTION_THANKS,
    channel=Channel.EMAIL,
    audience=Audience.WHOEVER_WROTE,
    anchor=Anchor.REJECTION,
    offset=Offset(1, Unit.WORKING_DAY),
    say="Thank them for their time all the same: they will hire again.",
)
"""Part of every cadence, also of one that does not mention it."""

USUAL_DEADLINES: Final = {
    Kind.THANK_YOU: Offset(3, Unit.WORKING_DAY),
    Kind.APPLICATION_CHECK: Offset(1, Unit.WEEK),
    Kind.REJECTION_THANKS: Offset(1, Unit.WEEK),
    Kind.STATUS_INQUIRY: Offset(2, Unit.WEEK),
    Kind.ADDITIONAL_DETAIL: Offset(2, Unit.WEEK),
}


def unplanned(kind: Kind, channel: Channel = Channel.EMAIL) -> CadenceStep:
    """Return the move for a follow-up that no cadence asks for: the user does, or did."""
    audience = Audience.EVERYONE_MET if kind is Kind.THANK_YOU else Audience.ONE_PERSON
    return CadenceStep(kind=kind, channel=channel, audience=audience, anchor=Anchor.INTERVIEW)
