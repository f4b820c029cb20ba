"""Questions about what a kept transcript may tell: each shows the sentences that fit, and takes none by itself."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Final

from msgspec.structs import replace

from followup_mail.facts.application import Application
from followup_mail.facts.people import Person
from followup_mail.facts.questions import OF_PERSON, QUESTIONS
from followup_mail.incoming.transcript import TranscriptLine
from followup_mail.incoming.transcript_search import SearchFor, find_sentences, is_label_of
from followup_mail.language.known_facts import known_for
from followup_mail.services.asking.ask_questions import people_to_thank
from followup_mail.services.asking.open_question import OpenQuestion

_OF_APPLICATION: Final = ("fit", "not_mentioned", "promised", "quote", "decision_by")
_OF_THEM: Final = frozenset({"quote", "decision_by"})
"""What they said; the others are about the candidate."""
_WORDS: Final = {question.field.removeprefix("people."): question for question in QUESTIONS}


def text_questions(
    application: Application, lines: Sequence[TranscriptLine], now: datetime, to: str = "", *, again: bool = False
) -> tuple[OpenQuestion, ...]:
    """Return what the text has sentences for and the facts do not say yet; ``again``: also what they say."""
    return tuple(_of_people(application, lines, now, to, again)) + (
        () if to else tuple(_of_application(application, lines, again))
    )


def with_sentences(
    questions: Sequence[OpenQuestion], application: Application, lines: Sequence[TranscriptLine]
) -> tuple[OpenQuestion, ...]:
    """Return questions about people with the sentences of the text that fit each."""
    people = {person.name: person for person in application.everyone()}
    return tuple(
        replace(question, from_text=_find(application, lines, question.key, people[question.about]))
        if question.key in OF_PERSON and question.about in people
        else question
        for question in questions
    )


def as_taken(question: OpenQuestion, line: TranscriptLine) -> str:
    """Return a sentence of the text as it answers a question: as a note, as what was promised, or as it is."""
    return {"discussed": line.as_note, "promised": line.as_promise}.get(question.option, line.text)


def _of_people(
    application: Application, lines: Sequence[TranscriptLine], now: datetime, to: str, again: bool
) -> Iterator[OpenQuestion]:
    known = known_for(application)
    for _, person in people_to_thank(application, now, to=to):
        found = _find(application, lines, "discussed", person)
        if found and (again or not person.discussed):
            words = _WORDS["discussed"]
            yield OpenQuestion(
                "discussed", words.ask, words.hint, person.name, known, option="discussed", from_text=found
            )


def _of_application(application: Application, lines: Sequence[TranscriptLine], again: bool) -> Iterator[OpenQuestion]:
    known = known_for(application)
    for field in _OF_APPLICATION:
        holder = application.said if field in _OF_THEM else application
        found = find_sentences([line for line in lines if _can_tell(application, line, field)], SearchFor(field))
        if found and (again or not getattr(holder, field)):
            words = _WORDS[field]
            yield OpenQuestion(field, words.ask, words.hint, application.company, known, option=field, from_text=found)


def _can_tell(application: Application, line: TranscriptLine, field: str) -> bool:
    """Return whether a sentence can be about a field, by who said it: what they did is no reason why one fits."""
    if field in _OF_THEM:
        return not line.is_own
    return not any(is_label_of(line.label, person.name) for person in application.everyone() if line.label)


def _find(
    application: Application, lines: Sequence[TranscriptLine], key: str, person: Person
) -> tuple[TranscriptLine, ...]:
    is_only = len(application.everyone()) == 1
    return find_sentences(lines, SearchFor(key, person.name, is_only, person.discussed))
