"""Plain text that reads well in a terminal and still flows on a phone: ``format=flowed`` (RFC 3676).

A long line is wrapped at a space, which stays at the end of the line: that marks the break as soft. Everything else,
an item of a list, a line of the signature, an empty line, keeps its hard end.
"""

from __future__ import annotations

from typing import Final

from followup_mail.regex import regex

WIDTH: Final = 72
"""Characters of a wrapped line, its final space included; RFC 3676 section 4.2 recommends staying at or below 78."""
SIGNATURE: Final = "-- "
"""The line before a signature. The only line that ends in a space and is not soft (RFC 3676 section 4.3)."""

# A word together with the spaces after it; the spaces at the start of a line belong to its first word. A lone "--"
# takes the next word along, as a wrapped line that consists of it would read as the start of a signature.
_PIECE: Final = regex(r"(?:^ +)?(?:-- +)*[^ ]+ *")


def tidy_text(text: str) -> str:
    """Return ``text`` without blanks at the ends of lines and with exactly one line break at its end."""
    lines = (line if line == SIGNATURE else line.rstrip(" \t") for line in text.split("\n"))
    return "\n".join(lines).rstrip("\n") + "\n"


def flow(text: str) -> str:
    """Return a tidy text as format=flowed, line breaks still LF. ``unflow`` gives the text back unchanged."""
    return "\n".join(_wrap(line) for line in text.split("\n"))


def unflow(flowed: str) -> str:
    """Join soft-broken lines again and take the stuffing off (RFC 3676 sections 4.1 to 4.4), as a mail reader does."""
    lines, pending = [], ""
    for line in flowed.split("\n"):
        plain = line.removeprefix(" ")
        if line != SIGNATURE and line.endswith(" "):
            pending += plain
        else:
            lines.append(pending + plain)
            pending = ""
    return "\n".join(lines)


def _wrap(line: str) -> str:
    if line == SIGNATURE:
        return line
    if len(_stuff(line)) <= WIDTH:
        return _stuff(line)
    wrapped, current = [], ""
    for piece in _PIECE.findall(line):
        if current and len(current) + len(piece) > WIDTH - 1:  # one is kept for the stuffing
            wrapped.append(_stuff(current))
            current = ""
        current += piece
    return "\n".join([*wrapped, _stuff(current)])


def _stuff(line: str) -> str:
    """Put a space before what a reader would take for stuffing, a quotation or the start of a stored message."""
    return f" {line}" if line.startswith((" ", ">", "From ")) else line
