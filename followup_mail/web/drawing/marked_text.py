"""A text cut into pieces where something is marked in it: what checks found, words of the user, shared sentences."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from msgspec import Struct

from followup_mail.checks import Finding
from followup_mail.checks.finding import MailPart
from followup_mail.services.checking.remedies import offset_of
from followup_mail.services.checking.shared_sentences import Shared


class Piece(Struct, frozen=True):
    """A stretch of text that is marked in one way."""

    text: str
    findings: tuple[int, ...] = ()
    """The numbers, from 1, of the findings whose words it belongs to."""
    begins: tuple[int, ...] = ()
    """Those of them whose words begin here."""
    is_error: bool = False
    is_own: bool = False
    """Whether these are words of the user."""
    shared_with: tuple[str, ...] = ()
    """Whose notes have this sentence too."""


class _Span(Struct, frozen=True):
    start: int
    end: int
    number: int = 0
    is_error: bool = False
    is_own: bool = False
    names: tuple[str, ...] = ()


def mark_text(
    text: str, findings: Sequence[Finding], own: Sequence[tuple[int, int]] = (), shared: Sequence[Shared] = ()
) -> tuple[Piece, ...]:
    """Return the text as pieces. ``own`` is where words of the user stand, as start and end in characters."""
    spans = [*_found(text, findings, MailPart.BODY), *(_Span(start, end, is_own=True) for start, end in own)]
    spans += [_Span(repeated.start, repeated.end, names=repeated.names) for repeated in shared]
    return tuple(_cut(text, spans))


def mark_subject(subject: str, findings: Sequence[Finding]) -> tuple[Piece, ...]:
    """Return a subject as pieces."""
    return tuple(_cut(subject, list(_found(subject, findings, MailPart.SUBJECT))))


def _found(text: str, findings: Sequence[Finding], part: MailPart) -> Iterator[_Span]:
    for number, finding in enumerate(findings, start=1):
        if finding.place is part and finding.line and finding.length:
            start = offset_of(text, finding)
            words = text[start : start + finding.length]
            start += len(words) - len(words.lstrip())
            yield _Span(start, start + len(words.strip()), number, finding.is_error)


def _cut(text: str, spans: Sequence[_Span]) -> Iterator[Piece]:
    places = sorted({0, len(text), *(place for span in spans for place in (span.start, span.end))})
    for start, end in pairwise(places):
        here = [span for span in spans if span.start <= start and end <= span.end]
        numbered = [span for span in here if span.number]
        yield Piece(
            text[start:end],
            tuple(span.number for span in numbered),
            tuple(span.number for span in numbered if span.start == start),
            any(span.is_error for span in numbered),
            any(span.is_own for span in here),
            tuple(dict.fromkeys(name for span in here for name in span.names)),
        )
