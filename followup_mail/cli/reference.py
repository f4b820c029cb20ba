"""The reference of the commands, made from the commands themselves: ``python -m followup_mail.cli.reference``.

Only what the commands say of themselves is printed, nothing that typer adds, so that the page is the same for every
version of it.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from inspect import cleandoc
from typing import Any, Final

import typer.main

from followup_mail.cadence.step import Kind
from followup_mail.cadence.wording import say_list
from followup_mail.cli.commands.help_panels import STAGES
from followup_mail.cli.program import make_program

_PROGRAM: Final = "followup-mail"
_HEAD: Final = f"""\
# Commands

Made from the commands themselves by `python docs/refresh.py`; do not edit it by hand. `{_PROGRAM} COMMAND --help`
says the same for one command.

`APP` is the short name of an application, as `{_PROGRAM} list` shows it. `KIND` is the kind of a mail:
{say_list([f"`{kind}`" for kind in Kind], "or")}.
`PERSON` is a name, a part of one, or an address. `WHEN` is a moment to come, in
[these forms](scheduling.md#when-the-words-for-a-moment). `DAY` is a date like 2026-12-04, or `yesterday`, `today`,
`tomorrow`. `MOMENT` and `SPAN` are written as [in the facts file](facts-file.md#how-values-are-written). `RULE` is the
code or name of a [check rule](rules.md). `ID` is the number of an entry, as `{_PROGRAM} outbox list` shows it.
[...] stands around what may be left out.

Results go to standard output, everything else to standard error. In a pipe, or with `NO_COLOR` set, there is no
colour. [Exit codes](exit-codes.md) have a page of their own.
"""
# By the beginning of a type's name, which differs from version to version of typer: "int range", "integer range".
_PLACEHOLDERS: Final = {"pat": "PATH", "int": "NUMBER"}
# Options of typer's own, in words that do not change with its version.
_TYPERS_OWN: Final = {
    "--install-completion": "Set up completion of commands for the shell you are in.",
    "--show-completion": "Print what that would add to the shell's settings.",
}


def cli_page() -> str:
    """Return the reference page, in Markdown: every command by its stage on the road."""
    whole: Any = typer.main.get_command(make_program())
    parts = [_HEAD, _section(_PROGRAM, whole, "## The program")]
    for stage in STAGES:
        of_stage = [one for one in whole.commands.values() if one.rich_help_panel == stage]
        parts.append(f"## {stage}\n")
        parts += [_section(path, one, f"### {path}") for top in of_stage for path, one in _walk(top, _PROGRAM)]
    return "\n".join(parts)


def list_commands() -> dict[str, Any]:
    """Return every command by its full name, groups included."""
    whole: Any = typer.main.get_command(make_program())
    return {path: one for top in whole.commands.values() for path, one in _walk(top, _PROGRAM)}


def _walk(command: Any, above: str) -> Iterator[tuple[str, Any]]:
    """Yield a command with its full name, and what is below it."""
    path = f"{above} {command.name}"
    yield path, command
    for one in getattr(command, "commands", {}).values():
        yield from _walk(one, path)


def _section(path: str, command: Any, heading: str) -> str:
    """Return usage, help, examples, arguments and options of one command."""
    below = getattr(command, "commands", {})
    shown = [param for param in command.params if not getattr(param, "hidden", False)]
    ending = ["COMMAND ..."] if below else []
    usage = " ".join([path, *filter(None, map(shown_in_usage, shown)), *(["[OPTIONS]"] if has_options(shown) else [])])
    blocks = [heading, f"```text\n{' '.join([usage, *ending])}\n```", *split_help(command.help or "")]
    if below and path != _PROGRAM:
        rows = [(f"[{name}](#{_anchor(f'{path} {name}')})", _first_paragraph(one.help)) for name, one in below.items()]
        blocks.append(_table(("Command", "What it does"), rows))
    if shown:
        blocks.append(
            _table(("Option", "Meaning"), [(f"`{shown_name(param)}`", shown_meaning(param)) for param in shown])
        )
    return "\n\n".join(blocks) + "\n"


def has_options(params: list[Any]) -> bool:
    """Return whether something may be given that need not be."""
    return any(param.param_type_name == "option" and not param.required for param in params)


def shown_in_usage(param: Any) -> str:
    """Return how an argument, or an option that is required, stands in a line of usage; else nothing."""
    if param.param_type_name == "argument":
        return _argument(param)
    return shown_name(param) if param.required else ""


def shown_name(param: Any) -> str:
    """Return an argument, or an option with what follows it, as people type it."""
    if param.param_type_name == "argument":
        return _argument(param).strip("[].")
    names = ", ".join(param.opts)
    if param.is_flag or param.opts[0] in _TYPERS_OWN:
        return names
    return f"{names} {param.metavar or _PLACEHOLDERS.get(param.type.name[:3], 'TEXT')}"


def _argument(param: Any) -> str:
    name = (param.metavar or param.name.upper()).strip("[].")
    repeated = "..." if param.nargs == -1 else ""
    return f"{name}{repeated}" if param.required else f"[{name}]{repeated}"


def shown_meaning(param: Any) -> str:
    """Return what an argument or option means, in a sentence."""
    said = _TYPERS_OWN.get(param.opts[0], param.help or "")
    is_repeatable = getattr(param, "multiple", False) and "repeatable" not in said.lower()
    return f"{said} Repeatable." if is_repeatable else said


def split_help(text: str) -> Iterator[str]:
    """Yield the paragraphs of a help text; one that begins with a backspace keeps its lines: examples."""
    for paragraph in cleandoc(text).split("\n\n"):
        lines = paragraph.removeprefix("\b").strip("\n")
        kind = "sh" if lines.startswith(_PROGRAM) else "text"
        yield f"```{kind}\n{lines}\n```" if paragraph.startswith("\b") else paragraph


def _first_paragraph(text: str | None) -> str:
    return cleandoc(text or "").split("\n\n")[0]


def _table(heads: tuple[str, str], rows: Iterable[tuple[str, str]]) -> str:
    cells = [heads, ("---", "---"), *rows]
    return "\n".join(f"| {_cell(left)} | {_cell(right)} |" for left, right in cells)


def _cell(text: str) -> str:
    return " ".join(text.replace("|", "\\|").split())


def _anchor(heading: str) -> str:
    return heading.replace(" ", "-")


if __name__ == "__main__":
    sys.stdout.write(cli_page())
