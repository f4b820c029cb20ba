"""What does not fit in a sentence that goes from the facts into a mail as it was typed, wherever that was."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from msgspec import Struct

from followup_mail.language.answers import complete
from followup_mail.language.beginnings import OWN_WORDS, Beginning, asking_for
from followup_mail.language.joints import OPEN_JOINT
from followup_mail.language.known_words import Known
from followup_mail.language.proofread import apply_corrections, proofread
from followup_mail.language.safe_offers import is_safe_to_offer


class Faults(Struct, frozen=True):
    """What does not fit in a sentence."""

    words: tuple[str, ...] = ()
    """Each in half a line."""
    corrected: str = ""
    """The sentence with what is sure corrected; empty when nothing is."""


def find_faults(key: str, sentence: str, known: Known) -> Faults:
    """Return what does not fit in a sentence for a key of the facts.

    A sentence that has one of the beginnings of its question is read gap by gap; any other is read as a whole.
    """
    beginning, answers = _recognise(key, sentence)
    completed = complete(beginning, answers, known)
    said = [remark.words for remark in completed.remarks if not remark.is_question]
    corrections = proofread(sentence, known, known.country)
    said += [correction.why for correction in corrections]
    better = completed.corrected or apply_corrections(sentence, [fix for fix in corrections if fix.right])
    is_offered = better != sentence and is_safe_to_offer(sentence, better, known)
    return Faults(tuple(dict.fromkeys(said)), better if is_offered else "")


def _recognise(key: str, sentence: str) -> tuple[Beginning, Sequence[str]]:
    for beginning, pattern in _patterns(key):
        if found := pattern.fullmatch(sentence.strip()):
            return beginning, [words or "" for words in found.groups()]
    return OWN_WORDS, [sentence]


@cache
def _patterns(key: str) -> tuple[tuple[Beginning, re.Pattern[str]], ...]:
    beginnings = asking_for(key).every_beginning
    by_length = sorted(beginnings, key=lambda beginning: len(beginning.pattern), reverse=True)
    return tuple((beginning, re.compile("".join(_as_regex(beginning.pattern)), re.DOTALL)) for beginning in by_length)


def _as_regex(pattern: str) -> Iterator[str]:
    for piece in re.split(r"(\{\w+\}|\[|\])", pattern):
        if piece.startswith("{"):
            yield "(.+?)"
        else:
            literal = re.escape(piece).replace(re.escape(OPEN_JOINT), r"(?:, so |, and |\. (?=It |That |This ))")
            yield {"[": "(?:", "]": ")?"}.get(piece, literal)
