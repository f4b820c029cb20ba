"""Clauses from notes that begin with a verb: "sits w every new midwife" becomes "you sit with every new midwife".

``reader_sentences`` and ``own_sentences`` ask that every word has its place in their grammar. Here a note may hold
words that nobody knows, as long as the first is a verb for sure, nothing is written short, and no noun lacks its
article.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from followup_mail.language.lexicon import NOUN_CLASSES, WordClass, classes_of, verb_of, word_list
from followup_mail.language.note_articles import (
    DETERMINERS,
    NUMBER_WORDS,
    articles_filled_in,
    has_articles,
    with_new_article,
)
from followup_mail.language.note_spans import WHILE, filled_in_measures, is_span
from followup_mail.language.note_words import Part, is_name, is_number, looks_like_a_word, parts_of, plain_text
from followup_mail.language.noun_phrases import is_plural, spoken_number
from followup_mail.language.result_clauses import results_of
from followup_mail.language.speakers import MINE, NOBODYS, YOURS, Whose, is_of_another
from followup_mail.regex import regex

_LONGEST: Final = 18
_TWO_LETTERS: Final = regex(r"[A-Z]&[A-Z]")
"""An abbreviation such as P&L, R&D and Q&A."""
_CLOCK: Final = regex(r"\d{1,2}:\d\d")
_SYMBOL: Final = regex(r"[^\w'%.,-]|\d[a-z]|[a-z]\d|\.\w", re.IGNORECASE)
_AFTER_VERB: Final = frozenset(
    {
        WordClass.DETERMINER,
        WordClass.POSSESSIVE,
        WordClass.PRONOUN,
        WordClass.PREPOSITION,
        WordClass.ADVERB,
        WordClass.PLURAL,
        WordClass.CONJUNCTION,
    }
)
# Adjectives that ask for "the": "first week" is "the first week".
_DEFINITE: Final = frozenset({"first", "same", "only", "whole", "second", "third", "best", "main", "right", "last"})
_SPOKEN: Final = frozenset("kid bloke guy lad boss crew boys girls folks temps".split())
_ORDINALS: Final = {"1st": "first", "2nd": "second", "3rd": "third"}
_AUXILIARIES: Final = {"has": "have", "was": "were", "is": "are", "doesn't": "don't", "does": "do", "had": "had"}
_EACH: Final = frozenset({"every", "each", "everybody", "everyone"})
_BEFORE_MONTHS: Final = frozenset({"in", "since", "by", "until", "till", "last", "next", "from"})
_PARTICLES: Final = frozenset({"out", "up", "down", "over", "back"})
_NOT_OURS: Final = frozenset({"he", "she", "him", "her", "hers", "it's", "we", "us", "ours", "they"})


def reader_clause(text: str) -> str:
    """Return what a note on somebody says of them, as it follows "I liked that": "you sit with every new midwife"."""
    words = _first_part(text)
    if words and words[0] in {"he", "she", "they"}:
        words = words[1:]
    verb, rest = _head(words, WordClass.VERB_S)
    if not verb:
        return ""
    if verb in {"want", "need"}:
        return ""  # ``wishes`` has a closer look.
    said = rest_of_clause(rest, YOURS, is_present=WordClass.PAST not in classes_of(words[0]))
    return " ".join(("you", verb, *said)) + contrast(parts_of(plain_text(text))) if said else ""


def somebody_clause(text: str) -> str:
    """Return what somebody else is or did, as it follows "somebody who": "already worked the school district"."""
    words = _first_part(text)
    adverb = words[:1] if words and WordClass.ADVERB in classes_of(words[0]) else ()
    verb, rest = (words[len(adverb)], words[len(adverb) + 1 :]) if len(words) > len(adverb) + 1 else ("", ())
    is_verb = bool(classes_of(verb) & {WordClass.PAST, WordClass.VERB_S}) or verb in {"is", "was", "has", "had"}
    said = rest_of_clause(rest, NOBODYS, is_present=False) if is_verb else ()
    return " ".join((*adverb, verb, *said)) if said else ""


def contrast(parts: Sequence[Part]) -> str:
    """Return ", not just how" or ", not the cheap one" where a note ends on it."""
    words = parts[1].words if len(parts) > 1 and parts[1].mark == "," else ()
    if words[:1] != ("not",) or not 1 < len(words) < 6:
        return ""
    is_said = words[1] in {"just", "only"} or words[-1] == "one" or rest_of_clause(words[1:], YOURS, is_present=False)
    return f", {' '.join(words)}" if is_said else ""


def own_clause(text: str) -> str:
    """Return what a note of the candidate's says they did: "I made an A6 handover card for our bay"."""
    words = _first_part(text)
    if words and words[0] in {"I", "i"}:
        words = words[1:]
    verb, rest = _head(words, WordClass.PAST)
    if not verb or WordClass.PAST not in classes_of(words[0]):
        return ""
    rest = filled_in_measures(words[0], rest)
    size = 1 if rest and rest[0] in _PARTICLES else 0
    # One teaches piano, and no particular piano.
    is_field = words[0] in {"taught", "played", "studied", "learned", "learnt", "practised", "practiced"}
    rest = tuple(rest) if is_field else (*rest[:size], *with_new_article(rest[size:]))
    said = rest_of_clause(rest, MINE, is_present=False) or _without_last(rest)
    if said[:1] == ("for",) and is_number(words[1]) and words[0] in {"took", "needed", "spent", "cost", "saved"}:
        return ""
    return " ".join(("I", verb, *said)) + results_of(parts_of(plain_text(text))) if said else ""


def _without_last(rest: Sequence[str]) -> tuple[str, ...]:
    """Return what is left of "for 2 schools and concert hall" where only the last of several things cannot be said."""
    at = max((place for place in range(3, len(rest) - 1) if rest[place] in {"and", "+", "&"}), default=0)
    is_pair = not at or {"between", "both"} & set(rest) or WordClass.PLURAL not in classes_of(rest[at - 1])
    return () if is_pair else rest_of_clause(rest[:at], MINE, is_present=False)


def _first_part(text: str) -> tuple[str, ...]:
    """Return the words up to the first comma, colon, dash or bracket; nothing when a quotation is among them."""
    parts = parts_of(plain_text(text))
    if not parts or '"' in " ".join(parts[0].words):
        return ()
    return parts[0].words


def _head(words: Sequence[str], present: WordClass) -> tuple[str, Sequence[str]]:
    """Return the verb as the clause needs it, and what follows; nothing where it may be a noun or an adjective."""
    # "Drove a forklift since 2019" asks for the perfect.
    if not 3 <= len(words) <= _LONGEST or ("since" in words and words[0] != "has"):
        return "", ()
    first, second = words[0], words[1]
    if first in _AUXILIARIES and present is WordClass.VERB_S:
        return _AUXILIARIES[first], words[1:]
    classes, verb = classes_of(first), verb_of(first)
    if verb is None or first in word_list("not_to_tell_the_reader") or not classes & {present, WordClass.PAST}:
        return "", ()
    is_followed = (
        bool(classes_of(second) & _AFTER_VERB)
        or is_number(second)
        or second in NUMBER_WORDS | {"one"}
        or is_name(second)
        or second == "I"
        or second.endswith(("s'", "'s"))
    )
    if not is_followed and not (WordClass.PAST in classes and not classes & {WordClass.ADJECTIVE}):
        return "", ()
    if second == "of" or (second in {"is", "are", "was", "were"}):
        return "", ()
    return (verb.base if WordClass.PAST not in classes else first), words[1:]


def rest_of_clause(words: Sequence[str], whose: Whose, *, is_present: bool) -> tuple[str, ...]:
    """Return what follows the verb as it is said; nothing where a word is short, unknown or lacks its article."""
    said: list[str] = []
    words = _measured([_ORDINALS.get(word, word) for word in words])
    for place, word in enumerate(words):
        following = words[place + 1] if place + 1 < len(words) else ""
        spoken = _spoken(word, following, said, whose, is_present=is_present)
        if spoken is None:
            return ()
        said += spoken
    if not said:
        return ()
    ends_open = classes_of(said[-1]) & {WordClass.CONJUNCTION, WordClass.DETERMINER, WordClass.POSSESSIVE}
    is_of_nothing = said[-1] in {"one", "ones"} and WordClass.ADJECTIVE in classes_of("".join(said[-2:-1]))
    if (
        is_of_nothing
        or (ends_open and said[-1] not in {"why", "what"} and said[-2:] != ["said", "so"] and not _is_time_before(said))
        or (said[-1] in {"of", "with", "for", "from", "to", "at", "than", "into"})
    ):
        return ()
    return tuple(said) if has_articles(said) else _filled_in(said, whose)


def _is_time_before(said: Sequence[str]) -> bool:
    """Return whether a clause ends on "the day before"."""
    return len(said) > 2 and said[-1] == "before" and _is_time(said[-2])


def _filled_in(said: Sequence[str], whose: Whose) -> tuple[str, ...]:
    """Return a clause of the reader's or the candidate's with the articles that the note left out."""
    return articles_filled_in(said, is_own=whose.article == "a") if whose.article else ()


def _measured(words: Sequence[str]) -> list[str]:
    """Join a figure to the single noun that it measures: "a 120 seat bistro" is "a 120-seat bistro"."""
    joined: list[str] = []
    for place, word in enumerate(words):
        before, following = "".join(words[max(place - 1, 0) : place]), "".join(words[place + 1 : place + 2])
        is_single = WordClass.COUNT in classes_of(word) and word not in _DEFINITE
        # "40 heat pumps" are forty pumps.
        is_one_thing = classes_of(following) & NOUN_CLASSES and not is_plural(following)
        if joined and before.isdigit() and is_single and is_one_thing:
            joined[-1] = f"{before}-{word}"
        else:
            joined.append(word)
    return joined


def _spoken(word: str, following: str, said: Sequence[str], whose: Whose, *, is_present: bool) -> list[str] | None:
    """Return one word as it is said, with what belongs before it; None when the clause must not be made."""
    before = said[-1] if said else ""
    if whose is YOURS and _is_about_somebody(word, said):
        return _to_the_reader(word, following, said)
    if word in whose.turned:
        return [word if is_of_another(word, following, said) else whose.turned[word]]
    if _is_refused(word, before, following):
        return None
    if is_present and before in {"and", "then", "but"} and WordClass.VERB_S in classes_of(word):
        verb = verb_of(word) if "who" not in said else None  # else nobody can tell whose verb it is
        return [verb.base] if verb and not classes_of(word) & {WordClass.PLURAL} else None
    is_month = word in {"may", "march"} and before in _BEFORE_MONTHS
    return [*_belongs_before(word, before, following, whose), word.capitalize() if is_month else _as_said(word)]


def _is_about_somebody(word: str, said: Sequence[str]) -> bool:
    """Return whether a word is their, her, or who does something behind "when", or the verb of that."""
    behind = [*said[-2:]]
    is_verb = len(behind) == 2 and behind[0] in WHILE and behind[1] == "you"
    is_person = bool(said) and said[-1] in WHILE and word in {"he", "she", "they"}
    return is_verb or is_person or word in {"their", "her"}


def _to_the_reader(word: str, following: str, said: Sequence[str]) -> list[str] | None:
    """Return "your own", "when you hand over" and "after they collect"; None where it is not sure who is meant."""
    is_many = any(is_plural(earlier) or earlier in _EACH for earlier in said)
    if word in {"he", "she"}:
        return ["you"]
    if word in {"their", "they"}:
        return [word] if is_many else ["your"] if (word, following) == ("their", "own") else None
    if word == "her":
        is_thing = classes_of(following) & {*NOUN_CLASSES, WordClass.ADJECTIVE} or _is_days(following)
        return ["your"] if is_thing else None
    return _turned_verb(word)


def _turned_verb(word: str) -> list[str] | None:
    """Return the verb behind "when you" for that behind "when she"."""
    verb = verb_of(word) if WordClass.VERB_S in classes_of(word) else None
    if verb or WordClass.PAST in classes_of(word):
        return [verb.base if verb else word]
    return [_AUXILIARIES[word]] if word in _AUXILIARIES else None


def _is_days(word: str) -> bool:
    return word.endswith("s") and word.lower().removesuffix("s") in word_list("days")


def _is_refused(word: str, before: str, following: str) -> bool:
    """Return whether a word is somebody else, written short, a span of time without its preposition, or unknown."""
    if word in {"+", "&"}:
        return not (before and following)
    is_written_so = is_number(word) or _CLOCK.fullmatch(word) or _TWO_LETTERS.fullmatch(word)
    if word in _NOT_OURS or (_SYMBOL.search(word) and not is_written_so):
        return True
    if is_number(word) or (word in NUMBER_WORDS and is_span(following)):
        is_led = classes_of(before) & {WordClass.PREPOSITION} or before in {"over", "first", "last", "next"}
        return _is_time(following) and not is_led
    plain = word.removesuffix("'s").removesuffix("'")
    is_known = (
        classes_of(word) or classes_of(plain) or word.endswith("ly") or plain in _SPOKEN | NUMBER_WORDS or word == "i"
    )
    return not (is_known or is_name(plain) or looks_like_a_word(plain) or _is_time(plain))


def _belongs_before(word: str, before: str, following: str, whose: Whose) -> list[str]:
    """Return the word that a note left out before another: "own desk" is "your own desk"."""
    if word == "own" and before not in {"my", "your", "our", "their", "its"}:
        return [whose.turned.get("his", "my")]
    begins = not before or bool(classes_of(before) & {WordClass.PREPOSITION}) or before in _PARTICLES
    if word in {"night", "day", "week"} and following == "before" and before not in DETERMINERS:
        return ["the"]
    is_bare = bool(following) and before not in DETERMINERS and begins
    return ["the"] if word in _DEFINITE and is_bare and not (word == "last" and _is_time(following)) else []


def _as_said(word: str) -> str:
    return {"i": "I", "+": "and", "&": "and"}.get(word) or spoken_number(word)


def _is_time(word: str) -> bool:
    return word.lower().removesuffix("s") in word_list("time_nouns") or word in word_list("time_nouns")
