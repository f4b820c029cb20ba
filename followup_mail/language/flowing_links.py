"""A link as it reads on from the moment before it: the beginning that we gave it is ours to change, the words are not.

Readers held against the mails that they were choppy: "You want X. I did Y." stood beside the moment without a word
that joins them.
"""

from __future__ import annotations

from typing import Final

from followup_mail.language.verb_forms import as_participle, as_past
from followup_mail.regex import regex

_WANTED: Final = regex(r"^You (?=(?:want|would like|are looking for)\b)")
_TOLD: Final = regex(r"^You (?=(?:told me|said|mentioned)\b)")
_DEED: Final = regex(r"^(?P<problem>You (?:[^.]|\.(?=\S))+)\. I (?P<verb>[a-z]+)(?P<rest>\b.*)$")
_SAYS_LITTLE: Final = frozenset({"had", "was", "were", "did"})
_MOST_WORDS: Final = 28
_KNOWING: Final = ("I have worked on that, too", "I have dealt with that before", "I know that problem")
_OWN_DEED: Final = regex(r"^I (?P<verb>[a-z]+)(?P<rest>\b.*)$")


def ways_to_flow(link: str) -> tuple[str, ...]:
    """Return a link in every form in which a mail can have it, its own first."""
    ways = (flowing_link(link, number, goes_on=goes_on) for number in range(len(_KNOWING)) for goes_on in (True, False))
    return tuple(dict.fromkeys((link, *ways)))


def flowing_link(link: str, number: int, *, goes_on: bool) -> str:
    """Return a link as it stands in the mail to the person with this number, counted from 0.

    ``goes_on`` tells that a moment stands before it. A link in words of somebody's own stays as it is.
    """
    found = _DEED.match(link)
    if found is None:
        return link
    problem, own = found["problem"], f"I {found['verb']}{found['rest']}"
    if goes_on:
        problem = _TOLD.sub("You also ", _WANTED.sub("You also told me that you ", problem))
    else:
        problem = _WANTED.sub("You told me that you ", problem)
    return f"{problem}. {knowing(own, _KNOWING[number % len(_KNOWING)])}"


def knowing(deed: str, lead: str) -> str:
    """Return what the candidate did behind words that join it to the problem: "I know that problem: I rolled 90".

    What they are or have joins itself, and a long sentence needs no longer one.
    """
    found = _OWN_DEED.match(deed)
    if found is None or len(deed.split()) > _MOST_WORDS:
        return deed
    verb, rest = found["verb"], found["rest"].split()
    has_done = verb == "have" and bool(rest) and as_participle(rest[0]) is not None
    is_done = has_done or (as_past(verb) is not None and verb not in _SAYS_LITTLE)
    return f"{lead}: {deed}" if is_done else deed
