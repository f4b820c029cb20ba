"""``setup`` from one filled form: who the address is with, what is to be set, and what is wrong with which field."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from msgspec import Struct, field
from msgspec.structs import replace

from followup_mail.delivery.certificate_text import holds_certificate
from followup_mail.delivery.smtp_account import Auth
from followup_mail.errors import FollowupError, SettingsError
from followup_mail.facts.atomic_files import make_folder, said_plainly, write_over
from followup_mail.facts.clean import clean_email
from followup_mail.services.accounts.recognise_provider import KnownBy, Recognised, recognise
from followup_mail.services.accounts.setup_account import (
    Wish,
    account_texts,
    as_set,
    no_mailbox,
    server_texts,
    without_spaces,
)
from followup_mail.services.accounts.setup_choices import choose_server, has_password_for, kept_certificate
from followup_mail.settings.providers import Server, SignIn
from followup_mail.settings.secret import Secret
from followup_mail.settings.value_readers import read_host, read_number
from followup_mail.workspace import Workspace

_CERTIFICATE_LIMIT: Final = 1_000_000


class GivenServer(Struct, frozen=True, kw_only=True):
    """A server as it was typed."""

    host: str = ""
    port: str = ""
    security: str = ""


class GivenAccount(Struct, frozen=True, kw_only=True):
    """What was filled in. Empty: left out."""

    address: str
    smtp: GivenServer | None = None
    """None where the provider is known by the address."""
    imap: GivenServer = GivenServer()
    with_mailbox: bool = True
    """Whether the mailbox that is known is to be read."""
    user: str = ""
    secret: Secret = Secret()
    needs_no_password: bool = False
    agrees: bool = False
    """A yes to a server outside the domain, or to a password where an organisation has to allow that."""
    certificate: bytes = b""
    """The certificate of a server that has its own, as PEM."""
    client_id: str = ""


class AccountWish(Struct, frozen=True):
    """What comes of it: a wish, or what is wrong."""

    found: Recognised
    wish: Wish
    wrong: Mapping[str, str] = field(default_factory=dict)
    """Sentences by field: address, host, port, imap_host, imap_port, agrees, user, password, certificate;
    "" for the whole."""


def read_account(workspace: Workspace, given: GivenAccount) -> AccountWish:
    """Return what the form asks for. Nothing is written but a certificate, into a file of its own in the home."""
    wrong: dict[str, str] = {}
    address = _address(given.address, wrong)
    found = _find(given, address, wrong)
    if wrong:
        return AccountWish(found, Wish({}), wrong)
    ca_file = _keep_certificate(workspace, given.certificate, wrong) or kept_certificate(workspace, found)
    texts = {"email": address, **account_texts(found, given.user, ca_file, with_imap=given.with_mailbox)}
    secret = Secret(without_spaces(given.secret.reveal(), found))
    if found.sign_in == (SignIn.OAUTH,):
        texts["oauth_client_id"], secret = given.client_id, Secret()
    elif given.needs_no_password:
        texts["smtp_auth"], secret = str(Auth.NONE), Secret()
    elif not secret and not has_password_for(workspace, texts):
        wrong["password"] = "Type it."  # noqa: S105 - a sentence
    wish = Wish(texts, secret)
    try:
        as_set(workspace, wish)
    except SettingsError as error:
        wrong[""] = error.sentence
    return AccountWish(found, wish, wrong)


def read_mailbox(workspace: Workspace, wanted: bool, given: GivenServer) -> AccountWish:
    """Return what a form about the mailbox alone asks for; without a host, it is the one that is known."""
    found = recognise(workspace.settings.email)
    wrong: dict[str, str] = {}
    if not wanted:
        return AccountWish(found, Wish(no_mailbox()))
    imap = _server("imap", given, wrong) if given.host else found.imap
    if imap is None:
        wrong.setdefault("imap_host", "Name its server, like imap.example.com.")
        return AccountWish(found, Wish({}), wrong)
    return AccountWish(found, Wish(server_texts("imap", imap)), wrong)


def _address(text: str, wrong: dict[str, str]) -> str:
    try:
        if not text.strip():
            raise ValueError("type your address")
        return clean_email(text.strip())
    except ValueError as error:
        wrong["address"] = _sentence(error)
        return ""


def _find(given: GivenAccount, address: str, wrong: dict[str, str]) -> Recognised:
    if given.smtp:
        smtp = _server("smtp", given.smtp, wrong)
        imap = _server("imap", given.imap, wrong) if given.imap.host else None
        return Recognised(KnownBy.NAME, given.smtp.host, smtp, imap)
    found = recognise(address) if address else Recognised(KnownBy.NOTHING)
    if address and found.smtp is None:
        wrong["host"] = "The provider is not known. Name its server."
    if found.elsewhere and not given.agrees:
        wrong["agrees"] = f"Say that {found.elsewhere} is right, or name the server by hand."
    if found.sign_in[0] is SignIn.OAUTH:
        by_password = given.agrees and SignIn.PASSWORD in found.sign_in
        return replace(found, sign_in=(SignIn.PASSWORD if by_password else SignIn.OAUTH,))
    return found


def _server(kind: str, given: GivenServer, wrong: dict[str, str]) -> Server | None:
    prefix = "" if kind == "smtp" else "imap_"
    place = f"{prefix}host"
    try:
        if not given.host.strip():
            raise ValueError("name its server, like smtp.example.com")
        host, place = read_host(given.host.strip()), f"{prefix}port"
        port = read_number(1, 65535)(given.port.strip()) if given.port.strip() else 0
        place = f"{prefix}host"
        return choose_server(kind, host, port, given.security)
    except ValueError as error:
        wrong[place] = _sentence(error)
        return None


def _keep_certificate(workspace: Workspace, content: bytes, wrong: dict[str, str]) -> str:
    """Write a certificate into a file that is named after what is in it; return its path, empty without one."""
    if not content:
        return ""
    text = content.decode("ascii", errors="replace")
    if len(text) > _CERTIFICATE_LIMIT or not text.isascii() or not holds_certificate(text):
        wrong["certificate"] = "This is no certificate. It begins with -----BEGIN CERTIFICATE-----."
        return ""
    path = Path(workspace.home / f"certificate-{hashlib.sha256(content).hexdigest()[:12]}.pem").absolute()
    try:
        make_folder(workspace.home, workspace.home)
        with said_plainly(path, "written"):
            write_over(path, text)
    except FollowupError as error:
        wrong["certificate"] = error.sentence
        return ""
    return str(path)


def _sentence(error: ValueError) -> str:
    text = str(error)
    return f"{text[:1].upper()}{text[1:].rstrip('.')}."
