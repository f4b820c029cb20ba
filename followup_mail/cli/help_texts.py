"""Make the texts of ``kept_help``: what ``--help`` of every command prints, as typer prints it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import typer.main

from followup_mail.cli.kept_help import WIDTH, heading
from followup_mail.cli.program import make_program

_MARGIN = 2
"""Columns that typer leaves free at the right."""


def help_texts() -> str:
    """Return the text of all help pages, each below its heading, after a line with typer's version."""
    whole: Any = typer.main.get_command(make_program())
    return f"typer {typer.__version__}\n" + "".join(f"{heading(path)}{text}\n" for path, text in _walk(whole, "", None))


def _walk(command: Any, path: str, above: Any) -> Iterator[tuple[str, str]]:
    name = path.rpartition(" ")[2] if above else "followup-mail"
    settings = {**command.context_settings, "terminal_width": WIDTH - _MARGIN}
    context = command.context_class(command, parent=above, info_name=name, **settings)
    with context.scope(cleanup=False):
        yield path, context.get_help()
    for name, one in getattr(command, "commands", {}).items():
        yield from _walk(one, f"{path} {name}".strip(), context)
