"""Closings of the user's own, and the mails that each fits: the table is in the TOML file."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any, Final

from followup_mail.facts.terms import Tone

_FILE: Final = Path(__file__).with_suffix(".toml")


def known_closing(line: str) -> str:
    """Return a closing as it is written, without its comma: "Kind regards"; empty for what no mail of ours uses."""
    words = " ".join(line.casefold().strip(" ,.!-\u2013\u2014:").split())
    return _by_words().get(words, "")


def fits(closing: str, tone: Tone, *, asks: bool, answers_rejection: bool) -> bool:
    """Return whether a mail of this register may end so; ``asks``: whether it asks for something."""
    lists = _read()
    if is_thankful(closing):
        return asks and tone is not Tone.FORMAL
    if closing in lists["light"]:
        return tone is Tone.FRIENDLY and not answers_rejection
    return closing in lists["every"] or (closing in lists["not_formal"] and tone is not Tone.FORMAL)


def is_thankful(closing: str) -> bool:
    """Return whether a closing says thanks, so that the mail above it need not."""
    return closing in _read()["thankful"]


def register_of(closing: str) -> int:
    """Return which way a closing points: 1 formal, -1 friendly, 0 neither."""
    if closing in {"Sincerely", "Yours sincerely", "Sincerely yours", "Respectfully"}:
        return 1
    return -1 if closing in {"Best", "Thanks", *_read()["light"]} else 0


@cache
def _by_words() -> Mapping[str, str]:
    lists = _read()
    known = [closing for name in ("every", "not_formal", "light", "thankful") for closing in lists[name]]
    return {**{closing.casefold(): closing for closing in known}, **lists["short"]}


@cache
def _read() -> Mapping[str, Any]:
    return tomllib.loads(_FILE.read_text("utf-8"))
