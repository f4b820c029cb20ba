"""Where one part of a pasted line ends and the next begins: commas, semicolons, bars, "and", a title in brackets."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from followup_mail.facts.looks_like import may_be_name
from followup_mail.facts.name_case import is_listed
from followup_mail.facts.name_parts import is_title
from followup_mail.facts.pasted import FIELD_NAME
from followup_mail.facts.said_person import MAILBOX, unpack, without_join
from followup_mail.regex import regex

_AND: Final = regex(r"\s+(?:and|&|und|et|y)\s+")
# A title ends in small letters before the name of somebody else: "the deputy head and Tariq Aziz".
_NEXT_PERSON: Final = regex(r"(.*\s[a-z]+)\s+(?:and|&)\s+((?:[A-Z][\w'\u2019-]+\.?\s+)+[A-Z][\w'\u2019-]+)\Z")
_BRACKETS: Final = regex(r"\s*\([^()]*\)")


def split_parts(line: str) -> Iterator[str]:
    """Yield the parts of a line between commas, semicolons and bars that are not inside quotes or brackets."""
    pieces = [piece for piece in _split(FIELD_NAME.sub("", line)) if piece]
    at = 0
    while at < len(pieces):
        piece = pieces[at]
        after = pieces[at + 1] if at + 1 < len(pieces) else ""
        if _is_turned(piece, after) or _is_degree(after):
            yield f"{piece}, {after}"
            at += 1
        else:
            for side in _sides(without_join(piece)):
                yield from unpack(side)
        at += 1


def _sides(piece: str) -> list[str]:
    """Return the people with "and" between them; a piece whose "and" is that of a title stays whole."""
    both = _AND.split(piece)
    if all(may_be_name(_BRACKETS.sub("", side)) for side in both) or all(map(_is_person, both)):
        return both
    found = _NEXT_PERSON.match(piece)
    return [found[1], found[2]] if found and may_be_name(found[2]) else [piece]


def _is_person(side: str) -> bool:
    """Return whether somebody is named with an address, with a title, or with what is said of them."""
    is_called = is_title(side.split(" ", maxsplit=1)[0]) and may_be_name(side)
    return bool(MAILBOX.search(side)) or is_called or len(unpack(side)) > 1


def _is_turned(piece: str, after: str) -> bool:
    """Return whether "Raman" and "Priya <priya@x.example>" are one person, as directories write them."""
    if not MAILBOX.search(after) or len(piece.split()) != 1 or not may_be_name(piece):
        return False
    name = MAILBOX.sub("", after).strip(" <>\"'()")
    return len(name.split()) == 1 and may_be_name(name)


def _is_degree(piece: str) -> bool:
    """Return whether a piece is "PhD", perhaps with the address behind it, which belongs to the name before."""
    words = MAILBOX.sub("", piece).replace("<", " ").replace(">", " ").split()
    return bool(words) and all(is_listed(word, "suffixes") for word in words)


def _split(line: str) -> list[str]:
    pieces, depth, quote = [""], 0, ""
    for sign in line:
        quote = "" if sign == quote else quote or ('"' if sign == '"' else "")
        depth += (sign in "<([") - (sign in ">)]")
        if (sign in ",;|\t\u2022\u00b7" and not quote and depth <= 0) or (sign == "\n"):
            pieces.append("")
        else:
            pieces[-1] += sign
    return [piece.strip(" \t") for piece in pieces]
