"""The one question that a writing model may ask about a person, and the gate that it passes before anybody sees it."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import Final

from followup_mail.checks.figures import NUMBER_STEMS, figures
from followup_mail.checks.prose import normal, one_form, words_of
from followup_mail.checks.stock_words import GRAMMAR, stem
from followup_mail.language.lexicon import classes_of
from followup_mail.language.private_notes import is_private, is_tactless
from followup_mail.language.spelling import is_word
from followup_mail.regex import regex
from followup_mail.writing_model.json_answer import plain_characters

LONGEST: Final = 140
"""Characters of a question as it is shown: two lines of a terminal."""
_LISTS: Final = tomllib.loads(Path(__file__).with_name("question_words.toml").read_text("utf-8"))
_ASKS: Final = frozenset(_LISTS["asks"].split())
_NUMBERS: Final = frozenset(_LISTS["numbers"].split())
_REQUEST: Final = regex(_LISTS["requests"])
_RARELY: Final = frozenset(_LISTS["rarely"])
_FEWEST_WORDS: Final = 3
_SMALL_WORDS: Final = 0.25
"""The share of words that only hold a sentence together: less of them is another language, or no sentence."""
_DICTIONARIES: Final = ("US", "GB")
_TITLE: Final = regex(r"\b(?:dr|mr|mrs|ms|prof|st)\.(?= )", re.IGNORECASE)
_UNUSUAL: Final = regex(r"[^\w ,.'\"()%&/?-]|_")
_WORD: Final = regex(r"[^\W\d_]+(?:'[^\W\d_]+)?")
_DIGITS: Final = regex(r"\d+")
_INNER_POINT: Final = regex(r"\S*\w[./]\w\S*")


@dataclass(frozen=True)
class QuestionFacts:
    """The facts that a question may speak of, with the names."""

    texts: tuple[str, ...]

    @cached_property
    def words(self) -> frozenset[str]:
        return frozenset(word for text in self.texts for word in (*words_of(text), *_words_in(text)))

    @cached_property
    def figures(self) -> frozenset[str]:
        """Every figure of the facts, in digits."""
        said = (str(figure) for text in self.texts for figure in figures(normal(text)))
        return frozenset({*said, *(found for text in self.texts for found in _DIGITS.findall(text))})

    def has(self, text: str) -> bool:
        """Return whether a fact has a piece of text as it is."""
        return any(text.casefold() in fact.casefold() for fact in self.texts)


def read_question(answer: Mapping[str, object], facts: Collection[str], show: Callable[[str], str]) -> str:
    """Return the question of an answer with the names that ``show`` puts back; empty where there is no fit question."""
    found = answer.get("question")
    if not isinstance(found, str) or len(found) > 2 * LONGEST:
        return ""
    shown = show(plain_characters(found).strip())
    return "" if find_fault(shown, facts) else shown


def find_fault(question: str, facts: Collection[str]) -> str:
    """Return what makes a question unfit to be shown; empty for a good question."""
    return next(_faults(question, QuestionFacts(tuple(facts))), "")


def _faults(question: str, facts: QuestionFacts) -> Iterator[str]:
    if not question:
        yield "nothing is asked"
    if len(question) > LONGEST:
        yield "too long"
    if _UNUSUAL.search(question):
        yield "it has signs that no question needs"
    if not _is_one_sentence(question):
        yield "not one sentence with a question mark"
    if any(not facts.has(found.strip("(),.?\"'")) for found in _INNER_POINT.findall(question)):
        yield "it may have an address"
    yield from _unfit_subjects(normal(question), facts)
    if any(found not in facts.figures and found not in facts.words for found in _figures_in(question)):
        yield "a number that no fact has"
    yield from _strange_words(question, facts)


def _is_one_sentence(question: str) -> bool:
    bare = _TITLE.sub("", question)
    return bare.endswith("?") and bare.count("?") == 1 and not re.search(r"[.!](?:\s|\"|$)", bare)


def _unfit_subjects(plain: str, facts: QuestionFacts) -> Iterator[str]:
    if _never().search(plain) or is_private(plain) or is_tactless(plain):
        yield "about something private"
    if any(word in _RARELY and word not in facts.words for word in _words_in(plain)):
        yield "about something that the facts do not speak of"
    if _REQUEST.match(plain):
        yield "a request"


def _figures_in(question: str) -> Iterator[str]:
    """Yield the figures of a question in digits, and as they are written the words that are numbers."""
    yield from _DIGITS.findall(question)
    yield from map(str, figures(normal(question)))
    yield from (word for word in _words_in(question) if word in _NUMBERS)


def _strange_words(question: str, facts: QuestionFacts) -> Iterator[str]:
    words = _WORD.findall(question)
    plain = [word.lower() for word in words]
    if len(words) < _FEWEST_WORDS or _ASKS.isdisjoint(plain):
        yield "no question"
        return
    if plain[0] not in GRAMMAR and plain[0] not in facts.words:
        yield "it begins with a name or in another language"
    if any(_is_name(word) and word.lower().removesuffix("'s") not in facts.words for word in words[1:]):
        yield "a name that no fact has"
    small = sum(word in GRAMMAR for word in plain)
    if small < _SMALL_WORDS * len(words) or any(not _is_english(word, facts) for word in plain):
        yield "not in English"


def _is_name(word: str) -> bool:
    return word[0].isupper() and not re.fullmatch(r"I(?:'\w+)?", word)


def _is_english(word: str, facts: QuestionFacts) -> bool:
    bare = word.removesuffix("'s")
    if bare in GRAMMAR or word in GRAMMAR or bare in facts.words or stem(bare) in NUMBER_STEMS:
        return True
    if not bare.isascii():
        return False
    return bool(classes_of(bare)) or any(is_word(bare, country) for country in _DICTIONARIES)


def _words_in(text: str) -> list[str]:
    return [word.lower() for word in _WORD.findall(one_form(text))]


@cache
def _never() -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{pattern})" for pattern in _LISTS["never"]))
