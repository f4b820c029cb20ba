"""Find web addresses, mail addresses, handles and phone numbers in a text, in the notations that people use.

Patterns and endings are data (``addresses.toml``). Dates, years, amounts, versions and names of files do not count.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import cache
from typing import Final, NamedTuple

from followup_mail.language.word_tables import read_table
from followup_mail.regex import regex

_SET_ASIDE: Final = "\x00"
_FEWEST: Final = 7
"""So many digits make a phone number where something stands between them."""
_FEWEST_IN_A_ROW: Final = 8
_LONG_GROUP: Final = 3
_DIGITS: Final = regex(r"\d+")


class AddressSpan(NamedTuple):
    """The place of an address or a phone number in a text."""

    start: int
    end: int


class _Patterns(NamedTuple):
    addresses: re.Pattern[str]
    domains: re.Pattern[str]
    numbers: tuple[re.Pattern[str], ...]
    phone: re.Pattern[str]
    named_phones: re.Pattern[str]
    no_address: frozenset[str]


def find_addresses(text: str) -> list[AddressSpan]:
    """Return where addresses and phone numbers stand in ``text``, in order, none of them inside another."""
    plain, origins = compatible(text)
    found = sorted({*_addresses(plain), *_phones(plain)})
    joined: list[AddressSpan] = []
    for start, end in found:
        if joined and start < joined[-1].end:
            joined[-1] = AddressSpan(joined[-1].start, max(joined[-1].end, end))
        else:
            joined.append(AddressSpan(start, end))
    return [AddressSpan(origins[start], origins[end - 1] + 1) for start, end in joined]


def compatible(text: str) -> tuple[str, list[int]]:
    """Return a text in its compatibility form, with plain hyphens and without unseen characters, and where each is."""
    if text.isascii():
        return text, list(range(len(text)))
    letters: list[str] = []
    origins: list[int] = []
    for at, character in enumerate(text):
        for letter in unicodedata.normalize("NFKC", character):
            category = unicodedata.category(letter)
            if category != "Cf":
                letters.append("-" if category == "Pd" or letter == "\u2212" else letter)
                origins.append(at)
    return "".join(letters), origins


def _addresses(plain: str) -> Iterator[tuple[int, int]]:
    patterns = _patterns()
    for pattern in (patterns.addresses, patterns.domains):
        for match in pattern.finditer(plain):
            words = match[0].rstrip(".,;:!?)\"'")
            if words and words.lower() not in patterns.no_address:
                yield match.start(), match.start() + len(words)


def _phones(plain: str) -> Iterator[tuple[int, int]]:
    patterns = _patterns()
    yield from (match.span() for match in patterns.named_phones.finditer(plain))
    left = plain
    for pattern in patterns.numbers:
        left = pattern.sub(lambda found: _SET_ASIDE * len(found[0]), left)
    for match in patterns.phone.finditer(left):
        if _is_phone(match[0]):
            yield match.span()


def _is_phone(number: str) -> bool:
    groups = _DIGITS.findall(number)
    if len(groups) == 1:
        return len(groups[0]) >= _FEWEST_IN_A_ROW
    # Numbers in pairs have one sign between all pairs; "6-14/14-22" are shifts.
    signs = set(_DIGITS.split(number.strip())[1:-1])
    is_list = all(len(group) < _LONG_GROUP for group in groups) and len(signs) > 1 and number[0] not in "+0("
    return sum(map(len, groups)) >= _FEWEST and not is_list


@cache
def _patterns() -> _Patterns:
    data = read_table("addresses")
    any_case = data["any_case"].split()
    endings = {
        "firm": _one_of([*_small_or_capitals(data["firm"]), f"(?i:{'|'.join(any_case)})"]),
        "loose": _one_of(_small_or_capitals(data["loose"])),
        "spoken": _one_of(data["spoken"].split()),
        "files": _one_of(data["files"].split()),
        "year": data["year"],
        "digit": data["digit"],
    }

    def filled(pattern: str) -> str:
        for name, endings_ in endings.items():
            pattern = pattern.replace(f"{{{name}}}", endings_)
        return pattern

    return _Patterns(
        addresses=re.compile(filled("|".join(data["addresses"])), re.IGNORECASE),
        domains=re.compile(filled("|".join(data["domains"]))),
        numbers=tuple(re.compile(filled(pattern), re.IGNORECASE) for pattern in data["numbers"]),
        phone=re.compile(data["phone"], re.IGNORECASE),
        named_phones=re.compile(filled("|".join(data["named_phones"])), re.IGNORECASE),
        no_address=frozenset(data["no_address"].split()),
    )


def _small_or_capitals(endings: str) -> list[str]:
    return [form for ending in endings.split() for form in (ending, ending.upper())]


def _one_of(forms: list[str]) -> str:
    return f"(?:{'|'.join(dict.fromkeys(forms))})"
