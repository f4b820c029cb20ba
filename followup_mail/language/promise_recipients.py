"""Whom a jotted promise names, and the words that are left of it without them: *tell Faizel the start date*."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from followup_mail.language.note_words import Part

SEND_WORDS: Final = frozenset({"send", "email", "mail", "forward"})
_GIVE_WORDS: Final = SEND_WORDS | {"tell", "give", "get", "show", "bring", "let", "promised", "owe", "text", "call"}
_MARKS: Final = frozenset({"->", "("})
_TO_WORDS: Final = frozenset({"to", "for", *_MARKS})
_WITH_WORDS: Final = frozenset({"share", "confirm", "check", "discuss"})
"""Behind these *with* names whom it is for; else it may be somebody who was part of it."""
_ENDS: Final = frozenset({"by", "on", "before", "this", "next", "today", "tomorrow"})
_TITLES: Final = frozenset({"mr", "mrs", "ms", "miss", "mx", "dr", "prof", "professor"})
_LINKS: Final = frozenset({"and", "&"})


def find_recipient(parts: Sequence[Part], names: Sequence[str]) -> tuple[tuple[str, ...], str]:
    """Return the words of a promise without whom it is for, and their name; the words alone where it names nobody."""
    # Capitals count: with a Mr Grant among them, "my CV for the grant" is not for him.
    known = frozenset(word for name in names for word in name.split() if word.strip(".").lower() not in _TITLES)
    first, *others = parts
    words = first.words
    if end := _end_of_name(words, 0, known):
        return _behind_name(parts, end)
    if words[0].lower() in {*_GIVE_WORDS, "for", "to"} and (end := _end_of_name(words, 1, known)):
        rest = words[end:] or (others[0].words if others else ())
        return (rest[1:] if rest[:1] == ("know",) else rest), _named(words[1:end])
    for part in parts:
        found = _find_routing(part, known)
        if found:
            at, name = found
            return (words[:at] if part is first else words), name
    return words, ""


def _behind_name(parts: Sequence[Part], end: int) -> tuple[tuple[str, ...], str]:
    """Read "Dmitri: notes on retries"; a name that goes on, as "Faizel wants my references", is nobody's address."""
    words = parts[0].words
    if end == len(words) and len(parts) > 1 and parts[1].mark.startswith((":", "-", "–", "—")):
        return parts[1].words, _named(words)
    return words, ""


def _find_routing(part: Part, known: frozenset[str]) -> tuple[int, str] | None:
    """Return where "to Dmitri", "-> Dmitri" or "(Dmitri)" begins in a part, and the name."""
    words = part.words
    if part.mark in _MARKS and _end_of_name(words, 0, known) == len(words):
        return 0, _named(words)
    routing = _TO_WORDS | {"with"} if words[0].lower() in _WITH_WORDS else _TO_WORDS
    for at, word in enumerate(words[:-1]):
        end = _end_of_name(words, at + 1, known) if word in routing else 0
        if end and (end == len(words) or words[end] in _ENDS):
            return at, _named(words[at + 1 : end])
    return None


def _end_of_name(words: Sequence[str], start: int, known: frozenset[str]) -> int:
    """Return the place behind a name, or several joined by *and*, that begins at ``start``; 0 where none does."""
    end, is_named = start, False
    for at, word in enumerate(words[start:], start=start):
        if word in known:
            end, is_named = at + 1, True
        elif not (word.lower() in _TITLES or (word in _LINKS and is_named)):
            break
    return end if is_named else 0


def _named(words: Sequence[str]) -> str:
    return " ".join(words)
