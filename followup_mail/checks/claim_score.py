"""How much a clause reads like a claim that no fact holds: by weights that ``bench/train_claims.py`` has learned."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any, Final

from followup_mail.checks.claim_features import Clause, claim_features
from followup_mail.checks.context import Briefing
from followup_mail.checks.parsed_mail import ParsedMail
from followup_mail.checks.stock_words import stem

_TABLE: Final = Path(__file__).parent / "words" / "claim_weights.json"
_OFTEN: Final = 2
"""In so many applications' honest letters a word stands without a fact for it, so that it tells nothing."""


def is_ordinary(word: str) -> bool:
    """Tell whether honest letters use a word without having been told it."""
    return _ordinary().get(stem(word), 0) >= _OFTEN


def score_claim(mail: ParsedMail, clause: Clause, briefing: Briefing) -> float:
    """Return the score of a clause: above 0 it is as likely as not worth a look."""
    weights: dict[str, float] = _table()["weights"]
    found = claim_features(mail, clause, briefing, _ordinary())
    return sum(weights.get(name, 0.0) * value for name, value in found.items()) - float(_table()["warning"])


@cache
def _table() -> dict[str, Any]:
    table: dict[str, Any] = json.loads(_TABLE.read_text("utf-8"))
    return table


@cache
def _ordinary() -> dict[str, int]:
    pairs = (pair.rsplit(":", 1) for pair in _table()["ordinary"].split())
    return {word: int(count) for word, count in pairs}
