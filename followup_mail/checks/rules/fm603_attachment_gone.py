"""FM603: an attachment whose file is gone."""

from __future__ import annotations

from collections.abc import Iterable

from followup_mail.checks.context import Enclosure
from followup_mail.checks.finding import MailPart
from followup_mail.checks.parsed_mail import ParsedMail
from followup_mail.checks.rule import ERROR, Rule, Spot
from followup_mail.checks.samples import Sample


def _inspect(mail: ParsedMail) -> Iterable[Spot]:
    for file in mail.context.enclosures:
        if file.present_sha256 is None:
            yield Spot(f"The file '{file.filename}' is gone.", MailPart.ATTACHMENT, words=file.filename)


RULE = Rule(
    code="FM603",
    name="attachment-gone",
    severity=ERROR,
    looks_for="An attachment whose file was moved or deleted since the mail was written.",
    why="You approved the mail with this file; without it the mail is incomplete.",
    fix="Put the file back, or attach another file.",
    bad=Sample(
        "I attach the case study about the nightly jobs.",
        given="case-study.pdf was attached and has been deleted since.",
        changes={"enclosures": (Enclosure("case-study.pdf", "a1", None),)},
    ),
    good=Sample(
        "I attach the case study about the nightly jobs.",
        given="case-study.pdf is as it was.",
        changes={"enclosures": (Enclosure("case-study.pdf", "a1", "a1"),)},
    ),
    inspect=_inspect,
)
