"""The articles of a clause that is built from a note: whether each noun has its own, and which one it gets."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from followup_mail.language.a_or_an import a_or_an
from followup_mail.language.lexicon import NOUN_CLASSES, WordClass, classes_of, word_list
from followup_mail.language.note_words import is_name, is_number
from followup_mail.language.verb_forms import as_participle

DETERMINERS: Final = frozenset(
    """
    a an the this that these those my your our their its every each no any another some both either all half one whose
    which what
    """.split()
)
_BARE: Final = frozenset(
    """
    time name person heart work home school night day week noon lunch dinner breakfast site call duty pencil paper
    writing person part turn line top bottom foot front order public private detail advance full place stock hospital
    church university court email phone post mail video shift leave site track hold phase number month-end hand paper
    stage light
    """.split()
)
_RANKS: Final = frozenset({"head", "night", "chief", "senior", "lead"})
NUMBER_WORDS: Final = frozenset("two three four five six seven eight nine ten eleven twelve".split())
_NEW_BEHIND: Final = frozenset({"with", "without", "into", "as"})
_KNOWN_BEHIND: Final = frozenset(
    {"at", "in", "on", "from", "to", "into", "with", "over", "without", "when", "while", "until", "till", "before"}
)
_LINKING: Final = frozenset(
    """
    is are was were am be been being isn't aren't wasn't weren't seems seem seemed looks look looked feels feel felt
    gets get got becomes become became stays stay stayed remains remain remained turns turn turned
    """.split()
)
_DEGREES: Final = frozenset({"not", "very", "quite", "rather", "pretty", "too", "so", "a", "bit"})
_MEASURES: Final = frozenset(
    "km miles metres meters kg tonnes tons litres liters pounds acres hectares yards feet".split()
)
"""What is measured out has no article: "40 km of pipeline"."""


def articles_filled_in(said: Sequence[str], *, is_own: bool) -> tuple[str, ...]:
    """Return a clause with the article that notes leave out behind a preposition; nothing where it is not sure.

    ``is_own`` tells that it is the candidate's clause. What they have is known to both: "riders drop out at seat
    map". What the candidate used is new: "with checklist".
    """
    article, before = ("a", _NEW_BEHIND) if is_own else ("the", _KNOWN_BEHIND)
    filled: list[str] = []
    for place, word in enumerate(said):
        follows = said[place - 1] if place else ""
        is_of = follows == "of" and tuple(said[place - 2 : place]) == ("instead", "of")
        noun = _noun_at(said, place) if follows in before or (is_of and is_own) else ""
        stands_for = _noun_at(said, place) if is_own and follows == "for" and not noun else ""
        if stands_for in _somebody() or (stands_for and word in _RANKS and WordClass.COUNT in classes_of(stands_for)):
            filled += ("the", word)
        elif noun and WordClass.COUNT in classes_of(noun) and needs_article(noun) and not _is_determined((word,), 0):
            filled += (a_or_an(word) if article == "a" else article, word)
        else:
            filled.append(word)
    return tuple(filled) if has_articles(filled) else ()


def articles_everywhere(said: Sequence[str], article: str) -> tuple[str, ...]:
    """Return a clause with an article before every noun phrase that lacks it; ``article`` is "the" or "a".

    Which of the two a note left out is a guess, so this is for what somebody looks at before it is used.
    """
    bare = [word.rstrip(",") for word in said]
    filled: list[str] = []
    start = 0
    for place, word in enumerate(bare):
        is_infinitive = bare[max(place - 1, 0)] == "to" and WordClass.BASE in classes_of(word)
        if not can_be_in_noun(word) or word == "not" or is_infinitive or _is_verb_here(bare, place):
            filled += said[start : place + 1]
            start = place + 1
            continue
        is_last = place + 1 == len(bare) or word != said[place] or not can_be_in_noun(bare[place + 1])
        if is_last:
            is_figure = bare[start][:1].isdigit()
            has_none = not (is_figure or _is_determined(bare, start) or _is_range(bare, start))
            follows_noun = bool(filled) and bool(classes_of(filled[-1]) & {*NOUN_CLASSES, WordClass.ADJECTIVE})
            is_deed = not classes_of(word) and as_participle(word) is not None  # "and not shouted at me"
            is_missing = needs_article(word) and has_none and not (follows_noun or is_deed or _is_state(bare, place))
            before = (article if article == "the" else a_or_an(bare[start]),) if is_missing else ()
            filled += (*before, *said[start : place + 1])
            start = place + 1
    return (*filled, *said[start:])


def _is_state(words: Sequence[str], place: int) -> bool:
    """Return whether a word that is not known says how something is: "the dough is very inconsistent"."""
    before = [word for word in words[:place] if word not in _DEGREES and WordClass.ADVERB not in classes_of(word)]
    return not classes_of(words[place]) and not _LINKING.isdisjoint(before[-1:])


def _somebody() -> frozenset[str]:
    """Return what somebody can be whom another stands in for: "for head brewer" is "for the head brewer"."""
    return word_list("roles") | word_list("jobs") | word_list("people") - {"he", "she", "they", "everyone", "everybody"}


def _noun_at(words: Sequence[str], start: int) -> str:
    """Return the last word of the noun phrase that begins at a place."""
    end = start
    while end < len(words) and can_be_in_noun(words[end]):
        end += 1
    return words[end - 1] if end > start else ""


def with_new_article(words: Sequence[str]) -> Sequence[str]:
    """Return the object of a verb with its article: "handover card for our bay" as "a handover card for our bay"."""
    size = next((place for place, word in enumerate(words) if not can_be_in_noun(word)), len(words))
    head = words[size - 1] if size else ""
    if size == 0 or WordClass.COUNT not in classes_of(head) or classes_of(head) & {WordClass.MASS, WordClass.PLURAL}:
        return words
    return (a_or_an(words[0]), *words)


def has_articles(words: Sequence[str]) -> bool:
    """Return whether every noun that needs an article has its article, or another word that does its work."""
    start = 0
    for place, word in enumerate(words):
        if not can_be_in_noun(word) or _is_verb_here(words, place):
            start = place + 1
            continue
        is_last = place + 1 == len(words) or not can_be_in_noun(words[place + 1])
        if is_last and needs_article(word) and not (_is_determined(words, start) or _is_range(words, start)):
            return False
    return True


def _is_verb_here(words: Sequence[str], place: int) -> bool:
    """Return whether a word that could be a noun is the verb: "who would run", "where kids talk"."""
    if place == 0 or WordClass.BASE not in classes_of(words[place]):
        return False
    before = classes_of(words[place - 1])
    is_clause = not {"where", "who", "when", "that"}.isdisjoint(words[: place - 1])
    return WordClass.AUXILIARY in before or (is_clause and WordClass.PLURAL in before)


def _is_range(words: Sequence[str], start: int) -> bool:
    """Return whether a noun is an end of "from sketch to handover", which has no articles."""
    before, earlier, later = words[start - 1 : start], words[:start], words[start:]
    return (list(before) == ["from"] and "to" in later) or (list(before) == ["to"] and "from" in earlier)


def _is_determined(words: Sequence[str], start: int) -> bool:
    before = words[start - 1].lower() if start else ""
    return (
        before in DETERMINERS | NUMBER_WORDS | {"per"}
        or is_number(before)
        or before.endswith(("'s", "s'"))
        or WordClass.POSSESSIVE in classes_of(before)
        or any(word.lower() in {"one", "every"} or word.endswith(("'s", "s'")) for word in words[start:])
        or any(
            word in {"last", "next"} and _is_time_at(words, place + 1)
            for place, word in enumerate(words)
            if place >= start
        )
        or (before == "of" and "".join(words[start - 2 : start - 1]) in _MEASURES)
    )


def _is_time_at(words: Sequence[str], place: int) -> bool:
    """Return whether a time stands last of its noun phrase: "last year" has no article."""
    is_time = len(words) > place and words[place].lower() in word_list("time_nouns")
    return is_time and not (len(words) > place + 1 and can_be_in_noun(words[place + 1]))


def needs_article(word: str) -> bool:
    """Return whether a noun cannot stand without an article, or another word that does its work."""
    classes = classes_of(word)
    if not classes:
        return not is_name(word) and not word.endswith("s")
    return WordClass.COUNT in classes and not classes & {WordClass.MASS, WordClass.ADVERB} and word not in _BARE


def needs_no_article(noun: str) -> bool:
    """Return whether a noun often stands without an article behind a preposition: "at work", "by name"."""
    return noun in _BARE


def can_be_in_noun(word: str) -> bool:
    """Return whether a word can belong to a noun phrase, behind its article."""
    classes = classes_of(word)
    if word.lower() in DETERMINERS or word in NUMBER_WORDS:
        return False
    if not classes:
        return not is_number(word) and word != "I" and not word.endswith("ly")
    return bool(classes & {*NOUN_CLASSES, WordClass.ADJECTIVE}) and not classes & {
        WordClass.PREPOSITION,
        WordClass.PRONOUN,
        WordClass.CONJUNCTION,
    }
