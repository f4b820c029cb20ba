"""How a step reaches somebody: the channel, the address or who passes it on, and what is missing for it."""

from __future__ import annotations

from msgspec import Struct

from followup_mail.cadence.method import CadenceStep, Calls, Need
from followup_mail.cadence.planning_context import PlanningContext, place_of
from followup_mail.cadence.roster import Member, find_role
from followup_mail.cadence.step import Against, Objection
from followup_mail.cadence.worktime import Place
from followup_mail.facts.application import Application, Channel, Person, Role, Word
from followup_mail.language.notes import is_said

_NOBODY = "somebody of theirs to write to, with an e-mail address"


class Way(Struct, frozen=True):
    """The channel of a step, and how it came to that."""

    channel: Channel
    because: str = ""
    """Why it is another one than the cadence's; a phrase for the reason."""
    ruled_out: Objection | None = None
    """What rules the step out."""


class Route(Struct, frozen=True):
    """Who a step reaches, in which way, and what is missing for it."""

    way: Way
    person: Person | None
    """The person it is meant for."""
    place: Place
    """Where the one it really goes to works."""
    via: Person | None = None
    """Who passes it on."""
    needs: tuple[str, ...] = ()

    @property
    def any_hour(self) -> bool:
        """True when it is not bound to office hours."""
        return not self.way.channel.traits.keeps_office_hours


def choose_way(cadence_step: CadenceStep, said: Word, calls: Calls) -> Way:
    """Return the channel of a step: theirs where they named one, and never a call that is not welcome."""
    asked = said.channel if cadence_step.kind.traits.presses else None
    welcome = calls_welcome(said, calls)
    if asked and asked.traits.is_call and not welcome:
        asked = None
    if asked and asked is not cadence_step.channel:
        if cadence_step.strict:
            return Way(cadence_step.channel, ruled_out=_asked(f"they asked to be reached {asked.traits.by}", said))
        return Way(asked, because=f"{asked.traits.by}, as they asked")
    if not cadence_step.channel.traits.is_call or welcome:
        return Way(cadence_step.channel)
    if cadence_step.otherwise and not cadence_step.otherwise.traits.is_call:
        why = "as they take no calls" if said.calls is False else "as nobody said that calls are welcome"
        return Way(cadence_step.otherwise, because=f"{cadence_step.otherwise.traits.by}, {why}")
    if said.calls is False:
        return Way(cadence_step.channel, ruled_out=_asked("they said no calls", said))
    words = "this cadence calls only where calls are welcome, and nobody said they are"
    return Way(cadence_step.channel, ruled_out=Objection(Against.PLAN, words))


def calls_welcome(said: Word, calls: Calls) -> bool:
    """Return whether calling is fine: their word first, then what the cadence takes silence for."""
    if said.calls is not None:
        return said.calls
    return bool(said.channel and said.channel.traits.is_call) or calls is Calls.UNLESS_REFUSED


def find_route(context: PlanningContext, member: Member | None, person: Person | None, way: Way) -> Route:
    """Return who is reached: the person, or whoever passes it on; and the address that is missing."""
    if member is None or person is None:
        return Route(way, None, place_of(context, None), needs=(_NOBODY,))
    traits, place = way.channel.traits, place_of(context, person)
    field = traits.address_field
    if not field or getattr(person, field):
        return Route(way, person, place)
    if traits.is_passed_on:
        others = tuple(other for other in context.members if other is not member and getattr(other.person, field))
        passes_on = find_role(others, Role.RECRUITER, Role.COORDINATOR)
        if passes_on:
            return Route(way, person, place_of(context, passes_on.person), via=passes_on.person)
    return Route(way, person, place, needs=(f"{traits.address_missing} {person.name}",))


def missing_facts(
    context: PlanningContext, cadence_step: CadenceStep, person: Person | None, handle: str
) -> tuple[str, ...]:
    """Return the facts that a message of this step needs and that are not there, in the user's words."""
    name = person.name if person else "them"
    facts = context.application
    missing = []
    for need in cadence_step.needs:
        if need is Need.CONVERSATION and not (person and _has_talk(facts, person)):
            missing.append(f"what you talked about with {name}")
        if need is Need.CONVINCED and not (person and (person.convinced or person.moment)):
            missing.append(f"what convinced you when you spoke with {name}")
        if need is Need.FIT and not (facts.fit or facts.why_them or (person and (person.convinced or person.link))):
            missing.append("one reason why you fit")
        if need is Need.NOT_MENTIONED and not unsaid_points(context, handle):
            missing.append(f"one {'more ' if facts.not_mentioned else ''}point you did not get to mention")
    return tuple(missing)


def unsaid_points(context: PlanningContext, handle: str) -> tuple[str, ...]:
    """Return the points worth a second note that no earlier message to this person made."""
    said = " ".join(touch.text for touch in context.history.touches if touch.step.person == handle)
    application = context.application
    points = (application.unsaid.point, *application.not_mentioned)
    return tuple(point for point in points if point and not is_said(point, said))


def _has_talk(facts: Application, person: Person) -> bool:
    """Return whether something is known of the conversation with this person, or of the meeting they were part of."""
    shared = (met for interview in facts.interviews if interview.has(person) for met in interview.people)
    return any(met.discussed or met.convinced or met.moment or met.link for met in (person, *shared))


def quote_of(said: Word) -> str:
    """Return their own words, ready to follow a phrase."""
    return f': "{said.quote}"' if said.quote else ""


def _asked(phrase: str, said: Word) -> Objection:
    return Objection(Against.ASKED, phrase + quote_of(said))
