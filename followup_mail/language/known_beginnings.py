"""Which beginning a sentence in a file has, and the words in its gaps."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Final

from followup_mail.language.beginnings import OWN_WORDS, Beginning, Shape, asking_for
from followup_mail.language.joints import OPEN_JOINT
from followup_mail.language.verb_forms import as_ing
from followup_mail.regex import regex


def recognise(key: str, sentence: str) -> tuple[Beginning, Sequence[str]]:
    """Return how a sentence for a key of the facts begins, and the words in its gaps; else own words."""
    found = ((beginning, pattern.fullmatch(sentence.strip())) for beginning, pattern in _patterns(key))
    known = [(beginning, [words or "" for words in match.groups()]) for beginning, match in found if match]
    # Without its optional half, a beginning takes a whole second sentence into its gap.
    whole = (reading for reading in known if all(reading[1]))
    return next(whole, None) or next(iter(known), (OWN_WORDS, [sentence]))


_AND_ALSO: Final = regex(r"\b(and) ([a-z]+ing)\b")


@cache
def _patterns(key: str) -> tuple[tuple[Beginning, re.Pattern[str]], ...]:
    beginnings = asking_for(key).every_beginning
    # "I liked that you" before "I liked that", however much either goes on.
    patterns = {
        beginning: (len(beginning.pattern.partition("{")[0]), len(beginning.pattern)) for beginning in beginnings
    }
    by_length = sorted(patterns, key=patterns.__getitem__, reverse=True)
    return tuple((beginning, re.compile("".join(_as_regex(beginning.pattern)), re.DOTALL)) for beginning in by_length)


def _as_regex(pattern: str) -> Iterator[str]:
    for piece in re.split(r"(\{\w+\}|\[|\])", pattern):
        if piece.startswith("{"):
            yield "(.+?)"
        else:
            literal = re.escape(piece).replace(re.escape(OPEN_JOINT), r"(?:, so |, and |\. (?=It |That |This ))")
            yield {"[": "(?:", "]": ")?"}.get(piece, literal)


def deed_thanked_for(moment: str) -> str:
    """Return what the reader did, as it follows *you*, of a sentence that thanks them: "ring every no-show yourself".

    Empty where it is a quotation, or in words of somebody's own.
    """
    beginning, words = recognise("moment", moment)
    shape = beginning.gaps[0].shape if beginning is not OWN_WORDS and beginning.gaps else None
    deed = words[0].rstrip(".")
    return deed if shape is Shape.YOU else _as_done(deed) if shape is Shape.ING else ""


def _as_done(deed: str) -> str:
    """Return "showing me the log and telling me why" with "showed" and "told"; empty where no such form is first."""
    first, _, rest = deed.partition(" ")
    also = _AND_ALSO.sub(lambda found: f"{found[1]} {_past_of(found[2]) or found[2]}", rest)
    return f"{_past_of(first)} {also}" if _past_of(first) and rest else ""


def _past_of(word: str) -> str:
    verb = as_ing(word)
    return "were" if word == "being" else verb.past if verb else ""
