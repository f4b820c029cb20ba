"""*A* and *an*: which of them is said before a word, and that neither stands before several things."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from followup_mail.language.a_or_an import a_or_an
from followup_mail.language.corrections import Correction
from followup_mail.language.known_words import LISTS
from followup_mail.language.lexicon import NOUN_CLASSES, WordClass, classes_of
from followup_mail.language.verb_forms import as_past
from followup_mail.regex import regex

_A_OR_AN: Final = regex(r"\b([Aa]n?) ([A-Za-z][\w'’-]*)")
_AS_A_WORD: Final = regex(r"(?=[A-Z]{2})(?:\w+[AEIOU]\w|SQL\b)")
"""An abbreviation that may be said as a word: *FAQ*, *LED*, but not *UK* and *NHS*."""
_ENDS_PHRASE: Final = regex(r"^(?:[.,;:!?]|$| (?P<next>[a-z]+)\b)")
_SAID_AS_ONE: Final = LISTS["not_many"] | {"stairs", "barracks", "crossroads", "gallows", "woods", "sports", "sales"}
_NEVER_BEHIND: Final = LISTS["subjects"] - {"people"} | {"the", "my", "your", "our", "their", "two", "three", "four"}
_SMALL: Final = LISTS["prepositions"] | LISTS["relatives"] | LISTS["auxiliaries"]


def correct_a_and_an(text: str) -> Iterator[Correction]:
    """Yield each *a* where *an* is right, and each *an* where *a* is; before several things, neither of them is."""
    for found in _A_OR_AN.finditer(text):
        article, word = found[1], found[2]
        if _is_several(word.lower(), text[found.end() :]):
            why = f"*{article}* stands before one thing, and *{word}* are several: is it *and*?"
            yield Correction(found.start(1), found.end(1), article, "", why)
            continue
        right = a_or_an(word).replace("a", article[0], 1)
        if right != article and not (article == "A" and word.isupper()) and not _is_said_either_way(word):
            is_sure = not _may_follow_and(word.lower())
            why = f"write *{right} {word}*" if is_sure else f"*{article} {word}* does not go together: is it *and*?"
            yield Correction(found.start(1), found.end(1), article, right if is_sure else "", why)


def _is_said_either_way(word: str) -> bool:
    """Return whether both are right, or neither: some say *FAQ* as a word and some *LED* letter by letter; "a a"."""
    return word in {"a", "an"} or bool(_AS_A_WORD.match(word))


def _may_follow_and(word: str) -> bool:
    """Return whether *and*, *in* or *on* was meant: "an the", "an went home", "an temps log"."""
    classes = classes_of(word)
    is_deed = as_past(word) is not None and not classes & NOUN_CLASSES
    is_plural = classes & NOUN_CLASSES == {WordClass.PLURAL} and word not in _SAID_AS_ONE
    return word in _NEVER_BEHIND or is_deed or is_plural


def _is_several(word: str, behind: str) -> bool:
    """Return whether a plural ends the noun phrase: "a temps at the centre", but not "a goods lift"."""
    ends = _ENDS_PHRASE.match(behind)
    if ends is None or (ends["next"] and ends["next"] not in _SMALL) or word in _SAID_AS_ONE:
        return False
    classes = classes_of(word)
    is_strange = not classes and word.endswith("s") and not word.endswith(("ss", "us", "is"))
    is_of_one = WordClass.COUNT in classes_of(word[:-1])
    return bool(is_strange or classes & NOUN_CLASSES == {WordClass.PLURAL}) and is_of_one
