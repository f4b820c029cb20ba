"""Rows set in columns: by hand where they fit, which is quick, and by rich where cells have to be folded."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from followup_mail.cli.terminal.folding import width_of
from followup_mail.regex import regex

_BETWEEN: Final = "  "
# Below it, each printable character takes one column: about wide ones and marks rich knows more than we do.
_FIRST_MARK: Final = "\u0300"
_STYLED: Final = regex(r"\x1b\[(?:1|2|3[1-3])m([^\x1b]+)\x1b\[0m")
_NAME_WIDTH: Final = 30
_BOLD: Final = "\x1b[1m{}\x1b[0m"


def set_in_columns(names: Sequence[str], rows: Sequence[Sequence[str]], width: int, *, colour: bool) -> list[str]:
    """Return the lines of a table: its rows under headings, at most ``width`` columns wide."""
    widths = _widths(names, rows)
    if _width_of_all(names, rows) > width or not all(_is_plain(cell, colour) for row in (names, *rows) for cell in row):
        return _fold_in_columns(names, rows, width, colour=colour)
    headings = [_BOLD.format(name) if colour and name else name for name in names]
    return [_set_row(row, widths) for row in (headings, *rows)]


def _widths(names: Sequence[str], rows: Sequence[Sequence[str]]) -> list[int]:
    return [max(map(width_of, column)) for column in zip(names, *rows, strict=True)]


def _width_of_all(names: Sequence[str], rows: Sequence[Sequence[str]]) -> int:
    widths = _widths(names, rows)
    return sum(widths) + len(_BETWEEN) * (len(widths) - 1)


def _set_row(row: Sequence[str], widths: Sequence[int]) -> str:
    cells = (cell + " " * (width - width_of(cell)) for cell, width in zip(row, widths, strict=True))
    return _BETWEEN.join(cells).rstrip()


def _is_plain(cell: str, colour: bool) -> bool:
    styled = _STYLED.fullmatch(cell) if colour else None
    text = styled[1] if styled else cell
    return text.isprintable() and text == text.strip() and all(character < _FIRST_MARK for character in text)


def _fold_in_columns(names: Sequence[str], rows: Sequence[Sequence[str]], width: int, *, colour: bool) -> list[str]:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    fits = _width_of_all(names, rows) <= width
    grid = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="bold" if colour else "")
    for number, name in enumerate(names):
        # A row is named by its first cell; a name that is broken cannot be typed.
        longest = max((len(row[number]) for row in rows), default=0)
        # Not ``min_width``: rich folds the other columns as if it were not there, and cuts off what does not fit then.
        whole = min(max(longest, width_of(name)), _NAME_WIDTH) if number == 0 and not fits else None
        grid.add_column(name, overflow="fold", width=whole)
    for row in rows:
        grid.add_row(*map(Text.from_ansi, row))
    console = Console(width=width, highlight=False, markup=False, no_color=not colour, record=False)
    with console.capture() as capture:
        console.print(grid)
    return [line.rstrip() for line in capture.get().split("\n")[:-1]]
