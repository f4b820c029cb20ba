"""Capitals: an answer all in capitals, days and names in small letters, a lone *i*."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from followup_mail.language.corrections import Correction
from followup_mail.language.known_words import WORD, Known
from followup_mail.language.spelling import is_word
from followup_mail.language.word_tables import read_list
from followup_mail.regex import regex

_LONE_I: Final = regex(r"(?<![\w'’.])i(?=$|[\s,]|['’](?:m|ve|d|ll)\b)(?!\.)")
_MONTH_IN_PLACE: Final = regex(
    r"(?i)\b(?:since|until|till|by|in|from|of|on|last|next|before|after|\d+) (may|march|august)\b"
    r"(?! (?:be|have|not)\b)"
)
# Words of any day that are names too: "I polish the floors", "I excel at it".
_NAME_IN_PLACE: Final = regex(
    r"(?i)\b(?:(?:speak|speaks|spoke|speaking|learn|learnt|learned|learning|fluent|native|understand) (polish)"
    r"|(?:in|use|used|using|with) (excel))\b"
)
_CAPITAL_AMID: Final = regex(
    r"(?<=[a-z,] )(?:The|An?|Her|His|My|Your|Our|Their|It|They|There|We|You|He|She|This|No|Only|Always|Never|And|But"
    r"|When|If|Because|In|On|At|Of|With|From)(?= [a-z]|[.,]|$)"
    r"|(?<=\bI )(?:[A-Z][a-z]+ed|Am|Have|Had|Did|Made|Ran|Wrote)\b"
)
_SHOUTED: Final = regex(r"[^\W\d_]{2,}")
_SHORT: Final = 3
_COMMON: Final = frozenset(
    """
    it us am is in on will may mark rose grant art sue pat rob bill van grace hope joy dean chase frank drew jack
    data engineer the and of for home family services school high institute apps rail grid solar freight electric
    coastal distribution infirmary team head group young long white brown green best
    """.split()
)


def correct_capitals(text: str, known: Known) -> Iterator[Correction]:
    """Yield what to write with a capital or without."""
    if is_shouted(text, known):
        yield Correction(0, len(text), text, quieten(text, known), "all in capitals: write it in small letters")
        return
    for found in _LONE_I.finditer(text):
        yield Correction(found.start(), found.end(), "i", "I", "write *I* with a capital")
    for found in _MONTH_IN_PLACE.finditer(text):
        if found[1].islower():
            yield _capital(found.start(1), found[1], found[1].capitalize())
    for found in _NAME_IN_PLACE.finditer(text):
        at = found.lastindex or 1
        if found[at].islower():
            yield _capital(found.start(at), found[at], found[at].capitalize())
    yield from _small_amid(text, known)
    for found in WORD.finditer(text):
        right = _spelling_of(found[0], known)
        if right and right != found[0] and found[0].islower():
            yield _capital(found.start(), found[0], right)


def is_shouted(text: str, known: Known) -> bool:
    """Return whether the words are in capitals, abbreviations aside."""
    words = [word for word in _SHOUTED.findall(text) if word.lower() not in known.spellings]
    shouted = [word for word in words if word.isupper()]
    long = [word for word in shouted if len(word) > 3]
    return len(long) >= 2 and len(shouted) * 2 > len(words)


def quieten(text: str, known: Known) -> str:
    """Return a text that was all in capitals in small letters; names and days keep their capitals."""
    return WORD.sub(lambda found: _spelling_of(found[0].lower(), known) or _lowered(found[0]), text)


def _lowered(word: str) -> str:
    return "I" + word[1:].lower() if word.upper() == "I" or word.upper().startswith(("I'", "I’")) else word.lower()


def _spelling_of(word: str, known: Known) -> str:
    """Return how the facts, or everybody, write a word; empty for a word without a capital of its own."""
    bare = word.lower()
    stem = re.sub(r"['’]s$|['’]$", "", bare)
    if stem.endswith("days") and stem[:-1] in read_list("capital_words"):
        return word.capitalize()
    if stem in read_list("capital_words") or stem in read_list("place_words"):
        return stem.capitalize() + word[len(stem) :]
    if stem in known.spellings and stem not in _COMMON:
        return known.spellings[stem] + word[len(stem) :]
    # Of a company's name, and of what notes have with a capital, only words that no dictionary has: *Meghvan*.
    special: dict[str, str] = {part.lower(): part for part in WORD.findall(known.company)} | known.capitalised
    if stem in special and len(stem) > _SHORT and not is_word(stem, known.country):
        return special[stem] + word[len(stem) :]
    return ""


def _small_amid(text: str, known: Known) -> Iterator[Correction]:
    """Yield the small words that have a capital amid a sentence and belong to no name."""
    names = " ".join((*known.names, known.company)).split()
    for found in _CAPITAL_AMID.finditer(text):
        if found[0] not in names:
            yield _small(found.start(), found[0])


def _small(start: int, wrong: str) -> Correction:
    right = wrong.lower()
    return Correction(start, start + len(wrong), wrong, right, f"write *{right}* with a small letter")


def _capital(start: int, wrong: str, right: str) -> Correction:
    return Correction(start, start + len(wrong), wrong, right, f"write *{right}*")
