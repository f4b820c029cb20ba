"""The only place that reads the clock and the surroundings, and picks the real parts for what the settings say."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cached_property
from itertools import chain, repeat
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from followup_mail.errors import NotFoundError
from followup_mail.settings.candidates import read_candidates
from followup_mail.settings.load_settings import Loaded, load_settings
from followup_mail.settings.settings_parts import SettingsParts
from followup_mail.settings.table import variable

if TYPE_CHECKING:
    from followup_mail.background.service_definition import Machine
    from followup_mail.cadence.kept import Kept
    from followup_mail.cadence.method import Cadence
    from followup_mail.cadence.worktime import Place
    from followup_mail.drafts.assignment import Writer
    from followup_mail.drafts.render_process import BoundedRenderer
    from followup_mail.drafts.template_folders import TemplateFolders
    from followup_mail.facts.application import Application
    from followup_mail.facts.facts_folder import FactsFolder
    from followup_mail.office.asker import Asker
    from followup_mail.office.candidate_home import OfficeHome
    from followup_mail.office.database import Links
    from followup_mail.outbox.attempt import Transport
    from followup_mail.outbox.store import Store
    from followup_mail.undo.journal import Journal


def read_clock() -> datetime:
    """Return the present moment, in UTC."""
    return datetime.now(UTC)


@dataclass(frozen=True)
class Workspace(SettingsParts):
    """The parts of one installation, made when first asked for."""

    loaded: Loaded
    clock: Callable[[], datetime] = read_clock  # aware
    command: str = ""
    """What the user typed, if that is why this was opened: what it changes then can be taken back."""
    account_name: str = "main"
    base: Workspace | None = field(default=None, repr=False, compare=False)
    """The one of the main account, if this is of another: facts and outbox are the same."""
    ways: dict[str, Workspace] = field(default_factory=dict, repr=False, compare=False)
    """The workspaces of the other accounts, made when first asked for."""
    renderer: BoundedRenderer | None = field(default=None, repr=False, compare=False)
    """The process that renders templates, if it is shared with other workspaces; whoever made it ends it."""
    kept: Kept | None = field(default=None, repr=False, compare=False)
    """What a process that lives long has read and planned before; None: everything is read anew."""
    office: OfficeHome | None = field(default=None, repr=False, compare=False)
    """Where facts and outbox are kept, if that is the database of an office."""
    _waits: Iterator[float | None] = field(
        default_factory=lambda: chain([None], repeat(0.2)), repr=False, compare=False
    )

    @classmethod
    def from_surroundings(cls, home: Path | None = None, env_file: Path | None = None, command: str = "") -> Workspace:
        """Return the workspace that the environment and the command line describe."""
        loaded = load_settings(os.environ, home, env_file, read_candidates())
        if loaded.settings.database_url:
            from followup_mail.settings.office_settings import refuse_without_candidate

            refuse_without_candidate(loaded)
        return cls(loaded, command=command)

    def nameless(self) -> Workspace:
        """Return the same for what the user has not asked for: nothing of it can be taken back."""
        return Workspace(self.loaded, self.clock, office=self.office)

    def read_anew(self) -> Workspace:
        """Return the same with the settings as they are now. Raises ``SettingsError``."""
        if self.office:
            from followup_mail.settings.office_settings import load_own

            loaded = load_own(self.loaded, self.home, self.office.asker.name)
            return Workspace(loaded, self.clock, office=self.office)
        return Workspace.from_surroundings(self.home)

    @property
    def home(self) -> Path:
        return self.loaded.home

    def now(self) -> datetime:
        """Return the present moment in the user's own zone."""
        return self.clock().astimezone(self.own_zone)

    @cached_property
    def own_zone(self) -> ZoneInfo:
        """The user's zone: as set, else the machine's. Raises ``SettingsError`` where neither is known.

        A candidate's of an office has to be set: commands and workers run on many machines.
        """
        if self.settings.time_zone:
            return ZoneInfo(self.settings.time_zone)
        if office := (self.base or self).office:
            from followup_mail.settings.office_settings import explain_no_zone

            raise explain_no_zone(office.asker.name)
        from followup_mail.settings.own_zone import find_own_zone

        return find_own_zone(os.environ)

    @cached_property
    def facts(self) -> FactsFolder:
        from followup_mail.facts.facts_folder import FactsFolder

        if self.base:
            return self.base.facts
        if self.office:
            note = self.office.record_file(self.journal if self.command else None)
            return FactsFolder(self.home, note, record_back=self.office.record_file(None))
        record = self.journal.note_file if self.command else None
        return FactsFolder(self.home, record, self.kept.facts if self.kept else None)

    @cached_property
    def store(self) -> Store:
        """The outbox; its file is made by the first entry. A command that has waited once for another process does not
        wait again. Raises ``OutboxError``."""
        from followup_mail.outbox.sqlite import SqliteStore

        if self.base:
            return self.base.store
        if self.office:
            return self.office.open_store(self.journal if self.command else None)
        store = SqliteStore(self.store_path, open_within=next(self._waits), make_at_once=False)
        store.record = self.journal.note_store if self.command else None
        return store

    @cached_property
    def journal(self) -> Journal:
        from followup_mail.undo.journal import Journal

        if self.base:
            return self.base.journal
        return Journal(self.home, self.command, self.clock, self.office.copy.catch_up if self.office else None)

    def close(self) -> None:
        """Close the outbox, if it was opened."""
        if "store" in self.__dict__:
            self.store.close()

    @property
    def has_store(self) -> bool:
        """Whether there is an outbox yet."""
        from followup_mail.outbox.database import is_there

        return self.in_office or is_there(self.store_path)

    @property
    def in_office(self) -> bool:
        """Whether all this is a candidate's of an office, and the home folder a copy that is gone with this process."""
        return (self.base or self).office is not None

    @property
    def store_path(self) -> Path:
        return self.home / "outbox.sqlite3"

    @cached_property
    def writer(self) -> Writer:
        import atexit

        from followup_mail.drafts.assignment import Writer
        from followup_mail.drafts.render_process import BoundedRenderer
        from followup_mail.own_voice.voice_file import read_voice_of

        if (renderer := (self.base or self).renderer) is None:
            renderer = BoundedRenderer()
            atexit.register(renderer.close)
        return Writer(self.sender, self.template_folders, renderer.render, read_voice_of(self.home))

    @property
    def template_folders(self) -> TemplateFolders:
        """The folders of wordings: the user's own, the office's, then the built-in ones."""
        from followup_mail.drafts.template_folders import TemplateFolders

        return TemplateFolders(self.home / "templates", self.shared_folder("templates"))

    @cached_property
    def planning_defaults(self) -> Place:
        """The user's zone, country and office hours: what holds where the facts do not say where somebody works."""
        from followup_mail.settings.planning_place import make_planning_place

        return make_planning_place(self.settings, self.own_zone)

    def cadence(self, name: str) -> Cadence:
        """Return a method by its name. Raises ``NotFoundError``, and ``CadenceError`` for a broken file."""
        from followup_mail.cadence.cadence_files import find_cadence

        return find_cadence(name, self.home / "cadences", self.shared_folder("cadences"))

    def cadence_of(self, application: Application, name: str = "") -> Cadence:
        """Return the method an application is followed up by: as named, as its facts say, or the default.

        Raises ``CadenceError`` for a broken file, and for an unknown name ``NotFoundError``, ``FactsError`` or
        ``SettingsError``, after the place where the name stands.
        """
        try:
            return self.cadence(name or application.cadence or self.settings.cadence)
        except NotFoundError as error:
            from followup_mail.settings.unknown_cadence import explain_unknown

            if name:
                raise
            path = self.facts.path(application.slug) if application.cadence else None
            raise explain_unknown(error, path, self.loaded) from None

    def cadence_names(self) -> tuple[str, ...]:
        """Return the names of all methods, the user's own and the office's among them."""
        from followup_mail.cadence.cadence_files import name_cadences

        return name_cadences(self.home / "cadences", self.shared_folder("cadences"))

    def shared_folder(self, name: str) -> Path | None:
        """Return the folder of what the office shares, ``templates`` or ``cadences``; None where there is no office."""
        if not self.in_office:
            return None
        from followup_mail.office.kept_paths import SHARED

        return self.home / SHARED / name

    @cached_property
    def transport(self) -> Transport:
        """Return the way out: the mail server of the settings, or the folder of .eml files.

        Raises ``RefusedError`` for a home folder whose mails are sent from an office.
        """
        from followup_mail.settings.moved_home import refuse_moved

        refuse_moved(self.home)
        if not self.settings.smtp_host:
            from followup_mail.delivery.maildir import FolderTransport
            from followup_mail.settings.no_server import refuse_office_folder

            refuse_office_folder(self.in_office)
            return FolderTransport(self.home / "delivered")
        from followup_mail.delivery.lazy_transport import LazyTransport

        account = self.account  # settings that contradict each other are told now, not with a mail in hand
        return LazyTransport(lambda: self._connect_by(account), leaves_machine=True)

    @cached_property
    def machine(self) -> Machine:
        """Where the schedulers and the desktop of this machine keep what belongs to the user."""
        from followup_mail.background.service_definition import Machine

        return Machine.of_user(sys.platform, Path.home(), os.environ, getattr(os, "getuid", int)())

    @property
    def log_folder(self) -> Path:
        return self.home / "log"

    @property
    def own_addresses(self) -> tuple[str, ...]:
        """Every address of the candidate, with those of all accounts: none of them is written to."""
        from followup_mail.settings.own_mailbox import list_addresses

        main = self.base or self
        return list_addresses((main.settings, *(loaded.settings for loaded in main.named_accounts.usable.values())))

    def say_folder(self) -> str:
        """Say loudly that nothing goes out."""
        if self.in_office:
            from followup_mail.settings.no_server import say_waits

            return say_waits()
        said = f"No mail server is set ({variable('smtp_host')}): nothing leaves this machine."
        return f"{said} Mails go into the folder {self.home / 'delivered'}. To set one: followup-mail setup"


@contextmanager
def open_for_candidate(
    loaded: Loaded, who: str | Asker, actor: str = "", links: Links | None = None, command: str | None = None
) -> Iterator[Workspace]:
    """Open the workspace of a candidate of the office whose settings are ``loaded``; changes are kept at the end.

    ``who``: their name, or who asks if known. With a ``command``, perhaps empty, the user's last steps are at hand.
    Raises ``NotFoundError``, ``OutboxError``, ``SettingsError``, at the end ``RefusedError`` for others' changes.
    """
    from followup_mail.settings.office_settings import load_own, make_access

    access = make_access(loaded, actor, links)  # which looks whether the packages are there
    from followup_mail.office.candidate_home import opened_home

    with opened_home(access, who, os.environ, with_steps=command is not None) as office:
        own = load_own(loaded, office.folder, office.asker.name)
        with closing(Workspace(own, command=command or "", office=office)) as workspace:
            yield workspace
