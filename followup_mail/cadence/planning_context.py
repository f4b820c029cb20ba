"""Everything that a plan is made from, looked up once: the facts, the cadence, the history, the people and rounds."""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from datetime import UTC, date, datetime
from functools import lru_cache

from msgspec import Struct, field
from msgspec.structs import replace

from followup_mail.cadence.entry_state import State
from followup_mail.cadence.method import Cadence
from followup_mail.cadence.offset import Offset
from followup_mail.cadence.roster import Member, Round, call_roll, find_role, list_rounds
from followup_mail.cadence.step import History, StepId, Touch, Waiting
from followup_mail.cadence.worktime import FIRST_YEAR, LAST_YEAR, Place
from followup_mail.errors import NotFoundError, WhenError
from followup_mail.facts.application import Application, Channel, Interview, Person, Role, Status, is_same_person

GOES_OUT = frozenset({State.QUEUED, State.SENDING, State.UNCLEAR})
"""States of an entry in which its mail goes out by itself, or may have gone."""
COUNTS_AS_TAKEN = GOES_OUT | {State.IN_FOLDER}
"""States of an entry that keeps its step from being written again. What lies in the folder arrived nowhere: it is no
contact, and nothing is reckoned from it."""


_ANSWERABLE = (Role.RECRUITER, Role.HIRING_MANAGER, Role.COORDINATOR)


def goes_out(entry: Waiting) -> bool:
    """Return whether a mail goes out by itself, or may have gone: a contact to keep away from, and one that counts."""
    return entry.state in GOES_OUT and not entry.stays


class PlanningContext(Struct, frozen=True):
    """One application at one moment."""

    application: Application
    cadence: Cadence
    history: History
    now: datetime
    """In UTC."""
    year: int
    """The year that needs no saying."""
    defaults: Place
    """The user's zone, country and office hours, for whatever the facts do not say about a place."""
    members: tuple[Member, ...]
    rounds: tuple[Round, ...]
    """In the order in which they end."""
    contacts: frozenset[str] = frozenset()
    """The handles of those in ``[[contacts]]``: they belong to every round."""
    to: str = ""
    """The handle of the person that follow-ups go to; empty for the usual one."""
    elsewhere: Mapping[str, tuple[datetime, ...]] = field(default_factory=dict)
    """When somebody got or gets a mail about another application, by address in lower case."""

    @property
    def interval(self) -> Offset:
        """Between two follow-ups: theirs, else the cadence's."""
        named = self.application.said.interval
        return Offset.of(named) if named else self.cadence.interval

    @property
    def latest(self) -> Round | None:
        """The round that ends last, which may lie ahead."""
        return self.rounds[-1] if self.rounds else None

    @property
    def ended(self) -> Round | None:
        """The latest round that is over."""
        return next((round_ for round_ in reversed(self.rounds) if round_.end <= self.now), None)

    def member(self, handle: str) -> Member | None:
        """Return the member of that handle; None when the facts do not know them any more."""
        return next((member for member in self.members if member.handle == handle), None)

    def decision(self, after: date | None) -> date | None:
        """Return the day by which they decide, unless it is older than ``after``: then it was about something else."""
        day = self.application.said.decision_by
        return None if day is None or (after is not None and day < after) else day

    def day_named_in_reply(self, decision: date | None) -> date | None:
        """Return the day of a reply that the user has taken up again, if it named a day for the next follow-up."""
        outcome = self.application.outcome
        if outcome.status is not Status.WAITING or outcome.on is None:
            return None
        named = (decision, self.application.said.not_before)
        return outcome.on if any(day and day >= outcome.on for day in named) else None

    def last_touch(self, step: StepId) -> Touch | None:
        """Return what was done for a step; the latest that reached somebody, when it was done more than once."""
        done = (touch for touch in self.history.touches if touch.step == step)
        return max(done, key=lambda touch: (touch.reached, touch.at), default=None)

    def waiting_for(self, step: StepId) -> Waiting | None:
        """Return the entry that takes a step: it goes out by itself, or may have gone."""
        entries = (entry for entry in self.history.waiting if entry.step == step)
        return next((entry for entry in entries if entry.state in COUNTS_AS_TAKEN), None)


def make_context(
    application: Application, cadence: Cadence, history: History, now: datetime, defaults: Place
) -> PlanningContext:
    """Look everything up. Raises ``WhenError`` for a ``now`` out of reach."""
    if now.tzinfo is None or not FIRST_YEAR <= now.year <= LAST_YEAR:
        raise WhenError(
            f"{now:%Y-%m-%d %H:%M} cannot be planned from.",
            fix=f"Use a moment with a time zone, of the years {FIRST_YEAR} to {LAST_YEAR}.",
        )
    roster = call_roll(application)
    return PlanningContext(
        application=application,
        cadence=cadence,
        history=history,
        now=now.astimezone(UTC),
        year=now.year,
        defaults=defaults,
        members=roster.members,
        rounds=list_rounds(application, roster),
        contacts=frozenset(roster.find(person).handle for person in application.contacts),
    )


def with_addressee(context: PlanningContext, to: str) -> PlanningContext:
    """Return the context with follow-ups going to the person of that handle; to the usual one when it is empty.

    Raises ``NotFoundError`` when the handle is nobody's.
    """
    if to and context.member(to) is None:
        raise _nobody(to, context.application, context.members)
    return replace(context, to=to)


def addressee(context: PlanningContext, round_: Round | None, channel: Channel | None = None) -> Member | None:
    """Return who follow-ups go to: as chosen, else recruiter, hiring manager, coordinator, or an interviewer.

    Of interviewers it is whoever told the next steps, else the first. They are looked for among the contacts and the
    people of the round; whoever can be reached by ``channel`` goes before one whose address is missing.
    """
    if context.to:
        return context.member(context.to)
    met = tuple(meeting.member.handle for meeting in round_.meetings) if round_ else ()
    near = tuple(member for member in context.members if not met or member.handle in {*met, *context.contacts})
    field = channel.traits.address_field if channel else ""
    in_reach = tuple(member for member in near if not field or getattr(member.person, field))
    reached = find_role(in_reach, *_ANSWERABLE) or _teller(context, in_reach)
    if reached is None and not (channel and channel.traits.is_call):
        reached = _first(in_reach, met)  # nobody is called who only interviewed, for want of another's number
    by_role = reached or find_role(near, *_ANSWERABLE)
    return by_role or (context.member(met[0]) if met else next(iter(context.members), None))


def _first(members: tuple[Member, ...], met: tuple[str, ...]) -> Member | None:
    """Return the first who was met, else the first at all."""
    seen = (member for handle in met for member in members if member.handle == handle)
    return next(seen, None) or next(iter(members), None)


def _teller(context: PlanningContext, members: tuple[Member, ...]) -> Member | None:
    """Return who told the next steps, if they are among ``members``."""
    told = context.application.teller()
    return next((member for member in members if told and is_same_person(member.person, told)), None)


def place_of(context: PlanningContext, person: Person | None) -> Place:
    """Return where somebody works, for their working time."""
    return where(context.application, person, context.defaults)


def where(application: Application, person: Person | None, defaults: Place) -> Place:
    """Return where ``person`` works: as they say, else where the employer is, else where they were met.

    What none of these tells comes from ``defaults``, as do office hours.
    """
    zone = (person.time_zone if person else None) or application.time_zone
    zone = zone or _zone_met(application.interviews, person) or defaults.zone
    country = application.country or defaults.country
    region = (person.region if person else "") or application.region
    if person and person.country and person.country != country:
        country, region = person.country, person.region
    return _same_place(zone, country, region, defaults.opens, defaults.closes)


# Dates are remembered by place. What is the very same place is found there without a look at its parts.
_same_place = lru_cache(maxsize=1024)(Place)


def _zone_met(interviews: tuple[Interview, ...], person: Person | None) -> str:
    theirs = (
        interview for interview in interviews if person and any(met.name == person.name for met in interview.people)
    )
    found = next(theirs, None) or next(iter(interviews), None)
    return found.time_zone if found else ""


def _nobody(to: str, application: Application, members: tuple[Member, ...]) -> NotFoundError:
    handles = [member.handle for member in members]
    near = difflib.get_close_matches(to, handles, n=1)
    hint = f"Did you mean {near[0]}? " if near else ""
    known = f"The people in the facts file: {', '.join(handles)}." if handles else "The facts file has no people yet."
    return NotFoundError(f"'{to}' is not a person in {application.slug}.", fix=hint + known)
