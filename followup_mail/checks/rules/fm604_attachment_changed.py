"""FM604: an attachment that has changed since the preview."""

from __future__ import annotations

from collections.abc import Iterable

from followup_mail.checks.context import Enclosure
from followup_mail.checks.finding import MailPart
from followup_mail.checks.parsed_mail import ParsedMail
from followup_mail.checks.rule import ERROR, Rule, Spot
from followup_mail.checks.samples import Sample


def _inspect(mail: ParsedMail) -> Iterable[Spot]:
    for file in mail.context.enclosures:
        if file.previewed_sha256 and file.present_sha256 and file.previewed_sha256 != file.present_sha256:
            message = f"The file '{file.filename}' has changed since the preview."
            yield Spot(message, MailPart.ATTACHMENT, words=file.filename)


RULE = Rule(
    code="FM604",
    name="attachment-changed",
    severity=ERROR,
    looks_for="An attachment whose content has changed since the preview.",
    why="The mail goes out as you previewed it, and nobody has checked the changed file.",
    fix="Check the file, then preview and queue the mail again.",
    bad=Sample(
        "I attach the case study about the nightly jobs.",
        given="case-study.pdf was saved again after the preview.",
        changes={"enclosures": (Enclosure("case-study.pdf", "a1", "b2"),)},
    ),
    good=Sample(
        "I attach the case study about the nightly jobs.",
        given="case-study.pdf is as it was.",
        changes={"enclosures": (Enclosure("case-study.pdf", "a1", "a1"),)},
    ),
    inspect=_inspect,
)
