"""Which reading of an option is meant is asked on a terminal, and stands in the command in its place."""

from __future__ import annotations

import io
import sys

import pytest

from followup_mail.cli.terminal import screen
from followup_mail.cli.views.which_reading import settle_reading
from followup_mail.errors import FactsError, WhenError

TWO_HOURS = WhenError("x", said="2", readings=[("2 hours", "2 h"), ("2 minutes", "2 min")])


def _settled(
    monkeypatch: pytest.MonkeyPatch, error: Exception, arguments: list[str], typed: str = "1\n"
) -> list[str] | None:
    monkeypatch.setattr(screen, "is_interactive", lambda: True)
    monkeypatch.setattr(sys, "stdin", io.StringIO(typed))
    return settle_reading(error, arguments)


@pytest.mark.parametrize(
    ("arguments", "settled"),
    [
        (["--company", "Area 2", "--duration", "2"], ["--company", "Area 2", "--duration", "2 h"]),
        (["--company", "2nd Street", "--duration=2"], ["--company", "2nd Street", "--duration=2 h"]),
        (["--slug", "2", "--duration", "2"], None),
    ],
)
def test_only_what_was_ambiguous_is_replaced(
    monkeypatch: pytest.MonkeyPatch, arguments: list[str], settled: list[str] | None
) -> None:
    """Another argument in which the same letters stand stays; where two say the same, nothing is guessed."""
    assert _settled(monkeypatch, TWO_HOURS, arguments) == settled


def test_a_place_behind_a_moment_is_replaced_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """The day and the time stay as they were typed."""
    error = WhenError("x", said="portland", readings=[("Portland, Oregon", "Portland, Oregon"), ("b", "b")])
    assert _settled(monkeypatch, error, ["--at", "Tomorrow 9:00 Portland"]) == [
        "--at",
        "tomorrow 9:00 Portland, Oregon",
    ]


@pytest.mark.parametrize("typed", ["\n", "3\n\n", "two\n\n"])
def test_no_choice_leaves_the_error(monkeypatch: pytest.MonkeyPatch, typed: str) -> None:
    """Enter, or a number that is not there, ends with the sentence that names both."""
    assert _settled(monkeypatch, TWO_HOURS, ["--duration", "2"], typed) is None


def test_other_errors_are_not_asked_about(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without readings there is nothing to choose."""
    assert _settled(monkeypatch, WhenError("x"), ["--at", "x"]) is None
    assert _settled(monkeypatch, FactsError("x"), ["--at", "x"]) is None
