"""How much a sentence reads like an ultimatum, a complaint, a plea: by weights that were trained, not thought of.

A list of phrases finds what its author thought of, and people say such things in a hundred other ways: of sentences
that other people had written, the lists found one in twenty. So the features of a sentence (``tact_features``) have
weights for each class of tactlessness, learned from some thousand sentences by ``bench/train_tact.py``; what is in a
sentence is added up. Nothing but these tables is used: the same words always get the same score.
"""

from __future__ import annotations

import json
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Final

from followup_mail.checks.parsed_mail import TextSpan
from followup_mail.checks.tact_features import features

_TABLE: Final = Path(__file__).parent / "words" / "tact_weights.json"
_SHORT: Final = 3
"""A sentence of fewer words says too little to be judged."""
_BITS: Final = 20
"""What a sum for one class takes in a packed number. Weights are below 2,000 hundredths, and sentences end."""
_HALF: Final = 1 << (_BITS - 1)
_FEW: Final = 10_000
"""Features that are looked up one by one."""
_MOST: Final = 250
"""Words of a sentence that are read, so that no sum leaves its bits."""


@lru_cache(maxsize=64)
def read_sentences(text: str, sentences: tuple[TextSpan, ...]) -> tuple[Mapping[str, float], ...]:
    """Return the scores of the sentences of a text, as written; eleven rules ask for those of one mail."""
    return tuple(read_tact(" ".join(text[start:end].split())) for start, end in sentences)


@lru_cache(maxsize=4096)
def read_tact(sentence: str) -> Mapping[str, float]:
    """Return the score of a sentence for each class: 0 is even odds among the sentences of training, more is likelier.

    ``sentence`` is as written, on one line. A sentence of less than three words has no scores.
    """
    words = sentence.split()[:_MOST]
    if len(words) < _SHORT:
        return {}
    classes, bias, packed = _table()
    total = bias + sum(map(packed.__getitem__, features(" ".join(words))))
    scores = {}
    for name in classes:
        lowest = total & (2 * _HALF - 1)
        value = lowest - 2 * _HALF if lowest >= _HALF else lowest
        scores[name] = value / 100
        total = (total - value) >> _BITS
    return scores


class _Packed(dict[str, int]):
    """The weights of each feature for all classes in one number, so that a sentence is one sum; packed when needed.

    ``lines`` are those of the file, a feature on each, in the order of their letters. For a mail or two a feature is
    looked up among them; reading them all takes as long as looking up some ten thousand features.
    """

    def __init__(self, lines: Sequence[bytes]) -> None:
        super().__init__()
        self.lines = lines
        self.looked_up = 0
        self.pairs: dict[str, list[int]] | None = None

    def __missing__(self, feature: str) -> int:
        pairs = self._find(feature)
        if pairs is None:
            return 0
        self[feature] = number = _pack(pairs)
        return number

    def _find(self, feature: str) -> Sequence[int] | None:
        if self.pairs is None and self.looked_up < _FEW:
            self.looked_up += 1
            wanted = feature.encode(errors="surrogatepass")
            at = bisect_left(self.lines, wanted, key=_key_of)
            found = at < len(self.lines) and _key_of(self.lines[at]) == wanted
            return _value_of(self.lines[at]) if found else None
        if self.pairs is None:
            self.pairs = json.loads(b"{" + b"".join(self.lines) + b"}")
        return self.pairs.get(feature)


def _key_of(line: bytes) -> bytes:
    """Return the feature of a line such as ``"you _ best":[1,13,6,-20],``. None has a quotation mark in it."""
    return line[1 : line.index(b'":[')]


def _value_of(line: bytes) -> list[int]:
    """Return the classes and weights of a line."""
    pairs: list[int] = json.loads(line[line.index(b'":[') + 2 :].rstrip(b",\r"))
    return pairs


def _pack(pairs: Sequence[int]) -> int:
    """Return one number for classes and weights that follow each other in ``pairs``."""
    return sum(pairs[at + 1] << _BITS * pairs[at] for at in range(0, len(pairs), 2))


@lru_cache(maxsize=1)
def _table() -> tuple[tuple[str, ...], int, _Packed]:
    """Return the classes, their bias, and the weights of features, in hundredths."""
    head, _, *lines = _TABLE.read_bytes().split(b"\n")
    table = json.loads(head.rstrip(b",\r") + b"}")
    bias = sum(value << _BITS * number for number, value in enumerate(table["bias"]))
    return tuple(table["classes"]), bias, _Packed([line for line in lines if line.startswith(b'"')])
