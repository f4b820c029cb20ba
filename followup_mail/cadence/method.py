"""What a cadence is: a method of following up, as data. The five published ones and the default are in ``presets/``.

Values only. How they are read from a file is ``cadence_files``; what they come to for one application is ``plan``.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Final

from msgspec import Struct

from followup_mail.cadence.kinds import Anchor, Audience, Kind
from followup_mail.cadence.offset import Offset, Unit, say_range
from followup_mail.facts.channels import Channel


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


TWO_WEEKS: Final = Offset(2, Unit.WEEK)
TWO_WORKING_DAYS: Final = Offset(2, Unit.WORKING_DAY)


_ANCHOR_WORDS: Final = {
    Anchor.APPLICATION: "you applied",
    Anchor.INTERVIEW: "the interview",
    Anchor.DECISION: "the day they named",
    Anchor.PREVIOUS: "the one before",
    Anchor.REJECTION: "their answer",
}


class CadenceStep(Struct, frozen=True):
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
    within: Offset | None = None
    """The span after the interview that it must not go beyond: planned within it where offices are open, and missed
    after it."""
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
        limit = f", within {self.within}" if self.within else ""
        return f"{after} {_ANCHOR_WORDS[self.anchor]}{limit}{condition}"


class Limit(Struct, frozen=True):
    """When to stop. Contacts are counted per person since the latest round, the thank-you included."""

    contacts: int | None = 3
    """None for a cadence that counts calls only."""
    calls_reached: int = 3
    """Of a series of calls: how many that reached somebody end it."""
    calls_tried: int = 5
    """Of a series of calls: how many attempts end it."""
    single_thanks: int = 12
    """How many people of a round are thanked one by one; for more, the coordinator is asked to thank them all."""


class Cadence(Struct, frozen=True):
    """A method of following up."""

    name: str
    title: str
    source: str
    """Where it comes from."""
    about: str
    """What it is like, in a sentence or two."""
    steps: tuple[CadenceStep, ...]
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

    def steps_of(self, *kinds: Kind) -> tuple[CadenceStep, ...]:
        """Return the steps of some kinds, in the cadence's order."""
        return tuple(cadence_step for cadence_step in self.steps if cadence_step.kind in kinds)


def unplanned(kind: Kind, channel: Channel) -> CadenceStep:
    """Return the cadence step for a follow-up that no cadence asks for: the user does, or did."""
    return CadenceStep(kind=kind, channel=channel, audience=kind.traits.audience, anchor=Anchor.INTERVIEW)
