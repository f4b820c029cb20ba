"""A link as it reads on from the moment before it: the beginning that we gave it is ours to change, the words are not.

Readers held against the mails that they were choppy: "You want X. I did Y." stood beside the moment, and nothing
joined them. In a blind reading they took the mails with these joints over the same mails without in 21 of 23 pairs.
"""

from __future__ import annotations

from typing import Final

from msgspec import Struct

from followup_mail.language.verb_forms import as_participle, as_past
from followup_mail.regex import regex

_WANTED: Final = regex(r"^You (?=(?:want|would like|are looking for)\b)")
_TOLD: Final = regex(r"^You (?=(?:told me|said|mentioned)\b)")
_LINK: Final = regex(r"(?s)^(?P<problem>You (?:[^.]|\.(?=\S))+\.) (?P<deed>I .*)\Z")
_DEED: Final = regex(r"(?s)^I (?P<verb>[a-z]+)(?P<rest>\b.*)\Z")
_IS_LITTLE: Final = regex(r"^I (?:\w+ )?(?:not|never|only|half)\b|\bnot\b.*\bbut\b")
_TO_HELP: Final = regex(r"^You (?:want|would like) (?:to (?P<deed>[^.,;]+)|(?P<wish>(?!people\b|to\b)[^.,;]+))[.,;]")
_MOST_TO_HELP: Final = 11
_REFERS: Final = regex(r"\b(?:who|it|them|they|that|which|I|me|my)\b")
_SAYS_LITTLE: Final = frozenset({"had", "was", "were", "did"})
_MOST_WORDS: Final = 28
_KNOWING: Final = (
    "I have worked on that, too",
    "I have dealt with that before",
    "That is something I have worked on myself",
)


class FlowingLink(Struct, frozen=True):
    """A link in the parts that a mail has of it: what is ours is ``lead``, behind the problem."""

    problem: str
    lead: str
    """Ends with a colon and a space; empty where the deed joins itself."""
    deed: str

    @property
    def text(self) -> str:
        return f"{self.problem} {self.lead}{self.deed}"


def flow(link: str, number: int, *, goes_on: bool) -> FlowingLink | None:
    """Return a link as the mail to the person with this number, counted from 0, has it.

    ``goes_on`` tells that a moment stands before it. None for a link in words of somebody's own, which stays as it is.
    """
    found = _LINK.match(link)
    if found is None:
        return None
    problem, deed = found["problem"], found["deed"]
    problem = _TOLD.sub("You also ", say_wanted(problem)) if goes_on else say_wanted(problem)
    lead = _KNOWING[number % len(_KNOWING)]
    return FlowingLink(problem, f"{lead}: " if can_be_led(deed) else "", deed)


def say_wanted(problem: str) -> str:
    """Return a wish of theirs as something they said: "You want fewer gaps." is bare otherwise."""
    return _WANTED.sub("You told me that you ", problem)


def to_help(link: str) -> str:
    """Return what they want as it follows *I would like to help*: "you close the gaps", "you get fewer gaps".

    An inquiry names it in passing. Readers liked that of a wish, and not of a problem.
    """
    found = _TO_HELP.match(link)
    words = f"you {found['deed'] or 'get ' + found['wish']}" if found else ""
    return words if len(words.split()) <= _MOST_TO_HELP and not _REFERS.search(words) else ""


def ways_to_flow(link: str) -> tuple[str, ...]:
    """Return a link in every form in which a mail can have it, its own first."""
    ways = (flow(link, number, goes_on=goes_on) for number in range(len(_KNOWING)) for goes_on in (True, False))
    return tuple(dict.fromkeys((link, *(way.text for way in ways if way))))


def can_be_led(deed: str) -> bool:
    """Return whether "I have worked on that, too:" can be put before what the candidate did.

    What somebody is or has joins itself, what they have not done is no help, and a long sentence is not made longer.
    """
    found = _DEED.match(deed)
    if found is None or len(deed.split()) > _MOST_WORDS or _IS_LITTLE.search(deed) or ":" in deed:
        return False
    verb, rest = found["verb"], found["rest"].split()
    has_done = verb == "have" and bool(rest) and as_participle(rest[0]) is not None
    return has_done or (as_past(verb) is not None and verb not in _SAYS_LITTLE)
