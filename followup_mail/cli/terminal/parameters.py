"""Read what was typed for an option or an argument by rules of our own, and show its name in the help as we write it.

From 0.29 on typer does both by itself in ways that we can't use: it reads every value with pydantic, which each command
would have to import (0.1 s, before anything is done), and it writes ``APP <str>`` where people type ``lumen-freight``.
So each parameter is given a ``process_value`` and a ``get_help_record`` of ours: the two methods that every version of
typer has from click, whose documentation names them. What they don't know is left to typer.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Annotated, Any, Final, TypeAlias, get_args, get_origin

import typer

from followup_mail.facts.unfit_values import quoted

Read: TypeAlias = Callable[[str], Any]
_PLAIN: Final[Mapping[Any, Read]] = {str: str, Path: Path}


def take_over(command: Any) -> None:
    """Have the parameters of a command, and of those below it, read and shown by the rules of this module."""
    command.get_params = _taken_over(command)
    for below in getattr(command, "commands", {}).values():
        take_over(below)


def _taken_over(command: Any) -> Callable[[Any], list[Any]]:
    """Return what lists a command's parameters: only then is there the ``--help`` that typer adds."""
    list_params = command.get_params

    def listed(ctx: Any) -> list[Any]:
        params: list[Any] = list_params(ctx)
        for param in params:
            if "process_value" not in vars(param):
                param.process_value = _processor(param, command.callback, param.process_value)
                param.get_help_record = _recorder(param, param.get_help_record)
        return params

    return listed


def _processor(param: Any, callback: Any, process: Callable[[Any, Any], Any]) -> Callable[[Any, Any], Any]:
    """Return how the value of a parameter becomes what the command gets."""
    is_list = param.nargs == -1 or getattr(param, "multiple", False)

    def processed(ctx: Any, value: Any) -> Any:
        if value is None or isinstance(value, bool):
            if param.required and value is None and not ctx.resilient_parsing:
                return process(ctx, value)  # which says that it is missing; on Tab nobody asks
            settled = () if value is None and is_list else value
            return param.callback(ctx, param, settled) if param.callback else settled
        read = find_reader(callback, param.name)
        if read is None or param.callback or (param.required and not value):
            return process(ctx, value)
        try:
            return tuple(map(read, value)) if is_list else read(value)
        except ValueError as error:
            raise typer.BadParameter(str(error), ctx=ctx, param=param) from None
        except typer.BadParameter as error:
            error.ctx, error.param = ctx, param
            raise

    return processed


def find_reader(callback: Any, name: str) -> Read | None:
    """Return what reads one value for a parameter of a function; None where its type is not one of ours.

    What it returns raises ``ValueError``, or ``typer.BadParameter``, with a sentence about the value.
    """
    known = inspect.signature(callback, eval_str=True).parameters if callback else {}
    if name not in known:
        return None
    kind, *notes = _unfold(known[name].annotation)
    info = next((note for note in notes if hasattr(note, "parser")), None)
    if info is not None and info.parser is not None:
        parser: Read = info.parser
        return parser
    if kind is int and info is not None:
        return lambda text: _read_number(text, info.min, info.max)
    return _PLAIN.get(kind)


def _unfold(annotation: Any) -> list[Any]:
    """Return the type of one value, and what ``Annotated`` notes on it: ``str`` for ``list[str] | None``."""
    if get_origin(annotation) is Annotated:
        inner, *notes = get_args(annotation)
        return [_unfold(inner)[0], *notes]
    parts = [part for part in get_args(annotation) if part is not type(None)]
    return _unfold(parts[0]) if len(parts) == 1 else [annotation]


_MOST_DIGITS: Final = 18
"""SQLite reads no number of 20."""


def _read_number(text: str, least: float | None, most: float | None) -> int:
    try:
        number = int(text)
    except ValueError:
        raise ValueError(f"{quoted(text)} is not a whole number.") from None
    if abs(number) >= 10**_MOST_DIGITS:
        raise ValueError(f"{quoted(text)} is far too large a number.")
    if (least is not None and number < least) or (most is not None and number > most):
        limits = [
            *([f"at least {least}"] if least is not None else []),
            *([f"at most {most}"] if most is not None else []),
        ]
        raise ValueError(f"{number} is not possible here; it has to be {' and '.join(limits)}.")
    return number


def _recorder(param: Any, record: Callable[[Any], Any]) -> Callable[[Any], Any]:
    """Return what a parameter's row of the help is made by."""

    def recorded(ctx: Any) -> Any:
        row = record(ctx)
        if row is None or param.param_type_name != "argument" or not param.metavar:
            return row
        return (param.metavar, *row[1:])

    return recorded
