"""``setup`` by options, for scripts: nothing is asked, and what does not log in is saved only with ``--no-login``."""

from __future__ import annotations

import sys
from pathlib import Path

import typer
from msgspec import Struct
from msgspec.structs import replace

from followup_mail.cli.terminal import screen
from followup_mail.cli.views.show_setup import report_json, say_put_off, show_report, tell_service
from followup_mail.delivery.smtp_account import Auth
from followup_mail.errors import DeliveryError, RefusedError, SettingsError
from followup_mail.services.accounts.recognise_provider import KnownBy, Recognised, recognise
from followup_mail.services.accounts.setup_account import (
    LoginTrial,
    Place,
    Wish,
    account_texts,
    as_set,
    choose_place,
    no_mailbox,
    refuse_set_elsewhere,
    save,
    server_texts,
    try_login,
    without_spaces,
)
from followup_mail.services.accounts.setup_choices import (
    can_log_in,
    choose_server,
    has_password,
    has_password_for,
    kept_certificate,
)
from followup_mail.services.accounts.setup_report import Report
from followup_mail.services.accounts.setup_sign_in import say_next_command, sign_in_texts
from followup_mail.services.sending.trial_mail import send_test_mail
from followup_mail.settings.password import lacks_password
from followup_mail.settings.providers import Server, SignIn, find_provider
from followup_mail.settings.secret import Secret
from followup_mail.workspace import Workspace


class Given(Struct, frozen=True, kw_only=True):
    """What stands on the command line. None and empty: left out."""

    name: str = ""
    address: str = ""
    provider: str = ""
    autoconfig: Path | None = None
    smtp: tuple[str, int | None, str] = ("", None, "")
    """Host, port, security."""
    imap: bool | None = None
    imap_server: tuple[str, int | None, str] = ("", None, "")
    user: str = ""
    auth: str = ""
    client_id: str = ""
    password_command: str = ""
    password_stdin: bool = False
    ca_file: Path | None = None
    keep: str = ""
    no_login: bool = False
    test_mail: bool = False
    service: bool | None = None

    @property
    def is_empty(self) -> bool:
        return self == Given()

    @property
    def names_account(self) -> bool:
        """Whether it says where mail is sent from."""
        return any((self.provider, self.autoconfig, self.smtp[0]))


def set_up_by_options(workspace: Workspace, given: Given, json: bool) -> None:
    """Set what is given, try the login, save, and do what else is asked for."""
    refuse_set_elsewhere(workspace)
    place = _read_place(given.keep) or choose_place(workspace)
    wish, found = _make_wish(workspace, given)
    login = None
    if wish.touches_account and not given.no_login and can_log_in(workspace, wish):
        login = try_login(workspace, wish)
        _refuse_failed(login)
    saved = save(workspace, wish, place)
    report = Report(saved, login, found)
    changed = workspace.read_anew()
    if given.test_mail:
        report = replace(report, test_mail=send_test_mail(changed))
    if given.service is not None:
        report = replace(report, service=tell_service(changed, given.service))
    if json:
        screen.emit_json(report_json(changed, report))
    else:
        show_report(changed, report)
        own = changed.settings
        if own.smtp_auth is Auth.OAUTH:
            screen.note(say_next_command(own.smtp_host, own.oauth_client_id))
        elif lacks_password(own):
            screen.note(say_put_off(found))
    if not report.ok:
        raise typer.Exit(DeliveryError.exit_code)


def _make_wish(workspace: Workspace, given: Given) -> tuple[Wish, Recognised | None]:
    own, texts = workspace.settings, {}
    if given.name:
        texts["name"] = given.name
    if given.address:
        texts["email"] = given.address
    address = as_set(workspace, Wish(texts)).settings.email  # read now: a slip in it is told before anything else
    secret = _read_stdin() if given.password_stdin else ""
    is_new = given.names_account or not own.smtp_host or (given.address and given.address != own.email)
    found = None
    if is_new and (given.address or given.names_account or secret or given.password_command):
        found = _find(given, address)
        secret = without_spaces(secret, found)
        ca_file = str(given.ca_file.expanduser().absolute()) if given.ca_file else kept_certificate(workspace, found)
        texts |= account_texts(found, given.user, ca_file, with_imap=_takes_mailbox(workspace, given, secret))
        is_known = has_password_for(workspace, texts)
        texts |= _auth_texts(given, found, secret, is_known=is_known, may_wait=_may_wait(workspace, given))
    else:
        texts |= _part_texts(given, address, own.smtp_host)
    if given.password_command:
        texts["smtp_password_command"] = given.password_command
    return Wish(texts, Secret(secret)), found


def _may_wait(workspace: Workspace, given: Given) -> bool:
    """Whether an account can be kept without its password: not in the place of one that works."""
    return given.no_login and not has_password(workspace.settings)


def _takes_mailbox(workspace: Workspace, given: Given, secret: str) -> bool:
    """Whether the mailbox that is known is set too: without a password only for whoever asks for it."""
    is_put_off = _may_wait(workspace, given) and not (secret or given.password_command)
    return bool(given.imap or given.imap_server[0]) if is_put_off and not given.auth else given.imap is not False


def _part_texts(given: Given, address: str, smtp_host: str) -> dict[str, str]:
    """Return the settings that change a part of the account that is set."""
    texts = {"smtp_user": given.user} if given.user else {}
    if given.auth:
        texts |= _read_auth(given.auth, smtp_host)
    if given.client_id:
        texts["oauth_client_id"] = given.client_id
    if given.ca_file:
        texts["smtp_ca_file"] = str(given.ca_file.expanduser().absolute())
    host, port, security = given.imap_server
    if given.imap is False:
        texts |= no_mailbox()
    elif host:
        texts |= server_texts("imap", _server("imap", host, port, security))
    elif given.imap:
        texts |= _imap_texts(recognise(address), address)
    return texts


def _read_auth(text: str, smtp_host: str) -> dict[str, str]:
    if text not in [str(one) for one in Auth]:
        raise typer.BadParameter(f"'{text}' is not one of: {', '.join(Auth)}.")
    if text == str(Auth.OAUTH):
        known = sign_in_texts(smtp_host)
        return {name: value for name, value in known.items() if value}
    return {"smtp_auth": text if text != str(Auth.PASSWORD) else ""}


def _find(given: Given, address: str) -> Recognised:
    if given.provider:
        find_provider(given.provider)  # a name that is not known is told first
    if not address:
        raise typer.BadParameter("An account needs its address: --address ADDRESS.")
    host, port, security = given.smtp
    if host:
        found = Recognised(KnownBy.NAME, host, _server("smtp", host, port, security))
    else:
        found = recognise(address, given.provider, given.autoconfig)
    if found.smtp is None:
        raise SettingsError(
            f"No mail server is known for {address}.", fix="Name it: followup-mail setup --smtp-host HOST"
        )
    if found.elsewhere:
        raise RefusedError(
            f"DNS names a server of another domain for {address}: {found.elsewhere}. Such an answer can be forged.",
            fix=f"If it is right, say so: --smtp-host {found.smtp.host} --smtp-port {found.smtp.port} "
            f"--smtp-security {found.smtp.security}",
        )
    host, port, security = given.imap_server
    return replace(found, imap=_server("imap", host, port, security)) if host else found


def _imap_texts(found: Recognised, address: str) -> dict[str, str]:
    if found.imap is None:
        raise SettingsError(
            f"No mailbox that a password opens is known for {address}.",
            fix="Name its server: followup-mail setup --imap-host HOST",
        )
    return server_texts("imap", found.imap)


def _auth_texts(given: Given, found: Recognised, secret: str, *, is_known: bool, may_wait: bool) -> dict[str, str]:
    """Return how to log in. Raises ``SettingsError`` when the provider or the options leave no way."""
    host = found.smtp.host if found.smtp else ""
    if given.auth:
        return _read_auth(given.auth, host) | _client(given)
    if found.sign_in == (SignIn.OAUTH,):
        if given.password_command:
            return {"smtp_auth": str(Auth.XOAUTH2), "oauth_provider": ""}
        if secret:
            raise SettingsError(f"{found.name} accepts no password.", fix=say_next_command(found.name))
        return {**sign_in_texts(host, given.client_id)}
    if not (secret or given.password_command or is_known or may_wait):
        raise SettingsError(
            f"There is no password for {found.name}.",
            fix="Give it with --password-stdin or --password-command COMMAND; for a server without one: --auth none; "
            "to give it another day: --no-login",
        )
    return {}


def _client(given: Given) -> dict[str, str]:
    return {"oauth_client_id": given.client_id} if given.client_id else {}


def _refuse_failed(login: LoginTrial) -> None:
    failed = login.smtp if not login.smtp.ok else login.imap
    if failed and not failed.ok:
        what = "The login at the mail server" if failed is login.smtp else "The look into the mailbox"
        more = " Or leave the mailbox out with --no-imap." if failed is login.imap else ""
        raise DeliveryError(
            f"{what} failed, so nothing was saved: {failed.said}",
            fix=f"{failed.fix} To save it all the same, add --no-login.{more}".strip(),
        )


def _server(kind: str, host: str, port: int | None, security: str) -> Server:
    try:
        return choose_server(kind, host, port or 0, security)
    except ValueError as error:
        raise typer.BadParameter(f"{error}.") from None


def _read_place(text: str) -> Place | None:
    if text and text not in [str(one) for one in Place]:
        raise typer.BadParameter(f"'{text}' is not one of: {', '.join(Place)}.")
    return Place(text) if text else None


def _read_stdin() -> str:
    if screen.is_interactive():
        raise typer.BadParameter("--password-stdin reads a pipe; on a terminal, type followup-mail setup alone.")
    line = sys.stdin.readline().rstrip("\r\n")
    if not line.strip():
        raise SettingsError("Standard input holds no password: its first line is empty.", fix="Check the command.")
    return line
