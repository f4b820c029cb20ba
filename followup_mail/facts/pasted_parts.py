"""Where one part of a pasted line ends and the next begins: commas, semicolons, bars, "and", a title in brackets."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from followup_mail.facts.looks_like import is_job_title, may_be_name
from followup_mail.facts.name_case import is_listed
from followup_mail.facts.pasted import FIELD_NAME
from followup_mail.regex import regex

MAILBOX: Final = regex(r"[^\s<>()\[\],;\"]+@[^\s<>()\[\],;\"]+")
_AND: Final = regex(r"\s+(?:and|&|und|et|y)\s+")
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
            both = _AND.split(piece)
            are_names = all(may_be_name(_BRACKETS.sub("", side)) for side in both)
            for side in both if are_names else [piece]:
                yield from _title_in_brackets(side)
        at += 1


def _title_in_brackets(piece: str) -> Iterator[str]:
    """Yield name and title of "Priya Raman (Head of Data)"; any other remark stays with the name."""
    inside = re.fullmatch(r"([^()@]+?)\s*\(([^()]+)\)", piece)
    yield from (inside[1], inside[2]) if inside and is_job_title(inside[2]) else (piece,)


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
