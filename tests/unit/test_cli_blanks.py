"""An empty value is refused before anything is done, whichever option or argument it stands for."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import typer

from followup_mail.cli import app as whole
from followup_mail.cli.program import make_program


def _walk(command: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Any]]:
    for one in command.params:
        yield path, one
    for name, below in getattr(command, "commands", {}).items():
        yield from _walk(below, (*path, name))


ALL = list(_walk(typer.main.get_command(make_program())))
OPTIONS = [(path, o.opts[0]) for path, o in ALL if o.param_type_name == "option" and not o.is_flag]
ARGUMENTS = [(path, o.metavar.strip("[].")) for path, o in ALL if o.param_type_name == "argument"]


@pytest.fixture(autouse=True)
def nobody_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder to work in, and a home that is not there."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("FOLLOWUP_HOME", str(tmp_path / "home"))
    return tmp_path


@pytest.mark.parametrize(("path", "option"), OPTIONS)
def test_an_empty_option_is_refused(
    path: tuple[str, ...], option: str, capsys: pytest.CaptureFixture[str], nobody_home: Path
) -> None:
    """Every option of every command, in both ways of writing it, is named, with exit code 2; nothing is done."""
    for words in ([option, ""], [f"{option}="]):
        assert whole.run([*path, *words]) == 2
        assert f"{option} is empty; give it a value or leave it out." in capsys.readouterr().err
    assert not list(nobody_home.iterdir())


@pytest.mark.parametrize("empty", [" \t", "\n", "\u00a0", "\u200b", "\ufeff"])
def test_what_cannot_be_seen_is_empty(empty: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Spaces, line ends and characters without a width are no value either."""
    assert whole.run(["preview", "lumen", "thank_you", "--to", empty]) == 2
    assert "--to is empty" in capsys.readouterr().err


@pytest.mark.parametrize(("path", "name"), ARGUMENTS)
def test_an_empty_argument_is_refused(
    path: tuple[str, ...], name: str, capsys: pytest.CaptureFixture[str], nobody_home: Path
) -> None:
    """Every argument of every command is named as the help names it, wherever it stands and whatever else is there."""
    place = [one for where, one in ARGUMENTS if where == path].index(name)
    for words in (["x"] * place, ["--json", *["x"] * place], ["--", *["x"] * place]):
        assert whole.run([*path, *words, ""]) == 2
        assert f"{name} is empty;" in capsys.readouterr().err
    assert not list(nobody_home.iterdir())


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--home", "", "today"], "--home is empty"),
        (["--home=", "list"], "--home is empty"),
        ([""], "The command is empty"),
        (["outbox", ""], "The command is empty"),
        (["plan", "lumen", "--compare", ""], "An argument is empty"),
        (["log", "lumen", "call", "--at", "--nobody", "--said", ""], "--said is empty"),
    ],
)
def test_the_place_is_named(words: list[str], said: str, capsys: pytest.CaptureFixture[str]) -> None:
    """What is said names the place that is empty, not its neighbour."""
    assert whole.run(words) == 2
    assert said in capsys.readouterr().err


def test_a_value_that_looks_like_an_empty_option_is_a_value(capsys: pytest.CaptureFixture[str]) -> None:
    """A text that ends with an equals sign is somebody's text."""
    whole.run(["log", "lumen", "call", "--said", "--at="])
    assert "is empty" not in capsys.readouterr().err
