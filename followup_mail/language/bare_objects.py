"""A noun that lacks its article behind a verb or as a subject: "made photo card", "so new girl is learning"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from followup_mail.language.corrections import Correction
from followup_mail.language.known_words import LISTS
from followup_mail.language.lexicon import WordClass, classes_of
from followup_mail.language.note_articles import needs_no_article
from followup_mail.language.verb_forms import as_base, as_past
from followup_mail.regex import regex

_STRETCH: Final = regex(r"[^,.;:?!\"()…]+")
_WORD: Final = regex(r"[^\W_]+(?:['’-][^\W_]+)*")
_VERBS: Final = LISTS["object_verbs"]
_BARE_OBJECTS: Final = LISTS["bare_objects"]
_JOINERS: Final = frozenset({"so", "and", "because", "that", "when", "if", "about", "but"})
_VERBLIKE: Final = LISTS["auxiliaries"]
_FARTHEST: Final = 3
_NAMED: Final = frozenset(
    {"same", "whole", "other", "new", "old", "bad", "good", "big", "small", "fixed", "next", "last"}
)


def find_bare_objects(text: str) -> Iterator[Correction]:
    """Yield each place where *a* or *the* is missing for sure behind a verb, or before a subject."""
    for stretch in _STRETCH.finditer(text):
        words = [*_WORD.finditer(stretch[0])]
        for at, word in enumerate(words[:-1]):
            small = word[0].lower()
            size = _bare_size(words, at + 1) if small in _VERBS | _JOINERS else 0
            after = words[at + 1 + size][0].lower() if at + 1 + size < len(words) else ""
            if (
                not size
                or (small in _JOINERS and not (after in _VERBLIKE or (as_past(after) and not as_base(after))))
                or _is_noun_here(words, at)
            ):
                continue
            start, end = words[at + 1].start(), words[at + size].end()
            bare = stretch[0][start:end]
            is_phrase = bare.lower() in _BARE_OBJECTS or bare.lower().replace(" ", "-") in LISTS["offices"]
            if is_phrase or after in {"and", "or"} or after.isdigit() or (small in _VERBS and after.endswith("s")):
                continue
            place = stretch.start() + start
            yield Correction(place, place + len(bare), bare, "", f"*a* or *the* is missing before *{bare}*")


def _is_noun_here(words: list[re.Match[str]], at: int) -> bool:
    """Tell whether the verb may be a noun or part of its phrase: "the open day", "a one-page running sheet"."""
    for before in reversed(words[max(at - _FARTHEST, 0) : at]):
        if before[0].lower() in LISTS["determiners"] - {"that", "this", "other", "each"}:
            return True
        if not (WordClass.ADJECTIVE in classes_of(before[0]) or "-" in before[0]):
            return False
    return False


def _bare_size(words: list[re.Match[str]], start: int) -> int:
    """Return how many words the bare noun phrase has; 0 when it is none, or may be right as it is."""
    end = start
    while end < min(len(words), start + 4) and _can_belong(words[end][0]):
        end += 1
    phrase = [word[0] for word in words[start:end]]
    if not phrase or phrase[-1] != phrase[-1].lower():
        return 0
    head = phrase[-1]
    is_count = WordClass.COUNT in classes_of(head) and not classes_of(head) & {
        WordClass.MASS, WordClass.PLURAL, WordClass.ADJECTIVE, WordClass.ADVERB, WordClass.PREPOSITION,
    }  # fmt: skip
    is_sure = classes_of(head) == {WordClass.COUNT} or (len(phrase) > 1 and phrase[0].lower() in _NAMED)
    return len(phrase) if is_count and is_sure and not needs_no_article(head) else 0


def _can_belong(word: str) -> bool:
    classes = classes_of(word)
    small = word.lower()
    is_closed = (
        small == "one" or small in LISTS["determiners"] | LISTS["prepositions"] | LISTS["relatives"] | LISTS["adverbs"]
    )
    is_open = not is_closed or small in {"last", "next", "other"}
    return is_open and bool(classes & {WordClass.COUNT, WordClass.MASS, WordClass.ADJECTIVE, WordClass.PLURAL})
