"""The only place that reads the clock and the surroundings, and picks the real parts for what the settings say."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, closing
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cached_property
from itertools import chain, repeat
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from followup_mail.errors import FactsError, NotFoundError, SettingsError
from followup_mail.settings.candidates import read_candidates
from followup_mail.settings.load_settings import Loaded, load_settings
from followup_mail.settings.table import Settings, variable

if TYPE_CHECKING:
    from followup_mail.background.service_definition import Machine
    from followup_mail.cadence.kept import Kept
    from followup_mail.cadence.method import Cadence
    from followup_mail.cadence.worktime import Place
    from followup_mail.delivery.smtp_account import Account
    from followup_mail.delivery.transport import SmtpTransport
    from followup_mail.drafts.assignment import Writer
    from followup_mail.drafts.render_process import BoundedRenderer
    from followup_mail.drafts.template_folders import TemplateFolders
    from followup_mail.facts.application import Application
    from followup_mail.facts.facts_folder import FactsFolder
    from followup_mail.mailbox.imap_connect import SearchLimits
    from followup_mail.message.draft import Sender
    from followup_mail.outbox.attempt import AttemptResult, Transport
    from followup_mail.outbox.store import Store
    from followup_mail.settings.named_accounts import NamedAccounts
    from followup_mail.undo.journal import Journal
    from followup_mail.writing_model.endpoint import Endpoint


def read_clock() -> datetime:
    """Return the present moment, in UTC."""
    return datetime.now(UTC)


@dataclass(frozen=True)
class Workspace:
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
    _waits: Iterator[float | None] = field(
        default_factory=lambda: chain([None], repeat(0.2)), repr=False, compare=False
    )

    @classmethod
    def from_surroundings(cls, home: Path | None = None, env_file: Path | None = None, command: str = "") -> Workspace:
        """Return the workspace that the environment and the command line describe."""
        return cls(load_settings(os.environ, home, env_file, read_candidates()), command=command)

    @property
    def settings(self) -> Settings:
        return self.loaded.settings

    @property
    def home(self) -> Path:
        return self.loaded.home

    def now(self) -> datetime:
        """Return the present moment in the user's own zone."""
        return self.clock().astimezone(self.own_zone)

    @cached_property
    def own_zone(self) -> ZoneInfo:
        """The user's zone: as set, else the machine's. Raises ``SettingsError`` where neither is known."""
        if self.settings.time_zone:
            return ZoneInfo(self.settings.time_zone)
        from followup_mail.settings.own_zone import find_own_zone

        return find_own_zone(os.environ)

    @cached_property
    def facts(self) -> FactsFolder:
        from followup_mail.facts.facts_folder import FactsFolder

        note = self.journal.note_file if self.command else None
        return self.base.facts if self.base else FactsFolder(self.home, note, self.kept.facts if self.kept else None)

    @cached_property
    def store(self) -> Store:
        """The outbox; its file is made by the first entry. A command that has waited once for another process does not
        wait again. Raises ``OutboxError``."""
        from followup_mail.outbox.sqlite import SqliteStore

        if self.base:
            return self.base.store
        store = SqliteStore(self.store_path, open_within=next(self._waits), make_at_once=False)
        store.record = self.journal.note_store if self.command else None
        return store

    @cached_property
    def journal(self) -> Journal:
        from followup_mail.undo.journal import Journal

        return self.base.journal if self.base else Journal(self.home, self.command, self.clock)

    def close(self) -> None:
        """Close the outbox, if it was opened."""
        if "store" in self.__dict__:
            self.store.close()

    @property
    def has_store(self) -> bool:
        """Whether there is an outbox yet."""
        from followup_mail.outbox.database import is_there

        return is_there(self.store_path)

    @property
    def store_path(self) -> Path:
        return self.home / "outbox.sqlite3"

    @cached_property
    def writer(self) -> Writer:
        import atexit

        from followup_mail.drafts.assignment import Writer
        from followup_mail.drafts.render_process import BoundedRenderer

        renderer = (self.base or self).renderer
        if renderer is None:
            renderer = BoundedRenderer()
            atexit.register(renderer.close)
        return Writer(self.sender, self.template_folders, renderer.render)

    @property
    def template_folders(self) -> TemplateFolders:
        """The folders of wordings: the user's own, then the built-in ones."""
        from followup_mail.drafts.template_folders import TemplateFolders

        return TemplateFolders(self.home / "templates")

    @cached_property
    def sender(self) -> Sender:
        """The candidate. Raises ``SettingsError`` when name or address are not set."""
        from followup_mail.settings.own_mailbox import make_sender

        return make_sender(self.loaded)

    @cached_property
    def planning_defaults(self) -> Place:
        """The user's zone, country and office hours: what holds where the facts do not say where somebody works."""
        from followup_mail.settings.planning_place import make_planning_place

        return make_planning_place(self.settings, self.own_zone)

    def cadence(self, name: str) -> Cadence:
        """Return a method by its name. Raises ``NotFoundError``, and ``CadenceError`` for a broken file."""
        from followup_mail.cadence.cadence_files import find_cadence

        return find_cadence(name, self.home / "cadences")

    def cadence_of(self, application: Application, name: str = "") -> Cadence:
        """Return the method an application is followed up by: as named, as its facts say, or the default.

        Raises ``CadenceError`` for a broken file, and for an unknown name ``NotFoundError``, ``FactsError`` or
        ``SettingsError``, after the place where the name stands.
        """
        try:
            return self.cadence(name or application.cadence or self.settings.cadence)
        except NotFoundError as error:
            if name:
                raise
            if application.cadence:
                path = self.facts.path(application.slug)
                raise FactsError(f"{path}: cadence: {error.sentence}", fix=error.fix) from None
            place = self.loaded.places.get("cadence", "default")
            raise SettingsError(f"{place}: {variable('cadence')}: {error.sentence}", fix=error.fix) from None

    def cadence_names(self) -> tuple[str, ...]:
        """Return the names of all methods, the user's own among them."""
        from followup_mail.cadence.cadence_files import name_cadences

        return name_cadences(self.home / "cadences")

    @cached_property
    def transport(self) -> Transport:
        """Return the way out: the mail server of the settings, or the folder of .eml files."""
        if not self.settings.smtp_host:
            from followup_mail.delivery.maildir import FolderTransport

            return FolderTransport(self.home / "delivered")
        from followup_mail.delivery.lazy_transport import LazyTransport

        account = self.account  # settings that contradict each other are told now, not with a mail in hand
        return LazyTransport(lambda: self._connect_by(account), leaves_machine=True)

    @cached_property
    def account(self) -> Account:
        """The account at the mail server. Raises ``SettingsError`` when its settings contradict each other."""
        from followup_mail.settings.mail_accounts import sending_account

        return sending_account(self.settings)

    def check_login(self) -> AttemptResult:
        """Connect to the mail server and log in, without sending anything."""
        with closing(self._connect_by(self.account)) as transport:
            return transport.check_login()

    def _connect_by(self, account: Account) -> SmtpTransport:
        from followup_mail.delivery.transport import SmtpTransport

        return SmtpTransport(account, self.settings.email.rpartition("@")[2])

    @cached_property
    def writing_model(self) -> Endpoint | None:
        """The language model that writes mails; None where none is set. Raises ``SettingsError`` for half a setting."""
        if not self.settings.has_writing_model:
            return None
        from followup_mail.settings.writing_endpoint import writing_endpoint

        return writing_endpoint(self.settings)

    @cached_property
    def machine(self) -> Machine:
        """Where the schedulers and the desktop of this machine keep what belongs to the user."""
        from followup_mail.background.service_definition import Machine

        return Machine.of_user(sys.platform, Path.home(), os.environ, getattr(os, "getuid", int)())

    @property
    def has_mailbox(self) -> bool:
        """Whether a mailbox is set."""
        return bool(self.settings.imap_host)

    @property
    def reads_mailbox(self) -> bool:
        """Whether the mailbox is read for answers."""
        return self.has_mailbox and self.settings.read_mailbox

    def open_mailbox(self, limits: SearchLimits | None = None) -> AbstractContextManager[Any]:
        """Log in to the mailbox; yields imapclient's client. Raises ``MailboxError``, and so does what follows."""
        from followup_mail.mailbox.imap_connect import SearchLimits, open_mailbox
        from followup_mail.settings.mail_accounts import mailbox_account

        return open_mailbox(mailbox_account(self.settings), limits or SearchLimits())

    @property
    def log_folder(self) -> Path:
        return self.home / "log"

    @property
    def own_addresses(self) -> tuple[str, ...]:
        """Every address of the candidate, with those of all accounts: none of them is written to."""
        main = self.base or self
        given = (main.settings, *(loaded.settings for loaded in main.named_accounts.usable.values()))
        each = (address for own in given for address in (own.email, own.reply_to, *own.own_addresses))
        return tuple(dict.fromkeys(filter(None, each)))

    @cached_property
    def named_accounts(self) -> NamedAccounts:
        """The accounts of the home that have files of their own."""
        from followup_mail.settings.named_accounts import load_named

        return load_named(self.loaded)

    @property
    def sending_account(self) -> str:
        """The account that is set, by its address in lower case; ``FOLDER`` while no mail server is.

        Raises ``SettingsError`` for a server without an address.
        """
        from followup_mail.settings.own_mailbox import name_account

        return name_account(self.loaded)

    @property
    def leaves_machine(self) -> bool:
        """False while no mail server is set: then mails go into a folder."""
        return bool(self.settings.smtp_host)

    def say_folder(self) -> str:
        """Say loudly that nothing goes out."""
        said = f"No mail server is set ({variable('smtp_host')}): nothing leaves this machine."
        return f"{said} Mails go into the folder {self.home / 'delivered'}. To set one: followup-mail setup"
