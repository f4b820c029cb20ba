"""What somebody is thanked for is said to one of a panel only, where something else can be said to the others."""

from __future__ import annotations

from typing import Final

from followup_mail.drafts.material import people_of, plain, told_by
from followup_mail.facts.application import Application, Person

_ENOUGH: Final = ("topics", "you_did", "convinced", "thanks_for", "your_words")
"""What a thank-you can be about, by the names that templates use."""


def without_same_moment(application: Application, round_: int, place: int, person: Person) -> Person:
    """Return a person without what an earlier one of the panel is thanked for in the same words, if more is known."""
    others = people_of(application, round_)[:place]
    if not person.moment or all(plain(other.moment) != plain(person.moment) for other in others):
        return person
    without = person.copy_with(moment="")
    told = told_by(without)
    return without if any(told[name] for name in _ENOUGH) else person
