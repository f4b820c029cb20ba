"""The candidates by name: a small file in the user's configuration folder that knows whose home folder is where.

The file holds names and paths, nothing else: facts, mails and accounts stay in each candidate's home folder.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Final

from msgspec import Struct

from followup_mail.errors import NotFoundError, RefusedError, SettingsError
from followup_mail.facts.atomic_files import alone_in, write_over
from followup_mail.facts.candidate_names import can_name_candidate, clean_name, refuse_name
from followup_mail.settings.file_trust import refuse_changeable

FILE: Final = "candidates.json"
_FIX: Final = "Fix it, or move it away and add the candidates again; their folders are as they were."


class Candidate(Struct, frozen=True):
    """Somebody whose applications are followed up from a home folder of their own."""

    name: str
    """As it was typed; upper and lower case make no difference."""
    home: Path
    """Absolute."""


def read_candidates(folder: Path | None = None) -> tuple[Candidate, ...]:
    """Return the candidates by name, in order. Raises ``SettingsError`` when the file cannot be read or trusted.

    ``folder`` is where the file is; by default the user's configuration folder.
    """
    path = (folder or _folder()) / FILE
    try:
        text = path.read_text("utf-8")
    except FileNotFoundError:
        return ()
    except (OSError, ValueError) as error:
        raise SettingsError(f"{path}, the list of candidates, cannot be read: {error}.", fix=_FIX) from None
    refuse_changeable(path)
    try:
        entries = json.loads(text).items()
        found = [Candidate(name, Path(home)) for name, home in entries if name and Path(home).is_absolute()]
    except (ValueError, TypeError, AttributeError, RecursionError):
        raise SettingsError(f"{path} is not a list of candidates any more.", fix=_FIX) from None
    if len(found) != len(entries):
        raise SettingsError(f"{path} has a candidate without a name or without a whole path.", fix=_FIX)
    return tuple(sorted(found, key=lambda candidate: candidate.name.casefold()))


def find_candidate(name: str, candidates: Iterable[Candidate]) -> Candidate:
    """Return the candidate of this name. Raises ``NotFoundError`` that lists the names there are."""
    known = list(candidates)
    for candidate in known:
        if candidate.name.casefold() == clean_name(name).casefold():
            return candidate
    names = f"There are: {', '.join(candidate.name for candidate in known)}." if known else "There are none yet."
    raise NotFoundError(
        f"There is no candidate '{name}'. {names}", fix="`followup-mail candidate add NAME` puts one on the list."
    )


def whose_home(home: Path, candidates: Iterable[Candidate]) -> Candidate | None:
    """Return the candidate whose home folder this is; None when it is nobody's on the list."""
    return next((candidate for candidate in candidates if is_same_folder(candidate.home, home)), None)


def is_same_folder(one: Path, other: Path) -> bool:
    """Return whether two paths lead to the same folder, whether or not it exists."""
    if one == other:
        return True
    with suppress(OSError):
        return one.samefile(other)
    return False


def add_candidate(name: str, home: Path | None = None) -> Candidate:
    """Put a candidate on the list and make the home folder, for the user alone.

    Without ``home`` the folder is one beside the default home, named after the candidate. Raises ``RefusedError`` when
    the name or the folder is somebody's already, and ``SettingsError`` when something cannot be read or made.
    """
    clean = _check_name(name)
    folder = _make_private(_folder())
    with alone_in(folder):
        known = read_candidates()
        added = Candidate(clean, _read_home(home) if home else _usual_home(clean))
        _refuse_taken(added, known)
        _make_private(added.home)
        _write(folder, [*known, added])
    return added


def _read_home(home: Path) -> Path:
    with suppress(RuntimeError):  # ~somebody whom this computer does not know
        if "\0" not in str(home):
            return home.expanduser().absolute()
    raise SettingsError(f"{str(home)!r} cannot be a folder on this computer.", fix="Write it in full.")


def remove_candidate(name: str) -> Candidate:
    """Take a candidate off the list; the home folder stays as it is. Raises ``NotFoundError``."""
    gone = find_candidate(name, read_candidates())
    with alone_in(_folder()):
        _write(_folder(), [candidate for candidate in read_candidates() if candidate.name != gone.name])
    return gone


def _check_name(name: str) -> str:
    clean = clean_name(name)
    if not can_name_candidate(clean):
        raise refuse_name(name)
    return clean


def _refuse_taken(added: Candidate, known: Sequence[Candidate]) -> None:
    for candidate in known:
        if candidate.name.casefold() == added.name.casefold():
            raise RefusedError(
                f"There is a candidate {candidate.name} already, in {candidate.home}.",
                fix="Choose another name, or take that one off the list: "
                f"followup-mail candidate remove {quote_name(candidate.name)}",
            )
        folders = (candidate.home.resolve(), added.home.resolve())
        if is_same_folder(*folders) or folders[0] in folders[1].parents or folders[1] in folders[0].parents:
            raise RefusedError(
                f"{added.home} is, contains or lies in the home folder of {candidate.name}, {candidate.home}.",
                fix="Choose another folder: what belongs to one candidate must not reach another.",
            )


def quote_name(name: str) -> str:
    """Return a candidate's name as it is to be typed."""
    import shlex

    return shlex.quote(name)


def _usual_home(name: str) -> Path:
    from followup_mail.facts.names import slugify
    from followup_mail.settings.load_settings import default_home

    usual = default_home()
    slug = slugify(name)
    if not slug:
        raise RefusedError(
            f"No folder can be named after {name}.", fix="Name a folder: followup-mail candidate add NAME FOLDER"
        )
    return usual.with_name(f"{usual.name}-candidates") / slug


def _make_private(folder: Path) -> Path:
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        folder.mkdir(mode=0o700, exist_ok=True)
    except OSError as error:
        raise SettingsError(
            f"The folder {folder} can't be made: {(error.strerror or str(error)).lower()}.", fix="Name another folder."
        ) from None
    return folder


def _write(folder: Path, candidates: Iterable[Candidate]) -> None:
    kept = {candidate.name: str(candidate.home) for candidate in candidates}
    write_over(folder / FILE, json.dumps(kept, indent=2, ensure_ascii=False) + "\n")


def _folder() -> Path:
    from platformdirs import user_config_path

    return user_config_path("followup-mail", appauthor=False)
