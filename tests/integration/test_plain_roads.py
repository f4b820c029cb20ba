"""A command that is run without typer does the same as with it: the same call, the same end, the same words."""

from __future__ import annotations

import importlib
from pathlib import Path
from typing import Any

import pytest
import typer

from followup_mail.cli import app
from followup_mail.cli.plain_roads import _ROADS, find_road
from followup_mail.errors import RefusedError
from followup_mail.workspace import Workspace

VIEWS = (
    "show_entries.list_and_show",
    "run_view.run_and_show",
    "service_run.run_unseen",
    "show_today.show_today",
    "show_applications.list_and_show",
    "show_plan.show_plan",
    "show_facts.show_application",
)
ENDS = (
    None,
    RefusedError("It is refused.", fix="Leave it."),
    KeyboardInterrupt(),
    EOFError(),
    BrokenPipeError(32, "Broken pipe"),
    OSError(28, "No space left on device"),
    RuntimeError("a mistake"),
    typer.Exit(7),
    typer.Abort(),
    typer.BadParameter("It is wrong."),
)


@pytest.fixture
def called(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """What the views of these commands are called with, in place of doing it; the last one may be what they raise."""
    monkeypatch.setenv("FOLLOWUP_HOME", str(tmp_path))
    monkeypatch.delenv("_FOLLOWUP_MAIL_COMPLETE", raising=False)
    calls: list[Any] = []

    def plain(value: Any) -> Any:
        return (value.home, value.command) if isinstance(value, Workspace) else value

    def record(name: str) -> Any:
        def view(*given: Any, **named: Any) -> None:
            end = calls.pop() if calls and isinstance(calls[-1], BaseException) else None
            calls.append((name, [plain(one() if callable(one) else one) for one in given], named))
            if end is not None:
                raise end

        return view

    for name in VIEWS:
        module, _, function = name.partition(".")
        monkeypatch.setattr(importlib.import_module(f"followup_mail.cli.views.{module}"), function, record(name))
    return calls


@pytest.mark.parametrize("home", [(), ("--home", "elsewhere"), ("--home", "~")], ids=" ".join)
@pytest.mark.parametrize("words", [*_ROADS, ("plan", "acme-2"), ("show", "acme-2"), ("show", "0x")], ids=" ".join)
def test_typer_would_call_the_same(
    words: tuple[str, ...], home: tuple[str, ...], called: list[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The view gets the same values, in the same home folder, for the same step of the journal."""
    assert find_road([*home, *words]) is not None
    assert app.run([*home, *words]) == 0
    monkeypatch.setattr(app, "find_road", lambda _: None)
    assert app.run([*home, *words]) == 0
    assert len(called) == 2
    assert called[0] == called[1]


@pytest.mark.parametrize("end", ENDS, ids=repr)
def test_it_ends_as_with_typer(
    end: BaseException | None, called: list[Any], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Whatever goes wrong, the exit code and what is printed are the same on both roads."""
    monkeypatch.setattr(app, "give_up_unwritable", lambda: None)
    ended = []
    for find in (find_road, lambda _: None):
        monkeypatch.setattr(app, "find_road", find)
        called[:] = [end] if end else []
        ended.append((app.run(["outbox", "list"]), capsys.readouterr()))
    if isinstance(end, typer.BadParameter):  # it names the command, which typer alone knows
        assert ended[0][0] == ended[1][0] == 2
    else:
        assert ended[0] == ended[1]


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["outbox"],
        ["outbox", "list", "acme"],
        ["outbox", "list", "--json"],
        ["list", ""],
        ["plan"],
        ["plan", "Acme"],
        ["plan", "-a"],
        ["plan", ""],
        ["plan", "acme", "beta"],
        ["plan", "acme", "--json"],
        ["show", "acme/../beta"],
        ["show", "acme\n"],
        ["preview", "acme"],
        ["run", "--watch"],
        ["--home"],
        ["--home", "", "run"],
        ["--home", " \t", "run"],
        ["--home", "\u200b", "run"],
        ["--home", "x"],
        ["--home=x", "run"],
        ["--home", "x", "--home", "y", "run"],
        ["--candidate", "anna", "run"],
        ["--", "run"],
        ["today", "--"],
        ["TODAY"],
    ],
    ids=repr,
)
def test_any_other_line_is_left_to_typer(arguments: list[str]) -> None:
    """One more word, an option, an empty value: typer reads it."""
    assert find_road(arguments) is None


def test_a_line_to_be_completed_is_left_to_typer(monkeypatch: pytest.MonkeyPatch) -> None:
    """Somebody has pressed Tab; nothing is run."""
    monkeypatch.setenv("_FOLLOWUP_MAIL_COMPLETE", "complete_bash")
    assert find_road(["run"]) is None
