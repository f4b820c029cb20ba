"""What a sentence is made of, for the reader of tact: words, pairs of words, and classes of words.

A class brings together what means the same here: "hospital" and "firm" are both somebody who employs, "rang" and
"wrote" are both a sign of interest. Training and reading use the same features.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import combinations, pairwise
from typing import Final

from followup_mail.checks.phrase_patterns import WEEKDAYS
from followup_mail.checks.prose import one_form, read_words
from followup_mail.checks.stock_words import stem
from followup_mail.regex import regex

_TOKEN: Final = regex(r"\w+(?:['-]\w+)*|[?!]")
_ALWAYS_CAPITAL: Final = frozenset({"i", "i'm", "i've", "i'd", "i'll"})
_START: Final = "^"
_END: Final = "$"


def features(sentence: str) -> frozenset[str]:
    """Return the features of a sentence, given as written."""
    words = _TOKEN.findall(one_form(sentence))
    tokens = [_token(word, at == 0) for at, word in enumerate(words)]
    return frozenset((*tokens, *_pairs([_START, *tokens, _END]), *_of_classes(words)))


def _pairs(tokens: Sequence[str]) -> Iterator[str]:
    """Yield neighbours, and words with one word between them."""
    yield from (f"{left} {right}" for left, right in pairwise(tokens))
    yield from (f"{left} _ {right}" for left, right in zip(tokens, tokens[2:], strict=False))


def _of_classes(words: Sequence[str]) -> Iterator[str]:
    """Yield the classes that stand in a sentence, which of them stand together, and which follow each other."""
    known = _lists()[1]
    found = [known[plain] for plain in map(str.lower, words) if plain in known]
    present = sorted({name for classes in found for name in classes})
    yield from map("C:{}".format, present)
    yield from map("P:{0[0]}+{0[1]}".format, combinations(present, 2))
    yield from (f"S:{left[0]}>{right[0]}" for left, right in pairwise(found))


@lru_cache(maxsize=16_384)
def _token(word: str, is_first: bool) -> str:
    plain = word.lower()
    if plain in WEEKDAYS:
        return "{day}"
    if stands_for := "number" if plain[0].isdigit() else _lists()[0].get(plain.partition("-")[0]):
        return f"{{{stands_for}}}"
    is_name = word[0].isupper() and not is_first and plain not in _ALWAYS_CAPITAL
    return "{name}" if is_name else stem(plain)


@lru_cache(maxsize=1)
def _lists() -> tuple[Mapping[str, str], Mapping[str, tuple[str, ...]]]:
    """Return what some words stand for, and the classes of each word that has any, in the order of the file."""
    lists = read_words("tact_classes")
    stands_for = {word: name for name, words in lists["stands_for"].items() for word in words.split()}
    classes: dict[str, tuple[str, ...]] = {}
    for name, words in lists["classes"].items():
        for word in words.split():
            classes[word] = (*classes.get(word, ()), name)
    return stands_for, classes
