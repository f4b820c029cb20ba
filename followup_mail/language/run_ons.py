"""Sentences that run on with *it* or *they* and nothing before it: "I ran a minibus it took twelve people"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from followup_mail.language.corrections import Correction
from followup_mail.language.known_words import LISTS
from followup_mail.language.lexicon import WordClass, classes_of, word_list
from followup_mail.language.stretches import stretches
from followup_mail.language.verb_forms import as_base, as_past, as_third
from followup_mail.regex import regex

_OPENING: Final = frozenset({"i", "you", "we"})
_GOING_ON: Final = frozenset({"it", "they", "he", "she", "it's", "they're", "he's", "she's"})
_BEING: Final = frozenset({"is", "was", "are", "were"})
_I_GO_ON: Final = regex(
    r"\bI (?:would|could|can|will) (?:(?:gladly|happily|also|always|like to|love to|be glad to|be happy to) )?"
    r"(?:(?:come|go|help|step|fill|jump|pop|drop|pitch|chip)(?: straight)? (?:in|out|over|up|back|by|along|round|down)"
    r"|(?:come|start|begin|help)(?: on)? (?:[A-Z][a-z]+day|tomorrow|at once|straight away|immediately))"
    r" (?P<second>I) (?P<verb>[a-z]+)\b"
)
_NO_RUN_ON: Final = LISTS["no_run_ons"]


def find_run_ons(text: str) -> Iterator[Correction]:
    """Yield the pronoun with which a second sentence begins behind a noun."""
    for found, words in stretches(text):
        if words and words[0] in _OPENING and (at := _second_subject(words)):
            pronoun = found[at]
            why = f"a new sentence begins with *{pronoun[0]}*: write *and*, *so* or *because*, or a full stop"
            yield Correction(pronoun.start(), pronoun.end(), pronoun[0], "", why)
    for again in _I_GO_ON.finditer(text):
        if as_base(again["verb"]) or again["verb"] in {"am", "have"}:
            why = "a new sentence begins with *I*: write *and*, *since* or *because*, or a full stop"
            yield Correction(again.start("second"), again.end("second"), "I", "", why)


def _second_subject(words: Sequence[str]) -> int:
    """Return the place of the pronoun; 0 where something before it takes or joins a second clause."""
    for at, word in enumerate(words[2:], 2):
        if words[at - 1] in LISTS["relatives"] | LISTS["prepositions"] | _NO_RUN_ON or words[at - 1].endswith("ing"):
            return 0
        if word in _GOING_ON and _is_noun(words[at - 1]):
            return at if _is_sentence(words[at:]) else 0
        if word in LISTS["relatives"] - {"and"} | _NO_RUN_ON:
            return 0
    return 0


def _is_sentence(words: Sequence[str]) -> bool:
    """Return whether the pronoun has its verb, and the verb what belongs to it, so that nothing points back."""
    if "'" in words[0]:
        return len(words) > 1 and _can_complete(words[1])
    if len(words) < 3:
        return False
    verb, behind = words[1], words[2]
    is_verb = verb in _BEING or bool(as_past(verb) or as_third(verb) or (words[0] == "they" and as_base(verb)))
    return is_verb and _can_complete(behind)


def _can_complete(word: str) -> bool:
    return (
        word in LISTS["determiners"] | (LISTS["objects"] - {"to"})
        or word[:1].isdigit()
        or WordClass.ADJECTIVE in classes_of(word)
    )


def _is_noun(word: str) -> bool:
    classes = classes_of(word)
    is_known = bool(classes & {WordClass.COUNT, WordClass.MASS, WordClass.PLURAL}) and word not in word_list(
        "time_nouns"
    )
    return is_known or not (classes or as_base(word) or as_past(word))
