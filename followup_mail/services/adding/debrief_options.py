"""Read a debrief from options, or from the fields of a form: every answer is read by its own reader."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final

from msgspec.structs import asdict

from followup_mail.errors import FollowupError, OptionsError
from followup_mail.facts import pasted_people
from followup_mail.facts.addressees import is_meant
from followup_mail.facts.debrief import Answers, MetPerson
from followup_mail.facts.looks_like import is_job_title, is_part_played, is_phone, looks_like, without_honorific
from followup_mail.facts.pasted import read_lone_address, read_pasted
from followup_mail.facts.pasted_people import PastedPeople, PastedPerson
from followup_mail.facts.questions import OF_PERSON, QUESTIONS, Question
from followup_mail.facts.said_moments import read_moment_said
from followup_mail.facts.said_person import MAILBOX, is_said, refuse_unclear
from followup_mail.facts.said_places import Place, read_place_said, read_zone_said
from followup_mail.facts.said_readings import AmbiguousError, Side, says_nothing
from followup_mail.facts.terms import Role
from followup_mail.facts.unfit_values import UnfitError, quoted
from followup_mail.services.adding.told_people import left_out, own_marks
from followup_mail.services.typed.change_table import say_option
from followup_mail.services.typed.days_asked import DAYS, read_day_answer
from followup_mail.services.typed.home_country import home_country, read_as_written
from followup_mail.services.typed.interview_length import length_of_new
from followup_mail.services.typed.said_options import ambiguous_option
from followup_mail.workspace import Workspace

OPTION_NAMES: Final = {"time_zone": "zone", "format": "format_"}
"""The option for each field whose name is another."""
PERSON_QUESTIONS: Final = tuple(question for question in QUESTIONS if question.field.startswith("people."))
_NOT_NEEDED: Final = frozenset({"time_zone", "duration"})
"""What is assumed where no option says it."""
TOPICS: Final = ("discussed", "convinced", "moment", "link", "offer")
"""The options for notes, each about one person or everybody."""
OTHER_QUESTIONS: Final = tuple(question for question in QUESTIONS if question not in PERSON_QUESTIONS)


def has_answers(given: Mapping[str, Any]) -> bool:
    """Return whether anything was told by options."""
    fields = (question.field for question in OTHER_QUESTIONS)
    return bool(any(given.get(OPTION_NAMES.get(field, field)) for field in fields) or given.get("person"))


def read_options(workspace: Workspace, given: Mapping[str, Any], tell: Callable[[str], object]) -> Answers:
    """Return the answers that options give; ``tell`` is called with what was guessed.

    Raises ``OptionsError`` with every option that cannot be read.
    """
    answers: dict[str, Any] = {}
    problems: list[str] = []
    asked: list[AmbiguousError] = []
    for question in OTHER_QUESTIONS:
        name = OPTION_NAMES.get(question.field, question.field)
        told = given.get(name) or ()
        texts = [told] if isinstance(told, str) else [text for text in told if not says_nothing(text)]
        try:
            if texts:
                where = Place(answers.get("time_zone") or workspace.own_zone.key)
                answers[question.field] = read_answer(workspace, question, texts, where)
            elif question.required and question.field not in _NOT_NEEDED and (question.needs or "company") in answers:
                problems.append(f"--{say_option(name)} is missing")
        except ValueError as error:
            problems.append(f"--{say_option(name)}: {error}")
            asked += [error] if isinstance(error, AmbiguousError) else []
    problems += _add_length(answers, str(given.get("start") or ""), tell)
    try:
        answers["people"] = read_people(workspace, given, tell)
    except ValueError as error:
        problems.append(str(error))
    if cadence := str(given.get("cadence") or ""):
        try:
            answers["cadence"] = workspace.cadence(cadence).name
        except FollowupError as error:
            problems.append(f"--cadence: {error.in_full}")
    if not given.get("company"):
        problems.append("--company is missing")
    _refuse(problems, asked)
    country = _country_told(workspace, str(given.get("zone") or ""))
    return Answers(**{"time_zone": workspace.own_zone.key, **country, **answers})


def _add_length(answers: dict[str, Any], start: str, tell: Callable[[str], object]) -> list[str]:
    """Put in how long the interview took; return what is wrong with it."""
    try:
        if answers.get("start"):
            answers["duration"] = length_of_new(start, answers.get("duration"), tell)
    except UnfitError as error:
        return [f"--start: {error}"]
    return []


_NO_NAMES: Final = ("an address", "a telephone number", "a link", "a time")
_WRONG_KINDS: Final = {"company": _NO_NAMES, "role": _NO_NAMES, "promised": ("an address", "a day", "a time")}
_WANTED: Final = {"company": "the company", "role": "the role", "promised": "what you promised to send"}


def _country_told(workspace: Workspace, zone: str) -> dict[str, str]:
    """Return the country of the place that was named, also by its zone; the user's own where none was."""
    home = home_country(workspace)
    return {"country": read_place_said(zone, home).country if zone else home}


def _refuse(problems: list[str], asked: list[AmbiguousError]) -> None:
    """Raise the error for the problems, if any: one that can be asked about when they are all questions."""
    fix = "Nothing was written. See `followup-mail add --help`."
    if problems and len(asked) == len(problems):
        raise ambiguous_option(asked[0], "\n".join(problems), fix)
    if problems:
        raise OptionsError("\n".join(problems), fix=fix)


def read_answer(workspace: Workspace, question: Question, texts: list[str], where: Place) -> Any:
    """Read the answer to one question, or several where it takes many. Raises ``ValueError``.

    ``where`` is what is known of where they are.
    """
    if question.field == "time_zone":
        return read_zone_said(texts[0], where.country or home_country(workspace))
    if question.field == "start":
        return read_as_written(
            workspace,
            lambda text: read_moment_said(text, workspace.now().date(), Side.INTERVIEW, where.zone),
            texts[0],
            where,
        )
    if question.field in DAYS:
        return read_day_answer(workspace, question, texts[0], where)
    wrong = _WRONG_KINDS.get(question.field, ())
    for text in texts if wrong else ():
        if (kind := looks_like(text)) in wrong:
            raise UnfitError(f"{quoted(text)} looks like {kind}", f"write {_WANTED[question.field]} here")
    read = tuple(question.read(text, workspace.now().date()) for text in texts)
    return read if question.many else read[0]


def read_people(workspace: Workspace, given: Mapping[str, Any], tell: Callable[[str], object]) -> tuple[MetPerson, ...]:
    """Return the people that options name, with what was talked about. Raises ``ValueError``."""
    try:
        people = [read_person(workspace, text, tell) for text in given.get("person") or ()]
    except ValueError as error:
        raise ValueError(f"--person: {error}") from None
    return with_topics([MetPerson(**person) for person in people], given)


def with_topics(people: Iterable[MetPerson], given: Mapping[str, Any]) -> tuple[MetPerson, ...]:
    """Return people with what the options for notes say of them. Raises ``ValueError``."""
    named = [asdict(person) for person in people]
    for field in TOPICS:
        for text in given.get(field) or ():
            named = _add_topic(named, field, text)
    return tuple(MetPerson(**person) for person in named)


def read_person(workspace: Workspace, text: str, tell: Callable[[str], object]) -> dict[str, Any]:
    """Read "Priya Raman <priya@x.example>; Head of Data; hiring manager", or somebody as pasted anywhere else."""
    # Only what is written for this option has its parts between semicolons.
    is_pasted = "\n" in text.strip() or len(MAILBOX.findall(text)) > 1
    head, *rest = [text.strip()] if is_pasted else [part.strip() for part in text.split(";")]
    head = _with_address(head, rest)
    pasted_people.refuse_misplaced(head, "")
    person = _read_head(head, own_marks(workspace), tell)
    named = {part: value for part in ("name", "title", "role", "email", "phone") if (value := getattr(person, part))}
    parts = _told_behind(text, rest)
    _refuse_misplaced(person.name, parts.get("title", ""))
    readers = {question.field.removeprefix("people."): question for question in PERSON_QUESTIONS}
    today = workspace.now().date()
    return named | {field: readers[field].read(value, today) for field, value in parts.items()}


def _with_address(head: str, rest: list[str]) -> str:
    """Return the name with an address that stands alone among the other parts, and take it out of them."""
    for part, email in [(part, email) for part in rest if (email := read_lone_address(part))]:
        _take_out(rest, part)
        head = f"{head} <{email}>"
    return head


def _told_behind(text: str, rest: list[str]) -> dict[str, str]:
    """Return title, part played and telephone number among the parts behind a name, which may come in any order."""
    if len(rest) > 3:
        raise ValueError(f"'{text}' has more parts than name <address>; title; role; phone")
    told: dict[str, str] = {}
    for part in filter(None, rest):
        kind = "phone" if is_phone(part) else "role" if is_part_played(part) else "title"
        # A second one that is neither number nor part is refused by the reader of a part.
        told["role" if kind in told else kind] = part
    return told


def _read_head(head: str, own: frozenset[str], tell: Callable[[str], object]) -> PastedPerson:
    """Return who is meant, by the reader of everything that is pasted; what is guessed or left out is told."""
    try:
        read = pasted_people.read_people(head, own=own)
    except UnfitError:
        if is_said(head):
            raise
        read = PastedPeople(())
    if len(read.people) > 1 and (is_said(head) or not _is_family_first(head)):
        names = tuple(dict.fromkeys(person.name for person in read.people))
        wrong = f"{quoted(' '.join(head.split()))} names {len(names)} people ({', '.join(names)})"
        raise UnfitError(wrong, "give --person for each of them")
    if len(read.people) != 1:
        pasted = read_pasted(head)
        read = PastedPeople(
            (PastedPerson(pasted.name, email=pasted.email),), told=(pasted.told,) if pasted.told else ()
        )
    pasted_people.refuse_mailbox(read.people[0])
    if pasted_people.is_own(read.people[0], own):
        raise UnfitError(f"{quoted(head)} is you", "write whom you met")
    for told in (*left_out(read.left_out), *read.told):
        tell(told)
    return read.people[0]


def _is_family_first(head: str) -> bool:
    """Return whether two names with a comma are one person, as directories write them: "Raman Menon, Priya"."""
    return head.count(",") == 1 and len(head.partition(",")[2].partition("<")[0].split()) == 1


def _refuse_misplaced(name: str, title: str) -> None:
    """Raise ``UnfitError`` for a title or a telephone number as a name, and for a number or a day as a title."""
    refuse_unclear(name)
    if kind := "a job title" if is_job_title(without_honorific(name)) and len(name.split()) > 2 else looks_like(name):
        raise UnfitError(f"{quoted(name)} looks like {kind}", f'write the name first: "Priya Raman; {name}"')
    if (kind := looks_like(title)) and kind != "an address":
        raise UnfitError(f"{quoted(title)} looks like {kind}", "after the name come title; role; phone")
    pasted_people.refuse_misplaced(name, title)


def _take_out(rest: list[str], part: str) -> None:
    """Take a part out; its place stays when the title's is what it took, and the role follows."""
    at = rest.index(part)
    follows = rest[at + 1 : at + 2]
    rest[at : at + 1] = [""] if at == 0 and follows and follows[0].casefold() in [*Role] else []


def _add_topic(people: list[dict[str, Any]], field: str, text: str) -> list[dict[str, Any]]:
    """Add what was talked about to the person named before the colon; to everybody without a colon."""
    who, colon, what = text.partition(":")
    is_sentence = field in OF_PERSON
    if is_sentence and len(people) == 1 and who.strip().casefold() not in people[0]["name"].casefold():
        return [_with_topic(people[0], field, text.strip())]
    if is_sentence and not colon:
        raise ValueError(f"--{field}: whom is '{text}' for? Write \"PERSON: ...\"")
    if not colon:
        return [_with_topic(person, field, text.strip()) for person in people]
    wanted = who.strip().casefold()
    near = [person for person in people if wanted and wanted in person["name"].casefold()]
    near = near or [person for person in people if is_meant(who, person["name"])]
    meant = [person for person in people if person["name"].casefold() == wanted] or near
    if len(meant) > 1:
        raise ValueError(f"--{field}: '{who}' could be {', '.join(person['name'] for person in meant)}")
    if not meant:
        # A slip in a name must not become a topic that everybody is thanked for.
        names = ", ".join(person["name"] for person in people) or "nobody"
        raise ValueError(f"--{field}: '{who}' is none of those named with --person ({names})")
    return [_with_topic(person, field, what.strip()) if person is meant[0] else person for person in people]


def _with_topic(person: dict[str, Any], field: str, said: str) -> dict[str, Any]:
    return {**person, field: (*person.get(field, ()), said) if field == "discussed" else said}
