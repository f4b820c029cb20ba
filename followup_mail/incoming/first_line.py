"""The first line of a mail that says something: no greeting, no closing, nothing that a mail program put there."""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path
from typing import Final

from followup_mail.facts.clean import LINE_LIMIT, clean_line
from followup_mail.facts.closings import is_closing, is_sent_from
from followup_mail.facts.unfit_values import is_invisible
from followup_mail.facts.word_lists import read_phrases
from followup_mail.incoming.letter_parts import is_greeting
from followup_mail.incoming.quotation_heading import is_rule
from followup_mail.regex import regex

_BANNERS: Final = tuple(read_phrases(Path(__file__).with_suffix(".toml"))["banners"])
_READ_LIMIT: Final = 4_000
_GREETING_WORDS: Final = 6
_PICTURE: Final = regex(r"\A\W*(?:cid:\S+|image\S*|https?://\S+|<https?://\S+>)\W*\Z", re.IGNORECASE)
_ENDS: Final = regex(r"[.!?\u2026:]\Z")
_WRAPPED: Final = 50
"""A line that is shorter was not wrapped by a mail program: what follows it is a line of its own."""


def first_line(text: str) -> str:
    """Return the first line of somebody's own words that says something, at most 200 characters; or nothing.

    A line that a mail program wrapped is joined with the next up to the end of its sentence.
    """
    found = thanks = ""
    for raw in text[:_READ_LIMIT].split("\n"):
        line = kept_words(raw.strip(" \t*_>|"), _READ_LIMIT)
        if not found:
            if line in {"--", "\u2014"} or is_closing(line):
                thanks = thanks or line  # "Many thanks!" may be all that is said
                break
            thanks = thanks or (line if not is_greeting(line) and any(map(_is_symbol, line)) else "")
            found = line if _says_something(line) else ""
        elif line and not is_closing(line):
            found = f"{found} {line}"
        if found and (not line or len(line) < _WRAPPED or _ENDS.search(found) or len(found) > LINE_LIMIT):
            break
    return shortened(found or thanks.strip("-\u2014"))


def _is_symbol(letter: str) -> bool:
    """Return whether a character is an emoji or the like: a thumb can be all that is said."""
    return unicodedata.category(letter) == "So"


def _says_something(line: str) -> bool:
    if not any(letter.isalnum() for letter in line) or is_rule(line) or is_sent_from(line) or _PICTURE.match(line):
        return False
    plain = line.casefold().lstrip("[(<*! ")
    if plain.startswith(_BANNERS):
        return False
    return not (is_greeting(line) and len(line.split()) < _GREETING_WORDS)


def kept_words(text: str, limit: int = LINE_LIMIT) -> str:
    """Return a text on one line without anything invisible, cut to ``limit`` characters: ``clean_line`` takes it."""
    visible = "".join(" " if is_invisible(letter) else letter for letter in text[: 4 * limit])
    line = " ".join(unicodedata.normalize("NFC", visible).split())[:limit].rstrip()
    try:
        return clean_line(line, limit)
    except ValueError:  # a letter that normalising made longer, or another oddity: better nothing than that
        return ""


def shortened(text: str, limit: int = LINE_LIMIT) -> str:
    """Return a text that fits, cut between words."""
    if len(text) <= limit:
        return text
    cut = text[: limit - 1]
    return f"{cut[: cut.rfind(' ')] if ' ' in cut[limit // 2 :] else cut}\u2026"
