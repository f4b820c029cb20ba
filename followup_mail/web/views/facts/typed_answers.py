"""What the fields of a question hold: how the answer begins, the words of each gap, and how they look."""

from __future__ import annotations

from typing import Final

from msgspec import Struct

from followup_mail.language.answers import complete
from followup_mail.language.beginnings import OWN_WORDS, Beginning
from followup_mail.services.asking.look_at_answer import AnswerLook, look_at_gap, look_at_sentence
from followup_mail.services.asking.open_question import OpenQuestion, words_for_gap
from followup_mail.services.asking.question_cards import NamedQuestion
from followup_mail.services.asking.text_questions import as_taken
from followup_mail.web.frame.asked import Form, read_number
from followup_mail.web.frame.shown import facts_version

OWN: Final = "own"


class Typed(Struct, frozen=True):
    """What the fields of a question hold."""

    start: str = ""
    """The number of the beginning, ``own`` for own words, empty while none is chosen."""
    words: tuple[str, ...] = ()

    @property
    def is_empty(self) -> bool:
        return not any(word.strip() for word in self.words)


class Shown(Struct, frozen=True):
    """One question as a page shows it."""

    name: str
    question: OpenQuestion
    typed: Typed
    looks: tuple[AnswerLook, ...] = ()
    """One for each gap; empty where nothing is checked."""
    wrong: str = ""
    """Why it was not kept."""
    is_changed: bool = False
    """Whether it was answered elsewhere since the form was made."""
    is_doubted: bool = False
    """Whether it was not kept because of what does not fit, and can be kept all the same."""

    @property
    def form(self) -> str:
        """What is shown for the answer: ``choice``, ``lines``, ``note`` or ``sentence``."""
        if self.question.choices:
            return "choice"
        if self.question.beginnings:
            return "sentence"
        return "lines" if self.question.takes_several else "note"

    @property
    def beginning(self) -> Beginning:
        return beginning_of(self.question, self.typed)

    @property
    def version(self) -> str:
        return answer_version(self.question)

    @property
    def is_open(self) -> bool:
        """Whether it is to be seen at once."""
        return bool(self.typed.start or self.wrong or self.is_changed) and not self.is_kept

    @property
    def is_kept(self) -> bool:
        """Whether the fields hold what is in the facts."""
        return bool(self.question.current) and self.typed.words == (self.question.current,) and not self.wrong

    @property
    def sentence(self) -> str:
        """What the answer comes to."""
        return sentence_of(self.question, self.typed)

    @property
    def suggested(self) -> tuple[str, ...]:
        """Whole sentences to take, and the first parts of some that the notes bring."""
        return tuple(start.shown for start in self.question.starts)

    def offered(self, number: int) -> tuple[str, ...]:
        """Return the words that can be taken for one gap."""
        return words_for_gap(self.question, self.beginning, number)


def answer_version(question: OpenQuestion) -> str:
    """Return the version of the answer that a question has now."""
    return facts_version(question.current)


def beginning_of(question: OpenQuestion, typed: Typed) -> Beginning:
    """Return how the answer begins."""
    number = read_number(typed.start, -1)
    known = every_beginning(question)
    return known[number] if 0 <= number < len(known) else OWN_WORDS


def every_beginning(question: OpenQuestion) -> tuple[Beginning, ...]:
    """Return the beginnings that are shown, and behind them those that only notes begin: by number in a form."""
    started = (start.beginning for start in question.starts)
    return (*question.beginnings, *(begun for begun in started if begun not in {*question.beginnings, OWN_WORDS}))


def kept(question: OpenQuestion) -> Typed:
    """Return the fields with the answer so far."""
    return Typed(OWN if question.current else "", (question.current,) if question.current else ())


def read_typed(form: Form, question: NamedQuestion) -> Typed:
    """Return what the fields of a question hold."""
    words = tuple(word.replace("\r\n", "\n") for word in form.fields.get(f"word-{question.name}", ()))
    if question.question.choices and not words:
        return kept(question.question)
    return Typed(form.get(f"start-{question.name}"), words)


def sentence_of(question: OpenQuestion, typed: Typed) -> str:
    """Return what an answer comes to."""
    if not question.beginnings:
        return typed.words[0].strip() if typed.words else ""
    return complete(beginning_of(question, typed), typed.words, question.known).sentence


def look_at(question: OpenQuestion, typed: Typed, *, is_finished: bool) -> tuple[AnswerLook, ...]:
    """Return how each gap looks; nothing for what is not a sentence."""
    if not question.beginnings or typed.is_empty:
        return ()
    beginning = beginning_of(question, typed)
    if beginning is OWN_WORDS:
        return (look_at_sentence(question, typed.words[0]),)
    gaps = range(len(beginning.gaps))
    return tuple(look_at_gap(question, beginning, typed.words, at, is_finished=is_finished) for at in gaps)


def press(question: OpenQuestion, typed: Typed, what: str, which: str) -> Typed:
    """Return the fields after a button that only fills them: another beginning, a sentence taken, words corrected."""
    if what == "other":
        return Typed()
    if what == "start":
        return Typed(which, typed.words if which == OWN else ())
    if what == "correct":
        looks = look_at(question, typed, is_finished=True)
        better = [look.better or word for look, word in zip(looks, typed.words, strict=False)]
        return Typed(typed.start, (*better, *typed.words[len(better) :]))
    number = read_number(which)
    return _take(question, typed, number) if what == "take" else _take_line(question, typed, number)


def _take(question: OpenQuestion, typed: Typed, number: int) -> Typed:
    if number >= len(question.starts):
        return typed
    start = question.starts[number]
    if start.beginning is OWN_WORDS:
        return Typed(OWN, start.words)
    return Typed(str(every_beginning(question).index(start.beginning)), start.words)


def _take_line(question: OpenQuestion, typed: Typed, number: int) -> Typed:
    """Take a sentence of the transcript: behind what is typed where several answers can be kept."""
    if number >= len(question.from_text):
        return typed
    taken = as_taken(question, question.from_text[number])
    before = typed.words[0].rstrip() if question.takes_several and typed.words else ""
    return Typed(OWN, (f"{before}\n{taken}".strip(),))
