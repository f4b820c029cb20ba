"""Noun phrases: where one ends, whether it is one for sure, and which article it needs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from followup_mail.language.lexicon import NOUN_CLASSES, VERB_CLASSES, WordClass, classes_of, word_list
from followup_mail.language.note_words import is_known_lower, is_name, is_number, looks_like_a_word

_SMALL: Final = dict(zip("0123456789", "zero one two three four five six seven eight nine".split(), strict=True))  # noqa: SIM905
_NOT_IN_A_PHRASE: Final = {
    WordClass.PREPOSITION, WordClass.CONJUNCTION, WordClass.AUXILIARY, WordClass.PRONOUN,
}  # fmt: skip
_SINGULAR: Final = {"every", "each", "another", "this", "that", "a", "an"}


@dataclass(frozen=True)
class NounPhrase:
    """A noun phrase as it is written in a sentence, and how many words of the note it took."""

    words: tuple[str, ...]
    size: int
    head: str


def read_noun_phrase(words: Sequence[str], article: str) -> NounPhrase | None:
    """Return the noun phrase at the beginning of some words, or nothing unless it is one for sure.

    ``article`` is what a countable noun without one gets; where it is empty, such a phrase is refused.
    """
    opening = _read_opening(words)
    body = _body_size(words[len(opening) :])
    size = len(opening) + body
    if not body or not _is_sound(words[len(opening) : size]):
        return None
    return _with_article(opening, list(words[len(opening) : size]), article)


def _read_opening(words: Sequence[str]) -> list[str]:
    """Return the article, possessive and number with which a phrase begins."""
    opening: list[str] = []
    for word in words[:3]:
        if is_number(word) or {WordClass.DETERMINER, WordClass.POSSESSIVE} & classes_of(word) or word == "own":
            opening.append(word)
        else:
            break
    return opening


def _body_size(words: Sequence[str]) -> int:
    size = 0
    while size < len(words) and _fits_inside(words[size]):
        size += 1
    return size


def _fits_inside(word: str) -> bool:
    classes = classes_of(word)
    if is_name(word) or is_known_lower(word):
        return True
    if classes & _NOT_IN_A_PHRASE and not classes & {WordClass.ADJECTIVE}:
        return False
    return bool(classes & {*NOUN_CLASSES, WordClass.ADJECTIVE}) or (not classes and looks_like_a_word(word))


def _is_sound(body: Sequence[str]) -> bool:
    """Tell whether the words before the head can stand before it, and the head can be one."""
    unknown = [word for word in body if not classes_of(word) and not is_name(word) and not is_known_lower(word)]
    if len(unknown) > 1 or not is_head(body[-1]) or len(body) > 5:
        return False
    if len(body) == 2 and body[0] in word_list("people") and classes_of(body[1]) & VERB_CLASSES:
        return False
    return all(_can_modify(word) for word in body[:-1])


def is_head(word: str) -> bool:
    """Tell whether a noun phrase can end on a word."""
    classes = classes_of(word)
    return is_name(word) or is_known_lower(word) or bool(classes & NOUN_CLASSES) or not classes


def _can_modify(word: str) -> bool:
    classes = classes_of(word)
    is_plural = WordClass.PLURAL in classes and not classes & {WordClass.COUNT, WordClass.MASS, WordClass.ADJECTIVE}
    if is_plural or (not classes and word.endswith("s") and word[0].islower()):
        return word in word_list("modifier_plurals")
    return True


def is_plural(word: str) -> bool:
    """Tell whether a noun is in the plural."""
    classes = classes_of(word)
    if classes:
        return WordClass.PLURAL in classes and not classes & {WordClass.COUNT, WordClass.MASS}
    if is_name(word):
        return word.endswith("s") and word[:-1].isupper() and len(word) > 2
    return word.endswith("s") and not word.endswith(("ss", "us", "is"))


def _needs_article(head: str) -> bool:
    classes = classes_of(head)
    if is_plural(head) or is_name(head) or is_known_lower(head):
        return False
    return not classes or (WordClass.COUNT in classes and WordClass.MASS not in classes)


def _with_article(opening: list[str], body: list[str], article: str) -> NounPhrase | None:
    size, head = len(opening) + len(body), body[-1]
    if not opening:
        if not _needs_article(head):
            return NounPhrase(tuple(body), size, head)
        if not article or (not classes_of(head) and len(body) == 1):
            return None
        return NounPhrase((_a_or_an(body[0]) if article == "a" else article, *body), size, head)
    if any(is_number(word) for word in opening):
        opening = _counted(opening, head)
    return NounPhrase((*opening, *body), size, head) if opening and _agrees(opening[-1], opening, head) else None


def _counted(opening: list[str], head: str) -> list[str]:
    """Return a number and what is before it; nothing where it does not count the noun."""
    number = opening[-1]
    if len(opening) > 2 or not is_number(number) or number.endswith("%") or not is_plural(head):
        return []
    if len(opening) == 2 and opening[0] in _SINGULAR:
        return []
    return [*opening[:-1], number_in_words(number)]


def _agrees(last: str, opening: list[str], head: str) -> bool:
    if last in _SINGULAR:
        return not is_plural(head)
    if last == "own":
        return len(opening) > 1
    return not (last in {"all", "both", "some", "any", "half", "these", "those"} and _needs_article(head))


def _a_or_an(word: str) -> str:
    if word.isupper() or (len(word) > 1 and word[:2].isupper()):
        return "an" if word[0] in "AEFHILMNORSX" and word not in _SPOKEN else "a"
    lower = word.lower()
    if lower.startswith(("uni", "use", "usu", "uti", "euro", "one", "once")) and not lower.startswith("unin"):
        return "a"
    return "an" if lower[0] in "aeiou" or lower.startswith(("hour", "honest", "heir")) else "a"


_SPOKEN: Final = {"NATO", "RAM", "LAN", "SAP", "NEWS2", "NEBOSH", "HACCP", "SEND", "SIM", "MIG", "HIPAA", "RAG", "SEN"}


def number_in_words(number: str) -> str:
    """Return a figure as it stands before a noun: up to nine in words, a plus sign read out."""
    if number.endswith("+"):
        return f"more than {number_in_words(number[:-1])}"
    if number.startswith("~"):
        return f"about {number_in_words(number[1:])}"
    if number.startswith("<"):
        return f"under {number_in_words(number[1:])}"
    if number.startswith(">"):
        return f"over {number_in_words(number[1:])}"
    return _SMALL.get(number, f"0{number}" if number.startswith(".") else number)
