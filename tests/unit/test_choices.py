"""A number of a list, typed on a terminal."""

from __future__ import annotations

import io
import sys

import pytest

from followup_mail.cli.terminal.choices import pick, read_choice, read_words


@pytest.mark.parametrize(
    ("typed", "chosen"),
    [
        ("1", 0),
        (" 3.) ", 2),
        ("02", 1),
        ("0", None),
        ("4", None),
        ("", None),
        ("-1", None),
        ("two", None),
        ("\u0662", None),
        ("00019", None),
        ("00002", 1),
        ("1" * 5000, None),
    ],
)
def test_only_a_number_of_the_list_chooses(typed: str, chosen: int | None) -> None:
    """Whatever else is typed, however long, chooses nothing."""
    assert read_choice(typed, 3) == chosen


def test_options_are_shown_with_their_numbers(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The numbers that can be typed stand before the options."""
    monkeypatch.setattr(sys, "stdin", io.StringIO("2\n"))
    assert pick(iter(["tea", "coffee"]), "Which? ") == 1
    assert capsys.readouterr().err == "  1  tea\n  2  coffee\nWhich? "


def test_what_is_no_number_of_the_list_is_said(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """It is asked again, and Enter alone chooses nothing."""
    monkeypatch.setattr(sys, "stdin", io.StringIO("00019\n2\n\n"))
    assert pick(["tea", "coffee"], "Which? ") == 1
    assert "Type a number from 1 to 2, or Enter alone." in capsys.readouterr().err
    assert pick(["tea", "coffee"], "Which? ") is None


@pytest.mark.parametrize(
    ("typed", "chosen"),
    [("Denver", 0), ("phoenix", 1), ("Denver, Colorado", 0), ("colorado", None), ("2", None), ("boston", None)],
)
def test_the_words_on_offer_choose(typed: str, chosen: int | None) -> None:
    """An option is taken by words that it alone has; what two have chooses nothing."""
    assert read_words(typed, ["Denver, Colorado", "Phoenix or colorado"]) == chosen


def test_a_word_on_offer_is_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    """Who is offered "5 November" and "11 May" may type the month."""
    monkeypatch.setattr(sys, "stdin", io.StringIO("november\n"))
    assert pick(["Tuesday 11 May 2027", "Thursday 5 November 2026"], "Which? ") == 1
