"""What was typed into the gaps of a beginning, as one sentence, with what does not fit in half a line each."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from followup_mail.language.beginnings import OPEN_GAP, Beginning, Gap, Shape
from followup_mail.language.capitals import is_shouted, quieten
from followup_mail.language.corrections import Correction, apply_corrections
from followup_mail.language.figures import ask_about_figures
from followup_mail.language.joints import OPEN_JOINT, goes_on_with_verb, join, typed_joint, without_joint
from followup_mail.language.known_words import LISTS, Known, words_of
from followup_mail.language.proofread import proofread
from followup_mail.language.reader_address import find_third_person
from followup_mail.language.safe_offers import is_safe_to_offer
from followup_mail.language.shapes import Misfit, find_misfit, find_misfit_behind_that_is
from followup_mail.language.things_told import SAID, TOLD, find_beginning_again, find_clause_told, is_clause_told
from followup_mail.language.tidying import tidy, tidy_sentence
from followup_mail.language.verb_forms import as_base
from followup_mail.regex import regex

_MARK: Final = "\ufffc"
_JOINED_TWICE: Final = regex(
    r"(so|because|since|as|and|but|that) (?=(?:i|you|it|its|it's|we|they|he|she|that|this|there)\b)", re.IGNORECASE
)
_THAT_IS: Final = "That is "
_ROUNDS: Final = 3
"""How often a corrected answer is looked at again: one correction can show another."""


class Remark(Struct, frozen=True):
    """What does not fit, in half a line."""

    words: str
    gap: int = 0
    """The number of the gap, counted from 0."""
    is_question: bool = False
    """True: nothing is wrong, but only the person can tell whether it is true."""
    is_late: bool = False
    """Worth saying only when the answer is finished."""


class Completed(Struct, frozen=True):
    """A sentence, with what does not fit and how it would read with the corrections that are sure."""

    sentence: str
    remarks: tuple[Remark, ...] = ()
    corrected: str = ""
    """The sentence with what is sure corrected; empty when nothing is."""
    answers: tuple[str, ...] = ()
    """The answers with what is sure corrected."""
    is_whole: bool = True
    """Whether no gap that has to be filled is empty."""


def complete(beginning: Beginning, answers: Sequence[str], known: Known) -> Completed:
    """Return the sentence that the answers make. Pure, and safe for any text."""
    gaps = beginning.gaps
    typed = [_tidy(text, gap) for text, gap in zip([*answers, *[""] * len(gaps)], gaps, strict=False)]
    fixed: list[str] = []
    remarks: list[Remark] = []
    for number, (gap, text) in enumerate(zip(gaps, typed, strict=True)):
        if misfit := _misfit(gap, text, known, " ".join(typed[:number])):
            remarks.append(Remark(misfit.words, number, is_late=misfit.is_late))
        changed = _fixed(gap, text, known, " ".join(typed[:number]))
        again = _misfit(gap, changed, known, " ".join(typed[:number])) if changed != text else None
        if misfit and again and again.words != misfit.words:
            remarks.append(Remark(again.words, number, is_late=again.is_late))
        better, corrections = _proofread_gap(beginning, tuple(fixed), changed, known)
        remarks += [Remark(correction.why, number) for correction in corrections]
        remarks += [Remark(words, number, is_question=True) for words in ask_about_figures([text], known)]
        fixed.append(better if is_safe_to_offer(text, better, known, gap.before) else text)
    joints = [_joint_typed(text, gap) for text, gap in zip([*answers, *[""] * len(gaps)], gaps, strict=False)]
    typed, fixed = ([joint + text for joint, text in zip(joints, said, strict=True)] for said in (typed, fixed))
    sentence, best = tidy_sentence(beginning.fill(typed)), tidy_sentence(beginning.fill(fixed))
    return Completed(sentence, tuple(remarks), best if best != sentence else "", tuple(fixed), OPEN_GAP not in sentence)


def _joint_typed(text: str, gap: Gap) -> str:
    """Return the *so* or *and* that somebody typed into a gap that has a joint, with a space behind it."""
    joint = typed_joint(text.strip()) if gap.before == OPEN_JOINT else ""
    return f"{joint} " if joint else ""


def _tidy(text: str, gap: Gap) -> str:
    tidied = tidy(text, gap.shape)
    return without_joint(tidied) if gap.before == OPEN_JOINT else tidied


@lru_cache(maxsize=256)
def _proofread_gap(
    beginning: Beginning, earlier: tuple[str, ...], text: str, known: Known
) -> tuple[str, tuple[Correction, ...]]:
    """Return an answer with what is sure corrected, read behind the words before it, and what was found in it."""
    if not text:
        return text, ()
    before = _read_before(beginning, earlier, text)
    told: list[Correction] = []
    for _ in range(_ROUNDS):
        found = proofread(before + text, known)
        inside = [correction for correction in found if correction.start >= len(before)]
        inside += [replace(across, right="") for across in found if across.start < len(before) < across.end]
        told += [correction for correction in inside if correction.why not in {earlier.why for earlier in told}]
        text = apply_corrections(before + text, inside)[len(before) :]
        if not any(correction.right for correction in inside):
            break
    return text, tuple(told)


def _read_before(beginning: Beginning, earlier: Sequence[str], text: str) -> str:
    """Return the words that an answer is read behind, with the joint that it gets."""
    before = beginning.fill([*earlier, _MARK]).partition(_MARK)[0]
    if beginning.gaps[len(earlier)].before != OPEN_JOINT:
        return before
    if goes_on_with_verb(words_of(text)):
        joint = " and "
    else:
        # In a file the new sentence has its capital already; where it is typed it gets one later.
        joint = ". " if text[:1].isupper() and join(text).startswith(". ") else ", and "
    return before.removesuffix(", ") + joint


def _misfit(gap: Gap, text: str, known: Known, earlier: str) -> Misfit | None:
    if not words_of(text):
        return None
    if is_shouted(text, known) and gap.shape is not Shape.WORDS:
        return Misfit("all in capitals: write it in small letters", quieten(text, known))
    if again := without_beginning(gap, text):
        return Misfit("leave out the beginning: it is there already", again)
    if joined := _JOINED_TWICE.match(text) if gap.before.rstrip().endswith(("because", "so")) else None:
        return Misfit(f"leave out *{joined[1]}*: the sentence is joined already", text[joined.end() :])
    return _shape_misfit(gap, text, known) or find_third_person(gap.shape, text, known, f"{earlier} {gap.before}")


def _goes_on_now(words: Sequence[str]) -> bool:
    """Return whether an answer goes on with what the same person does: "and talk to them at handover"."""
    behind = LISTS["prepositions"] | LISTS["determiners"] | LISTS["objects"]
    return len(words) > 1 and as_base(words[0]) is not None and words[1] in behind


def _shape_misfit(gap: Gap, text: str, known: Known) -> Misfit | None:
    words = words_of(text)
    goes_on = goes_on_with_verb(words) or _goes_on_now(words)
    if gap.before in {OPEN_JOINT, ", and "} and goes_on:
        return None
    if gap.shape is Shape.THING and gap.before.endswith(_THAT_IS):
        return find_misfit_behind_that_is(text, known)
    if gap.shape is Shape.THING and gap.before.endswith(TOLD):
        if is_clause_told(text):
            return None
        if clause := find_clause_told(text):
            return clause
    if (
        gap.shape is Shape.CLAUSE
        and gap.before.endswith(SAID)
        and (again := find_beginning_again(text, is_clause=True))
    ):
        return again
    return find_misfit(gap.shape, text, known)


def _fixed(gap: Gap, text: str, known: Known, earlier: str) -> str:
    for _ in range(_ROUNDS):
        misfit = _misfit(gap, text, known, earlier)
        if misfit is None or not misfit.instead:
            break
        text = misfit.instead
    return text


def without_beginning(gap: Gap, text: str) -> str:
    """Return an answer that repeats the words before its gap without them; empty when it does not."""
    before = words_of(gap.before)
    for start in range(len(before)):
        again = before[start:]
        match = re.match(r"\W*" + r"\W+".join(map(re.escape, again)) + r"\b[\s,:]*", text, re.IGNORECASE)
        if match and text[match.end() :].strip() and (len(again) > 1 or _is_safe_to_drop(again[0], gap.shape)):
            return text[match.end() :]
    return ""


def _is_safe_to_drop(word: str, shape: Shape) -> bool:
    """Return whether one word again can only be a repetition: *you you*, *because because*, *that that* is not."""
    return (
        word in {"you", "i", "because", "so", "want", "could", "about", "for", "will", "to"}
        and shape is not Shape.WORDS
    )
