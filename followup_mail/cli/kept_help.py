"""Help texts, made when the program is built: typer and forty commands are too much to import for a page of text.

They stand in ``kept_help.txt``, written by ``docs/refresh.py``: after a line of a form feed and the command, what
``--help`` of that command prints on a screen of 80 columns or more, or in a pipe. Whoever asks in any other way than
the plain ones below, or on a narrower screen, is answered by typer. So is everybody with another version of typer than
the one that the first line names: it may put things in another way.
"""

import os
import sys

# ruff: noqa: PTH112, PTH118, PTH120, PTH123
# pathlib takes longer than all of this.

PLACE = os.path.join(os.path.dirname(__file__), "kept_help.txt")
WIDTH = 80
"""Columns that the texts are made for; on a wider screen they are the same."""
_OTHER_ROADS = ("_FOLLOWUP_MAIL_COMPLETE", "_TYPER_COMPLETE_TEST_DISABLE_SHELL_DETECTION")


def find_help(arguments: list[str]) -> str | None:
    """Return the help that is asked for; None when the command line asks for something else, or on a narrow screen."""
    path = _asked_for(arguments)
    if path is None or any(name in os.environ for name in _OTHER_ROADS) or count_columns() < WIDTH:
        return None
    try:
        with open(PLACE, encoding="utf-8") as file:
            texts = file.read()
    except OSError:
        return None
    _, found, rest = texts.partition(heading(path))
    return rest.partition("\f")[0] if found and is_made_by_installed(texts) else None


def is_made_by_installed(texts: str) -> bool:
    """Return whether the typer that would be imported is the one that the texts were made with."""
    name = texts.partition("\n")[0].replace(" ", "-")  # as pip names the folder of what it knows about a package
    for folder in sys.path:
        if os.path.isdir(os.path.join(folder, "typer")):
            return os.path.isdir(os.path.join(folder, f"{name}.dist-info"))
    return False


def heading(path: str) -> str:
    """Return the line that stands above the help of a command."""
    return f"\f{path}\n"


def _asked_for(arguments: list[str]) -> str | None:
    """Return the words of the command whose help is asked for, ``outbox list``; the whole program is no word."""
    words = list(arguments)
    if words[-1:] in (["-h"], ["--help"]):
        words.pop()
    elif words[:1] == ["help"] and len(words) > 1:
        del words[0]
    elif words:
        return None
    return " ".join(words) if all(word.replace("-", "").isalpha() and word[0] != "-" for word in words) else None


def count_columns() -> int:
    """Return the width of the screen as ``shutil.get_terminal_size`` does, by which typer goes: 80 in a pipe."""
    try:
        columns = int(os.environ["COLUMNS"])
    except (KeyError, ValueError):
        columns = 0
    if columns > 0:
        return columns
    try:
        return os.get_terminal_size(sys.__stdout__.fileno()).columns or 80  # type: ignore[union-attr]
    except (AttributeError, ValueError, OSError):
        return 80
