"""A candidate of the office at hand: the connection, who asks, and the files as a home folder on this machine."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from msgspec import Struct

from followup_mail.errors import OutboxError, RefusedError
from followup_mail.facts.facts_folder import RecordFile
from followup_mail.office.asker import Asker
from followup_mail.office.candidates import find_candidate
from followup_mail.office.claims import make_claims
from followup_mail.office.database import Links, OfficeDatabase, OwnLink
from followup_mail.office.files import OfficeFiles
from followup_mail.office.migrate import check_ready
from followup_mail.office.private_folder import private_folder
from followup_mail.office.sealing import Seal
from followup_mail.office.shared_files import lay_out_shared
from followup_mail.office.whole_candidate import moved_out
from followup_mail.office.working_copy import WorkingCopy
from followup_mail.outbox.recorded import StoreRecord
from followup_mail.outbox.store import Store
from followup_mail.undo.journal import Journal


class OfficeAccess(Struct, frozen=True):
    """How to get into the office's database, and as whom."""

    url: str
    keys: str
    """As ``FOLLOWUP_OFFICE_KEY`` holds them."""
    actor: str
    links: Links | None = None
    """Where connections come from; None: one of one's own, closed at the end. Whoever gives one has looked at it."""

    def __repr__(self) -> str:
        return f"OfficeAccess(actor={self.actor!r})"


class OfficeHome(Struct, frozen=True):
    """One candidate, for as long as somebody works for them."""

    database: OfficeDatabase
    asker: Asker
    files: OfficeFiles
    copy: WorkingCopy

    @property
    def folder(self) -> Path:
        """The working copy of the home folder; whoever works with it may read and write there."""
        return self.copy.folder

    def open_store(self, journal: Journal | None) -> Store:
        """Return the outbox; with a ``journal``, what the user changes is put on record in its transactions."""
        from followup_mail.office.postgres_store import PostgresStore

        store: Store = PostgresStore(self.database, self.asker)

        def record(changed: StoreRecord) -> None:
            assert journal is not None
            journal.note_store(changed)
            self.copy.save(str(journal.folder.relative_to(self.folder)) + "/")

        store.record = record if journal else None
        return store

    def record_file(self, journal: Journal | None) -> RecordFile:
        """Return what keeps a file of facts before it changes here: in one transaction with what is put on record."""

        def record(path: Path, before: bytes | None, after: bytes | None) -> None:
            with self.files.writing():
                if journal:
                    journal.note_file(path, before, after)
                self.copy.save_file(path, after)

        return record


@contextmanager
def office_link(access: OfficeAccess) -> Iterator[OfficeDatabase]:
    """Yield the office's database, found fit for use, with a connection that is closed at the end."""
    claims = make_claims(access.keys)
    if access.links is not None:
        yield OfficeDatabase(access.links, claims=claims)
        return
    links = OwnLink(access.url)
    try:
        link = links.take()
        links.give_back(link)
        check_ready(link)
        yield OfficeDatabase(links, claims=claims)
    finally:
        links.close()


@contextmanager
def opened_home(
    access: OfficeAccess, who: str | Asker, environment: Mapping[str, str], *, with_steps: bool
) -> Iterator[OfficeHome]:
    """Make a copy of a candidate's files, and keep what was changed at the end, also after an error.

    ``who`` is the candidate's name, or who asks where that is known already. Without ``with_steps`` the user's last
    steps are neither copied nor kept. Raises ``NotFoundError``, ``OutboxError``, ``SettingsError`` for a missing key,
    and ``RefusedError`` when something could not be kept.
    """
    seal = Seal(access.keys)
    with office_link(access) as database, private_folder(environment) as folder:
        asker = find_candidate(database, who, access.actor) if isinstance(who, str) else who
        _refuse_moved_out(database, asker)
        files = OfficeFiles(database, asker, seal)
        copy = WorkingCopy(files, folder, with_steps=with_steps)
        copy.lay_out()
        lay_out_shared(database, asker, folder)
        try:
            yield OfficeHome(database, asker, files, copy)
        except BaseException as error:
            _save_after(copy, error)
            raise
        copy.save()


def _refuse_moved_out(database: OfficeDatabase, asker: Asker) -> None:
    with database.reading(asker):
        how = moved_out(database, asker)
    if how:
        raise RefusedError(
            f"Everything of {asker.name} was moved out of the office: {how}.",
            fix="Work with that folder, where FOLLOWUP_DATABASE_URL is not set: followup-mail --home FOLDER today",
        )


def _save_after(copy: WorkingCopy, error: BaseException) -> None:
    """Keep what was changed before something went wrong; what could not be kept is said beside that."""
    try:
        copy.save()
    except (OutboxError, RefusedError) as lost:
        error.add_note(f"{lost.sentence} {lost.fix}")
