"""How rules look: for phrases, for patterns, and how they point at what they found."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from followup_mail.checks.finding import MailPart
from followup_mail.checks.parsed_mail import ParsedMail, TextSpan
from followup_mail.checks.phrase_patterns import Phrases
from followup_mail.checks.prose import Prose
from followup_mail.checks.rule import Inspect, Spot

_NEGATIONS: Final = frozenset({"not", "never", "no", "nor", "without", "neither", "cannot", "instead"})


def phrases_said(wanted: Phrases, message: str) -> Inspect:
    """Return a look function that points at each phrase in subject and core. ``message`` may hold ``{words}``."""

    def look(reading: ParsedMail) -> Iterable[Spot]:
        for start, end in wanted.find(reading.subject):
            if not _is_topic(reading, reading.subject.plain[start:end]):
                yield in_subject(reading, TextSpan(start, end), message)
        for span in phrase_spans(reading, wanted):
            yield in_body(reading, span, message)

    return look


def phrase_spans(reading: ParsedMail, wanted: Phrases) -> list[TextSpan]:
    """Return where phrases stand in the core, in order, each place once.

    What is put in double quotes is mentioned, not said; what stands in the facts is what was talked about.
    """
    spans = sorted(TextSpan(*span) for span in wanted.find(reading.body, reading.core.start, reading.core.end))
    found: list[TextSpan] = []
    for span in spans:
        if found and span.start < found[-1].end:
            continue
        if not _is_quoted(reading, span) and not _is_topic(reading, reading.plain(span)):
            found.append(span)
    return found


def in_body(reading: ParsedMail, span: TextSpan, message: str, fix: str = "") -> Spot:
    """Return a spot in the body; ``{words}`` in the message becomes the words as written, on one line."""
    return Spot(_filled(message, reading.body, span), MailPart.BODY, span.start, span.end, fix=fix)


def in_subject(reading: ParsedMail, span: TextSpan, message: str, fix: str = "") -> Spot:
    """Return a spot in the subject, as ``in_body`` does for the body."""
    return Spot(_filled(message, reading.subject, span), MailPart.SUBJECT, span.start, span.end, fix=fix)


def in_header(message: str, words: str = "", fix: str = "") -> Spot:
    """Return a spot that is not in the words: an address, the moment, the step."""
    return Spot(message, MailPart.HEADER, words=words, fix=fix)


def _filled(message: str, prose: Prose, span: TextSpan) -> str:
    words = " ".join(prose.written[span.start : min(span.end, span.start + 120)].split())
    return message.replace("{words}", words)


def _is_topic(reading: ParsedMail, words: str) -> bool:
    return any(words in text for text in reading.parties.told)


def _is_quoted(reading: ParsedMail, span: TextSpan) -> bool:
    """Tell whether a double quote opens shortly before ``span`` and closes shortly after it."""
    plain = reading.body.plain
    before, after = plain[max(0, span.start - 100) : span.start], plain[span.end : span.end + 100]
    return before.count('"') % 2 == 1 and '"' in after


def is_negated(reading: ParsedMail, span: TextSpan) -> bool:
    """Tell whether "not", "never", "without", "don't" or "no" stands among the three words before ``span``."""
    before = reading.body.plain[max(reading.core.start, span.start - 40) : span.start]
    words = re.split(r"[.;:!?\n]", before)[-1].split()[-3:]
    if words[-2:] == ["you", "not"]:  # "could you not ..." asks
        return False
    return any(word.strip(",") in _NEGATIONS or word.strip(",").endswith("n't") for word in words)


def whole_core(reading: ParsedMail) -> TextSpan:
    """Return the first sentence of the core, to point at when a finding is about the whole of it."""
    return reading.sentences[0] if reading.sentences else reading.core
