"""Collect a debrief: from options, or question by question on the terminal. Every answer is read by its own reader."""

from __future__ import annotations

import sys
import tomllib
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any, NoReturn

from followup_mail.cli.terminal import screen
from followup_mail.errors import FactsError, FollowupError, OptionsError, RefusedError
from followup_mail.facts.debrief import Answers, MetPerson
from followup_mail.facts.pasted import read_lone_address, read_pasted
from followup_mail.facts.questions import QUESTIONS, Question
from followup_mail.facts.terms import Role
from followup_mail.workspace import Workspace

# The option for each field whose name is another.
_OPTIONS = {"time_zone": "zone", "format": "format_"}
_BYTES_LIMIT = 1024 * 1024
_PERSON = tuple(question for question in QUESTIONS if question.field.startswith("people."))
_WHOLE = tuple(question for question in QUESTIONS if question not in _PERSON)


def collect(workspace: Workspace, given: Mapping[str, Any]) -> Answers:
    """Return the answers: asked on a terminal when no option was given, read from the options otherwise.

    Raises ``OptionsError`` with every option that cannot be read.
    """
    told = any(given.get(_OPTIONS.get(q.field, q.field)) for q in _WHOLE) or given.get("person")
    if told:
        return _from_options(workspace, given)
    if screen.is_interactive():
        return ask_all(workspace)
    raise RefusedError(
        "There is no terminal to ask on, and nothing was given.", fix="Give --company and --role at least, or --file."
    )


def ask_all(workspace: Workspace) -> Answers:
    """Ask question by question. Ended early (Ctrl-D, Ctrl-C), what was told so far is kept."""
    screen.note("Write it down while it is fresh. Enter skips what you do not know; Ctrl-D ends")
    screen.note("and keeps what you told.")
    answers: dict[str, Any] = {}
    people: list[dict[str, Any]] = []
    try:
        for question in _WHOLE:
            if question.field == "fit":
                _ask_people(
                    workspace, people, "" if "start" in answers else "Is there somebody that you could write to?"
                )
            if not question.needs or question.needs in answers:
                _ask(workspace, question, answers)
    except (EOFError, KeyboardInterrupt):
        if "company" not in answers or "role" not in answers:
            raise
        screen.note("\nKept what you told so far.")
        if "start" in answers and "duration" not in answers:
            answers.pop("start")
            screen.note("Only the interview is left out: its length is missing.")
    answers.setdefault("time_zone", workspace.own_zone.key)
    return Answers(**answers, people=tuple(MetPerson(**one) for one in people))


def read_file(path: Path) -> str:
    """Return the text of a facts file made elsewhere; ``-`` is standard input."""
    try:
        with sys.stdin.buffer if str(path) == "-" else path.open("rb") as stream:
            content = stream.read(_BYTES_LIMIT + 1)
    except OSError as error:
        raise FactsError(f"{path} cannot be read: {error.strerror}.", fix="Name another file.") from None
    if len(content) > _BYTES_LIMIT:
        raise FactsError(f"{path} is too large for a facts file.", fix="Name another file.")
    try:
        return content.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError:
        raise FactsError(f"{path} is not UTF-8 text.", fix="Save it as UTF-8 in your editor.") from None


def peek(text: str) -> tuple[str, str]:
    """Return company and role of a text that may yet be wrong, to name it by."""
    try:
        found = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError):
        return "application", ""
    return str(found.get("company", "application")), str(found.get("role", ""))


def _from_options(workspace: Workspace, given: Mapping[str, Any]) -> Answers:
    answers: dict[str, Any] = {}
    problems: list[str] = []
    for question in _WHOLE:
        name = _OPTIONS.get(question.field, question.field)
        texts = given.get(name) or ([] if question.many else "")
        try:
            if texts:
                answers[question.field] = _read_all(workspace, question, texts if isinstance(texts, list) else [texts])
            elif question.required and question.field != "time_zone" and (question.needs or "company") in answers:
                problems.append(f"--{name.strip('_').replace('_', '-')} is missing")
        except ValueError as error:
            problems.append(f"--{name.strip('_').replace('_', '-')}: {error}")
    try:
        answers["people"] = _people(workspace, given)
    except ValueError as error:
        problems.append(str(error))
    if cadence := str(given.get("cadence") or ""):
        try:
            answers["cadence"] = workspace.cadence(cadence).name
        except FollowupError as error:
            problems.append(f"--cadence: {error.sentence} {error.fix}")
    if not given.get("company"):
        problems.append("--company is missing")
    if problems:
        raise OptionsError("\n".join(problems), fix="Nothing was written. See `followup-mail add --help`.")
    return Answers(**{"time_zone": workspace.own_zone.key, **answers})


def _people(workspace: Workspace, given: Mapping[str, Any]) -> tuple[MetPerson, ...]:
    try:
        people = [_read_person(workspace, text) for text in given.get("person") or ()]
    except ValueError as error:
        raise ValueError(f"--person: {error}") from None
    for field in ("discussed", "convinced"):
        for text in given.get(field) or ():
            people = _tell(people, field, text)
    return tuple(MetPerson(**one) for one in people)


def _read_person(workspace: Workspace, text: str) -> dict[str, Any]:
    """Read "Priya Raman <priya@x.example>; Head of Data; hiring manager"."""
    head, *rest = [part.strip() for part in text.split(";")]
    named = _read_name(head, rest)
    if len(rest) > 3:
        raise ValueError(f"'{text}' has more parts than name <address>; title; role; phone")
    parts = dict(zip(("title", "role", "phone"), rest, strict=False))
    readers = {question.field.removeprefix("people."): question for question in _PERSON}
    today = workspace.now().date()
    read = {field: readers[field].read(value, today) for field, value in parts.items() if value}
    return {**named, **read}


def _read_name(text: str, rest: list[str]) -> dict[str, Any]:
    """Return name and address of a person, as a mail program shows them; a guess is told.

    An address that stands alone among the other parts is the person's too, and is taken out of them.
    """
    addresses = [(part, email) for part in rest if (email := read_lone_address(part))]
    for part, email in addresses:
        _take_out(rest, part)
        text = f"{text} <{email}>"
    pasted = read_pasted(text)
    if pasted.guessed:
        screen.note(f"Took the name {pasted.name} from {pasted.email}: if it is another, correct it in the file.")
    return {"name": pasted.name, "email": pasted.email} if pasted.email else {"name": pasted.name}


def _take_out(rest: list[str], part: str) -> None:
    """Take a part out; its place stays when the title's is what it took, and the role follows."""
    at = rest.index(part)
    follows = rest[at + 1 : at + 2]
    rest[at : at + 1] = [""] if at == 0 and follows and follows[0].casefold() in [*Role] else []


_WHOM = replace(_PERSON[0], field="whom", read=lambda text, _today: _read_name(text, []))


def _tell(people: list[dict[str, Any]], field: str, text: str) -> list[dict[str, Any]]:
    """Add what was talked about to the person named before the colon; to everybody without a colon."""
    who, colon, what = text.partition(":")
    if not colon:
        return [_told(one, field, text.strip()) for one in people]
    wanted = who.strip().casefold()
    near = [one for one in people if wanted and wanted in one["name"].casefold()]
    meant = [one for one in people if one["name"].casefold() == wanted] or near
    if len(meant) > 1:
        raise ValueError(f"--{field}: '{who}' could be {', '.join(one['name'] for one in meant)}")
    if not meant:
        # A slip in a name must not become a topic that everybody is thanked for.
        names = ", ".join(one["name"] for one in people) or "nobody"
        raise ValueError(f"--{field}: '{who}' is none of those named with --person ({names})")
    return [_told(one, field, what.strip()) if one is meant[0] else one for one in people]


def _told(person: dict[str, Any], field: str, said: str) -> dict[str, Any]:
    return {**person, field: (*person.get(field, ()), said) if field == "discussed" else said}


def _ask_people(workspace: Workspace, people: list[dict[str, Any]], first: str) -> None:
    """Ask for one person after the other, and add each as soon as the name is told: nothing is lost at Ctrl-D."""
    while True:
        person: dict[str, Any] = {}
        _ask(workspace, _WHOM, person, "And whom else?" if people else first)
        if not person:
            return
        # Who pastes "Priya Raman <priya@x.example>" has told the address too.
        person |= person.pop("whom")
        people.append(person)
        for question in _PERSON[1:]:
            if question.field != "people.email" or "email" not in person:
                _ask(workspace, question, person)


def _ask(workspace: Workspace, question: Question, told: dict[str, Any], words: str = "") -> None:
    """Ask until the answer can be read, and add it to what was told; nothing when it is left out."""
    field = question.field.removeprefix("people.")
    default = workspace.own_zone.key if field == "time_zone" else ""
    while True:
        hint = f"Enter: {default}" if default else question.hint
        screen.note("Anything else?" if field in told else f"{words or question.ask} ({hint})")
        text = screen.ask("> ").strip() or default
        if not text and (field in told or not question.required):
            return
        try:
            value = _read_all(workspace, question, [text]) if text else _refuse_silence()
        except ValueError as error:
            screen.note(f"  {_as_sentence(str(error))}")
            continue
        if not question.many:
            told[field] = value
            return
        told[field] = (*told.get(field, ()), *value)


def _refuse_silence() -> NoReturn:
    raise ValueError("This one is needed: no mail can be written without it")


def _as_sentence(text: str) -> str:
    return text if text.endswith(("?", ".")) else f"{text}."


def _read_all(workspace: Workspace, question: Question, texts: list[str]) -> Any:
    read = tuple(question.read(text, workspace.now().date()) for text in texts)
    return read if question.many else read[0]
