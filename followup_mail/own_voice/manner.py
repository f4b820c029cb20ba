"""What one mail shows of how its writer writes: counts and words from closed lists, nothing of what it says."""

from __future__ import annotations

import re
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Final

from msgspec import Meta, Struct

from followup_mail.facts.closings import is_closing
from followup_mail.facts.name_parts import is_title
from followup_mail.facts.word_lists import WordLists
from followup_mail.language.contractions import count_contractions
from followup_mail.own_voice.closings import known_closing
from followup_mail.regex import regex

WORDS: Final = WordLists(Path(__file__).with_name("words.toml"))

_GREETING: Final = regex(
    r"(?P<word>dearest|dear|hi there|hi|hello there|hello|hey there|hey|hiya|greetings|morning|afternoon|"
    r"good (?:morning|afternoon|evening|day))(?![\w'-])(?P<rest>[^\n,:;!?\u2013\u2014]{0,80})[,:;!\u2013\u2014]*",
    re.IGNORECASE,
)
_NAMES_END: Final = regex(r"\s-+(?:\s|$)|(?<=[a-z]{4})\.(?:\s|$)")
_BARE_NAME: Final = regex(r"(?:[A-Z][\w'-]*\.?[ ]?){1,3}[,\u2013\u2014-]\s*$")
_AND: Final = regex(r"\s+(?:and|&)\s+|/")
_ONE_LINE: Final = regex(r"(?P<closing>[A-Za-z ]{2,30}?)\s*[,.!\u2013\u2014-]+\s*(?P<name>(?:[A-Z][\w'.-]*\s*){1,3})$")
_SENTENCE_END: Final = regex(r"(?<=[.!?])[\"')\u201d\u2019]*\s+(?=[\"'(\u201c\u2018]?[A-Z0-9])|\n+")
_WORD: Final = regex(r"[^\W_]+(?:['\u2019-][^\W_]+)*")
_THANKS: Final = regex(r"(?i)(?<!many )\bthanks\b(?! to\b)")
_THANK_YOU: Final = regex(r"(?i)\bthank you\b")
_SIGNATURE_LINES: Final = 14
_NAME_WORDS: Final = 3
_WRAPPED: Final = 82
"""Characters of a line up to which a mail program may have broken it."""


NAME_ALONE: Final = "the name alone"
"""In place of a greeting's word."""


class Named(StrEnum):
    """How a greeting names its reader."""

    FIRST = "first name"
    FULL = "full name"
    TITLE = "title"
    NOBODY = "nobody"


Count = Annotated[int, Meta(ge=0)]


class Manner(Struct, frozen=True, forbid_unknown_fields=True):
    """One mail, as far as its form goes."""

    greeting: str = ""
    """The word before the name, such as "Hi" or "Good morning"; empty where there is none."""
    named: Named = Named.NOBODY
    closing: str = ""
    """As ``closings`` has it: "Kind regards"; empty where there is none, or another."""
    thanks: str = ""
    """"Thanks" or "Thank you", whichever it has more often; empty for neither."""
    contracted: Count = 0
    """How often it says "I'd" ..."""
    spelt_out: Count = 0
    """... and how often "I would"."""
    words: Count = 0
    """Between greeting and closing."""
    sentences: Count = 0
    paragraphs: Count = 0


def read_manner(text: str) -> Manner:
    """Return what a mail shows; ``text`` is what its writer wrote, with greeting and signature, without quotations."""
    text = text.replace("\u00a0", " ").replace("\u2019", "'").strip()
    greeting, named, body = _cut_greeting(text)
    closing, core = _cut_closing(body)
    paragraphs = _paragraphs(core)
    plain = "\n".join(paragraphs)
    contracted, spelt_out = count_contractions(plain)
    return Manner(
        greeting=greeting,
        named=named,
        closing=closing,
        thanks=_thanks(plain),
        contracted=contracted,
        spelt_out=spelt_out,
        words=len(_WORD.findall(plain)),
        sentences=sum(1 for part in _SENTENCE_END.split(plain) if _WORD.search(part)),
        paragraphs=len(paragraphs),
    )


def _cut_greeting(text: str) -> tuple[str, Named, str]:
    """Return the word that greets, how it names, and the text below."""
    found = _GREETING.match(text)
    if found is None:
        line, _, below = text.partition("\n")
        return (NAME_ALONE, Named.FIRST, below) if _BARE_NAME.match(line.strip()) else ("", Named.NOBODY, text)
    rest, end = found["rest"], found.end()
    if cut := _NAMES_END.search(rest):
        rest, end = rest[: cut.start()], found.start("rest") + cut.end()
    word = " ".join(found["word"].split()).capitalize().removesuffix(" there")
    if len(rest.split()) > 2 * _NAME_WORDS:  # "Hi thanks for the quick answer about ..."
        return word, Named.NOBODY, text[found.end("word") :]
    more = _more_names(text, end)
    return word, _named(rest), text[end + more :].lstrip(" ,")


def _more_names(text: str, end: int) -> int:
    """Return how much of the line are further names: "Hi Priya, Tom,"."""
    found = re.match(r"(?: ?[A-Z][\w'-]*,)+(?=\s*\n)", text[end:])
    return found.end() if found else 0


def _named(rest: str) -> Named:
    words = [word.strip(".,").casefold() for word in rest.split()]
    if not words or not WORDS["nobody"].isdisjoint(words):
        return Named.NOBODY
    if is_title(rest.split(maxsplit=1)[0]):
        return Named.TITLE
    return Named.FIRST if all(len(name.split()) == 1 for name in _AND.split(rest.strip())) else Named.FULL


def _cut_closing(body: str) -> tuple[str, str]:
    """Return the closing, where it is on our list, and the text above it."""
    lines = body.rstrip().split("\n")
    bar = next((at for at, line in enumerate(lines) if line.rstrip() == "--"), len(lines))
    lines = lines[:bar]
    while lines and not lines[-1].strip():
        lines.pop()
    for at in range(len(lines) - 1, max(-1, len(lines) - 1 - _SIGNATURE_LINES), -1):
        line = lines[at].strip()
        if len(line.split()) > 4 * _NAME_WORDS:
            break
        if (said := _closing_in(line, lines[at + 1 :])) is not None:
            return known_closing(said), "\n".join(lines[:at])
    if lines and _is_name(lines[-1]):
        lines.pop()
    return "", "\n".join(lines)


def _closing_in(line: str, below: list[str]) -> str | None:
    """Return the closing that a line is; None for any other line. What nobody listed ends with a comma over a name."""
    if is_closing(line):
        return line
    one = _ONE_LINE.match(line)
    if one and is_closing(one["closing"]):
        return one["closing"]
    signed = [lower for lower in below if lower.strip()]
    is_open = line.endswith(",") and len(line.split()) <= 2 * _NAME_WORDS
    return line if is_open and signed and _is_name(signed[0]) else None


def _is_name(line: str) -> bool:
    words = line.strip(" -\u2013\u2014").split()
    return 0 < len(words) <= _NAME_WORDS and all(word[0].isupper() for word in words) and words[-1][-1] not in ".!?:"


def _paragraphs(core: str) -> list[str]:
    """Return the paragraphs, each on one line; lines that no mail program has broken are paragraphs of their own."""
    found: list[str] = []
    for block in re.split(r"\n[ \t]*\n", core):
        lines = [line.strip() for line in block.split("\n") if line.strip(" -*\u2022")]
        is_wrapped = len(lines) > 1 and max(map(len, lines)) <= _WRAPPED
        found += [" ".join(lines)] if is_wrapped else lines
    return found


def _thanks(plain: str) -> str:
    thanks, thank_you = len(_THANKS.findall(plain)), len(_THANK_YOU.findall(plain))
    return "" if thanks == thank_you else "Thanks" if thanks > thank_you else "Thank you"
