"""Who writes, as the settings say: the sender of every mail, and the address that an account is known by."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from followup_mail.errors import SettingsError
from followup_mail.outbox.entry import FOLDER
from followup_mail.settings.load_settings import Loaded
from followup_mail.settings.stray_env import say_stray
from followup_mail.settings.table import Settings, variable

if TYPE_CHECKING:
    from followup_mail.message.draft import Sender


def make_sender(loaded: Loaded) -> Sender:
    """Return the candidate. Raises ``SettingsError`` when name or address are not set."""
    from followup_mail.message.draft import Mailbox, Sender

    own = loaded.settings
    missing = [variable(name) for name in ("name", "email") if not getattr(own, name)]
    if missing:
        how = f"Type `followup-mail setup`, or write them into {loaded.home / '.env'}."
        raise SettingsError(
            f"{' and '.join(missing)} must be set before a mail can be written.",
            fix=" ".join(filter(None, (how, say_stray(loaded.home)))),
        )
    return Sender(Mailbox(own.name, own.email), own.reply_to, own.bcc_self, phone=own.phone, links=own.links)


def list_addresses(accounts: Iterable[Settings]) -> tuple[str, ...]:
    """Return every address of the candidate, as all accounts have them: none of them is written to."""
    each = (address for own in accounts for address in (own.email, own.reply_to, *own.own_addresses))
    return tuple(dict.fromkeys(filter(None, each)))


def name_account(loaded: Loaded) -> str:
    """Return the account by its address in lower case; ``FOLDER`` while no mail server is set.

    Raises ``SettingsError`` for a server without an address.
    """
    if not loaded.settings.smtp_host:
        return FOLDER
    if not loaded.settings.email:
        raise SettingsError(
            f"{variable('smtp_host')} is set, but not {variable('email')}: an account needs its address.",
            fix=f"Write it into {loaded.home / '.env'}.",
        )
    return loaded.settings.email.lower()
