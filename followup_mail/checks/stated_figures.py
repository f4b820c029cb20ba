"""The figures of a text with their units, and whether the facts that a mail was written from have them.

A figure is supported by a fact that has the same value, the same unit where the mail names one, and something of what
the mail counts. "Fourteen of fourteen over the last two years" needs a fact with 14 and one with two years.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache
from itertools import combinations
from typing import Final, NamedTuple

from followup_mail.checks.context import Briefing
from followup_mail.checks.fact_index import FactWords, Held, index_facts
from followup_mail.checks.figures import value_of_words
from followup_mail.checks.parsed_mail import TextSpan
from followup_mail.checks.prose import read_words, word_set
from followup_mail.checks.stock_words import is_stock

_LISTS: Final = read_words("fact_figures")
_UNITS: Final = {form: line.split()[0] for line in _LISTS["units"].strip().split("\n") for form in line.split()}
WAYS_OF_SPEAKING: Final = word_set(_LISTS["ways_of_speaking"])
_DAYS: Final = {
    "minute": 1 / 1440,
    "hour": 1 / 24,
    "day": 1.0,
    "week": 7.0,
    "month": 30.4,
    "quarter": 91.0,
    "year": 365.0,
}
_ABOUT: Final = 0.2
_HALVED_FROM: Final = 20
_FIRST_YEAR, _LAST_YEAR = 1950, 2100
_ROUGH: Final[dict[str, str]] = _LISTS["rough"]
_NUMBERS: Final = frozenset((*read_words("figures")["values"], *read_words("figures")["great"]))
_SMALL: Final = "one|two|three|four|five|six|seven|eight|nine"
_WORDS: Final = (
    rf"(?:zero|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|"
    rf"(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)(?:[- ](?:{_SMALL}))?|{_SMALL})"
)
_FIGURE: Final = re.compile(
    rf"(?<![\w.,:/-])(?P<money>r\$ ?|us\$ ?|[$€£]) ?(?P<paid>\d[\d,.' ]*\d|\d)|"
    rf"(?<![\w,:/.])[+-]?(?P<digits>\d{{1,3}}(?:[,'\u2019 ]\d{{3}})+(?!\d)|\d+(?:[.,]\d+)?|\.\d+)|"
    rf"\b(?P<words>{_WORDS}(?: (?:hundred|thousand|million)(?: (?:and )?{_WORDS})?)?|(?:an? )?(?:hundred|"
    rf"thousand|million))\b"
)
_AFTER: Final = re.compile(
    r"(?:-|\s{0,2})(?P<great>k\b|m\b|bn\b|million\b|thousand\b|hundred\b)?(?:-|\s{0,2})(?P<unit>[a-z']+|[%€£$°])?"
)
_GREAT: Final = {
    "k": 1_000,
    "m": 1_000_000,
    "bn": 1_000_000_000,
    "million": 1_000_000,
    "thousand": 1_000,
    "hundred": 100,
}
_PHONE: Final = re.compile(r"\+?\(?\d[\d() ./-]{5,20}\d")
_FEWEST_DIGITS: Final = 7
CONFLICT: Final = (0.5, 2.0)
"""So near must the other fact be, and so many times nearer than every fact that has the figure."""
_NEAR: Final = 15
_TELLING: Final = 2
"""Fewer words of the facts beside a figure do not tell what it counts: the sentence may say it all in other words."""
_TWICE: Final = 1.8
_CHANGES: Final = frozenset({"halved", "halving", "doubled", "doubling", "tripled", "tripling"})
_MANY: Final = frozenset({"dozen", "dozens", "scores", "hundreds", "thousands", "millions"})
_RAW: Final = re.compile(r"\d+(?:[.,]\d+)*")
_ROUGH_WORD: Final = re.compile(rf"\b(?:{'|'.join(_ROUGH)})\b")


class Support(Enum):
    """How the facts support a figure."""

    NONE = "none has it"
    DERIVED = "it can be worked out from two of one fact"
    OTHER_UNIT = "there it has another unit"
    OTHER_FIGURE = "the fact that it looks like has another figure"
    OTHER_THING = "there it counts something else"
    FULL = "they have it"


@dataclass(frozen=True, slots=True)
class StatedFigure:
    """A figure of a mail."""

    span: TextSpan
    values: frozenset[float]
    """What it may be worth: "28" and "28 million" where it says "28m"."""
    unit: str
    """Empty where no known unit follows."""
    next_word: str
    is_worded: bool


@dataclass(frozen=True, slots=True)
class _FactFigures:
    values: frozenset[float]
    units: frozenset[str]
    """All units that the fact names."""
    bare: frozenset[float]
    """The values without a unit of their own, which the mail may add."""
    days: frozenset[float]
    """How long the spans of time are that the fact names."""
    words: FactWords


def stated_figures(text: str, start: int = 0, end: int | None = None) -> Iterator[StatedFigure]:
    """Yield the figures between two offsets of a text in its normal form; those of dates and hours too."""
    for match in _FIGURE.finditer(text, start, len(text) if end is None else end):
        after = _AFTER.match(text, match.end())
        great, unit = (after["great"] or "", after["unit"] or "") if after else ("", "")
        yield StatedFigure(
            TextSpan(*match.span()), _values(match, great), _unit(match, unit), unit, bool(match["words"])
        )


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
    return "percent" if word == "per" else _UNITS.get(word, "")


def is_share(text: str, figure: StatedFigure) -> bool:
    """Tell whether a figure only says of how many: "two in a hundred", "seven tenths"."""
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


class Beside(NamedTuple):
    """What stands around a figure."""

    words: Sequence[tuple[str, int]]
    """The telling words, each with how far away it stands."""
    values: frozenset[float]
    """The values of all figures there, its own too."""


def support(figure: StatedFigure, beside: Beside, briefing: Briefing) -> Support:
    """Return how the facts support a figure, given what stands beside it."""
    facts = _figures_of(briefing)
    own = [fact for fact in facts if not fact.values.isdisjoint(figure.values)]
    if not own:
        return Support.DERIVED if _is_derived(figure.values, briefing) else Support.NONE
    if figure.unit and figure.unit != "money":
        may_add = figure.unit not in _DAYS
        own = [fact for fact in own if figure.unit in fact.units or (may_add and fact.bare & figure.values)]
        if not own:
            return (
                Support.DERIVED
                if _lasts_as_long(figure, facts) or _is_since_a_year(figure, facts)
                else Support.OTHER_UNIT
            )
    weight = _weights(beside.words, briefing)
    mine = max(_nearness(fact, weight) for fact in own)
    others = max((_nearness(fact, weight) for fact in facts if fact.values.isdisjoint(beside.values)), default=0.0)
    if others > CONFLICT[0] and others > CONFLICT[1] * mine:
        return Support.OTHER_FIGURE
    held = sum(index_facts(briefing).has(word) for word in weight)
    return Support.FULL if mine or held < _TELLING else Support.OTHER_THING


def _lasts_as_long(figure: StatedFigure, facts: Sequence[_FactFigures]) -> bool:
    """Tell whether a fact has about the same span of time in another unit: nine weeks for two months."""
    spans = [value * _DAYS.get(figure.unit, 0) for value in figure.values]
    return any(abs(span - known) <= _ABOUT * known for fact in facts for known in fact.days for span in spans)


def _is_since_a_year(figure: StatedFigure, facts: Sequence[_FactFigures]) -> bool:
    """Tell whether a fact names a year, from which a number of years can be counted."""
    return figure.unit == "year" and any(_FIRST_YEAR <= value <= _LAST_YEAR for fact in facts for value in fact.values)


def telling_words(text: str) -> list[tuple[str, int]]:
    """Return the words of a text that say what a figure counts, each with its place."""
    found = ((word[0].lower(), word.start()) for word in re.finditer(r"[^\W\d_][\w'-]*", text))
    return [pair for pair in found if not is_stock(pair[0]) and pair[0] not in _UNITS and pair[0] not in _NUMBERS]


def _weights(beside: Sequence[tuple[str, int]], briefing: Briefing) -> dict[str, float]:
    """Return what each word counts: more when it stands near, and when few facts have it."""
    facts = index_facts(briefing).each
    often = {word: sum(fact.held(word) is Held.AS_A_WORD for fact in facts) for word, _ in beside}
    return {word: 1 / (1 + away / _NEAR) / max(1, often[word]) for word, away in beside}


def _nearness(fact: _FactFigures, weights: Mapping[str, float]) -> float:
    return sum(weight * (0.0, 0.4, 1.0)[fact.words.held(word)] for word, weight in weights.items())


def rough_counts(text: str, start: int, end: int, briefing: Briefing) -> Iterator[tuple[TextSpan, bool]]:
    """Yield the shares and rough counts that the facts do not have, "halved", "dozens of", and whether that is sure."""
    known = _figure_words(briefing)
    for match in _ROUGH_WORD.finditer(text, start, end):
        before, after = text[max(0, match.start() - 10) : match.start()], text[match.end() : match.end() + 12]
        if match[0] == "third" and not re.search(r"\b(?:a|one|by)\s+\Z", before):
            continue
        if re.match(r"\s+(?:an\s+hour|a\s+day|past|of\s+an?\s|of\s+one)", after) or re.search(
            r"\b(?:and|or)\s+a\s+\Z", before
        ):
            continue
        if not word_set(_ROUGH[match[0]]) & known:
            is_change = match[0] in _CHANGES
            yield TextSpan(*match.span()), match[0] in _MANY or (is_change and not _has_change(briefing))


def _has_change(briefing: Briefing) -> bool:
    """Tell whether any fact has a figure and another that is about twice as large."""
    pairs = (pair for fact in _figures_of(briefing) for pair in combinations(sorted(fact.values), 2))
    return any(low and high / low >= _TWICE for low, high in pairs)


@lru_cache(maxsize=32)
def _figure_words(briefing: Briefing) -> frozenset[str]:
    """Return the words of all facts and the figures in them as texts."""
    index = index_facts(briefing)
    words = {word for text in index.texts for word in re.findall(r"[\w/.]+", text)}
    values = {f"{value:g}" for fact in _figures_of(briefing) for value in fact.values}
    return frozenset(words | values)


def _is_derived(values: frozenset[float], briefing: Briefing) -> bool:
    """Tell whether a figure is the sum, the difference or the share of two figures of one fact."""
    for fact in _figures_of(briefing):
        if any(value >= _HALVED_FROM and {value / 2, value * 2} & values for value in fact.values):
            return True
        for low, high in combinations(sorted(fact.values), 2):
            shares = {round(high / low, 2), round(100 * low / high)} if low else set()
            if {low + high, high - low, *shares} & values:
                return True
    return False


@lru_cache(maxsize=32)
def _figures_of(briefing: Briefing) -> tuple[_FactFigures, ...]:
    found = []
    index = index_facts(briefing)
    for at, text in enumerate(index.texts):
        stated = tuple(stated_figures(text))
        values = {value for figure in stated for value in figure.values}
        values |= {float(raw) for group in _RAW.findall(text) for raw in re.split(r"[.,]", group)}
        words = frozenset(re.findall(r"[^\W\d_]+|[%€£$°]", text))
        values |= {1.0} if "once" in words else set()
        values |= {2.0} if words & {"twice", "both", "pair", "couple"} else set()
        values |= {12.0} if "dozen" in words else set()
        values |= {0.0} if words & {"no", "none", "zero", "never", "nobody"} else set()
        units = {_UNITS[word] for word in words if word in _UNITS}
        if values:
            owned = {value for figure in stated if figure.unit for value in figure.values}
            bare = {value for figure in stated if not figure.unit for value in figure.values} - owned
            lasting = {
                value * _DAYS[figure.unit] for figure in stated if figure.unit in _DAYS for value in figure.values
            }
            spans = frozenset(lasting)
            found.append(_FactFigures(frozenset(values), frozenset(units), frozenset(bare), spans, index.each[at]))
    return tuple(found)
