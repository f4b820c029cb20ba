"""The labels of cards and address books: "FN: Kari Olsen", and "mobile" in a line of its own above the number."""

from __future__ import annotations

from typing import Final

from followup_mail.facts.looks_like import WORDS
from followup_mail.regex import regex

_CARD: Final = regex(r"(?i)\A(?:BEGIN\s*:\s*VCARD|FN\s*[:;])")
_FIELD: Final = regex(r"(?:item\d+\.)?(?P<key>[A-Za-z-]+)(?:;[^:]*)?:\s*(?P<value>.*)")
_KEPT: Final = ("FN", "TITLE", "ROLE", "EMAIL", "TEL")
_LEFT: Final = ("ORG", "NOTE", "URL", "ADR")


def without_labels(text: str) -> tuple[str, tuple[str, ...]]:
    """Return a paste as a signature would have it, and the values that are nobody's name, title or address."""
    lines = [line.strip() for line in text.split("\n")]
    if any(map(_CARD.match, lines)):
        return _of_card(lines)
    kept, left = list[str](), list[str]()
    for before, line in zip(["", *lines], lines, strict=False):
        if kept and _is_label(before, "company_labels") and line:
            left.append(line)
        elif not (kept and (_is_label(line, "labels") or _is_label(line, "company_labels"))):
            kept.append(line)
    return "\n".join(kept), tuple(left)


def _is_label(line: str, kind: str) -> bool:
    return line.rstrip(":").casefold() in WORDS[kind]


def _of_card(lines: list[str]) -> tuple[str, tuple[str, ...]]:
    """Return the values of a business card, each in a line, with the name first in each card."""
    kept, left = list[str](), list[str]()
    for line in lines:
        field = _FIELD.fullmatch(line)
        key = field["key"].upper() if field else ""
        value = field["value"].replace("\\,", ",").strip(" ;") if field else line
        if key == "END":
            kept.append("")
        elif not field or key in _KEPT:
            kept.append(value)
        elif key in _LEFT and value:
            left.append(value)
    names = [field["value"] for line in lines if (field := _FIELD.fullmatch(line)) and field["key"].upper() == "FN"]
    if len(names) == 1:
        kept.sort(key=lambda line: line != names[0])
    return "\n".join(kept).strip(), tuple(left)
