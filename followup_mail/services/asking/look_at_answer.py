"""How an answer looks while it is typed, and once it is finished: the sentence, and what does not fit."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from msgspec import Struct

from followup_mail.language.answers import Completed, Remark, complete
from followup_mail.language.beginnings import OWN_WORDS, Beginning
from followup_mail.language.same_subject import says_same
from followup_mail.regex import regex
from followup_mail.services.asking.open_question import OpenQuestion

TOLD_ALREADY: Final = "that is in your thank-you already: this note needs another point"
LOOKS_ELSEWHERE: Final = "where else you look is nothing to them: better what you will do about their reason"
_LOOKS_ELSEWHERE: Final = regex(
    r"(?i)\bI will (?:\w+ )?(?:keep (?:on )?|go on |continue )?(?:to )?"
    r"(?:(?:look|search)(?:ing)? (?:for|at|among|around)\b.*\b(?:other|another|others|elsewhere)\b"
    r"|(?:look|search)(?:ing)? (?:elsewhere|among)\b|applying\b)"
)
_SHORTEST_TO_JUDGE: Final = 2
_ENOUGH_TO_COMPARE: Final = 5


class AnswerLook(Struct, frozen=True):
    """How one gap of an answer looks."""

    sentence: str
    """The whole sentence, as far as it is typed."""
    remarks: tuple[str, ...] = ()
    """What does not fit in this gap, each in half a line."""
    better: str = ""
    """What could stand in the gap instead."""
    holds: bool = False
    """Whether the mail waits while it stays like this."""
    is_whole: bool = True
    """Whether nothing that has to be filled is empty."""


def look_at_gap(
    question: OpenQuestion, beginning: Beginning, words: Sequence[str], at: int, *, is_finished: bool
) -> AnswerLook:
    """Return how the gap with the number ``at`` looks; half an answer is not blamed for being half."""
    text = words[at] if at < len(words) else ""
    shown = _look(complete(beginning, words, question.known), at, text, is_finished)
    may_judge = not shown.remarks and (is_finished or len(text.split()) >= _ENOUGH_TO_COMPARE)
    advice = _advise(question, shown.sentence) if may_judge else ""
    return AnswerLook(shown.sentence, (advice,), is_whole=shown.is_whole) if advice else shown


def look_at_sentence(question: OpenQuestion, sentence: str) -> AnswerLook:
    """Return how a finished sentence in somebody's own words looks: as the check before sending will read it."""
    from followup_mail.language.sentence_faults import find_faults

    look = look_at_gap(question, OWN_WORDS, [sentence], 0, is_finished=True)
    faults = find_faults(question.key, sentence, question.known)
    remarks = tuple(dict.fromkeys((*faults.words, *look.remarks)))
    return AnswerLook(look.sentence, remarks, faults.corrected, bool(faults.words) or look.holds, look.is_whole)


def _advise(question: OpenQuestion, sentence: str) -> str:
    """Return what speaks against a sound sentence in this mail; nothing holds it."""
    if any(says_same(sentence, told) for told in question.told):
        return TOLD_ALREADY
    return LOOKS_ELSEWHERE if question.key == "onward" and _LOOKS_ELSEWHERE.search(sentence) else ""


def _look(done: Completed, at: int, text: str, is_finished: bool) -> AnswerLook:
    is_long = len(text.split()) >= _SHORTEST_TO_JUDGE
    told = [remark for remark in done.remarks if remark.gap == at and _is_told(remark, is_long, is_finished)]
    if not told:
        return AnswerLook(done.sentence, is_whole=done.is_whole)
    words = tuple(dict.fromkeys(remark.words for remark in told))
    better = done.answers[at] if done.answers[at] != text.strip() else ""
    holds = not all(remark.is_question for remark in told)
    return AnswerLook(done.sentence, words, better, holds, done.is_whole)


def _is_told(remark: Remark, is_long: bool, is_finished: bool) -> bool:
    return is_finished or (is_long and not remark.is_late)
