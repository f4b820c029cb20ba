"""The filters that prose needs on top of jinja2's own: joining a fact, as a person wrote it, into a sentence."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Final

# A fact that starts with one of these words was capitalised only because it stood at the start of a line. Any other
# capital may be a name ("Kubernetes", "Munich") or "I", and stays.
_FUNCTION_WORDS: Final = frozenset(
    [
        "a",
        "an",
        "the",
        "this",
        "that",
        "these",
        "those",
        "how",
        "what",
        "why",
        "when",
        "where",
        "who",
        "which",
        "my",
        "your",
        "our",
        "their",
        "his",
        "her",
        "its",
        "as",
        "at",
        "by",
        "for",
        "from",
        "in",
        "of",
        "on",
        "to",
        "with",
        "without",
        "after",
        "before",
        "because",
        "both",
        "each",
        "every",
        "having",
        "being",
        "working",
        "running",
        "building",
        "leading",
    ]
)


def inline(fact: str) -> str:
    """Return a fact as part of a sentence: no full stop at its end, no capital that it does not need."""
    kept = fact.strip().rstrip(".;,:") if not fact.rstrip().endswith("...") else fact.strip()
    first, blank, rest = kept.partition(" ")
    return f"{first.lower()}{blank}{rest}" if first.lower() in _FUNCTION_WORDS else kept


def sentence(fact: str) -> str:
    """Return a fact as a sentence of its own: a capital first, a full stop last unless it ends otherwise."""
    kept = fact.strip()
    if not kept:
        return kept
    ended = kept if re.search(r"[.!?\u2026\"\u201d)]$", kept) else kept + "."
    return ended[0].upper() + ended[1:]


def article(noun: str) -> str:
    """Return a noun with "a" or "an" before it, going by how English says its first letters."""
    said = noun.strip()
    first = said.split(maxsplit=1)[0] if said else ""
    if re.fullmatch(r"[A-Z0-9]{2,}s?", first):
        vowel = first[0] in "AEFHILMNORSX8"
    else:
        vowel = bool(re.match(r"(?i)(?!uni|use|usu|uti|eu|one\b|once|ur[aeiou])([aeiou]|hon|hour|heir)", said))
    return f"{'an' if vowel else 'a'} {said}"


def shorten(text: str, limit: int) -> str:
    """Return at most ``limit`` characters of ``text``, ended at a word, without a trailing article or preposition."""
    if len(text) <= limit:
        return text
    words = text[: limit + 1].rsplit(" ", 1)[0].rstrip(",;:").split(" ")
    while len(words) > 1 and words[-1].lower() in _FUNCTION_WORDS | {"and", "or"}:
        words.pop()
    return " ".join(words)


def or_else(fact: object, instead: str) -> object:
    """Return a fact, or other words when it is missing."""
    return fact if fact else instead


def in_words(items: Sequence[str]) -> str:
    """Return a list as English writes it: "a", "a and b", "a, b and c"."""
    *first, last = items or [""]
    return f"{', '.join(first)} and {last}" if first else last


FILTERS: Final[dict[str, Callable[..., object]]] = {
    "inline": inline,
    "sentence": sentence,
    "article": article,
    "shorten": shorten,
    "or_else": or_else,
    "in_words": in_words,
}
