"""What mail and calendar programs show around people: "Sent:", "to me, Luis", "On Monday ... wrote:", "Guests".

A paste is left with the people alone; what else it says is returned to be named, since nothing is dropped silently.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from followup_mail.facts.pasted import read_pasted
from followup_mail.facts.quotation_words import ANNOUNCED, WROTE, kind_of_label
from followup_mail.facts.said_readings import plain_words
from followup_mail.regex import regex

_LABEL: Final = regex(
    r"[>\s*_|]*(?P<label>[^\W\d_][^:\uff1a\n]{0,30}?)\s?[*_]*\s?[:\uff1a][*_]*(?:\s+(?P<value>.*)|\Z)"
)
_OF_EVENTS: Final = frozenset(
    ("when", "where", "wann", "wo", "quand", "o\u00f9", "cu\u00e1ndo", "location", "ort", "lieu", "lugar", "time zone")
)
_WROTE: Final = regex(
    rf"(?i)(?:.*?\b(?:{WROTE})\s|.*,\s+|.*\d\s*(?:[ap]\.?m\.?)?\s+)?(?P<name>[^\d,<>@]*?)[\s,(]*[<(\[]*"
    r"(?P<at>[^\s<>()\[\]]+@[^\s<>()\[\]]+)[>)\]]*.*:\Z"
)
_SAYS_WROTE: Final = regex(rf"(?i)\b(?:{WROTE})\b")
_TO: Final = regex(r"(?i)(?:to|an|\u00e0|a|para|aan|cc)\s*:?\s+(?P<names>[^:<>@\d]+)\Z")
_ME: Final = frozenset("me mich mir moi mi m\u00ed mim yo you ich".split())
_CLOCK: Final = regex(r"(?<![\d:])\d{1,2}(?:[:.h]\d{2}|(?=\s?[ap]\.?m\b))(?![\d:])", re.IGNORECASE)
_DIVIDED: Final = regex(r"[-_=*]{3,}[^\n]+?[-_=*]{3,}")
_GUESTS: Final = regex(
    r"(?:\d+ )?(?:guests?|attendees|participants|invitees|g\u00e4ste|teilnehmer|invit\u00e9s|invitados|asistentes)"
    r"(?: list)?\s*(?:\(\d+\))?:?",
    re.IGNORECASE,
)
_ORGANISER: Final = r"organi[sz]er|organisator(?:in)?|organisateur|organisatrice|organizador(?:a)?|host"
_HEADS_GUESTS: Final = regex(rf"(?:{_ORGANISER}):?", re.IGNORECASE)
_PART: Final = regex(
    rf"\s*(?:[-\u2013\u2014,]\s*|\()(?:{_ORGANISER}|optional|required|creator|you)\)?\Z", re.IGNORECASE
)
_NO_GUEST: Final = regex(
    r"optional|required|accepted|declined|tentative|awaiting|free|busy|view all guest info.*|join with.*|show more|"
    r"(?:\d+ (?:yes|no|maybe|awaiting)(?:, )?)+|yes|no|maybe|"
    r"(?:(?:yes|no|maybe|more options)\s+){1,3}(?:yes|no|maybe|more options)|going\?.*|reply for .*|rsvp.*",
    re.IGNORECASE,
)
_ENDS_GUESTS: Final = regex(
    r"description|attachments?|notes?|reminders?|.*\bbefore|invitation from .*|beschreibung|notizen|notas|"
    r"descripci\u00f3n|.*@group\.calendar.*|forwarding this .*|you are receiving .*",
    re.IGNORECASE,
)


def without_headings(text: str) -> tuple[str, tuple[str, ...]]:
    """Return the people of a paste, and what else its headings say."""
    lines = [line.strip() for line in text.split("\n")]
    guests = [at for at, line in enumerate(lines) if _GUESTS.fullmatch(line)]
    if guests and len(lines) > guests[0] + 1:
        first = next((at for at, line in enumerate(lines) if _HEADS_GUESTS.fullmatch(line)), guests[0])
        shown, left = _guests(lines[min(first, guests[0]) :])
        return "\n\n".join(shown), (*left, *_first_of(lines[: min(first, guests[0])]))
    kept, left_out = list[str](), list[str]()
    for line in lines:
        people = _people_of(line)
        kept += [people] if people is not None else []
        left_out += [line] if people is None and line else []
    return "\n".join(kept), tuple(left_out)


def _people_of(line: str) -> str | None:
    """Return what a line says of people; None where it is all heading."""
    if _DIVIDED.fullmatch(line) or line.rstrip(":").casefold() in ANNOUNCED:
        return None
    if _SAYS_WROTE.search(line) and (found := _WROTE.fullmatch(line)):
        return f"{found['name'].strip()} <{found['at']}>"
    if (found := _LABEL.fullmatch(line)) and (kind := _kind(found["label"].strip().casefold())):
        return (_without_me(found["value"] or "") or None) if kind in {"from", "to"} else None
    if (found := _TO.fullmatch(line)) and (names := _without_me(found["names"])) != found["names"].strip():
        return "\n" + names.replace(", ", "\n") + "\n" if names else None
    is_quoted = line.startswith(">")
    return None if is_quoted or _is_moment(line) or (line.endswith(":") and _SAYS_WROTE.search(line)) else line


def _kind(label: str) -> str:
    kind = "other" if label in _OF_EVENTS else kind_of_label(label)
    return "to" if kind == "copy" else kind


def _without_me(names: str) -> str:
    """Return "Luis, Dana" of "me, Luis, Dana"."""
    if "@" in names:
        return names.strip()
    each = [name.strip() for name in names.split(",")]
    others = [name for name in each if name.casefold() not in _ME]
    return ", ".join(others) if len(others) < len(each) else names.strip()


def _is_moment(line: str) -> bool:
    """Return whether a line is the hour of a mail or a meeting: "Mon, Nov 23, 4:05 PM (2 days ago)"."""
    return "@" not in line and bool(_CLOCK.search(line))


def _guests(lines: list[str]) -> tuple[list[str], list[str]]:
    """Return each guest below the heading, with the address that is theirs, and what nobody can be made of."""
    guests, left = list[str](), list[str]()
    for line in lines:
        if _ENDS_GUESTS.fullmatch(line):
            break
        bare = _PART.sub("", line).strip()
        if not bare or any(one.fullmatch(bare) for one in (_GUESTS, _HEADS_GUESTS, _NO_GUEST)):
            continue
        if "@" not in bare or " " in bare:
            guests += [bare] if bare not in guests and not any(one.startswith(f"{bare} <") for one in guests) else []
        elif guests and "@" not in guests[-1] and _is_theirs(bare, guests[-1]):
            guests[-1] = f"{guests[-1]} <{bare}>"
        else:
            _add_address(bare, guests, left)
    return guests, left


def _add_address(address: str, guests: list[str], left: list[str]) -> None:
    try:
        guests.append(f"{read_pasted(address).name} <{address}>")
    except ValueError:
        left.append(address)


def _is_theirs(address: str, name: str) -> bool:
    """Return whether an address may be that of a name: it has a part of it."""
    local = plain_words(address.partition("@")[0])
    return any(len(word) > 2 and word in local for word in re.split(r"[\s-]+", plain_words(name)))


def _first_of(lines: list[str]) -> Iterator[str]:
    """Yield what an invitation is called: the rest of what stands above its guests is no news to anybody."""
    yield from [line for line in lines if line][:1]
