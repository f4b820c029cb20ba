"""What is known about an application, as far as an answer is checked by it: names, notes, figures."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Final

from followup_mail.facts.word_lists import WordLists
from followup_mail.language.lexicon import NUMBERS
from followup_mail.language.verb_forms import as_base, as_past, as_third
from followup_mail.regex import regex

LISTS: Final = WordLists(Path(__file__).with_name("sentence_words.toml"))
WORD: Final = regex(r"[^\W_]+(?:['’\-][^\W_]+)*['’]?")
_STRESSED: Final = frozenset(
    {"ONE", "TWO", "NOT", "ALL", "AND", "BUT", "NEW", "NOW", "OWN", "OUR", "TOO", "YES", "THE"}
)
"""Words that notes shout; none of them is short for anything."""
_FIGURE: Final = regex(r"\d+(?:[.,]\d+)*")
_FIGURE_AS_TYPED: Final = regex(r"\d+(?:[.,]\d+)*(?:k\b)?")
_THOUSANDS: Final = regex(r"(?<![\d.,])(\d+(?:[.,]\d+)?) ?[kK]\b")
_SHORTEST_SPECIAL: Final = 3
_CAPITAL_AMID: Final = regex(r"(?<=[a-z,] )[A-Z][a-z]{3,}\b")


@dataclass(frozen=True)
class Known:
    """The names and notes that answers are compared with."""

    reader: str = ""
    """The full name of the person that the sentence is for; empty when it is for several."""
    names: tuple[str, ...] = ()
    """Names of people as they are written."""
    notes: tuple[str, ...] = ()
    """Everything that was jotted, and other texts of the facts."""
    company: str = ""
    country: str = ""

    @cached_property
    def reader_names(self) -> frozenset[str]:
        """The words of the reader's name, in small letters; other people with the same name take theirs out."""
        others = {word for name in self.names if name != self.reader for word in _name_words(name)}
        return frozenset(_name_words(self.reader)) - others

    @cached_property
    def spellings(self) -> dict[str, str]:
        """How words with capitals are written, by their small letters: *osha* is *OSHA*, *krug* is *Krug*."""
        found = {word.lower(): word for name in self.names for word in WORD.findall(name) if word[0].isupper()}
        for word in (word for note in self.notes for word in WORD.findall(note)):
            is_special = sum(map(str.isupper, word)) > 1 and len(word) >= _SHORTEST_SPECIAL
            if is_special and word not in _STRESSED and not _is_ordinary(word.lower()):
                found.setdefault(word.lower(), word)
        return found

    @cached_property
    def capitalised(self) -> dict[str, str]:
        """The words that the notes have with a capital amid a note, and never without: *Lleida*."""
        found = {word: word.capitalize() for note in self.notes for word in map(str.lower, _CAPITAL_AMID.findall(note))}
        small = {word for note in self.notes for word in WORD.findall(note) if word.islower()}
        return {word: written for word, written in found.items() if word not in small}

    @cached_property
    def typed_small(self) -> frozenset[str]:
        """The words of the notes in small letters outside names: a typo may be among them."""
        named = {word.lower() for name in (*self.names, self.company) for word in WORD.findall(name)}
        return frozenset(word for note in self.notes for word in WORD.findall(note) if word.islower()) - named

    @cached_property
    def figures(self) -> frozenset[str]:
        """Every figure that stands anywhere in the facts."""
        found = {figure for text in self.notes for figure in _FIGURE.findall(text)}
        thousands = {in_full(figure) for text in self.notes for figure in _THOUSANDS.findall(text)}
        words = {word for note in self.notes for word in words_of(note)}
        spelt = {str(at) for at, word in enumerate(NUMBERS, 1) if word in words}
        return frozenset(found | thousands | spelt)

    @cached_property
    def vocabulary(self) -> frozenset[str]:
        """Every word of the facts in small letters: none of them is a spelling mistake."""
        return frozenset(word.lower() for text in (*self.names, *self.notes) for word in WORD.findall(text))


def figures_in(text: str) -> list[str]:
    """Return the figures in a text, in order; one of thousands keeps its *k*."""
    return _FIGURE_AS_TYPED.findall(text)


def in_full(thousands: str) -> str:
    """Return how many a figure of thousands says: "2500" of the "2.5" in *2.5k*."""
    whole, _, part = thousands.replace(",", ".").partition(".")
    return f"{whole}{part.ljust(3, '0')}".lstrip("0")


def words_of(text: str) -> list[str]:
    """Return the words of a text in small letters, with straight apostrophes."""
    return [word.lower().replace("’", "'").rstrip("'") for word in WORD.findall(text)]


def _is_ordinary(word: str) -> bool:
    """Return whether a word has no capitals of its own, so that capitals only stress it: *BEFORE*."""
    return any(word in words for words in LISTS.values()) or bool(as_base(word) or as_past(word) or as_third(word))


def _name_words(name: str) -> Iterable[str]:
    return (word.lower() for word in WORD.findall(name) if len(word) >= _SHORTEST_SPECIAL and word[0].isupper())
