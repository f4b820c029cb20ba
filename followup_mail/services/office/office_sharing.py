"""Templates and methods that an office shares with its candidates: tried before they are shared, listed, taken back."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final
from zoneinfo import ZoneInfo

from followup_mail.cadence.cadence_files import load_cadence
from followup_mail.drafts.render_process import BoundedRenderer
from followup_mail.drafts.template_folders import GUIDE, TemplateFolders, Wording
from followup_mail.errors import RefusedError
from followup_mail.office.shared_files import SharedFile, list_shared, share, unshare
from followup_mail.services.office.office_setup import office_database
from followup_mail.services.writing.template_check import try_wording
from followup_mail.settings.load_settings import Loaded

_LARGEST: Final = 500_000  # bytes; far more than any template


def share_with_all(loaded: Loaded, files: Sequence[Path]) -> tuple[tuple[str, bool], ...]:
    """Share files with all candidates, all or none; return each path, and whether it is new or changed.

    A method is a ``.toml``; a template lies in a folder named after its kind, as in a home folder. Raises
    ``RefusedError`` for a template that cannot be written with, ``CadenceError`` for a method that cannot be read.
    """
    found = {_path_of(file): _read(file) for file in files}
    _try_all(found)
    with office_database(loaded) as (database, actor):
        changed = share(database, found, actor)
    return tuple((path, path in changed) for path in found)


def _path_of(file: Path) -> str:
    whole = file.absolute()
    if whole.suffix == ".toml":
        return f"cadences/{whole.name}"
    if whole.suffix in {".txt", ".html", ".md"}:
        kind = "" if whole.parent.name == "templates" else f"{whole.parent.name}/"
        return f"templates/{kind}{whole.name}"
    raise RefusedError(
        f"{file} is neither a template nor a method.",
        fix="A template is called KIND/NAME.txt, a method NAME.toml.",
    )


def _read(file: Path) -> bytes:
    try:
        content = file.read_bytes()
        content.decode("utf-8")
    except OSError as error:
        raise RefusedError(f"{file} cannot be read: {(error.strerror or str(error)).lower()}.") from None
    except UnicodeDecodeError:
        raise RefusedError(f"{file} is not text in UTF-8.", fix="Save it as UTF-8.") from None
    if len(content) > _LARGEST:
        raise RefusedError(f"{file} is too large for a template or a method.")
    return content


def _try_all(found: dict[str, bytes]) -> None:
    """Try each file beside the others and the built-in ones. Raises ``RefusedError``, ``CadenceError``."""
    with tempfile.TemporaryDirectory() as name, BoundedRenderer() as renderer:
        for path, content in found.items():
            place = Path(name, path)
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(content)
        folders = TemplateFolders(Path(name, "templates"))
        for path in found:
            if path.startswith("cadences/"):
                load_cadence(Path(name, path))
            elif problems := _problems(folders, Path(name, path), renderer):
                raise RefusedError(
                    f"{path.removeprefix('templates/')} cannot be shared: {'; '.join(problems).rstrip('.')}.",
                    fix="Fix it, then share it again. docs/templates.md says what a template may contain.",
                )


def _problems(folders: TemplateFolders, place: Path, renderer: BoundedRenderer) -> list[str]:
    kind = "" if place.parent == folders.own else place.parent.name
    if place.stem == GUIDE and place.suffix == ".md":
        return []
    return try_wording(folders, Wording(kind, place.stem, place, own=True), renderer)


def share_no_longer(loaded: Loaded, name: str) -> str:
    """Share a file no longer, by its path or as ``KIND/NAME``; return the path. Raises ``NotFoundError``."""
    with office_database(loaded) as (database, actor):
        bare = name.removeprefix("templates/").removeprefix("cadences/")
        for shared in list_shared(database, actor):
            _, _, short = shared.path.partition("/")
            if bare in {short, short.rpartition(".")[0]}:
                unshare(database, shared.path, actor)
                return shared.path
        unshare(database, name, actor)
        return name


def list_shared_by_office(loaded: Loaded) -> tuple[SharedFile, ...]:
    """Return what the office shares."""
    with office_database(loaded) as (database, actor):
        return list_shared(database, actor)


def shared_json(files: Sequence[SharedFile], zone: ZoneInfo) -> list[dict[str, Any]]:
    """Return what is shared for programs; moments with their offset."""
    return [
        {
            "path": file.path,
            "version": file.version,
            "changed_at": file.changed_at.astimezone(zone).isoformat(),
            "changed_by": file.changed_by,
        }
        for file in files
    ]
