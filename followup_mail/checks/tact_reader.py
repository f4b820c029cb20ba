"""How much a sentence reads like an ultimatum, a complaint, a plea: by weights that were trained, not thought of.

A list of phrases finds what its author thought of, and people say such things in a hundred other ways: of sentences
that other people had written, the lists found one in twenty. So the features of a sentence (``tact_features``) have
weights for each class of tactlessness, learned from some thousand sentences by ``bench/train_tact.py``; what is in a
sentence is added up. Nothing but these tables is used: the same words always get the same score.
"""

from __future__ import annotations

import json
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
    """The weights of each feature for all classes in one number, so that a sentence is one sum; packed when needed."""

    def __init__(self, pairs: Mapping[str, Sequence[int]]) -> None:
        super().__init__()
        self.pairs = pairs

    def __missing__(self, feature: str) -> int:
        pairs = self.pairs.get(feature)
        if pairs is None:
            return 0
        self[feature] = number = _pack(pairs)
        return number


def _pack(pairs: Sequence[int]) -> int:
    """Return one number for classes and weights that follow each other in ``pairs``."""
    return sum(pairs[at + 1] << _BITS * pairs[at] for at in range(0, len(pairs), 2))


@lru_cache(maxsize=1)
def _table() -> tuple[tuple[str, ...], int, _Packed]:
    """Return the classes, their bias, and the weights of features, in hundredths."""
    table = json.loads(_TABLE.read_text("utf-8"))
    bias = sum(value << _BITS * number for number, value in enumerate(table["bias"]))
    return tuple(table["classes"]), bias, _Packed(table["weights"])
