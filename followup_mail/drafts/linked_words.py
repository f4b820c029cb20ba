"""The link between their problem and what the candidate has done, in words that read on."""

from __future__ import annotations

from followup_mail.drafts.filters import sentence
from followup_mail.drafts.material import first_unread
from followup_mail.drafts.own_words import mark
from followup_mail.facts.application import Application, Person
from followup_mail.facts.overlap import own_part
from followup_mail.facts.people import place_among
from followup_mail.language.flowing_links import flow
from followup_mail.language.flowing_moments import flow_moment


def say_moment(moment: str, *, goes_on: bool) -> str:
    """Return what somebody is thanked for; ``goes_on`` tells that the link with what they told follows."""
    whole = sentence(moment) if moment else ""
    flowing = flow_moment(whole) if goes_on else None
    return f"{mark(flowing.seen)}{flowing.joint}{mark(flowing.told)}" if flowing else mark(whole)


def say_link(application: Application, person: Person, read: str, *, goes_on: bool) -> str:
    """Return the link of a person, with other joints for each of a panel; empty when they have read it.

    ``goes_on`` tells that a moment stands before it. The words that join the two halves are ours, and not marked as the
    user's.
    """
    if not first_unread([own_part(person.link)], read):
        return ""
    link = sentence(person.link)
    flowing = flow(link, place_among(application.everyone(), person), goes_on=goes_on)
    return f"{mark(flowing.problem)} {flowing.lead}{mark(flowing.deed)}" if flowing else mark(link)
