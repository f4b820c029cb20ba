"""FM806: praise piled up."""

from __future__ import annotations

from collections.abc import Iterable

from followup_mail.checks.matching import in_body
from followup_mail.checks.parsed_mail import ParsedMail, TextSpan
from followup_mail.checks.prose import word_set
from followup_mail.checks.rule import WARNING, Rule, Spot
from followup_mail.checks.samples import Sample

MOST = 2
"""Words of high praise that a note bears; the third one is too many."""
_PRAISE = word_set("""
    amazing astonishing astounding awesome awe-inspiring breathtaking brilliant brilliantly brilliance
    charismatic exceptional exceptionally extraordinary extraordinarily fabulous fantastic flawless genius
    groundbreaking ground-breaking incomparable incredible incredibly industry-leading inspiring inspirational
    legendary magnificent marvellous marvelous masterful mind-blowing outstanding outstandingly phenomenal
    phenomenally prestigious remarkable remarkably renowned revolutionary sensational spectacular splendid
    stellar stunning superb superior terrific tremendous tremendously trailblazing unbelievable unbelievably
    unforgettable unmatched unparalleled unrivalled unrivaled unsurpassed visionary visionaries wonderful
    wondrous world-class dazzling impeccable incomparably idol icon iconic giant privileged honoured honored
    admire admiration admired adore revered awe greatest finest wisest smartest cleverest brightest
""")


def _look(reading: ParsedMail) -> Iterable[Spot]:
    found = [word for word in reading.core_words if word.plain in _PRAISE]
    if len(found) > MOST:
        words = ", ".join(dict.fromkeys(word.plain for word in found))
        span = TextSpan(found[MOST].start, found[MOST].end)
        yield in_body(reading, span, f"So much praise reads as flattery: {words}.")


RULE = Rule(
    code="FM806",
    name="flattery",
    severity=WARNING,
    looks_for="Three or more words of high praise: brilliant, amazing, world-class, visionary, outstanding.",
    why="G0: sincere, not overdone; exaggerated praise reads as flattery.",
    fix="Keep the one thing that impressed you, and say why it did.",
    bad=Sample(
        "It was an honour to meet such a visionary leader. Your team is world-class, your plan for the nightly "
        "jobs brilliant, "
        "and the office amazing."
    ),
    good=Sample("Your plan for the nightly jobs is outstanding in one respect: each team can go back within a minute."),
    look=_look,
)
