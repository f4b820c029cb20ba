"""Which notes stay out of a mail: private, tactless and trivial notes."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from functools import cache
from pathlib import Path
from typing import Final, NamedTuple

from followup_mail.regex import regex

_ONE_WORD: Final = regex(r"\\b([a-z]+)\\b")
_ONE_BEGINNING: Final = regex(r"\\b([a-z]+)\\w[*+]")
_WORDS_OF_A_NOTE: Final = regex(r"\w+")


class _Group(NamedTuple):
    """A group of patterns. Single words are kept apart, as compiling them all would take longer than reading a note."""

    words: frozenset[str]
    beginnings: tuple[str, ...]
    phrases: re.Pattern[str]

    def finds(self, text: str) -> bool:
        words = _WORDS_OF_A_NOTE.findall(text)
        if any(word in self.words or word.startswith(self.beginnings) for word in words):
            return True
        return bool(self.phrases.search(text))


@cache
def _groups() -> dict[str, list[str]]:
    return tomllib.loads(Path(__file__).with_name("tact.toml").read_text("utf-8"))


@cache
def patterns(name: str) -> str:
    """Return the patterns of a group joined."""
    return "|".join(f"(?:{pattern})" for pattern in _groups()[name])


@cache
def _group(name: str) -> _Group:
    words = [found[1] for pattern in _groups()[name] if (found := _ONE_WORD.fullmatch(pattern))]
    beginnings = [found[1] for pattern in _groups()[name] if (found := _ONE_BEGINNING.fullmatch(pattern))]
    single = (_ONE_WORD.fullmatch, _ONE_BEGINNING.fullmatch)
    phrases = [f"(?:{pattern})" for pattern in _groups()[name] if not any(is_single(pattern) for is_single in single)]
    return _Group(frozenset(words), tuple(beginnings), re.compile("|".join(phrases)))


def is_private(text: str) -> bool:
    """Tell whether a note says itself that it is not for the mail."""
    return _group("private").finds(text.lower())


def is_secret(text: str) -> bool:
    """Tell whether a note holds a password, a code, a key or the number of an account."""
    return bool(_secret().search(unicodedata.normalize("NFKC", text)))


@cache
def _secret() -> re.Pattern[str]:
    return re.compile(patterns("secret"))


def is_tactless(text: str) -> bool:
    """Tell whether a note holds what would hurt or embarrass: health, moods, family, gossip, failures, rough words."""
    return _group("tactless").finds(text.lower())


def is_sore(text: str) -> bool:
    """Tell whether a note touches a sore point of the reader's; a candidate may still tell an own figure about it."""
    return _group("sore").finds(text.lower())


def is_trivial(text: str) -> bool:
    """Tell whether a note is about logistics, pay or small talk."""
    return _group("trivial").finds(text.lower())
