"""What was asked before: our questions are offered once for each kind of mail before it is shown, and a writing model
asks once for each person and round.
"""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import Final

from followup_mail.cadence.kinds import Kind
from followup_mail.errors import FactsError
from followup_mail.facts.application import Application, Person
from followup_mail.facts.noted_lines import NotedLines
from followup_mail.facts.questions import OF_PERSON
from followup_mail.services.asking.ask_questions import open_questions, people_to_thank
from followup_mail.services.asking.open_question import OpenQuestion
from followup_mail.services.writing.preview_page import FOLDER
from followup_mail.workspace import Workspace

_ESSENTIAL: Final = frozenset({"moment", "link", "problem", "point", "use", "told", "reason", "understood", "onward"})


def essential_questions(
    application: Application, now: datetime, kind: Kind, to: tuple[str, ...] = ()
) -> tuple[OpenQuestion, ...]:
    """Return the questions that make a mail one's own; none when it has a sentence for everybody it is for."""
    asked: list[OpenQuestion] = []
    for wanted in to or ("",):
        without = _people_without(application, now, wanted) if kind is Kind.THANK_YOU else None
        found = open_questions(application, now, kind, wanted)
        asked += [
            question
            for question in found
            if question.key in _ESSENTIAL and (without is None or question.about in without)
        ]
    return () if _has_own_words(application, kind) else tuple(asked)


def was_offered(workspace: Workspace, slug: str, kind: Kind) -> bool:
    """Return whether the questions of this kind of mail have been offered for the application."""
    return str(kind) in _asked(workspace, slug)


def remember_offer(workspace: Workspace, slug: str, kind: Kind) -> None:
    """Remember that the questions were offered. Where that cannot be written, they are offered again."""
    _remember(workspace, slug, str(kind))


def was_questioned(workspace: Workspace, slug: str, person: Person, round_: int) -> bool:
    """Return whether a writing model was asked for its question about this person and round."""
    return _question_about(person, round_) in _asked(workspace, slug)


def remember_question(workspace: Workspace, slug: str, person: Person, round_: int) -> None:
    """Remember that it was. Where that cannot be written, it is asked again."""
    _remember(workspace, slug, _question_about(person, round_))


def forget_offers(workspace: Workspace, slug: str) -> None:
    """Remove what is remembered about an application. Raises ``FactsError`` when that cannot be done."""
    _asked(workspace, slug).forget()


def asked_file(workspace: Workspace, slug: str) -> Path:
    """Return the file in which that is remembered."""
    return workspace.home / FOLDER / f"{slug}.asked"


def move_offers(workspace: Workspace, slug: str, new: str) -> None:
    """Remember about another application too what is remembered about this one, and no longer about this one."""
    for line in _asked(workspace, slug).lines():
        _remember(workspace, new, line)
    forget_offers(workspace, slug)


def _people_without(application: Application, now: datetime, to: str) -> set[str]:
    return {
        person.name
        for _, person in people_to_thank(application, now, to=to)
        if not any(getattr(person, key) for key in OF_PERSON)
    }


def _has_own_words(application: Application, kind: Kind) -> bool:
    """Return whether the second note, or the answer to a rejection, has a sentence already."""
    unsaid, outcome = application.unsaid, application.outcome
    if kind is Kind.ADDITIONAL_DETAIL:
        return bool(unsaid.point)
    return bool(outcome.understood or outcome.onward or outcome.parting) if kind is Kind.REJECTION_THANKS else False


def _question_about(person: Person, round_: int) -> str:
    return f"question/{person.key}/{round_}"


def _remember(workspace: Workspace, slug: str, what: str) -> None:
    with suppress(FactsError, OSError):
        _asked(workspace, slug).add(what)


def _asked(workspace: Workspace, slug: str) -> NotedLines:
    return NotedLines(workspace.home, asked_file(workspace, slug))
