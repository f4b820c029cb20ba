"""Sentences that notes to several people of one panel share: whoever compares them sees it at once."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from followup_mail.checks.parsed_mail import parse_mail
from followup_mail.checks.text_overlap import alike_sentences
from followup_mail.services.writing.prepared import Prepared


class Shared(Struct, frozen=True):
    """A sentence of a mail that others have too, in the same words or nearly."""

    start: int
    """Where it stands in the text, in characters."""
    end: int
    names: tuple[str, ...]
    """Whose notes have it too."""


def find_shared(prepared: Sequence[Prepared]) -> tuple[tuple[Shared, ...], ...]:
    """Return for each mail the sentences that mails to other people of the same request share with it."""
    return tuple(_shared_with(one, [other for other in prepared if other is not one]) for one in prepared)


def _shared_with(one: Prepared, others: Sequence[Prepared]) -> tuple[Shared, ...]:
    if not others:
        return ()
    mail = parse_mail(one.context)
    found: dict[tuple[int, int], list[str]] = {}
    for other in others:
        for span in alike_sentences(mail, other.context.text):
            found.setdefault((span.start, span.end), []).append(_name(other))
    return tuple(Shared(*span, tuple(names)) for span, names in sorted(found.items()))


def _name(one: Prepared) -> str:
    return one.written.step.person.name if one.written.step.person else one.written.draft.to.name
