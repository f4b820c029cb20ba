"""Which wording a mail has: another for each person of a panel, and none that closes as an earlier mail to them did."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final
from zlib import crc32

from followup_mail.drafts.assignment import Assignment
from followup_mail.drafts.material import people_of
from followup_mail.drafts.template_folders import TemplateFolders, Wording
from followup_mail.errors import TemplateError
from followup_mail.facts.application import Person
from followup_mail.regex import regex

PANEL: Final = "panel"
"""The folder of the mail that asks the coordinator to thank everybody."""
_ENDS: Final = regex(r"(?<=[.!?]) ")
_STILL: Final = regex(r"\b(?:still|just) ")
_SAYS_SOMETHING: Final = 4
"""So many words make a sentence that somebody would know again: "Thank you again." is none."""


def list_wordings(folders: TemplateFolders, assignment: Assignment, person: Person) -> list[Wording]:
    """Return the wording asked for, or those that fit, the first choice first.

    People on one panel, and later notes, get different first choices; and nobody has one of a colleague's behind it.
    """
    step = assignment.step
    if assignment.wording:
        return [folders.wording(step.kind, assignment.wording)]
    if step.thanks_all:
        return [folders.wording(PANEL, "thanks")]
    wordings = folders.wordings(step.kind)
    if not wordings:
        raise TemplateError(f"There is no template for {step.kind}.", fix=f"Write templates/{step.kind}/mine.txt.")
    in_order = sorted(wordings, key=lambda wording: (not wording.own, not wording.shared))
    has_own = in_order[0].own or in_order[0].shared
    start = 0 if has_own else crc32(assignment.application.slug.encode()) + step.id.round
    place = start + assignment.place_of(person) + step.id.nth - 1
    return [in_order[place % len(in_order)]] if has_own else _without_colleagues(in_order, assignment, place)


def _without_colleagues(wordings: Sequence[Wording], assignment: Assignment, first: int) -> list[Wording]:
    """Return every wording from a place on that is not the first choice for somebody else of the panel."""
    step = assignment.step
    people = len(people_of(assignment.application, step.id.round)) if step.kind.traits.thanks_for_interview else 1
    count = len(wordings)
    return [wordings[at % count] for at in range(first, first + max(count - people, 0) + 1, max(people, 1))]


def closes_as_before(text: str, read: str) -> bool:
    """Return whether the last paragraph of a mail has a sentence that its reader has read; *still* makes no other."""
    known = _compared(read)
    return any(sentence in known for sentence in _closing(text))


def _closing(text: str) -> list[str]:
    """Return the sentences of the paragraph above the signature."""
    above = text.strip().split("\n\n")[-2:-1]
    sentences = (sentence for paragraph in above for sentence in _ENDS.split(_compared(paragraph)))
    return [sentence.rstrip(".!?") for sentence in sentences if len(sentence.split()) >= _SAYS_SOMETHING]


def _compared(text: str) -> str:
    return _STILL.sub("", " ".join(text.split()).casefold())
