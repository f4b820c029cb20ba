"""What a letter after an application says: a no, an offer, an invitation, that nothing is decided, a receipt; or
that nobody can tell.

A no can be said in any words, so a letter counts as something else only by a sentence that says so, and never where
another sentence is surely a no: many of them invite to apply again, or offer feedback.
"""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Final

from msgspec import Struct

from followup_mail.facts.closings import is_closing
from followup_mail.incoming.letter_parts import is_greeting
from followup_mail.incoming.letter_sentences import split_sentences, without_footer
from followup_mail.incoming.machine_words import AUTOMATIC_SUBJECT, AWAY
from followup_mail.incoming.said_now import is_said_now
from followup_mail.incoming.tenors import Tenor
from followup_mail.regex import regex

_PATTERNS: Final = {
    name: regex("|".join(line.replace(" ", r"\s+") for line in lines.strip().split("\n")))
    for name, lines in tomllib.loads(Path(__file__).with_suffix(".toml").read_text("utf-8")).items()
}
_AWAY_WITHIN: Final = 300
_LAST_LINES: Final = 8
"""Lines at the end of a newsletter in which it says how to leave its list."""


class Reading(Struct, frozen=True):
    """What a letter says, and the sentence that says so."""

    tenor: Tenor
    sentence: str = ""


def read_tenor(subject: str, text: str) -> Reading:
    """Return what a letter says by its sentences; ``UNKNOWN`` where no phrase tells."""
    sentences = split_sentences(without_footer(text))
    if said := _first_no([*sentences, " ".join(subject.split())]):
        return Reading(Tenor.NO, said)
    sentences = split_sentences(text)
    delay = _first("delay", _without("no_delay", sentences))
    if AUTOMATIC_SUBJECT.match(subject):
        return Reading(Tenor.AUTOMATIC, subject)
    away = AWAY.search(text[:_AWAY_WITHIN])
    if away and not (away[0].strip() in delay and _PATTERNS["deciding"].search(delay.casefold())):
        return Reading(Tenor.AUTOMATIC, next((one for one in sentences if away[0].strip() in one), away[0].strip()))
    return _tell_other(subject, sentences, delay)


def _tell_other(subject: str, sentences: list[str], delay: str) -> Reading:
    """Return what a letter of a person says that is no no."""
    counted = [*_without("not_counted", sentences), subject]
    found = {Tenor.OFFER: _first("offer", counted), Tenor.INVITATION: _first("invitation", counted)}
    receipt = _first("receipt", sentences)
    found |= {Tenor.DELAY: "" if receipt else delay, Tenor.RECEIPT: receipt}
    found[Tenor.NEWSLETTER] = _first("newsletter", sentences)
    return next((Reading(tenor, said) for tenor, said in found.items() if said), Reading(Tenor.UNKNOWN))


def is_about_reader(subject: str, text: str) -> bool:
    """Return whether a text speaks of the reader's own application, as no newsletter does."""
    return bool(_first("about_reader", [*split_sentences(text), subject]))


def offers_to_leave(text: str) -> bool:
    """Return whether a text says at its end how to leave the list that it was sent to."""
    return bool(_first("unsubscribe", split_sentences("\n".join(text.rstrip().split("\n")[-_LAST_LINES:]))))


def says_something(text: str) -> bool:
    """Return whether a text has more than a greeting and a closing."""
    said = [line for line in text.split("\n") if line.strip() and not is_closing(line.strip())]
    whole = " ".join(line for line in said if not (is_greeting(line.strip()) and len(line.split()) < 6))
    return len(re.findall(r"\w{2,}", whole)) >= 2 or len(re.findall(r"[^\x00-\x7f]", whole)) >= 4


def _first_no(sentences: list[str]) -> str:
    """Return the first sentence that is a no to the reader, said of now."""
    return next((one for one in _without("no_to_nobody", sentences) if _is_no(one.casefold())), "")


def _is_no(sentence: str) -> bool:
    if _PATTERNS["appointment"].search(sentence) and not _PATTERNS["of_decision"].search(sentence):
        return False
    return any(is_said_now(sentence, *one.span()) for one in _PATTERNS["no"].finditer(sentence))


def _without(name: str, sentences: list[str]) -> list[str]:
    return [one for one in sentences if not _PATTERNS[name].search(one.casefold())]


def _first(name: str, sentences: list[str]) -> str:
    return next((one for one in sentences if _PATTERNS[name].search(one.casefold())), "")
