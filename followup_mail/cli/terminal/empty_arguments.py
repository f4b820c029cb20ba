"""Refuse an empty value on the command line: it is a slip, most often a variable of a script that is not set.

No option and no argument of any command means something by an empty value. Taken as "left out", ``--at "$WHEN"`` would
send at another moment, and ``--home "$HOME_OF_ANNA"`` would work in another folder.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import typer

from followup_mail.errors import FollowupError


def refuse_blank(app: typer.Typer, arguments: Sequence[str]) -> None:
    """Raise ``FollowupError`` (exit code 2) that names the first option or argument without a value to be seen."""
    if not any(_is_blank(one.partition("=")[2] if one.startswith("--") else one) for one in arguments):
        return  # without having had to prepare every command
    for name, value in _read(typer.main.get_command(app), arguments):
        if _is_blank(value):
            raise FollowupError(
                f"{name} is empty; give it a value or leave it out.",
                fix="In a script, check whether the variable is set.",
            )


def _is_blank(text: str) -> bool:
    """Return whether nothing in a text can be seen: it is empty, or holds only spaces and invisible characters."""
    return not any(one.isprintable() and not one.isspace() for one in text)


def _read(command: Any, arguments: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Yield the name of each option that has a value and of each argument, with the value.

    By the rules that typer goes by: ``--name value``, ``--name=value``, and nothing but arguments after ``--``. What
    typer will refuse anyway is passed over.
    """
    words, names, only_arguments = iter(arguments), _argument_names(command), False
    for word in words:
        if word == "--" and not only_arguments:
            only_arguments = True
        elif word.startswith("-") and len(word) > 1 and not only_arguments:
            name, equals, value = word.partition("=")
            if name in _options_with_value(command):
                yield name, value if equals else next(words, name)
        elif word in getattr(command, "commands", {}):
            command = command.commands[word]
            names = _argument_names(command)
        else:
            yield next(names, "An argument"), word


def _argument_names(command: Any) -> Iterator[str]:
    shown = (one.metavar or one.name for one in command.params if one.param_type_name == "argument")
    return iter([*(name.strip("[].") for name in shown), *(["The command"] if hasattr(command, "commands") else [])])


def _options_with_value(command: Any) -> set[str]:
    options = (one for one in command.params if one.param_type_name == "option" and not one.is_flag)
    return {name for one in options for name in one.opts}
