"""What the reader wants, from a note that says so: "he wants someone who'd run a club"."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from followup_mail.language.lexicon import NOUN_CLASSES, WordClass, classes_of
from followup_mail.language.note_clauses import contrast, rest_of_clause
from followup_mail.language.note_words import Part
from followup_mail.language.speakers import THEY, YOURS

_WANT: Final = frozenset({"wants", "needs", "want", "need"})
_WOULD: Final = {"who'd": "who would"}
_BEFORE_WISH: Final = frozenset({",", "-", "–", "—", ";", ":", "."})
_TELLING: Final = 4
_SHOUTED: Final = 4


def wish(parts: Sequence[Part]) -> str:
    """Return "want someone who would run a club", as it follows "You"; nothing where it is not sure."""
    words = _plain(parts[0].words)
    words = words[1:] if words and words[0] in THEY else words
    if len(words) < 3 or words[0] not in _WANT or (words[0] in {"want", "need"} and parts[0].words[0] != "they"):
        return ""
    at = words.index("not") if "not" in words else len(words)
    said, unsaid = (rest_of_clause(some, YOURS, is_present=False) for some in (words[1:at], words[at + 1 :]))
    if (
        (at < len(words) and not unsaid)
        or not said
        or said[0] in {"it", "this", "that", "them", "me"}
        or _has_loose_adjective(said)
    ):
        return ""
    tail = f", not {' '.join(unsaid)}" if unsaid else contrast(parts)
    return f"{words[0].removesuffix('s')} {' '.join(said)}{tail}"


def wish_in(parts: Sequence[Part]) -> str:
    """Return the wish of a note that says before it how things are: "rota on paper -> wants an app"."""
    for place, part in enumerate(parts):
        arrow = part.words.index("->") + 1 if "->" in part.words else 0
        for start in {0, arrow} if place or arrow else ():
            words = part.words[start:]
            first = "".join(words[1:2] if words[:1] and words[0] in THEY - {"they"} else words[:1])
            if first == "wants" and (start or part.mark in _BEFORE_WISH):
                said = wish([Part("", words), *parts[place + 1 :]])
                return said if len(said.split()) >= _TELLING else ""
    return ""


def _plain(words: Sequence[str]) -> list[str]:
    """Return words without the capitals of emphasis, and "who'd" in full."""
    plain = [_WOULD.get(word, word) for word in words]
    return " ".join(word.lower() if _is_shouted(word) else word for word in plain).split()


def _is_shouted(word: str) -> bool:
    return len(word) >= _SHOUTED and word.isupper() and bool(classes_of(word))


def _has_loose_adjective(words: Sequence[str]) -> bool:
    """Return whether an adjective follows a noun, as in "codes same for everyone", where a word is missing."""
    return any(
        (classes_of(noun) & NOUN_CLASSES and not classes_of(noun) & {WordClass.ADJECTIVE}
        and WordClass.ADJECTIVE in classes_of(word) and not classes_of(word) & {*NOUN_CLASSES, WordClass.ADVERB})
        or (WordClass.PLURAL in classes_of(noun) and any(map(str.isdigit, word)) and word[0].isupper())
        for noun, word in pairwise(words)
    )  # fmt: skip
