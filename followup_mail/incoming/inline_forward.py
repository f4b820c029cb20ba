"""The mail inside a forward that has its text below a heading of From, Date, Subject and To."""

from __future__ import annotations

import re
from email.utils import getaddresses
from typing import Final, NamedTuple

from followup_mail.facts.quotation_words import kind_of_label
from followup_mail.regex import regex

_HEADING_LINES: Final = 14
_LABEL: Final = regex(r"[>\s*_|]*(?P<label>[^\W\d_][^:\uff1a\n]{0,30}?)\s?[*_]*[:\uff1a][*_]*\s*(?P<value>.*)")
_LINK: Final = regex(r"(?i)\s*[<\[](?:mailto:)([^>\]]*)[>\]]")
_BETWEEN: Final = regex(r";|(?<=>)\s*,")


Mailbox = tuple[str, str]
"""A name and an address."""


class Inner(NamedTuple):
    """What a forward holds."""

    sender: list[Mailbox]
    """Name and address of who wrote it."""
    others: list[Mailbox]
    """Whom it was sent to."""
    body: str


def find_inner(text: str) -> Inner | None:
    """Return the first mail below a heading with its sender's address; None where there is none."""
    lines = text.split("\n")
    for at, line in enumerate(lines):
        if _kind(line) == "from" and "@" in "".join(lines[at : at + 2]):
            return _read(lines, at)
    return None


def _read(lines: list[str], first: int) -> Inner:
    values: dict[str, str] = {}
    last = ""
    end = first
    for at in range(first, min(first + _HEADING_LINES, len(lines))):
        line = lines[at].strip(" >*")
        match = _LABEL.match(line)
        # A label that is not known is no name in the list of addresses above it.
        if kind := _kind(line) or ("other" if match and "@" in match["value"] else ""):
            last = kind
            values.setdefault(kind, match["value"] if match else "")
        elif line and last in {"from", "to", "copy"} and "@" in line:
            values[last] += f" {line}"
        elif line or "subject" in values:
            break
        end = at + 1
    return Inner(
        _mailboxes(values.get("from", "")),
        [*_mailboxes(values.get("to", "")), *_mailboxes(values.get("copy", ""))],
        "\n".join(line.removeprefix(">").removeprefix(" ") for line in lines[end:]),
    )


def _kind(line: str) -> str:
    match = _LABEL.match(line)
    return kind_of_label(match["label"]) if match else ""


def _mailboxes(text: str) -> list[Mailbox]:
    plain = _LINK.sub(r" <\1>", text.replace("*", ""))
    each = _BETWEEN.split(re.sub(r"(<[^<>]*>)\s*(?:<[^<>]*>)+", r"\1", plain))
    try:
        found = getaddresses(list(map(_as_one, each)))
    except RecursionError:
        return []
    return [(shown, address) for shown, address in found if "@" in address]


def _as_one(mailbox: str) -> str:
    """Return a mailbox whose name has a comma as one: Outlook writes "Castellanos, Renata <renata@x.example>"."""
    shown, bracket, address = mailbox.partition("<")
    bare = shown.strip(" ,")
    return f'"{bare}" <{address}' if bracket and "," in bare and '"' not in bare and "@" not in bare else mailbox
