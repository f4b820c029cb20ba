"""Which files may be attached: beside the facts and below the home folder, and what the user confirmed elsewhere.

A facts file may come from somebody else, and a ``file`` in it names any file that the user can read. So one elsewhere
is sent only when it is an absolute path that the user has confirmed once; the program's own files never are. A path is
judged by where it leads: every link is followed first.
"""

from __future__ import annotations

import os
import shlex
import stat
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Final, TypeAlias

from followup_mail.errors import FactsError
from followup_mail.message.attachments import read_attachment
from followup_mail.message.draft import Attachment
from followup_mail.services.typed.allowed_files import confirm_file, read_confirmed
from followup_mail.services.typed.kept_text import SUFFIX
from followup_mail.workspace import Workspace

Confirm: TypeAlias = Callable[[Path], bool]
"""Asks the user whether a file outside the home folder may be attached, this time and from now on."""

_OWN_FOLDERS: Final = (
    *("accounts", "cadences", "delivered", "log", "previews", "proposals", "templates", "tokens", "undo", "voice"),
    *("written", ".office"),
)
"""Below the home folder: what the program itself keeps there, secrets among it."""


def nobody_to_ask(_: Path) -> bool:
    """Answer for a user who cannot be asked."""
    return False


def read_promised(
    workspace: Workspace, path: Path, confirm: Confirm = nobody_to_ask, *, absolute: bool = True
) -> Attachment:
    """Read a file to attach if it may be attached. Raises ``FactsError``.

    ``absolute`` tells whether the user wrote the path so: then it may be one elsewhere, once it is confirmed.
    """

    def judge(real: Path, found: os.stat_result) -> None:
        _refuse_own(workspace, path, real, found)
        if is_inside(workspace, real):
            return
        if workspace.in_office:
            raise _elsewhere_in_office(real)
        if absolute and str(real) in read_confirmed(workspace.home):
            return
        if not absolute:
            leads = "" if real == path else f": it leads to {real}"
            raise FactsError(
                f"{path} is not attached, since it lies outside your followup-mail folder{leads}.",
                fix="Write it as an absolute path, or put the file beside the facts.",
            )
        if not confirm(real):
            raise _not_confirmed(real)
        confirm_file(workspace.home, real)

    return read_attachment(path, judge)


def allow_file(workspace: Workspace, path: Path) -> Path | None:
    """Confirm that a file may be attached; return where it is, or None when that needs no confirming.

    Raises ``FactsError`` when it cannot be read, or is one of the program's own.
    """
    try:
        real = Path(os.path.realpath(path))
        found = real.stat()
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else str(error)
        raise FactsError(f"{path} cannot be allowed: {reason}.", fix="Check the path.") from None
    if not stat.S_ISREG(found.st_mode):
        raise FactsError(f"{path} cannot be allowed: it is not a file.", fix="Name each file that is to be sent.")
    _refuse_own(workspace, path, real, found)
    if is_inside(workspace, real):
        return None
    if workspace.in_office:
        raise _elsewhere_in_office(real)
    confirm_file(workspace.home, real)
    return real


def is_inside(workspace: Workspace, real: Path) -> bool:
    """Return whether a path without links is beside the facts or below the home folder."""
    return any(Path(os.path.realpath(one)) in real.parents for one in (workspace.home, workspace.facts.folder))


def _elsewhere_in_office(real: Path) -> FactsError:
    """A list of confirmed paths that came with a home folder is somebody else's, and meant for another machine."""
    return FactsError(
        f"{real} is not attached: it is a file of this machine, and an office's candidates have none there.",
        fix=f"Put it to their facts: followup-mail office put NAME applications/{shlex.quote(real.name)} "
        f"{shlex.quote(str(real))}",
    )


def _not_confirmed(real: Path) -> FactsError:
    return FactsError(
        f"{real} is not attached: it lies outside your followup-mail folder, and you have not confirmed it.",
        fix=f"If it is to be sent: followup-mail allow-file {shlex.quote(str(real))}",
    )


def _refuse_own(workspace: Workspace, path: Path, real: Path, found: os.stat_result) -> None:
    """Refuse what holds the user's notes or password, by its place, and by its identity under another name."""
    own = any(_is_same(one, found) for one in _own_files(workspace))
    if own or _is_own_place(workspace, real):
        raise FactsError(
            f"{path} is one of the files of followup-mail itself, so it is not sent.",
            fix="Send another file: correct `file` under [[promised]] in the facts file.",
        )


def _is_own_place(workspace: Workspace, real: Path) -> bool:
    home, facts = (Path(os.path.realpath(one)) for one in (workspace.home, workspace.facts.folder))
    if facts in real.parents:
        # Editors keep copies beside a file, such as lumen.toml~ and .lumen.toml.swp.
        is_ours = ".toml" in real.name.lower() or SUFFIX in real.name.lower()
        return is_ours or (real.parent == facts and real.name.startswith("."))
    return real.parent == home or any(
        Path(os.path.realpath(workspace.home / one)) in real.parents for one in _OWN_FOLDERS
    )


def _own_files(workspace: Workspace) -> Iterator[Path]:
    yield from workspace.loaded.files
    yield from _files_in(workspace.home)
    yield from (one for one in _files_in(workspace.facts.folder) if one.name.endswith((".toml", SUFFIX)))
    for name in _OWN_FOLDERS:
        yield from _files_in(workspace.home / name)


def _files_in(folder: Path) -> Iterator[Path]:
    with suppress(OSError):
        yield from folder.iterdir()


def _is_same(path: Path, found: os.stat_result) -> bool:
    with suppress(OSError):
        return os.path.samestat(path.stat(), found)
    return False
