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
from followup_mail.facts.unfit_values import UnfitError, is_invisible, name_of
from followup_mail.regex import regex

MOST_CHANGES: Final = 60
"""Changes of one proposal: nobody reads more with care."""
SUBJECT_LIMIT: Final = 200
BODY_LIMIT: Final = 4_000
WHY_LIMIT: Final = 300
VALUE_LIMIT: Final = 2_000
"""Letters of one value: about a screen full."""
LINES_LIMIT: Final = 20
"""Lines of one value: what is longer moves all that stands above it out of sight."""
_BY_LIMIT: Final = 40
_NOBODY: Final = "an assistant"
_BLANKS: Final = regex(r"[\t\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000\u2800\u3164\u115f\u1160\uffa0]")
"""What looks like a space: with it a text could look on a screen as if it were ours."""
_FILLERS: Final = regex(r"[\u2800\u3164\u115f\u1160\uffa0]{2}")
"""Letters without ink; no writing needs two of them side by side."""
_UNSEEN: Final = regex(r"[\u034f\u061c\u17b4\u17b5\u180b-\u180f\u2061-\u206f\ufff9-\ufffb\U0001d173-\U0001d17a]")
"""What no screen shows, beyond what no fact may hold: a name with it looks like another."""
_EMPTY_LINES: Final = regex(r"\n{3,}")
_MARKS: Final = regex('["\u201c\u201d\u201e\u201f\u00ab\u00bb\u2033\u301d\u301e\u301f\uff02]')
_IS_OURS: Final = regex(r"(?i)\byou(?:rself)?\b|\bfollow[\W_]*up[\W_]*mail")


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
    """Return the name of a program in a form that fits into a sentence; "an assistant" where it has none, or ours."""
    seen = _UNSEEN.sub("", _BLANKS.sub(" ", text[: 4 * _BY_LIMIT]))
    name = " ".join("".join(" " if is_invisible(letter) else letter for letter in seen).split())
    name = within_quotes(name)[:_BY_LIMIT].strip()
    return _NOBODY if not name or _IS_OURS.search(name) else name


def clean_why(text: str) -> str:
    """Return what was said about a proposal as one line. Raises ``UnfitError`` for what cannot be shown."""
    return within_quotes(clean_line(clean_passage(_plain(text)), WHY_LIMIT))


def within_quotes(text: str) -> str:
    """Return a text that can stand in quotation marks: none in it ends them."""
    return _MARKS.sub("'", text)


def _plain(text: str) -> str:
    """Return a text in which every blank is a space. Raises ``UnfitError`` for what is there only to be unseen."""
    if found := _FILLERS.search(text) or _UNSEEN.search(text):
        raise UnfitError(f"contains {name_of(found[0][0])}", "leave it out")
    return _BLANKS.sub(" ", text)


def _clean_value(text: str) -> str:
    """Return a value with one space between words and one empty line between others. Raises ``UnfitError``."""
    lines = [" ".join(line.split()) for line in _plain(clean_notes(text)).split("\n")]
    value = _EMPTY_LINES.sub("\n\n", "\n".join(lines)).strip()
    if len(value) > VALUE_LIMIT:
        raise UnfitError(f"is {len(value):,} characters long", f"{VALUE_LIMIT:,} is the limit")
    if (count := value.count("\n") + 1) > LINES_LIMIT:
        raise UnfitError(f"has {count} lines", f"{LINES_LIMIT} are the most")
    return value


def clean_change(change: ProposedChange) -> ProposedChange:
    """Return a change of which each part is one line, or notes. Raises ``UnfitError`` for what cannot be shown."""
    return ProposedChange(clean_line(change.option), _clean_value(change.value), clean_passage(_plain(change.sentence)))


def clean_mail(mail: ProposedMail) -> ProposedMail:
    """Return a mail with a subject of one line and plain paragraphs. Raises ``UnfitError`` for what cannot be shown."""
    body = "\n\n".join(filter(None, (" ".join(part.split()) for part in _plain(clean_notes(mail.body)).split("\n\n"))))
    if len(body) > BODY_LIMIT:
        raise UnfitError(f"is {len(body):,} characters long", f"{BODY_LIMIT:,} is the limit")
    return ProposedMail(mail.step, clean_line(_plain(mail.subject), SUBJECT_LIMIT), body)
