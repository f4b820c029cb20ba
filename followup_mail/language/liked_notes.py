"""What convinced the candidate, as it follows "I liked that", or "I really liked".

A note on that is about the reader: "open abt what went wrong" is "you were open about what went wrong", "the way he
waited" is "the way you waited", and "he talks you through it" means people, not the reader.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from followup_mail.language.lexicon import WordClass, classes_of, verb_of, word_list
from followup_mail.language.note_clauses import reader_clause, rest_of_clause
from followup_mail.language.note_words import is_number, parts_of, plain_text
from followup_mail.language.noun_phrases import is_plural, number_in_words, read_noun_phrase
from followup_mail.language.speakers import THEY, YOURS

_GENERIC: Final = frozenset({"your", "yours", "yourself"})
_ADVERBS: Final = frozenset({"still", "always", "never", "really", "personally", "actually"})
_MODALS: Final = frozenset({"won't", "can't", "can", "will", "would", "wouldn't"})
_DONE_FOR_ONE: Final = frozenset("sent shown explained prepared printed given shared mailed".split())
_ABOUT: Final = frozenset({"about", "with", "to"})
_DONT: Final = {"doesn't": "don't", "don't": "don't", "can't": "can't", "won't": "won't", "can": "can", "will": "will"}


def liked_clause(text: str) -> str:
    """Return what a note says that the reader does or is: "you talk people through the mistake"."""
    words = _first_words(text)
    if not words or not _GENERIC.isdisjoint(words) or words.count("you") > 1:
        return ""
    if "you" in words and _is_present(words):
        return _said_of_people(words)
    if "you" in words:
        return ""
    for build in (_so_that, _with_adverb, _with_modal, _at_such_a_time, _at_a_place, _being, _was_done):
        if clause := build(words):
            return clause + _and_never(text)
    clause = reader_clause(text)
    return clause + _and_never(text) if clause and _is_present(words) else clause


def is_habit(text: str) -> bool:
    """Return whether a note begins with what somebody does again and again: "closes the diary for lunch"."""
    words = _first_words(text)
    start = 1 if words and words[0] in _ADVERBS | THEY else 0
    is_verb = start and len(words) > start and WordClass.VERB_S in classes_of(words[start])
    return len(words) > start + 2 and (bool(is_verb) or _is_present(words))


def liked_way(text: str) -> str:
    """Return "the way you waited for that cat" and "how you handled the delay", of a note that is no more than that."""
    words = _first_words(text)
    start = 2 if tuple(words[:2]) == ("the", "way") else 1 if words[:1] == ("how",) else 0
    is_theirs = start and len(words) > start + 2 and words[start] in THEY and "you" not in words
    verb = words[start + 1] if is_theirs else ""
    if not verb or verb in word_list("not_to_tell_the_reader") or WordClass.PAST not in classes_of(verb):
        return ""
    said = rest_of_clause(words[start + 2 :], YOURS, is_present=False)
    return " ".join((*words[:start], "you", verb, *said)) if said else ""


def _first_words(text: str) -> tuple[str, ...]:
    parts = parts_of(plain_text(text))
    return () if not parts or '"' in text else parts[0].words


def _is_present(words: Sequence[str]) -> bool:
    first = words[1] if words[0] in THEY and len(words) > 1 else words[0]
    is_noun = bool(classes_of(first) & {WordClass.PLURAL}) and words[0] not in THEY
    return WordClass.VERB_S in classes_of(first) and not is_noun


def _said_of_people(words: Sequence[str]) -> str:
    return reader_clause(" ".join("people" if word == "you" else word for word in words))


def _so_that(words: Sequence[str]) -> str:
    """Read "sees one family a week herself so she doesn't forget"."""
    at = next((place for place in range(3, len(words) - 2) if words[place] == "so" and words[place + 1] in THEY), 0)
    verb = _DONT.get(words[at + 2], "") if at else ""
    if not verb:
        return ""
    clause, rest = reader_clause(" ".join(words[:at])), words[at + 3 :]
    is_verb = bool(rest) and WordClass.BASE in classes_of(rest[0])
    said = rest_of_clause(rest[1:], YOURS, is_present=False) if is_verb and rest[1:] else ()
    return " ".join((clause, "so you", verb, rest[0], *said)) if clause and is_verb and (said or not rest[1:]) else ""


def _with_adverb(words: Sequence[str]) -> str:
    """Read "still signs one letter per week by hand"."""
    if words[0] not in _ADVERBS or len(words) < 4 or WordClass.VERB_S not in classes_of(words[1]):
        return ""
    clause = reader_clause(" ".join(words[1:]))
    return clause.replace("you ", f"you {words[0]} ", 1)


def _with_modal(words: Sequence[str]) -> str:
    """Read "won't let a change go on stage till they have done it six times"."""
    words = words[1:] if words[0] in THEY else words
    if len(words) < 4 or words[0] not in _MODALS or WordClass.BASE not in classes_of(words[1]):
        return ""
    said = rest_of_clause(words[2:], YOURS, is_present=False)
    return " ".join(("you", words[0], words[1], *said)) if said else ""


def _at_such_a_time(words: Sequence[str]) -> str:
    """Read "in fog he climbs up to the tower": when it is stands before who does it."""
    at = next((place for place in range(2, min(5, len(words) - 2)) if words[place] in {"he", "she"}), 0)
    is_when = not _dates().isdisjoint(word.lower() for word in words[:at]) or any(map(is_number, words[:at]))
    if not at or is_when or WordClass.PREPOSITION not in classes_of(words[0]) or words[0] in {"for", "as", "than"}:
        return ""
    said, clause = rest_of_clause(words[:at], YOURS, is_present=False), reader_clause(" ".join(words[at:]))
    return f"{' '.join(said)} {clause}" if said and clause and _is_present(words[at:]) else ""


def _dates() -> frozenset[str]:
    return word_list("months") | word_list("days") | word_list("time_nouns")


def _and_never(text: str) -> str:
    """Read ", never touches the mike" behind what somebody does: it is as much a habit."""
    for part in parts_of(plain_text(text))[1:]:
        verb = verb_of(part.words[1]) if part.words[0] == "never" and len(part.words) > 2 else None
        if verb and part.mark == "," and WordClass.VERB_S in classes_of(part.words[1]):
            said = rest_of_clause(part.words[2:], YOURS, is_present=False)
            return f" and never {verb.base} {' '.join(said)}" if said else ""
    return ""


def _at_a_place(words: Sequence[str]) -> str:
    """Read "at the door every morning": "you are" is missing, and it is a habit."""
    if WordClass.PREPOSITION not in classes_of(words[0]) or not {"every", "each"} & set(words[2:-1]):
        return ""
    said = rest_of_clause(words, YOURS, is_present=False)
    return " ".join(("you are", *said)) if said else ""


def _being(words: Sequence[str]) -> str:
    """Read "open about what went wrong last time"."""
    is_such = len(words) > 3 and WordClass.ADJECTIVE in classes_of(words[0]) and words[1] in _ABOUT
    if not is_such or (verb_of(words[0]) is not None and WordClass.VERB_S in classes_of(words[0])):
        return ""
    said = rest_of_clause(words[1:], YOURS, is_present=False)
    return " ".join(("you were", words[0], *said)) if said else ""


def _was_done(words: Sequence[str]) -> str:
    """Read "specimen log sent 2 days before test so nobody is caught by the format": "was" is missing."""
    for at in range(1, min(4, len(words) - 2)):
        phrase = read_noun_phrase(words[:at], "the")
        is_thing = (
            phrase is not None and phrase.size == at and phrase.head in word_list("topics") | word_list("sendable")
        )
        if phrase is None or not is_thing or words[at] not in _DONE_FOR_ONE or is_number(words[0]):
            continue
        rest = words[at + 1 :]
        ahead = rest[:2] if rest[2:3] == ("before",) and is_number(rest[0]) else ()
        later = rest[3:] if ahead else rest
        said = rest_of_clause(("before", *later) if ahead else later, YOURS, is_present=False)
        if said:
            be = "were" if is_plural(phrase.head) else "was"
            span = (number_in_words(rest[0]), rest[1]) if ahead else ()
            return " ".join((*phrase.words, be, words[at], *span, *said))
    return ""
