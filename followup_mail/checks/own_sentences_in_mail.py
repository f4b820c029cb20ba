"""Sentences of a mail that stand in the facts letter for letter, as the user typed them for it: none is invented."""

from __future__ import annotations

import re
from typing import Final

from followup_mail.checks.parsed_mail import ParsedMail, TextSpan
from followup_mail.checks.typed_sentences import typed_for
from followup_mail.regex import regex

_SHORT: Final = (
    (regex(r"\bcan't\b"), "cannot"), (regex(r"\bwon't\b"), "will not"), (regex(r"n't\b"), " not"),
    (regex(r"'ll\b"), " will"), (regex(r"'ve\b"), " have"), (regex(r"'re\b"), " are"), (regex(r"\bi'm\b"), "i am"),
    (regex(r"\bi'd\b"), "i would"), (regex(r"\b(it|that|here|there)'s\b"), r"\1 is"),
)  # fmt: skip
_END: Final = regex(r"(?<=[.!?])\s+")


def sentences_of_the_user(mail: ParsedMail) -> list[TextSpan]:
    """Return those sentences of a mail that the facts have for this reader; short forms may be written out or not."""
    facts = mail.context.facts
    if facts is None:
        return []
    typed = (part for _, text in typed_for(facts, mail.context.person) for part in _END.split(text))
    known = {_bare(part) for part in typed} - {""}
    return [span for span in mail.sentences if _bare(mail.body.plain[span.start : span.end]) in known]


def _bare(sentence: str) -> str:
    plain = sentence.lower().replace("\u2019", "'")
    for short, full in _SHORT:
        plain = short.sub(full, plain)
    return " ".join(re.findall(r"[^\W_]+|[^\w\s]", plain)).rstrip(".! ")
