"""The open questions of an application, together by whom or what they are about, each with a name that stays."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from followup_mail.cadence.kinds import Kind
from followup_mail.facts.application import Application
from followup_mail.facts.names import slugify
from followup_mail.services.asking.ask_questions import FOR_PEOPLE_MET, open_questions
from followup_mail.services.asking.open_question import OpenQuestion
from followup_mail.services.asking.text_questions import text_questions, with_sentences
from followup_mail.services.typed.kept_text import kept_lines
from followup_mail.workspace import Workspace


class NamedQuestion(Struct, frozen=True):
    """A question with the name by which it is found again after the facts have changed: ``priya-raman.moment``."""

    name: str
    question: OpenQuestion


class Card(Struct, frozen=True):
    """The questions about one person, one promise, or the application."""

    about: str
    questions: tuple[NamedQuestion, ...]

    @property
    def goes_into(self) -> str:
        """The mail that the answers stand in, and its reader; empty where that is not one mail."""
        mails = {one.question.goes_into for one in self.questions}
        return mails.pop() if len(mails) == 1 else ""

    @property
    def notes(self) -> tuple[str, ...]:
        """The user's own notes that the questions are about, each once."""
        told = (note for one in self.questions for note in (*one.question.reminders, *one.question.own_notes))
        return tuple(dict.fromkeys(told))


def name_questions(workspace: Workspace, application: Application, kind: Kind | None, to: str) -> list[NamedQuestion]:
    """Return every question, answered or not: what a kept transcript may tell first, as ``ask`` has them."""
    lines, now = kept_lines(workspace, application.slug), workspace.now()
    questions = with_sentences(open_questions(application, now, kind, to, again=True), application, lines)
    if lines and kind in {None, FOR_PEOPLE_MET}:
        questions = (*text_questions(application, lines, now, to, again=True), *questions)
    named: dict[str, OpenQuestion] = {}
    for question in questions:
        name = f"{slugify(question.about) or 'about'}.{'text-' if question.option else ''}{question.key}"
        while name in named:
            name += "-"
        named[name] = question
    return [NamedQuestion(name, question) for name, question in named.items()]


def is_open(application: Application, question: OpenQuestion) -> bool:
    """Return whether a question has no answer in the facts yet."""
    if not question.option:
        return not question.current
    if question.option == "discussed":
        return not any(person.discussed for person in application.everyone() if person.name == question.about)
    holder = application.said if question.option in {"quote", "decision_by"} else application
    return not getattr(holder, question.option)


def make_cards(questions: Sequence[NamedQuestion]) -> tuple[Card, ...]:
    """Return the questions together by what they are about, the people first."""
    found: dict[str, list[NamedQuestion]] = {}
    for one in sorted(questions, key=lambda one: not _is_about_somebody(one.question)):
        found.setdefault(one.question.about, []).append(one)
    return tuple(Card(about, tuple(together)) for about, together in found.items())


def _is_about_somebody(question: OpenQuestion) -> bool:
    return question.option == "discussed" or "people" in question.place
