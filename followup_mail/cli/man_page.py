"""The man page, made from the commands like the reference: ``man/followup-mail.1``, written by ``docs/refresh.py``.

In the macros of man(7) alone, which groff and mandoc both know.
"""

from __future__ import annotations

from collections.abc import Iterator
from textwrap import wrap
from typing import Any, Final

import typer.main

from followup_mail import __version__
from followup_mail.cli.commands.help_command import name_topics
from followup_mail.cli.commands.help_panels import STAGES
from followup_mail.cli.program import make_program
from followup_mail.cli.reference import (
    has_options,
    list_commands,
    shown_in_usage,
    shown_meaning,
    shown_name,
    split_help,
)
from followup_mail.errors import ExitCode

_PROGRAM: Final = "followup-mail"
_DATE: Final = "2026-11-29"
"""When the sentences of this module were last gone over; those of the commands change with them."""
_EXIT: Final = (
    (ExitCode.OK, "The command did its job, also when there was nothing to do."),
    (ExitCode.FINDINGS, "A check found an error, or doctor a fault."),
    (ExitCode.USAGE, "The command line is wrong."),
    (ExitCode.FACTS, "A facts file has problems."),
    (ExitCode.SETTINGS, "A setting is missing or cannot be used."),
    (ExitCode.OUTBOX, "The outbox cannot be opened, read or written."),
    (ExitCode.DELIVERY, "At least one mail was not delivered; outbox list says which."),
    (ExitCode.REFUSED, "It could be done, but is refused."),
    (ExitCode.NOT_FOUND, "There is nothing of that name."),
)


def man_page() -> str:
    """Return the page in troff."""
    whole: Any = typer.main.get_command(make_program())
    parts = [
        f'.TH FOLLOWUP\\-MAIL 1 {_DATE} "followup\\-mail {__version__}" "User Commands"',
        f".SH NAME\n{_text(_PROGRAM)} \\- follow up well after a job interview",
        f".SH SYNOPSIS\n.B {_text(_PROGRAM)}\n.RI [ OPTIONS ]\n.I COMMAND\n.RI [ ARGUMENTS ]",
        ".SH DESCRIPTION\n" + _blocks(whole.help or ""),
        f".SH OPTIONS\n{_params(whole)}",
    ]
    for stage in STAGES:
        parts.append(f".SH {_quoted(stage.upper())}")
        for path, command in list_commands().items():
            top = whole.commands[path.split()[1]]
            if top.rich_help_panel == stage and not getattr(command, "commands", {}):
                parts.append(_command(path, command))
    return "\n".join((*parts, *_endings())) + "\n"


def _endings() -> Iterator[str]:
    """Yield the sections that no command says."""
    codes = "\n".join(f".TP\n.B {code.value}\n{_text(said)}" for code, said in _EXIT)
    yield f".SH EXIT STATUS\n{codes}\n.PP\nThe others are in docs/exit\\-codes.md."
    files = (
        (".env", "Settings, in the home folder. settings \\-\\-example prints such a file."),
        ("applications/*.toml", "The facts, a file for each application."),
        ("outbox.sqlite3", "What is queued, and what became of it."),
    )
    yield ".SH FILES\n" + "\n".join(f".TP\n.I {_text(name)}\n{said}" for name, said in files)
    topics = "\n.br\n".join(f".B {_text(f'{_PROGRAM} help {name}')}" for name in name_topics())
    yield f".SH SEE ALSO\nPages that begin at the beginning:\n.PP\n{topics}"


def _command(path: str, command: Any) -> str:
    shown = [param for param in command.params if not getattr(param, "hidden", False)]
    words = [path, *filter(None, map(shown_in_usage, shown)), *(["[OPTIONS]"] if has_options(shown) else [])]
    params = _params(command)
    return "\n".join(filter(None, (f".SS {_quoted(' '.join(words))}", _blocks(command.help or ""), params)))


def _params(command: Any) -> str:
    shown = [param for param in command.params if not getattr(param, "hidden", False)]
    return "\n".join(f".TP\n.B {_quoted(shown_name(one))}\n{_filled(shown_meaning(one))}" for one in shown)


def _blocks(text: str) -> str:
    """Return the paragraphs of a help text; examples keep their lines."""
    return "\n.PP\n".join(map(_block, split_help(text)))


def _block(paragraph: str) -> str:
    if not paragraph.startswith("```"):
        return _filled(paragraph)
    lines = paragraph.split("\n")[1:-1]
    return "\n".join((".RS 4", ".nf", *map(_text, lines), ".fi", ".RE"))


def _filled(text: str) -> str:
    """Return a paragraph in lines of a moderate length, as mandoc asks for."""
    lines = wrap(_text(text), 78, break_long_words=False, break_on_hyphens=False)
    return "\n".join(f"\\&{line}" if line.startswith(".") else line for line in lines)


def _quoted(text: str) -> str:
    return '"' + _text(text).replace('"', "\\(dq") + '"'


def _text(text: str) -> str:
    """Return text in which nothing is taken for a request: a backslash, a hyphen, a line that begins with a dot."""
    escaped = text.replace("\\", "\\e").replace("-", "\\-").replace("'", "\\(aq").replace("`", "")
    return f"\\&{escaped}" if escaped.startswith(".") else escaped
