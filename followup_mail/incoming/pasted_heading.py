"""What stands above a letter that was copied from a mail page: its subject, who wrote it, when.

Gmail shows "Tom Okafor <tom@x.example>", "10:14 AM (2 hours ago)" and "to me", Outlook "To: You", telephones
"From:", "Date:" and "Subject:". People copy some of it, and buttons with it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from followup_mail.facts.quotation_words import WROTE, kind_of_label
from followup_mail.incoming.letter_parts import SHOWN, TO_ME, is_greeting
from followup_mail.incoming.pasted_day import is_moment, read_day
from followup_mail.incoming.quotation_heading import is_rule
from followup_mail.incoming.saved_senders import good_address
from followup_mail.incoming.signed_name import is_personal
from followup_mail.regex import regex

_LINES_LIMIT: Final = 30
_LOOSE_LIMIT: Final = 3
"""Lines of no known kind that may stand there: a subject, a name, a remark of the mail page."""
_ADDRESS: Final = regex(r"[\[(<]?(?:mailto:)?([^\s<>()\[\]\"',;:|*]{1,64}@[^\s<>()\[\]\"',;:|*@]{1,200})[\])>]*")
_LABEL: Final = regex(
    r"[*_|]{0,2}(?P<label>[^\W\d_][^:\uff1a]{0,20}?)\s?[*_]{0,2}\s?[:\uff1a][*_]{0,2}\s*(?P<value>.*)"
)
_TO_SOMEBODY: Final = regex(r"(?:to|an|à|para|aan)\s+[^\W\d_][\w .'-]{0,40}(?:,\s*[\w .'-]{1,40})*\Z", re.IGNORECASE)
_ATTRIBUTION: Final = regex(
    rf"[^\W\d_]{{2,8}}\b(?P<who>.{{6,160}}?)[<(\[]\s*(?:mailto:)?(?P<at>[^\s<>()\[\]]{{1,64}}@[^\s<>()\[\]]{{1,200}})[>)\]]"
    rf"\s*(?:{WROTE})?\s*[:\uff1a]\Z"
)
_INITIALS: Final = regex(r"[A-ZÄÖÜ]{1,2}\Z")
_EDGES: Final = " \t\"'*,;:|<>()[]\u00b7\u2022\u25bc\u25be\u2013\u2014-"


class PastedHeading(Struct, frozen=True):
    """What was understood; empty where nothing was copied along."""

    name: str = ""
    """How the sender is shown."""
    address: str = ""
    subject: str = ""
    on: date | None = None
    end: int = 0
    """The number of lines that it takes."""


def read_pasted_heading(lines: Sequence[str], today: date) -> PastedHeading:
    """Return the heading that a text begins with."""
    found, loose, at = PastedHeading(), [], 0
    while at < min(len(lines), _LINES_LIMIT):
        line = lines[at].strip()
        at += 1
        if not line or is_rule(line) or _is_shown(line):
            continue
        if len(line) > 20 and at < len(lines) and _ATTRIBUTION.match(f"{line} {lines[at].strip()}"):
            line, at = f"{line} {lines[at].strip()}", at + 1
        label = _LABEL.match(line)
        kind = kind_of_label(label["label"]) if label else ""
        if label and kind:
            value, at = _value_of(label["value"], lines, at)
            found = replace(_with_field(found, kind, value, today), end=at)
        elif is_greeting(line) and not _ADDRESS.search(line):
            break
        elif read := _read_line(found, line, today):
            found = replace(read, end=at)
        else:
            loose.append((at, line))
            if len(loose) > _LOOSE_LIMIT or len(line) > 150:
                break
    above = [line for place, line in loose if place < found.end]
    return _with_loose(found, above) if found.end else PastedHeading()


def _value_of(value: str, lines: Sequence[str], at: int) -> tuple[str, int]:
    """Return the value of a label, which may stand on the next line, and the line after it."""
    value = value.strip(" *_")
    below = lines[at].strip() if at < len(lines) else ""
    if value or not below or _LABEL.match(below) or is_greeting(below):
        return value, at
    return below, at + 1


def _with_field(found: PastedHeading, kind: str, value: str, today: date) -> PastedHeading:
    if kind == "from" and not (found.address or found.name):
        return _with_sender(found, value, today)
    if kind in {"sent", "date"} and found.on is None:
        return replace(found, on=read_day(value, today))
    if kind == "subject" and not found.subject:
        return replace(found, subject=value)
    return found


def _read_line(found: PastedHeading, line: str, today: date) -> PastedHeading | None:
    """Return the heading with what a line without a label adds; None where it is nothing known."""
    if attribution := _ATTRIBUTION.match(line):
        name = re.split(r",|(?<=\d)\s(?=[^\W\d_]+\s)|[ap]m\s", attribution["who"], flags=re.IGNORECASE)[-1]
        return _with_sender(
            replace(found, on=found.on or read_day(line, today)), f"{name} <{attribution['at']}>", today
        )
    if line.casefold() in TO_ME or (_TO_SOMEBODY.match(line) and (found.address or found.on)):
        return found
    if is_moment(line):
        return replace(found, on=found.on or read_day(line, today))
    mark = _ADDRESS.search(line)
    if not mark or found.address:
        return None
    is_short = len(line[: mark.start()].split()) < 8 and len(line) < 200
    after = _without_to(line[mark.end() :])
    is_sender = not after or is_moment(after) or after.casefold().startswith("via ") or _is_shown(after)
    return _with_sender(found, line, today) if is_short and is_sender else None


def _with_sender(found: PastedHeading, value: str, today: date) -> PastedHeading:
    """Take name, address and perhaps the moment out of "Tom Okafor <tom@x.example>  10:14 AM  to me"."""
    mark = _ADDRESS.search(value)
    if not mark:
        return replace(found, name=value.strip(_EDGES))
    after = _without_to(value[mark.end() :])
    name = value[: mark.start()].strip(_EDGES) or ("" if is_moment(after) else after.strip(_EDGES))
    name = name.removeprefix("mailto").strip(_EDGES)
    return replace(
        found,
        name="" if name.casefold().startswith("via ") else name,
        address=good_address(mark[1].strip(".")),
        on=found.on or (read_day(after, today) if after else None),
    )


def _without_to(text: str) -> str:
    """Return what follows an address, without "to me" at its end."""
    plain = " ".join(text.strip(_EDGES).split())
    for words in TO_ME:
        if plain.casefold().endswith(words):
            return plain[: -len(words)].strip(_EDGES)
    return plain


def _with_loose(found: PastedHeading, loose: Sequence[str]) -> PastedHeading:
    """Return the heading with the lines of no known kind: the subject above the sender, or the sender's name."""
    words = list(loose)
    if not found.name and words and (not found.address or is_personal(words[-1])):
        found = replace(found, name=words.pop().strip(_EDGES))
    if not found.subject and words:
        found = replace(found, subject=words[0])
    return found


def _is_shown(line: str) -> bool:
    """Return whether a line is a button or a remark of the mail page, or the initials in its circle."""
    plain = line.casefold().strip(" .:\u00b7\u2022*|")
    return plain in SHOWN or _INITIALS.match(line) is not None or not any(map(str.isalnum, line))
