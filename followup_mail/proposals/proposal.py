"""A proposal: what a program would like to change in the facts, or the mail that it wrote, until a person decides.

What is in it comes from a program that may have been talked into anything. So it is data: cleaned of whatever could
hide something on a screen, bounded in size, and never more than a text that somebody reads before it counts.
"""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Final, TypeAlias

from msgspec import Struct

from followup_mail.cadence.step import StepId
from followup_mail.facts.clean import clean_line, clean_notes, clean_passage
from followup_mail.facts.unfit_values import UnfitError, is_invisible

MOST_CHANGES: Final = 60
"""Changes of one proposal: nobody reads more with care."""
SUBJECT_LIMIT: Final = 200
BODY_LIMIT: Final = 4_000
WHY_LIMIT: Final = 300
_BY_LIMIT: Final = 40
_NOBODY: Final = "an assistant"


class Standing(StrEnum):
    """What has become of a proposal."""

    WAITS = "waits"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    REPLACED = "replaced"
    """Whoever proposed it has proposed another mail for the same step, or other facts in its place."""


class ProposedChange(Struct, frozen=True, forbid_unknown_fields=True):
    """One change of facts, as an option of the command ``change`` has it, or of ``add`` for a new application."""

    option: str
    """Its name without dashes in front: ``discussed``, ``decision-by``, ``remove``."""
    value: str
    """Its value as it would be typed: ``Priya Raman: they lose two days a week to late manifests``."""
    sentence: str = ""
    """The sentence of the kept transcript that it comes from; empty where there is none."""


class ProposedFacts(Struct, frozen=True, tag="facts", forbid_unknown_fields=True):
    """Changes of the facts of one application, to be made together or not at all."""

    changes: tuple[ProposedChange, ...]
    is_new: bool = False
    """Whether the application is to be added with them."""


class Proposer(Struct, frozen=True):
    """A program that proposes facts instead of others that it proposed before."""

    by: str
    """How it calls itself."""
    replaces: int = 0
    """The number of its waiting proposal that the new one replaces; 0 for none."""


class ProposedMail(Struct, frozen=True, tag="mail", forbid_unknown_fields=True):
    """A mail for one step: subject, and the paragraphs between greeting and closing, which stay ours."""

    step: StepId
    subject: str
    body: str
    """Paragraphs separated by an empty line, LF line ends."""


What: TypeAlias = ProposedFacts | ProposedMail


class Proposal(Struct, frozen=True, forbid_unknown_fields=True):
    """What was proposed, by whom, and where it stands."""

    number: int
    """It is never given to another proposal of the same home."""
    application: str
    """The short name of the application it is about, or of the application that it would add."""
    by: str
    """Which program wrote it, as it called itself: it may lie."""
    at: datetime
    what: What
    why: str = ""
    """What it said about it, in a sentence or two."""
    standing: Standing = Standing.WAITS
    decided_at: datetime | None = None
    queued: str = ""
    """The SHA-256 of the mail, in hexadecimal, once a person has it queued: written before that is done."""

    @property
    def waits(self) -> bool:
        """Whether nobody has decided about it."""
        return self.standing is Standing.WAITS


def clean_by(text: str) -> str:
    """Return the name of a program in a form that fits into a sentence; "an assistant" where it has none."""
    name = " ".join("".join(" " if is_invisible(letter) else letter for letter in text[: 4 * _BY_LIMIT]).split())
    return name[:_BY_LIMIT].strip() or _NOBODY


def clean_why(text: str) -> str:
    """Return what was said about a proposal as one line. Raises ``UnfitError`` for what cannot be shown."""
    return clean_line(clean_passage(text), WHY_LIMIT)


def clean_change(change: ProposedChange) -> ProposedChange:
    """Return a change of which each part is one line, or notes. Raises ``UnfitError`` for what cannot be shown."""
    return ProposedChange(clean_line(change.option), clean_notes(change.value).strip(), clean_passage(change.sentence))


def clean_mail(mail: ProposedMail) -> ProposedMail:
    """Return a mail with a subject of one line and plain paragraphs. Raises ``UnfitError`` for what cannot be shown."""
    body = "\n\n".join(filter(None, (" ".join(part.split()) for part in clean_notes(mail.body).split("\n\n"))))
    if len(body) > BODY_LIMIT:
        raise UnfitError(f"is {len(body):,} characters long", f"{BODY_LIMIT:,} is the limit")
    return ProposedMail(mail.step, clean_line(mail.subject, SUBJECT_LIMIT), body)
