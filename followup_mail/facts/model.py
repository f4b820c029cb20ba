"""The vocabulary: an application, its interviews, the people met, what they said, what came of it.

Values only: frozen, typed, checked on the way in (``clean`` is the gate), times always aware. How they get in and
out of a file is ``files``; what follows from them is ``cadence``.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from typing import Annotated, Any, Self
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from followup_mail.facts.clean import (
    clean_country,
    clean_email,
    clean_line,
    clean_message_id,
    clean_passage,
    clean_phone,
    clean_zone,
    read_span,
)
from followup_mail.facts.moments import place_in_zone, read_day, read_moment
from followup_mail.facts.names import short_name, slugify

Line = Annotated[str, AfterValidator(clean_line)]
Name = Annotated[str, Field(min_length=1), AfterValidator(clean_line)]
Passage = Annotated[str, AfterValidator(clean_passage)]
Passages = Annotated[tuple[Passage, ...], BeforeValidator(lambda given: (given,) if isinstance(given, str) else given)]
Email = Annotated[str, AfterValidator(clean_email)]
Phone = Annotated[str, AfterValidator(clean_phone)]
Zone = Annotated[str, AfterValidator(clean_zone)]
Country = Annotated[str, AfterValidator(clean_country)]
MessageId = Annotated[str, AfterValidator(clean_message_id)]
Day = Annotated[date, BeforeValidator(read_day)]
Span = Annotated[timedelta, BeforeValidator(read_span)]


class Role(StrEnum):
    """What somebody is in the hiring process, as far as it decides who is written to."""

    INTERVIEWER = "interviewer"
    HIRING_MANAGER = "hiring manager"
    RECRUITER = "recruiter"
    COORDINATOR = "coordinator"


class Channel(StrEnum):
    """How somebody is reached."""

    EMAIL = "email"
    PHONE = "phone"
    POST = "post"
    LINKEDIN = "linkedin"


class Status(StrEnum):
    """What came of an application so far."""

    WAITING = "waiting"
    REPLIED = "replied"
    REJECTED = "rejected"
    OFFER = "offer"
    WITHDRAWN = "withdrawn"


class Format(StrEnum):
    """How an interview was held."""

    VIDEO = "video"
    PHONE = "phone"
    ONSITE = "onsite"


class Fact(BaseModel):
    """Base of every fact: frozen, nothing unknown, no silent conversion of one type into another."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True, use_attribute_docstrings=True)


class Person(Fact):
    """Somebody on the other side: met in an interview, or a contact such as the recruiter."""

    name: Name
    """The full name as they write it."""
    title: Line = ""
    """The job title, e.g. "Head of Data"."""
    role: Role = Role.INTERVIEWER
    """interviewer, hiring manager, recruiter or coordinator."""
    address_as: Line = ""
    """What to write after "Dear" or "Hi" when it is not the first name, e.g. "Dr. Raman"."""
    email: Email | None = None
    phone: Phone | None = None
    linkedin: Line = ""
    """The address of the LinkedIn profile."""
    postal_address: tuple[Line, ...] = ()
    """Lines of the address for a letter, without the name."""
    time_zone: Zone | None = None
    """Where this person sits, when it is not where the application is."""
    country: Country | None = None
    region: Line = ""
    discussed: Passages = ()
    """What was talked about with this person. Reads on from "our conversation about ...": noun phrases."""
    convinced: Passage = ""
    """What from this person convinced you. Reads on from "What stayed with me was ..."."""

    @property
    def key(self) -> str:
        """A stable handle for commands and states: ``dr-priya-raman``."""
        return slugify(self.name) or "person"

    @property
    def greeting_name(self) -> str:
        """What follows "Hi" or "Dear", e.g. "Dr. Raman" or "Priya"."""
        return self.address_as or short_name(self.name)


class Word(Fact):
    """What they told the candidate about the next steps. It overrides every cadence."""

    decision_by: Day | None = None
    """The day by which they said they decide."""
    not_before: Day | None = None
    """The first day on which a follow-up is welcome."""
    channel: Channel | None = None
    """The channel they asked for."""
    interval: Span | None = None
    """How often a follow-up is welcome, e.g. "2 weeks"."""
    calls: bool | None = None
    """true: calls are welcome; false: no calls; left out: nothing was said."""
    contact: bool = True
    """false: the employer asks for no contact at all."""
    quote: Passage = ""
    """Their own words, to come back to."""


class Interview(Fact):
    """One conversation, in one round, with the people met in it."""

    round: int = Field(default=1, ge=1, le=20)
    start: Annotated[datetime, BeforeValidator(read_moment)]
    """When it began, wall time in ``time_zone`` unless an offset is given."""
    end: Annotated[datetime, BeforeValidator(read_moment), Field(default=None)]
    """When it ended. The file gives this or ``duration``; on a finished value it is always set."""
    duration: Span | None = None
    """How long it took, e.g. "45 min"."""
    time_zone: Zone
    """IANA name; the application's unless given here."""
    format: Format = Format.VIDEO
    people: tuple[Person, ...] = ()

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.time_zone)

    @model_validator(mode="after")
    def _place(self) -> Self:
        """Make both ends aware in the interview's zone. A duration counts in real time, over a change of clocks too."""
        start = place_in_zone(self.start, self.zone)
        if (self.end is None) == (self.duration is None):
            raise ValueError('needs either `end` or `duration`, e.g. duration = "45 min"')
        if self.duration is not None:
            end = (start.astimezone(UTC) + self.duration).astimezone(self.zone)
        else:
            end = place_in_zone(self.end, self.zone)
        if end <= start:
            raise ValueError("`end` is not after `start`; an interview over midnight ends on the next day")
        object.__setattr__(self, "start", start)
        object.__setattr__(self, "end", end)
        return self


class Promise(Fact):
    """Something the candidate promised to send."""

    what: Name
    file: Line = ""
    """The file to attach, relative to the facts file; empty while it is not ready."""


class Outcome(Fact):
    """What came of it, and enough of their message to answer in its thread."""

    status: Status = Status.WAITING
    on: Day | None = None
    """The day on which it came."""
    by: Email | None = None
    """Whose message it was; the answer goes there."""
    message_id: MessageId | None = None
    references: tuple[MessageId, ...] = ()
    subject: Line = ""


class Application(Fact):
    """Everything known about one application. ``slug`` is the name of its file."""

    slug: str
    company: Name
    role: Name
    """The title of the position applied for."""
    applied: Day | None = None
    cadence: Line = ""
    """The method to follow up by; empty for the default in the settings."""
    country: Country | None = None
    region: Line = ""
    """A part of the country with holidays of its own, e.g. "BY" or "IL"."""
    time_zone: Zone | None = None
    """Where the employer is; holds for every interview and person that names no other."""
    said: Word = Word()
    contacts: tuple[Person, ...] = ()
    """People of the employer who were not met in an interview, e.g. the recruiter."""
    interviews: tuple[Interview, ...] = ()
    fit: Passages = ()
    """Why you fit. Each reads on from "because ..." or stands alone after a colon: full clauses without a full stop."""
    not_mentioned: Passages = ()
    """Points that did not come up and are worth a second note: full clauses without a full stop."""
    promised: tuple[Promise, ...] = ()
    advert: Line = ""
    """The job advert: a text file beside the facts file. Checks compare drafts with it."""
    outcome: Outcome = Outcome()
    notes: str = Field(default="", max_length=20_000)
    """For yourself; never part of a mail."""

    @model_validator(mode="before")
    @classmethod
    def _hand_down_zone(cls, given: Any) -> Any:
        """Give the application's time zone to each interview that names none."""
        if isinstance(given, dict) and given.get("time_zone") and isinstance(given.get("interviews"), list | tuple):
            zone = given["time_zone"]
            inherited = [{"time_zone": zone, **one} if isinstance(one, dict) else one for one in given["interviews"]]
            given = {**given, "interviews": inherited}
        return given

    def everyone(self) -> tuple[Person, ...]:
        """Contacts and people met, in the order of the file, each once.

        Somebody met in several rounds is the same person when name or address agree; the latest entry wins.
        """
        found: dict[str, Person] = {}
        for person in (*self.contacts, *(one for interview in self.interviews for one in interview.people)):
            same = next((key for key, known in found.items() if is_same_person(known, person)), person.key)
            found[same] = person
        return tuple(found.values())

    def latest_round(self, before: datetime) -> int:
        """Return the number of the latest round that had ended at ``before``; 0 when there was none."""
        return max((one.round for one in self.interviews if one.end <= before), default=0)


def is_same_person(one: Person, other: Person) -> bool:
    """Tell whether two entries mean one human being: the same address, or the same name."""
    if one.email and other.email:
        return one.email.casefold() == other.email.casefold()
    return one.key == other.key
