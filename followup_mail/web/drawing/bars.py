"""Bars below their names, as SVG that is as wide as its place: shares of the width, heights in letters.

Words and numbers come from the page; colours come from its style by the classes ``bar``, ``open`` and ``track``.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from markupsafe import Markup

_ROW: Final = 2.9
"""The height of a bar with its name, in heights of a letter."""


def draw_bars(label: str, bars: Sequence[tuple[str, int, str, str]], wholes: Sequence[int] = ()) -> Markup:
    """Return a picture of ``bars``: of each its name, its length, what is written at its end, and its class.

    ``wholes`` says of how much each bar is a part; without it, the ground of each is as long as the longest bar.
    ``label`` is what a screen reader says in place of the picture.
    """
    most = max((*wholes, *(length for _, length, _, _ in bars)), default=0)
    grounds = wholes or [most] * len(bars)
    drawn = Markup().join(
        _draw_bar(_ROW * at, bar, _share(bar[1], most), _share(ground, most))
        for at, (bar, ground) in enumerate(zip(bars, grounds, strict=True))
    )
    return Markup('<svg class="bars" role="img" aria-label="{}" width="100%" height="{}em">{}</svg>').format(
        label, _em(_ROW * len(bars)), drawn
    )


def _draw_bar(top: float, bar: tuple[str, int, str, str], width: str, ground: str) -> Markup:
    name, _, value, look = bar
    return Markup(
        '<text x="0" y="{}em">{}</text><text class="value" x="100%" y="{}em" text-anchor="end">{}</text>'
        '<rect class="track" x="0" y="{}em" width="{}" height="0.8em" rx="3"/>'
        '<rect class="{}" x="0" y="{}em" width="{}" height="0.8em" rx="3"/>'
    ).format(
        *(_em(top + 1.05), name, _em(top + 1.05), value, _em(top + 1.5), ground, look or "bar", _em(top + 1.5), width)
    )


def _share(length: int, most: int) -> str:
    return f"{round(100 * length / most, 2):g}%" if most else "0%"


def _em(height: float) -> str:
    return f"{round(height, 2):g}"
