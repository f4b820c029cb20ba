"""What can be done at once about a finding, beside correcting the text by hand."""

from __future__ import annotations

from typing import Final

from msgspec import Struct

from followup_mail.checks import Finding
from followup_mail.checks.finding import MailPart
from followup_mail.regex import regex

_WRITE: Final = regex(r"Write '([^'\n]{1,80})'\.")
_OF_FACTS: Final = regex(r"\bfacts?\b|\bnotes\b")
_OF_MOMENT: Final = frozenset({"FM501", "FM506", "FM507", "FM820", "FM821"})


class Remedy(Struct, frozen=True):
    """The ways that lead out of a finding by one press. All of them may be missing."""

    instead: str = ""
    """Words that can stand in the place of those that were found."""
    is_in_facts: bool = False
    """Whether correcting the facts mends it."""
    is_of_moment: bool = False
    """Whether the planned moment mends it."""


def find_remedy(finding: Finding) -> Remedy:
    """Return what can be done about a finding."""
    found = _WRITE.fullmatch(finding.fix)
    has_place = finding.line > 0 and finding.place is MailPart.BODY and bool(finding.length)
    return Remedy(
        found[1] if found and has_place else "",
        bool(_OF_FACTS.search(finding.fix)) and "followup-mail" not in finding.fix,
        finding.code in _OF_MOMENT,
    )


def apply_remedy(text: str, finding: Finding) -> str:
    """Return the text with other words where the finding stands; as it is where the finding has none."""
    instead = find_remedy(finding).instead
    if not instead:
        return text
    start = offset_of(text, finding)
    return f"{text[:start]}{instead}{text[start + finding.length :]}"


def offset_of(text: str, finding: Finding) -> int:
    """Return where the words of a finding begin in the text that it was found in, in characters."""
    lines = text.split("\n")
    return sum(len(line) + 1 for line in lines[: finding.line - 1]) + finding.column - 1
