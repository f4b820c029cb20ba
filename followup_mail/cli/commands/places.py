"""Where a command works: the home folder and the settings that its line names, and the workspace there.

Apart from ``arguments``, so that a command can be run without typer.
"""

import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from followup_mail.errors import SettingsError
    from followup_mail.settings.load_settings import Loaded
    from followup_mail.workspace import Workspace

PLACE_OPTIONS = ("--home", "--env-file", "--candidate")
"""What may stand before a command, each with its value: where to work."""
_MOST_WORDS = 4
_named: dict[str, Path | None] = {}
_typed: list[str] = []
_typed_at: list[float] = []
"""When, by the clock that measures."""
_of_office: list[str] = []
"""The candidate of the office that the line names, if it does."""
_open: list[ExitStack] = []
"""What is closed when the command is done."""


def name_places(home: Path | None, env_file: Path | None, candidate: str | None = None) -> None:
    """Remember the home folder and the file of settings named on the command line.

    Raises ``BadParameter`` when the home is named twice, and ``NotFoundError`` for an unknown candidate.
    """
    if candidate is not None:
        if home:
            import typer

            raise typer.BadParameter("--candidate and --home both name a home folder; give one of them.")
        if find_office(env_file) is None:
            from followup_mail.settings.candidates import find_candidate, read_candidates

            home, candidate = find_candidate(candidate, read_candidates()).home, None
    _of_office[:] = [candidate] if candidate else []
    _named.update(home=home and home.expanduser().absolute(), env_file=env_file and env_file.expanduser().absolute())


def name_command(arguments: Sequence[str]) -> None:
    """Remember which command was typed, without its options: their values may be private.

    Only ``--undo``, which has none, is named: with it a command does the opposite.
    """
    words = list(arguments)
    while words and words[0] in PLACE_OPTIONS:
        words = words[2:]
    count = next((number for number, word in enumerate(words) if word.startswith("-")), len(words))
    # Taking back is no step of its own: what it did is done again by --redo.
    opposite = ["--undo"] if "--undo" in words[count:] else []
    _typed[:] = [] if words[:1] == ["undo"] else [*words[: min(count, _MOST_WORDS)], *opposite]
    _typed_at[:] = [time.monotonic()]


def typed_ago() -> timedelta:
    """Return how long ago the command was typed."""
    return timedelta(seconds=time.monotonic() - _typed_at[0] if _typed_at else 0)


def named_home() -> Path | None:
    """Return the home folder named on the command line."""
    return _named.get("home")


def named_env_file() -> Path | None:
    """Return the file of settings named on the command line."""
    return _named.get("env_file")


def refuse_places(option: str) -> None:
    """Raise ``FollowupError`` (exit code 2) where a home or settings were named beside an option for all homes."""
    if any(_named.values()):
        from followup_mail.errors import FollowupError

        raise FollowupError(
            f"{option} looks into every candidate's home folder; --home, --candidate and --env-file name one.",
            fix=f"Leave them out, or leave out {option}.",
        )


def find_office(env_file: Path | None = None) -> "Loaded | None":
    """Return the settings of the office whose database is set, None where none is. Raises ``SettingsError``."""
    import os

    from followup_mail.settings.office_settings import find_office

    return find_office(os.environ, env_file or _named.get("env_file"))


def named_candidate() -> str:
    """Return the candidate of the office that was named on the command line; empty without one."""
    return _of_office[0] if _of_office else ""


def open_office() -> "Loaded":
    """Return the settings of the office, where its packages are installed. Raises ``SettingsError``.

    Raises ``FollowupError`` (exit code 2) where a candidate was named before a command about the whole office.
    """
    import os

    from followup_mail.errors import FollowupError
    from followup_mail.settings.candidates import read_candidates
    from followup_mail.settings.load_settings import load_settings
    from followup_mail.settings.office_settings import require_packages

    if named_candidate():
        raise FollowupError(
            "`followup-mail office` is about the whole office; --candidate names one.", fix="Leave --candidate out."
        )
    require_packages()
    return load_settings(os.environ, named_home(), named_env_file(), read_candidates())


def refuse_in_office(command: str) -> None:
    """Raise ``RefusedError`` where everything is in an office's database: the command is for one machine."""
    if find_office():
        from followup_mail.errors import RefusedError

        raise RefusedError(
            f"`{command}` works with a home folder of this machine, and FOLLOWUP_DATABASE_URL is set: what an office "
            "has queued is sent by its workers.",
            fix="Start one, on any machine: followup-mail worker",
        )


@contextmanager
def closing_places() -> Iterator[None]:
    """Close what the command opened when it is done. Raises ``RefusedError`` for what could not be kept."""
    with ExitStack() as stack:
        _open.append(stack)
        try:
            yield
        finally:
            _open.remove(stack)


def enter_candidate(office: "Loaded", name: str) -> "Workspace":
    """Return the workspace of a candidate of the office, until the command is done."""
    import os

    from followup_mail.cli.terminal import screen
    from followup_mail.cli.terminal.end_signals import told_to_end
    from followup_mail.workspace import open_for_candidate

    stack = _open[-1]
    stack.enter_context(told_to_end())  # its files are to be removed
    workspace: Workspace = stack.enter_context(open_for_candidate(office, name, command=" ".join(_typed)))
    whose = workspace.office.asker.name if workspace.office else name
    screen.say_instead(f"{workspace.home}{os.sep}", f"{whose}:")
    screen.say_instead(str(workspace.home), f"the files of {whose}")
    return workspace


def open_to_examine() -> "tuple[Workspace, SettingsError | None]":
    """Return the workspace to be examined, and why its settings cannot be read; nothing is tidied or printed."""
    import os

    from followup_mail.errors import SettingsError
    from followup_mail.settings.load_settings import defaults_for
    from followup_mail.workspace import Workspace

    try:
        return Workspace.from_surroundings(named_home(), _named.get("env_file"), " ".join(_typed)), None
    except SettingsError as error:
        return Workspace(defaults_for(os.environ, named_home())), error


def open_workspace() -> "Workspace":
    """Return the parts this command works with, and print what the user should know about the settings.

    Raises ``SettingsError`` with every problem of the settings.
    """
    from followup_mail.workspace import Workspace

    name = named_candidate()
    if name and (office := find_office()):
        workspace = enter_candidate(office, name)
    else:
        workspace = Workspace.from_surroundings(named_home(), _named.get("env_file"), " ".join(_typed))
    if (workspace.home / "undo").is_dir() and workspace.journal.needs_tidying:
        from followup_mail.cli.views.show_undo import tidy_and_say

        tidy_and_say(workspace)
    if not name and (workspace.home / "in-the-office.json").exists():
        from followup_mail.cli.terminal import screen
        from followup_mail.settings.moved_home import read_mark

        if mark := read_mark(workspace.home):
            screen.note(screen.doubtful(f"{workspace.home}: {mark.say()}"))
    if workspace.loaded.remarks:
        from followup_mail.cli.terminal import screen

        for remark in workspace.loaded.remarks:
            screen.note(screen.doubtful(remark))
    return _by_default(workspace)


def _by_default(workspace: "Workspace") -> "Workspace":
    """Return the workspace of the account that the settings choose; one that is not fit for use is told."""
    if not workspace.settings.account:
        return workspace
    from followup_mail.cli.terminal import screen
    from followup_mail.errors import SettingsError
    from followup_mail.services.context.mail_accounts import choose_default

    try:
        return choose_default(workspace)
    except SettingsError as error:
        screen.note(screen.doubtful(error.sentence))
        screen.advise(error.fix)
        return workspace


def refuse_without_kind(application: str, command: str, *, planned: bool = False) -> None:
    """Raise ``LeftOutError``, which names the kinds of mail there are, where a command was typed without one."""
    from followup_mail.services.context.name_kinds import refuse_without_kind as refuse

    refuse(open_workspace(), application, command, planned=planned)
