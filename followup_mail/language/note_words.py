"""Cuts a note into its parts and words: short forms spelt out, names with their capitals, numbers as they are."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from followup_mail.language.length_adjectives import join_lengths
from followup_mail.language.lexicon import NOUN_CLASSES, WordClass, classes_of, word_list, word_table
from followup_mail.regex import regex

_SPELLINGS = {
    "“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "’": "'", "‘": "'", "→": " -> ", "⇒": " -> ", "=>": " -> ",
    "−": "-", "…": " ; ", "\t": " ", "\n": " ; ",
}  # fmt: skip
# 'Among the best' is quoted; the parents' idea and the 1990s' are not.
_SINGLE = regex(r"(?<![\w'])'([A-Za-z][^'\"]*\s[^'\"]*[\w.!?])'(?![\w'])")
_PART_ENDS = regex(r"\s*(?:\.\s|\.$|(?:[;=()\[\]?!]|[,:](?!\d)|(?<!\d)[,:])+|\s[-–—~]+(?=\s)|--|–|—)\s*")
_GLUED = regex(
    # "P&L" is one word, "tea&cake" is three.
    r"(?<=[a-z])(?!(?-i:(?<![A-Za-z][A-Z])(?<=[A-Z])&[A-Z](?![A-Za-z])))[&+](?=[a-z])"
    r"|(?<=\s)[&+](?=\s)|(?<![a-z])@(?=[a-z])|(?<!\S)w/(?!o\b)(?=[a-z])",
    re.IGNORECASE,
)
_ORDINALS = frozenset("first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth".split())
_PAIRS = frozenset(
    {("wet", "weather"), ("real", "time"), ("long", "term"), ("short", "term"), ("high", "risk"), ("low", "risk")}
)
_UNITS_GLUED = regex(r"^(\d+(?:\.\d+)?)(yrs?|y|hrs?|h|mins?|wks?|mths?|mos|days?)$", re.IGNORECASE)
_LETTERS_OF_UNITS = {"y": "years", "h": "hours", "d": "days", "m": "months"}
_OFTEN = regex(
    r"(?<![\w.])(\d+) ?x ?(?:a |per |/ ?)?(day|wk|week|mth|month|yr|year|shift|night|qtr|quarter|hr|hour)\b"
    r"|(?<=[a-z\d])/(yr|year|wk|week|day|mth|mo|month|hr|hour|qtr|quarter|night|shift)\b",
    re.IGNORECASE,
)
_SPACED_PERCENT = regex(r"(?<=\d) %")
_MANY_SHORT = regex(
    r"(?<!\S)(\d+) (mo|mth|wk|yr|qtr)(?=\s*(?:$|[,;.()]|(?:and|for|at|in|on|by|with|w)\b))", re.IGNORECASE
)
"""A short form in the singular behind a number, at the end of what it measures: "in 14 mo"."""
_TIMES = {"1": "once", "2": "twice"}
# What is stressed in capitals; other words may be a name: "NICE".
_STRESSED = frozenset(
    {WordClass.ADVERB, WordClass.DETERMINER, WordClass.PREPOSITION, WordClass.CONJUNCTION, WordClass.AUXILIARY}
)
_SHOUTED = regex(r"\b(?:[A-Z]{4,}|AND|BUT|NOT|ALL|ONE|ANY)\b")
_SAME_TIME = regex(
    r"(?<!\bthe )(?<!\bthat )(?<!\bthis )\bsame (day|week|night|morning|evening)"
    r"(?=$|[.,;)]| (?:when|if|and|but)\b)"
)
_NO_VOWEL = regex(r"(?i)[^aeiouyà-ÿ\d&%.'$€£-]{2,}")
_UNITS = frozenset("kg km cm mm ml kw mw hz khz mb gb tb lb lbs ft hrs".split())
_CODE = regex(r"[A-Z]{0,3}-?\d{1,4}[A-Za-z]?|[A-HJ-Z]")
NUMBER = regex(r"^[~<>]?\d+(?:[.,]\d+)*(?:%|\+)?$|^\.\d+%?$")


class Part(NamedTuple):
    """The words up to a comma, a colon, a dash or the like, and the mark before them."""

    mark: str
    words: tuple[str, ...]


def plain_text(text: str) -> str:
    """Return a note with plain quotation marks and arrows, and without small words that shout: "kids ACTUALLY say"."""
    text = unicodedata.normalize("NFC", text)
    for written, plain in _SPELLINGS.items():
        text = text.replace(written, plain)
    text = _SHOUTED.sub(lambda found: found[0].lower() if classes_of(found[0].lower()) & _STRESSED else found[0], text)
    return _SAME_TIME.sub(r"the same \1", _SINGLE.sub(r'"\1"', " ".join(text.split())))


def is_shouted(text: str) -> bool:
    """Return whether a note is in capitals throughout, so that they say nothing about names."""
    letters = [letter for letter in text if letter.isalpha()]
    return len(letters) > 8 and sum(letter.isupper() for letter in letters) > 0.7 * len(letters)


def parts_of(text: str, names: Sequence[str] = ()) -> tuple[Part, ...]:
    """Return the parts of a note in plain text."""
    spaced = _GLUED.sub(lambda found: f" {found.group()} ", _with_rates(text))
    parts: list[Part] = []
    mark, start = "", 0
    known = _capitals(tuple(names))
    for found in [*_PART_ENDS.finditer(spaced), None]:
        words = _spell_words(
            spaced[start : found.start() if found else None].split(),
            known,
            is_first=not parts or mark.endswith((".", "!", "?")),
        )
        if words:
            parts.append(Part(mark, words))
        if found:
            mark, start = found.group().strip() or mark, found.end()
    return tuple(parts)


def _with_rates(text: str) -> str:
    """Return a note with "2x/day" as "twice a day", "300/yr" as "300 a year", "14 mo" as "14 months"."""
    text = _SPACED_PERCENT.sub("%", _OFTEN.sub(_say_rate, text))
    return _MANY_SHORT.sub(lambda found: found[0] if found[1] == "1" else f"{found[0]}s", text)


def _say_rate(found: re.Match[str]) -> str:
    count, unit = found[1], (found[2] or found[3]).lower()
    unit = word_table("short_forms").get(unit, unit)
    often = f"{_TIMES.get(count, f'{count} times')} " if count else " "
    return f"{often}{'an' if unit == 'hour' else 'a'} {unit}"


def is_one_part(text: str) -> bool:
    """Return whether a note has a single part, so that nothing of it is cut."""
    return len(parts_of(plain_text(text))) == 1


@lru_cache(maxsize=256)
def _capitals(names: tuple[str, ...]) -> dict[str, str]:
    """Return the words of names under their small letters; an ordinary word is left as it is written."""
    words = [word.strip("().,'\"") for name in names for word in re.split(r"[\s/]+", name)]
    return {word.lower(): word for word in words if len(word) > 2 and word != word.lower() and not classes_of(word)}


def _spell_words(written: list[str], known: dict[str, str], *, is_first: bool) -> tuple[str, ...]:
    words: list[str] = []
    for position, word in enumerate(written):
        spelt = _spell(word.strip("*_"), known, begins=is_first and position == 0)
        words += spelt.split()
    return tuple(
        " ".join(join_lengths(_hyphened(words)))
        .replace("month end", "month-end")
        .replace("year end", "year-end")
        .replace("black Friday", "Black Friday")
        .split()
    )


def _hyphened(words: Sequence[str]) -> list[str]:
    """Join two words that describe a third together: "the ninth-grade science", "a wet-weather checklist"."""
    said: list[str] = []
    for place, word in enumerate(words):
        following = classes_of("".join(words[place + 1 : place + 2]))
        before = said[-1] if said else ""
        is_grade = (word == "grade" and before in _ORDINALS) or (before, word) in _PAIRS
        is_named = word != "grade" and is_name("".join(words[place + 1 : place + 2]))
        is_thing = following & {*NOUN_CLASSES, WordClass.ADJECTIVE} and not following & {WordClass.PREPOSITION}
        if is_grade and (is_named or is_thing):
            said[-1] += f"-{word}"
        else:
            said.append(word)
    return said


def _spell(word: str, known: dict[str, str], *, begins: bool) -> str:
    lower = word.lower()
    if begins and lower == "sat":
        return lower
    if "-" in lower and any(_is_small_acronym(part) for part in lower.split("-")):
        return "-".join(part.upper() if _is_small_acronym(part) else part for part in word.split("-"))
    if lower.removesuffix(".") in word_table("short_forms") and not (word.isupper() and len(word) > 1):
        return word_table("short_forms")[lower.removesuffix(".")]
    glued = _UNITS_GLUED.match(lower)
    if glued:
        unit = _LETTERS_OF_UNITS.get(glued[2]) or word_table("short_forms").get(glued[2], glued[2])
        return f"{glued[1]} {unit}"
    return known.get(lower) or _well_known(word, lower) or _with_capital_as_meant(word, lower, begins=begins)


def _is_small_acronym(word: str) -> bool:
    return word.upper() in word_list("acronyms") and word == word.lower() and not classes_of(word)


def _well_known(word: str, lower: str) -> str:
    """Return a tool, a place, a day, a language or an abbreviation in its usual spelling."""
    if lower in word_table("tools") and not (classes_of(lower) and word == lower):
        return word_table("tools")[lower]
    singular = lower.removesuffix("s")
    if (
        lower in word_list("days")
        or (singular in word_list("days"))
        or (lower in word_list("months") - {"may", "march"})
    ):
        return lower.capitalize()
    if lower in word_list("proper") and not classes_of(lower) - {WordClass.ADJECTIVE}:
        return lower.capitalize()
    if lower.upper() in word_list("acronyms") and not classes_of(lower):
        return lower.upper()
    if word.isupper() and len(word) > 2:
        return word
    return singular.upper() + "s" if singular.upper() in word_list("acronyms") and not classes_of(lower) else ""


def _with_capital_as_meant(word: str, lower: str, *, begins: bool) -> str:
    """Take the capital from an ordinary word at the beginning; elsewhere a capital is meant."""
    is_ordinary = bool(classes_of(lower)) or lower == "i"
    if begins and is_ordinary and word[:1].isupper() and not (word.isupper() and len(word) > 1):
        return lower
    return word


_SENTENCE_END = regex(r"(?<!\bSt)(?<!\bMt)(?<!\bDr)(?<!\bMr)(?<![. ][a-z])[.!?]\s+(?=\S)")


def first_sentence(plain: str) -> str:
    """Return the first of several sentences of a note."""
    found = _SENTENCE_END.search(plain)
    return plain[: found.end()].strip() if found else plain


def written_small(word: str, plain: str) -> str:
    """Return "stem" where it was written so, and taken for the short form STEM."""
    is_guess = word not in plain and (len(word) > 3 or "-" in word) and word.lower() in plain
    return word.lower() if is_guess and (word.isupper() or "-" in word) else word


def is_number(word: str) -> bool:
    """Return whether a word is a figure."""
    return bool(NUMBER.match(word))


def is_written_short(word: str) -> bool:
    """Return whether a word lacks its vowels: "bk", "mgmt"; a unit like "kg" may."""
    return bool(_NO_VOWEL.fullmatch(word)) and word.lower() not in _UNITS and not word.isupper()


def is_single_letter(word: str) -> bool:
    """Return whether a small letter stands for a word: "n" for *and*, "w" for *with*."""
    return len(word) == 1 and word.islower() and word not in {"a", "i"}


def is_code(word: str) -> bool:
    """Return whether a word tells one place of its kind from the others, as behind "ward C4", "room 12", "gate B"."""
    return bool(_CODE.fullmatch(word))


def is_name(word: str) -> bool:
    """Return whether a word is written as a name or an abbreviation."""
    return word[:1].isupper() and word != "I" and all(letter.isalnum() or letter in "-.'&" for letter in word)


def is_known_lower(word: str) -> bool:
    """Return whether a word in small letters is a tool that is written so, as dbt."""
    return word in word_table("tools").values() and word == word.lower()


def looks_like_a_word(word: str) -> bool:
    """Return whether a word that the lexicon does not know looks like English, and not shortened."""
    if not re.fullmatch(r"[a-zà-öø-ÿ]+(?:-[a-zà-öø-ÿ]+)*", word) or len(word) < 5:
        return False
    if not re.search(r"[aeiouyà-ÿ]", word) or re.search(r"[^aeiouyà-ÿ-]{5}", word):
        return False
    # "Hearings" was not meant to be "hearing".
    is_many = word.endswith("ings") and WordClass.ING in classes_of(word[:-1])
    return is_many or not is_near_known(word)


@lru_cache(maxsize=4096)
def is_near_known(word: str) -> bool:
    """Return whether a word is a known word with a letter more, less, or two swapped."""
    if len(word) < 7:
        return False
    cuts = [(word[:place], word[place:]) for place in range(1, len(word) + 1)]
    slips = [left + right[1:] for left, right in cuts if right]
    slips += [left + right[1] + right[0] + right[2:] for left, right in cuts if len(right) > 1]
    slips += [left + letter + right for left, right in cuts for letter in "abcdefghijklmnopqrstuvwxyz"]
    return any(classes_of(slip) for slip in slips)
