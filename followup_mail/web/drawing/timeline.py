"""The timeline of an application as a picture: where each thing stands, as numbers; the template writes the SVG.

A line for each person, and one above them for the employer. A mark and its name stand where their day is, one row lower
where they would cover another. Below is room for the words about one mark, which show when it is pointed at.
"""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from followup_mail.cadence.wording import say_day
from followup_mail.services.overview.timeline import Mark, Timeline
from followup_mail.web.drawing.time_axis import Axis, Column, make_axis

_LEFT: Final = 12.0
_TOP: Final = 46.0
"""Below the names of the days and the word for today."""
_NAME: Final = 18.0
"""How high the name of a line is."""
_ROW: Final = 26.0
_MARK: Final = 24.0
"""How wide a mark is, so that a finger finds it."""
_LETTER: Final = 7.6
"""How wide a letter is at most, on average."""
_LONGEST: Final = 32
WORDS_WIDTH: Final = 300.0
_WORDS_LETTERS: Final = 40
_WORDS_LINES: Final = 7
_WORDS_LINE: Final = 18.0
_MONDAY: Final = 0
_UNDATED: Final = 150.0
"""How wide the place is for what cannot be dated."""


class Placed(Struct, frozen=True):
    """A mark in the picture."""

    mark: Mark
    x: float
    """The middle of its sign."""
    y: float
    label: str
    """Its name, shortened where it is long."""
    words: tuple[str, ...]
    """What is said about it, in lines."""
    words_x: float
    width: float
    """Of the sign and its name."""


class Line(Struct, frozen=True):
    """The line of a person; of the employer where ``name`` is empty."""

    name: str
    y: float
    height: float


class Closed(Struct, frozen=True):
    """A day on which nobody works, and why."""

    x: float
    width: float
    day: date
    why: str


class Picture(Struct, frozen=True):
    """Everything that is drawn; nothing lies outside ``width`` and ``height``."""

    width: float
    height: float
    closed: tuple[Closed, ...]
    named_days: tuple[tuple[float, date, str], ...]
    """Where the name of a day stands, the day, and its name."""
    left_out: tuple[Column, ...]
    lines: tuple[Line, ...]
    marks: tuple[Placed, ...]
    today: float
    undated: float | None
    """Where the place begins for what cannot be dated; None where everything can."""
    floor: float
    """Where the lines end and the room for words begins."""


def draw_timeline(timeline: Timeline, say: Callable[[Mark], str]) -> Picture:
    """Return the picture. ``say`` writes what is said about a mark, with its day in the reader's form."""
    days = [mark.day for mark in timeline.marks if mark.day]
    axis = make_axis((*days, timeline.now.date()), _LEFT)
    has_undated = any(mark.day is None for mark in timeline.marks)
    lines, marks = _place_marks(timeline.marks, axis, say)
    edge = max([axis.end + (_UNDATED if has_undated else 0.0), *(placed.x + placed.width for placed in marks)])
    width = max(edge + _LEFT, WORDS_WIDTH + 2 * _LEFT)
    floor = max((line.y + line.height for line in lines), default=_TOP)
    most = max((len(placed.words) for placed in marks), default=1)
    return Picture(
        width=width,
        height=floor + (most + 1) * _WORDS_LINE,
        closed=tuple(_list_closed(timeline, axis)),
        named_days=tuple(_name_days(axis, timeline.now.date())),
        left_out=tuple(column for column in axis.columns if column.day is None),
        lines=tuple(lines),
        marks=tuple(_keep_words_inside(marks, width)),
        today=axis.find(timeline.now.date(), (timeline.now.hour * 60 + timeline.now.minute) / 1440),
        undated=axis.end if has_undated else None,
        floor=floor,
    )


def _place_marks(marks: Sequence[Mark], axis: Axis, say: Callable[[Mark], str]) -> tuple[list[Line], list[Placed]]:
    """Put each mark on the line of its person, in the first row where it covers no other."""
    lines: list[Line] = []
    placed: list[Placed] = []
    y = _TOP
    for name in _name_lines(marks):
        rows: list[float] = []
        for mark in (mark for mark in marks if mark.person == name):
            x = axis.end + _MARK if mark.day is None else axis.find(mark.day, mark.part)
            found = _place(mark, x, say)
            row = next((number for number, end in enumerate(rows) if end <= x - _MARK / 2), len(rows))
            rows[row : row + 1] = [x + found.width]
            placed.append(replace(found, y=y + _NAME + row * _ROW + _ROW / 2))
        height = _NAME + len(rows) * _ROW + 4
        lines.append(Line(name, y, height))
        y += height
    return lines, placed


def _place(mark: Mark, x: float, say: Callable[[Mark], str]) -> Placed:
    """Return a mark at its day; on which row, and where its words stand, is found later."""
    label = textwrap.shorten(mark.label, _LONGEST, placeholder="...")
    words = textwrap.wrap(say(mark), _WORDS_LETTERS, max_lines=_WORDS_LINES, placeholder=" ...")
    width = _MARK / 2 + 4 + len(label) * _LETTER + 6
    return Placed(mark, x, 0.0, label, tuple(words), 0.0, width)


def _name_lines(marks: Iterable[Mark]) -> tuple[str, ...]:
    """Return the names of the lines: the employer's first, then everybody in the order of their first mark."""
    return tuple(dict.fromkeys(("", *(mark.person for mark in marks))))


def _keep_words_inside(marks: Iterable[Placed], width: float) -> Iterator[Placed]:
    for placed in marks:
        x = min(max(placed.x - _MARK, _LEFT), width - WORDS_WIDTH - _LEFT)
        yield replace(placed, words_x=x)


def _list_closed(timeline: Timeline, axis: Axis) -> Iterator[Closed]:
    for column in axis.columns:
        if column.day and (why := timeline.why_closed(column.day)):
            yield Closed(column.x, column.width, column.day, why)


def _name_days(axis: Axis, today: date) -> Iterator[tuple[float, date, str]]:
    """Yield each Monday, and the first day after a stretch that was left out where no Monday is near."""
    free = 0.0
    begins = True
    for column in axis.columns:
        if column.day and (begins or column.day.weekday() == _MONDAY) and column.x >= free:
            name = say_day(column.day, today.year).partition(" ")[2]
            yield column.x, column.day, name
            free = column.x + len(name) * _LETTER + 8
        begins = column.day is None
