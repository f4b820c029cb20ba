"""What somebody is thanked for is said once: to one of a panel, and in one mail."""

from __future__ import annotations

from followup_mail.drafts.material import liked_of, people_of, plain, read_for_mail
from followup_mail.drafts.own_words import strip_marks
from followup_mail.facts.application import Application, Person


def without_same_moment(application: Application, round_: int, place: int, person: Person) -> Person:
    """Return a person without what an earlier one of the panel is thanked for in the same words, if more is known."""
    others = people_of(application, round_)[:place]
    is_same = person.moment and any(plain(other.moment) == plain(person.moment) for other in others)
    return person.copy_with(moment="") if is_same and (person.discussed or person.convinced) else person


def has_read_thanks(person: Person, read: str) -> bool:
    """Return whether somebody has read what they are thanked for, or will have by then."""
    typed = plain(person.moment).partition(",")[0].rstrip(".")
    liked = plain(liked_of(person, next(read_for_mail([person.convinced]), None)))
    return any(thanks and thanks in plain(strip_marks(read)) for thanks in (typed, liked))
