"""Whether somebody wrote a note as a sentence, its parts and words, and where it can be cut."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from followup_mail.language.lexicon import NOUN_CLASSES, WordClass, classes_of, word_list, word_table
from followup_mail.language.note_articles import NUMBER_WORDS, has_articles
from followup_mail.language.note_words import (
    Part,
    is_name,
    is_number,
    is_shouted,
    is_single_letter,
    is_written_short,
    plain_text,
)
from followup_mail.language.verb_forms import as_past, as_third
from followup_mail.regex import regex

SHORTEST: Final = 4
_HOUR: Final = regex(r"(?i)\b(\d{1,2}) ?([ap])\.m\.?(?=\s|$)")
_SAINT: Final = regex(r"\b(St|Mt|Dr|Mr|Mrs|Ms|Prof)\. (?=[A-Z])")
_IT_IS: Final = regex(r"\bits(?= (?:the|a|an|not|always|all|too|only|just|never|because)\b)")
_SENTENCE_ENDS: Final = regex(r"[.!](?:\s|$)")
_PART_ENDS: Final = regex(r"\s*([,;:()\[\]]|\s[-–—]+(?=\s)|--|–|—)\s+")
_BARE: Final = {
    "dont": "don't", "doesnt": "doesn't", "didnt": "didn't", "isnt": "isn't", "wasnt": "wasn't", "cant": "can't",
    "couldnt": "couldn't", "wont": "won't", "wouldnt": "wouldn't", "havent": "haven't", "hasnt": "hasn't",
    "hadnt": "hadn't", "arent": "aren't", "werent": "weren't", "im": "I'm", "ive": "I've", "thats": "that's",
    "theres": "there's", "cos": "because", "somebodys": "somebody's", "i": "I",
}  # fmt: skip
_GOES_ON: Final = frozenset("and then so but only because when while where which who until before after".split())
_DESCRIBING: Final = frozenset({"with", "by", "in", "on", "at", "as", "for", "from"})
_SUBORDINATE: Final = frozenset("because when while if until before after since though although".split())
_CUT_BEFORE: Final = frozenset({"and", "but", "so", "because"})
_FUNCTION: Final = frozenset(
    "a an the that which who when what how because why where my your his her their our nobody everybody everyone "
    "somebody always never".split()
)
FIRST_PERSON: Final = frozenset({"i", "me", "my", "we", "us", "our", "mine"})
SUBJECTS: Final = frozenset({"he", "she", "they"})
_WORD: Final = regex(r"[$€£]?[^\W_](?:[\w'&.%,/:-]*[\w%])?|\d{1,3}(?:,\d{3})+")


def first_parts(text: str) -> list[Part]:
    """Return the parts of the first sentence of a note, its words as they are written."""
    plain = _IT_IS.sub("it's", _SAINT.sub(r"\1 ", _HOUR.sub(r"\1 \2m", plain_text(text))))
    first = _SENTENCE_ENDS.split(plain)[0]
    if '"' in first or "?" in plain[: len(first) + 1] or is_shouted(plain):
        return []
    cut = _PART_ENDS.split(first)
    marks = ("", *(mark.strip() for mark in cut[1::2]))
    parts = [Part(mark, spelt_words(words)) for mark, words in zip(marks, cut[::2], strict=True)]
    ends = next(
        (at for at, part in enumerate(parts) if not part.words or (at and part.mark not in {",", ";", ":"})), len(parts)
    )
    return parts[:ends]


def spelt_words(text: str) -> tuple[str, ...]:
    """Return the words of a text with their apostrophes, short forms spelt out where that leaves no doubt."""
    return tuple(map(_spelt, text.split()))


def _spelt(word: str) -> str:
    """Return a word with its apostrophe, or spelt out, where a note leaves no doubt."""
    spelt = word_table("short_forms").get(word.lower(), "")
    is_sure = spelt.islower() and word.isalnum() and word[:1].isalpha() and not classes_of(word.lower())
    return _BARE.get(word) or (spelt if is_sure else word)


def is_written_out(words: Sequence[str]) -> bool:
    """Return whether somebody wrote a sentence: it has its small words, and a verb."""
    small = {word.lower() for word in words}
    has_verb = words[:1] == ("they",) or any(
        WordClass.AUXILIARY in classes_of(word) or as_past(word) or as_third(word) for word in words
    )
    is_spoken = not _FUNCTION.isdisjoint(small) or (words[:1] in (("I",), ("We",), ("we",)) and has_articles(words[1:]))
    return len(words) >= SHORTEST and is_spoken and has_verb and not {"you", "your"} & small


def with_tails(words: Sequence[str], later: Sequence[Part]) -> Iterator[tuple[str, ...]]:
    """Yield the words with as many of the later parts as go on with them, then fewer, then cut before a joint."""
    whole = [tuple(words)]
    for part in later:
        first = part.words[0].lower()
        if part.mark != "," or not (first in _GOES_ON or _is_described(part.words)):
            break
        whole.append((*whole[-1][:-1], f"{whole[-1][-1]},", *part.words))
    yield from reversed(whole)
    cuts = [at for at, word in enumerate(words) if word.lower() in _CUT_BEFORE and at >= SHORTEST]
    yield from (tuple(words[:at]) for at in reversed(cuts))


def _is_described(words: Sequence[str]) -> bool:
    """Return whether a part describes what was named before: "labelled with the date"; not "asked about case two"."""
    return len(words) > 1 and words[0].lower().endswith("ed") and words[1].lower() in _DESCRIBING


def can_be_said(word: str) -> bool:
    """Return whether a sentence can have a word as it is written: it is not written short, and no sign."""
    bare = word.rstrip(",:")
    if not _WORD.fullmatch(bare) or is_single_letter(bare):
        return False
    return bool(classes_of(bare)) or is_name(bare) or is_number(bare) or not is_written_short(bare)


def has_verb_behind_thing(words: Sequence[str], *, is_reported: bool = False) -> bool:
    """Return whether a sentence begins with a thing, or people, and says what they are or do.

    ``is_reported`` tells that it follows "she said": a word that nobody knows is a thing there.
    """
    first = words[0].lower()
    classes = classes_of(first)
    opens = bool(classes & {WordClass.DETERMINER, WordClass.POSSESSIVE, *NOUN_CLASSES, WordClass.ADJECTIVE})
    is_thing = opens or is_name(words[0]) or (is_reported and not classes)
    is_deed = WordClass.PAST in classes or as_past(first) is not None
    if is_deed or not is_thing or first in FIRST_PERSON | SUBJECTS | {"it", "this", "that", "there"}:
        return False
    ends = next((at for at, word in enumerate(words) if at and word.lower() in _SUBORDINATE), len(words))
    verbs = (at for at in range(1, ends) if _is_sure_verb(words, at))
    return 0 < next(verbs, 0) < len(words) - 1


def _is_sure_verb(words: Sequence[str], at: int) -> bool:
    word, before, following = words[at], words[at - 1].lower(), "".join(words[at + 1 : at + 2])
    classes, past = classes_of(word), as_past(word)
    if word != word.lower() or before in {"to", "who", "that", "which", "the", "a", "an"}:
        return False  # "in May"
    if WordClass.AUXILIARY in classes or word in word_list("modals"):
        return True
    if past and past.past == past.participle and (not following or WordClass.PREPOSITION in classes_of(following)):
        return False  # "a loan refused in May"
    if as_third(word) is not None and (is_number(following) or following in NUMBER_WORDS):
        return True  # "takes four days"
    is_verb = past is not None or as_third(word) is not None
    return is_verb and not classes & {*NOUN_CLASSES, WordClass.ADJECTIVE, WordClass.PARTICIPLE}
