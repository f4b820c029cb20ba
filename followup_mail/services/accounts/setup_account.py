"""Set up who the user is and where their mail is sent from, step by step: what is set, a try, saving, a test mail.

Each step returns a value and prints nothing, so that a dialogue, a command with options and a page can go through the
same ones. Nothing is written before ``save``, and that changes only what differs from what is set.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from pathlib import Path
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from followup_mail.delivery.network_errors import TRY_AGAIN
from followup_mail.errors import FollowupError, SettingsError
from followup_mail.outbox.attempt import AttemptResult, Verdict
from followup_mail.services.accounts.recognise_provider import Recognised
from followup_mail.services.accounts.setup_sign_in import sign_in_texts
from followup_mail.services.mailbox.mailbox_access import log_in_to_mailbox
from followup_mail.settings.env_writing import write_settings
from followup_mail.settings.keyring_place import SERVICE, find_keyring, keep_in_keyring
from followup_mail.settings.mail_accounts import USUAL_SECURITY, sending_user, usual_port
from followup_mail.settings.providers import Server, SignIn
from followup_mail.settings.secret import Secret
from followup_mail.settings.table import setting_rows, variable
from followup_mail.settings.whole_sets import ACCOUNT
from followup_mail.workspace import Workspace

_SIGNING_IN: Final = ("smtp_password", "smtp_password_command", "smtp_keyring", "imap_password")


class Place(StrEnum):
    """Where a password is kept."""

    KEYRING = "keyring"
    ENV = "env"


class Wish(Struct, frozen=True):
    """What is to be set: texts by the name of the setting; an empty text takes a setting away."""

    texts: Mapping[str, str]
    secret: Secret = Secret()
    """A new password; none leaves the place of the password as it is."""

    @property
    def touches_account(self) -> bool:
        """Whether anything about the login or the servers is to be set."""
        return bool(self.secret) or any(variable(name) in ACCOUNT.keys for name in self.texts if name != "email")


class Tried(Struct, frozen=True):
    """What became of one login."""

    ok: bool
    said: str
    fix: str = ""


class LoginTrial(Struct, frozen=True):
    """What became of the logins that were tried; nothing was sent."""

    smtp: Tried
    imap: Tried | None = None

    @property
    def ok(self) -> bool:
        return self.smtp.ok and (self.imap is None or self.imap.ok)


class Saved(Struct, frozen=True):
    """What was written, and where."""

    file: Path
    changed: tuple[str, ...]
    """The variables that are different now."""
    kept_in: str = ""
    """Where the new password is: the name of the keyring, or the file; empty when there was none."""
    is_sealed: bool = False
    """Whether the file is kept in an office, where nobody can read it without the office's key."""


def refuse_set_elsewhere(workspace: Workspace) -> None:
    """Raise ``SettingsError`` when the account is set in a place that this does not write: both would contradict."""
    mine = f"{workspace.home / '.env'}:"
    elsewhere = {
        variable(name): place
        for name, place in workspace.loaded.places.items()
        if variable(name) in ACCOUNT.keys | {variable("name")} and not place.startswith(mine)
    }
    if elsewhere:
        places = " and ".join(sorted({place.rpartition(":")[0] or f"the {place}" for place in elsewhere.values()}))
        raise SettingsError(
            f"{', '.join(sorted(elsewhere))} {'is' if len(elsewhere) == 1 else 'are'} set in {places}, which setup "
            "does not change.",
            fix=f"Remove it there, then run setup again, which writes to {workspace.home / '.env'}.",
        )


def account_texts(found: Recognised, user: str = "", ca_file: str = "", *, with_imap: bool = True) -> dict[str, str]:
    """Return the settings that an account at these servers takes, without its password.

    What is the default is left out. Everything of an account that was set before is taken away with it.
    """
    texts = {name: "" for name in _account_names() if name not in _SIGNING_IN and name != "email"}
    if found.smtp:
        texts |= server_texts("smtp", found.smtp)
    if found.imap and with_imap:
        texts |= server_texts("imap", found.imap)
    if found.sign_in == (SignIn.OAUTH,):
        texts |= sign_in_texts(found.smtp.host if found.smtp else "")
    return texts | {"smtp_user": user or found.user, "smtp_ca_file": ca_file}


def server_texts(kind: str, server: Server) -> dict[str, str]:
    """Return the settings for a server of a kind (``smtp`` or ``imap``); the usual port and security are left out."""
    return {
        f"{kind}_host": server.host,
        f"{kind}_port": "" if usual_port(kind, server.security) == server.port else str(server.port),
        f"{kind}_security": "" if server.security is USUAL_SECURITY[kind] else str(server.security),
    }


def no_mailbox() -> dict[str, str]:
    """Return the settings that take the mailbox away."""
    return dict.fromkeys(("imap_host", "imap_port", "imap_security", "imap_user", "imap_password"), "")


def without_spaces(secret: str, found: Recognised) -> str:
    """Return a password as the provider takes it: app passwords are shown in groups, and the spaces are not in them."""
    if found.provider and found.sign_in[0] is SignIn.APP_PASSWORD:
        return "".join(secret.split())
    return secret


def as_set(workspace: Workspace, wish: Wish) -> Workspace:
    """Return the workspace as it would be with a wish fulfilled. Raises ``SettingsError`` for a value of it."""
    values: dict[str, object] = {}
    wrong = []
    texts = _with_one_secret(wish)
    for row in setting_rows():
        if row.name in texts:
            try:
                text = texts[row.name]
                values[row.name] = row.read(text) if text else row.default
            except ValueError as error:
                wrong.append(f"{variable(row.name)}: {error}")
    if wrong:
        raise SettingsError("\n".join(wrong), fix="Nothing was changed.")
    if wish.secret:
        values["smtp_password"] = wish.secret
    settings = replace(workspace.settings, **values)  # the readers made the types right
    return Workspace(replace(workspace.loaded, settings=settings), workspace.clock)


def _with_one_secret(wish: Wish) -> dict[str, str]:
    """Return the texts of a wish; a new password, or a command for one, takes the place of all that was set before."""
    is_new = bool(wish.secret) or bool(wish.texts.get("smtp_password_command"))
    return {**(dict.fromkeys(_SIGNING_IN, "") if is_new else {}), **wish.texts}


def try_login(workspace: Workspace, wish: Wish) -> LoginTrial:
    """Log in to the mail server, and to the mailbox if one is set, without sending anything."""
    trial = as_set(workspace, wish)
    smtp = _try_smtp(trial)
    # A wrong password is not tried twice: some servers lock an account after a few.
    if not smtp.ok or not trial.has_mailbox:
        return LoginTrial(smtp)
    try:
        folder = log_in_to_mailbox(trial).sent_folder
    except FollowupError as error:
        return LoginTrial(smtp, Tried(ok=False, said=error.sentence, fix=error.fix))
    return LoginTrial(smtp, Tried(ok=True, said=f"sent mails are kept in the folder '{folder}'"))


def choose_place(workspace: Workspace) -> Place:
    """Return where a new password is kept: where one is already, else in the keyring if there is one that works."""
    own = workspace.settings
    if own.smtp_keyring:
        return Place.KEYRING
    # The workers of an office run on other machines, which have no such keyring.
    can_use_keyring = not workspace.in_office and not own.smtp_password and find_keyring()
    return Place.KEYRING if can_use_keyring else Place.ENV


def save(workspace: Workspace, wish: Wish, place: Place = Place.ENV) -> Saved:
    """Write what differs into the home's ``.env``, and a new password where it is to be kept.

    Raises ``SettingsError`` when the keyring does not take it; then nothing was written.
    """
    # Raises before anything is written: a value that cannot be read would break every later command.
    settings = as_set(workspace, wish).settings
    texts, kept_in, file = _with_one_secret(wish), "", workspace.home / ".env"
    if wish.secret:
        if place is Place.KEYRING:
            keep_in_keyring(sending_user(settings), wish.secret.reveal())
            texts["smtp_keyring"], kept_in = SERVICE, find_keyring()
        else:
            texts["smtp_password"], kept_in = wish.secret.reveal(), str(file)
    return Saved(
        file, write_settings(file, {variable(name): text for name, text in texts.items()}), kept_in, workspace.in_office
    )


def _try_smtp(trial: Workspace) -> Tried:
    try:
        result: AttemptResult = trial.check_login()
    except FollowupError as error:
        return Tried(ok=False, said=error.sentence, fix=error.fix)
    # Only mails are tried again; this was a look.
    return Tried(result.verdict is Verdict.ACCEPTED, result.said, result.fix.removesuffix(TRY_AGAIN).rstrip())


def _account_names() -> tuple[str, ...]:
    return tuple(row.name for row in setting_rows() if variable(row.name) in ACCOUNT.keys)
