"""FM812: a subject that could be about anything."""

from __future__ import annotations

import re
from collections.abc import Iterable

from followup_mail.checks.finding import MailPart
from followup_mail.checks.parsed_mail import ParsedMail, TextSpan
from followup_mail.checks.prose import read_words, word_set, words_of
from followup_mail.checks.rule import WARNING, Rule, Spot, in_subject
from followup_mail.checks.samples import Sample
from followup_mail.checks.stock_words import GRAMMAR
from followup_mail.regex import regex

_EMPTY = frozenset(word_set(read_words("stock_words")["subject"]) | GRAMMAR) - {"here", "when"}
"""Whoever met you knows what "Thank you for Wednesday" and "Our conversation" are about; nobody knows "Update"."""
_IN_THREAD = regex(r"\s*(?:re|aw|sv|antw|fwd?|wg)\s*:", re.IGNORECASE)


def _inspect(mail: ParsedMail) -> Iterable[Spot]:
    subject = mail.subject.plain
    if _IN_THREAD.match(subject):
        return
    if not subject.strip():
        yield Spot("There is no subject.", MailPart.SUBJECT, fix="Name the position, and the reason for writing.")
    elif not _hints(mail):
        yield in_subject(mail, TextSpan(0, len(subject)), "'{words}' does not say what it is about.")


def _hints(mail: ParsedMail) -> bool:
    """Return whether the subject has any word that is not empty: a day, "interview", a topic, the position."""
    if any(text.strip(" .?") in mail.subject.plain.casefold() for text in mail.known.fact_texts if " " in text):
        return True
    words = [word.removesuffix("'s") for word in words_of(mail.subject.written)]
    known = {*mail.known.role, *mail.known.company}
    names = {*words_of(mail.context.recipient.name), *words_of(mail.context.sender.name)}
    return any(word in known or not (word in _EMPTY or word in names) for word in words)


RULE = Rule(
    code="FM812",
    name="vague-subject",
    severity=WARNING,
    looks_for="A subject that says nothing at all, such as 'Thank you' or 'Following up'.",
    why=(
        "A recruiter has thirty open positions: the subject decides whether they open the mail, and whether they find "
        "it again."
    ),
    fix="Name the position, the company, or what you talked about.",
    bad=Sample("The nightly jobs are on my mind.", subject="Following up"),
    good=Sample("The nightly jobs are on my mind.", subject="Data Engineer: thank you for Tuesday"),
    inspect=_inspect,
)
