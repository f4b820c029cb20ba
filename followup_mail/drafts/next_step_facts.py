"""What an inquiry can take up: what they said would happen by when, and who was at the interview."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from followup_mail.drafts.filters import in_words
from followup_mail.facts.application import Application, Interview, Person, is_same_person
from followup_mail.facts.people import name_together
from followup_mail.language.next_step_phrases import say_invitation, say_next_step
from followup_mail.language.next_steps import read_next_step
from followup_mail.regex import regex

_CALLS: Final = frozenset({"call", "ring", "phone"})
_SPAN: Final = regex(
    r"(?i)\b(?:with)?in (?:the next )?((?:an?|one|two|three|four|five|six|ten|\d{1,2}|a few|a couple of) "
    r"(?:(?:working|business) )?(?:day|week|month)s?)\b(?! (?:or|and|to)\b)"
)
_HEAR: Final = "I'd hear"
_BESIDE_YOU: Final = 1
_WITHOUT_YOU: Final = 3


def about_their_word(application: Application, person: Person, day: str) -> dict[str, object]:
    """Return what this person, or somebody else, said would happen; ``day`` is the day of decision, if it is known."""
    said, teller = application.said, application.teller()
    by_reader = teller is None or is_same_person(teller, person)
    step = read_next_step(said.quote, [other.name for other in application.everyone()])
    could = say_invitation(step, person.name, said_by_reader=by_reader)
    would = say_next_step(step, person.name, day, said_by_reader=by_reader)
    would = would if day else _within(would, said.quote)
    # They named somebody to ask, in other words than those that were written down.
    if not could and said.ask == person.name and not by_reader:
        could = "write to you if I had not heard" if would else "ask you"
    return {
        "they_would": would,
        "i_could": could,
        "they_call": step.act in _CALLS,
        "sent_to_you": bool(could) and not by_reader,
    }


def _within(would: str, quote: str) -> str:
    """Return what they said would happen, within the time that they gave; "I'd hear" without one says nothing."""
    spans = {found[1].lower() for found in _SPAN.finditer(quote)}
    if would and len(spans) == 1:
        return f"{would} within {spans.pop()}"
    return "" if would == _HEAR else would


def about_panel(held: Sequence[Interview], person: Person, country: str | None = None) -> dict[str, object]:
    """Return who was at the interview with this person; when they were at none, at the latest."""
    theirs = [interview for interview in held if interview.has(person)]
    latest = (theirs or [*held])[-1:]
    others = [met for interview in latest for met in interview.people if not is_same_person(met, person)]
    named = name_together(others, country)
    if theirs:
        beside = named if len(others) <= _BESIDE_YOU and (named or not others) else ["the others"]
        together = in_words(["you", *beside])
        return {"people_met": together, "you_and_panel": together}
    # To somebody who was not there whole names say who it was.
    named = named or [met.name for met in others]
    return {"people_met": in_words(named if len(named) <= _WITHOUT_YOU else [*named[:1], "the others"])}
