"""What does not fit in a sentence that goes from the facts into a mail as it was typed, wherever that was."""

from __future__ import annotations

from msgspec import Struct

from followup_mail.language.answers import complete
from followup_mail.language.corrections import apply_corrections
from followup_mail.language.known_beginnings import recognise
from followup_mail.language.known_words import Known
from followup_mail.language.proofread import proofread
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
    beginning, answers = recognise(key, sentence)
    completed = complete(beginning, answers, known)
    said = [remark.words for remark in completed.remarks if not remark.is_question]
    corrections = proofread(sentence, known)
    said += [correction.why for correction in corrections]
    whole = _with_joint_of(sentence, completed.sentence, completed.corrected)
    fixes = proofread(whole, known) if whole else corrections
    better = apply_corrections(whole or sentence, fixes)
    is_offered = better != sentence and is_safe_to_offer(sentence, better, known)
    return Faults(tuple(dict.fromkeys(said)), better if is_offered else "")


def _with_joint_of(sentence: str, filled: str, better: str) -> str:
    """Return a corrected sentence with *so* or *and* as it was typed: a beginning that is filled again has its own."""
    for typed, own in ((", so ", ", and "), (", and ", ", so ")):
        at = sentence.find(typed)
        while at >= 0:
            if sentence[:at] + own + sentence[at + len(typed) :] == filled:
                parts, number = better.split(own), filled[:at].count(own) + 1
                is_same = better.count(own) == filled.count(own)
                return own.join(parts[:number]) + typed + own.join(parts[number:]) if is_same else ""
            at = sentence.find(typed, at + 1)
    return better
