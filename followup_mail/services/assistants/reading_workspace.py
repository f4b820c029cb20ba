"""A workspace that reads everything and can do nothing: no outbox to write, no facts to change, no way out, no secret.

It is what a process gets that serves somebody who must never send: an assistant. What it can't do it can't be talked
into, since the part that would do it is not there. Proposals alone can be left (``proposals.kept``), as files of their
own that nothing acts on but a person.
"""

from __future__ import annotations

from contextlib import AbstractContextManager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

from msgspec.structs import replace

from followup_mail.errors import RefusedError
from followup_mail.settings.without_secrets import without_secrets
from followup_mail.workspace import Workspace

if TYPE_CHECKING:
    from followup_mail.facts.reading_folder import ReadingFolder
    from followup_mail.outbox.reading_store import ReadingStore
    from followup_mail.settings.named_accounts import NamedAccounts
    from followup_mail.undo.reading_journal import ReadingJournal

_WHERE = "Use a command of followup-mail, or its page."


@dataclass(frozen=True)
class ReadingWorkspace(Workspace):
    """The parts of one installation, to look at."""

    def __post_init__(self) -> None:
        if self.office is not None or self.command:
            raise RefusedError("Only a home folder of this machine can be read so.", fix=_WHERE)
        object.__setattr__(self, "loaded", without_secrets(self.loaded))

    @cached_property
    def facts(self) -> ReadingFolder:
        from followup_mail.facts.reading_folder import ReadingFolder

        return ReadingFolder(self.home)

    @cached_property
    def store(self) -> ReadingStore:
        """The outbox, to read from. Raises ``OutboxError``."""
        from followup_mail.outbox.reading_store import open_reading

        base = self.base
        if base is not None:
            assert isinstance(base, ReadingWorkspace)
            return base.store
        return open_reading(self.store_path)

    @cached_property
    def named_accounts(self) -> NamedAccounts:
        """The accounts of the home that have files of their own, without their secrets."""
        from followup_mail.settings.named_accounts import load_named

        found = load_named(self.loaded)
        return replace(found, usable={name: without_secrets(loaded) for name, loaded in found.usable.items()})

    def nameless(self) -> ReadingWorkspace:
        """Return the same: nothing of it can be taken back, as nothing is done."""
        return self

    def read_anew(self) -> ReadingWorkspace:
        """Return the same with the settings as they are now. Raises ``SettingsError``."""
        return open_to_read(self.home)

    @cached_property
    def journal(self) -> ReadingJournal:
        from followup_mail.undo.reading_journal import ReadingJournal

        return ReadingJournal(self.home, "", self.clock)

    @cached_property
    def transport(self) -> NoReturn:
        """Raise ``RefusedError``: there is no way out."""
        _refuse()

    @cached_property
    def account(self) -> NoReturn:
        """Raise ``RefusedError``: nobody logs in."""
        _refuse()

    @property
    def writing_model(self) -> None:
        """None: no model of the user's is asked."""
        return

    def check_login(self) -> NoReturn:
        """Raise ``RefusedError``."""
        _refuse()

    def open_mailbox(self, limits: Any = None) -> AbstractContextManager[Any]:
        """Raise ``RefusedError``: no mailbox is read."""
        _refuse()


def open_to_read(home: Path | None = None, env_file: Path | None = None, **parts: Any) -> ReadingWorkspace:
    """Return the workspace of a home folder of this machine, to look at; ``parts`` as ``Workspace`` takes them.

    Raises ``SettingsError``, and ``RefusedError`` where everything is in the database of an office.
    """
    import os

    from followup_mail.settings.candidates import read_candidates
    from followup_mail.settings.load_settings import load_settings

    loaded = load_settings(os.environ, home, env_file, read_candidates())
    if loaded.settings.database_url:
        raise RefusedError("FOLLOWUP_DATABASE_URL is set: everything is in the database of an office.", fix=_WHERE)
    return ReadingWorkspace(loaded, **parts)


def _refuse() -> NoReturn:
    raise RefusedError("This process only reads and proposes; nothing was changed or sent.", fix=_WHERE)
