"""What is printed fits the screen, whatever stands in it."""

from __future__ import annotations

import io
import json
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from followup_mail.cli.terminal import screen
from followup_mail.cli.terminal.folding import fold, width_of


class Terminal(io.StringIO):
    """A stream that says it is a screen."""

    encoding = "utf-8"

    def isatty(self) -> bool:
        return True


def test_a_long_line_hangs_below_its_own_indentation() -> None:
    """What is broken off a line keeps the indentation of the line."""
    assert fold("  one two three", 9) == "  one two\n  three"


def test_a_hang_of_its_own() -> None:
    """What is broken off can stand further in, so that the next item is seen."""
    assert fold("#1  one two three", 11, "    ") == "#1  one two\n    three"


def test_a_word_is_never_broken() -> None:
    """A path longer than the screen stays in one piece."""
    assert fold("in /a/very/long/path there", 10) == "in\n/a/very/long/path\nthere"


def test_styles_take_no_room() -> None:
    """A styled line that fits is left alone."""
    assert fold("\x1b[33mabc def\x1b[0m", 7) == "\x1b[33mabc def\x1b[0m"


def test_wide_characters_take_two_columns() -> None:
    """A name in Chinese characters is measured as a screen shows it; a combining accent takes no room."""
    assert width_of("\u738b\u5c0f\u660e") == 6
    assert width_of("e\u0301") == 1


@given(st.text(st.characters(exclude_categories=["Cc", "Cs"]), max_size=120), st.integers(10, 60))
def test_nothing_is_lost_and_everything_fits(text: str, width: int) -> None:
    """Folding changes spaces and line ends only, and no line is too long but for one word alone."""
    folded = fold(text, width)
    assert "".join(folded.split()) == "".join(text.split())
    assert all(width_of(line) <= width or len(line.split(" ")) == 1 for line in folded.lstrip(" ").split("\n"))


@given(st.text(st.characters(exclude_categories=["Cc", "Cs"]), max_size=300), st.integers(10, 60))
def test_a_word_of_others_is_broken(text: str, width: int) -> None:
    """Where words may be broken every line fits, whatever blanks hold it together, and below a margin."""
    folded = fold(f"1 note: {text}", width, "    ", breaks_words=True)
    first, *others = folded.split("\n")
    assert all(width_of(line) <= width for line in (first, *others))
    assert all(line.startswith("    ") for line in others)


def test_blanks_that_hold_a_line_together_are_spaces() -> None:
    """A line of no-break spaces, Braille blanks and tabs is folded as one of spaces; a style in it stays whole."""
    assert fold("a\u00a0b\u2800c\td", 5, "  ", breaks_words=True) == "a b c\n  d"
    assert fold("\x1b[31mabcdef\x1b[0m", 4, breaks_words=True) == "\x1b[31mabcd\nef\x1b[0m"
    assert fold(f"{' ' * 40}abc def", 10, breaks_words=True).split("\n") == ["     abc", "     def"]


def test_signs_that_terminals_measure_differently_are_wide() -> None:
    """A heart shown as a picture and half a flag count as wide as any terminal has them: no line runs over."""
    assert width_of("\u2764\ufe0f") == 2
    assert width_of("\U0001f1e9") == 2


def test_rows_are_counted_and_not_lines(monkeypatch: pytest.MonkeyPatch) -> None:
    """A line longer than the screen takes as many rows as it fills; what goes to no screen takes none."""
    monkeypatch.setenv("COLUMNS", "40")
    kept = [(Terminal(), "a" * 81 + "\nb\n\n"), (io.StringIO(), "c\n")]
    assert screen.count_lines(kept) == 5


def test_text_from_outside_cannot_drive_the_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    """What drives a terminal or turns the order of writing is shown as U+FFFD, even beside a style of ours."""
    shown = Terminal()
    monkeypatch.setattr(sys, "stdout", shown)
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.delenv("NO_COLOR", raising=False)
    screen.out(screen.bad("a\x1b]0;owned\x07b\x1b[2J\u202ec\u200f"))
    assert shown.getvalue() == "\x1b[31ma\ufffd]0;owned\ufffdb\ufffd[2J\ufffdc\ufffd\x1b[0m\n"


def test_json_holds_no_control_character_but_the_same_text(monkeypatch: pytest.MonkeyPatch) -> None:
    """``--json`` writes what could drive a terminal as an escape, which reads back as the same character."""
    shown = Terminal()
    monkeypatch.setattr(sys, "stdout", shown)
    screen.emit_json({"a": "\x9b31m\u202e\x1b \u00e9"})
    assert "\x9b" not in shown.getvalue()
    assert "\u202e" not in shown.getvalue()
    assert "\u00e9" in shown.getvalue()
    assert json.loads(shown.getvalue()) == {"a": "\x9b31m\u202e\x1b \u00e9"}


def test_a_table_on_a_narrow_screen_keeps_names_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    """The first column, by which a row is named, is not broken inside a name; other cells fold."""
    shown = Terminal()
    monkeypatch.setattr(sys, "stdout", shown)
    monkeypatch.setenv("COLUMNS", "40")
    monkeypatch.setenv("NO_COLOR", "1")
    screen.table(("Method", "Says"), [("polite-persistence", "one two three four five six seven eight")])
    assert "polite-persistence" in shown.getvalue()
    assert "\x1b" not in shown.getvalue()
    assert max(map(width_of, shown.getvalue().split("\n"))) <= 40


@pytest.mark.parametrize("width", [60, 72, 80, 97])
def test_a_folded_table_loses_nothing(monkeypatch: pytest.MonkeyPatch, width: int) -> None:
    """Every letter of every cell is on the screen, however narrow: a day without its number is another day."""
    shown = Terminal()
    monkeypatch.setattr(sys, "stdout", shown)
    monkeypatch.setenv("COLUMNS", str(width))
    monkeypatch.setenv("NO_COLOR", "1")
    names = ("Application", "Company", "Outcome", "Last contact", "Next step")
    rows = [
        ("sable-finch-analytics", "Sable Finch Ltd", "waiting", "Thank-you, Thu 19 Nov", "Note, Thu 03 Dec (due)"),
        ("mesa", "Mesa", "waiting", "none", "Status inquiry, Tue 08 Dec (due)"),
    ]
    screen.table(names, rows)
    written = "".join(cell for row in (names, *rows) for cell in row)
    assert sorted("".join(shown.getvalue().split())) == sorted("".join(written.split()))
