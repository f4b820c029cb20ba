"""What was promised to the reader of a mail, and whether a file that is attached keeps it."""

from __future__ import annotations

from collections.abc import Iterator

from followup_mail.checks.attachment_mentions import is_file_of, names_nothing
from followup_mail.checks.context import CheckContext
from followup_mail.facts.application import Promise
from followup_mail.language.promises import promises_to


def promised(context: CheckContext) -> Iterator[Promise]:
    """Yield what was promised to this person; to a stranger, everything: nobody knows what was meant for them."""
    facts, person = context.facts, context.person
    if facts and person:
        yield from (kept.promise for kept in promises_to(facts, person))
    elif facts:
        yield from facts.promised


def is_kept_by_a_file(promise: Promise, context: CheckContext) -> bool:
    """Return whether the promised file is attached; several files, or a scan, may be it though none is called so."""
    attached = context.enclosures
    may_be_it = len(attached) > 1 or any(map(names_nothing, attached))
    return is_file_by_name(promise, context) or (not promise.file and may_be_it)


def is_file_by_name(promise: Promise, context: CheckContext) -> bool:
    """Return whether an attached file is called what was promised."""
    return any(is_file_of(name, promise) for name in context.enclosures)
