"""What a conversation was about: a noun phrase that can stand after "our conversation about"."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from followup_mail.language.lexicon import NOUN_CLASSES, WordClass, classes_of, word_list
from followup_mail.language.note_words import Part, is_name, is_number
from followup_mail.language.noun_phrases import NounPhrase, is_plural, read_noun_phrase
from followup_mail.language.spoken_languages import LANGUAGE_LEVEL

_LIMIT: Final = 8
_ENDING_MARKS: Final = frozenset({":", ",", ";", "-", "–", "—", "(", ".", "=", "", "!", "!!"})


def note_topic(parts: Sequence[Part]) -> str:
    """Return the topic of a note, or nothing where its first words are not a noun phrase for sure."""
    if not parts or (len(parts) > 1 and parts[1].mark[:1] not in _ENDING_MARKS):
        return ""
    words = parts[0].words
    phrase = _read(words)
    if phrase is None or _is_vague(phrase) or _complains(parts):
        return ""
    built, size = list(phrase.words), phrase.size
    while size < len(words):
        more = _tied(words[size:])
        if more is None:
            break
        built, size = [*built, *more.words], size + more.size
    if (
        _has_a_verb(built)
        or not _may_end(words, size, phrase)
        or len(built) > _LIMIT
        or (len(built) == 1 and is_plural(built[0]))
    ):
        return ""
    return " ".join(_definite(built, words))


def _has_a_verb(built: Sequence[str]) -> bool:
    """Return whether a noun has its verb behind it, so that it says something: "ward round starts before handover"."""
    return any(
        word in word_list("loose") and WordClass.VERB_S in classes_of(word) and classes_of(before) & {*NOUN_CLASSES}
        for before, word in pairwise(built)
    )


def _complains(parts: Sequence[Part]) -> bool:
    """Return whether any word of the note sounds like a complaint, so that its subject had better rest."""
    return any(word.lower() in word_list("complaining") for part in parts for word in part.words)


def _read(words: Sequence[str]) -> NounPhrase | None:
    if words[0] in {"his", "her"}:
        words = ("your", *words[1:])
    classes = classes_of(words[0])
    if is_number(words[0]) and (not words[0].isdigit() or int(words[0]) > 12):
        return None
    is_verb_first = classes & {WordClass.PAST, WordClass.VERB_S, WordClass.ING, WordClass.BASE}
    phrase = read_noun_phrase(words, "the")
    if (
        phrase is None
        or "own" in phrase.words
        or words[0] in {"my", "our", "no", "all", "some", "any", "own", "this", "that", "their", "each", "every"}
    ):
        return None
    if is_verb_first and not classes & {WordClass.COUNT, WordClass.MASS, WordClass.ADJECTIVE, WordClass.PLURAL}:
        return None
    if _is_base_and_past(words[0]) or (WordClass.VERB_S in classes and phrase.size < len(words) and phrase.size == 1):
        return None
    starts_doubtful = WordClass.VERB_S in classes or (WordClass.BASE in classes and is_plural(phrase.head))
    return (
        None
        if starts_doubtful and phrase.size > 1 and not is_name(words[0]) and WordClass.MASS not in classes
        else phrase
    )


def _is_base_and_past(word: str) -> bool:
    """Return whether a word is a verb like "cut", whose past is its base, so that it may begin a sentence."""
    return {WordClass.BASE, WordClass.PAST} <= classes_of(word)


def _is_vague(phrase: NounPhrase) -> bool:
    head = phrase.head.lower()
    is_unit = head.removesuffix("s") in word_list("units") or head.removesuffix("s") in word_list("days")
    is_alone = len([word for word in phrase.words if word not in {"the", "your"}]) == 1
    is_broad = is_alone and head in word_list("people") | word_list("places")
    bare_number = is_alone and any(is_number(word) for word in phrase.words)
    is_abbreviation = is_alone and is_name(phrase.head) and not is_plural(phrase.head)
    if (
        is_abbreviation
        or is_broad
        or head in _people() | word_list("roles") | word_list("languages")
        or any(LANGUAGE_LEVEL.match(word) for word in phrase.words)
    ):
        return True
    return head in word_list("vague") | word_list("months") or is_unit or bare_number


def _tied(words: Sequence[str]) -> NounPhrase | None:
    """Return a further noun phrase that belongs to the topic: "and cold rooms", "at the school district"."""
    if len(words) < 2 or words[0] not in word_list("tying") | {"and"}:
        return None
    more = read_noun_phrase(words[1:], "the")
    if more is None or words[1] in {"his", "her", "my", "our", "their", "own"} or is_number(words[1]):
        return None
    if more.head.lower() in word_list("vague") or more.head.lower().removesuffix("s") in word_list("units"):
        return None
    return NounPhrase((words[0], *more.words), more.size + 1, more.head)


def _may_end(words: Sequence[str], size: int, phrase: NounPhrase) -> bool:
    """Return whether what follows in the note may be dropped without changing what the topic is."""
    if size == len(words) or (words[size] == "at" and len(words) == size + 2 and is_number(words[-1])):
        return True
    if is_number(words[size]) and words[size - 1] in word_list("numbered"):
        return False
    following = words[size]
    classes = classes_of(following)
    is_fuller = len([word for word in phrase.words if word not in {"the", "your"}]) > 1
    if following in word_list("loose") or following == "->" or (is_fuller and following[0].isdigit()):
        return is_fuller
    is_verb = bool(classes & {WordClass.VERB_S, WordClass.PAST, WordClass.AUXILIARY, WordClass.BASE})
    is_only_verb = is_verb and not classes & {WordClass.COUNT, WordClass.MASS, WordClass.PLURAL, WordClass.ADVERB}
    return is_only_verb and is_fuller and phrase.head not in _people()


def _people() -> frozenset[str]:
    singular = word_list("people")
    return singular | {f"{word}s" for word in singular} | {"people", "riders", "kids", "children"}


def _definite(built: list[str], words: Sequence[str]) -> list[str]:
    """Put "the" before a number, as both know what it counts."""
    is_counted = words[0].isdigit() or words[0] in word_list("numbers")
    return ["the", *built] if is_counted and built[0] != "the" else built
