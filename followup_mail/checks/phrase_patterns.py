"""A small notation for phrases, compiled to bounded regular expressions.

Each line is a phrase: words with spaces between, in lower case with straight apostrophes. A line that ends in a
backslash goes on in the next line.

- ``touch base/bases``   either word
- ``just (quickly) checking in``   a word that may be missing
- ``offer* from``   any ending
- ``withdraw .. application``   up to three words in between
- ``find ... enclosed``   up to eight words in between
- ``by {day}``   a set of words: ``{day}``, ``{number}``
- ``another offer !of/to``   not before these words; only at the end of a phrase

Every phrase begins with a plain word (or alternatives of plain words): a mail is searched only where such a word
stands, so a rule with a hundred phrases costs a hundred look-ups in a dictionary. No part repeats without a bound
except spaces, and neighbours never match the same character, so there is no backtracking to exploit.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import Final

from msgspec import Struct, field

from followup_mail.cadence import wording
from followup_mail.checks.prose import Prose
from followup_mail.regex import regex

WEEKDAYS: Final = tuple(day.lower() for day in wording.WEEKDAYS)
_GAPS: Final = {"..": r"(?:[\w'-]+,?\s+){0,3}?", "...": r"(?:[\w'-]+,?\s+){0,8}?"}
_SETS: Final = {
    "day": (
        rf"(?:(?:the\s+)?(?:end|close)\s+of\s+(?:the\s+|this\s+|next\s+)?(?:day|week|month|business)|eod|"
        rf"(?:this\s+|next\s+|coming\s+)?(?:{'|'.join(WEEKDAYS)}|week)|today|tonight|tomorrow|noon|"
        rf"(?:the\s+)?\d{{1,2}}(?:st|nd|rd|th)?|\w{{3,9}}\s+\d{{1,2}})"
    ),
    "number": r"(?:\d{1,9}|one|two|three|four|five|six|seven|eight|nine|ten|several|many|some|few|couple)",
}
_SET_NAME: Final = regex(r"\{([^}]*)\}")
_HEAD: Final = regex(r"\w+")
_MAILS: Final = frozenset({"email", "emails"})
_MAIL_HEADS: Final = frozenset({"e", "email", "emails"})


class _Ending:
    """What follows the first word of a phrase, with the words that a mail must have before it is worth a search."""

    def __init__(self, word: str, rest: str) -> None:
        self._word, self._parts = word, rest.split()
        must = [part for part in self._parts if part not in _GAPS and not part.startswith(("(", "!"))]
        self.next = _heads(must[0]) if must and must[0] is self._parts[0] else frozenset()
        """How the next word must begin; empty when it may be any."""
        self._needs = [heads for part in must[bool(self.next) :] if (heads := _heads(part))]

    @cached_property
    def source(self) -> str:
        """The regular expression of the phrase."""
        return re.escape(self._word) + _pattern(self._parts)

    @cached_property
    def _compiled(self) -> re.Pattern[str]:
        return re.compile(f"{self.source}(?!\\w)")

    def match(self, prose: Prose, at: int) -> re.Match[str] | None:
        """Return the phrase at ``at``, where its first word and the one after it are, up to the end of a word."""
        for heads in self._needs:
            if heads.isdisjoint(prose.heads):
                return None
        return self._compiled.match(prose.plain, at)


class _Endings:
    """What follows a word in the phrases that begin with it."""

    def __init__(self, word: str, rests: Iterable[str]) -> None:
        self._every = [_Ending(word, rest) for rest in rests]
        self._nexts = frozenset[str]().union(*(ending.next for ending in self._every))
        self._before: dict[str, tuple[_Ending, ...]] = {}

    def before(self, head: str) -> tuple[_Ending, ...]:
        """Return those that can stand where the next word begins with ``head``: the longest first."""
        found = self._before.get(head)
        if found is None and head not in self._nexts:
            head = ""
            found = self._before.get(head)
        if found is None:
            fitting = (ending for ending in self._every if not ending.next or head in ending.next)
            in_order = sorted(fitting, key=lambda ending: len(ending.source), reverse=True)
            found = self._before[head] = tuple(in_order)
        return found


class Phrases(Struct, frozen=True):
    """A list of phrases, ready to be looked up."""

    by_word: dict[str, tuple[str, ...]]
    """The first word of some phrases, and what follows it in each. It becomes a regular expression when a mail has
    that word, the one after it, and all others that must be there: that is so for a few of two thousand phrases."""
    ready: dict[str, _Endings] = field(default_factory=dict)
    """The endings of those words that were needed so far."""

    def find(self, prose: Prose, start: int = 0, end: int | None = None) -> Iterator[tuple[int, int]]:
        """Yield the spans of all phrases that begin within the bounds, in no particular order."""
        stop = len(prose.plain) if end is None else end
        for word in self.by_word.keys() & prose.starts.keys():
            endings = self.ready.get(word)
            if endings is None:
                endings = self.ready[word] = _Endings(word, self.by_word[word])
            for at in prose.starts[word]:
                if start <= at < stop:
                    for ending in endings.before(prose.next_heads[at]):
                        if found := ending.match(prose, at):
                            yield found.span()
                            break


def phrases(text: str) -> Phrases:
    """Read a list of phrases, each on a line. Empty lines and lines that begin with ``#`` do not count.

    Raises ``ValueError`` for a phrase that begins with anything but plain words, names an unknown set of words, or
    needs only its first word to be there: that would find a word, not a phrase.
    """
    lines = [line.strip() for line in text.replace("\\\n", " ").splitlines()]
    by_word: dict[str, list[str]] = {}
    for line in (line for line in lines if line and not line.startswith("#")):
        first, *rest = line.split()
        if rest and all(part.startswith(("(", "!")) or part in _GAPS for part in rest):
            raise ValueError(f"all but the first word of a phrase may be missing: {line!r}")
        if not _SETS.keys() >= set(_SET_NAME.findall(line)):
            raise ValueError(f"there is no such set of words: {line!r}")
        for word in first.split("/"):
            if not re.fullmatch(r"[\w'-]+", word):
                raise ValueError(f"a phrase must begin with a plain word: {line!r}")
            by_word.setdefault(word, []).append(" ".join(rest))
    return Phrases({word: tuple(found) for word, found in by_word.items()})


def phrase_pattern(phrase: str) -> str:
    """Return the regular expression of one phrase."""
    first, *rest = phrase.split()
    return _word(first) + _pattern(rest)


def _heads(part: str) -> frozenset[str]:
    """Return how a word must begin that is this part of a phrase; empty when it may begin in many ways.

    Each part stands behind a space, so it begins a word; and up to its first hyphen, apostrophe or end it is the same
    as that word, unless any ending will do.
    """
    heads: set[str] = set()
    for form in part.split("/"):
        begun = None if form.startswith("{") or form.endswith("*") else _HEAD.match(form)
        if begun is None:
            return frozenset()
        heads |= _MAIL_HEADS if form in _MAILS else {begun[0]}
    return frozenset(heads)


def _pattern(parts: list[str]) -> str:
    """Return the pattern of what follows a phrase's first word."""
    pattern, pending_gap = "", ""
    for part in parts:
        if part in _GAPS:
            pending_gap = _GAPS[part]
            continue
        gap, pending_gap = pending_gap, ""
        if part.startswith("!"):
            pattern += rf"(?!\s+{_word(part[1:])}(?!\w))"
        elif part.startswith("("):
            pattern += rf"(?:\s+{gap}{_word(part.strip('()'))})?"
        else:
            pattern += rf"\s+{gap}{_word(part)}"
    return pattern


def _word(part: str) -> str:
    """Return the pattern of a part of a phrase: a word, a word with any ending, a set, or any of several."""
    return f"(?:{'|'.join(map(_form, part.split('/')))})"


def _form(form: str) -> str:
    if form.startswith("{"):
        return _SETS[form.strip("{}")]
    if form in _MAILS:
        return "e-?mails?"
    return re.escape(form.removesuffix("*")) + (r"\w{0,20}" if form.endswith("*") else "")
