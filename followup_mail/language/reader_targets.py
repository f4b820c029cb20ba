"""What the reader wants in figures: "shrink 7.8% -> wants <5", "waitlist 9 weeks, goal: 5"."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from followup_mail.language.lexicon import NOUN_CLASSES, WordClass, classes_of
from followup_mail.language.note_words import Part, is_number
from followup_mail.language.noun_phrases import number_in_words, read_noun_phrase
from followup_mail.language.speakers import THEY

_TARGETS: Final = (
    ("wants", "to", "get", "to"), ("wants", "to", "be", "at"), ("wants", "it", "at"), ("wants", "it", "down", "to"),
    ("wants", "that", "at"), ("wants", "it"), ("wants", "that"), ("wants",), ("want", "it"), ("want",),
    ("needs", "to", "be"), ("has", "to", "be"), ("must", "be"), ("should", "be"), ("supposed", "to", "be"),
    ("target", "is"), ("target",), ("goal", "is"), ("goal",), ("aim", "is"), ("aim",), ("aiming", "for"),
    ("aims", "for"), ("needs",),
)  # fmt: skip
_LIMITS: Final = frozenset({"under", "below"})
_MARKS: Final = frozenset({",", "-", "–", "—", ";", "(", "->", "."})
_BE: Final = frozenset({"takes", "is", "are", "at", "of", "now"})


def target(parts: Sequence[Part]) -> tuple[str, ...]:
    """Return "want to bring the waitlist down from nine weeks to five"; nothing where it is not sure."""
    parts = _cut_at_arrow(parts)
    if len(parts) < 2 or parts[1].mark not in _MARKS:
        return ()
    wished = _wished(_joined(parts[1:]))
    phrase = read_noun_phrase(parts[0].words, "the")
    if phrase is None or not wished:
        return ()
    behind = parts[0].words[phrase.size :]
    figure = _figure(behind[1:] if behind[:1] and behind[0] in _BE else behind)
    limit, aim = (wished[0], wished[1:]) if wished[0] in _LIMITS else ("", wished)
    if not figure or not aim or not is_number(aim[0]) or len(aim) > 3:
        return ()
    return _bring(phrase.words, figure, limit, aim)


def _cut_at_arrow(parts: Sequence[Part]) -> Sequence[Part]:
    """Return "shrink 7.8%" and "wants <5" of "shrink 7.8% -> wants <5"."""
    words = parts[0].words if parts else ()
    at = next((place for place in range(1, len(words) - 1) if words[place] == "->" and _wished(words[place + 1 :])), 0)
    return [Part("", words[:at]), Part("->", words[at + 1 :]), *parts[1:]] if at else parts


def _joined(parts: Sequence[Part]) -> Sequence[str]:
    """Return "goal 5" for "goal: 5"."""
    is_cut = len(parts) > 1 and parts[1].mark in {":", "="} and len(parts[0].words) < 3
    return (*parts[0].words, *parts[1].words) if is_cut else parts[0].words


def _wished(words: Sequence[str]) -> tuple[str, ...]:
    """Return "under 5" for "wants <5", "goal is below 5" and "should be under 5"; nothing for other wishes."""
    words = words[1:] if words and words[0] in THEY else words
    for opening in _TARGETS:
        rest = tuple(words[len(opening) :])
        if tuple(words[: len(opening)]) != opening or not rest:
            continue
        if rest[0][0] == "<" and is_number(rest[0]):
            return ("under", rest[0][1:], *rest[1:])
        if rest[:1] in {("<",), ("max",), ("maximum",)} and len(rest) > 1 and is_number(rest[1]):
            return ("under", *rest[1:]) if rest[0] == "<" else ()
        if is_number(rest[0]) or (rest[0] in _LIMITS and len(rest) > 1 and is_number(rest[1])):
            return rest
    return ()


def _figure(words: Sequence[str]) -> tuple[str, ...]:
    """Return how much it is now: a figure, with its unit or with what it is a share of."""
    if not words or not is_number(words[0]):
        return ()
    if words[0].endswith("%") and len(words) > 1:
        return _share(words)
    return tuple(words) if len(words) <= 3 else ()


def _share(words: Sequence[str]) -> tuple[str, ...]:
    """Return "6% of the run"; "7.8% produce" is just as well known to the reader without the last word."""
    if words[1] == "of":
        whole = read_noun_phrase(words[2:], "the") if len(words) > 2 else None
        is_whole = whole is not None and whole.size == len(words) - 2 and not is_number(words[2])
        return (*words[:2], *whole.words) if whole and is_whole else ()
    return (words[0],) if len(words) == 2 and classes_of(words[1]) & NOUN_CLASSES else ()


def _bring(thing: Sequence[str], figure: Sequence[str], limit: str, wished: Sequence[str]) -> tuple[str, ...]:
    now, unit, aim, tail = figure[0], figure[1:], wished[0], wished[1:]
    is_date = not tail or (tail[0] == "by" and tail[-1][0].isupper()) or tuple(tail) == tuple(unit)
    if any(mark in now + aim for mark in "+~<>") or not is_date:
        return ()
    tail = () if tuple(tail) == tuple(unit) else tail
    if now.endswith("%") and not aim.endswith("%"):
        aim += "%"
    try:
        direction = "down" if float(aim.strip("%")) < float(now.strip("%")) else "up"
    except ValueError:
        return ()
    aim = f"0{aim}" if aim.startswith(".") else aim
    if unit and all(part.isdigit() and len(part) == 1 for part in (now, aim)):
        now, aim = number_in_words(now), number_in_words(aim)
    is_share = unit[:1] == ("of",)
    is_rate = unit[:1] in {("a",), ("per",)}
    if unit and not (is_share or is_rate) and WordClass.PLURAL not in classes_of(unit[-1]):
        return ()
    return ("want to bring", *thing, direction, "from", now, *unit, "to", *([limit] if limit else []), aim, *tail)
