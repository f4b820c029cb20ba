"""Notes that people write as whole sentences: "she said the grain train is always late and nobody found out why".

Such a note has its articles and its verbs already, so that little is to be built: it is cut where the talk goes on to
something else, and said to whom it is about.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Final

from msgspec import Struct

from followup_mail.language.deed_figures import spoken_figures
from followup_mail.language.lexicon import NOUN_CLASSES, WordClass, classes_of, word_list
from followup_mail.language.note_words import Part, is_name, plain_text
from followup_mail.language.turned_words import full_forms, turn_words
from followup_mail.language.verb_forms import as_past, as_third
from followup_mail.language.written_out import (
    FIRST_PERSON,
    SHORTEST,
    SUBJECTS,
    can_be_said,
    first_parts,
    has_verb_behind_thing,
    is_written_out,
    spelt_words,
    with_tails,
)
from followup_mail.regex import regex

_THOUGHT: Final = regex(r",? (?:you|I) (?:think|guess|reckon)$")
_LONGEST_CLAUSE: Final = 14
_FOR_YEARS: Final = regex(
    r"(\b(?!(?:for|in|of|over|after|the|last|first|past|took|takes|and|to|about|almost)\b)[a-z]+) (\d+ years)\b"
)
_LONGEST: Final = 24
_REPORT: Final = regex(
    r"(?i)^(?:(?:he|she|they) )?(?:also |then )?(?:said|says|told me|mentioned|explained|reckons?|thinks?|believes?)"
    r"(?: to me)? (?:that )?(?=\S+ \S+ )"
)
_QUOTED: Final = regex(r'(?:(?:(?:he|she|they) )?(?:said|says)[,:]? )?"(?P<words>[^"]+)"\.?', 2)
_THEIR_OWN: Final = {
    "we": "you", "i": "you", "our": "your", "my": "your", "us": "you", "me": "you", "ourselves": "yourselves",
    "myself": "yourself", "mine": "yours", "ours": "yours", "i'm": "you are", "we're": "you are", "i've": "you have",
    "we've": "you have", "i'd": "you would", "we'd": "you would", "i'll": "you will", "we'll": "you will",
}  # fmt: skip
_UNTOLD: Final = frozenset(
    "asked wanted asks nodded laughed looked seemed looks seems forgot got gets thought left was promised offered "
    "interviewed met said smiled sounded".split()
)
"""What somebody did that is nothing to tell them: how they looked, and that they asked."""


class Whole(Struct, frozen=True):
    """What a whole sentence about the reader gives; each empty where it gives nothing."""

    deed: str = ""
    """What they do or did, as it follows "I liked that": "you do one night shift a month yourself"."""
    clause: str = ""
    """What they told, as it follows "You told me that"."""


@lru_cache(maxsize=256)
def whole_of_reader(text: str) -> Whole:
    """Return what a note that is a whole sentence says of the reader, or of what they told."""
    if quoted := _QUOTED.fullmatch(plain_text(text).strip()):
        return Whole(clause=_said_by_them(quoted["words"]))
    parts = first_parts(text)
    return _told(parts) if parts and is_written_out(parts[0].words) else Whole()


def _told(parts: Sequence[Part]) -> Whole:
    first = " ".join(parts[0].words)
    reported = _REPORT.match(first)
    if reported:
        words = first[reported.end() :].split()
        if words[0].lower() not in SUBJECTS and not has_verb_behind_thing(words, is_reported=True):
            return Whole()
        return Whole(clause=_clause(words, parts[1:]))
    subject = parts[0].words[0].lower().partition("'")[0]
    if subject in SUBJECTS:
        said = _first_fit(with_tails(parts[0].words, parts[1:]), is_theirs=False)
        is_told = said and _verb_behind(parts[0].words) not in _UNTOLD
        return Whole(deed=said if is_told and said.startswith("you ") else "")
    if has_verb_behind_thing(parts[0].words) and not _may_be_of_another(parts[0].words):
        return Whole(clause=_in_mid_sentence(_clause(parts[0].words, parts[1:])))
    return Whole()


def _clause(words: Sequence[str], later: Sequence[Part]) -> str:
    """Return what they told, cut where it gets too long to repeat to them."""
    ways = list(with_tails(words, later))
    short = [way for way in ways if len(way) <= _LONGEST_CLAUSE]
    said = _first_fit(iter([*short, *reversed(ways)]), is_theirs=False)
    return _THOUGHT.sub("", said)


def _said_by_them(quoted: str) -> str:
    """Return what they said of themselves, said to them: "We have 340 objects" is "you have 340 objects"."""
    words = spelt_words(quoted.rstrip(".!"))
    small = [word.lower() for word in words]
    if not SHORTEST <= len(words) <= _LONGEST or small[:1] not in (["we"], ["i"]) or {"you", "your"} & {*small}:
        return ""
    if any(mark in quoted[:-1] for mark in ".!?;:") or not all(map(can_be_said, words)):
        return ""
    said = [
        _THEIR_OWN.get(word.rstrip(","), "") + "," * word.endswith(",") or raw
        for word, raw in zip(small, words, strict=True)
    ]
    said = ["are" if word in {"am", "is"} and said[at - 1] == "you" else word for at, word in enumerate(said)]
    return " ".join("were" if word == "was" and said[at - 1] == "you" else word for at, word in enumerate(said))


@lru_cache(maxsize=256)
def whole_liked(text: str) -> str:
    """Return what a note on somebody says they did, where it begins with the verb: "you went out with a leak crew"."""
    parts = first_parts(text)
    words = parts[0].words if parts else ()
    if not is_written_out(words) or words[0].lower() in SUBJECTS | _UNTOLD or not _is_verb_first(words):
        return ""
    said = _first_fit(with_tails(words, parts[1:]), is_theirs=True)
    return f"you {said[0].lower()}{said[1:]}" if said else ""


def _first_fit(candidates: Iterator[tuple[str, ...]], *, is_theirs: bool) -> str:
    for words in map(full_forms, candidates):
        if (
            not SHORTEST - is_theirs <= len(words) <= _LONGEST
            or not all(map(can_be_said, words))
            or _is_open(words[-1])
        ):
            continue
        said = turn_words([word.rstrip(",") for word in words], is_theirs=is_theirs)
        if said is None or len(said) != len(words) or _is_of_others(words):
            continue
        said = spoken_figures(said)
        spoken = " ".join(f"{word}," if raw.endswith(",") else word for word, raw in zip(said, words, strict=True))
        return _FOR_YEARS.sub(r"\1 for \2", spoken)
    return ""


def _is_of_others(words: Sequence[str]) -> bool:
    """Return whether a sentence speaks of "we", or of the candidate as the subject: that is for them to say."""
    small = [word.lower().rstrip(",") for word in words]
    return small[0] in FIRST_PERSON or not {"we", "us", "our"}.isdisjoint(small) or "i" in small


def _may_be_of_another(words: Sequence[str]) -> bool:
    """Return whether "her" may be of somebody in the sentence: "the matron has her own key"."""
    has_name = any(word.endswith(("'s", "s'")) and is_name(word.rstrip("s'")) for word in words)
    return has_name or not {"his", "her", "him", "himself", "herself"}.isdisjoint(word.lower() for word in words)


def _is_open(word: str) -> bool:
    """Return whether a sentence cannot end on a word; it can end on *why*."""
    classes = classes_of(word)
    opens = {WordClass.CONJUNCTION, WordClass.DETERMINER, WordClass.POSSESSIVE}
    return bool(classes & opens) and not classes & NOUN_CLASSES and word.lower() not in {"why", "how"}


def _verb_behind(words: Sequence[str]) -> str:
    return next((word.lower() for word in words[1:] if WordClass.ADVERB not in classes_of(word)), "")


def _is_verb_first(words: Sequence[str]) -> bool:
    first, second = words[0].lower(), words[1].lower()
    is_verb = as_past(first) is not None or WordClass.PAST in classes_of(first) or as_third(first) is not None
    is_noun = bool(classes_of(first) & {WordClass.PLURAL, WordClass.ADJECTIVE})
    leads = bool(
        classes_of(second) & {WordClass.DETERMINER, WordClass.PREPOSITION, WordClass.POSSESSIVE, WordClass.PRONOUN}
    )
    return is_verb and second not in {"of", "is", "are"} and (not is_noun or leads)


def _in_mid_sentence(said: str) -> str:
    """Return a sentence without the capital that only its beginning has, and with its article."""
    if not said:
        return ""
    first, _, rest = said.partition(" ")
    is_ordinary = classes_of(first.lower()) or first.lower() in word_list("numbers")
    said = f"{first.lower()} {rest}" if is_ordinary and not first.isupper() else said
    lacks = WordClass.COUNT in classes_of(first) and not classes_of(first) & {WordClass.MASS, WordClass.DETERMINER}
    return f"the {said}" if lacks else said
