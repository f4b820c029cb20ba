"""The beginnings that a question offers: each fixes the grammar of the sentence, and leaves gaps for what to type."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from enum import StrEnum
from functools import cache
from typing import Any, Final

from msgspec import Struct
from msgspec.structs import replace

from followup_mail.language.joints import OPEN_JOINT, join
from followup_mail.language.word_tables import read_table
from followup_mail.regex import regex

_PARTS: Final = regex(r"\{(\w+)\}|([\[\]])|([^{}\[\]]+)")
_GAP: Final = regex(r"(?:(, so/and |, and )|(\b(?:told me|mentioned|spoke) (?:about )?))?\{\w+\}")
_AND: Final = ", and "
_TYPED_JOINT: Final = regex(r"(?i)(and|so|because|but|which|while)\b(?! (?:far|much|many|long)\b)[,\s]+(?=\S)")
_CLAUSE: Final = regex(r"(?i)that (?:\S+ ){1,}\S+")
_THAT_IS: Final = "[. That is {thing}]"
_TOLD_ME: Final = "[. It told me that {clause}]"
_HINT_TOLD: Final = "what it told you about the work: complaints reach you first"
_OFFERED: Final = 4
"""How many endings one person is asked about; the next gets others, so that colleagues do not read the same."""
OPEN_GAP: Final = "…"
"""Stands where something has not been typed yet."""


class Shape(StrEnum):
    """What fits into a gap."""

    YOU = "you"
    """What follows *you*: a verb."""
    DID = "did"
    """What follows *I*: a verb."""
    DO = "do"
    """What follows *could* or *to*: a verb in its base form."""
    DOES = "does"
    """What follows *somebody who*: a verb in -s or in the past."""
    ING = "ing"
    """What follows *thank you for*: a verb in -ing, or a thing."""
    CLAUSE = "clause"
    """Somebody or something, with a verb."""
    THING = "thing"
    """A thing without a verb of its own."""
    WANTED = "wanted"
    """What follows *you want*: a thing, or *to* with a verb."""
    WORDS = "words"
    """Words that somebody else said."""
    SENTENCE = "sentence"
    """A whole sentence."""


class Gap(Struct, frozen=True):
    """A gap in a beginning."""

    shape: Shape
    before: str
    """The words in front of it, from the start of its part: *I liked that you*."""
    after: str
    """What follows it up to the next gap or optional part."""
    optional: bool
    """Whether it may stay empty; its part of the sentence is then left out."""


class Beginning(Struct, frozen=True):
    """A sentence with gaps."""

    pattern: str
    hints: tuple[str, ...] = ()
    """What could be typed in each gap."""
    others: tuple[str, ...] = ()
    """The same with other openings, for the second person of a panel and the next."""

    def for_person(self, number: int) -> Beginning:
        """Return the beginning with the opening for one person of a panel, counted from 0."""
        pattern = (self.pattern, *self.others)[number % (len(self.others) + 1)]
        return Beginning(pattern, self.hints)

    @property
    def other_end(self) -> Beginning | None:
        """The same with the other way to say why it matters: *It told me that …* instead of *That is …*."""
        if _THAT_IS not in self.pattern:
            return None
        return Beginning(self.pattern.replace(_THAT_IS, _TOLD_ME), (*self.hints[:1], _HINT_TOLD))

    @property
    def gaps(self) -> tuple[Gap, ...]:
        return _gaps_of(self.pattern)

    @property
    def shown(self) -> str:
        """How it looks in a list: *I liked that you …. It told me that …*"""
        return "".join(_show(self.pattern)).replace(OPEN_JOINT, ", ").rstrip(".")

    def fill(self, answers: Sequence[str]) -> str:
        """Return the sentence: an ellipsis where nothing is typed yet, no optional part without words."""
        given = iter((*answers, *[""] * len(self.gaps)))
        required, optional, tail = _parts_of(self.pattern)
        text = _filled(required, given)
        words = [next(given) for _ in re.findall(r"\{\w+\}", optional)]
        if any(words):
            text += _filled(optional, iter(words), text)
        return text + tail


class Asking(Struct, frozen=True):
    """What is asked for one key of the facts."""

    key: str
    asks: str
    wants: str
    beginnings: tuple[Beginning, ...]
    nudge: str = ""
    """What to say, once, to somebody who leaves the optional part out."""
    former: tuple[Beginning, ...] = ()
    """Beginnings that are offered no longer, and that files still have."""
    started: tuple[Beginning, ...] = ()
    """Beginnings that are offered only with words of a note in their first gap."""
    ready: tuple[str, ...] = ()
    """Whole sentences to take."""
    endings: tuple[str, ...] = ()
    """What can be taken for the last gap, the optional one, by somebody who does not want to type."""

    def for_person(self, number: int) -> Asking:
        """Return the same question with the openings of one person of a panel, so that no two mails open alike."""
        at = number * _OFFERED % max(len(self.endings), 1)
        turned = (*self.endings[at:], *self.endings[:at])
        beginnings = tuple(beginning.for_person(number) for beginning in self.beginnings)
        started = tuple(beginning.for_person(number) for beginning in self.started)
        return replace(self, beginnings=beginnings, started=started, endings=turned[:_OFFERED])

    def told_by(self, names: Sequence[str]) -> Asking:
        """Return the same question with what colleagues of the reader told."""
        said = self.beginnings[1]
        plain = (name for name in names if not re.search(r"[][{}]", name))
        told = tuple(Beginning(f"{name} told me that {{clause}}.", said.hints) for name in plain)
        return replace(self, beginnings=(*self.beginnings, *told))

    @property
    def every_beginning(self) -> tuple[Beginning, ...]:
        """Everything that a sentence in a file may begin with."""
        offered = (*self.beginnings, *self.started)
        others = [beginning.for_person(at) for beginning in offered for at in range(len(beginning.others) + 1)]
        ends = (beginning.other_end for beginning in others)
        return (*others, *(end for end in ends if end), *self.former)


OWN_WORDS: Final = Beginning("{sentence}", ("a whole sentence as it should be in the mail",))
"""The beginning of somebody who wants none."""


def asking_for(key: str) -> Asking:
    """Return what is asked for a key of the facts, such as ``moment``."""
    return _askings()[key]


@cache
def _askings() -> dict[str, Asking]:
    return {
        key: Asking(
            key,
            table["asks"],
            table["wants"],
            tuple(map(_read, table["beginnings"])),
            table.get("nudge", ""),
            tuple(map(Beginning, table.get("former", ()))),
            tuple(map(_read, table.get("started", ()))),
            tuple(table.get("ready", ())),
            tuple(table.get("endings", ())),
        )
        for key, table in read_table("beginnings").items()
    }


def _read(given: dict[str, Any]) -> Beginning:
    return Beginning(given["pattern"], tuple(given.get("hints", ())), tuple(given.get("others", ())))


@cache
def _parts_of(pattern: str) -> tuple[str, str, str]:
    """Return the part that is always there, the optional part, and what ends the sentence."""
    required, bracket, rest = pattern.partition("[")
    optional, _, tail = rest.partition("]")
    return (required, optional, tail) if bracket else (required, "", "")


@cache
def _gaps_of(pattern: str) -> tuple[Gap, ...]:
    found: list[Gap] = []
    before, is_optional = "", False
    for shape, bracket, literal in _PARTS.findall(pattern):
        if shape:
            found.append(Gap(Shape(shape), before, "", is_optional))
            before = ""
        elif bracket:
            is_optional = bracket == "["
        else:
            before = literal
            if found and not found[-1].after:
                found[-1] = Gap(found[-1].shape, found[-1].before, literal, found[-1].optional)
    return tuple(found)


def _filled(pattern: str, words: Iterator[str], behind: str = "") -> str:
    """Return a part of a sentence with its answers; ``behind`` is the words before it."""
    text, at = "", 0
    for gap in _GAP.finditer(pattern):
        text += pattern[at : gap.start()]
        text += _put(gap[1] or gap[2] or "", next(words, ""), behind + text)
        at = gap.end()
    return text + pattern[at:]


def _put(before: str, words: str, behind: str) -> str:
    """Return an answer behind the words that depend on it: the joint, or *told me about* before a clause."""
    if before == OPEN_JOINT:
        return join(words or OPEN_GAP, behind)
    if before == _AND and (typed := _TYPED_JOINT.match(words)):
        # Whoever types a joint of their own means it, and "and and" is nobody's.
        joint, rest = typed[1].lower(), words[typed.end() :]
        return f"{' ' if joint == 'because' else ', '}{joint} {rest}"
    if not words:
        return before + OPEN_GAP
    # "You told me about" with a clause typed as "that ..." reads "You told me that ...".
    return f"{before.removesuffix('about ') if _CLAUSE.match(words) else before}{words}"


def _show(pattern: str) -> Iterator[str]:
    for shape, _, literal in _PARTS.findall(pattern):
        yield OPEN_GAP if shape else literal
