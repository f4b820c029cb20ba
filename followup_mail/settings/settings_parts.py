"""What follows from the settings alone: the sender, the accounts, the mailbox, the writing model."""

from __future__ import annotations

from contextlib import AbstractContextManager, closing
from functools import cached_property
from typing import TYPE_CHECKING, Any

from followup_mail.settings.load_settings import Loaded
from followup_mail.settings.table import Settings

if TYPE_CHECKING:
    from followup_mail.delivery.smtp_account import Account
    from followup_mail.delivery.transport import SmtpTransport
    from followup_mail.mailbox.imap_connect import SearchLimits
    from followup_mail.message.draft import Sender
    from followup_mail.outbox.attempt import AttemptResult
    from followup_mail.settings.named_accounts import NamedAccounts
    from followup_mail.writing_model.endpoint import Endpoint


class SettingsParts:
    """The part of a workspace that its settings make."""

    loaded: Loaded

    @property
    def settings(self) -> Settings:
        return self.loaded.settings

    @cached_property
    def sender(self) -> Sender:
        """The candidate. Raises ``SettingsError`` when name or address are not set."""
        from followup_mail.settings.own_mailbox import make_sender

        return make_sender(self.loaded)

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
