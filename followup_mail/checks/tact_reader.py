"""How much a sentence reads like an ultimatum, a complaint, a plea: by weights that were trained, not thought of.

A list of phrases finds what its author thought of, and people say such things in a hundred other ways: of sentences
that other people had written, the lists found one in twenty. So the features of a sentence (``tact_features``) have
weights for each class of tactlessness, learned from some thousand sentences by ``bench/train_tact.py``; what is in a
sentence is added up. Nothing but these tables is used: the same words always get the same score.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

from followup_mail.checks.tact_features import features

_TABLE: Final = Path(__file__).parent / "words" / "tact_weights.json"
_SHORT: Final = 3
"""A sentence of fewer words says too little to be judged."""


@lru_cache(maxsize=4096)
def read_tact(sentence: str) -> Mapping[str, float]:
    """Return the score of a sentence for each class: 0 is even odds among the sentences of training, more is likelier.

    ``sentence`` is as written, on one line. A sentence of less than three words has no scores.
    """
    if len(sentence.split()) < _SHORT:
        return {}
    table = _table()
    sums = list(table["bias"])
    weights = table["weights"]
    for feature in features(sentence):
        pairs = weights.get(feature, ())
        for at in range(0, len(pairs), 2):
            sums[pairs[at]] += pairs[at + 1]
    return {name: total / 100 for name, total in zip(table["classes"], sums, strict=True)}


@lru_cache(maxsize=1)
def _table() -> dict[str, Any]:
    """Return the table: ``classes``, a ``bias`` for each, and for a feature the numbers of classes with its weights.

    Weights are in hundredths.
    """
    table: dict[str, Any] = json.loads(_TABLE.read_text("utf-8"))
    return table
