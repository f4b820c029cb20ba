"""Figures of the candidate's without a verb: "mispicks 1.4% -> 0.4% in 5 months, scan at bin".

Nobody is said to have done it alone: "in my own work, mispicks went from 1.4% to 0.4% in five months, with a scan at
the bin".
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from followup_mail.language.lexicon import WordClass, classes_of, word_list
from followup_mail.language.note_means import means_of
from followup_mail.language.note_words import Part, is_number
from followup_mail.language.noun_phrases import number_in_words, read_noun_phrase
from followup_mail.language.own_sentences import sentence
from followup_mail.language.result_clauses import owned_change

_OTHERS: Final = frozenset({"my", "our", "his", "her", "the", "your", "their"})
_TIMES: Final = frozenset({"minutes", "hours", "days", "weeks", "months", "seconds"})
_SHARES: Final = frozenset({"passed", "survived", "stayed", "returned", "graduated", "finished"})


def own_figure(parts: Sequence[Part]) -> str:
    """Return what went from one figure to another in the candidate's work, and by what means; nothing where unsure."""
    if any(WordClass.PAST in classes_of(part.words[0]) and len(part.words) > 2 for part in parts):
        return _all_passed(parts)
    for place, words in _pieces(parts):
        said, where = _at_my_place(words)
        change = owned_change(tuple(said)) if {"->", "to"} & set(said) else ()
        if change and said[0] not in _OTHERS and _is_told(change):
            means = means_of(parts[1:]) if place == 0 and "->" not in parts[0].words[: -len(words)] else ""
            return sentence((f"{where or 'in my own work'},", " ".join(change) + means))
    return _all_passed(parts)


def _pieces(parts: Sequence[Part]) -> Iterator[tuple[int, Sequence[str]]]:
    """Yield each part that may hold a figure; of "calls at 2 hours -> wait 40 to 15 minutes" what is behind it."""
    for place, part in enumerate(parts):
        words, arrows = part.words, [at for at, word in enumerate(part.words) if word == "->"]
        cause = next((at for at in reversed(arrows) if at + 1 < len(words) and not is_number(words[at + 1])), -1)
        if part.mark != "(":
            yield place, words[cause + 1 :]


def _is_told(change: Sequence[str]) -> bool:
    """Return whether the reader can know what the figures count: per cents, times, or things in the plural."""
    at = change.index("went") if "went" in change else 0
    many = at > 1 and any(WordClass.PLURAL in classes_of(word) for word in change[:at])
    figures = change[at : change.index("in", at)] if at and "in" in change[at:] else change[at:]
    return many or any("%" in word for word in change) or bool(at and _TIMES & set(figures))


def _at_my_place(words: Sequence[str]) -> tuple[Sequence[str], str]:
    """Cut "at old store" from the end, as "at my old store"."""
    is_place = len(words) > 4 and words[-3] in {"at", "in"} and words[-2] in {"old", "last", "previous", "former"}
    is_thing = is_place and classes_of(words[-1]) & {WordClass.COUNT} and words[-1] not in word_list("time_nouns")
    return (words[:-3], f"{words[-3]} my {words[-2]} {words[-1]}") if is_thing else (words, "")


def _all_passed(parts: Sequence[Part]) -> str:
    """Read "14 of 14 inspections passed last 2 years": how many of how many did what one hopes for."""
    words = parts[0].words if len(parts) == 1 else ()
    at = next((place for place, word in enumerate(words) if word in _SHARES), 0)
    phrase = read_noun_phrase(words[:at], "") if at > 3 and words[1] == "of" else None
    if phrase is None or phrase.size != at or words[2].endswith("%"):
        return ""
    tail = words[at + 1 :]
    span = tail[1:] if tail[:1] == ("last",) else ()
    is_span = len(span) == 2 and span[0].isdigit() and span[1] in {"years", "months", "seasons"}
    if tail and not is_span:
        return ""
    return sentence(
        (
            "in my own work,",
            *phrase.words,
            words[at],
            *(("in", "the", "last", number_in_words(span[0]), span[1]) if span else ()),
        )
    )
