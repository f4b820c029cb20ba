"""The commands of every day when they are typed without options, but perhaps the name of an application: they are run
without typer.

To import typer takes as long as all that most of them do. A line of exactly these words means the same to it; whatever
stands beside them, an option, a further word or a request to complete the line, is left to it.
"""

import os
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Final, TypeAlias

from followup_mail.cli.commands.places import name_command, name_places, named_home, open_workspace
from followup_mail.regex import regex

Road: TypeAlias = Callable[[], None]

_NAME: Final = regex(r"[a-z0-9][a-z0-9-]*")


def find_road(arguments: Sequence[str]) -> Road | None:
    """Return what runs the command of a line, with the workspace that it names; None where typer has to read it."""
    words, home = tuple(arguments), None
    if words[:1] == ("--home",) and len(words) > 1 and words[1].isprintable() and words[1].strip(" "):
        words, home = words[2:], words[1]
    command = _ROADS.get(words) or _find_about_one(words)
    if command is None or "_FOLLOWUP_MAIL_COMPLETE" in os.environ:
        return None

    def go() -> None:
        name_command(arguments)
        name_places(Path(home) if home else None, None)
        command()

    return go


def _find_about_one(words: tuple[str, ...]) -> Road | None:
    """Return what runs a command and a plain short name; anything that may be more than a name is typer's."""
    if len(words) != 2 or words[0] not in _ABOUT_ONE or not _NAME.fullmatch(words[1]):
        return None
    return partial(_ABOUT_ONE[words[0]], words[1])


def _list_entries() -> None:
    from followup_mail.cli.views.show_entries import list_and_show

    list_and_show(open_workspace(), "", False, False)


def _run() -> None:
    from followup_mail.cli.views.run_view import run_and_show

    run_and_show(open_workspace(), False, None, False)


def _run_unseen() -> None:
    from followup_mail.cli.views.service_run import run_unseen

    run_unseen(open_workspace, named_home(), None)


def _today() -> None:
    from followup_mail.cli.views.show_today import show_today

    show_today(open_workspace(), False, every=False)


def _list() -> None:
    from followup_mail.cli.views.show_applications import list_and_show

    list_and_show(open_workspace(), (), False, False)


def _plan(application: str) -> None:
    from followup_mail.cli.views.show_plan import show_plan

    show_plan(open_workspace(), application, "", "", False)


def _show(application: str) -> None:
    from followup_mail.cli.views.show_facts import show_application

    show_application(open_workspace(), application, False)


_ROADS: Final[Mapping[tuple[str, ...], Road]] = {
    ("outbox", "list"): _list_entries,
    ("run",): _run,
    ("run", "--background"): _run_unseen,
    ("today",): _today,
    ("list",): _list,
}
_ABOUT_ONE: Final[Mapping[str, Callable[[str], None]]] = {"plan": _plan, "show": _show}
