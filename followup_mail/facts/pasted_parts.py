"""Where one part of a pasted line ends and the next begins: commas, semicolons, bars, "and", a title in brackets."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from followup_mail.facts.credentials import are_credentials, is_code, is_generation
from followup_mail.facts.looks_like import may_be_name
from followup_mail.facts.name_case import plain_key
from followup_mail.facts.name_order import is_particle
from followup_mail.facts.name_parts import is_title
from followup_mail.facts.pasted import FIELD_NAME
from followup_mail.facts.said_person import (
    MAILBOX,
    related_person,
    title_before_name,
    unpack,
    without_article,
    without_join,
)
from followup_mail.regex import regex

_AND: Final = regex(r"\s+(?:and|&|und|et|y)\s+")
# A title ends in small letters before the name of somebody else: "the deputy head and Tariq Aziz".
_NEXT_PERSON: Final = regex(r"(.*\s[a-z]+)\s+(?:and|&)\s+((?:[A-Z][\w'\u2019-]+\.?\s+)+[A-Z][\w'\u2019-]+)\Z")
_BRACKETS: Final = regex(r"\s*(?:\([^()]*\)|\[[^\[\]]*\])")
_BEFORE_ADDRESS: Final = regex(rf"\s+[-\u2013\u2014]+\s+(?=[<(\[]?{MAILBOX.pattern})")
_BEHIND_ADDRESS: Final = regex(rf"({MAILBOX.pattern}[>)\]]?)\s+[-\u2013\u2014]+\s+")


def split_parts(line: str) -> Iterator[str]:
    """Yield the parts of a line between commas, semicolons and bars that are not inside quotes or brackets."""
    line = _BEHIND_ADDRESS.sub(r"\1, ", _BEFORE_ADDRESS.sub(", ", FIELD_NAME.sub("", line)))
    pieces = _without_degrees([piece for piece in _split(_in_said_order(line)) if piece])
    if len(pieces) > 1 and MAILBOX.fullmatch(pieces[0].strip("<>")) and len(MAILBOX.findall(line)) == 1:
        pieces = [*pieces[1:], pieces[0]]  # the address stands before the name
    at = 0
    while at < len(pieces):
        piece = pieces[at]
        after = pieces[at + 1] if at + 1 < len(pieces) else ""
        are_codes = at > 0 and not pieces[at - 1].isupper() and is_code(piece) and is_code(_bare(after))
        if _is_turned(piece, after) and not are_codes:
            given, *said = unpack(after)
            yield f"{piece}, {given}"
            yield from said
            at += 1
        elif _is_generation(after):
            yield f"{piece}, {after}"
            at += 1
        else:
            for side in _sides(without_join(piece)):
                name, post = related_person(side)
                yield from unpack(name or side)
                yield from [f"the {post}"] if post else []
        at += 1


def _without_degrees(pieces: list[str]) -> list[str]:
    """Return "Mbeki", "Dana <dana@x.example>", "RN" for "Mbeki", "Dana", "RN <dana@x.example>"."""
    for at in range(len(pieces) - 1, 1, -1):
        degree = MAILBOX.sub("", pieces[at]).strip(" <>()")
        turned = f"{pieces[at - 1]} <{found[0]}>" if (found := MAILBOX.search(pieces[at])) else ""
        if turned and is_generation(degree) and " " not in pieces[at - 2] and may_be_name(pieces[at - 1]):
            # "King", "Martin L.", "Jr. <address>"
            pieces[at - 2 : at + 1] = [f"{pieces[at - 1]} {pieces[at - 2]}", pieces[at]]
            continue
        if turned and are_credentials(degree) and _is_turned(pieces[at - 2], turned):
            pieces[at - 1 : at + 1] = [turned, degree]
    return pieces


def _sides(piece: str) -> list[str]:
    """Return the people with "and" between them; a piece whose "and" is that of a title stays whole."""
    both = _AND.split(piece)
    is_pair = any(related_person(side)[0] for side in both[1:]) and may_be_name(_BRACKETS.sub("", both[0]))
    if is_pair or all(may_be_name(_bare(side)) for side in both) or all(map(_is_person, both)):
        return both
    found = _NEXT_PERSON.match(piece)
    return [found[1], found[2]] if found and may_be_name(found[2]) else [piece]


def _is_person(side: str) -> bool:
    """Return whether somebody is named with an address, with a title, or with what is said of them."""
    is_called = is_title(side.split(" ", maxsplit=1)[0]) and may_be_name(side)
    is_titled = bool(title_before_name(without_article(side))[1] or related_person(side)[0])
    return bool(MAILBOX.search(side)) or is_called or is_titled or len(unpack(side)) > 1


def _is_turned(piece: str, after: str) -> bool:
    """Return whether "Raman" and "Priya <priya@x.example>" are one person, as directories write them.

    Of longer names the address tells: "van der Berg" and "Anna Maria <a.vanderberg@x.example>".
    """
    mailbox = MAILBOX.search(after)
    name = _bare(after)
    if not mailbox or not may_be_name(piece) or not may_be_name(name):
        return False
    if " " in piece and is_code(name) and not piece.isupper():
        return False  # "Jean-Luc Moreau", "CEPC <moreau@x.example>"
    local = _letters(mailbox[0].partition("@")[0])
    is_in_address = _letters(piece) in local and _letters(name) not in local
    return len(piece.split()) == len(name.split()) == 1 or is_in_address


def _bare(piece: str) -> str:
    """Return a piece without its address and its remarks."""
    return _BRACKETS.sub("", MAILBOX.sub("", piece)).strip(" <>\"'()")


def _letters(text: str) -> str:
    return "".join(filter(str.isalpha, plain_key(text)))


def _is_generation(piece: str) -> bool:
    """Return whether a piece is "Jr.", perhaps with the address behind it, which belongs to the name before."""
    return is_generation(MAILBOX.sub("", piece).strip(" <>()"))


def _in_said_order(line: str) -> str:
    """Return "Luis Ortega; ..." for "Ortega, Luis; ...": where a semicolon stands between people, a comma does not."""
    pieces = [piece.strip() for piece in line.split(";")]
    bare = [piece for piece in pieces if piece and "@" not in piece]
    if ";" not in line or not all(map(_is_family_first, bare)):
        return line
    turned = (" ".join(map(str.strip, reversed(piece.split(",")))) if piece in bare else piece for piece in pieces)
    return "; ".join(turned)


def _is_family_first(piece: str) -> bool:
    family, comma, given = (part.strip() for part in piece.partition(","))
    is_family = " " not in family or is_particle(family.split()[0])
    is_given = len(given.split()) <= 2 and not (given.isupper() and len(given) > 1 and not family.isupper())
    return bool(comma) and is_family and is_given and may_be_name(family) and may_be_name(given)


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
