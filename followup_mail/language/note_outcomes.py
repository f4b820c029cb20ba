"""What came of a deed, as a clause behind "and": "complaints fell by 38%", "33 of them passed fall science"."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from followup_mail.language.change_figures import read_change
from followup_mail.language.lexicon import WordClass, classes_of, word_list
from followup_mail.language.note_articles import NUMBER_WORDS
from followup_mail.language.note_clauses import rest_of_clause
from followup_mail.language.note_words import is_number, looks_like_a_word
from followup_mail.language.noun_phrases import spoken_number
from followup_mail.language.point_parts import say_change
from followup_mail.language.speakers import NOBODYS
from followup_mail.regex import regex

_PERCENT: Final = regex(r"([-+])(\d+(?:\.\d+)?%)")
_MISHAPS: Final = frozenset(
    "injuries accidents complaints incidents breakages losses delays errors returns absences falls outages".split()
)
_MONEY: Final = regex(r"[$€£]\d+(?:[.,]\d+)?k?")
_BECOME_RATES: Final = frozenset({("drop", "out"), ("sign", "up"), ("opt", "out"), ("no", "show")})
_NOW: Final = frozenset({"now", "today"})


def outcome(words: Sequence[str]) -> str:
    """Return what a part of a note says came of the deed before it; nothing where it is not sure."""
    return next((clause for build in _BUILDERS if (clause := build(words))), "")


def _nothing_lost(words: Sequence[str]) -> str:
    """Read "no class day lost"."""
    if words[0] != "no" or not 3 <= len(words) <= 5 or words[-1] not in word_list("befalls"):
        return ""
    nouns = words[1:-1]
    return f"no {' '.join(nouns)} {be(nouns[-1])} {words[-1]}" if _are_nouns(nouns) else ""


def _without(words: Sequence[str]) -> str:
    """Read "no injuries"."""
    is_none = len(words) == 2 and words[0] == "no" and words[1] in _MISHAPS
    return f"there were no {words[1]}" if is_none else ""


def _all_of_them(words: Sequence[str]) -> str:
    """Read "both licensed now" and "none reopened"."""
    if words[0] not in {"both", "none", "all"} or not 2 <= len(words) <= 3:
        return ""
    if words[-1] in _NOW and len(words) == 3 and classes_of(words[1]) & {WordClass.PARTICIPLE, WordClass.ADJECTIVE}:
        return f"{words[0]} are {words[1]} {words[2]}" if words[0] == "both" else ""
    is_passive = len(words) == 2 and words[1] in word_list("befalls")
    return f"{words[0]} of them were {words[1]}" if is_passive else ""


def _so_many(words: Sequence[str]) -> str:
    """Read "11 clinics approved"."""
    if not 3 <= len(words) <= 4 or not is_number(words[0]) or words[-1] not in word_list("befalls"):
        return ""
    is_plural = WordClass.PLURAL in classes_of(words[-2])
    return f"{spoken_number(words[0])} {' '.join(words[1:-1])} were {words[-1]}" if is_plural else ""


def _share(words: Sequence[str]) -> str:
    """Read "12 of 14 stayed"."""
    if len(words) != 4 or words[1] != "of" or not (is_number(words[0]) and is_number(words[2])):
        return ""
    counted = f"{words[0]} of the {words[2]}"
    if words[3] in word_list("befalls"):
        return f"{counted} were {words[3]}"
    return f"{counted} {words[3]}" if words[3] in word_list("acts") else ""


def _acted(words: Sequence[str]) -> str:
    """Read "18 stayed through Christmas", "33 passed fall science" and "all passed"."""
    counted = words[:3] if tuple(words[1:3]) == ("of", "them") else words[:1]
    rest = words[len(counted) :]
    is_some = is_number(words[0]) or words[0] in {"all", "both", "none", "most"}
    if not is_some or not rest or rest[0] not in word_list("acts"):
        return ""
    said = rest_of_clause(rest[1:], NOBODYS, is_present=False) if rest[1:] else ()
    if len(rest) > 1 and not said:
        return ""
    return " ".join((spoken_number(words[0]), *(("of", "them") if is_number(words[0]) else ()), rest[0], *said))


def _we(words: Sequence[str]) -> str:
    """Read "stayed open" and "we finished by 3": what all of them did."""
    if words[0] == "we" and len(words) > 2 and WordClass.PAST in classes_of(words[1]):
        said = rest_of_clause(words[2:], NOBODYS, is_present=False)
        return " ".join(("we", words[1], *said)) if said else ""
    return f"we stayed {words[1]}" if len(words) == 2 and words[0] == "stayed" else ""


def _in_use(words: Sequence[str]) -> str:
    """Read "12 people use it" and "team of 12 works by it"."""
    if len(words) < 4 or words[-1] != "it":
        return ""
    if is_number(words[0]) and len(words) == 4 and words[2] in {"use", "used"}:
        return f"{spoken_number(words[0])} {' '.join(words[1:])}"
    is_group = WordClass.COUNT in classes_of(words[0]) and words[1] == "of" and is_number(words[2])
    is_used = words[3:] in {("uses", "it"), ("works", "by", "it"), ("works", "with", "it")}
    return f"a {words[0]} of {spoken_number(words[2])} {' '.join(words[3:])}" if is_group and is_used else ""


def _went(words: Sequence[str]) -> str:
    """Read "orphans 41 -> 0 in 1 quarter" and "complaints -38%"."""
    if sum_ := _went_in_money(words):
        return sum_
    words = _as_a_rate(words)
    at = next((place for place, word in enumerate(words) if is_number(word) or _PERCENT.fullmatch(word)), 0)
    nouns = words[:at]
    is_rate = tuple(nouns[-1:]) == ("rate",)
    if not 1 <= at <= 2 or not (is_rate or (_are_nouns(nouns) and be(nouns[-1]) == "were")):
        return ""
    nouns = ("the", *nouns) if is_rate else nouns
    if (percent := _PERCENT.fullmatch(words[at])) and at + 1 == len(words):
        return f"{' '.join(nouns)} {'fell' if percent[1] == '-' else 'rose'} by {percent[2]}"
    change = read_change(words[at:])
    time = _in_time(words[at + change.size :]) if change else None
    return f"{' '.join(nouns)} went from {say_change(change)}{time}" if change and time is not None else ""


def _none_since(words: Sequence[str]) -> str:
    """Read "walks skipped none since": nothing of the kind happened again."""
    if len(words) != 4 or tuple(words[2:]) != ("none", "since") or WordClass.PARTICIPLE not in classes_of(words[1]):
        return ""
    is_many = WordClass.PLURAL in classes_of(words[0]) or is_plain_plural(words[0])
    return f"no {words[0]} have been {words[1]} since" if is_many else ""


def _per(words: Sequence[str]) -> str:
    """Read "changes per book 55 to 6"."""
    at = next((place for place, word in enumerate(words) if is_number(word)), 0)
    is_share = at == 3 and words[1] == "per" and (WordClass.PLURAL in classes_of(words[0]) or is_plain_plural(words[0]))
    change = read_change(words[at:]) if is_share else None
    return f"{' '.join(words[:3])} went from {say_change(change)}" if change and at + change.size == len(words) else ""


def _as_a_rate(words: Sequence[str]) -> Sequence[str]:
    """Return "drop-out rate 33 -> 19%" for "drop out 33 -> 19%"."""
    is_rate = len(words) > 3 and (words[0], words[1]) in _BECOME_RATES and words[-1].endswith("%")
    return (f"{words[0]}-{words[1]}", "rate", *words[2:]) if is_rate else words


def _went_in_money(words: Sequence[str]) -> str:
    """Read "expired drugs from $4k to $600 a year"."""
    at = next((place for place, word in enumerate(words) if _MONEY.fullmatch(word)), 0)
    nouns = words[: at - 1] if at > 1 and words[at - 1] == "from" else words[:at]
    end = words[at + 2 : at + 3]
    is_change = bool(end) and words[at + 1] in {"to", "->"} and _MONEY.fullmatch(end[0])
    is_many = bool(nouns) and len(nouns) < 3 and _is_many(nouns)
    tail = tuple(words[at + 3 :])
    if not (is_change and is_many) or (tail and (tail[0] not in {"a", "per"} or len(tail) != 2)):
        return ""
    return " ".join((*nouns, "went", "from", _sum(words[at]), "to", _sum(end[0]), *tail))


def _is_many(nouns: Sequence[str]) -> bool:
    *before, last = nouns
    can_describe = all(WordClass.ADJECTIVE in classes_of(word) or word.endswith("ed") for word in before)
    return (WordClass.PLURAL in classes_of(last) or is_plain_plural(last)) and (can_describe or _are_nouns(before))


def _sum(money: str) -> str:
    """Return "$4,000" for "$4k"."""
    return f"{money[:-1]},000" if money.endswith("k") and "." not in money else money


def _in_time(words: Sequence[str]) -> str | None:
    """Return " in one quarter"; None for anything else that is left."""
    if not words:
        return ""
    is_span = len(words) == 3 and words[0] in {"in", "within"} and words[2].removesuffix("s") in word_list("time_nouns")
    counted = words[1] if is_span else ""
    is_said = is_number(counted) or counted in {"a", "one", "the", *NUMBER_WORDS}
    return f" {words[0]} {spoken_number(counted)} {words[2]}" if is_said else None


def _are_nouns(words: Sequence[str]) -> bool:
    """Return whether words can be a noun with another noun before it."""
    wanted = {WordClass.COUNT, WordClass.MASS, WordClass.PLURAL}
    return bool(words) and all(classes_of(word) & wanted or is_plain_plural(word) for word in words)


def is_plain_plural(word: str) -> bool:
    """Return whether a word that the lexicon does not have is a plural by its looks."""
    return not classes_of(word) and word.endswith("s") and not word.endswith("ss") and looks_like_a_word(word)


def be(noun: str) -> str:
    """Return "were" for a plural and "was" for any other noun."""
    return "were" if WordClass.PLURAL in classes_of(noun) or is_plain_plural(noun) else "was"


_BUILDERS: Final[tuple[Callable[[Sequence[str]], str], ...]] = (
    _nothing_lost,
    _without,
    _all_of_them,
    _so_many,
    _share,
    _in_use,
    _acted,
    _we,
    _went,
    _none_since,
    _per,
)
