"""FM812: a subject that could be about anything."""

from __future__ import annotations

import re
from collections.abc import Iterable

from followup_mail.cadence.wording import WEEKDAYS
from followup_mail.checks.finding import MailPart
from followup_mail.checks.parsed_mail import ParsedMail, TextSpan
from followup_mail.checks.prose import words_of
from followup_mail.checks.rule import WARNING, Rule, Spot, in_subject
from followup_mail.checks.samples import Sample
from followup_mail.checks.stock_words import is_stock, stem

_DAYS = frozenset(day.casefold() for day in WEEKDAYS)
"""A person writes "Thank you for Wednesday"; who met you then knows what it is about."""
_IN_THREAD = re.compile(r"\s*(?:re|aw|sv|antw|fwd?|wg)\s*:", re.IGNORECASE)


def _inspect(mail: ParsedMail) -> Iterable[Spot]:
    subject = mail.subject.plain
    if _IN_THREAD.match(subject):
        return
    if not subject.strip():
        yield Spot("There is no subject.", MailPart.SUBJECT, fix="Name the position, and the reason for writing.")
    elif not _hints(mail):
        yield in_subject(
            mail, TextSpan(0, len(subject)), "'{words}' does not say which position or company it is about."
        )


def _hints(mail: ParsedMail) -> bool:
    """Tell whether the subject names position, company, day or topic of the conversation, or what no phrase has."""
    if any(text.strip(" .?") in mail.subject.plain.casefold() for text in mail.known.fact_texts if " " in text):
        return True
    words = [word.removesuffix("'s") for word in words_of(mail.subject.written)]
    known = {stem(word) for word in (*mail.known.role, *mail.known.company)}
    names = {*words_of(mail.context.recipient.name), *words_of(mail.context.sender.name)}
    return any(stem(word) in known or word in _DAYS or (not is_stock(word) and word not in names) for word in words)


RULE = Rule(
    code="FM812",
    name="vague-subject",
    severity=WARNING,
    looks_for="A subject without a hint of position, company or topic, such as 'Thank you' or 'Following up'.",
    why=(
        "A recruiter has thirty open positions: the subject decides whether they open the mail, and whether they find "
        "it again."
    ),
    fix="Name the position or the company.",
    bad=Sample("The nightly jobs are on my mind.", subject="Following up on our conversation"),
    good=Sample("The nightly jobs are on my mind.", subject="Data Engineer: thank you for Tuesday"),
    inspect=_inspect,
)
