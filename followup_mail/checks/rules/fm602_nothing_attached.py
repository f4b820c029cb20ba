"""FM602: "attached", but nothing is."""

from __future__ import annotations

from collections.abc import Iterable

from followup_mail.checks.attachment_mentions import says_attached
from followup_mail.checks.parsed_mail import ParsedMail
from followup_mail.checks.rule import ERROR, Rule, Spot, in_body
from followup_mail.checks.samples import Sample


def _inspect(mail: ParsedMail) -> Iterable[Spot]:
    if not mail.context.enclosures:
        for span in says_attached(mail):
            yield in_body(mail, span, "'{words}' mentions an attachment, but there is none.")


RULE = Rule(
    code="FM602",
    name="nothing-attached",
    severity=ERROR,
    looks_for="'Attached is', 'I enclose', 'see the attachment', without an attachment.",
    why="It costs you a second mail with an apology, and that is the mail they will remember.",
    fix="Set the `file` under [[promised]] in the facts, or delete these words.",
    fix_saved="Attach the file, or delete these words.",
    bad=Sample("Thank you for the talk about the nightly jobs. Please find attached my references."),
    good=Sample(
        "I have grown attached to your nightly jobs. The sensors attached to each machine make them worth saving.",
    ),
    inspect=_inspect,
)
