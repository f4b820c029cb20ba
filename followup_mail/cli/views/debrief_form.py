"""Collect a debrief: from options, or question by question on the terminal. Every answer is read by its own reader."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from contextlib import nullcontext
from dataclasses import replace
from pathlib import Path
from typing import Any, NoReturn

from followup_mail.cli.terminal import screen
from followup_mail.errors import FactsError, RefusedError
from followup_mail.facts.debrief import Answers, MetPerson
from followup_mail.facts.questions import Question
from followup_mail.services.add_application import refuse_twin
from followup_mail.services.debrief_options import (
    OTHER_QUESTIONS,
    PERSON_QUESTIONS,
    has_answers,
    read_answer,
    read_name,
    read_options,
)
from followup_mail.workspace import Workspace

_BYTES_LIMIT = 1024 * 1024


def collect(workspace: Workspace, given: Mapping[str, Any]) -> Answers:
    """Return the answers: asked on a terminal when no option was given, read from the options otherwise.

    Raises ``OptionsError`` with every option that cannot be read.
    """
    if has_answers(given):
        return read_options(workspace, given, screen.note)
    if screen.is_interactive():
        return ask_all(workspace, has_name=bool(given.get("slug")))
    raise RefusedError(
        "There is no terminal to ask on, and nothing was given.", fix="Give --company and --role at least, or --file."
    )


def has_options(given: Mapping[str, Any]) -> bool:
    """Tell whether the answers were given by options."""
    return has_answers(given)


def ask_sentences(workspace: Workspace, slug: str) -> None:
    """Go on with the sentences that the mails are made of; whatever ends it, the facts file is there."""
    from followup_mail.cli.views.ask_form import ask_for_sentences, lead_through_text, questions_with_text
    from followup_mail.cli.views.model_view import ask_model, find_debrief

    if lead_through_text(workspace, slug) is None:
        return
    questions = questions_with_text(workspace, slug)
    if not questions:
        return
    screen.note()
    try:
        is_asked = screen.agree(
            "Written down. Now the sentences that make your mails yours; each can be skipped. Go on?"
        )
    except KeyboardInterrupt:
        is_asked = False
    if is_asked:
        ask_for_sentences(workspace, slug, questions, model=find_debrief(workspace, slug, ask_model(workspace)))
    else:
        screen.note(f"\nTo be asked later: followup-mail ask {slug}")


def ask_all(workspace: Workspace, *, has_name: bool = False) -> Answers:
    """Ask question by question. Ended early (Ctrl-D, Ctrl-C), what was told so far is kept.

    Unless it has a short name of its own already, a second application for one position is refused at once.
    """
    screen.note("Write it down while it is fresh. Enter skips what you do not know; Ctrl-D ends")
    screen.note("and keeps your answers so far.")
    answers: dict[str, Any] = {}
    people: list[dict[str, Any]] = []
    try:
        for question in OTHER_QUESTIONS:
            if question.field == "fit":
                _ask_people(
                    workspace, people, "" if "start" in answers else "Is there somebody that you could write to?"
                )
            if not question.needs or question.needs in answers:
                _ask(workspace, question, answers)
            if question.field == "role" and not has_name:
                refuse_twin(workspace, answers["company"], answers["role"])
    except (EOFError, KeyboardInterrupt):
        if "company" not in answers or "role" not in answers:
            raise
        screen.note("\nYour answers so far are kept.")
        if "start" in answers and "duration" not in answers:
            answers.pop("start")
            screen.note("Only the interview is left out: its length is missing.")
    answers.setdefault("time_zone", workspace.own_zone.key)
    return Answers(**answers, people=tuple(MetPerson(**person) for person in people))


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


def read_notes(path: Path) -> str:
    """Return the text of a transcript or of notes; ``-`` is standard input. Raises ``FactsError``."""
    from followup_mail.incoming.transcript_file import SIZE_LIMIT, decode_transcript

    name = "standard input" if str(path) == "-" else str(path)
    try:
        with nullcontext(sys.stdin.buffer) if str(path) == "-" else path.expanduser().open("rb") as stream:
            return decode_transcript(stream.read(SIZE_LIMIT + 1), name)
    except OSError as error:
        raise FactsError(f"{name} cannot be read: {error.strerror}.", fix="Name another file.") from None


def keep_notes(workspace: Workspace, slug: str, text: str) -> None:
    """Keep a transcript beside the facts, and say what becomes of it."""
    from followup_mail.services.kept_text import keep_text

    screen.note(f"Kept your notes in {keep_text(workspace, slug, text)}")
    if not screen.is_interactive():
        screen.note(f"Their sentences are shown at the questions of: followup-mail ask {slug}")


_WHOM = replace(PERSON_QUESTIONS[0], field="whom", read=lambda text, _today: read_name(text, [], screen.note))


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
        for question in PERSON_QUESTIONS[1:]:
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
            value = read_answer(workspace, question, [text]) if text else _refuse_silence()
        except ValueError as error:
            screen.note(f"  {_as_sentence(str(error))}")
            continue
        if not question.many:
            told[field] = value
            return
        told[field] = (*told.get(field, ()), *value)


def _refuse_silence() -> NoReturn:
    raise ValueError("This answer is needed: no mail can be written without it")


def _as_sentence(text: str) -> str:
    return text if text.endswith(("?", ".")) else f"{text}."
