"""Noun phrases: where one ends, whether it is one for sure, and which article it needs."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final, NamedTuple

from followup_mail.language.a_or_an import a_or_an
from followup_mail.language.lexicon import NOUN_CLASSES, VERB_CLASSES, WordClass, classes_of, word_list
from followup_mail.language.note_words import is_known_lower, is_name, is_number, looks_like_a_word

_SMALL: Final = dict(zip("0123456789", "zero one two three four five six seven eight nine".split(), strict=True))
_NOT_IN_A_PHRASE: Final = {
    WordClass.PREPOSITION, WordClass.CONJUNCTION, WordClass.AUXILIARY, WordClass.PRONOUN,
}  # fmt: skip
_TRAILING: Final = {WordClass.ADVERB, WordClass.PARTICIPLE}
_SINGULAR: Final = {"every", "each", "another", "this", "that", "a", "an"}


class NounPhrase(NamedTuple):
    """A noun phrase as it is written in a sentence, and how many words of the note it took."""

    words: tuple[str, ...]
    size: int
    head: str


def read_noun_phrase(words: Sequence[str], article: str) -> NounPhrase | None:
    """Return the noun phrase at the beginning of some words, or nothing unless it is one for sure.

    ``article`` is what a countable noun without one gets; where it is empty, such a phrase is refused.
    """
    share = _read_share(words)
    if share:
        return share
    opening = _read_opening(words)
    body = list(words[len(opening) : len(opening) + _body_size(words[len(opening) :])])
    size = len(opening) + len(body)
    is_measured = len(body) > 1 and bool(opening) and opening[-1].isdigit()
    if is_measured and (body[0] in word_list("units") or (opening[0] in _SINGULAR and not is_plural(body[0]))):
        body[0] = f"{number_in_words(opening.pop())}-{body[0]}"
    if not body or not _is_sound(body):
        return None
    phrase = _with_article(opening, body, article)
    return phrase._replace(size=size) if phrase else None


def _read_share(words: Sequence[str]) -> NounPhrase | None:
    """Read "94% of invoices" and "38 of 51 quotes"."""
    if len(words) < 3 or words[1] != "of" or not re.fullmatch(r"\d+(?:\.\d+)?%?", words[0]):
        return None
    if words[0].endswith("%") == words[2].isdigit():
        return None
    whole = read_noun_phrase(words[2:], "the")
    if whole is None or (words[2].isdigit() and len(words) < 4):
        return None
    rest = (words[2], *whole.words[1:]) if words[2].isdigit() else whole.words
    return NounPhrase((words[0], "of", *rest), whole.size + 2, whole.head)


def is_count(word: str) -> bool:
    """Return whether a word is a number, in figures or in letters."""
    return is_number(word) or word in word_list("numbers")


def _read_opening(words: Sequence[str]) -> list[str]:
    """Return the article, possessive and number with which a phrase begins."""
    opening: list[str] = []
    for word in words[:3]:
        if opening and opening[-1] in word_list("possessives") and word in {"a", "an", "the"}:
            break
        if is_count(word) or {WordClass.DETERMINER, WordClass.POSSESSIVE} & classes_of(word) or word == "own":
            opening.append(word)
        else:
            break
    return opening


def _body_size(words: Sequence[str]) -> int:
    size = 0
    while size < len(words) and _fits_inside(words[size]) and not (size and _begins_a_time(words[size:])):
        size += 1
    while size > 1 and not is_head(words[size - 1]) and classes_of(words[size - 1]) & _TRAILING:
        size -= 1
    return size


def _begins_a_time(words: Sequence[str]) -> bool:
    """Return whether "last year" or "next week" begins here."""
    return words[0] in {"last", "next"} and len(words) > 1 and words[1] in word_list("time_nouns")


def _fits_inside(word: str) -> bool:
    classes = classes_of(word)
    if is_name(word) or is_known_lower(word) or _is_measured(word):
        return True
    if classes & _NOT_IN_A_PHRASE and not classes & {WordClass.ADJECTIVE}:
        return False
    return bool(classes & {*NOUN_CLASSES, WordClass.ADJECTIVE}) or (not classes and looks_like_a_word(word))


def _is_measured(word: str) -> bool:
    """Return whether a word measures something, as "90-day" does."""
    number, _, noun = word.partition("-")
    return (number.isdigit() or number in word_list("numbers")) and WordClass.COUNT in classes_of(noun)


def _is_sound(body: Sequence[str]) -> bool:
    """Return whether the words before the head can stand before it, and the head can be one."""
    unknown = [
        word for word in body if not (classes_of(word) or is_name(word) or is_known_lower(word) or _is_measured(word))
    ]
    if body[-1] in unknown and not _is_described(body):
        return False
    if len(unknown) > 1 or not is_head(body[-1]) or len(body) > 5:
        return False
    if len(body) == 2 and body[0] in word_list("people") and classes_of(body[1]) & VERB_CLASSES:
        return False
    return all(_can_modify(word) for word in body[:-1]) and not _has_adjective_after_noun(body)


def _is_described(body: Sequence[str]) -> bool:
    """Return whether an unknown head is a noun for sure, alone or after an adjective."""
    return len(body) == 1 or WordClass.ADJECTIVE in classes_of(body[-2]) or _is_measured(body[-2])


def _has_adjective_after_noun(body: Sequence[str]) -> bool:
    """Return whether an adjective follows a noun, as in "walk whole yard": then it is not a noun phrase."""
    classes = [classes_of(word) for word in body]
    nouns = [bool(found & NOUN_CLASSES) and WordClass.ADJECTIVE not in found for found in classes]
    adjectives = [WordClass.ADJECTIVE in found and not found & NOUN_CLASSES for found in classes]
    return any(noun and adjective for noun, adjective in zip(nouns, adjectives[1:], strict=False))


def is_head(word: str) -> bool:
    """Return whether a noun phrase can end on a word."""
    classes = classes_of(word)
    is_unknown = not classes and not _is_measured(word)
    return is_name(word) or is_known_lower(word) or bool(classes & NOUN_CLASSES) or is_unknown


def _can_modify(word: str) -> bool:
    classes = classes_of(word)
    is_plural = WordClass.PLURAL in classes and not classes & {WordClass.COUNT, WordClass.MASS, WordClass.ADJECTIVE}
    if is_plural or (not classes and word.endswith("s") and word[0].islower()):
        return word in word_list("modifier_plurals")
    return True


def is_plural(word: str) -> bool:
    """Return whether a noun is in the plural."""
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
    if not classes:
        return not head.endswith("ing")
    return WordClass.COUNT in classes and WordClass.MASS not in classes


def _is_a_certain(body: Sequence[str]) -> bool:
    """Return whether an abbreviation has a word before it, as "new CRM" does, so that it wants an article."""
    return len(body) > 1 and body[-1].isupper() and body[-2].islower()


def _with_article(opening: list[str], body: list[str], article: str) -> NounPhrase | None:
    size, head = len(opening) + len(body), body[-1]
    if not opening:
        if body[0] in word_list("with_the") and len(body) > 1 and article:
            return NounPhrase(("the", *body), size, head)
        if not _needs_article(head) and not _is_a_certain(body):
            return NounPhrase(tuple(body), size, head)
        if not article or (not classes_of(head) and len(body) == 1):
            return None
        return NounPhrase((a_or_an(body[0]) if article == "a" else article, *body), size, head)
    if any(is_count(word) for word in opening):
        opening = _counted(opening, head)
    return NounPhrase((*opening, *body), size, head) if opening and _agrees(opening[-1], opening, head) else None


def _counted(opening: list[str], head: str) -> list[str]:
    """Return a number and what is before it; nothing where it does not count the noun."""
    number = opening[-1]
    if len(opening) > 2 or not is_count(number) or number.endswith("%") or not is_plural(head):
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


def spoken_number(word: str) -> str:
    """Return a number as it stands before a noun, and any other word as it is."""
    return number_in_words(word) if is_number(word) else word


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
