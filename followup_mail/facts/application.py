"""The vocabulary: an application, its interviews, the people met, what they said, what came of it.

Values only: frozen, typed, checked on the way in (``clean`` is the gate), times always aware. How they get in and
out of a file is ``application_file``; what follows from them is ``cadence``.
"""

# Without `from __future__ import annotations`: a fact has its gates in its annotations.
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Annotated, Any, Final
from zoneinfo import ZoneInfo

from followup_mail.facts.channels import Channel
from followup_mail.facts.fact import Fact
from followup_mail.facts.fields import (
    Count,
    Country,
    Day,
    Duration,
    Email,
    Flag,
    Line,
    MessageId,
    MessageIds,
    Moment,
    Name,
    Notes,
    Passage,
    Passages,
    Text,
    Version,
    Zone,
)
from followup_mail.facts.gates import gate_of, several
from followup_mail.facts.moments import place_in_zone
from followup_mail.facts.people import Person, each_once, is_same_person, recall
from followup_mail.facts.terms import Format, OwnMove, Role, Status, Told
from followup_mail.facts.unfit_values import UnfitError

__all__ = [
    "Application",
    "Channel",
    "Fact",
    "Format",
    "Interview",
    "Outcome",
    "Person",
    "Promise",
    "Role",
    "Status",
    "Unsaid",
    "Word",
    "is_same_person",
]

LONGEST_INTERVIEW: Final = timedelta(hours=24)

_People = Annotated[tuple[Person, ...], several(gate_of(Person), 50)]


class Word(Fact):
    """What they told the candidate about the next steps. It overrides every cadence."""

    decision_by: Day | None = None
    """The day by which they said they would decide."""
    not_before: Day | None = None
    """The first day on which a follow-up is welcome."""
    channel: Channel | None = None
    """The channel they asked for."""
    interval: Duration | None = None
    """How often a follow-up is welcome, e.g. "2 weeks"."""
    calls: Flag | None = None
    """true: calls are welcome; false: no calls; left out: nothing was said."""
    contact: Flag = True
    """false: the employer asks for no contact at all."""
    quote: Passage = ""
    """Their own words, to come back to."""
    by: Line = ""
    """The name of the person who said so."""
    ask: Line = ""
    """The name of the person to ask, when they named one."""


class Interview(Fact):
    """One conversation, in one round, with the people met in it."""

    round: Count = 1
    """1 for the first round of conversations, 2 for the second; several interviews may belong to one round."""
    time_zone: Zone
    """IANA name; the application's unless given here."""
    start: Moment
    """When it began, wall time in ``time_zone`` unless an offset is given."""
    end: Moment = None  # type: ignore[assignment]  # always set on a finished value
    """When it ended. The file gives this or ``duration``."""
    duration: Duration | None = None
    """How long it took, e.g. "45 min"."""
    format: Format = Format.VIDEO
    """video, phone or onsite."""
    people: _People = ()
    """Everybody met in it."""
    invitation: Line = ""
    """The identity (UID) of the invitation it was taken from: by it an update or a cancellation is known again."""
    invitation_sequence: Version = 0
    """Which version of that invitation was taken; an older one is ignored."""

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.time_zone)

    def has(self, person: Person) -> bool:
        """Return whether a person was in it."""
        return any(is_same_person(person, met) for met in self.people)

    _looked_at_again = frozenset({"start", "end", "duration"})
    _never_left_out = frozenset({"duration"})

    @classmethod
    def _look_again(cls, name: str, value: Any, known: Mapping[str, Any]) -> Any:
        """Make both ends aware in the interview's zone, and check that it ends after it began.

        Part of a field, so that it is said beside other problems. Without a zone there is nothing to compare ends in.
        """
        if name != "duration":
            return place_in_zone(value, ZoneInfo(known["time_zone"])) if "time_zone" in known else value
        if {"time_zone", "start", "end"} <= known.keys():
            check_length(known["start"], known["end"], value)
        return value

    def _finish(self) -> None:
        """Set the end. A duration counts in real time, over a change of clocks too."""
        if self.end is None and self.duration is not None:
            self.__dict__["end"] = (self.start.astimezone(UTC) + self.duration).astimezone(self.zone)


def check_length(start: datetime, end: datetime | None, duration: timedelta | None) -> None:
    """Raise ``UnfitError`` unless the end is known and is at most a day after the start."""
    given = "duration" if end is None else "end"
    took = duration if end is None else end.astimezone(UTC) - start.astimezone(UTC)
    if took is None:
        raise UnfitError("has neither `duration` nor `end`", 'write duration = "45 min"')
    if duration not in (None, took):
        raise UnfitError("`duration` and `end` do not agree", "leave one of them out", field="duration")
    if took <= timedelta():
        raise UnfitError("`end` is not after `start`", "over midnight, it ends on the next day", field=given)
    if took > LONGEST_INTERVIEW:
        raise UnfitError("takes longer than a day", "make an interview of each day", field=given)


class Promise(Fact):
    """Something the candidate promised to send."""

    what: Name
    """What it is, as you would name it to them: "the case study"."""
    file: Line = ""
    """The file to attach, relative to the facts file, or an absolute path; empty while it is not ready."""
    to: Line = ""
    """The name of the person you promised it to, or of several, or "everybody"."""
    says: Passage = ""
    """A promise that needs no file, as it will stand in the mail: "I can start on Monday, May 18."."""


class Unsaid(Fact):
    """What did not get said and is worth a second note, as it will stand in the mail."""

    problem: Passage = ""
    """Their problem that it helps with: "You said court reports eat your Fridays."."""
    point: Passage = ""
    """What you did not get to say: "I wrote a template that took a report from five hours to two."."""
    use: Passage = ""
    """What you could do with it for them, or ask: "I could send you an outline of it."."""
    also: Passage = ""
    """A second thing, in one sentence: "I also drew up the list of referees, which may save you some calls."."""


class Outcome(Fact):
    """What came of it, and enough of their message to answer in its thread."""

    status: Status = Status.WAITING
    """waiting, replied, rejected, offer or withdrawn."""
    on: Day | None = None
    """The day on which it came."""
    by: Email | None = None
    """Whose message it was; the answer goes there."""
    message_id: MessageId | None = None
    """The Message-ID of their message, so that the answer lands in its thread."""
    references: MessageIds = ()
    """The ids their message referred to, oldest first."""
    subject: Line = ""
    """The subject of their message."""
    told: Told | None = None
    """How a rejection was told: called, wrote, in person, or form letter."""
    reason: Passage = ""
    """A note on the reason they gave, as you jot it."""
    understood: Passage = ""
    """Their reason, granted, as it will stand in the answer: "I can see why you chose somebody with ...."."""
    onward: Passage = ""
    """A next step or a wish, as it will stand in the answer: "If the funding comes back, ...."."""
    parting: Passage = ""
    """What you wish them or will remember, as it will stand in the answer: "I hope that the move goes well."."""


def _recall_each(people: tuple[Person, ...], known: Mapping[str, Person]) -> tuple[Person, ...]:
    return tuple([recall(person, known) for person in people])


class Application(Fact):
    """Everything known about one application. ``slug`` is the name of its file."""

    slug: Text
    """The name of the file, without ".toml"."""
    company: Name
    """The employer's name, as it should stand in a mail."""
    role: Name
    """The title of the position applied for."""
    applied: Day | None = None
    """The day you applied."""
    cadence: Line = ""
    """The method to follow up by; empty for the default in the settings."""
    account: Line = ""
    """The account that its mails are written from; empty for the default in the settings."""
    country: Country | None = None
    """Two letters, for the public holidays there."""
    region: Line = ""
    """A part of the country with holidays of its own, e.g. "BY" or "IL"."""
    time_zone: Zone | None = None
    """Where the employer is; holds for every interview and person that names no other."""
    said: Word = Word()
    """What they said about the next steps."""
    contacts: _People = ()
    """People of the employer who were not met in an interview, e.g. the recruiter."""
    interviews: Annotated[tuple[Interview, ...], several(gate_of(Interview), 20)] = ()
    """Each conversation, in the order they took place."""
    fit: Passages = ()
    """Notes on why you fit, as you jot them."""
    leave_out: Annotated[tuple[OwnMove, ...], several(gate_of(OwnMove), 2)] = ()
    """What our sentences should not say: "interest" in the job, "answers" to further questions."""
    as_they_are: Passages = ()
    """Sentences of yours that are right, whatever the proof-reader says: no mail waits for them."""
    not_mentioned: Passages = ()
    """Notes on what did not come up and is worth a second note, as you jot them."""
    why_them: Passage = ""
    """What draws you to them (mission, team, rapport), as it will stand: "I would like to join you because ...."."""
    unsaid: Unsaid = Unsaid()
    """What goes into the second note."""
    promised: Annotated[tuple[Promise, ...], several(gate_of(Promise), 20)] = ()
    """What you promised to send."""
    advert: Line = ""
    """The job advert: a text file beside the facts file. Checks compare drafts with it."""
    outcome: Outcome = Outcome()
    """What came of it."""
    notes: Notes = ""
    """For yourself; never part of a mail."""
    paused: Flag = False
    """true: nothing is sent or proposed until you resume it."""
    paused_until: Day | None = None
    """Nothing is sent or proposed before this day; then it goes on by itself."""
    snoozed_until: Day | None = None
    """Not shown by `today` before this day; what is queued is sent all the same."""
    archived: Flag = False
    """true: out of sight, and nothing is sent or proposed."""
    called_off: Passages = ()
    """Invitations that were cancelled, each with its version before its identity: an older one does not come back."""
    skipped: Passages = ()
    """Steps that you took off the plan: "status_inquiry", "thank_you to tom-okafor in round 1"."""

    @classmethod
    def _prepare(cls, given: dict[str, Any]) -> dict[str, Any]:
        """Give the application's time zone to each interview that names none."""
        if not given.get("time_zone") or not isinstance(given.get("interviews"), list | tuple):
            return given
        zone = given["time_zone"]
        inherited = [{"time_zone": zone, **one} if isinstance(one, dict) else one for one in given["interviews"]]
        return {**given, "interviews": inherited}

    def _finish(self) -> None:
        """Let every entry of a person know the address and number that another entry gives."""
        known = {person.key: person for person in self.everyone()}
        interviews = (one.copy_with(people=_recall_each(one.people, known)) for one in self.interviews)
        self.__dict__.update(contacts=_recall_each(self.contacts, known), interviews=tuple(interviews))

    def everyone(self) -> tuple[Person, ...]:
        """Contacts and people met, in the order of the file, each once.

        Somebody met in several rounds is the same person when name or address agree; the latest entry wins, and
        takes over what only an earlier one says about how to reach them.
        """
        met = (person for interview in self.interviews for person in interview.people)
        return each_once((*self.contacts, *met))

    def has_met(self, person: Person) -> bool:
        """Return whether a person was in any interview."""
        return any(interview.has(person) for interview in self.interviews)

    def teller(self) -> Person | None:
        """Return who told the next steps; None where nobody is named for it, or nobody known."""
        return next((person for person in self.everyone() if self.said.by and person.name == self.said.by), None)

    def latest_round(self, before: datetime) -> int:
        """Return the number of the latest round that had ended at ``before``; 0 when there was none."""
        return max((one.round for one in self.interviews if one.end <= before), default=0)
