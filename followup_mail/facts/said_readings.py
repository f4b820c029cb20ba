"""What several readings of one phrase are, and which side of now a question asks about.

Nothing here reads a clock, and nothing guesses: a phrase with one reading is understood, one with two is an
``AmbiguousError`` that spells both out and says how to write each.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Sequence
from datetime import date
from enum import Enum
from functools import cache
from pathlib import Path
from typing import Any, Final

from msgspec import Struct

from followup_mail.facts.name_case import PLAIN_LETTERS
from followup_mail.facts.unfit_values import UnfitError, quoted

LENGTH_LIMIT: Final = 100
_SIGNS: Final = str.maketrans(
    dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2212", "-")
    | dict.fromkeys("\u00b7\u22c5\u2022\u2219\u00a0\u2009\u202f", " ")
    | {"\u2019": "'"}
)
"""What calendars put between a day and its times, as it is typed."""


class Side(Enum):
    """Whether a question asks about what has been or about what will be; it decides which Friday is meant.

    All but the first two take the other side too when it is said in so many words ("tomorrow", a full date). An
    interview is mostly past, but its date without a year is the nearest one; a further one is mostly to come.
    """

    PAST = "past"
    COMING = "coming"
    RATHER_PAST = "rather past"
    RATHER_COMING = "rather coming"
    INTERVIEW = "rather past, dates the nearest"
    FURTHER_INTERVIEW = "rather coming, dates the nearest"

    @property
    def is_past(self) -> bool:
        return self in {Side.PAST, Side.RATHER_PAST, Side.INTERVIEW}

    @property
    def is_strict(self) -> bool:
        return self in {Side.PAST, Side.COMING}

    @property
    def takes_nearest(self) -> bool:
        """Whether a date without its year is not asked about when the nearest lies on the other side."""
        return self in {Side.INTERVIEW, Side.FURTHER_INTERVIEW}


class Reading(Struct, frozen=True):
    """One meaning of a phrase: spelt out in full, and how to write it so that it has no other."""

    said: str
    written: str


class AmbiguousError(UnfitError):
    """A phrase with several readings."""

    def __init__(self, text: str, readings: Sequence[Reading]) -> None:
        self.text = text
        self.readings = tuple(readings)
        super().__init__(
            f"{quoted(text)} could mean {_either(one.said for one in readings)}",
            f"write {_either(_quoted(one.written) for one in readings)}",
        )

    def asked_of(self, text: str) -> AmbiguousError:
        """Return the same about what was typed, where it stands there in other words."""
        is_there = self.text and self.text.casefold() in text.casefold()
        return self if is_there else AmbiguousError(text.strip(), self.readings)


class WrongSideError(UnfitError):
    """A day that is past where one to come is asked about, or the other way round."""


class VagueError(UnfitError):
    """Words that are no day and no moment at all, with the reason where it is known."""


@cache
def read_table(name: str) -> dict[str, str]:
    """Return the words of a table of ``said_words.toml``, each with what it means."""
    data: dict[str, Any] = tomllib.loads(Path(__file__).with_name("said_words.toml").read_text("utf-8"))
    sign = "|" if name == "formats" else None
    return {word.strip(): meant for meant, words in data[name].items() for word in words.split(sign)}


@cache
def read_rows(name: str) -> dict[str, str]:
    """Return a table of ``said_words.toml`` as it is."""
    data: dict[str, Any] = tomllib.loads(Path(__file__).with_name("said_words.toml").read_text("utf-8"))
    return dict(data[name])


def tidy_words(text: str) -> str:
    """Return what was said in small letters with single blanks and no commas, in the words of the grammar.

    Raises ``UnfitError`` for other scripts, invisible characters, and what is too long to be said.
    """
    if len(text) > LENGTH_LIMIT:
        raise UnfitError(f"{quoted(text)} is too long for a moment")
    plain = _bare_letters(text.translate(_SIGNS))
    if not plain.isascii():
        raise UnfitError(f"{quoted(text)} holds more than plain letters and digits")
    words = re.sub(r"(?<=[a-z])\.(?= |$)", "", " ".join(plain.lower().replace(",", " ").replace(" @ ", " at ").split()))
    if not words or not words.isprintable():
        raise UnfitError(f"{quoted(text)} does not name a moment")
    for pattern, meant in read_rows("rewrites").items():
        words = re.sub(pattern, meant, words)
    return re.sub(r"^(\d{4}-\d\d-\d\d)t(?=\d)", r"\1 ", words)


def _bare_letters(text: str) -> str:
    """Return a text without the accents of its letters: "dec." for "d\u00e9c."."""
    return "".join(sign for sign in unicodedata.normalize("NFD", text) if not unicodedata.combining(sign))


def plain_words(text: str) -> str:
    """Return a name as it is looked up: small letters without accents or strokes, dots or doubled blanks."""
    bare = unicodedata.normalize("NFKD", text[:LENGTH_LIMIT].casefold().translate(PLAIN_LETTERS))
    kept = "".join(sign for sign in bare if not unicodedata.combining(sign) and sign not in ".'\u2019")
    return " ".join(kept.replace("_", " ").split()).strip(" ,;:-")


def spell_day(day: date) -> str:
    """Return a day in full: "Friday 5 June 2026"."""
    weekday = list(read_rows("weekdays"))[day.weekday()].capitalize()
    return f"{weekday} {day.day} {list(read_rows('months'))[day.month - 1].capitalize()} {day.year}"


def says_no_day(text: str) -> bool:
    """Return whether an answer to a question about a day says that there is none: "no", "not yet"."""
    words = " ".join(text.lower().split()).rstrip(".!").replace("\u2019", "'")
    return words in read_rows("no_day")["words"].split("|")


def says_nothing(text: str) -> bool:
    """Return whether an answer to a question that can be left out says that there is nothing: "no", "n/a", "-"."""
    words = " ".join(text.lower().split()).rstrip(".!")
    return words in read_rows("nothing")["words"].split("|")


def refuse_vague(words: str, right: str) -> VagueError:
    """Return the error for words that are not understood, with the reason where it is known."""
    for reason, pattern in read_rows("vague").items():
        if re.search(pattern, words):
            return VagueError(f"{quoted(words)} {reason}", right)
    return VagueError(f"{quoted(words)} is not understood", right)


def _either(items: Any) -> str:
    *first, last = items
    return f"{', '.join(first)} or {last}" if first else str(last)


def _quoted(text: str) -> str:
    return f'"{text}"'
