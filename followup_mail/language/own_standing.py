"""What the candidate does all the time, was for some time, or spent a season on: sentences from notes without "I"."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from followup_mail.language.lexicon import NOUN_CLASSES, WordClass, classes_of, word_list
from followup_mail.language.note_clauses import rest_of_clause
from followup_mail.language.note_words import Part, is_number, looks_like_a_word
from followup_mail.language.noun_phrases import number_in_words, read_noun_phrase
from followup_mail.language.speakers import MINE, Whose
from followup_mail.regex import regex

_USUAL: Final = Whose(MINE.turned, "the")
"""What is done all the time is done with the things that are there: "with the lathe"."""
_SPANS: Final = frozenset({"seasons", "summers", "winters", "years", "months"})
_PLACES: Final = frozenset({"on", "at", "in", "for"})
_RANGE: Final = regex(r"((?:19|20)\d\d)[-–](\d\d|(?:19|20)\d\d)")


def does(parts: Sequence[Part]) -> tuple[str, ...]:
    """Read "turn own blocks, pear wood" and "keep 4 hives at home": a bare verb with what it is done to."""
    words = parts[0].words
    if len(words) < 3 or words[0] in word_list("reminders") or not _is_bare_verb(words[0], words[1]):
        return ()
    said = rest_of_clause(words[1:], _USUAL, is_present=False)
    return (words[0], *said) if said else ()


def _is_bare_verb(verb: str, following: str) -> bool:
    classes = classes_of(verb)
    is_form = WordClass.BASE in classes and not classes & {WordClass.PAST, WordClass.AUXILIARY, WordClass.ADJECTIVE}
    starts = classes_of(following)
    has_object = following == "own" or bool(starts & {WordClass.DETERMINER, WordClass.POSSESSIVE} - {*NOUN_CLASSES})
    # "Grade 4 hives" are hives; no noun stands before "the" or "own".
    is_counted = not classes & NOUN_CLASSES and (is_number(following) or WordClass.PLURAL in starts)
    return (
        is_form
        and following not in {"no", "this", "that", "his", "her", "their", "your"}
        and (has_object or is_counted)
    )


def held_a_job(parts: Sequence[Part]) -> tuple[str, ...]:
    """Read "deckhand on hake trawler, 2 seasons" and "falls link nurse 2024-25"."""
    words = parts[0].words
    span, cut = _span(words[-2:], 2) or _span(words[-1:], 1) or ((), 0)
    if not span and len(parts) > 1 and parts[1].mark == ",":
        span = (_span(parts[1].words, 0) or ((), 0))[0]
    body = words[: len(words) - cut]
    phrase = read_noun_phrase(body, "a") if span and body else None
    if phrase is None or not _is_job(phrase.head) or phrase.words[0] not in {"a", "an"}:
        return ()
    rest = body[phrase.size :]
    place = read_noun_phrase(rest[1:], "a") if len(rest) > 1 and rest[0] in _PLACES else None
    if rest and (place is None or place.size != len(rest) - 1):
        return ()
    return ("was", *phrase.words, *((rest[0], *place.words) if place else ()), *span)


def _span(words: Sequence[str], size: int) -> tuple[tuple[str, ...], int] | None:
    """Return "for two seasons" or "from 2024 to 2025", and how many words of the note it took."""
    if len(words) == 2 and is_number(words[0]) and words[0].isdigit() and words[1] in _SPANS:
        return ("for", number_in_words(words[0]), words[1]), size
    found = _RANGE.fullmatch(words[0]) if len(words) == 1 else None
    if found is None:
        return None
    end = found[2] if len(found[2]) == 4 else f"{found[1][:2]}{found[2]}"
    return ("from", found[1], "to", end), size


def _is_job(head: str) -> bool:
    is_agent = not classes_of(head) and head.endswith(("er", "ist")) and looks_like_a_word(head)
    return is_agent or head in word_list("roles") | word_list("jobs")


def spent(parts: Sequence[Part]) -> tuple[str, ...]:
    """Read "2 field seasons on a boat"."""
    words = parts[0].words
    at = next((place for place, word in enumerate(words) if word in {"seasons", "summers", "winters"}), 0)
    is_counted = 0 < at < 3 and is_number(words[0]) and words[0].isdigit()
    is_place = words[at + 1 : at + 2] in {("on",), ("at",), ("in",)}
    if len(parts) > 1 or not is_counted or not is_place or not all(classes_of(word) for word in words[1:at]):
        return ()
    said = rest_of_clause(words[at + 1 :], _USUAL, is_present=False)
    return ("have spent", number_in_words(words[0]), *words[1 : at + 1], *said) if said else ()
