"""Which sentences an application still lacks, in the order in which people remember, and where each answer is kept."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from functools import cache, partial
from typing import Final

from msgspec import Struct

from followup_mail.cadence.kinds import Kind
from followup_mail.facts.addressees import EVERYBODY
from followup_mail.facts.application import Application, is_same_person
from followup_mail.facts.overlap import own_part
from followup_mail.facts.people import Person
from followup_mail.facts.rewrite_listed import Place
from followup_mail.facts.terms import Role, Status, Told
from followup_mail.incoming.transcript import TranscriptLine
from followup_mail.language.beginnings import OWN_WORDS, Asking, Beginning, Shape, asking_for
from followup_mail.language.known_facts import known_for
from followup_mail.language.known_words import Known
from followup_mail.language.note_promises import read_promise
from followup_mail.language.promises import names_in_promise
from followup_mail.language.rejection_words import names_no_reason
from followup_mail.services.question_starts import (
    Start,
    start_moment,
    start_point,
    start_problem,
    start_reason,
    whole,
    words_of_deeds,
)

FOR_PEOPLE_MET: Final = Kind.THANK_YOU
"""The mail that sentences about a person are for."""
FOR_UNSAID: Final = Kind.ADDITIONAL_DETAIL
"""The mail that what was not said is for."""
OF_PERSON: Final = ("moment", "link", "offer")
_ANSWERING: Final = (Role.RECRUITER, Role.HIRING_MANAGER, Role.COORDINATOR)
_TOLD: Final = {
    Told.CALLED: "they called",
    Told.WROTE: "they wrote or texted",
    Told.IN_PERSON: "in person",
    Told.FORM_LETTER: "a form letter",
}


class OpenQuestion(Struct, frozen=True):
    """One question, with everything that is needed to ask it and to keep the answer."""

    key: str
    asks: str
    wants: str
    about: str
    """Whom or what it is about, as a heading: *Dale Krug*."""
    known: Known
    table: str = ""
    """The plain table that the answer goes to; empty for the top of the file."""
    place: Place = ()
    """The table of a list that the answer goes to, such as one person."""
    beginnings: tuple[Beginning, ...] = ()
    """Empty: the answer is a choice, or a note."""
    choices: tuple[tuple[str, str], ...] = ()
    """Values to choose from, each with its words."""
    find_starts: Callable[[], tuple[Start, ...]] = tuple
    """Called once somebody is shown the question: reading notes closely takes a dictionary."""
    find_deeds: Callable[[], tuple[str, ...]] = tuple
    endings: tuple[str, ...] = ()
    """What can be taken for the optional gap at the end."""
    current: str = ""
    reminders: tuple[str, ...] = ()
    """Notes on them, as they were jotted."""
    own_notes: tuple[str, ...] = ()
    """Notes on the candidate."""
    nudge: str = ""
    told: tuple[str, ...] = ()
    """What the candidate tells of themselves in the thank-yous: an answer that says it again is remarked on."""
    asked_by: str = ""
    """The writing model that asks; its answer is one more note."""

    from_text: tuple[TranscriptLine, ...] = ()
    """Sentences of a transcript that fit: shown, and taken only by the user."""
    option: str = ""
    """The option of `change` that keeps the answer, where that is how it is kept."""

    @property
    def starts(self) -> tuple[Start, ...]:
        """Sentences to take, whole or with a gap still to fill: the notes begin them."""
        return self.find_starts()

    @property
    def deeds(self) -> tuple[str, ...]:
        """What the candidate did, as it follows *I*."""
        return self.find_deeds()

    @property
    def ready(self) -> tuple[str, ...]:
        """Whole sentences to take."""
        return tuple(start.sentence for start in self.starts if start.beginning is OWN_WORDS)

    @property
    def takes_several(self) -> bool:
        """Tell whether more than one answer can be kept."""
        return self.option not in {"", "quote", "decision_by"}

    def makes_moot(self, other: OpenQuestion) -> bool:
        """Tell whether the answer to this one leaves nothing to ask there: no reason was given, so none is granted."""
        return (self.key, other.key) == ("reason", "understood") and names_no_reason(self.current)


def open_questions(
    application: Application, now: datetime, kind: Kind | None = None, to: str = "", *, again: bool = False
) -> tuple[OpenQuestion, ...]:
    """Return what has not been answered yet, for one kind of mail and one person or for all; ``again``: everything."""
    found = _questions(application, now, kind, to)
    return tuple(question for question in found if again or not question.current)


def words_for_gap(question: OpenQuestion, beginning: Beginning, number: int) -> tuple[str, ...]:
    """Return the words that can be taken for one gap: a deed of the candidate's, or an ending for the last."""
    gap = beginning.gaps[number]
    if gap.optional and number == len(beginning.gaps) - 1:
        return question.endings
    return question.deeds if gap.shape is Shape.DID else ()


def next_mail(application: Application) -> Kind:
    """Return the mail that most answers go into: the thank-you, or after a no the answer to it."""
    return Kind.REJECTION_THANKS if application.outcome.status is Status.REJECTED else FOR_PEOPLE_MET


def asks_about_people(application: Application, kind: Kind | None) -> bool:
    """Tell whether the people met are asked about: for their thank-you, or for everything while nobody said no."""
    is_over = application.outcome.status is Status.REJECTED
    return kind is FOR_PEOPLE_MET or (kind is None and not is_over)


def _questions(application: Application, now: datetime, kind: Kind | None, to: str) -> Iterator[OpenQuestion]:
    is_over = application.outcome.status is Status.REJECTED
    if asks_about_people(application, kind):
        yield from _about_people(application, now, to)
        yield from _about_promises(application)
    if kind in {None, Kind.ADDITIONAL_DETAIL} and not (kind is None and is_over) and not (kind is None and to):
        yield from _about_unsaid(application)
    if kind is Kind.STATUS_INQUIRY:
        yield from _about_asking(application)
    if kind is Kind.REJECTION_THANKS or (kind is None and is_over):
        yield from _about_rejection(application)


def met_people(application: Application, now: datetime, to: str = "") -> tuple[tuple[Place, Person], ...]:
    """Return the people of the latest round, each once, with the place of their entry."""
    latest = application.latest_round(now) or max((interview.round for interview in application.interviews), default=0)
    found: list[tuple[Place, Person]] = []
    for number, interview in enumerate(application.interviews):
        for at, person in enumerate(interview.people if interview.round == latest else ()):
            found = [(place, other) for place, other in found if not is_same_person(person, other)]
            found.append((("interviews", number, "people", at), person))
    wanted = to.strip().casefold()
    return tuple((place, person) for place, person in found if _is_meant(person, wanted))


def _is_meant(person: Person, wanted: str) -> bool:
    return wanted in person.name.casefold() or wanted == (person.email or "").casefold() or wanted == person.key


def _about_people(application: Application, now: datetime, to: str) -> Iterator[OpenQuestion]:
    for number, (place, person) in enumerate(met_people(application, now, to)):
        known = known_for(application, person)
        about_them = tuple(filter(None, (person.convinced, *person.discussed)))
        about_me = (*application.fit, *application.not_mentioned)
        for key in OF_PERSON:
            asking = asking_for(key).for_person(number)
            yield _ask(
                asking,
                person.name,
                known,
                place=place,
                current=getattr(person, key),
                starts=partial(_start_about, asking, person, known),
                find_deeds=cache(partial(words_of_deeds, application.fit, known)) if key == "link" else tuple,
                # What somebody could offer comes from both: what they need, and what one can do.
                reminders=(*about_them, *about_me) if key == "offer" else about_them,
                # What the candidate did belongs into the link; the moment is about the other one.
                own_notes=application.fit if key == "link" else (),
            )


def _start_about(asking: Asking, person: Person, known: Known) -> tuple[Start, ...]:
    """Return the sentences that notes begin about one person."""
    if asking.key == "moment":
        return start_moment(asking, person.convinced, person.discussed, known)
    return start_problem(asking, person.discussed, known) if asking.key == "link" else ()


def _start_unsaid(told: Sequence[str], theirs: Sequence[str], known: Known) -> tuple[Start, ...]:
    """Return the problems that were typed for somebody already, and those of the notes."""
    return (*map(whole, told), *start_problem(asking_for("problem"), theirs, known))


def _about_promises(application: Application) -> Iterator[OpenQuestion]:
    known = known_for(application)
    names = tuple(person.name for person in application.everyone())
    choices = (*((name, name) for name in names), (EVERYBODY, "all of them"))
    for number, promise in enumerate(application.promised):
        place: Place = ("promised", number)
        about = f"Your promise: {promise.what}"
        read = read_promise(promise.what, known.names)
        if len(names) > 1 and not names_in_promise(promise, names):
            asks = "Whom did you promise it to?"
            yield OpenQuestion("to", asks, "a name", about, known, place=place, choices=choices, current=promise.to)
        if not (promise.file or read.says):
            yield _ask(asking_for("says"), about, known, place=place, current=promise.says, reminders=(promise.what,))


def _about_unsaid(application: Application) -> Iterator[OpenQuestion]:
    known, unsaid = known_for(application), application.unsaid
    about = "What you did not get to say"
    links = tuple(person.link for person in application.everyone() if person.link)
    told = tuple(dict.fromkeys(f"{link.split('. ')[0]}." for link in links if ". " in link))
    notes = application.not_mentioned
    reader = _reader_of_unsaid(application)
    # "You told me" goes to one person, and what a colleague told is not theirs.
    theirs = tuple(filter(None, (*reader.discussed, reader.convinced))) if reader else ()
    # The point first: whoever knows what they want to say finds the problem it helps with.
    yield _ask(
        asking_for("point"),
        about,
        known,
        table="unsaid",
        current=unsaid.point,
        reminders=notes,
        own_notes=notes,
        told=tuple(map(own_part, links)),
        starts=partial(start_point, asking_for("point"), notes, known),
    )
    starts = partial(_start_unsaid, told, theirs, known)
    yield _ask(
        asking_for("problem"), about, known, table="unsaid", current=unsaid.problem, starts=starts, reminders=theirs
    )
    mine = (*notes, *application.fit)
    yield _ask(asking_for("use"), about, known, table="unsaid", current=unsaid.use, reminders=mine)
    yield _ask(asking_for("why_them"), application.company, known, current=application.why_them)


def _reader_of_unsaid(application: Application) -> Person | None:
    """Return who the second note will go to, as the plan chooses of the last round: by role, else who told the next
    steps, else the first.
    """
    last = max((interview.round for interview in application.interviews), default=0)
    met = [person for interview in application.interviews if interview.round == last for person in interview.people]
    near = [*application.contacts, *met]
    by_role = (person for role in _ANSWERING for person in near if person.role is role)
    told = application.teller()
    tellers = (person for person in near if told and is_same_person(person, told))
    return next(by_role, None) or next(tellers, None) or next(iter(met), None)


def _about_asking(application: Application) -> Iterator[OpenQuestion]:
    people = tuple((person.name, person.name) for person in application.everyone())
    if len(people) > 1:
        asks = "Whom did they tell you to ask?"
        reminders = tuple(filter(None, (application.said.quote,)))
        yield OpenQuestion(
            "ask", asks, "Enter leaves it out", application.company, known_for(application), "said",
            choices=people, current=application.said.ask, reminders=reminders,
        )  # fmt: skip


def _about_rejection(application: Application) -> Iterator[OpenQuestion]:
    known, outcome, about = known_for(application), application.outcome, f"The answer of {application.company}"
    choices = tuple((str(told), words) for told, words in _TOLD.items())
    current = str(outcome.told or "")
    yield OpenQuestion("told", "How did they tell you?", "", about, known, "outcome", choices=choices, current=current)
    asks, wants = "Did they give a reason?", "a note for yourself, as you jot it"
    yield OpenQuestion("reason", asks, wants, about, known, "outcome", current=outcome.reason)
    is_without = names_no_reason(outcome.reason)
    reminders = (outcome.reason,) if outcome.reason and not is_without else ()
    for key in ("onward", "parting") if is_without else ("understood", "onward", "parting"):
        shown = _notes_on_them(application) if key == "parting" else reminders
        starts = partial(start_reason, outcome.reason, known) if key == "understood" else tuple
        current = getattr(outcome, key)
        yield _ask(asking_for(key), about, known, table="outcome", current=current, reminders=shown, starts=starts)


def _notes_on_them(application: Application) -> tuple[str, ...]:
    return tuple(note for person in application.everyone() for note in (*person.discussed, person.convinced) if note)


def _ask(
    asking: Asking, about: str, known: Known, *, starts: Callable[[], tuple[Start, ...]] = tuple, **more: object
) -> OpenQuestion:
    return OpenQuestion(
        asking.key, asking.asks, asking.wants, about, known,
        find_starts=cache(lambda: (*starts(), *map(whole, asking.ready))), endings=asking.endings,
        beginnings=asking.beginnings, nudge=asking.nudge, **more,  # type: ignore[arg-type]
    )  # fmt: skip
