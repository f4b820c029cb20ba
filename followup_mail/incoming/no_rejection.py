"""What shows that a letter is hardly a rejection, where no phrase tells what it is.

A no can be said in any words. So only what is plain counts: nothing is written, it says itself that it is no rejection,
it looks forward to a meeting, or no word of it is of work, of choosing, of regret or a denial.
"""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Final

from msgspec import Struct

from followup_mail.incoming.letter_sentences import split_sentences, without_footer
from followup_mail.incoming.tenor import says_something
from followup_mail.regex import regex

_LISTS: Final = {
    name: lines.strip().replace(" ", r"\s+").split("\n")
    for name, lines in tomllib.loads(Path(__file__).with_suffix(".toml").read_text("utf-8")).items()
}
_PATTERNS: Final = {name: regex("|".join(lines)) for name, lines in _LISTS.items()}
_LANGUAGES: Final = tuple(regex(line) for line in _LISTS["told_by"])
_TELLING: Final = 2
"""So many words of a language have to stand in a letter to tell it."""


class Sign(Struct, frozen=True):
    """Why a letter is hardly a rejection."""

    why: str
    """As a sentence, without its full stop."""
    sentence: str = ""
    """The sentence of the letter that shows it; empty where there is none."""
    is_answer: bool = False
    """Whether it is an answer all the same, which can be recorded as one."""


def find_sign(subject: str, text: str, *, is_near: bool = False) -> Sign | None:
    """Return why a letter is hardly a rejection; None where it may be one.

    ``is_near``: more than its words shows that it is about the application, e.g. that it answers a mail about it.
    """
    own = without_footer(text)
    if not says_something(own) and not _has("near", own):  # "Sorry." is a no
        return Sign("There is no text of theirs in this letter")
    sentences = split_sentences(own)
    if said := _first("denied", sentences):
        return Sign("The letter says itself that it is no rejection", said, is_answer=True)
    if said := _first("appointment", sentences):
        return Sign("The letter speaks of a meeting that is still to come", said, is_answer=True)
    if not is_near and _is_readable(own) and not _has("near", f"{subject}\n{own}"):
        return Sign("No word of the letter is about an application or a decision", max(sentences, key=len))
    return None


def _is_readable(text: str) -> bool:
    return any(len(set(one.findall(text.casefold()))) >= _TELLING for one in _LANGUAGES)


def _has(name: str, text: str) -> bool:
    return bool(_PATTERNS[name].search(text.casefold()))


def _first(name: str, sentences: list[str]) -> str:
    return next((one for one in sentences if _PATTERNS[name].search(one.casefold())), "")
