"""One finding for a reason that stands in several mails: the first repetition tells of all of them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from msgspec import Struct, field
from msgspec.structs import replace

from followup_mail.checks import Finding
from followup_mail.checks.text_overlap import content, coverage
from followup_mail.services.writing.checked import CheckedMail

_REPEATED: Final = "repeated-point"
_SAME: Final = 0.75
"""The share of what a sentence is about that another has too, when they make the same point."""


class _Repeat(Struct):
    """A point that a mail makes again, and the later mails that make it once more."""

    to: str
    about: frozenset[str]
    mail: int
    finding: Finding
    again: list[str] = field(default_factory=list)


def say_once(mails: Sequence[CheckedMail]) -> tuple[CheckedMail, ...]:
    """Return the mails, in the order in which they leave, with every repeated point reported once to a person."""
    repeats: list[_Repeat] = []
    kept = [
        replace(mail, findings=tuple(one for one in mail.findings if not _is_known(repeats, number, mail, one)))
        for number, mail in enumerate(mails)
    ]
    for repeat in (repeat for repeat in repeats if repeat.again):
        mail = kept[repeat.mail]
        said = replace(repeat.finding, message=f"{repeat.finding.message} So does {', and '.join(repeat.again)}.")
        kept[repeat.mail] = replace(mail, findings=tuple(said if f is repeat.finding else f for f in mail.findings))
    return tuple(kept)


def _is_known(repeats: list[_Repeat], number: int, mail: CheckedMail, finding: Finding) -> bool:
    """Return whether a repetition was reported for an earlier mail to the same person; note it there, or as new."""
    if finding.name != _REPEATED:
        return False
    to, about = mail.context.recipient.email.casefold(), content(finding.words)
    for repeat in repeats:
        if repeat.to == to and repeat.mail < number and coverage(about, repeat.about) >= _SAME:
            repeat.again.append(mail.name)
            return True
    repeats.append(_Repeat(to, about, number, finding))
    return False
