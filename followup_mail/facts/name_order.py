"""Which words of a name are given names and which the family name; told only where it is clear.

Vietnam, Japan, China, Korea and Hungary write the family name first, and so do forms and directories elsewhere. A sign
is the family name in capitals, a comma, or a family name known from there; the country is one where there is no other.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from typing import Final, NamedTuple

from followup_mail.facts.name_case import (
    NAME_WORDS,
    chinese_and_korean,
    is_initial,
    is_listed,
    is_shouted,
    key_of,
    plain_key,
    surnames_in_front,
)
from followup_mail.regex import regex

FAMILY_NAME_FIRST: Final = frozenset({"CN", "HK", "HU", "JP", "KP", "KR", "MO", "TW", "VN"})
# A syllable of a Chinese or Korean name in Latin letters: "Wei", "Ming", "Soo", "Hyun", "Xiao".
_SYLLABLE: Final = (
    r"(?:(?:[bcdfghjklmnpqrstwxyz]|[hkg]w|[cszt]h|ts|tz|hs|k[yh]|[hgmnrp]y)?[aeiou]{1,4}(?:ng?|[hklmptw])?)"
)
_GIVEN_IN_EAST: Final = regex(rf"(?i){_SYLLABLE}(?:-?{_SYLLABLE})?")
_ONE_SYLLABLE: Final = regex(rf"(?i){_SYLLABLE}")
_PATRONYMIC: Final = regex(r"(?i)\w+(?:[oe]vich|[oe]vna|ович|евич|овна|евна|івна|йович)")
_EASTERN_LETTERS: Final = ("CJK", "HIRAGANA", "KATAKANA", "HANGUL")


class Order(NamedTuple):
    """The words of a name, without titles and suffixes."""

    given: list[str]
    family: list[str]
    is_clear: bool = True
    """False where nobody can tell one from the other: then all words are in ``given``, as they were written."""


def order_words(words: list[str], country: str | None) -> Order:
    """Return which words are the given names and which the family name."""
    if len(words) < 2:
        return Order(words, [])
    if by_capitals := _by_capitals(words):
        return by_capitals
    # "Don Pablo Ruiz" has a title, Don Robert Draper has not.
    is_don = key_of(words[0]) == "don" and len(words) > 2
    if is_don or is_particle(words[0]) or _is_pair_alone(words) or _may_have_family_first(words, country):
        return Order(words, [], is_clear=False)
    start = _start_of_family(words)
    return Order(words[:start], words[start:])


def is_particle(word: str) -> bool:
    """Return whether a word belongs to the family name behind it: "van", "De", "al-", but not "Ben" or "E."."""
    beginning, mark, _ = re.sub("[\u2019-]", "'", word).partition("'")
    if mark and is_listed(beginning, "beginnings"):
        return True
    if not is_listed(word, "particles") or (word.endswith(".") and key_of(word) != "st"):
        return False
    return word.islower() or not is_listed(word, "particles_only_small")


def is_vietnamese(word: str) -> bool:
    """Return whether a word is a Vietnamese family name. What follows is a middle name first, so it greets nobody."""
    return plain_key(word) in NAME_WORDS["vietnamese_surnames"]


def first_given_name(given: Sequence[str], family: Sequence[str]) -> str:
    """Return the given name that greets: "Mary Jo" and "Noor ul Ain" whole, of "Thomas Edward" the first."""
    if len(given) > 2 and is_listed(given[1], "inside_given_names"):
        return " ".join(given[:3])
    return " ".join(given[:2]) if is_one_given_name(given, family) else given[0]


def is_one_given_name(words: Sequence[str], family: Sequence[str]) -> bool:
    """Return whether two given names make one: "Mary Jo", "Jean Pierre"; "Wei Ming" Ng, unlike "John Andrew" Lee."""
    if len(words) < 2:
        return False
    if "-".join(map(plain_key, words[:2])) in NAME_WORDS["double_given_names"]:
        return True
    if len(words) != 2 or len(family) != 1 or plain_key(family[0]) not in chinese_and_korean():
        return False
    return plain_key(words[0]) not in chinese_and_korean() and all(_ONE_SYLLABLE.fullmatch(word) for word in words)


def _by_capitals(words: list[str]) -> Order | None:
    """Read "RAMAN Priya" and "Priya RAMAN"; None where capitals say nothing."""
    shouted = [is_shouted(word) for word in words]
    if all(shouted) or not any(shouted):
        return None
    first = shouted.index(not shouted[0])
    if any(shouted[at] is not shouted[first] for at in range(first, len(words))):
        return None
    front, back = words[:first], words[first:]
    # "AJ Smith" has initials.
    if shouted[0] and len(front[0]) < 3 and plain_key(front[0]) not in surnames_in_front() and len(front) == 1:
        return Order(words, [], is_clear=False)
    given, family = (back, front) if shouted[0] else (front, back)
    if is_vietnamese(family[0]) and len(given) > 1:
        return Order(words, [], is_clear=False)
    return Order(given, family)


def _is_pair_alone(words: list[str]) -> bool:
    return len(words) == 2 and is_one_given_name(words, [])


def _may_have_family_first(words: list[str], country: str | None) -> bool:
    """Return whether the first word may be the family name."""
    if any(unicodedata.name(letter, "").startswith(_EASTERN_LETTERS) for letter in words[0]):
        return True
    first, last = plain_key(words[0]), plain_key(words[-1])
    if len(words) > 2 and _PATRONYMIC.fullmatch(words[-1]) and not _PATRONYMIC.fullmatch(words[-2]):
        return True
    if last in surnames_in_front() and first not in surnames_in_front():
        return False
    if country in FAMILY_NAME_FIRST:
        return True
    if first not in surnames_in_front():
        return False
    # "Kim" and "Lee" are first names too: "Kim Smith" is told by what follows.
    is_only_eastern = first in chinese_and_korean() and not is_vietnamese(words[0])
    return not is_only_eastern or all(_GIVEN_IN_EAST.fullmatch(plain_key(word)) for word in words[1:])


def _start_of_family(words: list[str]) -> int:
    """Return where the family name begins: with its particles, and the first of two Spanish ones."""
    start = len(words) - 1
    while start > 1:
        before = words[start - 1]
        is_first_of_two = start > 1 and is_spanish(before) and not is_initial(words[-1])
        if not (is_particle(before) or is_first_of_two):
            break
        start -= 1
    return start


def is_spanish(word: str) -> bool:
    """Return whether a word is a Spanish family name, which stands before a second one."""
    plain = plain_key(word)
    return plain in NAME_WORDS["spanish_surnames"] or (len(plain) > 4 and plain.endswith("ez"))
