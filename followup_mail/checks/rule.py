"""What a rule is: code and name, why it is there, how to fix what it finds, two samples, a small pure function."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Final, TypeAlias

from msgspec import Struct

from followup_mail.cadence.step import Kind
from followup_mail.checks.context import CheckContext
from followup_mail.checks.finding import MailPart, Severity
from followup_mail.checks.parsed_mail import ParsedMail, TextSpan
from followup_mail.checks.prose import Prose
from followup_mail.checks.samples import Sample

ERROR: Final = Severity.ERROR
WARNING: Final = Severity.WARNING
THANKS: Final = frozenset(kind for kind in Kind if kind.traits.thanks_for_interview)
INQUIRIES: Final = frozenset(kind for kind in Kind if kind.traits.asks)
REJECTIONS: Final = frozenset(kind for kind in Kind if kind.traits.answers_rejection)
FOLLOW_UPS: Final = frozenset(kind for kind in Kind if kind.traits.in_chain)
"""What a named date, channel or interval holds back; thank-yous and answers to a rejection are not."""

SECOND_NOTES: Final = frozenset(kind for kind in Kind if kind.traits.in_chain and not kind.traits.asks)
"""What brings a point of its own after the thanks."""

_SHOWN: Final = 120
"""Characters of the words in a message."""


class Spot(Struct, frozen=True):
    """What a rule points at. Offsets are into the subject or body; a spot elsewhere has ``words`` only."""

    message: str
    place: MailPart = MailPart.BODY
    start: int = 0
    end: int = 0
    words: str = ""
    fix: str = ""
    """Empty for the rule's own."""
    severity: Severity | None = None
    """None for the rule's own: an error where the evidence carries one, and a warning where it does not."""
    by_choice: bool = False
    """Whether there is nothing to mend: the user decides, with a reason."""


Inspect: TypeAlias = Callable[[ParsedMail], Iterable[Spot]]


class Rule(Struct, frozen=True):
    """A rule: in a module of ``rules/`` it is called ``RULE``; a phrase rule comes from a TOML file there."""

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
    inspect: Inspect
    fix_saved: str = ""
    """How to fix a mail that was written elsewhere; empty where that is no different."""
    kinds: frozenset[Kind] | None = None
    """The kinds of mail it is for; None for every mail."""

    def applies_to(self, context: CheckContext) -> bool:
        """Return whether the rule is for this kind of mail."""
        if context.kind and self.code in context.kind.traits.not_for_rules:
            return False
        return self.kinds is None or context.kind in self.kinds


def in_body(mail: ParsedMail, span: TextSpan, message: str, fix: str = "") -> Spot:
    """Return a spot in the body; ``{words}`` in the message becomes the words as written, on one line."""
    return Spot(_filled(message, mail.body, span), MailPart.BODY, span.start, span.end, fix=fix)


def in_subject(mail: ParsedMail, span: TextSpan, message: str) -> Spot:
    """Return a spot in the subject, as ``in_body`` does for the body."""
    return Spot(_filled(message, mail.subject, span), MailPart.SUBJECT, span.start, span.end)


def in_both(
    mail: ParsedMail, find: Callable[[Prose, TextSpan], Iterable[TextSpan]], part: TextSpan, message: str
) -> Iterator[Spot]:
    """Yield a spot for whatever ``find`` finds in the subject and in a part of the body."""
    yield from (in_subject(mail, span, message) for span in find(mail.subject, mail.whole_subject))
    yield from (in_body(mail, span, message) for span in find(mail.body, part))


def in_header(message: str, words: str = "", fix: str = "") -> Spot:
    """Return a spot that is not in the words: an address, the moment, the step."""
    return Spot(message, MailPart.HEADER, words=words, fix=fix)


def by_choice(message: str) -> Spot:
    """Return a spot about the moment of sending that a good reason of the user's lifts."""
    return Spot(message, MailPart.HEADER, by_choice=True)


def _filled(message: str, prose: Prose, span: TextSpan) -> str:
    words = " ".join(prose.written[slice(*span)][: 2 * _SHOWN].split())
    if len(words) > _SHOWN:
        words = f"{words[:_SHOWN].rpartition(' ')[0] or words[:_SHOWN]} ..."
    return message.replace("{words}", words)


def first_sentence(mail: ParsedMail) -> TextSpan:
    """Return the first sentence of the core, to point at when a finding is about the whole of it."""
    return mail.sentences[0] if mail.sentences else mail.core
