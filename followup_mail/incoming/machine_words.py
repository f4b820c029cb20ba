"""What mail programs and servers write when no person does. The words themselves are in ``machine_words.toml``.

Subjects count where they begin; the words of a text only where ``machine_sent`` says so.
"""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Final

from followup_mail.regex import regex

_WORDS: Final = {
    name: "|".join(lines.strip("\n").split("\n"))
    for name, lines in tomllib.loads(Path(__file__).with_suffix(".toml").read_text("utf-8")).items()
}
# A company's mail server may put a tag before a subject: "[EXTERN]", "***EXT***", "External email -", "Caution:"; then
# the mark itself may be in brackets. Possessive, so that a row of brackets is not tried in many ways.
_TAGS: Final = (
    r"(?:[^\w\[\](){}<>*【】]{0,4}+(?:[\[({<*【]{1,3}+[^\[\](){}<>*【】]{1,40}+[\])}>*】]{1,3}+\s*+[:|-]?+"
    r"|(?:ext(?:ern\w{0,3})?(?: (?:e-?mail|mail|sender))?|caution)\s*[:|-])){0,4}\W{0,4}"
)

FORWARDED: Final = regex(
    rf"{_TAGS}(?:{_WORDS['forwarded']})\s*(?:[\[(]\d{{1,4}}[\])])?\s*[:：]"
    r"|\[[^\s\]]{1,100}@[^\s\]:]{1,200}: |.*\(fwd\)\Z",
    re.IGNORECASE,
)
"""The mark of a forward; also Mutt's "[who@where: subject]" and Pine's "(fwd)"."""

REPLIED: Final = regex(
    rf"{_TAGS}(?:re|aw|antw|sv|vs|rif|odp|ynt|réf?|res|r|ответ|回复|回覆|返信|답장|απ)\s*(?:[\[(]\d{{1,4}}[\])])?\s*[:：]",
    re.IGNORECASE,
)
"""The mark of an answer."""

REPORT_SUBJECT: Final = regex(rf"{_TAGS}(?:{_WORDS['report_subject']})", re.IGNORECASE)
REPORT_TEXT: Final = regex(rf"(?im)^[^\w\n]{{0,40}}+(?:{_WORDS['report_text']})")

# Bounded instead of possessive: Python before 3.11.5 matches such groups wrongly (CPython issue 106052).
REPORT_ENDS: Final = regex(
    r"\w*+(?:\W{1,3}(?:e-?mail|mail|message|returned|to sender|notif\w+|report|failure|failed|error|system|status|from"
    r"|nachricht|zugestellt|werden|remise|entrega|consegna)){0,6}\s*"
    r"(?:\Z|[]:\uff1a(){}>】【.,;!|\d\"'<]|[-–—]\s|(?:to|for|of|by|an|à|a|für|from|you)\b)",
    re.IGNORECASE,
)
"""What may follow these words where they are the whole mark; "Undelivered parcels project" is the name of something."""

AUTOMATIC_SUBJECT: Final = regex(
    rf"{_TAGS}(?:{_WORDS['automatic_subject']})"
    r"|(?!re\b).*\b(?:is|am|are|will be) (?:currently )?out of (?:the )?office",
    re.IGNORECASE,
)

AUTOMATIC_ENDS: Final = regex(
    r"(?<=:)|\w*+(?:\W{1,3}(?:auto\W?(?:reply|response)|reply|response|notif\w+|notice|message|e-?mail|nachricht|notiz"
    r"|benachrichtigung|du bureau|meddelande|bericht|office)){0,6}\s*"
    r"(?:\Z|[]:\uff1a(){}>】【.,;!|\d]|[-–—]\s"
    r"|(?:until|till|from|to|on|next|this|today|tomorrow|back|bis|vom|ab|seit|jusqu|du|hasta|desde|fino|dal|tot|van"
    r"|t\.?o\.?m|do|od|re)\b)",
    re.IGNORECASE,
)
"""What may follow these words where they are the whole mark; "Out of office support engineer" is a job title."""

AWAY: Final = regex(_WORDS["away"], re.IGNORECASE)
ABOUT_APPLICATION: Final = regex(_WORDS["about_application"], re.IGNORECASE)
