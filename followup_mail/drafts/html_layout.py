"""HTML from text, never the other way round: paragraphs, lists and links, through one layout template that escapes.

Everything that is not one of those three stays text. Links are http, https and mailto only.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Final

from msgspec import Struct

from followup_mail.drafts.template_folders import LAYOUT
from followup_mail.nested_dict import nested_dict
from followup_mail.regex import regex

_TEMPLATE: Final = f"{LAYOUT}/mail.html"
_LINK: Final = regex(r"https?://[^\s<>\"]+|(?<![\w.@/+-])[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63})+")
_BULLET: Final = regex(r"[-*\u2022] +")


class Piece(Struct, frozen=True):
    """Text, and where it links to, if anywhere."""

    text: str
    href: str = ""


class Block(Struct, frozen=True):
    """A paragraph of lines or a list of entries; one of the two is empty."""

    lines: tuple[tuple[Piece, ...], ...] = ()
    entries: tuple[tuple[Piece, ...], ...] = ()


def lay_out(render: Callable[[str, Mapping[str, object]], str], subject: str, text: str) -> str:
    """Return the HTML of a mail whose text is ``text``. ``render`` is ``Writer.render``: the layout may be the user's.

    Raises ``TemplateError`` for a broken layout.
    """
    blocks = [nested_dict(block) for block in blocks_of(text)]
    return render(_TEMPLATE, {"subject": subject, "blocks": blocks}).lstrip()


def blocks_of(text: str) -> tuple[Block, ...]:
    """Split a text into paragraphs and lists. Every character of it but bullets and blank lines is kept."""
    blocks: list[Block] = []
    for paragraph in re.split(r"\n{2,}", text.strip("\n")):
        lines = paragraph.split("\n")
        while lines:
            is_list = bool(_BULLET.match(lines[0]))
            run = next((i for i, line in enumerate(lines) if bool(_BULLET.match(line)) != is_list), len(lines))
            pieces = tuple(link_up(_BULLET.sub("", line, count=1) if is_list else line) for line in lines[:run])
            blocks.append(Block(entries=pieces) if is_list else Block(lines=pieces))
            lines = lines[run:]
    return tuple(blocks)


def link_up(line: str) -> tuple[Piece, ...]:
    """Cut a line into plain text and links. Punctuation that ends a sentence stays outside a link."""
    pieces: list[Piece] = []
    done = 0
    for match in _LINK.finditer(line):
        shown = _without_punctuation(match[0])
        if not shown.partition("://")[2] and "@" not in shown:
            continue
        if match.start() > done:
            pieces.append(Piece(line[done : match.start()]))
        pieces.append(Piece(shown, shown if "://" in shown else f"mailto:{shown}"))
        done = match.start() + len(shown)
    if done < len(line):
        pieces.append(Piece(line[done:]))
    return tuple(pieces)


def _without_punctuation(link: str) -> str:
    while link and (link[-1] in ".,;:!?'" or (link[-1] == ")" and "(" not in link)):
        link = link[:-1]
    return link
