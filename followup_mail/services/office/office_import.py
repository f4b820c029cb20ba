"""A home folder taken into the office: all of it in one transaction, and nothing of it is ever sent from both.

The outbox of the home is locked meanwhile, and closed before the office has what was in it. Should the program die in
between, neither sends anything, and importing the same home again completes it.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from msgspec import Struct

from followup_mail.errors import FollowupError, NotFoundError, OutboxError, RefusedError
from followup_mail.facts.atomic_files import said_plainly
from followup_mail.office.asker import Asker
from followup_mail.office.candidate_home import office_link
from followup_mail.office.candidates import add_candidate, find_candidate
from followup_mail.office.database import OfficeDatabase
from followup_mail.office.files import OfficeFiles
from followup_mail.office.kept_paths import check_path, find_kept
from followup_mail.office.sealing import Seal
from followup_mail.office.whole_candidate import count_on, is_untouched, moved_out, name_office, take_over
from followup_mail.outbox.entry import State
from followup_mail.outbox.sqlite import SqliteStore
from followup_mail.outbox.whole_outbox import TABLES, WholeOutbox, whole_outbox
from followup_mail.services.office.office_setup import access_to
from followup_mail.settings.candidates import quote_name, read_candidates, whose_home
from followup_mail.settings.env_file import read_env_file
from followup_mail.settings.load_settings import Loaded, load_settings
from followup_mail.settings.moved_home import MovedHome, Went, read_mark, write_mark
from followup_mail.settings.own_settings import OFFICE_ROWS
from followup_mail.settings.table import variable

OUTBOX = "outbox.sqlite3"


class Imported(Struct, frozen=True):
    """What of a home is in the office now."""

    name: str
    files: int
    applications: int
    entries: int
    doubts: tuple[str, ...]
    """What will not work from the office as it stands, in sentences."""


def import_home(loaded: Loaded, home: Path, name: str = "") -> Imported:
    """Take a home folder into the office, as the candidate ``name``, or as it is called on this machine.

    Raises ``NotFoundError``, ``RefusedError``, ``OutboxError``, ``SettingsError``; nothing is in the office then.
    """
    home = home.expanduser().absolute()
    contents = _read_home(home)
    mark = read_mark(home)
    access, wanted = access_to(loaded), name or (mark.name if mark else _usual_name(home))
    seal = Seal(access.keys)
    if mark and (mark.went is not Went.IN or mark.name.casefold() != wanted.casefold()):
        raise _other(home, mark, wanted)
    _free_abandoned(home)
    with office_link(access) as database:
        asker = _find_or_add(database, wanted, access.actor)
        with database.writing(asker):
            office = name_office(database)
            if mark and (mark.office, mark.candidate) != (office, asker.candidate):
                raise _other(home, mark, asker.name)
            if not is_untouched(database, asker, TABLES):
                raise _taken(home, mark, asker.name, gone=moved_out(database, asker))
            now = datetime.now(UTC)
            OfficeFiles(database, asker, seal).put(contents, {}, now)
            with whole_outbox(home / OUTBOX) as outbox:
                entries = _take_rows(database, asker, outbox, home)
                moved = MovedHome(Went.IN, office, asker.candidate, asker.name, now)
                with said_plainly(home, "marked"):
                    write_mark(home, moved)
                outbox.close_for_good(moved.say())
    applications = sum(path.startswith("applications/") and path.endswith(".toml") for path in contents)
    return Imported(asker.name, len(contents), applications, entries, tuple(_find_doubts(home)))


def _take_rows(database: OfficeDatabase, asker: Asker, outbox: WholeOutbox, home: Path) -> int:
    busy = [int(row["id"] or 0) for row in outbox.rows("entries") if row["state"] == State.SENDING]
    if busy:
        raise RefusedError(
            f"#{busy[0]} in {home} is being sent at this moment, so the home was left as it is.",
            fix="Wait until that is done, at most 20 minutes, and import it again.",
        )
    counts = {table: take_over(database, asker, table, outbox.rows(table)) for table in TABLES}
    count_on(database, asker, outbox.last_numbers())
    return counts["entries"]


def _read_home(home: Path) -> dict[str, bytes]:
    """Return all files that go into the office. Raises ``RefusedError`` for what could not be taken along."""
    if not home.is_dir():
        raise NotFoundError(f"There is no folder {home}.", fix="Name the home folder of a candidate.")
    for folder, names, _ in os.walk(home):
        for link in (Path(folder, name) for name in names):
            if link.is_symlink():
                raise RefusedError(
                    f"{link} is a link to another folder, which would be left behind.",
                    fix="Put the folder itself in its place, and import the home again.",
                )
    _refuse_what_lies_elsewhere(home)
    with said_plainly(home, "read"):
        contents = {check_path(path, str(home)): place.read_bytes() for path, place in find_kept(home)}
    stray = {variable(row) for row in OFFICE_ROWS} & read_env_file(home / ".env").found.keys()
    if stray:
        raise RefusedError(
            f"{home / '.env'} has settings of the office: {', '.join(sorted(stray))}.",
            fix="Put them into the environment, or into a file that you name with --env-file, and take them out there.",
        )
    if not contents and not (home / OUTBOX).exists():
        raise NotFoundError(f"There is nothing in {home}.", fix="Name the home folder of a candidate.")
    return contents


def _refuse_what_lies_elsewhere(home: Path) -> None:
    """Whoever gives a home folder away must not get a file of the office's machine into it by a link."""
    inside = home.resolve()
    for path, place in find_kept(home):
        if place.is_symlink() and inside not in place.resolve().parents:
            raise RefusedError(
                f"{home / path} is a link to a file outside of the home folder.",
                fix="Put the file itself in its place, and import the home again.",
            )


def _usual_name(home: Path) -> str:
    known = whose_home(home, read_candidates())
    return known.name if known else home.name


def _free_abandoned(home: Path) -> None:
    """Free what a worker that is gone had in hands; it would look as if it was being sent."""
    if (home / OUTBOX).is_file() and read_mark(home) is None:
        with closing(SqliteStore(home / OUTBOX)) as store:
            store.recover(datetime.now(UTC))


def _find_or_add(database: OfficeDatabase, name: str, actor: str) -> Asker:
    try:
        return find_candidate(database, name, actor)
    except NotFoundError:
        return add_candidate(database, name, actor)


def _other(home: Path, mark: MovedHome, name: str) -> RefusedError:
    """A home that was moved goes on into the same candidate, where that broke off, and nowhere else."""
    return RefusedError(
        f"{home} cannot be imported as {name}: {mark.say()}",
        fix="Import the folder that mails are sent from, or work with the office that has it.",
    )


def _taken(home: Path, mark: MovedHome | None, name: str, gone: str) -> RefusedError:
    if gone:
        return RefusedError(
            f"The office still has what {name} was when everything was moved out of it: {gone}.",
            fix=f"Delete that, and import {home} again: followup-mail office delete {quote_name(name)} --yes",
        )
    if mark:
        return RefusedError(
            f"{home} is in the office already: {mark.say()}",
            fix=f"Work there: followup-mail --candidate {quote_name(name)} today",
        )
    return RefusedError(
        f"There is something of {name} in the office already; {home} was left as it is.",
        fix="Import it under another name: --name NAME",
    )


def _find_doubts(home: Path) -> Iterator[str]:
    try:
        own = load_settings({}, home).settings
    except (FollowupError, OutboxError) as error:
        yield f"Its settings cannot be read: {error.sentence}"
        return
    if not own.smtp_host:
        yield "No mail server is set in its .env: what your environment sets does not count in the office."
    if not own.time_zone:
        yield f"{variable('time_zone')} is not set in its .env; in the office it has to be."
    if own.smtp_keyring or own.smtp_password_command or own.writer_keyring or own.writer_key_command:
        yield "A password or key comes from the keyring, or from a command, of this machine: others have neither."
    if own.smtp_ca_file and own.smtp_ca_file.parent != home:
        yield f"The certificate {own.smtp_ca_file} is on this machine only."
