"""A candidate taken out of the office into a home folder: as a copy that sends nothing, or moved, so that it sends.

Moving stops the office first and opens the outbox of the folder then. Should the program die in between, neither sends
anything, and the same command again completes it.
"""

from __future__ import annotations

import shutil
from datetime import UTC, datetime
from pathlib import Path

from msgspec import Struct

from followup_mail.errors import RefusedError
from followup_mail.facts.atomic_files import said_plainly
from followup_mail.office.asker import Asker
from followup_mail.office.candidate_home import office_link
from followup_mail.office.candidates import find_candidate
from followup_mail.office.database import OfficeDatabase
from followup_mail.office.files import OfficeFiles
from followup_mail.office.kept_paths import check_path
from followup_mail.office.laid_out import lay_out
from followup_mail.office.sealing import Seal
from followup_mail.office.whole_candidate import give_back, last_numbers, move_out, moved_out, name_office
from followup_mail.outbox.entry import State
from followup_mail.outbox.whole_outbox import TABLES, whole_outbox
from followup_mail.services.office.office_import import OUTBOX
from followup_mail.services.office.office_setup import access_to
from followup_mail.settings.load_settings import Loaded
from followup_mail.settings.moved_home import MovedHome, Went, read_mark, remove_mark, write_mark


class Exported(Struct, frozen=True):
    """What was written into a folder."""

    name: str
    folder: Path
    files: int
    entries: int
    moved: bool
    """True when the folder sends now, and the office no more."""


def export_candidate(loaded: Loaded, name: str, folder: Path, *, move: bool = False) -> Exported:
    """Write everything of a candidate into a new folder. Raises ``RefusedError``, ``OutboxError``."""
    folder = folder.expanduser().absolute()
    access = access_to(loaded)
    seal = Seal(access.keys)
    with office_link(access) as database:
        asker = find_candidate(database, name, access.actor)
        if move and folder.is_dir() and (mark := read_mark(folder)) and mark.went is Went.OUT:
            return _complete(database, asker, folder, mark)
        _make_empty(folder)
        with database.writing(asker):
            _refuse_moved_out(database, asker)
            now = datetime.now(UTC)
            went = Went.OUT if move else Went.COPY
            mark = MovedHome(went, name_office(database), asker.candidate, asker.name, now)
            try:
                files = _write_files(OfficeFiles(database, asker, seal), folder)
                entries = _write_rows(database, asker, folder, mark)
            except BaseException:
                shutil.rmtree(folder, ignore_errors=True)  # made above, so nothing else is in it
                raise
            if move:
                move_out(database, asker, _say_how(access.actor, folder, mark))
        if move:
            _open_again(folder)
    return Exported(asker.name, folder, files, entries, move)


def _make_empty(folder: Path) -> None:
    if folder.exists() and not (folder.is_dir() and not any(folder.iterdir())):
        raise RefusedError(f"{folder} is there already, and not empty.", fix="Name a folder that is not there yet.")
    with said_plainly(folder, "made"):
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        folder.chmod(0o700)


def _refuse_moved_out(database: OfficeDatabase, asker: Asker) -> None:
    if how := moved_out(database, asker):
        raise RefusedError(
            f"Everything of {asker.name} was moved out of the office already: {how}.",
            fix="Go on in that folder. If that broke off, name the same folder with --move again.",
        )


def _write_files(files: OfficeFiles, folder: Path) -> int:
    count = 0
    for path, kept in files.read_all().items():
        if kept.content is None:
            continue
        with said_plainly(folder / check_path(path, files.whose), "written"):
            lay_out(folder, path, kept.content, flush=True)
        count += 1
    return count


def _write_rows(database: OfficeDatabase, asker: Asker, folder: Path, mark: MovedHome) -> int:
    with said_plainly(folder, "marked"):
        write_mark(folder, mark)
    with whole_outbox(folder / OUTBOX) as outbox:
        counts = {table: outbox.put(table, give_back(database, asker, table)) for table in TABLES}
        busy = [int(row["id"] or 0) for row in outbox.rows("entries") if row["state"] == State.SENDING]
        if busy:
            raise RefusedError(
                f"#{busy[0]} of {asker.name} is being sent at this moment.", fix="Export it again when that is done."
            )
        outbox.count_on(last_numbers(database, asker))
        outbox.close_for_good(mark.say())
    return counts["entries"]


def _complete(database: OfficeDatabase, asker: Asker, folder: Path, mark: MovedHome) -> Exported:
    """Complete what broke off after the office had stopped."""
    with database.reading(asker):
        office, how = name_office(database), moved_out(database, asker)
    is_same = (mark.office, mark.candidate) == (office, asker.candidate)
    if not (is_same and how.endswith(_token(mark))):
        raise RefusedError(
            f"{folder} is what an export that broke off has left, and the office still sends for {mark.name}.",
            fix="Remove the folder, and export again.",
        )
    _open_again(folder)
    with whole_outbox(folder / OUTBOX) as outbox:
        entries = sum(1 for _ in outbox.rows("entries"))
    return Exported(asker.name, folder, 0, entries, moved=True)


def _open_again(folder: Path) -> None:
    """Let the folder send: the outbox is opened first, as the mark alone keeps it from sending too."""
    with whole_outbox(folder / OUTBOX) as outbox:
        outbox.open_again()
    with said_plainly(folder, "opened"):
        remove_mark(folder)


def _say_how(actor: str, folder: Path, mark: MovedHome) -> str:
    return f"by {actor}, into {folder}, {_token(mark)}"


def _token(mark: MovedHome) -> str:
    return f"at {mark.at.isoformat()}"
