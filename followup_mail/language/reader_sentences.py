"""Sentences to the reader, each beginning with "You", and what the reader can be thanked for."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from followup_mail.language.lexicon import WordClass, classes_of, verb_of, word_list
from followup_mail.language.note_clauses import contrast, rest_of_clause
from followup_mail.language.note_words import Part
from followup_mail.language.noun_phrases import read_noun_phrase
from followup_mail.language.own_sentences import sentence
from followup_mail.language.reader_targets import target
from followup_mail.language.speakers import READER, READER_BEFORE, READER_THANKED, READER_THEN, YOURS
from followup_mail.language.verb_phrases import may_be_passive, read_rest, spoken_form, with_article
from followup_mail.language.wishes import wish, wish_in

_PERSON: Final = frozenset({"he", "she"})
_DONE_TO_SOMETHING: Final = frozenset("try see do have take use make hear know ask hold".split())
"""What a note leaves open: "let me try" was clear to whoever jotted it."""
_AUXILIARIES: Final = {"has": "have", "doesn't": "don't", "had": "had"}


def reader_sentence(parts: Sequence[Part]) -> str:
    """Return a sentence to the person that the note is about, or nothing where it is not sure."""
    if not parts:
        return ""
    aim = target(parts)
    if aim:
        return sentence(("You", *aim))
    if len(parts) > 1 and parts[1].words[0] in word_list("careful_beginnings"):
        return ""
    return _said_of_them(parts) or _wish(parts)


def _wish(parts: Sequence[Part]) -> str:
    wanted = wish(parts) or wish_in(parts)
    return sentence(("You", wanted)) if wanted else ""


def _said_of_them(parts: Sequence[Part]) -> str:
    words = parts[0].words[1:] if parts[0].words[0] in _PERSON else parts[0].words
    built = _spoken(words, is_about_person=len(words) < len(parts[0].words)) if len(words) > 1 else ()
    return sentence((f"{' '.join(('You', *built, *_time_after(parts)))}{contrast(parts)}",)) if built else ""


def _time_after(parts: Sequence[Part]) -> tuple[str, ...]:
    """Read ", every Friday" after the first part of a note."""
    words = parts[1].words if len(parts) > 1 and parts[1].mark == "," else ()
    is_habit = (
        len(words) == 2 and words[0] == "every" and words[1].lower() in word_list("days") | {"day", "week", "morning"}
    )
    return words if is_habit and not {"every", "each"} & set(parts[0].words) else ()


def _spoken(words: Sequence[str], *, is_about_person: bool) -> tuple[str, ...]:
    if words[0] in _AUXILIARIES:
        return _perfect(words)
    adverb = words[:1] if words[0] in {"always", "never", "still", "personally", "really"} else ()
    verb_words = words[len(adverb) :]
    if len(verb_words) < 2 or verb_words[0] in word_list("not_to_tell_the_reader"):
        return ()
    is_sure = is_about_person or bool(adverb) or _is_verb_for_sure(verb_words)
    for speaker in (READER, READER_THEN):
        if speaker is READER_THEN and ("since" in verb_words or may_be_passive(verb_words[0], verb_words[1:])):
            return ()
        verb = spoken_form(verb_words[0], speaker)
        if verb and is_sure:
            rest = read_rest(verb_words[1:], with_article(speaker, verb))
            return (*adverb, verb, *rest) if rest else ()
    return ()


def _is_verb_for_sure(words: Sequence[str]) -> bool:
    """Return whether the first word is a verb with the reader as its subject, and no noun or adjective."""
    classes, following = classes_of(words[0]), words[1]
    if not classes & {WordClass.VERB_S, WordClass.PAST} or classes & {WordClass.ADJECTIVE, WordClass.AUXILIARY}:
        return False
    if {"himself", "herself"} & set(words):
        return True
    if not classes & {WordClass.PLURAL, WordClass.COUNT, WordClass.MASS}:
        return True
    return bool(classes_of(following) & {WordClass.DETERMINER, WordClass.POSSESSIVE}) or following in {
        "everyone",
        "everything",
        "them",
    }


def _perfect(words: Sequence[str]) -> tuple[str, ...]:
    """Read "has read the interviews": the participle after "has", or "has" with a thing."""
    if words[0] == "doesn't":
        return ()
    if WordClass.PARTICIPLE in classes_of(words[1]) and len(words) > 2:
        rest = read_rest(words[2:], with_article(READER_BEFORE, words[1]))
        return (_AUXILIARIES[words[0]], words[1], *rest) if rest else ()
    return ()


def thanks(parts: Sequence[Part]) -> str:
    """Return what follows "Thank you for": something that the reader did for the candidate, or a tour."""
    for part in parts:
        words = part.words[1:] if part.words[0] in _PERSON else part.words
        verb = verb_of(words[0]) if len(words) > 2 and words[0] in word_list("given") else None
        if verb and words[1] == "me" and words[0] == verb.past:
            rest = _given(words[2:], is_let=verb.base == "let")
            return " ".join((verb.ing, "me", *rest)) if rest else ""
    return _tour(parts[0].words) if parts else ""


def _given(words: Sequence[str], *, is_let: bool) -> tuple[str, ...]:
    """Return what was given, or what the candidate was let do: of "let me watch" the last word is a verb."""
    rest: tuple[str, ...] = ()
    kinds = classes_of(words[0])
    if WordClass.BASE in kinds and (is_let or not kinds & {WordClass.COUNT, WordClass.MASS}):
        done = rest_of_clause(words[1:], YOURS, is_present=False) if len(words) > 1 else ()
        return (words[0], *done) if done or (len(words) == 1 and words[0] not in _DONE_TO_SOMETHING) else ()
    for size in range(len(words), 0, -1):
        cut = words[size:]
        if cut and cut[0] not in {"with", "while", "before", "after", "when"}:
            continue
        rest = read_rest(words[:size], READER_THANKED) or ()
        if rest:
            break
    return rest


def _tour(words: Sequence[str]) -> str:
    phrase = read_noun_phrase(words, "the")
    if phrase is None or phrase.head not in word_list("tours") or phrase.words[0] != "the":
        return ""
    return " ".join(phrase.words)
