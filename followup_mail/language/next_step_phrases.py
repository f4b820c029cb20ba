"""How a mail takes up what they said would happen next: "you'd ring by Thursday", "email you if I hadn't heard"."""

from __future__ import annotations

import re
from typing import Final

from followup_mail.language.next_steps import Doer, NextStep
from followup_mail.language.word_tables import read_table

_IF_SILENT: Final = " if I hadn't heard"
_ONLY_WITH_A_DAY: Final = frozenset({"find_out", "stand", ""})


def say_next_step(step: NextStep, reader: str, day: str, *, said_by_reader: bool) -> str:
    """Return what follows "You said that", or "Priit said that"; ``day`` may be missing.

    When it may be somebody other than the reader, that is left open: "I'd get a call".
    """
    if not day and step.act in _ONLY_WITH_A_DAY:
        return ""
    is_reader = step.name == reader if step.doer is Doer.NAMED else step.doer is Doer.SPEAKER and said_by_reader
    words = read_table("next_steps")["said_of_reader" if is_reader else "said_of_others"]
    preposition = "on" if step.act and step.on_day and _names(day, step.on_day) else "by"
    # What was to happen at another time is not said of the day of decision.
    act = "" if day and (step.is_after or not _names(day, step.own_day)) else step.act
    news = words.get(act) or (_decision(step, said_by_reader=said_by_reader) if day else "")
    if not news:
        return ""
    meeting = f"{step.meeting} and that " if step.meeting else ""
    return f"{meeting}{news} {preposition} {day}" if day else f"{meeting}{news}"


def _names(day: str, named: str) -> bool:
    """Return whether a day is that which a text names, as far as it says."""
    return not named or bool(re.search(rf"\b{named}(?:st|nd|rd|th)?\b", day.lower()))


def say_invitation(step: NextStep, reader: str, *, said_by_reader: bool) -> str:
    """Return what follows "that I could" when the candidate was told to turn to the reader; else nothing."""
    is_meant = step.whom == reader if step.whom else said_by_reader
    if not (step.told_to and is_meant):
        return ""
    whom = " to you" if step.told_to == "write" else " you"
    if step.told_to == "get in touch":
        whom = "" if said_by_reader else " with you"
    return f"{step.told_to}{whom}{_IF_SILENT if step.if_silent else ''}"


def _decision(step: NextStep, *, said_by_reader: bool) -> str:
    """Return what there is to say where nobody was to call or write."""
    if not said_by_reader:
        return "a decision was expected"
    return "you hoped to have a decision" if step.is_hope else "you expected a decision"
