"""Comma splices and sentences that run on: where a comma holds two sentences together."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from followup_mail.language.corrections import Correction
from followup_mail.language.finite_verbs import find_verb
from followup_mail.language.known_words import LISTS, words_of
from followup_mail.language.verb_forms import as_base, as_ing, as_participle, as_past
from followup_mail.regex import regex

_JOINT: Final = regex(r", (?=(?:I|you|he|she|it|we|they|that|this|there)(?:['’]\w+)? )", re.IGNORECASE)
_COMMA_WORD: Final = regex(r", ([a-z]+)(?= [a-z])")
_SENTENCE: Final = regex(r"[^.!?]+[.!?]?")
_OPENERS: Final = frozenset(
    """
    when if because since although though while as after before once whenever unless given should had were having
    considering being to from in on at with for during without by until under
    """.split()
)
_JOINING: Final = frozenset({"so", "and", "but", "because", "that"})
_REGRET: Final = frozenset({"i'm sorry", "i am sorry", "sorry", "thank you", "thanks", "yes", "no"})
_MANY_WORDS, _MOST_WORDS, _MANY_ANDS = 30, 48, 4
_LAST_OF_SERIES: Final = regex(r"^[^,]+, (?:and|but) ")
_ASIDE: Final = regex(
    r"(?:I|you|we) (?:believe|said|think|know|hope|suppose|told me|told us|gather"
    r"|promise(?: you)?(?: that)?)\b *(?:[,;.]|$)"
)
# A verb is missing here, so that a full stop there would only hide it.
_BROKEN: Final = regex(r"(?i)\b(?:can|could|will|would|must|should|may|might) (?:who|which|what|where|why|how)\b")
_STOP_INSIDE: Final = regex(r"(?<=[a-z]{3})(?<!\bAtty)(?<!\bProf)(?<!\bMiss)(?<!\bMess)\. (?=[a-z])")


def split_splices(text: str) -> Iterator[Correction]:
    """Yield each comma that should be a full stop, and say where a sentence runs on."""
    for sentence in _SENTENCE.finditer(text):
        yield from _in_sentence(sentence[0], sentence.start())
    for found in _STOP_INSIDE.finditer(text):
        letter = text[found.end()]
        why = "a full stop in the middle: begin the next sentence with a capital"
        yield Correction(found.start(), found.end() + 1, f". {letter}", f". {letter.upper()}", why)


def _in_sentence(sentence: str, offset: int) -> Iterator[Correction]:
    joints = [found for found in _JOINT.finditer(sentence) if _is_splice(sentence, found)]
    for found in joints:
        start = offset + found.start()
        letter = sentence[found.end()]
        is_sure = not _BROKEN.search(sentence)
        why = "two sentences with a comma between them: split them, or write *and* or *because*"
        yield Correction(start, start + 3, f", {letter}", f". {letter.upper()}" if is_sure else "", why)
    yield from _deeds_side_by_side(sentence, offset)
    if not joints and _runs_on(sentence):
        yield Correction(offset, offset, "", "", "this runs on: make it shorter, or two sentences")


def _deeds_side_by_side(sentence: str, offset: int) -> Iterator[Correction]:
    """Yield the comma between two deeds that needs *and*: "I kept a list, came to know them"."""
    for found in _COMMA_WORD.finditer(sentence):
        is_only_past = as_past(found[1]) and not as_participle(found[1]) and not as_base(found[1])
        goes_on = re.search(r"(?i)\b(?:and|or|but|then)\b", sentence[found.end() :])
        before = words_of(sentence[: found.start()])
        if is_only_past and not goes_on and before and before[0] in {"i", "you", "we"}:
            start, end = offset + found.start(), offset + found.end()
            why = f"write *and {found[1]}*: a comma does not join two deeds"
            yield Correction(start, end, found[0], f" and {found[1]}", why)


def _is_splice(sentence: str, found: re.Match[str]) -> bool:
    before, after = words_of(sentence[: found.start()]), words_of(sentence[found.end() :])
    if not before or find_verb(before) is None or find_verb(after[:4]) is None:
        return False
    clause = words_of(sentence[: found.start()].rsplit(", ", maxsplit=1)[-1])
    opener = clause[1:2] if clause[:1] and clause[0] in _JOINING else ()
    is_inserted = "," in sentence[: found.start()] and bool(clause) and clause[0] in LISTS["prepositions"]
    is_dependent = (
        before[0] in _OPENERS | LISTS["openers"] or bool(as_ing(before[0])) or any(word in _OPENERS for word in opener)
    )
    is_dependent = is_dependent and not _is_main_again(sentence[: found.start()], clause)
    is_series = bool(_LAST_OF_SERIES.search(sentence[found.end() :]))
    is_idiom = " ".join(before) in _REGRET or bool(_ASIDE.match(sentence[found.end() :]))
    return not (is_inserted or is_dependent or is_series or is_idiom or after[0] == "that")


def _is_main_again(before: str, clause: list[str]) -> bool:
    """Return whether the main clause is over already: "If it would help, I could come, I have a van"."""
    has_opening = before.count(", ") == 1 and before.split(" ", 1)[0].lower() in {"if", "when", "because", "since"}
    return has_opening and clause[:1] in (["i"], ["we"], ["you"]) and find_verb(clause[:4]) is not None


def _runs_on(sentence: str) -> bool:
    """Return whether a sentence has many clauses strung together by *and*."""
    words = words_of(sentence)
    return len(words) > _MOST_WORDS or (len(words) > _MANY_WORDS and words.count("and") >= _MANY_ANDS)
