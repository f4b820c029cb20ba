"""Find the questions in a mail, also those without a question mark."""

from __future__ import annotations

from typing import Final

from followup_mail.checks.parsed_mail import ParsedMail, TextSpan
from followup_mail.checks.phrase_patterns import phrases
from followup_mail.checks.prose import read_words
from followup_mail.regex import regex

ASKS_POLITELY: Final = phrases(read_words("questions")["polite"])

_OFFERS: Final = regex(
    r"(?:please\s+|kindly\s+|do\s+)*(?:let\s+me\s+know|tell\s+me|inform\s+me|advise(?:\s+me)?)\s+(?:if|whether|should)\s+"
    r"(?:you\s+(?:\w+\s+)?(?:need|require|want|wish|like|prefer|have)\s+(?!decided|made|come|reached|heard)|"
    r"i\s+(?:can|may|should|could)\s+(?!expect|hope|still)|there(?:'s|\s+is|\s+are)\s+(?:anything|any\s+(?!news|update|word|change|decision))|"
    r"anything|(?:any\s+)?(?:more|further|other|additional))"
)
"""'Let me know if you need anything else' offers, and asks nothing."""


def questions(mail: ParsedMail) -> list[TextSpan]:
    """Return the sentences of the core that end in a question mark and are not quoted."""
    asked = (span for span in mail.sentences if mail.plain(span).rstrip("\"')] ").endswith("?"))
    return [span for span in asked if not _is_quoted(mail, span)]


def asks(mail: ParsedMail) -> bool:
    """Return whether the mail asks for anything at all."""
    core, plain = mail.core, mail.body.plain
    asked = ASKS_POLITELY.find(mail.body, core.start, core.end)
    return bool(questions(mail)) or any(not _OFFERS.match(plain, start) for start, _ in asked)


def _is_quoted(mail: ParsedMail, span: TextSpan) -> bool:
    """Return whether the question is somebody else's: it has a quotation mark, or closes with one."""
    asked = mail.plain(span)
    return '"' in asked or asked.rstrip().endswith("?'")
