"""The table of commands says what the modules register, and a command is found with nothing but its own module."""

from __future__ import annotations

from typing import Any

import pytest
import typer.main

from followup_mail.cli.commands.families import FAMILIES
from followup_mail.cli.program import _narrow, make_program

WORDS = [word for words in FAMILIES.values() for word in words]


def _words(program: typer.Typer) -> list[str]:
    made: Any = typer.main.get_command(program)
    return list(made.commands)


@pytest.mark.parametrize("family", FAMILIES)
def test_the_table_says_what_a_module_registers(family: str) -> None:
    """Neither a command too few, which would not be found, nor one too many."""
    assert sorted(_words(make_program((family,)))) == sorted(FAMILIES[family])


def test_no_word_stands_twice() -> None:
    """The module of a command is one."""
    assert len(WORDS) == len(set(WORDS))
    assert sorted(_words(make_program())) == sorted(WORDS)


@pytest.mark.parametrize("before", [[], ["--home", "x"], ["--home=x", "--env-file", "y"], ["--candidate", "help"]])
@pytest.mark.parametrize("word", [word for word in WORDS if word != "help"])
def test_a_command_is_made_alone(word: str, before: list[str]) -> None:
    """Also behind the options that say where to work, only the named command is made."""
    assert _words(_narrow([*before, word, "--json"])) == [word]


@pytest.mark.parametrize(
    "arguments",
    [[], ["help", "queue"], ["nonsense"], ["allow_file"], ["--", "today"], ["--home"], ["--home", "x"], ["-V", "run"]],
    ids=" ".join,
)
def test_any_other_line_gets_the_whole_program(arguments: list[str]) -> None:
    """What may be a mistake, or a wish for help, is answered by one that knows every command."""
    assert _words(_narrow(arguments)) == _words(make_program())
