"""What somebody is thanked for is said once: to one of a panel, and in one mail."""

from __future__ import annotations

from typing import Final

from followup_mail.drafts.material import liked_of, people_of, plain, read_for_mail, told_by
from followup_mail.drafts.own_words import strip_marks
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


def has_read_thanks(person: Person, read: str) -> bool:
    """Return whether somebody has read what they are thanked for, or will have by then."""
    typed = plain(person.moment).partition(",")[0].rstrip(".")
    liked = plain(liked_of(person, next(read_for_mail([person.convinced]), None)))
    return any(thanks and thanks in plain(strip_marks(read)) for thanks in (typed, liked))
