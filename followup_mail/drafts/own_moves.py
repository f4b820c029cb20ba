"""Sentences of ours that speak for the candidate (interest, offers to answer): found, and left out when asked."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Collection, Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Final

from followup_mail.drafts.filters import capital
from followup_mail.drafts.own_words import CLOSING, OPENING, is_marked, mark, split_marked, strip_marks
from followup_mail.facts.terms import OwnMove
from followup_mail.language.contractions import spell_out
from followup_mail.regex import regex

# A sentence of the user's ends with its mark.
_END: Final = regex(rf"(?:(?<=[.!?])|(?<=[.!?]{CLOSING}))\s+(?=[A-Z{OPENING}])")


def own_sentences(marked: str) -> Iterator[tuple[str, OwnMove]]:
    """Yield each sentence or clause of ours that makes such a move, from a text whose words of the user are marked."""
    for paragraph in marked.split("\n\n"):
        for sentence in _sentences(paragraph):
            for clause in _clauses(sentence):
                if move := _move_of(clause):
                    yield clause.strip(), move


def leave_out(marked: str, moves: Collection[OwnMove]) -> str:
    """Return the text without our sentences that make one of these moves; an empty paragraph goes with them."""
    if not moves:
        return marked
    paragraphs = []
    for paragraph in marked.split("\n\n"):
        sentences = _sentences(paragraph)
        kept = [sentence for sentence in (_without(sentence, moves) for sentence in sentences) if sentence]
        changed = paragraph if kept == sentences else " ".join(kept)
        paragraphs += [changed] if changed.strip() or not paragraph.strip() else []
    return "\n\n".join(paragraphs)


def mark_own(text: str, spans: Iterable[tuple[int, int]]) -> str:
    """Return a finished text with marks around the words of the user, which stand at ``spans``."""
    for start, end in sorted(spans, reverse=True):
        text = f"{text[:start]}{mark(text[start:end])}{text[end:]}"
    return text


def _sentences(paragraph: str) -> list[str]:
    """Return the sentences of a paragraph; words of the user are never taken apart, however many sentences they are."""
    found, at = [], 0
    for end in _END.finditer(paragraph):
        before = paragraph[: end.start()]
        if before.count(OPENING) == before.count(CLOSING):
            found.append(paragraph[at : end.start()])
            at = end.end()
    return [*found, paragraph[at:]]


def _without(sentence: str, moves: Collection[OwnMove]) -> str:
    """Return a sentence without such a move; of two clauses the other stays, as a sentence."""
    clauses = _clauses(sentence)
    kept = [clause for clause in clauses if _move_of(clause) not in moves]
    return sentence if len(kept) == len(clauses) else " ".join(kept)


def _clauses(sentence: str) -> list[str]:
    """Return "I'm keen, and I'm happy to help." as two sentences; one that is not about a move stays whole."""
    head, _, rest = sentence.partition(", and ")
    if _move_of(sentence) and _move_of(head) and rest.startswith(("I ", "I'", "if ", "when ")):
        return [f"{head}.", capital(rest)]
    return [sentence]


def _move_of(sentence: str) -> OwnMove | None:
    """Return the move of a sentence that has no words of the user's; None for any other."""
    if any(is_marked(piece) for piece in split_marked(sentence)):
        return None
    plain = " ".join(spell_out(strip_marks(sentence)).casefold().split())
    return next((move for move, pattern in _patterns().items() if pattern.search(plain)), None)


@cache
def _patterns() -> dict[OwnMove, re.Pattern[str]]:
    tables = tomllib.loads(Path(__file__).with_suffix(".toml").read_text("utf-8"))
    return {move: re.compile("|".join(tables[move])) for move in OwnMove}
