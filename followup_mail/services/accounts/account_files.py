"""Add, choose and remove accounts: each change writes one file as a whole, readable by the user alone."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Final

from msgspec import Struct

from followup_mail.cadence.wording import say_list
from followup_mail.errors import FollowupError, RefusedError, SettingsError
from followup_mail.facts.atomic_files import make_folder
from followup_mail.outbox.attempt import Verdict
from followup_mail.outbox.entry import FOLDER, OPEN, WAITS, Entry
from followup_mail.services.accounts.setup_look import SetupCheck, fault, fine
from followup_mail.services.context.mail_accounts import choose_account, every_account
from followup_mail.services.mailbox.mailbox_access import log_in_to_mailbox
from followup_mail.settings.env_writing import write_settings
from followup_mail.settings.load_settings import load_settings
from followup_mail.settings.named_accounts import MAIN, account_path, explain_name, load_named
from followup_mail.settings.table import Settings, variable
from followup_mail.workspace import Workspace


class AccountRow(Struct, frozen=True):
    """One account, as a list shows it."""

    name: str
    address: str
    server: str
    """Empty without one: then its mails go into the folder."""
    signs_in: str
    is_default: bool
    rests: str
    """Why nothing is sent from it now; empty when nothing keeps it."""
    waits: tuple[int, ...]
    """The numbers of the entries that wait for it."""
    problem: str = ""
    """What is wrong with its file."""


def list_accounts(workspace: Workspace) -> tuple[AccountRow, ...]:
    """Return every account, the main one first, and those whose file is not fit for use at the end."""
    main = workspace.base or workspace
    default = main.settings.account or MAIN
    pauses = {pause.account: pause.reason for pause in main.store.pauses(main.now())} if main.has_store else {}
    rows = [
        AccountRow(
            way.account_name,
            way.settings.email,
            way.settings.smtp_host,
            _say_sign_in(way.settings),
            way.account_name == default,
            pauses.get(way.settings.email.lower(), ""),
            tuple(entry.id for entry in find_open(way)),
        )
        for way in every_account(main)
    ]
    broken = main.named_accounts.broken.items()
    rows += [AccountRow(name, "", "", "", name == default, "", (), error.sentence) for name, error in broken]
    return tuple(rows)


def find_open(way: Workspace) -> tuple[Entry, ...]:
    """Return the entries of an account that are not finished."""
    if not way.has_store or not way.leaves_machine:
        return ()
    account = way.settings.email.lower()
    return tuple(entry for entry in way.store.entries(states=OPEN) if entry.account == account)


def add_account(workspace: Workspace, name: str, given: Mapping[str, str]) -> Path:
    """Write the file of an account, by the names of the settings. Raises ``RefusedError``, ``SettingsError``.

    A file that the settings would not accept does not stay.
    """
    main = workspace.base or workspace
    path = account_path(main.home, name)
    if wrong := explain_name(name):
        raise RefusedError(f"{name}: {wrong}.", fix="Choose another name, e.g. work.")
    if path.exists():
        raise RefusedError(f"There is an account '{name}' already: {path}.", fix="Edit that file, or remove it first.")
    make_folder(main.home, path.parent)
    write_settings(path, {variable(key): value for key, value in given.items()})
    if error := load_named(main.loaded).broken.get(name):
        path.unlink()
        raise SettingsError(f"The account was not added.\n{error.sentence}", fix="Say it again with what is missing.")
    return path


def use_account(workspace: Workspace, name: str) -> Path:
    """Make an account the default one, in the home's ``.env``. Raises ``NotFoundError``, ``SettingsError``."""
    choose_account(workspace, name)
    path = workspace.home / ".env"
    write_settings(path, {variable("account"): "" if name == MAIN else name})
    return path


def explain_other_choice(workspace: Workspace, name: str) -> str:
    """Return what else chooses another default than ``name`` after ``use_account``; empty when nothing does."""
    chosen = load_settings({}, workspace.home).settings.account or MAIN
    here = (workspace.base or workspace).loaded.places.get("account", "")
    outside = here and not here.startswith(str(workspace.home / ".env"))
    return f"{here} still sets {variable('account')}." if outside or chosen != name else ""


def say_staying(workspace: Workspace, name: str, application: str = "") -> str:
    """Return which mails that wait keep the account they were written from, now that another one is chosen.

    Of one application, or of all that name no account themselves; empty where there are none.
    """
    account = choose_account(workspace, name).sending_account
    if not workspace.has_store:
        return ""
    waiting = list(workspace.store.entries(application=application or None, states=WAITS))
    if not application:
        named = {one.slug for one in workspace.facts.load_all()[0] if one.account}
        waiting = [entry for entry in waiting if entry.step.application not in named]
    labels = [entry.label for entry in waiting if entry.account not in {FOLDER, account}]
    if not labels:
        return ""
    said = "waits and keeps its" if len(labels) == 1 else "wait and keep their"
    how = f"to send one from '{name}', cancel it (`followup-mail outbox cancel ID`) and queue it again"
    return f"{say_list(labels)} {said} account; {how}."


def remove_account(workspace: Workspace, name: str, *, yes: bool) -> tuple[Entry, ...]:
    """Remove the file of an account; return the entries that wait for it from then on.

    Raises ``RefusedError`` for the main one and the default one, and while entries wait unless ``yes``.
    """
    main = workspace.base or workspace
    if name == MAIN:
        raise RefusedError("The main account is not in a file of its own.", fix=f"Edit {main.home / '.env'}.")
    if main.settings.account == name:
        raise RefusedError(f"'{name}' is the default account.", fix=f"First: followup-mail account use {MAIN}")
    waiting = () if name in main.named_accounts.broken else find_open(choose_account(main, name))
    if waiting and not yes:
        labels = ", ".join(entry.label for entry in waiting)
        raise RefusedError(
            f"{labels} would wait for '{name}', and leave by no other account.",
            fix=f"Cancel them, or remove it all the same: followup-mail account remove {name} --yes",
        )
    account_path(main.home, name).unlink()
    return waiting


def check_account(way: Workspace) -> tuple[SetupCheck, ...]:
    """Log in at the mail server and the mailbox of an account. Nothing is sent. Raises ``FollowupError``."""
    if not way.leaves_machine:
        return (SetupCheck("mail server", ok=False, said="none is set, so mails go into the folder"),)
    outcome = way.check_login()
    where = f"{way.account.host}:{way.account.port}"
    accepted = outcome.verdict is Verdict.ACCEPTED
    found = [SetupCheck("mail server", accepted, f"{where}: {'logged in' if accepted else outcome.said}", outcome.fix)]
    if way.has_mailbox:
        found.append(_check_mailbox(way))
    return tuple(found)


def _check_mailbox(way: Workspace) -> SetupCheck:
    try:
        folder = log_in_to_mailbox(way).sent_folder
    except FollowupError as error:
        return fault("mailbox", error.sentence, error.fix)
    return fine("mailbox", f"logged in; sent mails lie in '{folder}'")


_WAYS: Final = {"smtp_password_command": "password command", "smtp_keyring": "keyring", "smtp_password": "password"}


def _say_sign_in(own: Settings) -> str:
    if own.smtp_auth == "none":
        return "none"
    kept = next((words for name, words in _WAYS.items() if getattr(own, name)), "no password")
    return kept if own.smtp_auth == "password" else f"{own.smtp_auth}, {kept}"
