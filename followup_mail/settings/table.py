"""The table of settings: name, meaning, reader, default. The environment, ``.env.example`` and
``followup-mail settings`` all follow from it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import time
from pathlib import Path
from typing import Any, Final, NamedTuple

from msgspec import Struct, field

from followup_mail.delivery.smtp_account import Auth, Security
from followup_mail.facts.clean import clean_email, clean_line, clean_phone
from followup_mail.settings.file_sent import FileSent
from followup_mail.settings.mailbox_choices import WhenUnread
from followup_mail.settings.secret import Secret
from followup_mail.settings.value_readers import (
    read_base_url,
    read_choice,
    read_country,
    read_domain,
    read_flag,
    read_host,
    read_hours,
    read_items,
    read_number,
    read_path,
    read_sign_in_place,
    read_sign_in_url,
    read_zone,
)

PREFIX: Final = "FOLLOWUP_"


class Row(NamedTuple):
    """What the table says of one setting."""

    name: str
    default: Any
    read: Callable[[str], object]
    help: str
    example: str
    """Its value in .env.example; empty where that is the default."""


_described: list[tuple[Callable[[str], object], str, str]] = []
"""Reader, help and example of each setting, in order."""


def _setting(default: object, read: Callable[[str], object], help_text: str, example: str = "") -> Any:
    """Describe one setting; ``example`` is its value in .env.example where that differs from the default."""
    _described.append((read, help_text, example))
    return field(default=default)


class Settings(Struct, frozen=True, kw_only=True):
    """Every setting with its value."""

    home: Path | None = _setting(
        None,
        read_path,
        "The folder for facts, queue and your templates. Default: the user data folder of your system.",
    )
    name: str = _setting("", clean_line, "Your name, as in From and at the end of each mail.", "Jordan Example")
    email: str = _setting("", clean_email, "The address you write from.", "jordan.example@gmail.com")
    reply_to: str = _setting("", clean_email, "The address for answers, if it is not FOLLOWUP_EMAIL.")
    phone: str = _setting("", clean_phone, "Your phone number, for signatures and call scripts.", "+1 312 555 0142")
    links: tuple[str, ...] = _setting(
        (), read_items(clean_line), "Up to three lines under your name, separated by commas."
    )
    bcc_self: bool = _setting(False, read_flag, "Send a blind copy of each mail to yourself: yes or no.")
    time_zone: str = _setting("", read_zone, "Your own time zone. Default: that of this machine.", "America/Chicago")
    cadence: str = _setting("balanced", clean_line, "The method to follow up by; see `followup-mail cadence list`.")
    office_hours: tuple[time, time] = _setting(
        (time(8, 30), time(16, 30)), read_hours, "When mails may arrive, in the recipient's time.", "08:30-16:30"
    )
    country: str = _setting(
        "",
        read_country,
        "The country whose holidays apply when an application's facts name no country.",
        "US",
    )
    own_addresses: tuple[str, ...] = _setting(
        (), read_items(clean_email), "Other addresses of yours; a follow-up never goes to one of them."
    )
    employer_domains: tuple[str, ...] = _setting(
        (), read_items(read_domain), "Domains of your current employer; no follow-up goes from or to them."
    )
    account: str = _setting(
        "",
        clean_line,
        "The account that mails are written from when the facts name none; see `followup-mail account`. "
        "Default: the account that is set here.",
        "work",
    )
    smtp_host: str = _setting(
        "", read_host, "The mail server. Without it, mails go to a folder on this machine.", "smtp.gmail.com"
    )
    smtp_port: int = _setting(
        0, read_number(1, 65535), "Its port. Default: 587 for starttls, 465 for tls, 25 for plain.", "587"
    )
    smtp_security: Security = _setting(
        Security.STARTTLS,
        read_choice(Security),
        "starttls, tls, or plain (on this machine only, unless allowed below).",
    )
    smtp_allow_plain: bool = _setting(False, read_flag, "Allow unencrypted connections to other machines: yes or no.")
    smtp_auth: Auth = _setting(
        Auth.PASSWORD,
        read_choice(Auth),
        "password, oauth (sign in with `followup-mail account login`; docs/oauth.md), xoauth2 (the password or its "
        "command gives an access token), or none.",
    )
    smtp_user: str = _setting("", clean_line, "The account name. Default: FOLLOWUP_EMAIL.")
    smtp_password: Secret = _setting(
        Secret(), Secret, "The password; for Gmail an app password (https://myaccount.google.com/apppasswords)."
    )
    smtp_password_command: str = _setting(
        "", str, "A command that prints the password, so that you need not write it here.", "pass show mail/gmail"
    )
    smtp_keyring: str = _setting(
        "", clean_line, "The keyring service that has the password; needs `pip install 'followup-mail[keyring]'`."
    )
    smtp_ca_file: Path | None = _setting(
        None, read_path, "A file with more certificates to trust, for a server with its own certificate authority."
    )
    smtp_timeout: int = _setting(30, read_number(1, 600), "Seconds to wait for the server at each step.")
    oauth_provider: str = _setting(
        "", read_sign_in_place, "Where to sign in for oauth: google, microsoft or custom.", "microsoft"
    )
    oauth_client_id: str = _setting(
        "", clean_line, "What followup-mail is called there; docs/oauth.md says how to get one."
    )
    oauth_client_secret: Secret = _setting(Secret(), Secret, "The client secret that belongs to it; for google only.")
    oauth_auth_url: str = _setting("", read_sign_in_url, "For custom: the page where you sign in.")
    oauth_token_url: str = _setting("", read_sign_in_url, "For custom: the address that gives tokens.")
    oauth_device_url: str = _setting("", read_sign_in_url, "For custom: the address that gives device codes, if any.")
    oauth_revoke_url: str = _setting("", read_sign_in_url, "For custom: the address that takes tokens back, if any.")
    oauth_scopes: str = _setting("", clean_line, "For custom: the rights to ask for, separated by spaces.")
    imap_host: str = _setting(
        "",
        read_host,
        "Your mailbox, so that nothing follows an answer, to find out whether a mail was sent, for copies of sent "
        "mails (FOLLOWUP_FILE_SENT) and for drafts (FOLLOWUP_TO_DRAFTS).",
        "imap.gmail.com",
    )
    imap_port: int = _setting(0, read_number(1, 65535), "Its port. Default: 993 for tls, 143 for the others.", "993")
    imap_security: Security = _setting(
        Security.TLS, read_choice(Security), "tls, starttls, or plain (for a mailbox on this machine)."
    )
    imap_user: str = _setting("", clean_line, "The account name there. Default: the account name at the mail server.")
    imap_password: Secret = _setting(Secret(), Secret, "The password there. Default: the password at the mail server.")
    imap_sent: str = _setting("", clean_line, "The folder of sent mails, if the mailbox does not name it.", "Sent")
    imap_folders: tuple[str, ...] = _setting(
        (), read_items(clean_line), "More folders where answers may lie, separated by commas.", "Jobs, Jobs/Answers"
    )
    read_mailbox: bool = _setting(
        True, read_flag, "Look for answers in the mailbox before each mail and every few minutes: yes or no."
    )
    unread_mailbox: WhenUnread = _setting(
        WhenUnread.WAIT,
        read_choice(WhenUnread),
        "What follow-ups that ask for something do while the mailbox cannot be read: wait or send.",
    )
    imap_drafts: str = _setting("", clean_line, "The folder of drafts, if the mailbox does not name it.", "Drafts")
    to_drafts: bool = _setting(
        False,
        read_flag,
        "Put mails that you queue into the Drafts folder of your mailbox, for you to send there: yes or no.",
    )
    file_sent: FileSent = _setting(
        FileSent.AUTO,
        read_choice(FileSent),
        "Put a copy of each sent mail into the Sent folder: auto (where the mail server files none), yes or no.",
    )
    writer_url: str = _setting(
        "",
        read_base_url,
        "The address of a language model that writes your mails, if you want one: any that speaks the chat completions "
        "protocol of OpenAI. Without it, the program's own wordings are used.",
        "http://127.0.0.1:11434/v1",
    )
    writer_model: str = _setting("", clean_line, "The name of the model there.", "llama3.2")
    writer_key: Secret = _setting(Secret(), Secret, "The key, if the server asks for a key.")
    writer_key_command: str = _setting(
        "", str, "A command that prints the key, so that you need not write it here.", "pass show writer/key"
    )
    writer_keyring: str = _setting(
        "",
        clean_line,
        "The keyring service that has the key, under the name of the host; needs "
        "`pip install 'followup-mail[keyring]'`.",
    )
    writer_timeout: int = _setting(120, read_number(1, 1800), "Seconds to wait for a mail that it writes.")
    writer_allow_plain: bool = _setting(
        False, read_flag, "Allow an unencrypted connection to a model on another machine, without a key: yes or no."
    )
    per_minute: int = _setting(20, read_number(1, 10_000), "The most mails to send in one minute.")
    domain_gap: int = _setting(
        0,
        read_number(0, 86_400),
        "Seconds between two mails to the same domain; mails to several interviewers are minutes apart anyway.",
    )
    per_day: int = _setting(
        400,
        read_number(1, 100_000),
        "The most mails to send in 24 hours. Never more than your provider takes: Gmail 500, Workspace 2,000.",
    )
    notify: bool = _setting(True, read_flag, "Show a desktop notification when something needs you: yes or no.")
    database_url: Secret = _setting(
        Secret(),
        Secret,
        "For a career office: the PostgreSQL database with everything of all candidates (docs/office.md). It, and what "
        "follows, is the office's: it counts in the environment, in a file named with --env-file and in the default "
        "home folder, never in a candidate's own .env.",
        "postgresql://followup@db.example.edu/followup",
    )
    database_owner_url: Secret = _setting(
        Secret(),
        Secret,
        "The same database, signed in to as the owner of its tables; for `followup-mail office migrate` alone.",
        "postgresql://followup_owner@db.example.edu/followup",
    )
    office_key: Secret = _setting(
        Secret(),
        Secret,
        "The key that passwords and tokens in the database are sealed with: see `followup-mail office new-key`. "
        "After a comma, older keys that still open what they sealed.",
    )
    actor: str = _setting(
        "", clean_line, "Who is at work in the office, for its records. Default: login name and machine.", "bo@desk-4"
    )
    office_per_domain: int = _setting(
        10,
        read_number(1, 100_000),
        "The most mails that one employer's domain gets within an hour, from all candidates of the office together.",
    )
    office_per_address: int = _setting(2, read_number(1, 100_000), "The same for one address.")
    may_ask_machine: bool = True
    """Whether a password may come from a command or a keyring. False for a candidate of an office, whose settings must
    not make the office's machines run anything. Not a row of the table: nobody sets it."""

    @property
    def has_writing_model(self) -> bool:
        """Whether a language model is set to write mails, or a part of what it takes."""
        keys = (self.writer_key, self.writer_key_command, self.writer_keyring)
        return any((self.writer_url, self.writer_model, *keys))


def setting_rows() -> Iterator[Row]:
    """Yield the table's rows in order; the last field is none of them."""
    table = zip(Settings.__struct_fields__[:-1], Settings.__struct_defaults__[:-1], _described, strict=True)
    return (Row(name, default, *described) for name, default, described in table)


def variable(name: str) -> str:
    """Return the environment variable of a setting."""
    return PREFIX + name.upper()


def secret_values(settings: Settings) -> tuple[str, ...]:
    """Return every secret among the settings, to keep it out of what is shown or sent."""
    values = (getattr(settings, row.name) for row in setting_rows())
    return tuple(value.reveal() for value in values if isinstance(value, Secret) and value)
