"""Values of options and arguments are read by our own rules, the same with every version of typer."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import pytest
import typer
import typer.main

from followup_mail.cli.program import make_program
from followup_mail.cli.reference import list_commands
from followup_mail.cli.terminal.parameters import find_reader, take_over


def _program() -> typer.Typer:
    program = typer.Typer(rich_markup_mode=None, pretty_exceptions_enable=False, add_completion=False)

    @program.command()
    def show(
        name: Annotated[str, typer.Argument(metavar="NAME")],
        count: Annotated[int | None, typer.Option(min=1, max=9)] = None,
        every: Annotated[int, typer.Option(min=0)] = 5,
        file: Annotated[Path | None, typer.Option()] = None,
        *,
        to: Annotated[list[str] | None, typer.Option()] = None,
        loud: Annotated[bool | None, typer.Option()] = None,
    ) -> None:
        got.update(locals())

    return program


got: dict[str, Any] = {}


def _show(*arguments: str) -> dict[str, Any]:
    got.clear()
    command = typer.main.get_command(_program())
    take_over(command)
    command(args=list(arguments), standalone_mode=False)
    return {name: value for name, value in got.items() if name in {"name", "count", "every", "file", "to", "loud"}}


def test_each_kind_of_value_is_read() -> None:
    """A command gets the texts, numbers, paths and lists that were typed, and its own defaults for the rest."""
    left_out = {"name": "x", "count": None, "every": 5, "file": None, "to": None, "loud": None}
    assert _show("x") == left_out
    typed = _show("", "--count", "9", "--every=0", "--file", "a b", "--to", "p", "--to", "q", "--no-loud")
    assert typed == {"name": "", "count": 9, "every": 0, "file": Path("a b"), "to": ["p", "q"], "loud": False}


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["x", "--count", "10"], "10 is not possible here; it has to be at least 1 and at most 9."),
        (["x", "--every", "-1"], "-1 is not possible here; it has to be at least 0."),
        (["x", "--count", "1.5"], "'1.5' is not a whole number."),
        ([], "Missing argument 'NAME'."),
    ],
)
def test_what_cannot_be_read_is_refused_in_a_sentence(arguments: list[str], said: str) -> None:
    """A wrong number and a missing argument are named, with what would do."""
    with pytest.raises(typer.TyperException) as refused:
        _show(*arguments)
    assert said in refused.value.format_message()


def test_every_value_of_every_command_is_read_by_us() -> None:
    """No option and no argument of any command is left to typer, which would import pydantic to read it."""
    commands = {**list_commands(), "followup-mail": typer.main.get_command(make_program())}
    left = [
        (path, param.name)
        for path, command in commands.items()
        for param in command.params
        if not getattr(param, "is_flag", False) and find_reader(command.callback, param.name) is None
    ]
    assert left == []
