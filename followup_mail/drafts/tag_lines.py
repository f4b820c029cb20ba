"""The rule of line breaks: a line of nothing but tags leaves no line behind; a tag that ends a line of prose keeps it.

With ``trim_blocks`` jinja2 takes the line break after any tag, also after ``{% endif %}`` at the end of a sentence,
and would join two paragraphs. Line numbers stay as they are in the file.
"""

from __future__ import annotations

import re
from typing import Final, NoReturn

from jinja2.ext import Extension
from jinja2.parser import Parser

from followup_mail.regex import regex

# What is printed or verbatim counts as prose; what is in it is not looked at.
_MARK: Final = regex(
    r"(?P<printed>\{\{.*?\}\})|"
    r"(?P<tag>(?P<verbatim>\{%[-+]?\s*raw\s*[-+]?%\}.*?\{%[-+]?\s*endraw\s*[-+]?%\})|\{%.*?%\}|\{#.*?#\})"
    r"(?P<blanks>[ \t]*(?=\n|\Z))?",
    re.DOTALL,
)


class TagLines(Extension):
    """Rewrite the ends of tags before jinja2 reads them: ``+%}`` keeps the line break."""

    def preprocess(self, source: str, name: str | None, filename: str | None = None) -> str:
        """Return the source for jinja2 with ``trim_blocks`` and ``lstrip_blocks``."""
        return keep_breaks(source)

    def parse(self, parser: Parser) -> NoReturn:
        """Never called: the extension has no tags of its own."""
        raise NotImplementedError


def keep_breaks(source: str) -> str:
    """Mark the tags whose line break belongs to the text; drop blanks after those whose line vanishes."""
    pieces: list[str] = []
    only_tags, done = True, 0
    for mark in _MARK.finditer(source):
        between = source[done : mark.start()]
        only_tags = (only_tags or "\n" in between) and not between.rpartition("\n")[2].strip()
        only_tags = only_tags and not (mark["printed"] or mark["verbatim"])
        pieces += [between, mark["printed"] or _ended(mark["tag"], mark["blanks"], only_tags)]
        done = mark.end()
    return "".join(pieces) + source[done:]


def _ended(tag: str, blanks: str | None, only_tags: bool) -> str:
    if blanks is None:
        return tag
    if only_tags or tag[-3] in "-+":
        return tag
    return f"{tag[:-2]}+{tag[-2:]}{blanks}"
