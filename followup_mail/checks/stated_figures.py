"""The figures of a text with their units, in digits or words; phone numbers, and what bears a number: "dock 4"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from msgspec import Struct

from followup_mail.checks.context import Briefing
from followup_mail.checks.fact_index import index_facts
from followup_mail.checks.figures import VALUES, value_of_words
from followup_mail.checks.parsed_mail import TextSpan
from followup_mail.checks.prose import read_words, word_set, words_of
from followup_mail.checks.stock_words import GRAMMAR, stem
from followup_mail.regex import regex

_LISTS: Final = read_words("fact_figures")
UNITS: Final[dict[str, str]] = {
    form: line.split()[0] for line in _LISTS["units"].strip().split("\n") for form in line.split()
}
WAYS_OF_SPEAKING: Final = word_set(_LISTS["ways_of_speaking"])
_SMALL: Final = "|".join(word for word, value in VALUES.items() if 1 <= value <= 9)
_TEENS: Final = "|".join(word for word, value in VALUES.items() if value == 0 or 10 <= value <= 19)
_TENS: Final = "|".join(word for word, value in VALUES.items() if value >= 20)
_WORDS: Final = rf"(?:{_TEENS}|(?:{_TENS})(?:[- ](?:{_SMALL}))?|{_SMALL})"
_FIGURE: Final = regex(
    rf"(?<![\w.,:/-])(?P<money>r\$ ?|us\$ ?|[$€£]) ?(?P<paid>\d[\d,.' ]*\d|\d)|"
    rf"(?<![\w,:/.])[+-]?(?P<digits>\d{{1,3}}(?:[,'\u2019 ]\d{{3}})+(?!\d)|\d+(?:[.,]\d+)?|\.\d+)|"
    rf"\b(?P<words>{_WORDS}(?: (?:hundred|thousand|million)(?: (?:and )?{_WORDS})?)?|(?:an? )?(?:hundred|"
    rf"thousand|million))\b"
)
_HALF: Final = r"(?P<half>[ -]and[ -]a[ -]half\b|\s?\u00bd|\s1/2\b)?"
_AFTER: Final = regex(
    rf"{_HALF}(?:-|\s{{0,2}})(?P<great>k\b|m\b|bn\b|million\b|thousand\b|hundred\b)?(?:-|\s{{0,2}})"
    r"(?P<unit>per[\s-]cent\b|[a-z']+|[%€£$°])?"
)
_ALL: Final = r"(?:(?:a|one) hundred|100) ?(?:%|per ?-?cent)"
_IDIOM: Final = regex(
    r"(?<!\w)(?:" + "|".join(_LISTS["idioms"].strip().split("\n")).replace("{all}", _ALL) + r")(?!\w)"
)
_GREAT: Final = {
    "k": 1_000,
    "m": 1_000_000,
    "bn": 1_000_000_000,
    "million": 1_000_000,
    "thousand": 1_000,
    "hundred": 100,
}
_PHONE: Final = regex(r"\+?\(?\d[\d() ./-]{5,20}\d")
_TIMES: Final = frozenset({"hour", "day", "week", "month", "year", "night", "shift"})
_TIME: Final = "|".join(form for form, unit in UNITS.items() if unit in _TIMES and form.isalpha())
_RATE: Final = regex(
    rf"(?P<words>(?:[ -]?[\w%$-]{{1,20}}){{0,4}}?)(?: ?/ ?|[ -](?:an?|per|each|every)[ -])(?P<unit>{_TIME})\b(?!')"
)
_NO_RATE: Final = word_set("in for of after within over about than as")
_CUT: Final = regex(r"[.,;:!?()\n]")
_CLOSE: Final = 24
_FEWEST_DIGITS: Final = 7
_NUMBERED: Final = regex(
    rf"\b(?P<noun>{'|'.join(read_words('figures')['numbered'].split())}|case|round|phase|store|team|shift|ward) "
    rf"(?P<number>\d{{1,4}}\b(?![.,:]?\d)|(?:{_SMALL}|ten|eleven|twelve)\b)"
)


class StatedFigure(Struct, frozen=True):
    """A figure of a mail."""

    span: TextSpan
    values: frozenset[float]
    """What it may be worth: "28" and "28 million" where it says "28m"."""
    unit: str
    """Empty where no known unit follows."""
    next_word: str
    is_worded: bool
    counted: frozenset[str] = frozenset()
    """The stems of the words close to it, those of any letter too."""
    rate: str = ""
    """"week" for "nine a week"."""


def stated_figures(text: str, start: int = 0, end: int | None = None) -> Iterator[StatedFigure]:
    """Yield the figures between two offsets of a text in its normal form; those of dates and hours too."""
    for match in _FIGURE.finditer(text, start, len(text) if end is None else end):
        after = _AFTER.match(text, match.end())
        great, unit = (after["great"] or "", after["unit"] or "") if after else ("", "")
        values = _values(match, great)
        if after and after["half"]:
            values = frozenset(value + 0.5 for value in values)
        counted = _counted(text, match.start(), after.end() if after else match.end())
        span = TextSpan(*match.span())
        yield StatedFigure(
            span, values, _unit(match, unit), unit, bool(match["words"]), counted, _rate(text, match.end())
        )


def _rate(text: str, end: int) -> str:
    match = _RATE.match(text, end)
    if match is None or match["words"].rpartition(" ")[2] in _NO_RATE:
        return ""  # "90 users in a week" is no rate.
    return UNITS[match["unit"]]


def _counted(text: str, start: int, end: int) -> frozenset[str]:
    """Return the words close before and after a figure and its unit, which say what it counts: "4 wks notice"."""
    before = _CUT.split(text[max(0, start - _CLOSE) : start])[-1]
    after = _CUT.split(text[end : end + _CLOSE])[0]
    words = [*words_of(before)[-2:], *words_of(after)[:2]]
    return frozenset(stem(word) for word in words if word not in GRAMMAR and word not in UNITS)


def idioms(text: str, start: int, end: int) -> Iterator[TextSpan]:
    """Yield the ways of speaking between two offsets in which a number counts nothing: "thanks a million"."""
    yield from (TextSpan(*match.span()) for match in _IDIOM.finditer(text, start, end))


def phone_numbers(text: str, start: int, end: int, briefing: Briefing) -> Iterator[tuple[TextSpan, bool]]:
    """Yield the phone numbers between two offsets, each with whether a fact has it, with or without its country."""
    told = [re.sub(r"\D", "", match[0]) for fact in index_facts(briefing).texts for match in _PHONE.finditer(fact)]
    for match in _PHONE.finditer(text, start, end):
        digits = re.sub(r"\D", "", match[0])
        if len(digits) >= _FEWEST_DIGITS:
            yield (
                TextSpan(*match.span()),
                any(known.endswith(digits.lstrip("0")[-9:]) or digits.endswith(known[-9:]) for known in told),
            )


def _unit(match: re.Match[str], word: str) -> str:
    if match["money"]:
        return "money"
    return "percent" if word.startswith("per") and word.endswith("cent") else UNITS.get(word, "")


def is_share(text: str, figure: StatedFigure) -> bool:
    """Return whether a figure only says of how many: "two in a hundred", "seven tenths"."""
    before, after = text[max(0, figure.span.start - 8) : figure.span.start], text[figure.span.end : figure.span.end + 8]
    return bool(re.search(r"\b(?:in|of)\s+\Z", before) and figure.values & {10.0, 100.0}) or after.startswith(
        (" tenths", " in ten")
    )


def _values(match: re.Match[str], great: str) -> frozenset[float]:
    if match["words"]:
        value = float(value_of_words(match["words"]))
        return frozenset({value, value * _GREAT.get(great, 1)})
    digits = match["digits"] or match["paid"]
    plain = re.sub(r"[,'\u2019 ](?=\d{3}(?!\d))", "", digits)
    found = {
        float(plain.replace(",", ".").replace("'", "").replace(" ", ""))
        if plain.count(".") + plain.count(",") < 2
        else 0.0
    }
    if re.fullmatch(r"\d{1,3}\.\d{3}", plain):
        found.add(float(plain.replace(".", "")))
    return frozenset({*found, *(value * _GREAT[great] for value in found if great)})


def numbered_otherwise(text: str, start: int, end: int, briefing: Briefing) -> Iterator[TextSpan]:
    """Yield "dock 7" where the facts have a dock, and only dock 4."""
    told: dict[str, set[float]] = {}
    for fact in index_facts(briefing).texts:
        for match in _NUMBERED.finditer(fact):
            told.setdefault(match["noun"], set()).update(_number(match["number"]))
    for match in _NUMBERED.finditer(text, start, end) if told else ():
        if match["noun"] in told and told[match["noun"]].isdisjoint(_number(match["number"])):
            yield TextSpan(*match.span())


def _number(written: str) -> frozenset[float]:
    return frozenset({float(written) if written.isdigit() else float(value_of_words(written))})
