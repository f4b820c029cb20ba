"""Which notes stay out of a mail: private, tactless and trivial notes."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from typing import Final, NamedTuple

from followup_mail.language.word_tables import any_of, read_table
from followup_mail.regex import regex

_ONE_WORD: Final = regex(r"\\b([a-z]+)\\b")
_ONE_BEGINNING: Final = regex(r"\\b([a-z]+)\\w[*+]")
_WORD: Final = r"[a-z]{2,}\??"
_BEGINS_WITH_A_WORD: Final = regex(rf"\\b(?:({_WORD})|\(\?:({_WORD}(?:\|{_WORD})*)\))(?: (?![?*{{])|\\b)")
_INNERMOST: Final = regex(r"\([^()]*\)")
_BETWEEN: Final = regex(r"(?<=[.!?\"”])\s+(?=[A-Z\"“])")
_WORDS_OF_A_NOTE: Final = regex(r"\w+")


class _Group(NamedTuple):
    """A group of patterns. As compiling all takes longer than reading a note, those that it cannot match are not."""

    words: frozenset[str]
    """Patterns that are a single word."""
    beginnings: tuple[str, ...]
    """Patterns that are the beginning of a word."""
    phrases: tuple[tuple[frozenset[str], re.Pattern[str]], ...]
    """Each with words: a note without any of them cannot match. No words: every note is looked through."""

    def finds(self, text: str) -> bool:
        words = _WORDS_OF_A_NOTE.findall(text)
        if any(word in self.words or word.startswith(self.beginnings) for word in words):
            return True
        return any(pattern.search(text) for needs, pattern in self.phrases if not needs or not needs.isdisjoint(words))


@cache
def _group(name: str) -> _Group:
    given: list[str] = read_table("tact")[name]
    words = [found[1] for pattern in given if (found := _ONE_WORD.fullmatch(pattern))]
    beginnings = [found[1] for pattern in given if (found := _ONE_BEGINNING.fullmatch(pattern))]
    single = (_ONE_WORD.fullmatch, _ONE_BEGINNING.fullmatch)
    phrases = [pattern for pattern in given if not any(is_single(pattern) for is_single in single)]
    begun = [(first, regex(pattern)) for pattern in phrases if (first := _first_words(pattern))]
    others = [f"(?:{pattern})" for pattern in phrases if not _first_words(pattern)]
    if others:
        begun.append((frozenset(), regex("|".join(others))))
    return _Group(frozenset(words), tuple(beginnings), tuple(begun))


def _first_words(pattern: str) -> frozenset[str]:
    """Return each word that a match of ``pattern`` may begin with; none where nothing is certain."""
    outside, inner = pattern, ""
    while outside != inner:
        outside, inner = _INNERMOST.sub("", outside), outside
    found = None if "|" in outside else _BEGINS_WITH_A_WORD.match(pattern)
    forms = (found[1] or found[2]).split("|") if found else []
    return frozenset(word for form in forms for word in ((form[:-1], form[:-2]) if form[-1] == "?" else (form,)))


def is_private(text: str) -> bool:
    """Return whether a note says itself that it is not for the mail."""
    return _group("private").finds(text.lower())


def is_secret(text: str) -> bool:
    """Return whether a note holds a password, a code, a key or the number of an account."""
    return bool(any_of("tact", "secret").search(unicodedata.normalize("NFKC", text)))


def is_tactless(text: str) -> bool:
    """Return whether a note holds what would hurt: health, moods, family, gossip, failures, rough words."""
    return _group("tactless").finds(text.lower())


def tactful(text: str) -> str:
    """Return a note of several sentences without those that would hurt, or are small talk; nothing else is cut.

    A note that is private says so for all of it.
    """
    sentences = _BETWEEN.split(text)
    if len(sentences) == 1 or is_private(text):
        return text
    return " ".join(said for said in sentences if not (is_tactless(said) or is_trivial(said))) or text


def is_sore(text: str) -> bool:
    """Return whether a note touches a sore point of the reader's; a candidate may still tell an own figure about it."""
    return _group("sore").finds(text.lower())


def is_trivial(text: str) -> bool:
    """Return whether a note is about logistics, pay or small talk."""
    return _group("trivial").finds(text.lower())
