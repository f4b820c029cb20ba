"""Whether a no is about another position of the same company than the one that is looked for.

"The Data Analyst role has been filled" is no answer about the Data Engineer role.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from followup_mail.facts.names import slugify
from followup_mail.regex import regex

_TITLE: Final = r"(?P<title>[A-Z][\w/&+.-]*(?: (?:of |and |& |de |für )?[A-Z][\w/&+.-]*){0,5})"
_POSITION: Final = r"(?:role|position|opening|vacancy|post|job|requisition)"
_NAMED: Final = (
    regex(rf"\b(?:[Tt]he|[Oo]ur|[Yy]our|this) {_TITLE} {_POSITION}\b"),
    regex(rf"\b{_POSITION} (?:of|as|for|called) (?:an? |the )?{_TITLE}"),
    regex(rf"\b(?:application|applied|applying|candidacy) (?:for|as) (?:an? |the |our )?{_TITLE}"),
    regex(rf"\b(?:Bewerbung|Stelle|Position) (?:als|des|der) {_TITLE}"),
)
_RANKS: Final = frozenset(
    {
        *("senior", "junior", "lead", "principal", "staff", "head", "of", "and", "the", "de", "fur"),
        *("i", "ii", "iii", "m", "w", "d", "f", "x"),
    }
)


def is_of_other_position(text: str, roles: Iterable[str]) -> bool:
    """Return whether a text names positions, and none of these: one that is named more fully is the same."""
    watched = [its for role in roles if (its := _words(role))]
    named = [its for form in _NAMED for found in form.finditer(text) if (its := _words(found["title"]))]
    # Only titles that share a word with ours are surely a position's, in our language: others may be a team's name.
    alike = [one for one in named if any(one & its for its in watched)]
    return bool(alike) and not any(one <= its or its <= one for one in alike for its in watched)


def _words(title: str) -> frozenset[str]:
    return frozenset(slugify(title).split("-")) - _RANKS
