"""The reason of a rejection as somebody jotted it, and the clause that grants it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from enum import StrEnum
from functools import cache
from typing import Final, NamedTuple

from msgspec import Struct

from followup_mail.language.lexicon import WordClass, classes_of
from followup_mail.language.note_words import Part, parts_of, plain_text
from followup_mail.language.private_notes import is_private, is_tactless
from followup_mail.language.reason_gaps import fill
from followup_mail.language.word_tables import any_of, read_table
from followup_mail.regex import regex

_LONGEST: Final = 300
_GAP: Final = regex(r"\{(\w+)\}")
_ENTRY: Final = regex(r"%(\w+)%")
# What comes before a reason without being part of it.
_BEFORE: Final = regex(
    r"(?:(?:(?:they|she|he) (?:told me|said|says|wrote)|said|says|because|due to|so|but|as|in the end|sadly|turns out|"
    r"unfortunately|apparently they|official answer|the) ?(?:that |me )?(?=.{6}))?(?P<rest>.*)"
)
_GOES_ON: Final = regex(r"(?:already |also )?(?:has|had|knows|knew|speaks|been|worked|works|ran|runs|can)\b.*")
_SOMEBODY_ONLY: Final = regex(r"you chose (?:somebody|an? \w+)(?: from [\w' ]+)?$")
_SOMEBODY: Final = "you chose somebody"
_NOT: Final = regex(r"\b(?:not|never|no longer|without|\w+n't)\b")


class ReasonKind(StrEnum):
    """What a rejection was about."""

    INTERNAL = "internal"
    EXPERIENCE = "experience"
    BUDGET = "budget"
    LANGUAGE = "language"
    OTHER = "other"


class Reason(Struct, frozen=True):
    """A reason, and the clause that can stand after "I understand that"; empty where none is safe."""

    kind: ReasonKind
    clause: str = ""
    is_unsure: bool = False

    @property
    def is_given(self) -> bool:
        """True when they said why, as far as the note tells."""
        return bool(self.clause) or not (self.kind is ReasonKind.OTHER or self.is_unsure)


class _Rule(NamedTuple):
    kind: ReasonKind
    find: re.Pattern[str]
    says: str
    takes_not: bool


_DESCRIBED: Final = regex(r"\b([a-z]+) ([a-z]+) experience\b")
_OF_DEGREE: Final = frozenset(
    "more recent relevant enough prior previous direct similar senior broad strong solid deep good further own".split()
)
_KINDS: Final = (ReasonKind.INTERNAL, ReasonKind.BUDGET, ReasonKind.LANGUAGE, ReasonKind.EXPERIENCE)


def read_reason(text: str, names: Sequence[str] = ()) -> Reason:
    """Return what kind of reason a note gives, with a clause where it is sure; nobody of ``names`` gets into it."""
    parts = parts_of(_as_spelt(plain_text(text[:_LONGEST])))
    spelt = " ; ".join(" ".join(part.words) for part in parts).lower()
    if not spelt or is_private(spelt):
        return Reason(ReasonKind.OTHER)
    is_unsure = bool(any_of("tact", "reason_unsure").search(spelt))
    found = None if is_unsure else next(_clauses(parts), None)
    if found and not is_unfit(found.clause, names):
        return found
    kinds = [kind for kind in _KINDS if any_of("tact", f"reason_{kind}").search(spelt)]
    return Reason(kinds[0] if kinds else ReasonKind.OTHER, is_unsure=is_unsure)


def _as_spelt(text: str) -> str:
    """Return a note with what people write short and the grammar needs whole."""
    spelt = re.sub(r"(?i)\b(who|that)s\b", r"\1's", text)
    return re.sub(r"(?i)\bmin\.? (?=\d)", "at least ", spelt)


def _clauses(parts: Sequence[Part]) -> Iterator[Reason]:
    said = [_plain(" ".join(part.words)) for part in parts]
    for place, words in enumerate(said):
        after = said[place + 1] if place + 1 < len(said) and parts[place + 1].mark != "." else ""
        found = _read(words)
        if found and _SOMEBODY_ONLY.fullmatch(found.clause):
            more = _goes_on(found.clause, after)
            yield Reason(found.kind, more) if more else found
        elif found or (
            after and re.fullmatch(_words("language"), words, re.IGNORECASE) and (found := _read(f"{words} {after}"))
        ):
            yield found
        elif _is_somebody(words) and (more := _goes_on(_SOMEBODY, after)):
            yield Reason(ReasonKind.OTHER, more)


def _is_somebody(words: str) -> bool:
    return bool(re.fullmatch(rf"(?:{_words('chose')})?{_words('somebody')}(?: from .+)?", words))


def _plain(words: str) -> str:
    bare = re.sub(r"(?<!\w)['\"]|['\"](?!\w)", "", words).strip()
    return f"{bare[:1].lower()}{bare[1:]}" if not bare[:2].isupper() else bare


def _goes_on(chosen: str, words: str) -> str:
    """Return a clause with what a note adds behind its comma: "internal, has run it for a year"."""
    does = fill("does", words) if _GOES_ON.fullmatch(words) else ""
    return f"{chosen} who {does}" if does else ""


def _read(words: str) -> Reason | None:
    rests = [words]
    if (before := _BEFORE.fullmatch(words)) and before["rest"] != words:
        rests.append(before["rest"])
    for rest in rests:
        for rule in _rules():
            found = rule.find.fullmatch(rest)
            if found and (rule.takes_not or not _NOT.search(rest)) and (clause := _say(rule.says, found)):
                return Reason(rule.kind, clause)
    return None


def _say(says: str, found: re.Match[str]) -> str:
    """Return the clause of a rule with its gaps filled; empty where one cannot be."""
    given = {gap: fill(gap, (found.groupdict().get(gap) or "").strip()) for gap in _GAP.findall(says)}
    return _hyphened(says.format(**given)) if all(given.values()) else ""


def _hyphened(clause: str) -> str:
    """Return "listed-company experience": an adjective and a noun that describe together have a hyphen."""
    found = _DESCRIBED.search(clause)
    if not found or found[1] in _OF_DEGREE or WordClass.COUNT not in classes_of(found[2]):
        return clause
    describes = classes_of(found[1]) & {WordClass.ADJECTIVE, WordClass.PARTICIPLE}
    return clause.replace(f"{found[1]} {found[2]}", f"{found[1]}-{found[2]}", 1) if describes else clause


def is_unfit(clause: str, names: Sequence[str]) -> bool:
    """Return whether a clause names somebody who was met, or holds what hurts."""
    words = {word.lower() for word in re.findall(r"[\w'-]+", clause)}
    named = {part.lower() for name in names for part in name.split() if part[:1].isupper() and len(part) > 2}
    return bool(words & named) or is_tactless(clause)


@cache
def _words(name: str) -> str:
    """Return an entry of the table of words, with the entries that it holds."""
    return _whole(str(read_table("rejection_reasons")["words"][name]))


def _whole(pattern: str) -> str:
    return _ENTRY.sub(lambda found: f"(?:{_words(found[1])})", pattern)


@cache
def _rules() -> tuple[_Rule, ...]:
    return tuple(
        _Rule(
            ReasonKind(rule["kind"]),
            re.compile(_whole(rule["find"]), re.IGNORECASE),
            rule["says"],
            bool(re.search(r"not|no\b|n't|without", rule["find"])),
        )
        for rule in read_table("rejection_reasons")["rules"]
    )
