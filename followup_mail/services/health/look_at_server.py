"""Looks of ``doctor`` at the mail server and the mailbox: name, certificate, login. Nothing is sent."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from followup_mail.delivery.network_errors import certificate_advice, describe_error
from followup_mail.delivery.server_look import Certificate, find_addresses
from followup_mail.delivery.smtp_account import Security, is_loopback
from followup_mail.delivery.smtp_connect import CaFileError
from followup_mail.errors import OutboxError
from followup_mail.outbox.attempt import Verdict
from followup_mail.services.accounts.setup_look import Examined, SetupCheck, fault, fine, warning
from followup_mail.services.mailbox.mailbox_access import log_in_to_mailbox
from followup_mail.services.sending.paused_accounts import end_rest, list_pauses, say_until
from followup_mail.services.undo.undo_step import say_age
from followup_mail.settings.table import variable
from followup_mail.workspace import Workspace

_SOON: Final = timedelta(days=14)
_ADDRESSES_SHOWN: Final = 3
_RENEW: Final = "The server's owner has to renew it. If it's a company's or your own, tell them before that day."
_NONE_SET: Final = "no mail server is set"


def look_at_name(examined: Examined) -> SetupCheck:
    """Look whether the names of the mail server and the mailbox have addresses."""
    settings = examined.workspace.settings
    hosts = dict.fromkeys(filter(None, (settings.smtp_host, settings.imap_host)))
    found, lost = [], []
    for host in hosts:
        try:
            addresses = find_addresses(host)
            found.append(f"{host} is {', '.join(addresses[:_ADDRESSES_SHOWN])}")
        except OSError as error:
            lost.append(f"{host} can't be found: {describe_error(error)}")
    if lost:
        fix = "Check the spelling with `followup-mail settings`, and whether this machine is online."
        return fault("server name", "; ".join((*lost, *found)), fix)
    return fine("server name", "; ".join(found) or _NONE_SET)


def look_at_certificate(examined: Examined) -> SetupCheck:
    """Look at the certificate that mails would travel under, checked as for sending."""
    workspace = examined.workspace
    if not workspace.leaves_machine:
        return fine("certificate", _NONE_SET)
    if workspace.account.security is Security.PLAIN:
        return _unencrypted(workspace.account.host)
    try:
        found = examined.server.certificate
    except CaFileError as error:
        said = f"the file with certificates can't be used: {error}"
        return fault(
            "certificate", said, "Name one that can be: followup-mail setup --ca-file FILE (FOLLOWUP_SMTP_CA_FILE)"
        )
    except OSError as error:
        return _no_certificate(error)
    said, is_short = say_certificate(found, workspace.clock())
    return warning("certificate", said, _RENEW) if is_short else fine("certificate", said)


def _unencrypted(host: str) -> SetupCheck:
    if is_loopback(host):
        return fine("certificate", "none is needed: the server is on this machine")
    fix = "Set FOLLOWUP_SMTP_SECURITY to 'starttls' or 'tls', if the server can do it."
    return warning("certificate", "the connection is not encrypted, as you have set", fix)


def _no_certificate(error: OSError) -> SetupCheck:
    """What is wrong with the connection itself is told by the login."""
    if advice := certificate_advice(error):
        return fault("certificate", describe_error(error), advice)
    said = f"can't be looked at: {describe_error(error)}"
    return warning("certificate", said, "See the mail server: the connection comes first.")


def say_certificate(certificate: Certificate | None, now: datetime) -> tuple[str, bool]:
    """Return who issued a certificate and how long it is valid, and whether that is too short."""
    if certificate is None:
        return "not encrypted", False
    left = certificate.until - now
    days = f"{left.days} days" if left.days != 1 else "1 day"
    said = f"trusted, issued by {certificate.issuer}, valid until {certificate.until:%Y-%m-%d} ({days} left)"
    return said, left < _SOON


def look_at_login(examined: Examined) -> SetupCheck:
    """Log in by the way that is set, and send nothing."""
    workspace = examined.workspace
    if not workspace.leaves_machine:
        return fine("mail server", workspace.say_folder())
    outcome = workspace.check_login()
    where = f"{workspace.account.host}:{workspace.account.port} ({workspace.account.security})"
    if outcome.verdict is Verdict.ACCEPTED:
        return fine("mail server", f"{where}: logged in{_take_up(workspace)}")
    return fault("mail server", f"{where}: {outcome.said}", outcome.fix)


def _take_up(workspace: Workspace) -> str:
    """Take the account up again and return what to add about it. Trouble with the outbox was told by its own look."""
    try:
        again = "".join(f"; {entry.label} is queued again" for entry in end_rest(workspace))
        rests = "".join(
            f"; nothing is sent {say_until(pause, workspace)} all the same" for pause in list_pauses(workspace)
        )
        return again + rests
    except OutboxError:
        return "; whether the account rests can't be seen in the outbox"


def _say_reading(workspace: Workspace) -> str:
    """Say whether the mailbox is read for answers, and when that was last done."""
    if not workspace.reads_mailbox:
        return f"not read for answers ({variable('read_mailbox')} is no)"
    last = workspace.store.last_look(workspace.settings.email.lower())
    return (
        f"read for answers, last {say_age(last.looked_at, workspace.now())}" if last.looked_at else "read for answers"
    )


def look_at_mailbox(examined: Examined) -> SetupCheck:
    """Log in to the mailbox, name its folder of sent mails, and look at its certificate."""
    workspace = examined.workspace
    if not workspace.has_mailbox:
        return fine("mailbox", "none is set, so only you can say that they answered: followup-mail setup --imap")
    found = log_in_to_mailbox(workspace)
    said = f"logged in; {_say_reading(workspace)}; sent mails are kept in the folder '{found.sent_folder}'"
    shown, is_short = say_certificate(found.certificate, workspace.clock())
    if is_short:
        return warning("mailbox", f"{said}; its certificate is {shown}", _RENEW)
    return fine("mailbox", f"{said}; its certificate is {shown}" if found.certificate else said)
