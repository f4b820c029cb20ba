"""What ``--help`` says: fits the screen, names no types of the programming language, shows an example."""

from __future__ import annotations

from typing import Any

import pytest
import typer.main
from typer.testing import CliRunner

from followup_mail.cadence.step import Kind
from followup_mail.cli.program import make_program
from followup_mail.cli.reference import list_commands
from followup_mail.cli.terminal.folding import width_of

COMMANDS = {path: command for path, command in list_commands().items() if not getattr(command, "commands", {})}
GROUPS = [[], *([path.split()[1]] for path, command in list_commands().items() if getattr(command, "commands", {}))]


def _help(arguments: list[str]) -> str:
    done = CliRunner().invoke(
        make_program(), [*arguments, "--help"], env={"COLUMNS": "80", "TERMINAL_WIDTH": "80"}, prog_name="followup-mail"
    )
    assert done.exit_code == 0
    return done.output


@pytest.mark.parametrize("path", COMMANDS)
def test_help_of_a_command_fits_and_shows_an_example(path: str) -> None:
    """No line is wider than 80 columns, an example can be copied, and no placeholder is a type."""
    shown = _help(path.split()[1:])
    assert max(map(width_of, shown.split("\n"))) <= 80
    assert f"\n  {path}" in shown.partition("Usage:")[2].partition("\n")[2]
    assert not any(placeholder in shown for placeholder in ("<str>", "<path>", "<int", "TEXT_", "RANGE"))


@pytest.mark.parametrize("group", GROUPS, ids=str)
def test_lists_of_commands_are_whole_sentences(group: list[str]) -> None:
    """No line of a list of commands is cut off."""
    assert "...\n" not in _help(group).partition("[ARGS]...")[2]


def test_every_command_stands_below_a_stage() -> None:
    """A command that is registered without a stage would be missing from the help."""
    whole: Any = typer.main.get_command(make_program())
    shown = _help([])
    assert all(f"\n  {name}" in shown for name in whole.commands)


def test_the_kinds_of_a_saved_mail_are_named() -> None:
    """Whoever says what a file is finds the words for it in the help of ``check``, where it is asked for."""
    shown = " ".join(_help(["check"]).split())
    assert all(str(kind) in shown for kind in Kind)
