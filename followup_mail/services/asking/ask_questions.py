"""Which sentences an application still lacks, in the order in which people remember, and where each answer is kept."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime, timedelta
from functools import cache, partial
from typing import Final

from msgspec.structs import replace

from followup_mail.cadence.kinds import Kind
from followup_mail.drafts.filters import in_words
from followup_mail.facts.addressees import EVERYBODY, is_meant
from followup_mail.facts.application import Application, is_same_person
from followup_mail.facts.overlap import own_part
from followup_mail.facts.people import Person, is_go_between, place_among
from followup_mail.facts.questions import OF_PERSON
from followup_mail.facts.rewrite_listed import Place
from followup_mail.facts.terms import Status, Told
from followup_mail.language.beginnings import Asking, asking_for
from followup_mail.language.known_facts import known_for
from followup_mail.language.known_words import Known
from followup_mail.language.note_promises import read_promise
from followup_mail.language.private_notes import is_private
from followup_mail.language.promises import name_promise, names_in_promise, promises_to, without_recipient
from followup_mail.language.rejection_words import names_no_reason
from followup_mail.services.asking.mail_readers import answer_reader, follow_up_reader
from followup_mail.services.asking.open_question import OpenQuestion
from followup_mail.services.asking.question_starts import (
    Start,
    start_also,
    start_moment,
    start_name,
    start_point,
    start_problem,
    start_reason,
    untold,
    whole,
    words_of_deeds,
)

FOR_PEOPLE_MET: Final = Kind.THANK_YOU
"""The mail that sentences about a person are for."""
FOR_UNSAID: Final = Kind.ADDITIONAL_DETAIL
"""The mail that what was not said is for."""
_NAMES: Final = {Kind.REJECTION_THANKS: "Answer"}
"""What a mail is called where its reader follows, and the name of its kind does not go with it."""
_STILL_IN_TIME: Final = timedelta(days=5)
"""How long after an earlier round its people are asked about without being named: as long as a thank-you may wait."""
_MOST_OTHERS: Final = 2
"""How many colleagues of the reader a problem can be told of."""
_TOLD: Final = {
    Told.CALLED: "they called",
    Told.WROTE: "they wrote or texted",
    Told.IN_PERSON: "in person",
    Told.FORM_LETTER: "a form letter",
}


def open_questions(
    application: Application, now: datetime, kind: Kind | None = None, to: str = "", *, again: bool = False
) -> tuple[OpenQuestion, ...]:
    """Return what has not been answered yet, for one kind of mail and one person or for all; ``again``: everything.

    Asked for the thank-yous, or for one person, the people of earlier rounds are asked about, too.
    """
    found = _questions(application, now, kind, to)
    asked = (question for question in found if again or not question.current)
    stood_by = application.as_they_are
    return tuple(replace(question, is_right=True) if question.current in stood_by else question for question in asked)


def next_mail(application: Application) -> Kind:
    """Return the mail that most answers go into: the thank-you, or after a no the answer to it."""
    return Kind.REJECTION_THANKS if application.outcome.status is Status.REJECTED else FOR_PEOPLE_MET


def asks_about_people(application: Application, kind: Kind | None) -> bool:
    """Return whether the people met are asked about: for their thank-you, or for everything while nobody said no."""
    is_over = application.outcome.status is Status.REJECTED
    return kind is FOR_PEOPLE_MET or (kind is None and not is_over)


def _questions(application: Application, now: datetime, kind: Kind | None, to: str) -> Iterator[OpenQuestion]:
    is_over = application.outcome.status is Status.REJECTED
    if asks_about_people(application, kind):
        yield from _about_people(application, people_to_thank(application, now, kind, to))
        yield from _about_promises(application)
    if kind in {None, Kind.ADDITIONAL_DETAIL} and not (kind is None and is_over) and not (kind is None and to):
        yield from _about_unsaid(application, to)
    if kind is Kind.STATUS_INQUIRY:
        yield from _about_asking(application)
    if kind is Kind.REJECTION_THANKS or (kind is None and is_over):
        yield from _about_rejection(application)


def people_to_thank(
    application: Application, now: datetime, kind: Kind | None = None, to: str = ""
) -> tuple[tuple[Place, Person], ...]:
    """Return the people of the latest round, and of those before it whom a thank-you still reaches in time, each once
    with the place of their entry. Everybody, the latest round first, for one kind of mail; or whoever ``to`` names.
    """
    latest = application.latest_round(now) or max((interview.round for interview in application.interviews), default=0)
    asked = kind is FOR_PEOPLE_MET or bool(to.strip())
    found: list[tuple[Place, Person]] = []
    for number, interview in sorted(enumerate(application.interviews), key=lambda one: -one[1].round):
        is_wanted = interview.round == latest or (asked and interview.round < latest)
        if is_wanted or (interview.round < latest and now - interview.end <= _STILL_IN_TIME):
            for at, person in enumerate(interview.people):
                if not any(is_same_person(person, other) for _, other in found):
                    found.append((("interviews", number, "people", at), person))
    wanted = to.strip().casefold()
    return tuple((place, person) for place, person in found if _is_meant(person, wanted))


def _is_meant(person: Person, wanted: str) -> bool:
    is_exact = wanted in person.name.casefold() or wanted in {(person.email or "").casefold(), person.key}
    return is_exact or is_meant(wanted, person.name)


def _about_people(application: Application, people: Sequence[tuple[Place, Person]]) -> Iterator[OpenQuestion]:
    everyone = application.everyone()
    for place, person in people:
        number = place_among(everyone, person)
        known = known_for(application, person)
        about_them = _to_show(person)
        about_me = (*application.fit, *application.not_mentioned)
        for key in OF_PERSON:
            asking = _beside_files(application, person, _as_to(person, asking_for(key).for_person(number)))
            yield _ask(
                asking,
                person.name,
                known,
                goes_into=_say_mail(FOR_PEOPLE_MET, person),
                place=place,
                current=getattr(person, key),
                starts=partial(_start_about, asking, person, known),
                find_deeds=cache(partial(words_of_deeds, application.fit, known)) if key == "link" else tuple,
                # What somebody could offer comes from both: what they need, and what one can do.
                reminders=(*about_them, *about_me) if key == "offer" else about_them,
                # What the candidate did belongs into the link; the moment is about the other one.
                own_notes=application.fit if key == "link" else (),
            )


def _as_to(person: Person, asking: Asking) -> Asking:
    """Return a question as it is asked about whoever arranges: they tell the terms, and want to know that they suit."""
    if asking.key != "offer" or not is_go_between(person):
        return asking
    *others, suits = asking.beginnings
    asks = "Which of their terms suits you, or what would you like to ask?"
    return replace(
        asking, asks=asks, wants="shifts, pay, place, notice: what they want to know", beginnings=(suits, *others)
    )


def _beside_files(application: Application, person: Person, asking: Asking) -> Asking:
    """Return what could be offered with a word on what goes along anyway, so that nobody offers it again."""
    files = [kept.thing for kept in promises_to(application, person) if kept.promise.file and kept.thing]
    if asking.key != "offer" or not files:
        return asking
    return replace(asking, wants=f"{asking.wants}; {in_words(files)} goes along anyway")


def _say_mail(kind: Kind, reader: Person | None) -> str:
    name = _NAMES.get(kind, kind.traits.in_heading)
    return f"{name} to {reader.name}" if reader else name


def _to_show(person: Person) -> tuple[str, ...]:
    """Return the notes on a person that may be seen beside a question; what is private has no place in an answer."""
    return tuple(note for note in (person.convinced, *person.discussed) if note and not is_private(note))


def _start_about(asking: Asking, person: Person, known: Known) -> tuple[Start, ...]:
    """Return the sentences that notes begin about one person; what one sentence of a mail says, no other says again."""
    if asking.key == "moment":
        told = (person.link,) if person.link else ()
        return untold(start_moment(asking, person.convinced, person.discussed, known), told)
    told = (person.moment,) if person.moment else ()
    return untold(start_problem(asking, person.discussed, known), told) if asking.key == "link" else ()


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
        if len(names) > 1 and not names_in_promise(promise, application.everyone()):
            asks = "Whom did you promise it to?"
            yield OpenQuestion("to", asks, "a name", about, known, place=place, choices=choices, current=promise.to)
        if promise.file and not name_promise(promise, known.names):
            starts = partial(start_name, without_recipient(promise.what), known)
            yield _ask(asking_for("what"), about, known, place=place, reminders=(promise.what,), starts=starts)
        if not (promise.file or read.says):
            yield _ask(asking_for("says"), about, known, place=place, current=promise.says, reminders=(promise.what,))


def _about_unsaid(application: Application, to: str) -> Iterator[OpenQuestion]:
    known, unsaid, notes = known_for(application), application.unsaid, application.not_mentioned
    named = (person for person in application.everyone() if to.strip() and _is_meant(person, to.strip().casefold()))
    reader = next(named, None) or follow_up_reader(application)
    # "You told me" goes to one person, and what a colleague told is not theirs.
    theirs = _to_show(reader) if reader else ()
    problems = tuple(f"{told}." for told, _, more in [(reader.link if reader else "").partition(". ")] if more)
    told = (own_part(reader.link),) if reader and reader.link else ()
    ask = partial(_ask, about="What you did not get to say", known=known, table="unsaid",
                  goes_into=_say_mail(FOR_UNSAID, reader))  # fmt: skip
    # The point first: whoever knows what they want to say finds the problem it helps with.
    yield ask(
        asking_for("point"),
        current=unsaid.point,
        reminders=notes,
        own_notes=notes,
        told=told,
        starts=partial(start_point, asking_for("point"), notes, known, told),
    )
    starts = partial(_start_unsaid, problems, theirs, known)
    others = [person.greeting_name for person in _others_with_notes(application, reader)]
    problem = asking_for("problem").told_by(others)
    yield ask(problem, current=unsaid.problem, starts=starts, reminders=theirs)
    yield ask(asking_for("use"), current=unsaid.use, reminders=(*notes, *application.fit))
    yield from _about_second_point(application, ask, known)
    yield ask(asking_for("why_them"), about=application.company, table="", current=application.why_them)


def _about_second_point(
    application: Application, ask: Callable[..., OpenQuestion], known: Known
) -> Iterator[OpenQuestion]:
    """Ask for a second thing, which is optional, where the notes have more than one."""
    unsaid, notes = application.unsaid, application.not_mentioned
    if len(notes) > 1 or unsaid.also:
        also = asking_for("also")
        starts = partial(start_also, also, notes, known, (unsaid.point,) if unsaid.point else ())
        yield ask(also, current=unsaid.also, reminders=notes, starts=starts)


def _others_with_notes(application: Application, reader: Person | None) -> tuple[Person, ...]:
    others = (person for person in application.everyone() if not (reader and is_same_person(person, reader)))
    return tuple(person for person in others if _to_show(person))[:_MOST_OTHERS]


def _about_asking(application: Application) -> Iterator[OpenQuestion]:
    people = tuple((person.name, person.name) for person in application.everyone())
    if len(people) > 1:
        asks = "Whom did they tell you to ask?"
        reminders = tuple(filter(None, (application.said.quote,)))
        yield OpenQuestion(
            "ask", asks, "Enter leaves it out", application.company, known_for(application), table="said",
            choices=people, current=application.said.ask, reminders=reminders,
        )  # fmt: skip


def _about_rejection(application: Application) -> Iterator[OpenQuestion]:
    outcome, reader = application.outcome, answer_reader(application)
    known = known_for(application, reader) if reader else known_for(application)
    about, mail = f"The answer of {application.company}", _say_mail(Kind.REJECTION_THANKS, reader)
    choices = tuple((str(told), words) for told, words in _TOLD.items())
    current = str(outcome.told or "")
    ask = partial(OpenQuestion, about=about, known=known, goes_into=mail, table="outcome")
    yield ask("told", "How did they tell you?", "", choices=choices, current=current)
    wants = "a note for yourself; leave it out if they gave none"
    yield ask("reason", "Which reason did they give?", wants, current=outcome.reason)
    is_without = names_no_reason(outcome.reason)
    reminders = (outcome.reason,) if outcome.reason and not is_without else ()
    theirs = _to_show(reader) if reader else ()
    for key in ("onward", "parting") if is_without else ("understood", "onward", "parting"):
        yield _ask(
            asking_for(key), about, known, goes_into=mail, table="outcome", current=getattr(outcome, key),
            reminders=theirs if key == "parting" else reminders,
            starts=partial(start_reason, outcome.reason, known) if key == "understood" else tuple,
        )  # fmt: skip


def _ask(
    asking: Asking, about: str, known: Known, *, starts: Callable[[], tuple[Start, ...]] = tuple, **more: object
) -> OpenQuestion:
    return OpenQuestion(
        asking.key, asking.asks, asking.wants, about, known,
        find_starts=cache(lambda: (*starts(), *map(whole, asking.ready))), endings=asking.endings,
        beginnings=asking.beginnings, nudge=asking.nudge, **more,  # type: ignore[arg-type]
    )  # fmt: skip
