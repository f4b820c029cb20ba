"""Whether the facts that a mail was written from have its figures.

A figure is supported by a fact that has the same value, the same unit where the mail names one, and something of what
the mail counts. "Fourteen of fourteen over the last two years" needs a fact with 14 and one with two years.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from enum import Enum
from functools import lru_cache
from itertools import combinations
from typing import Final, NamedTuple

from msgspec import Struct

from followup_mail.checks.context import Briefing
from followup_mail.checks.fact_index import FactWords, Held, index_facts
from followup_mail.checks.parsed_mail import TextSpan
from followup_mail.checks.prose import read_prose, read_words, word_set
from followup_mail.checks.stated_days import all_days
from followup_mail.checks.stated_figures import UNITS, StatedFigure, idioms, stated_figures
from followup_mail.checks.stock_words import is_stock
from followup_mail.regex import regex

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
_EXACTLY: Final = 0.01
"""Ninety minutes are an hour and a half, twelve months a year."""
_HALVED_FROM: Final = 20
_FIRST_YEAR, _LAST_YEAR = 1950, 2100
_ROUGH: Final[dict[str, str]] = read_words("fact_figures")["rough"]
_NUMBERS: Final = frozenset((*read_words("figures")["values"], *read_words("figures")["great"]))
CONFLICT: Final = (0.5, 2.0)
"""So near must the other fact be, and so many times nearer than every fact that has the figure."""
_PARTNER: Final = 0.2
_NEAR: Final = 15
_TELLING: Final = 2
"""Fewer words of the facts beside a figure do not tell what it counts: the sentence may say it all in other words."""
_TWICE: Final = 1.8
_CHANGES: Final = frozenset({"halved", "halving", "doubled", "doubling", "tripled", "tripling"})
_MANY: Final = frozenset({"dozen", "dozens", "scores", "hundreds", "thousands", "millions"})
_A_YEAR: Final = regex(r"(?:19|20)\d\d")
_RAW: Final = regex(r"\d+(?:[.,]\d+)*")
_ROUGH_WORD: Final = regex(rf"\b(?:{'|'.join(_ROUGH)})\b")
_OFTEN: Final = word_set("hourly daily weekly wkly monthly quarterly yearly annually")
_COMPARED: Final = 24
"""So many figures of a fact are compared with each other; a note has three."""


class Support(Enum):
    """How the facts support a figure."""

    NONE = "none has it"
    DERIVED = "it can be worked out from two of one fact"
    OTHER_UNIT = "the facts have it with another unit"
    OTHER_FIGURE = "the fact that it looks like has another figure"
    OTHER_THING = "in the facts it counts something else"
    FULL = "they have it"


class _FactFigures(Struct, frozen=True):
    values: frozenset[float]
    units: frozenset[str]
    """All units that the fact names."""
    bare: frozenset[float]
    """The values without a unit of their own, which the mail may add."""
    days: frozenset[float]
    """How long the spans of time are that the fact names."""
    words: FactWords
    counted: frozenset[tuple[float, str, str]]
    """Each value with its unit and with each of the words that stand close to it."""
    rates: Mapping[float, frozenset[str]]
    """For each value how often it is so much: "week" for "15 kg a wk"; of the other figures where it has none."""


class Beside(NamedTuple):
    """What stands around a figure."""

    words: Sequence[tuple[str, int]]
    """The telling words, each with how far away it stands."""
    values: frozenset[float]
    """The values of all figures there, its own too."""


def support(figure: StatedFigure, beside: Beside, briefing: Briefing) -> Support:
    """Return how the facts support a figure, given what stands beside it."""
    facts = _figures_of(briefing)
    if _has_other_rate(figure, facts):
        return Support.OTHER_UNIT
    if any(not fact.counted.isdisjoint(_counted(figure)) for fact in facts):
        return Support.FULL
    own = [fact for fact in facts if not fact.values.isdisjoint(figure.values)]
    as_long = [fact for fact in facts if _lasts_as_long(figure, [fact], _EXACTLY)] if figure.unit in _DAYS else []
    if not own and not as_long:
        return Support.DERIVED if _is_derived(figure.values, briefing) else Support.NONE
    if figure.unit and figure.unit != "money":
        may_add = figure.unit not in _DAYS
        own = [fact for fact in own if figure.unit in fact.units or (may_add and fact.bare & figure.values)] or as_long
        if not own:
            return (
                Support.DERIVED
                if _lasts_as_long(figure, facts) or _is_since_a_year(figure, facts)
                else Support.OTHER_UNIT
            )
    if any(fact.values & (beside.values - figure.values) for fact in own):
        return Support.FULL  # two figures of one fact in one sentence are told together
    return _support_of_thing(own, facts, beside, briefing)


def _support_of_thing(
    own: Sequence[_FactFigures], facts: Sequence[_FactFigures], beside: Beside, briefing: Briefing
) -> Support:
    """Return how far the facts that have a figure are about what stands beside it."""
    nearest = sorted(beside.words, key=lambda word: word[1])[:_COMPARED]
    weight = _weights(nearest, briefing)
    mine = max(_nearness(fact, weight) for fact in own)
    others = max((_nearness(fact, weight) for fact in facts if fact.values.isdisjoint(beside.values)), default=0.0)
    if others > CONFLICT[0] and others > CONFLICT[1] * mine:
        return Support.OTHER_FIGURE
    partners = [fact for fact in facts if fact not in own and not fact.values.isdisjoint(beside.values)]
    if not mine and any(_nearness(fact, weight) > _PARTNER for fact in partners):
        return Support.OTHER_FIGURE  # "from 14 per cent to 4" where the fact has 14 and 6, and another one 4
    held = sum(index_facts(briefing).has(word) for word in weight)
    return Support.FULL if mine or held < _TELLING else Support.OTHER_THING


def _has_other_rate(figure: StatedFigure, facts: Sequence[_FactFigures]) -> bool:
    """Return whether every fact that has a figure has it for another time: "15 kg a day" for "15 kg a wk"."""
    rates = [fact.rates[value] for fact in facts for value in fact.rates.keys() & figure.values]
    return bool(figure.rate and rates) and all(known and figure.rate not in known for known in rates)


def _counted(figure: StatedFigure) -> frozenset[tuple[float, str, str]]:
    return frozenset((value, figure.unit, word) for value in figure.values for word in figure.counted)


def _lasts_as_long(figure: StatedFigure, facts: Sequence[_FactFigures], within: float = _ABOUT) -> bool:
    """Return whether a fact has about the same span of time in another unit: nine weeks for two months."""
    spans = [value * _DAYS.get(figure.unit, 0) for value in figure.values]
    return any(abs(span - known) <= within * known for fact in facts for known in fact.days for span in spans)


def _is_since_a_year(figure: StatedFigure, facts: Sequence[_FactFigures]) -> bool:
    """Return whether a fact names a year, from which a number of years can be counted."""
    return figure.unit == "year" and any(_FIRST_YEAR <= value <= _LAST_YEAR for fact in facts for value in fact.values)


def words_with_places(text: str) -> list[tuple[str, int]]:
    """Return the words of a text that say what a figure counts, each with its place."""
    found = ((word[0].lower(), word.start()) for word in re.finditer(r"[^\W\d_][\w'-]*", text))
    return [pair for pair in found if not is_stock(pair[0]) and pair[0] not in UNITS and pair[0] not in _NUMBERS]


def _weights(beside: Sequence[tuple[str, int]], briefing: Briefing) -> dict[str, float]:
    """Return what each word counts: more when it stands near, and when few facts have it."""
    facts = index_facts(briefing).each
    often = {word: sum(fact.held(word) is Held.AS_A_WORD for fact in facts) for word, _ in beside}
    return {word: 1 / (1 + away / _NEAR) / max(1, often[word]) for word, away in beside}


def _nearness(fact: _FactFigures, weights: Mapping[str, float]) -> float:
    return sum(weight * (0.0, 0.4, 1.0)[fact.words.held(word)] for word, weight in weights.items())


def rough_counts(text: str, start: int, end: int, briefing: Briefing) -> Iterator[tuple[TextSpan, bool]]:
    """Yield the shares and rough counts that the facts do not have, "halved", "dozens of", and whether that is sure."""
    known, aside = _figure_words(briefing), list(idioms(text, start, end))
    for match in _ROUGH_WORD.finditer(text, start, end):
        before, after = text[max(0, match.start() - 10) : match.start()], text[match.end() : match.end() + 12]
        if match[0] == "third" and not re.search(r"\b(?:a|one|by)\s+\Z", before):
            continue
        if any(span.start <= match.start() < span.end for span in aside):
            continue
        if re.match(r"\s+(?:an\s+hour|a\s+day|past|of\s+an?\s|of\s+one)", after) or re.search(
            r"\b(?:and|or)\s+a\s+\Z", before
        ):
            continue
        if not word_set(_ROUGH[match[0]]) & known:
            is_change = match[0] in _CHANGES
            yield TextSpan(*match.span()), match[0] in _MANY or (is_change and not _has_change(briefing))


def _has_change(briefing: Briefing) -> bool:
    """Return whether any fact has a figure and another that is about twice as large."""
    pairs = (pair for fact in _figures_of(briefing) for pair in combinations(sorted(fact.values)[:_COMPARED], 2))
    return any(low and high / low >= _TWICE for low, high in pairs)


@lru_cache(maxsize=32)
def _figure_words(briefing: Briefing) -> frozenset[str]:
    """Return the words of all facts and the figures in them as texts."""
    index = index_facts(briefing)
    words = {word for text in index.texts for word in re.findall(r"[\w/.]+", text)}
    values = {f"{value:g}" for fact in _figures_of(briefing) for value in fact.values}
    return frozenset(words | values)


def _is_derived(values: frozenset[float], briefing: Briefing) -> bool:
    """Return whether a figure is the sum, the difference or the share of two figures of one fact."""
    for fact in _figures_of(briefing):
        if any(value >= _HALVED_FROM and {value / 2, value * 2} & values for value in fact.values):
            return True
        for low, high in combinations(sorted(fact.values)[:_COMPARED], 2):
            shares = {round(high / low, 2), round(100 * low / high)} if low else set()
            if {low + high, high - low, *shares} & values:
                return True
    return False


def _without_days(fact: str) -> str:
    """Return a fact without the days and hours that it names; a year stays."""
    prose, text = read_prose(fact), fact
    for span in all_days(prose, TextSpan(0, len(fact))):
        if not _A_YEAR.fullmatch(fact, *span):
            text = text[: span.start] + " " * (span.end - span.start) + text[span.end :]
    return text


def _rates(stated: Sequence[StatedFigure], words: Iterable[str]) -> dict[float, frozenset[str]]:
    every = frozenset(
        {figure.rate for figure in stated if figure.rate} | {UNITS[word] for word in words if word in _OFTEN}
    )
    own: dict[float, frozenset[str]] = {}
    for figure in stated:
        for value in figure.values:
            own[value] = own.get(value, frozenset()) | ({figure.rate} if figure.rate else every)
    return own


@lru_cache(maxsize=32)
def _figures_of(briefing: Briefing) -> tuple[_FactFigures, ...]:
    found = []
    index = index_facts(briefing)
    for at, whole in enumerate(index.texts):
        text = _without_days(whole)
        stated = tuple(stated_figures(text))
        values = {value for figure in stated for value in figure.values}
        values |= {float(raw) for group in _RAW.findall(text) for raw in re.split(r"[.,]", group)}
        words = frozenset(re.findall(r"[^\W\d_]+|[%€£$°]", text))
        values |= {1.0} if "once" in words else set()
        values |= {2.0} if words & {"twice", "both", "pair", "couple"} else set()
        values |= {12.0} if "dozen" in words else set()
        values |= {0.0} if words & {"no", "none", "zero", "never", "nobody"} else set()
        units = {UNITS[word] for word in words if word in UNITS} | {figure.unit for figure in stated if figure.unit}
        if values:
            owned = {value for figure in stated if figure.unit for value in figure.values}
            bare = values - owned
            counted = frozenset(each for figure in stated for each in _counted(figure))
            lasting = {
                value * _DAYS[figure.unit] for figure in stated if figure.unit in _DAYS for value in figure.values
            }
            spans = frozenset(lasting)
            found.append(
                _FactFigures(
                    frozenset(values),
                    frozenset(units),
                    frozenset(bare),
                    spans,
                    index.each[at],
                    counted,
                    _rates(stated, words),
                )
            )
    return tuple(found)
