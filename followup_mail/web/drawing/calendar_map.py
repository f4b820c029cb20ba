"""A calendar as SVG: a column for each week, a square for each day, darker where more was done.

Words come from the page; colours come from its style by the classes ``level-0`` to ``level-3``. A day on which
something was done has its number in it, so that colour alone says nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from markupsafe import Markup

_STEP: Final = 19
_SIDE: Final = 16
_LEFT: Final = 34
_TOP: Final = 20


def draw_calendar(
    label: str,
    weeks: Sequence[Sequence[tuple[int, str]]],
    days: Sequence[str],
    months: Sequence[str],
) -> Markup:
    """Return a picture of ``weeks``: of each day the number, and the words that appear when it is pointed at.

    ``days`` names the seven rows (an empty name is left out), ``months`` each column that begins a month.
    """
    rows = Markup().join(
        Markup('<text class="day" x="0" y="{}">{}</text>').format(_TOP + _STEP * at + 12, name)
        for at, name in enumerate(days)
        if name
    )
    heads = Markup().join(
        Markup('<text class="month" x="{}" y="12">{}</text>').format(_LEFT + _STEP * at, name)
        for at, name in enumerate(months)
        if name
    )
    squares = Markup().join(
        _draw_day(_LEFT + _STEP * column, _TOP + _STEP * row, number, title)
        for column, week in enumerate(weeks)
        for row, (number, title) in enumerate(week)
    )
    width, height = _LEFT + _STEP * len(weeks), _TOP + _STEP * 7
    return Markup(
        '<svg class="calendar" role="img" aria-label="{}" width="{}" height="{}" viewBox="0 0 {} {}">{}{}{}</svg>'
    ).format(label, width, height, width, height, rows, heads, squares)


def level(number: int) -> int:
    """Return how dark a day is: 0, 1, 2 for two or three, 3 for more."""
    return 0 if number <= 0 else 1 if number == 1 else 2 if number <= 3 else 3


def _draw_day(x: int, y: int, number: int, title: str) -> Markup:
    words = Markup('<text class="on-{}" x="{}" y="{}">{}</text>').format(level(number), x + _SIDE // 2, y + 12, number)
    return Markup(
        '<g><title>{}</title><rect class="level-{}" x="{}" y="{}" width="{}" height="{}" rx="3"/>{}</g>'
    ).format(title, level(number), x, y, _SIDE, _SIDE, words if number else "")
