"""FM811: a subject that is too long."""

from __future__ import annotations

from collections.abc import Iterable

from followup_mail.checks.parsed_mail import ParsedMail, TextSpan
from followup_mail.checks.rule import WARNING, Rule, Spot, in_subject
from followup_mail.checks.samples import Sample

MOST = 80
"""People write up to 79 characters, and name position, company and date in them."""
SHOWN = 60


def _inspect(mail: ParsedMail) -> Iterable[Spot]:
    subject = mail.subject.written.rstrip()
    if len(subject) > MOST and not subject.lower().startswith(("re:", "aw:", "sv:", "fwd:")):
        message = f"The subject has {len(subject)} characters; after {SHOWN} it is cut off, here before '{{words}}'."
        yield in_subject(mail, TextSpan(SHOWN, len(subject)), message)


RULE = Rule(
    code="FM811",
    name="long-subject",
    severity=WARNING,
    looks_for="A subject of more than 80 characters. An answer keeps the subject of its thread.",
    why="Mail programs show about 60 characters of a subject, phones half of that.",
    fix="Name the position or the company, and the reason for writing, in a few words.",
    bad=Sample(
        "The nightly jobs are on my mind.",
        subject="Thank you very much for the interesting interview about the Data Engineer position on Tuesday",
    ),
    good=Sample("The nightly jobs are on my mind."),
    inspect=_inspect,
)
