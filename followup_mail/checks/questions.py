"""Find the questions in a mail, also those without a question mark."""

from __future__ import annotations

from typing import Final

from followup_mail.checks.parsed_mail import ParsedMail, TextSpan
from followup_mail.checks.phrase_patterns import phrases
from followup_mail.checks.prose import read_words

ASKS_POLITELY: Final = phrases(read_words("questions")["polite"])


def questions(mail: ParsedMail) -> list[TextSpan]:
    """Return the sentences of the core that end in a question mark and are not quoted."""
    asked = (span for span in mail.sentences if mail.plain(span).rstrip("\"')] ").endswith("?"))
    return [span for span in asked if not _is_quoted(mail, span)]


def asks(mail: ParsedMail) -> bool:
    """Tell whether the mail asks for anything at all."""
    core = mail.core
    return bool(questions(mail)) or any(True for _ in ASKS_POLITELY.find(mail.body, core.start, core.end))


def _is_quoted(mail: ParsedMail, span: TextSpan) -> bool:
    """Tell whether the question is somebody else's: it closes with a quotation mark."""
    return mail.body.plain[span.start : span.end].rstrip().endswith(('"', "?'")) or '"' in mail.plain(span)
