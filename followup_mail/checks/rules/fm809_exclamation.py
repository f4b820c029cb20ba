"""FM809: exclamation marks."""

from __future__ import annotations

import re
from collections.abc import Iterable

from followup_mail.checks.parsed_mail import ParsedMail, TextSpan
from followup_mail.checks.rule import WARNING, Rule, Spot, in_body, in_subject
from followup_mail.checks.samples import Sample
from followup_mail.regex import regex

MOST = 1
_MARK = regex(r"(?<=\w)[!?]*![!?]*|(?<=[)\"'])!+|(?<=\s)!{2,}")


def _inspect(mail: ParsedMail) -> Iterable[Spot]:
    if "!" not in mail.body.plain and "!" not in mail.subject.plain:
        return
    named = [text for text in mail.known.fact_texts if "!" in text]
    marks = [match for match in _MARK.finditer(mail.body.plain, 0, len(mail.body.plain))
             if not _is_named(mail.body.plain, match.start(), named)]  # fmt: skip
    several = [match for match in marks if len(match[0]) > 1]
    if several or len(marks) > MOST:
        match = (several or marks[MOST:])[0]
        count = sum(len(mark[0]) for mark in marks)
        yield in_body(mail, TextSpan(*match.span()), f"There are {count} exclamation marks; one is enough.")
    for match in re.finditer("!{2,}", mail.subject.plain):
        yield in_subject(mail, TextSpan(*match.span()), "Exclamation marks in the subject look like advertising.")


def _is_named(plain: str, at: int, named: list[str]) -> bool:
    """Return whether the mark belongs to a name or a title that the facts have: a company "Yay!", a show "Stop!"."""
    around = plain[max(0, at - 40) : at + 1]
    return any(around.endswith(text[: text.index("!") + 1].lower()[-12:]) for text in named)


RULE = Rule(
    code="FM809",
    name="exclamation",
    severity=WARNING,
    looks_for="More than one exclamation mark, or several in a row.",
    why="G0: sincere, not overdone.",
    fix="End the sentences with a full stop.",
    bad=Sample("Thank you so much for the talk about the nightly jobs! I loved it! What a team!!"),
    good=Sample("Thank you for the talk about the nightly jobs! They have been on my mind since."),
    inspect=_inspect,
)
