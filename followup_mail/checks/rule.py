"""What a rule is: its code and name, why it is there, how to mend what it finds, two samples, a small pure function."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Final, TypeAlias

from followup_mail.cadence.step import Kind
from followup_mail.checks.context import CheckContext
from followup_mail.checks.finding import MailPart, Severity
from followup_mail.checks.parsed_mail import ParsedMail
from followup_mail.checks.samples import Sample

ERROR: Final = Severity.ERROR
WARNING: Final = Severity.WARNING
THANKS: Final = frozenset(kind for kind in Kind if kind.traits.thanks_for_interview)
INQUIRIES: Final = frozenset(kind for kind in Kind if kind.traits.asks)
REJECTIONS: Final = frozenset(kind for kind in Kind if kind.traits.answers_rejection)
FOLLOW_UPS: Final = frozenset(kind for kind in Kind if kind.traits.in_chain)
"""What a named date, channel or interval holds back; thank-yous and answers to a rejection are not."""


@dataclass(frozen=True, slots=True)
class Spot:
    """What a rule points at. Offsets are into the subject or body; a spot elsewhere has ``words`` only."""

    message: str
    place: MailPart = MailPart.BODY
    start: int = 0
    end: int = 0
    words: str = ""
    fix: str = ""
    """Empty for the rule's own."""


Inspect: TypeAlias = Callable[[ParsedMail], Iterable[Spot]]


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule. Adding one is adding a file to ``rules/`` that holds it as ``RULE``."""

    code: str
    name: str
    severity: Severity
    looks_for: str
    """What it finds, in one line."""
    why: str
    """Why that is bad; G0 to G4 name the published guides that the cadences come from."""
    fix: str
    bad: Sample
    good: Sample
    look: Inspect
    kinds: frozenset[Kind] | None = None
    """The kinds of mail it is for; None for every mail."""

    def applies_to(self, letter: CheckContext) -> bool:
        """Tell whether the rule is meant for this kind of mail."""
        if letter.kind and self.code in letter.kind.traits.not_for_rules:
            return False
        return self.kinds is None or letter.kind in self.kinds
