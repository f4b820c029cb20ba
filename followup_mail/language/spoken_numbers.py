"""A phone number as one says it: digit by digit, in groups, without the country code for a call within the country."""

from __future__ import annotations

import re
from typing import Final

from followup_mail.language.word_tables import read_table

_LONGEST_GROUP: Final = 5
"""More digits in a row cannot be written down from hearing them."""
_CODE_LENGTHS: Final = (3, 2, 1)


def say_number(number: str, country: str = "") -> str:
    """Return a number as it is said to somebody in ``country``: "3 1 2, 5 5 5, 0 1 4 2".

    What holds letters, such as an extension, stays as it is written.
    """
    text = number.strip()
    if re.search(r"[^\W\d_]", text):
        return text
    groups = _written_groups(text)
    if not (groups and text.startswith("+")):
        return _spell(groups)
    code, rest = _cut_code(groups)
    of_code = read_table("dial_codes").get(code)
    if not of_code or country not in of_code["countries"]:
        return f"plus {_spell([code, *rest] if code else rest)}"
    return _spell([f"{of_code['inside']}{rest[0]}", *rest[1:]])


def _written_groups(text: str) -> list[str]:
    """Return the groups of digits; the 0 of "+44 (0)7700", which is not dialled, is left out."""
    return re.findall(r"\d+", re.sub(r"^(\+\d+ ?)\(0\)", r"\1 ", text))


def _cut_code(groups: list[str]) -> tuple[str, list[str]]:
    """Return the country code, where it is known, and the groups after it."""
    first = groups[0]
    code = next((first[:length] for length in _CODE_LENGTHS if first[:length] in read_table("dial_codes")), "")
    rest = [group for group in (first[len(code) :], *groups[1:]) if group]
    return (code, rest) if rest else ("", groups)


def _spell(groups: list[str]) -> str:
    return ", ".join(" ".join(part) for group in groups for part in _split(group))


def _split(digits: str) -> list[str]:
    """Return a long run of digits in threes, then as many fours as it takes to leave none over."""
    if len(digits) <= _LONGEST_GROUP:
        return [digits]
    threes = len(digits) - 4 * (len(digits) % 3)
    starts = [*range(0, threes, 3), *range(threes, len(digits), 4)]
    return [digits[start : start + (3 if start < threes else 4)] for start in starts]
