"""Find what a mail says about attachments: "attached", "as promised", "I will send it tomorrow"."""

from __future__ import annotations

import re
from typing import Final

from followup_mail.checks.parsed_mail import ParsedMail, TextSpan
from followup_mail.checks.phrase_patterns import WEEKDAYS, phrases
from followup_mail.checks.prose import read_words, words_of
from followup_mail.checks.stock_words import is_stock, stem

_PHRASES: Final = read_words("attachments")
SAYS_ATTACHED: Final = phrases(_PHRASES["attached"])
_NOT_THAT: Final = re.compile(
    r"\b(?:strings?|not|never|get|getting|got|become|became|grown?|grew|too|very|so|deeply|much|label|value|importance|"
    r"meaning|you|network|emotionally|quite|still|condition|weight|price|sidecar|garage|people|feel|felt)\s+(?:\w+\s+)?"
    r"(?:is\s+|are\s+)?$|\bto\s+(?:be|get|become)\s+$"
)
_ATTACHED: Final = re.compile(r"\b(?:attach|enclos)(?:ed|ing|e)?\b")
_TO_SOMETHING: Final = re.compile(
    r"\s+to\s+(?:the|a|an|our|your|my|its|their|each|every|one|it|people|places?|them|him|her)\s+(?!e?-?mail|message|note)"
)
_NOW: Final = phrases(_PHRASES["comes_now"])
_LATER: Final = re.compile(
    r"\b(?:will|shall|'ll)\s+(?:\w+\s+){0,2}(?:send|follow|reach|forward|share|have|be with|get|mail|post|come)\b|"
    rf"\bby\s+(?:next|the end|tomorrow|weekend|{'|'.join(WEEKDAYS)})\b|\b(?:tomorrow|later this week|next week|once)\b|"
    r"\b(?:happy|glad|pleased)\s+to\s+(?:send|share)\b|"
    r"\b(?:can|could|would|may|might)\s+(?:\w+\s+){0,2}(?:send|share|bring)\b|"
    r"\b(?:on its|by)\s+(?:way|post)\b"
)
_LINK: Final = re.compile(r"https?://|\bwww\.|\b[\w-]+\.(?:com|org|net|io|dev|example|ch|de|uk|eu)(?:/|\b)")


def says_attached(mail: ParsedMail) -> list[TextSpan]:
    """Return where the mail says that something is attached: not "grown attached to", not "I have not attached"."""
    found: list[TextSpan] = []
    text = mail.body.plain
    for start, end in sorted(SAYS_ATTACHED.find(mail.body, mail.core.start, mail.core.end)):
        word = _ATTACHED.search(text, start, end + 1)
        at = word.start() if word else start
        if _NOT_THAT.search(text[max(0, at - 30) : at]) or (found and start < found[-1].end):
            continue
        if word and _TO_SOMETHING.match(text, word.end()):
            continue
        found.append(TextSpan(start, end))
    return found


def says_sent_now(mail: ParsedMail) -> list[TextSpan]:
    """Return the sentences in which something comes with this mail, or was promised and is not said to follow."""
    cues = [start for start, _ in _NOW.find(mail.body, mail.core.start, mail.core.end)]
    cues += [span.start for span in says_attached(mail)]
    sentences = {mail.sentence_at(cue): mail.plain(mail.sentence_at(cue)) for cue in cues}
    return sorted(span for span, text in sentences.items() if not _LATER.search(text) and not _LINK.search(text))


def is_named(what: str, text: str) -> bool:
    """Tell whether ``text`` names a promised thing: half of the words that matter in it."""
    wanted = {stem(word) for word in words_of(what) if not is_stock(word)} or {stem(word) for word in words_of(what)}
    there = {stem(word) for word in words_of(text)}
    return len(wanted & there) * 2 >= len(wanted)
